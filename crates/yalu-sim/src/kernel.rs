//! The event kernel: a binary heap in a total order of time, class, rank and sequence.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use yalu_units::Instant;

/// What happens.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Event {
    /// A train stands at the end of its path.
    Finish(u32),
    /// A train enters the way over the border.
    Crosses(u32),
    /// A batch of goods arrives on the far side by a route other than rail.
    BatchArrives(u32),
    /// A border day begins: index of the day.
    Midnight(u32),
    /// In the middle of a border day the way that may cross changes: index of the day.
    Turn(u32),
    /// Routes other than rail send their vehicles of the day.
    Dispatch(u32),
    /// Something is due at a border station.
    Border,
    /// Empties of a rail route are ready to go back from a place: route, place, wagons.
    Empties { route: u16, far: bool, wagons: u16 },
    /// A slot of a service.
    Slot { service: u16 },
    /// The train of a service turns back at its far end.
    TurnBack { service: u16 },
    /// A train of other traffic is ready: row, direction.
    Traffic { row: u16, forward: bool },
    /// A train must brake unless it can go on.
    Decide(u32),
    /// A train that stands tries to go; counted so that an outdated try does nothing.
    Try { train: u32, count: u32 },
}

impl Event {
    /// Order within one instant: the day's end first, then what frees before what takes.
    fn class(self) -> u8 {
        match self {
            // A day is closed before anything happens at its end: what does belongs to the next.
            Event::Midnight(_) | Event::Turn(_) => 0,
            Event::Finish(_) => 1,
            Event::BatchArrives(_) | Event::Crosses(_) => 2,
            Event::Dispatch(_) => 3,
            Event::Border => 4,
            Event::Empties { .. } => 5,
            Event::Slot { .. } => 6,
            Event::TurnBack { .. } => 7,
            Event::Traffic { .. } => 8,
            Event::Decide(_) => 9,
            Event::Try { .. } => 10,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    at: Instant,
    /// Class, then rank (trains that go first have the smaller one), then sequence.
    order: u64,
    event: Event,
}

/// Events yet to happen.
#[derive(Default)]
pub(crate) struct Agenda {
    heap: BinaryHeap<Reverse<Entry>>,
    sequence: u64,
    /// Events handed out.
    pub handled: u64,
}

impl Agenda {
    /// Plans an event.
    pub fn at(&mut self, at: Instant, event: Event) {
        self.ranked(at, 128, event);
    }
    /// Plans an event that comes before others of its class and instant where its rank is smaller.
    pub fn ranked(&mut self, at: Instant, rank: u8, event: Event) {
        self.sequence += 1;
        let order = u64::from(event.class()) << 56 | u64::from(rank) << 48 | self.sequence & 0xffff_ffff_ffff;
        self.heap.push(Reverse(Entry { at, order, event }));
    }
    /// The next event.
    pub fn next(&mut self) -> Option<(Instant, Event)> {
        let Reverse(e) = self.heap.pop()?;
        self.handled += 1;
        Some((e.at, e.event))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_come_by_time_then_class_then_rank_then_sequence() {
        let mut a = Agenda::default();
        a.at(Instant(5), Event::Decide(1));
        a.ranked(Instant(5), 9, Event::Try { train: 2, count: 0 });
        a.ranked(Instant(5), 3, Event::Try { train: 1, count: 0 });
        a.at(Instant(5), Event::Finish(7));
        a.at(Instant(5), Event::Midnight(3));
        a.at(Instant(4), Event::Decide(2));
        a.at(Instant(5), Event::Decide(0));
        let order: Vec<Event> = std::iter::from_fn(|| a.next()).map(|(_, e)| e).collect();
        assert_eq!(
            order,
            [
                Event::Decide(2),
                Event::Midnight(3),
                Event::Finish(7),
                Event::Decide(1),
                Event::Decide(0),
                Event::Try { train: 1, count: 0 },
                Event::Try { train: 2, count: 0 },
            ]
        );
    }
}
