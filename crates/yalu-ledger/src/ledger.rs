//! Statements of all crossings, and what is believed of each on any day, as of any day.

use crate::belief::Belief;
use crate::evidence::{Said, Sign, Told, said, sign};
use crate::phases::{self, BORDERS, ByBorder, Chain, Joint, Pace, by_state, of_border};
use crate::placing::{AllPlaced, Placed, Plan, Reach, place};
use crate::roots::Roots;
use crate::settings::kind;
use crate::track::Track;
use crate::trade::{Level, levels, likelihood};
use crate::{Day, MonthlyTrade, NotPlaced, Settings, Statement, Watched};
use std::collections::BTreeMap;
use yalu_model::{CrossingId, Mode};
use yalu_units::IndexVec;

/// What a ledger is made of.
#[derive(Clone, Debug, Default)]
pub struct LedgerInput {
    /// The first day of belief; what is said of earlier days is left out.
    pub from: Day,
    /// Crossings; places are not services and get no belief of their own.
    pub crossings: IndexVec<CrossingId, Watched>,
    /// Statements, in the order of the record.
    pub statements: Vec<Statement>,
    /// Monthly trade, heard only where the settings say so.
    pub trade: Vec<MonthlyTrade>,
    /// Settings.
    pub settings: Settings,
}

/// Statements placed and weighed.
#[derive(Clone, Debug)]
pub struct Ledger {
    pub(crate) input: LedgerInput,
    placed: IndexVec<CrossingId, Placed>,
    unreached: Vec<(usize, NotPlaced)>,
    pub(crate) roots: Roots,
    /// Chains by how a crossing goes with its border.
    chains: [Chain; 3],
    levels: Vec<Level>,
    /// What each crossing hears of the border from the others, by the day it became known.
    of_others: IndexVec<CrossingId, Vec<(Day, ByBorder)>>,
}

/// What was expected as of a day.
#[derive(Clone, PartialEq, Debug)]
pub struct Ahead {
    /// The belief of that day, as known then.
    pub today: Belief,
    /// The beliefs expected some days ahead, by horizon.
    pub ahead: Vec<Belief>,
}

/// Which statements to leave out, by their place in the input.
pub(crate) type Without<'a> = &'a dyn Fn(usize) -> bool;

impl Ledger {
    /// Places and weighs statements.
    pub fn new(input: LedgerInput) -> Self {
        let AllPlaced { by_crossing: placed, unreached, roots } =
            place(&input.crossings, &input.statements, &input.settings);
        let chains = input.settings.follows.map(|f| Chain::new(&input.settings, f, Pace::USUAL));
        let levels = if input.settings.customs { levels(&input.trade) } else { Vec::new() };
        let none = input.crossings.iter().map(|_| Vec::new()).collect();
        let mut ledger = Self { input, placed, unreached, roots, chains, levels, of_others: none };
        let messages: IndexVec<CrossingId, Vec<(Day, ByBorder)>> =
            ledger.input.crossings.enumerated().map(|(c, _)| ledger.of_border_alone(c)).collect();
        ledger.of_others = others(&messages);
        ledger
    }

    /// Crossings, as given.
    pub fn crossings(&self) -> &IndexVec<CrossingId, Watched> {
        &self.input.crossings
    }

    /// Statements, as given.
    pub fn statements(&self) -> &[Statement] {
        &self.input.statements
    }

    /// Settings, as given.
    pub fn settings(&self) -> &Settings {
        &self.input.settings
    }

    /// The first day of belief.
    pub fn from(&self) -> Day {
        self.input.from
    }

    /// Statements that reach no crossing, by their place in the input.
    pub fn not_placed(&self) -> &[(usize, NotPlaced)] {
        &self.unreached
    }

    /// The root of a statement, by its place in the input: equal for those that go back to one source.
    pub fn root(&self, statement: usize) -> usize {
        self.roots.of(statement)
    }

    /// Belief of each day from what was known by that day.
    pub fn known_then(&self, crossing: CrossingId, from: Day, to: Day) -> Vec<Belief> {
        let mut out = Vec::new();
        self.each_day(crossing, to, &mut |day, belief, heard| {
            if day >= from {
                out.push(Belief::of(day, belief, heard));
            }
        });
        out
    }

    /// Belief of each day from all that is known by a day; beyond it, what is to be expected.
    pub fn as_of(&self, crossing: CrossingId, as_of: Day, from: Day, to: Day) -> Vec<Belief> {
        let heard = self.heard(crossing, as_of);
        let mut track = self.track(crossing, as_of, &|_| false);
        track.advance(as_of.max(self.input.from));
        let past = track.smoothed();
        let chain = self.chain_of(crossing);
        let mut ahead = past.last().copied().unwrap_or(chain.start);
        let mut out = Vec::new();
        for day in self.input.from.through(to) {
            let belief = match usize::try_from(day.since(self.input.from)).ok().and_then(|i| past.get(i)) {
                Some(p) if day <= as_of => *p,
                _ => {
                    ahead = self.expect(chain, crossing, as_of, day, &ahead);
                    ahead
                }
            };
            if day >= from {
                out.push(Belief::of(day, &belief, heard));
            }
        }
        out
    }

