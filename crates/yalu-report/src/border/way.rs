//! Cumulative time and cost against distance, from loading to release.

use yalu_chart::{Caption, Colour, TimeCost, TimeCostPlace, TimeCostPoint};
use yalu_number::{Unit, percent};
use yalu_view::border::Way;

/// Time and cost along a rail route.
pub fn way(w: &Way) -> TimeCost {
    let cost = match w.tariff_and_day_usd_per_t {
        Some((tariff, day)) => format!(
            "Cost: the route’s tariff ({}, the scenario gives it for the whole way) spread over its km, and {} a day that \
             goods lose by waiting, weighed by what crossed. Border charges are not in the scenario and left out.",
            Unit::UsdPerTonne.write(tariff),
            Unit::UsdPerTonne.write(day)
        ),
        None => "Cost: the scenario gives none that applies, and none is drawn.".into(),
    };
    let point = |s: &yalu_view::border::Stop| TimeCostPoint {
        km: s.km,
        hours: s.hours,
        cost: s.usd_per_t,
        what: s.what.clone(),
        stop: s.stands,
    };
    TimeCost {
        caption: Caption {
            title: format!(
                "{}: {} in {}, {} of it standing",
                w.title,
                Unit::Kilometres.write(w.km),
                Unit::Hours.write(w.hours),
                percent(if w.hours > 0.0 { w.standing_h / w.hours } else { 0.0 })
            ),
            subtitle: "Hours, and cost, from the begin of loading to release, against distance (time-cost-distance after ESCAP); steps are stops".into(),
            foot: format!("Central run, mean of loaded trains; steps that fewer than half of them go through are left out. {cost}"),
            shown: true,
        },
        colour: Colour::Rail,
        cost_unit: Unit::UsdPerTonne.name().into(),
        places: w.places.iter().map(|p| TimeCostPlace { km: p.km, name: p.title.clone() }).collect(),
        points: w.stops.iter().map(point).collect(),
    }
}
