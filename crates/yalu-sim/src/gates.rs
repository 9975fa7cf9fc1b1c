//! The border as trains meet it today: open or shut, and how many may still pass.

use yalu_plan::{Line, LineKind};
use yalu_units::{Idx, Instant};

/// What one service may do at the border today.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gate {
    pub runs: bool,
    /// Trains that may still leave today.
    pub left: u32,
    /// Wagons a train may have.
    pub most_wagons: u32,
    /// Until when trains may cross now, out and back; never where it is not their hour.
    pub until: [Instant; 2],
}

impl Gate {
    /// For services that cross no border.
    pub const FREE: Gate = Gate { runs: true, left: u32::MAX, most_wagons: u32::MAX, until: [Instant::FAR; 2] };
}

/// All services' gates of the day.
#[derive(Debug)]
pub(crate) struct Gates {
    pub services: Vec<Gate>,
    /// Local midnight that ends the day.
    pub day_end: Instant,
}

impl Gates {
    /// Whether a train of this line may cross at an instant with so many wagons.
    pub fn open(&self, line: &Line, enter: Instant, wagons: u32) -> bool {
        let LineKind::Service(s) = line.kind else {
            return true;
        };
        let g = &self.services[s.index()];
        g.runs
            && enter < self.day_end.min(g.until[usize::from(!line.forward)])
            && (!line.forward || (g.left > 0 && wagons <= g.most_wagons))
    }

    /// Whether the border runs at all for this line.
    pub fn runs(&self, line: &Line) -> bool {
        let LineKind::Service(s) = line.kind else {
            return true;
        };
        self.services[s.index()].runs
    }

    /// Whether trains of this line that are still before the border must wait for another day.
    pub fn holds(&self, line: &Line) -> bool {
        let LineKind::Service(s) = line.kind else {
            return false;
        };
        let g = &self.services[s.index()];
        !g.runs || (line.forward && g.left == 0) || g.until[usize::from(!line.forward)] == Instant::NEVER
    }

    /// Notes that a train crosses.
    pub fn passed(&mut self, line: &Line) {
        if let (LineKind::Service(s), true) = (line.kind, line.forward) {
            self.services[s.index()].left -= 1;
        }
    }
}
