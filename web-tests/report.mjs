// The report in a real browser, by file: and offline: what a reader sees, hears and reaches by keyboard.
// node report.mjs REPORT.html FOLDER_FOR_PICTURES
import { chromium } from "playwright-core";
import { mkdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
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

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// Rules of accessibility that the page breaks, all figures unfolded.
async function broken(page) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return violations.map((v) => [v.id, v.nodes.length, v.nodes[0].target.join(" "), v.nodes[0].failureSummary.slice(0, 160)]);
}

// Words of one picture or of the first layer that lie over each other, or outside what shows them.
const collisions = (page) =>
  page.evaluate(() => {
    const out = [];
    const boxes = (nodes) =>
      nodes
        .map((n) => ({ text: n.textContent.trim(), b: n.getBoundingClientRect() }))
        .filter((x) => x.text && x.b.width > 0 && x.b.height > 0);
    for (const svg of document.querySelectorAll(".pic > svg")) {
      const frame = svg.getBoundingClientRect();
      if (!frame.width) continue;
      const words = boxes([...svg.querySelectorAll("text")].filter((t) => !t.getAttribute("transform")));
      const name = svg.closest("figure").id;
      words.forEach((x, i) => {
        if (x.b.left < frame.left - 3 || x.b.right > frame.right + 3) out.push(`${name}: cut: ${x.text}`);
        for (const y of words.slice(i + 1)) {
          const w = Math.min(x.b.right, y.b.right) - Math.max(x.b.left, y.b.left);
          const h = Math.min(x.b.bottom, y.b.bottom) - Math.max(x.b.top, y.b.top);
          // Boxes hold the room of accents too: letters meet from a third of the height.
          if (w > 2 && h > 0.34 * Math.min(x.b.height, y.b.height)) out.push(`${name}: ${x.text} over ${y.text}`);
        }
      });
    }
    for (const n of document.querySelectorAll("h1,h2,h3,.ans,.more,.why dd,.told td,.told th")) {
      if (n.clientWidth > 2 && n.scrollWidth > n.clientWidth + 1) out.push(`clipped: ${n.textContent.trim().slice(0, 60)}`);
    }
    return [...new Set(out)];
  });

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
  const bytes = statSync(report).size;
  check("the page takes less than 1.5 MB", bytes < 1_500_000, bytes);
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
      return title && drawn.some((t) => t.length > 24 && 2 * t.length > title.length && title.startsWith(t));
    }).map((f) => f.id),
  );
  const layer = await page.evaluate(() => {
    const end = document.querySelector("#read-on")?.getBoundingClientRect().top ?? 0;
    const answers = [...document.querySelectorAll("section.q .qa")];
    const last = Math.round((answers.at(-1)?.getBoundingClientRect().bottom ?? 0) + scrollY);
    return { end: Math.round(end + scrollY), answers: answers.length, last };
  });
  check("five answers stand first", layer.answers === 5, layer);
  check("all five stand whole on a first screen of 1280 by 900", layer.last > 0 && layer.last <= 900, layer);
  check("answers, year and claims take under 2,500 px", layer.end > 0 && layer.end < 2500, layer);
  const over = await collisions(page);
  check("no words of a picture lie over others at 1280", over.length === 0, over.slice(0, 12));
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
  await page.locator("figure details").first().evaluate((d) => (d.open = false));
  const pdf = await page.pdf({ path: `${shots}/report.pdf`, format: "A4", preferCSSPageSize: true });
  const pages = (pdf.toString("latin1").match(/\/Type\s*\/Page[^s]/g) ?? []).length;
  check("it prints on under 20 pages, the folded figures left out", pages > 0 && pages < 20, pages);
  await page.emulateMedia({ media: "print" });
  const paper = await collisions(page);
  check("no words lie over others on paper", paper.length === 0, paper.slice(0, 12));
  await page.emulateMedia({ media: "screen" });
  const rules = await broken(page);
  check("axe finds nothing in light", rules.length === 0, rules);
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
  const rules = await broken(page);
  check("axe finds nothing in dark", rules.length === 0, rules);
  await done();
}

// On a phone; at one pixel a pixel, for a picture of the whole page has a greatest height.
for (const width of [390, 320]) {
  const { page, done } = await open({ viewport: { width, height: 844 }, isMobile: true, deviceScaleFactor: 1 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  check(`the page does not scroll sideways at ${width}`, wide <= 0, wide);
  await page.screenshot({ path: `${shots}/phone-${width}.png`, fullPage: true });
  const over = await collisions(page);
  check(`no words of a picture lie over others at ${width}`, over.length === 0, over.slice(0, 12));
  const rules = await broken(page);
  check(`axe finds nothing at ${width}`, rules.length === 0, rules);
  await done();
}

await browser.close();
for (const f of failed) console.error(`FAILED ${f}`);
console.log(`report in a browser: ${passed} passed, ${failed.length} failed`);
process.exit(failed.length ? 1 : 0);
