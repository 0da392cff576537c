/** Every vector, as named groups of checks. */
import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import * as bytes from "../src/core/bytes.js";
import { cardFile, fromLines, readCard, toLines, toScan } from "../src/core/card.js";
import { commit, opens, saltedDigest, type Entry } from "../src/core/commitment.js";
import { dumps, loads, type Json } from "../src/core/json.js";
import { leafHash, nodeHash, readLeaf, readPolicy, verifyReceipt } from "../src/core/log.js";
import * as sealing from "../src/core/sealing.js";
import * as signing from "../src/core/signing.js";
import { isStable, passphraseBytes } from "../src/core/unicode.js";
import { keyFrom, Vault } from "../src/core/vault.js";
import { budgetOf, debtOf, entriesOf, pence, type Budget } from "../src/app/budget.js";
import { memberOf, membersIn, readLog } from "../src/app/logs.js";
import { allowedNames, packages, seal } from "../src/app/showing.js";
import { noticeIn, readRequest, termsDigest, termsOf } from "../src/app/terms.js";
import { readDeployment, Wallet } from "../src/app/wallet.js";
import { openPackage } from "./opening.js";
import commitments from "../../vectors/commitments.json" with { type: "json" };
import derivation from "../../vectors/derivation.json" with { type: "json" };
import log from "../../vectors/log.json" with { type: "json" };
import members from "../../vectors/members.json" with { type: "json" };
import messages from "../../vectors/messages.json" with { type: "json" };
import sealed from "../../vectors/sealed.json" with { type: "json" };
import terms from "../../vectors/terms.json" with { type: "json" };
import texts from "../../vectors/texts.json" with { type: "json" };
import vault from "../../vectors/vault.json" with { type: "json" };

const { fromHex, toHex, utf8 } = bytes;

export function check(found: unknown, expected: unknown): void {
  check.count++;
  const [one, other] = [JSON.stringify(found), JSON.stringify(expected)];
  if (one !== other) throw new Error(`found ${one}, expected ${other}`);
}
check.count = 0;

/** Check that something is refused by a sentence of ours, and not by an accident. */
export function refused(what: () => unknown, why: string): void {
  check.count++;
  try {
    what();
  } catch (error) {
    if (error instanceof bytes.InvalidInput && / .*[;:.] .*\.$/.test(error.message)) return;
    throw new Error(`${why} failed otherwise: ${String(error)}`);
  }
  throw new Error(`${why} was taken`);
}

const secret = fromHex(derivation.secret);
const key = signing.derive(secret, signing.LABELS.key);
const [withdrawn] = signing.readSigned(messages.signed.find(({ type }) => type === "Withdraw")!.file);
const COMMITMENTS = { chainId: 1337, contract: "0x" + "22".repeat(20) };
const REGISTRY = { chainId: 1337, contract: "0x" + "11".repeat(20) };
const fixed: (size: number) => Uint8Array = (size) => new Uint8Array(size).map((_, i) => (i * 7 + size) % 251);

export function* checks(): Generator<[string, () => void | Promise<void>]> {
  yield ["texts", checkTexts];
  yield ["derivation", checkDerivation];
  yield ["messages", checkMessages];
  yield ["card", checkCard];
  yield ["commitments", checkCommitments];
  yield ["sealed", checkSealed];
  yield ["vault", checkVault];
  yield ["log", checkLog];
  yield ["members", checkMembers];
  yield ["terms", checkTerms];
  yield ["wallet", checkWallet];
  yield ["agreed", checkAgreed];
  yield ["shown", checkShown];
}

