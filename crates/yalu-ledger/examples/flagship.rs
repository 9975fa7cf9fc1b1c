//! Prints every figure that the ledger is held to, on the flagship's record or on a report file of the same shape.
#[path = "../tests/corridor/mod.rs"]
mod corridor;

use corridor::figures::{FROM, Figures, TO, figures};
use corridor::{date, day, input, rail};
use std::path::Path;
use yalu_ledger::worlds::constant_hazard;
use yalu_ledger::{Ahead, Belief, Ledger, LedgerInput, Order, Settings, reliability, score};
use yalu_units::{StreamKey, address};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let reports = args.iter().find(|a| Path::new(a).extension().is_some_and(|e| e == "csv"));
    for customs in [false, true] {
        let mut base = input(customs);
        if let Some(path) = reports {
            base.statements = corridor::statements_of(Path::new(path));
        }
        println!("\n=== customs {}", if customs { "on" } else { "off" });
        let f = figures(base.clone());
        tell(&f);
        if args.iter().any(|a| a == "--days") && !customs {
            for b in f.series.iter().step_by(7) {
                println!("{} {:.3} (limited {:.3})", date(b.day), b.running(), b.limited);
            }
        }
        rest(&base);
        if args.iter().any(|a| a == "--assumptions") {
            assumptions(&base);
        }
        if args.iter().any(|a| a == "--spread") {
            spread(&base);
        }
    }
}

fn tell(f: &Figures) {
    println!(
        "then  Brier {:.4} log {:.4} | sure days {:.4} {:.4}",
        f.then.brier, f.then.log, f.then_sure.brier, f.then_sure.log
    );
    println!(
        "now   Brier {:.4} log {:.4} | sure days {:.4} {:.4}",
        f.now.brier, f.now.log, f.now_sure.brier, f.now_sure.log
    );
    for (rule, order, hard, soft, sure) in &f.rules {
        println!(
            "{rule:?} by {order:?}: hard {:.4}, soft {:.4} log {:.4}; sure {:.4} {:.4}",
            hard.brier, soft.brier, soft.log, sure.brier, sure.log
        );
    }
    for order in Order::ALL {
        let (b, l) = (f.best_brier(order), f.best_log(order));
        println!(
            "below best by {order:?}: Brier {:.1} %, log {:.1} %",
            100.0 * (1.0 - f.then.brier / b),
            100.0 * (1.0 - f.then.log / l)
        );
    }
    println!("stop: most {:.3} on {}; ran: least {:.3} on {}", f.stop.0, date(f.stop.1), f.ran.0, date(f.ran.1));
    println!("P on 2020-12-06: {:.3}; 2020-12-11: {:.3}", f.at("2020-12-06"), f.at("2020-12-11"));
    for c in &f.changes {
        println!(
            "change {} runs {}: first report {}, found {}",
            date(c.day),
            c.runs,
            c.first_report.map_or("-".into(), date),
            c.found.map_or("-".into(), date)
        );
    }
}

/// Horizons, the reliability table, other crossings, the forecast of the day of the story.
fn rest(base: &LedgerInput) {
    let (ledger, truth) = (Ledger::new(base.clone()), corridor::truth());
    let (from, to) = (day(FROM), day(TO));
    let chances = |s: &[Belief]| s.iter().map(|b| (b.day, b.running())).collect::<Vec<_>>();
    let horizons = [30, 90, 180];
    let made = ledger.known_ahead(rail(), (from, to), 30, &horizons);
    for (i, horizon) in horizons.into_iter().enumerate() {
        let of = |chance: &dyn Fn(&Ahead) -> f64| {
            score(made.iter().map(|m| (m.ahead[i].day, chance(m))), &truth, rail(), true)
        };
        let ours = of(&|m| m.ahead[i].running());
        let constant = of(&|m| constant_hazard(m.today.running(), horizon));
        println!(
            "{horizon} days ahead: Brier {:.4} log {:.4}, constant hazard {:.4}",
            ours.brier, ours.log, constant.brier
        );
    }
    for bin in reliability(chances(&ledger.known_then(rail(), from, to)), &truth, rail()) {
        if bin.days > 0 {
            println!("given {:.2}, ran {:.2}, {} days", bin.given, bin.ran, bin.days);
        }
    }
    for (c, watched) in ledger.crossings().enumerated() {
        let of = |s: &[Belief]| score(chances(s), &truth, c, true);
        let (from, to) = (day("2019-01-01"), day("2025-12-31"));
        let (then, now) = (of(&ledger.known_then(c, from, to)), of(&ledger.known_now(c, from, to)));
        if then.days > 0 {
            println!("{}: {} days, then {:.3}, now {:.3}", watched.id, then.days, then.brier, now.brier);
        }
    }
    let f = ledger.forecast(rail(), day("2022-09-26"), 180);
    println!("as of 2022-09-26: {:.3}; lasts {:?}", f.today.running(), f.remaining_days);
    for i in [29, 89, 179] {
        let d = &f.days[i];
        println!("in {} days: {:.3} {:?}, changed {:.3}", i + 1, d.belief.running(), d.running, d.changed);
    }
    for (name, r) in ledger.reliabilities(day("2026-01-01")).iter() {
        println!("{name}: running told right {:.3}, standing {:.3}", r.runs, r.stands);
    }
}

