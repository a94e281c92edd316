// Checks that several tests make of a page.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds wrong with a page. */
export async function violations(page) {
  await page.evaluate(AXE);
  const found = await page.evaluate(async tags => (await window.axe.run(document, { runOnly: { type: "tag", values: tags } })).violations, TAGS);
  return found.map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.target.join(" ") + " " + n.failureSummary.split("\n")[1]).join(" | ")}`);
}

/** The width of a page, and what scrolls sideways in it though it is neither table nor code. */
export function width(page) {
  return page.evaluate(() => ({
    page: document.documentElement.scrollWidth,
    boxes: [...document.querySelectorAll("main *, header *")].filter(e => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1 && ["auto", "scroll"].includes(getComputedStyle(e).overflowX) && !e.matches(".scroll, pre, .side, .facet-panel")).map(e => e.outerHTML.slice(0, 80))
  }));
}

/** Targets that are too small, do not stand in a sentence and have no room around them. */
export function smallTargets(page) {
  return page.evaluate(() => {
    const targets = [...document.querySelectorAll("a[href], button, input, select, summary")].filter(e => e.checkVisibility({ opacityProperty: false }));
    const boxes = targets.map(e => ({ e, r: e.getBoundingClientRect() })).filter(({ r }) => r.width && r.height);
    const middle = r => [r.left + r.width / 2, r.top + r.height / 2];
    return boxes.filter(({ e, r }) => {
      if (r.width >= 23.5 && r.height >= 23.5) return false;
      if (e.closest("p, .text, td, .row-note, label, h1, h2, h3, li > p, .skip")) return false; // in a line of text
      const [x, y] = middle(r); // WCAG 2.5.8: a circle of 24 px around it touches no other target
      return boxes.some(({ e: other, r: o }) => {
        if (other === e || other.contains(e) || e.contains(other)) return false;
        const dx = Math.max(o.left - x, 0, x - o.right), dy = Math.max(o.top - y, 0, y - o.bottom);
        if (Math.hypot(dx, dy) < 12) return true;
        const [a, b] = middle(o);
        return (o.width < 24 || o.height < 24) && Math.hypot(a - x, b - y) < 24;
      });
    }).map(({ e, r }) => `${e.outerHTML.slice(0, 90)} ${r.width.toFixed(0)}x${r.height.toFixed(0)}`);
  });
}