function checkTexts(): void {
  for (const { value, ascii, utf8: plain } of texts.json as unknown as { value: Json; ascii: string; utf8: string }[]) {
    check(dumps(value), ascii);
    check(dumps(value, false), plain);
    check(dumps(loads(ascii, "It")), ascii);
    check(dumps(loads(plain, "It")), ascii);
  }
  for (const text of texts.json_refused) refused(() => loads(text, "It"), text);
  for (const { bytes: data, text } of texts.base64) {
    check(bytes.toBase64(fromHex(data)), text);
    check(toHex(bytes.fromBase64(text)), data);
  }
  for (const text of texts.base64_refused) refused(() => bytes.fromBase64(text), text);
  for (const text of texts.addresses) check(bytes.checksum(bytes.address(text)), text);
  for (const text of texts.addresses_refused) refused(() => bytes.address(text, false), text);
  for (const text of texts.stable) check([text, isStable(text)], [text, true]);
  for (const text of texts.unstable) check([text, isStable(text)], [text, false]);
  for (const { text, bytes: data } of texts.passphrases) check(toHex(passphraseBytes(text)), data);
  check([...texts.ordered].reverse().sort(bytes.byCodePoints), texts.ordered);
  const { sizes, padded, refused: broken } = texts.padding;
  for (const { text, padded: whole } of padded) check(toHex(bytes.unpad(fromHex(whole), sizes)), text);
  check(toHex(bytes.pad(utf8("abc"), sizes, 17)), padded[2]!.padded);
  check(toHex(bytes.pad(utf8("d".repeat(60)), sizes, 99)), padded[3]!.padded);
  for (const each of broken) refused(() => bytes.unpad(fromHex(each), sizes), each);
}

function checkDerivation(): void {
  for (const { label, bytes: data } of derivation.derived) check(toHex(signing.derive(secret, label)), data);
  check(toHex(bytes.keccak(signing.derive(secret, signing.LABELS.calendar, 8160))), derivation.longest);
  check(derivation.derived.map(({ label }) => label), [...Object.values(signing.LABELS).slice(0, 5), signing.LABELS.commitment + "00".repeat(16)]);
  check(signing.consentOf(key), derivation.consent);
  check(toHex(sealing.publicKey(signing.derive(secret, signing.LABELS.replyKey))), derivation.reply_key);
  const calendar = new signing.Calendar(secret);
  for (const { time, after, in_month, between } of derivation.calendar)
    check([calendar.after(time), calendar.inMonth(time), calendar.between(time, time + 86400)], [after, in_month, between]);
}

function checkMessages(): void {
  for (const { type, file, digest, separator, bytes65, members } of messages.signed) {
    const [signed, domain] = signing.readSigned(file);
    check(toHex(signing.separator(domain)), separator);
    check(toHex(signing.digest(domain, type, signed.message)), digest);
    const again = signing.signMessage(key, domain, type, signed.message);
    check(signing.signedFile(again, domain), file);
    check(Object.fromEntries(signing.MESSAGES[type]!.map(([name, , solidity]) => [name, solidity])), members);
    const v = 27 + (again.rvs[32]! >> 7);
    check(toHex(again.rvs.map((each, i) => (i === 32 ? each & 127 : each))) + v.toString(16), bytes65);
  }
  for (const { why, file } of messages.refused) refused(() => signing.readSigned(file), why);
  const [twice] = signing.readSigned(messages.post_quantum.file);
  check(twice, signing.readSigned(messages.signed[0]!.file)[0]);
  const seed = signing.derive(secret, signing.LABELS.postQuantum);
  const own = signing.signedFile(signing.signMessage(key, REGISTRY, twice.kind, twice.message, seed), REGISTRY);
  const [made, kept] = [own, messages.post_quantum.file].map((file) => ({ ...(loads(file, "It") as { [name: string]: Json }), pq_signature: "" }));
  check([signing.readSigned(own)[0], made], [twice, kept]); // the second signature has randomness of its own
  refused(() => signing.readSigned(own.replace('"recipient":2', '"recipient":3')), "another message than was signed twice");
  for (const { why, file } of messages.post_quantum.refused) refused(() => signing.readSigned(file), why);
  const { promise, request } = messages;
  const message = fromHex(messages.signed[0]!.digest);
  check(signing.promisedBy(promise.promise, message, REGISTRY), promise.promise.operator);
  refused(() => signing.promisedBy(promise.promise, fromHex(promise.digest), REGISTRY), "a promise about another message");
  refused(() => signing.promisedBy({ ...promise.promise, carry_by: promise.promise.carry_by + 1 }, message, REGISTRY), "a later promise");
  const { headers, method, path, body } = request;
  const asked = { method, path, body: fromHex(body), audience: headers["Jamjar-Audience"], time: Number(headers["Jamjar-Time"]), nonce: fromHex(headers["Jamjar-Nonce"]) };
  check(signing.mailboxHeaders(key, COMMITMENTS, asked), { ...headers });
}

