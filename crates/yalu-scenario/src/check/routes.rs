//! Rail routes and the services that carry them.

use crate::diagnostic::Sink;
use crate::load::Files;
use yalu_model::Corridor;

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
