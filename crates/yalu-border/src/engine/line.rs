//! Who waits, in the order they got ready, and which of them may begin.

use super::Border;
use super::visit::{DEPARTURE, Held, Phase};
use crate::{ActivityId, Amount, Event, Host, Items, Kept, Network, StationId, VisitId};
use yalu_units::{Idx, Instant, Span};

/// A visit that waits to begin the activity of a line.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Job {
    pub ready: Instant,
    pub serial: u64,
    pub slot: u32,
}

/// Why a job does not begin.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stays {
    /// It has begun.
    Begun,
    /// Closed, for all in its line.
    Closed,
    /// It would not end before closing.
    TooNear,
    /// A resource is lacking.
    Lacking,
}

impl Border<'_> {
    /// A visit joins the line of an activity.
    pub(super) fn join(&mut self, s: usize, line: u32, job: Job) {
        let waiting = &mut self.here[s].lines[line as usize];
        let mut at = waiting.len();
        while at > 0 && waiting[at - 1] > job {
            at -= 1;
        }
        waiting.insert(at, job);
        self.stir_line(s, line as usize);
    }

    /// A visit leaves a line without having begun.
    pub(super) fn leave(&mut self, s: usize, line: u32, slot: u32) {
        self.here[s].lines[line as usize].retain(|j| j.slot != slot);
        self.stir_line(s, line as usize);
    }

    /// Lets begin what can in a room, oldest first. Nobody takes what an older one lacks alone.
    ///
    /// Beginnings only take, so that one look through, in order, finds all; but what was kept for one who lacked a single
    /// thing may lack another by now. Then it is looked through again, so that a further look would change nothing.
    pub(super) fn look_through(&mut self, now: Instant, s: usize, room: u32, host: &mut impl Host) {
        let network: &Network = self.network;
        let plan = &network.plans[s];
        let lines = &plan.rooms[room as usize];
        let mut looked = std::mem::take(&mut self.looked);
        looked.clear();
        looked.resize(lines.len(), 0);
        loop {
            let here = &self.here[s];
            let waiting = |i: usize| here.lines[lines[i] as usize].get(looked[i]).map(|job| (*job, lines[i], i));
            let Some((job, line, i)) = (0..lines.len()).filter_map(waiting).min() else { break };
            let (p, a) = plan.lines[line as usize];
            match self.try_begin(now, s, p as usize, a as u16, job, host) {
                Stays::Begun => {
                    self.here[s].lines[line as usize].remove(looked[i]);
                    if std::mem::take(&mut self.kept_back) {
                        looked.fill(0);
                        self.drop_claims(s, room);
                    }
                }
                Stays::Lacking if !plan.procedures[p as usize].activities[a as usize].alike => looked[i] += 1,
                Stays::TooNear => looked[i] += 1,
                Stays::Closed | Stays::Lacking => looked[i] = usize::MAX,
            }
        }
        self.looked = looked;
        self.kept_back = false;
        self.drop_claims(s, room);
        for r in (0..plan.room_of.len()).filter(|r| plan.room_of[*r] == room) {
            if self.here[s].supply[r].may_go() {
                let waited_for =
                    lines.iter().any(|l| !self.here[s].lines[*l as usize].is_empty() && self.needs(s, *l, r));
                self.here[s].supply[r].goes_or_stays(now, waited_for, self.key);
            }
        }
    }

    fn drop_claims(&mut self, s: usize, room: u32) {
        let plan = &self.network.plans[s];
        for (supply, _) in self.here[s].supply.iter_mut().zip(&plan.room_of).filter(|(_, r)| **r == room) {
            supply.claimed = 0;
        }
    }

    /// Whether those in a line wait for a resource.
    fn needs(&self, s: usize, line: u32, resource: usize) -> bool {
        let (p, a) = self.network.plans[s].lines[line as usize];
        let activities = &self.network.stations().as_slice()[s].procedures.as_slice()[p as usize].activities;
        activities.as_slice()[a as usize].needs.iter().any(|n| n.resource.index() == resource)
    }

    fn try_begin(&mut self, now: Instant, s: usize, p: usize, a: u16, job: Job, host: &mut impl Host) -> Stays {
        let network: &Network = self.network;
        let activity = &network.stations().as_slice()[s].procedures.as_slice()[p].activities.as_slice()[usize::from(a)];
        let hours_id = network.plans[s].procedures[p].activities[usize::from(a)].hours;
        let hours = &network.plans[s].hours[hours_id as usize];
        // Who is away is called for even while closed: it comes back and stays.
        let mut away = false;
        for need in &activity.needs {
            let r = need.resource.index();
            if let Some(back) = self.here[s].supply[r].away_until(now, self.key) {
                self.tell_back(s, r, back, host);
                away = true;
            }
        }
        let mut at = 0;
        if !hours.is_always() {
            let clock = &mut self.here[s].clocks[hours_id as usize];
            clock.at = hours.seek(clock.at, now);
            at = clock.at;
            if !hours.is_open(at, now) {
                self.wake(now, s, hours_id, host);
                return Stays::Closed;
            }
        }
        if away {
            return Stays::Lacking;
        }
        let visit = &self.visits[job.slot as usize];
        let cut = Cut { wagons: visit.arrival.wagons, load: visit.arrival.load, items: visit.act(a).items };
        let (mut lacking, mut lacks) = (0, 0);
        for need in &activity.needs {
            let r = need.resource.index();
            let supply = &mut self.here[s].supply[r];
            let (least, _) = wanted(need.amount, cut, supply.count);
            if supply.free() < least {
                (lacking, lacks) = (lacking + 1, r);
            }
        }
        if lacking > 0 {
            // What is free of the one thing it lacks is kept for it, so that small cuts do not starve a large one.
            if lacking == 1 {
                let supply = &mut self.here[s].supply[lacks];
                let free = supply.free();
                supply.claimed += free;
                self.kept_back |= free > 0;
            }
            return Stays::Lacking;
        }
        let granted = |border: &Self, i: usize| {
            let need = &activity.needs[i];
            let supply = &border.here[s].supply[need.resource.index()];
            wanted(need.amount, cut, supply.count).1.min(supply.free())
        };
        if let Items::Rounds { places_of, .. } = activity.items {
            let need = &activity.needs[places_of];
            let all = self.here[s].supply[need.resource.index()].count;
            let most = wanted(need.amount, cut, all).1.max(1);
            let places = granted(self, places_of).max(1);
            let lasts = self.rounds(job.slot, a, places);
            let shortest = if places == most { lasts } else { self.rounds(job.slot, a, most) };
            let act = self.visits[job.slot as usize].act_mut(a);
            (act.places, act.lasts, act.shortest) = (places, lasts, shortest);
        }
        if let Items::AsPlacesFree(_) = activity.items {
            let act = self.visits[job.slot as usize].act(a);
            let each = self.each(job.slot, a, act.items - act.unplaced);
            let act = self.visits[job.slot as usize].act_mut(a);
            (act.lasts, act.shortest) = (each, each);
        }
        let act = self.visits[job.slot as usize].act_mut(a);
        let (lasts, shortest) = (Span(act.lasts), Span(act.shortest));
        if !hours.may_start(at, now, lasts, shortest, activity.may_start) {
            act.places = 0;
            self.wake(now, s, hours_id, host);
            return Stays::TooNear;
        }
        if let Items::AsPlacesFree(_) = activity.items {
            self.visits[job.slot as usize].act_mut(a).hours_at = at;
            return self.place(now, job.slot, a, host);
        }
        for i in 0..activity.needs.len() {
            let amount = granted(self, i);
            let need = &activity.needs[i];
            self.here[s].supply[need.resource.index()].take(amount);
            let until = match need.kept {
                Kept::ForItself => a,
                Kept::Until(b) => b.0 as u16,
                Kept::UntilDeparture => DEPARTURE,
            };
            let due = Instant::NEVER;
            let held = Held { resource: need.resource.0, amount, by: a, until, from: now, due };
            self.visits[job.slot as usize].held.push(held);
        }
        let act = self.visits[job.slot as usize].act_mut(a);
        act.hours_at = at;
        self.begin(now, job.slot, a, lasts, host);
        Stays::Begun
    }

    /// Items of a visit take the places that are free, each for its own time; the visit stays in its line until all have one.
    fn place(&mut self, now: Instant, slot: u32, a: u16, host: &mut impl Host) -> Stays {
        let Some(need) = self.activity(slot, a).needs.first() else { return Stays::Lacking };
        let (visit, resource) = (&mut self.visits[slot as usize], need.resource.index());
        let supply = &mut self.here[visit.arrival.station.index()].supply[resource];
        let act = visit.act_mut(a);
        let placed = supply.free().min(act.unplaced);
        let first = act.items - act.unplaced;
        act.unplaced -= placed;
        let stays = if act.unplaced == 0 { Stays::Begun } else { Stays::Lacking };
        if act.phase == Phase::Waiting {
            (act.phase, act.begin) = (Phase::Running, now);
        }
        supply.take(placed);
        if placed == 0 {
            // A visit with no items is done as soon as its turn comes.
            let serial = self.visits[slot as usize].arrival.serial;
            let held = Held { resource: need.resource.0, amount: 0, by: a, until: a, from: now, due: now };
            self.visits[slot as usize].held.push(held);
            host.schedule(now, Event::Ends { serial, visit: VisitId(slot), activity: ActivityId(u32::from(a)) });
            return stays;
        }
        let alike = self.fixed_each(slot, a).is_some();
        for (item, amount) in
            if alike { vec![(first, placed)] } else { (first..first + placed).map(|i| (i, 1)).collect() }
        {
            let due = self.item_end(now, slot, a, item, host);
            let held = Held { resource: need.resource.0, amount, by: a, until: a, from: now, due };
            self.visits[slot as usize].held.push(held);
        }
        stays
    }

    /// Puts the next opening of hours on the agenda, once.
    fn wake(&mut self, now: Instant, s: usize, hours: u32, host: &mut impl Host) {
        let clock = &mut self.here[s].clocks[hours as usize];
        let next = self.network.plans[s].hours[hours as usize].next_opening(clock.at, now);
        if let Some(opens) = next.filter(|at| *at != clock.wakes) {
            clock.wakes = opens;
            host.schedule(opens, Event::Opens { station: StationId::new(s), hours });
        }
    }

    /// An activity begins.
    pub(super) fn begin(&mut self, now: Instant, slot: u32, a: u16, lasts: Span, host: &mut impl Host) {
        let act = self.visits[slot as usize].act_mut(a);
        act.phase = Phase::Running;
        act.begin = now;
        act.item_begin = now;
        act.lasts = lasts.0;
        self.put_next_end(slot, a, host);
        let activity = self.activity(slot, a);
        if activity.track == crate::TrackUse::FreedAtBegin {
            self.free_wagons(now, slot, host);
        }
    }
}

/// What of a train says how much it takes.
#[derive(Clone, Copy, Debug)]
struct Cut {
    wagons: u32,
    load: u32,
    items: u32,
}

/// The least and the most of a resource that an activity takes.
fn wanted(amount: Amount, cut: Cut, count: u32) -> (u32, u32) {
    match amount {
        Amount::Fixed(n) => (n, n),
        Amount::PerWagon(each) => both(each.saturating_mul(cut.wagons).min(count)),
        Amount::Load => both(cut.load.min(count)),
        Amount::Places { least, most } => {
            let most = most.min(cut.items.max(1)).min(count);
            (least.min(most).max(1), most)
        }
    }
}

fn both(n: u32) -> (u32, u32) {
    (n, n)
}
