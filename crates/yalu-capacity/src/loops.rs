//! What a loop is worth: a new one at the best place of a section, or a short one made longer.

use crate::assess::{Held, least, sections_held};
use crate::cycle::{RunTimes, StationIntervals, four, smallest};
use crate::line::{LineInput, LongerLoop, NewLoop, Progress, Throughput};

/// Halvings in the search for the best place: to the last bits.
const HALVINGS: u32 = 60;

/// One more loop in each single-track section, long enough for the train, entered by one train at a time.
pub(crate) fn one_more_loop(input: &LineInput, held: &[Held], line: &Throughput) -> Vec<NewLoop> {
    let single = held.iter().enumerate().filter(|(_, h)| h.tracks == 1);
    single
        .map(|(capacity, section)| {
            let place = best_place(input, section);
            let (first_cycle_s, second_cycle_s) = cycles(input, section, place);
            // A loop that does not help is not used.
            let pairs = section.pairs_per_day().max(section.available_s() / first_cycle_s.max(second_cycle_s));
            let others = held.iter().enumerate().filter(|(at, _)| *at != capacity).map(|(_, h)| h.pairs_per_day());
            let after = least(others.chain([pairs])).1;
            // The far end of a section is the near end of none.
            let at = (place.floor() as usize).min(section.last - section.first);
            NewLoop {
                capacity,
                section: section.first + at,
                length_share: place - at as f64,
                first_cycle_s,
                second_cycle_s,
                section_pairs_per_day: pairs,
                line_after: Throughput::of(input, after),
                gain_pairs_per_day: after - line.pairs_per_day,
            }
        })
        .collect()
}

/// Each loop that is too short, made long enough.
pub(crate) fn longer_loops(input: &LineInput, meets: &[bool], line: &Throughput) -> Vec<LongerLoop> {
    let before = sections_held(input, meets).len();
    let mut longer = Vec::new();
    for station in 1..input.sections.len() {
        if meets[station] {
            continue;
        }
        let mut with = meets.to_vec();
        with[station] = true;
        let held = sections_held(input, &with);
        if held.len() > before {
            // A loop that does not help is not used.
            let after = least(held.iter().map(Held::pairs_per_day)).1.max(line.pairs_per_day);
            longer.push(LongerLoop {
                station,
                line_after: Throughput::of(input, after),
                gain_pairs_per_day: after - line.pairs_per_day,
            });
        }
    }
    longer
}

/// Where the larger of both cycles is smallest: the first grows with the place, the second falls. A place is the number
/// of whole sections before it, and the share of the length of its own.
fn best_place(input: &LineInput, section: &Held) -> f64 {
    let (mut low, mut high) = (0.0, (section.last - section.first + 1) as f64);
    for _ in 0..HALVINGS {
        let middle = 0.5 * (low + high);
        let (first, second) = cycles(input, section, middle);
        if first < second {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

/// Cycles before and behind a loop. Trains start and stop at it as at the ends of the section.
fn cycles(input: &LineInput, section: &Held, place: f64) -> (f64, f64) {
    let (mut out_s, mut back_s) = (0.0, 0.0);
    for (at, part) in input.sections[section.first..=section.last].iter().enumerate() {
        let (out, back) = shares(&part.progress, (place - at as f64).clamp(0.0, 1.0));
        out_s += out * part.out.pass_pass_s;
        back_s += back * part.back.pass_pass_s;
    }
    let loop_ = StationIntervals { non_simultaneous_s: input.non_simultaneous_s, meeting_s: input.route_setting_s };
    let run = |whole: &RunTimes, s: f64| RunTimes { pass_pass_s: s.max(0.0), ..*whole };
    let (out, back) = (&section.out, &section.back);
    let first = four(&run(out, out_s), &run(back, back_s), &section.a, &loop_);
    let second = four(&run(out, out.pass_pass_s - out_s), &run(back, back.pass_pass_s - back_s), &loop_, &section.b);
    (smallest(&first).cycle_s, smallest(&second).cycle_s)
}

/// Shares of the running times out and back at a share of the length: straight between the points given.
fn shares(progress: &[Progress], at: f64) -> (f64, f64) {
    let mut from = Progress { length_share: 0.0, out_share: 0.0, back_share: 0.0 };
    let end = Progress { length_share: 1.0, out_share: 1.0, back_share: 1.0 };
    for to in progress.iter().chain([&end]) {
        let length = to.length_share - from.length_share;
        if at <= to.length_share && length > 0.0 {
            let part = (at - from.length_share) / length;
            return (
                from.out_share + part * (to.out_share - from.out_share),
                from.back_share + part * (to.back_share - from.back_share),
            );
        }
        from = *to;
    }
    (1.0, 1.0)
}
