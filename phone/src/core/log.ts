/** Receipts of the log, verified offline under a policy: C2SP tlog-proof, signed-note, tlog-cosignature, tlog-policy. */
import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { ml_dsa44 } from "@noble/post-quantum/ml-dsa.js";
import { big, concat, equal, from0x, fromBase64, fromUtf8, number, refuse, toHex, utf8 } from "./bytes.js";
import { dumps, fields, items, loads, whole, type Fields } from "./json.js";

interface Verifier {
  name: string;
  kind: number;
  key: Uint8Array;
  id: string;
}
export interface Policy {
  logs: Verifier[];
  witnesses: Map<string, Verifier>;
  groups: Map<string, { least: number; names: string[] }>;
  quorum: string;
}
const [LOG, WITNESS, PQ_WITNESS] = [1, 4, 6];
/** The length of a key by its type. */
const KEY_BYTES: Record<number, number> = { 1: 32, 4: 32, 6: 1312 };
const HIDDEN = /[\p{C}\p{Z}+]/u;

function verifierOf(text: string): Verifier {
  const [, name, id, bytes] = /^([^+]+)\+([^+]+)\+(.*)$/.exec(text) ?? refuse("A key of the policy is malformed; copy it again.");
  const data = fromBase64(bytes, "A key");
  const verifier = { name: name!, kind: data[0]!, key: data.slice(1), id: toHex(sha256(concat(utf8(`${name}\n`), data)).slice(0, 4)) };
  if (!(verifier.kind in KEY_BYTES)) return refuse("A key of the policy is of a type that this wallet cannot check; update Jamjar.");
  if (HIDDEN.test(name!) || verifier.key.length !== KEY_BYTES[verifier.kind] || verifier.id !== id)
    return refuse("A key of the policy is not the one that its id names; copy it again.");
  return verifier;
}

export function readPolicy(text: string): Policy {
  const policy: Policy = { logs: [], witnesses: new Map(), groups: new Map(), quorum: "" };
  const { logs, witnesses, groups } = policy;
  const bad = (line: number): never => refuse(`Line ${line} of the policy is not understood; define each name once, before use.`);
  text.split("\n").forEach((line, i) => {
    const [word, ...rest] = line.split(/[ \t]/).filter((each) => each);
    if (!word || word.startsWith("#")) return;
    const known = (name: string) => witnesses.has(name) || groups.has(name);
    const key = (given: string, ...kinds: number[]): Verifier => {
      const found = verifierOf(given);
      const used = [...logs, ...witnesses.values()].some((each) => equal(each.key, found.key));
      return !kinds.includes(found.kind) || used ? bad(i + 1) : found;
    };
    const [name, second, ...names] = rest;
    const isNew = name !== undefined && !known(name) && name !== "none";
    if (word === "log" && (rest.length === 1 || rest.length === 2)) logs.push(key(name!, LOG!));
    else if (word === "witness" && (rest.length === 2 || rest.length === 3) && isNew)
      witnesses.set(name, key(second!, WITNESS!, PQ_WITNESS!));
    else if (word === "group" && names.length && isNew) {
      const count = second === "any" ? "1" : second === "all" ? String(names.length) : second!;
      const used = [...groups.values()].flatMap((group) => group.names);
      const fits = /^[1-9][0-9]*$/.test(count) && Number(count) <= names.length && groups.size < 64;
      if (!fits || new Set(names).size !== names.length || names.some((each) => !known(each) || used.includes(each))) bad(i + 1);
      groups.set(name, { least: Number(count), names });
    } else if (word === "quorum" && rest.length === 1 && known(name!) && !policy.quorum) policy.quorum = name!;
    else bad(i + 1);
  });
  if (new Set(logs.map(isOfMembers)).size > 1) return refuse("The policy names a log of members beside another; take a policy for each.");
  if (!logs.length || !policy.quorum) return refuse("The policy names no log or demands no witness, so it proves nothing; complete it.");
  return policy;
}

/** Whether a log, by its name, has the events of members alone. */
export const isOfMembers = ({ name }: Verifier): boolean => name.endsWith("/members");
export const leafHash = (leaf: Uint8Array): Uint8Array => sha256(concat(Uint8Array.of(0), leaf));
export const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array => sha256(concat(Uint8Array.of(1), left, right));

function numberIn(text: string): number {
  if (!/^(0|[1-9][0-9]*)$/.test(text) || !Number.isSafeInteger(Number(text)))
    return refuse("A number is not decimal without leading zeroes; copy it again.");
  return Number(text);
}

function hashIn(text: string): Uint8Array {
  const data = fromBase64(text, "A hash");
  return data.length === 32 ? data : refuse("A hash is not 32 bytes long; copy it again.");
}

