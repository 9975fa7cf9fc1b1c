//! The five answers of the first layer, and a chapter for each that has more to show.

use super::{charts, story};
use yalu_model::About;
use yalu_report::{Figure, Question as Asked, Rich, Section, plain};
use yalu_view::run::{Answer, Results, Run as View};

/// Width of the small picture beside an answer.
const BESIDE: f64 = 372.0;

/// The questions with their answers.
pub fn questions(r: &Results, view: &View, chapters: &[Section]) -> Vec<Asked> {
    let one = |(i, a): (usize, &Answer)| Asked {
        number: (i + 1).to_string(),
        question: a.question.into(),
        answer: plain(&a.answer),
        text: plain(&a.text),
        sure: a.sure.word().into(),
        why: a.why.clone(),
        sources: a.rests_on.clone(),
        chapter: chapters.iter().find(|c| c.id == a.id).map_or_else(String::new, |c| c.id.clone()),
        figure: beside(r, a.about),
    };
    view.answers.iter().enumerate().map(one).collect()
}

/// The small picture beside an answer.
fn beside(r: &Results, about: About) -> Option<Figure> {
    let day = r.corridor.about.story.as_ref().map(|s| s.day);
    match about {
        About::Running => charts::belief(r).map(|x| Figure::of("belief", &x, BESIDE)),
        About::Carry => charts::counts(r).map(|x| Figure::of("counts", &x, BESIDE)),
        About::Cost => charts::cost(r).map(|x| Figure::of("cost", &x, BESIDE)),
        About::Recover => day
            .filter(|d| *d >= r.plan.report_from && *d < r.corridor.horizon.to)
            .map(|d| Figure::of("recovery", &charts::recovery(r, d), BESIDE)),
        About::Next => charts::ahead(r).map(|x| Figure::of("ahead", &x, BESIDE)),
    }
}

/// A chapter for each question that has more to show than its answer; its pictures leave the sections they stood in.
pub fn all(r: &Results, view: &View, sections: &mut Vec<Section>) -> Vec<Section> {
    let chapters = view.answers.iter().filter_map(|a| {
        let figures = match a.about {
            About::Running => taken(sections, &["states"], 1),
            About::Carry => taken(sections, &["trains", "runs", "border"], 1),
            About::Cost => taken(sections, &["closure", "flows"], 1),
            About::Recover => taken(sections, &["queue"], 1),
            About::Next => Vec::new(),
        };
        let facts = story::facts(r, a.about);
        if figures.is_empty() && facts.is_empty() {
            return None;
        }
        let (short, title) = titled(a.about);
        Some(Section {
            id: a.id.into(),
            title: title.into(),
            short: short.into(),
            lead: recorded(r, a.about),
            facts,
            figures,
            ..Section::default()
        })
    });
    let chapters = chapters.collect();
    sections.retain(|s| !(s.figures.is_empty() && s.tables.is_empty() && s.text.is_empty()));
    chapters
}

fn titled(about: About) -> (&'static str, &'static str) {
    match about {
        About::Running => ("Running", "What was reported, and when it became known"),
        About::Carry => ("Carrying", "How trains and wagons cross"),
        About::Cost => ("Cost", "What the closure did to trade"),
        About::Recover => ("Recovery", "What waits, and how it clears"),
        About::Next => ("Next", "How long it was expected to last"),
    }
}

/// What the story says the record holds.
fn recorded(r: &Results, about: About) -> Rich {
    let story = r.corridor.about.story.as_ref();
    let asked = story.and_then(|s| s.questions.iter().find(|q| q.about == about));
    asked.map_or_else(Vec::new, |q| plain(format!("The record: {} {}", q.answer, q.text)))
}

/// The first pictures of some sections.
fn taken(sections: &mut [Section], ids: &[&str], most: usize) -> Vec<Figure> {
    let mut take = |id: &&str| -> Vec<Figure> {
        let Some(section) = sections.iter_mut().find(|s| s.id == *id) else { return Vec::new() };
        let n = most.min(section.figures.len());
        section.figures.drain(..n).collect()
    };
    ids.iter().flat_map(&mut take).collect()
}
