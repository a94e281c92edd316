// From a save to the new text in the page, in a real headless Chromium, beside the same of `hugo server`.
//
//   node benches/preview/latency.mjs GENERATOR [DOCUMENTS…]
//
// GENERATOR   a Python program that writes DOCUMENTS documents with `--n N --out FOLDER [--layout hugo]`
// DOCUMENTS   how many, each a run of its own (100 1000 10000)
//
// SAVES=50          saves of each server
// HUGO=hugo         the other server; empty for none
// READYBOOK_BIN=…   the program (a release build, else the debug one)
//
// Needs `npm ci` in tests/browser. Both servers run at once and are saved to in turn, so that a busy machine slows
// both. A save writes the file anew, as a plain editor does; the time ends when the browser has told us that the text is in
// the document, the telling included.

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { launch, open } from "../../tests/browser/browser.mjs";
import { preview } from "../../tests/browser/preview.mjs";

const [generator, ...counts] = process.argv.slice(2);
if (!generator) throw new Error("name the program that writes the documents");
const SAVES = Number(process.env.SAVES ?? 50);
const HUGO = process.env.HUGO ?? "hugo";
const scratch = mkdtempSync(path.join(tmpdir(), "readybook-latency-"));
const children = new Set();
process.on("exit", () => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(scratch, { recursive: true, force: true });
});

/** The first document of a folder, by path, whose name begins so. */
function first(folder, prefix) {
  const names = readdirSync(folder, { recursive: true }).filter(name => path.basename(name).startsWith(prefix) && name.endsWith(".md"));
  return names.sort()[0];
}

function corpus(documents, layout) {
  const folder = path.join(scratch, `${layout}-${documents}`);
  execFileSync("python3", [generator, "--n", String(documents), "--out", folder, "--layout", layout], { stdio: "ignore" });
  return folder;
}

async function readybook(documents) {
  const folder = corpus(documents, "plain");
  const name = first(folder, "flat-");
  const server = await preview(folder);
  return { name: "readybook", file: path.join(folder, name), url: server.base + name.replace(/\.md$/, "/"), stop: server.stop, server };
}

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await new Promise(resolve => probe.once("listening", resolve));
  const { port } = probe.address();
  await new Promise(resolve => probe.close(resolve));
  return port;
}

async function hugo(documents) {
  const folder = corpus(documents, "hugo");
  const name = first(path.join(folder, "content"), "flat-");
  const port = await freePort();
  const child = spawn(HUGO, ["server", "-s", folder, "--bind", "127.0.0.1", "--port", String(port)], { stdio: "ignore", detached: true });
  const group = { kill: signal => { try { process.kill(-child.pid, signal); } catch { /* it has ended */ } } };
  children.add(group);
  const url = `http://127.0.0.1:${port}/${name.replace(/\.md$/, "/")}`;
  while (!(await fetch(url).then(answer => answer.ok, () => false))) {
    if (child.exitCode !== null) throw new Error(`hugo ended with ${child.exitCode}`);
    await pause(100);
  }
  return { name: "hugo server", file: path.join(folder, "content", name), url, stop: () => group.kill("SIGTERM") };
}

/** Opens the page of a server; `seen(n)` is kept when the text of save n is in it, over loads. */
async function watch(browser, server) {
  const page = await open(browser);
  const waiting = new Map();
  await page.exposeFunction("isThere", number => waiting.get(number)?.());
  await page.addInitScript(() => {
    let last = -1;
    new MutationObserver(() => {
      const number = Number(/saved-(\d+)-/.exec(document.documentElement?.textContent)?.[1] ?? -1);
      if (number !== last && number >= 0) { last = number; window.isThere(number); }
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
  await page.goto(server.url, { waitUntil: "load" });
  return { ...server, page, text: readFileSync(server.file, "utf8"), times: [], seen: number => new Promise(resolve => waiting.set(number, resolve)) };
}

async function save(site, number) {
  const seen = site.seen(number);
  const text = `${site.text}\n\n- [ ] saved-${number}-\n`;
  const begun = performance.now();
  writeFileSync(site.file, text);
  await Promise.race([seen, pause(120_000).then(() => { throw new Error(`${site.name}: save ${number} was not seen`); })]);
  return performance.now() - begun;
}

const at = (times, share) => times.toSorted((one, other) => one - other)[Math.min(times.length - 1, Math.floor(times.length * share))];

async function measure(browser, documents) {
  const servers = [await readybook(documents)];
  if (HUGO) servers.push(await hugo(documents));
  const sites = [];
  for (const server of servers) sites.push(await watch(browser, server));
  for (let round = 0; round <= SAVES; round++) {
    for (const site of sites) {
      const time = await save(site, round);
      if (round > 0) site.times.push(time); // the first warms up
      await pause(300);
    }
  }
  for (const site of sites) {
    const [least, median, late] = [at(site.times, 0), at(site.times, 0.5), at(site.times, 0.99)];
    console.log(`${documents} documents  ${site.name.padEnd(12)} median ${median.toFixed(0)} ms  p99 ${late.toFixed(0)} ms  least ${least.toFixed(0)} ms  (${site.times.length} saves)`);
    await site.page.done();
    await site.stop();
  }
  const builds = servers[0].server.lines.map(line => Number(/ready in (\d+) ms/.exec(line)?.[1])).filter(Number.isFinite).slice(2);
  console.log(`${documents} documents  readybook's own part of it: median ${at(builds, 0.5)} ms`);
}

const browser = await launch();
for (const count of counts.length ? counts : ["100", "1000", "10000"]) await measure(browser, Number(count));
await browser.close();
process.exit();
