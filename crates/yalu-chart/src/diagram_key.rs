//! The key of the time-distance diagram: the forms that occur, and the stamp.

use crate::svg::{Canvas, Ground, Words};
use crate::text::width_of;
use crate::time_distance::{TimeDistance, TrainKind};

/// Form of a block occupied by a train.
pub(crate) const OCCUPIED: usize = 8;
/// Form of a temporary speed restriction.
pub(crate) const SLOW: usize = 9;
/// Form of a train that waits outside.
pub(crate) const OUTSIDE: usize = 10;

impl TimeDistance {
    /// The key of the forms that occur; returns where the rim may begin.
    pub(crate) fn key(&self, canvas: &mut Canvas, top: f64, extra: &[(usize, &str)]) -> f64 {
        let mut at = 0.0;
        let mut y = top + 10.0;
        let kinds = [TrainKind::Loaded, TrainKind::Empty, TrainKind::Passenger, TrainKind::Domestic];
        let mut items: Vec<(usize, &str)> = Vec::new();
        for (i, kind) in kinds.iter().enumerate() {
            if self.trains.iter().any(|t| t.kind == *kind) {
                items.push((i, kind.word()));
            }
        }
        let more = [
            (4, !self.meets.is_empty(), "meet at a loop"),
            (5, !self.closed.is_empty(), "closed"),
            (6, self.dwells.iter().any(|d| d.assumed), "dwell, assumed"),
            (7, !self.observed.is_empty(), "observed time"),
        ];
        items.extend(more.iter().filter(|m| m.1).map(|m| (m.0, m.2)));
        items.extend(extra);
        let c = self.trains.iter().find(|t| t.kind == TrainKind::Loaded).map_or("var(--rail)", |t| t.colour.css());
        for (form, words) in items {
            let mark = if matches!(form, 4 | 7 | OUTSIDE) { 14.0 } else { 32.0 };
            let step = mark + 6.0 + width_of(words, 12.0, false) + 18.0;
            if at > 0.0 && at + step - 18.0 > canvas.width {
                at = 0.0;
                y += 19.0;
            }
            let (a, b) = ((at, y - 4.0), (at + mark, y - 4.0));
            match form {
                0 => canvas.line(a, b, &format!("stroke:{c};stroke-width:3")),
                1 => {
                    canvas.line(a, b, &format!("stroke:{c};stroke-width:4.2"));
                    canvas.line(a, b, "stroke:var(--paper);stroke-width:1.8");
                }
                2 => canvas.line(a, b, "stroke:var(--ink);stroke-width:1.3"),
                3 => canvas.line(a, b, "stroke:var(--ink2);stroke-width:1.3;stroke-dasharray:5 3"),
                4 => canvas.circle((at + 7.0, y - 4.0), 4.4, "fill:none;stroke:var(--ink);stroke-width:1.3"),
                5 => {
                    canvas.rect(at, y - 11.0, mark, 13.0, "fill:var(--susp-wash)");
                    canvas.fill(at, y - 11.0, mark, 13.0, Ground::Shut);
                    canvas.rect(at, y - 11.0, mark, 2.5, "fill:var(--susp)");
                }
                6 => canvas.rect(
                    at,
                    y - 11.0,
                    mark,
                    13.0,
                    &format!("fill:{c};fill-opacity:.17;stroke:{c};stroke-dasharray:3 2"),
                ),
                OCCUPIED => {
                    canvas.rect(at, y - 11.0, mark, 13.0, &format!("{};fill:{c};stroke:{c}", crate::working::BOX));
                }
                SLOW => canvas.fill(at, y - 11.0, mark, 13.0, Ground::Slow),
                OUTSIDE => {
                    canvas.path(&crate::working::flag((at + 12.0, y - 4.0)), "fill:var(--ink)");
                    canvas.line(
                        (at, y - 4.0),
                        (at + 8.0, y - 4.0),
                        "stroke:var(--ink);stroke-width:1.6;stroke-dasharray:2 2",
                    );
                }
                _ => canvas.circle((at + 7.0, y - 4.0), 5.2, "fill:var(--paper);stroke:var(--ink);stroke-width:2"),
            }
            canvas.text((at + mark + 6.0, y), Words::new(words).second());
            at += step;
        }
        if !self.stamp.is_empty() {
            let w = width_of(&self.stamp, 12.0, true) + 20.0;
            let edge = canvas.width.min(crate::WIDE);
            if at + w > edge {
                y += 26.0;
            }
            let left = (edge - w).max(0.0);
            canvas.rect(
                left + 0.5,
                y - 13.0,
                w - 1.0,
                18.0,
                "fill:none;stroke:var(--ink2);stroke-width:1.2;stroke-dasharray:4 3",
            );
            canvas.text((left + w / 2.0, y), Words::new(&self.stamp).bold().middle());
        }
        y + 18.0
    }
}
