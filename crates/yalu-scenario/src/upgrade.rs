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

/// What to do about a key that files of a table once had and have no more.
pub(crate) fn gone(table: &str, key: &str) -> Option<&'static str> {
    (table == "activity" && key == "kind").then_some(
        "leave it out: its other keys say what an activity does, its title what it is; `yalu check DIR --upgrade` does so",
    )
}

/// The text of a `border.toml` without keys that are gone; none where it has none. Nothing but such lines changes.
pub fn upgraded_border(text: &str) -> Option<String> {
    let mut activity = false;
    let kept: String = text
        .split_inclusive('\n')
        .filter(|line| {
            let line = line.trim();
            if line.starts_with('[') {
                activity = line.starts_with("[[station.activity]]");
            }
            let key = line.split_once('=').map_or("", |(key, _)| key.trim());
            !(activity && gone("activity", key).is_some())
        })
        .collect();
    (kept.len() < text.len()).then_some(kept)
}

#[cfg(test)]
mod tests {
    use super::{upgraded, upgraded_border};

    #[test]
    fn kinds_of_activities_are_taken_out_and_others_stay() {
        let old = "[[station.resource]]\nkind = \"cranes\"\n[[station.activity]]\nid = \"a\"\nkind = \"customs\" # x\n";
        let new = "[[station.resource]]\nkind = \"cranes\"\n[[station.activity]]\nid = \"a\"\n";
        assert_eq!(upgraded_border(old).as_deref(), Some(new));
        assert_eq!(upgraded_border(new), None);
    }

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
