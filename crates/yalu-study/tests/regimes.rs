//! A row of regimes means the same to trains, to trade by day and to the studies: tonnes a day by each route.
use proptest::prelude::*;
use std::sync::OnceLock;
use yalu_model::{Basis, Corridor, CrossingId, Dist, Every, Mode, Quantity, Regime, RouteId, State};
use yalu_plan::{Draw, Plan, compile};
use yalu_regime::Dates;
use yalu_scenario::{Folder, load, template};
use yalu_study::declared_regimes;
use yalu_trade::{DayModel, PARAMS, Values, habits_of};
use yalu_units::{Idx, Span};

/// Draws of each random row.
const DRAWS: u32 = 40;

/// The template's corridor: a route by rail, one by road.
fn base() -> &'static Corridor {
    static BASE: OnceLock<Corridor> = OnceLock::new();
    BASE.get_or_init(|| {
        let files = template("regimes").into_iter().map(|(n, t)| (n, t.into_bytes())).collect();
        load(&Folder { files, ..Folder::default() }, &[]).corridor.expect("it loads")
    })
}

fn number(value: f64) -> Quantity {
    Quantity { path: String::new(), dist: Dist::Fixed(value), basis: Basis::Unstated }
}

/// Some of the numbers below a most, in steps.
fn maybe(most: u32, step: f64) -> impl Strategy<Value = Option<Quantity>> {
    prop::option::of((0..=most).prop_map(move |n| number(f64::from(n) * step)))
}

/// A row of some days; with whole numbers of trains on every day, or any.
fn row(whole: bool) -> impl Strategy<Value = (u8, Regime)> {
    let words = prop::sample::subsequence(
        vec!["convoy", "directional", "alternate_days", "trial", "quarantine", "import_ban"],
        0..3,
    );
    let states = [State::Open, State::Limited, State::Limited, State::Suspended, State::Unknown];
    let trains = maybe(6, if whole { 1.0 } else { 0.4 });
    let ramp = maybe(if whole { 0 } else { 30 }, 1.0);
    let numbers = (trains, maybe(40, 0.5), maybe(60, 1.0), maybe(10, 0.1), maybe(20, 1.0), ramp, maybe(9, 1.0));
    (1u8..40, prop::sample::select(states.to_vec()), 0u8..10, words, numbers).prop_map(
        |(days, state, moves, words, n)| {
            let regime = Regime {
                crossing: CrossingId(0),
                from: base().horizon.from,
                to: base().horizon.to,
                state,
                start_uncertainty_days: f64::from(moves),
                trains_per_day: n.0,
                wagons_per_train: n.1,
                wagons_per_day: n.2,
                capacity_share: n.3,
                hold_days: n.4,
                restrictions: words.into_iter().map(str::to_owned).collect(),
                notice_days: n.6,
                ramp_days: n.5,
                bans: Vec::new(),
                allotment: None,
                confidence: String::new(),
                start_basis: String::new(),
                reasoning: String::new(),
                basis: Basis::Unstated,
            };
            (days, regime)
        },
    )
}

/// Departures a day, days of the week they run on and trains a day; or trains at even intervals.
#[derive(Clone, Debug)]
enum Timetable {
    Times(u32, [bool; 7], f64),
    Even(Every),
}

fn timetable(whole: bool) -> impl Strategy<Value = Timetable> {
    let step = if whole { 1.0 } else { 0.3 };
    let even = (0..20_000u32, if whole { 10..11u32 } else { 3..40 }, prop::option::of(1..400u32)).prop_map(
        move |(first_s, n, trains)| {
            let first_s = if whole { 0 } else { first_s };
            Timetable::Even(Every { first_s, every_s: if whole { 86_400 / n } else { 2_000 + n * 400 }, trains })
        },
    );
    prop_oneof![
        (1..5u32, any::<[bool; 7]>(), 0..8u32).prop_map(move |(n, days, trains)| Timetable::Times(
            n,
            days,
            f64::from(trains) * step
        )),
        even,
    ]
}

/// A corridor under rows for its crossings, one after the other with gaps here and there.
fn corridor(whole: bool) -> impl Strategy<Value = Corridor> {
    let rows = prop::collection::vec((0u32..3, row(whole), prop::bool::weighted(0.1)), 1..16);
    let habits = prop::option::of(prop::array::uniform::<_, PARAMS>(0.0f64..1.0));
    (rows, timetable(whole), habits, any::<[bool; 3]>()).prop_map(|(rows, timetable, habits, [place, sea, own])| {
        let mut c = base().clone();
        let rail = c.trade.routes.ids().find(|r| c.trade.routes[*r].rail.is_some()).expect("a route by rail");
        let road = c.trade.routes.ids().find(|r| c.trade.routes[*r].rail.is_none()).expect("a route by road");
        let city = c.border.crossings.push(yalu_model::Crossing {
            id: "CITY".into(),
            title: "City".into(),
            mode: Mode::Place,
            ..c.border.crossings[CrossingId(0)].clone()
        });
        let crossings = [c.trade.routes[rail].crossings[0], c.trade.routes[road].crossings[0], city];
        if place {
            c.trade.routes[rail].crossings.push(city);
            c.trade.routes[road].crossings.push(city);
        }
        if sea {
            c.trade.routes[road].mode = Mode::Sea;
        }
        c.border.regimes.clear();
        let mut next = [c.horizon.from; 3];
        for (x, (days, mut regime), gap) in rows {
            let (x, gap) = (x as usize, Span::days(i64::from(gap) * 3));
            (regime.crossing, regime.from) = (crossings[x], next[x] + gap);
            regime.to = regime.from + Span::days(i64::from(days));
            next[x] = regime.to;
            c.border.regimes.push(regime);
        }
        let open = Regime { state: State::Open, ..c.border.regimes[0].clone() };
        for (x, from) in crossings.into_iter().zip(next).filter(|(_, from)| *from < c.horizon.to) {
            c.border.regimes.push(Regime { crossing: x, from, to: c.horizon.to, ..open.clone() });
        }
        c.border.regimes.sort_by_key(|r| (r.crossing, r.from));
        let service = c.trade.routes[rail].rail.as_ref().expect("rail").over_border;
        let s = &mut c.trains.services[service];
        match timetable {
            Timetable::Times(n, days, trains) => {
                (s.departures_s, s.days) = ((0..n).map(|i| 20_000 + i * 7_000).collect(), days);
                s.trains_per_day = number(trains);
            }
            Timetable::Even(every) => {
                (s.every, s.trains_per_day) = (Some(every), number(86_400.0 / f64::from(every.every_s)));
            }
        }
        if own {
            s.crossing = None;
        }
        c.trade.accepted_habits = habits.iter().map(|levels| Values::at(levels).0.to_vec()).collect();
        c
    })
}

