//! Functions whose indices are known in closed form.
use std::f64::consts::{PI, TAU};
use yalu_sensitivity::{Design, SensitivityError, Trajectories, effects, given, indices};
use yalu_units::{StreamKey, address};

/// Ishigami and Homma (1990), a = 7, b = 0.1, inputs uniform on -pi to pi.
fn ishigami(u: &[f64]) -> f64 {
    let x: Vec<f64> = u.iter().map(|u| TAU * u - PI).collect();
    x[0].sin() + 7.0 * x[1].sin().powi(2) + 0.1 * x[2].powi(4) * x[0].sin()
}

/// Sobol' (1993): product of (|4u - 2| + a) / (1 + a).
fn sobol_g(u: &[f64]) -> f64 {
    const A: [f64; 8] = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];
    u.iter().zip(A).map(|(u, a)| ((4.0 * u - 2.0).abs() + a) / (1.0 + a)).product()
}

fn run(design: &Design, f: fn(&[f64]) -> f64) -> Vec<Vec<f64>> {
    design.blocks().map(|b| (0..design.samples()).map(|row| f(&design.point(b, row))).collect()).collect()
}

#[test]
fn ishigami_at_two_to_the_sixteenth_is_met_within_a_hundredth() {
    let design = Design::new(1 << 16, 3, 1).unwrap();
    let found = indices(&run(&design, ishigami)).unwrap();
    let first = [0.313_905_19, 0.442_411_14, 0.0];
    let total = [0.557_588_86, 0.442_411_14, 0.243_683_66];
    for (i, x) in found.iter().enumerate() {
        assert!((x.first.value - first[i]).abs() < 0.01, "{i}: {:?}", x.first);
        assert!((x.total.value - total[i]).abs() < 0.01, "{i}: {:?}", x.total);
        assert!(x.first.low <= first[i] + 0.01 && x.first.high >= first[i] - 0.01);
    }
}

#[test]
fn sobol_g_is_met_within_a_hundredth() {
    let design = Design::new(1 << 14, 8, 7).unwrap();
    let found = indices(&run(&design, sobol_g)).unwrap();
    let first = [0.716_19, 0.179_05, 0.023_68, 0.007_16];
    let total = [0.787_14, 0.242_20, 0.034_32, 0.010_46];
    for i in 0..4 {
        assert!((found[i].first.value - first[i]).abs() < 0.01, "{i}: {:?}", found[i].first);
        assert!((found[i].total.value - total[i]).abs() < 0.01, "{i}: {:?}", found[i].total);
    }
    assert!(found[4..].iter().all(|x| x.total.value < 0.002));
}

#[test]
fn a_linear_model_has_its_slopes_and_no_spread() {
    const B: [f64; 4] = [3.0, -2.0, 0.5, 0.0];
    let t = Trajectories::new(12, 4, 9).unwrap();
    let y: Vec<f64> = t.points().map(|p| 5.0 + p.iter().zip(B).map(|(x, b)| b * x).sum::<f64>()).collect();
    for (e, b) in effects(&t, &y).unwrap().iter().zip(B) {
        assert!((e.mean - b).abs() < 1e-12 && (e.size - b.abs()).abs() < 1e-12, "{e:?} {b}");
        assert!(e.spread < 1e-12 && e.size_error < 1e-12, "{e:?}");
    }
    assert!(t.points().flatten().all(|x| (-1e-12..=1.0 + 1e-12).contains(x)));
}

#[test]
fn inputs_that_act_together_have_a_spread() {
    let t = Trajectories::new(40, 2, 3).unwrap();
    let y: Vec<f64> = t.points().map(|p| p[0] * p[1]).collect();
    assert!(effects(&t, &y).unwrap().iter().all(|e| e.spread > 0.1));
}

#[test]
fn given_runs_show_what_moves_an_output_and_what_chance_does() {
    // Ishigami drawn a thousand times among 197 inputs that do nothing, each with draws of its own as a simulation has them.
    let points: Vec<Vec<f64>> = (0..1000)
        .map(|run| {
            let mut random = StreamKey { seed: 5, replication: run }.stream(address(&["given"]), 0);
            (0..200).map(|_| random.unit()).collect()
        })
        .collect();
    let levels: Vec<Vec<f64>> = (0..200).map(|i| points.iter().map(|p| p[i]).collect()).collect();
    let y: Vec<f64> = points.iter().map(|p| ishigami(&p[..3])).collect();
    let found = given(&levels, &y).unwrap();
    let shares: Vec<f64> = found.inputs.iter().map(|x| x.share).collect();
    assert!((shares[0] - 0.3139).abs() < 0.06, "{}", shares[0]);
    assert!((shares[1] - 0.4424).abs() < 0.06, "{}", shares[1]);
    assert!(found.by_chance > 0.0 && found.by_chance < 0.06, "{}", found.by_chance);
    let above = shares.iter().skip(3).filter(|s| **s > found.by_chance).count();
    assert!(above <= 1, "{above} of 197 inputs that do nothing alone stand above chance");
    // What rises with an input says so.
    let rises: Vec<f64> = points.iter().map(|p| 10.0 * p[7]).collect();
    assert!((given(&levels, &rises).unwrap().inputs[7].rise - 9.17).abs() < 0.1);
}

#[test]
fn what_cannot_be_studied_is_refused() {
    assert_eq!(Design::new(8, 0, 1).unwrap_err(), SensitivityError::NoInput);
    assert!(matches!(Design::new(1 << 17, 2, 1).unwrap_err(), SensitivityError::TooLarge { .. }));
    assert_eq!(indices(&[vec![1.0; 4], vec![1.0; 4], vec![1.0; 4]]).unwrap_err(), SensitivityError::Constant);
    let uneven = indices(&[vec![1.0, 2.0], vec![1.0, 3.0], vec![1.0]]).unwrap_err();
    assert!(matches!(uneven, SensitivityError::Length { given: 1, expected: 2, .. }));
    assert_eq!(given(&[vec![0.5; 3]], &[1.0; 3]).unwrap_err(), SensitivityError::TooFew { runs: 3, least: 40 });
    let y: Vec<f64> = (0..40).map(|i| if i == 7 { f64::NAN } else { f64::from(i) }).collect();
    assert_eq!(given(&[], &y).unwrap_err(), SensitivityError::NotANumber { run: 7 });
}
