//! The closure of the story: what it cost by day, how it came back, what other ways carried, and what a share would have said.

use super::charts;
use crate::drawn::caption;
use crate::{Figure, Rich, Run, Section, bearers, cost, plain, queue, service};
use yalu_chart::{Basis, Colour, FlowsByMonth, Mode, Modelled, Month, Observed, RouteForm, RouteLine, WIDE};
use yalu_model::Regime;
use yalu_number::{Column, Estimate, Table, Unit, fixed, listed, percent};
use yalu_study::{Beside, ClosureMonths, Comparison};
use yalu_units::{Idx, Span};
use yalu_view::run::Results;

/// Routes that carry less than this share of what crosses meanwhile are not told by name.
const TOLD: f64 = 0.03;
/// Limits that began this long before a closure are told as standing beside it.
const BESIDE: Span = Span::days(31);

/// The picture of the days: what was missing, what waited, what waiting cost.
pub fn section(r: &Results) -> Option<Section> {
    let v = r.pair()?;
    let named = &r.corridor.border.crossings[r.closure.as_ref()?.closure.crossing].title;
    let level = service(&v).map(|mut x| {
        let beside = "those that come with the crossing left running";
        x.caption.subtitle =
            format!("Tonnes that come to consignees as a share of {beside}, all routes, mean of fifteen days");
        Figure::of("closure-service", &x, WIDE)
    });
    let figures = level
        .into_iter()
        .chain([Figure::of("closure-backlog", &queue(&v), WIDE), Figure::of("closure-bearers", &bearers(&v), WIDE)]);
    // By day the cost is told of what waits at the border. Where the closure makes less wait there, because shippers turn
    // away, that is no cost of the orders that come late, and the picture would deny them.
    let waits = v.days.last().is_some_and(|d| d.cost_usd.p50() > 0.0);
    let by_day = waits.then(|| Figure::of("closure-cost", &cost(&v), WIDE));
    Some(Section {
        id: "closure".into(),
        title: "What the closure did, day by day".into(),
        short: "Closure".into(),
        lead: plain(format!(
            "{} pairs of runs with the same draws: {named} shut as declared, and left running meanwhile. Each day’s order is followed in both.",
            v.replications
        )),
        figures: figures.chain(by_day).collect(),
        ..Section::default()
    })
}

/// What other ways carried while it was shut, and the share before beside the loss.
pub fn other_ways(r: &Results) -> Option<Section> {
    let v = r.beside.as_ref()?;
    let m = r.closure.as_ref()?.by_month.as_ref()?;
    let seen = reported(r, m);
    let mut text = vec![made_good(r, m, &seen)];
    text.extend(ways(r, v));
    text.extend(changes(r, v));
    text.push(share_and_loss(r, m));
    text.extend(became(&v.comparison));
    Some(Section {
        id: "other-ways".into(),
        title: "Other ways, and what a share would have said".into(),
        short: "Other ways".into(),
        lead: plain(
            "How much came by other routes while the crossing was shut, and how the share that its routes had before compares with what the closure took.",
        ),
        figures: vec![
            Figure::of("other-ways", &carried(r, m, &seen), WIDE),
            Figure::of("share-loss", &loss(r, m), WIDE),
        ],
        tables: vec![table(r, m, &seen).into()],
        text,
        ..Section::default()
    })
}

/// Reported exports of each month of a closure as a share of the last month before; none where either was not reported.
fn reported(r: &Results, m: &ClosureMonths) -> Vec<Option<f64>> {
    let of = |i: usize| r.corridor.record.observed.iter().find(|o| o.month == r.plan.months[i])?.exports_musd;
    let base = of(m.last_before).filter(|b| *b > 0.0);
    m.months.iter().map(|x| Some(of(x.month)? / base?)).collect()
}

/// How the share of a month is known: derived where either of its two values is.
fn basis(r: &Results, m: &ClosureMonths, month: usize) -> Basis {
    let derived =
        |i: usize| r.corridor.record.observed.iter().any(|o| o.month == r.plan.months[i] && o.exports_derived);
    if derived(m.last_before) || derived(month) { Basis::Derived } else { Basis::Reported }
}

