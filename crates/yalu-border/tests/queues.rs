//! Queues with a closed form, a million customers each: within three standard errors, by batch means.

use yalu_border::reference::{Mean, Queue};
use yalu_border::{Arrivals, Duration};
use yalu_units::{Span, StreamKey};

const CUSTOMERS: u64 = 1_000_000;
const KEY: StreamKey = StreamKey { seed: 20_260, replication: 0 };

fn hour() -> Span {
    Span::hours(1)
}

/// Mean time between customers at so many an hour.
fn between(per_hour: f64) -> Span {
    Span((3_600_000.0 / per_hour).round() as i64)
}

fn meets(what: &str, seen: Mean, exact: f64) {
    let off = (seen.mean - exact) / seen.error;
    println!("{what}: {:.6} ± {:.6}, exact {exact:.6}, {off:+.2} standard errors", seen.mean, seen.error);
    assert!(off.abs() <= 3.0, "{what}: {seen:?}, exact {exact}");
    // A standard error so wide that nothing could fail would be none.
    assert!(seen.error < 0.03 * exact, "{what}: {seen:?}");
}

#[test]
fn erlang_c() {
    for (rate, servers, waiting, in_line, wait_h) in [
        (0.8, 1, 0.8, 3.2, 4.0),
        (1.6, 2, 0.711_111, 2.844_444, 1.777_778),
        (2.4, 3, 0.647_191, 2.588_764, 1.078_652),
        (2.0, 3, 0.444_444, 0.888_889, 0.444_444),
        (4.0, 5, 0.554_113, 2.216_450, 0.554_113),
    ] {
        let queue = Queue::new(between(rate), Duration::Exponential { mean: hour() }, servers);
        let seen = queue.run(CUSTOMERS, KEY).unwrap();
        let name = format!("M/M/{servers}, {rate} an hour");
        meets(&format!("{name}, share that waits"), seen.waiting, waiting);
        meets(&format!("{name}, wait"), seen.wait_h, wait_h);
        let error = seen.wait_h.error * rate;
        meets(&format!("{name}, in line"), Mean { mean: seen.in_line, error }, in_line);
    }
}

#[test]
fn service_of_any_kind() {
    // Two exponential channels with balanced means: squared coefficient of variation 2.
    let share = 0.5 * (1.0 + (1.0f64 / 3.0).sqrt());
    let channel = |share: f64| Box::new(Duration::Exponential { mean: Span((1_800_000.0 / share).round() as i64) });
    let two = Duration::Channels { red_share: share, green: channel(1.0 - share), red: channel(share) };
    for (what, service, wait_h) in [
        ("M/D/1", Duration::Fixed(hour()), 2.0),
        ("M/E2/1", Duration::Erlang { k: 2, mean: hour() }, 3.0),
        ("M/G/1, cs2 2", two, 6.0),
    ] {
        meets(what, Queue::new(between(0.8), service, 1).run(CUSTOMERS, KEY).unwrap().wait_h, wait_h);
    }
}

#[test]
fn batches_as_trains_of_one_wagon_and_as_cuts_of_twenty() {
    let mean = between(0.03);
    let queue = Queue::new(mean, Duration::Exponential { mean: hour() }, 1);
    let trains = Queue { arrivals: Arrivals::Batches { mean, size: 20 }, ..queue.clone() };
    let cuts = Queue { wagons: 20, ..queue };
    for (what, queue) in [("20 trains at once", trains), ("a cut of 20 wagons", cuts)] {
        let seen = queue.run(CUSTOMERS, KEY).unwrap();
        meets(&format!("{what}, stay"), seen.stay_h, 26.25);
        let stay = Mean { mean: seen.stay_h.mean * 0.6, error: seen.stay_h.error * 0.6 };
        meets(&format!("{what}, wagons here"), stay, 15.75);
    }
}

#[test]
fn a_server_that_goes_away_while_nobody_waits() {
    let queue = Queue::new(between(0.5), Duration::Exponential { mean: hour() }, 1);
    let away = Queue { away: Some(Duration::Fixed(Span::hours(16))), ..queue };
    meets("vacations", away.run(CUSTOMERS, KEY).unwrap().wait_h, 9.0);
}
