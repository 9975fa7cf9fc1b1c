//! The report of a run: the day's page, then what stands behind it.
mod border;
mod charts;
mod closure;
mod colour;
mod evidence;
pub mod flows;
mod knowledge;
mod line;
mod sections;
mod story;

pub use charts::caption;
pub use colour::{colour, state};

use crate::results::Results;
use yalu_chart::WIDE;
use yalu_report::number::percent;
use yalu_report::{Figure, Report, Run, html, plain};
use yalu_study::assumed_share;

/// The report as one self-contained page.
pub fn page(r: &Results) -> String {
    let c = &r.corridor;
    let story = c.story.as_ref();
    let evidence = evidence::list(r);
    let record = [
        ("Known".into(), plain("now; reports carry the day they became known")),
        ("Record".into(), plain(format!("{} reports, {} judged periods", c.reports.len(), c.regimes.len()))),
    ];
    let model = [
        ("Model run".into(), plain(run(r))),
        (
            "Assumed inputs".into(),
            vec![Run::Assumed(percent(assumed_share(c))), Run::Plain(format!(" of {} read", c.inputs.len()))],
        ),
    ];
    // A line alone has no record of reports.
    let meta = record.into_iter().filter(|_| !r.line_only()).chain(model).collect();
    html(&Report {
        title: c.title.clone(),
        date: story.map_or_else(|| format!("{} to {}", r.from(), r.to()), |s| long_day(r, s.day)),
        headline: story.map_or_else(|| c.title.clone(), |s| s.headline.clone()),
        lead: story.map_or_else(|| plain(sections::lead(r)), |s| plain(s.lead.clone())),
        meta,
        year: charts::year(r).map(|x| Figure::of("year", &x, WIDE)),
        questions: story::questions(r),
        claims: story::claims(r),
        sections: sections::all(r),
        evidence,
        wrong: sections::wrong(r),
        attribution: c.attribution.clone(),
        command: r.command.clone(),
        version: env!("CARGO_PKG_VERSION").into(),
    })
}

fn run(r: &Results) -> String {
    let n = r.ensemble.drawn.len();
    let bands = if n > 0 { format!("central run and {n} replications") } else { "one run at medians, no bands".into() };
    format!("{bands}, {} to {}, seed {}", r.from(), r.to(), r.seed)
}

/// A day in full, `Monday 26 September 2022`.
pub(crate) fn long_day(r: &Results, t: yalu_units::Instant) -> String {
    yalu_calendar::long_date(yalu_calendar::local_date(r.zone(), t))
}
