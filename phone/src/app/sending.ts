/** Handing signed messages to a relayer: urgent ones at a press, others at their consent's own times. */
import { concat, from0x, keccak, refuse, toHex, utf8 } from "../core/bytes.js";
import { fields, loads, type Fields } from "../core/json.js";
import { digest, promisedBy } from "../core/signing.js";
import { domainOf, type Waiting, type Wallet } from "./wallet.js";

const AGAIN = 600;
const WITHDRAWN = "0x" + toHex(keccak(utf8("ConsentWithdrawn(address,address)")));

/** Give one message to a relayer, and return the state that it says; whatever goes wrong, the message still waits. */
export async function give(wallet: Wallet, relayer: string, each: Waiting, now: number): Promise<string> {
  const domain = domainOf(wallet.deployment, each.signed.kind);
  const answer = await fetch(`${relayer}/messages`, {
    ...{ method: "POST", body: each.file, credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer" },
    signal: AbortSignal.timeout(60000),
  }).catch(() => refuse("The relayer cannot be reached; the message waits, and is sent when this page is open again."));
  wallet.putOff(each, now + AGAIN, false); // unless the answer says otherwise, and what it says is genuine
  const found = loads(await answer.text(), "The relayer's answer");
  if (!answer.ok) {
    const sentence = typeof found === "object" && found !== null && "sentence" in found ? String(found.sentence) : "";
    return refuse(`The relayer refused the message: ${sentence || answer.status}; it waits, and can be sent by another.`);
  }
  const { id, state, receipt } = fields(found, "The relayer's answer", "id", "state", "outcome", "receipt");
  const message = digest(domain, each.signed.kind, each.signed.message);
  if (toHex(from0x(id, 32)) !== toHex(message)) return refuse("The relayer answered for another message; use another relayer.");
  if (receipt) promisedBy(receipt, message, wallet.deployment.registry);
  else if (state === "WAITING") return refuse("The relayer queued the message without a receipt; use another relayer.");
  const until = receipt ? Number((receipt as Fields).carry_by) : now;
  // A withdrawal waits until the log shows it: a relayer that lies could otherwise make it be forgotten.
  if (state === "RECORDED" && each.signed.kind !== "Withdraw") wallet.settle(each);
  else wallet.putOff(each, Math.max(until, now + AGAIN), true);
  return String(state);
}

/** What is due now, of one consent only: what one browser sends together is seen to be one person's. */
export function due(wallet: Wallet, now: number): Waiting[] {
  for (const { consent } of wallet.consents()) {
    const ready = wallet.due(consent).filter(({ at }) => at <= now);
    if (ready.length) return ready;
  }
  return [];
}

/** Take a withdrawal out of the queue that a verified receipt's event shows to be on the ledger. */
export function settleShown(wallet: Wallet, event: Fields): boolean {
  const [topic, consent] = event.topics as string[];
  const of = wallet.deployment.registry;
  if (topic !== WITHDRAWN || event.contract !== of.contract.toLowerCase() || event.chain !== of.chainId) return false;
  const shown = wallet.waiting().filter(({ signed: { kind, message } }) => {
    const word = "0x" + toHex(concat(new Uint8Array(12), from0x(String(message.consent).toLowerCase(), 20)));
    return kind === "Withdraw" && word === consent;
  });
  for (const each of shown) {
    wallet.settle(each);
    wallet.keepEnded(String(each.signed.message.consent), Number(event.block));
  }
  return shown.length > 0;
}
