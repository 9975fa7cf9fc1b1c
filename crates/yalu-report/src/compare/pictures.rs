//! Pictures of a variant beside its base.

use crate::flows::{FlowPeriod, flow_route, flows, still_crosses};
use yalu_chart::{
    BackMark, Caption, Chart, Colour, CurveMark, EffectBar, EffectBars, Fan, Sankey, ServiceLevel, Span, StockCurve,
};
use yalu_number::{Day, Estimate, Unit, percent};
use yalu_view::compare::{FlowRow, Pair, Recovery};

/// Goods drawn by name.
const NAMED: usize = 8;

fn caption(title: String, subtitle: String, foot: impl Into<String>) -> Caption {
    Caption { title, subtitle, foot: foot.into(), shown: true }
}

fn spans(v: &Pair) -> Vec<Span> {
    let span = |from: Day, to: Day, days: u32| Span {
        from: from.0,
        to: to.0,
        label: format!("shut, {}", Unit::Days.count(days)),
    };
    v.change.iter().map(|c| span(c.from, c.to, c.days)).collect()
}

/// All pictures of a variant with their names.
pub fn pictures(v: &Pair) -> Vec<(&'static str, Box<dyn Chart>)> {
    let flows = crossing(v).map(|x| ("flows", Box::new(x) as Box<dyn Chart>));
    let level = service(v).map(|x| ("service", Box::new(x) as Box<dyn Chart>));
    let all: [(&str, Box<dyn Chart>); 3] =
        [("backlog", Box::new(queue(v))), ("delay-cost", Box::new(cost(v))), ("bearers", Box::new(bearers(v)))];
    flows.into_iter().chain(all).chain(level).collect()
}

/// Flows by good, route and mode before, during and after, in the run that is shut.
pub fn crossing(v: &Pair) -> Option<Sankey> {
    let (f, change) = (v.flows.as_ref()?, v.change.as_ref()?);
    let of = usize::from(change.shut_in == v.variant);
    let good = |id: &str| v.goods.iter().position(|g| g.id == id);
    let route = |id: &str| v.routes.iter().position(|r| r.id == id);
    let period = |title: &str, (from, to): (Day, Day), rows: &[FlowRow]| FlowPeriod {
        title: title.into(),
        dates: format!("{from} to {to}"),
        flows: rows.iter().filter_map(|f| Some((good(&f.good)?, route(&f.route)?, f.t_per_day[of]))).collect(),
    };
    let day_before = Day(change.from.0 - 1);
    let day_after = Day(change.to.0 + 1);
    let periods = vec![
        period("Before", (v.from, day_before), &f.before),
        period("Shut", (change.from, change.to), &f.during),
        period("After", (day_after, v.to), &f.after),
    ];
    let words = caption(
        still_crosses(&periods).unwrap_or_else(|| "What crosses before, during and after".into()),
        format!(
            "Net tonnes a day that leave, both directions, by good, route and mode; {}, central run",
            change.shut_in
        ),
        "Every uncertain input at its median. All periods in one scale. Seasons differ between the periods; the paired figures do not mix them.",
    );
    let routes = v.routes.iter().map(|r| flow_route(&r.title, &r.colour, &r.mode)).collect();
    let goods: Vec<&str> = v.goods.iter().map(|g| g.title.as_str()).collect();
    Some(flows(words, &goods, routes, periods))
}

/// Tonnes waiting in both runs, with the recovery.
pub fn queue(v: &Pair) -> StockCurve {
    let there = v.change.is_some();
    let fan = |i: usize, name: &str, colour: Colour| Fan {
        name: name.to_owned(),
        colour,
        bands: v.days.iter().map(|d| if there { d.waiting_there_t[i].band() } else { d.waiting_t[i].band() }).collect(),
    };
    StockCurve {
        caption: caption(
            v.recovery.as_ref().map_or_else(|| "What waits in both".into(), Recovery::queue_title),
            format!(
                "Net tonnes waiting to cross or on the way there, {}, at the end of the day; line median, bands 25 – 75 and 5 – 95 %",
                if there { "routes of the crossings that change" } else { "all routes" }
            ),
            format!(
                "{} with the same draws. Clear: no more than a day’s flow waits more for the crossing’s routes.",
                Unit::Pairs.count(v.replications)
            ),
        ),
        unit: "t".into(),
        days: v.days.iter().map(|d| d.day.0).collect(),
        fans: vec![fan(0, &v.base, Colour::Ink3), fan(1, &v.variant, Colour::Rail)],
        spans: spans(v),
        marks: v
            .change
            .iter()
            .map(|c| CurveMark { day: c.to.0 + 1, text: "open again".into(), more: String::new() })
            .collect(),
    }
}

