//! Probability integral transform: where in its forecast a value fell. Even from 0 to 1 if forecasts are honest; a hump
//! says bands are too wide, horns too narrow, a slope that they lie to one side.

use crate::ScoreError;
use crate::error::{finite, some};

/// The share of members below a value, members equal to it counted half.
pub fn pit(members: &[f64], observed: f64) -> Result<f64, ScoreError> {
    some("member", members.len())?;
    finite("the value observed", observed)?;
    let below = members.iter().filter(|m| **m < observed).count() as f64;
    let level = members.iter().filter(|m| **m == observed).count() as f64;
    Ok((below + level / 2.0) / members.len() as f64)
}

/// How many of some transforms fall in each of so many equal parts of 0 to 1.
pub fn histogram(transforms: &[f64], parts: usize) -> Vec<usize> {
    let mut out = vec![0; parts];
    for t in transforms.iter().filter(|_| parts > 0) {
        out[((t * parts as f64) as usize).min(parts - 1)] += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_among_its_equals_lies_in_their_middle() {
        assert_eq!(pit(&[1.0, 2.0, 2.0, 5.0], 2.0), Ok(0.5));
        assert_eq!((pit(&[1.0], 0.0), pit(&[1.0], 3.0)), (Ok(0.0), Ok(1.0)));
        assert_eq!(histogram(&[0.0, 0.24, 0.25, 0.99, 1.0], 4), [2, 1, 0, 2]);
        assert!(histogram(&[0.5], 0).is_empty() && pit(&[], 1.0).is_err());
    }
}
