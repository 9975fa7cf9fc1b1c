//! Indices of functions whose variance is known in closed form.

use crate::{Observed, Oracle, Tolerance, Unobserved};
use std::f64::consts::{PI, TAU};
use yalu_sensitivity::{Design, Trajectories, effects, indices};

const LAYER: &str = "Sensitivity";
const ISHIGAMI: &str = "Ishigami and Homma 1990, a = 7, b = 0.1; indices in closed form";
const SOBOL_G: &str = "Sobol’ 1993, a = 0, 1, 4.5, 9, 99 four times; indices in closed form";
const MORRIS: &str = "Morris 1991: the effects of a linear model are its slopes";

fn indices_of(samples: usize, inputs: usize, f: impl Fn(&[f64]) -> f64) -> Result<Vec<(f64, f64)>, Unobserved> {
    let design = Design::new(samples, inputs, 1)?;
    let outputs: Vec<Vec<f64>> =
        design.blocks().map(|b| (0..samples).map(|row| f(&design.point(b, row))).collect()).collect();
    Ok(indices(&outputs)?.iter().map(|x| (x.first.value, x.total.value)).collect())
}

/// The indices of an input of Ishigami's function with `a` multiplied: share alone, and with interactions.
fn ishigami(f: f64, input: usize) -> Result<(f64, f64), Unobserved> {
    let of = |u: &[f64]| {
        let x = |i: usize| TAU * u[i] - PI;
        x(0).sin() + 7.0 * f * x(1).sin().powi(2) + 0.1 * x(2).powi(4) * x(0).sin()
    };
    Ok(indices_of(1 << 14, 3, of)?[input])
}

fn sobol_g(f: f64) -> Result<f64, Unobserved> {
    const A: [f64; 8] = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];
    let a = |i: usize| if i == 1 { f * A[i] } else { A[i] };
    let of = |u: &[f64]| u.iter().enumerate().map(|(i, u)| ((4.0 * u - 2.0).abs() + a(i)) / (1.0 + a(i))).product();
    Ok(indices_of(1 << 14, 8, of)?[1].1)
}

fn slope(f: f64) -> Observed {
    let t = Trajectories::new(8, 2, 1)?;
    let y: Vec<f64> = t.points().map(|p| 3.0 * f * p[0] - p[1]).collect();
    Ok(effects(&t, &y)?[0].size)
}

pub(crate) fn oracles() -> Vec<Oracle> {
    let oracle =
        |id: &str, what: &str, (expected, within): (f64, f64), source, constant, observe: fn(f64) -> Observed| Oracle {
            id: format!("sensitivity.{id}"),
            layer: LAYER,
            what: what.into(),
            unit: "",
            expected,
            tolerance: Tolerance::Absolute(within),
            source,
            constant,
            observe: Box::new(observe),
        };
    vec![
        oracle("ishigami.first.2", "Ishigami: share of input 2 alone", (0.442_411_14, 0.003), ISHIGAMI, "a", |f| {
            Ok(ishigami(f, 1)?.0)
        }),
        oracle(
            "ishigami.total.1",
            "Ishigami: share of input 1 with interactions",
            (0.557_588_86, 0.004),
            ISHIGAMI,
            "a",
            |f| Ok(ishigami(f, 0)?.1),
        ),
        oracle(
            "ishigami.total.3",
            "Ishigami: share of input 3 with interactions",
            (0.243_683_66, 0.002),
            ISHIGAMI,
            "a",
            |f| Ok(ishigami(f, 2)?.1),
        ),
        oracle(
            "sobol_g.total.2",
            "Sobol-G: share of input 2 with interactions",
            (0.242_20, 0.0012),
            SOBOL_G,
            "a of input 2",
            sobol_g,
        ),
        oracle("morris.slope", "mean size of the effect in 3 x - y", (3.0, 1e-12), MORRIS, "slope", slope),
    ]
}
