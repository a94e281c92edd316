// Hostile text stays inert: every payload in body, heading, table cell, owner, title and front matter, in a real
// browser with trapped dialogs; and in the data twins.

import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { launch, open, visit } from "./browser.mjs";
import { build, HERE, pages, scratchFolder, serve } from "./sites.mjs";

const PAYLOADS = JSON.parse(readFileSync(path.join(HERE, "fixtures/hostile/payloads.json"), "utf8"));
let browser, site, server;

before(async () => { site = hostile(); [browser, server] = await Promise.all([launch(), serve(site)]); });
after(() => Promise.all([browser?.close(), server?.close()]));

/** A document for each payload, with the payload in every place where text of an author ends up. */
function hostile() {
  const folder = scratchFolder("hostile/content");
  PAYLOADS.forEach((payload, n) => {
    const line = payload.replace(/[\r\n]+/g, " "), quoted = JSON.stringify(payload.replace(/[\u0000-\u0008\u000b-\u001f]/g, " "));
    const cell = line.replace(/\|/g, "\\|");
    writeFileSync(path.join(folder, `p${String(n).padStart(3, "0")}.md`), [
      "---", `title: ${quoted}`, `description: ${quoted}`, `owners: [${quoted}]`, `tags: [${quoted}]`, `extra: { note: ${quoted} }`, "---", "",
      payload, "", `before ${payload} after`, "", `## ${line}`, "", `- [ ] ${line}`, `- [x] P0: item ${line}`, `  ${line}`, `- [ ] owned @${line.replace(/\s/g, "")}`, "",
      "| Item | Owner | Status | Notes |", "|---|---|---|---|", `| ${cell} | ${cell} | Done | ${cell} |`, `| second | builder | ${cell} | x |`, "",
      "## Sign-off", "", "| Role | Name | Date |", "|---|---|---|", `| ${cell} | ${cell} | 2026-11-01 |`, "", `> ${line}`, "", "```" + line.replace(/[`\s]/g, ""), line, "```", "", `Overall readiness: 70% ${line}`, ""
    ].join("\n"));
  });
  return build("hostile", folder);
}

/** What in this page could act, or lies where only the theme may stand. */
function suspects() {
  const bad = [], tell = (why, e) => bad.push(`${why}: ${e.outerHTML.slice(0, 160)}`);
  const schemes = /^(https?:|mailto:|file:|#|\.{0,2}\/|[\w%-])/i;
  for (const e of document.querySelectorAll("*")) {
    for (const { name, value } of e.attributes) {
      if (/^on/i.test(name)) tell("handler", e);
      if (name === "style" || name === "srcdoc" || name === "ping" || name === "formaction") tell(name, e);
      if (["href", "src", "action", "data", "poster", "background", "xlink:href", "srcset"].includes(name)) {
        let url;
        try { url = new URL(value, location.href); } catch { continue; } // no address at all
        if (!["http:", "https:", "mailto:", "file:"].includes(url.protocol)) tell("scheme " + url.protocol, e);
        if (!schemes.test(value) && value !== "") tell("address", e);
      }
      if (name === "id" && value in document && !(document.getElementById(value) !== e)) { if (typeof document[value] !== "undefined" && document[value] === e) tell("clobbers document", e); }
    }
    if (e.closest("main") && e.matches("script, style, iframe, object, embed, form:not([data-filters]), base, meta, link, math, svg:not(.bar, .icon, .symbols), template, dialog, portal, frameset, marquee, video, audio, select:not(form[data-filters] *), input:not(form[data-filters] *), textarea")) tell("element", e);
  }
  for (const name of ["location", "forms", "body", "head", "cookie", "currentScript", "getElementById", "implementation", "documentElement", "title"]) {
    if (document[name] instanceof Element && !["body", "head", "documentElement", "currentScript"].includes(name)) bad.push("clobbered document." + name);
  }
  if (document.querySelectorAll("#rb-main").length !== 1 || document.querySelectorAll("#rb-filter-q").length > 1) bad.push("an id of the theme is taken");
  if (document.querySelector('[data-item="stolen"]')) bad.push("an item is forged");
  if (typeof window.readybook !== "object" || window.readybook instanceof Element || !window.readybook.refresh) bad.push("the script is clobbered");
  return bad;
}

/** The cells of a CSV text. */
function cells(text) {
  return [...text.matchAll(/(?:^|,|\n)(?:"((?:[^"]|"")*)"|([^",\n]*))/g)].map(([, quoted, plain]) => quoted === undefined ? plain : quoted.replaceAll('""', '"'));
}

