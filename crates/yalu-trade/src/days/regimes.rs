//! The state of each route on each day.

use super::compiled::{DayModel, Kind, Spell};
use super::drawn::Drawn;
use crate::Habits;
use yalu_model::{Good, Mode};
use yalu_units::Idx;

/// A route on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct RouteDay {
    /// Every crossing of it runs.
    pub runs: bool,
    /// What its regimes do together.
    pub kind: Kind,
    /// Tonnes a day each way.
    pub capacity_t: f64,
    /// Days goods are held on the far side.
    pub hold_days: f64,
    /// What is held is limited by storage.
    pub stored: bool,
}

/// Walks through the spells of all crossings.
pub(crate) struct Walk<'m, 'a> {
    model: &'m DayModel<'a>,
    drawn: &'m Drawn,
    /// Spell of each crossing on the present day.
    at: Vec<usize>,
    /// A route goes by it: what happens at other crossings changes nothing.
    used: Vec<bool>,
}

impl<'m, 'a> Walk<'m, 'a> {
    pub fn new(model: &'m DayModel<'a>, drawn: &'m Drawn) -> Self {
        let trains = |x: usize| drawn.routes.iter().any(|r| r.rail.as_ref().is_some_and(|s| s.crossing == Some(x)));
        let goes_by = |x: usize| trains(x) || model.c.routes.iter().any(|r| r.crossings.iter().any(|c| c.index() == x));
        let used = (0..model.spells.len()).map(goes_by).collect();
        Self { model, drawn, at: vec![0; model.spells.len()], used }
    }

    /// Goes to a day; whether any spell changed. Days are visited in order.
    pub fn to(&mut self, day: usize) -> bool {
        let mut changed = day == 0;
        for (x, at) in self.at.iter_mut().enumerate().filter(|(x, _)| self.used[*x]) {
            let ends = &self.drawn.spells[x];
            while ends.get(*at).is_some_and(|s| day >= s.days.1) {
                *at += 1;
                changed = true;
            }
            changed |= ends.get(*at).is_some_and(|s| day == s.days.0);
        }
        changed
    }

    fn spell(&self, crossing: usize, day: usize) -> Option<(&Spell<'a>, &super::drawn::DrawnSpell)> {
        let i = self.at[crossing];
        let drawn = self.drawn.spells[crossing].get(i)?;
        (day >= drawn.days.0).then(|| (&self.model.spells[crossing][i], drawn))
    }

    /// Whether some regime on a route keeps a good from passing on the present day.
    pub fn refuses(&self, r: usize, day: usize, good: &Good) -> bool {
        let crossings = &self.model.c.routes.as_slice()[r].crossings;
        let mut spells = crossings.iter().filter_map(|x| self.spell(x.index(), day));
        spells.any(|(s, _)| s.regime.refuses(good.direction, &good.hs))
    }

    /// The state of a route on the present day.
    pub fn route(&self, r: usize, day: usize, habits: &Habits) -> RouteDay {
        let route = &self.model.c.routes.as_slice()[r];
        let own = &self.drawn.routes[r];
        let mut out = RouteDay { runs: true, capacity_t: own.tonnes_per_day, ..RouteDay::default() };
        let mut hold: Option<f64> = None;
        for x in &route.crossings {
            let Some((spell, drawn)) = self.spell(x.index(), day).filter(|(s, _)| s.running) else {
                return RouteDay::default();
            };
            out.kind.quarantine |= spell.kind.quarantine;
            if let Some(h) = drawn.hold_days {
                hold = Some(hold.map_or(h, |b| b.max(h)));
            }
            if own.rail.is_none() {
                let stored = route.mode == Mode::Sea && drawn.hold_days.is_some() && habits.port_storage_t.is_some();
                out.stored |= stored;
                out.capacity_t *= if spell.kind.lockdown {
                    habits.lockdown_share.unwrap_or(drawn.capacity_share)
                } else if stored {
                    1.0
                } else {
                    drawn.capacity_share
                };
            }
        }
        if let Some(rail) = &own.rail {
            let service = rail.crossing.and_then(|x| self.spell(x, day));
            let trains = service.and_then(|(_, d)| d.trains_per_day).unwrap_or(rail.trains_per_day);
            let wagons = service.and_then(|(_, d)| d.wagons_per_train).unwrap_or(rail.wagons);
            out.capacity_t = trains.min(rail.most_trains) * wagons * rail.payload_t;
            match &rail.hold {
                Some(h) if (h.days_used.0..h.days_used.1).contains(&day) => {
                    out.stored = true;
                    out.hold_days = hold.unwrap_or(h.hold_days);
                }
                _ => {}
            }
        } else {
            out.hold_days = hold.unwrap_or(0.0);
        }
        out
    }
}
