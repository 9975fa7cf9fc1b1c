//! What to expect: states by day ahead, how long the state lasts, the odds of change; with what is not known of hazards.

use crate::belief::{Belief, running};
use crate::phases::{self, Chain, JOINT, Joint, OWN, Pace, Turns, runs, state};
use crate::{Day, Ledger};
use yalu_model::{CrossingId, State};
use yalu_units::{Stream, StreamKey, address};

/// Draws of the hazards that bands rest on.
const DRAWS: u32 = 200;
/// Days after which a remaining duration is no longer told: ten years.
const MOST_DAYS: usize = 3650;
/// Shares of the draws, or of the duration, that bands give.
const BAND: [f64; 3] = [0.05, 0.5, 0.95];
/// Spells that the mean lengths of limited and open services rest on; so many draws of an exponential give them their spread. Three
/// closures in twelve years, and as many are allowed for limited services.
const SPELLS: f64 = 3.0;

/// A low, middle and high value: 5, 50 and 95 of a hundred.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Band {
    /// 5 of a hundred lie below.
    pub low: f64,
    /// The median.
    pub middle: f64,
    /// 95 of a hundred lie below.
    pub high: f64,
}

/// What is expected of a day that has not come.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct DayAhead {
    /// Chances of the states, averaged over what is not known of the hazards.
    pub belief: Belief,
    /// Chance that it runs, by what is not known of the hazards.
    pub running: Band,
    /// Chance that it has ceased to run, or begun to, at least once by this day.
    pub changed: f64,
}

/// A forecast.
#[derive(Clone, PartialEq, Debug)]
pub struct Forecast {
    /// The day as of which it is made.
    pub as_of: Day,
    /// The belief of that day.
    pub today: Belief,
    /// Days ahead, 1 to the horizon.
    pub days: Vec<DayAhead>,
    /// Whether the remaining duration is one of running.
    pub runs: bool,
    /// Days for which it still runs, or still does not, counted from the day as of; the likelier of the two. Cut at ten years.
    pub remaining_days: Band,
}

impl Ledger {
    /// What is expected of a crossing for some days ahead, from what is known by a day.
    pub fn forecast(&self, crossing: CrossingId, as_of: Day, horizon: u16) -> Forecast {
        let heard = self.heard(crossing, as_of);
        let today = self.today(crossing, as_of);
        let yes = running(&today) >= 0.5;
        let days = usize::from(horizon);
        let (mut states, mut run) = (vec![[0.0; JOINT]; days], vec![Vec::with_capacity(DRAWS as usize); days]);
        let mut changed = vec![0.0; days];
        let mut lasts = vec![0.0; MOST_DAYS + 1];
        let name = &self.input.crossings[crossing].id;
        for draw in 0..DRAWS {
            let key = StreamKey { seed: address(&["ledger", "hazards"]), replication: draw };
            let chain = self.drawn(crossing, &mut key.stream(address(&["forecast", name]), 0));
            let mut belief = today;
            // Kept to the side of today: what has not changed yet.
            let mut kept: Joint = std::array::from_fn(|p| if runs(p % OWN) == yes { today[p] } else { 0.0 });
            let at_first: f64 = kept.iter().sum::<f64>().max(f64::MIN_POSITIVE);
            for lag in 0..=MOST_DAYS {
                lasts[lag] += kept.iter().sum::<f64>() / at_first;
                if lag < days {
                    let day = as_of + lag as i32 + 1;
                    belief = self.expect(&chain, crossing, as_of, day, &belief);
                    for (s, b) in states[lag].iter_mut().zip(belief) {
                        *s += b;
                    }
                    run[lag].push(running(&belief));
                }
                let ahead = chain.ahead(&kept, &Turns::NONE);
                kept = std::array::from_fn(|p| if runs(p % OWN) == yes { ahead[p] } else { 0.0 });
                if lag < days {
                    changed[lag] += 1.0 - kept.iter().sum::<f64>() / at_first;
                }
            }
        }
        let mean = 1.0 / f64::from(DRAWS);
        let days = (0..days)
            .map(|i| DayAhead {
                belief: Belief::of(as_of + i as i32 + 1, &states[i].map(|s| s * mean), heard),
                running: band(&mut run[i]),
                changed: changed[i] * mean,
            })
            .collect();
        let quantile = |share: f64| {
            let left = lasts.iter().position(|l| l * mean <= 1.0 - share);
            left.unwrap_or(MOST_DAYS) as f64
        };
        let [low, middle, high] = BAND.map(quantile);
        Forecast {
            as_of,
            today: Belief::of(as_of, &today, heard),
            days,
            runs: yes,
            remaining_days: Band { low, middle, high },
        }
    }

