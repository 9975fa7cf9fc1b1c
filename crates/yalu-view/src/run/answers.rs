//! The five answers: is it running, what can it carry, what did a closure cost, how does it recover, what next.
//!
//! Each sentence stands on what this run computed; where it computed nothing the answer says what is missing.

use super::{Reason, Results};
use schemars::JsonSchema;
use serde::Serialize;
use yalu_calendar::{iso_date, local_date};
use yalu_model::{About, CrossingId, Route, State};
use yalu_number::{Band, Estimate, Rich, Run, Unit, listed, percent, sentence_case};
use yalu_sim::{Outcome, Short};
use yalu_study::{Figure, assumed_share};
use yalu_units::{Instant, Span};

/// Three months after the story's day: over them it is told what is carried, at their end what waits.
const AFTER: Span = Span::days(92);
/// A reopening counts as that of the story's day when it began within so many days of it.
const NEAR_DAYS: f64 = 60.0;
/// Days ahead of the fifth answer.
const AHEAD_DAYS: usize = 180;
/// A report that weighs so many bits is a witness: it doubles the odds.
const WITNESS_BITS: f64 = 1.0;
/// Share of runs from which they are said to agree.
const AGREE: f64 = 2.0 / 3.0;

/// The five questions in order.
const ALL: [About; 5] = [About::Running, About::Carry, About::Cost, About::Recover, About::Next];

/// The word of a question in data and in anchors.
fn word(about: About) -> &'static str {
    match about {
        About::Running => "running",
        About::Carry => "carry",
        About::Cost => "cost",
        About::Recover => "recover",
        About::Next => "next",
    }
}

/// A question as it is asked.
fn asked(about: About) -> &'static str {
    match about {
        About::Running => "Is it running?",
        About::Carry => "What can it carry?",
        About::Cost => "What did it cost?",
        About::Recover => "How does it recover?",
        About::Next => "What next?",
    }
}

/// How sure an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sure {
    /// What it rests on agrees.
    High,
    /// What it rests on agrees for the most part.
    Medium,
    /// What it rests on is thin or disagrees.
    Low,
    /// The run does not answer.
    NotAnswered,
}

impl Sure {
    /// The word on pages and in the terminal.
    pub fn word(self) -> &'static str {
        match self {
            Sure::High => "high",
            Sure::Medium => "medium",
            Sure::Low => "low",
            Sure::NotAnswered => "not answered",
        }
    }

    fn of(share: f64) -> Sure {
        match share {
            s if s >= 0.9 => Sure::High,
            s if s >= AGREE => Sure::Medium,
            _ => Sure::Low,
        }
    }
}

/// A headline figure: one id, one definition, one text wherever it stands.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Headline {
    /// Its id.
    pub id: &'static str,
    /// What it counts or measures.
    pub unit: Unit,
    /// The median; null where no run defines it.
    pub p50: Option<f64>,
    /// 5 % of the runs lie below.
    pub p05: Option<f64>,
    /// 95 % of the runs lie below.
    pub p95: Option<f64>,
    /// The value as every document writes it.
    pub text: String,
}

/// An answer with its figures, how sure it is and what it rests on.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Answer {
    /// What is asked after.
    #[serde(skip)]
    #[schemars(skip)]
    pub about: About,
    /// `running`, `carry`, `cost`, `recover` or `next`.
    pub id: &'static str,
    /// The question.
    pub question: &'static str,
    /// The answer in a sentence or two, with median and band.
    pub answer: String,
    /// What stands behind it.
    pub text: String,
    /// How sure it is.
    pub sure: Sure,
    /// Why it is no surer.
    pub why: String,
    /// Reports by their ids, and what else it rests on.
    pub rests_on: Vec<String>,
    /// Its figures.
    pub figures: Vec<Headline>,
}

