//! What is ordered on a day: stocks of consignees, the end of the year, the New Year.

use std::f64::consts::PI;

/// Share of orders left at the New Year.
const NEW_YEAR_LEFT: f64 = 0.1;
/// Days before the New Year over which half of what it stops is ordered early (assumed).
const EARLY_DAYS: f64 = 30.0;
/// Month at whose middle the year-end rise is highest: November.
const RISE_PEAK: f64 = 11.0;
/// Days over which consignees fill up their stocks (assumed).
const REFILL_DAYS: f64 = 90.0;

/// What the consignees of a good have.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Stock {
    tonnes: f64,
}

impl Stock {
    /// As much as so many days use.
    pub fn of(days: f64, tonnes_per_day: f64) -> Self {
        Self { tonnes: days * tonnes_per_day }
    }

    /// Goods come to them.
    pub fn add(&mut self, tonnes: f64) {
        self.tonnes += tonnes;
    }

    /// A day uses what is asked for, as far as it is there; ordered is what was asked for and a part of what the stock
    /// of so many days lacks. A stock too large lessens orders by half at most.
    pub fn order(&mut self, asked: f64, days: f64) -> f64 {
        if days <= 0.0 {
            return asked;
        }
        self.tonnes -= asked.min(self.tonnes);
        asked + ((asked * days - self.tonnes) / REFILL_DAYS).max(-asked * 0.5)
    }
}

/// Factor of the season of plans and licences: it rises to November and falls to May.
pub fn year_end_factor(rise: f64, date: (i16, i8, i8), days_in_month: u8) -> f64 {
    let into_month = f64::from(date.2 - 1) / f64::from(days_in_month);
    let turn = 2.0 * PI * (f64::from(date.1) + into_month - 0.5 - RISE_PEAK) / 12.0;
    1.0 + rise * libm::cos(turn)
}

/// Factor of the New Year: next to nothing on its days of rest, of which a third lie before it, and more before them.
pub fn new_year_factor(rest: f64, days_to_it: Option<i16>) -> f64 {
    let Some(to) = days_to_it.map(f64::from) else { return 1.0 };
    if rest <= 0.0 {
        1.0
    } else if to <= rest / 3.0 && to > -rest * 2.0 / 3.0 {
        NEW_YEAR_LEFT
    } else if to > rest / 3.0 && to <= rest / 3.0 + EARLY_DAYS {
        1.0 + 0.5 * (1.0 - NEW_YEAR_LEFT) * rest / EARLY_DAYS
    } else {
        1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_habits_what_is_asked_for_is_ordered() {
        let mut s = Stock::of(0.0, 5.0);
        s.add(40.0);
        // Where no stock is kept, what came lessens no order.
        assert_eq!(s.order(5.0, 0.0), 5.0);
        assert_eq!((year_end_factor(0.0, (2022, 9, 26), 30), new_year_factor(0.0, Some(0))), (1.0, 1.0));
    }

    #[test]
    fn half_of_what_the_new_year_stops_is_ordered_before_it() {
        let days: f64 = (-45..=45).map(|to| new_year_factor(12.0, Some(to)) - 1.0).sum();
        assert!((days + 0.5 * 0.9 * 12.0).abs() < 1e-9, "{days}");
    }
}
