// What the eye and the hand need: no sideways scroll, targets of 24 px, a theme that stays and does not flash, visible
// focus everywhere, words beside shapes, forced colours, paper.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, open, visit } from "./browser.mjs";
import { smallTargets, width } from "./checks.mjs";
import { demo, fileBase, kinds, serve } from "./sites.mjs";

let browser, site, server;

before(async () => { site = demo(); [browser, server] = await Promise.all([launch(), serve(site)]); });
after(() => Promise.all([browser?.close(), server?.close()]));

test("no page scrolls sideways at 320 px; only tables and code do inside", async t => {
  for (const { kind, address } of kinds(site)) await t.test(kind, async () => {
    const page = await visit(await open(browser, { width: 320, height: 640 }), server.base, address);
    const wide = await width(page);
    assert.equal(wide.page, 320);
    assert.deepEqual(wide.boxes, []);
    await page.done();
  });
});

test("no table of sums hides a column, and all of them are tables at any width", async t => {
  const wanted = ["overview", "documents", "owners", "priorities", "findings", "report"];
  for (const width of [320, 480, 768, 1280]) await t.test(`${width} px`, async () => {
    for (const { kind, address } of kinds(site).filter(page => wanted.includes(page.kind))) {
      const page = await visit(await open(browser, { width }), server.base, address);
      const tables = await page.evaluate(() => [...document.querySelectorAll("main .grid")].map(table => ({
        hidden: table.closest(".scroll").scrollWidth - table.closest(".scroll").clientWidth,
        cells: [...table.querySelectorAll("th, td")].filter(cell => cell.checkVisibility()).length
      })));
      assert.ok(tables.length > 0, kind);
      assert.deepEqual(tables.filter(table => table.hidden > 0), [], kind);
      const { nodes } = await (await page.context().newCDPSession(page)).send("Accessibility.getFullAXTree");
      const told = nodes.filter(node => ["cell", "columnheader", "rowheader"].includes(node.role?.value)).length;
      const own = await page.locator("main .levels :is(th, td)").evaluateAll(cells => cells.filter(cell => cell.checkVisibility()).length);
      assert.equal(told, tables.reduce((sum, table) => sum + table.cells, own), `${kind}: cells that are told as cells`);
      await page.done();
    }
  });
});

test("targets are at least 24 px, or stand in a sentence, or have room around them", async t => {
  for (const { kind, address } of kinds(site)) for (const width of [1280, 320]) await t.test(`${kind} ${width}`, async () => {
    const page = await visit(await open(browser, { width }), server.base, address);
    assert.deepEqual(await smallTargets(page), []);
    await page.done();
  });
});

test("cells of the author's tables are cells, also those that hold a date", async () => {
  const page = await visit(await open(browser), server.base, "security/index.html");
  const shown = await page.evaluate(() => {
    const cells = [...document.querySelectorAll(".body td")];
    return { dates: cells.filter(cell => /^\d{4}-\d\d-\d\d$/.test(cell.textContent)).length, others: cells.filter(cell => getComputedStyle(cell).display !== "table-cell").length };
  });
  assert.ok(shown.dates > 0, "the fixture has a date in a cell of its own");
  assert.equal(shown.others, 0);
  await page.done();
});

test("on a phone the state's shape is seen without scrolling, also where an author's table goes on beyond the edge", async () => {
  const page = await visit(await open(browser, { width: 320 }), server.base, "security/index.html");
  const rows = await page.evaluate(() => [...document.querySelectorAll(".body tr.item")].map(row => ({
    item: row.dataset.item, left: row.querySelector(".state").getBoundingClientRect().left,
    shape: getComputedStyle(row.firstElementChild, "::before").maskImage.startsWith("url(")
  })));
  assert.ok(rows.some(row => row.shape));
  assert.deepEqual(rows.filter(row => row.left > 320 && !row.shape), []);
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector(".body tr.item").firstElementChild, "::before").content), "none");
  await page.done();
});

test("the theme switch goes round, stays over pages and reloads, and is set before the first paint", async () => {
  for (const base of [server.base, fileBase(site)]) {
    const page = await visit(await open(browser, { scheme: "light" }), base, "index.html");
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await page.locator("[data-theme-switch]").focus();
    await page.keyboard.press("Enter"); // light
    await page.keyboard.press("Enter"); // dark
    const dark = await ground();
    assert.notEqual(dark, light);
    assert.match(await page.getAttribute("[data-theme-switch]", "title"), /^Theme: dark/);
    await visit(page, base, "owners/index.html");
    assert.equal(await ground(), dark);
    const blocking = await page.evaluate(() => {
      const script = document.querySelector("head script[src*=theme]"), sheet = document.querySelector("head link[rel=stylesheet]");
      return !script.async && !script.defer && !!(script.compareDocumentPosition(sheet) & Node.DOCUMENT_POSITION_FOLLOWING);
    });
    assert.ok(blocking, "the theme script stands before the style sheet and blocks");
    await page.click("[data-theme-switch]"); // automatic again
    assert.equal(await ground(), light);
    await page.emulateMedia({ colorScheme: "dark" });
    assert.equal(await ground(), dark);
    await page.done();
  }
});

