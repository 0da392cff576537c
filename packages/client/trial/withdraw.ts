/** A program of somebody else's: a key that viem makes ends a consent through a relayer, whatever the consent is.
 *
 * node build/withdraw.js RELAYER DEPLOYMENT      prints the consent and where its end is recorded, as one line of JSON
 */

import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";

import { relayer } from "@jamjar/client";
import { parseSignature, signatureToCompactSignature } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";

const [address, file] = process.argv.slice(2);
if (!address || !file) throw new Error("usage: withdraw.js RELAYER DEPLOYMENT");
const deployment = JSON.parse(readFileSync(file, "utf8"));
const contract = deployment.consent_registry.address;
const account = privateKeyToAccount(generatePrivateKey());
const signed = await account.signTypedData({
  domain: {
    name: "Jamjar",
    version: "1",
    chainId: deployment.chain_id,
    verifyingContract: contract,
  },
  types: { Withdraw: [{ name: "consent", type: "address" }] },
  primaryType: "Withdraw",
  message: { consent: account.address },
});
const { r, yParityAndS: vs } = signatureToCompactSignature(parseSignature(signed));

// What waits is shown to nobody but who sends it again, which is safe (docs/adr/0019).
for (const client = relayer(address); ; await wait(1000)) {
  const sent = await client.POST("/messages", {
    body: {
      format: "jamjar.signed.1",
      chain_id: deployment.chain_id,
      contract,
      type: "Withdraw",
      message: { consent: account.address },
      r,
      vs,
    },
  });
  if (!sent.data) throw new Error(JSON.stringify(sent.error));
  if (sent.data.state !== "RECORDED" && sent.data.state !== "REJECTED") continue;
  console.log(JSON.stringify({ consent: account.address, ...sent.data }));
  break;
}
