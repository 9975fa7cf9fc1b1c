//! From the study of a reference train to the view of its line.

use super::{
    ComesBack, Cycles, DelayCurve, DelayVolume, Left, LineCapacity, LinePlatoon, Loaded, NewLoop, OtherTrains, Pattern,
    Platoon, Practical, Run, Saturation, Section, SectionHeld, ShortLoop, SpentDay, Throughput, Train, Volume, Window,
    Windows, Worked, Working,
};
use yalu_capacity::{self as closed, Agreement, Crossing, DAY_S, Scheme, SectionCapacity};
use yalu_model::{Corridor, PointId};
use yalu_plan::LineKind;
use yalu_study::{self as study, CapacityStudy, LoadedLine, ReferenceTrain, SectionStudy};

pub(super) fn line(c: &Corridor, s: &CapacityStudy) -> LineCapacity {
    let (r, capacity) = (&s.reference, &s.capacity);
    let ids: Vec<String> = r.points.iter().map(|p| c.line.points[*p].id.clone()).collect();
    let title = |p: Option<&PointId>| p.map_or_else(String::new, |p| c.line.points[*p].name.clone());
    let name = |at: usize| capacity.sections[at].name.clone();
    LineCapacity {
        service: c.trains.services[r.out.service].id.clone(),
        from: ids.first().cloned().unwrap_or_default(),
        from_title: title(r.points.first()),
        to: ids.last().cloned().unwrap_or_default(),
        to_title: title(r.points.last()),
        train_out: train(c, &r.out),
        train_back: train(c, &r.back),
        comes_back: match r.comes_back {
            study::ComesBack::Empty => ComesBack::Plain("empty"),
            study::ComesBack::As(id) => ComesBack::As { service: c.trains.services[id].id.clone() },
            study::ComesBack::Alike => ComesBack::Plain("assumed_alike"),
        },
        free_run_s: s.free_run_s,
        route_setting_s: s.input.route_setting_s,
        non_simultaneous_s: s.input.non_simultaneous_s,
        train_length_m: s.input.train_length_m,
        pairs_today: s.pairs_today,
        other_trains: s.others.iter().map(|o| other(c, &ids, o)).collect(),
        binding: name(capacity.binding),
        bound: throughput(&capacity.bound),
        planned: throughput(&capacity.planned),
        left: Left { pairs_per_day: s.left.0, trains_per_day: 2.0 * s.left.0, binding: name(s.left.1) },
        sections: (0..capacity.sections.len()).map(|at| section(s, at)).collect(),
        platoons: capacity
            .platoons
            .iter()
            .map(|p| LinePlatoon {
                trains_each_way: p.trains_each_way,
                pairs_per_day: p.pairs_per_day,
                trains_per_day: 2.0 * p.pairs_per_day,
                binding: name(p.binding),
                stations_hold: p.stations_hold,
            })
            .collect(),
        windows: s
            .windows
            .iter()
            .map(|w| Windows { section: name(w.section), plans: w.plans.iter().map(window).collect() })
            .collect(),
        one_more_loop: capacity
            .one_more_loop
            .iter()
            .map(|l| NewLoop {
                section: s.input.sections[l.section].name.clone(),
                km: r.length_m(c, l.section) / 1000.0 * l.length_share,
                section_pairs_per_day_now: capacity.sections[l.capacity].bound.pairs_per_day,
                section_pairs_per_day: l.section_pairs_per_day,
                line_pairs_per_day: l.line_after.pairs_per_day,
                gain_pairs_per_day: l.gain_pairs_per_day,
            })
            .collect(),
        short_loops: capacity
            .short_loops
            .iter()
            .map(|x| ShortLoop {
                station: ids.get(x.station).cloned(),
                name: x.name.clone(),
                meets_up_to_m: x.meets_up_to_m,
                merges: x.merges,
                gain_pairs_per_day: capacity
                    .longer_loops
                    .iter()
                    .find(|l| l.station == x.station)
                    .map(|l| l.gain_pairs_per_day),
            })
            .collect(),
        crossing_pattern: s.pattern.as_ref().map(|p| Pattern {
            crossings: p.crossings.iter().map(|x| crossing(*x)).collect(),
            cycle_s: p.cycle_s,
            trains_per_day: p.trains_per_day,
        }),
        saturation: s.saturation.as_ref().map(saturation),
        delay_volume: delay_volume(&s.volumes),
        stands: ids,
    }
}

