// Contrast of all colour tokens, computed from the style sheets of the built-in themes. No browser.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { REPOSITORY } from "./sites.mjs";

const sheet = name => readFileSync(path.join(REPOSITORY, "themes", name), "utf8");

/** Tokens of a sheet: name → [light, dark]. */
function tokens(css) {
  return Object.fromEntries([...css.matchAll(/--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)/gi)].map(([, name, light, dark]) => [name, [light, dark]]));
}
/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex) {
  const [r, g, b] = [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16) / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(one, other) {
  const [a, b] = [luminance(one), luminance(other)].sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
}

const GROUNDS = ["bg", "panel", "raised", "hover"];
const TEXT = ["text", "muted", "link", "done", "doing", "blocked", "open", "deferred", "na", "waived", "p0", "p1", "p2", "p3", "note", "tip", "important", "caution"];
// [foreground, backgrounds, at least]
const RULES = [
  [TEXT, GROUNDS, 4.5],
  [["text", "muted", "link"], ["warn-bg", "hit", "select"], 4.5],
  [["blocked", "done", "doing"], ["hit", "warn-bg"], 4.5],
  [["edge", "focus"], ["bg", "panel", "raised"], 3],
  [["bar-done", "bar-blocked", "bar-deferred-dot"], ["bg", "panel"], 3],
  [["bar-done", "bar-blocked"], ["bar-open", "bar-deferred"], 3],
  [["warn-line"], ["bg", "warn-bg"], 3]
];

for (const theme of ["default", "ledger"]) {
  const own = theme === "default" ? {} : tokens(sheet(`${theme}/assets/${theme}.css`));
  const all = { ...tokens(sheet("default/assets/style.css")), ...own };
  for (const [scheme, at] of [["light", 0], ["dark", 1]]) test(`tokens of ${theme}, ${scheme}`, () => {
    const low = [];
    for (const [fronts, backs, least] of RULES) for (const front of fronts) for (const back of backs) {
      assert.ok(all[front] && all[back], `${front} and ${back} are tokens`);
      const ratio = contrast(all[front][at], all[back][at]);
      if (ratio < least) low.push(`${front} on ${back}: ${ratio.toFixed(2)} < ${least}`);
    }
    assert.deepEqual(low, []);
  });
  test(`segments of bars in ${theme} differ by 3:1 or by pattern`, () => {
    for (const at of [0, 1]) {
      // "doing" is hatched, "deferred" dotted; the rest are plain and are told apart by lightness or by the gap between them
      assert.ok(contrast(all["bar-doing"][at], all["bar-doing-line"][at]) >= 3, "the hatch is seen");
      assert.ok(["bar-doing", "bar-doing-line"].some(name => contrast(all[name][at], all.bg[at]) >= 3), "the hatch stands out from the page");
      assert.ok(contrast(all["bar-deferred"][at], all["bar-deferred-dot"][at]) >= 3, "the dots are seen");
    }
  });
}

test("code colours on the ground of code", () => {
  const base = tokens(sheet("default/assets/style.css"));
  const code = tokens(sheet("default/assets/highlight.css"));
  const low = [];
  for (const [name, pair] of Object.entries(code)) {
    if (["c-add", "c-del"].includes(name)) continue;
    pair.forEach((colour, at) => {
      for (const ground of [base.panel, name === "c-string" ? code["c-add"] : null, name === "c-bad" ? code["c-del"] : null]) {
        if (ground && contrast(colour, ground[at]) < 4.5) low.push(`${name} ${at ? "dark" : "light"}: ${contrast(colour, ground[at]).toFixed(2)}`);
      }
    });
  }
  assert.deepEqual(low, []);
});

test("no token is set twice in one block: the later one would go unmeasured", () => {
  for (const name of ["default/assets/style.css", "ledger/assets/ledger.css"]) {
    const root = /^:root \{[^}]*\}/m.exec(sheet(name))[0];
    const names = [...root.matchAll(/^\s*(--[\w-]+):/gm)].map(m => m[1]);
    assert.deepEqual(names.filter((token, at) => names.indexOf(token) !== at), [], name);
  }
});

test("no rule uses a colour that is not a token", () => {
  for (const name of ["default/assets/style.css", "ledger/assets/ledger.css"]) {
    const rules = sheet(name).split("\n").filter(line => !/--[\w-]+:/.test(line)).join("\n");
    const stray = [...rules.matchAll(/#[0-9a-f]{3,8}\b|\brgba?\([^)]*\)/gi)].map(m => m[0]).filter(colour => !/^rgb\((0 0 0|10 14 20) \//.test(colour));
    assert.deepEqual(stray, [], name);
  }
});
