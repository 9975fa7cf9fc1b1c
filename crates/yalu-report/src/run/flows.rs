//! Flows by good, route and mode in periods side by side; before, during and after the closure of the story.

use crate::drawn::caption;
use crate::{FlowPeriod, flow_route, flows, still_crosses};
use yalu_chart::Sankey;
use yalu_model::{GoodId, RouteId};
use yalu_study::story_closure;
use yalu_units::Idx;
use yalu_view::compare::mode;
use yalu_view::run::Results;

/// Whole months told before and after a closure.
const BESIDE: usize = 3;

/// Before, during and after the closure of the story, by whole months, the median of the runs.
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
    let period = |title: &str, months: &[usize]| -> Option<FlowPeriod> {
        let (first, last) = (months.first()?, months.last()?);
        let n = months.iter().map(|m| days(*m).count()).sum::<usize>() as f64;
        let pairs = (0..c.trade.goods.len()).flat_map(|g| (0..c.trade.routes.len()).map(move |k| (g, k)));
        let carried = pairs.map(|(g, k)| {
            let at = (GoodId::new(g), RouteId::new(k));
            let run =
                |o: &yalu_sim::Outcome| months.iter().map(|m| o.months[*m].flows[at].mass.as_tonnes()).sum::<f64>();
            (g, k, r.estimate(|o| run(o) / n).p50())
        });
        let carried = carried.collect();
        Some(FlowPeriod {
            title: title.into(),
            dates: format!("{} – {}", r.month(*first), r.month(*last)),
            flows: carried,
        })
    };
    let periods = vec![period("Before", &before)?, period("Shut", &during)?, period("After", &after)?];
    let goods: Vec<&str> = c.trade.goods.iter().map(|g| g.title.as_str()).collect();
    let caption = caption(
        still_crosses(&periods).unwrap_or_else(|| "What crosses, before, during and after".into()),
        format!(
            "Net tonnes a day that cross, both directions, by good, route and mode, around the closure of {}; whole months, medians of the runs",
            c.border.crossings[closure.crossing].title
        ),
        "Exports count as they leave the first country, imports as they are released there. Seasons differ between the periods: `yalu whatif compare` pairs the same orders.",
    );
    let routes = c.trade.routes.iter().map(|x| flow_route(&x.title, &x.colour, &mode(x.mode)));
    Some(flows(caption, &goods, routes.collect(), periods))
}
