//! A study cut into shards: a folder that holds all it needs, in which each shard writes its own part and never another's.
//!
//! `plan.json` names what determines the results: the hash of the study's text, of each file of the scenario, and the
//! version of Yalu. A shard writes its rows in pieces, each there whole or not at all, and its receipt last. A run that
//! died begins where its last piece ended; what another machine wrote is never touched.

use super::{Ready, finish, study};
use crate::args::{MergeStudy, PlanStudy, RunShard, StudyStatus};
use crate::ended::{Ended, threads};
use crate::load::CALIBRATION;
use crate::progress;
use crate::terminal::{Problem, colour_out, print, width};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::time::Duration;
use yalu_files::{Lock, OutFolder, make_folders, sha256, write_file};
use yalu_scenario::{read_file, read_folder};
use yalu_study::{CaseRun, read_rows, rows_text, run_cases};
use yalu_view::study::{ShardState, ShardStates};
use yalu_view::{SCHEMA_VERSION, json};

/// The version of plans that is written and read.
const FORMAT: u32 = 1;
/// Replications of a piece: few enough that little is lost, enough that files stay few.
const PIECE: u32 = 8;
const PLAN: &str = "plan.json";
const STUDY: &str = "study.toml";
const SCENARIO: &str = "scenario";
const RECEIPT: &str = "shard.json";

/// What a folder of a planned study says of itself.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlanFile {
    plan_format: u32,
    /// Hash of all that determines the results.
    plan: String,
    yalu: String,
    command: String,
    replications: u32,
    shards: u32,
}

/// What a shard says once it is whole.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ShardReceipt {
    plan: String,
    /// Hash of each piece by its name.
    pieces: BTreeMap<String, String>,
}

/// Writes the folder of a study cut into shards.
pub fn plan(a: &PlanStudy) -> Result<Ended, Problem> {
    let ready = Ready::read(&a.file, a.replications)?;
    if ready.file.moved.is_some() {
        return Err(Problem::new("inputs that are moved are not cut into shards")
            .help("take [sensitivity] out of this file; run it at once with `yalu study FILE`"));
    }
    if a.shards > ready.replications {
        return Err(Problem::new(format!("{} shards are more than {} replications", a.shards, ready.replications))
            .help("a shard holds at least one replication of each case"));
    }
    let text = read_file(&a.file).map_err(|e| Problem::new("the study cannot be read").because(e))?;
    let folder = read_folder(&ready.dir).map_err(|e| Problem::new("its scenario cannot be read").because(e))?;
    let mut files: BTreeMap<String, Vec<u8>> = folder.files;
    let calibration = ready.dir.join(CALIBRATION);
    if calibration.is_file() {
        let bytes = read_file(&calibration).map_err(|e| Problem::new("its calibration cannot be read").because(e))?;
        files.insert(CALIBRATION.to_owned(), bytes);
    }
    let plan = PlanFile {
        plan_format: FORMAT,
        plan: identity(&text, &files, ready.replications),
        yalu: env!("CARGO_PKG_VERSION").to_owned(),
        command: ready.command.clone(),
        replications: ready.replications,
        shards: a.shards,
    };
    let out = OutFolder::begin(&a.output, false, "yalu study plan")?;
    out.write(STUDY, &text)?;
    for (name, bytes) in &files {
        out.write(&format!("{SCENARIO}/{name}"), bytes)?;
    }
    out.write(PLAN, json(&plan).as_bytes())?;
    let dir = out.finish_for_user()?;
    print(&format!(
        "{} cases, {} replications, {} shards in {dir}\nNext     yalu study run {dir} --shard 1\n         yalu study status {dir}\n",
        ready.cases.len(),
        ready.replications,
        a.shards,
        dir = dir.display()
    ));
    Ok(Ended::Fine)
}

/// What determines the results of a study.
fn identity(study: &[u8], files: &BTreeMap<String, Vec<u8>>, replications: u32) -> String {
    let mut all = format!("yalu study {FORMAT} {} {replications}\n{}\n", env!("CARGO_PKG_VERSION"), sha256(study));
    for (name, bytes) in files {
        let _ = writeln!(all, "{} {name}", sha256(bytes));
    }
    sha256(all.as_bytes())
}

