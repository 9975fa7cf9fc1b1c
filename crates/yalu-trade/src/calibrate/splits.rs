//! Months kept aside: random halves by fixed seeds, and whole years.

use yalu_score::Known;
use yalu_units::StreamKey;

/// Random halves there are.
pub const HALVES: u32 = 20;

/// Years kept out of a fit where nobody names any.
const YEARS: usize = 2;

/// Months that a search does not see.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Split {
    /// `half 1`, `2022`.
    pub name: String,
    /// Indices of the months kept aside.
    pub aside: Vec<usize>,
}

/// Random halves: the same for the same number of months, whatever their values.
pub fn halves(known: &[Known]) -> Vec<Split> {
    (1..=HALVES)
        .map(|seed| {
            let draw = |i: usize| StreamKey { seed: 20, replication: seed }.stream(i as u64, 0).unit();
            let mut order: Vec<(f64, usize)> = (0..known.len()).map(|i| (draw(i), i)).collect();
            order.sort_by(|a, b| a.0.total_cmp(&b.0));
            let mut aside: Vec<usize> = order[known.len() / 2..].iter().map(|x| x.1).collect();
            aside.sort_unstable();
            Split { name: format!("half {seed}"), aside }
        })
        .collect()
}

/// The last years that have a month, to keep out of a fit where nobody names any.
pub fn last_years(known: &[Known]) -> Vec<i16> {
    let mut years: Vec<i16> = known.iter().map(|k| k.month.civil().0).collect();
    years.sort_unstable();
    years.dedup();
    years.split_off(years.len().saturating_sub(YEARS))
}

/// Whole years, those of them that have a month.
pub fn blocks(known: &[Known], years: &[i16]) -> Vec<Split> {
    let of = |year: i16| -> Vec<usize> { (0..known.len()).filter(|&i| known[i].month.civil().0 == year).collect() };
    years
        .iter()
        .map(|y| Split { name: y.to_string(), aside: of(*y) })
        .filter(|s| !s.aside.is_empty() && s.aside.len() < known.len())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use yalu_score::Month;

    #[test]
    fn halves_part_the_months_and_blocks_take_whole_years() {
        let known: Vec<Known> =
            (0..13).map(|i| Known { month: Month::new(2020 + i / 6, 1 + (i % 6) as i8), value: 1.0 }).collect();
        let all = halves(&known);
        assert_eq!(all.len(), 20);
        for s in &all {
            assert_eq!(s.aside.len(), 7);
            assert!(s.aside.windows(2).all(|w| w[0] < w[1]));
        }
        assert_ne!(all[0].aside, all[1].aside);
        assert_eq!(halves(&known), all);
        let by = blocks(&known, &[2021, 1999]);
        assert_eq!(last_years(&known), [2021, 2022]);
        assert_eq!((by.len(), by[0].aside.clone()), (1, vec![6, 7, 8, 9, 10, 11]));
    }
}