function checkCard(): void {
  const { json, lines, typed, scanned, refused: wrong } = messages.card;
  check(toLines(withdrawn), lines);
  check(toScan(withdrawn), scanned);
  for (const each of [lines, typed, scanned]) check(fromLines(each, REGISTRY).message, withdrawn.message);
  for (const each of wrong) refused(() => fromLines(each.lines, REGISTRY), each.why);
  refused(() => fromLines(lines, COMMITMENTS), "lines for another contract");
  check(cardFile(readCard(json)), json);
  refused(() => readCard(json.replace("2027-01-15", "2027-02-29")), "a day that is none");
}

function checkCommitments(): void {
  for (const { leaf_format, random, entries, root, openings } of commitments.ordered) {
    const made = commit(entries as Entry[], fromHex(random), leaf_format);
    check(toHex(made.root), root);
    check(made.names, openings.map(({ name }) => name));
    for (const { name, value, salt, proof } of openings) {
      const opening = made.open(name);
      check([opening.value, toHex(opening.salt), opening.proof.map(toHex)], [value, salt, proof]);
      check([opens(made.root, opening), opens(made.root, { ...opening, value: value + 1 })], [true, false]);
      check(opens(made.root, { ...opening, proof: opening.proof.slice(1) }), false);
    }
  }
  const random = signing.derive(secret, signing.LABELS.commitment + commitments.nonce, 4096);
  check(toHex(commit(commitments.entries as Entry[], random).root), commitments.root);
}

function checkSealed(): void {
  const [seed, reply] = [fromHex(sealed.seed), signing.derive(secret, signing.LABELS.replyKey)];
  check(toHex(sealing.publicKey(seed)), sealed.public);
  const kept = bytes.fromBase64(sealed.package);
  const opened = openPackage(kept, seed, COMMITMENTS);
  check([opened.content, toHex(opened.reply)], [sealed.disclosure, derivation.reply_key]);
  const disclosure = loads(sealed.disclosure, "It", 2 ** 18) as { root: string; consent: string; terms: Json };
  const about = { consent: disclosure.consent, root: bytes.from0x(disclosure.root), recipient: 2 };
  const terms = utf8(dumps(disclosure.terms, false)).length;
  const keys = { reply: opened.reply, recipient: fromHex(sealed.public) };
  const own = sealing.sealPackage(about, sealed.disclosure, terms, keys, COMMITMENTS, fixed);
  check([own.length, toHex(own.slice(0, 104))], [kept.length, toHex(kept.slice(0, 104))]);
  check(openPackage(own, seed, COMMITMENTS).content, sealed.disclosure);
  for (const at of [20, 40, 70, 80, 200, 1200, 1300, own.length - 1])
    refused(() => openPackage(own.map((each, i) => (i === at ? each ^ 1 : each)), seed, COMMITMENTS), `a package with another byte ${at}`);
  refused(() => openPackage(own, seed, REGISTRY), "a package for another ledger");
  const advice = sealing.openReply(bytes.fromBase64(sealed.advice_reply), reply, COMMITMENTS);
  const { text, digest, salt } = sealed.advice;
  check(advice.kind === "advice" && [advice.text, toHex(advice.digest)], [text, digest]);
  check(toHex(saltedDigest("jamjar.advice.1", fromHex(salt), text)), digest);
  const deleted = sealing.openReply(bytes.fromBase64(sealed.deletion_reply), reply, COMMITMENTS);
  const { account, deleted_at } = sealed.deletion;
  check(deleted.kind === "deletion" && [deleted.account, deleted.deletedAt], [account, deleted_at]);
  refused(() => sealing.openReply(bytes.fromBase64(sealed.advice_reply), seed, COMMITMENTS), "another's reply");
}

