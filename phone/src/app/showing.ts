/** Showing figures to a recipient, its letters, and who looked: through a mailbox, and from the log's bundles. */
import { byCodePoints, fromHex, fromUtf8, InvalidInput, keccak, refuse, toHex, utf8 } from "../core/bytes.js";
import { dumps, fields, items, loads, text, whole, type Fields, type Json } from "../core/json.js";
import { openReply, packageId, publicKey, sealPackage } from "../core/sealing.js";
import { derive, LABELS, mailboxHeaders } from "../core/signing.js";
import { filesAt, isOf, memberOf, membersIn, readLog, topicOf, wordOf, type Member, type Prefix } from "./logs.js";
import { settleShown } from "./sending.js";
import { readRequest, type Scope } from "./terms.js";
import type { Held, Services, Wallet } from "./wallet.js";

const DAY = 86400;
/** How old a cosignature of the log may be, in seconds: an older log may lack a key that was stolen since. */
const LATE = 3 * DAY;
const PERIOD = ["period.end", "period.start"];
const USED = topicOf("ConsentUsed(address,uint32,address,bytes32,uint16)");
const ADVISED = topicOf("AdviceRecorded(address,uint32,address,bytes32,bytes32)");

/** The recipient's key is not the one that the wallet remembers: the claimant has to ask. */
export class KeyChanged extends InvalidInput {}

/** The names of all figures last committed to that the terms allow to be shown, without the period's days. */
export function allowedNames(wallet: Wallet, held: Held): string[] {
  const allows = (name: string) => ({ jar, what }: Scope[number]): boolean => {
    if (what === "covered") return name === `covers.${jar}`;
    if (what === "total") return name === (jar === "balance" ? jar : `total.${jar}`);
    const code = name.replace(/^total\./, "");
    return what === "lines" && (code === jar || code.startsWith(`${jar}.`));
  };
  return wallet.committed(held).map(([name]) => name).filter((name) => !PERIOD.includes(name) && (held.terms.scope as Scope).some(allows(name)));
}

/** The disclosure of these figures and their period, as canonical JSON. */
export function disclosureOf(wallet: Wallet, held: Held, names: string[]): string {
  const { terms, consent } = held;
  const committed = wallet.opened(held);
  const { contract, chainId } = wallet.deployment.commitments;
  const hex = (data: Uint8Array) => "0x" + toHex(data);
  const openings = [...names, ...PERIOD].sort(byCodePoints).map((name) => {
    const { value, salt, proof } = committed.open(name);
    return { name, value, salt: hex(salt), proof: proof.map(hex) };
  });
  const day = (name: string) => String(openings.find((each) => each.name === name)!.value);
  const within = (first: Json | undefined, then: string) => String(first).replaceAll("-", "") <= then;
  if (!within(terms.data_from, day("period.start")) || day("period.end") > String(terms.data_until).replaceAll("-", ""))
    return refuse("The month that you committed to is not within the days that you agreed to; commit to another month.");
  if (!names.length) return refuse("Your plan has nothing of what you agreed to show; add to the plan, or end the consent.");
  const salt = hex(derive(wallet.secret(consent), LABELS.termsSalt));
  const signed = wallet.signedCommit(held);
  const format = ("replaces" in signed ? 2 : 0) + committed.leafFormat;
  return dumps({ ...signed, format: `jamjar.disclosure.${format}`, chain_id: chainId, contract, consent, root: hex(committed.root), terms, terms_salt: salt, openings }, false);
}

/** The members that the log of members has now, read whole under its policy. */
export async function members(wallet: Wallet, services: Services): Promise<Map<number, Member>> {
  const { events } = await readLog(filesAt(`${services.log}/members`), services.membersPolicy, wallet.clock() - LATE);
  return membersIn(events, wallet.deployment.consortium);
}

