//! A count in a yard to trains and wagons a day, and back.

use super::{Told, words};
use crate::terminal::Problem;
use yalu_report::number::thousands;
use yalu_study::{Interval, flow_of_stock, stock_of_flow};

/// What a yard's count or flow comes to at a station.
#[derive(Clone, Debug)]
pub struct Counted {
    /// Index of the station.
    pub station: usize,
    /// What was asked.
    pub asked: Asked,
    /// Hours a wagon stands there: 5 to 95 of a hundred runs.
    pub dwell_h: Interval,
    /// Wagons of a train there.
    pub wagons_per_train: Interval,
    /// Wagons: a day for a stock, in the yard for a flow.
    pub wagons: Interval,
    /// The same in trains.
    pub trains: Interval,
}

/// A stock of wagons seen, or a flow of trains a day.
#[derive(Clone, Copy, Debug)]
pub enum Asked {
    /// Wagons in the yard.
    Stock(Interval),
    /// Trains a day.
    Flow(Interval),
}

/// Reads `60..75` or `60`.
pub fn interval(option: &str, text: &str) -> Result<Interval, Problem> {
    let (a, b) = text.split_once("..").unwrap_or((text, text));
    let number = |s: &str| s.trim().parse::<f64>().ok();
    number(a).zip(number(b)).and_then(|(a, b)| Interval::new(a, b)).ok_or_else(|| {
        Problem::new(format!("{option} {text} is no interval"))
            .help(format!("write the least and the greatest, as in {option} 60..75"))
    })
}

/// What was asked, over the runs: with mean dwell and train lengths between 5 and 95 of a hundred runs.
pub fn counted(told: &Told, asked: Asked) -> Result<Counted, Problem> {
    let stands = || told.runs.central.stays.iter();
    let station = match told.station {
        Some(s) => s,
        // The one at which wagons stand longest: where a picture from above shows them.
        None => stands().max_by(|a, b| a.stock.total_cmp(&b.stock)).map_or(0, |s| s.station),
    };
    let of = |value: fn(&yalu_study::Stand) -> f64| {
        let all = told.runs.all().iter().filter_map(|m| m.stays.iter().find(|s| s.station == station));
        let band = yalu_study::band(all.filter(|s| s.wagons > 0).map(value))?;
        Interval::new(band.p05, band.p95)
    };
    let name = words::station(&told.corridor, station).to_string();
    let none = || {
        Problem::new(format!("no wagon stood at {name} in the period"))
            .help("name another with --station, or another period")
    };
    let dwell_h = of(|s| s.hours).ok_or_else(none)?;
    let per_train = of(|s| s.wagons as f64 / s.trains.max(1) as f64).ok_or_else(none)?;
    let (wagons, trains) = match asked {
        Asked::Stock(stock) => {
            let wagons = flow_of_stock(stock, dwell_h).ok_or_else(none)?;
            let trains = Interval { low: wagons.low / per_train.high, high: wagons.high / per_train.low };
            (wagons, trains)
        }
        Asked::Flow(flow) => {
            let trains = stock_of_flow(flow, dwell_h);
            let wagons = Interval { low: trains.low * per_train.low, high: trains.high * per_train.high };
            (wagons, trains)
        }
    };
    Ok(Counted { station, asked, dwell_h, wagons_per_train: per_train, wagons, trains })
}

fn range(x: Interval, decimals: usize) -> String {
    if (x.high - x.low).abs() < 0.5 * 10_f64.powi(-(decimals as i32)) {
        thousands(x.high, decimals)
    } else {
        format!("{} to {}", thousands(x.low, decimals), thousands(x.high, decimals))
    }
}

/// The answer in words.
pub(super) fn facts(told: &Told, x: &Counted) -> Vec<(String, String)> {
    let name = words::station(&told.corridor, x.station);
    let dwell = format!("each stands {} h, {} wagons a train", range(x.dwell_h, 1), range(x.wagons_per_train, 1));
    let ways = "Counts trains of both ways and loaded as well as empty cuts, once for each stay.";
    match x.asked {
        Asked::Stock(stock) => vec![(
            "Stock to flow".into(),
            format!(
                "{} wagons at {name}: {} wagons a day, {} trains a day through it ({dwell}). {ways}",
                range(stock, 0),
                range(x.wagons, 1),
                range(x.trains, 2)
            ),
        )],
        Asked::Flow(flow) => vec![(
            "Flow to stock".into(),
            format!(
                "{} trains a day through {name}: {} wagons in {} trains stand there on the mean ({dwell}). {ways}",
                range(flow, 2),
                range(x.wagons, 1),
                range(x.trains, 2)
            ),
        )],
    }
}
