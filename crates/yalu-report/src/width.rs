//! How many cells of a terminal a text takes.

/// Cells a text takes: two for Chinese, Japanese and Korean signs, none for combining marks.
pub fn display_width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

/// Cells a sign takes.
pub fn char_width(c: char) -> usize {
    match u32::from(c) {
        0x0300..=0x036f
        | 0x1ab0..=0x1aff
        | 0x1dc0..=0x1dff
        | 0x200b..=0x200f
        | 0x20d0..=0x20ff
        | 0xfe00..=0xfe0f
        | 0xfeff => 0,
        0x1100..=0x115f
        | 0x2e80..=0x303e
        | 0x3041..=0x33ff
        | 0x3400..=0x4dbf
        | 0x4e00..=0x9fff
        | 0xa000..=0xa4cf
        | 0xa960..=0xa97f
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1_f300..=0x1_faff
        | 0x2_0000..=0x3_fffd => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::display_width;

    #[test]
    fn cells() {
        assert_eq!(display_width("Dandong"), 7);
        assert_eq!(display_width("丹东"), 4);
        assert_eq!(display_width("신의주"), 6);
        assert_eq!(display_width("Sinu\u{306}iju"), 7);
        assert_eq!(display_width("12\u{202f}t"), 4);
    }
}
