//! Capacity consumed and delay over volume, drawn from their view.

use yalu_chart::{CapacityBars, Caption, Colour, DelayVolume, SectionUse, VolumeCurve, VolumeMark, VolumePoint};
use yalu_number::Unit;
use yalu_view::capacity::{Capacity, LineCapacity, Section};

/// Colours of lines, one after another.
const COLOURS: [Colour; 6] = [Colour::Rail, Colour::Road, Colour::Sea, Colour::Plum, Colour::Olive, Colour::Brown];

/// What a line is called where there are several.
fn prefix(view: &Capacity, line: &LineCapacity) -> String {
    if view.lines.len() > 1 { format!("{}: ", line.service) } else { String::new() }
}

/// How each section of line spends its day today.
pub fn sections(view: &Capacity) -> CapacityBars {
    let one = |line: &LineCapacity, s: &Section| SectionUse {
        name: format!("{}{}", prefix(view, line), s.name),
        running: s.day.running_share,
        setting: s.day.route_setting_share,
        stops: s.day.stops_share,
        closed: s.day.closed_share,
        trains_down: s.day.trains_out,
        trains_up: s.day.trains_back,
        capacity: Some(s.alone.as_ref().map_or(s.bound.trains_per_day, |a| a.closed_form_trains_per_day)),
        simulated: s.alone.as_ref().map(|a| a.simulated.trains_per_day),
        binding: s.binding,
    };
    let binding: Vec<&str> = view.lines.iter().map(|l| l.binding.as_str()).collect();
    CapacityBars {
        caption: Caption {
            title: format!("{}: {} binds", view.head.title, binding.join("; ")),
            subtitle: "Share of the day each section is taken by today's trains; trains a day, both ways".into(),
            foot: "Capacity: closed form of the section on its own, all trains like the reference train; mark: the same section simulated full. Other trains are in the running.".into(),
            shown: true,
        },
        sections: view.lines.iter().flat_map(|l| l.sections.iter().map(move |s| one(l, s))).collect(),
        tolerance: view.tolerance,
    }
}

/// Delay a train over trains a day.
pub fn volumes(view: &Capacity) -> DelayVolume {
    let curve = |(i, line): (usize, &LineCapacity)| VolumeCurve {
        name: line.service.clone(),
        colour: COLOURS[i % COLOURS.len()],
        points: line
            .delay_volume
            .volumes
            .iter()
            .map(|v| VolumePoint { trains: 2.0 * v.line.asked_per_day_each_way, delay: v.delay_min })
            .collect(),
    };
    let mark = |line: &LineCapacity| {
        let trains = line.bound.trains_per_day;
        let text = format!("{}closed form, {}", prefix(view, line), Unit::Number.write(trains));
        VolumeMark { trains, text, bound: true }
    };
    DelayVolume {
        caption: Caption {
            title: format!("{}: delay as more trains run", view.head.title),
            subtitle: "Delay of a train at the end of its run, minutes, both ways; line: half of trains, bands: 25 – 75 and 5 – 95 %".into(),
            foot: "Simulated: reference trains alone, ready at any moment of even intervals. Volumes the line does not carry have no delay: it grows without end.".into(),
            shown: true,
        },
        curves: view.lines.iter().enumerate().map(curve).collect(),
        marks: view.lines.iter().map(mark).collect(),
        tolerated_min: Some(view.tolerated_min),
    }
}
