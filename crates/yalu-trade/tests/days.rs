//! The day-level model on the flagship: nothing comes or goes unseen, and each kind of regime acts as it should.
use proptest::prelude::*;
use std::path::Path;
use std::sync::OnceLock;
use yalu_model::{Corridor, Draw, Mode, State};
use yalu_regime::Dates;
use yalu_trade::{DayModel, DayOutcome, PARAMS, TABLE, Values};
use yalu_units::{Idx, Instant, Span};

fn corridor() -> &'static Corridor {
    static READ: OnceLock<Corridor> = OnceLock::new();
    READ.get_or_init(|| {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/dandong-sinuiju");
        yalu_scenario::load(&yalu_scenario::read_folder(&dir).unwrap(), &[]).corridor.unwrap()
    })
}

fn central(c: &Corridor, values: &Values) -> (DayOutcome, Vec<(i16, i8)>) {
    let model = DayModel::new(c).expect("days with midnights");
    (model.run(Draw::central(c.sampling.seed), values, Dates::AsGiven), model.months().to_vec())
}

fn with(id: &str, value: f64) -> Values {
    let mut v = Values::central();
    v.0[TABLE.iter().position(|p| p.id == id).unwrap()] = value;
    v
}

fn musd(o: &DayOutcome, months: &[(i16, i8)], month: (i16, i8)) -> f64 {
    o.months[months.iter().position(|m| *m == month).unwrap()].usd.forward / 1e6
}

fn day(c: &Corridor, y: i16, m: i8, d: i8) -> Instant {
    yalu_calendar::local_midnight(&c.horizon.zones[c.horizon.zone].name, y, m, d).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// Whatever is drawn and whatever shuts: what was ordered crossed, was given up, or waits.
    #[test]
    fn nothing_comes_or_goes_unseen(
        levels in prop::array::uniform12(0.0..=1.0f64),
        replication in 1u32..1000,
        shut in prop::collection::vec((0usize..30, 0i64..2500, 1i64..400), 0..4),
    ) {
        let mut c = corridor().clone();
        for (x, from, days) in shut {
            // Whatever regime of a crossing lies across the period is suspended.
            let (begin, end) = (c.horizon.from + Span::days(from), c.horizon.from + Span::days(from + days));
            let crossing = x % c.border.crossings.len();
            for r in c.border.regimes.iter_mut().filter(|r| r.crossing.index() == crossing && r.from < end && r.to > begin) {
                r.state = State::Suspended;
            }
        }
        let model = DayModel::new(&c).expect("days with midnights");
        let draw = Draw::replication(1, replication);
        let o = model.run(draw, &Values::at(&levels), Dates::Widened);
        let ordered: f64 = o.months.iter().map(|m| m.ordered_t.forward + m.ordered_t.back).sum();
        prop_assert!(ordered > 1e6 && o.unaccounted_t.abs() < 1e-9 * ordered, "{} of {ordered}", o.unaccounted_t);
        let usd: f64 = o.months.iter().map(|m| m.usd.forward + m.usd.back).sum();
        prop_assert!(o.unaccounted_usd.abs() < 1e-9 * usd, "{} of {usd}", o.unaccounted_usd);
        for m in &o.months {
            for x in [m.usd, m.tonnes, m.given_up_t].iter().flat_map(|x| [x.forward, x.back]) {
                prop_assert!(x.is_finite() && x >= -1e-6, "{m:?}");
            }
        }
        prop_assert!(o.waiting_t.iter().all(|w| *w >= -1e-6));
        prop_assert_eq!(o, model.run(draw, &Values::at(&levels), Dates::Widened));
    }
}

