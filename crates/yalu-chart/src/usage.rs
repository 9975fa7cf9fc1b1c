//! Use of staff and plant: by open hour, with the misleading figure by the clock beside it, and by hour of the day.

use crate::Chart;
use crate::parts::{Caption, Colour, foot, head, missing, sane, titled};
use crate::scale::Scale;
use crate::svg::{Canvas, Ground, Words};
use crate::text::{Data, datum, fitted, fixed};

/// A resource and how far it is used.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UseRow {
    /// Name, such as `customs, 2 teams`.
    pub name: String,
    /// Station.
    pub place: String,
    /// Share of open hours in use.
    pub open: f64,
    /// Share of all hours in use.
    pub clock: f64,
    /// Share of its open time in use by hour of the day; `None` where closed.
    pub hours: Vec<Option<f64>>,
    /// Whether it makes wagons wait most.
    pub binds: bool,
    /// What it made wagons wait, in words; may be empty.
    pub waits: String,
}

/// Use of staff and plant.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UseBars {
    /// Words around the chart.
    pub caption: Caption,
    /// Colour of bars.
    pub colour: Colour,
    /// Resources, station by station.
    pub rows: Vec<UseRow>,
}

const NAME: &str = "Use of staff and plant by open hour";

fn percent(share: f64) -> String {
    format!("{}\u{2009}%", fixed(share * 100.0, 0))
}

impl UseBars {
    fn draw(&self, canvas: &mut Canvas, x: &Scale, cells: Option<(f64, f64)>, row: &UseRow, y: f64) {
        let small = canvas.narrow();
        let c = self.colour.css();
        let bar = if small { y + 22.0 } else { y + 8.0 };
        if row.binds {
            canvas.rect(0.0, y + 2.0, 3.0, if small { 42.0 } else { 34.0 }, "fill:var(--ink)");
        }
        let name = if row.binds { format!("{}, waited for most", row.name) } else { row.name.clone() };
        if small {
            let words = format!("{name} · {}", row.place);
            canvas.text((8.0, y + 14.0), Words::new(&fitted(&words, 12.0, row.binds, canvas.width - 8.0)).halo());
        } else {
            let set = fitted(&name, 12.0, row.binds, x.p0 - 22.0);
            let words = Words::new(&set);
            canvas.text((8.0, y + 16.0), if row.binds { words.bold() } else { words });
            canvas.text((8.0, y + 31.0), Words::new(&row.place).small().second());
        }
        canvas.open(&format!("{}: {} of open hours, {} of all hours", row.name, percent(row.open), percent(row.clock)));
        canvas.rect(x.p0, bar, x.held(row.open) - x.p0, 10.0, &format!("fill:{c}"));
        canvas.rect(
            x.p0 + 0.5,
            bar + 13.0,
            (x.held(row.clock) - x.p0 - 1.0).max(0.5),
            6.0,
            "fill:none;stroke:var(--ink3);stroke-width:1;stroke-dasharray:3 2",
        );
        canvas.close();
        canvas.text((x.held(row.open) + 6.0, bar + 9.5), Words::new(&percent(row.open)).bold().halo());
        canvas.text((x.held(row.clock) + 6.0, bar + 23.0), Words::new(&percent(row.clock)).small().second().halo());
        let Some((left, right)) = cells else { return };
        let w = (right - left) / 24.0;
        for (i, h) in row.hours.iter().take(24).enumerate() {
            let p = left + w * i as f64;
            if let Some(share) = h {
                canvas.open(&format!("{i:02} to {:02}: {}", i + 1, percent(*share)));
                canvas.rect(p + 0.5, y + 8.0, w - 1.0, 19.0, "fill:var(--sunk)");
                let top = 19.0 * share.clamp(0.0, 1.0);
                canvas.rect(p + 0.5, y + 27.0 - top, w - 1.0, top, &format!("fill:{c};fill-opacity:.7"));
                canvas.close();
            } else {
                canvas.rect(p, y + 8.0, w, 19.0, "fill:var(--susp-wash)");
                canvas.fill(p, y + 8.0, w, 19.0, Ground::Shut);
                canvas.rect(p, y + 8.0, w, 2.0, "fill:var(--susp)");
            }
        }
    }
}

