//! The version of scenario files, and what brings a folder to it.

/// The version of the files of a folder that is read and written: `format` in `scenario.toml`. It goes up when a key is
/// renamed or means something else; folders of older versions are read, or told what to change.
pub const FORMAT: u32 = 1;

/// The text of a `scenario.toml` brought to this version; none where it says a version. Nothing but that line changes.
pub fn upgraded(text: &str) -> Option<String> {
    let table = toml::de::DeTable::parse(text).ok()?;
    if table.get_ref().iter().any(|(key, _)| key.get_ref() == "format") {
        return None;
    }
    // Before the first table, after the comments that open the file.
    let opens = |line: &&str| line.trim_start_matches('\u{feff}').starts_with('#');
    let begin: usize = text.split_inclusive('\n').take_while(opens).map(str::len).sum();
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    Some(format!("{}format = {FORMAT}{end}{}", &text[..begin], &text[begin..]))
}

#[cfg(test)]
mod tests {
    use super::upgraded;

    #[test]
    fn a_folder_of_the_first_version_gets_one_line() {
        let old = "# A corridor.\n# Of mine.\n[corridor]\nid = \"x\"\n";
        let new = "# A corridor.\n# Of mine.\nformat = 1\n[corridor]\nid = \"x\"\n";
        assert_eq!(upgraded(old).as_deref(), Some(new));
        assert_eq!(upgraded(new), None);
        assert_eq!(upgraded("[corridor]\r\n").as_deref(), Some("format = 1\r\n[corridor]\r\n"));
        assert_eq!(upgraded("[["), None);
    }
}
