//! The ledger: confusion of raters, hidden chains, one change of rate, scores.

use crate::{Observed, Oracle, Tolerance, Unobserved};
use yalu_ledger::{Chain, Found, Rating, brier, change_point, dawid_skene, hear, log_score};

const LAYER: &str = "Ledger";

const PATIENTS_SOURCE: &str =
    "Dawid and Skene (1979), 45 patients and 5 observers; solution by an independent EM of 31 iterations";
const CHAIN_SOURCE: &str = "computed independently: three states, three sources, six days";
const BAYES: &str = "Bayes' rule, worked out by hand: 0.5 · 0.8 · 0.35 over that and 0.5 · 0.2 · 0.65";
const COAL_SOURCE: &str = "British coal-mining disasters 1851-1961 (Jarrett 1979); posterior computed independently";
const BY_HAND: &str = "worked out by hand";

const WEIGHT: &str = "weight of a rating";
const OFFICIAL: &str = "chance that an official is right";

pub(crate) fn oracles() -> Vec<Oracle> {
    let mut all = raters();
    all.extend(confusion());
    all.extend(chain());
    all.push(oracle(
        "two-reports",
        "one says open (0.8), one closed (0.65): P(open)",
        0.682_927,
        1e-6,
        (BAYES, "chance that the first is right"),
        |f| Ok(two_reports(0.8 * f)),
    ));
    all.extend(coal());
    all.extend(scores());
    all
}

fn oracle(
    id: &str,
    what: &str,
    expected: f64,
    tolerance: f64,
    (source, constant): (&'static str, &'static str),
    observe: impl Fn(f64) -> Observed + Send + Sync + 'static,
) -> Oracle {
    Oracle {
        id: format!("ledger.{id}"),
        layer: LAYER,
        what: what.to_owned(),
        unit: "",
        expected,
        tolerance: Tolerance::Absolute(tolerance),
        source,
        constant,
        observe: Box::new(observe),
    }
}

/// Patients in order: three ratings of the first observer, then one of each of the others.
const PATIENTS: [&str; 45] = [
    "1111111", "3334334", "1122122", "2223121", "2223222", "2223322", "1222111", "3333433", "2222223", "2322223",
    "4444444", "2223343", "1111111", "2223212", "1211111", "1112111", "1111111", "1111111", "2222221", "2221322",
    "2222222", "2222221", "2223222", "2212222", "1111111", "1111111", "2322222", "1111111", "1111111", "1121121",
    "1111111", "3333233", "1111111", "2222222", "2223232", "4334343", "2212232", "2323233", "3333432", "1111111",
    "1111111", "1212111", "2322222", "1211111", "2222222",
];

/// The patients with ratings weighed by their class.
fn patients(weight: impl Fn(usize) -> f64) -> Found {
    let ratings: Vec<Rating> = PATIENTS
        .iter()
        .enumerate()
        .flat_map(|(item, row)| {
            row.bytes().enumerate().map(move |(i, b)| Rating {
                item,
                rater: i.saturating_sub(2),
                class: usize::from(b - b'1'),
                weight: 1.0,
            })
        })
        .map(|r| Rating { weight: weight(r.class), ..r })
        .collect();
    dawid_skene(&ratings, (5, 4), &Vec::new(), 1e-12, 500)
}

fn raters() -> Vec<Oracle> {
    let with = (PATIENTS_SOURCE, WEIGHT);
    let missing = Unobserved::Missing { what: "step" };
    let mut all: Vec<Oracle> = [(0, -205.091_138_3), (1, -194.550_952_4), (2, -193.159_445_5)]
        .into_iter()
        .map(|(step, expected)| {
            let (id, missing) = (format!("raters.step-{}", step + 1), missing.clone());
            let what = format!("log-likelihood after {} steps", step + 1);
            oracle(&id, &what, expected, 1e-4, with, move |f| {
                patients(|_| f).log_likelihoods.get(step).copied().ok_or_else(|| missing.clone())
            })
        })
        .collect();
    all.push(oracle("raters.end", "log-likelihood at the end", -192.890_881_2, 1e-4, with, move |f| {
        patients(|_| f).log_likelihoods.last().copied().ok_or_else(|| missing.clone())
    }));
    for (patient, class, expected, tolerance) in [(7, 0, 0.981, 5e-4), (35, 1, 0.948, 5e-4), (38, 2, 0.9788, 1e-4)] {
        let (id, what) =
            (format!("raters.patient-{patient}"), format!("patient {patient}: chance of class {}", class + 1));
        all.push(oracle(&id, &what, expected, tolerance, with, move |f| Ok(patients(|_| f).items[patient - 1][class])));
    }
    // Shares of 45 patients: a count that is off by a hundredth is off by more than a rounding.
    for (class, expected) in [0.3996, 0.4220, 0.1118, 0.0667].into_iter().enumerate() {
        let (id, what) = (format!("raters.share-{}", class + 1), format!("share of class {}", class + 1));
        all.push(oracle(&id, &what, expected, 1e-4, (PATIENTS_SOURCE, "number of patients"), move |f| {
            let items = patients(|_| 1.0).items;
            Ok(items.iter().map(|i| i[class]).sum::<f64>() / (items.len() as f64 * f))
        }));
    }
    all
}

