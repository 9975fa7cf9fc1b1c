//! `yalu status --ahead`: the chance that service lasts, and what it will carry.

use crate::args::Status;
use crate::ended::Ended;
use crate::knowledge;
use crate::ledger::believed::{crossings, day_asked, heard};
use crate::ledger::source::{Held, held};
use crate::load::accepted;
use crate::progress;
use crate::terminal::{Problem, colour_out, print, print_screen, width};
use std::fmt::Write as _;
use yalu_calendar::{date_of, long_date};
use yalu_files::write_file;
use yalu_ledger::record::day_text;
use yalu_ledger::{Band, Day, Forecast, Ledger};
use yalu_model::CrossingId;
use yalu_model::Words as _;
use yalu_number::{Align, Column, Summary, Table, Unit, chance};
use yalu_study::{Carried, Load};
use yalu_view::forecast::{Ahead, CrossingAhead, LONG_DAYS};
use yalu_view::{SCHEMA_VERSION, json};

/// Days ahead that the table tells.
const TOLD_DAYS: [usize; 5] = [7, 30, 90, 180, 365];
/// Longest horizon, days: two years.
const MOST_DAYS: u16 = 730;

/// Shows how long service or closure will last.
pub fn ahead(a: &Status) -> Result<Ended, Problem> {
    let mut held = held(&a.source)?;
    held.corridor.trade.accepted_habits = accepted(&a.source.dir, &held.corridor)?;
    let day = day_asked(&held, "--as-of", a.as_of.as_deref())?;
    let story = held.corridor.about.story.as_ref().map(|s| held.corridor.border.crossings[s.crossing].id.clone());
    let names = if a.crossing.is_empty() { story.into_iter().collect() } else { a.crossing.clone() };
    let ids = crossings(&held, &names)?;
    let days = horizon(&a.outlook.horizon)?;
    let heard = heard(&held, a.customs, day);
    let mut all = Vec::new();
    for &crossing in &ids {
        let carries = carries(&held, &heard.ledger, crossing, (day, days), a.outlook.replications)?;
        all.push(Told { crossing, forecast: heard.ledger.forecast(crossing, day, days), carries });
    }
    if let Some(path) = &a.outlook.output {
        write_file(path, csv(&held, &all))?;
    }
    if a.shown.json {
        let of = |t: &Told| {
            let x = &held.corridor.border.crossings[t.crossing];
            let carries = t.carries.as_ref().map(|x| yalu_view::run::Carried::of(&held.corridor, x));
            CrossingAhead::of((&x.id, &x.title), &t.forecast, carries)
        };
        let out = Ahead {
            schema_version: SCHEMA_VERSION,
            scenario: held.corridor.about.id.clone(),
            as_of: yalu_number::Day(day.0),
            horizon_days: days,
            customs: a.customs,
            record: held.seal(),
            crossings: all.iter().map(of).collect(),
        };
        print(&json(&out));
        return Ok(Ended::Fine);
    }
    let text: Vec<String> = all.iter().map(|t| told(&held, t).text(colour_out(), width())).collect();
    print_screen(&text.join("\n"), a.shown.verbose);
    if let Some(path) = &a.outlook.output {
        print(&format!("\nwritten to {}\n", path.display()));
    }
    Ok(Ended::Fine)
}

/// A crossing's forecast, and what its routes would carry.
struct Told {
    crossing: CrossingId,
    forecast: Forecast,
    carries: Option<Carried>,
}

/// Simulates what the routes over a crossing would carry; none where no route leads over it, or no draws are asked for.
fn carries(
    held: &Held,
    ledger: &Ledger,
    crossing: CrossingId,
    (day, days): (Day, u16),
    replications: u32,
) -> Result<Option<Carried>, Problem> {
    let c = &held.corridor;
    let routes = knowledge::routes_over(c, crossing);
    if replications == 0 || routes.is_empty() {
        return Ok(None);
    }
    let bar = progress::bar(u64::from(replications.max(2)), "simulating");
    let told = knowledge::carries(c, ledger, (day, days), &routes, (c.sampling.seed, replications), &|| bar.inc(1));
    bar.finish_and_clear();
    told
}

