// A second verifier of statements, written from the rules in jamjar/disclosure/statement.py, on @noble/curves: a JSON
// line in, one out.
//
//   {"root": hex, "question": fields, "proof": {"figures": [{"name", "point", "proof"}, ...], "proof": hex}} -> {"valid"}
//
// Which lines a total has is the catalogue's, and not checked here.
import { createInterface } from "node:readline";
import { secp256k1 } from "@noble/curves/secp256k1";
import { keccak_256 } from "@noble/hashes/sha3";
import { sha512 } from "@noble/hashes/sha2";
import { bytesToHex, bytesToNumberBE, concatBytes, hexToBytes, numberToBytesBE } from "@noble/curves/abstract/utils";

const Point = secp256k1.ProjectivePoint;
const N = secp256k1.CURVE.n;
const H = Point.fromHex("0250929b74c1a04954b78b4b6035e97a5e078a5a0f28ec96d547bfee9ace803ac0");
const BITS = 27;
const text = (string) => new TextEncoder().encode(string);
const mod = (number) => ((number % N) + N) % N;
// Not multiplyUnsafe, which in 1.9.0 gives wrong points for scalars near the order.
const scaled = (point, scalar) => (mod(scalar) === 0n ? Point.ZERO : point.multiply(mod(scalar)));
const prefixed = (parts) => concatBytes(...parts.flatMap((part) => [numberToBytesBE(BigInt(part.length), 4), part]));
const challenge = (tag, parts) => mod(bytesToNumberBE(sha512(prefixed([text(tag), ...parts]))));

function need(condition, what) {
  if (!condition) throw new Error(what);
}

function pointOf(bytes) {
  need(bytes.length === 33, "a point's length");
  const point = Point.fromHex(bytes); // refuses what is not on the curve
  point.assertValidity();
  return point;
}

function scalarOf(bytes) {
  const scalar = bytesToNumberBE(bytes);
  need(bytes.length === 32 && scalar > 0n && scalar < N, "a scalar's range");
  return scalar;
}

function sum(points) {
  const total = points.reduce((a, b) => a.add(b), Point.ZERO);
  need(!total.equals(Point.ZERO), "the point at infinity");
  return total;
}

// The canonical JSON of ASCII values: sorted keys, no spaces.
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

function leafOf(name, point) {
  const word = (number) => numberToBytesBE(BigInt(number), 32);
  const compressed = point.toRawBytes(true);
  const data = concatBytes(word(2), keccak_256(text(name)), word(compressed[0] & 1), compressed.slice(1));
  return keccak_256(keccak_256(data));
}

function rootOf(leaf, proof) {
  need(proof.length === 6, "six hashes");
  return proof.map(hexToBytes).reduce((node, sibling) => {
    const [a, b] = bytesToHex(node) < bytesToHex(sibling) ? [node, sibling] : [sibling, node];
    return keccak_256(concatBytes(a, b));
  }, leaf);
}

function verifyRange(context, commitment, proof) {
  need(proof.length === 129 * BITS - 1, "a range proof's length");
  const c = scalarOf(proof.slice(0, 32));
  const sent = Array.from({ length: BITS - 1 }, (_, i) => pointOf(proof.slice(32 + 33 * i, 65 + 33 * i)));
  const high = sum(sent.map((point, i) => scaled(point, 1n << BigInt(i + 1))));
  const points = [sum([commitment, high.negate()]), ...sent];
  const firsts = points.flatMap((point, i) => {
    const at = 32 + 33 * (BITS - 1) + 96 * i;
    const [e, s, other] = [0, 32, 64].map((j) => scalarOf(proof.slice(at + j, at + j + 32)));
    need(mod(c - e) !== 0n, "a challenge of zero");
    const pairs = [[point, e, s], [sum([point, H.negate()]), c - e, other]];
    return pairs.map(([base, its, answer]) => sum([scaled(Point.BASE, answer), scaled(base, -its)]).toRawBytes(true));
  });
  const stated = [context, numberToBytesBE(BigInt(BITS), 1), commitment.toRawBytes(true)];
  const hashed = challenge("jamjar.range.1", [...stated, ...points.map((point) => point.toRawBytes(true)), ...firsts]);
  need(c === hashed, "the challenge");
}

function verifyZero(context, commitment, proof) {
  need(proof.length === 64, "a proof of zero's length");
  const [c, s] = [scalarOf(proof.slice(0, 32)), scalarOf(proof.slice(32))];
  const first = sum([scaled(Point.BASE, s), scaled(commitment, -c)]);
  need(c === challenge("jamjar.zero.1", [context, commitment.toRawBytes(true), first.toRawBytes(true)]), "the challenge");
}

function verify({ root, question, proof: { figures, proof } }) {
  const { relation, amount } = question;
  const lines = relation === "sum_of_lines";
  const signs = [...question.figures];
  if (lines) signs.push(...figures.slice(1).map(({ name }) => [-1, name]));
  need(root === question.root && signs.length === figures.length, "the figures asked about");
  const names = figures.map(({ name }) => name);
  need(new Set(names).size === names.length && signs.every(([, name], i) => name === names[i]), "their order");
  const points = figures.map(({ point }) => pointOf(hexToBytes(point)));
  figures.forEach(({ name, proof: path }, i) => {
    need(bytesToHex(rootOf(leafOf(name, points[i]), path)) === root, "a leaf of the root");
  });
  const summed = sum(points.map((point, i) => (signs[i][0] === 1 ? point : point.negate())));
  const shifted = sum([summed, scaled(H, -BigInt(amount))]);
  const stated = relation === "at_most" ? shifted.negate() : shifted;
  const bound = [text("jamjar.statement.1"), text(canonical(question)), text(relation), text(String(amount))];
  figures.forEach(({ name, point, proof: path }, i) => {
    bound.push(text(signs[i][0] === 1 ? "+" : "-"), text(name), hexToBytes(point), ...path.map(hexToBytes));
  });
  (lines ? verifyZero : verifyRange)(prefixed(bound), stated, hexToBytes(proof));
}

for await (const line of createInterface({ input: process.stdin })) {
  let answer = { valid: true };
  try {
    verify(JSON.parse(line));
  } catch (error) {
    answer = { valid: false, error: String(error.message) };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
