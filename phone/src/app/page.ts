/** The page: each view is made anew from the wallet; what is signed is kept before it is shown or sent. */
import tables from "../../../vectors/tables.json" with { type: "json" };
import { InvalidInput, refuse, utf8 } from "../core/bytes.js";
import { toLines } from "../core/card.js";
import type { Entry } from "../core/commitment.js";
import { fields, loads, text } from "../core/json.js";
import { readPolicy, verifyReceipt } from "../core/log.js";
import { Vault } from "../core/vault.js";
import { budgetOf, debtOf, LINES, pence, total, type Budget } from "./budget.js";
import { memberOf } from "./logs.js";
import { due, give, settleShown } from "./sending.js";
import { allowedNames, deposit, fetchLetters, KeyChanged, letters, looks, members, packages, readLooks, seal, type Letter } from "./showing.js";
import { textOf, watch } from "./scanning.js";
import { alone, load, save } from "./storage.js";
import { noticeIn, readRequest, type Request } from "./terms.js";
import { isKnown, readDeployment, readServices, secureAddress, Wallet, type Held, type Services, type Waiting } from "./wallet.js";
import { kindOf, say, speak, spoken, type Word } from "./words.js";

const IDLE = 5 * 60 * 1000;
const random = (size: number): Uint8Array => crypto.getRandomValues(new Uint8Array(size));
const now = (): number => Math.floor(Date.now() / 1000);

let vault: Vault | null = null;
let relayer = "";
let services: Services | null = null;
let used = Date.now();
let visited = "";
/** A request that came in the link: after the #, which no browser sends to a server. */
let linked = new URLSearchParams(location.hash.slice(1)).get("request") ?? "";

type Child = Node | string;
function make(tag: string, given: Record<string, string> = {}, ...children: Child[]): HTMLElement {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function button(word: Word, act: () => unknown, kind = ""): HTMLElement {
  const made = make("button", { type: "button", class: kind }, say(word));
  made.addEventListener("click", () => {
    const status = document.getElementById("status")!;
    status.textContent = say("wait"); // read out, as opening a wallet takes seconds
    void run(act).finally(() => (status.textContent = ""));
  });
  return made;
}

function field(word: Word, kind: string, given: Record<string, string> = {}): [HTMLElement, HTMLInputElement] {
  const input = make(kind === "textarea" ? kind : "input", { ...(kind === "textarea" ? {} : { type: kind }), ...given }) as HTMLInputElement;
  if (["text", "password", "url", "date"].includes(kind)) input.addEventListener("keydown", ({ key }) => key === "Enter" && document.querySelector<HTMLElement>("button.main")?.click());
  return [make("label", {}, say(word), input), input];
}

function show(word: Word, ...children: Child[]): void {
  const heading = make("h1", { tabindex: "-1" }, say(word));
  const welsh = make("button", { type: "button", class: "plain", lang: spoken() ? "en" : "cy" }, spoken() ? "English" : "Cymraeg");
  welsh.addEventListener("click", () => {
    speak(1 - spoken());
    void run(home);
  });
  document.querySelector("main")!.replaceChildren(welsh, heading, make("p", { role: "alert", id: "error" }), make("p", { role: "status", id: "status" }), ...children);
  document.title = say(word);
  heading.focus();
}

/** Do something, and say in its own sentence why it failed. */
async function run(act: () => unknown): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!document.getElementById("error")) show("title");
    const [alert, sentence] = [document.getElementById("error")!, error instanceof InvalidInput ? error.message : "Something failed; nothing was changed. Try again."];
    alert.lang = sentence === say("gone") ? document.documentElement.lang : "en"; // whatever the page's language is
    alert.textContent = sentence;
    if (!(error instanceof InvalidInput)) console.error(error instanceof Error ? error.name : "error");
  }
}

const pounds = (value: number): string => `${value < 0 ? "-" : ""}£${Math.floor(Math.abs(value) / 100)}.${String(Math.abs(value) % 100).padStart(2, "0")}`;
const paragraph = (content: string): HTMLElement => make("p", {}, content);

/** Keep what was changed; where that fails the wallet is locked, so that nothing is shown which is not kept. */
async function keep(isExported = false): Promise<void> {
  try {
    if (!isExported) vault!.delete("phone", "exported");
    await save(vault!.toText());
  } catch {
    vault = null;
    locked(true);
    refuse("The browser did not keep the change, so it was not made; make room or leave its private mode, and open the wallet again.");
  }
}

