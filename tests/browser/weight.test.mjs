// Weight: a first page at most 60 kB compressed, the script at most 60 kB before compression. Validity of the HTML.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { build, demo, kinds, REPOSITORY } from "./sites.mjs";

/** Files that a first visit of a page loads: the page, sheets, scripts and the icon; the index only on first use. */
function loaded(site, { address, html }) {
  const own = [...html.matchAll(/<(?:link|script)\b[^>]*?(?:href|src)="([^"]+)"/g)].map(m => m[1]).filter(href => /assets\//.test(href));
  return [address, ...own.map(href => path.posix.join(path.posix.dirname(address), href))];
}

test("a first page weighs at most 60 kB compressed", () => {
  for (const [name, site] of [["demo", demo()], ["content", content()]]) for (const page of kinds(site).filter(page => page.kind !== "404")) {
    const files = loaded(site, page), sum = files.map(file => gzipSync(readFileSync(path.join(site, file))).length).reduce((a, b) => a + b);
    assert.ok(files.length >= 5, `${page.address}: ${files}`);
    assert.ok(sum <= 60_000, `${name} ${page.address}: ${sum} bytes`);
  }
});

test("the scripts have at most 60 kB", () => {
  const sizes = ["readybook.js", "theme.js"].map(name => statSync(path.join(REPOSITORY, "themes/default/assets", name)).size);
  assert.ok(sizes.reduce((a, b) => a + b) <= 60_000, `${sizes}`);
});

test("every asset's name carries its hash, and no page has inline script or style", () => {
  for (const page of kinds(demo())) {
    for (const [, href] of page.html.matchAll(/<(?:link rel="(?:stylesheet|icon)"|script)\b[^>]*?(?:href|src)="([^"]+)"/g)) assert.match(href, /\.[0-9a-f]{8,}\.\w+$/, page.address);
    assert.doesNotMatch(page.html, /<style\b|\sstyle="|<script\b(?![^>]*\bsrc=)|\son\w+="/, page.address);
    assert.match(page.html, /http-equiv="Content-Security-Policy" content="default-src 'none'/, page.address);
  }
});

test("valid HTML: the demonstration site and the site of the tests", async t => {
  const jar = path.join(path.dirname(createRequire(import.meta.url).resolve("vnu-jar/package.json")), "build/dist/vnu.jar");
  for (const [name, site] of [["demo", demo()], ["content", content()]]) await t.test(name, async () => {
    const { stderr } = await promisify(execFile)("java", ["-Xss4m", "-jar", jar, "--errors-only", "--skip-non-html", site], { maxBuffer: 1 << 24 }).catch(error => {
      if (error.code === "ENOENT") throw new Error("vnu needs Java: install a runtime (Debian: apt-get install default-jre-headless)");
      return error;
    });
    assert.equal(stderr.replaceAll(site, ""), "");
  });
});

function content() { return build("content", REPOSITORY); }
