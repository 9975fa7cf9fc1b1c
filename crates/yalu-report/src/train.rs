//! One train's run, drawn from its view.

use yalu_chart::{Binds, Calls, Caption, GradientStep, RunPoint, RunStation, TrainRunChart};
use yalu_view::train::{Point, Station, TrainRun};

/// The picture of a run.
pub fn train(r: &TrainRun) -> TrainRunChart {
    let [from, to] = r.ends();
    let gradient = |g: &(f64, f64, f64)| GradientStep { from_m: g.0, to_m: g.1, permille: g.2 };
    let mut heights = vec![(0.0, 0.0)];
    let mut height = 0.0;
    for (from_m, to_m, permille) in &r.gradients {
        height += (to_m - from_m) * permille / 1000.0;
        heights.push((*to_m, height));
    }
    let station = |s: &Station| RunStation {
        name: s.name.clone(),
        at_m: s.head_m,
        technical: Calls { arrive_s: s.arrive_s, pass_s: s.pass_s, depart_s: s.depart_s },
        // Without a supplement the schedule is the technical run.
        scheduled: if r.supplement > 0.0 {
            Calls { arrive_s: s.scheduled_arrive_s, pass_s: s.scheduled_pass_s, depart_s: s.scheduled_depart_s }
        } else {
            Calls::default()
        },
    };
    TrainRunChart {
        caption: Caption {
            title: format!("{from} – {to}: a train’s run"),
            subtitle: format!(
                "Service {}, {}. Speed by distance with what binds it, gradient, and time.",
                r.service,
                r.train_words()
            ),
            foot: "Technical run at the median of all inputs, nothing in its way; scheduled with the service’s supplement. The head of the train: at the exit of stations, at the point elsewhere. Limits hold until the tail has left them; gradients of the line, heights from its begin.".into(),
            shown: true,
        },
        train: r.train_words(),
        mass_kg: Some(r.train.mass_t * 1000.0),
        length_m: Some(r.train.length_m),
        energy_j: Some(r.wheel_kwh * 3.6e6),
        braked_j: Some(r.braked_kwh * 3.6e6),
        points: r.points.iter().map(point).collect(),
        stations: r.stations.iter().map(station).collect(),
        gradients: r.gradients.iter().map(gradient).collect(),
        heights,
    }
}

fn point(p: &Point) -> RunPoint {
    RunPoint {
        at_m: p.at_m,
        time_s: p.time_s,
        speed_mps: p.speed_mps,
        limit_mps: p.limit_mps,
        braking_mps: p.braking_mps,
        gradient_permille: p.gradient_permille,
        mark: match p.by {
            "traction" => Binds::Traction,
            "power" => Binds::Power,
            "adhesion" => Binds::Adhesion,
            "braking" => Binds::Braking,
            _ => Binds::Limit,
        },
    }
}
