// Makes the screenshots of the README from the demonstration site: `node shots.mjs [FOLDER]` (default: .github/images).

import { mkdirSync } from "node:fs";
import path from "node:path";
import { launch, open, visit } from "./browser.mjs";
import { build, REPOSITORY, serve } from "./sites.mjs";

const folder = path.resolve(process.argv[2] ?? path.join(REPOSITORY, ".github/images"));
const SHOTS = [
  ["overview", "index.html", 900],
  ["document", "launch-checklist/index.html", 900]
];

mkdirSync(folder, { recursive: true });
const site = build("content", REPOSITORY);
const server = await serve(site);
const browser = await launch();
for (const scheme of ["light", "dark"]) for (const [name, address, height] of SHOTS) {
  const page = await open(browser, { width: 1280, height, scheme, deviceScaleFactor: 2 });
  await visit(page, server.base, address);
  await page.screenshot({ path: path.join(folder, `${name}-${scheme}.png`) });
  await page.done();
}
await browser.close();
await server.close();
