/** The panic card: withdrawals signed in advance, as a file, as lines to type, or in a QR code. */
import { address, big, checksum, concat, from0x, number, refuse } from "./bytes.js";
import { dumps, fields, items, loads, text } from "./json.js";
import { checkedSignature, digest, domainIn, halves, recover, type Domain, type Signed } from "./signing.js";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SCANNED = "JAMJAR:WITHDRAW:";

const check = (line: number, piece: string): string =>
  base32([...piece].reduce((value, c) => value * 32n + BigInt(ALPHABET.indexOf(c)), BigInt(line)) % 32749n, 3);

function base32(value: bigint, length: number): string {
  return Array.from({ length }, (_, i) => ALPHABET[Number((value >> BigInt(5 * (length - 1 - i))) & 31n)]).join("");
}

/** A withdrawal as eight lines: a version byte, the consent, r and vs in Crockford's base 32, with checks. */
export function toLines({ message, rvs }: Signed): string {
  const digits = base32(number(concat(Uint8Array.of(1), address(message.consent), rvs)), 136);
  const lines = Array.from({ length: 8 }, (_, i) => digits.slice(17 * i, 17 * i + 17));
  return lines.map((piece, i) => (piece + check(i + 1, piece)).match(/.{5}/g)!.join(" ")).join("\n");
}

export const toScan = (signed: Signed): string => SCANNED + toLines(signed).replace(/\s/g, "");

/** Read lines as typed, or what was scanned, for a contract. */
export function fromLines(typed: string, domain: Domain): Signed {
  const given = typed.startsWith(SCANNED) ? (typed.slice(SCANNED.length).match(/.{1,20}/g) ?? []).join("\n") : typed;
  const lines = given
    .toUpperCase()
    .split("\n")
    .map((line) => line.replace(/^\s*[1-8]\s*[.:)]/, "").replace(/[ \-\t\r\u00a0]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1"))
    .filter((line) => line);
  lines.slice(0, 8).forEach((line, i) => {
    if (!/^[0-9A-HJKMNP-TV-Z]{20}$/.test(line)) refuse(`Line ${i + 1} is not 20 of the characters that are used; type it again.`);
    if (line.slice(17) !== check(i + 1, line.slice(0, 17))) refuse(`Line ${i + 1} is mistyped or out of its place; type it again.`);
  });
  if (lines.length !== 8) return refuse(`The text has ${lines.length} lines, not 8; type each line once.`);
  const digits = lines.map((line) => line.slice(0, 17)).join("");
  const data = big([...digits].reduce((value, c) => value * 32n + BigInt(ALPHABET.indexOf(c)), 0n), 85);
  if (data[0] !== 1) return refuse("The withdrawal was written by another version; use that one to read it.");
  return withdrawal(checksum(data.slice(1, 21)), data.slice(21), domain);
}

function withdrawal(consent: string, rvs: Uint8Array, domain: Domain): Signed {
  const signed = { kind: "Withdraw", message: { consent }, rvs: checkedSignature(rvs) };
  if (recover(digest(domain, "Withdraw", signed.message), rvs) !== consent)
    return refuse("The consent did not sign this for this chain and contract; have it signed again.");
  return signed;
}

export interface Card {
  domain: Domain;
  made: string;
  withdrawals: Signed[];
}

export function cardFile({ domain, made, withdrawals }: Card): string {
  const entries = withdrawals.map(({ message, rvs }) => ({ consent: message.consent!, ...halves(rvs) }));
  return dumps({ format: "jamjar.card.1", chain_id: domain.chainId, contract: domain.contract, made, withdrawals: entries });
}

export function readCard(file: string): Card {
  const found = fields(loads(file, "The card"), "The card", "format", "chain_id", "contract", "made", "withdrawals");
  if (found.format !== "jamjar.card.1") return refuse("The card's format is unknown; update Jamjar.");
  const domain = domainIn(found);
  const withdrawals = items(found.withdrawals, "The withdrawals").map((entry) => {
    const { consent, r, vs } = fields(entry, "A withdrawal", "consent", "r", "vs");
    return withdrawal(checksum(address(consent)), concat(from0x(r, 32), from0x(vs, 32)), domain);
  });
  const made = text(found.made, "The day of the card");
  const consents = new Set(withdrawals.map((each) => each.message.consent));
  if (consents.size !== withdrawals.length || !consents.size || consents.size > 100 || !isDay(made))
    return refuse("The card does not have 1 to 100 withdrawals, each of another consent, and a day; make another.");
  return { domain, made, withdrawals };
}

export function isDay(value: unknown): value is string {
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\d$/.test(value) || value < "0001") return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}
