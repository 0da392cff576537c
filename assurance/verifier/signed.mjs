// The rules of interfaces/IConsentSigned.sol; signatures are verified by ethers' own verifyTypedData.
import { N, Signature, verifyTypedData } from "ethers";
import { consentSignedId, erc165Id, ownId } from "./abi.mjs";
import { Contract, Refused } from "./contract.mjs";

const MOST_ITEMS = 256n;
const LOWER = (1n << 255n) - 1n;
const field = (text) => {
  const [type, name] = text.split(" ");
  return { name, type };
};
const TYPES = Object.fromEntries(
  Object.entries({
    Grant:
      "address consent,uint32 recipient,uint40 validFrom,uint40 validUntil,uint40 reconfirmBy,uint16 maxUses,bytes32 termsDigest",
    Pause: "address consent,uint32 sequence",
    Resume: "address consent,uint32 sequence",
    Reconfirm: "address consent,uint32 sequence,uint40 reconfirmBy",
    Withdraw: "address consent",
    Commit: "address consent,bytes32 root,bytes32 replaces",
    Acknowledge: "address consent,bytes32 commitment,bytes32 advice",
  }).map(([name, fields]) => [name, fields.split(",").map(field)]),
);

export class ConsentSigned extends Contract {
  interfaces() {
    return [erc165Id, consentSignedId, ownId(this.contract)];
  }

  get domain() {
    return { name: "Jamjar", version: "1", chainId: this.world.chainId, verifyingContract: this.address };
  }

  signed(type, message, { r, vs }) {
    this.require(this.signer(type, message, r, vs) === message.consent, "NotSignedByConsent", message.consent);
  }

  signer(type, message, r, vs) {
    if ((BigInt(vs) & LOWER) > N_HALF) return undefined;
    try {
      return verifyTypedData(this.domain, { [type]: TYPES[type] }, message, Signature.from({ r, yParityAndS: vs }));
    } catch {
      return undefined; // no point on the curve, or no signature
    }
  }

  batchSize(items) {
    const size = BigInt(items.length);
    this.require(size >= 1n && size <= MOST_ITEMS, "BatchSizeOutOfRange", size, MOST_ITEMS);
  }

  /** Do each item on its own, or log that it was rejected and why. */
  each(items, single, rejected, consentOf, carrier) {
    items.forEach((item, index) => {
      try {
        single(item);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        this.emit(rejected, consentOf(item), carrier, index, error.data);
        this.world.rejected.push(error.name);
      }
    });
  }

  MOST_ITEMS = () => MOST_ITEMS;
  eip712Domain = () => ["0x0f", "Jamjar", "1", this.world.chainId, this.address, "0x" + "00".repeat(32), []];
}

const N_HALF = N >> 1n;
