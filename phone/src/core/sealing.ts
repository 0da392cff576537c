/** HPKE (RFC 9180, base mode, X-Wing, HKDF-SHA256, ChaCha20-Poly1305), packages, and replies. */
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { expand, extract } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { ml_kem768_x25519 as xwing } from "@noble/post-quantum/hybrid.js";
import { address, big, checksum, concat, equal, fromHex, fromUtf8, keccak, pad, refuse, unpad, utf8 } from "./bytes.js";
import { saltedDigest } from "./commitment.js";
import { fields, items, loads, text, whole, type Fields, type Json } from "./json.js";
import { digestOf, recover, separator, type Domain } from "./signing.js";

export const PACKAGE = "jamjar.package.2";
export const REPLY = "jamjar.reply.1\0\0";
export const PACKAGE_SIZES = [65536, 131072, 327680];
const REPLY_SIZES = [8192, 32768, 131072];
const OPENINGS_ROOM = 49152;
const ENCAPSULATED = 1120;

/** The public key, 1,216 bytes, of a seed of 32 bytes. */
export const publicKey = (seed: Uint8Array): Uint8Array => xwing.keygen(seed).publicKey;

function keySchedule(shared: Uint8Array, info: Uint8Array): [key: Uint8Array, nonce: Uint8Array] {
  const suite = concat(utf8("HPKE"), big(0x647a, 2), big(1, 2), big(3, 2));
  const labeled = (label: string, ikm: Uint8Array, salt?: Uint8Array) =>
    extract(sha256, concat(utf8("HPKE-v1"), suite, utf8(label), ikm), salt);
  const empty = new Uint8Array();
  const context = concat(Uint8Array.of(0), labeled("psk_id_hash", empty), labeled("info_hash", info));
  const secret = labeled("secret", empty, shared);
  const drawn = (label: string, size: number) =>
    expand(sha256, secret, concat(big(size, 2), utf8("HPKE-v1"), suite, utf8(label), context), size);
  return [drawn("key", 32), drawn("base_nonce", 12)];
}

/** Seal to a public key for one purpose; `randomness` is 64 fresh random bytes. */
export function seal(plain: Uint8Array, to: Uint8Array, info: Uint8Array, randomness: Uint8Array): Uint8Array {
  if (to.length !== 1216) return refuse("The public encryption key is not 1216 bytes long; take it from the ledger.");
  const { cipherText, sharedSecret } = xwing.encapsulate(to, randomness);
  return concat(cipherText, chacha20poly1305(...keySchedule(sharedSecret, info)).encrypt(plain));
}

export function open(sealed: Uint8Array, seed: Uint8Array, info: Uint8Array): Uint8Array {
  try {
    const shared = xwing.decapsulate(sealed.slice(0, ENCAPSULATED), xwing.keygen(seed).secretKey);
    return chacha20poly1305(...keySchedule(shared, info)).decrypt(sealed.slice(ENCAPSULATED));
  } catch {
    return refuse("The sealed data does not open with this key for this purpose; fetch it again, or ask its sender.");
  }
}

export interface About {
  consent: string;
  root: Uint8Array;
  recipient: number;
}

/** Seal a disclosure's JSON to a recipient's public key; `random` gives fresh random bytes. */
export function sealPackage(
  about: About,
  disclosure: string,
  termsLength: number,
  keys: { reply: Uint8Array; recipient: Uint8Array },
  registry: Domain,
  random: (size: number) => Uint8Array,
): Uint8Array {
  const sealedTo = keccak(keys.recipient);
  const head = concat(utf8(PACKAGE), address(about.consent), about.root, big(about.recipient, 4), sealedTo);
  const info = concat(head, separator(registry));
  const inside = pad(concat(keys.reply, utf8(disclosure)), PACKAGE_SIZES, termsLength + OPENINGS_ROOM);
  const key = random(32);
  const body = chacha20poly1305(key, new Uint8Array(12), info).encrypt(inside);
  return concat(head, seal(key, keys.recipient, info, random(64)), body);
}

/** The 32 bytes that name a package. */
export function packageId(data: Uint8Array): Uint8Array {
  return keccak(data.slice(0, 104), keccak(data.slice(1272)), keccak(data.slice(104, 1272)));
}

export type Reply = { consent: string; commitment: Uint8Array } & (
  | { kind: "advice"; text: string; digest: Uint8Array }
  | { kind: "deletion"; account: string; deletedAt: number; commitments: string[] }
  | { kind: "request" | "question"; file: string }
);

/** Open a reply with the seed of the reply key. Check advice by its digest, the others by who signed them. */
export function openReply(data: Uint8Array, seed: Uint8Array, registry: Domain): Reply {
  if (!equal(data.slice(0, 16), utf8(REPLY)) || !REPLY_SIZES.includes(data.length - 68 - 1136))
    return refuse("The reply's format is unknown; update Jamjar or fetch it again.");
  const about = data.slice(16, 68);
  const inside = unpad(open(data.slice(68), seed, concat(utf8(REPLY), separator(registry), about)), REPLY_SIZES);
  const found = loads(fromUtf8(inside, "The reply"), "The reply", REPLY_SIZES[2]);
  const of = { consent: checksum(about.slice(0, 20)), commitment: about.slice(20) };
  const has = (name: string) => typeof found === "object" && found !== null && name in found;
  if (has("advice")) {
    const { advice, salt } = fields(found, "The reply", "advice", "salt");
    const [words, drawn] = [text(advice, "The advice"), fromHex(salt, 32)];
    return { ...of, kind: "advice", text: words, digest: saltedDigest("jamjar.advice.1", drawn, words) };
  }
  if (has("request")) return { ...of, kind: "request", file: text(fields(found, "The reply", "request").request, "The request") };
  if (has("question")) return { ...of, kind: "question", file: text(fields(found, "The reply", "question").question, "The question") };
  return { ...of, ...deletion(fields(found, "The reply", "commitments", "deleted_at", "signature"), of, registry) };
}

function deletion(found: Fields, of: { consent: string; commitment: Uint8Array }, registry: Domain) {
  const roots = items(found.commitments, "The commitments").map((each) => fromHex(each, 32));
  const deletedAt = whole(found.deleted_at, "The time of the deletion", 1, 2 ** 40 - 1);
  const distinct = new Set(found.commitments as Json[]);
  if (!roots.length || roots.length > 64 || distinct.size !== roots.length || !equal(roots[roots.length - 1]!, of.commitment))
    return refuse("The reply is about another commitment than it states; ask the adviser for another.");
  const type = "Deletion(address consent,bytes32[] commitments,uint40 deletedAt)";
  const hash = digestOf(registry, type, concat(new Uint8Array(12), address(of.consent)), keccak(...roots), big(deletedAt));
  const account = recover(hash, fromHex(found.signature, 64));
  return { kind: "deletion" as const, account, deletedAt, commitments: found.commitments as string[] };
}

