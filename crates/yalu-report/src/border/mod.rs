//! Pictures of the border, drawn from its view.

mod grid;
mod way;
mod yard;

pub use grid::grid;
pub use way::way;
pub use yard::yard;

use yalu_chart::{
    Caption, Colour, DwellStack, Effect, EffectChart, EffectRow, Fan, Stack, StackPart, StockCurve, UseBars, UseRow,
    WaitFor,
};
use yalu_number::{Band, Estimate, Unit, letter, percent, sentence_case};
use yalu_view::border::{Border, Dwell, Measured, Step, Waits};

fn caption(title: String, subtitle: &str, foot: &str) -> Caption {
    Caption { title, subtitle: subtitle.into(), foot: foot.into(), shown: true }
}

/// Hours of waiting as the chart names what is waited for.
fn waits(w: Waits, share: f64) -> Vec<(WaitFor, f64)> {
    let all = [
        (WaitFor::Resource, w.no_resource),
        (WaitFor::Opening, w.closed),
        (WaitFor::NextOpening, w.closing_too_near),
        (WaitFor::Track, w.no_track),
        (WaitFor::Quota, w.quota),
        (WaitFor::Path, w.path),
    ];
    all.map(|(what, h)| (what, h * share)).into()
}

/// Dwell stacked: for trains, or for wagons.
fn stack(name: String, f: &Dwell, wagons: bool) -> Stack {
    let part = |s: &Step| {
        let (waited, work, own) = if wagons {
            (s.waits_mean_h.wagon, s.work_mean_h.wagon, s.wagon)
        } else {
            (s.waits_mean_h.train, s.work_mean_h.train, s.train)
        };
        // A step that not every train goes through counts by its share, so that the parts make the whole.
        let part_of = share(f, s);
        StackPart {
            name: s.title.clone(),
            place: s.station_title.clone().unwrap_or_default(),
            waits: waits(waited, part_of),
            work: work * part_of,
            p50: own.p50_h,
            p90: own.p90_h,
        }
    };
    let (whole, what) = if wagons { (f.wagon, "wagon") } else { (f.train, "train") };
    let h = |x: f64| Unit::Number.write(x);
    Stack {
        name,
        whole: format!("{} h a {what} (P50 {}, P90 {})", h(whole.mean_h), h(whole.p50_h), h(whole.p90_h)),
        colour: Colour::Rail,
        parts: f.steps.iter().filter(|s| s.station.is_some()).map(part).collect(),
    }
}

/// The share of trains that go through a step.
fn share(f: &Dwell, s: &Step) -> f64 {
    (s.trains as f64 / f.trains.max(1) as f64).min(1.0)
}

/// Dwell by activity of each kind of train, a train and a wagon.
pub fn dwell(m: &Measured) -> DwellStack {
    let flows = || m.dwell.iter().filter(|f| f.trains > 0);
    let stacks = flows()
        .flat_map(|f| {
            let two = [(format!("{}, a train", f.title), false), (format!("{}, a wagon", f.title), true)];
            // Where trains are all as long as each other, a wagon's hours are a train's.
            let same = (f.train.mean_h - f.wagon.mean_h).abs() < 0.05 * f.train.mean_h;
            two.into_iter().filter(move |x| !(x.1 && same)).map(move |(n, w)| stack(n, f, w))
        })
        .collect();
    let steps = flows().flat_map(|f| f.steps.iter().filter(|s| s.station.is_some()).map(move |s| (f, s)));
    // By the length that is drawn: a step that few trains go through is a short bar.
    let drawn = |x: &(&Dwell, &Step)| x.1.train.mean_h * share(x.0, x.1);
    let longest = steps.max_by(|a, b| drawn(a).total_cmp(&drawn(b)));
    let title = longest.map_or_else(
        || "No train was done with the border".into(),
        |(f, s)| {
            format!(
                "{} at {} takes longest: {}, {} of it waiting ({})",
                sentence_case(&s.title),
                s.station_title.as_deref().unwrap_or_default(),
                Unit::Hours.write(s.train.mean_h * share(f, s)),
                Unit::Hours.write(s.waits_mean_h.train.sum() * share(f, s)),
                if f.loaded { "loaded" } else { "empties" }
            )
        },
    );
    DwellStack {
        caption: caption(
            title,
            "Mean hours by activity in the order they happen, each begun where the one before ended; waiting by reason before the work; P50 and P90 of the activity",
            "Central run. A step that only some trains go through counts by their share. A stack for wagons is drawn where it differs by 5 % or more.",
        ),
        stacks,
    }
}