fn shares(b: &Estimate) -> String {
    b.write(Unit::Share)
}

/// How far exports came back with the crossing shut: as reported, and as simulated.
fn made_good(r: &Results, m: &ClosureMonths, seen: &[Option<f64>]) -> Rich {
    let held: Vec<(usize, f64)> = seen.iter().enumerate().filter_map(|(i, x)| x.map(|x| (i, x))).collect();
    let month = |i: usize| r.month(m.months[i].month);
    let mut out = Vec::new();
    if held.is_empty() {
        out.push(Run::Plain(
            "No exports are reported for these months: what is simulated cannot be held against them. ".into(),
        ));
    } else {
        let list: Vec<String> = held.iter().map(|(i, x)| format!("{} in {}", percent(*x), month(*i))).collect();
        out.push(Run::Plain(format!("Reported exports as a share of {}: {}. ", r.month(m.last_before), listed(&list))));
        out.extend(again(r, m, &held));
    }
    let ends: Vec<String> = match m.months.as_slice() {
        [first, .., last] => vec![first, last],
        all => all.iter().collect(),
    }
    .into_iter()
    .map(|x| format!("{} in {}", shares(&x.by_others), r.month(x.month)))
    .collect();
    out.push(Run::Plain(format!("Simulated, by routes that do not use it: {}. ", listed(&ends))));
    if !held.is_empty() {
        let side = |(i, x): &(usize, f64)| {
            let b = &m.months[*i].by_others;
            if *x < b.p05() { -1 } else { i32::from(*x > b.p95()) }
        };
        let of = |which: i32| -> Vec<String> { held.iter().filter(|x| side(x) == which).map(|x| month(x.0)).collect() };
        let far = [(-1, "less"), (1, "more")].into_iter().filter_map(|(which, what)| {
            let months = of(which);
            (!months.is_empty()).then(|| format!("; {what} was reported than simulated in {}", listed(&months)))
        });
        let far: String = far.collect();
        out.push(Run::Plain(format!("The band holds {} of {} reported shares{far}.", of(0).len(), held.len())));
    }
    out
}

/// How much of what was missing in the lowest reported month was there again: by the last month with the crossing shut all
/// through, and by the last of all.
fn again(r: &Results, m: &ClosureMonths, held: &[(usize, f64)]) -> Option<Run> {
    let low = held.iter().copied().reduce(|a, b| if b.1 < a.1 { b } else { a })?;
    let good = |x: &(usize, f64)| percent(((x.1 - low.1) / (1.0 - low.1)).min(9.99));
    let after = || held.iter().rev().filter(|x| x.0 > low.0 && x.1 > low.1 && low.1 < 1.0);
    let running = |x: &(usize, f64)| m.months[x.0].days_running;
    let month = |x: &(usize, f64)| r.month(m.months[x.0].month);
    let shut = after().find(|x| running(x) == 0);
    let last = after().next().filter(|x| running(x) > 0);
    let said: Vec<String> = [
        shut.map(|x| format!("{} of the fall by {}, with the crossing shut", good(x), month(x))),
        last.map(|x| format!("{} of it by {}, in which it ran on {} days", good(x), month(x), running(x))),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!said.is_empty()).then(|| Run::Bold(format!("Made good: {}. ", said.join("; "))))
}

/// Tonnes a day by route while it was shut, with every input at its median, as declared, the most first.
fn meanwhile(x: &Comparison) -> Vec<(usize, f64)> {
    let mut by = vec![0.0; x.route_ids.len()];
    for f in x.flows.first().map_or(&[][..], |phases| &phases[1]) {
        by[f.route] += f.t_per_day[1];
    }
    let mut out: Vec<(usize, f64)> = by.into_iter().enumerate().filter(|(_, t)| *t > 0.0).collect();
    out.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    out
}