impl Chart for UseBars {
    fn svg_at(&self, width: f64) -> String {
        if self.rows.is_empty() {
            return missing(width, &self.caption, NAME, &self.summary());
        }
        let mut canvas = Canvas::new(sane(width), &format!("{NAME}{:?}{:?}", self.caption, self.rows));
        let small = canvas.narrow();
        let top = head(&mut canvas, &self.caption) + 16.0;
        let (left, right) =
            if small { (8.0, canvas.width - 46.0) } else { (210.0, 210.0 + (canvas.width - 260.0) * 0.46) };
        let cells = (!small).then_some((right + 84.0, canvas.width - 4.0));
        let x = Scale::new(0.0, 1.0, left, right);
        let row_h = if small { 52.0 } else { 42.0 };
        let bottom = top + row_h * self.rows.len() as f64;
        for i in 0..=4 {
            let v = f64::from(i) * 0.25;
            let line = if i == 0 { "stroke:var(--ink3);stroke-width:1" } else { "stroke:var(--rule2);stroke-width:1" };
            canvas.line((x.at(v), top), (x.at(v), bottom), line);
            let words = if i == 4 { "100\u{2009}%".to_string() } else { (i * 25).to_string() };
            canvas.text((x.at(v), bottom + 17.0), Words::new(&words).second().middle());
        }
        if let Some((l, r)) = cells {
            canvas.text((l, top - 6.0), Words::new("share in use by hour of the border’s day").small().second());
            let w = (r - l) / 24.0;
            for h in [0, 6, 12, 18, 24] {
                let words = format!("{h:02}");
                let set = Words::new(&words).small().second();
                let at = (l + w * f64::from(h), bottom + 17.0);
                canvas.text(at, if h == 24 { set.end() } else { set.middle() });
            }
        }
        for (i, row) in self.rows.iter().enumerate() {
            self.draw(&mut canvas, &x, cells, row, top + row_h * i as f64);
        }
        let words = "bar: share of open hours in use; dashed: the same over all hours of the clock, which makes a closed night look like room";
        let mut end = bottom + 22.0;
        for line in crate::text::wrap(words, 12.0, false, canvas.width) {
            end += 16.0;
            canvas.text((0.0, end), Words::new(&line).second());
        }
        let end = foot(&mut canvas, &self.caption, end + 2.0);
        canvas.finish(end + 2.0, titled(&self.caption, NAME), &self.summary())
    }

    fn data(&self) -> Data {
        let mut head: Vec<String> =
            ["station", "resource", "by_open_hour", "by_clock_hour", "binds", "waits"].map(String::from).to_vec();
        head.extend((0..24).map(|h| format!("hour_{h:02}")));
        let mut data = Data::new(&head.iter().map(String::as_str).collect::<Vec<_>>());
        for r in &self.rows {
            let mut row = vec![r.place.clone(), r.name.clone(), datum(r.open), datum(r.clock)];
            row.extend([r.binds.to_string(), r.waits.clone()]);
            row.extend((0..24).map(|h| r.hours.get(h).copied().flatten().map_or_else(String::new, datum)));
            data.row(row);
        }
        data
    }

    fn summary(&self) -> String {
        let Some(most) = self.rows.iter().max_by(|a, b| a.open.total_cmp(&b.open)) else {
            return "Not yet answered: no staff or plant is given.".into();
        };
        format!(
            "Most used by open hour: {}, {}, {} ({} of all hours).",
            most.name,
            most.place,
            percent(most.open),
            percent(most.clock)
        )
    }
}
