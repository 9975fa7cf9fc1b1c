//! Tables as markup; they become cards on a phone.

use crate::rich::Rich;
use crate::safe::clean;
use crate::table::{Align, Column, Table};
use maud::{Markup, html};

impl Table {
    /// The table as markup under an anchor; `rich` gives the markup of rich text.
    pub fn html(&self, anchor: &str, rich: &dyn Fn(&Rich) -> Markup) -> Markup {
        let named_by = (!self.title.is_empty()).then(|| format!("{anchor}-h"));
        let side = |c: &Column| (c.align == Align::Right).then_some("n");
        html! {
            div class="tab" id=(anchor) {
                @if let Some(id) = &named_by { h3 id=(id) { (clean(&self.title)) } }
                table role="table" class="cards" aria-labelledby=[&named_by] {
                    thead role="rowgroup" {
                        tr role="row" {
                            @for c in &self.columns { th role="columnheader" scope="col" class=[side(c)] { (clean(&c.head())) } }
                        }
                    }
                    tbody role="rowgroup" {
                        @for row in &self.rows {
                            tr role="row" {
                                @for (i, (cell, c)) in row.iter().zip(&self.columns).enumerate() {
                                    @if i == 0 {
                                        th role="rowheader" scope="row" class=[side(c)] { (rich(&c.write(cell))) }
                                    } @else {
                                        td role="cell" data-l=(clean(&c.head())) class=[side(c)] { div { (rich(&c.write(cell))) } }
                                    }
                                }
                            }
                        }
                    }
                }
                @if self.rows.is_empty() { p class="foot" { "No row held." } }
                @if !self.note.is_empty() { p class="foot" { (clean(&self.note)) } }
            }
            "\n"
        }
    }
}