impl Answer {
    /// Words of the answer with its figures marked by their ids, by which a page is held to the same values.
    pub fn marked(&self, words: &str) -> Rich {
        let mut out = Vec::new();
        let mut rest = words;
        let told = || self.figures.iter().filter(|f| !f.text.is_empty());
        // Of two figures at one place the longer is meant.
        let first = |rest: &str| {
            told().filter_map(|f| Some((rest.find(&f.text)?, f))).min_by_key(|(at, f)| (*at, usize::MAX - f.text.len()))
        };
        while let Some((at, f)) = first(rest) {
            out.push(Run::Plain(rest[..at].to_owned()));
            out.push(Run::Headline { id: f.id, text: f.text.clone() });
            rest = &rest[at + f.text.len()..];
        }
        out.push(Run::Plain(rest.to_owned()));
        out
    }

    /// The figure of an id as every document writes it.
    pub fn figure(&self, id: &str) -> Option<&Headline> {
        self.figures.iter().find(|f| f.id == id)
    }
}

/// An answer in the making.
#[derive(Default)]
struct Said {
    answer: String,
    text: String,
    sure: Option<Sure>,
    why: String,
    rests_on: Vec<String>,
    figures: Vec<Headline>,
}

impl Said {
    fn not(why: impl Into<String>) -> Said {
        Said { answer: "Not answered.".into(), why: why.into(), ..Said::default() }
    }

    fn say(&mut self, words: impl AsRef<str>) {
        self.answer.push_str(words.as_ref());
    }

    fn more(&mut self, words: impl AsRef<str>) {
        self.text.push_str(words.as_ref());
    }

    /// A figure under its id; its text goes into the sentence.
    fn figure(&mut self, id: &'static str, unit: Unit, value: Estimate) -> String {
        self.headline(id, unit, value.band(), value.write(unit))
    }

    /// A figure whose band another room made.
    fn band(&mut self, id: &'static str, unit: Unit, band: Band) -> String {
        self.headline(id, unit, Some(band), band.write(unit))
    }

    fn headline(&mut self, id: &'static str, unit: Unit, band: Option<Band>, text: String) -> String {
        let [p05, p50, p95] = [band.map(|b| b.p05), band.map(|b| b.p50), band.map(|b| b.p95)];
        self.figures.push(Headline { id, unit, p50, p05, p95, text: text.clone() });
        text
    }
}

/// The five answers of a finished run.
pub(super) fn answers(r: &Results) -> Vec<Answer> {
    let one = |about: About| {
        let said = match about {
            About::Running => running(r),
            About::Carry => carry(r),
            About::Cost => cost(r),
            About::Recover => recover(r),
            About::Next => next(r),
        };
        Answer {
            about,
            id: word(about),
            question: asked(about),
            answer: said.answer,
            text: said.text,
            sure: said.sure.unwrap_or(Sure::NotAnswered),
            why: said.why,
            rests_on: said.rests_on,
            figures: said.figures,
        }
    };
    ALL.into_iter().map(one).collect()
}

/// The rail routes that the answers are about: all over the story's or the closure's crossing, whichever way they carry; else
/// all there are.
pub fn rail(r: &Results) -> Vec<(usize, &Route)> {
    let over = r.focus().map(|x| x.0);
    let all = r.corridor.trade.routes.iter().enumerate().filter(|(_, x)| x.rail.is_some());
    all.filter(|(_, x)| over.is_none_or(|id| x.crossings.contains(&id))).collect()
}

