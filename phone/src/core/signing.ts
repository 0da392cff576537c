/** Consent keys, what derives from a consent's secret, and the EIP-712 messages that they sign. */
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { p256 } from "@noble/curves/nist.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { ml_dsa44 } from "@noble/post-quantum/ml-dsa.js";
import { address, big, checksum, concat, equal, from0x, fromBase64, keccak, number, refuse, toBase64, toHex, utf8 } from "./bytes.js";
import { dumps, fields, loads, text, whole, type Fields, type Json } from "./json.js";

export const LABELS = {
  key: "jamjar/1/key",
  termsSalt: "jamjar/1/terms-salt",
  replyKey: "jamjar/1/reply-key",
  calendar: "jamjar/1/calendar",
  postQuantum: "jamjar/1/mldsa44",
  commitment: "jamjar/1/commitment/",
  es256: "jamjar/1/es256",
} as const;

/** Bytes that derive from a consent's secret and a label: HKDF-SHA256 without a salt. */
export const derive = (secret: Uint8Array, label: string, length = 32): Uint8Array => hkdf(sha256, secret, undefined, utf8(label), length);

export interface Domain {
  chainId: number;
  contract: string;
  name?: string;
}

type Members = readonly (readonly [attribute: string, name: string, type: string])[];
const of = ["consent", "consent", "address"] as const;
const sequence = ["sequence", "sequence", "uint32"] as const;
const reconfirmBy = ["reconfirm_by", "reconfirmBy", "uint40"] as const;
export const MESSAGES: Record<string, Members> = {
  Grant: [
    of,
    ["recipient", "recipient", "uint32"],
    ["valid_from", "validFrom", "uint40"],
    ["valid_until", "validUntil", "uint40"],
    reconfirmBy,
    ["max_uses", "maxUses", "uint16"],
    ["terms_digest", "termsDigest", "bytes32"],
  ],
  Pause: [of, sequence],
  Resume: [of, sequence],
  Reconfirm: [of, sequence, reconfirmBy],
  Withdraw: [of],
  Commit: [of, ["root", "root", "bytes32"], ["replaces", "replaces", "bytes32"]],
  Acknowledge: [of, ["commitment", "commitment", "bytes32"], ["advice", "advice", "bytes32"]],
};

export function separator(domain: Domain): Uint8Array {
  const type = "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)";
  const texts = [type, domain.name ?? "Jamjar", "1"].map((each) => keccak(utf8(each)));
  return keccak(...texts, big(domain.chainId), new Uint8Array(12), address(domain.contract));
}

/** The 32 bytes to sign of a struct with this type string and these words. */
export function digestOf(domain: Domain, type: string, ...words: Uint8Array[]): Uint8Array {
  return keccak(Uint8Array.of(0x19, 1), separator(domain), keccak(keccak(utf8(type)), ...words));
}

function word(type: string, value: Json | undefined): Uint8Array {
  if (type === "address") return concat(new Uint8Array(12), address(value));
  if (type === "bytes32") return from0x(value, 32);
  return big(whole(value, "A number of the message", 0, 2 ** Number(type.slice(4)) - 1));
}

/** The 32 bytes to sign of a message, whose byte strings are 0x and lower-case hex. */
export function digest(domain: Domain, kind: string, message: Fields): Uint8Array {
  if (!Object.hasOwn(MESSAGES, kind)) return refuse("The message is of no type that can be signed; choose the right file.");
  const members = MESSAGES[kind]!;
  fields(message, "The message", ...members.map(([attribute]) => attribute));
  const type = `${kind}(${members.map(([, name, solidity]) => `${solidity} ${name}`).join(",")})`;
  return digestOf(domain, type, ...members.map(([attribute, , solidity]) => word(solidity, message[attribute])));
}

const HALF = secp256k1.Point.CURVE().n / 2n;

/** A signature in ERC-2098 form: r, and s with the parity of y as its highest bit. */
export function checkedSignature(rvs: Uint8Array): Uint8Array {
  const [r, s] = [number(rvs.slice(0, 32)), number(rvs.slice(32)) & ((1n << 255n) - 1n)];
  if (rvs.length !== 64 || r === 0n || r >= secp256k1.Point.CURVE().n || s === 0n || s > HALF)
    return refuse("The signature is not r and a low s in range; ask for the message to be signed again.");
  return rvs;
}

