//! A scoring in words and tables.

use super::{Score, ScoredMonth, Series, Sum};
use yalu_number::{Cell, Column, Summary, Table, Unit};

/// Runs below which there is no band to speak of.
const LEAST_RUNS: usize = 2;
/// What is taken out on average below this is not worth a remark, in the unit of the column.
const LEAST_TAKEN_OUT: f64 = 0.005;

impl Score {
    /// What the terminal shows.
    pub fn summary(&self) -> Summary {
        let bands = self.replications >= LEAST_RUNS;
        let mut notes: Vec<String> = self.series.iter().flat_map(Series::notes).collect();
        notes.push(if bands {
            "Bands are over replications.".into()
        } else {
            "One run has no band: --replications 20 gives them.".into()
        });
        notes.push("Errors in log10: 0.30 is a factor of two.".into());
        let tables = self.series.iter().flat_map(|s| [s.months_table(bands), s.together_table(bands), s.rules_table()]);
        Summary {
            heading: format!("{}: simulated beside {}", self.title, self.observed),
            facts: vec![
                ("model".into(), self.model.clone()),
                ("replications".into(), Unit::Number.count(self.replications)),
            ],
            tables: tables.filter(|t| !t.rows.is_empty()).collect(),
            notes,
        }
    }
}

impl Series {
    fn months_table(&self, bands: bool) -> Table {
        let band = |x: f64| if bands { x.into() } else { Cell::None(String::new()) };
        let row = |m: &ScoredMonth| -> Vec<Cell> {
            let place = match (m.inside50, m.inside90) {
                (true, _) => "in the 50 % band",
                (false, true) => "in the 90 % band",
                (false, false) => "outside",
            };
            vec![
                m.month.as_str().into(),
                m.observed.into(),
                m.middle.into(),
                band(m.band90[0]),
                band(m.band90[1]),
                m.error_log10.into(),
                if bands { place } else { "" }.into(),
            ]
        };
        let direction = if self.direction == "both" { "both directions" } else { &self.direction };
        Table {
            id: self.column.clone(),
            title: format!("{} ({direction}), {}", self.column, self.unit),
            columns: vec![
                Column::text("month", "month"),
                Column::number("observed", "reported", Unit::Number),
                Column::number("middle", "simulated", Unit::Number),
                Column::number("p05", "5 %", Unit::Number),
                Column::number("p95", "95 %", Unit::Number),
                Column::number("error_log10", "error", Unit::Number).decimals(2),
                Column::text("place", ""),
            ],
            rows: self.months.iter().map(row).collect(),
            note: String::new(),
        }
    }

    /// What some of its months are called.
    fn which(&self, sum: &Sum) -> String {
        sum.above
            .map_or_else(|| "all months".into(), |least| format!("above {} {}", Unit::Number.write(least), self.unit))
    }

    fn together_table(&self, bands: bool) -> Table {
        let band = |x: f64| if bands { x.into() } else { Cell::None(String::new()) };
        let row = |s: &Sum| -> Vec<Cell> {
            let t = &s.model;
            vec![
                self.which(s).into(),
                t.months.into(),
                t.rms_log10.into(),
                t.rms_log10_without_worst.into(),
                t.bias_log10.into(),
                band(t.inside50),
                band(t.inside90),
                band(t.width90_log10),
                band(t.crps_log10),
            ]
        };
        Table {
            id: format!("{}-together", self.column),
            title: format!("{}: errors together", self.column),
            columns: vec![
                Column::text("which", ""),
                Column::count("months", "months"),
                Column::number("rms_log10", "RMS", Unit::Number).decimals(3),
                Column::number("rms_log10_without_worst", "without worst", Unit::Number).decimals(3),
                Column::number("bias_log10", "bias", Unit::Number).decimals(2),
                Column::number("inside50", "in 50 %", Unit::Share),
                Column::number("inside90", "in 90 %", Unit::Share),
                Column::number("width90_log10", "width", Unit::Number).decimals(2),
                Column::number("crps_log10", "CRPS", Unit::Number).decimals(3),
            ],
            rows: self.together.iter().map(row).collect(),
            note: String::new(),
        }
    }

    fn rules_table(&self) -> Table {
        let rows = self.together.iter().flat_map(|s| {
            let rule = |b: &super::BaselineScore| -> Vec<Cell> {
                vec![
                    b.baseline.as_str().into(),
                    self.which(s).into(),
                    b.months.into(),
                    b.rms_log10.into(),
                    b.model_rms_log10.into(),
                ]
            };
            s.baselines.iter().map(rule).collect::<Vec<_>>()
        });
        Table {
            id: format!("{}-rules", self.column),
            title: format!("{}: rules without a model", self.column),
            columns: vec![
                Column::text("rule", ""),
                Column::text("which", ""),
                Column::count("months", "months"),
                Column::number("rms_log10", "RMS", Unit::Number).decimals(3),
                Column::number("model_rms_log10", "the model’s", Unit::Number).decimals(3),
            ],
            rows: rows.collect(),
            note: String::new(),
        }
    }

    fn notes(&self) -> Vec<String> {
        let mut out = Vec::new();
        let without = self.months.iter().map(|m| m.taken_out).sum::<f64>() / self.months.len().max(1) as f64;
        if without > LEAST_TAKEN_OUT {
            out.push(format!(
                "{}: {} {} a month on average taken out, which no vehicle carries",
                self.column,
                Unit::Number.write(without),
                self.unit
            ));
        }
        let mut reasons: Vec<&str> = self.left_out.iter().map(|x| x.why.as_str()).collect();
        reasons.sort_unstable();
        reasons.dedup();
        for why in reasons {
            let months: Vec<&str> = self.left_out.iter().filter(|x| x.why == why).map(|x| x.month.as_str()).collect();
            out.push(format!("{}: {why} ({})", self.column, months.join(", ")));
        }
        out
    }
}
