//! Variants beside each other in words.

use super::{Change, Compare, Effects, FluidReason, OutOfBalance, Pair, Recovery};
use yalu_number::{Estimate, Rich, Run, Summary, Unit, percent, plain};

/// A figure's name and its value in words.
type Fact = (String, String);

impl Compare {
    /// What the terminal shows: a summary for each variant.
    pub fn summaries(&self) -> Vec<Summary> {
        self.variants.iter().map(|v| v.summary(&self.title, &self.command)).collect()
    }

    /// What the page says first: what the first variant loses.
    pub fn headline(&self) -> String {
        self.variants
            .first()
            .map_or_else(String::new, |v| format!("{}: {} lost against {}", v.variant, musd(&v.total.lost_usd), v.base))
    }

    /// How far its inputs are assumed.
    pub fn assumed(&self) -> Rich {
        assumed(self.assumed_share, self.inputs)
    }
}

/// How far the inputs of a corridor are assumed.
pub(crate) fn assumed(share: f64, inputs: usize) -> Rich {
    vec![Run::Assumed(percent(share)), Run::Plain(format!(" of {} read", Unit::Number.count(inputs)))]
}

/// US dollars in millions of them.
pub(crate) fn musd(usd: &Estimate) -> String {
    usd.per(1e6).write(Unit::Musd)
}

impl Pair {
    fn summary(&self, title: &str, command: &str) -> Summary {
        let mut facts = vec![("Days looked at".to_owned(), format!("{} to {}", self.from, self.to))];
        facts.extend(self.change.iter().map(|c| ("Shut".to_owned(), c.in_full())));
        facts.extend(self.total.facts());
        facts.extend(self.not_formed());
        let mut tables = Vec::new();
        if let Some(r) = &self.recovery {
            facts.extend(r.facts());
            tables.push(r.fluid_table());
        }
        tables.extend([self.goods_at_medians(), self.routes_table()]);
        Summary {
            heading: format!("{title}: {} against {}", self.variant, self.base),
            facts,
            tables,
            notes: self.notes(command),
        }
    }

    /// What kept trains from being formed, base and variant: more trains carry no more where wagons or room beyond lack.
    fn not_formed(&self) -> impl Iterator<Item = Fact> {
        self.trains_not_formed.iter().map(|(why, [base, variant])| {
            let because = match why.as_str() {
                "no_wagons" => "Trains without wagons",
                "no_goods" => "Trains without goods",
                "no_place_beyond" => "Trains without a place beyond",
                _ => "Trains beyond the quota",
            };
            let both = format!("{}; in the base {}", variant.write(Unit::Trains), base.write(Unit::Trains));
            (because.to_owned(), both)
        })
    }

    fn notes(&self, command: &str) -> Vec<String> {
        vec![
            format!(
                "{} with the same draws. Each day’s order of each good is followed in both runs: lost and late are those of \
                 the same order.",
                self.runs()
            ),
            self.out_of_balance.sentence(),
            format!("Again: {command}"),
        ]
    }

    /// What its figures rest on.
    pub fn runs(&self) -> String {
        match self.replications {
            1 => "One pair of runs, without a band,".into(),
            n => format!("Median and 5 – 95 % over {}", Unit::Pairs.count(n)),
        }
    }

    /// What sets the two apart, in a sentence.
    pub fn lead(&self) -> String {
        self.change.as_ref().map_or_else(
            || "No crossing runs in one of them only.".into(),
            |c| format!("{}: shut in {} from {} to {}.", c.titles(), c.shut_in, c.from, c.to),
        )
    }
}

impl Change {
    /// Titles of the crossings, `Dandong–Sinŭiju rail and 2 more`.
    pub fn titles(&self) -> String {
        match self.crossing_titles.as_slice() {
            [] => "no crossing".into(),
            [one] => one.clone(),
            [one, rest @ ..] => format!("{one} and {} more", rest.len()),
        }
    }

    fn in_full(&self) -> String {
        format!(
            "{} in “{}”, {} to {}, {}",
            self.titles(),
            self.shut_in,
            self.from,
            self.to,
            Unit::Days.count(self.days)
        )
    }
}

