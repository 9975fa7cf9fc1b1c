//! Statements of all crossings, and what is believed of each on any day, as of any day.

use crate::belief::Belief;
use crate::chain::Chain;
use crate::phases::{self, PHASES, Phases, by_state};
use crate::placing::{Link, Placed, Plan, Said, place};
use crate::reliability::{Reliabilities, Reliability, Side, Tally};
use crate::settings::Learning;
use crate::track::{Attention, Track};
use crate::trade::{Level, levels, likelihood};
use crate::{Day, DurationModel, MonthlyTrade, NotPlaced, Settings, Statement, Watched};
use std::ops::Range;
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
    /// How long closures last.
    pub closures: DurationModel,
    /// Settings.
    pub settings: Settings,
}

/// Statements placed and weighed.
#[derive(Clone, Debug)]
pub struct Ledger {
    pub(crate) input: LedgerInput,
    pub(crate) placed: Placed,
    pub(crate) chain: Chain<PHASES>,
    said: IndexVec<CrossingId, Range<usize>>,
    levels: Vec<Level>,
    /// Reliabilities by type of source, from a day on.
    eras: Vec<(Day, Reliabilities)>,
}

/// What was expected as of a day.
#[derive(Clone, PartialEq, Debug)]
pub struct Ahead {
    /// The belief of that day, as known then.
    pub today: Belief,
    /// The beliefs expected some days ahead, by horizon.
    pub ahead: Vec<Belief>,
}

/// Days from one learning to the next.
const ERA_DAYS: i32 = 365;

/// Which statements to leave out, by their place in the input.
pub(crate) type Without<'a> = &'a dyn Fn(usize) -> bool;

impl Ledger {
    /// Places and weighs statements.
    pub fn new(input: LedgerInput) -> Self {
        let placed = place(&input.crossings, &input.statements, &input.settings);
        let chain = phases::chain(&input.settings, &input.closures);
        let mut said: IndexVec<CrossingId, Range<usize>> = input.crossings.iter().map(|_| 0..0).collect();
        let mut begin = 0;
        for group in placed.said.chunk_by(|a, b| a.crossing == b.crossing) {
            said[group[0].crossing] = begin..begin + group.len();
            begin += group.len();
        }
        let levels = if input.settings.customs { levels(&input.trade) } else { Vec::new() };
        let mut ledger = Self { input, placed, chain, said, levels, eras: Vec::new() };
        ledger.eras = ledger.learn();
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
        &self.placed.unreached
    }

    /// Reliabilities as learnt by a day.
    pub fn reliabilities(&self, as_of: Day) -> &Reliabilities {
        let n = self.eras.partition_point(|e| e.0 <= as_of);
        &self.eras[n.saturating_sub(1)].1
    }