async function checkVault(): Promise<void> {
  for (const { passphrase, salt, key: derived, memory_kib, passes, lanes } of vault.keys)
    check(toHex(await keyFrom(passphraseBytes(passphrase), fromHex(salt), { memory_kib, passes, lanes })), derived);
  const open = (file: string, passphrase = vault.passphrase) => Vault.open(file, passphrase, fixed);
  const opened = await open(vault.file);
  check(opened.all().map(({ kind, name, value }) => [kind, name, toHex(value)]), vault.records);
  check(opened.all("outgoing").length, 3);
  opened.put("new", "of the phone", utf8("x"));
  opened.put("consent", derivation.consent, utf8("y".repeat(300)));
  check([opened.delete("outgoing", "none"), opened.delete("new", "of the phone")], [false, true]);
  const again = await open(opened.toText());
  check([again.all().length, again.get("new", "of the phone")], [vault.records.length + 1, null]);
  check(bytes.fromUtf8(again.get("consent", derivation.consent)!, "It"), "y".repeat(300));
  const file = JSON.parse(vault.file) as { rows: [number, string, string, string][]; manifest: string; header: string };
  const changed: [string, unknown][] = [["another passphrase", null]];
  const flip = (text: string) => bytes.toBase64(bytes.fromBase64(text).map((each, i) => (i === 13 ? each ^ 1 : each)));
  file.rows.forEach((_, i) => {
    for (const part of [1, 2, 3]) {
      const rows = file.rows.map((each, j) => (i === j ? each.map((old, k) => (k === part ? flip(old as string) : old)) : each));
      changed.push([`part ${part} of row ${i} altered`, { ...file, rows }]);
    }
    changed.push([`row ${i} missing`, { ...file, rows: file.rows.filter((_, j) => i !== j) }]);
    changed.push([`row ${i} twice`, { ...file, rows: file.rows.flatMap((each, j) => (i === j ? [each, each] : [each])) }]);
  });
  changed.push(["rows swapped", { ...file, rows: [file.rows[1], file.rows[0], ...file.rows.slice(2)] }]);
  changed.push(["another manifest", { ...file, manifest: flip(file.manifest) }], ["another header", { ...file, header: flip(file.header) }]);
  for (const [why, content] of changed) {
    const error = await open(content ? dumps(content as Json) : vault.file, content ? undefined : "another passphrase").then(() => null, (found: unknown) => found);
    refused(() => { if (error) throw error; }, why);
  }
  refused(() => JSON.stringify(opened.all("none")) && passphraseBytes("\ud800"), "half a character");
}

function checkLog(): void {
  const policy = readPolicy(log.policy);
  for (const { receipt, leaf, index, size } of log.receipts) {
    const found = verifyReceipt(utf8(receipt), policy);
    check([dumps(found.event), found.index, found.size], [leaf, index, size]);
  }
  for (const { why, receipt } of log.receipts_refused) refused(() => verifyReceipt(utf8(receipt), policy), why);
  for (const { why, policy: text } of [...log.policies_refused, ...log.post_quantum.policies_refused]) refused(() => readPolicy(text), why);
  const [demands, signedTwice] = [readPolicy(log.post_quantum.policy), utf8(log.post_quantum.receipt)]; // Ed25519 beside ML-DSA-44
  check(verifyReceipt(signedTwice, demands).index, log.post_quantum.index);
  check(verifyReceipt(signedTwice, policy).index, log.post_quantum.index);
  for (const { why, receipt } of log.post_quantum.receipts_refused) refused(() => verifyReceipt(utf8(receipt), demands), why);
  const data = utf8(log.receipts[0]!.receipt);
  for (let bit = 0; bit < 8 * data.length; bit++)
    refused(() => verifyReceipt(data.map((each, i) => (i === bit >> 3 ? each ^ (1 << (bit & 7)) : each)), policy), `a receipt with bit ${bit} flipped`);
}

