// Opens what we sealed with @hpke/core, a reference implementation, and seals for us to open: a JSON line in, one out.
//
//   {"seed", "public", "sealed", "info", "plaintext"} -> {"opened", "sealed"}
//
// All are hex; `seed` is X-Wing's 32-byte private key, `sealed` the encapsulated key and the ciphertext.
// An error that the library throws is returned as {"error"}.
import { createInterface } from "node:readline";
import { Chacha20Poly1305 } from "@hpke/chacha20poly1305";
import { CipherSuite, HkdfSha256 } from "@hpke/core";
import { XWing } from "@hpke/hybridkem-x-wing";

const suite = new CipherSuite({ kem: new XWing(), kdf: new HkdfSha256(), aead: new Chacha20Poly1305() });
const bytes = (text) => new Uint8Array(Buffer.from(text, "hex")).buffer;
const hex = (buffer) => Buffer.from(buffer).toString("hex");

async function answer({ seed, public: key, sealed, info, plaintext }) {
  const recipientKey = await suite.kem.deserializePrivateKey(bytes(seed));
  const end = 2 * suite.kem.encSize;
  const enc = bytes(sealed.slice(0, end));
  const opened = await suite.open({ recipientKey, enc, info: bytes(info) }, bytes(sealed.slice(end)));
  const recipientPublicKey = await suite.kem.deserializePublicKey(bytes(key));
  const back = await suite.seal({ recipientPublicKey, info: bytes(info) }, bytes(plaintext));
  return { opened: hex(opened), sealed: hex(back.enc) + hex(back.ct) };
}

for await (const line of createInterface({ input: process.stdin })) {
  let result;
  try {
    result = await answer(JSON.parse(line));
  } catch (error) {
    result = { error: String(error) };
  }
  console.log(JSON.stringify(result));
}
