//! What a report says, before it has a form.

use crate::figure::Figure;
use yalu_number::{Align, Rich};

/// One of the questions of the day with its answer, facts, sources and small picture.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Question {
    /// Place in the row of questions.
    pub number: String,
    /// The question.
    pub question: String,
    /// The answer in a sentence or two.
    pub answer: Rich,
    /// What stands behind the answer.
    pub text: Rich,
    /// How sure: `high`, `medium`, `low` or `not answered`.
    pub sure: String,
    /// Why it is no surer.
    pub why: String,
    /// Ids of reports, which become links to the evidence list, and sources named in words.
    pub sources: Vec<String>,
    /// Id of the chapter that leads on; empty when there is none.
    pub chapter: String,
    /// The pictures beside the answer, `BESIDE` units wide.
    pub figures: Vec<Figure>,
}

/// One claim of the story held against record and model.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Claim {
    /// What the story said.
    pub said: String,
    /// What the record says.
    pub record: Rich,
    /// What the model says, with its band.
    pub model: Rich,
    /// Ids of reports and sources named in words.
    pub sources: Vec<String>,
    /// How sure: `high`, `medium` or `low`.
    pub confidence: String,
    /// Whether the claim holds, in a few words.
    pub verdict: String,
}

/// A table of values.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Short name, unique within the report; becomes the anchor.
    pub id: String,
    /// The finding or the name of the table.
    pub title: String,
    /// Heads of the columns with the side they stand on; the first column names the row.
    pub columns: Vec<(String, Align)>,
    /// Cells, row by row.
    pub rows: Vec<Vec<Rich>>,
    /// Source and what is left out.
    pub foot: String,
}

/// One report of the evidence list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReportNote {
    /// Id by which questions and claims name the report.
    pub id: String,
    /// Day on which it became known.
    pub date: String,
    /// Who reported.
    pub source: String,
    /// Kind of source, such as seen, official or press.
    pub kind: String,
    /// What it says of the crossing.
    pub claim: String,
    /// The detail in words.
    pub detail: String,
    /// Where it can be read; only `http` and `https` become links.
    pub url: String,
}

/// A part of the report after the day's page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Section {
    /// Short name, unique within the report; becomes the anchor.
    pub id: String,
    /// Heading.
    pub title: String,
    /// Heading for the row of links on top; the title when empty.
    pub short: String,
    /// One of many of a kind: the row of links leads to what lists them, not to each.
    pub listed: bool,
    /// What the section shows, in a sentence or two.
    pub lead: Rich,
    /// Named values.
    pub facts: Vec<(String, Rich)>,
    /// Pictures, in order.
    pub figures: Vec<Figure>,
    /// Pictures of one kind of which a reader chooses one, the first open; after the others.
    pub choices: Vec<Figure>,
    /// Headline figures in the title and the lead: the id and the words of each.
    pub marks: Vec<(&'static str, String)>,
    /// Tables, in order, after the pictures.
    pub tables: Vec<Table>,
    /// Paragraphs, after the tables.
    pub text: Vec<Rich>,
}

/// A whole report: the day's page, the sections, the evidence and where it is wrong.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// Name of the corridor.
    pub title: String,
    /// Day or period of which the report speaks.
    pub date: String,
    /// The finding of the page.
    pub headline: String,
    /// What the page answers.
    pub lead: Rich,
    /// Known as of, record, model run, assumed share.
    pub meta: Vec<(String, Rich)>,
    /// The year at a glance.
    pub year: Option<Figure>,
    /// Questions of the day; none for a corridor without a story.
    pub questions: Vec<Question>,
    /// Claims of the story; none for a corridor without one.
    pub claims: Vec<Claim>,
    /// One chapter for each question that has more to show.
    pub chapters: Vec<Section>,
    /// All other pictures and tables; folded where there are chapters.
    pub sections: Vec<Section>,
    /// The reports held.
    pub evidence: Vec<ReportNote>,
    /// What is known to be wrong or not known, one point each.
    pub wrong: Vec<Rich>,
    /// Sources and licences of the data, one each.
    pub attribution: Vec<String>,
    /// Command that makes this report again.
    pub command: String,
    /// Version of the program.
    pub version: String,
}

impl Report {
    /// The finding of the page, or the corridor where there is none.
    pub fn named(&self) -> &str {
        if self.headline.is_empty() { &self.title } else { &self.headline }
    }

    /// How many pictures its sections hold, in words.
    pub fn figures(&self) -> String {
        match self.sections.iter().map(|s| s.figures.len() + s.choices.len()).sum() {
            0 => "No more pictures".into(),
            1 => "One more picture".into(),
            n => format!("{n} more pictures"),
        }
    }
}
