//! What a corridor's files cannot say of its trade, as a few numbers with a meaning, a range and a source.
//!
//! Each belongs to a kind of regime, route or policy, never to one dated event: two closures of a kind share it.

use crate::TradeError;
use yalu_model::Dist;

/// How many there are.
pub const PARAMS: usize = 12;

/// One of them.
#[derive(Clone, Copy, Debug)]
pub struct Param {
    /// Short name.
    pub id: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// Its unit; empty for shares and factors.
    pub unit: &'static str,
    /// What is thought of it before any month is looked at.
    pub prior: Dist,
    /// Whether the prior is even in the logarithm.
    pub log: bool,
    /// Where the prior comes from.
    pub source: &'static str,
}

/// Index of each parameter.
pub(crate) mod at {
    pub const LEVEL: usize = 0;
    pub const YEAR_END: usize = 1;
    pub const NEW_YEAR: usize = 2;
    pub const PERMIT: usize = 3;
    pub const STANDSTILL: usize = 4;
    pub const CLIMB_SEA: usize = 5;
    pub const CLIMB_LAND: usize = 6;
    pub const STORAGE: usize = 7;
    pub const LOCKDOWN: usize = 8;
    pub const TRICKLE: usize = 9;
    pub const FILL: usize = 10;
    pub const STOCK: usize = 11;
}

/// The parameters, in the order of [`Values`].
pub const TABLE: [Param; PARAMS] = [
    Param {
        id: "demand_level",
        meaning: "factor on what is asked for of all goods in a normal month",
        unit: "",
        prior: Dist::Triangular(0.8, 1.05, 1.3),
        log: false,
        source: "assumed: the basket of trade.toml was put together by us, shares of 2022 and 2023 scaled to 2019",
    },
    Param {
        id: "year_end_rise",
        meaning: "share by which orders rise to the end of the year and fall to its middle",
        unit: "",
        prior: Dist::Uniform(0.0, 0.3),
        log: false,
        source: "assumed: plans and licences are used up before the year ends; no study of this border found",
    },
    Param {
        id: "new_year_days",
        meaning: "days around the lunar New Year on which next to nothing is ordered or hauled",
        unit: "d",
        prior: Dist::Uniform(3.0, 21.0),
        log: false,
        source: "Chinese public holiday of 7 days; works and hauliers are away for up to three weeks",
    },
    Param {
        id: "permit_level",
        meaning: "where in its range each dated limit of the state on orders lies, 0 lowest",
        unit: "",
        prior: Dist::Uniform(0.0, 1.0),
        log: false,
        source: "ranges of demand_factor in trade.toml that come with an emergency (rules.csv R03, R05)",
    },
    Param {
        id: "standstill_days",
        meaning: "days after quarantine begins on a route before orders by it come back at all",
        unit: "d",
        prior: Dist::Uniform(0.0, 90.0),
        log: false,
        source: "assumed, none to three months: rules were made and remade (rules.csv R02 to R04), and vehicles at both customs yards were down by 88 % after two months (CSIS imagery, checks.csv C10)",
    },
    Param {
        id: "climb_sea_days",
        meaning: "days in which orders by sea come back by two thirds once it runs: importers, licences, ships",
        unit: "d",
        prior: Dist::Uniform(30.0, 365.0),
        log: true,
        source: "assumed: such borders climb back over months, one to twelve",
    },
    Param {
        id: "climb_land_days",
        meaning: "the same by rail and road",
        unit: "d",
        prior: Dist::Uniform(15.0, 200.0),
        log: true,
        source: "assumed: half a month to half a year; one train a day ran from the first day in January 2022",
    },
    Param {
        id: "port_storage_t",
        meaning: "tonnes that a port can keep in quarantine; no more leaves for it while it is full",
        unit: "t",
        prior: Dist::Uniform(20_000.0, 200_000.0),
        log: true,
        source: "assumed: ten quarantine warehouses of about 90 m hold some 25,000 t at Ŭiju (38 North); a port one to eight times that",
    },
    Param {
        id: "lockdown_share",
        meaning: "share of a city's or port's capacity that is left in a lockdown",
        unit: "",
        prior: Dist::Uniform(0.0, 0.3),
        log: false,
        source: "assumed, as capacity_share of the lockdowns in regimes.csv",
    },
    Param {
        id: "trickle_share",
        meaning: "share of what is asked for that crosses all the same while every route of a country is shut",
        unit: "",
        prior: Dist::Uniform(1e-3, 4e-2),
        log: true,
        source: "exceptions reported while all was shut (reports.csv, facts.csv): three cargo flights of some 100 t in a month, or two medical trains of 30 cars in a night, of some 100,000 t asked for in a month",
    },
    Param {
        id: "wagon_fill",
        meaning: "share of a wagon's payload that is loaded",
        unit: "",
        prior: Dist::Uniform(0.5, 1.0),
        log: false,
        source: "two of four cars loaded in February 2022 (Daily NK, checks.csv C20); light goods fill space first",
    },
    Param {
        id: "stock_days",
        meaning: "days of consumption that consignees keep in stock and fill up again after a closure",
        unit: "d",
        prior: Dist::Uniform(0.0, 60.0),
        log: false,
        source: "assumed: none to two months",
    },
];