async function checkMembers(): Promise<void> {
  const policy = readPolicy(members.policy);
  const bundle = (leaves: string[]) => bytes.concat(...leaves.flatMap((leaf) => [bytes.big(leaf.length, 2), utf8(leaf)]));
  const all = members.leaves.slice(0, -1);
  check(toHex(sha256(bundle(all))), members.bundle_digest);
  const files = (checkpoint: string, leaves: string[], width = leaves.length) => (path: string) =>
    Promise.resolve(path === "checkpoint" ? utf8(checkpoint) : path === `tile/entries/000.p/${width}` ? bundle(leaves) : null);
  const good = files(members.checkpoint, all);
  const { events, prefix } = await readLog(good, policy, members.cosigned);
  check(prefix, { size: 0, peaks: [] });
  const found = membersIn(events, { chainId: members.chain, contract: members.contract });
  check([...found.values()].map(({ number, name, accounts, key }) => ({ number, name, accounts, key: toHex(bytes.keccak(key)) })), members.members);
  check(found.get(2)!.names, ["Cyngor Tref", "Cyngor Dyled Tref"]);
  check(membersIn(events, { chainId: members.chain + 1, contract: members.contract }).size, 0);
  const fails = async (why: string, what: Promise<unknown>) => {
    const error = await what.then(() => null, (thrown: unknown) => thrown);
    refused(() => { if (error) throw error; }, why);
  };
  for (const { why, checkpoint, leaves } of members.refused)
    for (const width of [all.length, all.length - 1]) await fails(why, readLog(files(checkpoint, leaves.map((at) => members.leaves[at]!), width), policy, 0));
  await checkBundles(fails);
  await fails("cosignatures that are too old", readLog(good, policy, members.cosigned + 1));
  await fails("a log that became shorter", readLog(good, policy, 0, { size: 256, peaks: [[256, "00".repeat(32)]] }));
  await fails("a file that is cut short", readLog(async (path) => (await good(path))?.slice(0, -1) ?? null, policy, 0));
  refused(() => readPolicy(members.policy_of_both), "a policy of both logs");
}

/** A log of several bundles, read anew and from where it was read before, under keys of its own. */
async function checkBundles(fails: (why: string, what: Promise<unknown>) => Promise<void>): Promise<void> {
  const keys = ["log", "witness"].map((name, i) => {
    const [seed, kind] = [new Uint8Array(32).fill(i + 1), Uint8Array.of(i ? 4 : 1)];
    const data = bytes.concat(kind, ed25519.getPublicKey(seed));
    const id = sha256(bytes.concat(utf8(`${name}\n`), data)).slice(0, 4);
    const sign = (text: string, before: Uint8Array = new Uint8Array()) => `— ${name} ${bytes.toBase64(bytes.concat(id, before, ed25519.sign(utf8(text), seed)))}\n`;
    return { sign, verifier: `${name}+${toHex(id)}+${bytes.toBase64(data)}` };
  });
  const policy = readPolicy(`log ${keys[0]!.verifier}\nwitness w ${keys[1]!.verifier}\nquorum w\n`);
  const leaves = Array.from({ length: 700 }, (_, i) => utf8(members.leaves[i % members.leaves.length]!));
  const root = (hashes: Uint8Array[]): Uint8Array => {
    if (hashes.length === 1) return hashes[0]!;
    const half = 2 ** Math.ceil(Math.log2(hashes.length) - 1); // RFC 9162, section 2.1.1
    return nodeHash(root(hashes.slice(0, half)), root(hashes.slice(half)));
  };
  const logOf = (size: number) => (path: string) => {
    const text = `log\n${size}\n${bytes.toBase64(root(leaves.slice(0, size).map(leafHash)))}\n`;
    const note = `${text}\n${keys[0]!.sign(text)}${keys[1]!.sign(`cosignature/v1\ntime 7\n${text}`, bytes.big(7, 8))}`;
    const [, index, width] = /^tile\/entries\/(\d{3})(?:\.p\/(\d+))?$/.exec(path) ?? [];
    const part = leaves.slice(256 * Number(index), Math.min(size, 256 * Number(index) + 256));
    if (path !== "checkpoint" && part.length !== Number(width ?? 256)) return Promise.resolve(null);
    return Promise.resolve(path === "checkpoint" ? utf8(note) : bytes.concat(...part.flatMap((leaf) => [bytes.big(leaf.length, 2), leaf])));
  };
  const first = await readLog(logOf(300), policy, 7);
  check([first.events.length, first.prefix.size], [300, 256]);
  for (const size of [300, 512, 700]) {
    const { events, prefix } = await readLog(logOf(size), policy, 7, first.prefix);
    check([events.length, prefix], [size - 256, (await readLog(logOf(size), policy, 7)).prefix]);
  }
  await fails("another log than before", readLog(logOf(700), policy, 7, { size: 256, peaks: [[256, "00".repeat(32)]] }));
}

