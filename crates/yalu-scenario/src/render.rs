//! Problems as text for a terminal.

use crate::{Diagnostic, Severity};
use std::fmt::Write as _;

/// The problems one after the other: code and message, place, the line with the part underlined, and help; then a
/// count. With `colour` in ANSI colours.
pub fn render(diagnostics: &[Diagnostic], colour: bool) -> String {
    let paint = |code: &str, s: &str| {
        if colour { format!("\u{1b}[{code}m{s}\u{1b}[0m") } else { s.to_owned() }
    };
    let mut out = String::new();
    for d in diagnostics {
        let (word, tint) = match d.severity {
            Severity::Error => ("error", "1;31"),
            Severity::Warning => ("warning", "1;33"),
        };
        let _ = writeln!(
            out,
            "{}{} {}",
            paint(tint, &format!("{word}[{}]", d.code)),
            paint("1", ":"),
            paint("1", &d.message)
        );
        let pad = " ".repeat(d.line.to_string().len());
        let bar = paint("34", "|");
        let arrow = paint("34", "-->");
        if d.line == 0 {
            let _ = writeln!(out, "{pad}{arrow} {}", d.file);
        } else {
            let _ = writeln!(out, "{pad}{arrow} {}:{}:{}", d.file, d.line, d.column);
            let (line, column) = (&d.piece, d.piece_column);
            let shown = line.chars().count();
            let length = d.length.min((shown + 1).saturating_sub(column)).max(1);
            let lead: String = line.chars().take(column - 1).map(|c| if wide(c) { "  " } else { " " }).collect();
            let marks: usize = line.chars().skip(column - 1).take(length).map(|c| if wide(c) { 2 } else { 1 }).sum();
            let _ = writeln!(out, "{pad} {bar}");
            let _ = writeln!(out, "{} {bar} {line}", paint("34", &d.line.to_string()));
            let _ = writeln!(out, "{pad} {bar} {lead}{}", paint(tint, &"^".repeat(marks.max(1))));
        }
        if let Some(help) = &d.help {
            let _ = writeln!(out, "{pad} {} {help}", paint("36", "= help:"));
        }
        out.push('\n');
    }
    let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
    let warnings = diagnostics.len() - errors;
    if !diagnostics.is_empty() {
        let _ = writeln!(out, "{}, {}", count(errors, "error"), count(warnings, "warning"));
    }
    out
}

fn count(n: usize, word: &str) -> String {
    format!("{n} {word}{}", if n == 1 { "" } else { "s" })
}

/// Characters of double width in terminals.
fn wide(c: char) -> bool {
    matches!(u32::from(c), 0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xff00..=0xff60)
}
