//! Bars by row: a name, a length on either side of nothing, and its words.

use crate::Chart;
use crate::parts::{Caption, Colour, foot, head, missing, sane_small, titled};
use crate::scale::Scale;
use crate::svg::{Canvas, Words};
use crate::text::{Data, datum, fitted, width_of};

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Name.
    pub name: String,
    /// Length of the bar in the chart's unit.
    pub value: f64,
    /// The value in words, set at the end of the row.
    pub text: String,
    /// Whether the row is the finding: bold, in main ink.
    pub main: bool,
}

/// Bars by row in one unit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bars {
    /// Words around the chart.
    pub caption: Caption,
    /// Unit, for the data.
    pub unit: String,
    /// What a full bar stands for, where that is more than the largest value: the number of all runs.
    pub full: f64,
    /// Rows, the largest first where that makes sense.
    pub rows: Vec<Bar>,
}

const NAME: &str = "Bars";
const ROW: f64 = 21.0;
/// Beside words rows stand closer.
const ROW_BESIDE: f64 = 18.0;

impl Bars {
    fn sound(&self) -> impl Iterator<Item = &Bar> {
        self.rows.iter().filter(|r| r.value.is_finite())
    }
}

impl Chart for Bars {
    fn svg_at(&self, width: f64) -> String {
        if self.sound().next().is_none() {
            return missing(width, &self.caption, NAME, &self.summary());
        }
        let mut canvas = Canvas::new(sane_small(width), &format!("{NAME}{:?}{:?}", self.caption, self.rows));
        let top = head(&mut canvas, &self.caption);
        let widest = |of: fn(&Bar) -> &str| self.sound().map(|r| width_of(of(r), 12.0, true)).fold(0.0, f64::max);
        let row = if canvas.beside() { ROW_BESIDE } else { ROW };
        let names = widest(|r| &r.name).min(canvas.width * 0.6);
        let texts = widest(|r| &r.text).min(canvas.width * 0.3);
        let low = self.sound().map(|r| r.value).fold(0.0, f64::min);
        let high = self.sound().map(|r| r.value).fold(self.full.max(0.0), f64::max);
        let x = Scale::new(low, high.max(low + 1e-9), names + 12.0, canvas.width - texts - 10.0);
        for (i, r) in self.sound().enumerate() {
            let y = top + row * i as f64;
            let name = fitted(&r.name, 12.0, r.main, names);
            let (name, text) = (Words::new(&name), Words::new(&r.text).end());
            canvas.text((0.0, y + 15.0), if r.main { name.bold() } else { name.second() });
            canvas.text((canvas.width, y + 15.0), if r.main { text.bold() } else { text.second() });
            if self.full > 0.0 {
                canvas.rect(x.at(0.0), y + 5.0, x.at(self.full) - x.at(0.0), 12.0, "fill:var(--sunk)");
            }
            let (a, b) = (x.at(r.value.min(0.0)), x.at(r.value.max(0.0)));
            let colour = if r.main { Colour::Rail } else { Colour::Grey };
            canvas.rect(a, y + 5.0, (b - a).max(1.5), 12.0, &format!("fill:{}", colour.css()));
        }
        let bottom = top + row * self.sound().count() as f64;
        canvas.line((x.at(0.0), top), (x.at(0.0), bottom), "stroke:var(--ink3);stroke-width:1");
        let end = foot(&mut canvas, &self.caption, bottom);
        canvas.finish(end + 4.0, titled(&self.caption, NAME), &self.summary())
    }

    fn data(&self) -> Data {
        let mut data = Data::new(&["name", "value", "unit", "text"]);
        for r in self.sound() {
            data.row([r.name.clone(), datum(r.value), self.unit.clone(), r.text.clone()]);
        }
        data
    }

    fn summary(&self) -> String {
        let said: Vec<String> = self.sound().map(|r| format!("{}: {}", r.name, r.text)).collect();
        if said.is_empty() { "Not yet answered: no value is given.".into() } else { format!("{}.", said.join("; ")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_stand_on_both_sides_of_nothing() {
        let bar =
            |name: &str, value: f64| Bar { name: name.into(), value, text: format!("{value}"), main: value > 0.0 };
        let rows = vec![bar("for", 5.0), bar("against", -0.4), bar("unknown", f64::NAN)];
        let x = Bars { unit: "bits".into(), rows, ..Bars::default() };
        assert_eq!(x.summary(), "for: 5; against: -0.4.");
        assert_eq!(x.csv().lines().count(), 3);
        assert!(!x.svg().contains("NaN") && x.svg_at(crate::BESIDE).contains(">against<"));
        assert!(Bars::default().svg().contains("no value is given"));
    }
}
