// A headless Chromium that tells of everything a page should not do.

import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export async function launch() {
  const executablePath = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(file => file && existsSync(file));
  if (!executablePath) throw new Error("no Chromium: install it (Debian: apt-get install chromium) or name it in CHROMIUM");
  return chromium.launch({ executablePath, args: FLAGS });
}

/**
 * A page with its own context. `page.trouble` gathers console errors, script errors, failed or refused requests,
 * requests to any other origin than the page's own, and dialogs.
 */
export async function open(browser, { width = 1280, height = 900, scheme = "light", ...options } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  page.trouble = [];
  page.on("console", message => { if (["error", "warning"].includes(message.type())) page.trouble.push(`console: ${message.text()} (${message.location().url})`); });
  page.on("pageerror", error => page.trouble.push(`script: ${error.stack ?? error}`));
  // The icon is asked for late; going on to the next page cuts it off, which is no trouble of the page.
  page.on("requestfailed", request => /favicon/.test(request.url()) && request.failure()?.errorText === "net::ERR_ABORTED" || page.trouble.push(`failed: ${request.url()} ${request.failure()?.errorText}`));
  page.on("request", request => {
    const url = request.url();
    if (page.home && !url.startsWith(page.home) && !/^(data|blob):/.test(url)) page.trouble.push(`left the site: ${url}`);
  });
  page.on("dialog", dialog => { page.trouble.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.done = () => context.close();
  return page;
}

/** Goes to an address below `base`, from where nothing else may be asked for. */
export async function visit(page, base, address = "") {
  page.home = base;
  await page.goto(base + address, { waitUntil: "load" });
  return page;
}
