//! Prints every figure that the ledger is held to, on the flagship's record or on a report file of the same shape.
#[path = "../tests/corridor/mod.rs"]
mod corridor;

use corridor::figures::{FROM, Figures, TO, figures};
use corridor::{date, day, input, rail};
use std::path::Path;
use yalu_ledger::worlds::constant_hazard;
use yalu_ledger::{Ahead, Belief, Ledger, LedgerInput, Order, reliability, score, verdicts};
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
    others(base);
    let f = ledger.forecast(rail(), day("2022-09-26"), 180);
    println!("as of 2022-09-26: {:.3}; lasts {:?}", f.today.running(), f.remaining_days);
    for i in [29, 89, 179] {
        let d = &f.days[i];
        println!("in {} days: {:.3} {:?}, changed {:.3}", i + 1, d.belief.running(), d.running, d.changed);
    }
}

/// The other crossings with a truth: mean of their scores, all days and without days of an uncertain start, beside the rules.
fn others(base: &LedgerInput) {
    let (ledger, truth) = (Ledger::new(base.clone()), corridor::truth());
    let (from, to) = (day("2019-01-01"), day("2025-12-31"));
    let mut sums = [[0.0; 4]; 2];
    let mut rules = [0.0; 6];
    let mut n = 0.0;
    for (c, watched) in ledger.crossings().enumerated().filter(|(c, _)| *c != rail()) {
        let of = |s: &[Belief], all: bool| score(s.iter().map(|b| (b.day, b.running())), &truth, c, all);
        let (then, now) = (ledger.known_then(c, from, to), ledger.known_now(c, from, to));
        let two = [true, false].map(|all| [of(&then, all), of(&now, all)]);
        if two[0][0].days == 0 {
            continue;
        }
        n += 1.0;
        for (sum, [t, w]) in sums.iter_mut().zip(&two) {
            for (s, x) in sum.iter_mut().zip([t.brier, w.brier, t.log, w.log]) {
                *s += x;
            }
        }
        for (sum, rule) in rules.iter_mut().zip(yalu_ledger::worlds::WorldScore::RULES) {
            let said = verdicts(&ledger, c, rule, from, to);
            let soft = said.iter().map(|(d, v)| (*d, v.map_or(0.5, |v| if v { 0.95 } else { 0.05 })));
            *sum += score(soft, &truth, c, true).brier;
        }
        println!("{}: {} days, then {:.3}, now {:.3}", watched.id, two[0][0].days, two[0][0].brier, two[0][1].brier);
    }
    let mean = sums.map(|s| s.map(|x| x / n));
    println!(
        "other crossings ({n}): then {:.4}, now {:.4}, log {:.4} {:.4}; sure then {:.4}, now {:.4}",
        mean[0][0], mean[0][1], mean[0][2], mean[0][3], mean[1][0], mean[1][1]
    );
    println!("rules there (soft): {:.3?}", rules.map(|x| x / n));
}

/// Each figure of the acceptance, and how it spreads when reports are missing.
fn spread(base: &LedgerInput) {
    for tenths in [2, 4, 6, 8, 10] {
        let (mut then, mut now) = (0.0, 0.0);
        for seed in 0..50 {
            let mut stream = StreamKey { seed, replication: 0 }.stream(address(&["ledger", "thinning"]), 0);
            let mut some = base.clone();
            some.statements.retain(|_| stream.unit() < f64::from(tenths) / 10.0);
            let f = figures(some);
            then += f.then.brier / 50.0;
            now += f.now.brier / 50.0;
        }
        println!("{tenths}0 % of the reports, 50 seeds: Brier then {then:.4}, now {now:.4}");
    }
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