/// What they are called together: the route's name where it is one, else their crossing's.
pub fn rail_title<'r>(r: &'r Results, routes: &[(usize, &'r Route)]) -> &'r str {
    match (routes, r.focus()) {
        ([(_, one)], _) => &one.title,
        (_, Some((crossing, _))) => &r.corridor.border.crossings[crossing].title,
        _ => "rail",
    }
}

fn runs(r: &Results) -> String {
    Unit::Runs.count(r.ensemble.outcomes().len())
}

fn sides(r: &Results) -> String {
    format!("{} of inputs are assumed", percent(assumed_share(&r.corridor)))
}

/// How sure runs make an answer that agree on it to a share: no surer than medium where most inputs are assumed, for all runs
/// rest on the same assumptions.
fn agreed(r: &Results, share: f64) -> Sure {
    Sure::of(if assumed_share(&r.corridor) > 0.5 { share.min(0.8) } else { share })
}

fn running(r: &Results) -> Said {
    if r.line_only() {
        return Said::not("this is a line alone, without a border or reports of it");
    }
    let Some(k) = r.knowledge.as_ref().and_then(|k| k.story.as_ref()) else {
        return Said::not("no report of the crossing is held for a day that a story names");
    };
    let p = k.then.belief.running();
    let mut said = Said::default();
    let chance = said.figure("chance_running", Unit::Share, Estimate::of_all([p]));
    let day = yalu_calendar::short_date(yalu_calendar::date_of(k.day.0));
    // One report of weight is one witness: the chance may be clear, the answer is not yet.
    let clear = p.max(1.0 - p) >= 0.9;
    let side = &k.reasons[usize::from(p < 0.5)];
    let witnesses = side.iter().filter(|x| x.bits.abs() >= WITNESS_BITS).count();
    let sure = if clear && witnesses < 2 { Sure::Medium } else { Sure::of(p.max(1.0 - p)) };
    let word = match p {
        _ if clear && sure != Sure::High => {
            if p > 0.5 {
                "Likely"
            } else {
                "Probably not"
            }
        }
        p if p >= 0.9 => "Yes",
        p if p >= 0.66 => "Likely",
        p if p > 0.34 => "It may be",
        p if p > 0.1 => "Probably not",
        _ => "No",
    };
    said.answer = format!("{word}. The reports known on {day} put the chance that trains run at {chance}.");
    let crossing = r.corridor.about.story.as_ref().map(|s| s.crossing);
    let before = crossing.and_then(|id| {
        let series = r.knowledge.as_ref()?.then.get(&id)?;
        series.iter().find(|b| b.day.0 == k.day.0 - 1)
    });
    if let Some(b) = before {
        said.text = format!("The day before it was {}. ", percent(b.running()));
    }
    let [most, against] = &k.reasons;
    let list = |side: &[Reason]| {
        let named = side.iter().take(3).map(|x| format!("{} ({} bits)", x.source, x.weight()));
        listed(&named.collect::<Vec<_>>())
    };
    if !most.is_empty() {
        let verb = if most.len() == 1 { "speaks" } else { "speak" };
        said.more(format!("{} {verb} for it most. ", list(most)));
    }
    if let Some(one) = against.first() {
        said.more(format!("Against it: {}. ", list(std::slice::from_ref(one))));
    }
    said.more(format!("From all reports known now the chance is {}.", percent(k.now)));
    said.sure = Some(sure);
    said.why = match (clear, witnesses) {
        (true, 0) => "no report of that time weighs much; it is carried over from before".into(),
        (true, 1) => "one report alone weighs much".into(),
        (true, _) => "the reports of that day leave little room".into(),
        (false, _) => "the reports known that day are few, old or at odds".into(),
    };
    said.rests_on = most.iter().take(3).chain(against.first()).map(|x| x.id.clone()).collect();
    said.rests_on.push(Unit::Reports.count(r.corridor.record.reports.len()));
    said
}

/// Months that are told after the story's day, or all; and their days.
fn window(r: &Results) -> (Vec<usize>, f64) {
    let from = r.focus().map(|x| x.1).filter(|d| *d >= r.plan.report_from && *d < r.corridor.horizon.to);
    let (from, to) = from.map_or((r.plan.report_from, r.corridor.horizon.to), |d| (d, d + AFTER));
    let told = |t: Instant| t >= r.plan.report_from && t >= from;
    let mut months: Vec<usize> =
        r.plan.days.iter().filter(|d| told(d.start) && d.start < to).map(|d| usize::from(d.month)).collect();
    months.dedup();
    let days = r.plan.days.iter().filter(|d| told(d.start) && months.contains(&usize::from(d.month))).count();
    (months, days.max(1) as f64)
}

/// In how many runs each limit is the one that keeps most trains from running after the story's day, the commonest first.
pub fn first_limits(r: &Results) -> Vec<(&'static str, usize)> {
    let routes = rail(r);
    if routes.is_empty() {
        return Vec::new();
    }
    let (months, _) = window(r);
    let found: Vec<Option<Short>> = r.ensemble.outcomes().iter().map(|o| first_limit(o, &routes, &months)).collect();
    let mut out: Vec<_> =
        Short::ALL.into_iter().map(|s| (limit(s), found.iter().filter(|x| **x == Some(s)).count())).collect();
    out.sort_by_key(|x| std::cmp::Reverse(x.1));
    out
}

/// What keeps most trains of some routes from being formed in a run.
fn first_limit(o: &Outcome, routes: &[(usize, &Route)], months: &[usize]) -> Option<Short> {
    let of = |i: usize, s: Short| routes.iter().map(move |(k, _)| o.months[i].forming[*k].not_formed[s as usize]);
    let missing = |s: Short| -> u32 { months.iter().flat_map(|&i| of(i, s)).sum() };
    let most = Short::ALL.into_iter().map(missing).max().filter(|n| *n > 0)?;
    Short::ALL.into_iter().find(|s| missing(*s) == most)
}

fn limit(why: Short) -> &'static str {
    match why {
        Short::NoWagons => "the number of empty wagons",
        Short::NoGoods => "the supply of goods",
        Short::NoPlaceBeyond => "room beyond the border",
        Short::Quota => "the train quota",
    }
}

fn carry(r: &Results) -> Said {
    let routes = rail(r);
    if routes.is_empty() {
        return line_carries(r);
    }
    let (months, days) = window(r);
    let outcomes = r.ensemble.outcomes();
    let over = |of: &dyn Fn(&Outcome, usize) -> f64| {
        Estimate::of_all(outcomes.iter().map(|o| months.iter().map(|&i| of(o, i)).sum::<f64>() / days))
    };
    let mut said = Said::default();
    let wagons = over(&|o, i| f64::from(o.months[i].wagons_crossed[0][0]));
    let wagons = said.figure("loaded_wagons_per_day", Unit::WagonsPerDay, wagons);
    let limits: Vec<Option<Short>> = outcomes.iter().map(|o| first_limit(o, &routes, &months)).collect();
    let count = |s: Short| limits.iter().filter(|x| **x == Some(s)).count();
    let n = outcomes.len();
    let most = Short::ALL.into_iter().max_by_key(|s| (count(*s), std::cmp::Reverse(*s as usize)));
    let first = most.filter(|s| count(*s) > 0);
    let of_runs = |s: Short| format!("in {} of {}", count(s), Unit::Runs.count(n));
    said.answer = match first {
        Some(s) if n == 1 => format!("{wagons}, loaded. {} limits it.", sentence_case(limit(s))),
        Some(s) => format!("{wagons}, loaded. {} limits it most often, {}.", sentence_case(limit(s)), of_runs(s)),
        None => format!("{wagons}, loaded. No train was kept from running."),
    };
    let trains =
        said.figure("loaded_trains_per_day", Unit::TrainsPerDay, over(&|o, i| f64::from(o.months[i].trains[0])));
    let tonnes = over(&|o, i| {
        let by_route = r.routes(&o.months[i]);
        routes.iter().map(|(k, _)| by_route[*k].tonnes).sum()
    });
    let tonnes = said.figure("rail_tonnes_per_day", Unit::TonnesPerDay, tonnes);
    said.text = format!("That is {trains} and {tonnes} net by {}, both ways. ", rail_title(r, &routes));
    let mut others: Vec<Short> = Short::ALL.into_iter().filter(|s| Some(*s) != first && count(*s) > 0).collect();
    others.sort_by_key(|s| std::cmp::Reverse(count(*s)));
    let told: Vec<String> = others.iter().map(|s| format!("{} ({})", limit(*s), of_runs(*s))).collect();
    match told.len() {
        0 => {}
        1 => said.more(format!("Next comes {}.", told[0])),
        _ => said.more(format!("Next come {}.", listed(&told))),
    }
    let agree = first.map_or(1.0, |s| count(s) as f64 / n as f64);
    said.sure = Some(agreed(r, agree));
    let agreement = if agree >= AGREE { "the runs agree on the limit" } else { "the runs disagree on the limit" };
    said.why = format!("{agreement}, and {}", sides(r));
    if let (Some(a), Some(b)) = (months.first(), months.last()) {
        said.rests_on = vec![runs(r), format!("{} – {}", r.month(*a), r.month(*b))];
    }
    said
}

/// What a line without trade carries: the trains asked for and those that came.
fn line_carries(r: &Results) -> Said {
    let asked: u32 = r.ensemble.central.asked.iter().flatten().sum();
    let arrived: u32 = r.line.runs.iter().map(|x| x.arrived).sum();
    let mut said = Said::default();
    let arrived = said.figure("trains_arrived", Unit::Trains, Estimate::of_all([f64::from(arrived)]));
    said.answer = format!("{arrived} of {} that were ready came to their ends.", Unit::Number.count(asked));
    let waiting = r.ensemble.central.waiting_to_enter;
    said.text = if waiting == 0 {
        "All found a way onto the line.".into()
    } else {
        format!("{} still wait for a way onto the line at the end.", Unit::Trains.count(waiting))
    };
    said.sure = Some(Sure::Medium);
    said.why = format!("the trains are simulated; {}", sides(r));
    said.rests_on = vec![runs(r)];
    said
}

fn cost(r: &Results) -> Said {
    let Some(x) = &r.closure else {
        return Said::not("no closure is declared that ends in the period run; add one with --close");
    };
    let mut said = Said::default();
    let lost = said.figure("exports_not_made_musd", Unit::Musd, x.exports_usd.per(1e6));
    said.answer = format!("{lost} of exports were not made.");
    if let Some(title) = lost_most(r) {
        said.say(format!(" {title} lost most."));
    }
    if let Some(m) = &x.by_month {
        let share = said.figure("exports_lost_share", Unit::Share, m.lost);
        said.text = format!("{share} of exports were not made while it was shut. ");
    }
    if let Some(v) = r.beside.as_ref().and_then(|p| p.comparison.recovery.as_ref()) {
        let [diverted, given_up, waiting] = v.shares.map(|b| percent(b.p50()));
        said.more(format!(
            "Of the tonnes that would have crossed, {given_up} were cancelled, {diverted} went by another way, {waiting} came late."
        ));
    }
    let held = reported_in_band(r, x.closure.from, x.closure.to);
    let (sure, why) = match held {
        None => (Sure::Low, "no month of it was reported".to_owned()),
        Some((inside, n)) => {
            let share = inside as f64 / n as f64;
            let sure = if share >= 1.0 && n >= 3 {
                Sure::High
            } else if 2 * inside >= n {
                Sure::Medium
            } else {
                Sure::Low
            };
            (sure, format!("the model’s band holds {inside} of {} reported of that time", Unit::Months.count(n)))
        }
    };
    said.sure = Some(sure);
    said.why = why;
    said.rests_on =
        vec![Unit::Pairs.count(x.replications), format!("{} – {}", r.month(x.months.0), r.month(x.months.1))];
    said
}

/// The good whose exports lost most, by the median of the pairs.
fn lost_most(r: &Results) -> Option<&str> {
    let c = &r.beside.as_ref()?.comparison;
    let lost = |e: &yalu_study::Effects| e.of(Figure::LostUsd).p50();
    let most = c.goods.iter().zip(&c.good_ids).max_by(|a, b| lost(a.0).total_cmp(&lost(b.0)))?;
    (lost(most.0) > 0.0).then_some(most.1.1.as_str())
}

/// Months reported that touch some days: those within the band, and all.
fn reported_in_band(r: &Results, from: Instant, to: Instant) -> Option<(usize, usize)> {
    let mut months: Vec<usize> =
        r.plan.days.iter().filter(|d| d.start >= from && d.start < to).map(|d| usize::from(d.month)).collect();
    months.dedup();
    let (mut inside, mut all) = (0, 0);
    for i in months {
        let seen = r.corridor.record.observed.iter().find(|o| o.month == r.plan.months[i]);
        let Some(seen) = seen.and_then(|o| o.exports_musd) else { continue };
        let b = r.band(|o| super::usd(o.months[i].exports_cents) / 1e6)?;
        all += 1;
        inside += usize::from(b.p05 <= seen && seen <= b.p95);
    }
    (all > 0).then_some((inside, all))
}

fn recover(r: &Results) -> Said {
    let routes = rail(r);
    let Some((_, day)) = r.focus().filter(|_| !routes.is_empty()) else {
        return Said::not("no closure of a rail route is declared that ends in the period run; add one with --close");
    };
    // All routes over the crossing open together; its queue is cleared once that of each is.
    let near = |o: &Outcome| {
        let of = |x: &&yalu_sim::Reopening| (x.from - day).as_days().abs() <= NEAR_DAYS;
        let first = |k: usize| o.reopenings.iter().filter(of).find(|x| x.route as usize == k);
        let all: Vec<_> = routes.iter().filter_map(|(k, _)| first(*k)).collect();
        let from = all.iter().map(|x| x.from).min()?;
        let days: Option<Vec<u32>> = all.iter().map(|x| x.days_to_clear).collect();
        Some((from, days.and_then(|d| d.into_iter().max())))
    };
    let outcomes = r.ensemble.outcomes();
    let found: Vec<_> = outcomes.iter().filter_map(|o| near(o).map(|x| (o, x))).collect();
    if found.is_empty() {
        return Said::not("the reopening lies outside the period run");
    }
    let mut said = Said::default();
    let first = r.plan.days.partition_point(|d| d.start < r.plan.report_from);
    let eve = |t: Instant| r.plan.days.partition_point(|d| d.start < t).checked_sub(first + 1);
    // The eve of the reopening alone hides a queue that grows after it.
    let stood = |later: Span| {
        Estimate::of(found.iter().map(|(o, (from, _))| {
            let at = eve(*from + later)?;
            routes.iter().map(|(k, _)| Some(f64::from(o.standing.get(*k)?.get(at)?.trains()))).sum::<Option<f64>>()
        }))
    };
    let (before, later) = (stood(Span(0)), stood(AFTER));
    if before.defined() > 0 {
        let before = said.figure("trains_waiting_at_reopening", Unit::Trains, before);
        said.answer = format!("{before} stood waiting when it reopened");
        if later.defined() > 0 {
            let later = said.figure("trains_waiting_three_months_later", Unit::Trains, later);
            said.say(format!(", {later} three months later"));
        }
        said.say(". ");
    }
    // The pair of runs knows what the closure left; without one there is only what waits in all.
    let n = match r.beside.as_ref().and_then(|p| p.comparison.recovery.as_ref()) {
        Some(v) => recovered(r, &mut said, v),
        None => cleared(r, &mut said, Estimate::of(found.iter().map(|(_, (_, days))| days.map(f64::from)))),
    };
    let on_eve = |days: fn(&Outcome) -> &[f32]| {
        Estimate::of(found.iter().map(|(o, (from, _))| days(o).get(eve(*from)?).map(|t| f64::from(*t))))
    };
    let places = [on_eve(|o| &o.postponed_t), on_eve(|o| &o.approaching_t), on_eve(|o| &o.waiting_t)];
    if places[0].defined() > 0 {
        let [kept, way, border] = places;
        let kept = said.figure("kept_by_buyers_at_reopening_t", Unit::Tonnes, kept);
        let way = said.figure("on_the_way_at_reopening_t", Unit::Tonnes, way);
        let border = said.figure("at_the_border_at_reopening_t", Unit::Tonnes, border);
        said.more(format!(
            " On the eve, by all routes, buyers kept orders of {kept}, {way} were on the way and {border} stood at the border."
        ));
    }
    said.rests_on = vec![Unit::Runs.count(n), format!("reopening of {}", r.day(day))];
    said
}

/// When what stood because of the closure had gone, when a week was normal again, and what was made up; from pairs of runs.
fn recovered(r: &Results, said: &mut Said, v: &yalu_study::Recovery) -> u32 {
    let (gone, n) = (v.clear_days.defined(), v.clear_days.runs());
    let share = f64::from(gone) / f64::from(n.max(1));
    if gone > 0 {
        let days = said.figure("clear_days", Unit::Days, v.clear_days);
        said.say(match v.clear_days.p95() {
            d if d <= 0.0 && gone == n => format!("The closure left no queue ({days} to clear)."),
            _ => format!("What the closure left standing had gone after {days}."),
        });
    } else {
        said.say("What the closure left standing had not gone when the run ended.");
    }
    if 2 * gone >= n {
        said.sure = Some(agreed(r, share));
    }
    said.why = format!("it had gone {}, and {}", of_runs(gone, n), sides(r));
    if v.normal_days.defined() > 0 {
        let days = said.figure("normal_days", Unit::Days, v.normal_days);
        said.more(format!("A week’s flow was normal again after {days}. "));
    }
    if v.made_up.defined() > 0 {
        let share = said.figure("made_up_share", Unit::Share, v.made_up);
        said.more(format!("{share} of what was missed was made up later."));
    }
    n
}

/// When the queue clears, where no pair of runs tells what of it the closure left.
fn cleared(r: &Results, said: &mut Said, clear: Estimate) -> u32 {
    let (cleared, n) = (clear.defined(), clear.runs());
    let days = said.figure("clear_days", Unit::Days, clear);
    if 2 * cleared >= n {
        said.say(format!("The queue clears in {days}."));
        said.sure = Some(agreed(r, f64::from(cleared) / f64::from(n)));
        said.why = format!("it clears {}, and {}", of_runs(cleared, n), sides(r));
    } else {
        said.say(format!("The queue clears {}.", of_runs(cleared, n)));
        said.more("In the others it lasts until the route shuts again or the run ends");
        said.more(if cleared > 0 { format!("; where it clears it takes {days}. ") } else { ". ".to_owned() });
        said.why = "the queue does not clear in most runs, so there is no time to give".into();
    }
    said.text.push_str("A queue is cleared once no more waits than a day’s trains take, or than is allotted ahead.");
    n
}

fn of_runs(some: u32, n: u32) -> String {
    match some {
        0 => format!("in none of {}", Unit::Runs.count(n)),
        x if x == n => format!("in all of {}", Unit::Runs.count(n)),
        x => format!("in {x} of {}", Unit::Runs.count(n)),
    }
}

fn next(r: &Results) -> Said {
    let Some(k) = r.knowledge.as_ref().and_then(|k| k.story.as_ref()) else {
        return Said::not("no report of the crossing is held for a day that a story names");
    };
    let Some(ahead) = k.forecast.days.get(AHEAD_DAYS - 1) else {
        return Said::not("the forecast does not reach so far");
    };
    let p = ahead.belief.running();
    let b = ahead.running;
    let mut said = Said::default();
    let band = Band { p05: b.low, p25: b.low, p50: p, p75: b.high, p95: b.high };
    let chance = said.band("chance_running_in_180_days", Unit::Share, band);
    let word = match p {
        p if p >= 0.9 => "Very likely",
        p if p >= 0.66 => "Likely",
        p if p > 0.34 => "Perhaps",
        p if p > 0.1 => "Unlikely",
        _ => "Very unlikely",
    };
    said.answer = format!("{word} running in {AHEAD_DAYS} days: {chance}.");
    if let Some((days, why)) = r.corridor.about.story.as_ref().and_then(|s| lasted(r, s.crossing, s.day)) {
        said.say(format!(" In fact it ran for {}{why}.", Unit::Days.count(days)));
    }
    said.text = format!("The chance of at least one change in those days is {}.", percent(ahead.changed));
    if let Some(x) = &k.carried {
        let wagons = said.figure("wagons_in_180_days", Unit::Wagons, x.total.wagons);
        said.more(format!(" By then trains would have carried {wagons}, loaded."));
    }
    said.sure = Some(if b.high - b.low <= 0.2 { Sure::Medium } else { Sure::Low });
    said.why = format!(
        "how long states last is known from few spells: the chance lies between {} and {}",
        percent(b.low),
        percent(b.high)
    );
    said.rests_on = vec![
        Unit::Reports.count(r.corridor.record.reports.len()),
        format!("known by {}", iso_date(local_date(r.zone(), Instant(i64::from(k.day.0) * 86_400_000 + 43_200_000)))),
    ];
    said
}

/// Days from a day until the crossing was shut again, as judged now; none where it was not shut, or shut on the day.
fn lasted(r: &Results, crossing: CrossingId, from: Instant) -> Option<(i64, String)> {
    let shut = r.corridor.border.regimes.iter().filter(|x| x.crossing == crossing && x.state == State::Suspended);
    let next = shut.filter(|x| x.to > from).min_by_key(|x| x.from)?;
    let days = (next.from - from).as_days().round() as i64;
    (days > 0).then(|| (days, format!(", until {}", r.day(next.from))))
}