test("Tab reaches every control in order, each with a visible focus, and the skip link comes first", async t => {
  for (const { kind, address } of kinds(site)) await t.test(kind, async () => {
    const page = await visit(await open(browser), server.base, address);
    const wanted = await page.evaluate(() => [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")].filter(e => e.checkVisibility({ opacityProperty: false }) && e.tabIndex >= 0).length);
    const seen = new Set();
    for (let i = 0; i < wanted + 5; i++) {
      await page.keyboard.press("Tab");
      const here = await page.evaluate(i => {
        const e = document.activeElement;
        if (!e || e === document.body) return null;
        const style = getComputedStyle(e), ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
        e.dataset.seen ??= i;
        return { key: e.dataset.seen, ring: ring || !!e.closest(".search"), text: e.textContent.trim(), html: e.outerHTML.slice(0, 80) };
      }, String(i));
      if (!here) break;
      if (i === 0) assert.equal(here.text, "Skip to content");
      assert.ok(here.ring, `no visible focus: ${here.html}`);
      seen.add(here.key);
    }
    assert.ok(seen.size >= wanted, `${seen.size} of ${wanted} reached`);
    await page.done();
  });
});

test("a state is a word and a shape, and no form control", async () => {
  for (const { kind, address } of kinds(site)) {
    const page = await visit(await open(browser), server.base, address);
    const bad = await page.evaluate(() => {
      const words = /^(done|in progress|blocked|open|deferred|not applicable|waived)$/i;
      const sums = /^(\d+ of \d+ done|nothing in scope)$/;
      const out = [];
      // A group that is a whole document has the sum of its page.
      for (const item of document.querySelectorAll("main [data-item]:not(.doc-item[data-group])")) {
        const state = item.querySelector(".state");
        if (!state) { out.push("no state: " + item.dataset.item); continue; }
        if (!item.matches("tr") && !(item.matches("[data-group]") ? sums : words).test(state.textContent.trim())) out.push(`word "${state.textContent}"`);
        if (!state.textContent.trim()) out.push("no word: " + item.dataset.item);
        const shape = getComputedStyle(state, "::before");
        if (!shape.maskImage.startsWith("url(")) out.push("no shape: " + item.dataset.item);
      }
      if (document.querySelector("article input, .rows input")) out.push("an input shows a state");
      return out;
    });
    assert.deepEqual(bad, [], `${kind} ${address}`);
    await page.done();
  }
});

test("the seven states have seven shapes", async () => {
  const page = await visit(await open(browser), server.base, "index.html");
  const shapes = await page.evaluate(() => ["done", "doing", "blocked", "open", "deferred", "na", "waived"].map(state => getComputedStyle(document.documentElement).getPropertyValue("--m-" + state)));
  assert.equal(new Set(shapes).size, 7);
  assert.ok(shapes.every(Boolean));
  await page.done();
});

test("forced colours keep shapes, bars and the current page visible", async () => {
  const page = await open(browser, { forcedColors: "active" });
  await visit(page, server.base, "index.html");
  const facts = await page.evaluate(() => ({
    shape: getComputedStyle(document.querySelector(".state"), "::before").backgroundColor, ground: getComputedStyle(document.body).backgroundColor,
    bar: getComputedStyle(document.querySelector(".bar")).borderTopStyle, current: getComputedStyle(document.querySelector(".nav [aria-current]")).borderBottomStyle
  }));
  assert.notEqual(facts.shape, facts.ground);
  assert.equal(facts.bar, "solid");
  assert.equal(facts.current, "solid");
  await page.done();
});

test("bars are hidden from assistive technology, and say nothing that no text says", async () => {
  for (const { address } of kinds(site)) {
    const page = await visit(await open(browser), server.base, address);
    assert.equal(await page.locator("svg.bar:not([aria-hidden=true])").count(), 0, address);
    await page.done();
  }
});

test("on paper: light, no controls, boxes as text, link targets spelled out, no item split", async () => {
  const page = await visit(await open(browser, { scheme: "dark" }), server.base, "security/index.html");
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const facts = await page.evaluate(() => ({
    scheme: getComputedStyle(document.documentElement).colorScheme,
    ground: getComputedStyle(document.body).backgroundColor,
    controls: [...document.querySelectorAll(".filters, .top, .side, .neighbours")].filter(e => e.checkVisibility()).length,
    done: getComputedStyle(document.querySelector("li.is-done .state"), "::before").content,
    open: getComputedStyle(document.querySelector("li.is-open .state"), "::before").content,
    link: [...document.querySelectorAll(".body p a[href^=http], .body .text a[href^=http]")].map(a => getComputedStyle(a, "::after").content)[0],
    split: getComputedStyle(document.querySelector("li.item:not(.group)")).breakInside
  }));
  assert.equal(facts.scheme, "light");
  assert.equal(facts.ground, "rgb(255, 255, 255)");
  assert.equal(facts.controls, 0);
  assert.match(facts.done, /\[x\]/);
  assert.match(facts.open, /\[ \]/);
  assert.match(facts.link ?? "no external link in the fixture", /http/);
  assert.equal(facts.split, "avoid");
  await page.done();
});

test("a comma stands between two owners, on the screen and on paper", async () => {
  const page = await visit(await open(browser), server.base, "platform/index.html");
  for (const media of ["screen", "print"]) {
    await page.emulateMedia({ media });
    const commas = await page.evaluate(() => [...document.querySelectorAll(".facts > .owner:has(+ .owner)")].map(owner => getComputedStyle(owner, "::after").content));
    assert.ok(commas.length > 0, "the fixture has an item with two owners");
    assert.deepEqual(commas.filter(comma => comma !== '","'), [], media);
  }
  await page.done();
});
