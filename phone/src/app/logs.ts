/** A log read whole, in bundles of 256 leaves, so that nobody learns which of its events are meant; C2SP tlog-tiles. */
import { checksum, concat, equal, from0x, fromHex, fromUtf8, keccak, number, refuse, toHex, utf8 } from "../core/bytes.js";
import type { Fields } from "../core/json.js";
import { checkCheckpoint, leafHash, nodeHash, readLeaf, type Policy } from "../core/log.js";
import type { Domain } from "../core/signing.js";

const WIDTH = 256;
/** The content of a log's file, null where there is none. */
export type Read = (path: string) => Promise<Uint8Array | null>;
/** The first leaves of a log, whole bundles, as the hashes of perfect trees, the largest first. */
export interface Prefix {
  size: number;
  peaks: [leaves: number, hash: string][];
}

export function filesAt(url: string): Read {
  return async (path) => {
    const answer = await fetch(`${url}/${path}`, { credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer", signal: AbortSignal.timeout(60000) })
      .catch(() => refuse("The log cannot be reached; try again when there is a connection."));
    if (!answer.ok && answer.status !== 404) return refuse("The log does not answer; try again, or read another copy.");
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
  };
}

function pathOf(index: number, width: number): string {
  const parts = [String(index % 1000).padStart(3, "0")];
  for (let rest = Math.floor(index / 1000); rest; rest = Math.floor(rest / 1000)) parts.unshift(`x${String(rest % 1000).padStart(3, "0")}`);
  return `tile/entries/${parts.join("/")}${width < WIDTH ? `.p/${width}` : ""}`;
}

/** The leaves in a bundle, each after its length in two bytes. */
export function leavesIn(data: Uint8Array): Uint8Array[] {
  const leaves: Uint8Array[] = [];
  for (let at = 0; at < data.length; ) {
    const end = at + 2 + Number(number(data.slice(at, at + 2)));
    if (end > data.length) return refuse("A part of the log is cut short; read another copy of it.");
    leaves.push(data.slice(at + 2, end));
    at = end;
  }
  return leaves;
}

async function leavesOf(read: Read, index: number, width: number): Promise<Uint8Array[]> {
  for (const wide of [width, WIDTH]) {
    const data = await read(pathOf(index, wide)); // a partial file may be gone once the full one is there
    const leaves = data && leavesIn(data);
    if (leaves) return leaves.length === wide ? leaves.slice(0, width) : refuse("A part of the log has another number of events; read another copy of it.");
  }
  return refuse("The log lacks a part; read another copy of it.");
}

/** The events after a prefix, and the longest prefix now; all of it leads to the root that meets the policy. */
export async function readLog(read: Read, policy: Policy, since: number, before: Prefix = { size: 0, peaks: [] }): Promise<{ events: Fields[]; prefix: Prefix }> {
  const note = (await read("checkpoint")) ?? refuse("There is no log there, or it has published nothing yet; try again later.");
  const { size, root } = checkCheckpoint(fromUtf8(note, "The checkpoint"), policy, since);
  if (size < before.size) return refuse("The log is shorter than it was; do not rely on it, and tell your adviser.");
  const [peaks, events] = [before.peaks.slice(), [] as Fields[]];
  let prefix = before;
  for (let at = before.size; at < size; at += WIDTH) {
    const leaves = await leavesOf(read, at / WIDTH, Math.min(WIDTH, size - at));
    for (const leaf of leaves) {
      events.push(readLeaf(leaf));
      let grown: Prefix["peaks"][number] = [1, toHex(leafHash(leaf))];
      while (peaks.at(-1)?.[0] === grown[0]) grown = [2 * grown[0], toHex(nodeHash(fromHex(peaks.pop()![1]), fromHex(grown[1])))];
      peaks.push(grown);
    }
    if (leaves.length === WIDTH) prefix = { size: at + WIDTH, peaks: peaks.slice() };
  }
  const hashes = peaks.map(([, hash]) => fromHex(hash));
  if (!hashes.length || !equal(hashes.reduceRight((right, left) => nodeHash(left, right)), root))
    return refuse("The log's events do not lead to the root that was signed; do not rely on them, and tell your adviser.");
  return { events, prefix };
}

export const topicOf = (signature: string): string => "0x" + toHex(keccak(utf8(signature)));
export const wordOf = (address: string): string => "0x" + toHex(concat(new Uint8Array(12), from0x(address.toLowerCase(), 20)));
export const isOf = ({ chainId, contract }: Domain, event: Fields): boolean => event.chain === chainId && event.contract === contract.toLowerCase();

export interface Member {
  number: number;
  name: string;
  /** Every name that it had, the newest last. */
  names: string[];
  accounts: string[];
  key: Uint8Array;
}
const KINDS = {
  [topicOf("MemberAdmitted(uint32,string,address)")]: "name",
  [topicOf("MemberRenamed(uint32,string,address)")]: "name",
  [topicOf("EncryptionKeyChanged(uint32,bytes32,bytes,address)")]: "key",
  [topicOf("AccountAdded(uint32,address,address)")]: "added",
  [topicOf("AccountRemoved(uint32,address,address)")]: "removed",
};

/** The members that the events of the Consortium make, each with its newest name and key. */
export function membersIn(events: Fields[], consortium: Domain): Map<number, Member> {
  const members = new Map<number, Member>();
  for (const event of events.filter((each) => isOf(consortium, each))) {
    const [topic, of, second] = event.topics as string[];
    const kind = KINDS[topic!];
    if (!kind) continue;
    const at = Number(number(from0x(of, 32)));
    const member = members.get(at) ?? { number: at, name: "", names: [], accounts: [], key: new Uint8Array() };
    members.set(at, member);
    if (kind === "name") member.names.push((member.name = fromUtf8(bytesIn(event), "A member's name")));
    else if (kind === "key") {
      member.key = bytesIn(event);
      if (!equal(keccak(member.key), from0x(second, 32))) refuse("A member's key is not the one of its digest; read another copy of the log.");
    } else {
      const account = checksum(from0x(second, 32).slice(12));
      member.accounts = [...member.accounts.filter((each) => each !== account), ...(kind === "added" ? [account] : [])];
    }
  }
  return members;
}

/** The member that an account acts for, by the log of members. */
export function memberOf(known: Map<number, Member>, account: string): Member | undefined {
  return [...known.values()].find(({ accounts }) => accounts.includes(account));
}

/** The one value of variable length in an event's data (Solidity's ABI). */
function bytesIn(event: Fields): Uint8Array {
  const data = from0x(event.data);
  const end = 64 + Number(number(data.slice(32, 64)));
  if (number(data.slice(0, 32)) !== 32n || end > data.length) return refuse("The data of an event are malformed; read another copy of the log.");
  return data.slice(64, end);
}
