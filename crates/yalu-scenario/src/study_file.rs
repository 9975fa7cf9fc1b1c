//! The file of a study: cases of one corridor that are run beside it with the same draws, and what is asked of its inputs.

use crate::diagnostic::{At, Diagnostic, Sink};
use serde::Deserialize;
use std::collections::BTreeSet;
use toml::Spanned;

/// Cases of a study at most, the corridor as declared among them.
pub const MOST_CASES: usize = 10_000;
/// Replications of a study at most.
pub const MOST_REPLICATIONS: u32 = 10_000_000;
/// Name of the case that changes nothing.
pub const AS_DECLARED: &str = "as declared";

/// A study as its file says.
#[derive(Clone, Debug, PartialEq)]
pub struct StudyFile {
    /// The scenario folder, from where the file stands.
    pub scenario: String,
    /// Replications of each case; the scenario's own where the file names none.
    pub replications: Option<u32>,
    /// Seed of the draws; the scenario's own where the file names none.
    pub seed: Option<u64>,
    /// First day counted.
    pub from: Option<String>,
    /// Last day simulated.
    pub to: Option<String>,
    /// The cases, the corridor as declared first.
    pub cases: Vec<StudyCase>,
    /// Inputs that are moved one by one or all together, and how; none where only their own ranges are asked.
    pub moved: Option<Moved>,
}

/// One case: what it changes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StudyCase {
    /// Its name.
    pub name: String,
    /// Values in place of those in the files, as after `--set`.
    pub set: Vec<String>,
    /// As after `--close`.
    pub close: Vec<String>,
    /// As after `--reopen`.
    pub reopen: Vec<String>,
}

/// Inputs that are moved.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// How.
    pub method: Method,
    /// Walks, or samples of each block.
    pub count: u32,
    /// What is moved.
    pub inputs: Vec<MovedInput>,
}

/// How inputs are moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// One at a time along walks (Morris).
    Morris,
    /// All together, variance split (Sobol').
    Sobol,
}

