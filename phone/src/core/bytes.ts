/** Bytes, and texts in the one form that each may have; docs/formats.md says which. */
import { keccak_256 } from "@noble/hashes/sha3.js";

/** Something that cannot be accepted: what is wrong; what to do. */
export class InvalidInput extends Error {}

export function refuse(sentence: string): never {
  throw new InvalidInput(sentence);
}

export const keccak = (...parts: Uint8Array[]): Uint8Array => keccak_256(concat(...parts));
export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

export function fromUtf8(data: Uint8Array, what: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(data);
  } catch {
    return refuse(`${what} is not UTF-8; ask for it again.`);
  }
}

export function concat(...parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export const equal = (a: Uint8Array, b: Uint8Array): boolean => compare(a, b) === 0;

/** Order bytes as numbers of their first difference, the shorter first. */
export function compare(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}

/** Order texts by code points: the default order of JavaScript is by UTF-16 units, which is another. */
export function byCodePoints(a: string, b: string): number {
  const [one, other] = [[...a], [...b]];
  for (let i = 0; i < Math.min(one.length, other.length); i++) {
    const difference = one[i]!.codePointAt(0)! - other[i]!.codePointAt(0)!;
    if (difference) return difference;
  }
  return one.length - other.length;
}

export const toHex = (data: Uint8Array): string => [...data].map((each) => each.toString(16).padStart(2, "0")).join("");

/** Read lower-case hex digits without 0x, of `length` bytes where it is given. */
export function fromHex(text: unknown, length?: number): Uint8Array {
  if (typeof text !== "string" || !/^([0-9a-f]{2})*$/.test(text) || (length !== undefined && text.length !== 2 * length))
    return refuse("A value is not lower-case hex digits of the right number; copy it again in full.");
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** Read 0x and lower-case hex digits. */
export function from0x(text: unknown, length?: number): Uint8Array {
  return fromHex(typeof text === "string" && text.startsWith("0x") ? text.slice(2) : null, length);
}

/** A whole number as big-endian bytes. */
export function big(value: number | bigint, size = 32): Uint8Array {
  let rest = BigInt.asUintN(8 * size, BigInt(value));
  const data = new Uint8Array(size);
  for (let i = size - 1; i >= 0; i--, rest >>= 8n) data[i] = Number(rest & 255n);
  return data;
}

export const number = (data: Uint8Array): bigint => data.reduce((value, each) => (value << 8n) | BigInt(each), 0n);

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

export function toBase64(data: Uint8Array): string {
  let text = "";
  for (let i = 0; i < data.length; i += 3) {
    const word = (data[i]! << 16) | ((data[i + 1] ?? 0) << 8) | (data[i + 2] ?? 0);
    for (let j = 0; j < 4; j++) text += i + j > data.length ? "=" : BASE64[(word >> (18 - 6 * j)) & 63];
  }
  return text;
}

/** Read base 64 in its one spelling; `atob` takes others, so it lets altered texts pass. */
export function fromBase64(text: unknown, what = "A value"): Uint8Array {
  const digits = typeof text === "string" && /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? text.replace(/=+$/, "") : "";
  const data = new Uint8Array(Math.floor((digits.length * 3) / 4));
  for (let i = 0, word = 0; i < digits.length; i++) {
    word = ((word << 6) | BASE64.indexOf(digits[i]!)) & 0xffffff;
    if (i % 4) data[Math.floor((i * 3) / 4)] = (word >> (6 - 2 * (i % 4))) & 255;
  }
  if (!data.length || toBase64(data) !== text) return refuse(`${what} is not in base 64; copy it again.`);
  return data;
}

/** Pad to the smallest of the sizes that holds the text, and at least `room` bytes in all. */
export function pad(text: Uint8Array, sizes: readonly number[], room = 0): Uint8Array {
  const largest = sizes[sizes.length - 1]!;
  const size = sizes.find((each) => each >= Math.max(4 + text.length, room)) ?? largest;
  if (4 + text.length > size) return refuse(`The text is longer than ${largest - 4} bytes; shorten it.`);
  const padded = new Uint8Array(size);
  padded.set(concat(big(text.length, 4), text));
  return padded;
}

export function unpad(padded: Uint8Array, sizes: readonly number[]): Uint8Array {
  const end = 4 + Number(number(padded.slice(0, 4)));
  if (!sizes.includes(padded.length) || end > padded.length || padded.slice(end).some((each) => each))
    return refuse("The padding is malformed; ask the sender to send it again.");
  return padded.slice(4, end);
}

/** The EIP-55 text of a 20-byte address. */
export function checksum(raw: Uint8Array): string {
  const text = toHex(raw);
  const nibbles = toHex(keccak(utf8(text)));
  return "0x" + [...text].map((c, i) => (nibbles[i]! >= "8" ? c.toUpperCase() : c)).join("");
}

/** Read an address in one case or with a right checksum; `strict` takes the checksum alone. */
export function address(text: unknown, strict = true): Uint8Array {
  if (typeof text !== "string" || !/^0x[0-9a-fA-F]{40}$/.test(text) || /^0x0+$/.test(text))
    return refuse("The address is not 0x and 40 hexadecimal digits; copy it again in full.");
  const digits = text.slice(2);
  const raw = fromHex(digits.toLowerCase());
  const plain = digits === digits.toLowerCase() || digits === digits.toUpperCase();
  if (text !== checksum(raw) && (strict || !plain))
    return refuse("The address fails its EIP-55 checksum; copy it again, as a digit is wrong.");
  return raw;
}
