// What the fields of a study, its result, its reports and its members' noise have to be, from the rules in jamjar/study.
// Which lines a figure may be is the catalogue's, and not checked here, nor which characters a title may have.
import { need } from "./pedersen.mjs";
import { exact, isBase64, isHex, isWhole } from "./strict_json.mjs";

const NUMBERS = {
  chain_id: [1, 2 ** 53 - 1], recipient: [1, 2 ** 32 - 1], openers: [2, 3], least: [-1e9, 1e9], bits: [4, 24],
  threshold: [10, 1e6], epsilon_hundredths: [1, 1000], sign: [-1, 1],
};
const isText = (value, longest) => typeof value === "string" && value.length > 0 && [...value].length <= longest;
const codePoints = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));
const isAddress = (value) => typeof value === "string" && /^0x[0-9a-fA-F]{40}$/.test(value);

function checkSorted(values, most, what, longest) {
  need(Array.isArray(values) && values.length >= 1 && values.length <= most, what);
  need(values.every((each) => isText(each, longest) && each === each.normalize("NFC")), what);
  need(values.every((each, i) => i === 0 || codePoints(values[i - 1], each) < 0), `${what}, each once and sorted`);
}

export function checkStudy(study) {
  const lists = ["members", "months", "regions"];
  exact(study, "the study", "format", "title", "contract", "figure", ...Object.keys(NUMBERS), ...lists);
  need(study.format === "jamjar.study.1", "the study's format");
  for (const [name, [low, high]] of Object.entries(NUMBERS)) need(isWhole(study[name], low, high), `the study's ${name}`);
  need(study.sign !== 0, "the study's sign");
  need(isText(study.title, 80) && isAddress(study.contract), "the study's title or contract");
  need(isText(study.figure, 80) && /^[a-z0-9_.]+$/.test(study.figure), "the study's figure");
  const { members, months, regions } = study;
  need(Array.isArray(members) && members.length === 3 && new Set(members).size === 3, "the study's members");
  need(members.every((each) => isWhole(each, 1, 2 ** 32 - 1)), "the study's members");
  checkSorted(months, 12, "the study's months", 7);
  need(months.every((each) => /^20[0-9]{2}-(0[1-9]|1[0-2])$/.test(each)), "the study's months");
  checkSorted(regions, 50, "the study's regions", 60);
}

export function checkResult(result) {
  exact(result, "the result", "format", "study", "month", "region", "reports", "noise", "sums");
  need(result.format === "jamjar.study-result.1", "the result's format");
  checkStudy(result.study);
  need([result.reports, result.noise, result.sums].every(Array.isArray), "the result's lists");
  for (const each of result.reports) {
    exact(each, "a report of the result", "digest", "consent", "root", "point", "coefficients");
    need(isHex(each.digest, 32) && isHex(each.root, 32) && isAddress(each.consent) && areDealt(each), "a report's form");
  }
  for (const each of result.noise) {
    exact(each, "the noise of a member", "member", "digest", "point", "coefficients");
    need(isHex(each.digest, 32) && areDealt(each), "the form of a member's noise");
  }
  for (const each of result.sums) {
    exact(each, "a member's sums", "member", "share", "signature");
    need(isHex(each.share, 64) && isHex(each.signature, 64), "the form of a member's sums");
  }
}

const areDealt = ({ point, coefficients }) =>
  isHex(point, 33) && Array.isArray(coefficients) && coefficients.every((each) => isHex(each, 33));

export function checkReport(report) {
  const names = ["study", "month", "region", "consent", "root", "point", "path", "coefficients"];
  exact(report, "a report", "format", ...names, "proof", "sealed", "signature");
  need(report.format === "jamjar.study-report.1", "a report's format");
  need(isHex(report.study, 32) && isHex(report.root, 32) && isHex(report.signature, 64), "a report's form");
  need(Array.isArray(report.path) && report.path.every((each) => isHex(each, 32)), "a report's path");
  need(typeof report.proof === "string" && isHex(report.proof, report.proof.length / 2), "a report's proof");
  need(isAddress(report.consent) && areDealt(report), "a report's form");
  checkSealed(report.sealed);
}

export function checkNoise(noise) {
  const names = ["study", "month", "region", "member", "point", "coefficients", "sealed", "reports", "signature"];
  exact(noise, "a member's noise", "format", ...names);
  need(noise.format === "jamjar.study-noise.1", "the format of a member's noise");
  need(isHex(noise.signature, 64) && areDealt(noise), "the form of a member's noise");
  checkSealed(noise.sealed);
  need(Array.isArray(noise.reports) && noise.reports.every((each) => isHex(each, 32)), "the reports of a member's noise");
  need(noise.reports.every((each, i) => i === 0 || noise.reports[i - 1] < each), "the reports of a member, sorted");
}

function checkSealed(sealed) {
  need(Array.isArray(sealed) && sealed.length === 3 && sealed.every(isBase64), "the sealed parts");
}
