//! What the sheet tells, as rows: ways round, places to hold trains, the linear rule.

use super::Contingency;
use crate::compare::Beside;
use crate::compare::summary::banded;
use yalu_model::{Corridor, Mode, Quantity, Route, RouteId, RouteLimits};
use yalu_number::Estimate;
use yalu_plan::Draw;
use yalu_report::number::{band as band_text, percent, thousands};
use yalu_study::{Comparison, Figure, declared_regimes};
use yalu_units::{Instant, Span};

/// What the scenario does not say.
pub const NOT_KNOWN: &str = "not known";

/// A route in the days of the closure.
pub struct Way {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its mode.
    pub mode: &'static str,
    /// Whether it uses the crossing that is shut.
    pub normal: bool,
    /// Whether it runs in the middle of the closure.
    pub runs: bool,
    /// What limits it: name and value.
    pub limits: Vec<(&'static str, String)>,
    /// Tonnes a day each way it can carry.
    pub capacity_t: Estimate,
    /// Tonnes a day it carries anyway, in the central run.
    pub used_t: f64,
    /// Tonnes a day left.
    pub left_t: Estimate,
    /// Days from order to release, without waiting.
    pub days: Estimate,
    /// Cost, US dollars a tonne.
    pub usd_per_t: Estimate,
    /// Tonnes that come by it instead.
    pub takes_t: Estimate,
}

/// Where trains or goods can stand.
pub struct Place {
    /// Where.
    pub name: String,
    /// How much: tracks or tonnes, least and greatest.
    pub holds: (f64, f64),
    /// `tracks` or `t`.
    pub unit: &'static str,
    /// Days until it is full by the flow that would have crossed, least and greatest; none where nothing comes.
    pub full_after: Option<(f64, f64)>,
}

/// A closure of one length against the linear rule.
pub struct Length {
    /// Days.
    pub days: u32,
    /// Value that would have crossed: what the linear rule counts as lost, million US dollars.
    pub rule_musd: f64,
    /// Value lost, simulated.
    pub lost_musd: Estimate,
    /// Cost of delay, simulated.
    pub delay_musd: Estimate,
    /// Days after the opening until it is clear, over the runs where it is.
    pub clear_days: Estimate,
    /// Lost and delay over those of the shortest closure, grown by the days; none where that may have none.
    pub over_linear: Option<f64>,
    /// The difference of the two, million US dollars, run by run; none of the shortest.
    pub beyond_linear_musd: Option<Estimate>,
}

impl Contingency {
    /// The closure asked for.
    pub fn closure(&self) -> &Beside {
        &self.told.variants[self.main]
    }

    fn draws(&self) -> impl Iterator<Item = Draw> + '_ {
        let seed = self.told.seed;
        let drawn = (1..=self.replications).map(move |n| Draw::replication(seed, n));
        let one = (self.replications <= 1).then(|| Draw::central(seed));
        one.into_iter().chain(drawn.filter(|_| self.replications > 1))
    }

    fn over(&self, of: impl Fn(Draw) -> f64) -> Estimate {
        Estimate::of_all(self.draws().map(of))
    }

    /// The routes, those of the crossing first; others only where they go the same way.
    pub fn ways(&self) -> Vec<Way> {
        let v = self.closure();
        let c = &self.told.base;
        let Some(change) = v.window.change else { return Vec::new() };
        let middle = Instant(i64::midpoint(change.from.0, change.to.0));
        let normal = |r: &Route| r.crossings.iter().any(|&x| v.window.crossings.contains(&c.crossings[x].id));
        let mut same = [false; 2];
        for r in c.routes.iter().filter(|r| normal(r)) {
            same = [same[0] || r.directions[0], same[1] || r.directions[1]];
        }
        let goes = |r: &Route| (0..2).any(|d| same[d] && r.directions[d]);
        let mut out: Vec<Way> =
            c.routes.enumerated().filter(|(_, r)| goes(r)).map(|(id, r)| self.way(c, id, normal(r), middle)).collect();
        out.sort_by(|a, b| {
            (b.normal, b.runs, b.left_t.p50())
                .partial_cmp(&(a.normal, a.runs, a.left_t.p50()))
                .unwrap_or(std::cmp::Ordering::Equal)
        });
        out
    }

    fn way(&self, c: &Corridor, id: RouteId, normal: bool, at: Instant) -> Way {
        let r = &c.routes[id];
        let x = &self.closure().comparison;
        let place = yalu_study::index_of(&x.route_ids, &r.id);
        let used_t = x
            .flows
            .first()
            .map_or(0.0, |phases| phases[1].iter().filter(|f| Some(f.route) == place).map(|f| f.t_per_day[0]).sum());
        let capacity_t = |d: Draw| declared_regimes(c, d).capacity_a_day_t(id, at);
        let approach = |d: Draw| r.approach_days.as_ref().map_or(0.0, |q| d.value(q));
        let days = self.over(|d| d.value(&r.transit_h) / 24.0 + declared_regimes(c, d).hold_days(id, at) + approach(d));
        let central = declared_regimes(c, Draw::central(self.told.seed));
        // A route goes both ways with as much each way; what is used is told for both together.
        let ways = r.directions.iter().filter(|d| **d).count().max(1) as f64;
        Way {
            id: r.id.clone(),
            title: r.title.clone(),
            mode: mode(r.mode),
            normal,
            runs: central.runs(id, at),
            limits: limits(&r.limits, central.hold_days(id, at)),
            capacity_t: self.over(capacity_t),
            used_t,
            left_t: self.over(|d| (capacity_t(d) - used_t / ways).max(0.0)),
            days,
            usd_per_t: self.over(|d| d.value(&r.cost_usd_per_t)),
            takes_t: place.map_or_else(Estimate::default, |i| x.routes[i].diverted_to_t),
        }
    }

