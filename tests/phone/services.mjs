// Goes through the phone's page beside real services, a part at a time, and prints what it found as JSON.
//
// Read from the standard input: {chromium, axe, address, folder, part, passphrase}; the browser's profile is in `folder`.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

const given = JSON.parse(readFileSync(0, "utf-8"));
const found = { traffic: [], errors: [], wrong: [] };
const options = { executablePath: given.chromium, args: ["--no-sandbox"], viewport: { width: 360, height: 740 }, ignoreHTTPSErrors: true };
const context = await chromium.launchPersistentContext(join(given.folder, "profile"), options);
context.setDefaultTimeout(60000);
context.on("request", (request) => found.traffic.push({ url: request.url(), method: request.method(), body: (request.postDataBuffer() ?? Buffer.alloc(0)).toString("latin1") }));
const page = await context.newPage();
page.on("pageerror", (error) => found.errors.push(String(error)));
const press = (name) => page.getByRole("button", { name, exact: true }).first().click();
const alert = () => page.locator("#error").innerText();

async function judge() {
  await page.evaluate(readFileSync(given.axe, "utf-8"));
  const { violations } = await page.evaluate(() => axe.run({ resultTypes: ["violations"] }));
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  found.wrong.push(...violations.map((each) => each.id), ...(over > 0 ? [`${over} too wide`] : []));
}

async function opened() {
  await page.goto(`${given.address}/index.html`);
  await page.getByLabel("Passphrase").fill(given.passphrase);
  await press("Open");
  await page.getByRole("heading", { name: "Who can see what now" }).waitFor();
}

// Create a wallet, read a request in a link, look up who asks, agree, send the grant, plan and commit.
async function agree() {
  await page.goto(`${given.address}/start.html`);
  await page.getByText("with a request").click();
  await page.getByLabel("Passphrase").fill(given.passphrase);
  await press("Create a wallet");
  await page.getByLabel("The ledger's file").setInputFiles(join(given.folder, "ledger.json"));
  await press("Keep");
  await press("Read it");
  await press("Look up who asks");
  await page.getByText("It is signed by an account of").waitFor();
  found.asks = await page.getByText("It is signed by an account of").innerText();
  await press("Agree");
  await press("Plan a month and commit to it");
  await page.getByLabel("First day").fill(given.first);
  await page.getByLabel("Its last day").fill(given.last);
  await press("Next");
  await page.getByLabel("Pounds in this month").fill("1,200.50");
  for (const line of given.lines) {
    while (!(await page.getByRole("heading", { level: 2, name: line, exact: true }).isVisible())) await press("Next");
    await page.getByLabel("Pounds in this month").fill("532.14");
  }
  await press("That is all");
  await press("Next");
  await press("Commit to it");
  await send("Grant");
  await send("Commit");
  await show();
}

async function send(kind) {
  const message = page.locator("section").filter({ hasText: `${kind}: It waits until` });
  await message.getByRole("button", { name: "Send now" }).click();
  await page.getByText(`${kind}: A relayer has it.`).or(message).first().waitFor();
  await page.waitForFunction((kind) => !document.body.innerText.includes(`${kind}: It waits until`), kind);
}

// Show figures: the mailbox refuses them, and they wait sealed, until the ledger has the commitment.
async function show() {
  await press("Show figures");
  found.shown = await page.locator("main").innerText();
  await judge();
  await press("Show figures");
  await page.getByRole("heading", { name: "Who can see what now" }).or(page.locator("#error:not(:empty)")).first().waitFor();
  found.alert = await alert();
}

async function again() {
  await opened();
  await show();
}

async function letters() {
  await opened();
  await press("Letters and looks");
  await page.getByRole("button", { name: "I have received it" }).or(page.locator("#error:not(:empty)")).first().waitFor();
  found.letters = await page.locator("main").innerText();
  await judge();
  await press("I have received it");
  await send("Acknowledge");
}

try {
  await { agree, again, letters }[given.part]();
} catch (error) {
  found.failed = `${error}\n${await page.locator("body").innerText()}`;
}
await context.close();
console.log(JSON.stringify(found));
