//! Random small lines: no deadlock, nothing the independent checker sees, every train arrives or waits outside.
//!
//! `RANDOM_LINES` says how many (1,000 where it is not set; 100,000 each night).
#[path = "random/kept.rs"]
mod kept;
mod random;
mod support;

use random::{Case, Ended, case, dense, shrunk, tried};
use yalu_units::Span;

/// Threads the cases are shared among.
const THREADS: u64 = 2;

#[test]
fn random_lines_run_without_deadlock_and_without_a_broken_rule() {
    let (easy, number) = all_run(case, Span::hours(48));
    assert!(easy.trains > number * 3 && easy.refused > number / 10, "lines too easy to tell anything");
}

#[test]
fn random_lines_of_double_track_with_many_trains_on_chains_branches_and_rings() {
    let (sum, number) = all_run(dense, Span::hours(96));
    assert!(sum.trains > number * 8 && sum.queued > number / 10, "lines too easy to tell anything: {sum:?}");
}

/// Runs all cases; tells their sums and number.
fn all_run(case: fn(u64) -> Case, starves: Span) -> (Ended, u64) {
    let number = std::env::var("RANDOM_LINES").ok().and_then(|n| n.parse().ok()).unwrap_or(1_000);
    let first = std::env::var("RANDOM_LINES_FROM").ok().and_then(|n| n.parse().ok()).unwrap_or(0);
    let all = move |mine: u64| {
        let (mut sum, mut bad) = (Ended::default(), Vec::new());
        for n in (first..first + number).filter(|n| n % THREADS == mine) {
            let e = match tried(&case(n)) {
                Ok(e) => e,
                Err(why) => {
                    bad.push((n, why));
                    continue;
                }
            };
            sum.trains += e.trains;
            sum.outside += e.outside;
            sum.events += e.events;
            sum.refused += e.refused;
            sum.beyond_window += e.beyond_window;
            sum.queued += e.queued;
            sum.longest_wait = sum.longest_wait.max(e.longest_wait);
        }
        (sum, bad)
    };
    let (sums, bad): (Vec<Ended>, Vec<_>) = std::thread::scope(|s| {
        let threads: Vec<_> = (0..THREADS).map(|mine| s.spawn(move || all(mine))).collect();
        threads.into_iter().map(|t| t.join().expect("a thread")).unzip()
    });
    let of = |what: fn(&Ended) -> u64| sums.iter().map(what).sum::<u64>();
    let longest = sums.iter().map(|s| s.longest_wait).max().unwrap_or_default();
    eprintln!(
        "{number} lines: {} trains arrived, {} outside, {} stood before a station, {} events, {} moves refused, {} beyond the window; longest wait {:.1} h",
        of(|e| e.trains),
        of(|e| e.outside),
        of(|e| e.queued),
        of(|e| e.events),
        of(|e| e.refused),
        of(|e| e.beyond_window),
        longest.0 as f64 / 3.6e6,
    );
    let mut bad: Vec<_> = bad.into_iter().flatten().collect();
    bad.sort();
    for (n, why) in bad.iter().take(40) {
        let least = shrunk(case(*n));
        eprintln!("line {n}: {why}\nleast: {:?}\n{least:?}", tried(&least));
    }
    assert!(bad.is_empty(), "{} of {number} lines go wrong: {:?}", bad.len(), &bad[..bad.len().min(4)]);
    assert!(longest < starves, "a train starves");
    let (trains, refused, queued) = (of(|e| e.trains), of(|e| e.refused), of(|e| e.queued));
    (Ended { trains, refused, queued, ..Ended::default() }, number)
}

/// Cases that once went wrong, by what it was.
#[test]
fn what_once_went_wrong_stays_right() {
    let wrong: Vec<_> = kept::all().iter().filter_map(|(what, x)| Some((*what, tried(x).err()?))).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
