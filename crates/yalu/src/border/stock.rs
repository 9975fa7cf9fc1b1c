//! A count in a yard to trains and wagons a day, and back.

use super::{Told, words};
use crate::terminal::Problem;
use yalu_border::flow::{Interval, flow_per_day, stock};
use yalu_report::number::thousands;

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
    number(a).zip(number(b)).and_then(|(a, b)| between(a, b)).ok_or_else(|| {
        Problem::new(format!("{option} {text} is no interval"))
            .help(format!("write the least and the greatest, as in {option} 60..75"))
    })
}

/// An interval, whichever end is given first.
fn between(a: f64, b: f64) -> Option<Interval> {
    Interval::new(a.min(b), a.max(b)).ok()
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
        let band = yalu_number::Band::of(all.filter(|s| s.wagons > 0).map(value))?;
        between(band.p05, band.p95)
    };
    let name = words::station(&told.corridor, station).to_string();
    let none = || {
        Problem::new(format!("no wagon stood at {name} in the period"))
            .help("name another with --station, or another period")
    };
    let dwell_h = of(|s| s.hours).ok_or_else(none)?;
    let per_train = of(|s| s.wagons as f64 / s.trains.max(1) as f64).ok_or_else(none)?;
    let days = Interval { least: dwell_h.least / 24.0, most: dwell_h.most / 24.0 };
    let (wagons, trains) = match asked {
        Asked::Stock(seen) => {
            let wagons = flow_per_day(seen, days).map_err(|_| none())?;
            let trains = Interval { least: wagons.least / per_train.most, most: wagons.most / per_train.least };
            (wagons, trains)
        }
        Asked::Flow(flow) => {
            let trains = stock(flow, days).map_err(|_| none())?;
            let wagons = Interval { least: trains.least * per_train.least, most: trains.most * per_train.most };
            (wagons, trains)
        }
    };
    Ok(Counted { station, asked, dwell_h, wagons_per_train: per_train, wagons, trains })
}

fn range(x: Interval, decimals: usize) -> String {
    if (x.most - x.least).abs() < 0.5 * 10_f64.powi(-(decimals as i32)) {
        thousands(x.most, decimals)
    } else {
        format!("{} to {}", thousands(x.least, decimals), thousands(x.most, decimals))
    }
}

/// The answer in words.
pub(super) fn facts(told: &Told, x: &Counted) -> Vec<(String, String)> {
    let name = words::station(&told.corridor, x.station);
    let dwell = format!("each stands {} h, {} wagons a train", range(x.dwell_h, 1), range(x.wagons_per_train, 1));
    let ways = "Counts trains of both ways and loaded as well as empty cuts, once for each stay.";
    match x.asked {
        Asked::Stock(seen) => vec![(
            "Stock to flow".into(),
            format!(
                "{} wagons at {name}: {} wagons a day, {} trains a day through it ({dwell}). {ways}",
                range(seen, 0),
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
