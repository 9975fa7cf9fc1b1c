//! Border stations: queues with a closed form through the engine, opening hours, bogies in rounds.
//!
//! Tolerances of queues are three standard errors, by the means of fifty batches, at the customers given. Customers are
//! so many that a hundredth of the constant is more than that.

use crate::{Observed, Oracle, Tolerance, Unobserved};
use yalu_border::flow::{DailyOpening, DailyQueue};
use yalu_border::reference::{Queue, batch_time};
use yalu_border::{Arrivals, Calendar, Duration};
use yalu_units::{Span, StreamKey};

const LAYER: &str = "Border stations";
const KEY: StreamKey = StreamKey { seed: 20_260, replication: 0 };

const ERLANG: &str = "Erlang's delay formula (1917), worked out independently";
const POLLACZEK: &str = "Pollaczek and Khinchin's mean wait, worked out independently";
const BATCHES: &str = "mean of batch arrivals, W = (N + 1) / 2 over (1 - ρ), worked out independently";
const VACATIONS: &str = "Fuhrmann and Cooper's decomposition (1985): 1 h and half a vacation";
const FLUID: &str = "fluid of a day, worked out by hand";
const ROUNDS: &str = "rounds of as many wagons as there are stands, worked out by hand";

const SERVICE: &str = "service time";

pub(crate) fn oracles() -> Vec<Oracle> {
    let mut all = erlang();
    all.extend(any_service());
    all.push(queue(
        "batches",
        "20 wagons at once, 0.03 cuts/h, μ 1: stay of a wagon",
        26.25,
        0.40,
        BATCHES,
        SERVICE,
        |f| {
            let queue = Queue { wagons: 20, ..Queue::new(between(0.03), exponential(f), 1) };
            Ok(queue.run(4_000_000, KEY).map_err(refused)?.stay_h.mean)
        },
    ));
    let what = "λ 0.5, μ 1, away for 16 h whenever nobody waits: wait";
    all.push(queue("vacations", what, 9.0, 0.054, VACATIONS, "time away", |f| {
        let away = Some(Duration::Fixed(hours(16.0 * f)));
        wait(&Queue { away, ..Queue::new(between(0.5), exponential(1.0), 1) }, 500_000)
    }));
    all.extend(opening_hours());
    for (id, wagons, stands, round_min, minutes) in [("50", 50, 12, 45.0, 225.0), ("54", 54, 30, 60.0, 120.0)] {
        all.push(Oracle {
            id: format!("border.bogies.{id}"),
            layer: LAYER,
            what: format!("{wagons} wagons on {stands} stands, {round_min} min a round"),
            unit: "min",
            expected: minutes,
            tolerance: Tolerance::Absolute(0.0),
            source: ROUNDS,
            constant: "time of a round",
            observe: Box::new(move |f| {
                let round = hours(round_min / 60.0 * f);
                Ok(batch_time(wagons, stands, round).map_err(refused)?.as_minutes())
            }),
        });
    }
    all
}

fn queue(
    id: &str,
    what: &str,
    expected: f64,
    within: f64,
    source: &'static str,
    constant: &'static str,
    observe: impl Fn(f64) -> Observed + Send + Sync + 'static,
) -> Oracle {
    Oracle {
        id: format!("border.{id}"),
        layer: LAYER,
        what: what.into(),
        unit: "h",
        expected,
        tolerance: Tolerance::Absolute(within),
        source,
        constant,
        observe: Box::new(observe),
    }
}

/// Arrivals an hour, servers, mean wait, three standard errors, customers.
fn erlang() -> Vec<Oracle> {
    let cases = [
        (0.8, 1, 4.0, 0.148, 1_000_000),
        (1.6, 2, 1.777_778, 0.073, 1_000_000),
        (2.4, 3, 1.078_652, 0.035, 2_000_000),
        (2.0, 3, 0.444_444, 0.015, 1_000_000),
        (4.0, 5, 0.554_113, 0.021, 2_000_000),
    ];
    let oracle = |(rate, servers, expected, within, customers): (f64, u32, f64, f64, u64)| {
        let (id, what) = (format!("erlang.{servers}.{rate}"), format!("λ {rate}, μ 1, {servers} at once: wait"));
        queue(&id, &what, expected, within, ERLANG, SERVICE, move |f| {
            wait(&Queue::new(between(rate), exponential(f), servers), customers)
        })
    };
    cases.map(oracle).into()
}

