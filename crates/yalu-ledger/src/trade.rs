//! Monthly trade as evidence: late, and of all routes together.

use crate::{Day, MonthlyTrade, Settings};

/// Share of what a route carries in normal times that it carries now: shut, limited, open.
const USE: [f64; 3] = [0.0, 0.25, 0.8];
/// The same of all other routes together, of which nothing is said.
const OTHERS_USE: f64 = 0.5;
/// Spread of the logarithm of a month's trade about what these shares make of it: seasons, stocks, prices.
const SPREAD: f64 = 0.8;
/// Chance that a shut crossing is shut with all others, and the trade that is left then, as a share of normal (parcels, fuel by pipe) with its
/// spread: what runs along a border is often shut at once.
const ALL_SHUT: f64 = 0.15;
const LEFT: (f64, f64) = (0.002, 2.0);

/// What was published of a month.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Level {
    pub month: (Day, Day),
    pub published: Day,
    /// Exports over the greatest month known by then, 0 to 1.
    pub of_most: f64,
}

/// Months in the order of their publication, as shares of the greatest month known by then.
pub(crate) fn levels(trade: &[MonthlyTrade]) -> Vec<Level> {
    let mut known: Vec<&MonthlyTrade> = trade.iter().filter(|t| t.exports_musd.is_finite()).collect();
    known.sort_by_key(|t| (t.published, t.month));
    let mut most = 0.0_f64;
    let mut out = Vec::with_capacity(known.len());
    for t in known {
        most = most.max(t.exports_musd);
        if most > 0.0 {
            out.push(Level { month: t.month, published: t.published, of_most: t.exports_musd.max(0.0) / most });
        }
    }
    out
}

/// Likelihood of a level by phase, for a crossing with a share of the trade; no odds beyond the settings' limit.
pub(crate) fn likelihood(level: f64, share: f64, settings: &Settings) -> [f64; 4] {
    let level = libm::log(level.max(1e-5));
    let about = |centre: f64, spread: f64| {
        let z = (level - libm::log(centre)) / spread;
        libm::exp(-0.5 * z * z) / spread
    };
    let share = share.clamp(0.0, 1.0);
    let [shut, limited, open] = USE.map(|u| about((OTHERS_USE * (1.0 - share) + share * u).max(LEFT.0), SPREAD));
    let shut = (1.0 - ALL_SHUT) * shut + ALL_SHUT * about(LEFT.0, LEFT.1);
    // Where its share is not known, trade that goes on says nothing of it: others may carry it all. That none goes on still does.
    let [limited, open] = if share > 0.0 { [limited, open] } else { [limited.min(shut), open.min(shut)] };
    let least = libm::exp(-settings.trade_nats);
    let most = shut.max(limited).max(open);
    if most <= 0.0 {
        return [1.0; 4];
    }
    let [shut, limited, open] = [shut, limited, open].map(|l| (l / most).max(least));
    [shut, shut, limited, open]
}

#[cfg(test)]
mod tests {
    use super::*;
    const SHUT_LONG: usize = 1;
    const LIMITED: usize = 2;
    const OPEN: usize = 3;

    #[test]
    fn trade_speaks_of_a_route_in_its_measure() {
        let settings = Settings::default();
        let at = |level: f64, share: f64| likelihood(level, share, &settings);
        let high = at(0.8, 0.7);
        assert!(high[OPEN] > high[LIMITED] && high[LIMITED] > high[SHUT_LONG], "{high:?}");
        let none = at(0.0005, 0.7);
        assert!(none[SHUT_LONG] > 5.0 * none[LIMITED] && none[SHUT_LONG] > 5.0 * none[OPEN], "{none:?}");
        // A route without a known share: nothing from trade that goes on, the same from trade that does not.
        assert_eq!(at(0.5, 0.0), [1.0; 4]);
        let none = at(0.0005, 0.0);
        assert!(none[SHUT_LONG] > 5.0 * none[OPEN], "{none:?}");
    }

    #[test]
    fn no_month_knows_a_greater_one_that_was_not_published() {
        let month = |n: i32, published: i32, exports_musd: f64| MonthlyTrade {
            month: (Day(30 * n), Day(30 * n + 29)),
            published: Day(published),
            exports_musd,
        };
        let found = levels(&[month(0, 50, 10.0), month(1, 900, 40.0), month(2, 110, 5.0), month(3, 910, f64::NAN)]);
        let of: Vec<(i32, f64)> = found.iter().map(|l| (l.published.0, l.of_most)).collect();
        assert_eq!(of, [(50, 1.0), (110, 0.5), (900, 1.0)]);
    }
}
