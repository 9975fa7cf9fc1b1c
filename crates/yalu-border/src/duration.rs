//! How long something takes: distributions, each a function of one addressed draw.

use crate::BorderError;
use yalu_units::Span;

/// A distribution of a length of time. Draws are rounded to a millisecond.
#[derive(Clone, PartialEq, Debug)]
pub enum Duration {
    /// Always the same.
    Fixed(Span),
    /// Uniform.
    Uniform {
        /// Lower end.
        least: Span,
        /// Upper end.
        most: Span,
    },
    /// Triangular.
    Triangular {
        /// Lower end.
        least: Span,
        /// Mode.
        likely: Span,
        /// Upper end.
        most: Span,
    },
    /// Exponential.
    Exponential {
        /// Its mean.
        mean: Span,
    },
    /// Sum of k exponential phases; squared coefficient of variation 1/k.
    Erlang {
        /// Phases, at least 1.
        k: u32,
        /// Mean of the sum.
        mean: Span,
    },
    /// Lognormal.
    LogNormal {
        /// Its median.
        median: Span,
        /// Standard deviation of the logarithm.
        sigma: f64,
    },
    /// At least so long, and a random part more.
    Shifted {
        /// The least.
        by: Span,
        /// The random part.
        rest: Box<Duration>,
    },
    /// Two channels, as in customs: most pass by green, a share by red.
    Channels {
        /// Share of red, 0 to 1.
        red_share: f64,
        /// Green.
        green: Box<Duration>,
        /// Red.
        red: Box<Duration>,
    },
}

impl Duration {
    /// The duration at a draw u of [0, 1). Rises with u, but for [`Duration::Erlang`], where u seeds k draws.
    ///
    /// Inverse of the distribution function: triangular and exponential in closed form, the normal one by Wichura's
    /// AS 241 (1988), to about 1e-16.
    pub fn at(&self, u: f64) -> Span {
        // Half a millisecond up; no duration is negative.
        Span((self.ms_at(u).max(0.0) + 0.5) as i64)
    }

    fn ms_at(&self, u: f64) -> f64 {
        match self {
            Self::Fixed(span) => ms(*span),
            Self::Uniform { least, most } => ms(*least) + (ms(*most) - ms(*least)) * u,
            Self::Triangular { least, likely, most } => triangular(ms(*least), ms(*likely), ms(*most), u),
            Self::Exponential { mean } => -ms(*mean) * libm::log(1.0 - u),
            Self::Erlang { k, mean } => {
                let mut seed = u.to_bits();
                let phase = |_| -libm::log(1.0 - split_mix(&mut seed));
                ms(*mean) / f64::from(*k) * (0..*k).map(phase).sum::<f64>()
            }
            Self::LogNormal { median, sigma } => ms(*median) * libm::exp(sigma * normal(u)),
            Self::Shifted { by, rest } => ms(*by) + rest.ms_at(u),
            // What is left of the draw within its channel is again uniform.
            Self::Channels { red_share, red, .. } if u < *red_share => red.ms_at(u / red_share),
            Self::Channels { red_share, green, .. } => {
                green.ms_at(((u - red_share) / (1.0 - red_share)).min(BELOW_ONE))
            }
        }
    }

    /// Its mean, s.
    pub fn mean_s(&self) -> f64 {
        match self {
            Self::Fixed(mean) | Self::Exponential { mean } | Self::Erlang { mean, .. } => ms(*mean) / 1e3,
            Self::Uniform { least, most } => (ms(*least) + ms(*most)) / 2e3,
            Self::Triangular { least, likely, most } => (ms(*least) + ms(*likely) + ms(*most)) / 3e3,
            Self::LogNormal { median, sigma } => ms(*median) / 1e3 * libm::exp(sigma * sigma / 2.0),
            Self::Shifted { by, rest } => ms(*by) / 1e3 + rest.mean_s(),
            Self::Channels { red_share, green, red } => red_share * red.mean_s() + (1.0 - red_share) * green.mean_s(),
        }
    }

