//! `yalu show`.

use super::{Ended, print};
use crate::args::Show;
use crate::json;
use crate::load::corridor;
use crate::terminal::Problem;

/// Shows a corridor.
pub fn show(a: &Show) -> Result<Ended, Problem> {
    let c = corridor(&a.dir, &a.set)?;
    if a.json {
        print(&format!("{:#}\n", json::corridor(&c)))?;
    } else {
        print(&yalu_scenario::show(&c))?;
    }
    Ok(Ended::Fine)
}
