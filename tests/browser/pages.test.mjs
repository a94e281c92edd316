// Every page kind opens under a sub-path and from disk, without errors and without a request to anywhere else.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { launch, open, visit } from "./browser.mjs";
import { build, demo, fileBase, kinds, scratchFolder, serve } from "./sites.mjs";

const EXPECTED = ["404", "document", "documents", "findings", "history", "items", "level", "overview", "owner", "owners", "portfolio", "priorities", "report", "state"];
let browser, site, server;

before(async () => { site = demo(); [browser, server] = await Promise.all([launch(), serve(site)]); });
after(() => Promise.all([browser?.close(), server?.close()]));

test("every page kind is there", () => {
  const found = kinds(site).map(page => page.kind);
  for (const kind of EXPECTED) assert.ok(found.includes(kind), `no page of kind ${kind}; found ${found.join(" ")}`);
});

for (const from of ["http", "file"]) {
  test(`every page kind opens without trouble from ${from}`, async t => {
    const base = from === "http" ? server.base : fileBase(site);
    for (const { kind, address } of kinds(site)) {
      if (kind === "404" && from === "file") continue; // its addresses are absolute, for any depth
      await t.test(kind, async () => {
        const page = await open(browser);
        await visit(page, base, address);
        assert.deepEqual(page.trouble, []);
        assert.equal(await page.evaluate(() => document.querySelectorAll("h1").length), 1);
        assert.equal(await page.evaluate(() => [...document.styleSheets].every(sheet => sheet.ownerNode.sheet)), true);
        await page.done();
      });
    }
  });
}

test("a former address leads to the document, over the net and from disk, and says so where browsers do not follow", async t => {
  const folder = scratchFolder("moved/content");
  writeFileSync(path.join(folder, "launch plan.md"), "---\naliases: [old/launch, old.html]\n---\n# Launch: the plan\n\n- [ ] Ship\n");
  const site = build("moved", folder), server = await serve(site);
  t.after(() => server.close());
  for (const base of [server.base, fileBase(site)]) for (const old of ["old/launch/index.html", "old.html"]) {
    const page = await visit(await open(browser), base, old);
    await page.waitForURL(base + "launch-plan/index.html");
    assert.deepEqual(page.trouble, []);
    await page.done();
  }
  // What those see whose browser does not follow: the same page without the element that does.
  const page = await open(browser);
  await page.route("**/old.html", async route => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace(/<meta http-equiv="refresh".*/, "") });
  });
  await visit(page, server.base, "old.html");
  assert.equal(await page.textContent("h1"), "This page has moved");
  assert.ok(await page.evaluate(() => document.querySelector("p").getBoundingClientRect().bottom < 200));
  await page.getByRole("link", { name: "Launch: the plan" }).click();
  await page.waitForURL(server.base + "launch-plan/index.html");
  assert.deepEqual(page.trouble, []);
  await page.done();
});

test("a page that does not exist answers with the 404 page, styled at any depth", async () => {
  const page = await open(browser);
  page.home = server.base;
  await page.goto(server.base + "no/such/page/index.html");
  assert.equal(await page.textContent("h1"), "Page not found");
  assert.deepEqual(page.trouble.filter(line => !line.includes("404 (Not Found)")), []);
  await page.done();
});
