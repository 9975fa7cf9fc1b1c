//! Crossings, regimes, reports, observed values, the story.

use super::{Builder, strings};
use crate::describe::{RegimeRow, SeenRow, Told};
use crate::reports::Record;
use yalu_model::{Crossing, CrossingId, LatLon, Observed, Regime, Report, SeenTrain, Story, StoryClaim, StoryQuestion};
use yalu_units::{IndexVec, Instant};

/// Reports by the day they became known, then by id, whatever their order in the file.
pub(super) fn reports(record: &Record) -> Vec<Report> {
    let mut out: Vec<Report> = record.reports().cloned().collect();
    out.sort_by(|a, b| (a.reported, &a.id).cmp(&(b.reported, &b.id)));
    out
}

impl Builder<'_> {
    pub(super) fn crossings(&mut self) -> IndexVec<CrossingId, Crossing> {
        let files = self.files;
        files
            .crossings
            .iter()
            .map(|r| Crossing {
                id: r.id.clone(),
                title: r.title.clone(),
                mode: r.mode,
                position: r.lat.zip(r.lon).map(|(lat, lon)| LatLon { lat, lon }),
                colour: r.colour.clone(),
                trade_share: r.trade_share,
            })
            .collect()
    }

    pub(super) fn regimes(&mut self) -> Vec<Regime> {
        let files = self.files;
        let mut out = Vec::new();
        for r in &files.regimes {
            let from = self.midnight(r.from);
            let to = match r.to {
                Some(to) => self.period(r.from, to, r.at.to).1,
                // Open: to the end of the horizon, and never empty.
                None => self.to.max(from + yalu_units::Span::days(1)),
            };
            out.push(regime(r, (from, to)));
        }
        out.sort_by_key(|r| (r.crossing, r.from));
        out
    }

    pub(super) fn observed(&mut self) -> Vec<Observed> {
        let files = self.files;
        files
            .observed
            .iter()
            .map(|r| Observed {
                month: r.month,
                exports_musd: r.exports_musd,
                imports_musd: r.imports_musd,
                total_musd: r.total_musd,
                exports_derived: r.exports_kind == Some(Told::Derived),
                source_date: r.source_date.clone(),
                source: r.source.clone(),
                url: r.url.clone(),
            })
            .collect()
    }

    pub(super) fn story(&mut self) -> Option<Story> {
        let files = self.files;
        let r = files.story.as_ref()?;
        Some(Story {
            day: self.midnight(r.day),
            headline: r.headline.clone(),
            lead: r.lead.clone(),
            crossing: r.crossing,
            seen: r.seen.iter().flat_map(seen).collect(),
            questions: r
                .question
                .iter()
                .map(|x| StoryQuestion {
                    about: x.about,
                    question: x.question.clone(),
                    answer: x.answer.clone(),
                    text: x.text.clone(),
                    facts: x.facts.clone(),
                    sources: strings(&x.sources),
                })
                .collect(),
            claims: r
                .claim
                .iter()
                .map(|x| StoryClaim {
                    said: x.said.clone(),
                    record: x.record.clone(),
                    model: x.model,
                    sources: strings(&x.sources),
                    confidence: x.confidence.clone(),
                    verdict: x.verdict.clone(),
                })
                .collect(),
        })
    }
}

fn regime(r: &RegimeRow, (from, to): (Instant, Instant)) -> Regime {
    Regime {
        crossing: r.crossing,
        from,
        to,
        state: r.state,
        start_uncertainty_days: r.start_uncertainty_days.unwrap_or(0.0),
        trains_per_day: r.trains_per_day.clone(),
        wagons_per_train: r.wagons_per_train.clone(),
        wagons_per_day: r.wagons_per_day.clone(),
        capacity_share: r.capacity_share.clone(),
        hold_days: r.hold_days.clone(),
        restrictions: strings(&r.restrictions),
        notice_days: r.notice_days.clone(),
        ramp_days: r.ramp_days.clone(),
        bans: r.bans_hs.clone(),
        allotment: r.allotment,
        confidence: r.confidence.clone(),
        start_basis: r.start_basis.clone(),
        reasoning: r.reasoning.clone(),
        basis: r.basis.clone(),
    }
}

/// Each time of a row of trains seen.
fn seen(x: &SeenRow) -> Vec<SeenTrain> {
    let at = |s: u32| yalu_calendar::local_time(&x.zone, x.day, s);
    let train = |(s, _): &(u32, _)| Some(SeenTrain { at: at(*s)?, point: x.point, text: x.text.clone() });
    x.times.iter().filter_map(train).collect()
}
