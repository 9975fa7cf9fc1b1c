//! What the runs say to the questions and claims of a story, the record beside the model.

use super::knowledge;
use super::sections::{good, months_after};
use crate::{Claim, Rich, Run, plain};
use yalu_model::{About, Mode, ModelFigure, StoryClaim};
use yalu_number::{Estimate, Unit, fixed, sentence_case};
use yalu_sim::{Outcome, Short};
use yalu_units::Idx;
use yalu_view::run::{Results, StoryKnowledge};

/// Days after the story's day over which its trains and goods are looked at.
const AFTER_DAYS: i64 = 92;

fn not_yet(why: &str) -> Rich {
    vec![Run::NotAnswered(why.into())]
}

/// What the runs say to a question of the story, beyond the answer.
pub fn facts(r: &Results, about: About) -> Vec<(String, Rich)> {
    let c = &r.corridor;
    let Some(s) = &c.about.story else { return Vec::new() };
    let after = months_after(r, s.day, AFTER_DAYS);
    match about {
        About::Carry if !after.is_empty() => {
            let wagons = |o: &Outcome| after.iter().map(|&i| f64::from(o.months[i].wagons_crossed[0][0])).sum::<f64>();
            let trains = |o: &Outcome| after.iter().map(|&i| f64::from(o.months[i].trains[0])).sum::<f64>();
            let months = format!("{} – {}", r.month(after[0]), r.month(after[after.len() - 1]));
            vec![(
                format!("Loaded wagons a train, {months}"),
                r.estimate(|o| wagons(o) / trains(o).max(1.0)).rich(Unit::Wagons),
            )]
        }
        About::Cost => match &r.closure {
            Some(x) => {
                let mut out = vec![("Orders cancelled because of it".into(), x.given_up_usd.per(1e6).rich(Unit::Musd))];
                if let Some(m) = &x.by_month {
                    let (from, to) = (r.month(m.before.0), r.month(m.before.1));
                    out.push((
                        format!("Its routes’ share of exports, {from} – {to}"),
                        m.share_before.rich(Unit::Share),
                    ));
                }
                if let Some(i) = day_index(r, s.day) {
                    out.push((
                        format!("Waiting on the eve of {}, all routes", r.day(s.day)),
                        r.estimate(|o| o.waiting_t.get(i).map_or(0.0, |t| f64::from(*t))).rich(Unit::Tonnes),
                    ));
                }
                out
            }
            None => Vec::new(),
        },
        About::Recover => {
            let clear = |o: &Outcome| {
                o.reopenings
                    .iter()
                    .filter(|x| is_story_rail(r, x.route as usize) && (x.from - s.day).as_days().abs() <= 60.0)
                    .min_by_key(|x| (x.from - s.day).0.abs())
                    .map(|x| x.peak.as_tonnes())
            };
            let drawn: Vec<_> = r.ensemble.outcomes().iter().filter_map(clear).collect();
            if drawn.is_empty() {
                return Vec::new();
            }
            let peak = Estimate::of_all(drawn);
            let mut out = vec![("Most that waited for the train after it reopened".into(), peak.rich(Unit::Tonnes))];
            out.extend(twice(r));
            out
        }
        About::Next => story_knowledge(r).map_or_else(Vec::new, knowledge::next),
        About::Running | About::Carry => Vec::new(),
    }
}

/// Twice the trains that the regime allows, in pairs with the run as declared; nothing where it sets no number.
fn twice(r: &Results) -> Vec<(String, Rich)> {
    let Some(x) = &r.twice else { return Vec::new() };
    let (allowed, slots) = x.allowed;
    let trains = |n: f64| fixed(n, usize::from(n.fract() > 0.05));
    // More than the timetable has slots for cannot run.
    let most = slots.map_or(f64::INFINITY, |n| n as f64);
    let named = format!(
        "{} trains a day instead of {}: loaded trains more, {} – {}",
        trains((2.0 * allowed).min(most)),
        trains(allowed.min(most)),
        r.month(x.months.0),
        r.month(x.months.1)
    );
    let more = |b: &Estimate, unit: Unit| Run::Band(b.write(unit));
    let mut out = vec![
        (
            named,
            vec![
                more(&x.trains_more, Unit::Trains),
                Run::Small(format!(
                    " to {} as declared; {} pairs of runs, six months from the day",
                    fixed(x.trains[0].p50(), 0),
                    x.replications
                )),
            ],
        ),
        ("Net tonnes more by rail with them".into(), vec![more(&x.rail_t, Unit::Tonnes)]),
        ("Net tonnes more by all routes".into(), vec![more(&x.all_t, Unit::Tonnes)]),
    ];
    // What is told of is no rounding: a train in twenty of those that run.
    let told = (0.05 * x.trains[1].p50()).max(1.0);
    let kept = Short::ALL.into_iter().zip(&x.not_formed).filter(|(_, b)| b.p50() >= told);
    let kept: Rich = kept
        .flat_map(|(why, b)| [Run::Plain(format!("{} ", short(why))), more(b, Unit::Trains), Run::Plain("; ".into())])
        .collect();
    if let Some((_, kept)) = kept.split_last() {
        out.push(("What keeps others from running".into(), kept.to_vec()));
    }
    let cleared = |b: &Estimate| b.write(Unit::Days);
    out.push((
        "Clear in these months with them".into(),
        vec![Run::Bold(cleared(&x.clear_days[1])), Run::Small(format!("; as declared {}", cleared(&x.clear_days[0])))],
    ));
    out
}

