// node assurance/verifier/main.mjs URL DEPLOYMENT-FILE [--json]
import { readFileSync } from "node:fs";
import { getAddress } from "ethers";
import { Chain } from "./chain.mjs";
import { admissions } from "./consortium.mjs";
import { Unforetold } from "./contract.mjs";
import { Disagreement, verify } from "./verify.mjs";
import { World } from "./world.mjs";

const FORMAT = "jamjar.deployment.3";
const FIELDS = {
  Consortium: "consortium",
  Governance: "governance",
  ConsentRegistry: "consent_registry",
  CommitmentRegistry: "commitment_registry",
  AdviceLog: "advice_log",
};

function worldOf(deployment) {
  const { settings } = deployment;
  const at = Object.fromEntries(Object.entries(FIELDS).map(([name, key]) => [name, getAddress(deployment[key].address)]));
  return new World(BigInt(deployment.chain_id), at, {
    founders: settings.founders.map((each) => getAddress(each)),
    members: admissions(settings.members),
    governanceDelay: BigInt(settings.governance_delay),
    delays: { suspension: BigInt(settings.suspension), recovery: BigInt(settings.recovery) },
    limits: {
      longestValidity: BigInt(settings.longest_validity),
      longestReconfirmation: BigInt(settings.longest_reconfirmation),
      mostUses: BigInt(settings.most_uses),
    },
  });
}

const lines = (title, counts) =>
  `${title}: ${Object.entries(counts).sort().map(([name, n]) => `${name} ${n}`).join(", ") || "none"}`;

function report(met) {
  const refused = Object.values(met.refused).reduce((sum, each) => sum + each, 0);
  return [
    `${met.transactions} transactions, ${refused} of them refused, ${met.logs} logs and ${met.views} views compared, no disagreement`,
    lines("events", met.events),
    lines("refused", met.refused),
    lines("rejected in batches", met.rejected),
  ].join("\n");
}

async function main(url, file, option) {
  if (!url || !file || (option && option !== "--json")) {
    console.error("No node or no file is named; run node assurance/verifier/main.mjs URL deployments/<chain id>.json.");
    return 2;
  }
  const deployment = JSON.parse(readFileSync(file, "utf-8"));
  if (deployment.format !== FORMAT) {
    console.error(`${file} is not a deployment in the format ${FORMAT}; deploy again.`);
    return 2;
  }
  const chain = new Chain(url, deployment.chain_id);
  try {
    const met = await verify(chain, worldOf(deployment), deployment.block);
    console.log(option ? JSON.stringify(met) : report(met));
    return 0;
  } catch (error) {
    if (!(error instanceof Disagreement || error instanceof Unforetold)) throw error;
    console.error(error.message);
    return 1;
  } finally {
    chain.close();
  }
}

process.exitCode = await main(...process.argv.slice(2));
