//! What trains on the line came to, as rows for files.

use yalu_store::{DelayRow, LineRows, PunctualityRow};
use yalu_view::names::direction;
use yalu_view::run::{Results, line_name};

/// Rows for the store.
pub fn rows(r: &Results) -> LineRows {
    let c = &r.corridor;
    let punctuality = r.line.punctuality.iter().map(|p| PunctualityRow {
        line: line_name(c, p.kind).to_string(),
        direction: direction(p.forward),
        point: c.line.points[p.point].id.clone(),
        trains: p.trains,
        late_min: p.late_min,
    });
    let delays = r.line.delays.iter().map(|d| DelayRow {
        cause: d.cause.name(),
        point: c.line.points[d.place.point].id.clone(),
        on_the_way: d.place.on_the_way,
        times: d.times,
        train_hours: d.train_hours,
    });
    LineRows { punctuality: punctuality.collect(), delays: delays.collect() }
}
