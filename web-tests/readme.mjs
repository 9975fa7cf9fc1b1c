// The five answers in README are those of a run: node readme.mjs RUN.json README.md [--write]
import { readFileSync, writeFileSync } from "node:fs";

const [, , runFile, readmeFile, write] = process.argv;
const run = JSON.parse(readFileSync(runFile, "utf8"));
const readme = readFileSync(readmeFile, "utf8");
const [begin, end] = ["<!-- answers: begin -->\n", "<!-- answers: end -->"];
const plain = (text) => text.replaceAll(/[\u00a0\u202f]/g, " ");
const sure = (a) => (a.sure === "not_answered" ? `Not answered: ${a.why}` : `Sure: ${a.sure}`);
const lines = run.answers.map((a, i) => `${i + 1}. **${a.question}** ${plain(a.answer)} *${plain(sure(a))}.*`);
const assumed = Math.round(run.assumed_share * 100);
const inputs = run.inputs.toLocaleString("en");
const foot = `Medians with 5 – 95 % bands over ${run.replications} runs. ${assumed} % of ${inputs} inputs are assumed.`;
const block = `${begin}${lines.join("\n")}\n\n${foot}\n`;

const [from, to] = [readme.indexOf(begin), readme.indexOf(end)];
if (from < 0 || to < from) {
  console.error(`${readmeFile} has no place for the answers: ${begin.trim()} and ${end}`);
  process.exit(1);
}
const wanted = readme.slice(0, from) + block + readme.slice(to);
if (write === "--write") {
  writeFileSync(readmeFile, wanted);
} else if (wanted !== readme) {
  console.error(`the answers in ${readmeFile} are not those of the run; due are:\n\n${block}`);
  process.exit(1);
}
