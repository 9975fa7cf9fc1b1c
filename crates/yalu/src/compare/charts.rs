//! Pictures of two variants beside each other.

use super::{Beside, Told};
use crate::report::caption;
use crate::report::flows::{Period, finding, route, sankey};
use yalu_chart::{BackMark, Colour, CurveMark, EffectBar, EffectBars, Fan, Sankey, ServiceLevel, Span, StockCurve};
use yalu_number::{Band, Estimate};
use yalu_report::number::{band as band_text, percent, thousands, tonnes};
use yalu_study::Figure;

/// Goods drawn by name; the rest is one.
const NAMED: usize = 8;

fn first_day(told: &Told, v: &Beside) -> i32 {
    told.day(v.window.from)
}

fn spans(told: &Told, v: &Beside) -> Vec<Span> {
    let change = v.window.change.iter();
    change
        .map(|c| {
            let (from, to) = (told.day(c.from), told.day(c.to) - 1);
            Span { from, to, label: format!("shut, {} days", to - from + 1) }
        })
        .collect()
}

fn shown(b: &Estimate, per: f64, unit: &str) -> String {
    band_text(b.p50() / per, b.p05() / per, b.p95() / per, unit)
}

/// Flows by good, route and mode before, during and after, in the run that is shut.
pub fn flows(told: &Told, v: &Beside) -> Option<Sankey> {
    let x = &v.comparison;
    let phases = x.flows.first()?;
    let change = v.window.change?;
    let of = usize::from(change.second_is_shut);
    let dates = [
        (told.date(v.window.from), told.last(change.from)),
        (told.date(change.from), told.last(change.to)),
        (told.date(change.to), told.last(v.window.to)),
    ];
    let periods: Vec<Period> = ["Before", "Shut", "After"]
        .iter()
        .zip(dates)
        .zip(phases)
        .map(|((title, (from, to)), rows)| Period {
            title: (*title).into(),
            dates: format!("{from} to {to}"),
            flows: rows.iter().map(|f| (f.good, f.route, f.t_per_day[of])).collect(),
        })
        .collect();
    let routes = x.route_ids.iter().map(|(id, title)| {
        let mut all = v.corridor.routes.iter().chain(told.base.routes.iter());
        route(title, all.find(|r| &r.id == id))
    });
    let goods: Vec<&str> = x.good_ids.iter().map(|g| g.1.as_str()).collect();
    let words = caption(
        finding(&periods).unwrap_or_else(|| "What crosses, before, during and after".into()),
        format!("Net tonnes a day that leave, both directions, by good, route and mode; {}, central run", x.names[of]),
        "Every uncertain input at its median. All periods in one scale. Seasons differ between the periods; the paired figures do not mix them.",
    );
    Some(sankey(words, &goods, routes.collect(), periods))
}

/// Tonnes waiting in both runs, with the recovery.
pub fn backlog(told: &Told, v: &Beside) -> StockCurve {
    let x = &v.comparison;
    let first = first_day(told, v);
    let days: Vec<i32> = (0..x.days.len()).map(|i| first + i as i32).collect();
    let fan = |i: usize, colour: Colour| Fan {
        name: x.names[i].clone(),
        colour,
        bands: x
            .days
            .iter()
            .map(|d| {
                let there = if v.window.change.is_some() { &d.waiting_there_t } else { &d.waiting_t };
                there[i].band()
            })
            .collect(),
    };
    let title = match &x.recovery {
        Some(r) if r.clear_days.defined() > 0 => {
            let days = shown(&r.clear_days, 1.0, "days");
            format!("{} more wait at most; clear {days} after the opening", tonnes(r.peak_t.p50()))
        }
        Some(r) => format!("{} more wait at most; not clear before the end", tonnes(r.peak_t.p50())),
        None => "What waits, in both".into(),
    };
    StockCurve {
        caption: caption(
            title,
            format!(
                "Net tonnes waiting to cross or on the way there, {}, at the end of the day; line median, bands 25 – 75 and 5 – 95 %",
                if v.window.change.is_some() { "routes of the crossings that change" } else { "all routes" }
            ),
            format!(
                "{} pairs of runs with the same draws. Clear: no more than a day's flow waits more for the crossing's routes.",
                x.replications
            ),
        ),
        unit: "t".into(),
        days,
        fans: vec![fan(0, Colour::Ink3), fan(1, Colour::Rail)],
        spans: spans(told, v),
        marks: v
            .window
            .change
            .iter()
            .map(|c| CurveMark { day: told.day(c.to), text: "open again".into(), more: String::new() })
            .collect(),
    }
}

