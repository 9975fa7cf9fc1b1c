//! Capacity of real folders: by hand, beside the simulator, and the way it must move.
use std::path::Path;
use yalu_capacity::Working;
use yalu_model::Corridor;
use yalu_plan::compile;
use yalu_scenario::{load, read_folder};
use yalu_study::{CapacityStudy, capacity_study, reference_services};

fn corridor(name: &str, set: &[(&str, &str)]) -> Corridor {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios").join(name);
    let set: Vec<(String, String)> = set.iter().map(|(k, v)| ((*k).to_string(), (*v).to_string())).collect();
    load(&read_folder(&dir).expect("it is there"), &set).corridor.expect("a corridor")
}

fn studies(name: &str, set: &[(&str, &str)]) -> Vec<CapacityStudy> {
    let c = corridor(name, set);
    let plan = compile(&c, c.from).expect("it compiles");
    let all = reference_services(&c, &plan);
    all.into_iter().map(|s| capacity_study(&c, &plan, s, 1800.0).expect("it is told")).collect()
}

#[test]
fn look() {
    for name in ["job-r1", "dandong-sinuiju"] {
        let clock = std::time::Instant::now();
        let c = corridor(name, &[]);
        let plan = compile(&c, c.from).expect("it compiles");
        println!("compiled {:?}", clock.elapsed());
        for s in reference_services(&c, &plan) {
            let clock = std::time::Instant::now();
            let x = capacity_study(&c, &plan, s, 1800.0).expect("it is told");
            println!("{} {:?} {:?}", c.services[s].id, clock.elapsed(), x.reference.comes_back);
            println!("pairs {} bound {:?} left {:?} nonsim {}", x.pairs_today, x.capacity.bound, x.left, x.input.non_simultaneous_s);
            for (i, (s, y)) in x.capacity.sections.iter().zip(&x.sections).enumerate() {
                let Working::Single(w) = &s.working else { println!("{i} {} double {:?} {:?}", s.name, s.bound.trains_per_day, y.alone.as_ref().map(|a|(a.closed_form, a.line.arrived_per_day))); continue };
                println!("{i} {} T {:?} {:?} run {:.0} occ {:.3} alone {:?}", s.name, w.schemes.map(|s| s.cycle_s.round()), w.chosen.scheme, w.chosen.running_s, y.occupancy,
                   y.alone.as_ref().map(|a| (a.closed_form, a.line.arrived_per_day, a.agreement)));
            }
            println!("platoons {:?}", x.capacity.platoons);
            println!("pattern {:?}", x.pattern);
            println!("saturation {:?}", x.saturation);
            println!("volumes {:?} {:?}", x.volumes.curve, x.volumes.practical);
            for v in &x.volumes.volumes { println!("  {} {:?}", v.share, v.line); }
            println!("free {:?} loops {:?}", x.free_run_s, x.capacity.one_more_loop.iter().max_by(|a,b| a.gain_pairs_per_day.total_cmp(&b.gain_pairs_per_day)));
        }
    }
}