#[test]
fn after_a_closure_trade_climbs_over_months() {
    let c = corridor();
    let (o, months) = central(c, &Values::central());
    let at = |y, m| musd(&o, &months, (y, m));
    // Quarantine from February 2020: first next to nothing, then more each month.
    assert!(at(2020, 2) < 0.35 * at(2019, 12), "{} {}", at(2020, 2), at(2019, 12));
    assert!(at(2020, 3) < at(2020, 5) && at(2020, 5) < at(2020, 7));
    // All shut: a trickle. Ports from March 2021: a climb from nothing.
    assert!(at(2020, 12) < 3.0 && at(2021, 3) > at(2020, 12));
    // A longer climb carries less in between.
    let (slow, _) = central(c, &with("climb_sea_days", 360.0));
    assert!(musd(&slow, &months, (2020, 6)) < 0.8 * at(2020, 6));
}

#[test]
fn a_port_takes_what_it_can_keep_for_the_hold() {
    let c = corridor();
    let (o, months) = central(c, &with("port_storage_t", 40_000.0));
    let (twice, _) = central(c, &with("port_storage_t", 80_000.0));
    let tonnes = |o: &DayOutcome, month| o.months[months.iter().position(|m| *m == month).unwrap()].tonnes.forward;
    // Late 2021 the port is full: 40,000 t for 60 days of hold and 5 at sea are some 19,000 t a month.
    let full: f64 = [9, 10, 11, 12].map(|m| tonnes(&o, (2021, m))).iter().sum::<f64>() / 4.0;
    assert!((17_000.0..22_000.0).contains(&full), "{full}");
    let more: f64 = [9, 10, 11, 12].map(|m| tonnes(&twice, (2021, m))).iter().sum::<f64>() / 4.0;
    assert!((1.8..2.2).contains(&(more / full)), "{more} {full}");
}

#[test]
fn a_ban_ends_orders_where_a_cut_makes_them_wait() {
    let mut cut = corridor().clone();
    let (from, to) = (day(&cut, 2019, 1, 1), day(&cut, 2020, 2, 1));
    for r in cut.border.regimes.iter_mut().filter(|r| r.from >= from && r.to <= to && r.state == State::Open) {
        r.state = State::Limited;
        r.capacity_share = Some(yalu_model::Quantity::assumed("test", 0.1, "a test"));
        r.trains_per_day = Some(yalu_model::Quantity::assumed("test", 0.1, "a test"));
    }
    let mut ban = cut.clone();
    for r in ban.border.regimes.iter_mut().filter(|r| r.from >= from && r.to <= to && r.state == State::Limited) {
        r.restrictions.push("import_ban".into());
    }
    let values = Values::central();
    let ((slow, months), (none, _)) = (central(&cut, &values), central(&ban, &values));
    let i = months.iter().position(|m| *m == (2019, 6)).unwrap();
    assert!(slow.waiting_t[i] > 4.0 * none.waiting_t[i].max(1.0), "{} {}", slow.waiting_t[i], none.waiting_t[i]);
    assert!(slow.months[i].usd.forward > none.months[i].usd.forward);
}

#[test]
fn wagons_a_day_and_a_ramp_hold_rail_back() {
    let mut few = corridor().clone();
    let (first, month) = (day(&few, 2022, 9, 26), (2022, 10));
    for r in few.border.regimes.iter_mut().filter(|r| r.from == first) {
        r.wagons_per_day = Some(yalu_model::Quantity::assumed("test", 2.0, "a test"));
        r.ramp_days = Some(yalu_model::Quantity::assumed("test", 365.0, "a test"));
    }
    let rail = few.trade.routes.iter().position(|r| r.rail.is_some()).unwrap();
    let usd = |c: &Corridor| {
        let (o, months) = central(c, &Values::central());
        o.by_route_usd[months.iter().position(|m| *m == month).unwrap()][rail]
    };
    // To the middle of October a regime of about seventeen wagons a day; under the ramp its wagons round to none.
    let (usual, held) = (usd(corridor()), usd(&few));
    assert!(held > 0.0 && held < 0.7 * usual, "{held} {usual}");
}

