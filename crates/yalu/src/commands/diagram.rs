//! `yalu line diagram`.

use super::unused;
use crate::args::Diagram;
use crate::ended::Ended;
use crate::load::corridor;
use crate::period;
use crate::picture::picture;
use crate::terminal::{Problem, print};
use crate::train::service;
use crate::words::point;
use std::path::{Path, PathBuf};
use yalu_calendar::{local_date, long_date};
use yalu_chart::{Caption, Chart, WorkingDiagram};
use yalu_files::write_file;
use yalu_model::Corridor;
use yalu_plan::{Draw, compile};
use yalu_report::diagram::{self as drawn, Axis, Run, View, csv};
use yalu_sim::{Recorded, simulate};
use yalu_units::{Idx, Instant, Span};
use yalu_view::{SCHEMA_VERSION, diagram as data, json};

/// Days simulated after the period, so that openings and trains near its end are as they are in a longer run.
const AFTER_DAYS: i64 = 7;

/// Draws the central run of a period.
pub fn diagram(a: &Diagram) -> Result<Ended, Problem> {
    let mut c = corridor(&a.dir, &a.set)?;
    c.sampling.seed = a.seed.unwrap_or(c.sampling.seed);
    let period = asked(&c, a)?;
    // Names are looked up before the run, which may take a while.
    let along = a.service.as_deref().map(|id| service(&c, id)).transpose()?;
    let ends = match a.between.as_deref() {
        Some([from, to]) => Some((point(&c, from)?, point(&c, to)?)),
        _ => None,
    };
    cut(&mut c, period.1);
    let plan = compile(&c, c.horizon.from).map_err(|e| {
        Problem::new(format!("{} cannot be simulated", c.about.title))
            .because(e)
            .help("`yalu show DIR` prints the line as it was read")
    })?;
    let (_, trace) = simulate(&c, &plan, Draw::central(c.sampling.seed), Recorded::Trains);
    let trace = trace.ok_or_else(|| Problem::new("the run left no trace"))?;
    let view = View { c: &c, plan: &plan, trace: &trace };
    let axis = match (along, ends) {
        (Some(s), _) => Axis::along(&view, s),
        (None, Some((from, to))) => Axis::between(&view, from, to),
        (None, None) => Axis::chosen(&view),
    };
    let axis = axis.filter(|x| x.points.len() > 1).ok_or_else(|| match ends {
        Some((from, to)) => {
            Problem::new(format!("no line joins {} and {}", c.line.points[from].id, c.line.points[to].id))
                .help("`yalu show DIR` prints the sections of line")
        }
        None => Problem::new(format!("{} has no service to draw a line along", c.about.title))
            .help("name the ends with --between A B"),
    })?;
    let (chart, runs) = drawn::working(&view, &axis, period, a.occupations, caption(&view, &axis, period));
    let width = a.width.map_or_else(|| width(&chart), f64::from);
    let svg = chart.svg_at(width);
    let target = a.output.clone().unwrap_or_else(|| unused(&format!("{}-diagram", c.about.id), ".svg"));
    write_file(&target, picture(&svg, a.dark))?;
    let mut files = vec![target];
    if let Some(times) = &a.csv {
        let occupied = drawn::occupations(&view, &axis, &runs);
        let beside = beside(times);
        write_file(times, csv::times(&view, &axis, &runs))?;
        write_file(&beside, csv::occupations(&view, &runs, &occupied))?;
        files.extend([times.clone(), beside]);
    }
    if a.json {
        print(&json(&document(&view, &axis, &chart, &runs, &files)));
    } else {
        let names: Vec<String> = files.iter().map(|f| f.display().to_string()).collect();
        print(&format!("{}\n{}\n", Chart::summary(&chart), names.join("\n")));
    }
    Ok(Ended::Fine)
}

/// As wide as the period reads well, and as its trains do: so many pixels for each of them.
fn width(chart: &WorkingDiagram) -> f64 {
    const EACH: f64 = 24.0;
    const RIMS: f64 = 380.0;
    chart.natural_width().max(RIMS + EACH * chart.base.trains.len() as f64).min(12_000.0)
}

