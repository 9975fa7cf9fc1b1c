//! Border stations in the corridor: yards fill from the far side back, quotas bind, waits are told by reason.
mod border;

use border::{Change, beyond, corridor, run, way_back};
use yalu_plan::Draw;
use yalu_trace::{StepKind, Waits};

fn with(changes: &[(&'static str, &str, &str)]) -> yalu_model::Corridor {
    let mut all: Vec<Change> = way_back(&beyond(""), "");
    let open = [
        ("regimes.csv", "RAIL,2024-02-01,2024-02-14,suspended", "RAIL,2024-02-01,2024-02-14,open"),
        ("regimes.csv", "RAIL,2024-02-15,,limited,2,1,15,", "RAIL,2024-02-15,,open,2,,,"),
        ("regimes.csv", "ROAD,2024-01-01,2024-01-31,open", "ROAD,2024-01-01,2024-01-31,suspended"),
        ("regimes.csv", "ROAD,2024-03-01,,limited", "ROAD,2024-03-01,,suspended"),
    ];
    all.extend(open.iter().chain(changes).map(|(f, a, b)| (*f, (*a).to_owned(), (*b).to_owned())));
    corridor(&all)
}

#[test]
fn a_station_that_does_not_open_fills_its_yard_then_the_one_before_it_then_the_line() {
    // Customs beyond are closed from 10 January to 5 February.
    let days: Vec<String> =
        (10..32).map(|d| format!("\"2024-01-{d:02}\"")).chain((1..6).map(|d| format!("\"2024-02-0{d}\""))).collect();
    let closed = format!("closed_days = [{}]", days.join(", "));
    let c = with(&[("border.toml", "closed_days = [\"2024-02-16\"]", &closed)]);
    let (out, trace) = run(&c, Draw::central(1));
    let rail = c.trade.routes.iter().position(|r| r.id == "rail").expect("the route");
    let day = |d: usize| trace.days.iter().filter(|x| usize::from(x.route) == rail).nth(d).expect("a day");
    let far_taken = |d: usize| {
        let end = day(d).end;
        trace.yards.iter().filter(|y| y.station == 1 && y.from < end && end <= y.to).count()
    };
    // Of three tracks beyond one is left to trains back.
    let filled = (9..36).find(|d| far_taken(*d) == 2).expect("the far yard fills");
    let near = (9..36).find(|d| day(*d).standing.in_yard >= 3.0).expect("the near yard fills");
    let line = (9..36).find(|d| day(*d).standing.held_back > 1.0).expect("trains stand before the near yard");
    assert!(filled < near && near <= line, "far yard on day {filled}, near yard on {near}, line on {line}");
    assert!((filled + 1..35).all(|d| day(d).trains == 0), "no train is sent where no track is free");
    assert!((10..36).all(|d| far_taken(d) <= 2));
    let beyond: u32 =
        out.months.iter().map(|m| m.forming[rail].not_formed[yalu_sim::Short::NoPlaceBeyond as usize]).sum();
    assert!(beyond > 10, "{beyond} slots lost for want of a track beyond");
    // What waits for the border says why.
    let told = |what: usize| {
        let over = trace.steps.iter().filter(|s| s.what == StepKind::OverBorder);
        over.map(|s| s.waits.0[what].as_days()).fold(0.0, f64::max)
    };
    assert!(told(Waits::NO_TRACK) > 20.0, "{} days for a track", told(Waits::NO_TRACK));
}

#[test]
fn the_neighbours_quota_binds_trains_taken_over() {
    let c = with(&[
        ("border.toml", "yard_tracks = 3\n", "yard_tracks = 3\nquota = { value = 1, per = \"day\" }\n"),
        ("trade.toml", "unit_value_usd_per_t = 350", "unit_value_usd_per_t = 60"),
    ]);
    let (out, trace) = run(&c, Draw::central(1));
    let rail = c.trade.routes.iter().position(|r| r.id == "rail").expect("the route");
    let loaded = |r: usize| {
        let days = trace.days.iter().filter(move |d| usize::from(d.route) == r);
        days.map(|d| d.crossed_loaded).max().unwrap_or(0)
    };
    // The template's longest train; two a day would have twice as many.
    assert!(loaded(rail) <= 20, "{} wagons on a day", loaded(rail));
    let quota: u32 = out.months.iter().map(|m| m.forming[rail].not_formed[yalu_sim::Short::Quota as usize]).sum();
    assert!(quota > 20, "{quota} slots lost to the quota");
    // Trains back are the other station's to take over.
    let back = c.trade.routes.iter().position(|r| r.id == "rail-back").expect("the route back");
    assert!(trace.days.iter().any(|d| usize::from(d.route) == back && d.crossed_loaded > 12));
}

/// Once the yard was full of loaded cuts no empties came home, and for want of wagons no train was formed any more.
#[test]
fn empties_come_home_to_a_yard_that_is_full() {
    // Trains from over the border keep the one track that is left to them for most of a day, and more of them wait.
    let long = "[[station.activity]]\nid = \"in\"\ntitle = \"in\"\napplies_to = \"loaded\"\ndirection = \"BB-AA\"\n\
                minutes = 1200\nmay_start = \"any_open_time\"\nassumed = \"test\"\n\n[[station]]\npoint = \"B2\"";
    let c = with(&[
        ("border.toml", "yard_tracks = 4\n", "yard_tracks = 2\n"),
        ("border.toml", "[[station]]\npoint = \"B2\"", long),
        ("trade.toml", "unit_value_usd_per_t = 350", "unit_value_usd_per_t = 60"),
        ("routes.toml", "fleet_wagons = 200\nloading_places = 10", "fleet_wagons = 150\nloading_places = 200"),
    ]);
    let (out, trace) = run(&c, Draw::central(1));
    let rail = c.trade.routes.iter().position(|r| r.id == "rail").expect("the route");
    let formed: Vec<u32> = out.months.iter().map(|m| m.forming[rail].formed).collect();
    assert!(formed[2] >= 20, "{formed:?} trains formed");
    let home = trace.steps.iter().filter(|s| s.what == StepKind::Entering(0)).count();
    assert!(home > 10, "{home} cuts waited for a track of the first yard");
}

/// 1,000 places gave two trains a day of 12 h each: one cut was loaded after another, whatever room there was beside it.
#[test]
fn cuts_are_loaded_side_by_side() {
    let hours = |places: &str| {
        let c = with(&[
            ("services.toml", "trains_per_day = 2", "trains_per_day = 3"),
            (
                "routes.toml",
                "fleet_wagons = 200\nloading_places = 10",
                &format!("fleet_wagons = 2000\nloading_places = {places}"),
            ),
            ("routes.toml", "loading_h = 4", "loading_h = 30"),
        ]);
        let (_, trace) = run(&c, Draw::central(1));
        let out = |s: &&yalu_trace::Step| s.what == StepKind::Loading && trace.cuts[s.cut as usize].forward;
        // Cuts that a closure takes apart are loaded no further.
        let loaded =
            trace.steps.iter().filter(out).filter(|s| trace.cuts[s.cut as usize].ended.is_none_or(|e| e > s.end));
        let all: Vec<[f64; 2]> =
            loaded.map(|s| [(s.begin - s.ready).as_days() * 24.0, (s.end - s.begin).as_days() * 24.0]).collect();
        assert!(all.len() > 20, "{} cuts loaded", all.len());
        all
    };
    // With room for all every cut is loaded in thirty hours from when it is formed, though others are being loaded.
    for [waited, took] in hours("1000") {
        assert!(waited == 0.0 && (took - 30.0).abs() < 1e-6, "{waited} h, then {took} h");
    }
    // With five, cuts wait for those before them.
    assert!(hours("5").iter().any(|[waited, _]| *waited > 0.0));
}