/// An input and the ends between which it is moved.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MovedInput {
    /// Its key, as after `--set`.
    pub set: String,
    /// Its value at level 0.
    pub low: f64,
    /// Its value at level 1.
    pub high: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Root {
    scenario: Spanned<String>,
    replications: Option<Spanned<u32>>,
    seed: Option<u64>,
    from: Option<String>,
    to: Option<String>,
    #[serde(default)]
    vary: Vec<Spanned<Vary>>,
    #[serde(default)]
    case: Vec<Spanned<Case>>,
    sensitivity: Option<Spanned<Sensitivity>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vary {
    set: String,
    values: Vec<toml::Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    #[serde(default)]
    set: Vec<String>,
    #[serde(default)]
    close: Vec<String>,
    #[serde(default)]
    reopen: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sensitivity {
    method: Spanned<String>,
    walks: Option<u32>,
    samples: Option<u32>,
    #[serde(default)]
    input: Vec<MovedInput>,
}

/// Reads a study, or tells all that is wrong with it.
///
/// # Errors
/// Diagnostics with the code Y1601 and their place in the file.
pub fn read_study(name: &str, text: &str) -> Result<StudyFile, Vec<Diagnostic>> {
    let mut sink = Sink::default();
    let file = sink.source(name, text.to_owned());
    let at = |span: std::ops::Range<usize>| At::new(file, span.start, span.end.max(span.start + 1));
    let root: Root = match toml::from_str(text) {
        Ok(root) => root,
        Err(e) => {
            let span = e.span().unwrap_or(0..0);
            sink.error("Y1601", at(span), e.message().to_owned(), Some("docs/study.md shows a whole file".into()));
            return Err(sink.finish().1);
        }
    };
    let mut wrong = |span: std::ops::Range<usize>, message: String, help: &str| {
        sink.error("Y1601", at(span), message, Some(help.to_owned()));
    };
    if root.scenario.get_ref().trim().is_empty() {
        wrong(
            root.scenario.span(),
            "`scenario` is empty".into(),
            "name the scenario folder, from where this file stands",
        );
    }
    if let Some(n) = root.replications.as_ref().filter(|n| !(1..=MOST_REPLICATIONS).contains(n.get_ref())) {
        let message = format!("{} replications are outside 1 to {MOST_REPLICATIONS}", n.get_ref());
        wrong(n.span(), message, "twenty give a first answer, two hundred a band");
    }
    let mut grid = vec![StudyCase::default()];
    for vary in &root.vary {
        let v = vary.get_ref();
        let values: Vec<String> = v.values.iter().filter_map(plain).collect();
        if values.is_empty() || values.len() < v.values.len() {
            wrong(
                vary.span(),
                format!("`values` of `{}` is no list of numbers or words", v.set),
                "write values = [1, 2, \"30..50\"]",
            );
            continue;
        }
        if grid.len().saturating_mul(values.len()) > MOST_CASES {
            wrong(
                vary.span(),
                format!("the grid has more than {MOST_CASES} cases"),
                "vary fewer keys, or fewer values of each",
            );
            break;
        }
        grid = grid
            .iter()
            .flat_map(|c| {
                values.iter().map(|value| {
                    let mut c = c.clone();
                    let set = format!("{}={value}", v.set.trim());
                    c.name = if c.name.is_empty() { set.clone() } else { format!("{}, {set}", c.name) };
                    c.set.push(set);
                    c
                })
            })
            .collect();
    }
    let mut cases = vec![StudyCase { name: AS_DECLARED.to_owned(), ..StudyCase::default() }];
    cases.extend(grid.into_iter().filter(|c| !c.set.is_empty()));
    let mut names: BTreeSet<String> = cases.iter().map(|c| c.name.clone()).collect();
    for case in &root.case {
        let c = case.get_ref();
        if c.name.trim().is_empty() {
            wrong(case.span(), "the case has no name".into(), "write name = \"two weeks shut\"");
        } else if !names.insert(c.name.trim().to_owned()) {
            wrong(case.span(), format!("there are two cases `{}`", c.name), "give each case a name of its own");
        }
        if c.set.is_empty() && c.close.is_empty() && c.reopen.is_empty() {
            wrong(case.span(), format!("the case `{}` changes nothing", c.name), "give it set, close or reopen");
        }
        let (name, set) = (c.name.trim().to_owned(), c.set.clone());
        cases.push(StudyCase { name, set, close: c.close.clone(), reopen: c.reopen.clone() });
    }
    let moved = root.sensitivity.as_ref().and_then(|s| moved(s, &mut wrong));
    if sink.failed() {
        return Err(sink.finish().1);
    }
    Ok(StudyFile {
        scenario: root.scenario.into_inner(),
        replications: root.replications.map(Spanned::into_inner),
        seed: root.seed,
        from: root.from,
        to: root.to,
        cases,
        moved,
    })
}

fn moved(s: &Spanned<Sensitivity>, wrong: &mut impl FnMut(std::ops::Range<usize>, String, &str)) -> Option<Moved> {
    let given = s.get_ref();
    let (method, count, key) = match given.method.get_ref().as_str() {
        "morris" => (Method::Morris, given.walks.unwrap_or(10), "walks"),
        "sobol" => (Method::Sobol, given.samples.unwrap_or(64), "samples"),
        other => {
            wrong(given.method.span(), format!("there is no method `{other}`"), "methods: morris, sobol");
            return None;
        }
    };
    let mut good = true;
    if !(2..=65_536).contains(&count) {
        wrong(s.span(), format!("{count} {key} are outside 2 to 65,536"), "ten walks or 64 samples are a beginning");
        good = false;
    }
    if given.input.is_empty() {
        wrong(s.span(), "no input is named".into(), "add [[sensitivity.input]] with set, low and high");
        good = false;
    }
    for i in &given.input {
        if !(i.low.is_finite() && i.high.is_finite() && i.low < i.high) {
            wrong(
                s.span(),
                format!("`{}` has no range from {} to {}", i.set, i.low, i.high),
                "low must lie below high",
            );
            good = false;
        }
    }
    good.then(|| Moved { method, count, inputs: given.input.clone() })
}

/// A value as it stands after `--set`.
fn plain(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(s) => Some(s.clone()),
        toml::Value::Integer(n) => Some(n.to_string()),
        toml::Value::Float(x) => Some(x.to_string()),
        toml::Value::Boolean(b) => Some(b.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grid_is_every_combination_and_cases_stand_beside_it() {
        let text = "scenario = \".\"\n[[vary]]\nset = \"a.b\"\nvalues = [1, \"2..3\"]\n[[vary]]\nset = \"c.d\"\nvalues = [true, 0.5]\n[[case]]\nname = \"shut\"\nclose = [\"X:2024-01-01..2024-01-09\"]\n";
        let study = read_study("study.toml", text).unwrap();
        let names: Vec<&str> = study.cases.iter().map(|c| c.name.as_str()).collect();
        let grid = ["a.b=1, c.d=true", "a.b=1, c.d=0.5", "a.b=2..3, c.d=true", "a.b=2..3, c.d=0.5"];
        assert_eq!(names, [&["as declared"], &grid[..], &["shut"]].concat());
        assert_eq!(study.cases[2].set, ["a.b=1", "c.d=0.5"]);
    }

    #[test]
    fn all_that_is_wrong_is_told_with_its_place() {
        let text = "scenario = \"\"\nreplications = 0\n[[case]]\nname = \"x\"\n[[case]]\nname = \"x\"\nset = [\"a=1\"]\n[sensitivity]\nmethod = \"guess\"\n";
        let found = read_study("study.toml", text).unwrap_err();
        let told: Vec<(usize, &str)> = found.iter().map(|d| (d.line, d.message.as_str())).collect();
        assert_eq!(told.len(), 5, "{told:?}");
        assert_eq!(told[0], (1, "`scenario` is empty"));
        assert_eq!(told[1], (2, "0 replications are outside 1 to 10000000"));
        assert_eq!(read_study("s", "scenari = \"x\"").unwrap_err()[0].line, 1);
        assert_eq!(read_study("s", "scenario = [").unwrap_err()[0].code, "Y1601");
    }
}