/// Use of staff and plant.
pub fn usage(m: &Measured) -> UseBars {
    let most = m.resources.iter().map(yalu_view::border::Resource::waited_wagon_h).fold(0.0, f64::max);
    let rows: Vec<UseRow> = m
        .resources
        .iter()
        .map(|r| UseRow {
            name: format!("{} ({})", r.resource, r.count),
            place: r.station_title.clone(),
            open: r.used_by_open_hour,
            clock: r.used_by_clock_hour,
            hours: r.used_by_hour_of_day.to_vec(),
            binds: most > 0.0 && r.waited_wagon_h() >= most,
            waits: Unit::WagonHours.write(r.waited_wagon_h()),
        })
        .collect();
    let title = rows.iter().max_by(|a, b| a.open.total_cmp(&b.open)).map_or_else(
        || "No staff or plant is in the scenario".into(),
        |r| format!("Most used: {} at {}, {} of its open hours", r.name, r.place, percent(r.open)),
    );
    UseBars {
        caption: caption(
            title,
            "Share of time in use on days the border ran; the resource that wagons waited for most is marked",
            "Central run. Work that runs on after closing is in the figure by the clock, not in that by open hour.",
        ),
        colour: Colour::Rail,
        rows,
    }
}

/// Trains that wait to cross, by day: as it is, and with each change; `medians`: of changes the median alone, for bands
/// of several lie over each other.
pub fn queue(b: &Border, medians: bool) -> StockCurve {
    let line = |b: Band| Band { p05: b.p50, p25: b.p50, p50: b.p50, p75: b.p50, p95: b.p50 };
    let fan = |name: String, colour: Colour, by_day: &[Estimate], bare: bool| Fan {
        name,
        colour,
        bands: by_day.iter().map(|x| if bare { x.band().map(line) } else { x.band() }).collect(),
    };
    let w = &b.waiting;
    let name = if w.with.is_empty() { "waiting" } else { "as it is" };
    let mut fans = vec![fan(name.into(), Colour::Ink2, &w.as_it_is, false)];
    let colours = [Colour::Rail, Colour::Sea, Colour::Road, Colour::Plum, Colour::Olive];
    for (i, (what, by_day)) in w.with.iter().enumerate() {
        fans.push(fan(format!("{}: {what}", letter(i)), colours[i % colours.len()], by_day, medians));
    }
    let most = b.central.routes.iter().map(|r| r.queue_most_trains).fold(0.0, f64::max);
    StockCurve {
        caption: caption(
            format!("At most {} loaded trains wait to cross in the central run", Unit::Number.write(most)),
            "Loaded trains that wait to cross at the end of each day: cuts formed, and what waits else over the load of a train; all rail routes",
            "Simulated. Days on which the border was shut are in it.",
        ),
        unit: "trains".into(),
        days: w.days.iter().map(|d| d.0).collect(),
        fans,
        spans: Vec::new(),
        marks: Vec::new(),
    }
}

/// What the changes make of dwell, throughput and queue; none without any.
pub fn effects(b: &Border) -> Option<EffectChart> {
    // The mean and the tail of a train's stay, trains and wagons a day, the mean queue.
    const SHOWN: [usize; 5] = [0, 1, 5, 6, 7];
    let first = b.what_if.first()?;
    let mut rows = Vec::new();
    for (route, base) in b.figures.iter().enumerate() {
        for k in SHOWN {
            let (name, unit, estimate) = base.bands.named()[k];
            let Some(band) = estimate.band() else { continue };
            let effect = |(i, w): (usize, &yalu_view::border::WhatIf)| {
                let (_, _, x) = w.routes.get(route)?.figures.named()[k];
                let name = format!("{}: {}", letter(i), w.change);
                Some(Effect { name, with: x.with.band()?, difference: x.difference.band()? })
            };
            let effects = b.what_if.iter().enumerate().filter_map(effect).collect();
            let name = if b.figures.len() > 1 { format!("{}: {name}", base.title) } else { name.into() };
            rows.push(EffectRow { name, unit: unit.name().into(), base: band, effects });
        }
    }
    Some(EffectChart {
        caption: caption(
            format!("{}: what {} would change", b.head.title, if b.what_if.len() > 1 { "each" } else { "it" }),
            "With the change minus without, over the same draws; tick median, bars 25 – 75 and 5 – 95 % of pairs",
            &format!("{}.", Unit::Pairs.count(first.binds.runs)),
        ),
        rows,
    })
}