/// Which routes took it.
fn ways(r: &Results, v: &Beside) -> Option<Rich> {
    let by = meanwhile(&v.comparison);
    let all: f64 = by.iter().map(|x| x.1).sum();
    let named: Vec<String> = by
        .iter()
        .filter(|x| x.1 >= TOLD * all)
        .map(|x| format!("{} by {}", percent(x.1 / all), v.comparison.route_ids[x.0].1))
        .collect();
    (!named.is_empty()).then(|| {
        let shut = &r.corridor.border.crossings[r.closure.as_ref().map_or(Idx::new(0), |x| x.closure.crossing)].title;
        plain(format!(
            "Of the tonnes that crossed while {shut} was shut went, with every input at its median, {}.",
            listed(&named)
        ))
    })
}

/// What changed meanwhile on the ways that took it, and what limited trade besides the closure; as judged.
fn changes(r: &Results, v: &Beside) -> Vec<Rich> {
    let (c, Some(closure)) = (&r.corridor, r.closure.as_ref().map(|x| x.closure)) else { return Vec::new() };
    let by = meanwhile(&v.comparison);
    let all: f64 = by.iter().map(|x| x.1).sum();
    let id = |i: usize| v.comparison.route_ids[i].0.as_str();
    let carries = |route: &yalu_model::Route| by.iter().any(|x| x.1 >= TOLD * all && id(x.0) == route.id);
    let shut = |route: &yalu_model::Route| route.crossings.contains(&closure.crossing);
    let used = |x, any: &dyn Fn(&yalu_model::Route) -> bool| {
        c.trade.routes.iter().any(|route| route.crossings.contains(&x) && any(route))
    };
    let mut inside: Vec<(String, Vec<String>)> = Vec::new();
    let mut before: Vec<(String, Vec<String>)> = Vec::new();
    for g in c.border.regimes.iter().filter(|g| g.crossing != closure.crossing) {
        let Some(prior) = c.border.regimes.iter().find(|p| p.crossing == g.crossing && p.to == g.from) else {
            continue;
        };
        let what = difference(prior, g);
        if what.is_empty() {
            continue;
        }
        let name = c.border.crossings[g.crossing].title.clone();
        let line = |list: &mut Vec<(String, Vec<String>)>, text: String| match list.iter_mut().find(|x| x.0 == text) {
            Some(x) => x.1.push(name.clone()),
            None => list.push((text, vec![name.clone()])),
        };
        if g.from > closure.from && g.from < closure.to && used(g.crossing, &carries) {
            line(&mut inside, format!("from {}: {}", r.day(g.from), what.join(", ")));
        }
        let near = g.from <= closure.from && closure.from - g.from <= BESIDE && g.to > closure.from;
        if near && used(g.crossing, &|route| carries(route) || shut(route)) {
            line(&mut before, format!("from {}: {}", r.day(g.from), what.join(", ")));
        }
    }
    let said = |list: &[(String, Vec<String>)]| -> String {
        list.iter().map(|(what, names)| format!("{} {what}", listed(names))).collect::<Vec<_>>().join("; ")
    };
    let mut out = Vec::new();
    if !before.is_empty() {
        out.push(plain(format!(
            "The closure did not come alone. Limits that began within a month before it, as judged: {}. They stand in both runs of a pair, so that their effect is not counted as the closure’s.",
            said(&before)
        )));
    }
    if !inside.is_empty() {
        out.push(plain(format!("What changed on these ways meanwhile, as judged: {}.", said(&inside))));
    } else if !by.is_empty() {
        let (from, to) = (r.date(closure.from), r.date(closure.to + Span(-1)));
        out.push(plain(format!(
            "No regime of these ways changed from {from} to {to}: what grew on them is shippers who turned to them."
        )));
    }
    out
}

