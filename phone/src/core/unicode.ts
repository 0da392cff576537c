/** Text that every version of Unicode from 13.0 on normalises alike; docs/formats.md has the list and its reason. */
import { refuse, utf8 } from "./bytes.js";
import tables from "../../../vectors/tables.json" with { type: "json" };

const RANGES = tables.later.split(" ").map((each) => each.split("-").map((end) => parseInt(end, 16)));

export function isStable(text: string): boolean {
  return [...text].every((character) => {
    const code = character.codePointAt(0)!;
    const later = RANGES.some(([first, last]) => first! <= code && code <= (last ?? first!));
    return !later && !/\p{Cn}/u.test(character);
  });
}

/** A passphrase as the bytes that its key derives from: at most 1,025 code points, NFKC, UTF-8. */
export function passphraseBytes(text: string): Uint8Array {
  if (/\p{Cs}/u.test(text)) return refuse("The passphrase is not text; type it again.");
  return utf8([...text].slice(0, 1025).join("").normalize("NFKC"));
}

/** The same of a newly chosen passphrase: 8 to 1,024 characters that are stable. */
export function newPassphrase(text: string): Uint8Array {
  const data = passphraseBytes(text);
  const length = [...text.normalize("NFKC")].length;
  if (!isStable(text)) return refuse("The passphrase has a character that not every version of Unicode has; choose another.");
  if (length < 8 || length > 1024 || !text.trim())
    return refuse("The passphrase is not 8 to 1024 characters long; choose several random words.");
  return data;
}

/** One line of visible characters in NFC, without the quotation marks between which it is shown. */
export function oneLine(text: unknown, what: string, longest: number): string {
  const line = typeof text === "string" ? text.normalize("NFC") : "";
  const hidden = /[\p{C}\p{Zl}\p{Zp}“”]|(?! )\p{Zs}/u;
  if (!line.trim() || !isStable(text as string) || [...line].length > longest || hidden.test(line) || line !== line.trim())
    return refuse(`The ${what} is not one line of 1 to ${longest} visible characters; ask for another.`);
  return line;
}
