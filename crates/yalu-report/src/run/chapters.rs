//! The five answers of the first layer, and a chapter of one finding for each that has more to show.

use super::{charts, evidence, story};
use crate::{Figure, Question as Asked, Rich, Section, plain};
use yalu_chart::{BESIDE, Chart, WIDE};
use yalu_model::About;
use yalu_view::run::{Answer, Results, Run as View, Sure};

/// Days before and after the day that the pictures of a chapter show.
const AROUND: (i32, i32) = (150, 365);

/// Of two pictures beside an answer, the width of the reports by weight, and the room between the two.
const REPORTS: f64 = 204.0;
const BETWEEN: f64 = 12.0;

/// The questions with their answers.
pub fn questions(r: &Results, view: &View, chapters: &[Section]) -> Vec<Asked> {
    let one = |(i, a): (usize, &Answer)| Asked {
        number: (i + 1).to_string(),
        question: a.question.into(),
        answer: a.marked(&a.answer),
        text: a.marked(&a.text),
        sure: a.sure.word().into(),
        why: a.why.clone(),
        sources: a.rests_on.clone(),
        chapter: chapters.iter().find(|c| c.id == a.id).map_or_else(String::new, |c| c.id.clone()),
        figures: beside(r, a.about),
    };
    view.answers.iter().enumerate().map(one).collect()
}

/// The small pictures beside an answer.
fn beside(r: &Results, about: About) -> Vec<Figure> {
    fn set<C: yalu_chart::Captioned + Chart>(id: &str, chart: Option<C>, width: f64) -> Option<Figure> {
        let mut chart = chart?;
        chart.caption().subtitle.clear();
        chart.caption().foot.clear();
        Some(Figure::of(id, &chart, width))
    }
    fn small<C: yalu_chart::Captioned + Chart>(id: &str, chart: Option<C>) -> Option<Figure> {
        set(id, chart, BESIDE)
    }
    let day = r.focus().map(|x| x.1);
    match about {
        About::Running => {
            let belief = charts::belief(r, (150, 30));
            [set("weights", charts::weights(r), REPORTS), set("belief", belief, BESIDE - REPORTS - BETWEEN)]
                .into_iter()
                .flatten()
                .collect()
        }
        About::Carry => small("limits", charts::limits(r)).into_iter().collect(),
        About::Cost => small("cost", charts::cost(r)).into_iter().collect(),
        About::Recover => small("recovery", day.and_then(|d| charts::standing(r, d, (60, 120)))).into_iter().collect(),
        About::Next => small("ahead", charts::ahead(r)).into_iter().collect(),
    }
}

/// A chapter for each question that has more to show than its answer; its pictures leave the sections they stood in.
pub fn all(r: &Results, view: &View, sections: &mut Vec<Section>) -> Vec<Section> {
    let chapters = view.answers.iter().filter_map(|a| {
        let figures = match a.about {
            About::Running => evidence::around(r).map(|x| Figure::of("reports-around", &x, WIDE)).into_iter().collect(),
            About::Carry => taken(sections, &["day", "border-dwell"]),
            About::Cost => {
                let cost = charts::cost(r).map(|x| Figure::of("cost-months", &x, WIDE));
                taken(sections, &["closure-bearers"]).into_iter().chain(cost).collect()
            }
            About::Recover => {
                let trains = r.focus().and_then(|(_, day)| charts::standing(r, day, AROUND));
                trains.map(|x| Figure::of("trains-waiting", &x, WIDE)).into_iter().collect()
            }
            About::Next => charts::ahead(r).map(|x| Figure::of("forecast", &x, WIDE)).into_iter().collect(),
        };
        let facts = story::facts(r, a.about);
        if figures.is_empty() && facts.is_empty() {
            return None;
        }
        Some(Section {
            id: a.id.into(),
            title: titled(r, a),
            short: short(a.about).into(),
            lead: recorded(r, a.about),
            facts,
            figures,
            marks: a.figures.iter().map(|f| (f.id, f.text.clone())).collect(),
            ..Section::default()
        })
    });
    let chapters = chapters.collect();
    sections.retain(|s| !(s.figures.is_empty() && s.choices.is_empty() && s.tables.is_empty() && s.text.is_empty()));
    chapters
}

fn short(about: About) -> &'static str {
    match about {
        About::Running => "Running",
        About::Carry => "Carrying",
        About::Cost => "Cost",
        About::Recover => "Recovery",
        About::Next => "Next",
    }
}

/// The finding of a chapter, with the answer's own figure in its own words.
fn titled(r: &Results, a: &Answer) -> String {
    let told = |id: &str| a.figure(id).map(|f| f.text.as_str());
    let finding = match a.about {
        About::Running => {
            let most = r.knowledge.as_ref().and_then(|k| k.story.as_ref()).map(|k| k.reasons[0].len().min(3));
            most.filter(|n| *n > 0).map(|n| match n {
                1 => "One report carries the day".into(),
                2 => "Two reports carry the day".into(),
                _ => "Three reports carry the day".to_owned(),
            })
        }
        About::Carry => told("loaded_wagons_per_day").map(|x| format!("{x} cross loaded")),
        About::Cost => match (told("exports_lost_share"), told("exports_not_made_musd")) {
            (Some(share), _) => Some(format!("The closure took {share} of exports while it lasted")),
            (None, Some(lost)) => Some(format!("The closure took {lost} of exports")),
            _ => None,
        },
        // What a minority of runs does heads no page.
        About::Recover if a.sure == Sure::NotAnswered => {
            told("clear_days").map(|_| "What stands does not clear in most runs".to_owned())
        }
        About::Recover => told("clear_days").map(|x| match x {
            "0 days" => "The closure left no queue".to_owned(),
            x => format!("What stands has gone after {x}"),
        }),
        About::Next => {
            told("chance_running_in_180_days").map(|x| format!("In 180 days trains run with a chance of {x}"))
        }
    };
    finding.unwrap_or_else(|| a.question.into())
}

/// What the story says the record holds.
fn recorded(r: &Results, about: About) -> Rich {
    let story = r.corridor.about.story.as_ref();
    let asked = story.and_then(|s| s.questions.iter().find(|q| q.about == about));
    asked.map_or_else(Vec::new, |q| plain(format!("The record: {} {}", q.answer, q.text)))
}

/// The pictures of some names, out of the sections they stand in.
fn taken(sections: &mut [Section], ids: &[&str]) -> Vec<Figure> {
    let mut take = |id: &&str| {
        let section = sections.iter_mut().find(|s| s.figures.iter().any(|f| f.id() == *id))?;
        let at = section.figures.iter().position(|f| f.id() == *id)?;
        Some(section.figures.remove(at))
    };
    ids.iter().filter_map(&mut take).collect()
}
