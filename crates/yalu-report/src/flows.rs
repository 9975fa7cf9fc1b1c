//! Flows by good, route and mode in periods side by side.

use yalu_chart::{Caption, Colour, Sankey, SankeyFlow, SankeyPanel, SankeyRoute};
use yalu_number::percent;

/// Goods drawn by name; the rest is one.
const NAMED: usize = 8;
/// Modes as the picture orders them.
const MODES: [&str; 4] = ["rail", "road", "sea", "air"];

/// What goes in a period: good, route, tonnes a day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FlowPeriod {
    /// Such as `Before`.
    pub title: String,
    /// Its dates.
    pub dates: String,
    /// By good and route.
    pub flows: Vec<(usize, usize, f64)>,
}

/// A route as the picture draws it, by the words of its scenario for its colour and its mode.
pub fn flow_route(name: &str, colour: &str, mode: &str) -> SankeyRoute {
    SankeyRoute {
        name: name.to_owned(),
        colour: Colour::of_route(colour),
        mode: MODES.iter().position(|m| *m == mode).unwrap_or(0),
    }
}

/// The share of the first period's tonnes that goes in the second, in words; none where nothing went.
pub fn still_crosses(periods: &[FlowPeriod]) -> Option<String> {
    let sum = |p: &FlowPeriod| p.flows.iter().map(|f| f.2).sum::<f64>();
    let (before, during) = (sum(periods.first()?), sum(periods.get(1)?));
    (before > 0.0).then(|| format!("While it is shut {} of the tonnes before still cross", percent(during / before)))
}

/// The picture: goods that go most by name, the others as one.
pub fn flows(caption: Caption, goods: &[&str], routes: Vec<SankeyRoute>, periods: Vec<FlowPeriod>) -> Sankey {
    let total = |g: usize| periods.iter().flat_map(|p| &p.flows).filter(|f| f.0 == g).map(|f| f.2).sum::<f64>();
    let mut order: Vec<usize> = (0..goods.len()).filter(|g| total(*g) > 0.0).collect();
    order.sort_by(|a, b| total(*b).total_cmp(&total(*a)).then(a.cmp(b)));
    let place = |g: usize| order.iter().position(|o| *o == g).map(|i| i.min(NAMED));
    let mut named: Vec<String> = order.iter().take(NAMED).map(|g| goods[*g].to_owned()).collect();
    if order.len() > NAMED {
        named.push(format!("{} other goods", order.len() - NAMED));
    }
    let panels = periods.into_iter().map(|p| {
        let mut flows: Vec<SankeyFlow> = Vec::new();
        for (good, route, value) in p.flows {
            let Some(good) = place(good).filter(|_| value > 0.0) else { continue };
            match flows.iter_mut().find(|y| y.good == good && y.route == route) {
                Some(y) => y.value += value,
                None => flows.push(SankeyFlow { good, route, value }),
            }
        }
        SankeyPanel { title: p.title, subtitle: p.dates, flows }
    });
    Sankey {
        caption,
        unit: "t a day".into(),
        routes,
        modes: MODES.map(str::to_owned).into(),
        panels: panels.collect(),
        goods: named,
    }
}
