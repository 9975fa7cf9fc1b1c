//! What many runs give: a median with its doubt.

use crate::digits::{NOT_ANSWERED, beside};
use crate::rich::{Rich, Run};
use crate::unit::Unit;
use schemars::JsonSchema;
use serde::{Serialize, Serializer};
use yalu_score::quantile;

/// Where the values of many cases lie: the 5th, 25th, 50th, 75th and 95th of a hundred.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Band {
    /// 5 % lie below.
    pub p05: f64,
    /// 25 % lie below.
    pub p25: f64,
    /// Half lie below.
    pub p50: f64,
    /// 75 % lie below.
    pub p75: f64,
    /// 95 % lie below.
    pub p95: f64,
}

impl Band {
    /// The band of some values; none without any.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Option<Band> {
        let mut v: Vec<f64> = values.into_iter().collect();
        v.sort_by(f64::total_cmp);
        let at = |p: f64| quantile(&v, p);
        Some(Band { p05: at(0.05)?, p25: at(0.25)?, p50: at(0.5)?, p75: at(0.75)?, p95: at(0.95)? })
    }

    /// Names of its ends in data, in order.
    pub const ENDS: [&'static str; 5] = ["p05", "p25", "p50", "p75", "p95"];

    /// Its ends, in order.
    pub fn ends(self) -> [f64; 5] {
        [self.p05, self.p25, self.p50, self.p75, self.p95]
    }

    /// All ends divided, as when dollars become millions of them.
    #[must_use]
    pub fn per(self, divisor: f64) -> Band {
        let Band { p05, p25, p50, p75, p95 } = self;
        Band { p05: p05 / divisor, p25: p25 / divisor, p50: p50 / divisor, p75: p75 / divisor, p95: p95 / divisor }
    }

    /// Whether all ends are numbers that can be drawn.
    pub fn known(&self) -> bool {
        self.ends().iter().all(|v| v.is_finite())
    }

    /// The median with its unit, and 5 to 95 % in brackets: `74,200 t (23,500 – 130,000)`; ends that read alike stand once.
    pub fn write(self, unit: Unit) -> String {
        if self.p05 == self.p95 { unit.write(self.p50) } else { self.ranged(unit, |digits| unit.after(digits)) }
    }

    /// The same without its unit, for a place that names it; a share keeps its sign.
    pub fn bare(self, unit: Unit) -> String {
        match unit {
            Unit::Share => self.write(unit),
            _ if self.p05 == self.p95 => unit.bare(self.p50),
            _ => self.ranged(unit, |digits| digits),
        }
    }

    fn ranged(self, unit: Unit, after: impl Fn(String) -> String) -> String {
        let ends = [self.p05, self.p50, self.p95].map(|x| x * unit.factor());
        let [low, middle, high] = beside(ends, ends[2] - ends[0]);
        let alike = low == high;
        let middle = after(middle);
        if alike { middle } else { format!("{middle} ({low} – {high})") }
    }
}

/// What runs give, each of them or some: the band of those that define it, and how many of how many they are. It is made
/// from the runs' values alone, so that no caller can leave out in how many of them there was none.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Estimate {
    band: Option<Band>,
    defined: u32,
    runs: u32,
}

impl Estimate {
    /// From one value a run; none where the run does not define it, such as the day of a recovery that did not come.
    pub fn of(values: impl IntoIterator<Item = Option<f64>>) -> Estimate {
        let mut runs = 0;
        let defined: Vec<f64> = values.into_iter().inspect(|_| runs += 1).flatten().collect();
        Estimate { defined: defined.len() as u32, band: Band::of(defined), runs }
    }

    /// From one value a run, where every run defines it.
    pub fn of_all(values: impl IntoIterator<Item = f64>) -> Estimate {
        Estimate::of(values.into_iter().map(Some))
    }

    /// The band of the runs that define it; none where no run does.
    pub fn band(&self) -> Option<Band> {
        self.band
    }

    /// The median of the runs that define it; not a number where none does, and then no comparison with it holds.
    pub fn p50(&self) -> f64 {
        self.band.map_or(f64::NAN, |b| b.p50)
    }

    /// 5 % of the runs that define it lie below; not a number where none does.
    pub fn p05(&self) -> f64 {
        self.band.map_or(f64::NAN, |b| b.p05)
    }

    /// 95 % of the runs that define it lie below; not a number where none does.
    pub fn p95(&self) -> f64 {
        self.band.map_or(f64::NAN, |b| b.p95)
    }

    /// Runs that define it.
    pub fn defined(&self) -> u32 {
        self.defined
    }

    /// Runs in all.
    pub fn runs(&self) -> u32 {
        self.runs
    }

    /// The estimate divided, as when dollars become millions of them.
    #[must_use]
    pub fn per(self, divisor: f64) -> Estimate {
        Estimate { band: self.band.map(|b| b.per(divisor)), ..self }
    }

    /// The estimate with its unit and its doubt: `74,200 t (23,500 – 130,000)`, `41 days (33 – 55) in 4 of 20 runs`. One
    /// run has no band.
    pub fn write(&self, unit: Unit) -> String {
        self.told(|b| b.write(unit))
    }

