/** The claimant's wallet over a vault: what is signed is in the vault before anyone sees it, until it is carried. */
import { address, checksum, fromUtf8, refuse, toHex, utf8 } from "../core/bytes.js";
import { cardFile } from "../core/card.js";
import { commit as commitTo, type Commitment, type Entry } from "../core/commitment.js";
import { dumps, fields, loads, text, whole, type Fields, type Json } from "../core/json.js";
import { isOfMembers, readPolicy, type Policy } from "../core/log.js";
import { Calendar, consentOf, derive, keysOf, LABELS, readSigned, signedFile, signMessage, type Domain, type Signed } from "../core/signing.js";
import type { Random, Vault } from "../core/vault.js";
import { entriesOf, type Budget } from "./budget.js";
import { checkDay, schedule, termsDigest, termsOf, type Request, type Scope } from "./terms.js";

const NO_ROOT = "0".repeat(64);
/** The format of the file that an adviser gives to phones. */
const PHONE = "jamjar.phone.1";
export interface Deployment {
  registry: Domain;
  commitments: Domain;
  advice: Domain;
  consortium: Domain;
}
export interface Held {
  consent: string;
  terms: Fields;
  valid_from: number;
  valid_until: number;
  sequence: number;
  signed: number;
  head: string;
}
/** The terms that this wallet acts under. Under others it can end, pause, resume and confirm, which need none of them. */
export const isKnown = ({ terms }: Held): boolean => ["jamjar.terms.1", "jamjar.terms.2", "jamjar.terms.3"].includes(String(terms.format));
export function checkKnown(held: Held): void {
  if (!isKnown(held)) refuse("The terms of this consent are in a format that this page does not know; update the page, or end the consent.");
}

export interface Waiting {
  signed: Signed;
  file: string;
  name: string;
  since: number;
  isGiven: boolean;
}

const has = (value: Json | undefined): Fields => (typeof value === "object" && value !== null && !Array.isArray(value) ? value : {});

/** Read the deployment file that every party of a ledger has, or the one for a phone, which holds it. */
export function readDeployment(file: string): Deployment {
  const given = has(loads(file, "The deployment file", 2 ** 20));
  const found = given.format === PHONE ? has(given.deployment) : given;
  const { format, chain_id, consent_registry, commitment_registry, advice_log, consortium } = found;
  if (format !== "jamjar.deployment.3") return refuse("The file is no deployment of this version; ask your adviser for the right one.");
  const chainId = whole(chain_id, "The chain id", 1, Number.MAX_SAFE_INTEGER);
  const at = (contract: Json | undefined): Domain => ({ chainId, contract: checksum(address(has(contract).address)) });
  return { registry: at(consent_registry), commitments: at(commitment_registry), advice: at(advice_log), consortium: at(consortium) };
}

/** Where a mailbox and the log are, and whose signatures of the log are relied on. */
export interface Services {
  relayer: string;
  mailbox: { url: string; name: string };
  log: string;
  policy: Policy;
  membersPolicy: Policy;
}

/** Read the services in the file for a phone; a deployment file names none. */
export function readServices(file: string): Services | null {
  if (has(loads(file, "The ledger's file", 2 ** 20)).format !== PHONE) return null;
  const names = ["relayer", "mailbox", "mailbox_name", "log", "policy", "members_policy"];
  const { deployment: _, format: __, ...found } = fields(loads(file, "The ledger's file", 2 ** 20), "The ledger's file", "format", "deployment", ...names);
  const [relayer, url, name, log, policy, members] = names.map((each) => text(found[each], `The ${each} in the ledger's file`)) as [string, string, string, string, string, string];
  for (const each of [relayer, url, log]) secureAddress(each);
  const services = { relayer, mailbox: { url, name }, log, policy: readPolicy(policy), membersPolicy: readPolicy(members) };
  if (services.policy.logs.some(isOfMembers) || !services.membersPolicy.logs.every(isOfMembers))
    return refuse("A policy in the ledger's file is for another log; ask your adviser for the right file.");
  return services;
}

