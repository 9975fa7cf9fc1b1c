//! Shares with their bands against what was claimed.

use std::fmt::Write as _;

use crate::Chart;
use crate::parts::{Caption, Colour, foot, head, missing, sane, titled};
use crate::scale::Scale;
use crate::svg::{Canvas, Ground, Words, px};
use crate::text::{Data, datum, fitted, fixed, width_of};
use yalu_number::{Band, NOT_ANSWERED};

/// A share that someone claimed.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Share, 0 to 1.
    pub share: f64,
    /// Whether it was said as a lower bound ('over 70 %').
    pub at_least: bool,
    /// Who said it, in a few words.
    pub text: String,
}

/// One share.
#[derive(Clone, Debug, PartialEq)]
pub struct ShareRow {
    /// Of what: such as `Rail`.
    pub name: String,
    /// Measure or period; may be empty.
    pub more: String,
    /// Colour.
    pub colour: Colour,
    /// Share by the model, 0 to 1; `None` where not yet answered.
    pub share: Option<Band>,
    /// Claimed value.
    pub claim: Option<Claim>,
}

/// Shares on a line from 0 to 100 %.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ShareBars {
    /// Words around the chart.
    pub caption: Caption,
    /// Shares.
    pub rows: Vec<ShareRow>,
}

const NAME: &str = "Shares and claims";

fn percent(share: f64) -> String {
    let p = share * 100.0;
    let decimals = usize::from(p.abs() < 10.0 && p != 0.0);
    fixed(p, decimals)
}

fn band_text(b: &Band) -> String {
    format!("{}\u{2009}% ({} – {})", percent(b.p50), percent(b.p05), percent(b.p95))
}

fn claim_text(c: &Claim) -> String {
    format!("{}{}\u{2009}%: {}", if c.at_least { "over " } else { "" }, percent(c.share), c.text)
}

impl Chart for ShareBars {
    fn svg_at(&self, width: f64) -> String {
        if self.rows.is_empty() {
            return missing(width, &self.caption, NAME, &self.summary());
        }
        let mut canvas = Canvas::new(sane(width), &format!("{NAME}{:?}{:?}", self.caption, self.rows));
        let small = canvas.narrow();
        let top = head(&mut canvas, &self.caption);
        let (left, right) = if small { (8.0, canvas.width - 16.0) } else { (200.0, canvas.width - 190.0) };
        let x = Scale::new(0.0, 1.0, left, right);
        let row_h = if small { 66.0 } else { 50.0 };
        let bottom = top + row_h * self.rows.len() as f64;
        for i in 0..=4 {
            let v = f64::from(i) * 0.25;
            let style = if i == 0 { "stroke:var(--ink3);stroke-width:1" } else { "stroke:var(--rule2);stroke-width:1" };
            canvas.line((x.at(v), top), (x.at(v), bottom), style);
            let words = if i == 4 { "100\u{2009}%".to_string() } else { format!("{}", i * 25) };
            let label = Words::new(&words).second();
            canvas.text((x.at(v), bottom + 17.0), label.middle());
        }
        for (i, row) in self.rows.iter().enumerate() {
            draw_row(&mut canvas, &x, row, top + row_h * i as f64, small);
        }
        let mut end = bottom + 24.0;
        let key = "outer band: 5–95 %; inner: 25–75 %; tick: median; diamond: claimed, arrow where said as ‘over’";
        for line in crate::text::wrap(key, 12.0, false, canvas.width) {
            end += 16.0;
            canvas.text((if small { 0.0 } else { left }, end), Words::new(&line).second());
        }
        let end = foot(&mut canvas, &self.caption, end + 4.0);
        canvas.finish(end + 2.0, titled(&self.caption, NAME), &self.summary())
    }

    fn data(&self) -> Data {
        let mut data =
            Data::new(&["name", "measure", "p05", "p25", "p50", "p75", "p95", "claimed", "at_least", "claimed_by"]);
        for r in &self.rows {
            let b = r.share.map_or([f64::NAN; 5], |b| [b.p05, b.p25, b.p50, b.p75, b.p95]);
            let mut row = vec![r.name.clone(), r.more.clone()];
            row.extend(b.map(datum));
            row.push(r.claim.as_ref().map_or_else(String::new, |c| datum(c.share)));
            row.push(r.claim.as_ref().map_or_else(String::new, |c| c.at_least.to_string()));
            row.push(r.claim.as_ref().map_or_else(String::new, |c| c.text.clone()));
            data.row(row);
        }
        data
    }

