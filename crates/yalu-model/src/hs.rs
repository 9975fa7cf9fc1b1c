//! Codes of the Harmonized System.

use std::fmt;
use std::str::FromStr;

/// A code of the Harmonized System: a chapter (`27`), a heading (`2701`) or a subheading (`270112`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct HsCode {
    /// Its six digits, zeros in place of those it leaves open.
    six: u32,
    /// Digits it has: 2, 4 or 6.
    digits: u8,
}

/// Why a text is no code.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum HsError {
    /// Something else than digits is in it.
    #[error("`{0}` is no HS code: a code is digits alone")]
    NotDigits(String),
    /// It has neither 2, 4 nor 6 digits; a zero in front may be lost.
    #[error("`{0}` is no HS code: a chapter has 2 digits, a heading 4, a subheading 6")]
    Length(String),
    /// There is no such chapter.
    #[error("`{0}` is no HS code: there is no chapter 00")]
    Chapter(String),
}

impl HsError {
    /// The code that was probably meant: without dots, blanks and letters, or with the zero that was lost.
    pub fn meant(&self) -> Option<HsCode> {
        let (HsError::NotDigits(text) | HsError::Length(text)) = self else { return None };
        let bare = text.strip_prefix("HS").unwrap_or(text).trim();
        let joined: String = bare.chars().filter(|c| !matches!(c, '.' | ' ')).collect();
        joined.parse().or_else(|_| format!("0{joined}").parse()).ok()
    }
}

impl FromStr for HsCode {
    type Err = HsError;
    fn from_str(text: &str) -> Result<Self, HsError> {
        if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(HsError::NotDigits(text.to_owned()));
        }
        let scale = match text.len() {
            2 => 10_000,
            4 => 100,
            6 => 1,
            _ => return Err(HsError::Length(text.to_owned())),
        };
        let six = text.parse::<u32>().map_err(|_| HsError::Length(text.to_owned()))? * scale;
        // 77 is kept free, but lists of chapters run over it; 98 and 99 are for what countries add.
        match six / 10_000 {
            0 => Err(HsError::Chapter(text.to_owned())),
            _ => Ok(HsCode { six, digits: text.len() as u8 }),
        }
    }
}

impl fmt::Display for HsCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = usize::from(self.digits);
        write!(f, "{:0width$}", self.six / 10_u32.pow(6 - u32::from(self.digits)))
    }
}

impl HsCode {
    /// Whether goods of another code are goods of this one: `27` covers `2701`, `2701` does not cover `27`.
    pub fn covers(self, other: HsCode) -> bool {
        let open = 10_u32.pow(6 - u32::from(self.digits));
        self.digits <= other.digits && self.six / open == other.six / open
    }
    /// Whether it is a subheading, of six digits.
    pub fn is_subheading(self) -> bool {
        self.digits == 6
    }
    /// What its chapter is about, in short.
    pub fn chapter(self) -> &'static str {
        CHAPTERS.get((self.six / 10_000) as usize).copied().unwrap_or_default()
    }
}

/// Chapters by number, after the titles of the World Customs Organization (HS 2022), shortened.
const CHAPTERS: [&str; 100] = [
    "",
    "live animals",
    "meat",
    "fish and shellfish",
    "dairy, eggs and honey",
    "other animal products",
    "live plants",
    "vegetables",
    "fruit and nuts",
    "coffee, tea and spices",
    "cereals",
    "milled grain, malt and starch",
    "oil seeds and medicinal plants",
    "gums and resins",
    "plaiting materials",
    "fats and oils",
    "prepared meat and fish",
    "sugar",
    "cocoa",
    "prepared cereals and bakery",
    "prepared vegetables and fruit",
    "other food preparations",
    "beverages",
    "food residues and fodder",
    "tobacco",
    "salt, stone, lime and cement",
    "ores, slag and ash",
    "mineral fuels and oils",
    "inorganic chemicals",
    "organic chemicals",
    "pharmaceuticals",
    "fertilisers",
    "dyes and paints",
    "perfumes and cosmetics",
    "soap and waxes",
    "proteins and glues",
    "explosives and matches",
    "photographic goods",
    "other chemicals",
    "plastics",
    "rubber",
    "raw hides and leather",
    "leather goods",
    "furs",
    "wood",
    "cork",
    "basketware",
    "pulp",
    "paper",
    "printed matter",
    "silk",
    "wool",
    "cotton",
    "other vegetable fibres",
    "man-made filaments",
    "man-made staple fibres",
    "wadding, felt and rope",
    "carpets",
    "special fabrics",
    "coated fabrics",
    "knitted fabrics",
    "knitted clothing",
    "clothing, not knitted",
    "other textile articles",
    "footwear",
    "headgear",
    "umbrellas and sticks",
    "feathers, artificial flowers and hair",
    "articles of stone and cement",
    "ceramics",
    "glass",
    "pearls and precious metals",
    "iron and steel",
    "articles of iron or steel",
    "copper",
    "nickel",
    "aluminium",
    "",
    "lead",
    "zinc",
    "tin",
    "other base metals",
    "tools and cutlery",
    "other articles of metal",
    "machinery",
    "electrical machinery",
    "railway vehicles",
    "road vehicles",
    "aircraft",
    "ships",
    "instruments",
    "clocks and watches",
    "musical instruments",
    "arms",
    "furniture and lamps",
    "toys and sports goods",
    "other manufactures",
    "works of art",
    "",
    "",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn code(s: &str) -> HsCode {
        s.parse().unwrap()
    }

    #[test]
    fn codes_are_chapters_headings_and_subheadings() {
        for s in ["01", "27", "0303", "2701", "030342", "270112"] {
            assert_eq!(code(s).to_string(), s);
        }
        let (chapter, heading, six) = (code("27"), code("2701"), code("270112"));
        assert!(chapter.covers(heading) && chapter.covers(six) && heading.covers(six) && heading.covers(heading));
        assert!(!heading.covers(chapter) && !six.covers(heading) && !heading.covers(code("2702")));
        assert_eq!((heading.chapter(), code("97").chapter()), ("mineral fuels and oils", "works of art"));
    }

    #[test]
    fn what_is_no_code_is_an_error_and_what_was_meant_is_said() {
        let meant = |s: &str| s.parse::<HsCode>().unwrap_err().meant().map(|c| c.to_string());
        for (text, due) in [("27 01", "2701"), ("27.01", "2701"), ("HS2701", "2701"), ("303", "0303"), ("7", "07")] {
            assert_eq!(meant(text).as_deref(), Some(due), "{text}");
        }
        for text in ["2701|2702", "2701,2702", "2701-2705", "", "*", "27011200", "２７"] {
            assert_eq!(meant(text), None, "{text}");
        }
        assert!("00".parse::<HsCode>().is_err());
    }
}