function checkTerms(): void {
  const request = readRequest(terms.request, REGISTRY);
  check([request.id, request.account, request.file], [terms.id, terms.account, terms.request]);
  check(`[English]\n${noticeIn(0, request)}\n\n[Cymraeg]\n${noticeIn(1, request)}`, terms.notice);
  check(dumps(termsOf(request), false), terms.terms);
  check(toHex(termsDigest(termsOf(request), fromHex(terms.salt))), terms.digest);
  const named = termsOf(request, signing.keysOf(secret));
  check([dumps(named, false), toHex(termsDigest(named, fromHex(terms.salt)))], [terms.with_keys, terms.with_keys_digest]);
  const changed: [string, string][] = [
    ['"looks":3', '"looks":2'], ['"days":90', '"days":90.0'], ['"days":90', '"days":91'], ["2027-03-31", "2026-03-31"],
    ["2027-02-14", "2027-04-15"], ["2027-02-14", "2027-02-30"], ["dpv:Provide", "dpv:Marketing"], ["balance", "spending"],
    ['"fixed.home"', '"fixed.home","fixed.home"'], ["Cyngor", "Cyngor\\u202e"], ["Cyngor", "Cyngor\\ud83c"], ["Cyngor", "Cyn”gor"],
    ["Cyngor", "\ud833\udcd6"], ['"about"', '"notice":"","about"'], ["request.1", "request.2"], ["Monday", "Monda\\u0301y\\u0301"],
  ];
  for (const [old, other] of changed) refused(() => readRequest(terms.request.replace(old, other), REGISTRY), `${old} as ${other}`);
  const other = readRequest(terms.request.replace("Monday", "Sunday"), REGISTRY);
  check(other.account === terms.account, false);
}

/** The month that the vectors commit to. */
function planned(): Budget {
  const { period, lines, debts } = JSON.parse(commitments.budget) as { period: Budget; lines: { code: string; pence: number }[]; debts: Budget["debts"] };
  return budgetOf(period.start, period.end, lines.map(({ code, pence: amount }) => [code, amount]), debts);
}

function checkWallet(): void {
  const budget = planned();
  check(entriesOf(budget, commitments.covered).sort(([a], [b]) => bytes.byCodePoints(a, b)),
    (commitments.entries as Entry[]).sort(([a], [b]) => bytes.byCodePoints(a, b)));
  checkDebts(budget);
  check([pence("£1,234.5"), pence("12"), pence("0.07")], [123450, 1200, 7]);
  for (const typed of ["", "1.234", "1,23", "-1", "1e3", "١", "99999999999"]) refused(() => pence(typed), typed);
}