/// What sets a regime apart from the one before it, by the medians of their ranges.
fn difference(a: &Regime, b: &Regime) -> Vec<String> {
    let mut out = Vec::new();
    if a.state != b.state {
        out.push(format!("{} to {}", charts::word(a.state), charts::word(b.state)));
    }
    let whole = |q: f64| fixed(q, usize::from(q.fract().abs() > 0.05 && q < 10.0));
    let median = |q: &Option<yalu_model::Quantity>| q.as_ref().map(yalu_model::Quantity::central);
    match (median(&a.hold_days), median(&b.hold_days)) {
        (Some(x), Some(y)) if (x - y).abs() > 0.5 => {
            out.push(format!("goods held {} days instead of {}", whole(y), whole(x)));
        }
        (Some(x), None) => out.push(format!("goods no longer held {} days", whole(x))),
        (None, Some(y)) => out.push(format!("goods held {} days", whole(y))),
        _ => {}
    }
    let (x, y) = (median(&a.capacity_share).unwrap_or(1.0), median(&b.capacity_share).unwrap_or(1.0));
    if a.runs() && b.runs() && (x - y).abs() > 0.005 {
        out.push(format!("{} of its vehicles instead of {}", percent(y), percent(x)));
    }
    match (median(&a.trains_per_day), median(&b.trains_per_day)) {
        (Some(x), Some(y)) if (x - y).abs() > 0.05 => {
            out.push(format!("{} trains a day instead of {}", whole(y), whole(x)));
        }
        _ => {}
    }
    out
}

/// The share before, taken as a loss, beside the loss that the pairs give.
fn share_and_loss(r: &Results, m: &ClosureMonths) -> Rich {
    let (share, lost) = (&m.share_before, &m.lost);
    let mut out = vec![
        Run::Plain("Routes over the crossing had ".into()),
        Run::Band(shares(share)),
        Run::Plain(format!(
            " of the value of exports from {} to {}. Taken as the cost, so much of them would have been lost as long as it was shut. The pairs of runs lose ",
            r.month(m.before.0),
            r.month(m.before.1)
        )),
        Run::Band(shares(lost)),
        Run::Plain(" of the exports of the months it was shut, and ".into()),
        Run::Band(shares(&m.lost_counted)),
        Run::Plain(" with those after it, in which some of them come late. ".into()),
    ];
    out.push(Run::Bold(
        if share.p50() > lost.p95() {
            "The share says too much."
        } else if share.p50() < lost.p05() {
            "The share says too little."
        } else {
            "Over the whole of it the share lies within the band of the loss."
        }
        .into(),
    ));
    if let [first, .., last] = m.months.as_slice() {
        let way = if last.lost.p50() < first.lost.p50() { "falls" } else { "grows" };
        out.push(Run::Plain(format!(
            " By month the loss {way} from {} in {} to {} in {}, which one share cannot say.",
            shares(&first.lost),
            r.month(first.month),
            shares(&last.lost),
            r.month(last.month)
        )));
    }
    out
}

/// Why they differ: what became of what would have crossed there.
fn became(x: &Comparison) -> Option<Rich> {
    let recovery = x.recovery.as_ref()?;
    let [diverted, lost, waits] = recovery.shares.map(|e| e.write(Unit::Share));
    Some(vec![
        Run::Plain("Why: a share tells who carried the goods, not what becomes of them. Of the tonnes that would have crossed there while it was shut ".into()),
        Run::Band(diverted),
        Run::Plain(" went another way, ".into()),
        Run::Band(lost),
        Run::Plain(" were cancelled or refused, and ".into()),
        Run::Band(waits),
        Run::Plain(" waited and came late.".into()),
    ])
}

fn months(r: &Results, m: &[usize]) -> Vec<Month> {
    m.iter().map(|&i| Month { year: r.plan.months[i].0, month: r.plan.months[i].1 }).collect()
}

