//! Yard stock to flow and back, by Little's law: `flow = stock / dwell`, with intervals.

/// Least and greatest value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Least.
    pub low: f64,
    /// Greatest.
    pub high: f64,
}

impl Interval {
    /// An interval, whichever end is given first; none where an end is negative or no number.
    pub fn new(a: f64, b: f64) -> Option<Interval> {
        let fine = |x: f64| x.is_finite() && x >= 0.0;
        (fine(a) && fine(b)).then_some(Interval { low: a.min(b), high: a.max(b) })
    }
}

/// Wagons a day that pass a yard that holds so many on the mean, when each stays so many hours: Little (1961), for a
/// yard that neither fills nor empties over the time of the count. None where the dwell can be zero.
pub fn flow_of_stock(stock: Interval, dwell_h: Interval) -> Option<Interval> {
    (dwell_h.low > 0.0)
        .then(|| Interval { low: stock.low * 24.0 / dwell_h.high, high: stock.high * 24.0 / dwell_h.low })
}

/// Wagons that stand in a yard which so many pass a day, when each stays so many hours.
pub fn stock_of_flow(per_day: Interval, dwell_h: Interval) -> Interval {
    Interval { low: per_day.low * dwell_h.low / 24.0, high: per_day.high * dwell_h.high / 24.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_and_a_dwell_make_a_flow_and_back() {
        let stock = Interval::new(75.0, 60.0).unwrap();
        let dwell = Interval::new(24.0, 36.0).unwrap();
        let flow = flow_of_stock(stock, dwell).unwrap();
        assert_eq!((flow.low, flow.high), (40.0, 75.0));
        // Back from the exact flow the interval is wider: both ends took the dwell apart.
        let back = stock_of_flow(flow, dwell);
        assert_eq!((back.low, back.high), (40.0, 112.5));
        let exact = Interval::new(30.0, 30.0).unwrap();
        assert_eq!(stock_of_flow(flow_of_stock(stock, exact).unwrap(), exact), stock);
        assert_eq!(flow_of_stock(stock, Interval { low: 0.0, high: 1.0 }), None);
        assert_eq!(Interval::new(-1.0, 2.0), None);
    }
}
