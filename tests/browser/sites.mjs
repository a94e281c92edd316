// The sites that the tests look at: built once by the program under test, or given as folders.
//
// READYBOOK_BIN            the program (default: the newer of target/release/readybook and target/debug/readybook)
// READYBOOK_SITE_<NAME>    a folder that is already built, instead of building NAME
// READYBOOK_SEEDS          the folder of seed checklists; without it the tests on seeds are skipped by name

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const HERE = path.dirname(fileURLToPath(import.meta.url));
export const REPOSITORY = path.resolve(HERE, "../..");
export const SUB_PATH = "/team/readybook/";
export const AS_OF = "2026-11-21";

const scratch = mkdtempSync(path.join(tmpdir(), "readybook-browser-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));

/** The program under test. */
export function program() {
  const candidates = [process.env.READYBOOK_BIN, "target/release/readybook", "target/debug/readybook"].filter(Boolean);
  // The newest: a program left from an earlier build would be tested in the place of the present one.
  const built = candidates.map(file => path.resolve(REPOSITORY, file)).filter(existsSync);
  const found = process.env.READYBOOK_BIN ? built[0] : built.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
  if (!found) throw new Error("no readybook program: build it first, or name it in READYBOOK_BIN");
  return found;
}

/** A scratch folder that goes away with the process. */
export function scratchFolder(name) {
  const folder = path.join(scratch, name);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Builds the project in `source` and returns the folder of the site. */
export function build(name, source, options = []) {
  const given = process.env[`READYBOOK_SITE_${name.toUpperCase()}`];
  if (given) return path.resolve(given);
  const out = path.join(scratch, "site-" + name);
  const url = "https://example.org" + SUB_PATH;
  execFileSync(program(), ["build", source, "-o", out, "-u", url, "--now", AS_OF, ...options], { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, XDG_CACHE_HOME: path.join(scratch, "cache") } });
  return out;
}

/** The project of the tests: every dialect, every state, owners, tags, due dates, and values that are missing; beside another site. */
export function demo() { return build("demo", path.join(HERE, "fixtures/demo"), ["--portfolio", path.join(HERE, "fixtures/portfolio/mail.json")]); }

/** The same project in the second built-in theme. */
export function ledger() {
  const folder = scratchFolder("ledger");
  cpSync(path.join(HERE, "fixtures/demo"), folder, { recursive: true });
  const settings = path.join(folder, "readybook.toml");
  writeFileSync(settings, 'theme = "ledger"\n' + readFileSync(settings, "utf8"));
  return build("ledger", folder);
}

/** A site with a past that is made up, as the test `history` writes it: `demo`, `ledger` (the same in the second theme), or `content` (the demonstration). */
export function past(name) {
  execFileSync("cargo", ["test", "--locked", "--quiet", "--test", "history", "written_for_the_browser"], { cwd: REPOSITORY, stdio: ["ignore", "ignore", "pipe"] });
  return path.resolve(REPOSITORY, process.env.CARGO_TARGET_DIR ?? "target", "tmp/past", name);
}

/** The folder of seeds, or null. */
export function seeds() {
  const folder = process.env.READYBOOK_SEEDS;
  return folder && existsSync(folder) ? build("seeds", folder) : null;
}

/** A site of so many items, made of words as checklists have them. */
export function large(items) {
  const folder = scratchFolder(`large-${items}/content`);
  const verbs = ["Implement", "Add", "Validate", "Encrypt", "Document", "Review", "Configure", "Rotate", "Test", "Automate", "Remove", "Limit"];
  const things = ["session tokens signed on the server", "API keys kept in the database", "role-based access control", "a dead letter queue for failed jobs",
    "retries with exponential back-off", "health checks of all services", "structured logs", "limits of memory and processor", "redaction of personal data in logs",
    "the restore drill in staging", "alert routing and escalation", "blue-green deployment", "load tests at twice the expected peak"];
  const notes = ["", " before the launch", " and write it into the runbook", " in every region", " with the platform team", " once the vendor has answered"];
  let seed = 11;
  const pick = list => { seed = (seed * 1103515245 + 12345) % 2147483648; return list[Math.floor(seed / 2147483648 * list.length)]; };
  for (let d = 0, made = 0; made < items; d++) {
    const lines = [`# Checklist ${d}`, ""];
    for (let s = 0; s < 8 && made < items; s++) {
      lines.push(`## ${pick(verbs)} ${pick(things)} ${s}`, "");
      for (let i = 0; i < 10 && made < items; i++, made++) lines.push(`- [${pick(["x", " "])}] ${pick(["P0: ", "P1: ", "P2: ", ""])}${pick(verbs)} ${pick(things)}${pick(notes)}${pick([" @builder", " @tester", ""])}`);
      lines.push("");
    }
    writeFileSync(path.join(folder, `list-${String(d).padStart(4, "0")}.md`), lines.join("\n"));
  }
  return build(`large${items}`, folder);
}

/** Every HTML file of a site: address from its root, kind, text. */
export function pages(site) {
  const found = [];
  (function walk(folder) {
    for (const entry of readdirSync(path.join(site, folder), { withFileTypes: true })) {
      const name = path.posix.join(folder, entry.name);
      if (entry.isDirectory()) walk(name);
      else if (name.endsWith(".html")) {
        const html = readFileSync(path.join(site, name), "utf8");
        found.push({ address: name, kind: /<body class="kind-([\w-]+)/.exec(html)?.[1] ?? null, html });
      }
    }
  })("");
  return found;
}

/** For each page kind its heaviest page: the one with the most to go wrong. */
export function kinds(site) {
  const best = new Map();
  for (const page of pages(site)) if (page.kind && (!best.has(page.kind) || page.html.length > best.get(page.kind).html.length)) best.set(page.kind, page);
  return [...best.values()];
}

const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".json": "application/json", ".csv": "text/csv", ".xml": "application/xml", ".png": "image/png", ".txt": "text/plain" };

/** Serves a site under a sub-path on the loopback; `origin` and `base` tell where. */
export async function serve(site) {
  const server = createServer((request, response) => {
    const url = new URL(request.url, "http://x");
    const inside = url.pathname.startsWith(SUB_PATH) ? decodeURIComponent(url.pathname.slice(SUB_PATH.length)) : null;
    let file = inside === null ? null : path.join(site, inside);
    if (file && (file.endsWith("/") || inside === "")) file = path.join(file, "index.html");
    const known = file && file.startsWith(path.resolve(site)) && existsSync(file) && path.extname(file);
    if (!known) file = path.join(site, "404.html");
    response.writeHead(known ? 200 : 404, { "content-type": TYPES[path.extname(file)] ?? "application/octet-stream", connection: "close" });
    response.end(readFileSync(file));
  });
  await new Promise(done => server.listen(0, "127.0.0.1", done));
  server.unref(); // a test that fails must not keep the process alive
  const origin = `http://127.0.0.1:${server.address().port}`;
  return { origin, base: origin + SUB_PATH, close: () => new Promise(done => { server.closeAllConnections(); server.close(done); }) };
}

/** Address of a site from disk. */
export function fileBase(site) { return "file://" + path.resolve(site) + "/"; }
