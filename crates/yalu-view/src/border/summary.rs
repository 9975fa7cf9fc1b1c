//! The border in the terminal's words.

use super::{Border, RouteFigures};
use yalu_number::{Summary, Unit, letter, percent, sentence_case};

impl Border {
    /// Everything the command has to say.
    pub fn summary(&self) -> Summary {
        let station = self.station_title.as_ref().map_or(String::new(), |s| format!(", {s}"));
        Summary {
            heading: format!("{}: the border{station}, {} to {}", self.head.title, self.from, self.to),
            facts: self.facts(),
            tables: self.tables(),
            notes: self.notes(),
        }
    }

    fn facts(&self) -> Vec<(String, String)> {
        let m = &self.central;
        let days = |x: f64| Unit::Days.count(x.round() as i64);
        let mut out = vec![("Border ran".to_string(), format!("{:.0} of {}", m.running_days, days(m.days)))];
        for f in &self.figures {
            out.extend(self.route_facts(f));
        }
        if let Some((day, routes)) = &self.waiting.story {
            let routes: Vec<String> =
                routes.iter().map(|(title, x)| format!("{title}: {}", x.write(Unit::Trains))).collect();
            out.push((format!("Waiting on {day}"), routes.join("; ")));
        }
        for (i, sentence) in self.binds.sentences().into_iter().enumerate() {
            out.push((if i == 0 { "What binds".into() } else { String::new() }, sentence));
        }
        for (i, w) in self.what_if.iter().enumerate() {
            let first = w.binds.first.as_ref().map_or("nothing waits", |x| x.words.as_str());
            let at = w.binds.at_stations.as_ref().map_or("nothing", |x| x.words.as_str());
            out.push((format!("Binds with {}", letter(i)), format!("{}; at the stations {at}", sentence_case(first))));
        }
        out.extend(self.counted.as_ref().map(super::Counted::fact));
        out
    }

    fn route_facts(&self, f: &RouteFigures) -> [(String, String); 3] {
        let b = &f.bands;
        let title = |what: &str| {
            if self.figures.len() > 1 { format!("{}: {what}", f.title) } else { sentence_case(what) }
        };
        [
            (
                title("loaded, a running day"),
                format!(
                    "{}, {}",
                    b.trains_per_running_day.write(Unit::Trains),
                    b.wagons_per_running_day.write(Unit::Wagons)
                ),
            ),
            (
                title("at the border"),
                format!(
                    "{} a train on the mean, {} one in ten exceeds",
                    b.dwell_train_mean_h.write(Unit::Hours),
                    b.dwell_train_p90_h.write(Unit::Hours)
                ),
            ),
            (
                title("waiting to cross"),
                format!(
                    "{} on the mean, {} at most",
                    b.queue_mean_trains.write(Unit::Trains),
                    b.queue_most_trains.write(Unit::Trains)
                ),
            ),
        ]
    }

    fn notes(&self) -> Vec<String> {
        let mut out = vec![format!(
            "Bands: 5 – 95 % of {} in which every uncertain input is drawn. Tables: the central run, every input at its \
             median; docs/border.md says what each word means.",
            Unit::Runs.count(self.binds.runs)
        )];
        if !self.what_if.is_empty() {
            out.push(
                "Changes: the same draws with and without, so that a difference of a pair is the change’s own.".into(),
            );
        }
        out.push(format!("{} of the numeric inputs have no source and are assumed.", percent(self.assumed_share)));
        out.push(format!("Again: {}", self.head.command));
        out
    }
}
