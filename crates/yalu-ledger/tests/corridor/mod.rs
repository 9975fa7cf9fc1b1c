//! The flagship's record, read for tests and examples.
#![allow(dead_code)]
pub mod figures;

use std::path::{Path, PathBuf};
use yalu_ledger::{Day, LedgerInput, MonthlyTrade, Settings, Statement, Truth, TruthSpell, Watched};
use yalu_model::{Claim, CrossingId, Mode, Precision, State};
use yalu_units::IndexVec;

pub fn day(text: &str) -> Day {
    Day::read(text).expect("a day")
}

/// The civil date of a day, for people.
pub fn date(day: Day) -> String {
    let z = i64::from(day.0) + 719_468;
    let (era, doe) = (z.div_euclid(146_097), z.rem_euclid(146_097));
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    format!("{}-{month:02}-{:02}", yoe + era * 400 + i64::from(month <= 2), doy - (153 * mp + 2) / 5 + 1)
}

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn rows(path: &Path) -> Vec<csv::StringRecord> {
    csv::Reader::from_path(path).expect("a file").records().map(|r| r.expect("a row")).collect()
}

pub fn statements_of(path: &Path) -> Vec<Statement> {
    rows(path).iter().map(statement).collect()
}

fn statement(r: &csv::StringRecord) -> Statement {
    let first = Day::read(&r[3]);
    Statement {
        id: r[0].into(),
        reported: day(&r[1]),
        event: first.map(|f| (f, Day::read(&r[4]).unwrap_or(f))),
        precision: match &r[5] {
            "day" => Precision::Day,
            "month" => Precision::Month,
            "year" => Precision::Year,
            _ => Precision::Approx,
        },
        crossing: r[6].into(),
        mode: r[7].into(),
        claim: match &r[8] {
            "running" => Claim::Running,
            "suspended" => Claim::Suspended,
            "resumed" => Claim::Resumed,
            "observed" => Claim::Observed,
            "planned" => Claim::Planned,
            "denied" => Claim::Denied,
            "unconfirmed" => Claim::Unconfirmed,
            _ => Claim::Opened,
        },
        quantity: r[9].parse().ok(),
        unit: r[10].into(),
        source_type: r[13].into(),
        origin: r[14].into(),
        derived: matches!(&r[15], "1" | "yes"),
    }
}

pub fn statements() -> Vec<Statement> {
    statements_of(&here("../../scenarios/dandong-sinuiju/reports.csv"))
}

pub fn crossings() -> IndexVec<CrossingId, Watched> {
    rows(&here("../../scenarios/dandong-sinuiju/crossings.csv"))
        .iter()
        .map(|r| {
            let mode = match &r[2] {
                "rail" => Mode::Rail,
                "passenger" => Mode::Passenger,
                "road" => Mode::Road,
                "sea" => Mode::Sea,
                "air" => Mode::Air,
                _ => Mode::Place,
            };
            Watched { trade_share: r[6].parse().unwrap_or(0.0), ..Watched::new(&r[0], mode) }
        })
        .collect()
}

pub fn trade() -> Vec<MonthlyTrade> {
    rows(&here("../../scenarios/dandong-sinuiju/observed.csv"))
        .iter()
        .filter_map(|r| {
            let (year, month) = r[0].split_once('-')?;
            let month = Day::month(year.parse().ok()?, month.parse().ok()?)?;
            let published = Day::read(&r[7]).unwrap_or(month.1 + 20).max(month.1 + 1);
            Some(MonthlyTrade { month, published, exports_musd: r[1].parse().ok()? })
        })
        .collect()
}

pub fn truth() -> Truth {
    let crossings = crossings();
    let spells = rows(&here("tests/data/truth.csv")).into_iter().filter_map(|r| {
        Some(TruthSpell {
            crossing: Truth::crossing(&crossings, &r[0], &r[1])?,
            from: day(&r[2]),
            to: Day::read(&r[3]).unwrap_or(day("2026-01-01")),
            state: match &r[4] {
                "open" => State::Open,
                "limited" => State::Limited,
                "suspended" => State::Suspended,
                "not_opened" => State::NotOpened,
                _ => State::Unknown,
            },
            start_uncertainty_days: r[5].parse().unwrap_or(0),
        })
    });
    Truth::new(spells.collect())
}

pub fn input(customs: bool) -> LedgerInput {
    LedgerInput {
        from: day("2018-01-01"),
        crossings: crossings(),
        statements: statements(),
        trade: trade(),
        settings: Settings { customs, ..Settings::default() },
    }
}

pub fn crossing(id: &str) -> CrossingId {
    let all = crossings();
    all.enumerated().find(|(_, c)| c.id == id).map(|(i, _)| i).expect("a crossing")
}

pub fn rail() -> CrossingId {
    crossing("DAN-SIN-RAIL")
}
