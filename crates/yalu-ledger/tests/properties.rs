//! What holds of any record.
mod corridor;

use corridor::{crossing, day, input, rail};
use proptest::prelude::*;
use yalu_ledger::{Day, Explanation, Ledger, LedgerInput, NotPlaced, Statement, Watched};
use yalu_model::{Claim, CrossingId, Mode, Precision, State};
use yalu_units::{StreamKey, address};

const CLAIMS: [Claim; 8] = [
    Claim::Running,
    Claim::Suspended,
    Claim::Resumed,
    Claim::Observed,
    Claim::Planned,
    Claim::Denied,
    Claim::Unconfirmed,
    Claim::Opened,
];
const PRECISIONS: [Precision; 4] = [Precision::Day, Precision::Approx, Precision::Month, Precision::Year];
const NAMES: [&str; 5] = ["A-B-RAIL", "A-B-ROAD", "A-B-PASSENGER", "ALL-LAND", "NOWHERE"];
const MODES: [&str; 6] = ["rail", "road", "rail+road", "all", "passenger", ""];
const TYPES: [&str; 4] = ["agency_observation", "media_anon", "satellite", "a-type-of-its-own"];
const UNITS: [&str; 4] = ["", "freight cars", "empty trial train", "days quarantine"];

fn statement() -> impl Strategy<Value = Statement> {
    let said = (0..8_usize, 0..4_usize, 0..5_usize, 0..6_usize, 0..4_usize, 0..4_usize);
    (-50..800_i32, -300..100_i32, 0..60_i32, said, 0..30_u8, any::<bool>()).prop_map(
        |(reported, off, length, (claim, precision, name, mode, source, unit), origin, dated)| Statement {
            id: format!("{reported}-{off}-{claim}"),
            reported: Day(reported),
            event: dated.then_some((Day(reported + off), Day(reported + off + length))),
            precision: PRECISIONS[precision],
            crossing: NAMES[name].into(),
            mode: MODES[mode].into(),
            claim: CLAIMS[claim],
            quantity: (unit > 0).then_some(f64::from(origin)),
            unit: UNITS[unit].into(),
            source_type: TYPES[source].into(),
            origin: format!("O{origin}"),
            derived: origin % 3 == 0,
        },
    )
}

fn ledger(statements: Vec<Statement>) -> Ledger {
    let crossings = [("A-B-RAIL", Mode::Rail), ("A-B-ROAD", Mode::Road), ("A-B-PASSENGER", Mode::Passenger)];
    let crossings = crossings.into_iter().map(|(id, mode)| Watched::new(id, mode)).collect();
    Ledger::new(LedgerInput { crossings, statements, ..LedgerInput::default() })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn chances_are_chances(statements in prop::collection::vec(statement(), 0..40)) {
        let ledger = ledger(statements);
        for (c, _) in ledger.crossings().enumerated() {
            for b in ledger.known_then(c, Day(0), Day(700)).into_iter().chain(ledger.as_of(c, Day(400), Day(0), Day(500))) {
                let all = [b.not_opened, b.suspended, b.limited, b.open];
                prop_assert!(all.iter().all(|p| (0.0..=1.0 + 1e-9).contains(p)), "{b:?}");
                prop_assert!((all.iter().sum::<f64>() + b.unknown() - 1.0).abs() < 1e-9, "{b:?}");
            }
        }
    }

    /// The belief of a day as known then is the belief of that day as of that day: nothing later has been heard.
    #[test]
    fn known_then_is_as_of_that_day(statements in prop::collection::vec(statement(), 0..40), at in 0..700_i32) {
        let ledger = ledger(statements);
        let then = ledger.known_then(CrossingId(0), Day(at), Day(at))[0];
        let as_of = ledger.as_of(CrossingId(0), Day(at), Day(at), Day(at))[0];
        prop_assert!((then.running() - as_of.running()).abs() < 1e-9, "{then:?} {as_of:?}");
        let forecast = ledger.forecast(CrossingId(0), Day(at), 3);
        prop_assert!((forecast.today.running() - then.running()).abs() < 1e-9);
    }

    /// What became known later moves nothing that was known then.
    #[test]
    fn later_reports_do_not_reach_back(statements in prop::collection::vec(statement(), 0..40), at in 0..700_i32) {
        let known = statements.iter().filter(|s| s.reported <= Day(at)).cloned().collect();
        let (all, known) = (ledger(statements), ledger(known));
        let a = all.known_then(CrossingId(1), Day(0), Day(at));
        let b = known.known_then(CrossingId(1), Day(0), Day(at));
        for (a, b) in a.iter().zip(&b) {
            prop_assert!((a.running() - b.running()).abs() < 1e-9, "{a:?} {b:?}");
        }
    }
}

