/** What an adviser asks for: the request, its notice in English and Welsh, its terms, and the times of a consent. */
import tables from "../../../vectors/tables.json" with { type: "json" };
import { byCodePoints, fromHex, keccak, refuse, toHex, utf8 } from "../core/bytes.js";
import { isDay } from "../core/card.js";
import { saltedDigest } from "../core/commitment.js";
import { dumps, fields, items, loads, text, whole, type Fields } from "../core/json.js";
import { digestOf, recover, type Domain, type keysOf } from "../core/signing.js";
import { oneLine } from "../core/unicode.js";

const DAY = 86400;
const DETAILS = { lines: "lines", totals: "total", covered: "covered" } as const;
const NUMBERS = ["recipient", "retention_days", "looks", "days", "reconfirm_days"] as const;
const DATES = ["data_from", "data_until", "asked", "answer_by"] as const;
const USUAL = { looks: [1, 3, 12], days: [30, 90, 180, 365], reconfirm_days: [30, 90] } as const;
const OVERALL = ["outgoings", "balance"];
const HAVE: Record<string, string[]> = {
  lines: [...tables.groups, ...tables.sections, ...Object.keys(tables.languages[0]!.labels).filter((code) => !OVERALL.includes(code))],
  total: [...tables.groups, ...tables.sections, ...OVERALL],
  covered: [...tables.groups, ...tables.sections, "outgoings"].filter((code) => code.split(".")[0] !== "income"),
};

export type Scope = { jar: string; what: string }[];
export interface Request {
  fields: Fields;
  scope: Scope;
  id: string;
  account: string;
  file: string;
}

/** Read a signed request. Whether its account acts for the recipient, a node or the log's members say. */
export function readRequest(file: string, registry: Domain): Request {
  const names = ["format", "nonce", ...Object.keys(DETAILS), ...NUMBERS, "recipient_name", "contact", "purpose", "about", ...DATES];
  const found = loads(file.trim(), "The request", 8192);
  const format = typeof found === "object" && found !== null && "format" in found ? found.format : null;
  if (format === "jamjar.request.2") return refuse("The request allows questions, which a phone cannot answer; agree to it with jamjar wallet.");
  if (format !== "jamjar.request.1") return refuse("The request's format is unknown; update this page, or agree to it with jamjar wallet.");
  const { signature, ...asked } = fields(found, "The request", ...names, "signature");
  const most = { recipient: 2 ** 32 - 1, retention_days: 3650, looks: 12, days: 365, reconfirm_days: 90 };
  for (const name of NUMBERS) whole(asked[name], `The ${name} of the request`, name === "retention_days" ? 0 : 1, most[name]);
  for (const [name, usual] of Object.entries(USUAL))
    if (!(usual as readonly unknown[]).includes(asked[name])) return refuse(`The ${name} of the request are unusual, which would single you out; ask for another.`);
  for (const name of DATES) if (!isDay(asked[name])) return refuse("A date of the request is none; ask for another.");
  for (const [name, longest] of [["recipient_name", 200], ["contact", 200], ["about", 300]] as const)
    if (asked[name] !== "" || name !== "about")
      if (oneLine(asked[name], name, longest) !== asked[name]) return refuse(`The ${name} is not in Unicode's form NFC; ask for another.`);
  const [from, until, made, by] = DATES.map((name) => String(asked[name]));
  const wait = (Date.parse(by!) - Date.parse(made!)) / (DAY * 1000);
  if (until! < from! || wait < 0 || wait > 90) return refuse("The dates of the request are out of order; ask for another.");
  if (!(text(asked.purpose, "The purpose") in tables.languages[0]!.purposes)) return refuse("The purpose is none that a consent can carry; refuse the request.");
  fromHex(asked.nonce, 16);
  const scope = Object.entries(DETAILS).flatMap(([list, what]) => {
    const codes = items(asked[list], "The jars").map((code) => text(code, "A jar"));
    if (new Set(codes).size !== codes.length || codes.some((code) => !HAVE[what]!.includes(code)))
      return refuse("A jar of the request is repeated, or unknown; ask for another.");
    if (codes.join() !== [...codes].sort(byCodePoints).join()) return refuse("The jars of the request are out of order; ask for another.");
    return codes.map((jar) => ({ jar, what }));
  });
  if (!scope.length || scope.length > 40) return refuse("The request does not name 1 to 40 jars; ask for another.");
  scope.sort((a, b) => byCodePoints(a.jar, b.jar) || byCodePoints(a.what, b.what));
  const id = keccak(utf8(dumps(asked, false)));
  const account = recover(digestOf(registry, "ConsentRequest(bytes32 content)", id), fromHex(signature, 64));
  return { fields: asked, scope, id: toHex(id), account, file: dumps({ ...asked, signature: signature! }, false) };
}

