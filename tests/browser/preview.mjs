// A running preview on a scratch copy of a project.

import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { program } from "./sites.mjs";

const scratch = mkdtempSync(path.join(tmpdir(), "readybook-preview-"));
const running = new Set();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
  rmSync(scratch, { recursive: true, force: true });
});

/** A copy of a project that a test may change. */
export function project(name, source) {
  const folder = path.join(scratch, name);
  mkdirSync(folder, { recursive: true });
  if (source) cpSync(source, folder, { recursive: true });
  return folder;
}

/**
 * Starts the preview of a folder and waits for its first build. `base` is its address, `lines` what it told,
 * `builds()` how many builds it told of, `stop()` ends it and gives its exit code. `descriptors` bounds what it may open.
 */
export async function preview(folder, { port = 0, options = [], descriptors } = {}) {
  const command = [program(), "serve", folder, "-p", String(port), ...options];
  if (descriptors) command.unshift("sh", "-c", `ulimit -n ${descriptors}; exec "$0" "$@"`);
  const child = spawn(command[0], command.slice(1), { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, NO_COLOR: "1" } });
  running.add(child);
  const ended = new Promise(resolve => child.on("exit", code => { running.delete(child); resolve(code); }));
  const server = { child, lines: [], base: null };
  server.builds = () => server.lines.filter(line => / ready in /.test(line)).length;
  server.stop = () => { child.kill("SIGTERM"); return ended; };
  await new Promise((resolve, reject) => {
    let told = "";
    const look = () => { if (server.base && server.builds()) resolve(); };
    child.stdout.on("data", data => { server.base = /http:\S+/.exec(data)?.[0] ?? server.base; look(); });
    child.stderr.on("data", data => {
      told += data;
      const lines = told.split("\n");
      told = lines.pop();
      server.lines.push(...lines);
      look();
    });
    ended.then(code => reject(new Error(`the preview ended with ${code}: ${server.lines.join("\n")}`)));
  });
  return server;
}
