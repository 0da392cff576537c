/** Commitments: a Merkle root over 64 salted leaves, each of which can be opened alone. */
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { big, byCodePoints, compare, concat, equal, fromHex, keccak, number, refuse, utf8 } from "./bytes.js";

export const LEAVES = 64;
export type Entry = [name: string, value: number];
export interface Opening {
  name: string;
  value: number;
  salt: Uint8Array;
  proof: Uint8Array[];
  leafFormat: number;
}
export interface Commitment {
  root: Uint8Array;
  leafFormat: number;
  names: string[];
  open(name: string): Opening;
}

const { Point } = secp256k1;
/** H, of which BIP-341 gives the x coordinate; its y is even. */
const VALUE_GENERATOR = Point.fromBytes(fromHex("0250929b74c1a04954b78b4b6035e97a5e078a5a0f28ec96d547bfee9ace803ac0"));

/** The hash of a leaf: of format 1 its value and salt, of format 2 the Pedersen commitment salt*G + value*H. */
export function leafOf(leafFormat: number, nameWord: Uint8Array, value: number, salt: Uint8Array): Uint8Array {
  if (leafFormat === 1) return keccak(keccak(big(1), nameWord, big(value), salt));
  if (leafFormat !== 2) return refuse("The leaf format is unknown; update Jamjar.");
  const [order, scalar] = [Point.CURVE().n, number(salt)];
  if (scalar === 0n || scalar >= order) return refuse("A salt is no scalar; draw fresh randomness.");
  const shift = ((BigInt(value) % order) + order) % order;
  const blinded = Point.BASE.multiply(scalar);
  const point = (shift ? blinded.add(VALUE_GENERATOR.multiply(shift)) : blinded).toBytes(true);
  return keccak(keccak(big(2), nameWord, big(point[0]! & 1), point.slice(1)));
}

const pair = (a: Uint8Array, b: Uint8Array): Uint8Array => (compare(a, b) < 0 ? keccak(a, b) : keccak(b, a));

/** The tree of OpenZeppelin's StandardMerkleTree: root first, leaves last, the smallest at the end. */
function tree(leaves: Uint8Array[]): Uint8Array[] {
  const nodes = [...new Array<Uint8Array>(leaves.length - 1), ...[...leaves].sort((a, b) => compare(b, a))];
  for (let i = leaves.length - 2; i >= 0; i--) nodes[i] = pair(nodes[2 * i + 1]!, nodes[2 * i + 2]!);
  return nodes;
}

/** Commit to 1 to 64 entries, with 4,096 secret bytes that are used for no other commitment. */
export function commit(entries: Entry[], random: Uint8Array, leafFormat = 1): Commitment {
  if (!entries.length || entries.length > LEAVES) return refuse("The number of entries is not 1 to 64; commit to fewer.");
  if (random.length !== 2 * LEAVES * 32) return refuse("The random bytes are not 4,096; derive as many.");
  const words = Array.from({ length: 2 * LEAVES }, (_, i) => random.slice(32 * i, 32 * i + 32));
  const sorted = [...entries].sort(([a], [b]) => byCodePoints(a, b));
  const secrets = new Map(sorted.map(([name, value], i) => [name, { value, salt: words[i]! }]));
  if (secrets.size !== entries.length) return refuse("Two entries have one name; name them apart.");
  const leaves = words.slice(0, LEAVES).map((salt, i) => {
    const entry = sorted[i];
    return entry ? leafOf(leafFormat, keccak(utf8(entry[0])), entry[1], salt) : leafOf(leafFormat, words[LEAVES + i]!, 0, salt);
  });
  const nodes = tree(leaves);
  const open = (name: string): Opening => {
    const { value, salt } = secrets.get(name) ?? refuse("The committed budget has no entry of that name; choose another.");
    const leaf = leafOf(leafFormat, keccak(utf8(name)), value, salt);
    const proof: Uint8Array[] = [];
    for (let i = nodes.findIndex((node, at) => at >= LEAVES - 1 && equal(node, leaf)); i > 0; i = (i - 1) >> 1)
      proof.push(nodes[i % 2 ? i + 1 : i - 1]!);
    return { name, value, salt, proof, leafFormat };
  };
  return { root: nodes[0]!, leafFormat, names: [...secrets.keys()], open };
}

export function opens(root: Uint8Array, { name, value, salt, proof, leafFormat }: Opening): boolean {
  return proof.length === 6 && equal(proof.reduce(pair, leafOf(leafFormat, keccak(utf8(name)), value, salt)), root);
}

/** The digest of the terms, or of advice: keccak256(tag || salt || keccak256 of the text). */
export function saltedDigest(format: string, salt: Uint8Array, text: string): Uint8Array {
  if (salt.length !== 32 || !salt.some((each) => each)) return refuse("The salt is not 32 random bytes; draw a fresh one.");
  return keccak(concat(keccak(utf8(format)), salt, keccak(utf8(text))));
}