#[test]
fn statements_reach_what_they_speak_of() {
    let reaches = |crossing_name: &str, mode: &str, id: &str| {
        let mut base = input(false);
        let before = Ledger::new(LedgerInput { statements: Vec::new(), ..base.clone() });
        let at = day("2021-06-01");
        base.statements = vec![Statement {
            id: "x".into(),
            reported: at,
            event: None,
            precision: Precision::Day,
            crossing: crossing_name.into(),
            mode: mode.into(),
            claim: Claim::Suspended,
            quantity: None,
            unit: String::new(),
            source_type: "agency_observation".into(),
            origin: String::new(),
            derived: false,
        }];
        let after = Ledger::new(base);
        let running = |l: &Ledger| l.known_then(crossing(id), at, at)[0].running();
        running(&before) - running(&after)
    };
    let own = reaches("DAN-SIN-RAIL", "rail", "DAN-SIN-RAIL");
    let all = reaches("ALL-LAND", "all", "DAN-SIN-RAIL");
    let neighbour = reaches("DAN-SIN-ROAD", "road", "DAN-SIN-RAIL");
    let people = reaches("DAN-SIN-RAIL", "passenger", "DAN-SIN-RAIL");
    assert!(own > all && all > neighbour && neighbour > 0.0, "{own} {all} {neighbour}");
    assert!(people < 0.25 * own, "{people} {own}");
    // A pair of modes speaks of both, one mode for all of its crossings, none of another.
    assert!((reaches("DAN-SIN-RAIL", "rail+road", "DAN-SIN-ROAD") - own).abs() < 0.1);
    assert!(reaches("ALL-LAND", "road", "QUANHE-WONJONG-ROAD") > 0.2);
    // What is said of others, or of another mode, comes by the border alone.
    assert!(reaches("ALL-LAND", "rail", "QUANHE-WONJONG-ROAD") < 0.1);
    assert_eq!(reaches("ALL-LAND", "all", "SEA-NAMPO"), 0.0);
    assert!(reaches("SEA-NAMPO", "sea", "DAN-SIN-RAIL") < 0.1);
    assert!(reaches("DAN-SIN-RAIL", "passenger", "DAN-SIN-PASSENGER") > 0.2);
}

