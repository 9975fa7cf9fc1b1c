//! The border's charts.

use super::{Told, tables, words};
use yalu_chart::{
    Caption, Colour, DwellStack, Effect, EffectRow, Effects, Fan, Stack, StackPart, StockCurve, UseBars, UseRow,
    WaitFor,
};
use yalu_model::Corridor;
use yalu_number::Band;
use yalu_report::number::thousands;
use yalu_study::{BorderFigure, BorderMeasures, BorderRuns, FlowDwell, Spread, WaitReason, changed};

fn caption(title: String, subtitle: &str, foot: &str) -> Caption {
    Caption { title, subtitle: subtitle.into(), foot: foot.into(), shown: true }
}

/// What a chart draws for a reason.
fn wait_for(r: WaitReason) -> WaitFor {
    match r {
        WaitReason::NoResource => WaitFor::Resource,
        WaitReason::Closed => WaitFor::Opening,
        WaitReason::ClosingTooNear => WaitFor::NextOpening,
        WaitReason::NoTrack => WaitFor::Track,
        WaitReason::Quota => WaitFor::Quota,
        WaitReason::Path => WaitFor::Path,
    }
}

/// Dwell stacked: for trains, or for wagons.
fn stack(c: &Corridor, name: String, flow: &FlowDwell, wagons: bool) -> Stack {
    let part = |s: &yalu_study::StepDwell| {
        let (waits, own) = if wagons { (&s.waits_wagon, s.wagon) } else { (&s.waits_train, s.train) };
        let share = s.cuts as f64 / flow.cuts.max(1) as f64;
        // A step that not every cut goes through counts by its share, so that the parts make the whole.
        let share = share.min(1.0);
        StackPart {
            name: words::step(c, s.what),
            place: s.station.map_or(String::new(), |i| words::station(c, i).to_string()),
            waits: WaitReason::ALL.into_iter().map(|r| (wait_for(r), waits[r as usize] * share)).collect(),
            work: s.work[usize::from(wagons)] * share,
            p50: own.p50,
            p90: own.p90,
        }
    };
    let Spread { mean, p50, p90 } = if wagons { flow.wagon } else { flow.train };
    let what = if wagons { "wagon" } else { "train" };
    Stack {
        name,
        whole: format!("{} h a {what} (P50 {}, P90 {})", thousands(mean, 1), thousands(p50, 1), thousands(p90, 1)),
        colour: Colour::Rail,
        parts: flow.steps.iter().filter(|s| s.station.is_some()).map(part).collect(),
    }
}

