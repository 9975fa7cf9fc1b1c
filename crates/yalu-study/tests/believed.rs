//! Regimes drawn from the ledger: whole, unbroken, blind to what came later, and with wider bands than declared ones.
use std::path::Path;
use yalu_ledger::{Day, Ledger, LedgerInput, Settings, Statement, Watched};
use yalu_model::{Corridor, Mode, State};
use yalu_number::Band;
use yalu_plan::{Draw, Plan, compile};
use yalu_scenario::{load, read_folder};
use yalu_study::{Believed, believed_ensemble, ensemble};
use yalu_units::Instant;

fn flagship(last: (i16, i8, i8)) -> (Corridor, Plan, Ledger) {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/dandong-sinuiju");
    let mut c = load(&read_folder(&dir).expect("it is there"), &[]).corridor.expect("it loads");
    let zone = c.horizon.zones[c.horizon.zone].name.clone();
    // Half a year brings the stocks to where they are; the states are drawn from the whole record.
    c.horizon.from = yalu_calendar::local_midnight(&zone, 2021, 7, 1).expect("a day");
    c.horizon.to = yalu_calendar::local_midnight(&zone, last.0, last.1, last.2).expect("a day");
    let plan = compile(&c, c.horizon.from).expect("it compiles");
    let ledger = Ledger::new(LedgerInput {
        from: day(2018, 1, 1),
        crossings: c.border.crossings.iter().map(Watched::of).collect(),
        statements: c.record.reports.iter().map(Statement::of).collect(),
        trade: Vec::new(),
        settings: Settings::default(),
    });
    (c, plan, ledger)
}

fn day(y: i16, m: i8, d: i8) -> Day {
    Day::of(y, m, d).expect("a day")
}

#[test]
fn drawn_regimes_cover_the_horizon_without_gap_or_overlap() {
    let (c, plan, ledger) = flagship((2023, 4, 1));
    let believed = Believed::new(&ledger, day(2022, 9, 26));
    for n in 0..20 {
        let draw = if n == 0 { Draw::central(1) } else { Draw::replication(1, n) };
        let drawn = believed.corridor(&c, &plan, draw);
        for (id, crossing) in c.border.crossings.enumerated() {
            let of: Vec<_> = drawn.border.regimes.iter().filter(|r| r.crossing == id).collect();
            assert!(of.windows(2).all(|w| w[0].to <= w[1].from && w[0].from < w[0].to), "{}", crossing.id);
            if crossing.mode == Mode::Place || of.is_empty() {
                continue;
            }
            assert_eq!((of[0].from, of[of.len() - 1].to), (c.horizon.from, c.horizon.to), "{}", crossing.id);
            assert!(of.windows(2).all(|w| w[0].to == w[1].from), "{}", crossing.id);
        }
    }
}

#[test]
fn what_is_declared_of_later_days_is_not_known_before() {
    let (mut c, plan, ledger) = flagship((2022, 12, 1));
    let as_of = day(2022, 9, 20);
    let before = Believed::new(&ledger, as_of).corridor(&c, &plan, Draw::replication(3, 5)).border.regimes;
    let zone = c.horizon.zones[c.horizon.zone].name.clone();
    let later = yalu_calendar::local_midnight(&zone, 2022, 9, 21).expect("a day");
    c.border.regimes.retain(|r| r.from < later);
    let after = Believed::new(&ledger, as_of).corridor(&c, &plan, Draw::replication(3, 5)).border.regimes;
    let told = |rs: &[yalu_model::Regime]| -> Vec<(u32, Instant, Instant, State, Option<f64>)> {
        let one = |r: &yalu_model::Regime| {
            (r.crossing.0, r.from, r.to, r.state, r.trains_per_day.as_ref().map(yalu_model::Quantity::central))
        };
        rs.iter().map(one).collect()
    };
    assert_eq!(told(&before), told(&after));
}

#[test]
fn bands_hold_what_is_not_known_of_the_state() {
    let (c, plan, ledger) = flagship((2023, 1, 1));
    let believed = Believed::new(&ledger, day(2022, 9, 26));
    let declared = ensemble(&c, &plan, 7, 12, &|| ());
    let drawn = believed_ensemble(&c, &plan, 7, 12, believed, &|| ());
    let width = |outcomes: &[yalu_sim::Outcome]| -> f64 {
        let months = plan.months.iter().enumerate().filter(|(_, m)| **m >= (2022, 10)).map(|(i, _)| i);
        let of = |i: usize| Band::of(outcomes.iter().map(|o| o.months[i].exports_cents as f64)).expect("a band");
        months.map(|i| of(i).p95 - of(i).p05).sum()
    };
    let (a, b) = (width(declared.outcomes()), width(drawn.outcomes()));
    assert!(b > a, "drawn {b} should be wider than declared {a}");
    // The same draws again, the same outcomes.
    let again = believed_ensemble(&c, &plan, 7, 2, believed, &|| ());
    assert_eq!(again.drawn[0], drawn.drawn[0]);
}
