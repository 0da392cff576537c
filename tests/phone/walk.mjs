// Walks through the phone's page in Chromium, and prints what it found as JSON.
//
// Read from the standard input: {chromium, axe, site, single, vectors, folder, slower}; `vectors` is the bundle of the
// checks, `folder` an empty one, `slower` how many times slower the processor is made.
import { createServer } from "node:http";
import { readFileSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { chromium } from "playwright-core";
import { evict } from "./evict.mjs";

const given = JSON.parse(readFileSync(0, "utf-8"));
const axe = readFileSync(given.axe, "utf-8");
const vault = JSON.parse(readFileSync(join(given.kept, "vault.json"), "utf-8"));
const found = { wrong: [], wide: [], traffic: [], carried: [], unkept: [], milliseconds: {}, errors: [] };
const CAMERA = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${join(given.folder, "code.y4m")}`];
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
  const options = { executablePath: given.chromium, args: ["--no-sandbox", ...CAMERA], viewport: { width: 360, height: 740 }, acceptDownloads: true };
  const context = await chromium.launchPersistentContext(join(given.folder, "profile"), options);
  context.on("request", (request) => found.traffic.push({ url: request.url(), body: request.postData() ?? "" }));
  context.setDefaultTimeout(120000);
  return context;
}

async function opened(context, address, prepare = async () => undefined) {
  const page = await context.newPage();
  await prepare(page);
  page.on("pageerror", (error) => found.errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && !/ERR_(CONNECTION_REFUSED|INTERNET_DISCONNECTED)/.test(message.text()) && found.errors.push(message.text()));
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

// A request in a link, which is agreed to, and a month that is planned, two questions long, and committed to.
async function agree(context, address) {
  await context.pages().at(-1).close();
  const [page] = await opened(context, `${address}#request=${encodeURIComponent(given.request)}`);
  found.address = page.url();
  await page.getByLabel("Passphrase").fill(vault.passphrase);
  await press(page, "Open");
  await press(page, "Back");
  await scan(page);
  await press(page, "A request");
  await page.getByLabel("Paste the request").fill(given.request);
  await press(page, "Read it");
  await page.getByText("Llandre Advice (member 2 of the ledger) asks to see a part of your budget.").waitFor();
  await judge(page, "request");
  await press(page, "Agree");
  await page.getByRole("region", { name: "Llandre Advice" }).getByRole("button", { name: "Plan a month" }).click();
  await page.getByLabel("First day").fill("2027-01-15");
  await page.getByLabel("Its last day").fill("2027-02-14");
  await press(page, "Next");
  await page.getByLabel("Pounds in this month").fill("1,200.5o");
  await press(page, "Next");
  await page.getByText("The amount is not in pounds").waitFor();
  await judge(page, "question");
  await page.getByLabel("Pounds in this month").fill("1,200.50");
  await press(page, "Next");
  await press(page, "That is all");
  await page.getByLabel("Whom you owe").fill("Café");
  await page.getByLabel("A priority debt").check();
  await page.getByLabel("Owed in all").fill("50");
  await judge(page, "debts");
  await press(page, "Next");
  await press(page, "Commit to it");
  await page.getByText("What you committed to").last().click();
  await page.getByText("£1200.50").first().waitFor();
  await page.getByText("Priority debts (Café). Owed in all, in pounds: £50.00").waitFor();
  await press(page, "A panic card");
  found.card = await page.locator("pre").allInnerTexts();
  await judge(page, "card");
  await press(page, "Back");
  await page.waitForFunction(() => navigator.serviceWorker.controller || navigator.serviceWorker.ready.then(() => true));
}

// The same request as a code: before the camera, which is off then, and in a picture that was chosen.
async function scan(page) {
  const heard = page.getByText("Llandre Advice (member 2 of the ledger) asks to see a part of your budget.");
  await page.evaluate(() => {
    const [devices, judged] = [navigator.mediaDevices, new Promise((resolve) => (window.judged = resolve))];
    const get = devices.getUserMedia.bind(devices);
    window.BarcodeDetector = class { detect = () => Promise.reject(new Error("there, without its service")); };
    devices.getUserMedia = async (asked) => (await judged, (window.seen = await get(asked)));
  });
  await press(page, "A request");
  await press(page, "Scan its code with the camera");
  await judge(page, "camera");
  await page.evaluate(() => window.judged());
  await heard.waitFor();
  found.camera = await page.evaluate(() => window.seen.getTracks().map((track) => track.readyState));
  await press(page, "Back");
  await press(page, "A request");
  await choose(page, "Its file, or a picture of its code", join(given.folder, "blank.png"));
  await press(page, "Read it");
  await page.getByText("No code is to be read in the picture").waitFor();
  await choose(page, "Its file, or a picture of its code", join(given.folder, "code.png"));
  await press(page, "Read it");
  await heard.waitFor();
  await press(page, "Back");
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
await page.getByText("Oedi: Mae'n aros tan").waitFor(); // each button says what it is about, in the page's language
found.described = await page.getByRole("button", { name: "Anfon nawr" }).or(page.getByRole("button", { name: "Oedi" })).evaluateAll((all) => all.map((each) => document.getElementById(each.getAttribute("aria-describedby")).innerText));
found.lang = await page.evaluate(() => document.documentElement.lang);
await agree(context, address);
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
await last.getByRole("region", { name: "Llandre Advice" }).getByRole("button", { name: "End it now" }).click();
await last.getByText("The relayer answered for another message").waitFor(); // ours always names the first withdrawal
const [download] = await Promise.all([last.waitForEvent("download"), press(last, "Export the wallet")]);
await download.saveAs(join(given.folder, "exported.jamjar"));
const another = await chromium.launch({ executablePath: given.chromium, args: ["--no-sandbox"] });
const alone = `file://${given.single}`;
const [single] = await opened(await another.newContext(), alone, (page) => page.clock.install());
found.single = await single.locator(".warning").innerText();
await single.getByLabel("Passphrase").fill("five random words of one's own"); // at the default cost: 128 MiB
const from = performance.now();
await press(single, "Create a wallet");
await single.getByLabel("The ledger's file").waitFor();
found.milliseconds.create = performance.now() - from;
await single.clock.fastForward("06:00");
found.idle = await single.getByRole("button", { name: "Open", exact: true }).waitFor().then(() => true, () => false);
const hosted = await serve(file);
await evict({ opened, press, choose, judge, found, passphrase: vault.passphrase, folder: given.folder, relayer: `http://127.0.0.1:${port}` }, await another.newContext(), hosted);
const denied = (page) => page.addInitScript(() => (IDBFactory.prototype.open = () => { throw new DOMException("denied", "SecurityError"); }));
const [refused] = await opened(await another.newContext(), alone, denied);
found.denied = await refused.locator("main").innerText();
await another.close();
await context.close();
carrier.closeAllConnections();
carrier.close();
console.log(JSON.stringify(found));
