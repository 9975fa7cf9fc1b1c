//! Sentences whose parts have a standing: plain, assumed, a band, not answered, from a report.

/// Words in a row, each with its standing.
pub type Rich = Vec<Run>;

/// A stretch of text of one standing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Run {
    /// Sourced or explaining text.
    Plain(String),
    /// Text that carries the weight of the sentence.
    Bold(String),
    /// A value nobody reported: dashed underline.
    Assumed(String),
    /// A result with its range, such as `41 days (33 – 55)`.
    Band(String),
    /// A value the model must still give, with the reason why it is missing: hatched box.
    NotAnswered(String),
    /// Text that explains the value before it.
    Small(String),
    /// The id of a report: links to its row in the evidence list when that holds it.
    Source(String),
    /// A headline figure as every document writes it.
    Headline {
        /// Its id, by which documents are held to the same value.
        id: &'static str,
        /// The value in words.
        text: String,
    },
}

impl Run {
    /// Its words, without its standing.
    pub fn text(&self) -> &str {
        match self {
            Run::Plain(t)
            | Run::Bold(t)
            | Run::Assumed(t)
            | Run::Band(t)
            | Run::NotAnswered(t)
            | Run::Small(t)
            | Run::Source(t)
            | Run::Headline { text: t, .. } => t,
        }
    }
}

/// Plain text as rich text.
pub fn plain(text: impl Into<String>) -> Rich {
    vec![Run::Plain(text.into())]
}