/** The size and root of a checkpoint that meets a policy, by cosignatures that are not older than `since`. */
export function checkCheckpoint(note: string, policy: Policy, since = 0): { size: number; root: Uint8Array } {
  const at = note.lastIndexOf("\n\n");
  const [text, lines] = [note.slice(0, at + 1), note.slice(at + 2)];
  const controls = /[\u0000-\u0009\u000b-\u001f]/;
  if (at < 0 || !lines.endsWith("\n") || controls.test(text) || utf8(note).length > 65536)
    return refuse("The note is malformed; fetch it again.");
  const signers = [...policy.logs, ...policy.witnesses.values()];
  const signed = new Set<Verifier>();
  const [origin, size, root, ...more] = text.slice(0, -1).split("\n");
  if (!origin || size === undefined || root === undefined || more.some((line) => !line))
    return refuse("The text is not a checkpoint; fetch it again.");
  const found = { size: numberIn(size), root: hashIn(root) };
  for (const line of lines.slice(0, -1).split("\n")) {
    const [, name, signature] = /^— ([^ ]+) ([^ ]+)$/.exec(line) ?? refuse("A signature's line is malformed; fetch it again.");
    const data = fromBase64(signature, "A signature");
    if (HIDDEN.test(name!) || data.length < 5) return refuse("A signature's line is malformed; fetch it again.");
    const verifier = signers.find((each) => each.name === name && each.id === toHex(data.slice(0, 4)));
    if (!verifier) continue;
    const [isLog, time] = [verifier.kind === LOG, data.slice(4, 12)];
    const half = concat(opaque(origin), new Uint8Array(8), big(found.size, 8), found.root); // of type 6: no extension lines
    const ofHalf = () => concat(utf8("subtree/v1\n\0"), opaque(name!), time, half);
    const cosigned = verifier.kind === WITNESS ? utf8(`cosignature/v1\ntime ${number(time)}\n${text}`) : ofHalf();
    const [message, made] = isLog ? [utf8(text), data.slice(4)] : [cosigned, data.slice(12)];
    if (!verified(made, message, verifier) || (!isLog && time[0]! > 127))
      return refuse(`The signature of ${name} is not its own; do not rely on it.`);
    if (isLog || number(time) >= since) signed.add(verifier);
  }
  if (!policy.logs.some((log) => signed.has(log) && log.name === origin))
    return refuse("No log of the policy signed the checkpoint; do not rely on it.");
  const met = (name: string): boolean => {
    const group = policy.groups.get(name);
    return group ? group.names.filter(met).length >= group.least : signed.has(policy.witnesses.get(name)!);
  };
  if (!met(policy.quorum)) return refuse("Too few witnesses cosigned the checkpoint; ask for one with more cosignatures.");
  return found;
}

/** A text after its length in one byte (RFC 8446, section 3.4). */
function opaque(text: string): Uint8Array {
  const data = utf8(text);
  return data.length < 256 ? concat(big(data.length, 1), data) : refuse("The name of a log is longer than 255 bytes; use another log.");
}

/** Whether a key made a signature; of Ed25519 strictly as RFC 8032 is: no other form of a point or of the scalar. */
function verified(signature: Uint8Array, message: Uint8Array, { kind, key }: Verifier): boolean {
  try {
    return kind === PQ_WITNESS ? ml_dsa44.verify(signature, message, key) : ed25519.verify(signature, message, key, { zip215: false });
  } catch {
    return false;
  }
}

/** The event in a receipt that is true under a policy, its number, and the size of the log that has it. */
export function verifyReceipt(data: Uint8Array, policy: Policy): { event: Fields; index: number; size: number } {
  if (data.length > 2 ** 18) return refuse("The file is larger than any receipt; choose the right file.");
  const match = /^c2sp\.org\/tlog-proof@v1\nextra ([^\n]*)\n([^]*)$/.exec(fromUtf8(data, "The receipt"));
  const [, extraText, rest] = match ?? refuse("The file is no receipt; choose the right file.");
  const extra = fromBase64(extraText, "The extra data");
  if (!equal(sha256(utf8(rest!)), extra.slice(0, 32))) return refuse("The receipt is damaged; fetch it again from the log.");
  const at = rest!.indexOf("\n\n");
  const [first, ...hashes] = rest!.slice(0, at).split("\n");
  if (at < 0 || !first!.startsWith("index ") || hashes.length > 63) return refuse("The receipt is damaged; fetch it again from the log.");
  const [index, leaf] = [numberIn(first!.slice(6)), extra.slice(32)];
  const event = readLeaf(leaf);
  const { size, root } = checkCheckpoint(rest!.slice(at + 2), policy);
  if (index >= size) return refuse("The checkpoint is older than the event; fetch the receipt again from the log.");
  let node = leafHash(leaf);
  let [one, last] = [index, size - 1];
  for (const sibling of hashes.map(hashIn)) {
    if (last === 0) return refuse("The inclusion proof is too long; do not rely on it.");
    const isRight = one % 2 === 1 || one === last;
    node = isRight ? nodeHash(sibling, node) : nodeHash(node, sibling);
    if (isRight) while (one % 2 === 0 && one) [one, last] = [one / 2, Math.floor(last / 2)];
    [one, last] = [Math.floor(one / 2), Math.floor(last / 2)];
  }
  if (last || !equal(node, root)) return refuse("The inclusion proof does not lead from the event to the root; do not rely on it.");
  return { event, index, size };
}

const LEAF = ["format", "chain", "contract", "block", "block_hash", "time", "transaction", "index", "topics", "data"];

export function readLeaf(leaf: Uint8Array): Fields {
  const text = fromUtf8(leaf, "The leaf");
  const event = fields(loads(text, "The leaf"), "The leaf", ...LEAF);
  for (const name of ["chain", "block", "time", "index"]) whole(event[name], `The ${name} of an event`, 0, Number.MAX_SAFE_INTEGER);
  const topics = items(event.topics, "The topics");
  [event.block_hash, event.transaction, ...topics].forEach((each) => from0x(each, 32));
  from0x(event.contract, 20);
  from0x(event.data);
  if (event.format !== "jamjar.event.1" || topics.length > 4 || leaf.length > 65535 || dumps(event) !== text)
    return refuse("The leaf is not in its canonical form; fetch the receipt again.");
  return event;
}
