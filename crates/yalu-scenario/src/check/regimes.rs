//! Restrictions of regimes: words that do something.

use crate::diagnostic::{Sink, nearest};
use crate::load::Files;
use yalu_model::{ACTING_WORDS, Corridor};

/// A word that neither acts by itself nor is named by an activity does nothing: it may be mistyped.
pub(super) fn words(sink: &mut Sink, files: &Files, c: &Corridor) {
    let asked = c.border.stations.iter().flat_map(|s| &s.activities).filter_map(|a| a.only_under.as_deref());
    let known: Vec<&str> = ACTING_WORDS.into_iter().chain(asked).collect();
    for row in &files.regimes {
        for (word, at) in &row.restrictions {
            if known.contains(&word.as_str()) {
                continue;
            }
            let near = nearest(word, known.iter().copied()).map(|w| format!("did you mean `{w}`? "));
            let help = format!("{}words that act: {}", near.unwrap_or_default(), known.join(", "));
            sink.warn("Y0622", *at, format!("the restriction `{word}` changes nothing"), Some(help));
        }
    }
}