/** Export the wallet, and keep that nothing has changed since. */
async function exported(wallet: Wallet): Promise<void> {
  wallet.put("phone", "exported", { at: now() });
  await keep(true);
  download("wallet.jamjar", wallet.vault.toText());
  main(wallet);
}

/** What a button does that changes the wallet: the change is kept, the first view shown, and said to be done. */
const changing = (wallet: Wallet, step: () => unknown) => async (): Promise<void> => {
  step();
  await keep();
  main(wallet);
  document.getElementById("status")!.textContent = say("done");
};

async function home(): Promise<void> {
  if (!vault) return locked((await load()) !== null);
  const settings = vault.get("phone", "settings");
  if (!settings) return settle();
  const found = fields(loads(new TextDecoder().decode(settings), "The settings", 2 ** 21), "The settings", "deployment", "relayer");
  const file = text(found.deployment, "The deployment");
  [relayer, services] = [text(found.relayer, "The relayer"), readServices(file)];
  const wallet = new Wallet(vault, readDeployment(file), random, now);
  const given = linked;
  linked = "";
  return given ? asked(wallet, given) : main(wallet);
}

function locked(isThere: boolean): void {
  const [label, passphrase] = field(isThere ? "passphrase" : "chosen", "password", { autocomplete: isThere ? "current-password" : "new-password" });
  const [choice, file] = field("file", "file");
  const opening = async (kept: string | null) => {
    vault = kept === null ? await Vault.create(passphrase.value, random) : await Vault.open(kept, passphrase.value, random);
    used = Date.now();
    if (!isThere) await keep();
    void navigator.storage?.persist?.();
    await home();
  };
  const chosen = async () => opening(await (file.files?.[0] ?? refuse("No file is chosen; choose the wallet's file.")).text());
  const open = [button("open", async () => opening((await load()) ?? (locked(false), refuse(say("gone")))), "main")];
  const fresh = [button("create", () => opening(null), "main"), choice, button("import", chosen)];
  show("title", make("p", { class: "warning" }, say("warning")), paragraph(say(isThere ? "erased" : "gone")), label, ...(isThere ? open : fresh));
}

function settle(): void {
  const [choice, file] = field("deployment", "file");
  const [label, address] = field("relayer", "url");
  const kept = async () => {
    const deployment = await (file.files?.[0] ?? refuse("No file is chosen; choose the ledger's file.")).text();
    readDeployment(deployment);
    const at = secureAddress(address.value.trim() || (readServices(deployment)?.relayer ?? ""));
    vault!.put("phone", "settings", utf8(JSON.stringify({ deployment, relayer: at })));
    await keep();
    await home();
  };
  show("title", choice, label, button("keep", kept, "main"));
}

function main(wallet: Wallet): void {
  const consents = wallet.consents();
  const waiting = wallet.waiting();
  show(
    "consents",
    ...(consents.length ? consents.map((held) => card(wallet, held)) : [paragraph(say("none"))]),
    button("request", () => asked(wallet)),
    button("cardLines", () => paper(wallet)),
    button("receipts", () => receipts(wallet)),
    ...(waiting.length ? [make("h2", {}, say("queue")), paragraph(say("one")), ...consents.flatMap(({ consent }) => wallet.due(consent)).map((each) => queued(wallet, each))] : []),
    vault?.get("phone", "exported") ? paragraph(say("exported")) : make("p", { class: "warning" }, say("erased")),
    button("export", () => exported(wallet)),
    button("lock", lock),
  );
}

/** Lock the wallet; what the browser deleted while it was open is put back before. */
async function lock(): Promise<void> {
  const kept = vault?.toText();
  vault = null;
  const isThere = (await load().catch(() => null)) !== null || (kept !== undefined && (await save(kept).then(() => true, () => false)));
  locked(isThere);
}