    /// Where trains and goods can be held, and when each is full by the flow that would have crossed.
    pub fn places(&self) -> Vec<Place> {
        let v = self.closure();
        let c = &self.told.base;
        let Some(r) = &v.comparison.recovery else { return Vec::new() };
        let rail: Vec<&Route> = c
            .routes
            .iter()
            .filter(|x| {
                x.rail.is_some() && x.crossings.iter().any(|&k| v.window.crossings.contains(&c.crossings[k].id))
            })
            .collect();
        let load: f64 = rail
            .iter()
            .filter_map(|x| x.rail.as_ref())
            .map(|x| {
                let s = &c.services[x.over_border];
                s.max_wagons.central() * c.wagons[s.wagon].payload_t.central()
            })
            .fold(0.0, f64::max);
        let mut out = Vec::new();
        if load > 0.0 {
            let trains = (r.flow_t.p05() / load, r.flow_t.p95() / load);
            for s in &c.stations {
                let near = rail.iter().any(|x| c.points[x.waits_at].country == c.points[s.point].country);
                let holds = (s.yard_tracks.low(), s.yard_tracks.high());
                let full = (trains.1 > 0.0 && near).then(|| (holds.0 / trains.1, holds.1 / trains.0.max(1e-9)));
                let side = if near { "" } else { ", beyond the crossing" };
                out.push(Place {
                    name: format!("Yard of {}{side}", c.points[s.point].name),
                    holds,
                    unit: "tracks",
                    full_after: full,
                });
            }
        }
        for x in &rail {
            let Some(h) = x.rail.as_ref().and_then(|r| r.hold).map(|id| &c.holds[id]) else { continue };
            let holds = (h.capacity_t.low(), h.capacity_t.high());
            out.push(Place { name: format!("{}, beyond the crossing", h.title), holds, unit: "t", full_after: None });
        }
        let lengths = |p: &yalu_model::OperationalPoint| p.track_lengths_m.len();
        for country in &c.countries {
            let here = c.points.iter().filter(|p| &p.country == country && lengths(p) >= 2);
            let tracks: usize = here.clone().map(lengths).sum();
            let n = here.count();
            if n > 0 && load > 0.0 {
                let spare = (tracks - n) as f64;
                out.push(Place {
                    name: format!("{n} stations of {country}, all but one track each"),
                    holds: (spare, spare),
                    unit: "tracks",
                    full_after: None,
                });
            }
        }
        out
    }

    /// Closures of several lengths against the linear rule.
    pub fn lengths(&self) -> Vec<Length> {
        let harm =
            |v: &Beside| v.comparison.total.of(Figure::LostUsd).p50() + v.comparison.total.of(Figure::DelayUsd).p50();
        // A ratio to what may be nothing tells nothing.
        let some = |v: &&Beside| v.comparison.harm_usd.iter().all(|x| *x > 0.0);
        let shortest = self.told.variants.first().filter(some).map(|v| (harm(v), f64::from(self.days[0])));
        self.told
            .variants
            .iter()
            .zip(&self.days)
            .map(|(v, &days)| {
                let x = &v.comparison;
                let r = x.recovery.as_ref();
                let musd = |f: Figure| x.total.of(f).per(1e6);
                let beyond_linear_musd = self.beyond_linear_musd(x, days);
                let over_linear = shortest.filter(|(h, _)| *h > 0.0).map(|(h, d)| harm(v) / (h * f64::from(days) / d));
                Length {
                    days,
                    rule_musd: r.map_or(0.0, |r| r.flow_usd.p50() * f64::from(days) / 1e6),
                    lost_musd: musd(Figure::LostUsd),
                    delay_musd: musd(Figure::DelayUsd),
                    clear_days: r.map_or_else(Estimate::default, |r| r.clear_days),
                    over_linear,
                    beyond_linear_musd,
                }
            })
            .collect()
    }

    /// Lost and delay less those of the shortest closure grown by the days: the same draws in both, so by run.
    fn beyond_linear_musd(&self, x: &Comparison, days: u32) -> Option<Estimate> {
        let (first, shortest) = (&self.told.variants.first()?.comparison, *self.days.first()?);
        let grown = f64::from(days) / f64::from(shortest);
        let pairs = x.harm_usd.iter().zip(&first.harm_usd);
        (days != shortest).then(|| Estimate::of_all(pairs.map(|(a, b)| (a - b * grown) / 1e6)))
    }

