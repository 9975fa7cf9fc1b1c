//! Checks across files, once every value is sound by itself.

mod border;
mod disturbances;
mod evidence;
mod line;
mod network;
mod regimes;
mod routes;
mod time;
mod trade;

use crate::diagnostic::Sink;
use crate::load::Files;
use yalu_model::Corridor;

/// All of them.
pub(crate) fn all(sink: &mut Sink, files: &Files, c: &Corridor) {
    network::sections(sink, files, c);
    network::profiles(sink, files, c);
    network::isolated(sink, files, c);
    network::entries(sink, files, c);
    line::services(sink, files, c);
    line::traffic(sink, files, c);
    disturbances::all(sink, files, c);
    time::regimes(sink, files, c);
    time::outside(sink, files, c);
    regimes::words(sink, files, c);
    routes::modes(sink, files, c);
    routes::directions(sink, files, c);
    trade::refused(sink, files, c);
    trade::consignments(sink, files, c);
    border::all(sink, files, c);
    evidence::story(sink, files, c);
}

/// A length for people: kilometres with a decimal.
fn km(metres: f64) -> String {
    format!("{:.1} km", metres / 1_000.0)
}
