//! The sheet of a closure in tables.

use super::{Contingency, HoldingPlace, Length, WayRound};
use yalu_number::{Cell, Column, Run, Table, Unit};

impl Contingency {
    /// Ways round.
    pub fn ways_table(&self) -> Table {
        let row = |w: &WayRound| -> Vec<Cell> {
            vec![
                w.title.as_str().into(),
                w.state().into(),
                w.capacity_t_per_day.into(),
                w.left_t_per_day.into(),
                w.days.into(),
                w.usd_per_t.into(),
                w.takes_t.into(),
            ]
        };
        Table {
            id: "ways".into(),
            title: "Ways round".into(),
            columns: vec![
                Column::text("way", ""),
                Column::text("state", ""),
                Column::estimate("capacity_t_per_day", "can carry", Unit::TonnesPerDay),
                Column::estimate("left_t_per_day", "left", Unit::TonnesPerDay),
                Column::estimate("days", "takes", Unit::Days),
                Column::estimate("usd_per_t", "costs", Unit::UsdPerTonne),
                Column::estimate("takes_t", "gets", Unit::Tonnes),
            ],
            rows: self.ways.iter().map(row).collect(),
            note: "Can carry: each way, by the scenario’s trains, wagons, vehicles and regimes; the normal way as when it is \
                   open. Left: beside what goes by it anyway. Takes: order to release, without waiting. Gets: what goes by it \
                   instead of the normal way."
                .into(),
        }
    }

    /// The same with what limits the vehicles of each way.
    pub fn ways_with_limits(&self) -> Table {
        let mut table = self.ways_table();
        table.title = "Ways round, and what limits them".into();
        table.columns.push(Column::text("limits", "limits"));
        for (row, w) in table.rows.iter_mut().zip(&self.ways) {
            row.push(vec![Run::Small(w.limits.line(&w.mode))].into());
        }
        table.note.push_str(" Limits are listed, not simulated.");
        table
    }

    /// Where trains and goods can be held.
    pub fn places_table(&self) -> Table {
        let row = |p: &HoldingPlace| -> Vec<Cell> {
            let unit = if p.unit == "t" { Unit::Tonnes } else { Unit::Tracks };
            let full = p
                .full_after_days
                .map(|[low, high]| format!("{} – {}", Unit::Number.write(low), Unit::Days.write(high)));
            vec![p.name.as_str().into(), unit.range(p.holds).into(), full.into()]
        };
        Table {
            id: "places".into(),
            title: "Where trains and goods can be held".into(),
            columns: vec![
                Column::text("place", ""),
                Column::text("holds", "holds"),
                Column::text("full_after", "full after"),
            ],
            rows: self.places.iter().map(row).collect(),
            note: "Full after: by full trains of what would have crossed, all held there.".into(),
        }
    }

    /// Closures of several lengths beside a rule linear in days.
    pub fn lengths_table(&self) -> Table {
        let row = |l: &Length| -> Vec<Cell> {
            vec![
                l.days.into(),
                l.linear_rule_musd.into(),
                l.lost_musd.into(),
                l.delay_musd.into(),
                l.clear_days.into(),
                l.over_linear_from_shortest.into(),
                l.beyond_linear_musd.into(),
            ]
        };
        Table {
            id: "lengths".into(),
            title: "By length, and a rule linear in days".into(),
            columns: vec![
                Column::count("days", "days shut"),
                Column::number("linear_rule_musd", "rule", Unit::Musd),
                Column::estimate("lost_musd", "lost", Unit::Musd),
                Column::estimate("delay_musd", "delay", Unit::Musd),
                Column::estimate("clear_days", "clear after", Unit::Days),
                Column::number("over_linear_from_shortest", "over linear", Unit::Number),
                Column::estimate("beyond_linear_musd", "by", Unit::Musd),
            ],
            rows: self.lengths.iter().map(row).collect(),
            note: "Rule: trade a day times days shut. Over linear: loss and cost of delay over those of the shortest closure, \
                   grown by the days; by: minus those, run by run."
                .into(),
        }
    }
}