function card(wallet: Wallet, held: Held): HTMLElement {
  const { consent, terms } = held;
  const scope = terms.scope as { jar: string; what: string }[];
  const words = tables.languages[spoken()]!;
  const seen = isKnown(held) ? scope.map(({ jar, what }) => `${words.labels[jar as "fixed"]} (${words.details[what as "lines"]})`).join("; ") : say("unknown");
  const isEnded = wallet.waiting(consent).some(({ signed }) => signed.kind === "Withdraw") || wallet.isShownEnded(consent);
  const until = new Date(held.valid_until * 1000).toISOString().slice(0, 10);
  const end = async () => {
    const ends = () => wallet.waiting(consent).filter((each) => each.signed.kind === "Withdraw");
    await changing(wallet, () => wallet.withdraw(consent))().catch(() => unkept(wallet, ends()[0]!));
    await sending(wallet, ends());
  };
  const entries = wallet.committed(held).map((each) => make("li", {}, figure(each)));
  const committed = entries.length ? [make("details", {}, make("summary", {}, say("committed")), make("ul", {}, ...entries))] : [];
  const buttons = [
    button("end", end, "danger"),
    button("plan", () => plan(wallet, consent)),
    ...(services ? [button("show", () => showing(wallet, held, services!)), button("letters", () => arrived(wallet, held, services!))] : []),
    button("pause", changing(wallet, () => wallet.pause(consent))),
    button("resume", changing(wallet, () => wallet.resume(consent))),
    button("confirm", changing(wallet, () => wallet.reconfirm(consent))),
  ];
  for (const each of buttons) each.setAttribute("aria-describedby", consent); // the same buttons stand under each name
  return make("section", { "aria-label": String(terms.recipient_name) },
    make("h2", { id: consent }, String(terms.recipient_name)), paragraph(seen),
    paragraph(isEnded ? say("ended") : `${say("until")} ${until}`), ...(isEnded ? [] : buttons), ...committed);
}

/** A withdrawal that the browser did not keep goes all the same, or is shown to be copied: nothing may stop one. */
async function unkept(wallet: Wallet, each: Waiting): Promise<never> {
  const isGiven = await give(wallet, relayer, each, now()).then(() => true, () => false);
  document.querySelector("main")!.append(make("h2", {}, say("cardLines")), paragraph(say("written")), make("pre", { tabindex: "0" }, toLines(each.signed)));
  return refuse(`The browser did not keep that you ended this, ${isGiven ? "but a relayer has it" : "and no relayer has it"}; write the lines below on paper, or make room and end it again.`);
}

function queued(wallet: Wallet, each: Waiting & { at: number }): HTMLElement {
  const when = each.isGiven ? say("sent") : `${say("waits")} ${dated(each.at)}`;
  const [send, about] = [button("send", () => sending(wallet, [each])), make("p", { id: each.name }, `${kindOf(each.signed.kind)}: ${when}`)];
  send.setAttribute("aria-describedby", each.name);
  return make("section", {}, about, send);
}

/** Send messages of one consent one after the other, and keep what becomes of each unless the wallet was locked. */
async function deliver(wallet: Wallet, messages: Waiting[]): Promise<void> {
  for (const each of messages) {
    try {
      await give(wallet, relayer, each, now());
    } finally {
      if (wallet.vault === vault) await keep();
    }
  }
}

async function sending(wallet: Wallet, messages: Waiting[]): Promise<void> {
  try {
    await deliver(wallet, messages);
  } finally {
    if (wallet.vault === vault) main(wallet);
  }
}

/** What is due by itself goes while the page is open and unlocked: of one consent only in each visit. */
async function sendDue(): Promise<void> {
  if (!vault || !relayer || !navigator.onLine) return;
  const settings = JSON.parse(new TextDecoder().decode(vault.get("phone", "settings")!)) as { deployment: string };
  const wallet = new Wallet(vault, readDeployment(settings.deployment), random, now);
  const ready = due(wallet, now());
  const of = String(ready[0]?.signed.message.consent ?? "");
  if (!of || (visited && visited !== of)) return;
  visited = of;
  await deliver(wallet, ready);
}

function asked(wallet: Wallet, given = ""): void {
  const [label, pasted] = field("requested", "textarea", { rows: "6" });
  const [choice, file] = field("requestFile", "file");
  pasted.value = given || wallet.waitingRequest();
  const shown = (found: string) => notice(wallet, readRequest(found, wallet.deployment.registry));
  const read = async () => shown(pasted.value.trim() || (file.files?.[0] && (await textOf(file.files[0]))) || refuse("There is no request; paste it, scan its code, or choose its file."));
  const scan = async () => {
    const video = make("video", { muted: "", playsinline: "", "aria-label": say("camera") }) as HTMLVideoElement;
    show("request", make("p", { role: "status" }, say("camera")), video, button("back", () => asked(wallet)));
    const found = await watch(video);
    if (found !== null) shown(found);
  };
  show("request", button("scan", scan), label, choice, button("read", read, "main"), button("back", home));
}

