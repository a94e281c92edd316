// Without script: reading, navigation and the views by owner, priority and state are plain files and links.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { launch, open, visit } from "./browser.mjs";
import { demo, pages, seeds, serve } from "./sites.mjs";

let browser, site, server;

before(async () => { site = demo(); [browser, server] = await Promise.all([launch(), serve(site)]); });
after(() => Promise.all([browser?.close(), server?.close()]));

const quiet = options => open(browser, { javaScriptEnabled: false, ...options });
const rows = page => page.locator("[data-list] [data-item]").count();

/** Every page that links lead to, from the overview on, with the items that it shows. */
async function crawl(base) {
  const page = await quiet();
  const seen = new Set(["index.html"]), queue = ["index.html"], items = new Set();
  while (queue.length) {
    await visit(page, base, queue.shift());
    const found = await page.evaluate(base => ({
      items: [...document.querySelectorAll("[data-item]:not([data-group])")].map(e => e.dataset.item),
      links: [...document.querySelectorAll("a[href]")].map(a => a.href.split("#")[0].split("?")[0]).filter(href => href.startsWith(base) && href.endsWith(".html")).map(href => href.slice(base.length))
    }), base);
    found.items.forEach(id => items.add(id));
    for (const link of found.links) if (!seen.has(link)) { seen.add(link); queue.push(link); }
  }
  await page.done();
  return { seen, items };
}

test("links alone reach every page and every item", async () => {
  const { seen, items } = await crawl(server.base);
  const all = pages(site).filter(page => page.kind && page.kind !== "404").map(page => page.address);
  assert.deepEqual(all.filter(address => !seen.has(address)), []);
  const data = JSON.parse(readFileSync(path.join(site, "readiness.json"), "utf8"));
  const leaves = data.items.filter(item => !item.group).map(item => item.id);
  assert.deepEqual(leaves.filter(id => !items.has(id)), []);
});

test("what needs the script is not shown without it", async () => {
  const page = await quiet();
  await visit(page, server.base, "items/index.html");
  for (const control of [".filters", "[data-search-open]", "[data-theme-switch]"]) assert.ok(!(await page.locator(control).first().isVisible()), control);
  assert.ok(await page.locator("noscript").first().isVisible());
  await page.done();
});

test("the colour scheme of the system counts without script too", async () => {
  const grounds = [];
  for (const scheme of ["light", "dark"]) {
    const page = await visit(await quiet({ scheme }), server.base, "index.html");
    const shot = await page.screenshot({ clip: { x: 0, y: 500, width: 4, height: 4 } });
    grounds.push(shot.toString("base64"));
    await page.done();
  }
  assert.notEqual(grounds[0], grounds[1]);
});

test("on the seeds: owners/builder has 13 items, priorities/p0 has 47, and links reach all", { skip: !process.env.READYBOOK_SEEDS && "READYBOOK_SEEDS is not set" }, async () => {
  const folder = seeds(), seedServer = await serve(folder);
  const page = await quiet();
  await visit(page, seedServer.base, "owners/builder/index.html");
  assert.equal(await rows(page), 13);
  await visit(page, seedServer.base, "priorities/p0/index.html");
  assert.equal(await rows(page), 47);
  await page.done();
  const { items } = await crawl(seedServer.base);
  const data = JSON.parse(readFileSync(path.join(folder, "readiness.json"), "utf8"));
  assert.deepEqual(data.items.filter(item => !item.group && !items.has(item.id)).map(item => item.id), []);
  await seedServer.close();
});
