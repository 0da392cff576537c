/** What a recipient does with a package: the inverse of sealing, by which the vectors are checked. */
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { concat, equal, fromUtf8, refuse, unpad, utf8 } from "../src/core/bytes.js";
import { open, PACKAGE, PACKAGE_SIZES } from "../src/core/sealing.js";
import { separator, type Domain } from "../src/core/signing.js";

/** Open a package with the recipient's seed. */
export function openPackage(data: Uint8Array, seed: Uint8Array, registry: Domain): { reply: Uint8Array; content: string } {
  if (!equal(data.slice(0, 16), utf8(PACKAGE))) return refuse("The package's format is unknown; update Jamjar.");
  const info = concat(data.slice(0, 104), separator(registry));
  const key = open(data.slice(104, 1272), seed, info);
  let inside: Uint8Array;
  try {
    inside = unpad(chacha20poly1305(key, new Uint8Array(12), info).decrypt(data.slice(1272)), PACKAGE_SIZES);
  } catch {
    return refuse("The body does not open with its key; fetch it again.");
  }
  return { reply: inside.slice(0, 1216), content: fromUtf8(inside.slice(1216), "The disclosure") };
}
