//! Capacity in the terminal's words.

use super::{Capacity, ComesBack, LineCapacity, Throughput, Train};
use std::fmt::Write as _;
use yalu_number::{Summary, Unit, percent};
use yalu_study::{COUNTED_DAYS, EFFECTIVE_SHARE, SCOTT_EFFICIENCY, TOLERANCE};

fn n(x: f64) -> String {
    Unit::Number.write(x)
}

/// Pairs and trains a day, both stated.
fn both(pairs: f64, trains: f64) -> String {
    format!("{} pairs, {} trains a day both ways", n(pairs), n(trains))
}

impl Throughput {
    fn words(&self) -> String {
        both(self.pairs_per_day, self.trains_per_day)
    }
}

impl Train {
    fn words(&self) -> String {
        let load = if self.net_t > 0.0 { format!("{:.0} t net", self.net_t) } else { "empty".into() };
        format!("{} and {} × {}, {:.0} m, {load}", self.locomotive, self.wagons, self.wagon, self.length_m)
    }
}

impl Capacity {
    /// Everything the command has to say, one line after another.
    pub fn text(&self, colour: bool, width: usize) -> String {
        let parts: Vec<String> =
            (0..self.lines.len()).map(|i| self.summary(i, &self.lines[i]).text(colour, width)).collect();
        parts.join("\n")
    }

    fn summary(&self, i: usize, line: &LineCapacity) -> Summary {
        Summary {
            heading: format!("{}: {} – {}, service {}", self.head.title, line.from_title, line.to_title, line.service),
            facts: self.facts(line),
            tables: line.tables(),
            notes: if i + 1 == self.lines.len() { self.notes() } else { Vec::new() },
        }
    }

    fn facts(&self, l: &LineCapacity) -> Vec<(String, String)> {
        let minutes = |s: f64| Unit::Minutes.write(s / 60.0);
        let mut out = vec![
            ("Train out".to_string(), l.train_out.words()),
            ("Train back".into(), l.comes_back()),
            (
                "Run that nothing hinders".into(),
                format!("{} out, {} back", minutes(l.free_run_s[0]), minutes(l.free_run_s[1])),
            ),
            ("Binds".into(), l.binding.clone()),
            ("Capacity, the bound".into(), l.bound.words()),
            ("Planned".into(), format!("{}: {} of the bound", l.planned.words(), percent(EFFECTIVE_SHARE))),
            (
                "Net tonnes at the bound".into(),
                format!(
                    "{} out and {} back a day, {} Mt a year",
                    Unit::Tonnes.write(l.bound.net_t_out_per_day),
                    Unit::Tonnes.write(l.bound.net_t_back_per_day),
                    n(l.bound.net_mt_per_year)
                ),
            ),
        ];
        if let Some(p) = &l.crossing_pattern {
            out.push((
                "Best crossing pattern".into(),
                format!(
                    "a pair each {} over the whole line, {} trains a day both ways",
                    Unit::Seconds.write(p.cycle_s),
                    n(p.trains_per_day)
                ),
            ));
        }
        if let Some(s) = &l.saturation {
            let agreement = if s.agreement == "agrees" { "agrees with".into() } else { s.agreement() };
            let bound = match s.closed_form_worked.words() {
                w if w.is_empty() => "bound".to_string(),
                w => format!("bound of {w}"),
            };
            let why =
                s.simulated.waited().filter(|_| s.agreement == "below").map_or_else(String::new, |w| format!("; {w}"));
            out.push((
                "Simulated, line full".into(),
                format!(
                    "{} out and {} back a day arrive, mean run {}; {agreement} the {bound} of {} trains a day both ways{why}",
                    n(s.simulated.arrived_out_per_day),
                    n(s.simulated.arrived_back_per_day),
                    minutes(s.simulated.mean_run_s),
                    n(s.closed_form_trains_per_day)
                ),
            ));
        }
        out.push(("Today".into(), l.today()));
        if !l.other_trains.is_empty() {
            let left = both(l.left.pairs_per_day, l.left.trains_per_day);
            out.push(("Left beside other trains".into(), format!("{left}; {} binds", l.left.binding)));
        }
        out.push((format!("Practical, {} min tolerated", self.tolerated_min), l.practical()));
        out
    }

    fn notes(&self) -> Vec<String> {
        vec![
            "Pairs are a train out and one back; trains are both ways. The bound takes the whole day not closed; the line \
             alone, without the border's procedures and hours, planned stops, dated restrictions of speed and failures."
                .into(),
            format!(
                "A section is held from when its train must find it free (its start, or its braking point) until its tail \
                 is in at the far station. Scott's formula with E = {SCOTT_EFFICIENCY}. Occupancy after UIC 406 with \
                 crossings as in the scheme chosen; its limits, 60 to 75 %, were not made for single track."
            ),
            "Other trains take each section for their own occupation (deduction by occupation), and double track for their \
             headway: what mixed speeds and priorities cost besides is not in it, so that what is left is a bound."
                .into(),
            format!(
                "Simulated beside closed form: the same trains on the line alone, ready at both ends at all times, \
                 {COUNTED_DAYS} days counted; within {} they agree. Below: trains also wait for a free track and for what \
                 the look-ahead calls unsafe, and meets fall where loops lie, not where the binding section wants them. \
                 Above would be a fault.",
                percent(TOLERANCE)
            ),
            format!("Again: {}", self.head.command),
        ]
    }
}

impl LineCapacity {
    /// How the reference train comes back.
    fn comes_back(&self) -> String {
        let train = self.train_back.words();
        match &self.comes_back {
            ComesBack::Plain("empty") => format!("{train}: the service turns"),
            ComesBack::As { service } => format!("{train}: as service {service}"),
            ComesBack::Plain(_) => format!("{train}: nothing says how it comes back, taken as out"),
        }
    }

    fn today(&self) -> String {
        let mut out = format!("{} pairs of this train", n(self.pairs_today));
        for o in &self.other_trains {
            let what = if o.both_ways { "pairs" } else { "trains" };
            let _ = write!(out, ", {} {what} of {}", n(o.per_day), o.id);
        }
        out
    }

    fn practical(&self) -> String {
        let v = &self.delay_volume;
        match (v.practical, v.curve) {
            (Some(p), Some(curve)) if p.reached => format!(
                "{} trains a day both ways, where D = {} · e^({} V) reaches it",
                n(p.trains_per_day),
                Unit::Seconds.write(curve.delay_at_zero_s),
                n(curve.growth_per_train)
            ),
            (Some(p), _) => format!(
                "not reached at {} trains a day both ways, the most that was simulated and carried",
                n(p.trains_per_day)
            ),
            _ => "delay does not grow over the volumes the line carries".into(),
        }
    }
}
