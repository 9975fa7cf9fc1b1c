//! Tables of a line.

use super::{Capacity, LineCapacity, Section, Working};
use yalu_number::{Cell, Column, Table, Unit};

/// New loops shown at most.
const LOOPS_SHOWN: usize = 5;
/// Gain of a new loop under which it is not shown, pairs a day.
const LEAST_GAIN: f64 = 0.005;

fn number(key: &str, title: &str) -> Column {
    Column::number(key, title, Unit::Number)
}

fn yes(is: bool) -> Cell {
    if is { "yes" } else { "no" }.into()
}

impl LineCapacity {
    /// All tables, in order.
    pub fn tables(&self) -> Vec<Table> {
        let mut out = vec![self.cycles(), self.trains(), self.platoons()];
        out.extend(self.windows());
        out.extend(self.new_loops());
        out.extend(self.loops_too_short());
        out.push(self.volumes());
        out
    }

    fn cycles(&self) -> Table {
        let row = |s: &Section| {
            let mut row = vec![s.marked()];
            match &s.working {
                Working::Single { cycles_s, scheme, cycle_s, .. } => {
                    row.extend(cycles_s.all().map(Cell::from));
                    row.extend([(*cycle_s).into(), scheme.replace('_', " ").into()]);
                }
                Working::Double { out_per_day, back_per_day, .. } => {
                    row.extend([None; 4].map(|x: Option<f64>| Cell::from(x)));
                    let slower = out_per_day.min(*back_per_day);
                    let open_s = 86_400.0 - s.closed_s_per_day;
                    row.extend([(slower > 0.0).then(|| open_s / slower).into(), "two tracks: headway".into()]);
                }
            }
            row
        };
        Table {
            id: "cycles".into(),
            title: "Cycle of a pair by section, s: four ways of clearing it".into(),
            columns: vec![
                Column::text("section", ""),
                number("entering_pass_s", "entering pass"),
                number("leaving_pass_s", "leaving pass"),
                number("out_passes_s", "out passes"),
                number("back_passes_s", "back passes"),
                number("chosen_s", "chosen"),
                Column::text("scheme", "by"),
            ],
            rows: self.sections.iter().map(row).collect(),
            note:
                "entering pass: both trains pass as they enter the section and stop as they leave it; the smallest is \
                   chosen; at its ends the line's trains always start or stop"
                    .into(),
        }
    }

    fn trains(&self) -> Table {
        let row = |s: &Section| {
            let alone = s.alone.as_ref();
            let stands = alone.map(|a| match a.closed_form_worked.words() {
                w if w.is_empty() || matches!(s.working, Working::Double { .. }) => a.agreement(),
                w => format!("{}, {w}", a.agreement()),
            });
            vec![
                s.marked(),
                s.bound.pairs_per_day.into(),
                s.bound.trains_per_day.into(),
                s.scott_trains_per_day.into(),
                s.occupancy.into(),
                (s.bound.net_t_out_per_day + s.bound.net_t_back_per_day).into(),
                s.bound.net_mt_per_year.into(),
                alone.map(|a| a.closed_form_trains_per_day).into(),
                alone.map(|a| a.simulated.trains_per_day).into(),
                stands.into(),
            ]
        };
        Table {
            id: "trains".into(),
            title: "Trains and tonnes a day by section".into(),
            columns: vec![
                Column::text("section", ""),
                number("pairs_per_day", "pairs"),
                number("trains_per_day", "trains"),
                number("scott_trains_per_day", "Scott"),
                Column::number("occupancy", "used", Unit::Share),
                number("net_t_per_day", "net t"),
                number("net_mt_per_year", "Mt/yr"),
                number("alone_trains_per_day", "alone"),
                number("simulated_trains_per_day", "simulated"),
                Column::text("agreement", ""),
            ],
            rows: self.sections.iter().map(row).collect(),
            note: "trains, Scott, alone, simulated: both ways; used: occupancy by today's trains; alone: closed form of the \
                   section as a line of its own, where each train starts and stops, and that line simulated full"
                .into(),
        }
    }

