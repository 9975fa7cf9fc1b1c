//! The record of a scenario folder as the commands read it, and its log.

use crate::args::reports::Source;
use crate::period;
use crate::terminal::{Problem, colour_err, say, say_part};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use yalu_files::{Lock, write_file};
use yalu_ledger::record::{Broken, Context, Format, Log, NAMES, Record, SealChange, again, read};
use yalu_ledger::{Citation, Day, Statement, citations};
use yalu_model::Corridor;
use yalu_scenario::{Diagnostic, Folder, Severity, load, read_file, read_folder, render};
use yalu_units::Instant;
use yalu_view::seal::Seal;

/// A record with the corridor it speaks of.
pub struct Held {
    /// The corridor.
    pub corridor: Corridor,
    /// File of the record.
    pub path: PathBuf,
    /// Its text.
    pub bytes: Vec<u8>,
    /// What it holds.
    pub record: Record,
    /// Its log; empty where there is none.
    pub log: Log,
    /// Whether there is a log.
    pub sealed: bool,
    /// Where the log is not what was written.
    pub broken: Option<Broken>,
    /// What differs between log and record.
    pub changes: Vec<SealChange>,
}

/// Reads the record of a folder with all its problems.
pub fn look(dir: &Path) -> Result<Held, Problem> {
    let (corridor, context) = corridor(dir)?;
    let r = read_record(dir, &context)?;
    let Read { path, bytes, record, log, sealed, broken, changes } = r;
    Ok(Held { corridor, path, bytes, record, log, sealed, broken, changes })
}

/// A record without the corridor it speaks of.
struct Read {
    path: PathBuf,
    bytes: Vec<u8>,
    record: Record,
    log: Log,
    sealed: bool,
    broken: Option<Broken>,
    changes: Vec<SealChange>,
}

fn read_record(dir: &Path, context: &Context) -> Result<Read, Problem> {
    let (name, format) = named(dir)?;
    let path = dir.join(name);
    let bytes = if path.exists() { bytes_of(&path)? } else { Vec::new() };
    let mut record = if bytes.is_empty() { Record::empty(format) } else { read(name, &bytes, format, context) };
    let cited = cited(name, &bytes, &record);
    record.add(cited);
    let (log, sealed, broken) = log_of(&path, &mut record);
    let changes = if sealed { log.verify(&mut record, name, &bytes) } else { Vec::new() };
    Ok(Read { path, bytes, record, log, sealed, broken, changes })
}

/// Citations that lead to no source: circles, and copies of nobody.
fn cited(name: &str, bytes: &[u8], record: &Record) -> Vec<Diagnostic> {
    let entries: Vec<_> = record.entries.iter().filter(|e| e.kept && e.report.is_some()).collect();
    let statements: Vec<Statement> = record.reports().map(Statement::of).collect();
    let mut sink = again(name, bytes);
    for found in citations(&statements) {
        let (i, message, help) = match &found {
            Citation::Circle(circle) => {
                let ids: Vec<&str> = circle.iter().map(|i| statements[*i].id.as_str()).collect();
                let message = format!("{} name each other as their origin: none of them is it", ids.join(", "));
                (circle[0], message, "they count once, as one source; name the one that saw or said it")
            }
            Citation::Nobody(i) => {
                let message = format!("`{}` is a copy that names no origin", statements[*i].id);
                (*i, message, "it is hearsay of nobody and does not count: name its origin, or take `derived` out")
            }
            // The original need not be in the record.
            Citation::Dangling(_) => continue,
        };
        if let Some(entry) = entries.get(i) {
            sink.tell("Y1219", Severity::Warning, entry.at(Some("origin")), message, Some(help.to_owned()));
        }
    }
    sink.finish().1
}

impl Held {
    /// Whether the record is what was sealed.
    pub fn seal(&self) -> Seal {
        Seal::of(self.sealed.then_some(&self.log), self.broken.is_none(), &self.changes)
    }
}

/// Whether a problem is one of the seal: codes Y1210 to Y1214.
pub fn of_seal(d: &Diagnostic) -> bool {
    ("Y1210"..="Y1214").contains(&d.code)
}

