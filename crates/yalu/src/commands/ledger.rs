//! `yalu ledger`.

use super::Ended;
use crate::ledger::args::{Ledger, LedgerCommand};
use crate::ledger::{add, belief, export, import, list, score, seal};
use crate::terminal::Problem;

/// Keeps the record of reports, and tells what it lets one believe.
pub fn ledger(a: &Ledger) -> Result<Ended, Problem> {
    match &a.command {
        LedgerCommand::Add(a) => add::add(a),
        LedgerCommand::Import(a) => import::import(a),
        LedgerCommand::Export(a) => export::export(a),
        LedgerCommand::List(a) => list::list(a),
        LedgerCommand::Show(a) => list::show(a),
        LedgerCommand::Verify(a) => seal::verify(a),
        LedgerCommand::Seal(a) => seal::seal(a),
        LedgerCommand::Why(a) => super::status::why(a),
        LedgerCommand::Belief(a) => belief::belief(a),
        LedgerCommand::Score(a) => score::score(a),
    }
}