fn train(c: &Corridor, t: &ReferenceTrain) -> Train {
    Train {
        locomotive: c.trains.locomotives[t.locomotive].id.clone(),
        wagon: c.trains.wagons[t.wagon].id.clone(),
        wagons: t.wagons,
        net_t: t.net_t(),
        length_m: t.length_m,
    }
}

fn other(c: &Corridor, ids: &[String], o: &study::OtherTrains) -> OtherTrains {
    OtherTrains {
        id: match o.kind {
            LineKind::Service(s) => c.trains.services[s].id.clone(),
            LineKind::Traffic(row) => c.line.traffic.get(row as usize).map_or_else(String::new, |t| t.id.clone()),
        },
        per_day: o.per_day,
        both_ways: o.both_ways,
        from: ids.get(o.stretches.0).cloned(),
        to: ids.get(o.stretches.1).cloned(),
    }
}

fn throughput(t: &closed::Throughput) -> Throughput {
    Throughput {
        pairs_per_day: t.pairs_per_day,
        trains_per_day: t.trains_per_day,
        net_t_out_per_day: t.net_t_out_per_day,
        net_t_back_per_day: t.net_t_back_per_day,
        net_mt_per_year: t.net_mt_per_year,
    }
}

fn window(p: &closed::WindowPlan) -> Window {
    Window {
        window_s: p.window_out_s,
        trains_out: p.trains_out,
        trains_back: p.trains_back,
        pairs_per_day: p.pairs_per_day(),
        trains_per_day: p.trains_per_day(),
        clearing_share: p.clearing_share,
        wait_out_s: p.wait_out_s,
        wait_back_s: p.wait_back_s,
    }
}

fn scheme(s: Scheme) -> &'static str {
    match s {
        Scheme::EnteringPass => "entering_pass",
        Scheme::LeavingPass => "leaving_pass",
        Scheme::OutPasses => "out_passes",
        Scheme::BackPasses => "back_passes",
    }
}

fn crossing(x: Crossing) -> &'static str {
    match x {
        Crossing::OutStands => "out_stands",
        Crossing::BackStands => "back_stands",
        Crossing::BothStand => "both_stand",
        Crossing::None => "none",
    }
}

fn section(s: &CapacityStudy, at: usize) -> Section {
    let (own, more) = (&s.capacity.sections[at], &s.sections[at]);
    let run = |r: &closed::RunTimes, headway_s: f64| Run {
        pass_pass_s: r.pass_pass_s,
        start_add_s: r.start_add_s,
        stop_add_s: r.stop_add_s,
        headway_s,
    };
    let parts = s.input.sections.get(own.first_section..=own.last_section).unwrap_or_default();
    Section {
        name: own.name.clone(),
        binding: at == s.capacity.binding,
        held: parts
            .iter()
            .map(|p| SectionHeld {
                name: p.name.clone(),
                out: run(&p.out, p.headway_out_s),
                back: run(&p.back, p.headway_back_s),
            })
            .collect(),
        working: working(&own.working),
        bound: throughput(&own.bound),
        planned: throughput(&own.planned),
        scott_trains_per_day: own.scott_trains_per_day,
        closed_s_per_day: own.occupancy.closed_s,
        other_trains_s_per_day: more.others_s,
        left_pairs_per_day: more.left_pairs_per_day,
        occupancy: more.occupancy,
        day: day(s, own, more),
        alone: more.alone.as_ref().map(saturation),
    }
}

