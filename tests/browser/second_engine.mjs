/**
 * The main journeys in Firefox, over WebDriver BiDi: the page is quiet, folds open, the chart draws, the
 * self-check answers, places are found, trials are saved and compared, a search finds.
 *
 * usage: node second_engine.mjs FIREFOX ADDRESS
 * Prints one line for each journey; a journey that fails names what it saw, and the program ends with 1.
 */

import assert from "node:assert/strict";
import process from "node:process";

import puppeteer from "puppeteer-core";

const [executablePath, address] = process.argv.slice(2);
const WAIT = 15_000;
const EXAMPLE = `${address}trials/NCT02458014/`;
const TWO_GROUPS = `${address}trials/NCT02130557/`;
const OPEN = `${address}trials/NCT05326516/`;
const WIDE = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

/** Start the browser; on a busy machine the first try may not be answered in time. */
async function launched(tries = 3) {
  for (let left = tries; ; left -= 1) {
    try {
      return await puppeteer.launch({
        browser: "firefox",
        executablePath,
        headless: true,
        timeout: 30_000,
        protocolTimeout: 30_000,
        extraPrefsFirefox: { "ui.prefersReducedMotion": 1 },
      });
    } catch (error) {
      if (left <= 1) throw error;
    }
  }
}

const browser = await launched();
const page = await browser.newPage();
page.setDefaultTimeout(WAIT);
/** @type {string[]} */
const troubles = [];
page.on("console", (said) => ["error", "warn"].includes(said.type()) && troubles.push(`console: ${said.text()}`));
page.on("pageerror", (error) => troubles.push(`error: ${error}`));
// What a page still asks for when the reader leaves it is aborted, and that is no trouble.
page.on("requestfailed", (request) => request.failure()?.errorText === "NS_BINDING_ABORTED" || troubles.push(`failed: ${request.url()} ${request.failure()?.errorText}`));
page.on("request", (request) => request.url().startsWith(address) || request.url().startsWith("data:") || troubles.push(`elsewhere: ${request.url()}`));

/** Wait until something is true on the page. */
const until = (what, ...given) => page.waitForFunction(what, { polling: 100, timeout: WAIT }, ...given);
const text = (selector) => page.$eval(selector, (node) => node.textContent?.replace(/\s+/g, " ").trim() ?? "");
const clickByText = (selector, words) =>
  page.evaluate(
    (selector, words) => {
      const found = [...document.querySelectorAll(selector)].find((node) => node.textContent?.includes(words));
      if (!found) throw new Error(`nothing says "${words}"`);
      found.click();
    },
    selector,
    words,
  );

/** Bring a part of the page to the screen. */
const near = (selector) => page.$eval(selector, (node) => node.scrollIntoView({ block: "center" }));
/** Tick the field whose label says exactly this. */
const tick = (selector, words) =>
  page.evaluate(
    (selector, words) => {
      const found = [...document.querySelectorAll(selector)].find((node) => node.textContent?.trim() === words);
      if (!found) throw new Error(`no field is called "${words}"`);
      found.click();
    },
    selector,
    words,
  );

/** @type {Record<string, () => Promise<void>>} */
const JOURNEYS = {
  async "the example page opens, its folds open, and it fits a phone"() {
    await page.setViewport(PHONE);
    await page.goto(EXAMPLE);
    assert.match(await text("h1"), /Blinatumomab/);
    await page.$eval("#eligibility summary", (node) => node.click());
    assert.equal(await page.$eval("#eligibility details", (fold) => fold.open), true);
    await page.evaluate(() => document.querySelectorAll("details").forEach((fold) => (fold.open = true)));
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, "wider than the screen");
  },

  async "the dark has light words"() {
    const light = async () => page.evaluate(() => Number(getComputedStyle(document.body).color.match(/\d+/)?.[0]));
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]).catch(() => {});
    const dark = await page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches);
    const shade = await light();
    assert.ok(dark ? shade > 128 : shade < 128, `dark ${dark}, words at ${shade}`);
  },

  async "the chart is drawn, and its serious problems alone"() {
    await page.setViewport(WIDE);
    await page.goto(TWO_GROUPS);
    await near("#side-effects-table");
    await near("#side-effects");
    await until(() => document.querySelectorAll("#side-effects .barlayer .point").length > 10);
    const said = () => text("#side-effects-chart [role=status]");
    const all = await said();
    await tick("#side-effects label", "Serious");
    await until((before) => document.querySelector("#side-effects-chart [role=status]")?.textContent?.trim() !== before, all);
    const serious = await said();
    await tick("#side-effects label", "Not serious");
    await until((before) => document.querySelector("#side-effects-chart [role=status]")?.textContent?.trim() !== before, serious);
    assert.notEqual(await said(), all);
  },

  async "the self-check gives a verdict, and forgets it"() {
    await page.setViewport(PHONE);
    await page.goto(OPEN);
    await near("#self-check");
    await until(() => document.querySelector("#self-check input[type=radio]"));
    const before = page.url();
    await page.evaluate(() => document.querySelectorAll("#self-check fieldset").forEach((group) => group.querySelector("input")?.click()));
    const verdict = await text("#self-check .self-check-verdict");
    assert.ok(verdict.length > 20, `the verdict is "${verdict}"`);
    await clickByText("#self-check button", "Clear my answers");
    assert.equal(await page.$$eval("#self-check :checked:not(option)", (checked) => checked.length), 0);
    assert.equal(page.url(), before);
    assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
  },

  async "places near a town, in kilometers and miles"() {
    await page.goto(OPEN);
    await near("#locations");
    await until(() => document.querySelector("#locations input"));
    await page.type("#locations input", "77030");
    await clickByText("#locations button", "Show places near me");
    await until(() => /\d (km|miles)/.test(document.querySelector("#locations")?.textContent ?? ""));
  },

  async "the outline lies exactly under the dots of the map"() {
    const sizes = () => page.$$eval(".place-map > div > *", (parts) => parts.map((part) => `${Math.round(part.clientWidth)} x ${Math.round(part.clientHeight)}`));
    for (const act of [() => undefined, () => clickByText("#locations button", "Forget my place")]) {
      await act();
      await until(() => document.querySelector(".place-map img")?.complete);
      const [outline, dots] = await sizes();
      assert.equal(outline, dots);
    }
  },

  async "two trials are saved and stand side by side"() {
    for (const trial of [EXAMPLE, OPEN]) {
      await page.goto(trial);
      await until(() => document.querySelector("[data-save] button"));
      await clickByText("[data-save] button", "Save this trial");
    }
    await page.goto(`${address}compare/`);
    await until(() => document.querySelectorAll(".comparison-table thead th").length === 2);
    await clickByText("button", "Remove all");
    assert.match(await text("main"), /no saved trials yet/);
  },

  async "a search finds, and says so when it does not"() {
    await page.goto(`${address}search/`);
    await page.type("input[type=search]", "leukemia");
    await until(() => /fit/.test(document.querySelector("[role=status]")?.textContent ?? ""));
    assert.ok((await page.$$("main .listing > li")).length > 0);
    await page.type("input[type=search]", " xyzzy");
    await until(() => /No trial/.test(document.querySelector("[role=status]")?.textContent ?? ""));
  },
};

let failed = 0;
for (const [name, walk] of Object.entries(JOURNEYS)) {
  try {
    await walk();
    assert.deepEqual(troubles.splice(0), []);
    console.log(`ok: ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED: ${name}: ${error instanceof Error ? error.message : error}`);
  }
}
await browser.close();
process.exit(failed ? 1 : 0);