    /// Belief of each day from all statements there are.
    pub fn known_now(&self, crossing: CrossingId, from: Day, to: Day) -> Vec<Belief> {
        let last = self.input.statements.iter().map(|s| s.reported).max().unwrap_or(to);
        self.as_of(crossing, last.max(to), from, to)
    }

    /// What was expected some days ahead, as of every so many days.
    pub fn known_ahead(
        &self,
        crossing: CrossingId,
        (from, to): (Day, Day),
        every: usize,
        horizons: &[u16],
    ) -> Vec<Ahead> {
        let chain = self.chain_of(crossing);
        let mut out = Vec::new();
        self.each_day(crossing, to, &mut |day, belief, heard| {
            if day < from || !(day.since(from) as usize).is_multiple_of(every.max(1)) {
                return;
            }
            let mut made = Ahead { today: Belief::of(day, belief, heard), ahead: Vec::with_capacity(horizons.len()) };
            let (mut at, mut expected) = (day, *belief);
            for &horizon in horizons {
                let target = day + i32::from(horizon);
                for d in (at + 1).through(target) {
                    expected = self.expect(chain, crossing, day, d, &expected);
                }
                at = target;
                made.ahead.push(Belief::of(target, &expected, heard));
            }
            out.push(made);
        });
        out
    }

    /// Calls for each day up to `to` with the belief known then.
    fn each_day(&self, crossing: CrossingId, to: Day, each: &mut dyn FnMut(Day, &Joint, bool)) {
        let mut hearing = Hearing::new(self, crossing);
        for day in self.input.from.through(to) {
            hearing.of_others(day);
            hearing.own(day, &|_| false);
            let belief = hearing.track.advance(day);
            each(day, &belief, hearing.watched > 0);
        }
    }

    /// All that is known by a day of a crossing, but for some statements.
    pub(crate) fn track(&self, crossing: CrossingId, as_of: Day, without: Without) -> Track<'_> {
        let mut hearing = Hearing::new(self, crossing);
        for day in self.input.from.through(as_of.max(self.input.from)) {
            hearing.of_others(day);
            hearing.own(day, without);
        }
        hearing.track
    }

    /// What a crossing's own reports say of the border, by the day they became known: the chances of the border's phases with the reports of
    /// that day over those without them.
    fn of_border_alone(&self, crossing: CrossingId) -> Vec<(Day, ByBorder)> {
        let most = self.input.settings.border_odds;
        let mut hearing = Hearing::new(self, crossing);
        let mut days: Vec<Day> = self.placed[crossing].said.iter().filter(|s| s.direct).map(|s| s.known).collect();
        days.dedup();
        let mut out = Vec::with_capacity(days.len());
        let mut next = self.input.from;
        for day in days.into_iter().map(|d| d.max(self.input.from)) {
            for d in next.through(day - 1) {
                hearing.own(d, &|_| false);
            }
            // What is said of all crossings is heard by each: it is no message.
            hearing.take(day, &|s| !s.direct, &|_| false);
            let before = of_border(&hearing.track.advance(day));
            hearing.own(day, &|_| false);
            let after = of_border(&hearing.track.advance(day));
            let ratio: ByBorder = std::array::from_fn(|b| (after[b] / before[b].max(1e-12)).clamp(1.0 / most, most));
            out.push((day, ratio));
            next = day + 1;
        }
        out
    }

    /// The belief of a day that has not come, from the belief of the day before: the chain, and the plans known by then. A plan
    /// whose day has come says nothing more: only what is said to have happened moves the belief of a day that is past.
    pub(crate) fn expect(&self, chain: &Chain, crossing: CrossingId, as_of: Day, day: Day, before: &Joint) -> Joint {
        let settings = &self.input.settings;
        let mut belief = chain.ahead(before, &phases::Turns::NONE);
        for plan in self.plans_of(crossing).iter().filter(|p| p.known <= as_of && p.days.0.max(p.known + 1) == day) {
            let lead = f64::from(day.since(plan.known));
            let holds = plan.chance * settings.plan_holds * libm::exp2(-(lead - 1.0) / settings.plan_half_days);
            phases::begin(&mut belief, holds, settings);
        }
        belief
    }

    pub(crate) fn chain_of(&self, crossing: CrossingId) -> &Chain {
        &self.chains[kind(self.input.crossings[crossing].mode)]
    }

    /// Monthly trade, where a crossing carries goods.
    fn levels_of(&self, crossing: CrossingId) -> &[Level] {
        let goods = matches!(self.input.crossings[crossing].mode, Mode::Rail | Mode::Road | Mode::Sea);
        if goods { &self.levels } else { &[] }
    }

    pub(crate) fn said_of(&self, crossing: CrossingId) -> &[Said] {
        &self.placed[crossing].said
    }

    /// Statements that name a crossing or all of its mode, by their place in the input.
    pub fn named(&self, crossing: CrossingId) -> impl Iterator<Item = usize> {
        self.placed[crossing].named.iter().copied()
    }

    /// What a statement that does not exist would say to a crossing.
    pub(crate) fn hypothetical(&self, crossing: CrossingId, s: &Statement) -> Said {
        let (mode, settings) = (self.input.crossings[crossing].mode, &self.input.settings);
        let sign = sign(s, mode, settings).unwrap_or((Sign::Movement, 0.0));
        said((0, s), &Reach::own(crossing), sign, &mut Told::default(), settings)
    }

    fn plans_of(&self, crossing: CrossingId) -> &[Plan] {
        &self.placed[crossing].plans
    }

    /// Whether anything was said of a crossing itself by a day.
    pub(crate) fn heard(&self, crossing: CrossingId, as_of: Day) -> bool {
        self.said_of(crossing).first().is_some_and(|s| s.known <= as_of)
    }
}

