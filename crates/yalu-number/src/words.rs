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

/// A chance as people read it. Near 0 and 1 it is not rounded to them.
pub fn chance(p: f64) -> String {
    let percent = 100.0 * p;
    if percent < 0.5 {
        "<1 %".into()
    } else if percent > 99.5 {
        ">99 %".into()
    } else {
        format!("{percent:.0} %")
    }
}

/// A, B, C ...: the letter of a variant.
pub fn letter(i: usize) -> char {
    char::from(b'A' + (i % 26) as u8)
}

/// Seconds as `54:21` or `1:02:03`.
pub fn running_time(seconds: f64) -> String {
    let all = seconds.max(0.0).round() as i64;
    let (h, m, s) = (all / 3600, all / 60 % 60, all % 60);
    if h > 0 { format!("{h}:{m:02}:{s:02}") } else { format!("{m}:{s:02}") }
}

/// A list in words: `a, b and c`.
pub fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
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
    fn words_for_chances_variants_and_times() {
        assert_eq!(likelihood(0.93), "very likely, 93\u{202f}%");
        assert_eq!(likelihood(0.5), "even, 50\u{202f}%");
        assert_eq!(likelihood(0.02), "very unlikely, 2.0\u{202f}%");
        assert_eq!(sentence_case("élan vital"), "Élan vital");
        assert_eq!([3261.4, 3723.0, -1.0].map(running_time), ["54:21", "1:02:03", "0:00"]);
        assert_eq!((letter(1), letter(27)), ('B', 'B'));
    }
}