    fn platoons(&self) -> Table {
        let row = |p: &super::LinePlatoon| {
            vec![
                p.trains_each_way.into(),
                p.pairs_per_day.into(),
                p.trains_per_day.into(),
                p.binding.as_str().into(),
                yes(p.stations_hold),
            ]
        };
        Table {
            id: "platoons".into(),
            title: "Platoons on the whole line".into(),
            columns: vec![
                Column::count("trains_each_way", "each way"),
                number("pairs_per_day", "pairs"),
                number("trains_per_day", "trains"),
                Column::text("binding", "binds"),
                Column::text("stations_hold", "stations hold them"),
            ],
            rows: self.platoons.iter().map(row).collect(),
            note: "a station holds k trains with k tracks for them and one more".into(),
        }
    }

    fn windows(&self) -> Vec<Table> {
        let row = |p: &super::Window| {
            vec![
                (p.window_s / 3600.0).into(),
                p.trains_out.into(),
                p.trains_back.into(),
                p.trains_per_day.into(),
                p.pairs_per_day.into(),
                p.clearing_share.into(),
                ((p.wait_out_s + p.wait_back_s) / 120.0).into(),
            ]
        };
        let table = |(i, w): (usize, &super::Windows)| Table {
            id: format!("windows-{}", i + 1),
            title: format!("Directional windows, {}", w.section),
            columns: vec![
                Column::number("window_h", "window", Unit::Hours),
                Column::count("trains_out", "trains in it out"),
                Column::count("trains_back", "back"),
                number("trains_per_day", "trains a day both ways"),
                number("pairs_per_day", "pairs"),
                Column::number("clearing_share", "lost to clearing", Unit::Share),
                Column::number("mean_wait_min", "mean wait", Unit::Minutes),
            ],
            rows: w.plans.iter().map(row).collect(),
            note: "equal windows in turns all day; wait: of a train that comes at any time, for its next window alone"
                .into(),
        };
        self.windows.iter().enumerate().map(table).collect()
    }

    fn new_loops(&self) -> Option<Table> {
        let mut loops: Vec<_> = self.one_more_loop.iter().filter(|l| l.gain_pairs_per_day > LEAST_GAIN).collect();
        loops.sort_by(|a, b| b.gain_pairs_per_day.total_cmp(&a.gain_pairs_per_day));
        let row = |l: &&super::NewLoop| {
            vec![
                l.section.as_str().into(),
                l.km.into(),
                l.section_pairs_per_day_now.into(),
                l.section_pairs_per_day.into(),
                l.line_pairs_per_day.into(),
                l.gain_pairs_per_day.into(),
            ]
        };
        (!loops.is_empty()).then(|| Table {
            id: "new-loops".into(),
            title: "What one more loop is worth, pairs a day".into(),
            columns: vec![
                Column::text("section", "in"),
                number("km", "km from its first station"),
                number("section_now", "section now"),
                number("section_with", "section with it"),
                number("line_with", "line with it"),
                number("gain", "line gains"),
            ],
            rows: loops.iter().take(LOOPS_SHOWN).map(row).collect(),
            note: "at the best place; the line gains only until the next section binds".into(),
        })
    }

    fn loops_too_short(&self) -> Option<Table> {
        let row = |s: &super::ShortLoop| {
            vec![s.name.as_str().into(), s.meets_up_to_m.into(), yes(s.merges), s.gain_pairs_per_day.into()]
        };
        (!self.short_loops.is_empty()).then(|| Table {
            id: "short-loops".into(),
            title: format!("Stations where two trains of {} cannot meet", Unit::Metres.write(self.train_length_m)),
            columns: vec![
                Column::text("station", ""),
                Column::number("meets_up_to_m", "meets up to", Unit::Metres),
                Column::text("merges", "makes its sections one"),
                number("gain_pairs_per_day", "pairs a day gained if longer"),
            ],
            rows: self.short_loops.iter().map(row).collect(),
            note: "beside double track trains meet without a loop".into(),
        })
    }