#[test]
fn places_and_strangers_are_listed_not_heard() {
    let ledger = ledger(Vec::new());
    assert!(ledger.not_placed().is_empty());
    let flagship = Ledger::new(input(false));
    let named = |why: NotPlaced| {
        let of = flagship.not_placed().iter().filter(|n| n.1 == why);
        of.map(|n| flagship.statements()[n.0].crossing.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(named(NotPlaced::Place), ["DAN-DOMESTIC-RAIL", "UIJU-YARD", "UIJU-YARD", "UIJU-YARD", "UIJU-YARD"]);
    assert!(named(NotPlaced::Unknown).is_empty());
}

#[test]
fn nothing_heard_names_no_state() {
    let quiet = ledger(Vec::new());
    let belief = quiet.known_then(CrossingId(0), Day(100), Day(100))[0];
    assert!(!belief.heard && belief.state() == State::Unknown);
    let flagship = Ledger::new(input(false));
    assert_eq!(flagship.known_then(rail(), day("2022-10-01"), day("2022-10-01"))[0].state(), State::Open);
    assert_eq!(flagship.known_then(rail(), day("2021-10-20"), day("2021-10-20"))[0].state(), State::Suspended);
}

/// Paths drawn.
const PATHS: u32 = 400;

/// Paths agree with the chances they are drawn from.
#[test]
fn paths_are_drawn_from_the_belief() {
    let ledger = Ledger::new(input(false));
    let (as_of, from, to) = (day("2022-03-01"), day("2021-12-01"), day("2022-08-01"));
    let at = [day("2022-01-05"), day("2022-02-20"), day("2022-04-01"), day("2022-07-30")];
    let belief = ledger.as_of(rail(), as_of, from, to);
    let forecast = ledger.forecast(rail(), as_of, 160);
    let mut ran = [0_u32; 4];
    for replication in 0..PATHS {
        let key = StreamKey { seed: 3, replication };
        let draw = || ledger.sample_path(rail(), as_of, (from, to), &mut key.stream(address(&["regime"]), 0));
        let path = draw();
        assert_eq!(path, draw());
        assert_eq!(path[0].0, from);
        assert!(path.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 != w[1].1));
        for (n, day) in ran.iter_mut().zip(at) {
            let state = path.iter().rfind(|p| p.0 <= day).expect("a state").1;
            *n += u32::from(matches!(state, State::Open | State::Limited));
        }
    }
    for (n, day) in ran.into_iter().zip(at) {
        let drawn = f64::from(n) / f64::from(PATHS);
        let given = if day <= as_of {
            belief.iter().find(|b| b.day == day).expect("the day").running()
        } else {
            forecast.days[(day.since(as_of) - 1) as usize].belief.running()
        };
        // Three standard errors of 400 draws.
        assert!((drawn - given).abs() < 0.075, "{day:?}: {drawn} {given}");
    }
}

#[test]
fn explanations_say_why_and_since_when() {
    let ledger = Ledger::new(input(false));
    let d = day("2022-09-28");
    let why = ledger.explain(rail(), d, d);
    let name = |i: usize| ledger.statements()[i].id.as_str();
    assert_eq!(why.last_sighting.map(|s| (name(s.0), s.1)), Some(("R098", d)));
    assert!(why.since.runs && why.since.likely == day("2022-09-26"), "{:?}", why.since);
    assert!(why.since.earliest <= why.since.likely && why.since.likely <= why.since.latest);
    let weight =
        |on: Explanation, id: &str| on.weights.iter().find(|w| name(w.statement) == id).expect("its weight").bits;
    let first = day("2022-09-26");
    assert!(weight(ledger.explain(rail(), first, first), "R085") > 1.0);
    let before = first - 1;
    assert!(weight(ledger.explain(rail(), before, before), "R084") < -0.5);
    for w in &why.what_if {
        let up = w.bits > 0.0;
        assert_eq!(up, w.running > why.belief.running(), "{w:?}");
    }
    // A forecast has no weight in it.
    assert!(why.weights.iter().all(|w| ledger.statements()[w.statement].claim != Claim::Planned));
}

#[test]
fn forecasts_widen_and_plans_fade_with_lead() {
    let base = Ledger::new(input(false));
    let as_of = day("2022-09-26");
    let f = base.forecast(rail(), as_of, 180);
    assert_eq!(f.days.len(), 180);
    let width = |i: usize| f.days[i].running.high - f.days[i].running.low;
    assert!(width(89) > width(0), "{} {}", width(0), width(89));
    assert!(f.days.windows(2).all(|w| w[1].changed >= w[0].changed - 1e-12));
    assert!(f.remaining_days.low < f.remaining_days.middle && f.remaining_days.middle < f.remaining_days.high);
    let rise = |lead: i32| {
        let mut with = input(false);
        let at = day("2021-07-01");
        let plan = with.statements.iter().find(|s| s.claim == Claim::Planned).expect("a plan").clone();
        with.statements.retain(|s| s.claim != Claim::Planned);
        let expected = |input: LedgerInput| Ledger::new(input).forecast(rail(), at, 60).days[59].belief.running();
        let without = expected(with.clone());
        let event = Some((at + lead, at + lead));
        with.statements.push(Statement {
            id: "plan".into(),
            origin: "plan".into(),
            crossing: "DAN-SIN-RAIL".into(),
            mode: "rail".into(),
            reported: at,
            event,
            ..plan
        });
        expected(with) - without
    };
    let (near, far) = (rise(1), rise(30));
    assert!(near > 0.2 && (0.0..0.02).contains(&far), "{near} {far}");
}
