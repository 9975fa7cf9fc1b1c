//! The look-ahead against a plain search that knows no short cuts, and against lines without it.
mod random;
mod support;

use random::{case, corridor};
use std::collections::BTreeSet;
use yalu_plan::{Draw, compile};
use yalu_sim::lookahead::{Answer, At, Runner, Window, look};
use yalu_sim::{Recorded, simulate, simulate_without_lookahead};
use yalu_units::{Stream, StreamKey, address};

/// Whether all can leave, by trying every move onto every free track that fits, each state once.
fn plain(window: &Window, runners: &[Runner], state: &[At]) -> bool {
    let mut seen: BTreeSet<Vec<At>> = BTreeSet::new();
    let mut open = vec![state.to_vec()];
    while let Some(s) = open.pop() {
        let left = |i: usize| usize::from(s[i].reached) > runners[i].route.len();
        if (0..s.len()).all(left) {
            return true;
        }
        if !seen.insert(s.clone()) {
            continue;
        }
        let taken = |place: u16, track: usize| {
            (0..s.len()).any(|j| {
                let at = usize::from(s[j].reached);
                at > 0 && !left(j) && runners[j].route[at - 1] == place && usize::from(s[j].track) == track
            })
        };
        for i in (0..s.len()).filter(|i| !left(*i)) {
            let r = &runners[i];
            for next in usize::from(s[i].reached) + 1.. {
                if next > r.route.len() {
                    break;
                }
                let place = r.route[next - 1];
                let tracks = &window.places[usize::from(place)];
                let free: Vec<usize> = (0..tracks.len()).filter(|k| !taken(place, *k)).collect();
                let mut to = |reached: usize, track: usize| {
                    let mut after = s.clone();
                    after[i] = At { reached: reached as u16, track: track as u8 };
                    open.push(after);
                };
                if next == r.route.len() {
                    if !free.is_empty() {
                        to(next + 1, 0);
                    }
                    break;
                }
                if tracks.iter().any(|m| *m >= r.length_m) {
                    free.iter().filter(|k| tracks[**k] >= r.length_m).for_each(|k| to(next, *k));
                    break;
                }
                if free.is_empty() {
                    break;
                }
            }
        }
    }
    false
}

/// A small window with trains at random places of it.
fn window(number: u64) -> (Window, Vec<Runner>, Vec<At>) {
    let mut d: Stream = StreamKey { seed: number, replication: 0 }.stream(address(&["window"]), 0);
    let places = 2 + d.below(4) as usize;
    let mut window = Window::default();
    for _ in 0..places {
        let mut tracks: Vec<u32> = (0..=d.below(3)).map(|_| [300, 600, 900][d.below(3) as usize]).collect();
        tracks.sort_unstable();
        window.places.push(tracks);
    }
    let (mut runners, mut state): (Vec<Runner>, Vec<At>) = (Vec::new(), Vec::new());
    for _ in 0..2 + d.below(4) {
        let mut route: Vec<u16> = (0..places as u16).collect();
        match d.below(3) {
            0 => {}
            1 => route.reverse(),
            // There and back.
            _ => route.extend((0..places as u16 - 1).rev()),
        }
        let mut length_m = [200, 500, 800][d.below(3) as usize];
        if route.len() > places {
            // A train fits where it reverses: a plan with another is refused.
            length_m = length_m.min(window.places[places - 1].iter().copied().max().unwrap_or(0));
        }
        let reached = 1 + d.below(route.len() as u64 - 1) as usize;
        let place = route[reached - 1];
        let taken = |k: usize| {
            let on = |(r, a): (&Runner, &At)| r.route[usize::from(a.reached) - 1] == place && usize::from(a.track) == k;
            runners.iter().zip(&state).any(on)
        };
        let tracks = &window.places[usize::from(place)];
        let free = (0..tracks.len()).find(|&k| tracks[k] >= length_m && !taken(k));
        if let Some(track) = free {
            state.push(At { reached: reached as u16, track: track as u8 });
            runners.push(Runner { length_m, route, into_yard: true, shut_after: None });
        }
    }
    (window, runners, state)
}

#[test]
fn the_search_answers_as_a_plain_one_does() {
    let (mut safe, mut not) = (0, 0);
    for n in 0..6_000 {
        let (w, runners, state) = window(n);
        let want = plain(&w, &runners, &state);
        let got = look(&w, &runners, &state, usize::MAX);
        assert_eq!(got, if want { Answer::Safe } else { Answer::Unsafe }, "window {n}: {w:?} {runners:?} {state:?}");
        if want {
            safe += 1;
        } else {
            not += 1;
        }
    }
    eprintln!("{safe} windows safe, {not} not");
    assert!(safe > 500 && not > 500, "{safe} safe, {not} not");
}

#[test]
fn without_the_look_ahead_random_lines_deadlock() {
    let (mut lines, mut trains) = (0, 0);
    for n in 0..400 {
        let c = corridor(&case(n));
        let Ok(plan) = compile(&c, c.horizon.from) else { continue };
        let stuck = simulate_without_lookahead(&c, &plan, Draw::central(1)).0.deadlocks;
        assert_eq!(simulate(&c, &plan, Draw::central(1), Recorded::Nothing).0.deadlocks, 0);
        lines += u32::from(stuck > 0);
        trains += stuck;
    }
    eprintln!("of 400 lines {lines} deadlock without the look-ahead, {trains} trains in all");
    assert!(lines > 40, "{lines} of 400 lines");
}