/** Sign 32 bytes (RFC 6979, low s); 64 bytes of r and vs. */
export function sign(key: Uint8Array, hash: Uint8Array): Uint8Array {
  const [recovery, ...rs] = secp256k1.sign(hash, key, { prehash: false, lowS: true, format: "recovered" });
  const rvs = Uint8Array.from(rs);
  rvs[32]! |= recovery! << 7;
  return rvs;
}

/** The address whose key signed; any digest recovers to some address, so compare it. */
export function recover(hash: Uint8Array, rvs: Uint8Array): string {
  const given = checkedSignature(rvs).slice();
  const parity = given[32]! >> 7;
  given[32]! &= 0x7f;
  try {
    const point = secp256k1.recoverPublicKey(concat(Uint8Array.of(parity), given), hash, { prehash: false });
    return addressOf(secp256k1.Point.fromBytes(point).toBytes(false));
  } catch {
    return refuse("No key made this signature; ask for the message to be signed again.");
  }
}

const addressOf = (uncompressed: Uint8Array): string => checksum(keccak(uncompressed.slice(1)).slice(12));
export const consentOf = (key: Uint8Array): string => addressOf(secp256k1.getPublicKey(key, false));

export interface Signed {
  kind: string;
  message: Fields;
  rvs: Uint8Array;
  /** The ML-DSA-44 key and signature (FIPS 204), in base 64, of a message that is signed twice. */
  second?: { pq_key: string; pq_signature: string };
}

/** Sign a message, and with an ML-DSA-44 key of 32 bytes a second time where there is one. */
export function signMessage(key: Uint8Array, domain: Domain, kind: string, message: Fields, seed?: Uint8Array): Signed {
  const hash = digest(domain, kind, message);
  const once = { kind, message, rvs: sign(key, hash) };
  if (!seed) return once;
  const { publicKey, secretKey } = ml_dsa44.keygen(seed);
  const signature = ml_dsa44.sign(hash, secretKey, { context: utf8("jamjar.signed.2") });
  return { ...once, second: { pq_key: toBase64(publicKey), pq_signature: toBase64(signature) } };
}

/** What terms name of a consent's further keys: the SHA-256 of ML-DSA-44's, and the thumbprint (RFC 7638) of P-256's. */
export function keysOf(secret: Uint8Array): { pq_key: string; es256_key: string } {
  const scalar = (number(derive(secret, LABELS.es256, 48)) % (p256.Point.CURVE().n - 1n)) + 1n;
  const point = p256.getPublicKey(big(scalar), false);
  const url = (data: Uint8Array) => toBase64(data).replace("=", "").replaceAll("+", "-").replaceAll("/", "_");
  const jwk = dumps({ crv: "P-256", kty: "EC", x: url(point.slice(1, 33)), y: url(point.slice(33)) });
  const { publicKey } = ml_dsa44.keygen(derive(secret, LABELS.postQuantum));
  return { pq_key: toHex(sha256(publicKey)), es256_key: toHex(sha256(utf8(jwk))) };
}

/** What a file has of a signature. */
export const halves = (rvs: Uint8Array) => ({ r: "0x" + toHex(rvs.slice(0, 32)), vs: "0x" + toHex(rvs.slice(32)) });

/** The contract, and its chain, that a file is for. */
export function domainIn({ chain_id, contract }: Fields): Domain {
  return { chainId: whole(chain_id, "The chain id", 1, Number.MAX_SAFE_INTEGER), contract: checksum(address(contract)) };
}

/** The file of a signed message: jamjar.signed.1, or .2 of one that is signed twice. */
export function signedFile({ kind, message, rvs, second }: Signed, domain: Domain): string {
  const format = second ? "jamjar.signed.2" : "jamjar.signed.1";
  return dumps({ format, chain_id: domain.chainId, contract: domain.contract, type: kind, message, ...halves(rvs), ...second });
}

