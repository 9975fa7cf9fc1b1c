//! Flows by good, route and mode in periods side by side; before, during and after the closure of the story.

use super::colour;
use crate::results::Results;
use yalu_chart::{Caption, Colour, Sankey, SankeyFlow, SankeyPanel, SankeyRoute};
use yalu_model::{Mode, Route};
use yalu_report::number::percent;
use yalu_study::story_closure;

/// Goods drawn by name; the rest is one.
const NAMED: usize = 8;
/// Whole months told before and after a closure.
const BESIDE: usize = 3;

/// What goes in a period: good, route, tonnes a day.
pub struct Period {
    /// Such as `Before`.
    pub title: String,
    /// Its dates.
    pub dates: String,
    /// By good and route.
    pub flows: Vec<(usize, usize, f64)>,
}

/// A route as the picture draws it; one that is not known any more is grey.
pub fn route(name: &str, found: Option<&Route>) -> SankeyRoute {
    SankeyRoute {
        name: name.to_owned(),
        colour: found.map_or(Colour::Khasan, |r| colour(&r.colour)),
        mode: found.map_or(0, |r| match r.mode {
            Mode::Rail | Mode::Passenger => 0,
            Mode::Road | Mode::Place => 1,
            Mode::Sea => 2,
            Mode::Air => 3,
        }),
    }
}

/// The share of the first period's tonnes that goes in the second, in words; none where nothing went.
pub fn finding(periods: &[Period]) -> Option<String> {
    let sum = |p: &Period| p.flows.iter().map(|f| f.2).sum::<f64>();
    let (before, during) = (sum(periods.first()?), sum(periods.get(1)?));
    (before > 0.0)
        .then(|| format!("While it is shut {} of the tonnes before still cross", percent((during / before).min(9.99))))
}

/// The picture: goods that go most by name, the others as one.
pub fn sankey(caption: Caption, goods: &[&str], routes: Vec<SankeyRoute>, periods: Vec<Period>) -> Sankey {
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
        modes: ["rail", "road", "sea", "air"].map(str::to_owned).to_vec(),
        panels: panels.collect(),
        goods: named,
    }
}

/// Before, during and after the closure of the story, by whole months of the central run.
pub fn around_closure(r: &Results) -> Option<Sankey> {
    let c = &r.corridor;
    let closure = story_closure(c)?;
    let days = |m: usize| r.plan.days.iter().filter(move |d| usize::from(d.month) == m);
    let whole = |m: usize, from, to| days(m).all(|d| d.start >= from && d.end <= to) && days(m).next().is_some();
    let all = 0..r.plan.months.len();
    let during: Vec<usize> = all.clone().filter(|m| whole(*m, closure.from, closure.to)).collect();
    let before: Vec<usize> = all.clone().filter(|m| days(*m).all(|d| d.end <= closure.from)).collect();
    let after: Vec<usize> = all.filter(|m| days(*m).all(|d| d.start >= closure.to)).take(BESIDE).collect();
    let before = before[before.len().saturating_sub(BESIDE)..].to_vec();
    let routes = c.routes.len();
    let period = |title: &str, months: &[usize]| -> Option<Period> {
        let (first, last) = (months.first()?, months.last()?);
        let n = months.iter().map(|m| days(*m).count()).sum::<usize>() as f64;
        let mut tonnes = vec![0.0; c.goods.len() * routes];
        for m in months {
            for (sum, f) in tonnes.iter_mut().zip(&r.months()[*m].flows) {
                *sum += f.mass.as_tonnes() / n;
            }
        }
        let flows = tonnes.into_iter().enumerate().map(|(i, t)| (i / routes, i % routes, t)).collect();
        Some(Period { title: title.into(), dates: format!("{} – {}", r.month(*first), r.month(*last)), flows })
    };
    let periods = vec![period("Before", &before)?, period("Shut", &during)?, period("After", &after)?];
    let goods: Vec<&str> = c.goods.iter().map(|g| g.title.as_str()).collect();
    let caption = super::caption(
        finding(&periods).unwrap_or_else(|| "What crosses, before, during and after".into()),
        format!(
            "Net tonnes a day that cross, both directions, by good, route and mode, around the closure of {}; whole months, central run",
            c.crossings[closure.crossing].title
        ),
        "Exports count as they leave the first country, imports as they are released there. Seasons differ between the periods: `yalu compare` pairs the same orders.",
    );
    Some(sankey(caption, &goods, c.routes.iter().map(|x| route(&x.title, Some(x))).collect(), periods))
}