    fn summary(&self) -> String {
        if self.rows.is_empty() {
            return "Not yet answered: no shares are given.".into();
        }
        let mut out = String::new();
        for r in &self.rows {
            if !out.is_empty() {
                out.push_str("; ");
            }
            let share = r.share.filter(Band::known).map_or_else(|| NOT_ANSWERED.to_string(), |b| band_text(&b));
            let _ = write!(out, "{}: {share}", r.name);
            if let Some(c) = &r.claim {
                let _ = write!(out, ", claimed {}", claim_text(c));
            }
        }
        out.push('.');
        out
    }
}

fn draw_row(canvas: &mut Canvas, x: &Scale, row: &ShareRow, top: f64, small: bool) {
    let y = if small { top + 32.0 } else { top + 20.0 };
    let c = row.colour.css();
    let known = row.share.filter(Band::known);
    let words = known.map_or_else(String::new, |b| band_text(&b));
    if small {
        canvas.text((0.0, top + 16.0), Words::new(&row.name).bold().fill(c));
        let at = width_of(&row.name, 12.0, true) + 8.0;
        let value = width_of(&words, 12.0, true);
        let more = fitted(&row.more, 12.0, false, canvas.width - at - value - 10.0);
        canvas.text((at, top + 16.0), Words::new(&more).second());
        canvas.text((canvas.width, top + 16.0), Words::new(&words).bold().end());
    } else {
        let up = if row.more.is_empty() { 4.0 } else { -2.0 };
        canvas.text(
            (x.p0 - 14.0, y + up),
            Words::new(&fitted(&row.name, 13.0, true, 180.0)).size(13.0).bold().fill(c).end(),
        );
        canvas.text((x.p0 - 14.0, y + 13.0), Words::new(&fitted(&row.more, 11.0, false, 180.0)).small().second().end());
        canvas.text((x.p1 + 20.0, y + 4.0), Words::new(&words).bold());
    }
    if let Some(b) = known {
        let wide = |a: f64, b: f64| (x.held(a), (x.held(b) - x.held(a)).max(1.0));
        canvas.open(&format!("{}: {}", row.name, band_text(&b)));
        let (a, w) = wide(b.p05, b.p95);
        canvas.rect(a, y - 7.0, w, 14.0, &format!("fill:{c};fill-opacity:.18"));
        let (a, w) = wide(b.p25, b.p75);
        canvas.rect(a, y - 7.0, w, 14.0, &format!("fill:{c};fill-opacity:.32"));
        canvas.rect(x.held(b.p50) - 1.25, y - 9.0, 2.5, 18.0, &format!("fill:{c}"));
        canvas.close();
    } else {
        canvas.fill(x.p0, y - 7.0, 96.0, 14.0, Ground::Waiting);
        canvas.rect(x.p0, y - 7.0, 96.0, 14.0, "fill:none;stroke:var(--ink3);stroke-dasharray:3 2");
        canvas.text((x.p0 + 104.0, y + 4.0), Words::new(NOT_ANSWERED).second().halo());
    }
    if let Some(claim) = row.claim.as_ref().filter(|c| c.share.is_finite()) {
        let p = x.held(claim.share);
        canvas.path(
            &format!("M{} {}l4.5 4.5l-4.5 4.5l-4.5 -4.5Z", px(p), px(y - 4.5)),
            "fill:var(--paper);stroke:var(--ink);stroke-width:1.8",
        );
        if claim.at_least {
            canvas.path(
                &format!("M{} {}h14m-4 -3.5l4 3.5l-4 3.5", px(p + 5.0), px(y)),
                "fill:none;stroke:var(--ink);stroke-width:1.4",
            );
        }
        let said = claim_text(claim);
        let w = width_of(&said, 11.0, false);
        let at = (p - 4.0).min(canvas.width - w - 2.0).max(0.0);
        canvas.text((at, y + 21.0), Words::new(&fitted(&said, 11.0, false, canvas.width)).small().halo());
    }
}