/// Reads the record of a folder to work with: errors end it, unless what is sound is to be used alone.
pub fn held(from: &Source) -> Result<Held, Problem> {
    let held = look(&from.dir)?;
    tell(&held.record, &from.dir.display().to_string(), from.skip_bad)?;
    Ok(held)
}

/// Reads the record of a folder, or another file of reports in its place.
pub fn for_belief(from: &Source, reports: Option<&Path>) -> Result<Held, Problem> {
    let Some(file) = reports else { return held(from) };
    let mut held = look(&from.dir)?;
    let name = file.display().to_string();
    held.record = read(&name, &bytes_of(file)?, format_of(file), &context(&held.corridor));
    tell(&held.record, &name, from.skip_bad)?;
    Ok(held)
}

/// The problems of the record of a folder, and whether they are all of them: where the corridor cannot be loaded, its
/// reports apart, they are those of the seal alone. What cannot be read at all is the loader's to tell.
pub fn problems(dir: &Path) -> (Vec<Diagnostic>, bool) {
    let found = |context: &Context| read_record(dir, context).map(|r| r.record.diagnostics).unwrap_or_default();
    match corridor(dir) {
        Ok((_, context)) => (found(&context), true),
        Err(_) => (found(&Context::default()).into_iter().filter(of_seal).collect(), false),
    }
}

/// The file of the log of a record.
pub fn log_path(record: &Path) -> PathBuf {
    let mut name = record.as_os_str().to_owned();
    name.push(".log");
    name.into()
}

/// How a file of reports is written, by its name.
pub fn format_of(file: &Path) -> Format {
    match file.extension().and_then(|e| e.to_str()) {
        Some("jsonl" | "ndjson") => Format::JsonLines,
        _ => Format::Csv,
    }
}

/// A file's bytes.
pub fn bytes_of(path: &Path) -> Result<Vec<u8>, Problem> {
    read_file(path).map_err(|e| Problem::new(format!("{} cannot be read", path.display())).because(e))
}

/// Writes a record and the log beside it. What was added stands in the record before it is sealed: a seal of what is
/// not there would look like a loss.
pub fn write_record(path: &Path, text: &str, log: &Log) -> Result<(), Problem> {
    write_file(path, text)?;
    write_file(&log_path(path), log.text()).map_err(|e| {
        Problem::new(format!("the reports were written to {}, but they are not sealed", path.display()))
            .because(e)
            .help("`yalu reports seal DIR` seals them")
    })
}

/// Time to wait for another that changes the same record.
const PATIENCE: Duration = Duration::from_mins(2);

/// Holds the record of a folder, so that what is read is what is changed, until what is given back is dropped.
pub fn hold(dir: &Path, owner: &str) -> Result<Lock, Problem> {
    if !dir.is_dir() {
        corridor(dir)?;
    }
    let path = dir.join(named(dir)?.0);
    let waiting = |who: &str| say(format_args!("waiting for {who}, which changes {}", path.display()));
    Ok(Lock::take(&path, owner, PATIENCE, waiting)?)
}

/// The civil day at the border of an instant.
pub fn day_at(c: &Corridor, t: Instant) -> Day {
    Day::at(period::zone(c), t)
}

/// A day given as an option.
pub fn day_option(option: &str, text: &str) -> Result<Day, Problem> {
    yalu_ledger::record::day_of(text)
        .ok_or_else(|| Problem::new(format!("{option} {text} is no day")).help("days are YYYY-MM-DD, as in 2022-09-26"))
}

fn named(dir: &Path) -> Result<(&'static str, Format), Problem> {
    let there: Vec<_> = NAMES.into_iter().filter(|(name, _)| dir.join(name).exists()).collect();
    match there.as_slice() {
        [] => Ok(NAMES[0]),
        [one] => Ok(*one),
        _ => Err(Problem::new(format!("{} has both reports.csv and reports.jsonl", dir.display()))
            .help("keep one: `yalu reports import DIR FILE` takes the reports of the other into it")),
    }
}

