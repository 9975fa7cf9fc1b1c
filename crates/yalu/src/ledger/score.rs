//! `yalu reports score`.

use super::belief::period;
use super::believed::{Heard, crossings, heard, known_now, known_then};
use super::source::{Held, bytes_of, for_belief};
use crate::args::reports::Score as Asked;
use crate::ended::Ended;
use crate::terminal::{Problem, colour_out, print, print_screen, say, width};
use std::path::Path;
use yalu_ledger::record::{day_of, day_text};
use yalu_ledger::worlds::{AHEAD_DAYS, EVERY_DAYS, SOFT, constant_hazard};
use yalu_ledger::{
    Ahead, Baseline, Belief, Bin, Day, Order, Score, StateChange, Truth, TruthSpell, changes, reliability,
    score as scored, verdicts,
};
use yalu_model::{CrossingId, State, Words as _};
use yalu_number::{Align, Column, Summary, Table, chance};
use yalu_scenario::{Sheet, Sink};
use yalu_view::ledger::{
    CrossingScore, FoundChange, MeanScore, RecordScore, Reliability, RuleScore, ScoreAhead, WithAndWithout,
};
use yalu_view::{SCHEMA_VERSION, json};

/// Scores of a crossing.
struct Scores {
    crossing: CrossingId,
    /// Known then and known now, each with and without the days inside a start's uncertainty.
    then: [Score; 2],
    now: [Score; 2],
    /// Simple rules: hard and soft, then hard and soft without the uncertain days.
    rules: Vec<(Baseline, Order, [Score; 4])>,
    /// Forecasts by horizon: the ledger's, and its own belief with a constant hazard.
    ahead: Vec<(u16, [Score; 2])>,
    bins: Vec<Bin>,
    changes: Vec<StateChange>,
}

/// Scores the belief against judged states.
pub fn score(a: &Asked) -> Result<Ended, Problem> {
    if let Some(worlds) = a.worlds {
        super::worlds::score(worlds, a.seed);
        return Ok(Ended::Fine);
    }
    let (Some(source), Some(truth_file)) = (&a.source, &a.truth) else {
        return Err(
            Problem::new("a scenario folder and `--truth FILE` are due").help("or `--worlds N`, for synthetic worlds")
        );
    };
    let held = for_belief(source, a.reports.as_deref())?;
    let days = period(&held, a.from.as_deref(), a.to.as_deref())?;
    let whole = heard(&held, a.customs, Day(i32::MAX));
    let (truth, left_out) = truth(truth_file, &whole)?;
    let ended = if left_out > 0 { Ended::Findings } else { Ended::Fine };
    let judged = |c: &CrossingId| truth.spells().iter().any(|s| s.crossing == *c && s.from <= days.1 && s.to >= days.0);
    let ids: Vec<CrossingId> = crossings(&held, &a.crossing)?.into_iter().filter(|c| judged(c)).collect();
    if ids.is_empty() {
        return Err(Problem::new(format!("{} judges none of these crossings in these days", truth_file.display())));
    }
    let then = known_then(&held, a.customs, &ids, days);
    let now = known_now(&held, a.customs, &ids, days);
    let all: Vec<Scores> = ids
        .iter()
        .map(|c| of(&whole, &truth, *c, then.get(c).map_or(&[], Vec::as_slice), now.get(c).map_or(&[], Vec::as_slice)))
        .collect();
    if a.shown.json {
        print(&document(&held, a, &all, days));
        return Ok(ended);
    }
    let text: Vec<String> = all.iter().map(|s| told(&held, s, days).text(colour_out(), width())).collect();
    print_screen(&text.join("\n"), a.shown.verbose);
    Ok(ended)
}