/** Seal all that the terms allow to the recipient's newest key; it waits in the vault until the mailbox has it. */
export function seal(wallet: Wallet, held: Held, known: Map<number, Member>, isNewKeyAgreed: boolean): void {
  const { consent, terms } = held;
  const [number, name] = [Number(terms.recipient), String(terms.recipient_name)];
  const member = known.get(number);
  if (!member?.names.some((each) => each.normalize("NFC") === name)) return refuse(`The ledger's members do not call member ${number} so; ask the adviser.`);
  const remembered = utf8(dumps({ digest: toHex(keccak(member.key)) }));
  const before = wallet.vault.get("recipient-key", String(number));
  if (before && toHex(before) !== toHex(remembered) && !isNewKeyAgreed)
    throw new KeyChanged(`The encryption key of ${name} was changed, and whoever has the new one reads what you show; ask ${name} whether it is theirs.`);
  const names = allowedNames(wallet, held);
  const content = disclosureOf(wallet, held, names);
  const keys = { reply: publicKey(derive(wallet.secret(consent), LABELS.replyKey)), recipient: member.key };
  const about = { consent, root: fromHex(held.head, 32), recipient: number };
  const sealed = sealPackage(about, content, utf8(dumps(terms, false)).length, keys, wallet.deployment.commitments, wallet.random);
  const at = `${consent}/0x${toHex(packageId(sealed))}`;
  wallet.vault.put("recipient-key", String(number), remembered);
  wallet.vault.put("package", at, sealed);
  wallet.put("disclosed", at, { root: held.head, names: [...names, ...PERIOD].sort(byCodePoints) });
}