#[test]
fn goods_that_a_regime_bans_do_not_pass_and_others_do() {
    let c = corridor();
    let mut bans = c.clone();
    let grain = c.trade.goods.iter().find(|g| g.id == "grain").unwrap().clone();
    bans.trade.goods = bans
        .trade
        .goods
        .iter()
        .filter(|g| ["grain", "textiles", "watches"].contains(&g.id.as_str()))
        .cloned()
        .collect();
    let mut both = bans.clone();
    for r in &mut bans.border.regimes {
        r.bans = grain.hs.iter().map(|hs| yalu_model::Ban { direction: None, hs: Some(*hs) }).collect();
    }
    // What crosses of the others is what crosses where grain is not asked for at all, but for room it takes.
    let (values, i) = (with("trickle_share", 0.001), 6);
    let (o, _) = central(&bans, &values);
    both.trade.goods = both.trade.goods.iter().filter(|g| g.id != "grain").cloned().collect();
    let (without, _) = central(&both, &values);
    let t = |o: &DayOutcome| o.months[i].tonnes;
    assert!((t(&o).forward / t(&without).forward - 1.0).abs() < 0.05, "{:?} {:?}", t(&o), t(&without));
    assert!(t(&o).back > 0.0, "imports are not banned");
    // A ban on imports leaves exports alone.
    for r in &mut both.border.regimes {
        r.restrictions.push("import_ban".into());
    }
    let (none, _) = central(&both, &values);
    assert!(t(&none).forward < 0.01 * t(&without).forward && (t(&none).back / t(&without).back - 1.0).abs() < 0.05);
}

#[test]
fn the_new_year_moves_with_the_moon() {
    let c = corridor();
    let ((short, months), (long, _)) =
        (central(c, &with("new_year_days", 3.0)), central(c, &with("new_year_days", 21.0)));
    let left = |month| musd(&long, &months, month) / musd(&short, &months, month);
    // 16 February 2018, 5 February 2019, 29 January 2025: the dip goes with it, into January when it comes early.
    for (year, month) in [(2018, 2), (2019, 2)] {
        assert!(left((year, month)) < 0.75 && left((year, month)) < left((year, month + 2)), "{}", left((year, month)));
    }
    assert!(left((2025, 1)) < left((2019, 1)) && left((2025, 1)) < left((2018, 1)));
}

#[test]
fn rail_carries_wagons_times_what_is_in_them_and_lockdowns_are_their_own() {
    let c = corridor();
    let (o, months) = central(c, &Values::central());
    let (half, _) = central(c, &with("wagon_fill", 0.5));
    let rail = c.trade.routes.iter().position(|r| r.rail.is_some()).unwrap();
    let i = months.iter().position(|m| *m == (2022, 3)).unwrap();
    let fill = Values::central().0[TABLE.iter().position(|p| p.id == "wagon_fill").unwrap()];
    let ratio = half.by_route_usd[i][rail] / o.by_route_usd[i][rail];
    assert!((ratio - 0.5 / fill).abs() < 0.1, "{ratio}");
    // One train of 13 wagons a day, 31 days, at some 1,000 to 2,500 USD a tonne.
    assert!((10.0..60.0).contains(&(o.by_route_usd[i][rail] / 1e6)), "{}", o.by_route_usd[i][rail]);
    let place =
        c.trade.routes.iter().position(|r| {
            r.mode == Mode::Sea && r.crossings.iter().any(|x| c.border.crossings[*x].mode == Mode::Place)
        });
    let may = months.iter().position(|m| *m == (2022, 5)).unwrap();
    let (shut, _) = central(c, &with("lockdown_share", 0.0));
    assert!(shut.by_route_usd[may][place.unwrap()] < 1.0);
    assert_eq!(shut.by_route_usd[may][rail], 0.0, "rail is suspended by its own regime");
}

#[test]
fn dates_move_only_where_they_are_asked_to() {
    let c = corridor();
    let model = DayModel::new(c).expect("days with midnights");
    let draw = Draw::replication(4, 2);
    let v = Values::at(&[0.5; PARAMS]);
    let (wide, given) = (model.run(draw, &v, Dates::Widened), model.run(draw, &v, Dates::AsGiven));
    assert_ne!(wide, given);
    // Before the first uncertain date they are the same.
    assert_eq!(wide.months[..24], given.months[..24]);
}