/// One server, 0.8 an hour, a mean service of an hour.
fn any_service() -> Vec<Oracle> {
    type Service = fn(f64) -> Duration;
    let cases: [(&str, &str, Service, f64, f64, u64); 3] = [
        ("fixed", "always the same", |f| Duration::Fixed(hours(f)), 2.0, 0.052, 500_000),
        ("erlang-2", "two phases", |f| Duration::Erlang { k: 2, mean: hours(f) }, 3.0, 0.089, 500_000),
        ("channels", "two channels, cs² 2", two_channels, 6.0, 0.276, 1_000_000),
    ];
    let oracle = |(id, kind, service, expected, within, customers): (&str, &str, Service, f64, f64, u64)| {
        let (id, what) = (format!("service.{id}"), format!("λ 0.8, μ 1, service {kind}: wait"));
        queue(&id, &what, expected, within, POLLACZEK, SERVICE, move |f| {
            wait(&Queue::new(between(0.8), service(f), 1), customers)
        })
    };
    cases.map(oracle).into()
}

/// Two exponential channels with balanced means: squared coefficient of variation 2.
fn two_channels(f: f64) -> Duration {
    let red_share = 0.5 * (1.0 + (1.0f64 / 3.0).sqrt());
    let channel = |share: f64| Box::new(Duration::Exponential { mean: hours(f * 0.5 / share) });
    Duration::Channels { red_share, green: channel(1.0 - red_share), red: channel(red_share) }
}

/// One train an hour round the clock, open 8 h, 3.5 an hour.
fn opening_hours() -> Vec<Oracle> {
    type Of = fn(&DailyQueue) -> f64;
    let figures: [(&str, &str, &'static str, f64, Of); 4] = [
        ("at-opening", "trains that wait at opening", "", 16.0, |q| q.at_opening),
        ("cleared", "until none waits", "h", 6.4, |q| q.cleared_h),
        ("wait", "mean wait", "h", 112.0 / 15.0, |q| q.mean_wait_h),
        ("utilisation", "use by open hour", "", 24.0 / 28.0, |q| q.utilisation),
    ];
    let mut all: Vec<Oracle> = Vec::new();
    for (id, what, unit, expected, of) in figures {
        all.push(Oracle {
            id: format!("border.opening.{id}"),
            layer: LAYER,
            what: format!("1 train/h, open 8 h, 3.5 trains/h: {what}"),
            unit,
            expected,
            tolerance: Tolerance::Relative(1e-12),
            source: FLUID,
            constant: "trains that come an hour",
            observe: Box::new(move |f| {
                let day = DailyOpening { rate_per_h: f, open_h: 8.0, service_per_h: 3.5 };
                Ok(of(&day.queue().ok_or(Unobserved::Missing { what: "queue of a day" })?))
            }),
        });
    }
    // The engine has trains, not a fluid: a hundred small ones for each leave a third of a hundredth of an hour.
    let what = "the same through the engine, a hundred small trains for each: mean wait";
    all.push(queue("opening.engine", what, 112.0 / 15.0, 0.004, FLUID, SERVICE, |f| {
        let every = Span(36_000);
        let queue = Queue {
            arrivals: Arrivals::Every { first: every, every },
            hours: Calendar::daily(16, 24, 0..60),
            ..Queue::new(every, Duration::Fixed(hours(f / 350.0)), 1)
        };
        wait(&queue, 24 * 40 * 100)
    }));
    all
}

fn wait(queue: &Queue, customers: u64) -> Observed {
    Ok(queue.run(customers, KEY).map_err(refused)?.wait_h.mean)
}

fn refused(faults: Vec<yalu_border::BorderError>) -> Unobserved {
    Unobserved::Border(faults)
}

fn exponential(mean_h: f64) -> Duration {
    Duration::Exponential { mean: hours(mean_h) }
}

fn hours(h: f64) -> Span {
    Span::from_seconds(h * 3600.0)
}

/// Mean time between customers at so many an hour.
fn between(per_hour: f64) -> Span {
    hours(1.0 / per_hour)
}
