// The report in a real browser, by file: and offline: what a reader sees, hears and reaches by keyboard.
// node report.mjs REPORT.html FOLDER_FOR_PICTURES
import { chromium } from "playwright-core";
import { mkdirSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [report, shots] = process.argv.slice(2);
mkdirSync(shots, { recursive: true });
const url = pathToFileURL(report).href;
const failed = [];
let passed = 0;
const check = (what, good, seen) => {
  if (good) passed += 1;
  else failed.push(seen === undefined ? what : `${what}: ${JSON.stringify(seen)}`);
};

const browser = await chromium.launch({
  executablePath: process.env.YALU_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});

async function open(options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const asked = [];
  const wrong = [];
  page.on("request", (r) => {
    if (!/^(file|data|blob):/.test(r.url())) asked.push(r.url());
  });
  page.on("console", (m) => m.type() === "error" && wrong.push(m.text()));
  page.on("pageerror", (e) => wrong.push(String(e)));
  await page.goto(url);
  return { page, asked, wrong, done: () => context.close() };
}

// Light, on a desk.
{
  const { page, asked, wrong, done } = await open({ viewport: { width: 1280, height: 900 }, colorScheme: "light" });
  check("one main heading", (await page.locator("h1").count()) === 1);
  const figures = await page.evaluate(() =>
    [...document.querySelectorAll("figure:not(.small)")].map((f) => ({
      id: f.id,
      csv: Boolean(f.querySelector('a[download][href^="data:text/csv"]')),
    })),
  );
  check("the page has ten figures or more", figures.length >= 10, figures.length);
  const twice = await page.evaluate(() =>
    [...document.querySelectorAll("figure")].filter((f) => {
      const title = f.querySelector("h3")?.textContent.trim();
      const drawn = [...f.querySelectorAll("svg text")].map((t) => t.textContent.trim());
      // A line of the title, not a name that begins it.
      return title && drawn.some((t) => t.length > 24 && title.startsWith(t));
    }).map((f) => f.id),
  );
  check("no drawing says its title again", twice.length === 0, twice);
  check("each figure has its data to download", figures.every((f) => f.csv), figures.filter((f) => !f.csv));
  const unnamed = await page.evaluate(() =>
    [...document.querySelectorAll('svg[role="img"]')].filter(
      (s) => !(s.querySelector("title")?.textContent || s.getAttribute("aria-label") || s.getAttribute("aria-labelledby")),
    ).length,
  );
  check("each picture has a name", unnamed === 0, unnamed);
  const small = await page.evaluate(() => {
    const out = [];
    for (const t of document.querySelectorAll("svg text")) {
      const svg = t.ownerSVGElement;
      const box = svg.getBoundingClientRect();
      if (box.width === 0 || !svg.viewBox.baseVal?.width) continue;
      const px = (parseFloat(getComputedStyle(t).fontSize) * box.width) / svg.viewBox.baseVal.width;
      if (px < 10 && t.textContent.trim()) out.push([t.textContent, px]);
    }
    return out.slice(0, 5);
  });
  check("no text of a picture is under 10 px", small.length === 0, small);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  check("the page does not scroll sideways at 1280", wide <= 0, wide);

  const bar = await page.evaluate(() => {
    const nav = document.querySelector("header nav");
    return nav.scrollWidth - nav.clientWidth;
  });
  check("the parts of the report fit the bar at 1280", bar <= 0, bar);
  // A report that tells a closure order by order tells it whole.
  const ids = figures.map((f) => f.id);
  if (ids.some((id) => id.endsWith("closure-service"))) {
    const missing = ["closure-backlog", "closure-bearers"].filter((w) => !ids.some((id) => id.endsWith(w)));
    check("the closure has its backlog and who bears it", missing.length === 0, missing);
  }

  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => document.activeElement?.getAttribute("href"));
  check("the first Tab reaches the skip link", first?.startsWith("#"), first);
  let toggle = false;
  for (let i = 0; i < 40 && !toggle; i += 1) {
    await page.keyboard.press("Tab");
    toggle = await page.evaluate(() => document.activeElement?.tagName === "BUTTON");
  }
  check("Tab reaches the theme button", toggle);
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.keyboard.press("Enter");
  check("the theme button turns the page dark", (await ground()) !== light, light);
  await page.keyboard.press("Enter");
  check("and light again", (await ground()) === light);
  const summary = page.locator("figure details summary").first();
  await summary.focus();
  await page.keyboard.press("Enter");
  check("a table opens by keyboard", await page.locator("figure details").first().evaluate((d) => d.open));
  await page.screenshot({ path: `${shots}/light.png`, fullPage: true });
  await page.pdf({ path: `${shots}/report.pdf`, format: "A4" });
  check("nothing is asked of a network", asked.length === 0, asked);
  check("no error on the console", wrong.length === 0, wrong);
  await done();
}

// Dark.
{
  const { page, wrong, done } = await open({ viewport: { width: 1280, height: 900 }, colorScheme: "dark" });
  const rgb = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number));
  check("dark where the reader asks for dark", Math.max(...rgb) < 60, rgb);
  await page.screenshot({ path: `${shots}/dark.png`, fullPage: true });
  check("no error on the console in dark", wrong.length === 0, wrong);
  await done();
}

// On a phone; at one pixel a pixel, for a picture of the whole page has a greatest height.
for (const width of [390, 320]) {
  const { page, done } = await open({ viewport: { width, height: 844 }, isMobile: true, deviceScaleFactor: 1 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  check(`the page does not scroll sideways at ${width}`, wide <= 0, wide);
  await page.screenshot({ path: `${shots}/phone-${width}.png`, fullPage: true });
  await done();
}

await browser.close();
for (const f of failed) console.error(`FAILED ${f}`);
console.log(`report in a browser: ${passed} passed, ${failed.length} failed`);
process.exit(failed.length ? 1 : 0);
