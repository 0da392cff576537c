// A second verifier of a study's result, written from the rules in jamjar/study, on @noble/curves: a JSON line in, one
// out. It asks nobody for anything: what it prints as accounts, consents and roots is to be found on the ledger.
//
//   {"result": result, "reports": [report, ...], "noise": [paper, ...]}  ->  {"valid", "sum", "count", "accounts"}
//
// `reports` and `noise` are the members' folder; without them the sum is checked, and not what it is a sum of: a member
// that says it dealt other noise than it did moves it. Of lines of one month and region, in whatever study, all that
// differ from the first that is valid are refused as published twice, with the members who published both.
import { createInterface } from "node:readline";
import { secp256k1 } from "@noble/curves/secp256k1";
import { keccak_256 } from "@noble/hashes/sha3";
import { bytesToHex, bytesToNumberBE, concatBytes, hexToBytes, numberToBytesBE } from "@noble/curves/abstract/utils";
import {
  H, Point, canonical, leafOf, mod, need, pointOf, rootOf, scaled, sum, text, verifyRange,
} from "./pedersen.mjs";
import { exact, parsed } from "./strict_json.mjs";
import { checkNoise, checkReport, checkResult } from "./study_fields.mjs";

const N = secp256k1.CURVE.n;
const digestOf = (fields) => bytesToHex(keccak_256(text(canonical(fields))));
const word = (number) => numberToBytesBE(BigInt(number), 32);
const points = (hexes) => hexes.map((each) => pointOf(hexToBytes(each)));
const typeHash = (words) => keccak_256(text(words));
const without = (fields, ...names) =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));

