//! Capacity as tables for the terminal.

use super::{Told, agreement, worked};
use yalu_capacity::{Scheme, Working};
use yalu_report::number::{percent, thousands};
use yalu_report::{Align, TextTable};
use yalu_study::CapacityStudy;

/// New loops told at most.
const LOOPS_TOLD: usize = 5;

/// All tables of a line.
pub fn all(told: &Told, study: &CapacityStudy) -> Vec<TextTable> {
    let mut out = vec![cycles(study), trains(study), platoons(study)];
    out.extend(windows(study));
    out.extend(new_loops(told, study));
    out.extend(short_loops(study));
    out.push(volumes(study));
    out
}

fn left(s: &str) -> (String, Align) {
    (s.into(), Align::Left)
}

fn right(s: &str) -> (String, Align) {
    (s.into(), Align::Right)
}

/// A section's name, marked where it binds.
fn marked(study: &CapacityStudy, at: usize) -> String {
    let name = &study.capacity.sections[at].name;
    if at == study.capacity.binding { format!("{name} ← binds") } else { name.clone() }
}

fn cycles(study: &CapacityStudy) -> TextTable {
    let rows = study.capacity.sections.iter().enumerate().map(|(at, s)| {
        let mut row = vec![marked(study, at)];
        match &s.working {
            Working::Single(w) => {
                row.extend(w.schemes.map(|x| thousands(x.cycle_s, 0)));
                row.push(thousands(w.chosen.cycle_s, 0));
                row.push(
                    match w.chosen.scheme {
                        Scheme::EnteringPass => "entering pass",
                        Scheme::LeavingPass => "leaving pass",
                        Scheme::OutPasses => "out passes",
                        Scheme::BackPasses => "back passes",
                    }
                    .into(),
                );
            }
            Working::Double { out_per_day, back_per_day } => {
                row.extend(std::iter::repeat_n(String::new(), 4));
                let slower = out_per_day.min(*back_per_day);
                let open_s = 86_400.0 - s.occupancy.closed_s;
                row.push(if slower > 0.0 { thousands(open_s / slower, 0) } else { String::new() });
                row.push("two tracks: headway".into());
            }
        }
        row
    });
    TextTable {
        title: "Cycle of a pair by section, s: four ways of clearing it".into(),
        columns: vec![
            left(""),
            right("entering pass"),
            right("leaving pass"),
            right("out passes"),
            right("back passes"),
            right("chosen"),
            left("by"),
        ],
        rows: rows.collect(),
        note: "entering pass: both trains pass as they enter the section and stop as they leave it; the smallest is chosen; \
               at its ends the line's trains always start or stop"
            .into(),
    }
}

fn trains(study: &CapacityStudy) -> TextTable {
    let rows = study.capacity.sections.iter().zip(&study.sections).enumerate().map(|(at, (s, more))| {
        let alone = more.alone.as_ref();
        vec![
            marked(study, at),
            thousands(s.bound.pairs_per_day, 1),
            thousands(s.bound.trains_per_day, 1),
            thousands(s.scott_trains_per_day, 1),
            percent(more.occupancy),
            thousands(s.bound.net_t_out_per_day + s.bound.net_t_back_per_day, 0),
            thousands(s.bound.net_mt_per_year, 1),
            alone.map_or_else(String::new, |a| thousands(a.closed_form, 1)),
            alone.map_or_else(String::new, |a| thousands(a.line.trains_per_day(), 1)),
            alone.map_or_else(String::new, |a| match worked(a.worked) {
                w if w.is_empty() || matches!(s.working, Working::Double { .. }) => agreement(a.agreement),
                w => format!("{}, {w}", agreement(a.agreement)),
            }),
        ]
    });
    TextTable {
        title: "Trains and tonnes a day by section".into(),
        columns: vec![
            left(""),
            right("pairs"),
            right("trains"),
            right("Scott"),
            right("used"),
            right("net t"),
            right("Mt/yr"),
            right("alone"),
            right("simulated"),
            left(""),
        ],
        rows: rows.collect(),
        note: "trains, Scott, alone, simulated: both ways; used: occupancy by today's trains; alone: closed form of the section \
               as a line of its own, where each train starts and stops, and that line simulated full"
            .into(),
    }
}

fn platoons(study: &CapacityStudy) -> TextTable {
    let rows = study.capacity.platoons.iter().map(|p| {
        vec![
            p.trains_each_way.to_string(),
            thousands(p.pairs_per_day, 1),
            thousands(2.0 * p.pairs_per_day, 1),
            study.capacity.sections[p.binding].name.clone(),
            if p.stations_hold { "yes" } else { "no" }.into(),
        ]
    });
    TextTable {
        title: "Platoons on the whole line".into(),
        columns: vec![right("each way"), right("pairs"), right("trains"), left("binds"), left("stations hold them")],
        rows: rows.collect(),
        note: "a station holds k trains with k tracks for them and one more".into(),
    }
}

