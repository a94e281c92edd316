// What the preview's server bears: requests a second for one page, and pages that wait.
//
//   node benches/preview/load.mjs [FOLDER]
//
// FOLDER   what is served (content/); a copy of it is
//
// SECONDS=10         how long requests are made
// READYBOOK_BIN=…    the program (a release build, else the debug one)
//
// Needs wrk, and /proc. Says for each bound whether it is kept, and ends with 1 where one is not.

import { execFileSync } from "node:child_process";
import { appendFileSync, readFileSync, readdirSync } from "node:fs";
import { connect } from "node:net";
import path from "node:path";
import { preview, project } from "../../tests/browser/preview.mjs";
import { REPOSITORY } from "../../tests/browser/sites.mjs";

const SECONDS = Number(process.env.SECONDS ?? 10);
const STREAMS = 500;
const folder = project("load", path.resolve(process.argv[2] ?? path.join(REPOSITORY, "content")));
const document = readdirSync(folder, { recursive: true }).filter(name => name.endsWith(".md")).sort()[0];
const server = await preview(folder, { descriptors: 1024 });
const url = server.base;
let kept = true;

function bound(what, value, unit, isKept) {
  kept &&= isKept;
  console.log(`${isKept ? "kept  " : "BROKEN"}  ${what}: ${value} ${unit}`);
}

/** A number of the server's /proc status: threads, or kB. */
function status(key) {
  return Number(new RegExp(`^${key}:\\s+(\\d+)`, "m").exec(readFileSync(`/proc/${server.child.pid}/status`, "utf8"))[1]);
}
const descriptors = () => readdirSync(`/proc/${server.child.pid}/fd`).length;
/** A number with a unit of time, in ms. */
const milliseconds = text => parseFloat(text) * (/us$/.test(text) ? 0.001 : /ms$/.test(text) ? 1 : 1000);

function requests() {
  const told = execFileSync("wrk", ["-t2", "-c64", `-d${SECONDS}s`, "--latency", url], { encoding: "utf8" });
  const rate = Number(/Requests\/sec:\s+([\d.]+)/.exec(told)[1]);
  const late = milliseconds(/99%\s+(\S+)/.exec(told)[1]);
  bound("requests a second over 64 connections (at least 8000)", Math.round(rate), "", rate >= 8000);
  bound("p99 (below 25)", late.toFixed(1), "ms", late < 25);
  bound("errors (none)", /Socket errors.*|Non-2xx.*/.exec(told)?.[0] ?? 0, "", !/Socket errors|Non-2xx/.test(told));
}

/** A waiting page that has been opened; `hears()` is kept at its next message. */
function wait(port, build) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    let told = "", tell = null;
    socket.setEncoding("utf8").on("error", reject).on("data", data => {
      told += data;
      if (/retry: \d+\n\n/.test(told)) { told = ""; resolve({ socket, hears: () => new Promise(done => { tell = done; }) }); }
      if (tell && /^data: \d+$/m.test(told)) tell(performance.now());
    });
    socket.write(`GET /__livereload?build=${build} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
  });
}

async function streams() {
  const { build } = await (await fetch(`${url}__about/`)).json();
  const before = { threads: status("Threads"), memory: status("VmRSS"), descriptors: descriptors() };
  const port = Number(new URL(url).port);
  const waiting = await Promise.all(Array.from({ length: STREAMS }, () => wait(port, build)));
  bound(`threads more with ${STREAMS} pages waiting (none)`, status("Threads") - before.threads, "", status("Threads") <= before.threads);
  const grown = (status("VmRSS") - before.memory) / 1024;
  bound("memory more (at most 30)", grown.toFixed(1), "MB", grown <= 30);
  const heard = Promise.all(waiting.map(page => page.hears()));
  const saved = performance.now();
  appendFileSync(path.join(folder, document), "\n- [ ] One more\n");
  const last = Math.max(...await heard) - saved;
  bound("the last page hears of a save (below 1000)", last.toFixed(0), "ms", last < 1000);
  for (const page of waiting) page.socket.destroy();
  while (descriptors() > before.descriptors) await fetch(url, { headers: { connection: "close" } }).then(answer => answer.arrayBuffer());
  bound("descriptors more when they have left (none)", 0, "", true);
}

requests();
await streams();
await server.stop();
process.exit(kept ? 0 : 1);
