//! Dwell stacked: each activity begins where the one before it ended, waiting by reason before the work.

use std::fmt::Write as _;

use crate::Chart;
use crate::parts::{Caption, Colour, foot, head, missing, sane, titled};
use crate::scale::{Scale, round_ticks};
use crate::svg::{Canvas, Ground, Words};
use crate::text::{Data, datum, fitted, fixed, number, width_of};

/// What something waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WaitFor {
    /// A team, stand, crane or locomotive that others use.
    Resource,
    /// An opening.
    Opening,
    /// The next opening, for it would not end before closing.
    NextOpening,
    /// A track beyond.
    Track,
    /// The neighbour's quota.
    Quota,
    /// Its train's time, or a path.
    Path,
}

impl WaitFor {
    const ALL: [Self; 6] = [Self::Resource, Self::Opening, Self::NextOpening, Self::Track, Self::Quota, Self::Path];

    /// In the words of the key.
    pub fn words(self) -> &'static str {
        match self {
            Self::Resource => "waits for staff or plant",
            Self::Opening => "closed",
            Self::NextOpening => "too near closing",
            Self::Track => "no track beyond",
            Self::Quota => "quota",
            Self::Path => "waits for its train",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Resource => "no_resource_h",
            Self::Opening => "closed_h",
            Self::NextOpening => "closing_too_near_h",
            Self::Track => "no_track_h",
            Self::Quota => "quota_h",
            Self::Path => "path_h",
        }
    }

    fn draw(self, canvas: &mut Canvas, x: f64, y: f64, w: f64, h: f64) {
        match self {
            Self::Resource => canvas.rect(x, y, w, h, "fill:var(--limited);fill-opacity:.75"),
            Self::Opening => {
                canvas.rect(x, y, w, h, "fill:var(--susp-wash)");
                canvas.fill(x, y, w, h, Ground::Shut);
                canvas.rect(x, y, w, 2.0, "fill:var(--susp)");
            }
            Self::NextOpening => {
                canvas.rect(x, y, w, h, "fill:var(--susp-wash)");
                canvas.rect(x, y, w, 2.0, "fill:var(--susp)");
            }
            Self::Track => canvas.fill(x, y, w, h, Ground::Assumed),
            Self::Quota => canvas.fill(x, y, w, h, Ground::Slow),
            Self::Path => {}
        }
        if !matches!(self, Self::Opening | Self::NextOpening | Self::Resource) {
            canvas.rect(x + 0.5, y + 0.5, (w - 1.0).max(0.5), h - 1.0, "fill:none;stroke:var(--ink3);stroke-width:1");
        }
    }
}

/// An activity of a stack.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StackPart {
    /// Activity.
    pub name: String,
    /// Where; may be empty.
    pub place: String,
    /// Mean hours waiting before it, by reason.
    pub waits: Vec<(WaitFor, f64)>,
    /// Mean hours at it.
    pub work: f64,
    /// Hours waiting and at it: half took longer.
    pub p50: f64,
    /// One in ten took longer.
    pub p90: f64,
}

impl StackPart {
    /// Mean hours waiting and at it.
    pub fn mean(&self) -> f64 {
        self.work + self.waits.iter().map(|w| w.1).sum::<f64>()
    }
}

/// One stack: all activities of a kind of train.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stack {
    /// Of what, such as `Loaded trains to the North`.
    pub name: String,
    /// The whole in words, such as `26.1 h a train (P50 24, P90 41)`.
    pub whole: String,
    /// Colour of the work.
    pub colour: Colour,
    /// Activities in the order they happen.
    pub parts: Vec<StackPart>,
}

/// Dwell by activity, stacked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DwellStack {
    /// Words around the chart.
    pub caption: Caption,
    /// Stacks, one under another, on one axis.
    pub stacks: Vec<Stack>,
}

const NAME: &str = "Dwell by activity, stacked";

impl Chart for DwellStack {
    fn svg_at(&self, width: f64) -> String {
        let whole = |s: &Stack| s.parts.iter().map(StackPart::mean).sum::<f64>();
        let longest = self.stacks.iter().map(whole).filter(|v| v.is_finite()).fold(0.0, f64::max);
        if longest <= 0.0 {
            return missing(width, &self.caption, NAME, &self.summary());
        }
        let mut canvas = Canvas::new(sane(width), &format!("{NAME}{:?}{:?}", self.caption, self.stacks));
        let small = canvas.narrow();
        let top = head(&mut canvas, &self.caption);
        let top = self.key(&mut canvas, top) + 18.0;
        let (left, right) = if small { (8.0, canvas.width - 8.0) } else { (230.0, canvas.width - 176.0) };
        let (ticks, decimals) = round_ticks(longest, if small { 4 } else { 8 });
        let x = Scale::new(0.0, ticks.last().copied().unwrap_or(1.0), left, right);
        let row_h = if small { 38.0 } else { 28.0 };
        let rows: usize = self.stacks.iter().map(|s| s.parts.len()).sum();
        let bottom = top + row_h * rows as f64 + 34.0 * self.stacks.len() as f64;
        for &tick in &ticks {
            let p = x.at(tick);
            let line =
                if tick == 0.0 { "stroke:var(--ink3);stroke-width:1" } else { "stroke:var(--rule2);stroke-width:1" };
            canvas.line((p, top), (p, bottom), line);
            let last = tick == x.v1;
            let words = format!("{}{}", fixed(tick, decimals), if last { "\u{2009}h" } else { "" });
            let set = Words::new(&words).second();
            canvas.text((p, bottom + 17.0), if small && last { set.end() } else { set.middle() });
        }
        let mut y = top;
        for stack in &self.stacks {
            canvas.text(
                (0.0, y + 20.0),
                Words::new(&fitted(&stack.name, 13.0, true, canvas.width)).size(13.0).bold().halo(),
            );
            let used = width_of(&stack.name, 13.0, true) + 14.0;
            if !small || used + width_of(&stack.whole, 12.0, false) < canvas.width {
                canvas.text((used, y + 20.0), Words::new(&stack.whole).second().halo());
            }
            y += 34.0;
            let mut begin = 0.0;
            for part in &stack.parts {
                draw_part(&mut canvas, &x, (stack, part), (begin, y, row_h));
                begin += part.mean();
                y += row_h;
            }
        }
        let end = foot(&mut canvas, &self.caption, bottom + 24.0);
        canvas.finish(end + 2.0, titled(&self.caption, NAME), &self.summary())
    }

