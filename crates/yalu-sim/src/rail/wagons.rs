//! Wagons of rail routes: emptied, standing, kept, and back in stock.

use super::Stage;
use crate::kernel::Event;
use crate::world::World;
use yalu_trace::{WagonAccount, WagonMove};
use yalu_units::{Instant, Span, address};

impl World<'_> {
    /// Wagons that stand on the far side when the horizon begins.
    pub(crate) fn first_empties(&mut self) {
        for (r, chain) in self.chains.iter().enumerate() {
            if let Some(wagons) = chain.as_ref().map(|c| c.away as u16).filter(|n| *n > 0) {
                self.agenda.at(self.c.horizon.from, Event::Empties { route: r as u16, far: false, wagons });
            }
        }
    }

    /// The wagons of a cut are its no more: some are kept, the others ready to go back after a time, from the border or
    /// from the far end.
    pub(super) fn wagons_freed(&mut self, id: u32, r: usize, (at_border, after): (bool, Span), now: Instant) {
        let wagons = self.ways[id as usize].wagons;
        self.ways[id as usize].stage = Stage::Done;
        self.trace.cuts[id as usize].ended = Some(now);
        let share = self.chains[r].as_ref().map_or(0.0, |c| c.kept_share);
        let kept = if share > 0.0 {
            let route = &self.c.trade.routes.as_slice()[r].id;
            let u = self.draw.key().stream(address(&["wagons kept", route]), u64::from(id) * 2).unit();
            (f64::from(wagons) * share + u).floor().min(f64::from(wagons)) as u16
        } else {
            0
        };
        if kept > 0 {
            self.wagon_move(now, r, WagonAccount::InCut(id), WagonAccount::Kept, kept);
        }
        let wagons = wagons - kept;
        if wagons > 0 {
            self.wagon_move(now, r, WagonAccount::InCut(id), WagonAccount::Far, wagons);
            self.agenda.at(now + after, Event::Empties { route: r as u16, far: !at_border, wagons });
        }
    }

    /// Empties may go back: with the next train that turns, or at once where none does.
    pub(crate) fn empties_ready(&mut self, r: usize, far: bool, wagons: u16, now: Instant) {
        let Some(c) = &mut self.chains[r] else { return };
        if c.turns || far {
            c.empties[usize::from(far)] += u32::from(wagons);
        } else {
            self.wagon_move(now, r, WagonAccount::Far, WagonAccount::Stock, wagons);
        }
    }

    /// A cut of empties is in stock again.
    pub(super) fn home(&mut self, id: u32, r: usize, now: Instant) {
        let wagons = self.ways[id as usize].wagons;
        self.ways[id as usize].stage = Stage::Done;
        self.trace.cuts[id as usize].ended = Some(now);
        self.wagon_move(now, r, WagonAccount::InCut(id), WagonAccount::Stock, wagons);
    }

    /// Wagons go from one account to another.
    pub(super) fn wagon_move(&mut self, at: Instant, route: usize, from: WagonAccount, to: WagonAccount, wagons: u16) {
        if let Some(c) = &mut self.chains[route] {
            match from {
                WagonAccount::Stock => c.stock -= u32::from(wagons),
                WagonAccount::Far => c.away -= u32::from(wagons),
                WagonAccount::InCut(_) | WagonAccount::Kept => {}
            }
            match to {
                WagonAccount::Stock => c.stock += u32::from(wagons),
                WagonAccount::Far => c.away += u32::from(wagons),
                WagonAccount::InCut(_) | WagonAccount::Kept => {}
            }
        }
        if self.recorded.books() {
            self.trace.wagons.push(WagonMove { at, route: route as u16, from, to, wagons });
        }
    }
}
