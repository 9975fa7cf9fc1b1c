//! Routes against their crossings, and the services that carry them.

use crate::diagnostic::{At, Sink};
use crate::load::Files;
use yalu_model::{Corridor, CrossingId, Mode, Words as _};

/// A route leads over crossings of its own mode, and through places; a train over a crossing that trains pass.
pub(super) fn modes(sink: &mut Sink, files: &Files, c: &Corridor) {
    let mut wrong = |what: String, mode: Mode, crossing: CrossingId, at: At| {
        let x = &c.border.crossings[crossing];
        let message = format!("{what} goes by {}, its crossing `{}` is {}", mode.word(), x.id, x.mode.word());
        let help = format!("name a crossing of mode {} or a place, or correct one of the two modes", mode.word());
        sink.error("Y0621", at, message, Some(help));
    };
    let of = |crossing: CrossingId| c.border.crossings[crossing].mode;
    for row in files.routes() {
        for (crossing, at) in row.crossings.iter().filter(|(x, _)| of(*x) != Mode::Place && of(*x) != row.mode) {
            wrong(format!("the route `{}`", row.id), row.mode, *crossing, *at);
        }
    }
    for row in files.services() {
        let trains = |x: &CrossingId| matches!(of(*x), Mode::Rail | Mode::Passenger | Mode::Place);
        if let Some(crossing) = row.crossing.filter(|x| !trains(x)) {
            wrong(format!("the service `{}`", row.id), Mode::Rail, crossing, row.at.crossing);
        }
    }
}

/// A rail route's service over the border leads the way its goods go.
pub(super) fn directions(sink: &mut Sink, files: &Files, c: &Corridor) {
    for (row, route) in files.routes().zip(&c.trade.routes) {
        let (Some(rail), Some(own)) = (&route.rail, &row.rail) else { continue };
        let s = &c.trains.services[rail.over_border];
        let country = |p: yalu_model::PointId| c.line.points[p].country.as_str();
        let (from, to) = (&c.about.countries[route.exports()], &c.about.countries[1 - route.exports()]);
        if country(s.from) != from || country(s.to) != to {
            let message = format!("the service `{}` does not lead from {from} to {to}, as the route's goods go", s.id);
            let help = "name a service that starts in the exporting country, or turn the route's `directions` round";
            sink.error("Y0620", own.at.over_border, message, Some(help.to_owned()));
        }
    }
}
