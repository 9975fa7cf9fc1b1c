//! Who stood on which track, and what teams did: a lane a track or a team.

use yalu_chart::{Caption, Colour, GanttBar, GanttGroup, GanttLane, Rim, YardGantt};
use yalu_view::border::{Bar, Lane, RimClock, StationLanes, Yard};

/// Tracks and teams of each station over a day or two.
pub fn yard(y: &Yard) -> YardGantt {
    let rim = |c: &RimClock| Rim { name: c.name.clone(), day: c.day.0, hour: c.hour };
    YardGantt {
        caption: Caption {
            title: format!("{} stays of cuts at the border, from {} on", y.stays, y.from),
            subtitle: "A lane a track or a team; filled: loaded, hollow: empty; shaded: closed".into(),
            foot: "Central run. A number is the cut’s in the tables.".into(),
            shown: true,
        },
        hours: y.hours,
        above: rim(&y.clock),
        below: y.other_clock.as_ref().map(rim),
        colour: Colour::Rail,
        groups: y.stations.iter().map(group).collect(),
    }
}

fn group(s: &StationLanes) -> GanttGroup {
    let lane = |(i, lane): (usize, &Lane)| GanttLane {
        name: lane.title.clone(),
        bars: lane.bars.iter().map(|bar| if i < s.used { stay(bar) } else { work(bar) }).collect(),
        closed: lane.closed.clone(),
    };
    GanttGroup {
        name: s.title.clone(),
        more: format!("{} of {} yard tracks used", s.used, s.tracks),
        lanes: s.lanes.iter().enumerate().map(lane).collect(),
    }
}

fn stay(b: &Bar) -> GanttBar {
    let text = if b.loaded { "stands, loaded" } else { "stands, empty" };
    bar(b, format!("cut {}, {}", b.cut, b.what), text.into())
}

fn work(b: &Bar) -> GanttBar {
    bar(b, b.what.clone(), format!("cut {}", b.cut))
}

fn bar(b: &Bar, of: String, text: String) -> GanttBar {
    GanttBar { from: b.from_h, to: b.to_h, of, text, hollow: !b.loaded }
}
