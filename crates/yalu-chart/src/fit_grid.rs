//! Values tried against counts: a cell for each, darker where more runs make all counts true.

use crate::Chart;
use crate::parts::{Caption, foot, head, missing, sane, titled};
use crate::svg::{Canvas, Ground, Words};
use crate::text::{Data, datum, fitted, fixed};

/// How one combination of values came out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FitCell {
    /// Share of runs in which all counts are true.
    pub share: f64,
    /// The central run’s counts.
    pub words: String,
}

/// A grid of values tried.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FitGrid {
    /// Words around the chart.
    pub caption: Caption,
    /// Name of what goes across.
    pub across: String,
    /// Values across.
    pub columns: Vec<String>,
    /// Rows with their names; a cell that was not tried is `None`.
    pub rows: Vec<(String, Vec<Option<FitCell>>)>,
}

const NAME: &str = "Values tried against counts";

impl Chart for FitGrid {
    fn svg_at(&self, width: f64) -> String {
        if self.rows.is_empty() || self.columns.is_empty() {
            return missing(width, &self.caption, NAME, &self.summary());
        }
        let mut canvas = Canvas::new(sane(width), &format!("{NAME}{:?}{:?}", self.caption, self.rows));
        let small = canvas.narrow();
        let top = head(&mut canvas, &self.caption) + 40.0;
        let left = if small { 8.0 } else { (canvas.width * 0.3).clamp(160.0, 340.0) };
        let step = (canvas.width - left - 4.0) / self.columns.len() as f64;
        let h = if small { 44.0 } else { 30.0 };
        canvas.text((left, top - 24.0), Words::new(&self.across).small().second());
        for (i, c) in self.columns.iter().enumerate() {
            let at = left + step * (i as f64 + 0.5);
            canvas.text((at, top - 7.0), Words::new(&fitted(c, 12.0, true, step)).bold().middle());
        }
        for (r, (name, cells)) in self.rows.iter().enumerate() {
            let y = top + h * r as f64;
            if small {
                canvas.text((8.0, y + 12.0), Words::new(&fitted(name, 11.0, false, canvas.width - 8.0)).small().halo());
            } else {
                canvas.text((left - 10.0, y + 19.0), Words::new(&fitted(name, 12.0, false, left - 14.0)).end());
            }
            let (y, cell_h) = if small { (y + 17.0, h - 20.0) } else { (y + 1.0, h - 2.0) };
            for (i, cell) in cells.iter().take(self.columns.len()).enumerate() {
                let x = left + step * i as f64 + 1.0;
                let Some(cell) = cell else {
                    canvas.fill(x, y, step - 2.0, cell_h, Ground::Waiting);
                    continue;
                };
                let share = if cell.share.is_finite() { cell.share.clamp(0.0, 1.0) } else { 0.0 };
                let percent = format!("{}\u{2009}%", fixed(share * 100.0, 0));
                canvas.open(&format!("{name}, {}: {percent} of runs; {}", self.columns[i], cell.words));
                canvas.rect(x, y, step - 2.0, cell_h, "fill:var(--sunk)");
                if share > 0.0 {
                    let strength = 0.15 + 0.5 * share;
                    canvas.rect(x, y, step - 2.0, cell_h, &format!("fill:var(--rail);fill-opacity:{strength:.2}"));
                }
                let words = format!("{percent} · {}", cell.words);
                let words = fitted(&words, 11.0, share > 0.0, step - 8.0);
                let set = Words::new(&words).small().middle();
                let at = (x + step / 2.0 - 1.0, y + cell_h / 2.0 + 4.0);
                canvas.text(at, if share > 0.0 { set.bold().halo() } else { set.second() });
                canvas.close();
            }
        }
        let end = foot(&mut canvas, &self.caption, top + h * self.rows.len() as f64 + 6.0);
        canvas.finish(end + 2.0, titled(&self.caption, NAME), &self.summary())
    }

    fn data(&self) -> Data {
        let mut data = Data::new(&["row", "column", "share_all_true", "counts"]);
        for (name, cells) in &self.rows {
            for (column, cell) in self.columns.iter().zip(cells) {
                let Some(cell) = cell else { continue };
                data.row([name.clone(), column.clone(), datum(cell.share), cell.words.clone()]);
            }
        }
        data
    }

    fn summary(&self) -> String {
        let all = || self.rows.iter().flat_map(|r| r.1.iter().flatten());
        let some = all().filter(|c| c.share > 0.0).count();
        format!("{} values tried; all counts are true in some run for {some} of them.", all().count())
    }
}