/// Exports by other ways as a share of the last month before, beside the reported.
fn carried(r: &Results, m: &ClosureMonths, seen: &[Option<f64>]) -> FlowsByMonth {
    let base = r.month(m.last_before);
    let last = m.months.iter().zip(seen).rev().find_map(|(x, s)| s.map(|s| (x, s)));
    let title = match (last, m.months.last()) {
        (Some((x, s)), _) => format!(
            "Of {base}’s exports {} were reported in {}, {} simulated by other ways",
            percent(s),
            r.month(x.month),
            shares(&x.by_others)
        ),
        (None, Some(x)) => {
            format!("Of {base}’s exports {} went by other ways in {}", shares(&x.by_others), r.month(x.month))
        }
        _ => String::new(),
    };
    FlowsByMonth {
        caption: caption(
            title,
            format!(
                "Exports of a month as a share of {base}, per cent. Line and bands: simulated, by routes that do not use the crossing, 5 – 95 and 25 – 75 %; dots: reported, all routes, rings: derived"
            ),
            "Both in current US dollars as they leave. In a month in which the crossing ran on some days the reported share holds what it carried then.",
        ),
        unit: "%".into(),
        months: months(r, &m.months.iter().map(|x| x.month).collect::<Vec<_>>()),
        observed: m
            .months
            .iter()
            .zip(seen)
            .map(|(x, s)| s.map(|s| Observed { value: s * 100.0, basis: basis(r, m, x.month) }))
            .collect(),
        model: m.months.iter().map(|x| x.by_others.per(0.01).band().map(Modelled::Band)).collect(),
        model_name: "simulated".into(),
        model_colour: Colour::Rail,
        ..FlowsByMonth::default()
    }
}

/// The loss by month beside the share before.
fn loss(r: &Results, m: &ClosureMonths) -> FlowsByMonth {
    let share = m.share_before.p50() * 100.0;
    FlowsByMonth {
        caption: caption(
            format!(
                "The closure cost {} of exports, where the share before says {}",
                shares(&m.lost),
                percent(m.share_before.p50())
            ),
            "Exports lost, per cent of those made with the crossing left running; line and bands: pairs of runs, 5 – 95 and 25 – 75 %; straight line: share of its routes before, taken as the loss",
            format!(
                "Share of the value of exports from {} to {}, median of the runs as declared.",
                r.month(m.before.0),
                r.month(m.before.1)
            ),
        ),
        unit: "%".into(),
        months: months(r, &m.months.iter().map(|x| x.month).collect::<Vec<_>>()),
        model: m.months.iter().map(|x| x.lost.per(0.01).band().map(Modelled::Band)).collect(),
        model_name: "lost, by pairs".into(),
        model_colour: Colour::Rail,
        routes: vec![RouteLine {
            name: "share before".into(),
            colour: Colour::Ink2,
            mode: Mode::Road,
            values: m.months.iter().map(|_| Some(share)).collect(),
        }],
        route_form: RouteForm::Lines,
        ..FlowsByMonth::default()
    }
}

fn table(r: &Results, m: &ClosureMonths, seen: &[Option<f64>]) -> Table {
    let base = r.month(m.last_before);
    let rows = m.months.iter().zip(seen).map(|(x, s)| {
        let month = match x.days_running {
            0 => plain(r.month(x.month)),
            n => vec![Run::Plain(r.month(x.month)), Run::Small(format!(" ran on {}", Unit::Days.count(n)))],
        };
        let seen = s.map_or_else(|| "none held".into(), percent);
        vec![month.into(), seen.into(), x.by_others.into(), x.lost.into(), m.share_before.into()]
    });
    Table {
        id: "other-ways-months".into(),
        title: "The closure by month".into(),
        columns: vec![
            Column::text("month", "Month"),
            Column::text("reported", &format!("reported, of {base}")).right(),
            Column::estimate("by_others", &format!("simulated by other ways, of {base}"), Unit::Share),
            Column::estimate("lost", "lost, by pairs of runs", Unit::Share),
            Column::estimate("share_before", "share before", Unit::Share),
        ],
        rows: rows.collect(),
        note:
            "Exports by value. Median and 5 – 95 % of runs; lost: of what is exported with the crossing left running."
                .into(),
    }
}
