// Walks through the pages of a door in Chromium, as its reader does, and prints what it found as JSON.
//
// Read from the standard input: {chromium, axe, address, passphrase, paths, widths, journey}; a journey is a list of
// steps: ["go", path], ["press", words], ["follow", link], ["type", label, text],
// ["choose", label, value], ["tick", label], ["read", words], each of them without JavaScript, too.
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const given = JSON.parse(readFileSync(0, "utf-8"));
const axe = readFileSync(given.axe, "utf-8");
const browser = await chromium.launch({ executablePath: given.chromium, args: ["--no-sandbox"] });
const found = { pages: [], journey: [], elsewhere: [], scripts: 0, answers: 0, wrong: [] };

function listen(context) {
  context.on("request", (request) => {
    if (new URL(request.url()).origin !== new URL(given.address).origin && !request.url().startsWith("data:")) {
      found.elsewhere.push(request.url());
    }
  });
}

async function step(page, base, scripted, [what, words, text]) {
  if (what === "go") await page.goto(base + words);
  if (what === "follow") await page.getByRole("link", { name: new RegExp(`^${words}`) }).first().click();
  if (what === "choose") await page.getByLabel(words, { exact: false }).first().selectOption(text);
  if (what === "tick") await page.getByLabel(words, { exact: false }).first().check();
  if (what === "type") await page.getByLabel(words, { exact: false }).first().fill(text);
  if (what === "press") {
    const button = page.getByRole("button", { name: words }).first();
    await button.focus(); // by keyboard alone
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    if (scripted) await judge(page, `after ${words}`); // axe-core is a script
  }
  if (what === "read") await page.getByText(words).first().waitFor({ timeout: 20000 });
  if (what === "read") found.journey.push(words);
}

async function judge(page, name) {
  await page.evaluate(axe); // an answer to a form has no address to go to
  const result = await page.evaluate(() => axe.run({ resultTypes: ["violations"] }));
  found.answers += 1;
  found.wrong.push(...result.violations.map((each) => `${name}: ${each.id}: ${each.nodes.map((node) => node.html).join(" ")}`));
}

async function look(page, path, width, larger) {
  await page.setViewportSize({ width, height: 1000 });
  const told = await page.evaluate(async (larger) => {
    document.documentElement.style.fontSize = larger ? "200%" : "";
    const result = larger ? { violations: [], passes: [] } : await axe.run({ resultTypes: ["violations"] });
    return {
      wide: document.documentElement.scrollWidth - window.innerWidth,
      passes: result.passes.length,
      violations: result.violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(" ")}`),
    };
  }, larger);
  found.pages.push({ path, width, larger, ...told });
}

const first = await browser.newContext({ javaScriptEnabled: false });
listen(first);
const entered = await first.newPage();
await entered.goto(given.address);
const base = new URL(entered.url()).pathname.replace(/\/unlock$/, "");
const at = new URL(given.address).origin + base;
await entered.locator("input[type=password]").fill(given.passphrase);
await Promise.all([entered.waitForNavigation(), entered.keyboard.press("Enter")]);
const storageState = await first.storageState();

const context = await browser.newContext({ storageState });
listen(context);
const page = await context.newPage();
for (const path of given.paths) {
  const answer = await page.goto(at + path);
  if (!answer.ok()) throw new Error(`${path} is answered ${answer.status()}.`);
  found.scripts += await page.locator("script").count();
  await page.evaluate(axe);
  for (const width of given.widths) await look(page, path, width, false);
  await look(page, path, 1280, true);
}
for (const javaScriptEnabled of [false, true]) {
  const walker = await browser.newContext({ storageState, javaScriptEnabled, viewport: { width: 390, height: 800 } });
  listen(walker);
  const walked = await walker.newPage();
  for (const each of given.journey[javaScriptEnabled ? "with" : "without"]) await step(walked, at, javaScriptEnabled, each);
}
if (given.picture) {
  await page.setViewportSize({ width: 900, height: 1200 });
  await page.goto(at + "/");
  await page.screenshot({ path: given.picture });
}
await browser.close();
console.log(JSON.stringify(found));