/// The period asked for.
fn asked(c: &Corridor, a: &Diagram) -> Result<(Instant, Instant), Problem> {
    let zone = period::zone(c);
    let from = match &a.from {
        Some(text) => period::moment(c, "--from", text, false)?,
        None => match &a.to {
            // A day that ends where the period does.
            Some(text) => {
                let end = period::moment(c, "--to", text, true)?;
                period::midnight(zone, end + Span(-1)).unwrap_or(c.horizon.from)
            }
            None => period::usual(c),
        },
    };
    let to = match &a.to {
        Some(text) => period::moment(c, "--to", text, true)?,
        None => (from + Span::days(1)).min(c.horizon.to),
    };
    if to <= from {
        let (from, to) = (a.from.as_deref().unwrap_or_default(), a.to.as_deref().unwrap_or_default());
        return Err(
            Problem::new(format!("--to {to} does not lie after --from {from}")).help("give the begin, then the end")
        );
    }
    Ok((from, to))
}

/// Cuts the horizon some days after the period.
fn cut(c: &mut Corridor, to: Instant) {
    let zone = period::zone(c).to_string();
    let last = period::midnight(&zone, to + Span::days(AFTER_DAYS)).unwrap_or(c.horizon.to);
    c.end_at(last);
}

fn caption(v: &View, axis: &Axis, (from, to): (Instant, Instant)) -> Caption {
    let zone = period::zone(v.c);
    let name = |p: Option<&(yalu_model::PointId, f64)>| p.map_or(String::new(), |p| v.c.line.points[p.0].name.clone());
    let (first, last) = (long_date(local_date(zone, from)), long_date(local_date(zone, to + Span(-1))));
    let days = if first == last { first } else { format!("{first} to {last}") };
    Caption {
        title: format!("{} – {}", name(axis.points.first()), name(axis.points.last())),
        subtitle: format!("{days}. Time to the right, distance down; level lines stand, rings are meets."),
        foot: format!(
            "{}, seed {}, central run: every input at its median. Km from {}. Waits of 20 minutes and more say what they are for.",
            v.c.about.title,
            v.c.sampling.seed,
            name(axis.points.first())
        ),
        shown: true,
    }
}

/// What is drawn, as data.
fn document(v: &View, axis: &Axis, chart: &WorkingDiagram, runs: &[Run], files: &[PathBuf]) -> data::Diagram {
    let at = |ms: i64| csv::utc(Instant(ms));
    let on = |t: &&yalu_trace::PointTime| axis.points.iter().any(|x| Idx::index(x.0) == t.point as usize);
    let label = |i: usize| runs.get(i).map(|r| r.label.clone());
    let station = |(p, km): &(yalu_model::PointId, f64)| data::Station {
        id: v.c.line.points[*p].id.clone(),
        name: v.c.line.points[*p].name.clone(),
        km: *km,
    };
    let train = |r: &Run| {
        let (service, direction) = csv::whose(v, r);
        data::Train {
            label: r.label.clone(),
            service,
            direction,
            scheduled: csv::utc(r.train.scheduled),
            first: r.times.iter().find(on).map(|t| csv::utc(t.depart)),
            last: r.times.iter().rev().find(on).map(|t| csv::utc(t.arrive)),
        }
    };
    let wait = |w: &yalu_chart::Wait| data::Wait {
        train: label(w.train),
        km: w.km,
        from: at(w.from),
        to: at(w.to),
        cause: w.whom.clone(),
    };
    let outside =
        |w: &yalu_chart::Outside| data::WaitOutside { train: label(w.train), km: w.km, from: at(w.from), to: at(w.to) };
    data::Diagram {
        schema_version: SCHEMA_VERSION,
        scenario: v.c.about.id.clone(),
        from: at(chart.base.from),
        to: at(chart.base.to),
        stations: axis.points.iter().map(station).collect(),
        trains: runs.iter().map(train).collect(),
        meets: chart.base.meets.iter().map(|m| data::Meet { at: at(m.0), km: m.1 }).collect(),
        waits: chart.waits.iter().map(wait).collect(),
        outside: chart.outside.iter().map(outside).collect(),
        occupations: chart.occupations.len(),
        files: files.iter().map(|f| f.display().to_string()).collect(),
    }
}

/// The file of occupations beside that of times: `day.csv` and `day-occupations.csv`.
fn beside(times: &Path) -> PathBuf {
    let stem = times.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
    let end = times.extension().map_or_else(String::new, |e| format!(".{}", e.to_string_lossy()));
    times.with_file_name(format!("{stem}-occupations{end}"))
}
