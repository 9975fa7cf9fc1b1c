//! Tables of a run, as the store takes them.

use yalu_files::OutFolder;
use yalu_sim::{MonthOutcome, Outcome};
use yalu_store::{BandRow, CrossingDay, Figures, FlowRow, Meta, Names, StoreError, TableInfo, write_tables};
use yalu_units::{Idx, Mass};
use yalu_view::run::{Results, usd};

/// Writes all tables.
pub fn write(r: &Results, out: &OutFolder) -> Result<Vec<TableInfo>, StoreError> {
    let c = &r.corridor;
    let told = r.ensemble.trace.since(r.plan.report_from);
    let meta = Meta {
        schema_version: yalu_view::SCHEMA_VERSION,
        scenario: c.about.id.clone(),
        seed: r.seed,
        days: r.plan.days.iter().map(|d| (d.start, r.date(d.start))).collect(),
    };
    let station = |s: &yalu_model::BorderStation| {
        (c.line.points[s.point].id.clone(), s.activities.iter().map(|a| a.id.clone()).collect())
    };
    let names = Names {
        points: c.line.points.iter().map(|p| p.id.clone()).collect(),
        routes: c.trade.routes.iter().map(|x| x.id.clone()).collect(),
        goods: c.trade.goods.iter().map(|g| g.id.clone()).collect(),
        services: c.trains.services.iter().map(|s| s.id.clone()).collect(),
        traffic: c.line.traffic.iter().map(|t| t.id.clone()).collect(),
        activities: c.border.stations.iter().map(station).collect(),
        directions: r.directions(),
    };
    let figures =
        Figures { flows: flows(r), bands: bands(r), crossings: crossings(r, &told), line: super::line::rows(r) };
    write_tables(out, &meta, &names, &told, &figures)
}

fn flows(r: &Results) -> Vec<FlowRow> {
    let (c, directions) = (&r.corridor, r.directions());
    let mut out = Vec::new();
    for (i, m) in r.months().iter().enumerate() {
        for ((good, route), f) in m.flows.enumerated().filter(|(_, f)| f.mass.0 > 0) {
            let good = &c.trade.goods[good];
            out.push(FlowRow {
                month: r.month_key(i),
                good: good.id.clone(),
                route: c.trade.routes[route].id.clone(),
                direction: directions[usize::from(good.direction == yalu_model::Direction::Back)].clone(),
                tonnes: f.mass.as_tonnes(),
                usd: usd(f.usd_cents),
            });
        }
    }
    out
}

fn bands(r: &Results) -> Vec<BandRow> {
    let mut out = Vec::new();
    let mut add = |metric: &str, i: usize, route: &str, of: &dyn Fn(&Outcome) -> f64| {
        if let Some(b) = r.band(of) {
            out.push(BandRow {
                metric: metric.into(),
                month: r.month_key(i),
                route: route.into(),
                central: of(&r.ensemble.central),
                band: b.ends(),
            });
        }
    };
    let mass = |m: &[Mass]| m.iter().copied().sum::<Mass>().as_tonnes();
    for i in 0..r.plan.months.len() {
        let month = |of: fn(&MonthOutcome) -> f64| move |o: &Outcome| of(&o.months[i]);
        add("exports_usd", i, "", &month(|m| usd(m.exports_cents)));
        add("imports_usd", i, "", &month(|m| usd(m.imports_cents)));
        add("delivered_usd", i, "", &month(|m| usd(m.delivered_cents)));
        add("freight_trains", i, "", &month(|m| f64::from(m.trains[0] + m.trains[1])));
        add("backlog_t", i, "", &|o: &Outcome| mass(&o.months[i].waiting));
        add("held_t", i, "", &|o: &Outcome| mass(&o.months[i].held));
        for (id, route) in r.corridor.trade.routes.enumerated() {
            add("tonnes", i, &route.id, &|o: &Outcome| r.routes(&o.months[i])[id.index()].tonnes);
            add("usd", i, &route.id, &|o: &Outcome| r.routes(&o.months[i])[id.index()].usd);
        }
    }
    out
}

fn crossings(r: &Results, told: &yalu_trace::Trace) -> Vec<CrossingDay> {
    let c = &r.corridor;
    let mut out = Vec::new();
    for day in r.plan.days.iter().filter(|d| d.start >= r.plan.report_from) {
        let date = r.date(day.start);
        let rows: Vec<_> = told.days[told.days.partition_point(|x| x.end < day.end)..]
            .iter()
            .take_while(|x| x.end == day.end)
            .collect();
        for (id, crossing) in c.border.crossings.enumerated() {
            let applied = told
                .regimes
                .iter()
                .find(|x| x.crossing as usize == id.index() && x.from <= day.start && day.start < x.to);
            let judged = yalu_regime::declared(c, id, day.start);
            // Rail routes run over the crossing their service names.
            let mine = rows.iter().filter(|x| {
                let rail = c.trade.routes.as_slice()[usize::from(x.route)].rail.as_ref();
                rail.is_some_and(|x| c.trains.services[x.over_border].crossing == Some(id))
            });
            let mut row = CrossingDay {
                day: date.clone(),
                crossing: crossing.id.clone(),
                state: judged.map_or("unknown".into(), |x| yalu_model::Words::word(x.state).into()),
                running: applied.is_some_and(|x| x.running),
                trains: 0,
                wagons_loaded: 0,
                wagons_empty: 0,
            };
            for x in mine {
                row.trains += x.trains;
                row.wagons_loaded += x.crossed_loaded;
                row.wagons_empty += x.crossed_empty;
            }
            out.push(row);
        }
    }
    out
}
