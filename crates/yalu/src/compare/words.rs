//! Where the fluid answer and the simulation part, and why.

use yalu_number::Estimate;
use yalu_report::number::{band as band_text, percent};
use yalu_study::{FLUID, Recovery};

/// A figure that both answer.
pub struct Stands {
    /// Its name.
    pub name: &'static str,
    /// Its name in data.
    pub key: &'static str,
    /// Unit.
    pub unit: &'static str,
    /// Simulated; none where it never ends.
    pub simulated: Option<Estimate>,
    /// The plain rule.
    pub plain: Option<Estimate>,
    /// The rule with all its reasons to differ put in.
    pub all: Option<Estimate>,
    /// Whether the plain rule lies in the simulated band.
    pub agrees: bool,
    /// Why not, the largest first; empty where it does.
    pub reasons: Vec<Reason>,
}

/// A reason, and how far it alone moves the plain answer.
pub struct Reason {
    /// Its name in data: one of the fluid answers.
    pub key: &'static str,
    /// In words.
    pub words: &'static str,
    /// How far, as a share of the plain answer; none where that has no end.
    pub moves: Option<f64>,
}

/// Least share of the plain answer that a reason must move to be told.
const TOLD: f64 = 0.05;

/// A figure of a fluid answer.
type Get = fn(&yalu_study::FluidAnswer) -> Option<Estimate>;

/// The simulated figures beside the fluid ones.
pub fn fluid(r: &Recovery) -> Vec<Stands> {
    let of = |key: &str| FLUID.iter().position(|k| *k == key).and_then(|i| r.fluid.get(i));
    let (Some(plain), Some(all)) = (of("plain"), of("all")) else { return Vec::new() };
    let rows: [(_, _, _, Option<Estimate>, Get); 3] = [
        ("Most that waits", "peak_t", "t", Some(r.peak_t), |f| Some(f.peak_t)),
        ("Days to clear", "clear_days", "days", some(r.clear_days), |f| some(f.clear_days)),
        ("Thousand tonne-days", "delay_tonne_days", "", Some(r.delay_tonne_days), |f| {
            some(f.clear_days).map(|_| f.delay_tonne_days)
        }),
    ];
    rows.into_iter()
        .map(|(name, key, unit, simulated, get)| {
            let (plain, all) = (get(plain), get(all));
            let agrees = match (&simulated, &plain) {
                (Some(s), Some(p)) => s.p05() <= p.p50() && p.p50() <= s.p95(),
                (None, None) => true,
                _ => false,
            };
            let mut reasons: Vec<Reason> = Vec::new();
            if !agrees {
                for key in FLUID.iter().filter(|k| !matches!(**k, "plain" | "all")) {
                    let Some(alone) = of(key) else { continue };
                    let moves = match (get(alone), plain) {
                        (Some(a), Some(p)) if p.p50().abs() > 1e-9 => Some(a.p50() / p.p50() - 1.0),
                        (None, None) | (Some(_), Some(_)) => continue,
                        _ => None,
                    };
                    if moves.is_none_or(|m| m.abs() >= TOLD) {
                        reasons.push(Reason { key, words: why(key), moves });
                    }
                }
                let size = |r: &Reason| r.moves.map_or(f64::INFINITY, f64::abs);
                reasons.sort_by(|a, b| size(b).total_cmp(&size(a)));
            }
            Stands { name, key, unit, simulated, plain, all, agrees, reasons }
        })
        .collect()
}

/// An estimate that some run defines.
fn some(x: Estimate) -> Option<Estimate> {
    (x.defined() > 0).then_some(x)
}

fn why(key: &str) -> &'static str {
    match key {
        "diverted" => "goods go another way",
        "given_up" => "orders are given up, or never placed",
        "ramp" => "capacity climbs only slowly",
        _ => "less gets through than trains and wagons allow, or more is asked than they carry",
    }
}

impl Stands {
    /// A band of it in words.
    pub fn told(&self, b: Option<&Estimate>) -> String {
        let per = if self.unit.is_empty() { 1e3 } else { 1.0 };
        b.map_or_else(|| "has no end".into(), |b| band_text(b.p50() / per, b.p05() / per, b.p95() / per, self.unit))
    }
    /// Whether they agree, and why not.
    pub fn verdict(&self) -> String {
        if self.agrees {
            return "agrees".into();
        }
        let reason = |r: &Reason| match r.moves {
            Some(m) => format!("{} ({}{})", r.words, if m < 0.0 { "−" } else { "+" }, percent(m.abs())),
            None => format!("{} (decides whether it ends)", r.words),
        };
        let list: Vec<String> = self.reasons.iter().map(reason).collect();
        if list.is_empty() {
            "DIFFERS: no reason that the rule knows moves it as far".into()
        } else {
            format!("DIFFERS: {}", list.join("; "))
        }
    }
}
