//! Text made safe for the place it goes to.

use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Text for an element or a quoted attribute; control and direction characters become a mark.
pub fn text(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len() + raw.len() / 8);
    for c in raw.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            c if unsafe_to_show(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

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

/// Bytes percent-encoded for a data address.
pub fn percent(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len() + raw.len() / 4);
    for byte in raw.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
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

/// A file name without folders, ending in the given ending.
pub fn file_name(raw: &str, ending: &str) -> String {
    let stem = raw.strip_suffix(ending).unwrap_or(raw);
    format!("{}{ending}", slug(stem).trim_start_matches('-'))
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
    use super::{Anchors, file_name, link, percent, slug, text};

    #[test]
    fn markup_becomes_text() {
        assert_eq!(text("<b a=\"1\" b='2'>&"), "&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;");
        assert_eq!(text("a\u{1b}[1m\u{202e}b"), "a\u{fffd}[1m\u{fffd}b");
    }

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
        assert_eq!(percent("a,b\n丹"), "a%2Cb%0A%E4%B8%B9");
        assert_eq!(slug("R085"), "R085");
        assert_eq!(slug("\"><script>"), "_22_3e_3cscript_3e");
        assert_eq!(file_name("../x.csv", ".csv"), "_2e_2e_2fx.csv");
        let mut anchors = Anchors::default();
        assert_eq!(anchors.give("f", "a"), "f-a");
        assert_eq!(anchors.give("f", "a"), "f-a-2");
    }
}