    /// The same without its unit, for a place that names it; a share keeps its sign.
    pub fn bare(&self, unit: Unit) -> String {
        self.told(|b| b.bare(unit))
    }

    /// The same for a difference: more is marked with a plus.
    pub fn signed(&self, unit: Unit) -> String {
        self.told(|b| format!("{}{}", if b.p50 > 0.0 { "+" } else { "" }, b.write(unit)))
    }

    /// The same as a stretch of a sentence on a page.
    pub fn rich(&self, unit: Unit) -> Rich {
        match self.band {
            Some(_) => vec![Run::Band(self.write(unit))],
            None => vec![Run::NotAnswered(self.missing())],
        }
    }

    fn told(&self, write: impl Fn(Band) -> String) -> String {
        let Some(band) = self.band else { return self.missing() };
        let text = write(band);
        if self.defined == self.runs { text } else { format!("{text} in {} of {} runs", self.defined, self.runs) }
    }

    fn missing(&self) -> String {
        if self.runs == 0 { NOT_ANSWERED.to_owned() } else { format!("in none of {}", Unit::Runs.count(self.runs)) }
    }
}

/// How an estimate stands in data.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Estimate")]
struct Data {
    /// 5 % of the runs that define it lie below; null where none does, as all that follow.
    p05: Option<f64>,
    /// 25 % lie below.
    p25: Option<f64>,
    /// The median.
    p50: Option<f64>,
    /// 75 % lie below.
    p75: Option<f64>,
    /// 95 % lie below.
    p95: Option<f64>,
    /// Runs that define it.
    defined: u32,
    /// Runs in all.
    runs: u32,
}

impl Serialize for Estimate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let [p05, p25, p50, p75, p95] = self.band.map_or([None; 5], |band| band.ends().map(Some));
        Data { p05, p25, p50, p75, p95, defined: self.defined, runs: self.runs }.serialize(serializer)
    }
}

impl JsonSchema for Estimate {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Estimate".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Data::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_goes_straight_between_values_and_ignores_their_order() {
        let b = Band::of([3.0, 1.0, 2.0, 5.0, 4.0]).unwrap();
        assert_eq!((b.p25, b.p50, b.p75), (2.0, 3.0, 4.0));
        assert!((b.p05 - 1.2).abs() < 1e-12 && (b.p95 - 4.8).abs() < 1e-12);
        assert_eq!(Band::of([7.0]).unwrap().p95, 7.0);
        assert_eq!(Band::of([]), None);
    }

    #[test]
    fn bands_are_as_fine_as_they_are_narrow() {
        let band = |p50, p05, p95| Band { p05, p25: p05, p50, p75: p95, p95 };
        assert_eq!(band(74_213.0, 23_480.0, 130_040.0).write(Unit::Tonnes), "74,200\u{202f}t (23,500 – 130,000)");
        assert_eq!(band(41.2, 33.4, 55.1).write(Unit::Days), "41\u{a0}days (33 – 55)");
        assert_eq!(band(1.04, 0.9, 1.2).write(Unit::Number), "1.04 (0.90 – 1.20)");
        assert_eq!(band(0.28, 0.18, 0.36).write(Unit::Share), "28\u{202f}% (18 – 36)");
        assert_eq!(band(39.0, -1.2, 78.4).bare(Unit::Musd), "39 (\u{2212}1 – 78)");
        assert_eq!(band(74_213.0, 74_210.0, 74_219.0).write(Unit::Tonnes), "74,200\u{202f}t");
        assert_eq!(band(0.0, 0.0, 0.0).write(Unit::Tonnes), "0\u{202f}t");
    }

    #[test]
    fn an_estimate_prints_its_own_doubt() {
        let some = |n: u32| Estimate::of((0..20).map(|i| (i < n).then(|| f64::from(i) + 30.0)));
        assert_eq!(some(4).write(Unit::Days), "31.5\u{a0}days (30.1 – 32.9) in 4 of 20 runs");
        assert_eq!(some(1).write(Unit::Days), "30\u{a0}days in 1 of 20 runs");
        assert_eq!(some(0).write(Unit::Days), "in none of 20\u{a0}runs");
        assert_eq!(Estimate::of_all([41.0]).write(Unit::Days), "41\u{a0}days");
        assert_eq!(Estimate::of_all([]).write(Unit::Days), "not answered");
        assert_eq!(Estimate::of_all([2.0, 2.0]).signed(Unit::Hours), "+2\u{202f}h");
        assert!(some(0).p50().is_nan() && some(4).p95() > 32.0);
    }

    #[test]
    fn data_say_in_how_many_runs() {
        let value = serde_json::to_value(Estimate::of([Some(1.0), None])).unwrap();
        assert_eq!(value, serde_json::json!({"p05":1.0,"p25":1.0,"p50":1.0,"p75":1.0,"p95":1.0,"defined":1,"runs":2}));
        assert_eq!(serde_json::to_value(Estimate::of([None])).unwrap()["p50"], serde_json::Value::Null);
    }
}
