//! Forming cuts for the trains of today and tomorrow, and taking apart those that cannot cross.

use super::{GOES_ANYWAY, Stage, Way, in_use};
use crate::books::Forming;
use crate::world::World;
use yalu_model::{Direction, RouteId};
use yalu_trace::{Cut, WagonAccount};
use yalu_units::{Idx, Instant, Mass};

/// Why a train is not formed, or is shorter than it may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Short {
    /// No empty wagons at the loading point.
    NoWagons,
    /// Too little waits to cross.
    NoGoods,
    /// No track in the yard beyond the border, or no room in the hold.
    NoPlaceBeyond,
    /// The regime allows fewer trains a day than the service runs, or fewer wagons than its trains have.
    Quota,
}

impl Short {
    /// All, in the order of counts.
    pub const ALL: [Short; 4] = [Short::NoWagons, Short::NoGoods, Short::NoPlaceBeyond, Short::Quota];

    /// Its name in data.
    pub fn name(self) -> &'static str {
        match self {
            Short::NoWagons => "no_wagons",
            Short::NoGoods => "no_goods",
            Short::NoPlaceBeyond => "no_place_beyond",
            Short::Quota => "quota",
        }
    }
}

impl World<'_> {
    /// Takes apart cuts that cannot cross today or tomorrow as they are, and forms those that the trains of both days lack.
    pub(crate) fn form_cuts(&mut self, day: usize, now: Instant) {
        for r in 0..self.chains.len() {
            let Some(chain) = &self.chains[r] else { continue };
            let days = &self.plan.days[day..(day + 2).min(self.plan.days.len())];
            let stays = |id: &u32| days.iter().any(|d| self.crosses_as_it_is(r, &self.ways[*id as usize], d.start));
            let leave: Vec<u32> = chain.at_near.iter().copied().filter(|id| !stays(id)).collect();
            for id in leave {
                self.take_apart(r, id, now);
            }
            let mut before = 0;
            for d in day..day + days.len() {
                before += self.form_for(r, d, (before, d == day), now);
            }
        }
    }

    /// Whether a cut may cross on the day of an instant without a change.
    fn crosses_as_it_is(&self, r: usize, w: &Way, t: Instant) -> bool {
        self.route_runs(r, t) && u32::from(w.wagons) <= self.regimes.wagons_per_train(RouteId::new(r), t)
    }

    /// Counts the trains of the day that ends which did not leave, by what kept them from being formed in time.
    pub(crate) fn settle(&mut self, r: usize) {
        let Some(chain) = &mut self.chains[r] else { return };
        let day = std::mem::take(&mut chain.today);
        (chain.today.lacked, chain.today.lacks_tomorrow) = (day.lacks_tomorrow, [0; Short::ALL.len()]);
        let mut missing = day.due.saturating_sub(day.left);
        let f = self.forming(r);
        f.due += day.due;
        for (sum, lacked) in f.not_formed.iter_mut().zip(day.lacked) {
            let n = lacked.min(missing);
            *sum += n;
            missing -= n;
        }
    }

    /// Forms what the trains of a day lack where so many cuts leave before it; how many trains it has. What cannot be
    /// formed the day before is tried once more on the day itself.
    fn form_for(&mut self, r: usize, day: usize, (before, today): (usize, bool), now: Instant) -> usize {
        let start = self.plan.days[day].start;
        let Some(chain) = self.chains[r].as_ref().filter(|_| self.route_runs(r, start)) else { return 0 };
        let (service, full) = (chain.service, chain.max_wagons);
        let longest = self.border.longest(chain.near).min(self.border.longest(chain.far));
        let most = self.regimes.wagons_per_train(RouteId::new(r), start).min(longest);
        let here = chain.at_near.len().saturating_sub(before);
        let slots = self.plan.departures[service][day].len();
        let wanted = (self.quota(service, day) as usize).min(slots);
        let held_back = (self.unlimited(service, day) as usize).min(slots).saturating_sub(wanted);
        let mut left = self.wagons_quota(service, day).map(|n| n.saturating_sub(self.stay(r, before)));
        let mut lacking = None;
        for more in (here..wanted).rev() {
            let most = most.min(left.unwrap_or(u32::MAX));
            match self.form_cut(r, most, start, now) {
                Ok(short) => {
                    let wagons = self.ways.last().map_or(0, |w| u32::from(w.wagons));
                    left = left.map(|n| n.saturating_sub(wagons));
                    let f = self.forming(r);
                    f.formed += 1;
                    if let Some(why) = short.or((most < full).then_some(Short::Quota)) {
                        f.shortened[why as usize] += 1;
                    }
                }
                Err(why) => {
                    lacking = Some((why, (more - here) as u32 + 1));
                    break;
                }
            }
        }
        if let Some(chain) = &mut self.chains[r] {
            let d = &mut chain.today;
            if today {
                d.due = wanted as u32;
                let told: u32 = d.lacked.iter().sum();
                if let Some((why, n)) = lacking {
                    d.lacked[why as usize] += n.saturating_sub(told);
                }
            } else if let Some((why, n)) = lacking {
                d.lacks_tomorrow[why as usize] += n;
            }
        }
        if today {
            self.forming(r).not_formed[Short::Quota as usize] += held_back as u32;
        }
        wanted
    }

    /// Wagons of cuts that will still be at the near station when so many of them have left.
    fn stay(&self, r: usize, leave: usize) -> u32 {
        let cuts = self.chains[r].iter().flat_map(|c| c.at_near.iter().skip(leave));
        cuts.map(|id| u32::from(self.ways[*id as usize].wagons)).sum()
    }

    pub(super) fn forming(&mut self, r: usize) -> &mut Forming {
        &mut self.books.months[self.books.month].forming[r]
    }

    /// Forms a cut and tells what kept it shorter than it may be, or tells why there is none.
    fn form_cut(&mut self, r: usize, most: u32, leaves: Instant, now: Instant) -> Result<Option<Short>, Short> {
        let Some(chain) = &mut self.chains[r] else {
            return Err(Short::NoGoods);
        };
        let direction = chain.direction;
        let (id, way) = (RouteId::new(r), Direction::BOTH[direction]);
        let queue = &self.lots.queues[id][way];
        // Only as much of the queue as the longest train could take is looked at.
        let enough = Mass(chain.payload.0 * i64::from(most));
        let mut waiting = Mass(0);
        for lot in queue.iter().filter(|l| !self.shippers.bans.has(id, l.good())) {
            waiting += lot.mass;
            if waiting >= enough {
                break;
            }
        }
        let fill = (waiting.0 as f64 / chain.payload.0.max(1) as f64).ceil() as u32;
        let mut wagons = most.min(fill).min(chain.stock);
        let mut short = if most == 0 {
            Some(Short::Quota)
        } else if wagons == most {
            None
        } else if chain.stock < fill {
            Some(Short::NoWagons)
        } else {
            Some(Short::NoGoods)
        };
        let old = queue.front().is_some_and(|l| now - l.since >= GOES_ANYWAY);
        if wagons == 0 || (wagons * 2 < most && !old) {
            return Err(short.unwrap_or(Short::Quota));
        }
        if let Some(h) = chain.hold.as_mut().filter(|h| in_use(self.c, h.id, leaves)) {
            let room = h.capacity.0 - h.held.0 - h.heading.0;
            let fits = (room / chain.payload.0.max(1)).max(0) as u32;
            if fits == 0 {
                return Err(Short::NoPlaceBeyond);
            }
            if fits < wagons {
                (wagons, short) = (fits, Some(Short::NoPlaceBeyond));
            }
        }
        let lots = self.lots.take(&self.shippers.bans, id, way, Mass(chain.payload.0 * i64::from(wagons)));
        let net: Mass = lots.iter().map(|l| l.mass).sum();
        if let Some(h) = &mut chain.hold {
            h.heading += net;
        }
        let id = self.ways.len() as u32;
        chain.at_near.push_back(id);
        let at = chain.places.loading;
        let loading = |id: &&u32| self.ways.get(**id as usize).is_some_and(|w| w.stage == Stage::Loading);
        let before: u32 =
            chain.at_near.iter().filter(loading).map(|id| u32::from(self.ways[*id as usize].wagons)).sum();
        let loaded = now + chain.loads_in(before + wagons);
        self.ways.push(Way::new(r, wagons as u16, lots, Stage::Loading, loaded));
        self.trace.cuts.push(Cut {
            route: r as u32,
            forward: direction == 0,
            wagons: wagons as u16,
            loaded: true,
            net,
            formed: now,
            ended: None,
        });
        self.wagon_move(now, r, WagonAccount::Stock, WagonAccount::InCut(id), wagons as u16);
        self.go_to_places(id, at, Stage::Loading, now);
        Ok(short)
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
        let direction = chain.direction;
        if let Some(h) = &mut chain.hold {
            h.heading -= net;
        }
        self.lots.put_back(RouteId::new(r), Direction::BOTH[direction], lots);
        self.withdraw(id, now);
        self.trace.cuts[id as usize].ended = Some(now);
        self.wagon_move(now, r, WagonAccount::InCut(id), WagonAccount::Stock, wagons);
    }
}