/** An address to ask, without a slash at its end: https, or of this device. */
export function secureAddress(typed: string): string {
  if (!/^https:\/\/[^/]+|^http:\/\/(127\.0\.0\.1|localhost)(:|\/|$)/.test(typed)) return refuse("An address is not https; copy it again.");
  return typed.trim().replace(/\/+$/, "");
}

/** The domain of the contract that takes messages of this type. */
export function domainOf({ registry, commitments, advice }: Deployment, kind: string): Domain {
  return kind === "Commit" ? commitments : kind === "Acknowledge" ? advice : registry;
}

export class Wallet {
  constructor(readonly vault: Vault, readonly deployment: Deployment, readonly random: Random, readonly clock: () => number) {}

  consents(): Held[] {
    return this.vault.all("secret").map(({ name }) => this.held(name));
  }

  held(consent: string): Held {
    const record = this.vault.get("consent", consent) ?? refuse(`This wallet has no consent ${consent}; choose one of the list.`);
    const numbers = ["valid_from", "valid_until", "sequence", "signed"] as const;
    const found = fields(loads(fromUtf8(record, "A record"), "A record", 2 ** 18), "A record", "format", "terms", "head", ...numbers);
    if (found.format !== "jamjar.held.1") return refuse("A consent was written by another version; use that one.");
    const [valid_from, valid_until, sequence, signed] = numbers.map((name) => whole(found[name], "A number", 0, 2 ** 53)) as [number, number, number, number];
    return { consent, terms: found.terms as Fields, valid_from, valid_until, sequence, signed, head: text(found.head, "The head") };
  }

  private keep({ consent, ...rest }: Held): void {
    this.vault.put("consent", consent, utf8(dumps({ format: "jamjar.held.1", ...rest })));
  }

  secret(consent: string): Uint8Array {
    return this.vault.get("secret", consent) ?? refuse(`This wallet has no consent ${consent}; choose one of the list.`);
  }

  private sign(consent: string, kind: string, message: Fields): Signed {
    const domain = domainOf(this.deployment, kind);
    const signed = this.signed(consent, kind, message);
    const name = `${consent}/0x${toHex(signed.rvs)}`;
    this.vault.put("outgoing", name, utf8(signedFile(signed, domain)));
    this.put("waiting", name, { format: "jamjar.waiting.1", since: this.clock(), is_given: false });
    return signed;
  }

  /** A message signed as its terms say: twice where they name a key for it. */
  private signed(consent: string, kind: string, message: Fields): Signed {
    const [secret, isTwice] = [this.secret(consent), Boolean(this.held(consent).terms.pq_key)];
    return signMessage(derive(secret, LABELS.key), domainOf(this.deployment, kind), kind, message, isTwice ? derive(secret, LABELS.postQuantum) : undefined);
  }

  put(kind: string, name: string, record: Json): void {
    this.vault.put(kind, name, utf8(dumps(record)));
  }

  /** Agree to a request, or to less of it: a new secret, and the grant. */
  agree(request: Request): Signed {
    const now = this.clock();
    checkDay(request, now);
    this.unanswered(request);
    const { looks, days, reconfirm_days } = request.fields as Record<string, number>;
    const { from, until, reconfirmBy } = schedule(now, days!, reconfirm_days!);
    const secret = this.random(32);
    const terms = termsOf(request, keysOf(secret));
    const consent = consentOf(derive(secret, LABELS.key));
    const digest = termsDigest(terms, derive(secret, LABELS.termsSalt));
    this.vault.put("secret", consent, secret);
    this.keep({ consent, terms, valid_from: from, valid_until: until, sequence: 0, signed: 0, head: NO_ROOT });
    this.answer(request, "agreed", now);
    this.put("agreed", consent, { request: request.id, looks: looks!, days: days!, reconfirm_days: reconfirm_days! });
    const asked = { recipient: terms.recipient!, valid_from: from, valid_until: until, reconfirm_by: reconfirmBy };
    return this.sign(consent, "Grant", { consent, ...asked, max_uses: looks!, terms_digest: "0x" + toHex(digest) });
  }

  /** Refuse a request: nobody is told. */
  refuse(request: Request): void {
    this.answer(request, "refused", this.clock());
  }

