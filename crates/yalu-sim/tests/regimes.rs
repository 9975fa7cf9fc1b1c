//! What regimes do to trains and goods, on the template's corridor with rail both ways.
mod border;

use border::{Change, beyond, corridor, run, way_back};
use yalu_model::{Corridor, Quantity, RouteId};
use yalu_plan::Draw;
use yalu_scenario::template;
use yalu_sim::Outcome;
use yalu_trace::{PointTime, Trace};
use yalu_units::{Idx, Span};

/// The corridor under some rows of regimes: crossing, from, to, state, trains a day, wagons a day, words, notice, ramp, bans.
fn under(rows: &[&str]) -> Corridor {
    let mut changes: Vec<Change> = way_back(&beyond(""), "");
    let old = template("both ways").into_iter().find(|f| f.0 == "regimes.csv").expect("regimes").1;
    let header =
        "crossing,from,to,state,trains_per_day,wagons_per_day,restrictions,notice_days,ramp_days,bans_hs,assumed";
    let rows = rows.iter().fold(header.to_owned(), |all, row| format!("{all}\n{row},test"));
    changes.push(("regimes.csv", old, rows));
    corridor(&changes)
}

/// Freight trains that left for the border: day of the horizon, share of the day gone, whether from the first country.
fn crossings(c: &Corridor, trace: &Trace) -> Vec<(usize, f64, bool)> {
    let country = |t: &PointTime| c.line.points.as_slice()[t.point as usize].country.as_str();
    let mut out = Vec::new();
    for run in &trace.trains {
        if let Some(w) = trace.times_of(run).windows(2).find(|w| country(&w[0]) != country(&w[1])) {
            let day = (w[0].depart - c.horizon.from).as_days();
            out.push((day.floor() as usize, day.fract(), country(&w[0]) == c.about.countries[0]));
        }
    }
    out
}

fn of_route(c: &Corridor, out: &Outcome, id: &str) -> (usize, f64) {
    let r = c.trade.routes.iter().position(|r| r.id == id).expect("a route");
    let t = out.months.iter().flat_map(|m| m.flows.column(RouteId::new(r))).map(|f| f.mass.as_tonnes());
    (r, t.sum())
}

#[test]
fn one_way_at_a_time_until_noon_and_after() {
    let c = under(&["RAIL,2024-01-01,,limited,,,directional,,,", "ROAD,2024-01-01,,open,,,,,,"]);
    let (_, trace) = run(&c, Draw::central(1));
    let all = crossings(&c, &trace);
    assert!(all.iter().filter(|x| x.2).count() > 20 && all.iter().filter(|x| !x.2).count() > 50, "both ways run");
    assert!(all.iter().all(|x| x.2 == (x.1 < 0.5)), "out before noon, back after");
}

#[test]
fn the_section_over_the_border_keeps_its_direction() {
    let mut c = under(&["RAIL,2024-01-01,,limited,,,directional,,,", "ROAD,2024-01-01,,open,,,,,,"]);
    // A slow bridge: trains on it when the way changes.
    let home = c.about.countries[0].clone();
    let points = &c.line.points;
    let border =
        c.line.sections.iter_mut().filter(|s| (points[s.from].country == home) != (points[s.to].country == home));
    border.for_each(|s| s.speed_kmh = Quantity::assumed("speed", 5.0, "test"));
    let (_, mut trace) = run(&c, Draw::central(1));
    let day_s =
        |t: yalu_units::Instant| (t - c.horizon.from).0.rem_euclid(Span::days(1).0) as f64 / Span::days(1).0 as f64;
    let country = |p: u32| &c.line.points.as_slice()[p as usize].country;
    let mut out = Vec::new();
    for run in &trace.trains {
        let from = run.first as usize;
        let over = (from..from + run.len as usize - 1)
            .find(|&k| country(trace.times[k].point) != country(trace.times[k + 1].point));
        if let Some(k) = over.filter(|k| *country(trace.times[*k].point) == home) {
            assert!(day_s(trace.times[k + 1].section_clear) <= 0.5, "the way back finds it clear at noon");
            out.push(k);
        }
    }
    assert!(out.len() > 20, "{} trains out", out.len());
    // One that leaves it later is seen.
    let t = &mut trace.times[out[3] + 1];
    let late = Span::hours(12);
    (t.section_clear, t.track_clear) = (t.section_clear + late, t.track_clear + late);
    assert!(yalu_check::check(&c, &trace).iter().any(|v| v.code() == "K25"));
}

