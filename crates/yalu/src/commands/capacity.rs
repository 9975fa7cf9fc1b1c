//! `yalu line capacity`.

use crate::args::Capacity;
use crate::ended::Ended;
use crate::load::{corridor, folder_name};
use crate::physics;
use crate::terminal::{Problem, colour_out, print, print_screen, width};
use crate::train::service;
use std::fmt::Write as _;
use std::time::Instant as Clock;
use yalu_chart::{Chart, standalone};
use yalu_model::{Corridor, ServiceId};
use yalu_plan::{Plan, compile};
use yalu_report::capacity as pictures;
use yalu_study::{CapacityStudyError, capacity_study, reference_services};
use yalu_view::capacity::Capacity as View;
use yalu_view::json;

/// Tells what the line carries.
pub fn capacity(a: &Capacity) -> Result<Ended, Problem> {
    let begin = Clock::now();
    if !(a.tolerated_min.is_finite() && a.tolerated_min > 0.0) {
        return Err(
            Problem::new("--tolerated-min is no time").help("give minutes above zero, as in --tolerated-min 30")
        );
    }
    let c = corridor(&a.dir, &a.set)?;
    let named = a.service.as_deref().map(|name| service(&c, name)).transpose()?;
    let plan = compile(&c, c.horizon.from).map_err(|e| {
        Problem::new(format!("the line of {} cannot be compiled: {}", c.about.title, physics::told(&c, &e)))
            .help("`yalu show DIR` prints the line as it was read")
    })?;
    let services = named.map_or_else(|| reference_services(&c, &plan), |id| vec![id]);
    if services.is_empty() {
        return Err(Problem::new(format!("{} has no freight service to be the reference", c.about.title))
            .help("name a service with --service, or add one to services.toml"));
    }
    let out = a.out.begin("yalu line capacity")?;
    let studies = studies(&c, &plan, &services, a)?;
    let view = View::of(&c, &studies, a.tolerated_min, command(a), begin.elapsed().as_secs_f64());
    if let Some(out) = out {
        let files = [
            ("capacity.svg", standalone(&pictures::sections(&view).svg(), false)),
            ("delay-volume.svg", standalone(&pictures::volumes(&view).svg(), false)),
            ("capacity.csv", view.sections().csv()),
            ("capacity.json", json(&view)),
        ];
        for (name, text) in files {
            out.write(name, text.as_bytes())?;
        }
        out.finish()?;
    }
    if a.shown.json {
        print(&json(&view));
    } else {
        print_screen(&view.text(colour_out(), width()), a.shown.verbose);
        if let Some(dir) = &a.out.output {
            let files = "capacity.json, capacity.csv, capacity.svg, delay-volume.svg";
            print(&format!("\nWritten: {files} in {}\n", dir.display()));
        }
    }
    Ok(Ended::Fine)
}

fn studies(
    c: &Corridor,
    plan: &Plan,
    services: &[ServiceId],
    a: &Capacity,
) -> Result<Vec<yalu_study::CapacityStudy>, Problem> {
    let one = |id: &ServiceId| {
        capacity_study(c, plan, *id, a.tolerated_min * 60.0).map_err(|e| {
            let help = match &e {
                CapacityStudyError::Reverses { .. } | CapacityStudyError::Twice { .. } => {
                    "name another service with --service, or leave the stop out with a service of its own"
                }
                CapacityStudyError::Plan { .. } => "the train back may be too heavy for a start where it must wait",
                _ => "`yalu show DIR` prints the line as it was read",
            };
            Problem::new(format!("the capacity of {} cannot be computed", c.trains.services[*id].title))
                .because(e)
                .help(help)
        })
    };
    services.iter().map(one).collect()
}

/// The command that makes the same results, without the folder it writes.
fn command(a: &Capacity) -> String {
    let mut out = format!("yalu line capacity {}", folder_name(&a.dir));
    if let Some(s) = &a.service {
        let _ = write!(out, " --service {s}");
    }
    let _ = write!(out, " --tolerated-min {}", a.tolerated_min);
    out.push_str(&a.set.written());
    out
}
