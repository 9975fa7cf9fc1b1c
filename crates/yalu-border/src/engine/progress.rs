//! How a visit goes through its procedure: activities get ready, are passed, begin and end.

use super::line::Job;
use super::visit::{Held, PASSED, Phase};
use super::{Border, Resolution};
use crate::network::MOST_ITEMS;
use crate::{
    Activity, ActivityId, Duration, Event, Host, ItemRecord, Items, Network, Record, Sampled, Subject, TrackUse,
    VisitId,
};
use yalu_units::{Idx, Instant, Span};

/// Which of an activity's draws.
const TRAIN: usize = 0;
const ITEMS: usize = 1;
const WHICH_ITEMS: usize = 2;
const WHICH_CUTS: usize = 3;

impl<'a> Border<'a> {
    /// The activity of a visit, as described.
    pub(super) fn activity(&self, slot: u32, a: u16) -> &'a Activity {
        let network: &'a Network = self.network;
        let arrival = &self.visits[slot as usize].arrival;
        let procedures = &network.stations()[arrival.station].procedures;
        &procedures[arrival.procedure].activities.as_slice()[usize::from(a)]
    }

    fn draw(&mut self, slot: u32, a: u16, which: usize, n: u64) -> f64 {
        let arrival = &self.visits[slot as usize].arrival;
        let draws = &mut self.here[arrival.station.index()].draws[arrival.procedure.index()][usize::from(a)][which];
        draws.unit(self.key, n)
    }

    fn item_draw(&mut self, slot: u32, a: u16, which: usize, item: u32) -> f64 {
        let serial = self.visits[slot as usize].arrival.serial;
        self.draw(slot, a, which, serial.wrapping_mul(u64::from(MOST_ITEMS)).wrapping_add(u64::from(item)))
    }

    /// Looks at activities that have nothing before them any more, and at what follows those that are passed.
    pub(super) fn proceed(&mut self, now: Instant, slot: u32, host: &mut impl Host) {
        while let Some(a) = self.todo.pop() {
            self.gets_ready(now, slot, a, host);
        }
    }

    fn gets_ready(&mut self, now: Instant, slot: u32, a: u16, host: &mut impl Host) {
        let activity = self.activity(slot, a);
        let visit = &self.visits[slot as usize];
        let s = visit.arrival.station.index();
        let in_force = |word: crate::Word| self.here[s].restrictions >> u32::from(word.0) & 1 == 1;
        let called = !visit.returned && activity.only_under.is_none_or(in_force);
        let items = if called { self.items_treated(slot, a, activity) } else { 0 };
        let act = self.visits[slot as usize].act_mut(a);
        (act.ready, act.begin, act.items) = (now, now, items);
        act.unplaced = if matches!(activity.items, Items::AsPlacesFree(_)) { items } else { 0 };
        if items == 0 {
            self.ends(now, slot, a, host);
            return;
        }
        let train = self.train_part(slot, a, activity);
        let one_by_one =
            if let Items::OneByOne(each) = &activity.items { self.one_by_one(slot, a, activity, each) } else { 0 };
        let visit = &mut self.visits[slot as usize];
        let act = visit.act_mut(a);
        (act.work, act.lasts, act.shortest) = (train, train + one_by_one, train + one_by_one);
        let procedure = visit.arrival.procedure.index();
        let Some(line) = self.network.plans[s].procedures[procedure].activities[usize::from(a)].line else {
            self.begin(now, slot, a, Span(train + one_by_one), host);
            return;
        };
        visit.act_mut(a).phase = Phase::Waiting;
        let job = Job { ready: now, serial: visit.arrival.serial, slot };
        self.join(s, line, job);
    }

    /// How many items are treated; 0 passes the activity.
    fn items_treated(&mut self, slot: u32, a: u16, activity: &Activity) -> u32 {
        let arrival = &self.visits[slot as usize].arrival;
        let (serial, all) = (arrival.serial, subjects(activity.subject, arrival));
        match activity.sampled {
            Sampled::All => all,
            Sampled::Cuts(share) => {
                let drawn = self.draw(slot, a, WHICH_CUTS, serial.wrapping_mul(2)) < share;
                if drawn { all } else { 0 }
            }
            Sampled::Items(_) => (0..all).filter(|item| self.is_sampled(slot, a, *item)).count() as u32,
        }
    }

    fn is_sampled(&mut self, slot: u32, a: u16, item: u32) -> bool {
        match self.activity(slot, a).sampled {
            Sampled::Items(share) => self.item_draw(slot, a, WHICH_ITEMS, item) < share,
            Sampled::All | Sampled::Cuts(_) => true,
        }
    }

    fn train_part(&mut self, slot: u32, a: u16, activity: &Activity) -> i64 {
        let arrival = &self.visits[slot as usize].arrival;
        let (s, p, serial) = (arrival.station.index(), arrival.procedure.index(), arrival.serial);
        if let (true, Some(hold)) = (activity.is_hold, arrival.hold) {
            return hold.0.max(0);
        }
        let fixed = self.network.plans[s].procedures[p].activities[usize::from(a)].fixed_train;
        fixed.unwrap_or_else(|| activity.per_train.at(self.draw(slot, a, TRAIN, serial)).0)
    }

    /// The time of an item or round, if always the same, ms.
    pub(super) fn fixed_each(&self, slot: u32, a: u16) -> Option<i64> {
        let arrival = &self.visits[slot as usize].arrival;
        let plan = &self.network.plans[arrival.station.index()].procedures[arrival.procedure.index()];
        plan.activities[usize::from(a)].fixed_each
    }

    /// The time of an item, or of a round, ms.
    pub(super) fn each(&mut self, slot: u32, a: u16, n: u32) -> i64 {
        if let Some(fixed) = self.fixed_each(slot, a) {
            return fixed;
        }
        match &self.activity(slot, a).items {
            Items::None => 0,
            Items::OneByOne(each) | Items::Rounds { each, .. } | Items::AsPlacesFree(each) => {
                each.at(self.item_draw(slot, a, ITEMS, n)).0
            }
        }
    }

    /// The time of all items, one after another, ms.
    fn one_by_one(&mut self, slot: u32, a: u16, activity: &Activity, each: &Duration) -> i64 {
        let (followed, fixed) = (self.follows_items(activity), self.fixed_each(slot, a));
        let visit = &mut self.visits[slot as usize];
        let (arrival, items) = (visit.arrival, visit.act(a).items);
        let (s, p) = (arrival.station.index(), arrival.procedure.index());
        if let (Some(fixed), false) = (fixed, followed) {
            return fixed * i64::from(items);
        }
        visit.act_mut(a).lengths_at = visit.lengths.len() as u32;
        let [_, lengths, which, _] = &mut self.here[s].draws[p][usize::from(a)];
        let first = arrival.serial.wrapping_mul(u64::from(MOST_ITEMS));
        let mut all = 0;
        for item in 0..u64::from(subjects(activity.subject, &arrival)) {
            let n = first.wrapping_add(item);
            let treated = match activity.sampled {
                Sampled::Items(share) => which.unit(self.key, n) < share,
                Sampled::All | Sampled::Cuts(_) => true,
            };
            let length = match (treated, fixed) {
                (false, _) => PASSED,
                (true, Some(fixed)) => fixed,
                (true, None) => each.at(lengths.unit(self.key, n)).0,
            };
            all += length.max(0);
            if followed {
                visit.lengths.push(length);
            }
        }
        all
    }

    /// How long an activity in rounds takes with so many places, ms.
    pub(super) fn rounds(&mut self, slot: u32, a: u16, places: u32) -> i64 {
        let act = self.visits[slot as usize].act(a);
        let (train, rounds) = (act.work, act.items.div_ceil(places));
        train + (0..rounds).map(|round| self.each(slot, a, round)).sum::<i64>()
    }

    fn follows_items(&self, activity: &Activity) -> bool {
        self.resolution == Resolution::Wagons && activity.items != Items::None
    }

    /// Puts the end of an activity, or of its next item, on the agenda. Work that no opening is left for never ends.
    pub(super) fn put_next_end(&mut self, slot: u32, a: u16, host: &mut impl Host) {
        let activity = self.activity(slot, a);
        let work = if self.follows_items(activity) {
            let act = *self.visits[slot as usize].act(a);
            let (item, length) = if let Some(round) = act.treated.checked_div(act.places) {
                (act.next_item, self.each(slot, a, round))
            } else {
                self.visits[slot as usize].next_item(a, act.next_item).unwrap_or((act.next_item, 0))
            };
            let act = self.visits[slot as usize].act_mut(a);
            act.work += length;
            act.next_item = item;
            act.work
        } else {
            self.visits[slot as usize].act(a).lasts
        };
        let visit = &mut self.visits[slot as usize];
        let (serial, s, p) = (visit.arrival.serial, visit.arrival.station.index(), visit.arrival.procedure.index());
        let plan = &self.network.plans[s];
        let hours = &plan.hours[plan.procedures[p].activities[usize::from(a)].hours as usize];
        let act = visit.act_mut(a);
        let end = hours.finish(act.hours_at, act.begin, Span(work), activity.at_closing, activity.clock);
        act.due = end.unwrap_or(Instant::NEVER);
        if let Some(end) = end {
            let event = Event::Ends { serial, visit: VisitId(slot), activity: ActivityId(u32::from(a)) };
            host.schedule(end, event);
        }
    }

    /// Puts the end of an item that has a place of its own on the agenda, and gives it.
    pub(super) fn item_end(&mut self, now: Instant, slot: u32, a: u16, item: u32, host: &mut impl Host) -> Instant {
        let (activity, each) = (self.activity(slot, a), self.each(slot, a, item));
        let visit = &mut self.visits[slot as usize];
        let (serial, s, p) = (visit.arrival.serial, visit.arrival.station.index(), visit.arrival.procedure.index());
        let plan = &self.network.plans[s];
        let hours = &plan.hours[plan.procedures[p].activities[usize::from(a)].hours as usize];
        let act = visit.act_mut(a);
        (act.lasts, act.shortest) = (each, each);
        let end = hours.finish(act.hours_at, now, Span(each), activity.at_closing, activity.clock);
        if let Some(end) = end {
            host.schedule(end, Event::Ends { serial, visit: VisitId(slot), activity: ActivityId(u32::from(a)) });
        }
        end.unwrap_or(Instant::NEVER)
    }

    /// Items leave their places; with the last one the activity ends.
    pub(super) fn items_leave(&mut self, now: Instant, slot: u32, a: u16, host: &mut impl Host) {
        let leave = |h: &Held| h.by == a && h.due == now;
        let visit = &self.visits[slot as usize];
        let done: u32 = visit.held.iter().filter(|h| leave(h)).map(|h| h.amount).sum();
        let treated = visit.act(a).treated;
        for item in treated..treated + done {
            if host.records() && self.resolution == Resolution::Wagons {
                self.record_item(now, slot, a, item, host);
            }
        }
        self.give_back(now, slot, leave, host);
        let act = self.visits[slot as usize].act_mut(a);
        act.treated += done;
        if act.treated == act.items {
            // Its places were never all at work at once: no part of its time counts as interrupted.
            act.lasts = (now - act.begin).0;
            self.ends(now, slot, a, host);
            self.proceed(now, slot, host);
        }
    }

    fn next_sampled(&mut self, slot: u32, a: u16, from: u32) -> u32 {
        let all = subjects(self.activity(slot, a).subject, &self.visits[slot as usize].arrival);
        (from..all).find(|i| self.is_sampled(slot, a, *i)).unwrap_or(all)
    }

    pub(super) fn item_or_activity_ends(&mut self, now: Instant, slot: u32, a: u16, host: &mut impl Host) {
        let activity = self.activity(slot, a);
        if self.follows_items(activity) {
            let act = *self.visits[slot as usize].act(a);
            let done = if act.places > 0 { act.places.min(act.items - act.treated) } else { 1 };
            let mut next = act.next_item;
            for _ in 0..done {
                if act.places > 0 {
                    next = self.next_sampled(slot, a, next);
                }
                if host.records() {
                    self.record_item(now, slot, a, next, host);
                }
                next += 1;
            }
            let act = self.visits[slot as usize].act_mut(a);
            (act.treated, act.next_item, act.item_begin) = (act.treated + done, next, now);
            if act.treated < act.items {
                self.put_next_end(slot, a, host);
                return;
            }
        }
        self.ends(now, slot, a, host);
        self.proceed(now, slot, host);
    }

    fn record_item(&self, now: Instant, slot: u32, a: u16, item: u32, host: &mut impl Host) {
        let visit = &self.visits[slot as usize];
        host.record(Record::Item(ItemRecord {
            station: visit.arrival.station,
            procedure: visit.arrival.procedure,
            activity: ActivityId(u32::from(a)),
            serial: visit.arrival.serial,
            item,
            ready: visit.act(a).ready,
            begin: visit.act(a).item_begin,
            end: now,
        }));
    }

    /// An activity has ended, or is passed: what follows it gets ready.
    fn ends(&mut self, now: Instant, slot: u32, a: u16, host: &mut impl Host) {
        let activity = self.activity(slot, a);
        let treated = self.visits[slot as usize].act(a).phase == Phase::Running;
        self.record_activity(now, slot, a, false, host);
        self.visits[slot as usize].act_mut(a).phase = Phase::Done;
        self.give_back(now, slot, |held| held.until == a, host);
        if treated {
            if activity.track == TrackUse::FreedAtEnd {
                self.free_wagons(now, slot, host);
            }
            let serial = self.visits[slot as usize].arrival.serial;
            if activity.returned > 0.0
                && !self.visits[slot as usize].returned
                && self.draw(slot, a, WHICH_CUTS, serial.wrapping_mul(2).wrapping_add(1)) < activity.returned
            {
                self.visits[slot as usize].returned = true;
                for b in 0..self.visits[slot as usize].acts.len() as u16 {
                    if self.visits[slot as usize].act(b).phase == Phase::Waiting {
                        self.break_off(now, slot, b, host);
                        self.give_back(now, slot, |held| held.until == b, host);
                        self.follow(slot, b);
                    }
                }
            }
        }
        self.follow(slot, a);
        if self.visits[slot as usize].open == 0 {
            self.all_done(now, slot, host);
        }
    }

    /// Counts an activity as ended before those that come after it.
    fn follow(&mut self, slot: u32, a: u16) {
        let network: &'a Network = self.network;
        let visit = &mut self.visits[slot as usize];
        let plan = &network.plans[visit.arrival.station.index()].procedures[visit.arrival.procedure.index()];
        visit.open -= 1;
        for &b in &plan.activities[usize::from(a)].next {
            let act = visit.act_mut(b);
            act.before -= 1;
            if act.before == 0 {
                self.todo.push(b);
            }
        }
    }

    /// An activity that waits or runs is broken off; what follows it is left to the caller.
    pub(super) fn break_off(&mut self, now: Instant, slot: u32, a: u16, host: &mut impl Host) {
        let visit = &self.visits[slot as usize];
        let phase = visit.act(a).phase;
        if !matches!(phase, Phase::Waiting | Phase::Running) {
            return;
        }
        if phase == Phase::Waiting || visit.act(a).unplaced > 0 {
            let (s, p) = (visit.arrival.station.index(), visit.arrival.procedure.index());
            if let Some(line) = self.network.plans[s].procedures[p].activities[usize::from(a)].line {
                self.leave(s, line, slot);
            }
        }
        if phase == Phase::Waiting {
            self.visits[slot as usize].act_mut(a).begin = now;
        }
        self.record_activity(now, slot, a, true, host);
        self.visits[slot as usize].act_mut(a).phase = Phase::Done;
    }

    fn record_activity(&self, now: Instant, slot: u32, a: u16, broken_off: bool, host: &mut impl Host) {
        if !host.records() {
            return;
        }
        let visit = &self.visits[slot as usize];
        let plan = &self.network.plans[visit.arrival.station.index()];
        let hours = plan.procedures[visit.arrival.procedure.index()].activities[usize::from(a)].hours;
        let act = visit.act(a);
        let rule = self.activity(slot, a).may_start;
        let lasts =
            if matches!(self.activity(slot, a).items, Items::AsPlacesFree(_)) { act.shortest } else { act.lasts };
        let waits = plan.hours[hours as usize].waits(act.ready, act.begin, Span(lasts), Span(act.shortest), rule);
        host.record(visit.activity_record(a, now, waits, broken_off));
    }
}

/// How many items an activity has.
fn subjects(subject: Subject, arrival: &crate::Arrival) -> u32 {
    match subject {
        Subject::Wagon => arrival.wagons,
        Subject::Consignment => arrival.consignments,
        Subject::Train | Subject::Locomotive | Subject::Crew | Subject::Cut => 1,
    }
}
