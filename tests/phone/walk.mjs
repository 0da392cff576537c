// Walks through the phone's page in Chromium, and prints what it found as JSON.
//
// Read from the standard input: {chromium, axe, site, single, vectors, folder, slower}; `vectors` is the bundle of the
// checks, `folder` an empty one, `slower` how many times slower the processor is made.
import { createServer } from "node:http";
import { readFileSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { chromium } from "playwright-core";

const given = JSON.parse(readFileSync(0, "utf-8"));
const axe = readFileSync(given.axe, "utf-8");
const vault = JSON.parse(readFileSync(join(given.kept, "vault.json"), "utf-8"));
const found = { wrong: [], wide: [], traffic: [], carried: [], milliseconds: {}, errors: [] };
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".webmanifest": "application/manifest+json" };

function serve(answer, port = 0) {
  const server = createServer(answer).listen(port, "127.0.0.1");
  return new Promise((resolve) => server.on("listening", () => resolve(server)));
}

function file(request, response) {
  const name = new URL(request.url, "http://x").pathname.slice(1) || "index.html";
  try {
    const data = readFileSync(join(given.site, name));
    response.writeHead(200, { "Content-Type": TYPES[extname(name)] ?? "text/plain" }).end(data);
  } catch {
    response.writeHead(404).end();
  }
}

// A relayer that says of every message that it is recorded; its id, which the page compares, is asked for below.
function relayer(request, response) {
  let body = "";
  request.on("data", (part) => (body += part));
  request.on("end", () => {
    if (request.method === "POST") found.carried.push({ body, headers: request.headers });
    const answer = JSON.stringify({ id: given.withdrawal, state: "RECORDED", outcome: null, receipt: null });
    response.writeHead(200, { "Access-Control-Allow-Origin": "*", "Content-Type": "application/json" }).end(answer);
  });
}

async function started() {
  const options = { executablePath: given.chromium, args: ["--no-sandbox"], viewport: { width: 360, height: 740 }, acceptDownloads: true };
  const context = await chromium.launchPersistentContext(join(given.folder, "profile"), options);
  context.on("request", (request) => found.traffic.push({ url: request.url(), body: request.postData() ?? "" }));
  context.setDefaultTimeout(120000);
  return context;
}

async function opened(context, address) {
  const page = await context.newPage();
  page.on("pageerror", (error) => found.errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && !message.text().includes("ERR_CONNECTION_REFUSED") && found.errors.push(message.text()));
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: given.slower });
  const from = performance.now();
  await page.goto(address);
  await page.getByRole("heading", { level: 1 }).waitFor();
  return [page, performance.now() - from];
}

async function judge(page, name) {
  for (const width of [320, 360, 390]) {
    await page.setViewportSize({ width, height: 740 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (over > 0) found.wide.push(`${name} at ${width}: ${over}`);
  }
  await page.evaluate(axe);
  const result = await page.evaluate(() => axe.run({ resultTypes: ["violations"] }));
  found.wrong.push(...result.violations.map((each) => `${name}: ${each.id}: ${each.nodes.map((node) => node.html).join(" ")}`));
}

const press = (page, name) => page.getByRole("button", { name, exact: true }).first().click();
const choose = (page, label, path) => page.getByLabel(label).setInputFiles(path);

async function vectors(context) {
  const page = await context.newPage();
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  await page.goto("about:blank");
  await page.evaluate(readFileSync(given.vectors, "utf-8")).catch((error) => said.push(String(error)));
  for (let i = 0; i < 600 && !said.some((each) => each.includes("groups failed")); i++) await page.waitForTimeout(100);
  found.vectors = said;
  await page.close();
}

async function unlock(page) {
  await page.getByLabel("Passphrase").fill(vault.passphrase);
  const from = performance.now();
  await press(page, "Open");
  await page.getByRole("heading", { name: "Who can see what now" }).waitFor();
  return performance.now() - from;
}

writeFileSync(join(given.folder, "wallet.jamjar"), vault.file);
writeFileSync(join(given.folder, "deployment.json"), vault.deployment);
const free = await serve(relayer);
const { port } = free.address();
await new Promise((resolve) => free.close(resolve)); // nobody is there until the withdrawal waits
const site = await serve(file);
const address = `http://127.0.0.1:${site.address().port}/`;

let context = await started();
await vectors(context);
let [page, first] = await opened(context, address);
found.milliseconds.first = first;
found.warning = await page.locator(".warning").innerText();
await judge(page, "first page");
await page.getByLabel("Passphrase").fill("not the passphrase");
await choose(page, "The wallet's file", join(given.folder, "wallet.jamjar"));
await press(page, "Import a wallet");
await page.getByText("This passphrase does not open the vault").waitFor();
await page.getByLabel("Passphrase").fill(vault.passphrase);
await press(page, "Import a wallet");
await choose(page, "The ledger's file", join(given.folder, "deployment.json"));
await page.getByLabel("Address of a relayer").fill(`http://127.0.0.1:${port}/`);
await press(page, "Keep");
await page.getByRole("heading", { name: "Cyngor Dyled Tref" }).waitFor();
await judge(page, "consents");
const [second] = await opened(context, address);
found.second = await second.locator("main").innerText();
await second.close();
await press(page, "Cymraeg");
await page.getByRole("heading", { name: "Pwy all weld beth nawr" }).waitFor();
await judge(page, "consents in Welsh");
found.lang = await page.evaluate(() => document.documentElement.lang);
await page.waitForFunction(() => navigator.serviceWorker.controller || navigator.serviceWorker.ready.then(() => true));
await context.close();
await new Promise((resolve) => site.close(resolve));

context = await started();
const [again, start] = await opened(context, address); // the server is gone
found.milliseconds.start = start;
found.milliseconds.open = await unlock(again);
await press(again, "End it now");
await again.getByText("The relayer cannot be reached").waitFor();
found.ended = await again.getByText("You have ended this.").isVisible();
await context.close();

context = await started();
const [last] = await opened(context, address);
await unlock(last);
const carrier = await serve(relayer, port);
await last.getByText("Withdraw: It waits until").locator("..").getByRole("button", { name: "Send now" }).click();
await last.getByText("Withdraw: A relayer has it.").waitFor();
const [download] = await Promise.all([last.waitForEvent("download"), press(last, "Export the wallet")]);
await download.saveAs(join(given.folder, "exported.jamjar"));
const [single] = await opened(await chromium.launch({ executablePath: given.chromium, args: ["--no-sandbox"] }).then((each) => each.newContext()), `file://${given.single}`);
found.single = await single.locator(".warning").innerText();
await single.getByLabel("Passphrase").fill("five random words of one's own"); // at the default cost: 128 MiB
const from = performance.now();
await press(single, "Create a wallet");
await single.getByLabel("The ledger's file").waitFor();
found.milliseconds.create = performance.now() - from;
await single.context().browser().close();
await context.close();
carrier.closeAllConnections();
carrier.close();
console.log(JSON.stringify(found));
