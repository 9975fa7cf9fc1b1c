//! Closed forms beside the engine: stock to flow by Little's law, a queue before opening hours as a fluid, rounds.

use crate::BorderError;

/// What is known of a number: no less than one, no more than the other.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Interval {
    /// Lower end.
    pub least: f64,
    /// Upper end.
    pub most: f64,
}

impl Interval {
    /// An interval of numbers that are not negative.
    pub fn new(least: f64, most: f64) -> Result<Self, BorderError> {
        let sound = least >= 0.0 && least <= most && most.is_finite();
        if sound { Ok(Self { least, most }) } else { Err(out_of_range("interval", least)) }
    }
    /// A number known exactly.
    pub fn exactly(value: f64) -> Result<Self, BorderError> {
        Self::new(value, value)
    }
}

/// Wagons a day that a stock of wagons stands for: `flow = stock / dwell` (Little 1961). Widest where both are free
/// within their intervals; holds of means over a time in which the stock neither grows nor shrinks.
pub fn flow_per_day(stock: Interval, dwell_days: Interval) -> Result<Interval, BorderError> {
    if dwell_days.least <= 0.0 {
        return Err(out_of_range("dwell, days", dwell_days.least));
    }
    Interval::new(stock.least / dwell_days.most, stock.most / dwell_days.least)
}

/// The stock that a flow keeps standing: `stock = flow * dwell`.
pub fn stock(flow_per_day: Interval, dwell_days: Interval) -> Result<Interval, BorderError> {
    Interval::new(flow_per_day.least * dwell_days.least, flow_per_day.most * dwell_days.most)
}

/// The dwell, days, that a stock and a flow stand for: `dwell = stock / flow`.
pub fn dwell_days(stock: Interval, flow_per_day: Interval) -> Result<Interval, BorderError> {
    if flow_per_day.least <= 0.0 {
        return Err(out_of_range("flow a day", flow_per_day.least));
    }
    Interval::new(stock.least / flow_per_day.most, stock.most / flow_per_day.least)
}

/// Trains that come round the clock to a station that works some hours a day, as a fluid.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct DailyOpening {
    /// Trains an hour, round the clock.
    pub rate_per_h: f64,
    /// Hours open a day, in one piece.
    pub open_h: f64,
    /// Trains an hour served while open.
    pub service_per_h: f64,
}

/// What the fluid gives.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct DailyQueue {
    /// Trains that wait at opening.
    pub at_opening: f64,
    /// Hours from opening until none waits.
    pub cleared_h: f64,
    /// Mean wait of all trains, h.
    pub mean_wait_h: f64,
    /// Load over what the open hours can serve.
    pub utilisation: f64,
    /// The misreading: load over what could be served round the clock.
    pub naive_utilisation: f64,
}

impl DailyOpening {
    /// The queue of a day. None if the open hours cannot serve a day's trains: it grows without end.
    pub fn queue(&self) -> Option<DailyQueue> {
        let Self { rate_per_h, open_h, service_per_h } = *self;
        let sound = rate_per_h > 0.0 && (0.0..=24.0).contains(&open_h) && service_per_h.is_finite();
        let at_opening = rate_per_h * (24.0 - open_h);
        let cleared_h = at_opening / (service_per_h - rate_per_h);
        // Written so that a number that is none fails it, too.
        let clears = service_per_h > rate_per_h && cleared_h <= open_h;
        (sound && clears).then(|| DailyQueue {
            at_opening,
            cleared_h,
            // The area under a triangle over the closed hours and those until it is cleared, by train.
            mean_wait_h: at_opening * (24.0 - open_h + cleared_h) / 2.0 / (rate_per_h * 24.0),
            utilisation: rate_per_h * 24.0 / (service_per_h * open_h),
            naive_utilisation: rate_per_h / service_per_h,
        })
    }
}

fn out_of_range(what: &str, value: f64) -> BorderError {
    BorderError::OutOfRange { what: what.into(), value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stock_and_flow_are_two_ways_of_one_law() {
        let (stock_seen, dwell) = (Interval::new(60.0, 90.0).unwrap(), Interval::new(2.0, 5.0).unwrap());
        let flow = flow_per_day(stock_seen, dwell).unwrap();
        assert_eq!((flow.least, flow.most), (12.0, 45.0));
        let back = stock(flow, dwell).unwrap();
        assert!(back.least <= stock_seen.least && back.most >= stock_seen.most);
        let exact = |x| Interval::exactly(x).unwrap();
        assert_eq!(dwell_days(exact(60.0), exact(20.0)).unwrap(), exact(3.0));
        assert!(flow_per_day(stock_seen, Interval::new(0.0, 1.0).unwrap()).is_err());
        assert!(Interval::new(2.0, 1.0).is_err() && Interval::new(f64::NAN, 1.0).is_err());
    }

    #[test]
    fn a_day_that_cannot_serve_its_trains_has_no_queue_of_a_day() {
        let day = DailyOpening { rate_per_h: 1.0, open_h: 8.0, service_per_h: 3.5 };
        let q = day.queue().unwrap();
        assert!((q.at_opening - 16.0).abs() < 1e-12 && (q.cleared_h - 6.4).abs() < 1e-12);
        assert!((q.mean_wait_h - 112.0 / 15.0).abs() < 1e-12 && (q.utilisation - 6.0 / 7.0).abs() < 1e-12);
        assert!(DailyOpening { service_per_h: 2.9, ..day }.queue().is_none());
        assert!(DailyOpening { service_per_h: f64::NAN, ..day }.queue().is_none());
    }
}