impl Param {
    /// The value below which a share `u` of the prior lies.
    pub fn at(&self, u: f64) -> f64 {
        if !self.log {
            return self.prior.at(u);
        }
        let (low, high) = (self.prior.at(0.0), self.prior.at(1.0));
        low * libm::pow(high / low, u)
    }
    /// Where in its prior a value lies, 0 to 1, by halving.
    pub fn level(&self, value: f64) -> f64 {
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..60 {
            let middle = f64::midpoint(low, high);
            if self.at(middle) < value { low = middle } else { high = middle }
        }
        high
    }
}

/// A value for each parameter.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Values(pub [f64; PARAMS]);

impl Values {
    /// Each at the share `levels` of its prior.
    pub fn at(levels: &[f64; PARAMS]) -> Self {
        let mut out = [0.0; PARAMS];
        for ((v, p), u) in out.iter_mut().zip(&TABLE).zip(levels) {
            *v = p.at(u.clamp(0.0, 1.0));
        }
        Self(out)
    }
    /// Each in the middle of its prior.
    pub fn central() -> Self {
        Self::at(&[0.5; PARAMS])
    }
    /// Each at the median of what was accepted; in the middle of its prior where nothing was.
    pub fn middle(accepted: &[Values]) -> Self {
        let mut out = Self::central();
        for (p, value) in out.0.iter_mut().enumerate() {
            let mut of: Vec<f64> = accepted.iter().map(|v| v.0[p]).collect();
            of.sort_by(f64::total_cmp);
            *value = yalu_score::quantile(&of, 0.5).unwrap_or(*value);
        }
        out
    }
    /// Whether each lies in its prior.
    pub fn check(&self) -> Result<(), TradeError> {
        for (p, v) in TABLE.iter().zip(&self.0) {
            let (low, high) = (p.at(0.0), p.at(1.0));
            crate::error::within(p.id, *v, low * (1.0 - 1e-9), high * (1.0 + 1e-9), "in the range of its prior")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_parameter_has_a_meaning_a_range_and_a_source() {
        let mut ids: Vec<&str> = TABLE.iter().map(|p| p.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), PARAMS);
        for p in &TABLE {
            assert!(p.at(0.0) < p.at(1.0) && !p.meaning.is_empty() && !p.source.is_empty(), "{}", p.id);
            assert!((p.level(p.at(0.3)) - 0.3).abs() < 1e-9, "{}", p.id);
        }
        assert!(Values::central().check().is_ok());
        let mut wide = Values::central();
        wide.0[at::STORAGE] = 1e9;
        assert!(wide.check().unwrap_err().to_string().contains("port_storage_t"));
    }
}
