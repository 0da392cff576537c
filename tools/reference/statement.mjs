// A second verifier of statements, written from the rules in jamjar/disclosure/statement.py, on @noble/curves: a JSON
// line in, one out.
//
//   {"root": hex, "question": fields, "proof": {"figures": [{"name", "point", "proof"}, ...], "proof": hex}} -> {"valid"}
//
// Which lines a total has is the catalogue's, and not checked here.
import { createInterface } from "node:readline";
import { bytesToHex, hexToBytes } from "@noble/curves/abstract/utils";
import {
  H, Point, canonical, challenge, leafOf, need, pointOf, prefixed, rootOf, scalarOf, scaled, sum, text, verifyRange,
} from "./pedersen.mjs";

const BITS = 27;

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
  (lines ? verifyZero : verifyRange)(prefixed(bound), stated, hexToBytes(proof), BITS);
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
