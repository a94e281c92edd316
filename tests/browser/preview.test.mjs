// The preview in a real browser: what is saved is on the page, in place; what is broken is told over the last sound page.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { after, before, test } from "node:test";
import { launch, open, visit } from "./browser.mjs";
import { preview, project } from "./preview.mjs";
import { HERE, program, REPOSITORY } from "./sites.mjs";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const DEMO = path.join(HERE, "fixtures/demo");

/** A preview of a copy of `source`, its folder, and a page on it. */
async function begin(t, name, { source = DEMO, address = "", width = 1280, ...more } = {}) {
  const folder = project(name, source);
  const server = await preview(folder, more);
  const page = await open(browser, { width });
  await visit(page, server.base, address);
  // A page that has not been told of the present build yet would only be patched sooner.
  await page.waitForFunction(() => document.documentElement.dataset.build > 0);
  t.after(async () => { await page.done(); await server.stop(); });
  return { folder, server, page, file: name => path.join(folder, name) };
}

function edit(file, from, to) {
  const text = readFileSync(file, "utf8");
  assert.ok(text.includes(from), `${file} has no ${from}`);
  writeFileSync(file, text.replace(from, to));
}

const shows = (page, text, selector = "main") => page.waitForFunction(([text, selector]) => document.querySelector(selector)?.textContent.includes(text), [text, selector]);
const lacks = (page, text, selector = "main") => page.waitForFunction(([text, selector]) => !document.querySelector(selector)?.textContent.includes(text), [text, selector]);

/** Marks the page, so that a load in place of a patch would be seen. */
const mark = page => page.evaluate(() => { window.untouched = true; });
const isMarked = page => page.evaluate(() => window.untouched === true);

test("a picture that is saved as more than a picture is shown and served no more", async t => {
  const { page, server, file } = await begin(t, "picture", { address: "security/index.html" });
  const plain = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>';
  writeFileSync(file("content/map.svg"), plain);
  edit(file("content/security.md"), "# Security", "# Security\n\n![The map](map.svg)\n");
  await page.locator("main img[alt='The map']").waitFor();
  const address = server.base + "map.svg";
  assert.equal((await page.request.get(address)).status(), 200);
  writeFileSync(file("content/map.svg"), plain.replace("<path", "<script>alert(1)</script><path"));
  await page.locator("main .dead", { hasText: "The map" }).waitFor();
  assert.equal((await page.request.get(address)).status(), 404);
});

test("a save is patched into the page: scroll, open details, filter, focus and typed text stay", async t => {
  const { page, file } = await begin(t, "edit", { address: "security/index.html" });
  await page.setViewportSize({ width: 1280, height: 500 });
  await page.locator("[data-filters] input[name=q]").fill("end");
  await page.locator("[data-filters] input[name=q]").evaluate(input => { input.focus({ preventScroll: true }); input.setSelectionRange(1, 2); });
  const shown = await page.evaluate(() => [...document.querySelectorAll("main [data-item]:not([data-group])")].filter(item => !item.hidden && item.getBoundingClientRect().height).map(item => item.dataset.item));
  const kept = shown.at(-1);
  const top = () => page.evaluate(id => document.querySelector(`main [data-item="${CSS.escape(id)}"]`).getBoundingClientRect().top, kept);
  await page.evaluate(id => scrollBy(0, document.querySelector(`main [data-item="${CSS.escape(id)}"]`).getBoundingClientRect().top - 120), kept);
  await mark(page);
  const [before, url] = [await top(), page.url()];
  edit(file("content/security.md"), "# Security", "# Security\n\nNew words above.\n\nMore of them.\n");
  await shows(page, "New words above.");
  assert.ok(await isMarked(page), "the page was loaded again");
  assert.equal(page.url(), url);
  assert.ok(Math.abs(await top() - before) < 2, `the item moved from ${before} to ${await top()}`);
  const focus = await page.evaluate(() => [document.activeElement.name, document.activeElement.value, document.activeElement.selectionStart, document.activeElement.selectionEnd]);
  assert.deepEqual(focus, ["q", "end", 1, 2]);
  const still = await page.evaluate(() => [...document.querySelectorAll("main [data-item]:not([data-group])")].filter(item => !item.hidden && item.getBoundingClientRect().height).map(item => item.dataset.item));
  assert.deepEqual(still, shown);
  assert.deepEqual(page.trouble, []);
});

