/** Strict JSON: no floats, no repeated keys, one canonical text; in ASCII or in UTF-8, as the format says. */
import { byCodePoints, InvalidInput, refuse, utf8 } from "./bytes.js";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Fields = { [key: string]: Json };

const ESCAPES: Record<string, string> = { "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function quoted(text: string, ascii: boolean): string {
  const unit = (c: string) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0");
  const shown = text.replace(/["\\\u0000-\u001f]/g, (c) => (/["\\]/.test(c) ? "\\" + c : (ESCAPES[c] ?? unit(c))));
  return '"' + (ascii ? shown.replace(/[\u007f-\uffff]/g, unit) : shown) + '"';
}

/** Write canonical JSON: keys by code points, no spaces. Everything beyond ASCII is escaped unless `ascii` is false. */
export function dumps(value: Json, ascii = true): string {
  if (typeof value === "string") return quoted(value, ascii);
  if (typeof value === "number" && !Number.isSafeInteger(value)) return refuse("A number is not whole; round it.");
  if (value === null || typeof value !== "object") return String(value);
  if (Array.isArray(value)) return `[${value.map((each) => dumps(each, ascii)).join(",")}]`;
  const keys = Object.keys(value).sort(byCodePoints);
  return `{${keys.map((key) => `${quoted(key, ascii)}:${dumps(value[key]!, ascii)}`).join(",")}}`;
}

/** Read JSON of at most `most` bytes; `JSON.parse` takes floats and keeps the last of repeated keys. */
export function loads(text: string, what: string, most = 64 * 1024): Json {
  if (utf8(text).length > most) return refuse(`${what} is larger than ${most / 1024} KiB; choose the right file.`);
  const [quotes, whole] = [/("[^"\\\u0000-\u001f]*(?:\\.[^"\\\u0000-\u001f]*)*")/, /(-?(?:0|[1-9][0-9]*))(?![0-9.eE])/];
  const tokens = new RegExp(`[ \\t\\n\\r]*(?:([[\\]{},:])|${quotes.source}|${whole.source}|(true|false|null))`, "y");
  const bad = (): never => refuse(`${what} is not readable as strict JSON; export it again.`);
  const next = () => tokens.exec(text) ?? bad();
  const string = (token: string): string => {
    const value = JSON.parse(token) as string;
    return /\p{Cs}/u.test(value) ? bad() : value;
  };
  const value = (token: RegExpExecArray, depth: number): Json => {
    const [, mark, quotedText, digits, word] = token;
    if (quotedText !== undefined) return string(quotedText);
    if (word !== undefined) return word === "null" ? null : word === "true";
    if (digits !== undefined) return Number.isSafeInteger(Number(digits)) ? Number(digits) + 0 : bad();
    if (depth > 64 || (mark !== "[" && mark !== "{")) return bad();
    return mark === "[" ? array(depth) : object(depth);
  };
  const array = (depth: number): Json[] => {
    const items: Json[] = [];
    let token = next();
    if (token[1] === "]") return items;
    for (;;) {
      items.push(value(token, depth + 1));
      token = next();
      if (token[1] === "]") return items;
      if (token[1] !== ",") return bad();
      token = next();
    }
  };
  const object = (depth: number): Fields => {
    const fields: Fields = Object.create(null) as Fields;
    let token = next();
    if (token[1] === "}") return fields;
    for (;;) {
      const key = token[2] === undefined ? bad() : string(token[2]);
      if (key in fields || next()[1] !== ":") return bad();
      fields[key] = value(next(), depth + 1);
      token = next();
      if (token[1] === "}") return fields;
      if (token[1] !== ",") return bad();
      token = next();
    }
  };
  try {
    const whole = value(next(), 0);
    return /^[ \t\n\r]*$/.test(text.slice(tokens.lastIndex)) ? whole : bad();
  } catch (error) {
    if (error instanceof InvalidInput) throw error;
    return bad(); // an escape that JSON does not have
  }
}

/** Return the value if it is an object with exactly these keys. */
export function fields(value: Json | undefined, what: string, ...names: string[]): Fields {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return refuse(`${what} is not an object; give one.`);
  const keys = Object.keys(value);
  if (keys.length !== names.length || !names.every((name) => name in value))
    return refuse(`${what} lacks a field, or has an unknown one; give only ${names.join(", ")}.`);
  return value;
}

export function items(value: Json | undefined, what: string): Json[] {
  return Array.isArray(value) ? value : refuse(`${what} are not an array; give one.`);
}

export function whole(value: Json | undefined, what: string, least: number, most: number): number {
  if (typeof value !== "number" || !(least <= value && value <= most))
    return refuse(`${what} is not a whole number from ${least} to ${most}; correct it.`);
  return value;
}

export function text(value: Json | undefined, what: string): string {
  return typeof value === "string" ? value : refuse(`${what} is not a text; give one.`);
}
