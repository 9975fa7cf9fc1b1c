//! From a walk to its view.

use super::words::{alert, doubt_word, event_title, event_words, headline, kind_word, note, state_word, why_word};
use super::{
    Difference, Doubt, Event, Expected, History, MeasureNow, OtherWay, PathStep, Point, Recovery, Revision, States,
    TableRead, ValueLost, Watch, WatchedCrossing,
};
use yalu_units::Idx;
use yalu_watch::board::{BoardState, Standing, board, doubts, held, range};
use yalu_watch::event::{self, Kind};
use yalu_watch::read::{Measure, Release};
use yalu_watch::recovery::{PATH, Path, band, class, paths};
use yalu_watch::{Counts, CrossingId, Gain, Pass, Period};

/// Periods of history that a row of the board shows.
const ROW: usize = 24;
/// Periods before and after an event that its picture shows.
const AROUND: usize = 15;
/// Periods ahead of a forecast.
const AHEAD: usize = 12;

/// Months whose cause a source names.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedCause {
    /// The crossing's name; none for all.
    pub crossing: Option<String>,
    /// First period.
    pub from: Period,
    /// Last period.
    pub to: Period,
    /// The cause.
    pub cause: String,
}

/// What a view is made of.
pub struct Inputs<'a> {
    /// The table.
    pub counts: &'a Counts,
    /// The walk through it.
    pub pass: &'a Pass,
    /// The files.
    pub releases: &'a [Release],
    /// Causes that a source names.
    pub causes: &'a [NamedCause],
}

impl Inputs<'_> {
    /// The cause named for a crossing and a span.
    pub fn cause(&self, crossing: CrossingId, from: usize, to: usize) -> Option<String> {
        let name = &self.counts.crossings[crossing].name;
        let (from, to) = (self.counts.period(from), self.counts.period(to));
        let fits = |c: &&NamedCause| c.crossing.as_ref().is_none_or(|n| n == name) && c.from <= to && from <= c.to;
        // One that names the crossing says more than one for all.
        let mut all: Vec<&NamedCause> = self.causes.iter().filter(fits).collect();
        all.sort_by_key(|c| c.crossing.is_none());
        all.first().map(|c| c.cause.clone())
    }
}

fn known(v: f64) -> Option<f64> {
    v.is_finite().then_some(v)
}

fn difference(g: &Gain) -> Difference {
    let measure = g.measure.noun().to_owned();
    Difference { measure, counted: g.counted, expected: g.expected, low: g.band.low, high: g.band.high }
}