const filled = (sentence: string, values: Record<string, unknown>): string =>
  sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));

/** The notice in one language, 0 English or 1 Welsh, as the claimant is shown it. */
export function noticeIn(language: number, { fields: asked, scope }: Request): string {
  const words = tables.languages[language]!;
  const of = (table: unknown, key: unknown) => (table as Record<string, string>)[String(key)]!;
  const day = (value: unknown) => {
    const [year, month, date] = String(value).split("-").map(Number);
    return `${date} ${words.months[month! - 1]} ${year}`;
  };
  return filled(words.sentences, {
    name: asked.recipient_name,
    number: asked.recipient,
    purpose: of(words.purposes, asked.purpose),
    about: asked.about ? filled(words.about, { about: asked.about }) + "\n" : "",
    seen: scope.map(({ jar, what }) => `${of(words.labels, jar)} (${of(words.details, what)})`).join("; "),
    first: day(asked.data_from),
    last: day(asked.data_until),
    questions: "",
    kept: asked.retention_days ? filled(words.store, { keep: asked.retention_days }) : words.view,
    times: of(words.times, asked.looks),
    days: asked.days,
    reconfirm: asked.reconfirm_days,
    contact: asked.contact,
  });
}

/** The terms that a request asks for, with the notice in both languages; of the third format where they name keys. */
export function termsOf(request: Request, keys?: ReturnType<typeof keysOf>): Fields {
  const { fields: asked, scope } = request;
  const notice = tables.languages.map(({ title }, i) => `[${title}]\n${noticeIn(i, request)}`).join("\n\n");
  const { purpose, data_from, data_until, retention_days, recipient, recipient_name } = asked as Record<string, string>;
  const storage = asked.retention_days ? "store" : "view";
  const same = { purpose: purpose!, data_from: data_from!, data_until: data_until!, retention_days: retention_days!, recipient: recipient!, recipient_name: recipient_name! };
  const more = keys ? { format: "jamjar.terms.3", questions: 0, ...keys } : { format: "jamjar.terms.1" };
  return { ...same, ...more, scope, storage, notice, language: "mul" };
}

export const termsDigest = (terms: Fields, salt: Uint8Array): Uint8Array => saltedDigest(String(terms.format), salt, dumps(terms, false));

/** Raise unless a request can be answered on this day, of UTC. */
export function checkDay({ fields: asked }: Request, now: number): void {
  const [today, tomorrow] = [0, DAY].map((more) => new Date((now + more) * 1000).toISOString().slice(0, 10));
  if (today! > String(asked.answer_by)) refuse(`The request could be answered until ${String(asked.answer_by)}; ask who gave it to you for another.`);
  if (tomorrow! < String(asked.asked)) refuse("The request is dated on a day to come; correct the clock, or ask for another.");
}

/** The times of a consent that begins at the next midnight, UTC, and ends so many midnights from today's. */
export function schedule(now: number, days: number, reconfirmDays: number): { from: number; until: number; reconfirmBy: number } {
  const today = now - (now % DAY);
  const until = today + days * DAY;
  return { from: Math.ceil((now + 3600) / DAY) * DAY, until, reconfirmBy: Math.min(until, today + Math.min(reconfirmDays, 90) * DAY) };
}
