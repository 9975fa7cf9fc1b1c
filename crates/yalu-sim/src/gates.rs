//! The border as trains meet it today: open or shut, which way, and how many may still pass.

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
    /// Wagons that may still leave today.
    pub wagons_left: u32,
    /// Which way trains may cross now, where only one may.
    pub only: Option<Turn>,
}

/// One way's turn on a section that trains share.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Turn {
    /// Trains as the service is written, or those that come back.
    pub forward: bool,
    /// When the section must be clear for the other way.
    pub until: Instant,
}

impl Gate {
    /// For services that cross no border.
    pub const FREE: Gate =
        Gate { runs: true, left: u32::MAX, most_wagons: u32::MAX, wagons_left: u32::MAX, only: None };
}

/// All services' gates of the day.
#[derive(Debug)]
pub(crate) struct Gates {
    pub services: Vec<Gate>,
    /// Local midnight that ends the day.
    pub day_end: Instant,
}

impl Gates {
    /// Whether a train of this line with so many wagons may go on the section over the border at an instant and leave it
    /// at another. Where one way may cross at a time, the section is clear when that ends.
    pub fn open(&self, line: &Line, (enter, clear): (Instant, Instant), wagons: u32) -> bool {
        let LineKind::Service(s) = line.kind else {
            return true;
        };
        let g = &self.services[s.index()];
        let in_turn = g.only.is_none_or(|turn| turn.forward == line.forward && clear <= turn.until);
        let allowed = !line.forward || (g.left > 0 && wagons <= g.most_wagons && wagons <= g.wagons_left);
        g.runs && enter < self.day_end && in_turn && allowed
    }

    /// Whether the border runs at all for this line.
    pub fn runs(&self, line: &Line) -> bool {
        let LineKind::Service(s) = line.kind else {
            return true;
        };
        self.services[s.index()].runs
    }

    /// Whether trains of this line that are still before the border must wait for another day or turn.
    pub fn holds(&self, line: &Line, wagons: u32) -> bool {
        let LineKind::Service(s) = line.kind else {
            return false;
        };
        let g = &self.services[s.index()];
        let spent = line.forward && (g.left == 0 || wagons > g.wagons_left);
        !g.runs || spent || g.only.is_some_and(|turn| turn.forward != line.forward)
    }

    /// Whether one way at a time may cross where trains of this line do.
    pub fn by_turns(&self, line: &Line) -> bool {
        matches!(line.kind, LineKind::Service(s) if self.services[s.index()].only.is_some())
    }

    /// Notes that a train crosses.
    pub fn passed(&mut self, line: &Line, wagons: u32) {
        if let (LineKind::Service(s), true) = (line.kind, line.forward) {
            let g = &mut self.services[s.index()];
            g.left -= 1;
            if g.wagons_left < u32::MAX {
                g.wagons_left = g.wagons_left.saturating_sub(wagons);
            }
        }
    }
}