/// The view of a walk.
pub fn build(inputs: &Inputs) -> Watch {
    let (counts, pass) = (inputs.counts, inputs.pass);
    let last = pass.done - 1;
    let tails = pass.tails();
    let events = event::events(counts, pass);
    let paths = paths(pass, &events);
    let now = board(pass, last);
    let before = last.checked_sub(1).map(|t| board(pass, t)).unwrap_or_default();
    let errors: Vec<_> = (1..=AHEAD).map(|h| pass.errors(last, h)).collect();
    let mut crossings: Vec<WatchedCrossing> = now
        .iter()
        .map(|s| {
            let then = before.get(s.crossing.index());
            crossing(inputs, s, then, &errors, &paths, &tails)
        })
        .collect();
    let order = |c: &WatchedCrossing| {
        ["shut", "shut or not reported", "reduced", "normal", "late"].iter().position(|s| c.state == *s).unwrap_or(5)
    };
    let size = |c: &WatchedCrossing| c.measures.first().map_or(0.0, |m| m.expected);
    crossings.sort_by(|a, b| order(a).cmp(&order(b)).then(size(b).total_cmp(&size(a))).then(a.key.cmp(&b.key)));
    let of = |words: &[&str]| crossings.iter().filter(|c| words.contains(&c.state.as_str())).count();
    let states = States {
        shut: of(&["shut", "shut or not reported"]),
        reduced: of(&["reduced"]),
        normal: of(&["normal"]),
        late: of(&["late"]),
        unknown: of(&["unknown"]),
    };
    // What goes on is no news.
    let fresh = |d: &&yalu_watch::board::Doubt| {
        let lines = || pass.sites[d.crossing.index()].lines.iter().map(|i| &pass.lines[*i]);
        let was = || lines().find(|l| l.measure == d.measure)?.faults[last.checked_sub(1)?];
        d.at == last && was() != Some(d.fault)
    };
    let doubted = doubts(pass);
    let doubt = |d: &yalu_watch::board::Doubt| Doubt {
        name: counts.crossings[d.crossing].name.clone(),
        measure: d.measure.noun().to_owned(),
        period: counts.period(d.at).data(),
        count: known(d.count),
        expected: known(d.expected),
        why: doubt_word(d.fault, &|c| counts.crossings[c].name.clone()),
    };
    let mut changed: Vec<String> = crossings.iter().filter_map(alert).collect();
    changed.extend(doubted.iter().filter(fresh).map(doubt).map(|d| super::words::doubt_sentence(&d)));
    let (judged, inside) = held(counts, pass);
    let all = class(&paths);
    let period = counts.period(last);
    let value = counts.trade.iter().filter_map(|t| t.usd.keys().next()).min();
    Watch {
        schema_version: crate::SCHEMA_VERSION,
        table: TableRead {
            files: inputs.releases.iter().map(|r| r.file.clone()).collect(),
            rows: inputs.releases.iter().map(|r| r.rows).sum(),
            from: counts.period(0).data(),
            to: period.data(),
            step: counts.step.word().to_owned(),
            judged,
            held: inside,
            value_from: value.map(|p| Period { step: counts.step, index: *p }.data()),
        },
        headline: headline(&crossings, &period.to_string()),
        period: period.data(),
        period_words: period.to_string(),
        states,
        changed,
        events: events.iter().map(|e| event_view(inputs, e, &tails)).collect(),
        doubts: doubted.iter().map(doubt).collect(),
        notes: counts.notes.iter().map(note).collect(),
        revisions: counts
            .revisions
            .iter()
            .map(|r| Revision {
                name: counts.crossings[r.crossing].name.clone(),
                measure: r.measure.noun().to_owned(),
                period: r.period.data(),
                was: known(r.was),
                now: known(r.now),
                file: inputs
                    .releases
                    .iter()
                    .filter(|x| !x.cells.is_empty())
                    .nth(r.release)
                    .map(|x| x.file.clone())
                    .unwrap_or_default(),
            })
            .collect(),
        recovery: Recovery {
            paths: all.paths,
            back: all.back,
            made_up: all.made_up.map(|(m, s, _)| [m, s]),
            held: all.held.to_vec(),
        },
        crossings,
    }
}

fn crossing(
    inputs: &Inputs,
    s: &Standing,
    then: Option<&Standing>,
    errors: &[yalu_watch::Errors],
    paths: &[Path],
    tails: &[(f64, f64); 8],
) -> WatchedCrossing {
    let (counts, pass) = (inputs.counts, inputs.pass);
    let last = pass.done - 1;
    let c = &counts.crossings[s.crossing];
    let site = &pass.sites[s.crossing.index()];
    let name = |id: CrossingId| counts.crossings[id].name.clone();
    let below = matches!(s.state, BoardState::Shut | BoardState::Reduced | BoardState::ShutOrNotReported);
    let judged =
        matches!(s.state, BoardState::Shut | BoardState::Reduced | BoardState::Normal | BoardState::ShutOrNotReported);
    let forecast = site.lines.iter().filter(|i| judged && pass.lines[**i].active[last]).flat_map(|i| {
        errors.iter().filter_map(|e| {
            let f = pass.forecast(*i, last, e)?;
            let (low, high) = f.band.map(|b| (b.low, b.high)).unzip();
            let period = counts.period(last + f.ahead).data();
            Some(Expected { measure: pass.lines[*i].measure.noun().to_owned(), period, value: f.value, low, high })
        })
    });
    let others: Vec<&Path> = paths.iter().filter(|p| p.crossing != s.crossing).collect();
    let scales: Vec<f64> =
        site.lines.iter().map(|i| &pass.lines[*i]).filter(|l| l.active[last]).map(|l| l.scale[last]).collect();
    let sd = yalu_watch::common_sd(&scales);
    let path = (1..=PATH)
        .filter(|_| below)
        .filter_map(|j| {
            let b = band(&others, j, sd?)?;
            Some(PathStep { after: j, low: b.low.exp(), high: b.high.exp() })
        })
        .collect();
    WatchedCrossing {
        key: c.key.clone(),
        name: c.name.clone(),
        latitude: c.place.map(|p| p.latitude),
        longitude: c.place.map(|p| p.longitude),
        state: state_word(s.state).to_owned(),
        since: counts.period(s.since).data(),
        since_words: counts.period(s.since).short(),
        why: why_word(s.state, &name),
        score: s.said.map(|t| t.score),
        before: then.map_or("unknown", |t| state_word(t.state)).to_owned(),
        measures: s
            .measures
            .iter()
            .map(|m| MeasureNow {
                measure: m.measure.noun().to_owned(),
                count: known(m.count),
                expected: m.expected,
                low: m.range.low,
                high: m.range.high,
                doubt: m.fault.map(|f| doubt_word(f, &name)),
            })
            .collect(),
        forecast: forecast.collect(),
        path,
        history: history(inputs, s.crossing, (last + 1).saturating_sub(ROW), last, tails),
        smallest_days: sd.map(|sd| f64::from(counts.period(last).days()) * (1.0 - (-3.0 * sd).exp())),
    }
}