/// Rows of the observers' confusion, as far as they are neither 0 nor 1.
fn confusion() -> Vec<Oracle> {
    let rows: [(usize, usize, &[f64]); 14] = [
        (0, 0, &[0.8895, 0.1105]),
        (0, 1, &[0.0706, 0.8764, 0.0530]),
        (0, 2, &[0.0, 0.3388, 0.6612]),
        (0, 3, &[0.0, 0.0, 0.5556, 0.4444]),
        (1, 0, &[0.8342, 0.1658]),
        (1, 1, &[0.0527, 0.6329, 0.3143]),
        (2, 1, &[0.1064, 0.7883, 0.1053]),
        (2, 2, &[0.0, 0.4037, 0.1988, 0.3976]),
        (2, 3, &[0.0, 0.0, 0.6667, 0.3333]),
        (3, 0, &[0.9444, 0.0556]),
        (3, 1, &[0.0537, 0.8426, 0.1037]),
        (3, 2, &[0.0, 0.0, 0.8012, 0.1988]),
        (4, 1, &[0.1590, 0.7345, 0.1064]),
        (4, 2, &[0.0, 0.2091, 0.7909]),
    ];
    let mut all = Vec::new();
    for (rater, class, row) in rows {
        for (said, expected) in row.iter().copied().enumerate().filter(|x| x.1 > 0.0) {
            let id = format!("raters.observer-{}.{}-{}", rater + 1, class + 1, said + 1);
            let what = format!("observer {}: class {} rated {}", rater + 1, class + 1, said + 1);
            all.push(oracle(
                &id,
                &what,
                expected,
                1e-4,
                (PATIENTS_SOURCE, "weight of ratings of the class"),
                move |f| Ok(patients(|c| if c == said { f } else { 1.0 }).confusion[rater][class][said]),
            ));
        }
    }
    all
}

const OPEN: usize = 0;
const CLOSED: usize = 2;

type States = [f64; 3];

/// Six days: official says open; press closed; nothing; press closed and official open; imagery closed; official closed.
fn six_days(factor: f64) -> (Chain<3>, Vec<States>) {
    let mut official = [[0.80, 0.15, 0.05], [0.20, 0.60, 0.20], [0.05, 0.15, 0.80]];
    for (state, row) in official.iter_mut().enumerate() {
        row[state] *= factor;
    }
    let press = [[0.70, 0.20, 0.10], [0.25, 0.50, 0.25], [0.15, 0.20, 0.65]];
    let imagery = [[0.92, 0.06, 0.02], [0.15, 0.75, 0.10], [0.03, 0.07, 0.90]];
    let says = |source: &[States; 3], said: usize| source.map(|row| row[said]);
    let both = |a: States, b: States| [a[0] * b[0], a[1] * b[1], a[2] * b[2]];
    let days = vec![
        says(&official, OPEN),
        says(&press, CLOSED),
        [1.0; 3],
        both(says(&press, CLOSED), says(&official, OPEN)),
        says(&imagery, CLOSED),
        says(&official, CLOSED),
    ];
    let chain = Chain { start: [0.6, 0.1, 0.3], step: [[0.97, 0.02, 0.01], [0.05, 0.90, 0.05], [0.01, 0.04, 0.95]] };
    (chain, days)
}

