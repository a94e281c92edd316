// That the preview rests when nothing changes: no build, and next to no processor time.
//
//   node benches/preview/idle.mjs [FOLDER]
//
// FOLDER   what is served (content/); a copy of it is
//
// SECONDS=65         how long it is watched; more than two looks at the calendar, which are 30 s apart
// READYBOOK_BIN=…    the program (a release build, else the debug one)

import { readFileSync, readdirSync, utimesSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { preview, project } from "../../tests/browser/preview.mjs";
import { REPOSITORY } from "../../tests/browser/sites.mjs";

const SECONDS = Number(process.env.SECONDS ?? 65);
const folder = project("idle", path.resolve(process.argv[2] ?? path.join(REPOSITORY, "content")));
const server = await preview(folder);
const shown = async () => (await (await fetch(`${server.base}__about/`)).json()).build;
/** Processor time of the server, in ms. */
const used = () => {
  const fields = readFileSync(`/proc/${server.child.pid}/stat`, "utf8").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
};

const build = await shown();
const before = used();
await pause(SECONDS * 1000);
const idle = used() - before;
const now = new Date();
for (const name of readdirSync(folder, { recursive: true })) utimesSync(path.join(folder, name), now, now);
await pause(2000);
const builds = await shown() - build;
console.log(`${SECONDS} s idle and every file touched: ${builds} builds (none), ${idle} ms of processor time while idle`);
await server.stop();
process.exit(builds === 0 ? 0 : 1);