/// The resilience triangle.
pub fn service(v: &Pair) -> Option<ServiceLevel> {
    let (r, change) = (v.recovery.as_ref()?, v.change.as_ref()?);
    let days = || v.days.iter().filter(|d| d.day >= change.from);
    let reopened = change.to.0 + 1;
    let back = r.levels().into_iter().filter_map(|(level, days)| {
        let text = format!("{level} % after {}", days.write(Unit::Days));
        Some(BackMark { day: reopened + days.band()?.p50.round() as i32, level: f64::from(level) / 100.0, text })
    });
    let open = if change.shut_in == v.variant { &v.base } else { &v.variant };
    let lost = r.lost_days_of_flow.write(Unit::Days);
    Some(ServiceLevel {
        caption: caption(
            format!("The closure took {lost} of normal flow"),
            format!("Tonnes that come to consignees as a share of {open}, all routes, mean of fifteen days"),
            "Grey: the resilience triangle (Bruneau and others 2003), the integral of what is missing. Back: days after the reopening from which no seven days’ share falls below by more than three times its noise from week to week. Goods that come late lift it above the normal flow.",
        ),
        days: days().map(|d| d.day.0).collect(),
        bands: days().map(|d| d.share_of_flow?.band()).collect(),
        spans: spans(v),
        lost: format!("{lost} of normal flow lost"),
        back: back.collect(),
    })
}

/// Cost of delay by day.
pub fn cost(v: &Pair) -> StockCurve {
    StockCurve {
        caption: caption(
            format!("Delay costs {}", v.total.delay_usd.per(1e6).write(Unit::Musd)),
            "Tonne-days of waiting more than in the other run, added up, at the mean day’s cost of what is ordered; million USD".into(),
            "What a day of delay costs a tonne is assumed by good (trade.toml). The title counts each order from day to day until it comes; the curve counts waiting at the border alone.",
        ),
        unit: "MUSD".into(),
        days: v.days.iter().map(|d| d.day.0).collect(),
        fans: vec![Fan {
            name: v.variant.clone(),
            colour: Colour::Rail,
            bands: v.days.iter().map(|d| d.cost_usd.per(1e6).band()).collect(),
        }],
        spans: spans(v),
        marks: Vec::new(),
    }
}

/// Who loses and who waits: lost value and cost of delay by good.
pub fn bearers(v: &Pair) -> EffectBars {
    let mut goods: Vec<_> = v.goods.iter().filter(|g| g.effects.harm_usd() > 0.0).collect();
    goods.sort_by(|a, b| b.effects.harm_usd().total_cmp(&a.effects.harm_usd()));
    let row = |name: &str, more: &str, colour: Colour, usd: Estimate| -> Option<EffectBar> {
        let band = usd.per(1e6).band()?;
        let some = band.p05 != 0.0 || band.p95 != 0.0;
        some.then(|| EffectBar { name: name.to_owned(), more: more.to_owned(), colour, band })
    };
    let rows = goods.iter().take(NAMED).flat_map(|g| {
        let e = &g.effects;
        [
            row(&g.title, "value lost", Colour::Ink, e.lost_usd),
            row(&g.title, "cost of delay", Colour::Rail, e.delay_usd),
        ]
    });
    let all = v.total.harm_usd();
    let title = match goods.first() {
        Some(g) if all > 0.0 => format!(
            "{} has {} of the loss and the cost of delay",
            g.title,
            percent((g.effects.harm_usd() / all).min(1.0))
        ),
        _ => "Nothing is lost and nothing waits".into(),
    };
    let sides = v.sides_in_order().into_iter().map(|(way, e)| {
        format!("{} {}", way.replace('-', " to "), Unit::Musd.write((e.lost_usd.p50() + e.delay_usd.p50()) / 1e6))
    });
    EffectBars {
        caption: caption(
            title,
            format!(
                "Value of orders lost and cost of delay by good, million USD, {} against {}; {}",
                v.variant,
                v.base,
                sides.collect::<Vec<_>>().join(", ")
            ),
            format!(
                "{} minus {}; goods with the most. Lost value is that of the orders, not the harm of going without.",
                v.variant, v.base
            ),
        ),
        unit: "MUSD".into(),
        rows: rows.flatten().collect(),
    }
}