function separator({ chain_id: chain, contract }) {
  const type = typeHash("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
  const address = word(BigInt(contract));
  return keccak_256(concatBytes(type, typeHash("Jamjar"), typeHash("1"), word(chain), address));
}

// The address that signed these fields; a signature is r and s, with the parity in the highest bit.
function signerOf(study, fields, signature) {
  const struct = keccak_256(concatBytes(typeHash("StudyPaper(bytes32 content)"), hexToBytes(digestOf(fields))));
  const digest = keccak_256(concatBytes(new Uint8Array([0x19, 1]), separator(study), struct));
  const bytes = hexToBytes(signature);
  const parity = bytes[32] >> 7;
  bytes[32] &= 0x7f;
  const its = secp256k1.Signature.fromCompact(bytes);
  need(!its.hasHighS(), "a signature of one form");
  const key = its.addRecoveryBit(parity).recoverPublicKey(digest);
  return `0x${bytesToHex(keccak_256(key.toRawBytes(false).slice(1)).slice(12))}`;
}

// The commitment to what is summed of a figure.
function statedOf(study, point) {
  const signed = study.sign === 1 ? point : point.negate();
  return study.least === 0 ? signed : sum([signed, scaled(H, -BigInt(study.least))]);
}

function verifyReport(study, result, report, summand) {
  checkReport(report);
  const sealed = report.sealed.map((each) => bytesToHex(keccak_256(Buffer.from(each, "base64"))));
  const fields = { ...without(report, "signature"), sealed };
  need(digestOf(fields) === summand.digest, "a report's digest");
  need(signerOf(study, fields, report.signature) === report.consent.toLowerCase(), "a report's signature");
  need(report.study === digestOf(study), "a report's study");
  need(report.month === result.month && report.region === result.region, "a report's month and region");
  for (const name of ["consent", "root", "point", "coefficients"]) {
    need(canonical(report[name]) === canonical(summand[name]), `a report's ${name}`);
  }
  const point = pointOf(hexToBytes(report.point));
  need(bytesToHex(rootOf(leafOf(study.figure, point), report.path)) === report.root, "a leaf of the root");
  const bound = text(canonical(without(fields, "proof", "sealed")));
  verifyRange(bound, statedOf(study, point), hexToBytes(report.proof), study.bits);
}

function verifyFolder(study, result, reports, noise) {
  const listed = noise.map((each) => {
    checkNoise(each);
    const sealed = each.sealed.map((part) => bytesToHex(keccak_256(Buffer.from(part, "base64"))));
    const digest = digestOf({ ...without(each, "signature"), sealed });
    const dealt = { member: each.member, digest, point: each.point, coefficients: each.coefficients };
    need(result.noise.some((its) => canonical(its) === canonical(dealt)), "a member's noise");
    return new Set(each.reports);
  });
  need(listed.length === result.noise.length, "each member's noise");
  const all = [...listed[0]].filter((digest) => listed.every((its) => its.has(digest))).sort();
  need(canonical(all) === canonical(result.reports.map((each) => each.digest).sort()), "the reports that all accepted");
  const known = new Map(reports.map((each) => [`${each.consent}/${each.point}`, each]));
  for (const each of result.reports) {
    const report = known.get(`${each.consent}/${each.point}`);
    need(report, "a report");
    verifyReport(study, result, report, each);
  }
}

function verify({ result, reports, noise }) {
  checkResult(result);
  const { study, month, region } = result;
  const count = result.reports.length;
  need(study.months.includes(month) && study.regions.includes(region), "the month and region");
  need(count >= study.threshold && study.threshold >= 10, "the number of reports");
  need(new Set(result.reports.map((each) => each.consent.toLowerCase())).size === count, "one report of each consent");
  const members = result.noise.map((each) => each.member);
  need(new Set(members).size === members.length && members.length === study.members.length, "the noise of each member");
  need(members.every((each) => study.members.includes(each)), "the study's members");
  const stated = result.reports.map((each) => statedOf(study, pointOf(hexToBytes(each.point))));
  const commitment = sum([...stated, ...points(result.noise.map((each) => each.point))]);
  const dealt = [...result.reports, ...result.noise].map((each) => points(each.coefficients));
  need(dealt.every((each) => each.length === study.openers - 1), "the number of coefficients");
  const coefficients = dealt[0].map((_, k) => sum(dealt.map((each) => each[k])));
  const papers = [...result.noise].sort((a, b) => a.member - b.member).map((each) => [each.member, each.digest]);
  const closing = digestOf({ format: "jamjar.study-closing.1", noise: papers });
  const shares = new Map();
  const accounts = {};
  for (const { member, share, signature } of result.sums) {
    const place = BigInt(study.members.indexOf(member) + 1);
    need(place > 0n, "the study's members");
    const [value, blinding] = [0, 32].map((at) => bytesToNumberBE(hexToBytes(share).slice(at, at + 32)));
    need(value < N && blinding < N, "the range of a member's sums");
    const mine = sum([scaled(H, value), scaled(Point.BASE, blinding)]);
    const theirs = sum([commitment, ...coefficients.map((each, k) => scaled(each, place ** BigInt(k + 1)))]);
    need(mine.equals(theirs), `the sums of member ${member}`);
    shares.set(place, [value, blinding]);
    const fields = { format: "jamjar.study-sums.1", study: digestOf(study), month, region, member, closing, share };
    accounts[member] = signerOf(study, fields, signature);
  }
  need(shares.size >= study.openers, "enough members' sums");
  const weight = (at) =>
    [...shares.keys()].filter((other) => other !== at)
      .reduce((w, other) => mod(w * other * invert(mod(other - at))), 1n);
  const [value, blinding] = [0, 1].map((i) => mod([...shares].reduce((total, [at, its]) => total + its[i] * weight(at), 0n)));
  need(sum([scaled(H, value), scaled(Point.BASE, blinding)]).equals(commitment), "the sum of the commitments");
  if (reports) verifyFolder(study, result, reports, noise);
  checkOnce(result, closing);
  return { valid: true, sum: String(value > N / 2n ? value - N : value), count, accounts };
}

const published = new Map();

// Refuses other sums of a month and region than those of an earlier line.
function checkOnce({ study, month, region, sums }, closing) {
  const place = canonical([study.chain_id, month, region.toUpperCase().toLowerCase()]);
  const mine = new Map(sums.map((each) => [each.member, `${closing}${each.share}`]));
  const before = published.get(place) ?? { closing, sums: mine };
  published.set(place, before);
  const both = [...mine].filter(([member, its]) => (before.sums.get(member) ?? its) !== its).map(([member]) => member);
  const who = both.sort((a, b) => a - b).join(", ") || "apart";
  need(both.length === 0 && before.closing === closing, `${region} of ${month}: published twice, by members ${who}`);
}

// The inverse of a scalar (Fermat).
function invert(number) {
  let [result, base] = [1n, number];
  for (let power = N - 2n; power > 0n; power >>= 1n) {
    if (power & 1n) result = mod(result * base);
    base = mod(base * base);
  }
  return result;
}

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    const record = parsed(line);
    answer = verify(exact(record, "the line", "result", ...("reports" in record ? ["reports", "noise"] : [])));
  } catch (error) {
    answer = { valid: false, error: String(error.message) };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