    /// One path of states from `from` to `to` as it may have been and may come to be: the past drawn from all that is known by a
    /// day (filtering forward, sampling backward), the future from drawn hazards. Each entry holds from its day to the next.
    pub fn sample_path(
        &self,
        crossing: CrossingId,
        as_of: Day,
        (from, to): (Day, Day),
        stream: &mut Stream,
    ) -> Vec<(Day, State)> {
        let drawn = self.drawn(crossing, stream);
        let last = as_of.max(self.input.from);
        let mut track = self.track(crossing, last, &|_| false);
        track.advance(last);
        let mut past = vec![0; track.filtered.len()];
        let mut next: Option<usize> = None;
        for (i, filtered) in track.filtered.iter().enumerate().rev() {
            let weights: Joint = next.map_or(*filtered, |n| track.came_from(i + 1, n));
            let phase = draw(&weights, stream);
            past[i] = phase;
            next = Some(phase);
        }
        let mut path: Vec<(Day, State)> = Vec::new();
        let mut phase = past.first().copied().unwrap_or(phases::OPEN);
        for day in self.input.from.through(to.max(self.input.from)) {
            let i = usize::try_from(day.since(self.input.from)).unwrap_or(0);
            phase = if let Some(p) = past.get(i) {
                *p
            } else {
                let mut here = [0.0; JOINT];
                here[phase] = 1.0;
                draw(&self.expect(&drawn, crossing, as_of, day, &here), stream)
            };
            let state = state(phase % OWN);
            if day <= from {
                path = vec![(from, state)];
            } else if path.last().is_none_or(|p| p.1 != state) {
                path.push((day, state));
            }
        }
        path
    }

    /// The phases of the day as of.
    fn today(&self, crossing: CrossingId, as_of: Day) -> Joint {
        let mut track = self.track(crossing, as_of, &|_| false);
        track.advance(as_of.max(self.input.from))
    }

    /// A chain with hazards drawn from what is known of them.
    fn drawn(&self, crossing: CrossingId, stream: &mut Stream) -> Chain {
        // A hazard learnt from so many spells has a Gamma distribution about its mean: a sum of exponentials over their number.
        let mut factor = || {
            let spells = SPELLS as usize;
            (0..spells).map(|_| -libm::log(1.0 - stream.unit())).sum::<f64>() / SPELLS
        };
        let pace = Pace { closures: factor(), limited: factor(), open: factor(), border: factor() };
        let settings = &self.input.settings;
        Chain::new(settings, settings.follows(self.input.crossings[crossing].mode), pace)
    }
}

/// A phase drawn by weight.
fn draw(weights: &Joint, stream: &mut Stream) -> usize {
    let total: f64 = weights.iter().sum();
    let mut place = stream.unit() * total;
    for (phase, w) in weights.iter().enumerate() {
        if place < *w {
            return phase;
        }
        place -= w;
    }
    // Only where rounding left a rest, or nothing has weight.
    weights.iter().rposition(|w| *w > 0.0).unwrap_or(phases::OPEN)
}

fn band(values: &mut [f64]) -> Band {
    values.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let i = (share * values.len().saturating_sub(1) as f64).round() as usize;
        values.get(i).copied().unwrap_or(0.0)
    };
    let [low, middle, high] = BAND.map(at);
    Band { low, middle, high }
}