test("the trap works: a page without protection would be caught", async () => {
  const page = await open(browser);
  await page.goto("data:text/html,<img src=x onerror=alert(1)>");
  await page.waitForTimeout(200);
  assert.ok(page.trouble.some(line => line.startsWith("dialog")));
  await page.done();
});

test(`${PAYLOADS.length} payloads in every place stay inert on every page`, async () => {
  assert.ok(PAYLOADS.length >= 150);
  const found = [];
  const page = await open(browser);
  const list = pages(site).filter(p => p.kind && p.kind !== "404");
  assert.ok(list.filter(p => p.kind === "document").length >= PAYLOADS.length);
  for (const { address } of list) {
    page.trouble.length = 0;
    await visit(page, server.base, encodeURI(address));
    for (const line of page.trouble.filter(t => !/404 \(Not Found\)|Failed to load resource/.test(t))) found.push(`${address}: ${line}`);
    for (const line of await page.evaluate(suspects)) found.push(`${address}: ${line}`);
  }
  assert.deepEqual(found.slice(0, 20), []);
  await page.done();
});

test("hover, focus, click and search wake nothing up", async () => {
  const page = await open(browser);
  for (const { address } of pages(site).filter(p => p.kind === "document").filter((_, i) => i % 12 === 0)) {
    page.trouble.length = 0;
    await visit(page, server.base, encodeURI(address));
    await page.evaluate(() => { for (const e of document.querySelectorAll("main *")) for (const kind of ["mouseover", "focus", "pointerenter", "toggle", "animationstart"]) e.dispatchEvent(new Event(kind, { bubbles: true })); });
    assert.deepEqual(page.trouble.filter(t => /dialog|script|left the site/.test(t)), [], address);
  }
  await visit(page, server.base, "items/index.html");
  await page.keyboard.press("/");
  for (const words of ["img", "alert", "script", "onerror", "svg"]) {
    await page.locator("dialog.search input").fill(words);
    await page.waitForFunction(() => /result|Nothing/.test(document.querySelector("dialog.search [role=status]").textContent));
    assert.equal(await page.locator("dialog.search img, dialog.search script, dialog.search svg").count(), 0);
  }
  await page.keyboard.press("Escape");
  await page.selectOption("select[name=group]", "owner");
  assert.deepEqual(page.trouble.filter(t => /dialog|script|left the site/.test(t)), []);
  assert.deepEqual(await page.evaluate(suspects), []);
  await page.done();
});

test("the export is JSON, the CSV has no formula, XML and SVG are well-formed and hold no script", async () => {
  JSON.parse(readFileSync(path.join(site, "readiness.json"), "utf8"));
  const formulas = cells(readFileSync(path.join(site, "items.csv"), "utf8")).filter(cell => /^[=+\-@\t\r]/.test(cell));
  assert.deepEqual(formulas.slice(0, 10), []);
  const page = await open(browser);
  const marked = [];
  (function walk(folder) {
    for (const entry of readdirSync(path.join(site, folder), { withFileTypes: true })) {
      const name = path.posix.join(folder, entry.name);
      if (entry.isDirectory()) walk(name);
      else if (/\.(xml|svg)$/.test(name)) marked.push(name);
      else if (/\.json$/.test(name)) JSON.parse(readFileSync(path.join(site, name), "utf8"));
    }
  })("");
  assert.ok(marked.length > 0);
  for (const name of marked) {
    const text = readFileSync(path.join(site, name), "utf8");
    const bad = await page.evaluate(text => {
      const doc = new DOMParser().parseFromString(text, "application/xml");
      const out = [...doc.querySelectorAll("parsererror, script, foreignObject, iframe, a[href^='javascript']")].map(e => e.outerHTML.slice(0, 120));
      for (const e of doc.querySelectorAll("*")) for (const a of e.attributes) if (/^on/i.test(a.name)) out.push(a.name);
      return out;
    }, text);
    assert.deepEqual(bad, [], name);
  }
  await page.done();
});

