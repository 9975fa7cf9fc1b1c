//! The marks of reports, stacked where they stand close.

use crate::scale::Scale;
use crate::strips::{ReportMark, Says};
use crate::svg::{Canvas, px};

/// Height from one stacked mark to the next.
pub(crate) const STEP: f64 = 8.5;
const MOST: usize = 7;

/// Places marks so that near ones stand on each other: pixel and level of each, and the levels used.
pub(crate) fn stacked(x: &Scale, reports: &[&ReportMark]) -> (Vec<(f64, usize)>, usize) {
    let mut ends = [f64::MIN; MOST];
    let mut out = Vec::new();
    let mut used = 0;
    for r in reports {
        let p = x.held(f64::from(r.day) + 0.5);
        let level = ends.iter().position(|e| p - e >= 8.0).unwrap_or(MOST - 1);
        if let Some(e) = ends.get_mut(level) {
            *e = p;
        }
        used = used.max(level + 1);
        out.push((p, level));
    }
    (out, used)
}

/// One mark in the form of what a report says.
pub(crate) fn mark(canvas: &mut Canvas, says: Says, firm: bool, x: f64, y: f64) {
    let (colour, up) = if says == Says::Shut { ("var(--susp)", -1.0) } else { ("var(--ink)", 1.0) };
    match says {
        Says::Runs | Says::Shut => {
            let d = format!("M{} {}l4 {}h-8Z", px(x), px(y - 3.6 * up), px(7.2 * up));
            let style = if firm {
                format!("fill:{colour}")
            } else {
                format!("fill:var(--paper);stroke:{colour};stroke-width:1.3")
            };
            canvas.path(&d, &style);
        }
        Says::Planned => canvas.circle((x, y), 3.2, "fill:var(--paper);stroke:var(--ink2);stroke-width:1.3"),
        Says::Unconfirmed => canvas.path(
            &format!("M{} {}l5.6 5.6m0 -5.6l-5.6 5.6", px(x - 2.8), px(y - 2.8)),
            "fill:none;stroke:var(--ink2);stroke-width:1.4",
        ),
    }
}
