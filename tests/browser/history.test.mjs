// A site with a past: the history with its charts, the overview, the feed. Elsewhere the tests look at sites without.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { launch, open, visit } from "./browser.mjs";
import { smallTargets, violations, width as widthOf } from "./checks.mjs";
import { fileBase, past, serve } from "./sites.mjs";

const PAGES = ["history/index.html", "history/page-2/index.html", "index.html"];
const HISTORY = PAGES[0];
let browser, site, server;

before(async () => { site = past("demo"); [browser, server] = await Promise.all([launch(), serve(site)]); });
after(() => Promise.all([browser?.close(), server?.close()]));

/** A page with all that is folded on it open. */
async function unfolded(address, options) {
  const page = await visit(await open(browser, options), server.base, address);
  await page.evaluate(() => document.querySelectorAll("details").forEach(e => { e.open = true; }));
  return page;
}

for (const scheme of ["light", "dark"]) for (const width of [1280, 800, 320]) {
  test(`no violation, nothing sideways, no small target: ${scheme}, ${width} px`, async t => {
    for (const address of PAGES) await t.test(address, async () => {
      const page = await unfolded(address, { width, scheme });
      assert.deepEqual(await violations(page), []);
      assert.deepEqual(await widthOf(page), { page: width, boxes: [] });
      assert.deepEqual(await smallTargets(page), []);
      assert.deepEqual(page.trouble, []);
      await page.done();
    });
  });
}

test("no violation in the second built-in theme", async () => {
  const ledger = await serve(path.join(site, "../ledger"));
  for (const scheme of ["light", "dark"]) for (const address of PAGES) {
    const page = await visit(await open(browser, { scheme }), ledger.base, address);
    assert.deepEqual(await violations(page), [], address);
    assert.deepEqual(page.trouble, []);
    await page.done();
  }
  await ledger.close();
});

test("it opens from disk", async () => {
  const page = await visit(await open(browser), fileBase(site), HISTORY);
  assert.equal(await page.locator(".burnup").count() > 2, true);
  assert.deepEqual(page.trouble, []);
  await page.done();
});

test("the charts are hidden from assistive technology, and the table has their numbers", async () => {
  const page = await unfolded(HISTORY, {});
  assert.equal(await page.locator(".burnup > svg:not([aria-hidden=true])").count(), 0);
  const ends = await page.locator(".u-end").allTextContents();
  const [done, scope] = await page.locator(".numbers tbody tr").first().locator("td").allTextContents();
  assert.deepEqual(ends, [`scope ${scope}`, `done ${done}`]);
  await page.done();
});

for (const [name, options] of [["wide", {}], ["narrow", { width: 320 }]]) test(`the words of the chart keep their size and do not touch, ${name}`, async () => {
  const page = await unfolded(HISTORY, options);
  const words = await page.evaluate(() => [...document.querySelectorAll(".burnup text")].filter(e => e.checkVisibility()).map(e => { const { left, right, top, bottom } = e.getBoundingClientRect(); return { text: e.textContent, left, right, top, bottom, size: parseFloat(getComputedStyle(e).fontSize) }; }));
  assert.ok(words.length >= 6, JSON.stringify(words));
  for (const word of words) {
    assert.ok(word.size >= 11 && word.left >= 0 && word.right <= (options.width ?? 1280), JSON.stringify(word));
    const over = words.filter(other => other !== word && other.left < word.right && word.left < other.right && other.top < word.bottom - 2 && word.top < other.bottom - 2);
    assert.deepEqual(over, [], word.text);
  }
  await page.done();
});

test("the two lines differ by more than colour, also in forced colours", async () => {
  for (const forcedColors of ["none", "active"]) {
    const page = await unfolded(HISTORY, { forcedColors });
    const [scope, done] = await page.evaluate(() => [".u-scope", ".u-done"].map(line => { const { strokeDasharray, stroke } = getComputedStyle(document.querySelector(line)); return { strokeDasharray, stroke }; }));
    assert.notEqual(scope.strokeDasharray, "none");
    assert.equal(done.strokeDasharray, "none");
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.ok(scope.stroke !== ground && done.stroke !== ground, forcedColors);
    await page.done();
  }
});

test("on paper: the table is whole in width and opened, the days stand beside their changes", async () => {
  const page = await visit(await open(browser, { width: 720, scheme: "dark" }), server.base, HISTORY);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const facts = await page.evaluate(() => ({
    ground: getComputedStyle(document.body).backgroundColor,
    rows: [...document.querySelectorAll(".numbers tbody tr")].filter(e => e.getBoundingClientRect().height > 0).length,
    overflow: getComputedStyle(document.querySelector(".numbers .scroll")).overflowY,
    beside: document.querySelector(".day-changes").getBoundingClientRect().left > document.querySelector(".day-head").getBoundingClientRect().right
  }));
  assert.deepEqual(facts, { ground: "rgb(255, 255, 255)", rows: 30, overflow: "visible", beside: true });
  await page.done();
});

test("links of changes lead to the items", async () => {
  const page = await visit(await open(browser), server.base, HISTORY);
  const hrefs = await page.locator(".change-text a").evaluateAll(links => links.slice(0, 12).map(link => link.href));
  assert.ok(hrefs.length > 5);
  for (const href of hrefs) {
    await page.goto(href);
    assert.equal(await page.evaluate(() => !!document.querySelector(":target")), true, href);
  }
  await page.done();
});

test("the feed is XML that a browser reads, and pages name it", async () => {
  const page = await visit(await open(browser), server.base, HISTORY);
  const feed = await page.evaluate(text => {
    const xml = new DOMParser().parseFromString(text, "application/xml");
    return { fault: xml.querySelector("parsererror")?.textContent ?? null, root: xml.documentElement.namespaceURI, entries: xml.querySelectorAll("entry > content[type=html]").length };
  }, readFileSync(path.join(site, "feed.xml"), "utf8"));
  assert.equal(feed.fault, null);
  assert.equal(feed.root, "http://www.w3.org/2005/Atom");
  assert.ok(feed.entries > 10);
  assert.equal(await page.evaluate(() => document.querySelector("link[rel=alternate]").href), server.base + "feed.xml");
  await page.done();
});

test("valid HTML", async () => {
  const jar = path.join(path.dirname(createRequire(import.meta.url).resolve("vnu-jar/package.json")), "build/dist/vnu.jar");
  const files = PAGES.map(address => path.join(site, address));
  const { stderr } = await promisify(execFile)("java", ["-Xss4m", "-jar", jar, "--errors-only", ...files]).catch(error => error);
  assert.equal(stderr, "");
});