#[test]
fn one_way_a_day_by_turns() {
    let c = under(&["RAIL,2024-01-01,,limited,,,alternate_days,,,", "ROAD,2024-01-01,,open,,,alternate_days,,,"]);
    let (_, trace) = run(&c, Draw::central(1));
    let all = crossings(&c, &trace);
    assert!(all.iter().filter(|x| x.2).count() > 30 && all.iter().filter(|x| !x.2).count() > 30, "both ways run");
    assert!(all.iter().all(|x| x.2 == (x.0 % 2 == 0)), "out on the first day and every other");
}

#[test]
fn a_convoy_goes_from_the_first_departure_on() {
    // The second departure of the service back is at 11:00.
    let late = |word: &str| {
        let c = under(&[&format!("RAIL,2024-01-01,,limited,,,{word},,,"), "ROAD,2024-01-01,,suspended,,,,,,"]);
        let service =
            c.trains.services.enumerated().find(|(_, s)| s.id == "bridge-back").expect("the service back").0.index()
                as u32;
        let (_, trace) = run(&c, Draw::central(1));
        let day_s = |t: &yalu_trace::TrainRun| (t.scheduled - c.horizon.from).0.rem_euclid(Span::days(1).0);
        trace.trains.iter().filter(|t| t.line == service && t.loaded > 0 && day_s(t) > Span::hours(8).0).count()
    };
    let without = late("");
    assert!(without > 10, "{without} trains");
    assert_eq!(late("convoy"), 0);
}

#[test]
fn wagons_a_day_bind_all_trains_together() {
    let c = under(&["RAIL,2024-01-01,,limited,,9,,,,", "ROAD,2024-01-01,,open,,,,,,"]);
    let (out, trace) = run(&c, Draw::central(1));
    for id in ["rail", "rail-back"] {
        let (r, _) = of_route(&c, &out, id);
        let loaded = || trace.days.iter().filter(|d| usize::from(d.route) == r).map(|d| d.crossed_loaded);
        assert!(loaded().max() == Some(9), "{id}: {:?} on a day", loaded().max());
    }
}

#[test]
fn a_ramp_grows_evenly() {
    let c = under(&["RAIL,2024-01-01,,limited,2,,,,60,", "ROAD,2024-01-01,,suspended,,,,,,"]);
    let (out, trace) = run(&c, Draw::central(1));
    let (r, _) = of_route(&c, &out, "rail-back");
    let trains = |from: usize, to: usize| {
        trace
            .days
            .iter()
            .filter(|d| usize::from(d.route) == r)
            .skip(from)
            .take(to - from)
            .map(|d| d.trains)
            .sum::<u32>()
    };
    let (first, second) = (trains(0, 30), trains(30, 60));
    assert!(first > 5 && f64::from(second) > 2.2 * f64::from(first), "{first} trains, then {second}");
}

#[test]
fn a_trial_is_one_train_a_day() {
    let c = under(&["RAIL,2024-01-01,,limited,,,trial,,,", "ROAD,2024-01-01,,suspended,,,,,,"]);
    let (_, trace) = run(&c, Draw::central(1));
    let all = crossings(&c, &trace);
    let loaded = |day: usize| all.iter().filter(|x| x.0 == day && x.2).count();
    // A loaded train out, and the locomotive of the route back that returns.
    assert!((10..80).all(|d| loaded(d) <= 2) && all.len() > 100);
}

