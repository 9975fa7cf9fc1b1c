//! What is new, as an Atom feed.

use super::Watch;
use std::fmt::Write as _;

/// Events of the last periods that a feed lists.
const ENTRIES: usize = 50;

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The feed: what changed in the last period, then events, the latest first. Ids stay the same from file to file.
pub fn feed(w: &Watch) -> String {
    let at = |data: &str| format!("{}T00:00:00Z", if data.len() == 7 { format!("{data}-01") } else { data.to_owned() });
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>Rail crossings</title>\n<id>urn:yalu:watch</id>\n<author><name>Yalu</name></author>\n<updated>{}</updated>\n",
        at(&w.period)
    );
    let mut entry = |id: &str, period: &str, title: &str, content: &str| {
        let _ = writeln!(
            out,
            "<entry><id>urn:yalu:watch:{}</id><title>{}</title><updated>{}</updated><content type=\"text\">{}</content></entry>",
            escaped(id),
            escaped(title),
            at(period),
            escaped(content)
        );
    };
    for (n, line) in w.changed.iter().enumerate() {
        let (title, rest) = line.split_once(": ").unwrap_or((line, ""));
        entry(&format!("{}:{n}", w.period), &w.period, title, rest);
    }
    for e in w.events.iter().take(ENTRIES) {
        entry(&e.id, &e.from, &e.title, &e.sentences.join(" "));
    }
    out.push_str("</feed>\n");
    out
}
