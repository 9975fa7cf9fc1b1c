//! Tables of the border, readable at 80 columns.

use super::{Border, CrossedDay, Dwell, Hours, Measured, RouteFigures, Waits};
use yalu_number::{Cell, Column, Table, Unit, letter};

impl Border {
    /// All tables, in order.
    pub fn tables(&self) -> Vec<Table> {
        let mut out: Vec<Table> = self.central.dwell.iter().map(dwell).collect();
        out.extend(self.central.waits());
        out.extend([self.resources(), self.tracks()]);
        out.extend(self.figures.iter().enumerate().filter_map(|(i, f)| self.effects(i, f)));
        out
    }

    fn resources(&self) -> Table {
        let m = &self.central;
        let all = self.binds.all.iter().map(|x| x.wagon_h).sum::<f64>().max(1e-9);
        let row = |r: &super::Resource| {
            vec![
                format!("{}: {}", r.station_title, r.resource).into(),
                r.count.into(),
                (r.open_h / m.running_days.max(1e-9)).into(),
                r.used_by_open_hour.into(),
                r.used_by_clock_hour.into(),
                r.waited_wagon_h().into(),
                (r.waited_wagon_h() / all).into(),
            ]
        };
        Table {
            id: "resources".into(),
            title: "Use of staff and plant by open hour, and what wagons waited for it".into(),
            columns: vec![
                Column::text("resource", ""),
                Column::count("count", "no."),
                Column::number("open_h_per_day", "open h/day", Unit::Number),
                Column::number("used_by_open_hour", "by open h", Unit::Share),
                Column::number("used_by_clock_hour", "(by clock)", Unit::Share),
                Column::number("waited_wagon_h", "", Unit::WagonHours),
                Column::number("share", "share", Unit::Share),
            ],
            rows: m.resources.iter().map(row).collect(),
            note:
                "share: of all waiting; by clock stands there as the classic misreading, for closed hours are no room"
                    .into(),
        }
    }

    fn tracks(&self) -> Table {
        let row = |t: &super::Tracks| {
            vec![
                t.station_title.as_str().into(),
                t.tracks.into(),
                t.held_mean.into(),
                t.held_most.into(),
                t.all_held_share.into(),
                t.caused_wagon_h.no_track.into(),
            ]
        };
        Table {
            id: "tracks".into(),
            title: "Yard tracks".into(),
            columns: vec![
                Column::text("station", ""),
                Column::count("tracks", "tracks"),
                Column::number("held_mean", "held, mean", Unit::Number),
                Column::count("held_most", "most"),
                Column::number("all_held_share", "all held", Unit::Share),
                Column::number("waited_wagon_h", "waited", Unit::WagonHours),
            ],
            rows: self.central.tracks.iter().map(row).collect(),
            note: String::new(),
        }
    }

    /// What the changes make of a route's figures; none without any.
    fn effects(&self, route: usize, base: &RouteFigures) -> Option<Table> {
        let changes: Vec<_> =
            self.what_if.iter().filter_map(|w| Some((&w.change, &w.routes.get(route)?.figures))).collect();
        let first = changes.first()?.1;
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for (k, (name, unit, estimate)) in base.bands.named().into_iter().enumerate() {
            let unit_name = if unit == Unit::Number { String::new() } else { format!(", {}", unit.name()) };
            rows.push(vec![format!("{name}{unit_name}").into(), (*estimate).into(), Cell::None(String::new())]);
            for (i, (_, figures)) in changes.iter().enumerate() {
                let (_, _, x) = figures.named()[k];
                let difference = format!("{}, {}", x.difference.signed(Unit::Number), x.ways());
                rows.push(vec![format!("with {}", letter(i)).into(), x.with.into(), difference.into()]);
            }
        }
        let names: Vec<String> =
            changes.iter().enumerate().map(|(i, (what, _))| format!("{}: {what}", letter(i))).collect();
        let pairs = first.named().iter().map(|(_, _, x)| x.difference.runs()).max().unwrap_or(0);
        Some(Table {
            id: format!("what-if-{}", base.route),
            title: format!("What if, {}: {}", base.title, names.join("; ")),
            columns: vec![
                Column::text("figure", ""),
                Column::estimate("value", "median (5 – 95 %)", Unit::Number),
                Column::text("difference", "change, pair by pair"),
            ],
            rows,
            note: format!("{} with the same draws", Unit::Pairs.count(pairs)),
        })
    }

