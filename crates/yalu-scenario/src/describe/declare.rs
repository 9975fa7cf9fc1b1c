//! How a table is declared: once, as what a file may hold and as the typed row that decoding makes of it.

use super::{Kind, Limits, What};
use crate::diagnostic::At;
use crate::row::{Decoded, Placed, Rows, Val};
use crate::value::Day;
use yalu_model::{
    Ban, CrossingId, Direction, GoodId, HoldId, HsCode, LocomotiveId, PointId, Quantity, RouteId, SectionId, ServiceId,
    WagonId, Words,
};
use yalu_units::Idx;

/// Declares a table. A field that is `req` must be there, one that is `opt` may be left out, and one that is `any` is then
/// empty.
macro_rules! table {
    ($row:ident $at:ident: $name:literal $(, defines $what:ident)? $(, key [$($key:ident)+])? $(, with $basis:ident)? $(, in $order:ident)? {
        $($(#[$attr:meta])* $need:ident $field:ident: $type:ty = $kind:expr, $doc:expr;)*
    }) => {
        #[derive(Debug)]
        pub(crate) struct $row {
            #[allow(dead_code, reason = "of some tables alone")]
            pub at: $at,
            #[allow(dead_code, reason = "of some tables alone")]
            pub path: String,
            #[allow(dead_code, reason = "of some tables alone")]
            pub basis: yalu_model::Basis,
            $($(#[$attr])* pub $field: table!(@type $need $type),)*
        }
        #[doc = concat!("Where the fields of `", $name, "` stand; the row where one does not.")]
        #[allow(dead_code, reason = "problems are told of some fields alone")]
        #[derive(Clone, Copy, Debug)]
        pub(crate) struct $at {
            pub row: crate::diagnostic::At,
            $(pub $field: crate::diagnostic::At,)*
        }
        impl crate::row::Decoded for $row {
            const TABLE: &'static crate::describe::TableSpec = &crate::describe::TableSpec {
                name: $name,
                defines: table!(@what $($what)?),
                key: &[$($(stringify!($key)),+)?],
                basis: table!(@flag $($basis)?),
                ordered: table!(@flag $($order)?),
                fields: &[$(crate::describe::Field {
                    name: stringify!($field),
                    kind: {
                        const AS: crate::describe::declare::As<$type> = $kind;
                        AS.kind
                    },
                    required: table!(@required $need),
                    doc: $doc,
                }),*],
            };
            fn of(mut raw: crate::row::Raw) -> Option<Self> {
                if raw.failed {
                    return None;
                }
                let at = $at { row: raw.at, $($field: raw.at(stringify!($field)),)* };
                $(let $field = {
                    const AS: crate::describe::declare::As<$type> = $kind;
                    table!(@take $need raw, stringify!($field), AS.take)
                };)*
                Some(Self { at, path: raw.path, basis: raw.basis, $($field,)* })
            }
        }
    };
    (@type opt $type:ty) => { Option<$type> };
    (@type $need:ident $type:ty) => { $type };
    (@what) => { None };
    (@what $what:ident) => { Some(crate::describe::What::$what) };
    (@flag) => { false };
    (@flag $given:ident) => { true };
    (@required req) => { true };
    (@required $need:ident) => { false };
    (@take req $raw:ident, $name:expr, $take:expr) => { ($take)($raw.take($name)?)? };
    (@take opt $raw:ident, $name:expr, $take:expr) => { $raw.take($name).and_then($take) };
    (@take any $raw:ident, $name:expr, $take:expr) => { $raw.take($name).and_then($take).unwrap_or_default() };
}

/// Declares a file of the folder: `file! { PointRow: "network/points.csv", Csv, required, "Operational points." }`.
macro_rules! file {
    ($row:ident: $name:literal, $format:ident, $need:ident, $doc:literal) => {
        impl crate::row::Filed for $row {
            const FILE: &'static crate::describe::FileSpec = &crate::describe::FileSpec {
                name: $name,
                format: crate::describe::Format::$format,
                required: file!(@$need),
                doc: $doc,
                root: <$row as crate::row::Decoded>::TABLE,
            };
        }
    };
    (@required) => {
        true
    };
    (@optional) => {
        false
    };
}

/// What a field holds in a file, and the type it has in a row.
pub(crate) struct As<T> {
    pub kind: Kind,
    /// The decoded value as that type; a value of this kind always is one.
    pub take: fn(Val) -> Option<T>,
}

/// `plain!(Kind::Id, Text)`: a kind whose decoded value holds just the type.
macro_rules! plain {
    ($kind:expr, $val:ident) => {
        As {
            kind: $kind,
            take: |v| match v {
                Val::$val(x) => Some(x),
                _ => None,
            },
        }
    };
}

pub(super) const ID: As<String> = plain!(Kind::Id, Text);
pub(super) const TEXT: As<String> = plain!(Kind::Text, Text);
pub(super) const COUNTRY: As<String> = plain!(Kind::Country, Text);
pub(super) const ZONE: As<String> = plain!(Kind::Zone, Text);
pub(super) const DIRECTION: As<Direction> = plain!(Kind::Direction, Direction);
pub(super) const FLAG: As<bool> = plain!(Kind::Flag, Flag);
pub(super) const DATE: As<Day> = As { kind: Kind::Date, take: |v| span(&v).map(|s| s.0) };
pub(super) const LOOSE_DATE: As<(Day, Day)> = As { kind: Kind::LooseDate, take: |v| span(&v) };
pub(super) const WEEKDAYS: As<[bool; 7]> = plain!(Kind::Weekdays, Weekdays);
pub(super) const TEXTS: As<Vec<Placed<String>>> = plain!(Kind::Texts, Texts);
pub(super) const COUNTRIES: As<[String; 2]> = plain!(Kind::Countries, Countries);
pub(super) const DIRECTIONS: As<[bool; 2]> = plain!(Kind::Directions, Directions);
pub(super) const HS6: As<HsCode> = plain!(Kind::Hs6, Code);
pub(super) const HS_CODES: As<Vec<Placed<HsCode>>> = plain!(Kind::HsCodes, Codes);
pub(super) const BANS: As<Vec<Ban>> = plain!(Kind::Bans, Bans);
pub(super) const LIST: As<Vec<Placed<f64>>> = plain!(Kind::List, Numbers);
pub(super) const TIMES: As<Vec<Placed<u32>>> = plain!(Kind::Times, Times);
pub(super) const DATES: As<Vec<Day>> = plain!(Kind::Dates, Dates);
pub(super) const INTERVALS: As<Vec<Placed<(u32, u32)>>> = plain!(Kind::Intervals, Intervals);
pub(super) const PAIRS: As<Vec<(String, String)>> = plain!(Kind::Pairs, Pairs);
/// The place of a set of hours among all of them.
pub(super) const HOURS: As<usize> = plain!(Kind::Ref(What::Hours), Index);
pub(super) const MONTH: As<(i16, i8)> = As {
    kind: Kind::Month,
    take: |v| match v {
        Val::Month(y, m) => Some((y, m)),
        _ => None,
    },
};
/// One or two.
pub(super) const TRACKS: As<u8> = As { kind: Kind::Integer(1, 2), take: |v| u8::try_from(integer(&v)?).ok() };
pub(super) const SEED: As<u64> = As { kind: Kind::Integer(0, i64::MAX), take: |v| u64::try_from(integer(&v)?).ok() };
pub(super) const PRIORITY: As<i32> =
    As { kind: Kind::Integer(-1000, 1000), take: |v| i32::try_from(integer(&v)?).ok() };

/// A whole number from one to another.
pub(super) const fn whole(min: u32, max: u32) -> As<u32> {
    As { kind: Kind::Integer(min as i64, max as i64), take: |v| u32::try_from(integer(&v)?).ok() }
}
/// A plain number.
pub(super) const fn n(min: f64, max: f64, unit: &'static str) -> As<f64> {
    plain!(Kind::Number(lim(min, max, unit)), Number)
}
/// A quantity.
/// Above any count or tonnage: beyond it sums could overflow.
const MOST: f64 = 1e9;

pub(super) const fn q(min: f64, max: f64, unit: &'static str) -> As<Quantity> {
    plain!(Kind::Quantity(lim(min, max, unit)), Quantity)
}
pub(super) const fn lim(min: f64, max: f64, unit: &'static str) -> Limits {
    Limits { min, max, usual: max, unit }
}
/// Numbers that nothing in nature bounds: above what is usual they are taken with a warning.
pub(super) const fn many(min: f64, usual: f64, unit: &'static str) -> As<Quantity> {
    plain!(Kind::Quantity(Limits { min, max: MOST, usual, unit }), Quantity)
}
pub(super) const fn quantities(limits: Limits) -> As<Vec<Quantity>> {
    plain!(Kind::Quantities(limits), Quantities)
}
pub(super) const fn numbers<const N: usize>(limits: Limits) -> As<[f64; N]> {
    As {
        kind: Kind::Numbers(N, limits),
        take: |v| match v {
            Val::Numbers(list) => list.into_iter().map(|x| x.0).collect::<Vec<_>>().try_into().ok(),
            _ => None,
        },
    }
}
pub(super) const fn curve(x: Limits, y: Limits) -> As<Vec<Placed<(f64, f64)>>> {
    plain!(Kind::Curve(x, y), Curve)
}
/// A word of an enumeration.
pub(super) const fn word<T: Words>() -> As<T> {
    word_of(T::NAMES)
}
/// One of some words of an enumeration.
pub(super) const fn word_of<T: Words>(names: &'static [&'static str]) -> As<T> {
    let mut i = 0;
    while i < names.len() {
        assert!(among(names[i], T::NAMES), "a word that names no value");
        i += 1;
    }
    As {
        kind: Kind::Word(names),
        take: |v| match v {
            Val::Text(word) => T::of_word(&word),
            _ => None,
        },
    }
}
/// A list of words of an enumeration.
pub(super) const fn word_list<T: Words>() -> As<Vec<T>> {
    As {
        kind: Kind::Words(T::NAMES),
        take: |v| match v {
            Val::Texts(list) => list.iter().map(|(word, _)| T::of_word(word)).collect(),
            _ => None,
        },
    }
}
/// One of some words that are kept as they are.
pub(super) const fn one_of(names: &'static [&'static str]) -> As<String> {
    plain!(Kind::Word(names), Text)
}
/// A table within a row.
pub(super) const fn table<T: Decoded>() -> As<T> {
    As {
        kind: Kind::Table(T::TABLE),
        take: |v| match v {
            Val::Table(raw) => T::of(raw),
            _ => None,
        },
    }
}
/// Tables within a row.
pub(super) const fn tables<T: Decoded>() -> As<Rows<T>> {
    As {
        kind: Kind::Tables(T::TABLE),
        take: |v| match v {
            Val::Tables(raw) => Some(Rows::of(raw)),
            _ => None,
        },
    }
}

