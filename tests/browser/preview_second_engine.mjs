/**
 * The preview's client in Firefox, over WebDriver BiDi: an edit is shown in place, another loads the page again as it
 * was, errors come and go.
 *
 * usage: node preview_second_engine.mjs FIREFOX PAGE
 * Prints a line for each thing that it has seen; whoever started it does the next thing then. Ends with 1 when
 * something is not so.
 */

import assert from "node:assert/strict";
import process from "node:process";

import puppeteer from "puppeteer-core";

const [executablePath, address] = process.argv.slice(2);
const WAIT = 20_000;

const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true, timeout: 30_000, protocolTimeout: 30_000 });
const page = await browser.newPage();
page.setDefaultTimeout(WAIT);
/** @type {string[]} */
const troubles = [];
page.on("console", (said) => ["error", "warn"].includes(said.type()) && troubles.push(`console: ${said.text()}`));
page.on("pageerror", (error) => troubles.push(`error: ${error}`));

const until = (what) => page.waitForFunction(what, { polling: 50, timeout: WAIT });
const say = (text) => console.log(text);

try {
  await page.setViewport({ width: 1280, height: 900 });
  await page.goto(address);
  await until(() => document.querySelector("trialpages-preview")?.shadowRoot?.querySelector(".tab .mark"));
  await page.evaluate(() => {
    Reflect.set(window, "survives", true);
    document.querySelector("#design details").open = true;
  });
  const top = () => page.$eval("#contact", (part) => part.getBoundingClientRect().top);
  const survives = () => page.evaluate(() => Reflect.get(window, "survives") === true);
  // What the page itself draws on the way is there before anything is measured.
  for (const [part, drawn] of [["#self-check", ".self-check-result"], ["#locations", "#locations input"], ["#contact", "#contact"]]) {
    await page.$eval(part, (section) => section.scrollIntoView());
    await page.waitForSelector(drawn);
  }
  const before = await top();
  say("ready");

  await until(() => document.querySelector("#summary")?.textContent?.includes("Words made up"));
  assert.ok(await survives(), "an edit of words has loaded the page again");
  assert.ok(Math.abs((await top()) - before) < 2, `moved from ${before} to ${await top()}`);
  say("in place");

  await until(() => document.querySelector("#self-check")?.textContent?.includes("A made-up rule"));
  assert.ok(!(await survives()), "a rule has changed in place");
  await until(() => document.querySelector("#design details")?.open);
  await until(() => Math.abs(document.querySelector("#contact").getBoundingClientRect().top) < 30);
  say("loaded again");

  const overlay = () => document.querySelector("trialpages-preview")?.shadowRoot?.querySelector(".overlay");
  await until(`(${overlay})()?.hidden === false`);
  say("error");
  await until(`(${overlay})()?.hidden === true`);
  say("mended");
  assert.deepEqual(troubles, []);
} catch (error) {
  say(`FAILED: ${error instanceof Error ? error.message : error}; ${troubles.join("; ")}`);
  process.exitCode = 1;
}
await browser.close();
process.exit();