// Ways in which an SVG file runs or fetches something when it is opened.
const SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:h="http://www.w3.org/1999/&#120;html"';
const DRAWINGS = [
  `<svg ${SVG}><script>alert(1)</script></svg>`,
  `<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:script>alert(1)</s:script></s:svg>`,
  `<svg ${SVG} onload="alert(1)"/>`,
  `<svg ${SVG}><g><animate attributeName="x" dur="1ms" onbegin="alert(1)"/></g></svg>`,
  `<svg ${SVG}><foreignObject><h:script>alert(1)</h:script></foreignObject></svg>`,
  `<svg ${SVG}><h:script>alert(1)</h:script></svg>`,
  `<svg ${SVG}><h:iframe src="javascript:alert(1)"/></svg>`,
  `<svg ${SVG}><h:img src="x:y" onerror="alert(1)"/></svg>`,
  `<!DOCTYPE svg [<!ENTITY a "<script xmlns='http://www.w3.org/2000/svg'>alert(1)</script>">]><svg ${SVG}>&a;</svg>`,
  `<!DOCTYPE svg [<!ATTLIST svg onload CDATA "alert(1)">]><svg ${SVG}/>`,
  `<?xml-stylesheet href="data:text/xsl,x" type="text/xsl"?><svg ${SVG}/>`,
  `<svg ${SVG}><script>alert(1)</script>`,
  `<svg ${SVG}><a xlink:href="java&#9;script:alert(1)"><rect width="900" height="900"/></a></svg>`,
  `<svg ${SVG}><a><set attributeName="href" to="javascript:alert(1)"/><rect width="900" height="900"/></a></svg>`,
  `<svg ${SVG}><a href="#"><animate attributeName="href" values="javascript:alert(1)" dur="9s"/><rect width="900" height="900"/></a></svg>`,
];

test("an SVG file that could act is not published", async t => {
  const folder = scratchFolder("drawings/content"), names = DRAWINGS.map((_, n) => `d${n}.svg`);
  DRAWINGS.forEach((text, n) => writeFileSync(path.join(folder, names[n]), text));
  writeFileSync(path.join(folder, "plain.svg"), '<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>');
  writeFileSync(path.join(folder, "drawings.md"), ["# Drawings", ...names.map(name => `![a drawing](${name}) [its file](${name})`), "![plain](plain.svg)"].join("\n\n"));
  const site = build("drawings", folder);
  assert.deepEqual(readdirSync(site).filter(name => name.endsWith(".svg")), ["plain.svg"]);
  // The trap works: most of them do act when they are opened.
  writeFileSync(path.join(folder, "404.html"), "");
  const raw = await serve(folder);
  t.after(() => raw.close());
  const acting = [];
  for (const name of names) {
    // A page for each: a dialog of one drawing may hold up the next.
    const page = await open(browser);
    await page.goto(raw.base + name, { waitUntil: "commit" });
    const asked = page.waitForEvent("dialog", { timeout: 500 }).catch(() => null);
    await page.mouse.click(20, 20);
    if (!page.trouble.length) await asked;
    if (page.trouble.some(line => line.startsWith("dialog"))) acting.push(name);
    await page.done();
  }
  assert.ok(acting.length >= 9, `${acting}`);
});

test("template syntax in text is text", async () => {
  const n = PAYLOADS.indexOf("{{ 7*7 }}");
  const page = await visit(await open(browser), server.base, `p${String(n).padStart(3, "0")}/index.html`);
  assert.ok((await page.textContent("h1")).includes("{{ 7*7 }}"));
  assert.ok((await page.textContent("article")).includes("{{ 7*7 }}"));
  await page.done();
});
