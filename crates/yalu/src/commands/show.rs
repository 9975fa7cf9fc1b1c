//! `yalu show`.

use crate::args::Show;
use crate::ended::Ended;
use crate::load::corridor;
use crate::terminal::{Problem, print, print_screen};
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