test("an open facet and its focus, and details of a document, stay open", async t => {
  const { page, file } = await begin(t, "details", { address: "security/index.html" });
  writeFileSync(file("content/security.md"), readFileSync(file("content/security.md"), "utf8") + "\n<details><summary>More</summary>\n\nInside.\n\n</details>\n");
  await shows(page, "Inside.");
  await page.locator("main article details summary").click();
  await page.locator(".facet summary").first().click();
  await page.locator(".facet[open] input").nth(1).focus();
  const focused = () => page.evaluate(() => [document.activeElement.name, document.activeElement.value]);
  const before = await focused();
  edit(file("content/security.md"), "Inside.", "Inside now.");
  await shows(page, "Inside now.");
  assert.equal(await page.locator("main article details").evaluate(box => box.open), true);
  assert.equal(await page.locator(".facet[open]").count(), 1);
  await page.waitForFunction(name => document.activeElement.name === name, before[0]);
  assert.deepEqual(await focused(), before);
  assert.deepEqual(page.trouble, []);
});

test("sums, other pages and the title follow", async t => {
  const { page, file } = await begin(t, "sums");
  const other = await page.context().newPage();
  await other.goto(page.url() + "platform/index.html");
  const before = await page.locator("main").textContent();
  edit(file("content/platform.md"), "- [ ] Start in less", "- [x] Start in less");
  await page.waitForFunction(before => document.querySelector("main").textContent !== before, before);
  await other.waitForFunction(() => document.querySelector('[data-item$="start-in-less-than-half-a-second"]').dataset.state === "done");
  edit(file("content/platform.md"), "# Platform", "# Platforms");
  await other.waitForFunction(() => document.title.includes("Platforms"));
  assert.deepEqual(page.trouble, []);
});

test("a broken template is told with its place over the last sound page, and heals", async t => {
  const { page, file, server } = await begin(t, "template", { address: "security/index.html" });
  const folder = file("themes/default");
  mkdirSync(folder, { recursive: true });
  const text = readFileSync(path.join(REPOSITORY, "themes/default/document.html"), "utf8");
  const title = /<h1[^\n]*<\/h1>/.exec(text)[0];
  const sound = text.replace(title, "<h1>{{ page.title }} mine</h1>");
  writeFileSync(path.join(folder, "document.html"), sound);
  await shows(page, "mine", "h1");
  await mark(page);
  for (const [broken, what] of [["<h1>{% if %}</h1>", "syntax"], ["<h1>{{ page.nothing.at_all }}</h1>", "filling"]]) {
    const line = text.slice(0, text.indexOf(title)).split("\n").length;
    writeFileSync(path.join(folder, "document.html"), text.replace(title, broken));
    await page.waitForSelector(".rb-faults");
    const place = await page.locator(".rb-faults .rb-place").first().textContent();
    assert.match(place, new RegExp(`^themes/default/document\\.html:${line}:\\d+$`), what);
    assert.match(await page.locator(".rb-faults pre").first().textContent(), /<h1>/, what);
    assert.ok((await page.locator("main h1").textContent()).includes("mine"), `${what}: the last sound page is shown`);
    writeFileSync(path.join(folder, "document.html"), sound);
    await page.waitForSelector(".rb-faults", { state: "detached" });
  }
  assert.ok(await isMarked(page));
  assert.ok(server.lines.some(line => /^themes\/default\/document\.html:\d+:\d+: error\[template\]/.test(line)), server.lines.join("\n"));
  assert.deepEqual(page.trouble, []);
});

test("broken front matter is told with its place, escaped, and heals", async t => {
  const { page, file } = await begin(t, "front", { address: "platform/index.html" });
  await mark(page);
  const sound = readFileSync(file("content/platform.md"), "utf8").replace(/^---[\s\S]*?---\n/, "");
  const broken = `---\ntitle: fine\nowner: [<img src=x onerror=alert(1)>\n---\n${sound}`;
  writeFileSync(file("content/platform.md"), broken);
  await page.waitForSelector(".rb-faults");
  assert.match(await page.locator(".rb-faults .rb-place").textContent(), /^content\/platform\.md:\d+:\d+$/);
  assert.equal(await page.locator(".rb-faults img").count(), 0);
  assert.match(await page.locator(".rb-faults").textContent(), /front-matter/);
  assert.match(await page.locator("main h1").textContent(), /Platform/, "the last sound page is shown");
  writeFileSync(file("content/platform.md"), `---\ntitle: fine\n---\n${sound}`);
  await page.waitForSelector(".rb-faults", { state: "detached" });
  await shows(page, "fine", "h1");
  assert.ok(await isMarked(page));
  assert.deepEqual(page.trouble, []);
});