/// Judged states, and how many rows were left out for a state that is none: the columns `crossing`, `start`, `end`, `status`, and `mode` and `start_uncertainty_days` where they are there.
fn truth(path: &Path, heard: &Heard) -> Result<(Truth, usize), Problem> {
    let mut sink = Sink::default();
    let name = path.display().to_string();
    let sheet = Sheet::read(&mut sink, &name, &bytes_of(path)?, "judged states of crossings");
    let Some(sheet) = sheet.filter(|_| !sink.failed()) else {
        return Err(crate::load::told(&sink.finish().1, &format!("{name} cannot be read")));
    };
    let wrong = |line: usize, what: &str| Problem::new(format!("{name} line {line}: {what}"));
    let column = |name: &str| sheet.column(name);
    let need = |name: &str| column(name).ok_or_else(|| wrong(1, &format!("the column `{name}` is missing")));
    let (crossing, start, end, status) = (need("crossing")?, need("start")?, need("end")?, need("status")?);
    let (mode, uncertain) = (column("mode"), column("start_uncertainty_days"));
    let (mut spells, mut left_out) = (Vec::new(), 0);
    for row in &sheet.rows {
        let line = sink.text_of(row.at.file).line(row.at.start);
        let cell = |i: usize| row.cells[i].text.as_str();
        let day = |i: usize| day_of(cell(i)).ok_or_else(|| wrong(line, &format!("`{}` is no day", cell(i))));
        let Some(c) = Truth::crossing(heard.ledger.crossings(), cell(crossing), mode.map_or("", cell)) else {
            say(format_args!("{} line {line}: no crossing `{}`; left out", path.display(), cell(crossing)));
            continue;
        };
        let text = cell(status);
        let Some(state) = State::of_word(text) else {
            say(format_args!(
                "{name} line {line}: `{text}` is no state (not_opened, suspended, limited, open or unknown); left out"
            ));
            left_out += 1;
            continue;
        };
        spells.push(TruthSpell {
            crossing: c,
            from: day(start)?,
            to: if cell(end).is_empty() { Day(i32::MAX) } else { day(end)? },
            state,
            start_uncertainty_days: uncertain.map_or("", cell).parse::<f64>().map_or(0, |d| d.round() as i32),
        });
    }
    Ok((Truth::new(spells), left_out))
}

fn of(heard: &Heard, truth: &Truth, c: CrossingId, then: &[Belief], now: &[Belief]) -> Scores {
    let both = |series: &[Belief]| {
        [true, false].map(|with| scored(series.iter().map(|b| (b.day, b.running())), truth, c, with))
    };
    let (Some(first), Some(last)) = (then.first().map(|b| b.day), then.last().map(|b| b.day)) else {
        return Scores {
            crossing: c,
            then: both(then),
            now: both(now),
            rules: Vec::new(),
            ahead: Vec::new(),
            bins: Vec::new(),
            changes: Vec::new(),
        };
    };
    let mut rules = Vec::new();
    for rule in Baseline::ALL {
        for order in Order::ALL {
            let said = verdicts(&heard.ledger, c, (rule, order), first, last);
            let given = |sure: f64, with: bool| {
                // A rule that has heard nothing is given even odds.
                let p = |v: Option<bool>| v.map_or(0.5, |runs| if runs { sure } else { 1.0 - sure });
                scored(said.iter().map(|(day, v)| (*day, p(*v))), truth, c, with)
            };
            let four = [given(1.0, true), given(SOFT, true), given(1.0, false), given(SOFT, false)];
            rules.push((rule, order, four));
        }
    }
    let made = heard.ledger.known_ahead(c, (first, last), EVERY_DAYS, &AHEAD_DAYS);
    let ahead = AHEAD_DAYS.iter().enumerate().map(|(i, n)| {
        let of = |chance: &dyn Fn(&Ahead) -> f64| {
            scored(made.iter().map(|m| (m.ahead[i].day, chance(m))).filter(|d| d.0 <= last), truth, c, true)
        };
        (*n, [of(&|m| m.ahead[i].running()), of(&|m| constant_hazard(m.today.running(), *n))])
    });
    Scores {
        crossing: c,
        then: both(then),
        now: both(now),
        rules,
        ahead: ahead.collect(),
        bins: reliability(then.iter().map(|b| (b.day, b.running())), truth, c).to_vec(),
        changes: changes(&heard.ledger, truth, c, then),
    }
}

pub(super) fn rule_word(b: Baseline) -> &'static str {
    match b {
        Baseline::Latest => "latest report",
        Baseline::Majority => "majority of 30 days",
        Baseline::Rank => "highest source of 90 days",
    }
}

pub(super) fn order_word(o: Order) -> &'static str {
    match o {
        Order::Reported => "by report",
        Order::Event => "by event",
    }
}