/// By route and day: in whole trains of the simulator, and as trade by day has it.
fn both(c: &Corridor, plan: &Plan, draw: Draw) -> Vec<(RouteId, Vec<(f64, f64)>)> {
    let habits = habits_of(c, (!draw.is_central()).then(|| draw.key()));
    let trains = yalu_sim::capacity_t(c, plan, draw);
    let by_day = DayModel::new(c).expect("days").capacity_t(draw, &habits, Dates::Widened);
    c.trade.routes.ids().map(|r| (r, trains[r].iter().copied().zip(by_day[r].iter().copied()).collect())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn whole_trains_carry_the_same_on_each_day(c in corridor(true), replication in 0..50u32) {
        let plan = compile(&c, c.horizon.from).expect("it compiles");
        let draw = if replication == 0 { Draw::central(7) } else { Draw::replication(7, replication) };
        for (r, days) in both(&c, &plan, draw) {
            for (day, (trains, by_day)) in days.into_iter().enumerate() {
                prop_assert!((trains - by_day).abs() < 1e-6, "{} on day {day}: {trains} t, {by_day} t", c.trade.routes[r].id);
            }
        }
    }

    #[test]
    fn parts_of_trains_carry_the_same_on_the_mean(c in corridor(false)) {
        let plan = compile(&c, c.horizon.from).expect("it compiles");
        let runs: Vec<_> = (1..=DRAWS).map(|n| both(&c, &plan, Draw::replication(7, n))).collect();
        for r in c.trade.routes.ids() {
            let (mut off, mut variance, mut all) = (0.0, 0.0, 0.0);
            for (trains, by_day) in runs.iter().flat_map(|run| &run[r.index()].1) {
                off += trains - by_day;
                // A train more or less, by what it differs from the mean.
                variance += (trains - by_day).powi(2);
                all += by_day;
            }
            let route = &c.trade.routes[r];
            // Of rare trains three may be lacking, or three too many, where none of them shows in the variance.
            let load = |s: &yalu_model::Service| 20.0 * c.trains.wagons[s.wagon].payload_t.high();
            let rail = route.rail.as_ref().map(|rail| 5.0 * f64::sqrt(variance) + 3.0 * load(&c.trains.services[rail.over_border]));
            let most = rail.unwrap_or(0.0);
            prop_assert!(off.abs() <= most + 1e-9 * all, "{}: {off} t of {all}, {most} by chance", route.id);
        }
    }

    #[test]
    fn studies_ask_for_what_trade_by_day_has(c in corridor(false)) {
        let (draw, model) = (Draw::central(3), DayModel::new(&c).expect("days"));
        let plan = compile(&c, c.horizon.from).expect("it compiles");
        let by_day = model.capacity_t(draw, &habits_of(&c, None), Dates::AsGiven);
        let declared = declared_regimes(&c, draw);
        for r in c.trade.routes.ids() {
            for (day, t) in plan.days.iter().zip(&by_day[r]) {
                prop_assert_eq!(declared.capacity_t(r, day), *t);
            }
        }
    }
}

#[test]
fn trains_at_even_intervals_are_counted_by_the_timetable() {
    let mut c = base().clone();
    let rail = c.trade.routes.ids().find(|r| c.trade.routes[*r].rail.is_some()).expect("a route by rail");
    let service = c.trade.routes[rail].rail.as_ref().expect("rail").over_border;
    c.border
        .regimes
        .iter_mut()
        .for_each(|r| (r.state, r.trains_per_day, r.wagons_per_train) = (State::Open, None, None));
    let full = |c: &Corridor| declared_regimes(c, Draw::central(1)).capacity_a_day_t(rail, c.horizon.from);
    let s = &mut c.trains.services[service];
    (s.departures_s, s.days, s.trains_per_day) = (vec![36_000], [true; 7], number(1.0));
    let one = full(&c);
    assert!(one > 100.0);
    let even = |every_s| Some(Every { first_s: 0, every_s, trains: None });
    (c.trains.services[service].every, c.trains.services[service].trains_per_day) = (even(8_640), number(10.0));
    assert!((full(&c) / one - 10.0).abs() < 1e-9, "a train every 8,640 s");
    (c.trains.services[service].every, c.trains.services[service].trains_per_day) = (even(17_280), number(5.0));
    assert!((full(&c) / one - 5.0).abs() < 1e-9, "a train every 17,280 s");
    // On five days a week, five sevenths of it.
    let s = &mut c.trains.services[service];
    (s.every, s.days, s.trains_per_day) = (None, [true, true, true, true, true, false, false], number(1.0));
    assert!((full(&c) / one - 5.0 / 7.0).abs() < 1e-9);
}
