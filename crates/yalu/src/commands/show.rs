//! `yalu show`.

use super::{Ended, print};
use crate::args::Show;
use crate::load::corridor;
use crate::terminal::{Problem, print_screen};
use yalu_view::json;
use yalu_view::show::Shown;

/// Shows a corridor.
pub fn show(a: &Show) -> Result<Ended, Problem> {
    let c = corridor(&a.dir, &a.set)?;
    if a.shown.json {
        print(&json(&Shown::of(&c)));
    } else {
        print_screen(&yalu_scenario::show(&c), a.shown.verbose);
    }
    Ok(Ended::Fine)
}
