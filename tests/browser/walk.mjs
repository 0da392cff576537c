// Walks through the pages of a door in Chromium, as its reader does, and prints what it found as JSON.
//
// Read from the standard input: {chromium, axe, address, passphrase, paths, widths, journey, shots}; a journey is a list
// of steps, each of them by keyboard alone, and without JavaScript, too: ["go", path], ["press", words],
// ["follow", link, which], ["type", label, text], ["choose", label, option], ["tick", label], ["read", words],
// ["never", words], ["count", link, how many], ["until", path, words, how often].
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

const MOST_TABS = 300;
const PATIENCE = 60; // times that a page is loaded again until it says something, a second apart
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

async function reach(page, wanted) {
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    if (await wanted.and(page.locator(":focus")).count()) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`The keyboard does not reach ${wanted} on ${page.url()}: ${await page.locator("main").innerText()}`);
}

const link = (page, words) => page.getByRole("link", { name: new RegExp(`^${words}`) });

async function says(page, words, timeout) {
  const text = () => page.locator("main").innerText();
  await page.getByText(words).first().waitFor({ timeout }).catch(async () => {
    throw new Error(`${words} is not on ${page.url()}: ${await text()}`);
  });
}

async function step(page, base, scripted, [what, words, more, times = 1]) {
  if (what === "go") await page.goto(base + words);
  if (what === "type") {
    await reach(page, page.getByLabel(words, { exact: false }).first());
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type(more);
  }
  if (what === "choose" || what === "tick") {
    await reach(page, page.getByLabel(words, { exact: false }).first());
    await (what === "tick" ? page.keyboard.press("Space") : page.keyboard.type(more));
  }
  if (what === "press" || what === "follow") {
    const role = what === "press" ? page.getByRole("button", { name: words }) : link(page, words);
    await reach(page, role.nth(what === "follow" && more ? more : 0));
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  }
  if (what === "press" && scripted) await judge(page, `after ${words}`); // axe-core is a script
  if (what === "read") await says(page, words, 20000);
  if (what === "never" && (await page.getByText(words).count())) throw new Error(`${words} is on ${page.url()}.`);
  if (what === "count") {
    for (let times = 0; times < PATIENCE && (await link(page, words).count()) !== more; times += 1) {
      await page.waitForTimeout(1000); // what was sent may not be carried yet
      await page.reload();
    }
    const count = await link(page, words).count();
    if (count !== more) throw new Error(`${words} is ${count} times on ${page.url()}, and not ${more} times.`);
  }
  if (what === "until") {
    for (let tried = 0; tried < PATIENCE && (!tried || (await page.getByText(more).count()) < times); tried += 1) {
      if (tried) await page.waitForTimeout(1000);
      await page.goto(base + words);
    }
    await says(page, more, 1000);
  }
  if (what === "read" || what === "until") found.journey.push(what === "read" ? words : more);
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
    const parts = document.querySelectorAll("header, main, footer, h1, h2, h3, main button, main input:not([type=checkbox], [type=radio]), main select, main textarea");
    const seen = [...parts].filter((each) => each.getClientRects().length && !each.closest(".govuk-visually-hidden"));
    return {
      wide: document.documentElement.scrollWidth - window.innerWidth,
      boxes: seen.filter((each) => each.type !== "hidden" && !each.closest(".jamjar-scroll")).map((each) => {
        const box = each.getBoundingClientRect();
        return [each.localName, ...[box.left, box.right, box.top, box.bottom].map((at) => at / window.innerWidth)];
      }),
      passes: result.passes.length,
      violations: result.violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(" ")}`),
    };
  }, larger);
  found.pages.push({ path, width, larger, ...told });
  const name = `${path.replace(/[^a-z0-9]+/gi, "-").slice(0, 40)}-${width}${larger ? "-large" : ""}.jpg`;
  if (given.shots) await page.screenshot({ path: join(given.shots, name), fullPage: true, type: "jpeg", quality: 50 });
}

const first = await browser.newContext({ javaScriptEnabled: false });
listen(first);
const entered = await first.newPage();
await entered.goto(given.address);
const base = new URL(entered.url()).pathname.replace(/\/unlock$/, "").replace(/\/$/, "");
const at = new URL(given.address).origin + base;
if (given.passphrase) {
  await reach(entered, entered.locator("input[type=password]"));
  await entered.keyboard.type(given.passphrase);
  await Promise.all([entered.waitForNavigation(), entered.keyboard.press("Enter")]);
}
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
await browser.close();
console.log(JSON.stringify(found));
