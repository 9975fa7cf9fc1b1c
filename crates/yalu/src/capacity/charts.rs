//! Capacity consumed and delay over volume, as charts.

use super::Told;
use yalu_capacity::DAY_S;
use yalu_chart::{CapacityBars, Caption, Colour, DelayVolume, SectionUse, VolumeCurve, VolumeMark, VolumePoint};
use yalu_report::number::thousands;
use yalu_study::{CapacityStudy, TOLERANCE};

/// Colours of lines, one after another.
const COLOURS: [Colour; 6] = [Colour::Rail, Colour::Road, Colour::Sea, Colour::Quanhe, Colour::Jian, Colour::Tumen];

/// How each section of line spends its day today.
pub fn bars(told: &Told) -> CapacityBars {
    let mut sections = Vec::new();
    for study in &told.studies {
        for (at, (s, more)) in study.capacity.sections.iter().zip(&study.sections).enumerate() {
            let o = s.occupancy;
            let others =
                study.others.iter().filter(|x| x.stretches.0 <= s.last_section && s.first_section < x.stretches.1);
            let (mut down, mut up) = (study.pairs_today, study.pairs_today);
            for x in others {
                let (mine, other) = if x.along { (&mut down, &mut up) } else { (&mut up, &mut down) };
                *mine += x.per_day;
                *other += if x.both_ways { x.per_day } else { 0.0 };
            }
            sections.push(SectionUse {
                name: if told.studies.len() > 1 {
                    format!("{}: {}", told.service(study), s.name)
                } else {
                    s.name.clone()
                },
                running: (o.running_s + more.others_s) / DAY_S,
                setting: o.route_setting_s / DAY_S,
                stops: o.stops_s / DAY_S,
                closed: o.closed_s / DAY_S,
                trains_down: down,
                trains_up: up,
                capacity: more.alone.as_ref().map(|a| a.closed_form).or(Some(s.bound.trains_per_day)),
                simulated: more.alone.as_ref().map(|a| a.line.trains_per_day()),
                binding: at == study.capacity.binding,
            });
        }
    }
    let binding: Vec<String> =
        told.studies.iter().map(|s| s.capacity.sections[s.capacity.binding].name.clone()).collect();
    CapacityBars {
        caption: Caption {
            title: format!("{}: {} binds", told.corridor.title, binding.join("; ")),
            subtitle: "Share of the day each section is taken by today's trains; trains a day, both ways".into(),
            foot: "Capacity: closed form of the section on its own, all trains like the reference train; mark: the same section simulated full. Other trains are in the running.".into(),
            shown: true,
        },
        sections,
        tolerance: TOLERANCE,
    }
}

/// Delay a train over trains a day.
pub fn volumes(told: &Told) -> DelayVolume {
    let curve = |(i, study): (usize, &CapacityStudy)| VolumeCurve {
        name: told.service(study).to_string(),
        colour: COLOURS[i % COLOURS.len()],
        points: study
            .volumes
            .volumes
            .iter()
            .map(|v| {
                let delay = v.delay_s.filter(|_| v.carried).map(|b| b.per(60.0));
                VolumePoint { trains: 2.0 * v.line.asked_per_day, delay }
            })
            .collect(),
    };
    let mark = |study: &CapacityStudy| {
        let trains = study.capacity.bound.trains_per_day;
        let name = if told.studies.len() > 1 { format!("{}: ", told.service(study)) } else { String::new() };
        VolumeMark { trains, text: format!("{name}closed form, {}", thousands(trains, 0)), bound: true }
    };
    DelayVolume {
        caption: Caption {
            title: format!("{}: delay as more trains run", told.corridor.title),
            subtitle: "Delay of a train at the end of its run, minutes, both ways; line: half of trains, bands: 25 – 75 and 5 – 95 %".into(),
            foot: "Simulated: reference trains alone, ready at any moment of even intervals. Volumes the line does not carry have no delay: it grows without end.".into(),
            shown: true,
        },
        curves: told.studies.iter().enumerate().map(curve).collect(),
        marks: told.studies.iter().map(mark).collect(),
        tolerated_min: Some(told.tolerated_min),
    }
}