    /// First and last day of the closure asked for.
    pub fn period(&self) -> (String, String) {
        let change = self.closure().window.change;
        change.map_or((String::new(), String::new()), |c| (self.told.date(c.from), self.told.date(c.to + Span(-1))))
    }

    /// The headline in a sentence.
    pub fn lead(&self) -> String {
        let v = self.closure();
        let (from, to) = self.period();
        let days = self.days[self.main];
        let Some(r) = &v.comparison.recovery else {
            return format!("Nothing crosses {} from {from} to {to}.", v.crossings());
        };
        let [diverts, lost, waits] = r.shares.map(|b| share(&b));
        format!(
            "Shut {days} days, {from} to {to}. Of the {} t a day that would cross, {diverts} go another way, {waits} wait and {lost} are lost.",
            thousands(r.flow_t.p50(), 0)
        )
    }

    /// Where the linear rule is wrong, in a sentence.
    pub fn linear(&self) -> String {
        let all = self.lengths();
        let (Some(first), Some(last)) = (all.first(), all.last()) else { return String::new() };
        let part = |l: &Length| {
            let share = l.lost_musd.p50() / l.rule_musd.max(1e-9);
            format!("{} MUSD, {} of it", thousands(l.lost_musd.p50(), 1), percent(share.clamp(0.0, 9.99)))
        };
        let grows = last.beyond_linear_musd.map_or_else(String::new, |b| {
            format!(
                " In {} days what is lost and what delay costs differ by {} from a straight line from {} days.",
                last.days,
                banded(&b, 1.0, "MUSD"),
                first.days
            )
        });
        format!(
            "A rule linear in days (trade a day times days shut, as IMF PortWatch counts ports) calls {} MUSD lost in {} days \
             and {} in {}. Here {} are lost, and {}; the rest waits for the opening or goes another way until those ways are \
             full.{grows}",
            thousands(first.rule_musd, 1),
            first.days,
            thousands(last.rule_musd, 1),
            last.days,
            part(first),
            part(last)
        )
    }
}

/// A band of shares, as `61 % (40 – 75)`.
pub fn share(b: &Estimate) -> String {
    let p = |x: f64| thousands(100.0 * x, 0);
    if b.p05() == b.p95() {
        return format!("{} %", p(b.p50()));
    }
    format!("{} % ({} – {})", p(b.p50()), p(b.p05()), p(b.p95()))
}

/// A band of so many of a unit.
pub fn told(b: &Estimate, unit: &str) -> String {
    if b.p05() == b.p95() {
        return if unit.is_empty() { thousands(b.p50(), 0) } else { format!("{} {unit}", thousands(b.p50(), 0)) };
    }
    band_text(b.p50(), b.p05(), b.p95(), unit)
}

fn mode(m: Mode) -> &'static str {
    match m {
        Mode::Rail | Mode::Passenger => "rail",
        Mode::Road | Mode::Place => "road",
        Mode::Sea => "sea",
        Mode::Air => "air",
    }
}

fn limits(l: &RouteLimits, hold_days: f64) -> Vec<(&'static str, String)> {
    let number = |q: &Option<Quantity>, unit: &str| {
        q.as_ref().map_or_else(
            || NOT_KNOWN.to_owned(),
            |q| {
                let plain = |x: f64| thousands(x, usize::from(x.fract() != 0.0));
                if q.low() < q.high() {
                    format!("{} – {} {unit}", plain(q.low()), plain(q.high()))
                } else {
                    format!("{} {unit}", plain(q.central()))
                }
            },
        )
    };
    let word = |s: &str| if s.is_empty() { NOT_KNOWN.to_owned() } else { s.to_owned() };
    let hold = if hold_days > 0.0 { format!("{} days held", thousands(hold_days, 0)) } else { "none declared".into() };
    let mut out = vec![
        ("gauge", number(&l.gauge_mm, "mm")),
        ("train length", number(&l.train_length_m, "m")),
        ("axle load", number(&l.axle_load_t, "t")),
        ("electrified", word(&l.electrified)),
        ("ruling grade", number(&l.ruling_grade_permil, "‰")),
        ("hours", word(&l.hours)),
        ("quarantine", hold),
    ];
    if !l.note.is_empty() {
        out.push(("also", l.note.clone()));
    }
    out
}

/// Limits in a line: what is known, and what is not.
pub fn limits_line(w: &Way) -> String {
    // Gauge, train length and electrification mean nothing to a lorry or a ship.
    let rail_only = ["gauge", "train length", "axle load", "electrified", "ruling grade"];
    let told =
        w.limits.iter().filter(|(name, value)| w.mode == "rail" || !rail_only.contains(name) || value != NOT_KNOWN);
    let (known, unknown): (Vec<_>, Vec<_>) = told.partition(|(_, value)| value != NOT_KNOWN);
    let mut parts: Vec<String> = known.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    if !unknown.is_empty() {
        let names: Vec<&str> = unknown.iter().map(|(name, _)| *name).collect();
        parts.push(format!("not known: {}", names.join(", ")));
    }
    parts.join("; ")
}
