//! A train's run as a chart.

use super::ride::Ride;
use yalu_chart::{Calls, Caption, GradientStep, RunStation, TrainRunChart};

/// Technical and scheduled times of a call: it passes, or arrives and departs.
pub fn calls(r: &Ride, i: usize) -> (Calls, Calls) {
    let x = &r.calls[i];
    let of = |t: f64| match (i == 0, i + 1 == r.calls.len(), x.stop_s) {
        (true, ..) => Calls { depart_s: Some(t), ..Calls::default() },
        (_, true, _) => Calls { arrive_s: Some(t), ..Calls::default() },
        (.., Some(stop)) => Calls { arrive_s: Some(t), depart_s: Some(t + stop), ..Calls::default() },
        _ => Calls { pass_s: Some(t), ..Calls::default() },
    };
    (of(x.run_s + x.stood_s), of(r.scheduled_s(x)))
}

/// The train in words: `40 r1, loaded, behind one r1`.
pub fn train(r: &Ride) -> String {
    let consist = &r.line.consist;
    let load = if consist.load_t > 0.0 { "loaded" } else { "empty" };
    let wagon = &r.c.wagons[r.c.services[r.service].wagon].id;
    match consist.wagons {
        0 => format!("{} alone", consist.locomotive_id()),
        n => format!("{n} {wagon}, {load}, behind one {}", consist.locomotive_id()),
    }
}

/// The picture.
pub fn chart(r: &Ride) -> TrainRunChart {
    let name = |x: Option<&super::Call>| x.map_or(String::new(), |x| r.c.points[x.point].name.clone());
    let gradients: Vec<GradientStep> = r
        .pieces()
        .iter()
        .map(|p| GradientStep { from_m: p.from_m, to_m: p.to_m, permille: p.gradient_permille })
        .collect();
    let mut heights = vec![(0.0, 0.0)];
    let mut height = 0.0;
    for g in &gradients {
        height += (g.to_m - g.from_m) * g.permille / 1000.0;
        heights.push((g.to_m, height));
    }
    let station = |(i, x): (usize, &super::Call)| {
        let (technical, scheduled) = calls(r, i);
        // Without a supplement the schedule is the technical run.
        let scheduled = if r.factor > 1.0 { scheduled } else { Calls::default() };
        RunStation { name: r.c.points[x.point].name.clone(), at_m: x.head_m, technical, scheduled }
    };
    TrainRunChart {
        caption: Caption {
            title: format!("{} – {}: a train’s run", name(r.calls.first()), name(r.calls.last())),
            subtitle: format!("Service {}, {}. Speed by distance with what binds it, gradient, and time.", r.c.services[r.service].id, train(r)),
            foot: "Technical run at the median of all inputs, nothing in its way; scheduled with the service’s supplement. The head of the train: at the exit of stations, at the point elsewhere. Limits hold until the tail has left them; gradients of the line, heights from its begin.".into(),
            shown: true,
        },
        train: train(r),
        mass_kg: Some(r.train.mass_kg),
        length_m: Some(r.train.length_m),
        energy_j: Some(r.wheel_kwh() * 3.6e6),
        braked_j: Some(r.braked_kwh() * 3.6e6),
        points: r.points.clone(),
        stations: r.calls.iter().enumerate().map(station).collect(),
        gradients,
        heights,
    }
}
