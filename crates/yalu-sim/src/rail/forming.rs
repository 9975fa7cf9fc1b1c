//! Forming cuts for tomorrow's trains, and taking apart those that cannot cross.

use super::{GOES_ANYWAY, Stage, Way, in_use};
use crate::kernel::Event;
use crate::world::World;
use yalu_trace::{Cut, StepKind, WagonAccount};
use yalu_units::{Instant, Mass};

impl World<'_> {
    /// Takes apart cuts that cannot cross tomorrow or the day after as they are, and forms new ones for tomorrow.
    pub(crate) fn form_cuts(&mut self, day: usize, now: Instant) {
        for r in 0..self.chains.len() {
            let Some(chain) = &self.chains[r] else {
                continue;
            };
            let service = chain.service;
            let Some(tomorrow) = self.plan.days.get(day + 1) else {
                continue;
            };
            let most = chain.wagons_at(self.c, &self.regimes, tomorrow.start);
            let runs = self.route_runs(r, now) || self.route_runs(r, tomorrow.start);
            let stays = |w: &Way| runs && u32::from(w.wagons) <= most;
            let today = self.route_runs(r, now);
            let leave: Vec<u32> = chain
                .at_near
                .iter()
                .copied()
                .filter(|&id| {
                    let w = &self.ways[id as usize];
                    // A cut made for today is left alone until today is over.
                    !(stays(w) || today && u32::from(w.wagons) <= chain.wagons_at(self.c, &self.regimes, now))
                })
                .collect();
            for id in leave {
                self.take_apart(r, id, now);
            }
            if !self.route_runs(r, tomorrow.start) {
                continue;
            }
            let slots = self.plan.departures[service].get(day + 1).map_or(0, Vec::len);
            let wanted = (self.quota(service, day + 1) as usize).min(slots);
            let here = self.chains[r].as_ref().map_or(0, |c| c.at_near.len());
            // Cuts that leave today are still here at midnight.
            let today_wanted = (self.quota(service, day) as usize).min(self.plan.departures[service][day].len());
            for _ in here..(wanted + today_wanted.min(here)) {
                if !self.form_cut(r, most, tomorrow.start, now) {
                    break;
                }
            }
        }
    }

    fn form_cut(&mut self, r: usize, most: u32, leaves: Instant, now: Instant) -> bool {
        let Some(chain) = &mut self.chains[r] else {
            return false;
        };
        let queue = &self.shippers.queues[r][0];
        // Only as much of the queue as the longest train could take is looked at.
        let enough = Mass(chain.payload.0 * i64::from(most));
        let mut waiting = Mass(0);
        for lot in queue {
            waiting += lot.mass;
            if waiting >= enough {
                break;
            }
        }
        let fill = (waiting.0 as f64 / chain.payload.0.max(1) as f64).ceil() as u32;
        let mut wagons = most.min(fill).min(chain.stock);
        let old = queue.front().is_some_and(|l| now - l.ordered >= GOES_ANYWAY);
        if wagons == 0 || (wagons * 2 < most && !old) {
            return false;
        }
        if let Some(h) = chain.hold.as_mut().filter(|h| in_use(self.c, h.id, leaves)) {
            let room = h.capacity.0 - h.held.0 - h.heading.0;
            wagons = wagons.min((room / chain.payload.0.max(1)).max(0) as u32);
            if wagons == 0 {
                return false;
            }
        }
        let lots = self.shippers.take(r, 0, Mass(chain.payload.0 * i64::from(wagons)));
        let net: Mass = lots.iter().map(|l| l.mass).sum();
        if let Some(h) = &mut chain.hold {
            h.heading += net;
        }
        chain.stock -= wagons;
        let id = self.ways.len() as u32;
        chain.at_near.push_back(id);
        let (begin, end) = chain.loading.book(now, wagons as u16);
        self.ways.push(Way { route: r, wagons: wagons as u16, loaded: true, lots, stage: Stage::Loading, ready: now });
        self.trace.cuts.push(Cut {
            route: r as u32,
            forward: true,
            wagons: wagons as u16,
            loaded: true,
            net,
            formed: now,
            ended: None,
        });
        self.wagon_move(now, r, WagonAccount::Stock, WagonAccount::InCut(id), wagons as u16);
        self.step(id, StepKind::Loading, now, begin, end);
        self.agenda.at(end, Event::CutStep(id));
        true
    }

    fn take_apart(&mut self, r: usize, id: u32, now: Instant) {
        let w = &mut self.ways[id as usize];
        if w.stage == Stage::OnTrain {
            return;
        }
        let (lots, wagons) = (std::mem::take(&mut w.lots), w.wagons);
        w.stage = Stage::Done;
        let net: Mass = lots.iter().map(|l| l.mass).sum();
        let Some(chain) = &mut self.chains[r] else {
            return;
        };
        chain.at_near.retain(|&x| x != id);
        chain.ready_over.retain(|&x| x != id);
        chain.stock += u32::from(wagons);
        if let Some(h) = &mut chain.hold {
            h.heading -= net;
        }
        self.shippers.put_back(r, 0, lots);
        self.trace.cuts[id as usize].ended = Some(now);
        self.cut_short(id, now);
        self.wagon_move(now, r, WagonAccount::InCut(id), WagonAccount::Stock, wagons);
    }
}