    /// Queue and throughput of each day and rail route of the central run.
    pub fn by_day(&self) -> Table {
        let row = |d: &CrossedDay| {
            vec![
                d.day.into(),
                d.route.as_str().into(),
                d.trains_waiting.into(),
                d.waiting_in_yard.into(),
                d.waiting_held_back.into(),
                d.tonnes_waiting.into(),
                d.tonnes_approaching.into(),
                d.tonnes_held.into(),
                d.wagons_stock.into(),
                d.trains_crossed.into(),
                d.wagons_crossed_loaded.into(),
                d.wagons_crossed_empty.into(),
            ]
        };
        let trains = |key: &str, title: &str| Column::number(key, title, Unit::Trains).decimals(2);
        let tonnes = |key: &str, title: &str| Column::number(key, title, Unit::Tonnes).decimals(0);
        Table {
            id: "days".into(),
            title: "Queue and throughput by day, central run".into(),
            columns: vec![
                Column::day("day", "day"),
                Column::text("route", "route"),
                trains("trains_waiting", "waiting"),
                trains("waiting_in_yard", "waiting in the yard"),
                trains("waiting_held_back", "held back"),
                tonnes("tonnes_waiting", "waiting"),
                tonnes("tonnes_approaching", "approaching"),
                tonnes("tonnes_held", "held"),
                Column::count("wagons_stock", "empty wagons"),
                Column::count("trains_crossed", "trains crossed"),
                Column::count("wagons_crossed_loaded", "loaded wagons crossed"),
                Column::count("wagons_crossed_empty", "empty wagons crossed"),
            ],
            rows: self.crossed.iter().map(row).collect(),
            note: String::new(),
        }
    }
}

impl Measured {
    /// Waiting by reason, hours a train of each kind; none where no train was done with the border.
    pub fn waits(&self) -> Option<Table> {
        let flows: Vec<&Dwell> = self.dwell.iter().filter(|f| f.trains > 0).collect();
        let mut columns = vec![Column::text("reason", "waiting, hours a train")];
        for f in &flows {
            let load = if f.loaded { "" } else { ", empties" };
            let key = format!("{}_{}_h", f.route, if f.loaded { "loaded" } else { "empty" });
            columns.push(Column::number(&key, &format!("{}{load}", f.route_title), Unit::Number));
        }
        let by_flow: Vec<[f64; 6]> = flows.iter().map(|f| f.waits()).collect();
        let row = |(i, reason): (usize, &&str)| {
            std::iter::once((*reason).into()).chain(by_flow.iter().map(|hours| hours[i].into())).collect()
        };
        (!flows.is_empty()).then(|| Table {
            id: "waits".into(),
            title: "Waiting by reason".into(),
            columns,
            rows: Waits::REASONS.iter().enumerate().map(row).collect(),
            note: String::new(),
        })
    }
}

impl Dwell {
    /// Hours a train waits by reason, all steps, in the order of [`Waits::REASONS`].
    pub fn waits(&self) -> [f64; 6] {
        let mut out = [0.0; 6];
        for s in &self.steps {
            for (sum, h) in out.iter_mut().zip(s.waits_mean_h.train.hours()) {
                *sum += h * s.trains as f64;
            }
        }
        out.map(|h| h / self.trains.max(1) as f64)
    }
}

fn dwell(f: &Dwell) -> Table {
    let row = |name: String, train: Hours, waits: f64, wagon: Hours| -> Vec<Cell> {
        let hours = [train.mean_h, train.p50_h, train.p90_h, waits, wagon.mean_h, wagon.p50_h, wagon.p90_h];
        std::iter::once(name.into()).chain(hours.map(Into::into)).collect()
    };
    let mut rows: Vec<Vec<Cell>> = f
        .steps
        .iter()
        .map(|s| {
            let place = s.station_title.as_ref().map_or(String::new(), |name| format!("{name}: "));
            row(format!("{place}{}", s.title), s.train, s.waits_mean_h.train.sum(), s.wagon)
        })
        .collect();
    if f.trains > 0 {
        rows.push(row("at the border, all of it".into(), f.train, f.waiting_mean_h.train, f.wagon));
    }
    let hours = |key: &str, title: &str| Column::number(key, title, Unit::Number);
    Table {
        id: format!("dwell-{}-{}", f.route, if f.loaded { "loaded" } else { "empty" }),
        title: format!("{}: hours by activity", f.title),
        columns: vec![
            Column::text("step", "activity, its wait with it"),
            hours("train_mean_h", "train mean"),
            hours("train_p50_h", "P50"),
            hours("train_p90_h", "P90"),
            hours("train_waits_h", "waits"),
            hours("wagon_mean_h", "wagon mean"),
            hours("wagon_p50_h", "P50"),
            hours("wagon_p90_h", "P90"),
        ],
        rows,
        note: format!(
            "{}, {}; central run; a wagon counts as often as its train has wagons",
            Unit::Trains.count(f.trains),
            Unit::Wagons.count(f.wagons)
        ),
    }
}