/// A planned study, checked against what determines it.
struct Planned {
    dir: PathBuf,
    plan: PlanFile,
    ready: Ready,
}

impl Planned {
    fn read(dir: &Path) -> Result<Planned, Problem> {
        let no_plan =
            || Problem::new(format!("{} holds no planned study", dir.display())).help("`yalu study plan` writes one");
        let bytes = read_file(&dir.join(PLAN)).map_err(|e| no_plan().because(e))?;
        let plan: PlanFile = serde_json::from_slice(&bytes).map_err(|e| no_plan().because(e))?;
        if plan.plan_format != FORMAT || plan.yalu != env!("CARGO_PKG_VERSION") {
            return Err(Problem::new(format!("the plan was made by Yalu {}, format {}", plan.yalu, plan.plan_format))
                .help(format!(
                    "run it with that version, or plan it anew with this one, {}",
                    env!("CARGO_PKG_VERSION")
                )));
        }
        if plan.shards == 0 || plan.shards > plan.replications {
            return Err(Problem::new("the plan was changed after it was made").help("plan the study anew"));
        }
        let text = read_file(&dir.join(STUDY)).map_err(|e| no_plan().because(e))?;
        let scenario = dir.join(SCENARIO);
        let mut files = read_folder(&scenario).map_err(|e| no_plan().because(e))?.files;
        let calibration = scenario.join(CALIBRATION);
        if calibration.is_file() {
            files.insert(CALIBRATION.to_owned(), read_file(&calibration).map_err(|e| no_plan().because(e))?);
        }
        if identity(&text, &files, plan.replications) != plan.plan {
            return Err(Problem::new("the study or its scenario was changed after the plan was made")
                .help("its shards would not belong together; plan the study anew"));
        }
        let ready = Ready::of(study(STUDY, &text)?, scenario, Some(plan.replications), plan.command.clone())?;
        Ok(Planned { dir: dir.to_owned(), plan, ready })
    }

    /// Replications of a shard, numbered from 1: as even as can be.
    fn replications(&self, shard: u32) -> RangeInclusive<u32> {
        let end = |k: u32| (u64::from(self.plan.replications) * u64::from(k) / u64::from(self.plan.shards)) as u32;
        end(shard - 1) + 1..=end(shard)
    }

    /// Pieces of a shard: file and replications.
    fn pieces(&self, shard: u32) -> Vec<(String, RangeInclusive<u32>)> {
        let all = self.replications(shard);
        let begins = all.clone().step_by(PIECE as usize);
        begins
            .map(|first| {
                let last = (first + PIECE - 1).min(*all.end());
                (format!("r{first:08}-{last:08}.csv"), first..=last)
            })
            .collect()
    }

    fn folder(&self, shard: u32) -> PathBuf {
        self.dir.join("shards").join(format!("{shard:07}"))
    }

    /// Rows of a piece, where it is there and whole.
    fn piece(&self, shard: u32, name: &str, replications: &RangeInclusive<u32>) -> Option<(String, Vec<CaseRun>)> {
        let text = String::from_utf8(read_file(&self.folder(shard).join(name)).ok()?).ok()?;
        let cases = self.ready.cases.len();
        let rows = read_rows(&self.ready.measures, cases, &text).ok()?;
        let due = replications.clone().flat_map(|n| (0..cases).map(move |case| (n, case)));
        rows.iter().map(|r| (r.replication, r.case)).eq(due).then_some((text, rows))
    }

    /// The receipt of a shard, where it is there and of this plan.
    fn receipt(&self, shard: u32) -> Option<ShardReceipt> {
        let bytes = read_file(&self.folder(shard).join(RECEIPT)).ok()?;
        serde_json::from_slice(&bytes).ok().filter(|r: &ShardReceipt| r.plan == self.plan.plan)
    }
}

