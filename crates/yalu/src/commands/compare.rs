//! `yalu whatif compare`.

use crate::args::{Closures, Compare as Args, Overrides, VariantFlags};
use crate::ended::{Ended, threads};
use crate::load::{corridor_with, folder_name};
use crate::progress;
use crate::terminal::{Problem, colour_out, print, print_screen, width};
use clap::Parser as _;
use std::fmt::Write as _;
use std::time::Instant as Clock;
use yalu_chart::standalone;
use yalu_model::Corridor;
use yalu_plan::{Plan, compile};
use yalu_report::{compare_page, pictures};
use yalu_study::{Beside, Compared, Variant, Window, compare as study};
use yalu_units::Span;
use yalu_view::compare::Compare;
use yalu_view::json;

/// Sets variants beside a base.
pub fn compare(a: &Args) -> Result<Ended, Problem> {
    let begin = Clock::now();
    let (names, corridors) = variants(a)?;
    let out = a.out.begin("yalu whatif compare")?;
    threads(a.draws.threads)?;
    let (seed, replications) = a.draws.of(&corridors[0].sampling);
    let found = run(&names, corridors, (None, Span::days(i64::from(a.after))), seed, replications)?;
    let view = Compare::of(&found, command(a, seed, replications), begin.elapsed().as_secs_f64());
    if let Some(out) = out {
        for (name, text) in files(&view) {
            out.write(&name, text.as_bytes())?;
        }
        out.finish()?;
    }
    if a.shown.json {
        print(&json(&view));
    } else {
        let texts: Vec<String> = view.summaries().iter().map(|s| s.text(colour_out(), width())).collect();
        print_screen(&texts.join("\n"), a.shown.verbose);
        if let Some(dir) = &a.out.output {
            print(&format!(
                "\nWritten: report.html, compare.json, figures.csv and pictures with data in {}\n",
                dir.display()
            ));
        }
    }
    let out_of_balance = found.variants.iter().any(|v| v.comparison.out_of_balance != [0; 3]);
    Ok(if out_of_balance { Ended::Findings } else { Ended::Fine })
}

/// Names and corridors, the base first.
fn variants(a: &Args) -> Result<(Vec<String>, Vec<Corridor>), Problem> {
    let mut names = Vec::new();
    let mut corridors = Vec::new();
    for dir in &a.dirs {
        names.push(if a.dirs.len() == 1 { "as declared".to_owned() } else { folder_name(dir) });
        corridors.push(corridor_with(dir, &a.set, &a.closures)?);
    }
    for text in &a.variant {
        let (name, flags) = variant(text)?;
        let both = |x: &[String], y: &[String]| x.iter().chain(y).cloned().collect::<Vec<String>>();
        let set = Overrides { set: both(&a.set.set, &flags.set.set) };
        let closures = Closures {
            close: both(&a.closures.close, &flags.closures.close),
            reopen: both(&a.closures.reopen, &flags.closures.reopen),
        };
        corridors.push(corridor_with(&a.dirs[0], &set, &closures)?);
        names.push(name);
    }
    if corridors.len() < 2 {
        return Err(Problem::new("there is nothing to compare with").help(
            "name a second folder, or a variant: --variant 'shut a month: --close CROSSING:2023-03-01..2023-03-30'",
        ));
    }
    Ok((names, corridors))
}

/// `NAME: flags` of a variant.
fn variant(text: &str) -> Result<(String, VariantFlags), Problem> {
    let wrong = |why: String| {
        Problem::new(format!("--variant '{text}' cannot be read: {why}")).help(
            "write a name, a colon and flags: 'half: --close X:2023-03-01..2023-03-30 --set choice.reaction_days=3'",
        )
    };
    let (name, flags) = match text.split_once(": ") {
        Some((name, flags)) if !name.trim_start().starts_with("--") => (name.trim().to_owned(), flags),
        _ => (text.trim().to_owned(), text),
    };
    let words = words(flags).ok_or_else(|| wrong("a quotation mark is not closed".into()))?;
    let flags = VariantFlags::try_parse_from(std::iter::once("variant".to_owned()).chain(words)).map_err(|e| {
        let first = e.to_string();
        wrong(first.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned())
    })?;
    if flags.set.set.is_empty() && flags.closures.close.is_empty() && flags.closures.reopen.is_empty() {
        return Err(wrong("it changes nothing".into()));
    }
    Ok((name, flags))
}

