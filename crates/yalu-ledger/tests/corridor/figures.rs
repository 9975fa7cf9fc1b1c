//! Figures that the ledger is held to.
use super::{day, rail, truth};
use yalu_ledger::{Baseline, Belief, Day, Ledger, LedgerInput, Order, Score, StateChange, changes, score, verdicts};

/// All figures of one set of reports.
#[derive(Clone, Debug)]
pub struct Figures {
    pub then: Score,
    pub now: Score,
    pub then_sure: Score,
    pub now_sure: Score,
    /// Rule, order, hard and soft score, soft without uncertain days.
    pub rules: Vec<(Baseline, Order, Score, Score, Score)>,
    /// Greatest chance in the long stop, and its day.
    pub stop: (f64, Day),
    /// Least chance while it simply ran, and its day.
    pub ran: (f64, Day),
    pub changes: Vec<StateChange>,
    pub series: Vec<Belief>,
}

pub const FROM: &str = "2020-01-01";
pub const TO: &str = "2024-07-26";

pub fn figures(input: LedgerInput) -> Figures {
    let (ledger, truth) = (Ledger::new(input), truth());
    let (from, to, rail) = (day(FROM), day(TO), rail());
    let series = ledger.known_then(rail, from, to);
    let now = ledger.known_now(rail, from, to);
    let mean = |s: &[Belief], all: bool| score(s.iter().map(|b| (b.day, b.running())), &truth, rail, all);
    let mut rules = Vec::new();
    for rule in Baseline::ALL {
        for order in Order::ALL {
            let said = verdicts(&ledger, rail, (rule, order), from, to);
            let chances =
                |yes: f64| said.iter().map(move |(d, v)| (*d, v.map_or(0.5, |v| if v { yes } else { 1.0 - yes })));
            let of = |yes: f64, all: bool| score(chances(yes), &truth, rail, all);
            rules.push((rule, order, of(1.0, true), of(0.95, true), of(0.95, false)));
        }
    }
    let within = |a: &str, b: &str| {
        let (a, b) = (day(a), day(b));
        series.iter().filter(move |x| x.day >= a && x.day <= b).map(|x| (x.running(), x.day)).collect::<Vec<_>>()
    };
    let stop = within("2020-12-11", "2022-01-10").into_iter().fold((0.0, from), |m, x| if x.0 > m.0 { x } else { m });
    let ran = within("2022-10-01", TO).into_iter().fold((1.0, from), |m, x| if x.0 < m.0 { x } else { m });
    Figures {
        then: mean(&series, true),
        now: mean(&now, true),
        then_sure: mean(&series, false),
        now_sure: mean(&now, false),
        rules,
        stop,
        ran,
        changes: changes(&ledger, &truth, rail, &series),
        series,
    }
}

impl Figures {
    /// The best rule of an order, by the Brier score, hard or soft.
    pub fn best_brier(&self, order: Order) -> f64 {
        self.rules.iter().filter(|r| r.1 == order).map(|r| r.2.brier.min(r.3.brier)).fold(1.0, f64::min)
    }
    /// The best rule of an order, by the log score, soft.
    pub fn best_log(&self, order: Order) -> f64 {
        self.rules.iter().filter(|r| r.1 == order).map(|r| r.3.log).fold(9.0, f64::min)
    }
    /// The chance of a day.
    pub fn at(&self, text: &str) -> f64 {
        let d = day(text);
        self.series.iter().find(|b| b.day == d).map_or(f64::NAN, Belief::running)
    }
}