/// Counts of the rail measures of a crossing with the range of their day.
fn history(inputs: &Inputs, crossing: CrossingId, from: usize, to: usize, tails: &[(f64, f64); 8]) -> Vec<History> {
    let (counts, pass) = (inputs.counts, inputs.pass);
    let lines = pass.sites[crossing.index()].lines.iter();
    lines
        .map(|i| {
            let l = &pass.lines[*i];
            let points = (from..=to).map(|t| {
                let r = range(pass, *i, t, tails);
                Point {
                    period: counts.period(t).data(),
                    count: known(l.counts[t]),
                    expected: r.map(|r| r.0),
                    low: r.map(|r| r.1.low),
                    high: r.map(|r| r.1.high),
                    doubted: l.faults[t].is_some(),
                }
            });
            History { measure: l.measure.noun().to_owned(), points: points.collect() }
        })
        .collect()
}

fn event_view(inputs: &Inputs, e: &event::Event, tails: &[(f64, f64); 8]) -> Event {
    let (counts, pass) = (inputs.counts, inputs.pass);
    let name = counts.crossings[e.crossing].name.clone();
    let deepest = counts.period(e.deepest);
    let days = f64::from(deepest.days());
    let change = e.said.change.exp() - 1.0;
    let shut = |share: f64| (-share).clamp(0.0, 1.0) * days;
    let nouns = |all: &[Measure]| all.iter().map(|m| m.noun().to_owned()).collect();
    let to = (e.to + AROUND).min(pass.done - 1);
    let pictured = e.kind == Kind::Closure || e.to + ROW >= pass.done;
    let mut view = Event {
        id: format!("{}-{}", counts.period(e.from).data(), counts.crossings[e.crossing].key),
        crossing: counts.crossings[e.crossing].key.clone(),
        name,
        kind: kind_word(e.kind).to_owned(),
        from: counts.period(e.from).data(),
        to: counts.period(e.to).data(),
        ongoing: e.ongoing,
        periods: e.to - e.from + 1,
        title: String::new(),
        sentences: Vec::new(),
        change,
        change_low: e.change.low,
        change_high: e.change.high,
        deepest: deepest.data(),
        days_shut: matches!(e.kind, Kind::Closure | Kind::Fall)
            .then(|| [shut(change), shut(e.change.high), shut(e.change.low)]),
        chance: e.chance,
        agree: nouns(&e.agree),
        disagree: nouns(&e.disagree),
        differences: e.gains.iter().map(difference).collect(),
        other_ways: e
            .other_ways
            .iter()
            .map(|o| OtherWay {
                name: counts.crossings[o.crossing].name.clone(),
                strength: o.strength,
                visible: o.visible,
                differences: o.gains.iter().map(difference).collect(),
            })
            .collect(),
        road: e.road.iter().map(difference).collect(),
        after: e.after.iter().map(difference).collect(),
        value: e
            .value
            .iter()
            .map(|v| ValueLost {
                direction: v.direction.clone(),
                chapter: v.chapter.clone(),
                difference: difference(&v.gain),
            })
            .collect(),
        cause: inputs.cause(e.crossing, e.from, e.to),
        history: if pictured {
            history(inputs, e.crossing, e.from.saturating_sub(AROUND), to, tails)
        } else {
            Vec::new()
        },
    };
    let moved = if let Kind::Moved(to) = e.kind { Some(counts.crossings[to].name.as_str()) } else { None };
    view.title = event_title(&view, counts, moved);
    view.sentences = event_words(&view, counts);
    view
}
