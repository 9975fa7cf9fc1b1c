//! A calibration in words and tables.

use super::{Calibrate, Means, Reading};
use yalu_number::{Cell, Column, Summary, Table, Unit, percent};

/// Width of 90 % of a posterior, as a share of the prior's, above which the months say nothing of a parameter.
const NOTHING_SAID: f64 = 0.8;

impl Calibrate {
    /// What the terminal shows: the months kept out of each fit, and the parameters of the headline.
    pub fn summary(&self) -> Summary {
        let mut tables: Vec<Table> = self.readings.iter().map(|r| self.held_table(r)).collect();
        let mut notes = Vec::new();
        if let Some(r) = self.readings.first() {
            tables.push(self.parameters_table(r));
            notes.extend(r.notes());
        }
        notes.push(
            "All other uncertain inputs of the folder are drawn from their own ranges. Months kept out of a fit were not \
             looked at before they were scored; errors in log10, 0.30 is a factor of two."
                .into(),
        );
        Summary {
            heading: format!("{}: the model of trade by day calibrated on {}", self.title, self.observed),
            facts: vec![
                ("months".into(), Unit::Number.count(self.months_used)),
                ("runs".into(), Unit::Number.count(self.runs as i64)),
                ("parameters".into(), format!("{} free", Unit::Number.count(self.parameters.len()))),
            ],
            tables,
            notes,
        }
    }

    /// How months kept out of the fit were met.
    fn held_table(&self, r: &Reading) -> Table {
        let row = |name: String, m: &Means| -> Vec<Cell> {
            vec![
                name.into(),
                m.rms_log10.into(),
                m.rms_log10_without_worst.into(),
                m.rms_log10_above_least.into(),
                m.inside90.into(),
                m.width90_log10.into(),
                m.crps_log10.into(),
                m.last_known_rms_log10.into(),
                m.neighbours_rms_log10.into(),
            ]
        };
        let halves = &r.held_out.halves;
        let mut rows = vec![row(format!("random halves, mean of {}", Unit::Number.count(halves.splits)), halves)];
        rows.extend(r.held_out.blocks.iter().map(|(year, m)| row(format!("whole {year}"), m)));
        if let Some(t) = &r.fit.above_small {
            let all = r.fit.above_least.as_ref().map(|t| t.rms_log10);
            rows.push(vec![
                "none: the fit itself".into(),
                t.rms_log10.into(),
                t.rms_log10_without_worst.into(),
                all.into(),
                t.inside90.into(),
                t.width90_log10.into(),
                t.crps_log10.into(),
                Cell::some(None),
                Cell::some(None),
            ]);
        }
        let number = |key: &str, title: &str| Column::number(key, title, Unit::Number).decimals(3);
        Table {
            id: format!("held-out-{}", r.dates),
            title: format!("Dates of regimes {}", r.dates_in_words()),
            columns: vec![
                Column::text("kept_out", "kept out of the fit"),
                number("rms_log10", "RMS"),
                number("rms_log10_without_worst", "without worst"),
                number("rms_log10_above_least", "all months"),
                Column::number("inside90", "in 90 %", Unit::Share),
                number("width90_log10", "width").decimals(2),
                number("crps_log10", "CRPS"),
                number("last_known_rms_log10", "last known"),
                number("neighbours_rms_log10", "neighbours"),
            ],
            rows,
            note: format!(
                "Months above {}; all months: those above {}. The neighbours see the future.",
                Unit::Musd.write(self.small_musd),
                Unit::Musd.write(self.least_musd)
            ),
        }
    }

    /// Parameters after the months, beside their priors.
    fn parameters_table(&self, r: &Reading) -> Table {
        let rows = r.posterior.iter().zip(&self.parameters).map(|(after, p)| -> Vec<Cell> {
            let bare = |x: f64| Unit::Number.write(x);
            vec![
                p.id.as_str().into(),
                after.p05.into(),
                after.p50.into(),
                after.p95.into(),
                p.unit.as_str().into(),
                format!("{} – {}", bare(p.low), bare(p.high)).into(),
                after.width_of_prior.into(),
            ]
        });
        Table {
            id: "parameters".into(),
            title: "Parameters after the months".into(),
            columns: vec![
                Column::text("id", "parameter"),
                Column::number("p05", "5 %", Unit::Number),
                Column::number("p50", "50 %", Unit::Number),
                Column::number("p95", "95 %", Unit::Number),
                Column::text("unit", "unit"),
                Column::text("prior", "prior"),
                Column::number("width_of_prior", "width", Unit::Number).decimals(2),
            ],
            rows: rows.collect(),
            note: "Width: 90 % of it as a share of the same of the prior. docs/calibration.md says what they mean."
                .into(),
        }
    }
}

impl Reading {
    fn dates_in_words(&self) -> &'static str {
        if self.dates == "widened" { "widened to their uncertainty" } else { "as given" }
    }

    fn notes(&self) -> Vec<String> {
        let mut out = vec![format!(
            "History matching leaves {} of the prior. Ranges are of accepted runs, dates of regimes {}.",
            percent(self.plausible_share),
            self.dates_in_words()
        )];
        let blind: Vec<&str> =
            self.posterior.iter().filter(|p| p.width_of_prior >= NOTHING_SAID).map(|p| p.id.as_str()).collect();
        if !blind.is_empty() {
            out.push(format!("The months say nothing of {}: as wide as before.", blind.join(", ")));
        }
        out.extend(self.not_told_apart.iter().map(|x| {
            let [a, b] = &x.ids;
            format!("Cannot be told apart: {a} and {b} (correlation {}).", Unit::Number.write(x.correlation))
        }));
        out
    }
}
