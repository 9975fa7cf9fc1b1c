//! What a run came to, before it is told.

use crate::compare::Pair;
use crate::seal::Seal;
use std::collections::BTreeMap;
use yalu_calendar::{iso_date, iso_month, local_date, short_date, short_month};
use yalu_ledger::{Belief, Day, Explanation, Forecast};
use yalu_model::{Corridor, CrossingId};
use yalu_number::{Band, Estimate, fixed};
use yalu_plan::{Draw, LineKind, Plan};
use yalu_sim::{MonthOutcome, Outcome};
use yalu_study::{Beside, Carried, ClosureCost, Ensemble, LineMeasures, RouteMonth, TwiceTrains, by_route};
use yalu_units::{Idx, Instant, Span};

/// A finished run.
pub struct Results {
    /// The corridor as run.
    pub corridor: Corridor,
    /// What was simulated.
    pub plan: Plan,
    /// The run whose trains are shown, and the replications.
    pub ensemble: Ensemble,
    /// Under declared regimes, where the ensemble has regimes drawn from the ledger.
    pub declared: Option<Ensemble>,
    /// The day as of which regimes were drawn, `2022-09-26`.
    pub as_of: Option<String>,
    /// What the record of reports lets one believe.
    pub knowledge: Option<Knowledge>,
    /// Whether the reports are what was sealed; none without reports.
    pub seal: Option<Seal>,
    /// What trains on the line came to in the run that is shown.
    pub line: LineMeasures,
    /// What the story's closure cost, if there is a story with one.
    pub closure: Option<ClosureCost>,
    /// The closure as declared beside the crossing left running, order by order.
    pub beside: Option<Beside>,
    /// Twice the trains over the story's crossing from its day on, beside what the regime allows.
    pub twice: Option<TwiceTrains>,
    /// Seed used.
    pub seed: u64,
    /// Replications used.
    pub replications: u32,
    /// What the independent checker found, in words.
    pub violations: Vec<String>,
    /// Seconds the first run took, and the whole.
    pub wall_s: (f64, f64),
    /// Command that makes the same results.
    pub command: String,
}

/// Belief by day and crossing.
pub struct Knowledge {
    /// As each day's reports had it.
    pub then: BTreeMap<CrossingId, Vec<Belief>>,
    /// From all reports held.
    pub now: BTreeMap<CrossingId, Vec<Belief>>,
    /// The story's crossing on the story's day.
    pub story: Option<StoryKnowledge>,
}

/// What was known of the story's crossing on its day, and is known now.
pub struct StoryKnowledge {
    /// The day.
    pub day: Day,
    /// Belief as known then, with its reasons.
    pub then: Explanation,
    /// Reports that weigh most, for and against, the heaviest first.
    pub reasons: [Vec<Reason>; 2],
    /// Chance that it ran, from all that is known now.
    pub now: f64,
    /// What was to be expected.
    pub forecast: Forecast,
    /// What it would carry; none where it was not simulated.
    pub carried: Option<Carried>,
}

/// A report that weighs on a belief.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// Its id.
    pub id: String,
    /// What it adds to the chance that it runs, in bits.
    pub bits: f64,
    /// Who said it.
    pub source: String,
}

impl Reason {
    /// Its weight with its sign, `+5.0`.
    pub fn weight(&self) -> String {
        format!("{}{}", if self.bits > 0.0 { "+" } else { "" }, fixed(self.bits, 1))
    }
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} bits, {}", self.id, self.weight(), self.source)
    }
}

