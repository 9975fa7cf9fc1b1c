//! Words that figures make.

use crate::digits::{NOT_ANSWERED, percent};

/// The word for a probability with the number beside it, as `very likely, 93 %`.
pub fn likelihood(probability: f64) -> String {
    let word = match probability {
        p if !p.is_finite() => return NOT_ANSWERED.to_owned(),
        p if p >= 0.9 => "very likely",
        p if p >= 0.66 => "likely",
        p if p > 0.34 => "even",
        p if p > 0.1 => "unlikely",
        _ => "very unlikely",
    };
    format!("{word}, {}", percent(probability))
}

/// A, B, C ...: the letter of a variant.
pub fn letter(i: usize) -> char {
    char::from(b'A' + (i % 26) as u8)
}

/// With a capital at its begin.
pub fn sentence_case(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_number() {
        assert_eq!(likelihood(0.93), "very likely, 93\u{202f}%");
        assert_eq!(likelihood(0.5), "even, 50\u{202f}%");
        assert_eq!(likelihood(0.02), "very unlikely, 2.0\u{202f}%");
        assert_eq!(sentence_case("élan vital"), "Élan vital");
        assert_eq!((letter(1), letter(27)), ('B', 'B'));
    }
}
