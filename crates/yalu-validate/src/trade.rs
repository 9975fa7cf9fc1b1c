//! Choice of route, the backlog of a closure, stocks, orders that come back, recovery.

use crate::{Observed, Oracle, Tolerance};
use yalu_trade::habits::{Comeback, Stock};
use yalu_trade::{ClosureAnswer, ClosureCase, Point, Recovery, TradeError, recovery, weigh};

const LAYER: &str = "Trade and closures";

const CLOSED: &str = "closed form, worked out by hand";
const LOGIT: &str = "multinomial logit, computed independently";
const COSTS: &str = "generalised costs";

pub(crate) fn oracles() -> Vec<Oracle> {
    let mut all = logit();
    all.extend(closures());
    all.extend(stocks());
    all.extend(back());
    all
}

fn oracle(
    id: &str,
    what: &str,
    (unit, expected, tolerance): (&'static str, f64, Tolerance),
    source: &'static str,
    constant: &'static str,
    observe: impl Fn(f64) -> Observed + Send + Sync + 'static,
) -> Oracle {
    Oracle {
        id: format!("trade.{id}"),
        layer: LAYER,
        what: what.into(),
        unit,
        expected,
        tolerance,
        source,
        constant,
        observe: Box::new(observe),
    }
}

const SIXTH: Tolerance = Tolerance::Absolute(0.5e-6);
const EXACT: Tolerance = Tolerance::Relative(1e-12);

fn logit() -> Vec<Oracle> {
    let share = |i: usize, factor: f64| {
        let mut weights = [84.0, 102.2, 102.4].map(|c| c * factor);
        weigh(&mut weights, 0.05);
        Ok(weights[i] / weights.iter().sum::<f64>())
    };
    let cases = [("first", 0.555_234), ("second", 0.223_495), ("third", 0.221_271)].into_iter().enumerate();
    let each = cases.map(|(i, (name, expected))| {
        let what = format!("costs 84.0, 102.2, 102.4, θ 0.05: share of the {name}");
        oracle(&format!("logit.{name}"), &what, ("", expected, SIXTH), LOGIT, COSTS, move |f| share(i, f))
    });
    each.collect()
}

/// 20 wagons a day arrive, 30 go after 45 days shut.
fn shut(factor: f64) -> ClosureCase {
    ClosureCase::plain(20.0 * factor, 30.0, 45.0)
}

fn closures() -> Vec<Oracle> {
    type Case = (&'static str, &'static str, &'static str, f64, Option<f64>, fn(&ClosureAnswer) -> Option<f64>);
    const ARRIVALS: &str = "arrivals a day";
    let cases: [Case; 6] = [
        ("closure.peak", "20 a day arrive, 30 go, 45 days shut: peak", "wagons", 900.0, None, |a| {
            Some(a.backlog.peak.backlog)
        }),
        ("closure.clear", "the same: days to clear", "d", 90.0, None, |a| a.clear_days),
        ("closure.delay", "the same: delay", "wagon-days", 60_750.0, None, |a| Some(a.backlog.delay)),
        ("closure.stored.full", "the same with storage for 500: full on day", "d", 25.0, Some(500.0), |a| {
            a.backlog.full_on
        }),
        ("closure.stored.lost", "the same: lost", "wagons", 400.0, Some(500.0), |a| Some(a.backlog.lost)),
        ("closure.stored.clear", "the same: days to clear", "d", 50.0, Some(500.0), |a| a.clear_days),
    ];
    let each = cases.map(|(id, what, unit, expected, storage, of)| {
        oracle(id, what, (unit, expected, EXACT), CLOSED, ARRIVALS, move |f| {
            let answer = ClosureCase { storage, ..shut(f) }.answer()?;
            of(&answer).ok_or(crate::Unobserved::Missing { what: "such day" })
        })
    });
    each.into()
}

fn stocks() -> Vec<Oracle> {
    // From nothing, what is ordered on a day comes before the next: the gap closes by a ninetieth a day.
    let refill = |f: f64| {
        let mut stock = Stock::of(0.0, 10.0);
        for _ in 0..90 {
            let ordered = stock.order(10.0, 30.0 * f);
            stock.add(ordered);
        }
        Ok(stock.order(10.0, 30.0 * f))
    };
    let climb = |f: f64| {
        let mut orders = Comeback::default();
        orders.quarantine_begins(10.0);
        (0..109).for_each(|_| orders.day(true, 100.0 * f));
        Ok(orders.level())
    };
    vec![
        oracle(
            "stock.refill",
            "10 t a day used, 30 d of stock kept, none there: ordered on day 91",
            ("t", 11.219_420_506, Tolerance::Absolute(1e-8)),
            CLOSED,
            "days of stock",
            refill,
        ),
        oracle(
            "orders.climb",
            "quarantine stops 95 % of orders, ten days still, climb of 100 d: share on day 109",
            ("", 0.652_269_276, Tolerance::Absolute(1e-8)),
            CLOSED,
            "days of the climb",
            climb,
        ),
    ]
}

/// A fifth of the flow for 90 days, then straight up over 60.
fn fifth(factor: f64) -> Result<Recovery, TradeError> {
    let p = |day: f64, share| Point { day: day * factor, share };
    recovery(&[p(0.0, 0.2), p(90.0, 0.2), p(150.0, 1.0)])
}

fn back() -> Vec<Oracle> {
    const DAYS: &str = "days of the disturbance";
    let mut all = vec![oracle(
        "recovery.loss",
        "a fifth for 90 d, then up over 60 d: flow lost",
        ("d", 96.0, EXACT),
        CLOSED,
        DAYS,
        |f| Ok(fifth(f)?.loss_days),
    )];
    for (i, (percent, day)) in [(90, 142.5), (95, 146.25), (100, 150.0)].into_iter().enumerate() {
        let (id, what) = (format!("recovery.back.{percent}"), format!("the same: back to {percent} % on day"));
        all.push(oracle(&id, &what, ("d", day, EXACT), CLOSED, DAYS, move |f| {
            fifth(f)?.back_on[i].ok_or(crate::Unobserved::Missing { what: "such day" })
        }));
    }
    all
}