fn told(held: &Held, s: &Scores, (from, to): (Day, Day)) -> Summary {
    let head = |names: &[&str]| {
        let align = |i: usize| if i == 0 { Align::Left } else { Align::Right };
        names.iter().enumerate().map(|(i, n)| Column::words(n, align(i))).collect::<Vec<_>>()
    };
    let cells = |x: [&Score; 2]| {
        x.iter().flat_map(|x| [format!("{:.4}", x.brier), format!("{:.4}", x.log)]).collect::<Vec<_>>()
    };
    let row = |name: String, x: [&Score; 2]| [vec![name], cells(x)].concat();
    let mut rows = vec![
        row("belief, known then".into(), [&s.then[0], &s.then[1]]),
        row("belief, known now".into(), [&s.now[0], &s.now[1]]),
    ];
    for (rule, order, four) in &s.rules {
        let name = format!("{}, {}", rule_word(*rule), order_word(*order));
        rows.push(row(name.clone(), [&four[0], &four[2]]));
        rows.push(row(format!("{name}, soft"), [&four[1], &four[3]]));
    }
    let scores = Table {
        title: "Mean scores, lower is better".into(),
        columns: head(&["", "Brier", "log", "sure: Brier", "log"]),
        rows: Table::written(rows),
        note: format!(
            "log in nats. soft: 0.95 and 0.05 in place of certainty. sure: without days inside a start’s uncertainty, {} of {} days.",
            s.then[1].days, s.then[0].days
        ),
        ..Table::default()
    };
    let ahead = Table {
        title: "Forecasts, one every 30 days".into(),
        columns: head(&["days ahead", "forecasts", "Brier", "log", "constant hazard: Brier", "log"]),
        rows: Table::written(
            s.ahead.iter().map(|(n, x)| [vec![n.to_string(), x[0].days.to_string()], cells([&x[0], &x[1]])].concat()),
        ),
        note: "constant hazard: the same belief, as if what runs ceased and what stands began once a year on average."
            .into(),
        ..Table::default()
    };
    let bins = Table {
        title: "Reliability, known then".into(),
        columns: head(&["chance given", "days", "mean given", "ran"]),
        rows: Table::written(s.bins.iter().enumerate().filter(|(_, b)| b.days > 0).map(|(i, b)| {
            vec![format!("{}–{} %", i * 10, i * 10 + 10), b.days.to_string(), chance(b.given), chance(b.ran)]
        })),
        note: String::new(),
        ..Table::default()
    };
    let days = |d: Option<Day>| d.map_or_else(|| "–".into(), day_text);
    let found = Table {
        title: "Changes and when the belief followed".into(),
        columns: head(&["day", "to", "± days", "first report", "found", "days after the first report"]),
        rows: Table::written(s.changes.iter().map(|c| {
            let after = c.found.zip(c.first_report).map_or_else(|| "–".into(), |(f, r)| f.since(r).to_string());
            let to = if c.runs { "runs" } else { "stands" };
            vec![day_text(c.day), to.into(), c.uncertainty_days.to_string(), days(c.first_report), days(c.found), after]
        })),
        note: String::new(),
        ..Table::default()
    };
    let x = &held.corridor.border.crossings[s.crossing];
    let mut tables = vec![scores, ahead, bins, found];
    tables.retain(|t| !t.rows.is_empty());
    Summary {
        heading: format!("{} {}, {} to {}", x.id, x.title, day_text(from), day_text(to)),
        facts: gains(s),
        tables,
        notes: Vec::new(),
    }
}

/// How far the belief lies below the best rule of each order.
fn gains(s: &Scores) -> Vec<(String, String)> {
    let below =
        |ours: f64, best: f64| if best > 0.0 { format!("{:.0} %", 100.0 * (1.0 - ours / best)) } else { "–".into() };
    Order::ALL
        .iter()
        .filter_map(|order| {
            let four = || s.rules.iter().filter(|r| r.1 == *order).map(|r| &r.2);
            let brier = four().map(|f| f[0].brier.min(f[1].brier)).min_by(f64::total_cmp)?;
            let log = four().map(|f| f[1].log).min_by(f64::total_cmp)?;
            let told = format!("Brier {}, log {} (soft)", below(s.then[0].brier, brier), below(s.then[0].log, log));
            Some((format!("Below the best rule {}", order_word(*order)), told))
        })
        .collect()
}

fn document(held: &Held, a: &Asked, all: &[Scores], (from, to): (Day, Day)) -> String {
    let crossing = |s: &Scores| CrossingScore {
        crossing: held.corridor.border.crossings[s.crossing].id.clone(),
        known_then: WithAndWithout::of(s.then.each_ref()),
        known_now: WithAndWithout::of(s.now.each_ref()),
        rules: s.rules.iter().map(|(rule, order, f)| RuleScore::of(*rule, *order, f)).collect(),
        ahead: s
            .ahead
            .iter()
            .map(|(days_ahead, [score, constant])| ScoreAhead {
                days_ahead: *days_ahead,
                score: MeanScore::of(score),
                constant_hazard: MeanScore::of(constant),
            })
            .collect(),
        reliability: Reliability::all(&s.bins),
        changes: s.changes.iter().map(FoundChange::of).collect(),
    };
    json(&RecordScore {
        schema_version: SCHEMA_VERSION,
        scenario: held.corridor.about.id.clone(),
        customs: a.customs,
        from: yalu_number::Day(from.0),
        to: yalu_number::Day(to.0),
        crossings: all.iter().map(crossing).collect(),
    })
}