fn chain() -> Vec<Oracle> {
    let filtered = [0.932_039, 0.699_172, 0.685_430, 0.807_170, 0.129_866, 0.010_980];
    let smoothed = [0.370_980, 0.161_746, 0.125_245, 0.090_165, 0.012_490, 0.010_980];
    let with = (CHAIN_SOURCE, OFFICIAL);
    let mut all = Vec::new();
    for (day, expected) in filtered.into_iter().enumerate() {
        let (id, what) = (format!("chain.then-{}", day + 1), format!("open on day {}, as known then", day + 1));
        all.push(oracle(&id, &what, expected, 1e-6, with, move |f| {
            let (chain, days) = six_days(f);
            Ok(chain.filter(&days).0[day][OPEN])
        }));
    }
    for (day, expected) in smoothed.into_iter().enumerate() {
        let (id, what) = (format!("chain.now-{}", day + 1), format!("open on day {}, as known now", day + 1));
        all.push(oracle(&id, &what, expected, 1e-6, with, move |f| {
            let (chain, days) = six_days(f);
            Ok(chain.smooth(&chain.filter(&days).0, &days)[day][OPEN])
        }));
    }
    all.push(oracle("chain.log-likelihood", "log-likelihood of six days", -7.986_334_93, 1e-6, with, |f| {
        let (chain, days) = six_days(f);
        Ok(chain.filter(&days).1)
    }));
    all
}

fn two_reports(first_right: f64) -> f64 {
    let mut belief = [0.5, 0.5];
    hear(&mut belief, &[first_right, 1.0 - first_right]);
    hear(&mut belief, &[1.0 - 0.65, 0.65]);
    belief[0]
}

/// Disasters a year, 1851 to 1961.
const COAL: [u8; 111] = [
    4, 5, 4, 0, 1, 4, 3, 4, 0, 6, 3, 3, 4, 0, 2, 6, 3, 3, 5, 4, 5, 3, 1, 4, 4, 1, 5, 5, 3, 4, 2, 5, 2, 2, 3, 4, 2, 1,
    3, 2, 2, 1, 1, 1, 1, 3, 0, 0, 1, 0, 1, 1, 0, 0, 3, 1, 0, 3, 2, 2, 0, 1, 1, 1, 0, 1, 0, 1, 0, 0, 0, 2, 1, 0, 0, 0,
    1, 1, 0, 2, 3, 3, 1, 1, 2, 1, 1, 1, 1, 2, 4, 2, 0, 0, 1, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1,
];

fn coal() -> Vec<Oracle> {
    let found = |f: f64| {
        let counts: Vec<f64> = COAL.iter().map(|c| f64::from(*c) * f).collect();
        change_point(&counts, (1.0, 1.0)).ok_or(Unobserved::Missing { what: "change" })
    };
    let with = (COAL_SOURCE, "disasters a year");
    let mut all: Vec<Oracle> = [(1889, 0.1445), (1890, 0.1838), (1891, 0.2401)]
        .into_iter()
        .map(|(year, expected)| {
            let (id, what) =
                (format!("change.{year}"), format!("chance that {year} was the last year of the first rate"));
            oracle(&id, &what, expected, 5e-5, with, move |f| Ok(found(f)?.last_of_first[year - 1851]))
        })
        .collect();
    all.push(oracle("change.before", "disasters a year up to 1891", 3.0976, 5e-5, with, move |f| {
        Ok(found(f)?.rate_before)
    }));
    all.push(oracle("change.after", "disasters a year from 1892", 0.9143, 5e-5, with, move |f| {
        Ok(found(f)?.rate_after)
    }));
    all
}

/// Chances 0.9, 0.7 and 0.2 of what was, was not and was not.
fn scores() -> Vec<Oracle> {
    let mean = |score: fn(f64, bool) -> f64, f: f64| {
        Ok([(0.9, true), (0.7, false), (0.2, false)].map(|(p, was)| score(p * f, was)).iter().sum::<f64>() / 3.0)
    };
    let with = (BY_HAND, "chances given");
    vec![
        oracle("score.brier", "Brier score of 0.9, 0.7, 0.2 against 1, 0, 0", 0.18, 1e-12, with, move |f| {
            mean(brier, f)
        }),
        oracle("score.log", "log score of the same, nats", 0.510_825_6, 5e-8, with, move |f| mean(log_score, f)),
    ]
}