fn working(w: &closed::Working) -> Working {
    match w {
        closed::Working::Single(w) => {
            let [entering_pass, leaving_pass, out_passes, back_passes] = w.schemes.map(|x| x.cycle_s);
            Working::Single {
                tracks: 1,
                cycles_s: Cycles { entering_pass, leaving_pass, out_passes, back_passes },
                scheme: scheme(w.chosen.scheme),
                cycle_s: w.chosen.cycle_s,
                platoons: w
                    .platoons
                    .iter()
                    .map(|p| Platoon {
                        trains_each_way: p.trains_each_way,
                        cycle_s: p.cycle_s,
                        pairs_per_day: p.pairs_per_day,
                        stations_hold: p.stations_hold,
                    })
                    .collect(),
            }
        }
        closed::Working::Double { out_per_day, back_per_day } => {
            Working::Double { tracks: 2, out_per_day: *out_per_day, back_per_day: *back_per_day }
        }
    }
}

/// How today's trains spend the day of a section.
fn day(s: &CapacityStudy, own: &SectionCapacity, more: &SectionStudy) -> SpentDay {
    let o = own.occupancy;
    let (mut out, mut back) = (s.pairs_today, s.pairs_today);
    for x in s.others.iter().filter(|x| x.stretches.0 <= own.last_section && own.first_section < x.stretches.1) {
        let (mine, other) = if x.along { (&mut out, &mut back) } else { (&mut back, &mut out) };
        *mine += x.per_day;
        *other += if x.both_ways { x.per_day } else { 0.0 };
    }
    SpentDay {
        running_share: (o.running_s + more.others_s) / DAY_S,
        route_setting_share: o.route_setting_s / DAY_S,
        stops_share: o.stops_s / DAY_S,
        closed_share: o.closed_s / DAY_S,
        trains_out: out,
        trains_back: back,
    }
}

fn saturation(s: &study::Saturation) -> Saturation {
    let (agreement, off_by) = match s.agreement {
        Agreement::Agrees => ("agrees", 0.0),
        Agreement::SimulatedBelow { by } => ("below", -by),
        Agreement::SimulatedAbove { by } => ("above", by),
    };
    Saturation {
        closed_form_trains_per_day: s.closed_form,
        closed_form_worked: match s.worked {
            study::Worked::InTurn => Worked::Plain("in_turn"),
            study::Worked::Platoons(platoons) => Worked::Platoons { platoons },
            study::Worked::Following => Worked::Plain("following"),
        },
        simulated: loaded(&s.line),
        agreement,
        off_by,
    }
}

fn loaded(l: &LoadedLine) -> Loaded {
    let delay = |i: usize| l.delay_s.map(|d| d[i]);
    Loaded {
        asked_per_day_each_way: l.asked_per_day,
        arrived_out_per_day: l.arrived_per_day[0],
        arrived_back_per_day: l.arrived_per_day[1],
        trains_per_day: l.trains_per_day(),
        mean_run_s: l.mean_run_s,
        delay_mean_s: delay(0),
        delay_p50_s: delay(1),
        delay_p90_s: delay(2),
        served_share: l.served,
        waited_for: l.waited.map(|w| w.0.name()),
        waited_for_share: l.waited.map(|w| w.1),
        deadlocks: l.deadlocks,
    }
}

fn delay_volume(v: &study::DelayVolumes) -> DelayVolume {
    DelayVolume {
        volumes: v
            .volumes
            .iter()
            .map(|x| Volume {
                share: x.share,
                line: loaded(&x.line),
                carried: x.carried,
                delay_min: x.delay_s.filter(|_| x.carried).map(|b| b.per(60.0)),
            })
            .collect(),
        curve: v.curve.map(|x| DelayCurve { delay_at_zero_s: x.delay_at_zero_s, growth_per_train: x.growth_per_train }),
        practical: v.practical.map(|(trains_per_day, reached)| Practical { trains_per_day, reached }),
    }
}