  private requests(): { name: string; found: Fields }[] {
    return this.vault.all("request").map(({ name, value }) => ({ name, found: loads(fromUtf8(value, "A record"), "A record") as Fields }));
  }

  private unanswered(request: Request): Fields | undefined {
    const known = this.requests().find(({ name }) => name === request.id)?.found;
    return known && known.answer !== "none" ? refuse("The request was answered already; ask for another.") : known;
  }

  private answer(request: Request, answer: string, now: number): void {
    const number = Math.max(0, ...this.requests().map(({ found }) => Number(found.number))) + 1;
    this.put("request", request.id, { ...(this.unanswered(request) ?? { number, came: now, request: request.file }), answer });
  }

  /** Commit to a budget under a consent, in place of the commitment before. */
  commit(consent: string, budget: Budget): Signed {
    const held = this.held(consent);
    checkKnown(held);
    const nonce = toHex(this.random(16));
    const covered = (held.terms.scope as Scope).filter(({ what }) => what === "covered").map(({ jar }) => jar);
    const entries = entriesOf(budget, covered);
    const leafFormat = held.terms.questions ? 2 : 1; // which `jamjar wallet` answers questions about
    const root = toHex(this.commitment(consent, nonce, entries, leafFormat).root);
    this.put("commitment", `${consent}/0x${root}`, { consent, nonce, entries, ...(leafFormat === 2 ? { leaf_format: 2 } : {}), ...(held.terms.pq_key ? { replaces: held.head } : {}) });
    this.keep({ ...held, head: root });
    return this.sign(consent, "Commit", { consent, root: "0x" + root, replaces: "0x" + held.head });
  }

  private newest({ consent, head }: Held): Fields | null {
    const record = this.vault.get("commitment", `${consent}/0x${head}`);
    return record && (loads(fromUtf8(record, "A record"), "A record", 2 ** 18) as Fields);
  }

  /** The entries of the newest commitment under a consent; none where there is none. */
  committed = (held: Held): Entry[] => (this.newest(held)?.entries ?? []) as Entry[];

  /** The newest commitment under a consent, to open. */
  opened(held: Held): Commitment {
    checkKnown(held);
    const found = this.newest(held) ?? refuse("Nothing is committed to yet; plan a month and commit to it first.");
    return this.commitment(held.consent, text(found.nonce, "The nonce"), found.entries as Entry[], Number(found.leaf_format ?? 1));
  }

  /** What a disclosure has of the newest commitment's second signature; nothing under terms that name no key. */
  signedCommit(held: Held): Fields {
    if (!held.terms.pq_key) return {};
    const replaces = this.newest(held)?.replaces ?? refuse("The commitment was made without a second signature; commit again with this wallet.");
    const message = { consent: held.consent, root: "0x" + held.head, replaces: "0x" + text(replaces, "A root") };
    return { replaces: message.replaces, ...this.signed(held.consent, "Commit", message).second };
  }

  /** Sign that advice was received. */
  acknowledge(consent: string, commitment: string, advice: string): Signed {
    return this.sign(consent, "Acknowledge", { consent, commitment: "0x" + commitment, advice: "0x" + advice });
  }

  /** Keep a request that came by the mailbox until it is answered. */
  receive(request: Request): void {
    if (!this.requests().some(({ name }) => name === request.id)) this.answer(request, "none", this.clock());
  }

  /** The newest request that was not answered, as a file; empty where there is none. */
  waitingRequest = (): string => text(this.requests().filter(({ found }) => found.answer === "none").at(-1)?.found.request ?? "", "A request");

  private commitment(consent: string, nonce: string, entries: Entry[], leafFormat: number): Commitment {
    return commitTo(entries, derive(this.secret(consent), LABELS.commitment + nonce, 4096), leafFormat);
  }

  pause = (consent: string): Signed => this.next(consent, "Pause");
  resume = (consent: string): Signed => this.next(consent, "Resume");