    /// The duration, if every draw gives the same.
    pub fn fixed(&self) -> Option<Span> {
        match self {
            Self::Fixed(span) => Some(*span),
            Self::Shifted { by, rest } => rest.fixed().map(|rest| *by + rest),
            _ => None,
        }
    }

    /// Checks its numbers; `what` names it in errors.
    pub fn check(&self, what: &str) -> Result<(), BorderError> {
        let fail = |part: &str, value: f64| Err(BorderError::OutOfRange { what: format!("{what}: {part}"), value });
        let span = |part: &str, s: Span| {
            if (0..=LONGEST.0).contains(&s.0) { Ok(()) } else { fail(&format!("{part}, s"), ms(s) / 1e3) }
        };
        match self {
            Self::Fixed(s) => span("duration", *s),
            Self::Uniform { least, most } => {
                span("least", *least)?;
                span("most", *most)?;
                if least > most { fail("most, s", ms(*most) / 1e3) } else { Ok(()) }
            }
            Self::Triangular { least, likely, most } => {
                span("least", *least)?;
                span("most", *most)?;
                if least > likely || likely > most { fail("likely, s", ms(*likely) / 1e3) } else { Ok(()) }
            }
            Self::Exponential { mean } => span("mean", *mean),
            Self::Erlang { k, mean } => {
                span("mean", *mean)?;
                if (1..=1000).contains(k) { Ok(()) } else { fail("phases", f64::from(*k)) }
            }
            Self::LogNormal { median, sigma } => {
                span("median", *median)?;
                if (0.0..=3.0).contains(sigma) { Ok(()) } else { fail("sigma", *sigma) }
            }
            Self::Shifted { by, rest } => {
                span("shift", *by)?;
                rest.check(what)
            }
            Self::Channels { red_share, green, red } => {
                if !(0.0..=1.0).contains(red_share) {
                    return fail("share of red", *red_share);
                }
                green.check(what)?;
                red.check(what)
            }
        }
    }
}

/// The longest span a description may name: ten years.
const LONGEST: Span = Span::days(3_653);
/// The greatest draw.
const BELOW_ONE: f64 = 1.0 - f64::EPSILON / 2.0;

fn ms(span: Span) -> f64 {
    span.0 as f64
}

fn triangular(a: f64, c: f64, b: f64, u: f64) -> f64 {
    if a >= b {
        a
    } else if u * (b - a) < c - a {
        a + libm::sqrt(u * (b - a) * (c - a))
    } else {
        b - libm::sqrt((1.0 - u) * (b - a) * (b - c))
    }
}

/// `SplitMix64` (Steele, Lea, Flood 2014): more uniform draws out of one.
fn split_mix(state: &mut u64) -> f64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((z ^ (z >> 31)) >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
}

/// The standard normal quantile: AS 241, PPND16.
fn normal(u: f64) -> f64 {
    let q = u - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * ratio(r, &NEAR);
    }
    let tail = if q < 0.0 { u } else { 1.0 - u };
    // A draw of exactly 0 lies where the distribution has no mass; the least draw above it stands for it.
    let r = libm::sqrt(-libm::log(tail.max(f64::EPSILON / 4.0)));
    let x = if r <= 5.0 { ratio(r - 1.6, &MIDDLE) } else { ratio(r - 5.0, &FAR) };
    if q < 0.0 { -x } else { x }
}

/// A quotient of two polynomials, highest power first.
fn ratio(r: f64, (above, below): &([f64; 8], [f64; 8])) -> f64 {
    let of = |c: &[f64; 8]| c.iter().fold(0.0, |sum, c| sum * r + c);
    of(above) / of(below)
}