/// Why a train is not formed.
fn short(why: Short) -> &'static str {
    match why {
        Short::NoWagons => "no empty wagons",
        Short::NoGoods => "too few goods",
        Short::NoPlaceBeyond => "no track or no room in the hold beyond the border",
        Short::Quota => "the quota",
    }
}

fn story_knowledge(r: &Results) -> Option<&StoryKnowledge> {
    r.knowledge.as_ref()?.story.as_ref()
}

fn day_index(r: &Results, t: yalu_units::Instant) -> Option<usize> {
    let told = r.plan.days.iter().filter(|d| d.start >= r.plan.report_from);
    told.enumerate().find(|(_, d)| d.end == t).map(|x| x.0)
}

/// Whether a route is by rail over the story's crossing.
fn is_story_rail(r: &Results, route: usize) -> bool {
    let x = &r.corridor.trade.routes.as_slice()[route];
    x.rail.is_some() && r.corridor.about.story.as_ref().is_some_and(|s| x.crossings.contains(&s.crossing))
}

/// The claims with the model's figure beside each.
pub fn claims(r: &Results) -> Vec<Claim> {
    let Some(s) = &r.corridor.about.story else { return Vec::new() };
    s.claims
        .iter()
        .map(|c| Claim {
            said: c.said.clone(),
            record: plain(c.record.clone()),
            model: model(r, c),
            sources: c.sources.clone(),
            confidence: c.confidence.clone(),
            verdict: c.verdict.clone(),
        })
        .collect()
}

fn model(r: &Results, claim: &StoryClaim) -> Rich {
    let c = &r.corridor;
    let Some(s) = &c.about.story else { return Vec::new() };
    let after = months_after(r, s.day, AFTER_DAYS);
    let outside = || not_yet("the day lies outside the period run");
    let share = |months: &[usize], route: &dyn Fn(usize) -> bool| -> Rich {
        let of = |o: &Outcome| {
            let (mut part, mut all) = (0.0, 0.0);
            for &i in months {
                for (k, x) in r.routes(&o.months[i]).into_iter().enumerate() {
                    all += x.usd;
                    if route(k) {
                        part += x.usd;
                    }
                }
            }
            if all > 0.0 { part / all } else { 0.0 }
        };
        r.estimate(of).rich(Unit::Share)
    };
    match claim.model {
        ModelFigure::None => vec![Run::Small("no model needed".into())],
        ModelFigure::Cars if !after.is_empty() => {
            let i = after[0];
            let mean =
                |o: &Outcome| f64::from(o.months[i].wagons_crossed[0][0]) / f64::from(o.months[i].trains[0].max(1));
            let mut out = r.estimate(mean).rich(Unit::Wagons);
            out.push(Run::Small(format!(" a train, {}", r.month(i))));
            out
        }
        ModelFigure::RailShare if !after.is_empty() => {
            let year = months_after(r, s.day, 366);
            let mut out = share(&year, &|k| is_story_rail(r, k));
            out.push(Run::Small(" by rail, of value by all routes in the year after".into()));
            out
        }
        ModelFigure::SeaShare => match &r.closure {
            Some(x) => {
                let months: Vec<usize> = (x.months.0..=x.months.1)
                    .filter(|&i| {
                        let d = r.plan.days.iter().find(|d| usize::from(d.month) == i);
                        d.is_some_and(|d| d.start >= x.closure.from && d.end <= x.closure.to)
                    })
                    .collect();
                let mut out = share(&months, &|k| c.trade.routes.as_slice()[k].mode == Mode::Sea);
                out.push(Run::Small(" by sea in the whole months rail was shut".into()));
                out
            }
            None => outside(),
        },
        ModelFigure::Goods if !after.is_empty() => {
            let carried = |o: &Outcome, g: usize| -> f64 {
                let flows = after.iter().flat_map(|&i| o.months[i].flows.enumerated());
                let mine = flows.filter(|((good, route), _)| good.index() == g && is_story_rail(r, route.index()));
                mine.map(|(_, f)| f.mass.as_tonnes()).sum()
            };
            let mut by: Vec<(usize, Estimate)> = (0..c.trade.goods.len())
                .map(|g| (g, r.estimate(|o| carried(o, g))))
                .filter(|x| x.1.p50() > 0.0)
                .collect();
            by.sort_by(|a, b| b.1.p50().total_cmp(&a.1.p50()));
            by.truncate(3);
            if by.is_empty() {
                return not_yet("no train ran in most runs");
            }
            let months = (r.month(after[0]), r.month(after[after.len() - 1]));
            let named = by.iter().flat_map(|(g, t)| {
                let title = sentence_case(&good(c, *g).to_lowercase());
                [Run::Plain(format!("{title}: ")), Run::Band(t.write(Unit::Tonnes)), Run::Plain("; ".into())]
            });
            named.chain([Run::Small(format!("by rail, {} – {}", months.0, months.1))]).collect()
        }
        ModelFigure::Cars | ModelFigure::RailShare | ModelFigure::Goods => outside(),
        ModelFigure::Running => match story_knowledge(r) {
            Some(k) => knowledge::ran(k),
            None => not_yet("no report of the crossing is held"),
        },
        ModelFigure::Next => match story_knowledge(r) {
            Some(k) => knowledge::lasts(k),
            None => not_yet("no report of the crossing is held"),
        },
    }
}
