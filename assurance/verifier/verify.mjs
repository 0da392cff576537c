// Every transaction of a deployment and then every view, each beside what the rules foretell.
import { Unforetold } from "./contract.mjs";
import { questions } from "./views.mjs";

/** Node and rules disagree: what it is about, and both sides. */
export class Disagreement extends Error {
  constructor(about, foretold, found) {
    super(`${about}\nforetold: ${text(foretold)}\nfound:    ${text(found)}`);
  }
}

const text = (value) => JSON.stringify(value, (_, each) => (typeof each === "bigint" ? `${each}` : each), 2);
const count = (counts, name) => (counts[name] = (counts[name] ?? 0) + 1);
const bare = ({ address, topics, data }) => ({ address, topics, data });

/** Compare a chain with a world from a block on; return what was foretold, in numbers. */
export async function verify(chain, world, from) {
  const head = await chain.height();
  const met = { transactions: 0, logs: 0, events: {}, refused: {}, rejected: {}, views: 0 };
  for (let number = from; number <= head; number++) {
    for (const transaction of await chain.transactions(number)) await compare(chain, world, transaction, number, met);
  }
  await compareViews(chain, world, head, met);
  return met;
}

async function compare(chain, world, found, number, met) {
  const name = Object.keys(world.at).find((each) => world.at[each] === found.created);
  const ours = name || world.byAddress.has(found.to);
  if (!ours) {
    const touched = found.logs.filter(({ address }) => world.byAddress.has(address));
    if (touched.length) throw new Disagreement(`${found.hash} reaches the contracts through another`, [], touched);
    return;
  }
  const foretold = await outcome(chain, name ? () => world.create(name, found.sender) : () => world.transact(found), world, number);
  const called = name ? `the creation of ${name}` : callText(world, found);
  const about = `Transaction ${found.hash} in block ${number} at ${found.now}, ${called}`;
  if ((foretold.refused?.data ?? null) !== found.refused) {
    const reason = foretold.refused && { error: foretold.refused.name, data: foretold.refused.data };
    throw new Disagreement(about, reason ?? "success", refusalText(world, found) ?? "success");
  }
  const logs = { foretold: foretold.logs.map(bare), found: found.logs };
  if (text(logs.foretold) !== text(logs.found)) throw new Disagreement(about, logs.foretold, logs.found);
  met.transactions += 1;
  met.logs += foretold.logs.length;
  for (const log of foretold.logs) count(met.events, log.name);
  for (const each of foretold.rejected) count(met.rejected, each);
  if (foretold.refused) count(met.refused, foretold.refused.name);
}

/** What comes of it; the node says which of the accounts it calls have no code. */
async function outcome(chain, action, world, number) {
  for (;;) {
    try {
      return action();
    } catch (error) {
      if (!(error instanceof Unforetold) || (await chain.hasCode(error.to, number))) throw error;
      world.codeless.add(error.to);
    }
  }
}

function callText(world, { sender, to, data, value }) {
  const contract = world.byAddress.get(to);
  const decoded = contract.decode(data);
  return `${contract.contract}.${decoded?.called.name ?? data} with ${text(decoded?.values ?? [])}, ${value} wei by ${sender}`;
}

function refusalText(world, { to, refused }) {
  if (refused === null) return null;
  const error = refused.length >= 10 ? world.byAddress.get(to)?.plain.getError(refused.slice(0, 10)) : null;
  return { error: error?.name ?? "(unknown or none)", data: refused };
}

async function compareViews(chain, world, head, met) {
  const now = await chain.time(head);
  const asked = questions(world).map(([name, view, values]) => {
    const contract = world.contracts[name];
    return { name, view, values, to: contract.address, data: contract.plain.encodeFunctionData(view, values) };
  });
  const found = await Promise.all(asked.map(({ to, data }) => chain.view(to, data, head)));
  asked.forEach(({ name, view, values, to, data }, i) => {
    const foretold = viewed(world, { sender: to, to, value: 0n, data, now });
    if (foretold.answer !== found[i].answer || foretold.refused !== found[i].refused)
      throw new Disagreement(`View ${name}.${view} of ${text(values)} at ${now}`, foretold, found[i]);
    met.views += 1;
  });
}

function viewed(world, call) {
  let answer = null;
  const { refused } = world.transact({ ...call });
  if (!refused) answer = world.call(call);
  return { answer, refused: refused?.data ?? null };
}
