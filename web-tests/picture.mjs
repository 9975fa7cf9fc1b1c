// README's picture: the five answers of a report. node picture.mjs REPORT.html PICTURE.png
import { chromium } from "playwright-core";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [report, picture] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: process.env.YALU_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme: "light" });
await page.goto(pathToFileURL(resolve(report)).href);
const height = await page.evaluate(() => Math.ceil([...document.querySelectorAll(".ans")].at(-1).closest("section, li, article, div").getBoundingClientRect().bottom));
await page.setViewportSize({ width: 1280, height: height + 2 });
await page.screenshot({ path: picture });
await browser.close();
