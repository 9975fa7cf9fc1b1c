//! A scoring as data and as text.
use yalu_model::{Corridor, PerDirection};
use yalu_scenario::{Declared, Folder, MonthSeries, load, read_monthly, template};
use yalu_study::{MonthlyTrade, ScoringTerms, TradeInMonth, score_series};
use yalu_view::score::{Model, Score};

fn corridor() -> Corridor {
    let files = template("mine").into_iter().map(|(n, t)| (n, t.into_bytes())).collect();
    load(&Folder { files, ..Folder::default() }, &[]).corridor.expect("it loads")
}

/// Replications of six months, of which one falls to nothing.
fn trade(factors: &[f64]) -> MonthlyTrade {
    let months: Vec<(i16, i8)> = (1..=6).map(|m| (2024, m)).collect();
    let member = |by: f64| {
        let both = |forward, back| PerDirection { forward, back };
        let of = |m: f64| TradeInMonth {
            usd: both(m * by * 1e6, m * by * 2e5),
            tonnes: both(m * by * 1e3, m * by * 1e3),
            wire_usd: both(0.0, 5e4),
        };
        [100.0, 80.0, 0.0, 20.0, 60.0, 90.0].map(of).to_vec()
    };
    MonthlyTrade { months, central: member(1.0), members: factors.iter().copied().map(member).collect() }
}

const SEEN: &str = "month,exports_musd,imports_musd\n\
    2023-12,120,\n2024-01,105,20\n2024-02,150,17\n2024-03,0.2,0.01\n2024-05,3,12\n2024-06,66,19\n";

fn seen(c: &Corridor) -> Vec<MonthSeries> {
    let (series, found) = read_monthly("seen.csv", SEEN.as_bytes(), &c.about.countries, &Declared::default());
    assert!(found.is_empty(), "{found:?}");
    series
}

fn scored(factors: &[f64], all_carried: bool) -> Score {
    let (c, trade) = (corridor(), trade(factors));
    let terms = ScoringTerms { all_carried, normal_year: 2023, above: vec![1.0] };
    let all: Vec<_> = seen(&c).iter().map(|s| score_series(&trade, s, &terms).expect("it scores")).collect();
    Score::of(&c, "seen.csv".into(), &Model::Trains, factors.len(), &all)
}

#[test]
fn months_stand_beside_what_was_reported() {
    let score = scored(&[0.7, 0.9, 1.0, 1.1, 1.4], false);
    insta::assert_snapshot!(score.summary().text(false, 110));
    let imports = &score.series[1];
    // 0.05 a month goes by no vehicle and is taken out; of March's 0.01 nothing is left.
    assert!((imports.months[0].observed - 19.95).abs() < 1e-9);
    let why = &imports.left_out[0];
    assert_eq!((why.month.as_str(), why.why.as_str()), ("2024-03", "no more than no vehicle carries"));
    assert_eq!(score.series[0].left_out[0].why, "not simulated");
}

#[test]
fn what_vehicles_carry_alone_is_left_as_it_is() {
    let imports = &scored(&[0.7, 1.4], true).series[1];
    assert_eq!((imports.months[0].observed, imports.months[0].taken_out, imports.left_out.len()), (20.0, 0.0, 0));
}

#[test]
fn one_run_shows_no_band() {
    let text = scored(&[1.0], false).summary().text(false, 110);
    assert!(text.contains("One run has no band") && !text.contains("% band"), "{text}");
}
