//! `durations.csv`: read with all that is wrong and where, and written.

use super::{Closure, ClosureCause};
use crate::Day;
use yalu_model::{Mode, Words as _};
use yalu_scenario::reports::{day_of, day_text};
use yalu_scenario::{At, Diagnostic, Sheet, SheetRow, Sink};

/// Columns as they are written; those that every file has, and the others.
const COLUMNS: [&str; 8] = ["crossing", "kind", "cause", "from", "to", "seen_to", "back", "source"];
const REQUIRED: [&str; 5] = ["crossing", "kind", "cause", "from", "source"];
/// Kinds of crossings that are shut and opened.
const KINDS: [Mode; 5] = [Mode::Rail, Mode::Road, Mode::Passenger, Mode::Sea, Mode::Air];

/// Reads closures. A row with something wrong is told and left out, the rest is there.
pub fn read_durations(name: &str, bytes: &[u8]) -> (Vec<Closure>, Vec<Diagnostic>) {
    let mut sink = Sink::default();
    let closures = read(&mut sink, name, bytes).unwrap_or_default();
    (closures, sink.finish().1)
}

fn read(sink: &mut Sink, name: &str, bytes: &[u8]) -> Option<Vec<Closure>> {
    let sheet = Sheet::read(sink, name, bytes, "closures with their days and causes")?;
    for cell in sheet.twice() {
        sink.error("Y0203", cell.at, format!("the column `{}` is there twice", cell.text), None);
    }
    let missing: Vec<&str> = REQUIRED.into_iter().filter(|c| sheet.column(c).is_none()).collect();
    for column in &missing {
        let help = format!("columns are: {}", COLUMNS.join(", "));
        sink.error("Y0204", sheet.header.at, format!("the column `{column}` is missing"), Some(help));
    }
    let columns = COLUMNS.map(|c| sheet.column(c));
    let sound = sheet.rows.iter().filter(|r| r.sound && missing.is_empty());
    Some(sound.filter_map(|row| Row { sink, of: row, columns: &columns, failed: false }.closure()).collect())
}

struct Row<'a> {
    sink: &'a mut Sink,
    of: &'a SheetRow,
    columns: &'a [Option<usize>; COLUMNS.len()],
    failed: bool,
}

impl Row<'_> {
    fn closure(mut self) -> Option<Closure> {
        let crossing = self.cell("crossing").0.to_owned();
        let kinds = KINDS.map(Mode::word);
        let kind = self.word("kind", &kinds, |w| KINDS.into_iter().find(|k| k.word() == w));
        let cause = self.word("cause", ClosureCause::NAMES, ClosureCause::of_word);
        let from = self.day("from");
        let (to, seen_to, back) = (self.day("to"), self.day("seen_to"), self.day("back"));
        if !self.failed && from.is_none() {
            self.wrong("from", "Y0202", "the first day shut is missing".into(), "as 2020-01-31".into());
        }
        let last = to.or(seen_to);
        if !self.failed && last.is_none() {
            let help = "`to` where it ended, `seen_to` where it lasts".to_owned();
            self.wrong("to", "Y0202", "neither its last day nor how long it was seen to last".into(), help);
        }
        for (column, early, late) in [("to", from, last), ("back", last, back)] {
            if let Some((early, late)) = early.zip(late).filter(|(early, late)| late < early) {
                let message = format!("{} is before {}", day_text(late), day_text(early));
                self.wrong(column, "Y0303", message, "days follow each other: from, to, back".into());
            }
        }
        let source = self.cell("source").0.to_owned();
        let (kind, cause, from, last) = (kind?, cause?, from?, last?);
        (!self.failed).then_some(Closure { crossing, kind, cause, from, to: last, ended: to.is_some(), back, source })
    }

    fn cell(&self, column: &str) -> (&str, At) {
        let place = COLUMNS.iter().position(|c| *c == column).and_then(|i| self.columns[i]);
        place.and_then(|i| self.of.cells.get(i)).map_or(("", self.of.at), |c| (c.text.trim(), c.at))
    }

    fn word<T>(&mut self, column: &str, words: &[&str], of: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = self.cell(column).0.to_owned();
        let found = of(&text);
        if found.is_none() {
            self.wrong(column, "Y0305", format!("`{text}` is no {column}"), format!("one of: {}", words.join(", ")));
        }
        found
    }

    fn day(&mut self, column: &str) -> Option<Day> {
        let text = self.cell(column).0.to_owned();
        let day = day_of(&text);
        if day.is_none() && !text.is_empty() {
            self.wrong(column, "Y0301", format!("`{text}` is no day"), "as 2020-01-31".into());
        }
        day
    }

    fn wrong(&mut self, column: &str, code: &'static str, message: String, help: String) {
        let at = self.cell(column).1;
        self.sink.error(code, at, message, Some(help));
        self.failed = true;
    }
}

/// Closures as a file, in their order.
pub fn write_durations<'a>(closures: impl IntoIterator<Item = &'a Closure>) -> String {
    let mut out = csv::Writer::from_writer(Vec::new());
    // A vector takes all that is written.
    let _ = out.write_record(COLUMNS);
    for c in closures {
        let last = day_text(c.to);
        let (to, seen_to) = if c.ended { (last, String::new()) } else { (String::new(), last) };
        let back = c.back.map(day_text).unwrap_or_default();
        let from = day_text(c.from);
        let _ = out.write_record([&c.crossing, c.kind.word(), c.cause.word(), &from, &to, &seen_to, &back, &c.source]);
    }
    out.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}
