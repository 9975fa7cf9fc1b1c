//! Sections of line as comma-separated values.

use super::{Told, scheme};
use std::fmt::Write as _;
use yalu_capacity::Working;

const HEAD: &str = "service,section,tracks,binding,cycle_entering_pass_s,cycle_leaving_pass_s,cycle_out_passes_s,\
                    cycle_back_passes_s,scheme,cycle_s,closed_s_per_day,pairs_per_day,trains_per_day_both_ways,\
                    planned_trains_per_day_both_ways,left_trains_per_day_both_ways,scott_trains_per_day_both_ways,\
                    occupancy_today,net_t_out_per_day,net_t_back_per_day,net_mt_per_year,\
                    alone_closed_form_trains_per_day,alone_simulated_trains_per_day";

/// One row for each section of each line.
pub fn sections(told: &Told) -> String {
    let mut out = format!("{HEAD}\n");
    for study in &told.studies {
        for (at, (s, more)) in study.capacity.sections.iter().zip(&study.sections).enumerate() {
            let number = |x: f64| format!("{x:.3}");
            let mut row = vec![quoted(told.service(study)), quoted(&s.name)];
            match &s.working {
                Working::Single(w) => {
                    row.extend(["1".into(), (at == study.capacity.binding).to_string()]);
                    row.extend(w.schemes.map(|x| number(x.cycle_s)));
                    row.extend([scheme(w.chosen.scheme).into(), number(w.chosen.cycle_s)]);
                }
                Working::Double { .. } => {
                    row.extend(["2".into(), (at == study.capacity.binding).to_string()]);
                    row.extend(std::iter::repeat_n(String::new(), 6));
                }
            }
            let figures = [
                s.occupancy.closed_s,
                s.bound.pairs_per_day,
                s.bound.trains_per_day,
                s.planned.trains_per_day,
                2.0 * more.left_pairs_per_day,
                s.scott_trains_per_day,
                more.occupancy,
                s.bound.net_t_out_per_day,
                s.bound.net_t_back_per_day,
                s.bound.net_mt_per_year,
            ];
            row.extend(figures.map(number));
            let alone = more.alone.as_ref();
            row.push(alone.map_or_else(String::new, |a| number(a.closed_form)));
            row.push(alone.map_or_else(String::new, |a| number(a.line.trains_per_day())));
            let _ = writeln!(out, "{}", row.join(","));
        }
    }
    out
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.into() }
}