/// Loaded wagons, tonnes and value by month and in all, then the goods.
fn load_tables(held: &Held, x: &Carried) -> Vec<Table> {
    let cells = |name: String, l: &Load| {
        let of = |b: &yalu_number::Estimate, scale: f64| b.per(scale).bare(Unit::Number);
        vec![name, of(&l.wagons, 1.0), of(&l.tonnes, 1.0), of(&l.usd, 1e6)]
    };
    let mut rows: Vec<Vec<String>> =
        x.months.iter().map(|m| cells(yalu_calendar::iso_month(m.month), &m.load)).collect();
    rows.push(cells("all".into(), &x.total));
    let goods =
        x.by_good.iter().take(8).map(|(g, b)| vec![held.corridor.trade.goods[*g].title.clone(), b.bare(Unit::Number)]);
    let right = |s: &str| Column::words(s, Align::Right);
    vec![
        Table {
            title: "What it would carry, by draws of the service states".into(),
            columns: vec![
                Column::words("month", Align::Left),
                right("loaded wagons"),
                right("net tonnes"),
                right("MUSD"),
            ],
            rows: Table::written(rows),
            note: format!(
                "Median and 5 – 95 % of {} draws; the first and last month in part. What a state lets through is taken from regimes declared by the day.",
                x.replications
            ),
            ..Table::default()
        },
        Table {
            title: "Goods, net tonnes".into(),
            columns: vec![Column::words("good", Align::Left), right("in all")],
            rows: Table::written(goods),
            note: "Goods that a rule refuses are never carried (rules.csv).".into(),
            ..Table::default()
        },
    ]
}

fn horizon(text: &str) -> Result<u16, Problem> {
    let days = text.trim().trim_end_matches("days").trim_end_matches('d').trim().parse::<u16>().ok();
    days.filter(|d| (1..=MOST_DAYS).contains(d)).ok_or_else(|| {
        Problem::new(format!("--horizon {text} is no number of days")).help(format!("1d to {MOST_DAYS}d, as in 180d"))
    })
}

fn told(held: &Held, t: &Told) -> Summary {
    let (f, x) = (&t.forecast, &held.corridor.border.crossings[t.crossing]);
    let columns = [
        ("days ahead", Align::Right),
        ("day", Align::Left),
        ("runs", Align::Right),
        ("5 – 95", Align::Right),
        ("open", Align::Right),
        ("limited", Align::Right),
        ("suspended", Align::Right),
        (if f.runs { "stopped by then" } else { "reopened by then" }, Align::Right),
    ];
    let rows =
        f.days.iter().enumerate().map(|(i, d)| (i + 1, d)).filter(|(n, _)| TOLD_DAYS.contains(n) || *n == f.days.len());
    let rows = rows.map(|(n, d)| {
        vec![
            n.to_string(),
            day_text(d.belief.day),
            chance(d.belief.running()),
            format!("{} – {}", chance(d.running.low), chance(d.running.high)),
            chance(d.belief.open),
            chance(d.belief.limited),
            chance(d.belief.suspended),
            chance(d.changed),
        ]
    });
    let long = long_date(date_of(f.as_of.0));
    let side = if f.runs { "Runs on for" } else { "Shut for" };
    Summary {
        heading: format!("{}, from what was known on {long}", x.title),
        facts: vec![
            ("Today".into(), format!("{}, runs {}", f.today.state().word().replace('_', " "), chance(f.today.running()))),
            (side.into(), format!("{} more", span(&f.remaining_days))),
        ],
        tables: [Table {
            title: String::new(),
            columns: columns.map(|(name, align)| Column::words(name, align)).to_vec(),
            rows: Table::written(rows),
            note: "runs: chance that anything runs; its band shows how little is known of how long states last. Last column: chance of at least one such change by then."
                .into(), ..Table::default() }]
        .into_iter()
        .chain(t.carries.iter().flat_map(|x| load_tables(held, x)))
        .collect(),
        notes: if t.carries.is_some() { Vec::new() } else { vec!["What it would carry was not simulated.".into()] },
    }
}

/// Days with their band; what reaches beyond ten years is only longer.
fn span(b: &Band) -> String {
    let days = |d: f64| if d >= LONG_DAYS { "over ten years".to_owned() } else { format!("{d:.0}") };
    format!("{} days ({} – {})", days(b.middle), days(b.low), days(b.high))
        .replace("over ten years days", "over ten years")
}

fn csv(held: &Held, all: &[Told]) -> String {
    let mut out = String::from(
        "date,crossing,days_ahead,p_not_opened,p_suspended,p_limited,p_open,p_running,p_running_p05,p_running_p50,p_running_p95,p_changed\n",
    );
    for Told { crossing: c, forecast: f, .. } in all {
        for (i, d) in f.days.iter().enumerate() {
            let b = &d.belief;
            let _ = writeln!(
                out,
                "{},{},{},{:.6},{:.6},{:.6},{:.6},{:.6},{:.6},{:.6},{:.6},{:.6}",
                day_text(b.day),
                held.corridor.border.crossings[*c].id,
                i + 1,
                b.not_opened,
                b.suspended,
                b.limited,
                b.open,
                b.running(),
                d.running.low,
                d.running.middle,
                d.running.high,
                d.changed
            );
        }
    }
    out
}
