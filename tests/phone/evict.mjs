// A browser that deletes what it kept of the phone's page: while the wallet is open, while it is locked, and before another visit; or that denies it.
import { join } from "node:path";

export async function evict({ opened, press, choose, judge, found, passphrase, folder, relayer }, context, site) {
  const origin = `http://127.0.0.1:${site.address().port}`;
  const [page] = await opened(context, origin);
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  const clear = () => session.send("Storage.clearDataForOrigin", { origin, storageTypes: "all" });
  const type = () => page.getByLabel("Passphrase").fill(passphrase);
  const open = () => type().then(() => press(page, "Open"));
  const heading = page.getByRole("heading", { name: "Who can see what now" });
  await choose(page, "The wallet's file", join(folder, "exported.jamjar"));
  await type();
  await press(page, "Import a wallet");
  await heading.waitFor();
  found.warned = await page.getByText("Export your wallet after each change").isVisible();
  const [download] = await Promise.all([page.waitForEvent("download"), press(page, "Export the wallet")]);
  await download.delete();
  await page.getByText("nothing has changed since").waitFor();
  await judge(page, "exported");
  await clear();
  await press(page, "Lock");
  await open();
  await heading.waitFor(); // it was put back
  await press(page, "Lock");
  await page.getByRole("button", { name: "Open", exact: true }).waitFor();
  await clear();
  await open();
  found.evicted = [await page.locator("#error:not(:empty)").innerText()];
  await page.getByRole("button", { name: "Import a wallet" }).waitFor();
  await page.reload();
  await page.getByRole("button", { name: "Create a wallet" }).waitFor();
  found.evicted.push(await page.locator("main").innerText());
  await judge(page, "evicted");
  await choose(page, "The wallet's file", join(folder, "wallet.jamjar"));
  await type();
  await press(page, "Import a wallet");
  await choose(page, "The ledger's file", join(folder, "deployment.json"));
  await page.getByLabel("Address of a relayer").fill(relayer);
  await press(page, "Keep");
  for (const [name, isOffline] of [["Pause", false], ["End it now", false], ["End it now", true]]) {
    await heading.waitFor();
    await page.evaluate(() => (IDBFactory.prototype.open = () => { throw new DOMException("denied", "SecurityError"); }));
    await context.setOffline(isOffline);
    await press(page, name);
    const said = await page.locator("#error:not(:empty)").innerText();
    found.unkept.push([said, await page.getByLabel("Passphrase").isVisible(), ...(await page.locator("pre").allInnerTexts())]);
    await judge(page, "unkept");
    await context.setOffline(false);
    await page.reload();
    await open();
  }
  site.closeAllConnections();
  site.close();
}