fn windows(study: &CapacityStudy) -> Vec<TextTable> {
    let table = |w: &yalu_study::SectionWindows| TextTable {
        title: format!("Directional windows, {}", study.capacity.sections[w.section].name),
        columns: vec![
            right("window h"),
            right("trains in it out"),
            right("back"),
            right("trains a day both ways"),
            right("pairs"),
            right("lost to clearing"),
            right("mean wait min"),
        ],
        rows: w
            .plans
            .iter()
            .map(|p| {
                vec![
                    thousands(p.window_out_s / 3600.0, 0),
                    p.trains_out.to_string(),
                    p.trains_back.to_string(),
                    thousands(p.trains_per_day(), 1),
                    thousands(p.pairs_per_day(), 1),
                    percent(p.clearing_share),
                    thousands((p.wait_out_s + p.wait_back_s) / 120.0, 0),
                ]
            })
            .collect(),
        note: "equal windows in turns all day; wait: of a train that comes at any time, for its next window alone"
            .into(),
    };
    study.windows.iter().map(table).collect()
}

fn new_loops(told: &Told, study: &CapacityStudy) -> Option<TextTable> {
    let mut loops: Vec<_> = study.capacity.one_more_loop.iter().filter(|l| l.gain_pairs_per_day > 0.005).collect();
    loops.sort_by(|a, b| b.gain_pairs_per_day.total_cmp(&a.gain_pairs_per_day));
    let rows = loops.iter().take(LOOPS_TOLD).map(|l| {
        vec![
            study.input.sections[l.section].name.clone(),
            thousands(told.length_km(study, l.section) * l.length_share, 1),
            thousands(study.capacity.sections[l.capacity].bound.pairs_per_day, 1),
            thousands(l.section_pairs_per_day, 1),
            thousands(l.line_after.pairs_per_day, 1),
            format!("+{}", thousands(l.gain_pairs_per_day, 2)),
        ]
    });
    let rows: Vec<_> = rows.collect();
    let title = "What one more loop is worth, pairs a day".to_string();
    (!rows.is_empty()).then(|| TextTable {
        title,
        columns: vec![
            left("in"),
            right("km from its first station"),
            right("section now"),
            right("with it"),
            right("line with it"),
            right("gain"),
        ],
        rows,
        note: "at the best place; the line gains only until the next section binds".into(),
    })
}

fn short_loops(study: &CapacityStudy) -> Option<TextTable> {
    let c = &study.capacity;
    let rows: Vec<Vec<String>> = c
        .short_loops
        .iter()
        .map(|s| {
            let gain = c.longer_loops.iter().find(|l| l.station == s.station);
            vec![
                s.name.clone(),
                thousands(s.meets_up_to_m, 0),
                if s.merges { "yes" } else { "no" }.into(),
                gain.map_or_else(String::new, |g| format!("+{}", thousands(g.gain_pairs_per_day, 2))),
            ]
        })
        .collect();
    (!rows.is_empty()).then(|| TextTable {
        title: format!("Stations where two trains of {} m cannot meet", thousands(study.input.train_length_m, 0)),
        columns: vec![left(""), right("meets up to m"), left("makes its sections one"), right("pairs a day if longer")],
        rows,
        note: "beside double track trains meet without a loop".into(),
    })
}

fn volumes(study: &CapacityStudy) -> TextTable {
    let minutes = |s: f64| thousands(s / 60.0, 1);
    let rows = study.volumes.volumes.iter().map(|v| {
        let delay = v.line.delay_s.filter(|_| v.carried);
        let mut row = vec![
            percent(v.share),
            thousands(2.0 * v.line.asked_per_day, 1),
            format!("{} + {}", thousands(v.line.arrived_per_day[0], 1), thousands(v.line.arrived_per_day[1], 1)),
        ];
        row.extend(delay.map_or_else(|| [0; 3].map(|_| String::new()), |d| d.map(minutes)));
        row.push(if v.carried { String::new() } else { "not carried: delay grows".into() });
        row
    });
    TextTable {
        title: "Delay over volume, minutes a train".into(),
        columns: vec![
            right("of the bound"),
            right("trains a day"),
            right("arrived out + back"),
            right("mean"),
            right("P50"),
            right("P90"),
            left(""),
        ],
        rows: rows.collect(),
        note:
            "reference trains alone, ready at any moment of even intervals; delay against a run that nothing hinders; \
               up to the first volume the line does not carry"
                .into(),
    }
}
