//! Names of stations along the top of a chart: level where they fit, else turned and thinned.

use crate::scale::Scale;
use crate::svg::{Canvas, Words};
use crate::text::{fitted, width_of};

/// A named place on a horizontal scale.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rail<'a> {
    pub(crate) value: f64,
    pub(crate) name: &'a str,
    /// Whether it is named before others.
    pub(crate) strong: bool,
}

/// Longest name that is set in full, px.
const LONGEST: f64 = 112.0;
/// Turn of names that do not fit level, degrees.
const TURN: f64 = 52.0;
/// Least distance between turned names, px.
const APART: f64 = 15.5;

/// Room left of the names for the unit of the axis below, px.
const UNIT: f64 = 36.0;

/// Which of the places are named, turned: ends first, then strong ones, then what is left, all apart.
fn chosen(x: &Scale, names: &[Rail<'_>]) -> Vec<usize> {
    let mut order: Vec<usize> =
        (0..names.len()).filter(|i| names.get(*i).is_some_and(|n| n.value.is_finite())).collect();
    let last = names.len().saturating_sub(1);
    order.sort_by_key(|i| (*i != 0 && *i != last, !names.get(*i).is_some_and(|n| n.strong), *i));
    let mut taken: Vec<f64> = Vec::new();
    let mut out = Vec::new();
    for i in order {
        let p = names.get(i).map_or(0.0, |n| x.held(n.value));
        if taken.iter().all(|t| (t - p).abs() >= APART) {
            taken.push(p);
            out.push(i);
        }
    }
    out
}

/// Draws the names over a plot from a height down; returns where the plot may begin.
pub(crate) fn draw_names(canvas: &mut Canvas, x: &Scale, names: &[Rail<'_>], top: f64) -> f64 {
    if names.is_empty() {
        return top + 16.0;
    }
    let wide = |name: &str, bold: bool| width_of(&fitted(name, 11.0, bold, LONGEST), 11.0, bold);
    let mut end = f64::MIN;
    let mut level = true;
    for n in names {
        let w = wide(n.name, n.strong) + 8.0;
        let p = x.held(n.value);
        let start = (p - w / 2.0).max(UNIT).min(canvas.width - w);
        level &= start >= end;
        end = start + w;
    }
    let set = |n: &Rail<'_>| fitted(n.name, 11.0, n.strong, LONGEST).into_owned();
    if level {
        for n in names {
            let w = wide(n.name, n.strong);
            let p = x.held(n.value).max(w / 2.0 + UNIT).min(canvas.width - w / 2.0);
            let name = set(n);
            let words = Words::new(&name).small().middle();
            canvas.text((p, top + 12.0), if n.strong { words.bold() } else { words.second() });
        }
        return top + 20.0;
    }
    let list = chosen(x, names);
    let turn = TURN.to_radians();
    let longest = list.iter().filter_map(|i| names.get(*i)).map(|n| wide(n.name, n.strong)).fold(0.0, f64::max);
    let base = top + longest * turn.sin() + 8.0;
    for n in list.into_iter().filter_map(|i| names.get(i)) {
        let p = x.held(n.value);
        let room = (canvas.width - p) / turn.cos();
        let name = fitted(n.name, 11.0, n.strong, LONGEST.min(room)).into_owned();
        canvas.line((p, base), (p, base + 6.0), "stroke:var(--ink3);stroke-width:1");
        let words = Words::new(&name).small().turned(-TURN);
        canvas.text((p + 4.0, base - 1.0), if n.strong { words.bold() } else { words.second() });
    }
    base + 8.0
}

#[cfg(test)]
mod tests {
    use super::{APART, Rail, chosen};
    use crate::scale::Scale;

    #[test]
    fn crowded_names_are_thinned_and_ends_and_stops_stay() {
        let x = Scale::new(0.0, 79.0, 60.0, 600.0);
        let names: Vec<Rail<'_>> =
            (0..80).map(|i| Rail { value: f64::from(i), name: "Station", strong: i == 40 }).collect();
        let list = chosen(&x, &names);
        for need in [0, 40, 79] {
            assert!(list.contains(&need), "{need}");
        }
        let mut at: Vec<f64> = list.iter().map(|i| x.at(*i as f64)).collect();
        at.sort_by(f64::total_cmp);
        assert!(at.windows(2).all(|w| w[1] - w[0] >= APART - 1e-9));
        assert!(list.len() > 20, "{}", list.len());
    }
}