/// An id that a name in a file stands for.
pub(super) trait Named: Idx {
    const WHAT: What;
}
macro_rules! named {
    ($($id:ident $what:ident)*) => {$(impl Named for $id { const WHAT: What = What::$what; })*};
}
named! {
    PointId Point SectionId Section LocomotiveId Locomotive WagonId Wagon ServiceId Service RouteId Route
    CrossingId Crossing HoldId Hold GoodId Good
}

/// The name of something declared elsewhere.
pub(super) const fn named<I: Named>() -> As<I> {
    As {
        kind: Kind::Ref(I::WHAT),
        take: |v| match v {
            Val::Index(i) => Some(I::new(i)),
            _ => None,
        },
    }
}
/// A list of such names.
pub(super) const fn all_named<I: Named>() -> As<Vec<Placed<I>>> {
    As {
        kind: Kind::Refs(I::WHAT),
        take: |v| match v {
            Val::Indices(list) => Some(list.into_iter().map(|(i, at): (usize, At)| (I::new(i), at)).collect()),
            _ => None,
        },
    }
}

fn span(v: &Val) -> Option<(Day, Day)> {
    match v {
        Val::Span(a, b) => Some((*a, *b)),
        _ => None,
    }
}
fn integer(v: &Val) -> Option<i64> {
    match v {
        Val::Integer(i) => Some(*i),
        _ => None,
    }
}

/// Whether a word is one of some, asked while the program is built.
const fn among(word: &str, list: &[&str]) -> bool {
    let mut i = 0;
    while i < list.len() {
        if same(word.as_bytes(), list[i].as_bytes()) {
            return true;
        }
        i += 1;
    }
    false
}
const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}