function notice(wallet: Wallet, request: Request): void {
  const said = noticeIn(spoken(), request).split("\n").map(paragraph);
  const whose = paragraph(`${say("unproven")} ${request.account}.`);
  const lookUp = async () => {
    const member = memberOf(await members(wallet, services!), request.account);
    if (member?.number !== request.fields.recipient || member?.name.normalize("NFC") !== request.fields.recipient_name)
      refuse("The ledger's members have no such member with this account; do not agree, and ask whoever gave you the request.");
    whose.textContent = `${say("proven")} ${member!.name} (${member!.number}).`;
  };
  show("request", ...said, whose, ...(services ? [button("lookUp", lookUp)] : []),
    button("agree", changing(wallet, () => wallet.agree(request)), "main"), button("refuse", changing(wallet, () => wallet.refuse(request))), button("back", home));
}

/** Show all that the terms allow: seal it to the recipient's newest key, keep it, and give it to the mailbox. */
function showing(wallet: Wallet, held: Held, at: Services, changed = ""): void {
  const { consent } = held;
  const entries = wallet.committed(held);
  const names = allowedNames(wallet, held);
  const give = async (isNewKeyAgreed: boolean) => {
    if (!packages(wallet, consent).length) {
      try {
        seal(wallet, held, await members(wallet, at), isNewKeyAgreed);
      } catch (error) {
        if (error instanceof KeyChanged) return showing(wallet, held, at, error.message);
        throw error;
      }
      await keep();
    }
    await deposit(wallet, at, consent, keep);
    main(wallet);
  };
  const waits = packages(wallet, consent).length ? [paragraph(say("packed"))] : [];
  const agreed = changed ? [button("newKey", () => give(true), "danger")] : [];
  show("show", make("h2", {}, String(held.terms.recipient_name)), make("ul", {}, ...entries.filter(([name]) => names.includes(name)).map((each) => make("li", {}, figure(each)))),
    ...waits, button("show", () => give(false), "main"), ...agreed, button("back", home));
  document.getElementById("error")!.textContent = changed;
}

/** Letters and looks of one consent: what the mailbox and the log have of it now. */
async function arrived(wallet: Wallet, held: Held, at: Services): Promise<void> {
  const { consent } = held;
  const list = (wrong: string[]) => {
    const received = letters(wallet, consent).map((letter) => letterOf(wallet, consent, letter));
    const seen = looks(wallet, consent).map(({ time, isExpected }) => make("li", {}, `${dated(time)}: ${say(isExpected ? "expected" : "unexpected")}`));
    show("letters", make("h2", {}, String(held.terms.recipient_name)), ...wrong.map(paragraph), ...(received.length ? received : [paragraph(say("noLetters"))]),
      make("h2", {}, say("looks")), ...(seen.length ? [make("ul", {}, ...seen)] : [paragraph(say("noLooks"))]), button("back", home));
  };
  list([]);
  await readLooks(wallet, at);
  await keep();
  const wrong = await fetchLetters(wallet, at, held, keep);
  await keep();
  if (wallet.vault === vault) list(wrong);
}

function letterOf(wallet: Wallet, consent: string, { commitment, digest, text: words, deletedAt }: Letter): HTMLElement {
  if (deletedAt) return paragraph(`${say("deleted")} ${dated(deletedAt)}.`);
  const isSigned = wallet.waiting(consent).some(({ signed }) => signed.message.advice === `0x${digest}`);
  const acknowledge = changing(wallet, () => wallet.acknowledge(consent, commitment, digest));
  return make("section", {}, ...words.split("\n").map(paragraph), ...(isSigned ? [] : [button("acknowledge", acknowledge)]));
}

const dated = (time: number): string => new Date(time * 1000).toISOString().slice(0, 16).replace("T", " ");