/// Runs one shard.
pub fn run_shard(a: &RunShard) -> Result<Ended, Problem> {
    threads(a.threads)?;
    let p = Planned::read(&a.dir)?;
    if !(1..=p.plan.shards).contains(&a.shard) {
        return Err(
            Problem::new(format!("there is no shard {}", a.shard)).help(format!("shards are 1 to {}", p.plan.shards))
        );
    }
    let folder = p.folder(a.shard);
    make_folders(&folder)?;
    let _held = Lock::take(&folder, "yalu study run", Duration::ZERO, |_| ())?;
    let pieces = p.pieces(a.shard);
    let cases = p.ready.cases.len() as u64;
    let bar = progress::bar(p.replications(a.shard).count() as u64 * cases, "simulating");
    let (mut hashes, mut kept, mut failed) = (BTreeMap::new(), 0, 0);
    for (name, replications) in &pieces {
        let (text, rows) = if let Some(there) = p.piece(a.shard, name, replications) {
            kept += 1;
            bar.inc(replications.clone().count() as u64 * cases);
            there
        } else {
            let rows = run_cases(&p.ready.cases, p.ready.seed, replications.clone(), &|| bar.inc(1));
            let text = rows_text(&p.ready.measures, &rows, true);
            write_file(&folder.join(name), &text)?;
            (text, rows)
        };
        failed += rows.iter().filter(|r| r.figures.is_err()).count();
        hashes.insert(name.clone(), sha256(text.as_bytes()));
    }
    bar.finish_and_clear();
    write_file(&folder.join(RECEIPT), json(&ShardReceipt { plan: p.plan.plan.clone(), pieces: hashes }))?;
    let again = if kept > 0 { format!(", {kept} of {} pieces were there", pieces.len()) } else { String::new() };
    print(&format!("Shard {} of {} is done{again}; {failed} runs failed\n", a.shard, p.plan.shards));
    Ok(if failed == 0 { Ended::Fine } else { Ended::Findings })
}

/// Says how far each shard is.
pub fn status(a: &StudyStatus) -> Result<Ended, Problem> {
    let p = Planned::read(&a.dir)?;
    let state = |shard: u32| {
        let pieces = p.pieces(shard);
        let there = |(name, n): &&(String, RangeInclusive<u32>)| p.piece(shard, name, n).is_some();
        let done: usize = pieces.iter().filter(there).map(|(_, n)| n.clone().count()).sum();
        let all = p.replications(shard);
        let whole = p.receipt(shard).is_some() && done == all.clone().count();
        ShardState { shard, from: *all.start(), to: *all.end(), done: done as u32, whole }
    };
    let view = ShardStates {
        schema_version: SCHEMA_VERSION,
        plan: p.plan.plan.clone(),
        replications: p.plan.replications,
        cases: p.ready.cases.len(),
        shards: (1..=p.plan.shards).map(state).collect(),
    };
    if a.json {
        print(&json(&view));
    } else {
        print(&view.summary().text(colour_out(), width()));
    }
    let whole = view.shards.iter().all(|s| s.whole);
    Ok(if whole { Ended::Fine } else { Ended::Findings })
}

/// Puts the shards together.
pub fn merge(a: &MergeStudy) -> Result<Ended, Problem> {
    let p = Planned::read(&a.dir)?;
    let mut rows = Vec::new();
    let mut holes = Vec::new();
    for shard in 1..=p.plan.shards {
        let receipt = p.receipt(shard);
        for (name, replications) in p.pieces(shard) {
            let piece = p.piece(shard, &name, &replications);
            let hash = receipt.as_ref().and_then(|r| r.pieces.get(&name));
            match piece {
                Some((text, _)) if hash.is_some_and(|h| *h != sha256(text.as_bytes())) => {
                    return Err(Problem::new(format!("shard {shard}: {name} is not what its receipt says"))
                        .help("take the file away and run the shard again"));
                }
                Some((_, found)) if hash.is_some() || a.partial => rows.extend(found),
                _ => holes.push(shard),
            }
        }
    }
    holes.dedup();
    if !holes.is_empty() && !a.partial {
        let first: Vec<String> = holes.iter().take(10).map(ToString::to_string).collect();
        let more = if holes.len() > first.len() { ", …" } else { "" };
        return Err(Problem::new(format!(
            "{} of {} shards are not done: {}{more}",
            holes.len(),
            p.plan.shards,
            first.join(", ")
        ))
        .help("run them, or merge what is there with --partial"));
    }
    let out = OutFolder::begin(&a.output, a.force, "yalu study merge")?;
    finish(&p.ready, &rows, None, Some(out), (a.json, false))
}
