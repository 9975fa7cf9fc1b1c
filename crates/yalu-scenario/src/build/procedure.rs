//! The activities of a border station.

use super::Builder;
use crate::diagnostic::{At, meant};
use crate::row::Row;
use yalu_model::{
    Activity, ActivityKind, Batch, Clock, Duration, Keeps, Quantity, RedChannel, Release, Resource, Shape, StartRule,
    Subject, TrackUse, Use, UsePer,
};

/// Minutes of a day.
const DAY_MIN: f64 = 1_440.0;
/// In `keeps_until`: until the train departs.
const DEPARTURE: &str = "departure";

impl Builder<'_> {
    /// The activities of a station in the order written.
    pub(super) fn activities(&mut self, station: &Row, resources: &[Resource]) -> Vec<Activity> {
        let rows = station.rows("activity");
        let mut out: Vec<Activity> = Vec::with_capacity(rows.len());
        for (i, r) in rows.iter().enumerate() {
            let mut a = self.activity(r, resources);
            a.after = if r.given("after") {
                let named = r.texts("after").iter();
                named.filter_map(|(name, at)| self.activity_named(rows, i, name, *at)).collect()
            } else {
                out.iter().rposition(|b| (b.forward, b.loaded) == (a.forward, a.loaded)).into_iter().collect()
            };
            a.keeps = self.keeps(rows, i);
            out.push(a);
        }
        self.order(rows, &out);
        out
    }

    fn keeps(&mut self, rows: &[Row], i: usize) -> Keeps {
        let r = &rows[i];
        match r.text("keeps_until").as_str() {
            "" => Keeps::Itself,
            DEPARTURE if !rows.iter().any(|b| b.text("id") == DEPARTURE) => Keeps::Departure,
            name => self.activity_named(rows, i, name, r.at("keeps_until")).map_or(Keeps::Itself, Keeps::Until),
        }
    }

    /// The index of an activity of the same direction and load as another.
    fn activity_named(&mut self, rows: &[Row], of: usize, name: &str, at: At) -> Option<usize> {
        let way = |r: &Row| (r.forward("direction"), r.text("applies_to"));
        let mine = way(&rows[of]);
        let same = |i: &usize| *i != of && way(&rows[*i]) == mine;
        let found = (0..rows.len()).filter(same).find(|&i| rows[i].text("id") == name);
        if found.is_none() {
            let others: Vec<String> = (0..rows.len()).filter(same).map(|i| rows[i].text("id")).collect();
            let help = meant(name, others.iter().map(String::as_str))
                .unwrap_or_else(|| "activities of the same station, direction and load can be named".to_owned());
            let message = format!("no other activity `{name}` of this direction and load");
            self.sink.error("Y1102", at, message, Some(help));
        }
        found
    }

    /// Errors where activities wait for each other in a circle, or keep resources until one that does not come later.
    fn order(&mut self, rows: &[Row], list: &[Activity]) {
        // What must have ended before each, found by going back from it.
        let before = |from: usize| {
            let mut seen = vec![false; list.len()];
            let mut open = list[from].after.clone();
            while let Some(i) = open.pop() {
                if !std::mem::replace(&mut seen[i], true) {
                    open.extend(&list[i].after);
                }
            }
            seen
        };
        let Some(first) = (0..list.len()).find(|&i| before(i)[i]) else {
            for (i, a) in list.iter().enumerate() {
                if let Keeps::Until(k) = a.keeps
                    && !before(k)[i]
                {
                    let help = format!("`{}` must come after `{}`, by `after` or by its place", list[k].id, a.id);
                    let message = format!("`{}` does not come later", list[k].id);
                    self.sink.error("Y1104", rows[i].at("keeps_until"), message, Some(help));
                }
            }
            return;
        };
        // The shortest way back to the first of the circle.
        let mut way: Vec<Option<usize>> = vec![None; list.len()];
        let mut queue = std::collections::VecDeque::from([first]);
        while let Some(i) = queue.pop_front() {
            for &j in &list[i].after {
                if way[j].is_none() {
                    way[j] = Some(i);
                    queue.push_back(j);
                }
            }
        }
        let mut circle = vec![first];
        let mut at = way[first];
        while let Some(i) = at.filter(|&i| i != first && circle.len() <= list.len()) {
            circle.push(i);
            at = way[i];
        }
        circle.push(first);
        let names: Vec<&str> = circle.iter().map(|&i| list[i].id.as_str()).collect();
        let help = "take one out of the `after` of another; `after = []` begins with the cut's arrival".to_owned();
        let message = format!("activities that wait for each other: {}", names.join(", before "));
        self.sink.error("Y1103", rows[first].at("after"), message, Some(help));
    }

    fn activity(&mut self, r: &Row, resources: &[Resource]) -> Activity {
        self.rules_of_keys(r);
        let row = |key: &str| r.row(key);
        Activity {
            id: r.text("id"),
            title: r.text("title"),
            kind: word(&ActivityKind::WORDS, &r.text("kind")).unwrap_or(ActivityKind::Other),
            subject: word(&Subject::WORDS, &r.text("on")).unwrap_or(Subject::Cut),
            loaded: r.text("applies_to") == "loaded",
            forward: r.forward("direction").unwrap_or(true),
            after: Vec::new(),
            uses: self.uses(r, resources),
            keeps: Keeps::Itself,
            duration: Duration {
                minutes: minutes(r),
                shape: shape(r, "shape"),
                at_least_min: r.number("at_least_min").unwrap_or(0.0),
            },
            per_wagon: Duration {
                minutes: none(r, "minutes_per_wagon", "no time for each wagon is given"),
                shape: shape(r, "shape_per_wagon"),
                at_least_min: 0.0,
            },
            batch: self.batch(r, resources),
            share: r.quantity_opt("share"),
            red: row("red").map(|c| RedChannel { share: c.quantity("share"), minutes: c.quantity("minutes") }),
            returned_share: r.quantity_opt("returned_share"),
            may_start: if r.text("may_start") == "any_open_time" {
                StartRule::AnyOpenTime
            } else {
                StartRule::IfItCanFinish
            },
            interruptible: r.flag("interruptible"),
            clock: if r.text("clock") == "always" { Clock::Always } else { Clock::OpenHours },
            release: if r.text("release") == "regime_days" { Release::RegimeDays } else { Release::OwnDays },
            track: match r.text("frees_track").as_str() {
                "at_begin" => TrackUse::FreedAtBegin,
                "at_end" => TrackUse::FreedAtEnd,
                _ => TrackUse::Holds,
            },
            only_under: r.text_opt("only_under"),
        }
    }

    /// Errors where keys are missing that others make necessary, or do not go together.
    fn rules_of_keys(&mut self, r: &Row) {
        let any = ["minutes", "days", "minutes_per_wagon", "batch"].iter().any(|k| r.given(k));
        if !any {
            let help = "give `minutes`, or `days`, `minutes_per_wagon` or `batch`".to_owned();
            self.sink.error("Y0202", r.at, "`minutes` is missing in `activity`", Some(help));
        }
        let mut apart = |key: &str, wrong: bool, message: &str, help: &str| {
            if r.given(key) && wrong {
                self.sink.error("Y0610", r.at(key), message, Some(help.to_owned()));
            }
        };
        apart("days", r.given("minutes"), "`days` beside `minutes`", "keep one");
        apart("team", r.given("uses"), "`team` beside `uses`", "name the team in `uses`");
        let quarantine = r.text("kind") == "quarantine";
        apart("release", !quarantine, "`release` is for quarantine", "leave it out, or write kind = \"quarantine\"");
        apart("days", !quarantine, "`days` are for quarantine", "give minutes, or write kind = \"quarantine\"");
        let lognormal = r.text("shape") == "lognormal" || r.text("shape_per_wagon") == "lognormal";
        apart("cv", !lognormal, "`cv` without a lognormal shape", "leave it out, or write shape = \"lognormal\"");
        apart("clock", !r.flag("interruptible"), "`clock` without `interruptible`", "write interruptible = true");
        let timed = r.given("minutes") || r.given("days");
        apart("shape", !timed, "`shape` without `minutes`", "give minutes, or leave it out");
        let by_wagon = r.given("minutes_per_wagon");
        apart(
            "shape_per_wagon",
            !by_wagon,
            "`shape_per_wagon` without `minutes_per_wagon`",
            "give it, or leave it out",
        );
        apart("at_least_min", !r.given("shape"), "`at_least_min` without `shape`", "a range has its lower end");
        apart(
            "batch",
            by_wagon,
            "`batch` beside `minutes_per_wagon`",
            "keep one: rounds of wagons, or one after another",
        );
        let each = ["wagon", "consignment"].contains(&r.text("on").as_str());
        let help = "give `minutes_per_wagon`, the time of the green channel, or on = \"cut\"";
        apart("red", each && !by_wagon, "`red` of each wagon without `minutes_per_wagon`", help);
        let kept = ["uses", "team", "batch"].iter().any(|k| r.given(k));
        apart("keeps_until", !kept, "nothing is used that could be kept", "name it in `uses`");
        let beyond = r.number("at_least_min").is_some_and(|m| m >= minutes(r).low() && timed);
        apart("at_least_min", beyond && r.given("shape"), "`at_least_min` is not below the mean", "lower it");
        if lognormal {
            self.need(r, "activity", "cv", "the standard deviation over the mean of a lognormal shape, as in cv = 0.8");
        }
    }

    /// What an activity uses, by `uses` or by the short form `team`.
    fn uses(&mut self, r: &Row, resources: &[Resource]) -> Vec<Use> {
        let team = r.text_opt("team").map(|name| (name, 1, UsePer::Activity, r.at("team")));
        let listed = r.rows("uses").iter().map(|u| {
            let count = u.integer("count").and_then(|n| u32::try_from(n).ok()).unwrap_or(1);
            let per = match u.text("per").as_str() {
                "wagon" => UsePer::Wagon,
                "tonne" => UsePer::Tonne,
                _ => UsePer::Activity,
            };
            (u.text("resource"), count, per, u.at("resource"))
        });
        let mut out = Vec::new();
        for (name, count, per, at) in team.into_iter().chain(listed) {
            let noun = if r.given("team") { "team" } else { "resource" };
            let Some(resource) = self.resource(resources, &name, noun, at) else { continue };
            let there = resources[resource].count.low();
            if per == UsePer::Activity && f64::from(count) > there && there >= 1.0 {
                let help = format!("it has {there} at least; with fewer than {count} the activity would never start");
                self.sink.error("Y1105", at, format!("`{}` uses {count} of `{name}`", r.text("id")), Some(help));
            }
            out.push(Use { resource, count, per });
        }
        out
    }

    fn batch(&mut self, r: &Row, resources: &[Resource]) -> Option<Batch> {
        let b = r.row("batch")?;
        let resource = self.resource(resources, &b.text("resource"), "resource", b.at("resource"))?;
        let (there, places) = (resources[resource].count.low(), b.quantity_opt("places"));
        if let Some(p) = places.as_ref().filter(|p| p.high() > there && there >= 1.0) {
            let help = format!("it has {there} at least; leave `places` out to take all there are");
            let message = format!("`{}` takes {} of `{}` at a time", r.text("id"), p.high(), b.text("resource"));
            self.sink.error("Y1105", b.at("places"), message, Some(help));
        }
        Some(Batch { resource, places, minutes: b.quantity("minutes") })
    }

    /// The index of a resource; an error where the station has none of the name.
    fn resource(&mut self, resources: &[Resource], name: &str, noun: &str, at: At) -> Option<usize> {
        let found = resources.iter().position(|x| x.id == name);
        // An empty name has been told.
        if found.is_none() && !name.is_empty() {
            let help = meant(name, resources.iter().map(|t| t.id.as_str()))
                .unwrap_or_else(|| format!("{noun}s are declared in the same [[station]]"));
            self.sink.error("Y0403", at, format!("the station has no {noun} `{name}`"), Some(help));
        }
        found
    }
}

fn word<T: Copy>(words: &[(&str, T)], word: &str) -> Option<T> {
    words.iter().find(|(w, _)| *w == word).map(|(_, x)| *x)
}

/// A quantity, or a 0 that no input states.
fn none(r: &Row, field: &str, why: &str) -> Quantity {
    r.quantity_opt(field).unwrap_or_else(|| Quantity::assumed(&format!("{}.{field}", r.path), 0.0, why))
}

/// Minutes of the subject as a whole, of `minutes` or `days`.
fn minutes(r: &Row) -> Quantity {
    match r.quantity_opt("days") {
        Some(days) => days.times(DAY_MIN),
        None => none(r, "minutes", "no time for the whole is given"),
    }
}

fn shape(r: &Row, field: &str) -> Shape {
    match r.text(field).as_str() {
        "exponential" => Shape::Exponential,
        "erlang2" => Shape::Erlang(2),
        "lognormal" => Shape::Lognormal { cv: r.number("cv").unwrap_or(1.0) },
        _ => Shape::AsRange,
    }
}
