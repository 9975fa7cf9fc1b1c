//! Choice of route, equilibrium, the backlog of a closure, stocks, recovery.

use crate::{Observed, Oracle, Tolerance};
use yalu_trade::{
    Choice, ClosureAnswer, ClosureCase, Equilibrium, LinkCost, Network, OrderUpTo, Point, Principle, Recovery,
    TradeError, equilibrium, multinomial_logit, recovery,
};

const LAYER: &str = "Trade and closures";

const CLOSED: &str = "closed form, worked out by hand";
const LOGIT: &str = "multinomial logit, computed independently";
const SHEFFI: &str =
    "Sheffi, Urban Transportation Networks (1985), three routes; exact equilibrium computed independently";
const PIGOU: &str = "Pigou (1920), two roads";
const POISSON: &str = "Poisson tables, computed independently";

const COSTS: &str = "generalised costs";
const FREE: &str = "free travel times";

pub(crate) fn oracles() -> Vec<Oracle> {
    let mut all = logit();
    all.extend(sheffi());
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

/// Three routes of 84.0, 102.2 and 102.4, theta 0.05.
fn chosen(factor: f64) -> Result<Choice, TradeError> {
    multinomial_logit(&[84.0 * factor, 102.2 * factor, 102.4 * factor], 0.05)
}

fn logit() -> Vec<Oracle> {
    let mut all: Vec<Oracle> = [("first", 0.555_234), ("second", 0.223_495), ("third", 0.221_271)]
        .into_iter()
        .enumerate()
        .map(|(i, (name, share))| {
            let (id, what) =
                (format!("logit.{name}"), format!("costs 84.0, 102.2, 102.4, θ 0.05: share of the {name}"));
            oracle(&id, &what, ("", share, SIXTH), LOGIT, COSTS, move |f| Ok(chosen(f)?.shares[i]))
        })
        .collect();
    all.push(oracle("logit.logsum", "the same: logsum", ("cost", -72.232_678, SIXTH), LOGIT, COSTS, |f| {
        Ok(chosen(f)?.logsum)
    }));
    all
}

/// `10(1 + .15(x/2)⁴)`, `20(1 + .15(x/4)⁴)`, `25(1 + .15(x/3)⁴)`; ten units, over the first routes or all.
fn routes(count: usize, factor: f64) -> Result<Equilibrium, TradeError> {
    let links = [(10.0, 2.0), (20.0, 4.0), (25.0, 3.0)]
        .into_iter()
        .take(count)
        .map(|(free, capacity)| LinkCost::bpr(free * factor, capacity, 0.15, 4.0))
        .collect::<Result<Vec<_>, _>>()?;
    equilibrium(&Network::parallel(links), 10.0, Principle::User, 1e-13)
}

/// Roads of cost 1 and x, a unit of demand.
fn pigou(principle: Principle, factor: f64) -> Result<Equilibrium, TradeError> {
    let flat = LinkCost { free: factor, rise: 0.0, power: 1.0 };
    let rises = LinkCost { free: 0.0, rise: factor, power: 1.0 };
    equilibrium(&Network::parallel(vec![flat, rises]), 1.0, principle, 1e-13)
}

fn sheffi() -> Vec<Oracle> {
    const DEMAND_SHIFT: &str = "free travel time of the first route";
    // Times all a hundredth longer leave flows as they are: flows answer to the first route's alone.
    let of_first = |factor: f64| -> Result<Equilibrium, TradeError> {
        let links = [(10.0 * factor, 2.0), (20.0, 4.0), (25.0, 3.0)]
            .into_iter()
            .map(|(free, capacity)| LinkCost::bpr(free, capacity, 0.15, 4.0))
            .collect::<Result<Vec<_>, _>>()?;
        equilibrium(&Network::parallel(links), 10.0, Principle::User, 1e-13)
    };
    let mut all = vec![oracle(
        "equilibrium.time",
        "Sheffi's three routes, 10 units: time",
        ("", 25.456_020, Tolerance::Absolute(1e-6)),
        SHEFFI,
        FREE,
        |f| Ok(routes(3, f)?.costs[0]),
    )];
    for (i, (name, flow)) in [("first", 3.583_287), ("second", 4.645_138), ("third", 1.771_574)].into_iter().enumerate()
    {
        let (id, what) = (format!("equilibrium.{name}"), format!("the same: flow on the {name}"));
        all.push(oracle(&id, &what, ("", flow, Tolerance::Absolute(1e-6)), SHEFFI, DEMAND_SHIFT, move |f| {
            Ok(of_first(f)?.flows[i])
        }));
    }
    all.push(oracle(
        "equilibrium.two.time",
        "its first two routes: time",
        ("", 34.840_494, Tolerance::Absolute(1e-6)),
        SHEFFI,
        FREE,
        |f| Ok(routes(2, f)?.costs[0]),
    ));
    for (id, what, expected, principle) in [
        ("equilibrium.pigou.user", "Pigou's roads, each for himself: mean cost", 1.0, Principle::User),
        ("equilibrium.pigou.system", "Pigou's roads, all together: mean cost", 0.75, Principle::System),
    ] {
        let expected = ("", expected, Tolerance::Absolute(1e-9));
        all.push(oracle(id, what, expected, PIGOU, "costs of both roads", move |f| Ok(pigou(principle, f)?.mean_cost)));
    }
    all
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
    // A level is whole: rate and time are both changed, or a hundredth would not be seen in it.
    const BOTH: &str = "demand a day and lead time";
    let stock = |f: f64| OrderUpTo { demand_per_day: 10.0 * f, lead_days: 5.0 * f };
    let mut all = Vec::new();
    for (percent, level, short) in [(90, 59, 0.3759), (95, 62, 0.1558), (99, 67, 0.0282)] {
        let service = f64::from(percent) / 100.0;
        let what = format!("10 a day over 5 d: level that serves {percent} %");
        let expected = ("", level as f64, Tolerance::Absolute(0.0));
        all.push(oracle(&format!("stock.level.{percent}"), &what, expected, POISSON, BOTH, move |f| {
            Ok(stock(f).level(service)? as f64)
        }));
        let what = format!("the same, level {level}: expected backorders");
        let expected = ("", short, Tolerance::Absolute(0.5e-4));
        all.push(oracle(&format!("stock.short.{percent}"), &what, expected, POISSON, BOTH, move |f| {
            Ok(stock(f).short(level)?)
        }));
    }
    all
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