/// Dwell by activity of each kind of train, a train and a wagon.
pub fn dwell(c: &Corridor, m: &BorderMeasures) -> DwellStack {
    let flows = || m.flows.iter().filter(|f| f.cuts > 0);
    let stacks = flows()
        .flat_map(|f| {
            let name = words::flow(c, f);
            let two = [(format!("{name}, a train"), false), (format!("{name}, a wagon"), true)];
            // Where trains are all as long as each other, a wagon's hours are a train's.
            let same = (f.train.mean - f.wagon.mean).abs() < 0.05 * f.train.mean;
            two.into_iter().filter(move |x| !(x.1 && same)).map(move |(n, w)| stack(c, n, f, w))
        })
        .collect();
    let longest = flows().flat_map(|f| f.steps.iter().filter(|s| s.station.is_some()).map(move |s| (f, s)));
    let longest = longest.max_by(|a, b| a.1.train.mean.total_cmp(&b.1.train.mean));
    let title = longest.map_or_else(
        || "No train was done with the border".into(),
        |(f, s)| {
            let waits: f64 = s.waits_train.iter().sum();
            let place = s.station.map_or("", |i| words::station(c, i));
            format!(
                "{} at {place} takes longest: {} h, {} h of it waiting ({})",
                words::sentence_case(&words::step(c, s.what)),
                thousands(s.train.mean, 1),
                thousands(waits, 1),
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

/// Trains that wait to cross, by day: as it is, and with each change; `medians`: of changes the median alone, for bands
/// of several lie over each other.
pub fn queue(told: &Told, medians: bool) -> StockCurve {
    let days = told.days();
    let line = |b: Band| Band { p05: b.p50, p25: b.p50, p50: b.p50, p75: b.p50, p95: b.p50 };
    let fan = |name: String, colour: Colour, runs: &BorderRuns, bare: bool| Fan {
        name,
        colour,
        bands: (0..days.len())
            .map(|i| {
                let of = |m: &BorderMeasures| m.routes.iter().filter_map(|f| f.queue.get(i)).sum::<f64>();
                let b = Band::of(runs.all().iter().map(of));
                if bare { b.map(line) } else { b }
            })
            .collect(),
    };
    let mut fans = vec![fan(
        if told.variants.is_empty() { "waiting" } else { "as it is" }.into(),
        Colour::Ink2,
        &told.runs,
        false,
    )];
    let colours = [Colour::Rail, Colour::Sea, Colour::Road, Colour::Quanhe, Colour::Jian];
    for (i, v) in told.variants.iter().enumerate() {
        fans.push(fan(format!("{}: {}", tables::letter(i), v.what), colours[i % colours.len()], &v.runs, medians));
    }
    let most = told.runs.central.routes.iter().map(|f| f.queue_most).fold(0.0, f64::max);
    StockCurve {
        caption: caption(
            format!("At most {} loaded trains wait to cross in the central run", thousands(most, 1)),
            "Loaded trains that wait to cross at the end of each day: cuts formed, and what waits else over the load of a train; all rail routes",
            "Simulated. Days on which the border was shut are in it.",
        ),
        unit: "trains".into(),
        days: days.iter().map(|d| told.day(*d)).collect(),
        fans,
        spans: Vec::new(),
        marks: Vec::new(),
    }
}

/// Use of staff and plant.
pub fn usage(c: &Corridor, m: &BorderMeasures) -> UseBars {
    let caused = |r: &yalu_study::ResourceUse| r.caused_wagon_h.iter().sum::<f64>();
    let most = m.resources.iter().map(caused).fold(0.0, f64::max);
    let rows: Vec<UseRow> = m
        .resources
        .iter()
        .map(|r| UseRow {
            name: format!("{} ({})", words::resource(c, r.station, r.resource), r.count),
            place: words::station(c, r.station).to_string(),
            open: r.by_open_hour,
            clock: r.by_clock_hour,
            hours: r.by_hour_of_day.to_vec(),
            binds: most > 0.0 && caused(r) >= most,
            waits: format!("{} wagon-h", thousands(caused(r), 0)),
        })
        .collect();
    let top = rows.iter().max_by(|a, b| a.open.total_cmp(&b.open));
    let percent = yalu_report::number::percent;
    let title = top.map_or_else(
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

/// What the changes make of dwell, throughput and queue; none without any.
pub fn effects(told: &Told) -> Option<Effects> {
    if told.variants.is_empty() {
        return None;
    }
    let figures = [
        BorderFigure::TrainMean,
        BorderFigure::TrainP90,
        BorderFigure::Trains,
        BorderFigure::Wagons,
        BorderFigure::QueueMean,
    ];
    let mut rows = Vec::new();
    for (route, r) in told.rail() {
        for f in figures {
            let Some(base) = told.runs.estimate(f, route).band() else { continue };
            let (name, unit) = words::figure(f);
            let effects: Vec<Effect> = told
                .variants
                .iter()
                .enumerate()
                .filter_map(|(i, v)| {
                    let x = changed(&told.runs, &v.runs, f, route);
                    Some(Effect {
                        name: format!("{}: {}", tables::letter(i), v.what),
                        with: x.with.band()?,
                        difference: x.difference.band()?,
                    })
                })
                .collect();
            let name = if told.rail().count() > 1 { format!("{}: {name}", r.title) } else { name.into() };
            rows.push(EffectRow { name, unit: unit.into(), base, effects });
        }
    }
    Some(Effects {
        caption: caption(
            format!(
                "{}: what {} would change",
                told.corridor.title,
                if told.variants.len() > 1 { "each" } else { "it" }
            ),
            "With the change minus without, over the same draws; tick median, bars 25 – 75 and 5 – 95 % of pairs",
            &format!("{} pairs of runs.", told.runs.all().len()),
        ),
        rows,
    })
}
