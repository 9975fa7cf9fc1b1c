//! Flows by month: observed values, the model's band, routes, and the states of service above.

use std::fmt::Write as _;

use crate::Chart;
use crate::calendar::Month;
use crate::parts::{Caption, Colour, Mode, foot, head, legend, missing, sane, titled};
use crate::place::Places;
use crate::scale::{Scale, day_axis, round_ticks, value_axis};
use crate::state::{DayMark, Span, Strip, day_mark, shade, stretch, strip, take_spans};
use crate::svg::{Canvas, Ground, Words};
use crate::text::{Data, datum, number, width_of, with_unit};
use yalu_number::Band;

/// How an observed value is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// As reported: filled dot.
    Reported,
    /// Derived from rates or totals: ring.
    Derived,
    /// Only a total bounds it from above: bar with an arrow down.
    AtMost,
}

/// An observed value of a month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observed {
    /// Value in the chart's unit.
    pub value: f64,
    /// How it is known.
    pub basis: Basis,
}

/// The model's result of a month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Modelled {
    /// Quantiles over the runs.
    Band(Band),
    /// Only a median: one run, or too few for a band.
    Median(f64),
}

impl Modelled {
    pub(crate) fn median(self) -> f64 {
        match self {
            Self::Band(b) => b.p50,
            Self::Median(m) => m,
        }
    }
}

/// A route's medians by month.
#[derive(Clone, Debug, PartialEq)]
pub struct RouteLine {
    /// Name, set at the line's end.
    pub name: String,
    /// Colour.
    pub colour: Colour,
    /// Mode, told by the dash.
    pub mode: Mode,
    /// Values, one a month.
    pub values: Vec<Option<f64>>,
}

/// How the routes are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RouteForm {
    /// One line a route.
    #[default]
    Lines,
    /// Areas one upon the other.
    Stack,
}

/// Words at a point of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// Index of the month.
    pub month: usize,
    /// Value at which it points.
    pub value: f64,
    /// First line, bold.
    pub text: String,
    /// Second line; may be empty.
    pub more: String,
}

/// Flows by month with observed values, model band and states of service.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FlowsByMonth {
    /// Words around the chart.
    pub caption: Caption,
    /// Unit of the values, such as `MUSD`.
    pub unit: String,
    /// The months, in order.
    pub months: Vec<Month>,
    /// Observed values, one a month; `None` draws a tick under the axis.
    pub observed: Vec<Option<Observed>>,
    /// Model results, one a month; empty for no model.
    pub model: Vec<Option<Modelled>>,
    /// Name at the model's line.
    pub model_name: String,
    /// Colour of the model's line and band.
    pub model_colour: Colour,
    /// Routes.
    pub routes: Vec<RouteLine>,
    /// Form of the routes.
    pub route_form: RouteForm,
    /// Shaded suspensions.
    pub spans: Vec<Span>,
    /// States of service above.
    pub strips: Vec<Strip>,
    /// Direct labels.
    pub notes: Vec<Note>,
    /// A day to mark through the whole chart.
    pub mark: Option<DayMark>,
}

const NAME: &str = "Flows by month";
/// Up to so many months the picture is low.
const SHORT_MONTHS: usize = 18;

impl FlowsByMonth {
    pub(crate) fn bounds(&self) -> Option<(i32, i32)> {
        let first = self.months.iter().map(|m| m.first_day()).min()?;
        let last = self.months.iter().map(|m| m.last_day()).max()?;
        Some((first, last + 1))
    }

    pub(crate) fn seen(&self) -> impl Iterator<Item = (Month, Observed)> + '_ {
        self.months
            .iter()
            .zip(&self.observed)
            .filter_map(|(m, o)| o.map(|o| (*m, o)))
            .filter(|(_, o)| o.value.is_finite())
    }

    fn top(&self) -> f64 {
        let stack = (0..self.months.len()).map(|i| {
            self.routes.iter().filter_map(|r| r.values.get(i).copied().flatten()).filter(|v| v.is_finite()).fold(
                0.0,
                |a: f64, v| match self.route_form {
                    RouteForm::Stack => a + v,
                    RouteForm::Lines => a.max(v),
                },
            )
        });
        let model = self.model.iter().flatten().map(|m| match m {
            Modelled::Band(b) => b.p95,
            Modelled::Median(v) => *v,
        });
        self.seen().map(|(_, o)| o.value).chain(model).chain(stack).filter(|v| v.is_finite()).fold(0.0, f64::max)
    }
}