/** Debts that are typed make the entries that Python's have, and none is there twice. */
function checkDebts(budget: Budget): void {
  const typed: Budget["debts"] = [];
  for (const { kind, creditor, owed, offer } of budget.debts) typed.push(debtOf(kind === "priority", ` ${creditor} `, owed, offer, typed));
  check(dumps(typed), dumps(budget.debts));
  for (const name of ["", "x".repeat(81), "a\u202eb", "\u{1ccd6}", budget.debts[0]!.creditor.toLowerCase()]) refused(() => debtOf(true, name, 1, 1, typed), `the creditor ${name}`);
}

/** A wallet that draws what Python's drew writes the same records, in the same order. */
async function checkAgreed(): Promise<void> {
  const record = (kind: string) => vault.records.find(([found]) => found === kind)![2]!;
  const nonce = fromHex((JSON.parse(bytes.fromUtf8(fromHex(record("commitment")), "It")) as { nonce: string }).nonce);
  const draws = [fromHex(record("secret")), nonce];
  const empty = await Vault.create(vault.passphrase, fixed, { memory_kib: 8, passes: 1, lanes: 1 });
  const wallet = new Wallet(empty, readDeployment(vault.deployment), () => draws.shift()!, () => vault.now);
  const request = readRequest(terms.request, REGISTRY);
  const { consent } = wallet.agree(request).message as { consent: string };
  wallet.commit(consent, planned());
  wallet.pause(consent);
  const plain = (value: Uint8Array) => loads(new TextDecoder().decode(value), "It", 2 ** 18) as { [name: string]: Json };
  const [found, kept] = [empty.all(), vault.records.map(([kind, name, value]) => ({ kind: kind!, name: name!, value: fromHex(value!) }))];
  check(found.map(({ kind }) => kind), kept.map(({ kind }) => kind));
  found.forEach(({ kind, name, value }, i) => {
    if (kind === "secret") return check([name, toHex(value)], [kept[i]!.name, toHex(kept[i]!.value)]);
    const [own, other] = [plain(value), plain(kept[i]!.value)];
    if (kind === "consent") own.terms = other.terms!; // the phone's name keys, and what it signs is signed twice
    if (kind === "commitment") check([own.replaces, delete own.replaces], ["0".repeat(64), true]);
    if (kind === "outgoing") {
      const [made, expected] = [signing.readSigned(dumps(own))[0], signing.readSigned(dumps(other))[0]];
      check([own.format, { ...made.message, terms_digest: "" }], ["jamjar.signed.2", { ...expected.message, terms_digest: "" }]);
    } else check(own, other);
  });
  check(dumps(wallet.held(consent).terms), dumps(termsOf(request, signing.keysOf(fromHex(record("secret"))))));
  refused(() => wallet.agree(request), "an answer twice");
  refused(() => wallet.refuse(request), "a refusal after an agreement");
  check(wallet.due(consent).map(({ signed, at }) => [signed.kind, at === vault.now]), [["Grant", true], ["Commit", false], ["Pause", true]]);
  wallet.withdraw(consent);
  check([wallet.withdraw(consent).kind, wallet.waiting(consent).length], ["Withdraw", 4]);
  check(readCard(wallet.card()).withdrawals.map(({ message }) => message.consent), [consent]);
  for (const each of wallet.waiting()) wallet.settle(each);
  check([wallet.waiting().length, wallet.consents().length], [0, 1]);
}

