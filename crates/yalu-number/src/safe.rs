//! Text that steers nothing: no control character, no turn of the reading direction.

/// Characters that steer a terminal or turn the reading direction.
pub fn unsafe_to_show(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Text without them; a line break or tab becomes a space.
pub fn clean(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_whitespace() && unsafe_to_show(c) { ' ' } else { c })
        .filter(|c| !unsafe_to_show(*c))
        .collect()
}
