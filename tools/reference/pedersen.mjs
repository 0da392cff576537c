// What the second verifiers share, on @noble/curves: Pedersen commitments on secp256k1, their range proofs, and leaves.
import { secp256k1 } from "@noble/curves/secp256k1";
import { keccak_256 } from "@noble/hashes/sha3";
import { sha512 } from "@noble/hashes/sha2";
import { bytesToHex, bytesToNumberBE, concatBytes, hexToBytes, numberToBytesBE } from "@noble/curves/abstract/utils";

export const Point = secp256k1.ProjectivePoint;
const N = secp256k1.CURVE.n;
export const H = Point.fromHex("0250929b74c1a04954b78b4b6035e97a5e078a5a0f28ec96d547bfee9ace803ac0");
export const text = (string) => new TextEncoder().encode(string);
export const mod = (number) => ((number % N) + N) % N;
// Not multiplyUnsafe, which in 1.9.0 gives wrong points for scalars near the order.
export const scaled = (point, scalar) => (mod(scalar) === 0n ? Point.ZERO : point.multiply(mod(scalar)));
export const prefixed = (parts) => concatBytes(...parts.flatMap((part) => [numberToBytesBE(BigInt(part.length), 4), part]));
export const challenge = (tag, parts) => mod(bytesToNumberBE(sha512(prefixed([text(tag), ...parts]))));

export function need(condition, what) {
  if (!condition) throw new Error(what);
}

export function pointOf(bytes) {
  need(bytes.length === 33, "a point's length");
  const point = Point.fromHex(bytes); // refuses what is not on the curve
  point.assertValidity();
  return point;
}

export function scalarOf(bytes) {
  const scalar = bytesToNumberBE(bytes);
  need(bytes.length === 32 && scalar > 0n && scalar < N, "a scalar's range");
  return scalar;
}

export function sum(points) {
  const total = points.reduce((a, b) => a.add(b), Point.ZERO);
  need(!total.equals(Point.ZERO), "the point at infinity");
  return total;
}

// The canonical JSON: sorted keys, no spaces, ASCII.
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") {
    const hex = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
    return JSON.stringify(value).replace(/[^\x20-\x7e]/g, hex);
  }
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

export function leafOf(name, point) {
  const word = (number) => numberToBytesBE(BigInt(number), 32);
  const compressed = point.toRawBytes(true);
  const data = concatBytes(word(2), keccak_256(text(name)), word(compressed[0] & 1), compressed.slice(1));
  return keccak_256(keccak_256(data));
}

export function rootOf(leaf, proof) {
  need(proof.length === 6, "six hashes");
  return proof.map(hexToBytes).reduce((node, sibling) => {
    const [a, b] = bytesToHex(node) < bytesToHex(sibling) ? [node, sibling] : [sibling, node];
    return keccak_256(concatBytes(a, b));
  }, leaf);
}

export function verifyRange(context, commitment, proof, bits) {
  need(proof.length === 129 * bits - 1, "a range proof's length");
  const c = scalarOf(proof.slice(0, 32));
  const sent = Array.from({ length: bits - 1 }, (_, i) => pointOf(proof.slice(32 + 33 * i, 65 + 33 * i)));
  const high = sum(sent.map((point, i) => scaled(point, 1n << BigInt(i + 1))));
  const points = [sum([commitment, high.negate()]), ...sent];
  const firsts = points.flatMap((point, i) => {
    const at = 32 + 33 * (bits - 1) + 96 * i;
    const [e, s, other] = [0, 32, 64].map((j) => scalarOf(proof.slice(at + j, at + j + 32)));
    need(mod(c - e) !== 0n, "a challenge of zero");
    const pairs = [[point, e, s], [sum([point, H.negate()]), c - e, other]];
    return pairs.map(([base, its, answer]) => sum([scaled(Point.BASE, answer), scaled(base, -its)]).toRawBytes(true));
  });
  const stated = [context, numberToBytesBE(BigInt(bits), 1), commitment.toRawBytes(true)];
  const hashed = challenge("jamjar.range.1", [...stated, ...points.map((point) => point.toRawBytes(true)), ...firsts]);
  need(c === hashed, "the challenge");
}