    /// Reliabilities learnt with truth: `ran` says whether a crossing ran on a day, where that is known.
    pub fn learn_with_truth(&self, ran: impl Fn(CrossingId, Day) -> Option<bool>) -> Reliabilities {
        let tallies = self.tallies(Day(i32::MAX));
        Reliabilities::with_truth(&self.placed.types, &tallies, |c, day| ran(CrossingId(c as u32), day))
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
        track.advance(as_of.min(to).max(self.input.from));
        let past = track.smoothed();
        let plans = self.plans_of(crossing);
        let mut ahead = past.last().copied().unwrap_or(self.chain.start);
        let mut out = Vec::new();
        for day in self.input.from.through(to) {
            let belief = match usize::try_from(day.since(self.input.from)).ok().and_then(|i| past.get(i)) {
                Some(p) if day <= as_of => *p,
                _ => {
                    ahead = self.expect(plans, as_of, day, &ahead);
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

    /// Calls for each day up to `to` with the belief known then.
    fn each_day(&self, crossing: CrossingId, to: Day, each: &mut dyn FnMut(Day, &Phases, bool)) {
        let said = self.said_of(crossing);
        let share = self.input.crossings[crossing].trade_share;
        let mut era = self.reliability_row(self.input.from);
        let mut era_at = self.era(self.input.from);
        let mut track = Track::new(&self.chain, self.input.from);
        let levels = self.levels_of(crossing);
        let (mut next, mut next_level, mut watched) = (0, 0, 0_u32);
        let mut heard = false;
        for day in self.input.from.through(to) {
            if self.era(day) != era_at {
                (era_at, era) = (self.era(day), self.reliability_row(day));
                track = self.track_by(&era, crossing, day - 1, &|_| false);
            }
            let (mut news, mut before) = (false, watched);
            while let Some(s) = said.get(next).filter(|s| s.known <= day) {
                self.say(&mut track, s, &era);
                if s.direct() {
                    before += u32::from(s.known < day);
                    (news, heard, watched) = (news || (s.known == day && s.news()), true, watched + 1);
                }
                next += 1;
            }
            while let Some(l) = levels.get(next_level).filter(|l| l.published <= day) {
                track.say(l.month, &likelihood(l.of_most, share, &self.input.settings));
                next_level += 1;
            }
            if let Some(attention) = self.attention(before) {
                track.news(day, news, attention);
            }
            let belief = track.advance(day);
            each(day, &belief, heard);
        }
    }

    /// All that is known by a day of a crossing, but for some statements.
    pub(crate) fn track(&self, crossing: CrossingId, as_of: Day, without: Without) -> Track<'_> {
        self.track_by(&self.reliability_row(as_of), crossing, as_of, without)
    }

    /// The same with given reliabilities.
    fn track_by(&self, era: &[Reliability], crossing: CrossingId, as_of: Day, without: Without) -> Track<'_> {
        let mut track = Track::new(&self.chain, self.input.from);
        let said: Vec<&Said> =
            self.said_of(crossing).iter().take_while(|s| s.known <= as_of).filter(|s| !without(s.statement)).collect();
        let (mut watched, mut day) = (0, self.input.from);
        for of_a_day in said.chunk_by(|a, b| a.known == b.known) {
            for s in of_a_day {
                self.say(&mut track, s, era);
            }
            let direct = of_a_day.iter().filter(|s| s.direct()).count();
            let known = of_a_day[0].known;
            if direct > 0 && known >= day {
                self.quiet(&mut track, (day, known - 1), watched);
                let news = of_a_day.iter().any(|s| s.direct() && s.news());
                if let Some(attention) = self.attention(watched) {
                    track.news(known, news, attention);
                }
                day = known + 1;
            }
            watched += direct as u32;
        }
        self.quiet(&mut track, (day, as_of), watched);
        let share = self.input.crossings[crossing].trade_share;
        for l in self.levels_of(crossing).iter().take_while(|l| l.published <= as_of) {
            track.say(l.month, &likelihood(l.of_most, share, &self.input.settings));
        }
        track
    }

    fn quiet(&self, track: &mut Track, (first, last): (Day, Day), watched: u32) {
        if let Some(attention) = self.attention(watched) {
            for day in first.through(last) {
                track.news(day, false, attention);
            }
        }
    }

    /// Chances a day of a new report, after some independent reports.
    fn attention(&self, watched: u32) -> Option<Attention> {
        let n = f64::from(watched);
        let share = n / (n + self.input.settings.watched_half);
        (watched > 0).then_some(Attention {
            fresh: self.input.settings.follow_up * share,
            settled: self.input.settings.attention * share,
        })
    }

    pub(crate) fn say(&self, track: &mut Track, s: &Said, era: &[Reliability]) {
        track.say(s.days, &self.likelihood(s, era));
        if s.begins {
            let otherwise = s.chance / self.input.settings.begins + 1.0 - s.chance;
            let before =
                if s.side == Side::Runs { [1.0, 1.0, otherwise, otherwise] } else { [otherwise, otherwise, 1.0, 1.0] };
            track.say((s.days.0 - 1, s.days.0 - 1), &by_state(before));
        }
    }

    /// Likelihood of what is said, by phase.
    pub(crate) fn likelihood(&self, s: &Said, era: &[Reliability]) -> Phases {
        let settings = &self.input.settings;
        let errors = if s.sighting { settings.sighting_errors } else { 1.0 };
        let r = era[s.source_type];
        let open = 1.0 - errors * (1.0 - r.runs);
        let shut = errors * (1.0 - r.stands);
        let said = |runs: f64| {
            let said = if s.side == Side::Runs { runs } else { 1.0 - runs };
            s.chance * said + (1.0 - s.chance) * 0.5
        };
        let mut out = [said(shut), said(shut), said(open), said(open)];
        if s.held {
            for (o, h) in out[2..].iter_mut().zip(settings.held) {
                *o *= s.chance * h + 1.0 - s.chance;
            }
        }
        by_state(out)
    }

    /// The belief of a day that has not come, from the belief of the day before: the chain, and the plans known by then. A plan
    /// whose day has come says nothing more: only what is said to have happened moves the belief of a day that is past.
    pub(crate) fn expect(&self, plans: &[Plan], as_of: Day, day: Day, before: &Phases) -> Phases {
        self.expect_with(&self.chain, plans, as_of, day, before)
    }

    /// The same by another chain.
    pub(crate) fn expect_by(
        &self,
        chain: &Chain<PHASES>,
        crossing: CrossingId,
        as_of: Day,
        day: Day,
        before: &Phases,
    ) -> Phases {
        self.expect_with(chain, self.plans_of(crossing), as_of, day, before)
    }

    fn expect_with(&self, chain: &Chain<PHASES>, plans: &[Plan], as_of: Day, day: Day, before: &Phases) -> Phases {
        let mut belief = chain.ahead(before);
        for plan in plans.iter().filter(|p| p.known <= as_of && p.days.0.max(p.known + 1) == day) {
            let lead = f64::from(day.since(plan.known));
            let holds = plan.chance
                * self.input.settings.plan_holds
                * libm::exp2(-(lead - 1.0) / self.input.settings.plan_half_days);
            phases::begin(&mut belief, holds, &self.input.settings);
        }
        belief
    }

    /// What was expected some days ahead, as of every so many days.
    pub fn known_ahead(
        &self,
        crossing: CrossingId,
        (from, to): (Day, Day),
        every: usize,
        horizons: &[u16],
    ) -> Vec<Ahead> {
        let plans = self.plans_of(crossing);
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
                    expected = self.expect(plans, day, d, &expected);
                }
                at = target;
                made.ahead.push(Belief::of(target, &expected, heard));
            }
            out.push(made);
        });
        out
    }

    /// Monthly trade, where a crossing carries goods.
    fn levels_of(&self, crossing: CrossingId) -> &[Level] {
        let goods = matches!(self.input.crossings[crossing].mode, Mode::Rail | Mode::Road | Mode::Sea);
        if goods { &self.levels } else { &[] }
    }

    pub(crate) fn said_of(&self, crossing: CrossingId) -> &[Said] {
        &self.placed.said[self.said[crossing].clone()]
    }

    /// Statements that name a crossing or all of its mode, by their place in the input.
    pub fn named(&self, crossing: CrossingId) -> impl Iterator<Item = usize> {
        let begin = self.placed.named.partition_point(|n| n.0 < crossing);
        self.placed.named[begin..].iter().take_while(move |n| n.0 == crossing).map(|n| n.1)
    }

    pub(crate) fn plans_of(&self, crossing: CrossingId) -> &[Plan] {
        let plans = &self.placed.plans;
        let begin = plans.partition_point(|p| p.crossing < crossing);
        let end = plans.partition_point(|p| p.crossing <= crossing);
        &plans[begin..end]
    }

    /// Whether anything was said of a crossing itself by a day.
    pub(crate) fn heard(&self, crossing: CrossingId, as_of: Day) -> bool {
        self.said_of(crossing).iter().any(|s| s.direct() && s.known <= as_of)
    }

    fn era(&self, day: Day) -> usize {
        self.eras.partition_point(|e| e.0 <= day)
    }

    /// Reliabilities in the order of the types of source.
    pub(crate) fn reliability_row(&self, as_of: Day) -> Vec<Reliability> {
        let known = self.reliabilities(as_of);
        self.placed.types.iter().map(|t| known.of(t)).collect()
    }

    /// Reliabilities as they were learnt at the start of each year.
    fn learn(&self) -> Vec<(Day, Reliabilities)> {
        let learning = match &self.input.settings.learning {
            Learning::Fixed(known) => return vec![(self.input.from, known.clone())],
            Learning::WithoutTruth => Reliabilities::prior(),
        };
        let mut eras = vec![(self.input.from, learning)];
        let Some(last) = self.input.statements.iter().map(|s| s.reported).max() else { return eras };
        let mut day = self.input.from + ERA_DAYS;
        while day <= last + ERA_DAYS {
            eras.push((day, Reliabilities::without_truth(&self.placed.types, &self.tallies(day - 1))));
            day = day + ERA_DAYS;
        }
        eras
    }

    /// Claims that can be counted: each names its crossing, dates its days well and is plain.
    fn tallies(&self, known_by: Day) -> Vec<Tally> {
        self.placed
            .said
            .iter()
            .filter(|s| s.link == Link::Own && s.known <= known_by && s.chance >= 0.5 && s.days.1.since(s.days.0) <= 7)
            .map(|s| Tally {
                crossing: s.crossing.0 as usize,
                day: s.days.1,
                source_type: s.source_type,
                side: s.side,
                chance: s.chance,
            })
            .collect()
    }
}
