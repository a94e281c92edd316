// Search: the dialog by keyboard, prefixes, a misspelled letter, ranking; size and speed with 24,000 items.

import assert from "node:assert/strict";
import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { launch, open, visit } from "./browser.mjs";
import { demo, fileBase, large, serve } from "./sites.mjs";

let browser, site, server;

before(async () => { site = demo(); [browser, server] = await Promise.all([launch(), serve(site)]); });
after(() => Promise.all([browser?.close(), server?.close()]));

async function search(page, words) {
  await page.keyboard.press("/");
  await page.locator("dialog.search input").fill(words);
  await page.waitForFunction(() => /result|Nothing/.test(document.querySelector("dialog.search [role=status]").textContent));
  return page.locator("dialog.search [role=option]").evaluateAll(list => list.map(e => ({ id: e.dataset.item ?? null, href: e.dataset.href, text: e.children[1].textContent, kind: e.querySelector(".kind").textContent })));
}

for (const from of ["http", "file"]) {
  test(`two prefixes, a misspelled letter and Enter lead to the item, from ${from}`, async () => {
    const base = from === "http" ? server.base : fileBase(site);
    for (const words of ["resto sna", "snapshot rest", "restoer snapshot", "restor snapshit"]) {
      const page = await visit(await open(browser), base, "owners/index.html");
      const results = await search(page, words);
      assert.equal(results[0]?.text, "Restore drill from last snapshot", words);
      await page.keyboard.press("Enter");
      await page.waitForURL(/#/);
      assert.equal(await page.locator(":target").count(), 1, page.url());
      assert.equal(await page.locator(":target").getAttribute("data-item"), results[0].id);
      assert.deepEqual(page.trouble, []);
      await page.done();
    }
  });
}

test("every anchor that the index derives is the item's own", async () => {
  const page = await visit(await open(browser), server.base, "items/index.html");
  const listed = await page.locator("[data-list] [data-item]").evaluateAll(list => list.map(e => e.dataset.item).sort());
  await search(page, "a");
  const derived = await page.evaluate(async () => {
    const script = document.querySelector("script[data-search]").dataset.search;
    const data = await new Promise(done => { const before = window.readybook.index; window.readybook.index = done; const tag = document.createElement("script"); tag.src = script + "?again"; document.head.append(tag); tag.onload = () => { window.readybook.index = before; }; });
    const index = window.readybook.decode(data);
    return Array.from({ length: index.count }, (_, i) => index.item(i).id).sort();
  });
  assert.deepEqual(derived, listed);
  await page.done();
});

test("every page of the navigation is found", async () => {
  const page = await visit(await open(browser), server.base, "index.html");
  const labels = await page.locator("nav[aria-label=Main] a").allTextContents();
  assert.ok(labels.includes("History"), labels.join());
  for (const label of labels) {
    await page.reload();
    const results = await search(page, label);
    assert.ok(results.some(r => r.kind === "page" && r.text === label), `${label}: ${JSON.stringify(results)}`);
  }
  await page.done();
});

test("titles come before items, items before sections", async () => {
  const page = await visit(await open(browser), server.base, "index.html");
  const results = await search(page, "secur");
  const order = results.map(r => r.kind === "section" ? 2 : r.id ? 1 : 0);
  assert.ok(order.includes(0) && order.includes(1), JSON.stringify(results));
  assert.deepEqual(order, [...order].sort());
  await page.done();
});

test("the dialog is a combobox that the keyboard drives, and Escape gives the focus back", async () => {
  const page = await visit(await open(browser), server.base, "index.html");
  await page.locator("[data-search-open]").focus();
  await page.keyboard.press("Enter");
  const input = page.locator("dialog.search input");
  await input.fill("the");
  await page.locator("[role=option]").nth(1).waitFor();
  assert.equal(await input.getAttribute("role"), "combobox");
  assert.equal(await input.getAttribute("aria-expanded"), "true");
  const first = await input.getAttribute("aria-activedescendant");
  await page.keyboard.press("ArrowDown");
  const second = await input.getAttribute("aria-activedescendant");
  assert.notEqual(first, second);
  assert.equal(await page.locator("#" + second).getAttribute("aria-selected"), "true");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("dialog[open]").count(), 0);
  assert.ok(await page.evaluate(() => document.activeElement.matches("[data-search-open]")));
  await page.done();
});

test("the slash key does nothing while something is typed, and can be turned off", async () => {
  const page = await visit(await open(browser), server.base, "items/index.html");
  await page.focus("#rb-filter-q");
  await page.keyboard.type("a/b");
  assert.equal(await page.inputValue("#rb-filter-q"), "a/b");
  assert.equal(await page.locator("dialog[open]").count(), 0);
  await page.locator("h1").click();
  await page.keyboard.press("/");
  await page.click(".search-key");
  await page.keyboard.press("Escape");
  await page.locator("h1").click();
  await page.keyboard.press("/");
  assert.equal(await page.locator("dialog[open]").count(), 0);
  await page.done();
});

test("24,000 items: the index is at most 1.1 MB, a query at most 50 ms", async () => {
  const big = large(24000);
  const file = readdirSync(path.join(big, "assets")).find(name => name.startsWith("search."));
  const size = statSync(path.join(big, "assets", file)).size;
  assert.ok(size <= 1_100_000, `the index has ${size} bytes`);
  const bigServer = await serve(big);
  const page = await visit(await open(browser), bigServer.base, "index.html");
  const times = await page.evaluate(async () => {
    await readybook.find("warm");
    const out = {};
    for (const query of ["restore", "re", "a", "session tok", "alert rout escal", "exponental", "the runbook with", "zzzzqq", "p0 blue green deploy"]) {
      out[query] = Infinity;
      for (let run = 0; run < 5; run++) { // the best of five: other work on the machine is not the query's
        const start = performance.now();
        await readybook.find(query);
        out[query] = Math.min(out[query], performance.now() - start);
      }
    }
    return out;
  });
  for (const [query, ms] of Object.entries(times)) assert.ok(ms <= 50, `"${query}" took ${ms.toFixed(1)} ms`);
  console.log(`index ${size} bytes, slowest query ${Math.max(...Object.values(times)).toFixed(1)} ms`);

  // A list of more than 1,000 items is paged; its filters take all records from the index.
  await visit(page, bigServer.base, "items/index.html?priority=p0&owner=builder");
  await page.waitForFunction(() => /shown/.test(document.querySelector("[data-count]").textContent));
  const told = await page.textContent("[data-count]");
  assert.match(told, /^\d+ of 24000 items shown$/);
  const rows = await page.locator("[data-list] [data-item]").evaluateAll(list => list.map(e => e.querySelector(".chip")?.textContent + e.querySelector(".row-owner")?.textContent));
  assert.ok(rows.length === 200 && rows.every(row => /^P0.*builder/i.test(row)), rows.slice(0, 3).join());
  assert.deepEqual(page.trouble, []);
  await page.done();
  await bigServer.close();
});
