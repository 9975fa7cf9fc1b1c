//! Tables that become cards on a phone.

use crate::anchor::Anchors;
use crate::rich::{Known, rich};
use crate::view::Table;
use maud::{Markup, html};
use yalu_number::Align;

/// A table as markup.
pub fn table(table: &Table, known: &Known, anchors: &mut Anchors) -> Markup {
    let anchor = anchors.give("t", &table.id);
    let heading = format!("{anchor}-h");
    let titled = !table.title.is_empty();
    let rows = table.rows.iter().map(|row| row.iter().map(|cell| rich(cell, known)).collect());
    html! {
        div.tab id=(anchor) {
            @if titled { h3 id=(heading) { (table.title) } }
            (grid("cards", titled.then_some(&heading), &table.columns, rows))
            @if table.rows.is_empty() { p.foot { "No row held." } }
            @if !table.foot.is_empty() { p.foot { (table.foot) } }
        }
    }
}

impl From<yalu_number::Table> for Table {
    fn from(t: yalu_number::Table) -> Table {
        Table {
            columns: t.columns.iter().map(|c| (c.head(), c.align)).collect(),
            rows: t
                .rows
                .iter()
                .map(|row| row.iter().zip(&t.columns).map(|(cell, c)| c.write(cell)).collect())
                .collect(),
            id: t.id,
            title: t.title,
            foot: t.note,
        }
    }
}

/// The cells of a table; the first of a row names it.
pub fn grid(
    class: &str,
    named_by: Option<&String>,
    columns: &[(String, Align)],
    rows: impl Iterator<Item = Vec<Markup>>,
) -> Markup {
    let side = |i: usize| columns.get(i).filter(|c| c.1 == Align::Right).map(|_| "n");
    html! {
        table role="table" class=(class) aria-labelledby=[named_by] {
            thead role="rowgroup" { tr role="row" {
                @for (i, (name, _)) in columns.iter().enumerate() {
                    th role="columnheader" scope="col" class=[side(i)] { (name) }
                }
            } }
            tbody role="rowgroup" {
                @for row in rows { tr role="row" {
                    @for (i, cell) in row.iter().enumerate() {
                        @if i == 0 {
                            th role="rowheader" scope="row" class=[side(i)] { (cell) }
                        } @else {
                            td role="cell" data-l=(columns.get(i).map_or("", |c| c.0.as_str())) class=[side(i)] { div { (cell) } }
                        }
                    }
                } }
            }
        }
    }
}
