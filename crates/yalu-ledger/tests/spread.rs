//! What is left when reports are missing: no figure hangs on one origin.
mod corridor;

use corridor::figures::{Figures, figures};
use corridor::input;
use yalu_ledger::{LedgerInput, Statement};
use yalu_units::{StreamKey, address};

fn sorted(rows: &[Figures], of: fn(&Figures) -> f64) -> Vec<f64> {
    let mut values: Vec<f64> = rows.iter().map(of).collect();
    values.sort_by(f64::total_cmp);
    values
}

fn without_each_origin(base: &LedgerInput) -> Vec<Figures> {
    let mut origins: Vec<&str> = base.statements.iter().map(Statement::own_origin).collect();
    origins.sort_unstable();
    origins.dedup();
    let left = |origin: &str| {
        let mut some = base.clone();
        some.statements.retain(|s| s.own_origin() != origin);
        figures(some)
    };
    origins.into_iter().map(left).collect()
}

#[test]
fn scores_hold_without_any_one_origin() {
    for customs in [false, true] {
        let base = input(customs);
        let all = figures(base.clone()).then.brier;
        let rows = without_each_origin(&base);
        let brier = sorted(&rows, |f| f.then.brier);
        assert!(brier[brier.len() - 1] < 1.6 * all, "{brier:?}");
        assert!(rows.iter().all(|f| f.ran.0 > 0.75));
        assert!(customs || rows.iter().all(|f| f.now.brier < 0.075));
        let found = |f: &Figures| f.changes.iter().all(|c| c.found.is_some());
        assert!(rows.iter().all(found));
    }
}

/// With three in ten reports missing the median still holds, and a line that runs never looks shut.
#[test]
fn scores_hold_with_three_in_ten_reports_missing() {
    for (customs, median) in [(false, 0.09), (true, 0.055)] {
        let base = input(customs);
        let rows: Vec<Figures> = (0..50)
            .map(|seed| {
                let mut stream = StreamKey { seed, replication: 0 }.stream(address(&["ledger", "deletion"]), 0);
                let mut some = base.clone();
                some.statements.retain(|_| stream.unit() >= 0.3);
                figures(some)
            })
            .collect();
        let brier = sorted(&rows, |f| f.then.brier);
        assert!(brier[25] < median, "{brier:?}");
        let ran = sorted(&rows, |f| f.ran.0);
        assert!(ran[0] > 0.75, "{ran:?}");
        let stop = sorted(&rows, |f| f.stop.0);
        assert!(!customs || stop[44] <= 0.4, "{stop:?}");
    }
}
