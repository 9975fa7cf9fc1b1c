// A headline figure is the same wherever it stands: node agree.mjs FOLDER_OF_A_RUN [README.md]
// Then one figure after the other is changed by hand, in each document that shows it, and each change must be found.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const [, , folder, readmeFile] = process.argv;
const read = (name) => readFileSync(join(folder, name), "utf8");
const documents = { "run.json": read("run.json"), "summary.txt": read("summary.txt"), "report.html": read("report.html") };
if (readmeFile) documents["README.md"] = readFileSync(readmeFile, "utf8");

const entities = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
const plain = (text) => text.replace(/&(amp|lt|gt|quot|#39);/g, (_, e) => entities[e]).replace(/\s+/g, " ").trim();
const escaped = (text) => text.replace(/[&<>]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c]);

// Half of the last place that a number shows: of its decimals, or of three figures where it is whole.
function halfPlace(text) {
  const [whole, part = ""] = (plain(text).match(/[\d,]+(\.\d+)?/)?.[0] ?? "").replaceAll(",", "").split(".");
  const place = part ? 10 ** -part.length : 10 ** Math.max(0, whole.length - 3);
  return (place / 2) * (1 + 1e-9);
}

// What is wrong with a set of documents; each finding is a line.
function faults(of) {
  const wrong = [];
  const run = JSON.parse(of["run.json"]);
  const figures = run.answers.flatMap((a) => a.figures.map((f) => ({ ...f, answer: a })));
  // run.json with itself: the words of a figure are those of its answer, and its number is that of its words.
  for (const f of figures) {
    const said = plain(`${f.answer.answer} ${f.answer.text}`);
    if (!said.includes(plain(f.text))) wrong.push(`run.json: ${f.id} is ${plain(f.text)}, its answer does not say so`);
    const shown = Number((plain(f.text).match(/-?[\d,]+(\.\d+)?/)?.[0] ?? "").replaceAll(",", ""));
    const value = f.unit === "share" ? f.p50 * 100 : f.p50;
    const over = plain(f.text).startsWith("over") || plain(f.text).startsWith("under");
    if (f.p50 !== null && !over && Math.abs(shown - value) > halfPlace(f.text)) {
      wrong.push(`run.json: ${f.id} has ${value} and says ${plain(f.text)}`);
    }
  }
  const found = [...of["report.html"].matchAll(/<data value="([^"]+)">([^<]*)<\/data>/g)].map((m) => [m[1], plain(m[2])]);
  for (const [id, text] of found) {
    const f = figures.find((x) => x.id === id);
    if (!f) wrong.push(`report.html shows ${id}, which run.json does not hold`);
    else if (plain(f.text) !== text) wrong.push(`report.html: ${id} is ${text}, in run.json ${plain(f.text)}`);
  }
  for (const f of figures) {
    if (!found.some((x) => x[0] === f.id)) wrong.push(`report.html does not show ${f.id}`);
  }
  const page = plain(of["report.html"].replace(/<data [^>]*>|<\/data>/g, ""));
  const summary = plain(of["summary.txt"]);
  for (const a of run.answers) {
    if (!page.includes(plain(escaped(a.answer))) && !page.includes(plain(a.answer))) wrong.push(`report.html does not hold: ${a.answer}`);
    if (!summary.includes(plain(a.answer))) wrong.push(`summary.txt does not hold: ${a.answer}`);
    if (of["README.md"] && !plain(of["README.md"]).includes(plain(a.answer))) wrong.push(`README.md does not hold: ${a.answer}`);
  }
  return wrong;
}

const wrong = faults(documents);
for (const w of wrong) console.error(`FAILED ${w}`);
if (wrong.length) process.exit(1);

// Each number that an answer shows, changed by one in its last digit.
let changed = 0;
const missed = [];
const digit = (text, at) => text.slice(0, at) + ((Number(text[at]) + 1) % 10) + text.slice(at + 1);
const tries = (name, from, to) => {
  const text = documents[name].slice(from, to);
  for (const m of text.matchAll(/\d(?!\d|[.,]\d)/g)) {
    changed += 1;
    const bad = documents[name].slice(0, from) + digit(text, m.index) + documents[name].slice(to);
    let seen = true;
    try {
      seen = faults({ ...documents, [name]: bad }).length > 0;
    } catch {
      // Not JSON any more is found too.
    }
    if (!seen) missed.push(`${name}: ${text}`);
  }
};
for (const m of documents["report.html"].matchAll(/<data value="[^"]+">([^<]*)<\/data>/g)) {
  const from = m.index + m[0].indexOf(">") + 1;
  tries("report.html", from, from + m[1].length);
}
for (const a of JSON.parse(documents["run.json"]).answers) {
  for (const name of ["summary.txt", "README.md"].filter((n) => documents[n])) {
    // The answer may be set over some lines.
    const words = a.answer.split(/\s+/).map((w) => w.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const m = documents[name].match(new RegExp(words.join("\\s+")));
    if (m) tries(name, m.index, m.index + m[0].length);
  }
  for (const f of a.figures) {
    const at = documents["run.json"].indexOf(JSON.stringify(f.text), documents["run.json"].indexOf(`"id": "${f.id}"`));
    if (at > 0) tries("run.json", at, at + JSON.stringify(f.text).length);
  }
}
for (const m of missed) console.error(`FAILED a change was not found in ${m}`);
console.log(`numbers that agree: ${changed} changed by hand, ${changed - missed.length} found`);
process.exit(missed.length || !changed ? 1 : 0);
