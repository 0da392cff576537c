// Attacks an open door of a claimant's in Chromium, and prints what came of each attempt as JSON.
//
// Read from the standard input: {chromium, address, passphrase, consent, request}. Every name below .example leads to
// this machine, as a hostile name server makes it; what evil.example serves is written here.
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const given = JSON.parse(readFileSync(0, "utf-8"));
// Without Chromium's own bar between the internet and this machine, which older browsers lack.
const off = "--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests";
const args = ["--no-sandbox", "--host-resolver-rules=MAP *.example 127.0.0.1", off];
const browser = await chromium.launch({ executablePath: given.chromium, args });
const context = await browser.newContext();
const found = {};
const own = await context.newPage();
await own.goto(given.address);
await own.locator("input[type=password]").fill(given.passphrase);
await Promise.all([own.waitForNavigation(), own.keyboard.press("Enter")]);
const home = own.url();
const main = (page) => page.locator("body").innerText();

// A name that was made to lead here, with the cookie that a browser would send to it.
const rebound = await context.newPage();
await rebound.goto(home.replace("127.0.0.1", "rebound.example"));
found.rebound = await main(rebound);

// Other sites' pages, one of them another port of this machine, to which a browser sends the cookies of all of it: with
// the door in a frame, a question, and a form, which it sends by itself.
const action = `${home}consents/${given.consent}/end`;
for (const [name, site] of [["other", "http://evil.example"], ["port", "http://127.0.0.1:28999"]]) {
  await context.route(`${site}/**`, (route) =>
    route.fulfill({
      contentType: "text/html",
      body: route.request().url().endsWith("/frame")
        ? `<iframe src="${home}"></iframe>`
        : `<form method="post" action="${action}"></form><script>document.forms[0].submit()</script>`,
    }),
  );
  const evil = await context.newPage();
  await evil.goto(`${site}/frame`, { waitUntil: "load" });
  const inner = evil.frames().find((each) => each !== evil.mainFrame());
  for (let times = 0; times < 200 && ["", "about:blank"].includes(inner.url()); times += 1) await evil.waitForTimeout(50);
  const ask = (at) => fetch(at, { credentials: "include" }).then((answer) => answer.text(), () => "refused");
  found[name] = { framed: [inner.url(), await inner.evaluate(() => document.body.innerText)], read: await evil.evaluate(ask, home) };
  await evil.goto(`${site}/form`);
  await evil.waitForURL(action);
  found[name].posted = await main(evil);
}

// The address once more, and one like it, in another browser; its pages there.
const stranger = await (await browser.newContext()).newPage();
for (const [name, address] of [["replayed", given.address], ["guessed", `${given.address}x`], ["looked", home]]) {
  await stranger.goto(address);
  found[name] = await main(stranger);
}

// Text from elsewhere is text: no element of its is made, and no script of its runs.
found.elements = 0;
found.texts = [];
own.on("dialog", (dialog) => found.texts.push(`a script said ${dialog.message()}`) && dialog.dismiss());
for (const path of ["", "requests", `requests/${given.request}`, "looks", "advice", "month", "bank", "payees", "about"]) {
  await own.goto(home + path);
  found.elements += await own.locator("#xss, main script, main img").count();
  if ((await main(own)).includes("<b id=xss>")) found.texts.push(path);
}
found.ran = await own.evaluate(() => typeof window.xss);

// The card on paper, and whether anything on it is wider than the paper between its margins.
await own.goto(`${home}card/print`);
await own.emulateMedia({ media: "print" });
await own.setViewportSize({ width: 680, height: 1000 });
found.card = {
  wide: await own.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
  words: await own.locator("body").innerText(),
  sheets: (await own.pdf({ format: "A4" })).toString("latin1").match(/\/Type \/Page\b/g).length,
};
await own.emulateMedia({ media: null });
await own.setViewportSize({ width: 1280, height: 800 });

// Two windows with one request: what the one answered, the other does not answer again.
const other = await context.newPage();
for (const page of [own, other]) await page.goto(`${home}requests/${given.request}`);
const press = async (page, name) => {
  await Promise.all([page.waitForNavigation(), page.getByRole("button", { name, exact: false }).first().click()]);
  return main(page);
};
found.agreed = await press(own, "Agree");
found.twice = await press(other, "Agree");

// Back after the end, to the page that had its button; and an old window with it.
const end = (page) => page.locator(`form[action$="${given.consent}/end"] button`);
for (const page of [own, other]) await page.goto(home);
await Promise.all([own.waitForNavigation(), end(own).click()]);
found.ended = await main(own);
await own.goBack();
found.back = [await end(own).count(), await main(own)];
await Promise.all([other.waitForNavigation(), end(other).click()]);
found.again = await main(other);

// The session of a vault that is locked: back, another page, and an old window's form.
await other.goto(`${home}requests`);
await own.goto(`${home}plan`);
found.locked = await press(own, "Lock");
await own.goBack();
found.after = [own.url(), await main(own)];
found.stale = await press(other, "Take it in");

await browser.close();
console.log(JSON.stringify({ ...found, home }));