impl Effects {
    /// What the change does to trade, named.
    pub fn facts(&self) -> Vec<Fact> {
        let t = |e: &Estimate| e.write(Unit::Tonnes);
        let facts = [
            ("Ordered in these days", t(&self.ordered_t)),
            ("Lost (cancelled, refused)", format!("{}; {}", t(&self.lost_t), musd(&self.lost_usd))),
            ("More than a day late", t(&self.late_t)),
            ("By another way", t(&self.diverted_t)),
            ("Not come by the end", t(&self.pending_t)),
            ("Cost of delay", format!("{}; {}", musd(&self.delay_usd), self.delay_tonne_days.write(Unit::TonneDays))),
            ("More for carriage", musd(&self.carriage_usd)),
        ];
        facts.map(|(name, value)| (name.to_owned(), value)).into()
    }
}

impl Recovery {
    /// How it came back, named.
    pub fn facts(&self) -> Vec<Fact> {
        let mut out = vec![
            ("Most that waits more there".to_owned(), self.peak_t.write(Unit::Tonnes)),
            ("Clear after the reopening".into(), self.clear_days.write(Unit::Days)),
        ];
        if let Some(why) = self.why_not() {
            out.push(("Not gone by the end".into(), why));
        }
        out.push(("Normal week again after".into(), self.normal_days.write(Unit::Days)));
        out.push(("Of the missed made up".into(), self.made_up_share.write(Unit::Share)));
        for (level, back) in self.levels() {
            out.push((format!("Flow back to {level} %"), back.write(Unit::Days)));
        }
        out.push((
            "Normal flow lost".into(),
            format!(
                "{}; at least {} of it came",
                self.lost_days_of_flow.write(Unit::Days),
                self.least_share.write(Unit::Share)
            ),
        ));
        out
    }

    /// Why what stood had not gone in some runs; none where it had in all.
    fn why_not(&self) -> Option<String> {
        let words = |(why, runs): (&String, &u32)| {
            let because = match why.as_str() {
                "shut_again" => "it shut again".to_owned(),
                "no_spare_capacity" => {
                    format!("no more can cross than comes: {} to spare", self.spare_t_per_day.write(Unit::TonnesPerDay))
                }
                _ => "the days looked at end first".to_owned(),
            };
            format!("{because}, in {}", Unit::Runs.count(*runs))
        };
        let all: Vec<String> = self.uncleared_runs.iter().map(words).collect();
        (!all.is_empty()).then(|| all.join("; "))
    }

    /// Levels of the flow in per cent with the days after the reopening on which it is back, the lowest first.
    pub fn levels(&self) -> Vec<(u32, Estimate)> {
        let mut out: Vec<(u32, Estimate)> =
            self.back_to_percent.iter().filter_map(|(level, back)| Some((level.parse().ok()?, back.days))).collect();
        out.sort_by_key(|x| x.0);
        out
    }

    /// How long the queue is and when it is gone, as the title of a picture.
    pub fn queue_title(&self) -> String {
        format!(
            "{} more wait at most; clear {} after the reopening",
            Unit::Tonnes.write(self.peak_t.p50()),
            self.clear_days.write(Unit::Days)
        )
    }
}

impl OutOfBalance {
    /// How far the books were out, in a sentence.
    pub fn sentence(&self) -> String {
        format!(
            "Mass balance: books out by {} kg, {} US cents and {} at most, over {} entries.",
            Unit::Number.count(self.kg),
            Unit::Number.count(self.us_cents),
            Unit::Wagons.count(self.wagons),
            Unit::Number.count(self.entries)
        )
    }
}

impl super::FluidBeside {
    /// Whether rule and simulation agree, and why not.
    pub fn verdict(&self) -> Rich {
        if self.agrees {
            return plain("agrees");
        }
        let list: Vec<String> = self.reasons.iter().map(FluidReason::words).collect();
        vec![Run::Bold(if list.is_empty() {
            "differs: no reason that the rule knows moves it as far".into()
        } else {
            format!("differs: {}", list.join("; "))
        })]
    }
}

impl FluidReason {
    fn words(&self) -> String {
        let why = match self.reason.as_str() {
            "diverted" => "goods go another way",
            "given_up" => "orders are cancelled, or never placed",
            "ramp" => "capacity climbs only slowly",
            _ => "less gets through than trains and wagons allow, or more is ordered than they carry",
        };
        match self.moves {
            Some(share) => format!("{why} ({})", Unit::Share.signed(share)),
            None => format!("{why} (decides whether it ends)"),
        }
    }
}