/// A number of the settings by its name.
type Assumption = (&'static str, fn(&mut Settings) -> &mut f64);

/// What becomes of the figures with each assumed number halved and doubled (chances at most 0.95).
fn assumptions(base: &LedgerInput) {
    let all: [Assumption; 19] = [
        ("national", |s| &mut s.national),
        ("sibling", |s| &mut s.sibling),
        ("begins", |s| &mut s.begins),
        ("unconfirmed", |s| &mut s.unconfirmed),
        ("not_a_service", |s| &mut s.not_a_service),
        ("sighting_errors", |s| &mut s.sighting_errors),
        ("misdated_half_days", |s| &mut s.misdated_half_days),
        ("follow_up", |s| &mut s.follow_up),
        ("attention", |s| &mut s.attention),
        ("watched_half", |s| &mut s.watched_half),
        ("fresh_days", |s| &mut s.fresh_days),
        ("limited_days", |s| &mut s.limited_days),
        ("limited_ends_shut", |s| &mut s.limited_ends_shut),
        ("open_days", |s| &mut s.open_days),
        ("held, limited", |s| &mut s.held[0]),
        ("held, open", |s| &mut s.held[1]),
        ("reopens_limited", |s| &mut s.reopens_limited),
        ("trade_nats", |s| &mut s.trade_nats),
        ("start, open", |s| &mut s.start[3]),
    ];
    for (name, of) in all {
        for factor in [0.5, 2.0] {
            let mut other = base.clone();
            let value = of(&mut other.settings);
            *value = if *value < 1.0 { (*value * factor).min(0.95) } else { *value * factor };
            let total: f64 = other.settings.start.iter().sum();
            other.settings.start = other.settings.start.map(|p| p / total);
            let f = figures(other);
            println!(
                "{name} × {factor}: then {:.4}, now {:.4}, stop {:.3}, ran {:.3}",
                f.then.brier, f.now.brier, f.stop.0, f.ran.0
            );
        }
    }
}

/// Each figure of the acceptance, and how it spreads when reports are missing.
fn spread(base: &LedgerInput) {
    let mut rows: Vec<Figures> = Vec::new();
    for seed in 0..50 {
        let mut stream = StreamKey { seed, replication: 0 }.stream(address(&["ledger", "deletion"]), 0);
        let mut some = base.clone();
        some.statements.retain(|_| stream.unit() >= 0.3);
        rows.push(figures(some));
    }
    println!("-- three in ten reports missing, 50 seeds");
    quantiles(&rows);
    let mut origins: Vec<String> = base.statements.iter().map(|s| s.origin.clone()).collect();
    origins.sort();
    origins.dedup();
    let rows: Vec<Figures> = origins
        .iter()
        .map(|o| {
            let mut some = base.clone();
            some.statements.retain(|s| s.origin != *o);
            figures(some)
        })
        .collect();
    println!("-- one origin left out, {} origins", rows.len());
    quantiles(&rows);
}

fn quantiles(rows: &[Figures]) {
    let show = |name: &str, of: &dyn Fn(&Figures) -> f64| {
        let mut v: Vec<f64> = rows.iter().map(of).collect();
        v.sort_by(f64::total_cmp);
        let q = |p: f64| v[((v.len() - 1) as f64 * p) as usize];
        println!(
            "{name}: least {:.3}, 10 % {:.3}, median {:.3}, 90 % {:.3}, most {:.3}",
            q(0.0),
            q(0.1),
            q(0.5),
            q(0.9),
            q(1.0)
        );
    };
    show("Brier then", &|f| f.then.brier);
    show("Brier now", &|f| f.now.brier);
    show("log then", &|f| f.then.log);
    show("share below best by report", &|f| 1.0 - f.then.brier / f.best_brier(Order::Reported));
    show("share below best by event", &|f| 1.0 - f.then.brier / f.best_brier(Order::Event));
    show("log share below best", &|f| 1.0 - f.then.log / f.best_log(Order::Event).min(f.best_log(Order::Reported)));
    show("most in the stop", &|f| f.stop.0);
    show("least while it ran", &|f| f.ran.0);
    show("P on 2020-12-06", &|f| f.at("2020-12-06"));
    for (i, name) in ["16 Jan", "29 Apr", "26 Sep"].iter().enumerate() {
        show(&format!("days from first report to finding {name}"), &|f| {
            let c = &f.changes[i + 1];
            c.first_report.zip(c.found).map_or(99.0, |(r, d)| f64::from(d.since(r)))
        });
    }
}