#[allow(clippy::excessive_precision, clippy::unreadable_literal)] // as published
const NEAR: ([f64; 8], [f64; 8]) = (
    [
        2509.0809287301226727,
        33430.575583588128105,
        67265.770927008700853,
        45921.953931549871457,
        13731.693765509461125,
        1971.5909503065514427,
        133.14166789178437745,
        3.387132872796366608,
    ],
    [
        5226.495278852545925,
        28729.085735721942674,
        39307.89580009271061,
        21213.794301586595867,
        5394.1960214247511077,
        687.1870074920579083,
        42.313330701600911252,
        1.0,
    ],
);
#[allow(clippy::excessive_precision, clippy::unreadable_literal)] // as published
const MIDDLE: ([f64; 8], [f64; 8]) = (
    [
        7.7454501427834140764e-4,
        0.0227238449892691845833,
        0.24178072517745061177,
        1.27045825245236838258,
        3.64784832476320460504,
        5.7694972214606914055,
        4.6303378461565452959,
        1.42343711074968357734,
    ],
    [
        1.05075007164441684324e-9,
        5.475938084995344946e-4,
        0.0151986665636164571966,
        0.14810397642748007459,
        0.68976733498510000455,
        1.6763848301838038494,
        2.05319162663775882187,
        1.0,
    ],
);
#[allow(clippy::excessive_precision, clippy::unreadable_literal)] // as published
const FAR: ([f64; 8], [f64; 8]) = (
    [
        2.01033439929228813265e-7,
        2.71155556874348757815e-5,
        0.0012426609473880784386,
        0.026532189526576123093,
        0.29656057182850489123,
        1.7848265399172913358,
        5.4637849111641143699,
        6.6579046435011037772,
    ],
    [
        2.04426310338993978564e-15,
        1.4215117583164458887e-7,
        1.8463183175100546818e-5,
        7.868691311456132591e-4,
        0.0148753612908506148525,
        0.13692988092273580531,
        0.59983220655588793769,
        1.0,
    ],
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_quantile_is_the_tabled_one() {
        // Wichura's own check values, and one from any table.
        for (u, x) in
            [(0.25, -0.674_489_750_196_081_7), (0.001, -3.090_232_306_167_813_5), (0.975, 1.959_963_984_540_054)]
        {
            assert!((normal(u) - x).abs() < 1e-14, "{u}: {}", normal(u));
        }
    }

    #[test]
    fn means_are_those_of_the_draws() {
        let h = Span::hours;
        let all = [
            Duration::Uniform { least: h(1), most: h(4) },
            Duration::Triangular { least: h(1), likely: h(2), most: h(6) },
            Duration::Exponential { mean: h(3) },
            Duration::LogNormal { median: h(2), sigma: 0.6 },
            Duration::Shifted { by: h(1), rest: Box::new(Duration::Exponential { mean: h(1) }) },
            Duration::Channels {
                red_share: 0.2,
                green: Box::new(Duration::Fixed(h(1))),
                red: Box::new(Duration::Uniform { least: h(5), most: h(7) }),
            },
        ];
        let n = 100_000;
        for d in all {
            let mean = (0..n).map(|i| d.at((f64::from(i) + 0.5) / f64::from(n)).0 as f64).sum::<f64>() / f64::from(n);
            assert!((mean / 1e3 / d.mean_s() - 1.0).abs() < 2e-4, "{d:?}: {mean}");
        }
        let erlang = Duration::Erlang { k: 4, mean: h(2) };
        let draws: Vec<f64> = (0..n).map(|i| erlang.at((f64::from(i) + 0.5) / f64::from(n)).as_hours()).collect();
        let mean = draws.iter().sum::<f64>() / f64::from(n);
        let variance = draws.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / f64::from(n);
        // Standard error of the mean is 0.003 h; that of a variance of 1 h² about 0.006 h².
        assert!((mean - 2.0).abs() < 0.012 && (variance - 1.0).abs() < 0.024, "{mean} {variance}");
    }

    #[test]
    fn numbers_out_of_range_are_told() {
        let bad = [
            Duration::Fixed(Span(-1)),
            Duration::Uniform { least: Span(5), most: Span(4) },
            Duration::Triangular { least: Span(1), likely: Span(9), most: Span(8) },
            Duration::Erlang { k: 0, mean: Span(1) },
            Duration::LogNormal { median: Span(1), sigma: f64::NAN },
            Duration::Channels {
                red_share: 1.5,
                green: Box::new(Duration::Fixed(Span(1))),
                red: Box::new(Duration::Fixed(Span(1))),
            },
        ];
        for d in bad {
            assert!(d.check("a step").is_err(), "{d:?}");
        }
    }
}