    fn volumes(&self) -> Table {
        let row = |v: &super::Volume| {
            let delay = |s: Option<f64>| Cell::from(s.filter(|_| v.carried).map(|s| s / 60.0));
            vec![
                v.share.into(),
                (2.0 * v.line.asked_per_day_each_way).into(),
                v.line.arrived_out_per_day.into(),
                v.line.arrived_back_per_day.into(),
                delay(v.line.delay_mean_s),
                delay(v.line.delay_p50_s),
                delay(v.line.delay_p90_s),
                if v.carried { "" } else { "not carried: delay grows" }.into(),
            ]
        };
        Table {
            id: "volumes".into(),
            title: "Delay over volume, minutes a train".into(),
            columns: vec![
                Column::number("share", "of the bound", Unit::Share),
                number("trains_per_day", "trains a day"),
                number("arrived_out_per_day", "arrived out"),
                number("arrived_back_per_day", "arrived back"),
                number("delay_mean_min", "mean"),
                number("delay_p50_min", "P50"),
                number("delay_p90_min", "P90"),
                Column::text("carried", ""),
            ],
            rows: self.delay_volume.volumes.iter().map(row).collect(),
            note: "reference trains alone, ready at any moment of even intervals; delay against a run that nothing hinders; \
                   up to the first volume the line does not carry"
                .into(),
        }
    }
}

impl Section {
    /// Its name, marked where it binds.
    fn marked(&self) -> Cell {
        if self.binding { format!("{} ← binds", self.name) } else { self.name.clone() }.into()
    }
}

impl Capacity {
    /// Sections of each line, in data.
    pub fn sections(&self) -> Table {
        let fixed = |key: &str| number(key, key).decimals(3);
        let row = |line: &LineCapacity, s: &Section| {
            let mut row: Vec<Cell> = vec![line.service.as_str().into(), s.name.as_str().into()];
            match &s.working {
                Working::Single { tracks, cycles_s, scheme, cycle_s, .. } => {
                    row.extend([u32::from(*tracks).into(), s.binding.to_string().into()]);
                    row.extend(cycles_s.all().map(Cell::from));
                    row.extend([(*scheme).into(), (*cycle_s).into()]);
                }
                Working::Double { tracks, .. } => {
                    row.extend([u32::from(*tracks).into(), s.binding.to_string().into()]);
                    row.extend([None; 6].map(|x: Option<f64>| Cell::from(x)));
                }
            }
            let figures = [
                s.closed_s_per_day,
                s.bound.pairs_per_day,
                s.bound.trains_per_day,
                s.planned.trains_per_day,
                2.0 * s.left_pairs_per_day,
                s.scott_trains_per_day,
                s.occupancy,
                s.bound.net_t_out_per_day,
                s.bound.net_t_back_per_day,
                s.bound.net_mt_per_year,
            ];
            row.extend(figures.map(Cell::from));
            let alone = s.alone.as_ref();
            row.push(alone.map(|a| a.closed_form_trains_per_day).into());
            row.push(alone.map(|a| a.simulated.trains_per_day).into());
            row
        };
        let mut columns = vec![
            Column::text("service", "service"),
            Column::text("section", "section"),
            Column::count("tracks", "tracks"),
            Column::text("binding", "binding"),
        ];
        columns.extend(
            ["cycle_entering_pass_s", "cycle_leaving_pass_s", "cycle_out_passes_s", "cycle_back_passes_s"].map(fixed),
        );
        columns.push(Column::text("scheme", "scheme"));
        columns.extend(
            [
                "cycle_s",
                "closed_s_per_day",
                "pairs_per_day",
                "trains_per_day_both_ways",
                "planned_trains_per_day_both_ways",
                "left_trains_per_day_both_ways",
                "scott_trains_per_day_both_ways",
                "occupancy_today",
                "net_t_out_per_day",
                "net_t_back_per_day",
                "net_mt_per_year",
                "alone_closed_form_trains_per_day",
                "alone_simulated_trains_per_day",
            ]
            .map(fixed),
        );
        Table {
            id: "sections".into(),
            title: "Sections of line".into(),
            columns,
            rows: self.lines.iter().flat_map(|l| l.sections.iter().map(move |s| row(l, s))).collect(),
            note: String::new(),
        }
    }
}