impl Chart for FlowsByMonth {
    fn svg_at(&self, width: f64) -> String {
        let Some((first, last)) = self.bounds() else {
            return missing(width, &self.caption, NAME, &self.summary());
        };
        let mut canvas = Canvas::new(sane(width), &format!("{NAME}{:?}{:?}", self.caption, self.months));
        let small = canvas.narrow();
        let mut top = head(&mut canvas, &self.caption);
        let left = 54.0;
        let right = canvas.width - if small { 6.0 } else { 14.0 };
        let x = Scale::new(f64::from(first), f64::from(last), left, right);
        let strips_top = top;
        for s in &self.strips {
            canvas.text((left, top + 11.0), Words::new(&s.name).small().bold().fill(s.colour.css()));
            let from = s.segments.iter().map(|g| g.from).min();
            if let Some((a, b)) = from.and_then(|f| stretch(&x, first, f.saturating_sub(1))) {
                canvas.fill(a, top + 19.0, b - a, 11.0, Ground::Assumed);
                let words = "no state held";
                let w = width_of(words, 11.0, false) + 8.0;
                if w < b - a {
                    let middle = f64::midpoint(a, b);
                    canvas.text((middle, top + 28.5), Words::new(words).small().second().middle().halo());
                }
            }
            strip(&mut canvas, &x, &s.segments, top + 19.0, 11.0, false);
            top += 35.0;
        }
        let beside = canvas.beside();
        top += match beside {
            true => 10.0,
            false if self.spans.is_empty() && self.mark.is_none() => 18.0,
            false => 26.0,
        };
        // A year needs no height of eight.
        let height = match (beside, small) {
            (true, _) => 58.0,
            (_, true) => 140.0,
            _ if self.months.len() <= SHORT_MONTHS => 190.0,
            _ => 320.0,
        };
        let bottom = top + height;
        let (ticks, decimals) = round_ticks(
            self.top() * 1.04,
            if beside {
                2
            } else if small || self.months.len() <= SHORT_MONTHS {
                4
            } else {
                7
            },
        );
        let y = Scale::new(0.0, ticks.last().copied().unwrap_or(1.0), bottom, top + 14.0);
        shade(&mut canvas, &x, &self.spans, top, bottom);
        value_axis(&mut canvas, &ticks, decimals, &y, left, right);
        // Beside words the title names the unit.
        if !self.unit.is_empty() && !beside {
            canvas.text((left - 8.0, top - 14.0), Words::new(&self.unit).small().second().end());
            // A share of something is no flow.
            if self.unit != "%" {
                canvas.text((left - 8.0, top - 1.0), Words::new("a month").small().second().end());
            }
        }
        let mut places = Places::new(left, top, right, bottom);
        take_spans(&mut places, &x, &self.spans, top);
        for (month, seen) in self.seen() {
            let (p, q) = (x.at(month.middle()), y.held(seen.value));
            places.take(p - 6.0, q - 6.0, p + 6.0, q + 6.0);
        }
        for (month, modelled) in self.months.iter().zip(&self.model) {
            if let Some(m) = modelled {
                let (p, q) = (x.at(month.middle()), y.held(m.median()));
                places.take(p - 4.0, q - 4.0, p + 4.0, q + 4.0);
            }
        }
        self.draw_routes(&mut canvas, &x, &y, &mut places);
        self.draw_model(&mut canvas, &x, &y, &mut places);
        if let Some(mark) = &self.mark {
            day_mark(&mut canvas, &x, mark, strips_top, top - 6.0, bottom);
        }
        self.draw_observed(&mut canvas, &x, &y, small);
        self.draw_notes(&mut canvas, &x, &y, &mut places);
        let used = day_axis(&mut canvas, &x, bottom);
        let used = if small && self.route_form == RouteForm::Stack {
            legend(&mut canvas, self.routes.iter().map(|r| (r.name.as_str(), r.colour)), bottom + used) - bottom
        } else {
            used
        };
        let end = if beside { bottom + used } else { self.key(&mut canvas, 0.0, bottom + used + 20.0) };
        let end = foot(&mut canvas, &self.caption, end);
        canvas.finish(end + 2.0, titled(&self.caption, NAME), &self.summary())
    }

    fn data(&self) -> Data {
        let mut head = vec![
            "month".to_string(),
            format!("observed_{}", self.unit.to_lowercase()),
            "basis".into(),
            "model_p05".into(),
            "model_p25".into(),
            "model_p50".into(),
            "model_p75".into(),
            "model_p95".into(),
        ];
        head.extend(self.routes.iter().map(|r| format!("{} p50", r.name)));
        let names: Vec<&str> = head.iter().map(String::as_str).collect();
        let mut data = Data::new(&names);
        for (i, month) in self.months.iter().enumerate() {
            let seen = self.observed.get(i).copied().flatten();
            let mut row = vec![
                month.iso(),
                seen.map_or_else(String::new, |o| datum(o.value)),
                seen.map_or("", |o| match o.basis {
                    Basis::Reported => "reported",
                    Basis::Derived => "derived",
                    Basis::AtMost => "at most",
                })
                .into(),
            ];
            match self.model.get(i).copied().flatten() {
                Some(Modelled::Band(b)) => {
                    row.extend([b.p05, b.p25, b.p50, b.p75, b.p95].map(datum));
                }
                Some(Modelled::Median(m)) => {
                    row.extend([f64::NAN, f64::NAN, m, f64::NAN, f64::NAN].map(datum));
                }
                None => row.extend([const { String::new() }; 5]),
            }
            for route in &self.routes {
                row.push(route.values.get(i).copied().flatten().map_or_else(String::new, datum));
            }
            data.row(row);
        }
        data
    }

    fn summary(&self) -> String {
        let (Some(first), Some(last)) = (self.months.first(), self.months.last()) else {
            return "Not yet answered: no months are given.".into();
        };
        let count = self.seen().count();
        let mut out = format!("{} to {}: {count} of {} months observed", first.text(), last.text(), self.months.len());
        let low = self.seen().min_by(|a, b| a.1.value.total_cmp(&b.1.value));
        let high = self.seen().max_by(|a, b| a.1.value.total_cmp(&b.1.value));
        if let (Some(low), Some(high)) = (low, high) {
            let _ = write!(
                out,
                ", from {} ({}) to {} ({})",
                number(low.1.value),
                low.0.text(),
                with_unit(high.1.value, &self.unit),
                high.0.text()
            );
        }
        let modelled = self.model.iter().flatten().count();
        if modelled > 0 {
            let _ = write!(out, "; model result for {modelled} months");
        }
        for span in &self.spans {
            let _ = write!(
                out,
                "; suspended {} – {}",
                crate::calendar::day_text(span.from, true),
                crate::calendar::day_text(span.to, true)
            );
        }
        out.push('.');
        out
    }
}