/// The resilience triangle.
pub fn service(told: &Told, v: &Beside) -> Option<ServiceLevel> {
    let x = &v.comparison;
    let (r, change) = (x.recovery.as_ref()?, v.window.change?);
    let first = first_day(told, v);
    let opening = told.day(change.to);
    let (mut days, mut bands): (Vec<i32>, Vec<Option<Band>>) = (Vec::new(), Vec::new());
    for (i, d) in x.days.iter().enumerate().filter(|(i, _)| first + *i as i32 >= told.day(change.from)) {
        days.push(first + i as i32);
        // The share is told of the second run; where the first is shut it is turned round.
        bands.push(d.service.band());
    }
    let back =
        ["90", "95", "100"].into_iter().zip([0.9, 0.95, 1.0]).zip(&r.back_days).filter_map(|((name, level), b)| {
            let n = b.defined() as usize;
            let all = if n == x.replications { String::new() } else { format!(", in {n} of {} runs", x.replications) };
            let text = format!("{name} % {} after the opening{all}", shown(b, 1.0, "days"));
            (n > 0).then(|| BackMark { day: opening + b.p50().round() as i32, level, text })
        });
    Some(ServiceLevel {
        caption: caption(
            format!("{} of normal flow lost", shown(&r.loss_days, 1.0, "days")),
            format!("Tonnes that come to consignees as a share of {}, all routes, mean of fifteen days", x.names[0]),
            "Grey: the resilience triangle (Bruneau and others 2003), the integral of what is missing. Back: from that day on no seven days' share falls below by more than three times its noise from week to week. Goods that come late lift it above the normal flow.",
        ),
        days,
        bands,
        spans: spans(told, v),
        lost: shown(&r.loss_days, 1.0, "days of normal flow lost"),
        back: back.collect(),
    })
}

/// Cost of delay by day.
pub fn cost(told: &Told, v: &Beside) -> StockCurve {
    let x = &v.comparison;
    let first = first_day(told, v);
    let bands = x.days.iter().map(|d| d.cost_usd.per(1e6).band());
    StockCurve {
        caption: caption(
            format!("Delay costs {}", shown(x.total.of(Figure::DelayUsd), 1e6, "MUSD")),
            "Tonne-days of waiting more than in the other run, added up, at the mean day's cost of what is ordered; million USD",
            "What a day of delay costs a tonne is assumed by good (trade.toml). The title counts each order from day to day until it comes; the curve counts waiting at the border alone.",
        ),
        unit: "MUSD".into(),
        days: (0..x.days.len()).map(|i| first + i as i32).collect(),
        fans: vec![Fan { name: x.names[1].clone(), colour: Colour::Rail, bands: bands.collect() }],
        spans: spans(told, v),
        marks: Vec::new(),
    }
}

/// Who bears it: lost value and cost of delay by good.
pub fn bearers(told: &Told, v: &Beside) -> EffectBars {
    let x = &v.comparison;
    let [a, b] = &told.base.countries;
    let bears = |g: usize| x.goods[g].of(Figure::LostUsd).p50().abs() + x.goods[g].of(Figure::DelayUsd).p50().abs();
    let mut order: Vec<usize> = (0..x.goods.len()).filter(|g| bears(*g) > 0.0).collect();
    order.sort_by(|a, b| bears(*b).total_cmp(&bears(*a)).then(a.cmp(b)));
    let row = |g: usize, figure: Figure, more: &str| {
        Some(EffectBar {
            name: x.good_ids[g].1.clone(),
            more: more.to_owned(),
            colour: if figure == Figure::LostUsd { Colour::Ink } else { Colour::Rail },
            band: x.goods[g].of(figure).per(1e6).band()?,
        })
    };
    let rows: Vec<EffectBar> = order
        .iter()
        .take(NAMED)
        .flat_map(|&g| [row(g, Figure::LostUsd, "value lost"), row(g, Figure::DelayUsd, "cost of delay")])
        .flatten()
        .filter(|r| r.band.p05 != 0.0 || r.band.p95 != 0.0)
        .collect();
    let all = x.total.of(Figure::LostUsd).p50().abs() + x.total.of(Figure::DelayUsd).p50().abs();
    let title = match order.first() {
        Some(g) if all > 0.0 => format!(
            "{} bear {} of what is lost and what delay costs",
            x.good_ids[*g].1,
            percent((bears(*g) / all).min(1.0))
        ),
        _ => "Nobody bears anything".into(),
    };
    let side = |i: usize| {
        thousands(x.sides[i].of(Figure::LostUsd).p50() / 1e6 + x.sides[i].of(Figure::DelayUsd).p50() / 1e6, 2)
    };
    EffectBars {
        caption: caption(
            title,
            format!(
                "Value of orders lost and cost of delay by good, million USD, {} against {}; {a} to {b} {} MUSD, {b} to {a} {} MUSD",
                x.names[1],
                x.names[0],
                side(0),
                side(1)
            ),
            "Differences, second less first; goods that bear most. Lost value is that of the orders, not the harm their want does.",
        ),
        unit: "MUSD".into(),
        rows,
    }
}
