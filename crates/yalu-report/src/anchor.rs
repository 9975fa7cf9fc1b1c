//! Names of anchors and files, and addresses that may become links.

use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Characters that steer a terminal or turn the reading direction.
pub fn unsafe_to_show(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The address when it may become a link: `http` or `https`, no space or control character.
pub fn link(url: &str) -> Option<&str> {
    let url = url.trim();
    let lower = url.get(..8.min(url.len())).map(str::to_ascii_lowercase)?;
    let web = lower.starts_with("http://") || lower.starts_with("https://");
    let clean = !url.chars().any(|c| c.is_whitespace() || unsafe_to_show(c));
    (web && clean).then_some(url)
}

/// A name for an anchor or a file: letters, digits and hyphens stay, all else is written as hex.
pub fn slug(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for c in raw.trim().chars() {
        if c.is_ascii_alphanumeric() || c == '-' {
            out.push(c);
        } else if c == ' ' || c == '_' {
            out.push('-');
        } else {
            let _ = write!(out, "_{:x}", u32::from(c));
        }
    }
    if out.is_empty() { "x".to_owned() } else { out }
}

/// Anchors given out so far; each is given once.
#[derive(Debug, Default)]
pub struct Anchors {
    taken: BTreeSet<String>,
}

impl Anchors {
    /// An anchor for a name, numbered when the name was used before.
    pub fn give(&mut self, prefix: &str, name: &str) -> String {
        let base = format!("{prefix}-{}", slug(name));
        let mut anchor = base.clone();
        let mut count = 2;
        while !self.taken.insert(anchor.clone()) {
            anchor = format!("{base}-{count}");
            count += 1;
        }
        anchor
    }
}

#[cfg(test)]
mod tests {
    use super::{Anchors, link, slug};

    #[test]
    fn only_web_addresses_link() {
        assert_eq!(link(" https://example.org/a?b=1 "), Some("https://example.org/a?b=1"));
        assert_eq!(link("HTTP://example.org"), Some("HTTP://example.org"));
        for bad in [
            "javascript:alert(1)",
            "data:text/html,x",
            "//example.org",
            "",
            "https://a b",
            "java\nscript:x",
            "丹东丹东",
        ] {
            assert_eq!(link(bad), None, "{bad}");
        }
    }

    #[test]
    fn names_stay_names() {
        assert_eq!(slug("R085"), "R085");
        assert_eq!(slug("\"><script>"), "_22_3e_3cscript_3e");
        let mut anchors = Anchors::default();
        assert_eq!(anchors.give("f", "a"), "f-a");
        assert_eq!(anchors.give("f", "a"), "f-a-2");
    }
}
