//! The corridor assembled from decoded rows, and what is wrong among the keys of one row.

/// Tells an error where a key is missing that others make necessary: `need!(self, row, "service", zone, "Zone of ...")`.
macro_rules! need {
    ($builder:expr, $row:expr, $noun:literal, $key:ident, $help:expr) => {
        if $row.$key.is_none() {
            $builder.missing($row.at.row, $noun, stringify!($key), $help);
        }
    };
}

mod border;
mod disturbances;
mod evidence;
mod network;
mod procedure;
mod services;
mod stock;
mod trade;

use crate::describe::CHOICE_DOC;
use crate::diagnostic::{At, Sink};
use crate::load::Files;
use crate::row::Placed;
use crate::upgrade::FORMAT;
use crate::value::Day;
use yalu_model::{
    Basis, Commerce, Corridor, Evidence, Frontier, Haulage, Heading, Horizon, Infrastructure, Operation, Quantity,
    Sampling, Zone, ZoneId,
};
use yalu_units::{IndexVec, Instant};

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
    /// Start and exclusive end of days; an error where they are reversed.
    pub fn period(&mut self, from: Day, to: Day, at: At) -> (Instant, Instant) {
        self.in_order(from, to, at);
        (self.midnight(from), self.midnight_after(to))
    }
    /// An error where the last day of a period lies before its first.
    pub fn in_order(&mut self, from: Day, to: Day, at: At) {
        if from > to {
            let help = "`to` is the last day of the period".to_owned();
            self.sink.error("Y0701", at, "`to` lies before `from`", Some(help));
        }
    }
    fn missing(&mut self, at: At, noun: &str, key: &str, help: &str) {
        self.sink.error("Y0202", at, format!("`{key}` is missing in `{noun}`"), Some(help.to_owned()));
    }
}

/// A quantity, or a documented default under its path.
fn or_assumed(given: Option<&Quantity>, path: &str, value: f64, why: &str) -> Quantity {
    given.cloned().unwrap_or_else(|| Quantity::assumed(path, value, why))
}

fn strings(texts: &[Placed<String>]) -> Vec<String> {
    texts.iter().map(|(s, _)| s.clone()).collect()
}

/// The corridor, as far as the rows allow; none without the head of `scenario.toml`.
pub(crate) fn corridor(
    sink: &mut Sink,
    files: &Files,
    (inputs, uncertain): (Vec<(String, Basis)>, Vec<Quantity>),
) -> Option<Corridor> {
    let root = files.scenario.as_ref()?;
    if files.routes.is_some() && root.choice.is_none() && root.at.choice == root.at.row {
        sink.error("Y0202", root.at.row, "`choice` is missing", Some(CHOICE_DOC.to_owned()));
    }
    if let Some(format) = root.format.filter(|f| *f > FORMAT) {
        let message = format!("the folder is of format {format}; this version of Yalu reads up to {FORMAT}");
        let help = "take the version of Yalu that it was written for, or a newer one".to_owned();
        sink.error("Y0114", root.at.format, message, Some(help));
    }
    let (head, choice, rules) = (&root.corridor, root.choice.as_ref(), root.operation.as_ref());
    let none = Instant::default();
    let mut b = Builder { sink, files, zones: IndexVec::new(), zone: head.zone.clone(), from: none, to: none };
    (b.from, b.to) = (b.midnight(head.from), b.midnight_after(head.to));
    if head.from > head.to {
        let help = "`to` is the last day of the horizon".to_owned();
        b.sink.error("Y0701", head.at.to, "`to` lies before `from`", Some(help));
    }
    let zone = b.zone(&head.zone);
    let (goods, rules_of_law) = (b.goods(), b.rules());
    let consignments = b.consignments(&rules_of_law);
    Some(Corridor {
        about: Heading {
            id: head.id.clone(),
            title: head.title.clone(),
            countries: head.countries.clone(),
            attribution: strings(&head.attribution),
            wrong: strings(&head.wrong),
            story: b.story(),
        },
        sampling: Sampling { seed: head.seed, replications: head.replications },
        line: Infrastructure {
            points: b.points(),
            sections: b.sections(),
            traffic: b.traffic(),
            operation: Operation {
                gradient: rules.and_then(|r| r.gradient).unwrap_or_default(),
                route_setting_s: or_assumed(
                    rules.and_then(|r| r.route_setting_s.as_ref()),
                    "operation.route_setting_s",
                    0.0,
                    "none is stated",
                ),
                non_simultaneous_s: or_assumed(
                    rules.and_then(|r| r.non_simultaneous_s.as_ref()),
                    "operation.non_simultaneous_s",
                    0.0,
                    "none is stated",
                ),
                into_yard_s: or_assumed(
                    rules.and_then(|r| r.into_yard_s.as_ref()),
                    "operation.into_yard_s",
                    600.0,
                    "ten minutes; none is stated",
                ),
            },
            disturbances: b.disturbances(),
        },
        trains: Haulage { locomotives: b.locomotives(), wagons: b.wagons(), services: b.services() },
        border: Frontier { stations: b.stations(), holds: b.holds(), crossings: b.crossings(), regimes: b.regimes() },
        trade: Commerce {
            reaction_days: or_assumed(
                choice.map(|c| &c.reaction_days),
                "choice.reaction_days",
                7.0,
                "no goods wait for a route",
            ),
            choice_theta_per_usd: or_assumed(
                choice.map(|c| &c.theta_per_usd),
                "choice.theta_per_usd",
                0.03,
                "no goods choose a route",
            ),
            accepted_habits: Vec::new(),
            routes: b.routes(),
            goods,
            demand_factors: b.demand_factors(),
            rules: rules_of_law,
            consignments,
        },
        record: Evidence { reports: evidence::reports(&files.record), observed: b.observed() },
        inputs,
        uncertain,
        // Last: what stands above reads the zones.
        horizon: Horizon { from: b.from, to: b.to, zone, zones: b.zones },
    })
}
