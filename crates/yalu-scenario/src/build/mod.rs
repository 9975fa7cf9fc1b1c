//! Decoded rows into the typed corridor.

mod border;
mod disturbances;
mod evidence;
mod network;
mod procedure;
mod services;
mod stock;
mod trade;

use crate::describe::CHOICE_DOC;
use crate::diagnostic::Sink;
use crate::load::Files;
use crate::row::Row;
use crate::value::Day;
use yalu_model::{Basis, Corridor, Operation, Quantity, Zone, ZoneId};
use yalu_units::{Idx, IndexVec, Instant};

/// What all builders share.
pub(crate) struct Builder<'a> {
    pub sink: &'a mut Sink,
    pub files: &'a Files,
    pub zones: IndexVec<ZoneId, Zone>,
    /// Zone of the border's days.
    pub zone: String,
    pub from: Instant,
    pub to: Instant,
}

impl Builder<'_> {
    /// The id of a zone, added where it is new.
    pub fn zone(&mut self, name: &str) -> ZoneId {
        if let Some((id, _)) = self.zones.enumerated().find(|(_, z)| z.name == name) {
            return id;
        }
        self.zones.push(Zone { name: name.to_owned() })
    }
    /// Local midnight at the border.
    pub fn midnight(&self, day: Day) -> Instant {
        yalu_calendar::local_midnight(&self.zone, day.0, day.1, day.2).unwrap_or_default()
    }
    /// The midnight after a day at the border.
    pub fn midnight_after(&self, day: Day) -> Instant {
        yalu_calendar::local_time(&self.zone, day, 86_400).unwrap_or_default()
    }
    /// First instant of a field's day.
    pub fn first(&self, row: &Row, field: &str) -> Option<Instant> {
        row.days(field).map(|d| self.midnight(d.0))
    }
    /// Start and exclusive end of `from` and `to`; an error where they are reversed.
    pub fn period(&mut self, row: &Row) -> (Instant, Instant) {
        let Some((from, to)) = self.days(row) else {
            return (self.from, self.to);
        };
        (self.midnight(from), self.midnight_after(to))
    }
    /// The days `from` and `to`; an error where they are reversed.
    pub fn days(&mut self, row: &Row) -> Option<(Day, Day)> {
        let ((from, _), (_, to)) = row.days("from").zip(row.days("to"))?;
        if from > to {
            let help = "`to` is the last day of the period".to_owned();
            self.sink.error("Y0701", row.at("to"), "`to` lies before `from`", Some(help));
        }
        Some((from, to))
    }
    /// An error where a key is missing that others make necessary.
    pub fn need(&mut self, row: &Row, noun: &str, key: &str, help: &str) {
        if !row.given(key) {
            self.sink.error("Y0202", row.at, format!("`{key}` is missing in `{noun}`"), Some(help.to_owned()));
        }
    }
}

/// An id from a decoded reference. A reference that failed has been told, and no corridor comes of it.
fn id<I: Idx>(row: &Row, field: &str) -> I {
    I::new(row.index(field).unwrap_or(0))
}

fn id_opt<I: Idx>(row: &Row, field: &str) -> Option<I> {
    row.index(field).map(I::new)
}

/// A quantity by its path, or a documented default.
fn or_assumed(row: &Row, path: &str, value: f64, why: &str) -> Quantity {
    let field = path.rsplit('.').next().unwrap_or(path);
    row.quantity_opt(field).unwrap_or_else(|| Quantity::assumed(path, value, why))
}

/// The corridor, as far as the rows allow; none without `scenario.toml`.
pub(crate) fn corridor(sink: &mut Sink, files: &Files, inputs: Vec<(String, Basis)>) -> Option<Corridor> {
    let root = files.toml("scenario.toml")?;
    let empty = Row::empty(root.at);
    if files.toml("routes.toml").is_some() && !root.given("choice") {
        sink.error("Y0202", root.at, "`choice` is missing", Some(CHOICE_DOC.to_owned()));
    }
    let (choice, rules) = (root.row("choice").unwrap_or(&empty), root.row("operation").unwrap_or(&empty));
    let head = root.row("corridor")?;
    let (first, _) = head.days("from")?;
    let (_, last) = head.days("to")?;
    let zone = head.text("zone");
    if zone.is_empty() {
        return None;
    }
    let mut b = Builder { sink, files, zones: IndexVec::new(), zone, from: Instant::default(), to: Instant::default() };
    (b.from, b.to) = (b.midnight(first), b.midnight_after(last));
    if first > last {
        let help = "`to` is the last day of the horizon".to_owned();
        b.sink.error("Y0701", head.at("to"), "`to` lies before `from`", Some(help));
    }
    let name = b.zone.clone();
    let zone = b.zone(&name);
    let countries = head.strings("countries");
    let [a, c] = countries.as_slice() else {
        return None;
    };
    let (goods, rules_of_law) = (b.goods(), b.rules());
    let consignments = b.consignments(&rules_of_law);
    Some(Corridor {
        id: head.text("id"),
        title: head.text("title"),
        from: b.from,
        to: b.to,
        zone,
        countries: [a.clone(), c.clone()],
        seed: head.integer("seed").and_then(|s| u64::try_from(s).ok()).unwrap_or(0),
        replications: head.integer("replications").and_then(|r| u32::try_from(r).ok()).unwrap_or(1),
        attribution: head.strings("attribution"),
        wrong: head.strings("wrong"),
        reaction_days: or_assumed(choice, "choice.reaction_days", 7.0, "no goods wait for a route"),
        choice_theta_per_usd: or_assumed(choice, "choice.theta_per_usd", 0.03, "no goods choose a route"),
        accepted_habits: Vec::new(),
        points: b.points(),
        sections: b.sections(),
        traffic: b.traffic(),
        operation: Operation {
            route_setting_s: or_assumed(rules, "operation.route_setting_s", 0.0, "none is stated"),
            non_simultaneous_s: or_assumed(rules, "operation.non_simultaneous_s", 0.0, "none is stated"),
            into_yard_s: or_assumed(rules, "operation.into_yard_s", 600.0, "ten minutes; none is stated"),
        },
        disturbances: b.disturbances(),
        locomotives: b.locomotives(),
        wagons: b.wagons(),
        services: b.services(),
        routes: b.routes(),
        stations: b.stations(),
        holds: b.holds(),
        goods,
        demand_factors: b.demand_factors(),
        rules: rules_of_law,
        consignments,
        crossings: b.crossings(),
        regimes: b.regimes([a.as_str(), c.as_str()]),
        reports: b.reports(),
        observed: b.observed(),
        story: b.story(),
        zones: b.zones,
        inputs,
    })
}