impl Results {
    /// The draw of the run whose trains are shown.
    pub fn draw(&self) -> Draw {
        self.ensemble.shown.map_or(Draw::central(self.seed), |n| Draw::replication(self.seed, n))
    }
    /// Which run's trains are shown, in a sentence.
    pub fn shown(&self) -> String {
        match self.ensemble.shown {
            Some(n) => format!("Trains of run {n} of {}, the one nearest the medians.", self.ensemble.drawn.len()),
            None => "Trains of one run, every uncertain input at its median.".into(),
        }
    }
    /// The crossing and the day that the answers are about: the story's, else those of the reopening after the closure.
    pub fn focus(&self) -> Option<(CrossingId, Instant)> {
        let story = self.corridor.about.story.as_ref().map(|s| (s.crossing, s.day));
        story.or_else(|| self.closure.as_ref().map(|x| (x.closure.crossing, x.closure.to)))
    }
    /// A figure over all runs.
    pub fn estimate(&self, of: impl Fn(&Outcome) -> f64) -> Estimate {
        Estimate::of_all(self.ensemble.outcomes().iter().map(of))
    }
    /// The civil date of an instant at the border, `2022-09-26`.
    pub fn date(&self, t: Instant) -> String {
        iso_date(local_date(self.zone(), t))
    }
    /// A date for people, `26 Sep 2022`.
    pub fn day(&self, t: Instant) -> String {
        short_date(local_date(self.zone(), t))
    }
    /// A month for people, `Sep 2022`.
    pub fn month(&self, i: usize) -> String {
        short_month(self.plan.months[i])
    }
    /// A month in data, `2022-09`.
    pub fn month_key(&self, i: usize) -> String {
        iso_month(self.plan.months[i])
    }
    /// The closure as declared beside the crossing left running, as it is shown.
    pub fn pair(&self) -> Option<Pair> {
        Some(Pair::of(&self.corridor, self.beside.as_ref()?))
    }
    /// Whether the corridor is a line alone: no goods go by any route.
    pub fn line_only(&self) -> bool {
        self.corridor.trade.routes.is_empty()
    }
    /// The zone of days and months.
    pub fn zone(&self) -> &str {
        &self.corridor.horizon.zones[self.corridor.horizon.zone].name
    }
    /// First day results tell of.
    pub fn from(&self) -> String {
        self.date(self.plan.report_from)
    }
    /// Last day.
    pub fn to(&self) -> String {
        self.date(self.corridor.horizon.to + Span(-1))
    }
    /// The index of a month by year and month.
    pub fn month_index(&self, year: i16, month: i8) -> Option<usize> {
        self.plan.months.iter().position(|m| *m == (year, month))
    }
    /// The band of a figure over replications; none for a single run.
    pub fn band(&self, of: impl Fn(&Outcome) -> f64) -> Option<Band> {
        if self.ensemble.drawn.is_empty() { None } else { Band::of(self.ensemble.drawn.iter().map(of)) }
    }
    /// The band of a figure of a month under declared regimes, where these are not what was run.
    pub fn declared_band(&self, of: impl Fn(&Outcome) -> f64) -> Option<Band> {
        let declared = self.declared.as_ref().filter(|d| !d.drawn.is_empty())?;
        Band::of(declared.drawn.iter().map(of))
    }
    /// Months of the run that is shown.
    pub fn months(&self) -> &[MonthOutcome] {
        &self.ensemble.central.months
    }
    /// A month of an outcome by route.
    pub fn routes(&self, m: &MonthOutcome) -> Vec<RouteMonth> {
        by_route(&self.corridor, m)
    }
    /// Net tonnes over the border in a direction (0 forward) by some routes of an outcome.
    pub fn tonnes(&self, o: &Outcome, direction: usize, route: impl Fn(usize) -> bool) -> f64 {
        let mut sum = 0.0;
        for m in &o.months {
            for ((g, r), f) in m.flows.enumerated() {
                let back = self.corridor.trade.goods[g].direction == yalu_model::Direction::Back;
                if usize::from(back) == direction && route(r.index()) {
                    sum += f.mass.as_tonnes();
                }
            }
        }
        sum
    }
    /// Country pairs, `CN-KP` and `KP-CN`.
    pub fn directions(&self) -> [String; 2] {
        let [a, b] = &self.corridor.about.countries;
        [format!("{a}-{b}"), format!("{b}-{a}")]
    }
    /// Freight trains that crossed in the run that is shown, both directions.
    pub fn trains_run(&self) -> u32 {
        self.months().iter().map(|m| m.trains[0] + m.trains[1]).sum()
    }
    /// Wagons that crossed in an outcome: direction, then loaded and empty.
    pub fn wagons(&self) -> [[u32; 2]; 2] {
        let mut out = [[0; 2]; 2];
        for m in self.months() {
            for (sum, here) in out.iter_mut().zip(m.wagons_crossed) {
                sum[0] += here[0];
                sum[1] += here[1];
            }
        }
        out
    }
}

/// US dollars of cents.
pub fn usd(cents: i64) -> f64 {
    cents as f64 / 100.0
}

/// The service or row of other traffic of a train, by its id.
pub fn line_name(c: &Corridor, kind: LineKind) -> &str {
    match kind {
        LineKind::Service(s) => c.trains.services.get(s).map_or("", |s| s.id.as_str()),
        LineKind::Traffic(row) => c.line.traffic.get(row as usize).map_or("", |t| t.id.as_str()),
    }
}