function plan(wallet: Wallet, consent: string): void {
  const [from, start] = field("start", "date");
  const [to, end] = field("finish", "date");
  const given = new Map<string, number>();
  const debts: Budget["debts"] = [];
  const labels = tables.languages[spoken()]!.labels as Record<string, string>;
  const decimal = { inputmode: "decimal" };
  const ask = (at: number): void => {
    const code = LINES[at]!;
    const [label, amount] = field("pounds", "text", { ...decimal, "aria-describedby": "about" });
    const keepAnswer = () => amount.value.trim() && given.set(code, pence(amount.value));
    const next = () => (keepAnswer(), at + 1 < LINES.length ? ask(at + 1) : owing());
    show("plan", make("h2", { id: "about" }, labels[code]!), label, button("next", next, "main"), button("enough", () => (keepAnswer(), owing())), button("back", home));
    amount.focus();
  };
  const owing = (): void => {
    const [label, creditor] = field("creditor", "text");
    const [whether, isPriority] = field("priority", "checkbox");
    const [[inAll, owed], [monthly, offer]] = [field("owed", "text", decimal), field("offer", "text", decimal)];
    const keepAnswer = () => creditor.value.trim() && debts.push(debtOf(isPriority.checked, creditor.value, pence(owed.value), pence(offer.value || "0"), debts));
    const listed = debts.map((debt) => make("li", {}, `${debt.creditor}: ${pounds(debt.owed)}`));
    show("plan", make("h2", {}, labels.debts!), ...(listed.length ? [make("ul", {}, ...listed)] : []), label, whether, inAll, monthly,
      button("next", () => (keepAnswer(), summed()), "main"), button("another", () => (keepAnswer(), owing())), button("back", home));
  };
  const summed = (): void => {
    const budget: Budget = budgetOf(start.value, end.value, given, debts);
    const [income, outgoings] = [total(budget, "income"), total(budget, "outgoings")];
    show("plan", paragraph(`${say("income")}: ${pounds(income)}`), paragraph(`${say("outgoings")}: ${pounds(outgoings)}`),
      paragraph(`${say("balance")}: ${pounds(income - outgoings)}`), button("commit", changing(wallet, () => wallet.commit(consent, budget)), "main"), button("back", home));
  };
  show("plan", from, to, button("next", () => (budgetOf(start.value, end.value, [[LINES[0]!, 0]]), ask(0)), "main"), button("back", home));
}

function paper(wallet: Wallet): void {
  const lines = wallet.withdrawals().map((each) => {
    const { recipient_name } = wallet.held(String(each.message.consent)).terms;
    return make("section", {}, make("h2", {}, String(recipient_name)), make("pre", { tabindex: "0" }, toLines(each)));
  });
  show("cardLines", paragraph(say("written")), ...lines, button("card", () => download("jamjar-card.json", wallet.card())), button("back", home));
}

function figure([name, value]: Entry): string {
  const [kind, code] = [name.split(".")[0]!, name.slice(name.indexOf(".") + 1)];
  const words = tables.languages[spoken()]!;
  const labels = words.labels as Record<string, string>;
  const [, debt, what, creditor] = /^(debts\.[a-z-]+)\.(owed|offer)\/(.*)$/.exec(name) ?? [];
  if (debt) return `${labels[debt]} (${creditor}). ${say(what as "owed")}: ${pounds(value)}`;
  if (kind === "period") return `${say(code === "start" ? "start" : "finish")}: ${String(value).replace(/(....)(..)(..)/, "$1-$2-$3")}`;
  if (kind === "covers") return `${labels[code]} (${words.details.covered}): ${say(value ? "yes" : "no")}`;
  const label = kind === "total" ? `${labels[code]} (${words.details.total})` : (labels[name] ?? name);
  return `${label}: ${pounds(value)}`;
}

function receipts(wallet: Wallet): void {
  const [whose, policy] = field("policy", "file");
  const [label, files] = field("receipt", "file", { multiple: "" });
  const check = async () => {
    const under = readPolicy(await (policy.files?.[0] ?? refuse("No policy is chosen; choose its file.")).text());
    const found = await Promise.all([...(files.files ?? [])].map(async (file) => [file.name, new Uint8Array(await file.arrayBuffer())] as const));
    const events = found.map(([name, data]) => [name, verifyReceipt(data, under).event] as const);
    if (events.filter(([, event]) => settleShown(wallet, event)).length) await keep();
    show("receipts", ...events.map(([name, event]) => paragraph(`${name} ${say("true")} ${String(event.block)}.`)), button("back", home));
  };
  show("receipts", whose, label, button("check", check, "main"), button("back", home));
}

function download(name: string, content: string): void {
  const url = URL.createObjectURL(new Blob([content], { type: "application/octet-stream" }));
  const link = make("a", { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

async function begin(): Promise<void> {
  history.replaceState(null, "", location.pathname);
  addEventListener("hashchange", () => location.reload());
  speak(navigator.language.startsWith("cy") ? 1 : 0);
  if (!(await alone())) return show("title", paragraph(say("other")));
  for (const event of ["pointerdown", "keydown"]) addEventListener(event, () => (used = Date.now()));
  const idle = () => vault && Date.now() - used > IDLE && run(lock);
  setInterval(() => (idle(), void run(sendDue)), 15000);
  document.addEventListener("visibilitychange", idle);
  addEventListener("online", () => void run(sendDue));
  await home();
  if (location.protocol === "https:" || location.hostname === "127.0.0.1" || location.hostname === "localhost")
    await navigator.serviceWorker?.register("sw.js").catch(() => undefined);
}

void run(begin);
