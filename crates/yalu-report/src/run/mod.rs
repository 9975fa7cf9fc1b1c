//! The report of a run: the day's page, then what stands behind it.
mod border;
mod chapters;
mod charts;
mod closure;
mod days;
mod evidence;
mod flows;
mod knowledge;
mod line;
mod sections;
mod story;

use crate::{Figure, Report, Run, html, plain};
use yalu_chart::WIDE;
use yalu_number::percent;
use yalu_view::run::{Results, Run as View};

/// The report as one self-contained page.
pub fn page(r: &Results, view: &View) -> String {
    let c = &r.corridor;
    let story = c.about.story.as_ref();
    let record = ("Reports".into(), plain(c.record.reports.len().to_string()));
    let model = [
        ("Runs".into(), plain(format!("{}, {} to {}, seed {}", r.ensemble.outcomes().len(), r.from(), r.to(), r.seed))),
        (
            "Numbers".into(),
            plain(if view.bands.is_some() { "medians with 5 – 95 % bands" } else { "one run at medians, no bands" }),
        ),
        (
            "Assumed inputs".into(),
            vec![
                Run::Assumed(percent(view.assumed_share)),
                Run::Plain(format!(" of {}", yalu_number::whole(view.inputs as f64))),
            ],
        ),
    ];
    // A line alone has no record of reports.
    let meta = [record].into_iter().filter(|_| !r.line_only()).chain(model).collect();
    let mut sections = sections::all(r);
    let chapters = chapters::all(r, view, &mut sections);
    html(&Report {
        title: c.about.title.clone(),
        date: story.map_or_else(|| format!("{} to {}", r.from(), r.to()), |s| long_day(r, s.day)),
        headline: story.map_or_else(|| c.about.title.clone(), |s| s.headline.clone()),
        lead: if r.line_only() { plain(sections::lead(r)) } else { Vec::new() },
        meta,
        year: charts::year(r).map(|x| Figure::of("year", &x, WIDE)),
        questions: chapters::questions(r, view, &chapters),
        claims: story::claims(r),
        chapters,
        sections,
        evidence: evidence::list(r),
        wrong: sections::wrong(r),
        attribution: c.about.attribution.clone(),
        command: r.command.clone(),
        version: env!("CARGO_PKG_VERSION").into(),
    })
}

/// A day in full, `Monday 26 September 2022`.
pub(crate) fn long_day(r: &Results, t: yalu_units::Instant) -> String {
    yalu_calendar::long_date(yalu_calendar::local_date(r.zone(), t))
}
