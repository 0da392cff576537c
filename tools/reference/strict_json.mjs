// Strict JSON for the second verifiers: no repeated key, no number but whole ones of one form, no field too many.
import { need } from "./pedersen.mjs";

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

// The value of a JSON text; refuses a key that stands twice in an object, and 1.0, 1e2 or -0.
export function parsed(line) {
  const value = JSON.parse(line);
  const tokens = line.match(TOKENS);
  const open = [];
  tokens.forEach((token, at) => {
    if (token === "{" || token === "[") open.push(new Set());
    else if (token === "}" || token === "]") open.pop();
    else if (tokens[at + 1] === ":") {
      const key = JSON.parse(token);
      need(!open.at(-1).has(key), "a key that stands twice");
      open.at(-1).add(key);
    } else if (/^[-0-9]/.test(token)) need(/^(0|-?[1-9][0-9]*)$/.test(token), "a number that is not whole");
  });
  return value;
}

// The object, if it has these keys and no others.
export function exact(value, what, ...names) {
  need(value !== null && typeof value === "object" && !Array.isArray(value), `${what}: an object`);
  need(JSON.stringify(Object.keys(value).sort()) === JSON.stringify(names.sort()), `the fields of ${what}`);
  return value;
}

export const isWhole = (value, low, high) => Number.isSafeInteger(value) && value >= low && value <= high;
export const isHex = (value, bytes) => typeof value === "string" && value.length === 2 * bytes && /^[0-9a-f]*$/.test(value);
export const isBase64 = (value) => typeof value === "string" && Buffer.from(value, "base64").toString("base64") === value;