#[test]
fn banned_goods_wait_and_others_go() {
    let rows = |bans: &str| {
        let c = under(&[&format!("RAIL,2024-01-01,,limited,,,,,,{bans}"), "ROAD,2024-01-01,,suspended,,,,,,"]);
        let (out, _) = run(&c, Draw::central(1));
        let goods = c.trade.goods.enumerated().map(|(g, _)| {
            let flows = out.months.iter().flat_map(|m| m.flows.row(g));
            flows.map(|f| f.mass.as_tonnes()).sum::<f64>()
        });
        goods.collect::<Vec<_>>()
    };
    // Grain is headings 10 and 1101, machines 84 and 85, wigs (back) 67.
    let (free, one, all) = (rows(""), rows("AA-BB:10;AA-BB:11"), rows("BB-AA:*"));
    assert!(free.iter().all(|t| *t > 100.0), "{free:?}");
    assert!(one[0] == 0.0 && one[1] > 100.0 && one[2] > 100.0, "{one:?}");
    assert!(all[0] > 100.0 && all[1] > 100.0 && all[2] == 0.0, "{all:?}");
    // A ban on some of a good's headings lets the others pass.
    assert!(rows("10")[0] > 100.0);
}

#[test]
fn a_closure_known_ahead_turns_away_what_would_come_too_late() {
    let stranded = |notice: &str| {
        let c = under(&[
            "RAIL,2024-01-01,2024-01-31,open,,,,,,",
            &format!("RAIL,2024-02-01,2024-02-29,suspended,,,,{notice},,"),
            "RAIL,2024-03-01,,open,,,,,,",
            "ROAD,2024-01-01,,open,,,,,,",
        ]);
        let (out, trace) = run(&c, Draw::central(1));
        let (r, _) = of_route(&c, &out, "rail-back");
        trace.days.iter().filter(|d| usize::from(d.route) == r).nth(40).expect("a day").waiting_back.as_tonnes()
    };
    // Six days under way to the border: known six days ahead, nothing sets out for it.
    let (none, known) = (stranded(""), stranded("6"));
    assert!(none > 900.0 && known < none / 3.0, "{none:.0} t strand unknown, {known:.0} t known ahead");
}

#[test]
fn a_closure_takes_the_days_it_names() {
    // More is asked for than the two trains a day from B2 take: each day that is open carries two.
    let loaded = |rows: &[&str]| {
        let mut c = under(rows);
        c.trade.goods.iter_mut().for_each(|g| g.unit_value_usd_per_t = Quantity::assumed("", 30.0, "test"));
        let (_, trace) = run(&c, Draw::central(1));
        let back = c.trains.services.enumerated().find(|(_, s)| s.id == "bridge-back").expect("the service back").0;
        let mut days = vec![0; (c.horizon.to - c.horizon.from).as_days() as usize];
        for t in trace.trains.iter().filter(|t| t.line == back.0 && t.loaded > 0) {
            if let Some(day) = days.get_mut((trace.times_of(t)[0].depart - c.horizon.from).as_days() as usize) {
                *day += 1;
            }
        }
        days
    };
    let road = "ROAD,2024-01-01,,suspended,,,,,,";
    let open = loaded(&["RAIL,2024-01-01,,open,,,,,,", road]);
    let shut = loaded(&[
        "RAIL,2024-01-01,2024-02-09,open,,,,,,",
        "RAIL,2024-02-10,2024-02-14,suspended,,,,,,",
        "RAIL,2024-02-15,,open,,,,,,",
        road,
    ]);
    // The tenth of February is day 40.
    assert_eq!(open[30..60], [2; 30], "open");
    assert_eq!(shut[..40], open[..40], "until the eve, as if nothing were to come");
    assert_eq!(shut[40..45], [0; 5], "shut");
    assert_eq!(shut[45..], open[45..], "once it is open again");
    assert_eq!(open[open.len() - 1], 2, "on the last day of the horizon");
}