  reconfirm(consent: string): Signed {
    const { valid_until } = this.held(consent);
    const today = Math.floor(this.clock() / 86400) * 86400;
    return this.next(consent, "Reconfirm", { reconfirm_by: Math.min(valid_until, today + 90 * 86400) });
  }

  private next(consent: string, kind: string, more: Fields = {}): Signed {
    const held = this.held(consent);
    const after = held.sequence + 1;
    this.keep({ ...held, sequence: after, signed: Math.max(held.signed, after) });
    return this.sign(consent, kind, { consent, sequence: held.sequence, ...more });
  }

  /** End a consent permanently: it needs no node and no time, and whoever carries it, it counts. */
  withdraw(consent: string): Signed {
    const already = this.waiting(consent).find(({ signed }) => signed.kind === "Withdraw");
    return already?.signed ?? this.sign(consent, "Withdraw", { consent });
  }

  /** Whether a receipt of the log showed that a consent has ended. */
  isShownEnded = (consent: string): boolean => this.vault.get("settled", `${consent}/ConsentWithdrawn`) !== null;

  /** Keep that an event of the log shows a withdrawal to be recorded, as the Python wallet does. */
  keepEnded(consent: string, block: number): void {
    this.put("settled", `${consent}/ConsentWithdrawn`, { format: "jamjar.settled.1", block });
  }

  /** Withdrawals of all consents for a panic card; they are not queued. */
  withdrawals(): Signed[] {
    return this.consents().map(({ consent }) => signMessage(derive(this.secret(consent), LABELS.key), this.deployment.registry, "Withdraw", { consent }));
  }

  card(): string {
    const withdrawals = this.withdrawals();
    if (!withdrawals.length) return refuse("There is no consent to end; agree to one first.");
    return cardFile({ domain: this.deployment.registry, made: new Date(this.clock() * 1000).toISOString().slice(0, 10), withdrawals });
  }

  /** The messages that wait, of one consent or of all, in the order of signing. */
  waiting(consent?: string): Waiting[] {
    const all = this.vault.all("outgoing").map(({ name, value }) => {
      const file = fromUtf8(value, "A record");
      const kept = this.vault.get("waiting", name);
      const record = kept ? fields(loads(fromUtf8(kept, "A record"), "A record"), "A record", "format", "since", "is_given") : {};
      return { signed: readSigned(file)[0], file, name, since: Number(record.since ?? 0), isGiven: record.is_given === true };
    });
    return all.filter(({ signed }) => consent === undefined || signed.message.consent === consent);
  }

  /** When each of one consent's messages goes: urgent ones at once, a grant before it begins, others at its own times. */
  due(consent: string): (Waiting & { at: number })[] {
    const calendar = new Calendar(this.secret(consent));
    const queue = this.waiting(consent).map((each) => ({ ...each, at: alone(each, calendar) }));
    queue.forEach((each, place) => {
      if (each.signed.kind === "Withdraw") return;
      for (const earlier of queue.slice(0, place)) {
        if (earlier.signed.kind === "Withdraw" || earlier.isGiven) continue;
        if (each.signed.kind !== "Pause") each.at = Math.max(each.at, earlier.at);
        else if (["Grant", "Pause", "Resume", "Reconfirm"].includes(earlier.signed.kind)) earlier.at = Math.min(earlier.at, each.at);
      }
    });
    return queue;
  }

  /** Keep that a relayer took a message, or refused it, and from when on it is looked at again. */
  putOff({ name }: Waiting, since: number, isGiven: boolean): void {
    this.put("waiting", name, { format: "jamjar.waiting.1", since, is_given: isGiven });
  }

  /** Take a message out of the queue that is recorded. */
  settle({ name }: Waiting): void {
    this.vault.delete("outgoing", name);
    this.vault.delete("waiting", name);
  }
}

function alone({ signed, since, isGiven }: Waiting, calendar: Calendar): number {
  const { kind, message } = signed;
  if (kind === "Withdraw" || kind === "Pause" || !since) return since;
  if (kind === "Grant" && Number(message.valid_from) % 3600) return since;
  if (kind === "Grant" && !isGiven) return calendar.between(since, Number(message.valid_from) - 900);
  return calendar.after(since);
}
