//! The sheet of a closure in words.

use super::from::NOT_KNOWN;
use super::{Contingency, Length, Limits, Shares, WayRound, YardFull};
use crate::compare::{Change, Recovery, assumed, musd};
use crate::tables::at_medians;
use yalu_number::{Rich, Run, Summary, Unit, percent, plain};

impl Contingency {
    /// What the terminal shows.
    pub fn summary(&self) -> Summary {
        let mut notes: Vec<String> =
            self.ways.iter().map(|w| format!("{}: {}", w.title, w.limits.line(&w.mode))).collect();
        notes.extend(self.linear());
        notes.push(format!("Again: {}", self.command));
        let ways = self.ways_table();
        Summary {
            heading: format!("{}: {}", self.heading(), self.title),
            facts: self.facts(),
            tables: vec![at_medians(ways), self.places_table(), self.lengths_table()],
            notes,
        }
    }

    /// What the sheet is for.
    pub fn heading(&self) -> String {
        let shut = self.closure.change.as_ref().map_or_else(|| self.crossings.join(", "), Change::titles);
        format!("If {shut} shuts")
    }

    /// What is expected, named.
    pub fn facts(&self) -> Vec<(String, String)> {
        let mut out: Vec<(String, String)> = Vec::new();
        if let Some((from, to)) = self.from.zip(self.to) {
            out.push(("Shut".into(), format!("{from} to {to}, {}", Unit::Days.count(self.days))));
        }
        if let Some(r) = &self.closure.recovery {
            let flow = r.flow_t_per_day.write(Unit::TonnesPerDay);
            out.push(("Would cross".into(), format!("{flow}, worth {} a day", musd(&r.flow_usd_per_day))));
        }
        out.extend(self.shares.iter().flat_map(Shares::facts));
        out.extend(self.first_yard_full.iter().map(|y| ("First yard is full".to_owned(), y.words())));
        out.push(("Value lost".into(), musd(&self.closure.total.lost_usd)));
        out.push(("Cost of delay".into(), musd(&self.closure.total.delay_usd)));
        out.extend(self.closure.recovery.iter().flat_map(Recovery::facts));
        out
    }

    /// The headline in a sentence or two.
    pub fn lead(&self) -> String {
        let Some(((from, to), (s, r))) =
            self.from.zip(self.to).zip(self.shares.as_ref().zip(self.closure.recovery.as_ref()))
        else {
            return "The crossing runs on none of these days: nothing is shut that was open.".into();
        };
        let [diverts, waits, lost] = [s.diverts, s.waits, s.lost].map(|e| e.write(Unit::Share));
        format!(
            "Shut {}, {from} to {to}. Of the {} that would cross, {diverts} goes another way, {waits} waits and {lost} is lost.",
            Unit::Days.count(self.days),
            Unit::TonnesPerDay.write(r.flow_t_per_day.p50())
        )
    }

    /// What a rule linear in days would say instead; none without two lengths, or where nothing would have crossed.
    pub fn linear(&self) -> Option<String> {
        let [first, .., last] = self.lengths.as_slice() else { return None };
        if first.linear_rule_musd <= 0.0 {
            return None;
        }
        let days = |l: &Length| Unit::Days.count(l.days);
        let lost = |l: &Length| {
            let share = l.lost_musd.p50() / l.linear_rule_musd;
            format!("{} ({} of it)", Unit::Musd.write(l.lost_musd.p50()), percent(share))
        };
        let grows = last.beyond_linear_musd.map_or_else(String::new, |b| {
            format!(
                " In {} loss and cost of delay differ by {} from a straight line through {}.",
                days(last),
                b.write(Unit::Musd),
                days(first)
            )
        });
        Some(format!(
            "A rule linear in days (trade a day times days shut, as IMF PortWatch counts ports) says that {} is lost in {} and \
             {} in {}. In the runs {} and {} is lost; the rest waits for the reopening or goes another way.{grows}",
            Unit::Musd.write(first.linear_rule_musd),
            days(first),
            Unit::Musd.write(last.linear_rule_musd),
            days(last),
            lost(first),
            lost(last)
        ))
    }

    /// Remarks of the page.
    pub fn remarks(&self) -> Vec<Rich> {
        let mut made = vec![Run::Plain(format!("{} with the same draws, seed {}. ", self.closure.runs(), self.seed))];
        made.extend(assumed(self.assumed_share, self.inputs));
        made.push(Run::Plain(format!(" are assumed. {}", self.closure.out_of_balance.sentence())));
        self.linear().map(plain).into_iter().chain([made]).collect()
    }
}

impl Shares {
    fn facts(&self) -> [(String, String); 3] {
        [("Goes another way", self.diverts), ("Lost", self.lost), ("Waits, crosses later", self.waits)]
            .map(|(name, share)| (name.to_owned(), share.write(Unit::Share)))
    }
}

impl YardFull {
    /// When the closure fills the first yard, and how often one is full without it.
    fn words(&self) -> String {
        let after = self.days.band().map_or("", |_| "after ");
        let by_closure = format!("{after}{}", self.days.write(Unit::Days));
        if self.anyway_share_of_days.p95() <= 0.0 {
            return by_closure;
        }
        format!(
            "{by_closure}; without the closure too, on {} of the days",
            self.anyway_share_of_days.write(Unit::Share)
        )
    }
}

impl WayRound {
    /// Whether goods can go by it.
    pub fn state(&self) -> &'static str {
        match (self.normal, self.runs) {
            (true, _) => "normal way, shut",
            (false, true) => "runs",
            (false, false) => "does not run",
        }
    }
}

impl Limits {
    /// What is known of them, and what is not, in a line; those of trains only where a train goes.
    pub fn line(&self, mode: &str) -> String {
        let of_trains = [
            ("gauge", &self.gauge),
            ("train length", &self.train_length),
            ("axle load", &self.axle_load),
            ("electrified", &self.electrified),
            ("ruling grade", &self.ruling_grade),
        ];
        let of_all = [("hours", &self.hours), ("quarantine", &self.quarantine)];
        let trains = of_trains.into_iter().filter(|(_, what)| mode == "rail" || *what != NOT_KNOWN);
        let all = trains.chain(of_all).chain(self.also.iter().map(|also| ("also", also)));
        let (known, unknown): (Vec<_>, Vec<_>) = all.partition(|(_, what)| *what != NOT_KNOWN);
        let mut parts: Vec<String> = known.iter().map(|(name, what)| format!("{name}: {what}")).collect();
        if !unknown.is_empty() {
            let names: Vec<&str> = unknown.iter().map(|x| x.0).collect();
            parts.push(format!("not known: {}", names.join(", ")));
        }
        parts.join("; ")
    }
}
