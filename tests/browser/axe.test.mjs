// axe: no violation on any page kind, light and dark, wide and narrow; also with search open and filters on.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, open, visit } from "./browser.mjs";
import { violations } from "./checks.mjs";
import { demo, kinds, ledger, serve } from "./sites.mjs";

let browser, site, server;

before(async () => { site = demo(); [browser, server] = await Promise.all([launch(), serve(site)]); });
after(() => Promise.all([browser?.close(), server?.close()]));

for (const scheme of ["light", "dark"]) for (const width of [1280, 320]) {
  test(`no violation, ${scheme}, ${width} px`, async t => {
    for (const { kind, address } of kinds(site)) await t.test(kind, async () => {
      const page = await visit(await open(browser, { width, scheme }), server.base, address);
      assert.deepEqual(await violations(page), []);
      await page.done();
    });
    await t.test("search open, with results", async () => {
      const page = await visit(await open(browser, { width, scheme }), server.base, "index.html");
      await page.keyboard.press("/");
      await page.locator("dialog input").fill("re");
      await page.locator("[role=option]").first().waitFor();
      assert.deepEqual(await violations(page), []);
      await page.done();
    });
    await t.test("a filter open, another on, rows grouped", async () => {
      const page = await visit(await open(browser, { width, scheme }), server.base, "items/index.html?state=left&group=owner");
      await page.locator(".facet > summary", { hasText: "Priority" }).click();
      assert.deepEqual(await violations(page), []);
      await page.done();
    });
    await t.test("nothing found", async () => {
      const page = await visit(await open(browser, { width, scheme }), server.base, "items/index.html?q=zzzz");
      assert.deepEqual(await violations(page), []);
      await page.done();
    });
  });
}

test("no violation in the second built-in theme", async () => {
  const folder = ledger(), ledgerServer = await serve(folder);
  for (const scheme of ["light", "dark"]) for (const { address } of kinds(folder)) {
    const page = await visit(await open(browser, { scheme }), ledgerServer.base, address);
    assert.deepEqual(await violations(page), [], address);
    await page.done();
  }
  await ledgerServer.close();
});