/// The log beside a record, and whether there is one; where it is not what was written, that is a problem of the record.
fn log_of(path: &Path, record: &mut Record) -> (Log, bool, Option<Broken>) {
    let path = log_path(path);
    if path.symlink_metadata().is_err() {
        return (Log::default(), false, None);
    }
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let bytes = match read_file(&path) {
        Ok(bytes) => bytes,
        Err(e) => {
            let help = "put it back from where it was kept; without it edits of sealed reports are not seen".to_owned();
            record.add([Diagnostic::whole(
                &name,
                "Y1213",
                Severity::Error,
                format!("the log cannot be read: {e}"),
                Some(help),
            )]);
            return (Log::default(), true, Some(Broken { line: 0, what: "cannot be read" }));
        }
    };
    let (log, mut broken) = Log::parse(&String::from_utf8_lossy(&bytes));
    if broken.is_none() && log.is_empty() && !record.entries.is_empty() {
        broken = Some(Broken { line: 1, what: "is its last: it was emptied, or the record was never sealed" });
    }
    if let Some(b) = &broken {
        record.add(b.diagnostics(&name, &bytes));
    }
    (log, true, broken)
}

/// The corridor of a folder. What is wrong with its reports is not the corridor's matter: where it cannot be loaded
/// with them, it is without them and the story that cites them.
fn corridor(dir: &Path) -> Result<(Corridor, Context), Problem> {
    let folder = read_folder(dir).map_err(|e| {
        Problem::new(format!("the scenario folder {} cannot be read", dir.display()))
            .because(e)
            .help("`yalu new NAME` writes a small one to begin with")
    })?;
    let c = match load(&folder, &[]).corridor {
        Some(c) => c,
        None => without_reports(dir, folder)?,
    };
    let context = context(&c);
    Ok((c, context))
}

fn without_reports(dir: &Path, mut folder: Folder) -> Result<Corridor, Problem> {
    for (name, _) in NAMES {
        folder.files.remove(name);
        folder.refused.remove(name);
    }
    folder.files.remove("story.toml");
    let loaded = load(&folder, &[]);
    let errors = loaded.diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
    loaded.corridor.ok_or_else(|| {
        Problem::new(format!("{} has {errors} errors beside its reports", dir.display()))
            .help("to list them: yalu check DIR")
    })
}

/// What a record is checked against: the corridor's crossings, and today at its border.
pub fn context(c: &Corridor) -> Context {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_millis() as i64);
    Context {
        crossings: c.border.crossings.iter().map(|x| x.id.clone()).collect(),
        today: Some(day_at(c, Instant(now))),
    }
}

/// Tells the problems of a record; an error ends the command unless what is sound is to be used.
fn tell(record: &Record, whose: &str, skip_bad: bool) -> Result<(), Problem> {
    let errors = record.diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
    let warnings = record.diagnostics.len() - errors;
    let count = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    if errors == 0 {
        if warnings > 0 {
            // Few are told in full, many are counted.
            if warnings <= 3 {
                say_part(render(&record.diagnostics, colour_err()));
            } else {
                say(format_args!(
                    "{} on the reports of {whose}. To list those of a scenario: yalu check DIR",
                    count(warnings, "warning")
                ));
            }
        }
        return Ok(());
    }
    if !skip_bad {
        say(render(&record.diagnostics, colour_err()));
        return Err(Problem::new(format!("the reports of {whose} have {}", count(errors, "error")))
            .help("--skip-bad uses the reports that are sound"));
    }
    let left: Vec<String> = record
        .left_out()
        .map(|(line, id)| if id.is_empty() { format!("line {line}") } else { format!("{id} (line {line})") })
        .collect();
    say(format_args!("{} of {whose} left out: {}", count(left.len(), "report"), shortened(&left)));
    Ok(())
}

fn shortened(list: &[String]) -> String {
    const MOST: usize = 12;
    if list.len() <= MOST {
        return list.join(", ");
    }
    format!("{} and {} more", list[..MOST].join(", "), list.len() - MOST)
}