/** What is shown is sealed to the newest key, to another than before only when that is agreed to, and opens. */
async function checkShown(): Promise<void> {
  const empty = await Vault.create(vault.passphrase, fixed, { memory_kib: 8, passes: 1, lanes: 1 });
  const wallet = new Wallet(empty, readDeployment(vault.deployment), fixed, () => vault.now);
  const consent = String(wallet.agree(readRequest(terms.request, REGISTRY)).message.consent);
  const events = members.leaves.slice(0, -1).map((leaf) => readLeaf(utf8(leaf)));
  const known = membersIn(events, { chainId: members.chain, contract: members.contract });
  check(memberOf(known, terms.account)?.number, 2);
  refused(() => seal(wallet, wallet.held(consent), known, false), "figures before a commitment");
  wallet.commit(consent, planned());
  const held = wallet.held(consent);
  refused(() => seal(wallet, held, new Map(), false), "a recipient that is no member");
  refused(() => seal(wallet, held, new Map([[2, { ...known.get(2)!, names: ["Another"] }]]), false), "a recipient of another name");
  seal(wallet, held, known, false);
  const { name, value } = packages(wallet, consent)[0]!;
  check(name, `${consent}/0x${toHex(sealing.packageId(value))}`);
  const shown = loads(openPackage(value, fromHex(sealed.seed), COMMITMENTS).content, "It", 2 ** 18) as { [name: string]: Json };
  const all = (shown.openings as { name: string; value: number; salt: string; proof: string[] }[]).map((each) => ({ ...each, leafFormat: 1, salt: bytes.from0x(each.salt), proof: each.proof.map((hash) => bytes.from0x(hash)) }));
  check([shown.format, shown.root, shown.replaces, all.every((each) => opens(fromHex(held.head), each))], ["jamjar.disclosure.3", `0x${held.head}`, `0x${"0".repeat(64)}`, true]);
  check(all.map((each) => each.name), [...allowedNames(wallet, held), "period.end", "period.start"].sort(bytes.byCodePoints));
  check([all.some((each) => each.name === "covers.outgoings"), all.some((each) => each.name.startsWith("income"))], [true, false]);
  const other = new Map([[2, { ...known.get(2)!, key: known.get(7)!.key }]]);
  refused(() => seal(wallet, held, other, false), "another key than before");
  check(packages(wallet, consent).length, 1);
  seal(wallet, held, known, false);
  check(packages(wallet, consent).length, 2);
  checkOtherTerms(wallet, consent, known);
}

/** Terms as the Python wallet may have agreed to: with questions, whose figures are not shown, and of a later format. */
function checkOtherTerms(wallet: Wallet, consent: string, known: ReturnType<typeof membersIn>): void {
  const record = loads(bytes.fromUtf8(wallet.vault.get("consent", consent)!, "It"), "It", 2 ** 18) as { terms: { [name: string]: Json }; [name: string]: Json };
  const under = (more: { [name: string]: Json }) => wallet.put("consent", consent, { ...record, terms: { ...record.terms, ...more } });
  const scope = [{ jar: "fixed.home", what: "threshold" }, { jar: "fixed", what: "total" }, { jar: "income", what: "named" }];
  under({ questions: 2, scope });
  wallet.commit(consent, planned());
  seal(wallet, wallet.held(consent), known, false);
  const shown = JSON.parse(openPackage(packages(wallet, consent)[2]!.value, fromHex(sealed.seed), COMMITMENTS).content) as { format: string; root: string; openings: { name: string; value: number; salt: string; proof: string[] }[] };
  check([shown.format, shown.openings.map(({ name }) => name)], ["jamjar.disclosure.4", ["period.end", "period.start", "total.fixed"]]);
  for (const each of shown.openings)
    check(opens(bytes.from0x(shown.root), { ...each, leafFormat: 2, salt: bytes.from0x(each.salt), proof: each.proof.map((hash) => bytes.from0x(hash)) }), true);
  under({ format: "jamjar.terms.9" });
  for (const act of [() => wallet.commit(consent, planned()), () => seal(wallet, wallet.held(consent), known, false)]) refused(act, "terms of a later format");
  check(wallet.withdraw(consent).kind, "Withdraw");
  for (const format of ["request.3", "request.99"]) refused(() => readRequest(terms.request.replace("request.1", format).replace('"looks"', '"set":1,"looks"'), REGISTRY), format);
}