/// A line in words; quotation marks hold words together.
fn words(line: &str) -> Option<Vec<String>> {
    let (mut out, mut word, mut quote): (Vec<String>, Option<String>, Option<char>) = (Vec::new(), None, None);
    for c in line.chars() {
        match quote {
            Some(q) if c == q => quote = None,
            None if c == '"' || c == '\'' => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            None if c.is_whitespace() => out.extend(word.take()),
            _ => word.get_or_insert_default().push(c),
        }
    }
    out.extend(word);
    quote.is_none().then_some(out)
}

/// Runs each corridor beside the first, over the days in which they differ and some after; from the begin of the horizon, or from so long
/// before those days.
pub fn run(
    names: &[String],
    mut corridors: Vec<Corridor>,
    (history, after): (Option<Span>, Span),
    seed: u64,
    replications: u32,
) -> Result<Compared, Problem> {
    let windows = Window::against_first(&mut corridors, after);
    if let Some(history) = history {
        Window::begin_before(&mut corridors, &windows, history);
    }
    let plans: Vec<Plan> = corridors
        .iter()
        .map(|c| compile(c, c.horizon.from).map_err(|e| crate::physics::unfit(c, &e)))
        .collect::<Result<_, _>>()?;
    let list: Vec<Variant> = names
        .iter()
        .zip(&corridors)
        .zip(&plans)
        .map(|((name, corridor), plan)| Variant { name, corridor, plan })
        .collect();
    let runs = u64::from(if replications > 1 { replications } else { 0 }) + 1;
    let bar = progress::bar(runs * list.len() as u64, "simulating");
    let found = study(list[0], &list[1..], &windows, seed, replications, &|| bar.inc(1));
    bar.finish_and_clear();
    let found = found.map_err(|e| {
        Problem::new("the variants cannot be set beside each other")
            .because(e)
            .help("both must cover the same days: the same from, to and zone in scenario.toml")
    })?;
    let mut corridors = corridors.into_iter();
    let base = corridors.next().ok_or_else(|| Problem::new("there is nothing to compare"))?;
    let variants = corridors
        .zip(windows)
        .zip(found)
        .map(|((corridor, window), comparison)| Beside { corridor, window, comparison })
        .collect();
    Ok(Compared { base, variants, seed, replications })
}

/// The files of a folder: page, JSON, figures, and each picture with its data.
fn files(x: &Compare) -> Vec<(String, String)> {
    let mut out = vec![
        ("report.html".to_owned(), compare_page(x, env!("CARGO_PKG_VERSION"))),
        ("compare.json".to_owned(), json(x)),
        ("figures.csv".to_owned(), x.figures().csv()),
    ];
    for (i, v) in x.variants.iter().enumerate() {
        let of = if x.variants.len() == 1 { String::new() } else { format!("{}-{}-", i + 1, plain(&v.variant)) };
        for (name, chart) in pictures(v) {
            out.push((format!("{of}{name}.svg"), standalone(&chart.svg(), false)));
            out.push((format!("{of}{name}.csv"), chart.csv()));
        }
    }
    out
}

/// Letters, digits and hyphens of a name.
fn plain(name: &str) -> String {
    let letters = name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' });
    letters.collect::<String>().trim_matches('-').to_owned()
}

/// The command that makes the same results, without the folder it writes.
fn command(a: &Args, seed: u64, replications: u32) -> String {
    let mut out = "yalu whatif compare".to_owned();
    for dir in &a.dirs {
        let _ = write!(out, " {}", folder_name(dir));
    }
    for v in &a.variant {
        let _ = write!(out, " --variant '{v}'");
    }
    let _ = write!(out, " --seed {seed} --replications {replications} --after {}", a.after);
    out.push_str(&a.set.written());
    out.push_str(&a.closures.written());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variant_is_a_name_and_flags() {
        let (name, flags) =
            variant("shut a month: --close X:2023-03-01..2023-03-30 --set 'a.b=c d' --set e=f").unwrap();
        assert_eq!(name, "shut a month");
        assert_eq!(flags.closures.close, ["X:2023-03-01..2023-03-30"]);
        assert_eq!(flags.set.set, ["a.b=c d", "e=f"]);
        assert_eq!(variant("--set a=b").unwrap().0, "--set a=b");
        for bad in ["name: ", "name: --set 'a=b", "name: --shut X", "nothing"] {
            assert!(variant(bad).is_err(), "{bad}");
        }
    }
}