/// One crossing as it hears, day by day.
#[derive(Clone)]
struct Hearing<'a> {
    ledger: &'a Ledger,
    crossing: CrossingId,
    track: Track<'a>,
    /// How much of each was heard.
    said: usize,
    levels: usize,
    others: usize,
    /// Reports of it, or of all.
    watched: u32,
}

impl<'a> Hearing<'a> {
    fn new(ledger: &'a Ledger, crossing: CrossingId) -> Self {
        let track = Track::new(ledger.chain_of(crossing), ledger.input.from);
        Self { ledger, crossing, track, said: 0, levels: 0, others: 0, watched: 0 }
    }

    /// Takes up the next statements that are known by a day, as long as they are of a kind; whether there was news of the day itself.
    fn take(&mut self, day: Day, kind: &dyn Fn(&Said) -> bool, without: Without) -> bool {
        let mut news = false;
        while let Some(s) = self.ledger.placed[self.crossing].said.get(self.said).filter(|s| s.known <= day && kind(s))
        {
            self.said += 1;
            if !without(s.statement) {
                self.track.say(s);
                self.watched += 1;
                news |= s.direct && s.known == day && s.news();
            }
        }
        news
    }

    /// Takes up what became known on a day, or before the first.
    fn own(&mut self, day: Day, without: Without) {
        let (ledger, settings) = (self.ledger, &self.ledger.input.settings);
        let before = self.watched;
        let news = self.take(day, &|_| true, without);
        let share = ledger.input.crossings[self.crossing].trade_share;
        while let Some(l) = ledger.levels_of(self.crossing).get(self.levels).filter(|l| l.published <= day) {
            self.levels += 1;
            let of_month = likelihood(l.of_most, share, settings).map(|l| libm::pow(l, settings.trade_weight));
            self.track.spread(l.month, &by_state(of_month), &[1.0; BORDERS]);
        }
        let [reports, days, most] = settings.attention;
        let rate = (reports + f64::from(before)) / (days + f64::from(day.since(ledger.input.from)));
        if before > 0 || news {
            self.track.news(day, news, rate.min(most), settings.follow_up);
        }
    }

    /// Takes up what the other crossings say of the border.
    fn of_others(&mut self, day: Day) {
        while let Some((at, border)) = self.ledger.of_others[self.crossing].get(self.others).filter(|m| m.0 <= day) {
            self.others += 1;
            self.track.spread((*at, *at), &[1.0; phases::OWN], border);
        }
    }
}

/// Of each crossing, the product of what all others say of the border.
fn others(messages: &IndexVec<CrossingId, Vec<(Day, ByBorder)>>) -> IndexVec<CrossingId, Vec<(Day, ByBorder)>> {
    let mut all: BTreeMap<Day, [f64; BORDERS]> = BTreeMap::new();
    for (day, ratio) in messages.iter().flatten() {
        let sums = all.entry(*day).or_default();
        sums.iter_mut().zip(ratio).for_each(|(sum, r)| *sum += libm::log(*r));
    }
    let less = |own: &Vec<(Day, ByBorder)>| {
        let mut own = own.iter().peekable();
        let rest = |(day, sums): (&Day, &[f64; BORDERS])| {
            let mut rest = *sums;
            while let Some((_, ratio)) = own.next_if(|o| o.0 <= *day) {
                rest.iter_mut().zip(ratio).for_each(|(sum, r)| *sum -= libm::log(*r));
            }
            let most = rest.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            (*day, rest.map(|r| libm::exp(r - most)))
        };
        all.iter().map(rest).filter(|m| m.1.iter().any(|r| *r < 1.0 - 1e-9)).collect()
    };
    messages.iter().map(less).collect()
}
