//! The activities of a border station.

use super::{Builder, or_assumed};
use crate::describe::{ActivityRow, Load, ShapeWord, StationRow};
use crate::diagnostic::{At, meant};
use yalu_model::{
    Activity, Batch, Clock, Direction, Duration, Keeps, Quantity, RedChannel, Release, Resource, Shape, Subject,
    TrackUse, Use, UsePer,
};

/// Minutes of a day.
const DAY_MIN: f64 = 1_440.0;
/// In `keeps_until`: until the train departs.
const DEPARTURE: &str = "departure";

impl Builder<'_> {
    /// The activities of a station in the order written; none where one is wrong, for the others may name it.
    pub(super) fn activities(&mut self, station: &StationRow, resources: &[Resource]) -> Vec<Activity> {
        if !station.activity.whole() {
            return Vec::new();
        }
        let rows: Vec<&ActivityRow> = station.activity.iter().collect();
        let mut out: Vec<Activity> = Vec::with_capacity(rows.len());
        for (i, r) in rows.iter().enumerate() {
            let mut a = self.activity(r, resources);
            a.after = match &r.after {
                Some(named) => named.iter().filter_map(|(name, at)| self.activity_named(&rows, i, name, *at)).collect(),
                None => out.iter().rposition(|b| (b.forward, b.loaded) == (a.forward, a.loaded)).into_iter().collect(),
            };
            a.keeps = self.keeps(&rows, i);
            out.push(a);
        }
        self.order(&rows, &out);
        out
    }

    fn keeps(&mut self, rows: &[&ActivityRow], i: usize) -> Keeps {
        match rows[i].keeps_until.as_deref() {
            None => Keeps::Itself,
            Some(DEPARTURE) if !rows.iter().any(|b| b.id == DEPARTURE) => Keeps::Departure,
            Some(name) => {
                self.activity_named(rows, i, name, rows[i].at.keeps_until).map_or(Keeps::Itself, Keeps::Until)
            }
        }
    }

    /// The index of an activity of the same direction and load as another.
    fn activity_named(&mut self, rows: &[&ActivityRow], of: usize, name: &str, at: At) -> Option<usize> {
        let way = |r: &ActivityRow| (r.direction, r.applies_to);
        let mine = way(rows[of]);
        let same = |i: &usize| *i != of && way(rows[*i]) == mine;
        let found = (0..rows.len()).filter(same).find(|&i| rows[i].id == name);
        if found.is_none() {
            let others = (0..rows.len()).filter(same).map(|i| rows[i].id.as_str());
            let help = meant(name, others)
                .unwrap_or_else(|| "activities of the same station, direction and load can be named".to_owned());
            let message = format!("no other activity `{name}` of this direction and load");
            self.sink.error("Y1102", at, message, Some(help));
        }
        found
    }

    /// Errors where activities wait for each other in a circle, or keep resources until one that does not come later.
    fn order(&mut self, rows: &[&ActivityRow], list: &[Activity]) {
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
                    self.sink.error("Y1104", rows[i].at.keeps_until, message, Some(help));
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
        self.sink.error("Y1103", rows[first].at.after, message, Some(help));
    }

    fn activity(&mut self, r: &ActivityRow, resources: &[Resource]) -> Activity {
        self.rules_of_keys(r);
        let why = "no time for each wagon is given";
        Activity {
            id: r.id.clone(),
            title: r.title.clone(),
            subject: r.on.unwrap_or(Subject::Cut),
            loaded: r.applies_to == Load::Loaded,
            forward: r.direction == Direction::Forward,
            after: Vec::new(),
            uses: self.uses(r, resources),
            keeps: Keeps::Itself,
            duration: Duration {
                minutes: minutes(r),
                shape: shape(r, r.shape),
                at_least_min: r.at_least_min.unwrap_or(0.0),
            },
            per_wagon: Duration {
                minutes: or_assumed(r.minutes_per_wagon.as_ref(), &format!("{}.minutes_per_wagon", r.path), 0.0, why),
                shape: shape(r, r.shape_per_wagon),
                at_least_min: 0.0,
            },
            batch: self.batch(r, resources),
            share: r.share.clone(),
            red: r.red.as_ref().map(|c| RedChannel { share: c.share.clone(), minutes: c.minutes.clone() }),
            returned_share: r.returned_share.clone(),
            may_start: r.may_start,
            interruptible: r.interruptible,
            clock: r.clock.unwrap_or(Clock::OpenHours),
            release: r.release.unwrap_or(Release::OwnDays),
            track: r.frees_track.unwrap_or(TrackUse::Holds),
            only_under: r.only_under.clone(),
        }
    }

    /// Errors where keys are missing that others make necessary, or do not go together.
    fn rules_of_keys(&mut self, r: &ActivityRow) {
        let (timed, by_wagon) = (r.minutes.is_some() || r.days.is_some(), r.minutes_per_wagon.is_some());
        if !timed && !by_wagon && r.batch.is_none() {
            let help = "give `minutes`, or `days`, `minutes_per_wagon` or `batch`";
            self.missing(r.at.row, "activity", "minutes", help);
        }
        let mut apart = |at: At, wrong: bool, message: &str, help: &str| {
            if wrong {
                self.sink.error("Y0610", at, message, Some(help.to_owned()));
            }
        };
        let (uses, team) = (!r.uses.is_empty(), r.team.is_some());
        apart(r.at.days, r.days.is_some() && r.minutes.is_some(), "`days` beside `minutes`", "keep one");
        apart(r.at.team, team && uses, "`team` beside `uses`", "name the team in `uses`");
        let help = "give the days it holds where the regime names none";
        apart(r.at.release, r.release.is_some() && !timed, "`release` without `days`", help);
        let lognormal = [r.shape, r.shape_per_wagon].contains(&Some(ShapeWord::Lognormal));
        let help = "leave it out, or write shape = \"lognormal\"";
        apart(r.at.cv, r.cv.is_some() && !lognormal, "`cv` without a lognormal shape", help);
        let help = "write interruptible = true";
        apart(r.at.clock, r.clock.is_some() && !r.interruptible, "`clock` without `interruptible`", help);
        let help = "give minutes, or leave it out";
        apart(r.at.shape, r.shape.is_some() && !timed, "`shape` without `minutes`", help);
        let message = "`shape_per_wagon` without `minutes_per_wagon`";
        apart(r.at.shape_per_wagon, r.shape_per_wagon.is_some() && !by_wagon, message, "give it, or leave it out");
        let (least, message) = (r.at_least_min.is_some(), "`at_least_min` without `shape`");
        apart(r.at.at_least_min, least && r.shape.is_none(), message, "a range has its lower end");
        let help = "keep one: rounds of wagons, or one after another";
        apart(r.at.batch, r.batch.is_some() && by_wagon, "`batch` beside `minutes_per_wagon`", help);
        let each = matches!(r.on, Some(Subject::Wagon | Subject::Consignment));
        let help = "give `minutes_per_wagon`, the time of the green channel, or on = \"cut\"";
        let message = "`red` of each wagon without `minutes_per_wagon`";
        apart(r.at.red, r.red.is_some() && each && !by_wagon, message, help);
        let kept = uses || team || r.batch.is_some();
        let message = "nothing is used that could be kept";
        apart(r.at.keeps_until, r.keeps_until.is_some() && !kept, message, "name it in `uses`");
        let beyond = r.at_least_min.is_some_and(|m| m >= minutes(r).low() && timed);
        let message = "`at_least_min` is not below the mean";
        apart(r.at.at_least_min, beyond && r.shape.is_some(), message, "lower it");
        if lognormal {
            let help = "the standard deviation over the mean of a lognormal shape, as in cv = 0.8";
            need!(self, r, "activity", cv, help);
        }
    }

    /// What an activity uses, by `uses` or by the short form `team`.
    fn uses(&mut self, r: &ActivityRow, resources: &[Resource]) -> Vec<Use> {
        let team = r.team.as_ref().map(|name| (name, 1, UsePer::Activity, r.at.team));
        let listed = r
            .uses
            .iter()
            .map(|u| (&u.resource, u.count.unwrap_or(1), u.per.unwrap_or(UsePer::Activity), u.at.resource));
        let mut out = Vec::new();
        for (name, count, per, at) in team.into_iter().chain(listed) {
            let noun = if r.team.is_some() { "team" } else { "resource" };
            let Some(resource) = self.resource(resources, name, noun, at) else { continue };
            let there = resources[resource].count.low();
            if per == UsePer::Activity && f64::from(count) > there && there >= 1.0 {
                let help = format!("it has {there} at least; with fewer than {count} the activity would never start");
                self.sink.error("Y1105", at, format!("`{}` uses {count} of `{name}`", r.id), Some(help));
            }
            out.push(Use { resource, count, per });
        }
        out
    }

    fn batch(&mut self, r: &ActivityRow, resources: &[Resource]) -> Option<Batch> {
        let b = r.batch.as_ref()?;
        let resource = self.resource(resources, &b.resource, "resource", b.at.resource)?;
        let there = resources[resource].count.low();
        if let Some(p) = b.places.as_ref().filter(|p| p.high() > there && there >= 1.0) {
            let help = format!("it has {there} at least; leave `places` out to take all there are");
            let message = format!("`{}` takes {} of `{}` at a time", r.id, p.high(), b.resource);
            self.sink.error("Y1105", b.at.places, message, Some(help));
        }
        Some(Batch { resource, places: b.places.clone(), minutes: b.minutes.clone() })
    }

    /// The index of a resource; an error where the station has none of the name.
    fn resource(&mut self, resources: &[Resource], name: &str, noun: &str, at: At) -> Option<usize> {
        let found = resources.iter().position(|x| x.id == name);
        if found.is_none() {
            let help = meant(name, resources.iter().map(|t| t.id.as_str()))
                .unwrap_or_else(|| format!("{noun}s are declared in the same [[station]]"));
            self.sink.error("Y0403", at, format!("the station has no {noun} `{name}`"), Some(help));
        }
        found
    }
}

/// Minutes of the subject as a whole, of `minutes` or `days`.
fn minutes(r: &ActivityRow) -> Quantity {
    if let Some(days) = &r.days {
        return days.times(DAY_MIN);
    }
    or_assumed(r.minutes.as_ref(), &format!("{}.minutes", r.path), 0.0, "no time for the whole is given")
}

fn shape(r: &ActivityRow, word: Option<ShapeWord>) -> Shape {
    match word {
        None => Shape::AsRange,
        Some(ShapeWord::Exponential) => Shape::Exponential,
        Some(ShapeWord::Erlang2) => Shape::Erlang(2),
        // Without a cv no corridor comes of it, which is told.
        Some(ShapeWord::Lognormal) => Shape::Lognormal { cv: r.cv.unwrap_or(1.0) },
    }
}
