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
import { exact, isHex, isWhole, parsed } from "./strict_json.mjs";

const BITS = 27;
const QUESTION = [
  "format", "id", "chain_id", "contract", "consent", "root", "recipient", "use", "relation", "figures", "amount",
];

function checkQuestion(question) {
  exact(question, "the question", ...QUESTION);
  need(question.format === "jamjar.question.1", "the question's format");
  need(["at_least", "at_most", "sum_of_lines"].includes(question.relation), "the question's relation");
  need(isWhole(question.amount, -1e8, 1e8) && isHex(question.id, 32) && isHex(question.root, 32), "the question's form");
  need(isWhole(question.chain_id, 1, 2 ** 53 - 1) && isWhole(question.recipient, 1, 2 ** 32 - 1), "the question's form");
  need(isWhole(question.use, 1, 2 ** 32 - 1), "the question's use");
  const { figures } = question;
  need(Array.isArray(figures) && figures.length >= 1 && figures.length <= 6, "the figures asked about");
  need(figures.every((each) => each.length === 2 && [1, -1].includes(each[0]) && typeof each[1] === "string"), "a figure");
  need(figures.every(([, name], i) => i === 0 || figures[i - 1][1] < name), "the figures' order");
  if (question.relation === "sum_of_lines") {
    need(figures.length === 1 && figures[0][0] === 1 && question.amount === 0, "a total and its lines");
  }
}

function verifyZero(context, commitment, proof) {
  need(proof.length === 64, "a proof of zero's length");
  const [c, s] = [scalarOf(proof.slice(0, 32)), scalarOf(proof.slice(32))];
  const first = sum([scaled(Point.BASE, s), scaled(commitment, -c)]);
  need(c === challenge("jamjar.zero.1", [context, commitment.toRawBytes(true), first.toRawBytes(true)]), "the challenge");
}

function verify({ root, question, proof: { figures, proof } }) {
  checkQuestion(question);
  need(typeof proof === "string" && isHex(proof, proof.length / 2), "the proof's form");
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
    verify(parsed(line));
  } catch (error) {
    answer = { valid: false, error: String(error.message) };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