test("a broken configuration is told with its place, and heals", async t => {
  const { page, file } = await begin(t, "config");
  const sound = readFileSync(file("readybook.toml"), "utf8");
  writeFileSync(file("readybook.toml"), sound + "\n[gate\n");
  await page.waitForSelector(".rb-faults");
  assert.match(await page.locator(".rb-faults .rb-place").textContent(), /^readybook\.toml:\d+:\d+$/);
  writeFileSync(file("readybook.toml"), "titel = \"x\"\n");
  await shows(page, "title", ".rb-faults .rb-help");
  await page.locator(".rb-faults button").click();
  await page.waitForSelector(".rb-faults", { state: "detached" });
  writeFileSync(file("readybook.toml"), sound.replace(/^title = .*$/m, "title = \"Other desk\""));
  await shows(page, "Other desk", "header");
  assert.equal(await page.locator(".rb-faults").count(), 0);
  assert.deepEqual(page.trouble, []);
});

test("a deleted document is not found, links to it are flagged at once, and it comes back", async t => {
  const { page, file, server } = await begin(t, "deleted", { address: "security/index.html" });
  const linking = await page.context().newPage();
  await linking.goto(server.base + "platform/index.html");
  const link = linking.locator("main article").getByText("Security", { exact: true }).first();
  assert.equal(await link.evaluate(element => element.tagName), "A");
  const text = readFileSync(file("content/security.md"), "utf8");
  rmSync(file("content/security.md"));
  await shows(page, "not found");
  assert.equal((await page.request.get(server.base + "security/index.html")).status(), 404);
  await linking.waitForFunction(() => !document.querySelector("main article a[href*='security']"));
  assert.notEqual(await linking.locator("main article").getByText("Security", { exact: true }).first().evaluate(element => element.tagName), "A");
  writeFileSync(file("content/security.md"), text);
  await shows(page, "Session tokens are signed");
  renameSync(file("content/security.md"), file("content/safety.md"));
  await shows(page, "not found");
  assert.equal((await page.request.get(server.base + "safety/index.html")).status(), 200);
});

test("a style sheet is exchanged without loading the page", async t => {
  const { page, file } = await begin(t, "style");
  await mark(page);
  mkdirSync(file("themes/default/assets"), { recursive: true });
  const style = readFileSync(path.join(REPOSITORY, "themes/default/assets/style.css"), "utf8");
  const colour = () => page.evaluate(() => getComputedStyle(document.querySelector("h1")).color);
  for (const wanted of ["rgb(1, 2, 3)", "rgb(4, 5, 6)"]) {
    writeFileSync(file("themes/default/assets/style.css"), `${style}\nh1 { color: ${wanted} !important; }\n`);
    await page.waitForFunction(wanted => getComputedStyle(document.querySelector("h1")).color === wanted, wanted);
    assert.equal(await colour(), wanted);
  }
  assert.ok(await isMarked(page));
  assert.equal(await page.locator("link[rel=stylesheet][href*='/style.']").count(), 1);
  assert.deepEqual(page.trouble, []);
});

test("two tabs and nine tabs are all told, and more pages load", async t => {
  const { page, file, server } = await begin(t, "tabs", { address: "platform/index.html" });
  const tabs = [page];
  for (let n = 2; n <= 9; n++) {
    const tab = await page.context().newPage();
    await tab.goto(server.base + "platform/index.html");
    tabs.push(tab);
    if (n !== 2 && n !== 9) continue;
    edit(file("content/platform.md"), "# Platform", `# Platform ${n}`);
    await Promise.all(tabs.map(tab => shows(tab, `Platform ${n}`, "h1")));
  }
  const streams = await page.evaluate(() => performance.getEntriesByType("resource").length);
  assert.ok(streams > 0);
});