    fn data(&self) -> Data {
        let mut head = vec!["stack", "place", "activity", "mean_h", "p50_h", "p90_h", "work_h"];
        head.extend(WaitFor::ALL.map(WaitFor::name));
        let mut data = Data::new(&head);
        for s in &self.stacks {
            for p in &s.parts {
                let mut row = vec![s.name.clone(), p.place.clone(), p.name.clone()];
                row.extend([p.mean(), p.p50, p.p90, p.work].map(datum));
                let of = |k: WaitFor| p.waits.iter().filter(|w| w.0 == k).map(|w| w.1).sum::<f64>();
                row.extend(WaitFor::ALL.map(|k| datum(of(k))));
                data.row(row);
            }
        }
        data
    }

    fn summary(&self) -> String {
        let parts = self.stacks.iter().flat_map(|s| s.parts.iter().map(move |p| (s, p)));
        let longest = parts.filter(|(_, p)| p.mean().is_finite()).max_by(|a, b| a.1.mean().total_cmp(&b.1.mean()));
        let Some((s, p)) = longest else { return "Not yet answered: no activity is given.".into() };
        let waits: f64 = p.waits.iter().map(|w| w.1).sum();
        let mut out = String::new();
        for s in &self.stacks {
            let _ = write!(out, "{}: {}; ", s.name, s.whole);
        }
        let _ = write!(
            out,
            "the longest step is {} ({}), mean {}\u{2009}h, of which {}\u{2009}h waiting.",
            p.name,
            s.name,
            number(p.mean()),
            number(waits)
        );
        out
    }
}

impl DwellStack {
    fn key(&self, canvas: &mut Canvas, top: f64) -> f64 {
        let used = |k: WaitFor| {
            self.stacks.iter().flat_map(|s| &s.parts).flat_map(|p| &p.waits).any(|w| w.0 == k && w.1 > 0.0)
        };
        let (mut at, mut y) = (0.0, top + 6.0);
        let colour = self.stacks.first().map_or(Colour::Rail, |s| s.colour);
        let kinds = std::iter::once(None).chain(WaitFor::ALL.into_iter().filter(|k| used(*k)).map(Some));
        for kind in kinds {
            let words = kind.map_or("at work", WaitFor::words);
            let w = 30.0 + width_of(words, 12.0, false);
            if at > 0.0 && at + w > canvas.width {
                (at, y) = (0.0, y + 19.0);
            }
            match kind {
                None => canvas.rect(at, y - 10.0, 22.0, 12.0, &format!("fill:{}", colour.css())),
                Some(k) => k.draw(canvas, at, y - 10.0, 22.0, 12.0),
            }
            canvas.text((at + 28.0, y), Words::new(words).second());
            at += w + 18.0;
        }
        y
    }
}

fn draw_part(canvas: &mut Canvas, x: &Scale, (stack, part): (&Stack, &StackPart), at: (f64, f64, f64)) {
    let (begin, y, row_h) = at;
    let small = canvas.narrow();
    let (bar, h) = if small { (y + 18.0, 13.0) } else { (y + 6.0, 16.0) };
    let told = format!("{} (P50 {}, P90 {})", hours(part.mean()), number(part.p50), number(part.p90));
    let name = if part.place.is_empty() { part.name.clone() } else { format!("{}, {}", part.name, part.place) };
    if small {
        let words = format!("{name} · {}", hours(part.mean()));
        canvas.text((0.0, y + 13.0), Words::new(&fitted(&words, 12.0, false, canvas.width)).halo());
    } else {
        canvas.text((x.p0 - 12.0, bar + 12.0), Words::new(&fitted(&name, 12.0, false, x.p0 - 16.0)).end());
    }
    canvas.open(&format!("{name}: {told}"));
    let mut from = begin;
    for (reason, h_waits) in part.waits.iter().filter(|w| w.1 > 0.0) {
        let (a, b) = (x.at(from), x.at(from + h_waits));
        reason.draw(canvas, a, bar, (b - a).max(0.5), h);
        from += h_waits;
    }
    let (a, b) = (x.at(from), x.at(from + part.work));
    canvas.rect(a, bar, (b - a).max(1.0), h, &format!("fill:{}", stack.colour.css()));
    canvas.close();
    canvas.line((b, bar + h), (b, y + row_h + 4.0), "stroke:var(--rule);stroke-width:1");
    if !small {
        canvas.text((x.p1 + 14.0, bar + 12.0), Words::new(&told));
    }
}

fn hours(h: f64) -> String {
    if h >= 96.0 { format!("{}\u{2009}d", number(h / 24.0)) } else { format!("{}\u{2009}h", number(h)) }
}
