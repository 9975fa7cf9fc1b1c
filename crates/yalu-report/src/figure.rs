//! A picture with heading, measure, foot, downloads and table.

use crate::csv;
use crate::escape::{Anchors, file_name, percent, slug, text};
use crate::svg::{Picture, look_through};
use crate::view::Figure;
use std::fmt::Write as _;

/// Rows of the data shown under a picture; the file has all.
const ROWS_SHOWN: usize = 200;

/// Widest picture that fits the page whole.
const PAGE_WIDTH: f64 = 1216.0;

/// Where a picture stands, which decides its heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Under the headline of the day.
    Year,
    /// Beside an answer.
    Question,
    /// In a section.
    Section,
}

/// A picture as markup.
pub fn figure(out: &mut String, figure: &Figure, place: Place, anchors: &mut Anchors) {
    let anchor = anchors.give("f", &figure.id);
    let class = match place {
        Place::Year => "fig year",
        Place::Question => "fig small",
        Place::Section => "fig",
    };
    let _ = write!(out, "<figure class=\"{class}\" id=\"{anchor}\">");
    let level = if place == Place::Year { "h2" } else { "h3" };
    if !figure.title.is_empty() {
        let _ = write!(out, "<{level}>{}</{level}>", text(&figure.title));
    }
    if !figure.subtitle.is_empty() {
        let _ = write!(out, "<p class=\"sub\">{}</p>", text(&figure.subtitle));
    }
    pictures(out, figure);
    out.push_str("<figcaption>");
    if !figure.foot.is_empty() {
        let _ = write!(out, "<p class=\"foot\">{}</p>", text(&figure.foot));
    }
    downloads(out, figure, &anchor);
    out.push_str("</figcaption></figure>\n");
}

fn pictures(out: &mut String, figure: &Figure) {
    let label = [figure.title.trim_end_matches('.'), figure.summary.as_str()];
    let label: Vec<&str> = label.into_iter().filter(|part| !part.is_empty()).collect();
    let label = text(&label.join(". "));
    let narrow = figure.narrow_svg.as_deref().map(look_through);
    let has_narrow = matches!(narrow, Some(Ok(_)));
    match look_through(&figure.svg) {
        Ok(picture) => wide(out, &picture, figure, &label, has_narrow),
        Err(why) => left_out(out, &why),
    }
    match narrow {
        Some(Ok(picture)) => {
            let limit = picture.width.map_or(540.0, |width| width * 1.5);
            let _ = write!(
                out,
                "<div class=\"pic narrow\" role=\"img\" aria-label=\"{label}\" style=\"max-width:{limit:.0}px\">{}</div>",
                picture.markup
            );
        }
        Some(Err(why)) => left_out(out, &why),
        None => {}
    }
}

fn wide(out: &mut String, picture: &Picture, figure: &Figure, label: &str, has_narrow: bool) {
    let width = picture.width.unwrap_or(600.0);
    let big = if width > PAGE_WIDTH { " big" } else { "" };
    let wide = if has_narrow { " wide" } else { "" };
    // Pictures wider than a phone scroll in their own frame, which the keyboard must reach.
    let reach = if width > 420.0 {
        format!(" tabindex=\"0\" role=\"group\" aria-label=\"Picture, may scroll sideways: {}\"", text(name_of(figure)))
    } else {
        String::new()
    };
    let least = width * 0.9;
    let _ = write!(
        out,
        "<div class=\"scroll{big}{wide}\"{reach}><div class=\"pic\" role=\"img\" aria-label=\"{label}\" style=\"max-width:{width:.0}px;min-width:{least:.0}px\">{}</div></div>",
        picture.markup
    );
    if width > 420.0 {
        let _ = write!(out, "<p class=\"hint{wide}\">Wider than this screen: scroll the picture sideways.</p>");
    }
}

/// What a picture is called where its heading is not beside it.
fn name_of(figure: &Figure) -> &str {
    [&figure.title, &figure.subtitle, &figure.summary].into_iter().find(|name| !name.is_empty()).unwrap_or(&figure.id)
}

fn left_out(out: &mut String, why: &str) {
    let _ = write!(
        out,
        "<p class=\"err\"><b>! Picture left out</b> It is not plain drawing: {}. The numbers are in the table below.</p>",
        text(why)
    );
}

fn downloads(out: &mut String, figure: &Figure, anchor: &str) {
    let name = slug(if figure.id.is_empty() { anchor } else { &figure.id });
    let titled = text(name_of(figure));
    out.push_str("<div class=\"dl\">");
    if !figure.csv.is_empty() {
        let file = file_name(if figure.csv_name.is_empty() { &name } else { &figure.csv_name }, ".csv");
        let _ = write!(
            out,
            "<a download=\"{file}\" href=\"data:text/csv;charset=utf-8,{}\" aria-label=\"Data as CSV: {titled}\">Data CSV</a>",
            percent(&figure.csv)
        );
    }
    for kind in ["svg", "png"] {
        let upper = kind.to_ascii_uppercase();
        let _ = write!(
            out,
            "<button class=\"js\" type=\"button\" data-save=\"{kind}\" data-name=\"{name}\" aria-label=\"Picture as {upper}: {titled}\">Picture {upper}</button>"
        );
    }
    if !figure.csv.is_empty() {
        data_table(out, &figure.csv, &titled);
    }
    out.push_str("</div>");
}

fn data_table(out: &mut String, text_of: &str, titled: &str) {
    let rows = csv::rows(text_of);
    let Some((head, body)) = rows.split_first() else {
        return;
    };
    let number = |cell: &String| cell.is_empty() || cell.parse::<f64>().is_ok();
    let right: Vec<bool> =
        (0..head.len()).map(|i| !body.is_empty() && body.iter().all(|row| row.get(i).is_none_or(number))).collect();
    let class = |i: usize| {
        if right.get(i).copied().unwrap_or(false) { " class=\"n\"" } else { "" }
    };
    let _ = write!(
        out,
        "<details><summary>Table</summary><div class=\"scroll data\" tabindex=\"0\" role=\"group\" aria-label=\"Data: {titled}\"><table><thead><tr>"
    );
    for (i, cell) in head.iter().enumerate() {
        let _ = write!(out, "<th scope=\"col\"{}>{}</th>", class(i), text(cell));
    }
    out.push_str("</tr></thead><tbody>");
    for row in body.iter().take(ROWS_SHOWN) {
        out.push_str("<tr>");
        for (i, cell) in row.iter().enumerate() {
            let _ = write!(out, "<td{}>{}</td>", class(i), text(cell));
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table></div>");
    if body.len() > ROWS_SHOWN {
        let _ = write!(out, "<p class=\"foot\">First {ROWS_SHOWN} of {} rows; the CSV has all.</p>", body.len());
    }
    out.push_str("</details>");
}