/** Read such a file, and refuse one that its consent did not sign for its contract. */
export function readSigned(file: string): [Signed, Domain] {
  const what = "The signed message";
  const value = loads(file, what, 8192);
  const isSecond = typeof value === "object" && value !== null && "format" in value && value.format === "jamjar.signed.2";
  const names = ["format", "chain_id", "contract", "type", "message", "r", "vs", ...(isSecond ? ["pq_key", "pq_signature"] : [])];
  const found = fields(value, what, ...names);
  if (!isSecond && found.format !== "jamjar.signed.1") return refuse("The message's format is unknown; update Jamjar.");
  const domain = domainIn(found);
  const rvs = concat(from0x(found.r, 32), from0x(found.vs, 32));
  const message = fields(found.message, "The message", ...Object.keys(Object(found.message)));
  const signed = { kind: text(found.type, "The type"), message, rvs };
  const hash = digest(domain, signed.kind, message);
  if (recover(hash, rvs) !== message.consent)
    return refuse("The consent did not sign this for this chain and contract; have it signed again.");
  if (isSecond && !isSignedTwice(fromBase64(found.pq_key), fromBase64(found.pq_signature), hash))
    return refuse("The ML-DSA-44 signature is not of this message; have it signed again.");
  return [signed, domain];
}

/** Whether a key of ML-DSA-44 (FIPS 204) made a signature of this digest, for this purpose. */
function isSignedTwice(key: Uint8Array, signature: Uint8Array, hash: Uint8Array): boolean {
  try {
    return ml_dsa44.verify(signature, hash, key, { context: utf8("jamjar.signed.2") });
  } catch {
    return false;
  }
}

/** The times of one consent's messages, in Unix seconds, so that no two consents move together. */
export class Calendar {
  private readonly seed: Uint8Array;
  constructor(secret: Uint8Array) {
    this.seed = derive(secret, LABELS.calendar);
  }
  private drawn(what: string, ...numbers: number[]): bigint {
    return number(keccak(this.seed, utf8(what), ...numbers.map((each) => big(each, 8))).slice(0, 16));
  }
  private on(day: number): number {
    return day * 86400 + Number(this.drawn("day", day) % 86400n);
  }
  private first(days: number[], time: number): number {
    return days.map((day) => this.on(day)).find((at) => at > time)!;
  }
  after(time: number): number {
    const today = Math.floor(time / 86400);
    return this.first([today, today + 1], time);
  }
  inMonth(time: number): number {
    const [at, day] = [new Date(time * 1000), 1 + Number(this.drawn("day of the month") % 28n)];
    const months = [0, 1].map((more) => Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + more, day) / 86400000);
    return this.first(months, time);
  }
  between(start: number, end: number): number {
    return start + Number(this.drawn("between", start, end) % BigInt(Math.max(1, end - start)));
  }
}

/** A relayer's promise to carry the message with this digest; returns the account that signed it. */
export function promisedBy(value: Json, message: Uint8Array, registry: Domain): string {
  const found = fields(value, "The receipt", "message", "accepted_at", "carry_by", "operator", "r", "vs");
  if (!equal(from0x(found.message, 32), message)) return refuse("The receipt is for another message; send yours to another relayer.");
  const carryBy = whole(found.carry_by, "The receipt's time", 1, 2 ** 40 - 1);
  const acceptedAt = whole(found.accepted_at, "The receipt's time", 1, carryBy);
  const hash = digestOf(
    { ...registry, name: "Jamjar relayer" },
    "Receipt(bytes32 message,uint40 acceptedAt,uint40 carryBy)",
    ...[message, big(acceptedAt), big(carryBy)],
  );
  const operator = recover(hash, concat(from0x(found.r, 32), from0x(found.vs, 32)));
  return operator === found.operator ? operator : refuse("The receipt's signature is invalid; send the message to another relayer.");
}

/** The headers of a mailbox's request, signed by a consent key; `registry` is the CommitmentRegistry's domain. */
export function mailboxHeaders(
  key: Uint8Array,
  registry: Domain,
  request: { audience: string; method: string; path: string; body: Uint8Array; time: number; nonce: Uint8Array },
): Record<string, string> {
  const { audience, method, path, body, time, nonce } = request;
  const hash = digestOf(
    { ...registry, name: "Jamjar mailbox" },
    "Request(string audience,string method,string path,bytes32 body,uint40 time,bytes32 nonce)",
    ...[audience, method, path].map((each) => keccak(utf8(each))),
    ...[keccak(body), big(time), nonce],
  );
  return {
    "Jamjar-Audience": audience,
    "Jamjar-Signer": consentOf(key),
    "Jamjar-Time": String(time),
    "Jamjar-Nonce": toHex(nonce),
    "Jamjar-Signature": toHex(sign(key, hash)),
  };
}