async function ask(wallet: Wallet, { url, name }: Services["mailbox"], consent: string, method: string, path: string, body = new Uint8Array()): Promise<Uint8Array> {
  const given = { audience: name, method, path, body, time: wallet.clock(), nonce: wallet.random(32) };
  const headers = mailboxHeaders(derive(wallet.secret(consent), LABELS.key), wallet.deployment.commitments, given);
  const answer = await fetch(`${url}${path}`, {
    ...{ method, headers, credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer" },
    ...{ body: body.length ? (body as Uint8Array<ArrayBuffer>) : null, signal: AbortSignal.timeout(60000) },
  }).catch(() => refuse("The mailbox cannot be reached; what was not sent waits. Try again when there is a connection."));
  const data = new Uint8Array(await answer.arrayBuffer());
  if ([200, 201, 204].includes(answer.status)) return data;
  const found = loads(fromUtf8(data, "The mailbox's answer"), "The mailbox's answer");
  const sentence = typeof found === "object" && found !== null && "sentence" in found ? String(found.sentence) : String(answer.status);
  return refuse(`The mailbox refused: ${sentence}`);
}

export const packages = (wallet: Wallet, consent: string) => wallet.vault.all("package").filter(({ name }) => name.startsWith(`${consent}/`));

/** Give the mailbox what waits for it under a consent; `keep` is called after each. */
export async function deposit(wallet: Wallet, services: Services, consent: string, keep: () => Promise<void>): Promise<void> {
  for (const { name, value } of packages(wallet, consent)) {
    await ask(wallet, services.mailbox, consent, "PUT", `/packages/${name.slice(-64)}`, value as Uint8Array<ArrayBuffer>);
    wallet.vault.delete("package", name);
    await keep();
  }
}

export interface Letter {
  commitment: string;
  digest: string;
  text: string;
  deletedAt: number;
}

export function letters(wallet: Wallet, consent: string): Letter[] {
  const all = wallet.vault.all("advice").filter(({ name }) => name.startsWith(`${consent}/`));
  return all.map(({ value }) => {
    const found = fields(loads(fromUtf8(value, "A letter"), "A letter", 2 ** 20), "A letter", "commitment", "digest", "text", "deleted_at");
    const [commitment, digest, words] = [found.commitment, found.digest, found.text].map((each) => text(each, "A letter")) as [string, string, string];
    return { commitment, digest, text: words, deletedAt: whole(found.deleted_at, "A time", 0, 2 ** 40) };
  });
}

/** Fetch a consent's letters; returns a sentence for each reply that is not reliable, or not for a phone. */
export async function fetchLetters(wallet: Wallet, services: Services, held: Held, keep: () => Promise<void>): Promise<string[]> {
  const { consent } = held;
  const listed = items(loads(fromUtf8(await ask(wallet, services.mailbox, consent, "GET", `/consents/${consent}/replies`), "The list"), "The list", 2 ** 20), "The replies");
  const wrong: string[] = [];
  if (!listed.length) return wrong;
  const known = await members(wallet, services);
  for (const name of listed.map((each) => toHex(fromHex(each, 32)))) {
    const data = await ask(wallet, services.mailbox, consent, "GET", `/replies/${name}`);
    try {
      if (toHex(keccak(data)) !== name) refuse("The mailbox sent another reply than was asked for; tell its operator.");
      receive(wallet, held, known, data);
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      wrong.push(error.message);
      continue;
    }
    await keep();
    await ask(wallet, services.mailbox, consent, "DELETE", `/replies/${name}`);
  }
  return wrong;
}

/** Keep a reply if it is reliable: its seal proves only that the sender knows the reply key. */
function receive(wallet: Wallet, { consent, terms }: Held, known: Map<number, Member>, data: Uint8Array): void {
  const reply = openReply(data, derive(wallet.secret(consent), LABELS.replyKey), wallet.deployment.commitments);
  const commitment = toHex(reply.commitment);
  const isTheirs = (account: string) => memberOf(known, account)?.number === Number(terms.recipient);
  const put = (more: { digest: string; text: string; deleted_at: number }) => wallet.put("advice", `${consent}/0x${toHex(keccak(data))}`, { commitment, ...more });
  if (reply.consent !== consent) return refuse("The mailbox sent a reply about another consent; tell its operator.");
  if (reply.kind === "question") return refuse("A question came, which a phone cannot answer; it stays in the mailbox for jamjar wallet.");
  if (reply.kind === "advice") {
    const digest = toHex(reply.digest);
    if (!seen(wallet).advice.includes(`${consent} ${commitment} ${digest}`)) return refuse("The log does not have the advice that came; do not rely on it, and look again later.");
    return put({ digest, text: reply.text, deleted_at: 0 });
  }
  if (reply.kind === "deletion") {
    if (!isTheirs(reply.account)) return refuse("The recipient did not sign the deletion that came; do not rely on it, and tell the adviser.");
    return put({ digest: "", text: "", deleted_at: reply.deletedAt });
  }
  const request = readRequest(reply.file, wallet.deployment.registry);
  if (request.fields.recipient !== terms.recipient || !isTheirs(request.account)) return refuse("The request that came is not of its sender; do not agree, and tell the adviser.");
  return wallet.receive(request);
}

interface Seen {
  prefix: Prefix;
  /** Consent, commitment, number and time of each use; consent, commitment and digest of each advice. */
  uses: string[];
  advice: string[];
}

function seen(wallet: Wallet): Seen {
  const kept = wallet.vault.get("phone", "log");
  if (!kept) return { prefix: { size: 0, peaks: [] }, uses: [], advice: [] };
  return loads(fromUtf8(kept, "A record"), "A record", 2 ** 24) as unknown as Seen;
}

/** Read what is new in the log, whole: who looked, which advice is recorded, and which withdrawals. */
export async function readLooks(wallet: Wallet, services: Services): Promise<void> {
  const before = seen(wallet);
  const { registry, advice } = wallet.deployment;
  const mine = new Map(wallet.consents().map(({ consent }) => [wordOf(consent), consent]));
  const { events, prefix } = await readLog(filesAt(services.log), services.policy, wallet.clock() - LATE, before.prefix);
  const [uses, advised] = [new Set(before.uses), new Set(before.advice)];
  for (const event of events) {
    settleShown(wallet, event);
    const [topic, word] = event.topics as string[];
    const [consent, words] = [mine.get(word!), (event.data as string).slice(2).match(/.{64}/g) ?? []];
    if (consent && topic === USED && isOf(registry, event)) uses.add(`${consent} ${words[1]} ${Number(`0x${words[2]}`)} ${event.time as number}`);
    if (consent && topic === ADVISED && isOf(advice, event)) advised.add(`${consent} ${words[0]} ${words[1]}`);
  }
  wallet.put("phone", "log", { prefix: prefix as unknown as Fields, uses: [...uses], advice: [...advised] });
}

/** The looks under a consent, as the log has them, in Unix seconds; expected is one for which figures were shown. */
export function looks(wallet: Wallet, consent: string): { time: number; isExpected: boolean }[] {
  const shown = wallet.vault.all("disclosed").filter(({ name }) => name.startsWith(`${consent}/`));
  const left = shown.map(({ value }) => text((loads(fromUtf8(value, "A record"), "A record") as Fields).root, "The root"));
  return seen(wallet).uses.filter((each) => each.startsWith(consent)).map((each) => {
    const [, commitment, , time] = each.split(" ");
    const at = left.indexOf(commitment!);
    if (at >= 0) left.splice(at, 1);
    return { time: Number(time), isExpected: at >= 0 };
  });
}
