//! Slots and the trains that use them: cuts over the border and onward, locomotives for the empties, trains that turn.

use super::{MARGIN, Short, Stage, Way};
use crate::border::{waits_for, way_of_cut};
use crate::movement::Job;
use crate::world::{World, line_for};
use yalu_border::Reason;
use yalu_model::RouteId;
use yalu_trace::{Cut, WagonAccount, Waits};
use yalu_units::{Idx, Instant, Mass, Span};

/// A slot not yet used.
pub(super) struct Slot {
    scheduled: Instant,
    /// Until when a train may still use it.
    until: Instant,
    /// Why a cut that was ready for it was not taken in beyond the border.
    refused: Option<Short>,
}

impl Slot {
    fn new(scheduled: Instant, until: Instant) -> Self {
        Self { scheduled, until, refused: None }
    }
}

impl World<'_> {
    /// A slot of a rail route's service comes up.
    pub(crate) fn rail_slot(&mut self, r: usize, over: bool, now: Instant) {
        let day_end = self.gates.day_end;
        if let Some(c) = &mut self.chains[r] {
            if over {
                c.slots.push_back(Slot::new(now, (now + c.cancel_after).min(day_end)));
            } else {
                c.onward_slots.push_back(Slot::new(now, now + c.onward_cancel_after));
            }
        }
        if over {
            self.send_over(r, now);
        } else {
            self.send_onward(r, now);
        }
        self.fetch_empties(r, over, now);
    }

    /// Where no cut will use the slot and wagons run out on the near side, a locomotive goes alone for the empties.
    ///
    /// Without it wagons would gather on the far side for ever: trains come back only after trains have gone.
    fn fetch_empties(&mut self, r: usize, over: bool, now: Instant) {
        let runs = self.route_runs(r, now);
        let Some(chain) = &mut self.chains[r] else { return };
        let half = chain.max_wagons.div_ceil(2);
        let (service, needed) = if over {
            // A cut that is loaded only when the slot is over uses it no more than none would.
            let in_time =
                |s: &Slot| chain.at_near.iter().filter(|id| self.ways[**id as usize].loaded_by(s.until)).count();
            let spare = chain.slots.back().is_some_and(|s| in_time(s) < chain.slots.len());
            (Some(chain.service), spare && runs && chain.turns && chain.stock < half && chain.empties[0] >= half)
        } else {
            let short = chain.ready_onward.is_empty() && chain.empties[1] >= half;
            (chain.onward, short && !chain.onward_slots.is_empty())
        };
        let Some(service) = service.filter(|_| needed) else { return };
        let Some(line) = line_for(self.plan, service, true, false, 0) else { return };
        let run = self.movement.run_time(line);
        let back = now + run + run + MARGIN + self.turn_after[service];
        let crossing = self.c.trains.services.as_slice()[service].crossing;
        if crossing.is_some_and(|x| !self.regimes.running(x, back)) {
            return;
        }
        if over {
            chain.slots.pop_front()
        } else {
            chain.onward_slots.pop_front()
        };
        self.movement.ready(&mut self.agenda, now, line, Job::Fetch, now, (0, 0), None);
    }

    /// Sends cuts over the border while there are a slot, a cut, a yard track beyond, and an open border till it is back.
    pub(super) fn send_over(&mut self, r: usize, now: Instant) {
        loop {
            let runs = self.route_runs(r, now);
            let Some(chain) = &mut self.chains[r] else {
                return;
            };
            while let Some(s) = chain.slots.pop_front_if(|s| s.until <= now) {
                let month = &mut self.books.months[self.books.month];
                if let Some(why) = s.refused {
                    month.forming[r].not_formed[why as usize] += 1;
                }
            }
            let (Some(slot), Some(&id)) = (chain.slots.front_mut(), chain.ready_over.front()) else {
                return;
            };
            let (service, far, scheduled) = (chain.service, chain.far, slot.scheduled);
            let way = way_of_cut(chain.direction, true);
            let s = &self.c.trains.services.as_slice()[service];
            let wagons = self.ways[id as usize].wagons;
            let Some(line) = line_for(self.plan, service, true, true, u32::from(wagons)) else {
                return;
            };
            let run = self.movement.run_time(line);
            // A train that does not turn leaves the border as soon as it is over.
            let home = if s.turn.is_some() { run } else { Span(0) };
            let back = now + run + home + MARGIN + self.turn_after[service];
            let open = runs && s.crossing.is_none_or(|x| self.regimes.running(x, back));
            if !open {
                return;
            }
            let admitted = far.map(|f| self.border.admit(&mut self.agenda, now, (f, way), wagons)).transpose();
            let track = match admitted {
                Ok(track) => track,
                Err(why) => {
                    let quota = waits_for(why) == Waits::QUOTA;
                    slot.refused = Some(if quota { Short::Quota } else { Short::NoPlaceBeyond });
                    let reason = if quota { Reason::Quota } else { Reason::NoTrack };
                    if let Some(visit) = self.ways[id as usize].visit {
                        self.border.work(&mut self.agenda, |engine, _| engine.holds_back(now, visit, reason));
                    }
                    return;
                }
            };
            chain.slots.pop_front();
            chain.today.left += 1;
            chain.ready_over.pop_front();
            chain.at_near.retain(|&x| x != id);
            self.depart(id, now);
            (self.ways[id as usize].stage, self.ways[id as usize].track) = (Stage::OnTrain, track);
            self.movement.ready(&mut self.agenda, now, line, Job::Over { cut: id }, scheduled, (wagons, 0), None);
        }
    }

    pub(super) fn send_onward(&mut self, r: usize, now: Instant) {
        loop {
            let Some(chain) = &mut self.chains[r] else {
                return;
            };
            while chain.onward_slots.front().is_some_and(|s| s.until <= now) {
                chain.onward_slots.pop_front();
            }
            let Some(service) = chain.onward else { return };
            let (Some(slot), Some(&id)) = (chain.onward_slots.front(), chain.ready_onward.front()) else {
                return;
            };
            let scheduled = slot.scheduled;
            let wagons = self.ways[id as usize].wagons;
            let Some(line) = line_for(self.plan, service, true, true, u32::from(wagons)) else {
                return;
            };
            chain.onward_slots.pop_front();
            chain.ready_onward.pop_front();
            self.ways[id as usize].stage = Stage::OnTrain;
            self.movement.ready(&mut self.agenda, now, line, Job::Onward { cut: id }, scheduled, (wagons, 0), None);
            self.depart(id, now);
        }
    }

    /// The train of a service turns back with the empties that stand there.
    pub(crate) fn turn_back(&mut self, service: usize, now: Instant) {
        let over =
            self.chains.iter().position(|c| c.as_ref().is_some_and(|c| c.service == service && c.empties[0] > 0));
        let any = self.chains.iter().position(|c| c.as_ref().is_some_and(|c| c.service == service));
        if let Some(r) = over.or(any) {
            let Some(chain) = &mut self.chains[r] else {
                return;
            };
            let most = self.regimes.wagons_per_train(RouteId::new(r), now).min(self.border.longest(chain.near));
            let wagons = most.min(chain.empties[0]) as u16;
            // Empties come home to a track of the yard, or wait before it.
            let way = way_of_cut(chain.direction, false);
            let near = chain.near.filter(|_| wagons > 0);
            let track = near.and_then(|n| self.border.admit(&mut self.agenda, now, (n, way), wagons).ok());
            chain.empties[0] -= u32::from(wagons);
            let cut = (wagons > 0).then(|| {
                let id = self.ways.len() as u32;
                self.ways.push(Way { track, ..Way::new(r, wagons, Vec::new(), Stage::OnTrain, now) });
                self.trace.cuts.push(Cut {
                    route: r as u32,
                    forward: chain.direction == 1,
                    wagons,
                    loaded: false,
                    net: Mass(0),
                    formed: now,
                    ended: None,
                });
                id
            });
            if let Some(id) = cut {
                self.wagon_move(now, r, WagonAccount::Far, WagonAccount::InCut(id), wagons);
            }
            if let Some(line) = line_for(self.plan, service, false, false, u32::from(wagons)) {
                self.movement.ready(&mut self.agenda, now, line, Job::Back { cut }, now, (0, wagons), None);
            }
            return;
        }
        let Some(r) = self.chains.iter().position(|c| c.as_ref().is_some_and(|c| c.onward == Some(service))) else {
            return;
        };
        let most = crate::world::most_wagons(self.plan, service);
        let Some(chain) = &mut self.chains[r] else {
            return;
        };
        let wagons = chain.empties[1].min(most) as u16;
        chain.empties[1] -= u32::from(wagons);
        if let Some(line) = line_for(self.plan, service, false, false, u32::from(wagons)) {
            self.movement.ready(
                &mut self.agenda,
                now,
                line,
                Job::OnwardBack { route: r as u16, wagons },
                now,
                (0, wagons),
                None,
            );
        }
    }
}
