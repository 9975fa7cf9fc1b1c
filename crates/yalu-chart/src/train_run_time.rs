//! The lower panel of a train's run: technical and scheduled time over distance.

use crate::place::Places;
use crate::scale::Scale;
use crate::svg::{Canvas, Words, Xy, through};
use crate::text::width_of;
use crate::thin::thinned;
use crate::train_run::{RunPoint, TrainRunChart, duration};
use crate::train_run_draw::{THIN, take};

impl TrainRunChart {
    /// Technical time solid, scheduled time dashed, both by station and with their ends in words.
    pub(crate) fn draw_time(&self, canvas: &mut Canvas, x: &Scale, points: &[RunPoint], top: f64, bottom: f64) {
        let scheduled: Vec<(f64, f64)> =
            self.stations.iter().flat_map(|s| s.scheduled.times().map(|t| (s.at_m, t))).collect();
        let all = points.iter().map(|p| p.time_s).chain(scheduled.iter().map(|s| s.1));
        let most = all.fold(1.0, f64::max).min(1e8);
        let steps = [60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 864_000, 8_640_000];
        let step = f64::from(steps.into_iter().find(|s| most / f64::from(*s) <= 6.0).unwrap_or(86_400_000));
        let y = Scale::new(0.0, most, bottom, top + 14.0);
        canvas.text((x.p0, top - 8.0), Words::new("time from the start, h:min").small().second().halo());
        for i in 1..=(most / step).floor() as i64 {
            let p = y.at(i as f64 * step);
            canvas.line((x.p0, p), (x.p1, p), "stroke:var(--rule2);stroke-width:1");
            let minutes = (i as f64 * step / 60.0).round() as i64;
            let words = format!("{}:{:02}", minutes / 60, minutes % 60);
            canvas.text((x.p0 - 8.0, p + 4.0), Words::new(&words).second().end());
        }
        let mut places = Places::new(x.p0, top - 4.0, x.p1 + 40.0, bottom);
        let way: Vec<Xy> = points.iter().map(|p| (x.at(p.at_m), y.held(p.time_s))).collect();
        let way = thinned(&way, THIN);
        let plan: Vec<Xy> = scheduled.iter().map(|(m, s)| (x.held(*m), y.held(*s))).collect();
        take(&mut places, &way, 3.0);
        take(&mut places, &plan, 3.0);
        canvas.path(&through(&plan), "fill:none;stroke:var(--rail);stroke-width:1.8;stroke-dasharray:6 3");
        canvas.path(&through(&way), "fill:none;stroke:var(--ink);stroke-width:1.8");
        let mut label = |canvas: &mut Canvas, at: Xy, words: &str, fill: &str, must: Option<f64>| {
            let w = width_of(words, 11.0, false);
            let sides = [(at.0 - 7.0 - w, at.1 - 15.0), (at.0 + 7.0, at.1 + 2.0), (at.0 - 7.0 - w, at.1 - 2.0)];
            let free = sides.into_iter().find(|s| places.cost(s.0, s.1, s.0 + w, s.1 + 12.0) < 1.0);
            let Some(spot) = must.map(|shift| (at.0 - 7.0 - w, at.1 + shift)).or(free) else { return };
            places.take(spot.0 - 3.0, spot.1, spot.0 + w + 3.0, spot.1 + 13.0);
            canvas.text((spot.0, spot.1 + 11.0), Words::new(words).small().fill(fill).halo());
        };
        let end = points.last().map_or(0.0, |p| p.time_s);
        if let Some(p) = way.last() {
            let words = format!("technical {}", duration(end));
            // Under the line also where the words begin, farther down the slope.
            let begin = p.0 - 7.0 - width_of(&words, 11.0, false);
            let under = way.iter().rev().find(|w| w.0 <= begin).map_or(0.0, |w| w.1 - p.1);
            label(canvas, *p, &words, "var(--ink)", Some(under.clamp(0.0, (bottom - p.1 - 18.0).max(0.0)) + 4.0));
        }
        if let (Some(p), Some(s)) =
            (plan.last(), self.stations.last().and_then(crate::train_run::RunStation::supplement_s))
            && let Some(last) = scheduled.last()
        {
            let more = if canvas.narrow() { String::new() } else { format!(", supplement {}", duration(s)) };
            let words = format!("scheduled {}{more}", duration(last.1));
            label(canvas, *p, &words, "var(--rail)", Some(-17.0));
        }
        for s in self.stations.iter().rev().skip(1).filter(|s| s.technical.stops() && s.at_m > x.v0) {
            if let Some(t) = s.technical.comes().filter(|t| *t > 0.0) {
                canvas.circle((x.held(s.at_m), y.held(t)), 2.4, "fill:var(--ink)");
                label(canvas, (x.held(s.at_m), y.held(t)), &duration(t), "var(--ink)", None);
            }
        }
    }
}
