//! `yalu line train`.

use crate::args::Train;
use crate::ended::Ended;
use crate::load::corridor;
use crate::picture::picture;
use crate::terminal::{Problem, colour_out, print, print_screen, width};
use crate::train::{Asked, problem};
use yalu_chart::Chart;
use yalu_files::OutFolder;
use yalu_study::Ride;
use yalu_view::json;
use yalu_view::train::TrainRun;

/// Points of the curve lie no farther apart than this, metres.
const STEP_M: f64 = 50.0;

/// Runs one train and tells its run.
pub fn train(a: &Train) -> Result<Ended, Problem> {
    let c = corridor(&a.dir, &a.set)?;
    if !(1.0..=500.0).contains(&a.rating_kmh) {
        return Err(Problem::new(format!("--rating-kmh {}: not a speed from 1 to 500 km/h", a.rating_kmh)));
    }
    let rating_mps = a.rating_kmh / 3.6;
    let asked = Asked::new(&c, a)?;
    let line = asked.wish().line(&c).map_err(|e| problem(&c, &asked, e, rating_mps))?;
    let ride = Ride::new(&c, asked.service, line, STEP_M, rating_mps)
        .map_err(|e| Problem::new(format!("service {} cannot run", a.service)).because(e))?;
    let view = TrainRun::of(&ride, a.rating_kmh, a.curve);
    if let Some(dir) = &a.written.output {
        let out = OutFolder::begin(dir, a.written.force, "yalu line train")?;
        let files = [
            ("train.svg", picture(&yalu_report::train(&view).svg(), a.written.dark)),
            ("train.csv", view.curve_table().csv()),
            ("stations.csv", view.stations_table().csv()),
            ("train.json", json(&view)),
        ];
        for (name, text) in files {
            out.write(name, text.as_bytes())?;
        }
        out.finish()?;
    }
    if a.shown.json {
        print(&json(&view));
    } else {
        print_screen(&view.summary().text(colour_out(), width()), a.shown.verbose);
        if let Some(dir) = &a.written.output {
            print(&format!("\nPicture: {}\n", dir.join("train.svg").display()));
        }
    }
    Ok(Ended::Fine)
}