test("a hidden tab lets go of its stream and looks when it is shown again", async t => {
  const { page, file, server } = await begin(t, "hidden", { address: "platform/index.html" });
  let streams = 0;
  page.on("requestfinished", request => { if (request.url().includes("__livereload")) streams--; });
  page.on("requestfailed", request => { if (request.url().includes("__livereload")) streams--; });
  page.on("request", request => { if (request.url().includes("__livereload")) streams++; });
  const visible = state => page.evaluate(state => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
  const closed = page.waitForEvent("requestfailed", request => request.url().includes("__livereload"));
  await visible("hidden");
  await closed;
  assert.ok(streams <= 0, "the stream is still open");
  const other = await page.context().newPage();
  await other.goto(server.base + "platform/index.html");
  edit(file("content/platform.md"), "# Platform", "# Unseen");
  await shows(other, "Unseen", "h1");
  assert.equal(await page.locator("h1").textContent(), "Platform");
  await visible("visible");
  await shows(page, "Unseen", "h1");
});

test("open pages survive a restart of the server", async t => {
  const { page, file, folder, server } = await begin(t, "restart", { address: "platform/index.html" });
  await mark(page);
  const port = new URL(server.base).port;
  assert.equal(await server.stop(), 0);
  edit(file("content/platform.md"), "# Platform", "# Restarted");
  const next = await preview(folder, { port });
  t.after(() => next.stop());
  await shows(page, "Restarted", "h1");
  edit(file("content/platform.md"), "# Restarted", "# And again");
  await shows(page, "And again", "h1");
  assert.ok(await isMarked(page));
  const box = page.locator("[data-item$='start-in-less-than-half-a-second'] > .line .rb-tick");
  await box.click();
  await page.waitForFunction(() => document.querySelector("[data-item$='start-in-less-than-half-a-second']").dataset.state === "done");
});

test("on a phone the button of a heading's item lies over its mark, beside the title", async t => {
  const { page } = await begin(t, "phone", { address: "operations/index.html" });
  await page.setViewportSize({ width: 320, height: 640 });
  const heading = page.locator(".heading.item:has(> .rb-tick)").first();
  const [mark, button, title] = await Promise.all([".state", ".rb-tick", "h2, h3"].map(part => heading.locator(part).first().boundingBox()));
  const middle = box => [box.x + box.width / 2, box.y + box.height / 2];
  const [[x, y], [bx, by]] = [middle(mark), middle(button)];
  assert.ok(Math.hypot(x - bx, y - by) < 6, `${[x, y]} ${[bx, by]}`);
  assert.ok(title.x >= mark.x + mark.width && title.y < y, "the mark stands beside the title");
});

/** Every document of the dialects: each of its items is ticked, by mouse and by keyboard in turn. */
const DIALECTS = path.join(REPOSITORY, "tests/fixtures/tick-dialects");
const EXPECTED = readFileSync(path.join(DIALECTS, "expected.txt"), "utf8").trim().split("\n").map(line => /^(\S+):(\d+): `([^]*?)` -> (?:`([^]*?)` -> |refused$)/.exec(line));

for (const name of [...new Set(EXPECTED.map(row => row[1]))]) {
  test(`ticking in ${name} changes the mark alone`, async t => {
    const folder = project(`tick-${name}`, DIALECTS);
    const server = await preview(path.join(folder, "content"));
    t.after(() => server.stop());
    const page = await open(browser);
    t.after(() => page.done());
    await visit(page, server.base, name.replace(/\.md$/, "/"));
    await page.waitForSelector(".rb-tick");
    const file = path.join(folder, "content", name);
    const buttons = await page.locator(".rb-tick").count();
    const rows = EXPECTED.filter(row => row[1] === name);
    assert.equal(buttons, rows.length);
    const before = readFileSync(file);
    // Line by line: each button is the one of its line, since both are in the order of the document.
    for (let index = 0; index < buttons; index++) {
      const button = page.locator(".rb-tick").nth(index);
      const item = await button.evaluate(button => button.closest("[data-item]").dataset.item);
      const state = () => page.evaluate(item => document.querySelector(`main [data-item="${CSS.escape(item)}"]`).dataset.state, item);
      const old = await state();
      if (index % 2 === 0) await button.click();
      else { await button.focus(); await page.keyboard.press("Enter"); }
      if (rows[index][4] === undefined) {
        await page.waitForSelector(".rb-say:not([hidden])");
        assert.match(await page.locator(".rb-say").textContent(), /edit .* by hand/);
        assert.deepEqual(readFileSync(file), before);
        page.trouble = page.trouble.filter(text => !/\b409\b/.test(text)); // the refusal, which is no fault of the page
        continue;
      }
      await page.waitForFunction(([item, old]) => document.querySelector(`main [data-item="${CSS.escape(item)}"]`).dataset.state !== old, [item, old]);
      assert.equal(await state(), old === "done" ? "open" : "done");
      const after = readFileSync(file).toString("latin1"), text = before.toString("latin1");
      const row = rows[index];
      const [from, to] = [row[3], row[4]].map(part => Buffer.from(part).toString("latin1"));
      const start = text.split("\n").slice(0, row[2] - 1).join("\n").length;
      const at = text.indexOf(from, start);
      assert.equal(after, text.slice(0, at) + to + text.slice(at + from.length));
      assert.ok(await page.waitForFunction(item => document.activeElement.closest("[data-item]")?.dataset.item === item, item), "the focus stays");
      writeFileSync(file, before);
      await page.waitForFunction(([item, old, index]) => document.querySelector(`main [data-item="${CSS.escape(item)}"]`).dataset.state === old && document.querySelectorAll(".rb-tick").length > index, [item, old, buttons - 1]);
    }
    assert.deepEqual(page.trouble, []);
  });
}

test("a tick is refused when the file changed meanwhile, and says so", async t => {
  const { page, file, server } = await begin(t, "meanwhile", { address: "platform/index.html" });
  await page.waitForSelector(".rb-tick");
  // The page keeps what it knew: its news are held back.
  await page.route("**/__about/**", route => route.abort());
  await page.route("**/platform/index.html", route => route.abort());
  const text = readFileSync(file("content/platform.md"), "utf8") + "\nMore.\n";
  writeFileSync(file("content/platform.md"), text);
  await page.locator(".rb-tick").first().click();
  await page.waitForSelector(".rb-say:not([hidden])");
  assert.match(await page.locator(".rb-say").textContent(), /platform\.md was changed meanwhile/);
  assert.equal(readFileSync(file("content/platform.md"), "utf8"), text);
  const post = (body, headers = {}) => page.request.post(server.base + "__tick", { data: body, headers: { origin: new URL(server.base).origin, ...headers } });
  assert.equal((await post({ token: "x", item: "platform#x", version: "x", to: "done" })).status(), 403);
  assert.equal((await post({ token: "x" }, { origin: "http://evil.example" })).status(), 403);
  assert.equal((await post({ nonsense: 1 })).status(), 400);
});

test("--read-only has no buttons and writes nothing", async t => {
  const { page, server } = await begin(t, "read-only", { address: "platform/index.html", options: ["--read-only"] });
  await page.request.get(server.base + "__about/platform/index.html");
  assert.equal(await page.locator(".rb-tick").count(), 0);
  assert.equal(await page.evaluate(() => document.querySelector("script[src^='/__preview.js']").dataset.token), "");
  const answer = await page.request.post(server.base + "__tick", { data: { token: "", item: "platform#x", version: "", to: "done" }, headers: { origin: new URL(server.base).origin } });
  assert.equal(answer.status(), 403);
});

test("nothing of the preview is in a build, and what both show is the same", async t => {
  const { page, folder, server } = await begin(t, "same");
  const out = path.join(project("same-out"), "site");
  const built = spawnSync(program(), ["build", folder, "-o", out, "-u", server.base], { encoding: "utf8" });
  assert.equal(built.status, 0, built.stderr);
  for (const address of ["index.html", "platform/index.html", "items/index.html", "findings/index.html"]) {
    const ours = await (await page.request.get(server.base + address)).text();
    const theirs = readFileSync(path.join(out, address), "utf8");
    assert.doesNotMatch(theirs, /__preview|__tick|rb-tick|data-token/);
    const bare = ours.replace(/\n<script src="\/__preview[^\n]*/, "").replace("; connect-src 'self'", "");
    assert.equal(bare, theirs, address);
  }
});

test("buttons and overlay are accessible", async t => {
  const { page, file } = await begin(t, "axe", { address: "platform/index.html" });
  await page.waitForSelector(".rb-tick");
  writeFileSync(file("readybook.toml"), readFileSync(file("readybook.toml"), "utf8") + "\ntitel = \"x\"\n");
  await page.waitForSelector(".rb-faults");
  await page.evaluate(readFileSync(axe, "utf8"));
  const found = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  assert.deepEqual(found.violations.map(violation => [violation.id, violation.nodes.map(node => node.html)]), []);
});
