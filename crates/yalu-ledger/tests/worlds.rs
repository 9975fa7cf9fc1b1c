//! Synthetic worlds: what they hold, and that the same seed gives the same world.

use yalu_ledger::worlds::{DAYS, Rates, World, score_world};
use yalu_ledger::{Day, Statement};
use yalu_model::{Claim, CrossingId, State};

#[test]
fn worlds_hold_what_they_are_to_test() {
    let worlds: Vec<World> = (0..40).map(|n| World::new(1, n, Rates::default())).collect();
    let reports: Vec<&Statement> = worlds.iter().flat_map(|w| &w.reports).map(|r| &r.0).collect();
    let each = reports.len() as f64 / worlds.len() as f64;
    assert!((50.0..70.0).contains(&each), "{each}");
    let share =
        |of: &dyn Fn(&Statement) -> bool| reports.iter().filter(|s| of(s)).count() as f64 / reports.len() as f64;
    for claim in [Claim::Running, Claim::Suspended, Claim::Resumed, Claim::Observed, Claim::Planned, Claim::Denied] {
        assert!(share(&|s| s.claim == claim) > 0.02, "{claim:?}");
    }
    assert!(share(&|s| s.derived) > 0.05 && share(&|s| s.crossing == Statement::ALL_LAND) > 0.03);
    assert!(share(&|s| s.event.is_some_and(|e| s.reported.since(e.1) > 60)) > 0.01);
    // Closures of a week and of years.
    let lengths: Vec<i32> = worlds
        .iter()
        .flat_map(|w| w.truth.spells())
        .filter(|s| s.state == State::Suspended)
        .map(|s| s.to.since(s.from) + 1)
        .collect();
    let of = |range: std::ops::Range<i32>| {
        lengths.iter().filter(|d| range.contains(d)).count() as f64 / lengths.len() as f64
    };
    assert!(of(0..15) > 0.15 && of(15..100) > 0.2 && of(100..DAYS) > 0.1, "{lengths:?}");
    // Crossings move together: one is likelier shut while another is.
    let shut = |w: &World, c: u32, d: i32| !w.truth.ran(CrossingId(c), Day(d)).unwrap_or(true);
    let days = || worlds.iter().flat_map(|w| (0..DAYS).step_by(10).map(move |d| (w, d)));
    let (all, first) = (days().count() as f64, days().filter(|(w, d)| shut(w, 0, *d)).count() as f64);
    let (second, both) = (
        days().filter(|(w, d)| shut(w, 1, *d)).count() as f64,
        days().filter(|(w, d)| shut(w, 0, *d) && shut(w, 1, *d)).count() as f64,
    );
    assert!(both / first > 1.5 * second / all, "{both} {first} {second} {all}");
}

#[test]
fn a_seed_gives_one_world_and_less_is_part_of_more() {
    let rates = Rates::default();
    assert_eq!(score_world(5, 3, rates), score_world(5, 3, rates));
    let world = World::new(5, 3, rates);
    let (some, all) = (world.input(0.4).statements, world.input(1.0).statements);
    assert!(some.len() < all.len() && some.iter().all(|s| all.contains(s)));
    assert_eq!(all.len(), world.reports.len());
}
