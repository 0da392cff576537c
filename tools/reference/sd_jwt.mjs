// A second verifier of SD-JWTs, @sd-jwt/core: a JSON line {"sd_jwt", "key"} in, one out: {"claims"} or {"refused"}.
import { createHash, verify, createPublicKey } from "node:crypto";
import { createInterface } from "node:readline";
import { SDJwtInstance } from "@sd-jwt/core";

const hasher = (data) => createHash("sha256").update(data).digest();

for await (const line of createInterface({ input: process.stdin })) {
  const { sd_jwt: text, key } = JSON.parse(line);
  const publicKey = createPublicKey({ key, format: "jwk" });
  const verifier = (data, signature) =>
    verify("sha256", Buffer.from(data), { key: publicKey, dsaEncoding: "ieee-p1363" }, Buffer.from(signature, "base64url"));
  try {
    const { payload } = await new SDJwtInstance({ hasher, verifier, hashAlg: "sha-256" }).verify(text);
    console.log(JSON.stringify({ claims: payload }));
  } catch (error) {
    console.log(JSON.stringify({ refused: String(error) }));
  }
}
