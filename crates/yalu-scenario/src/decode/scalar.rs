//! Single values and lists of them.

use super::{Decoder, Here};
use crate::describe::{Field, Kind, Limits, What};
use crate::diagnostic::{At, meant};
use crate::row::Val;
use crate::tree::{Node, Value};
use crate::value::{self, NumberError};
use yalu_model::{Ban, Basis, Direction, Dist, HsCode, HsError, Quantity};

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// What becomes of every item, where each becomes something; each is looked at.
fn all<T, U>(items: Vec<T>, mut each: impl FnMut(T) -> Option<U>) -> Option<Vec<U>> {
    let n = items.len();
    let out: Vec<U> = items.into_iter().filter_map(&mut each).collect();
    (out.len() == n).then_some(out)
}

impl Decoder<'_> {
    /// The value of a field, or none and a problem told.
    pub(super) fn value(&mut self, field: &Field, node: &Node, here: Here<'_>) -> Option<Val> {
        let name = field.name;
        match field.kind {
            Kind::Table(_) | Kind::Tables(_) => self.nested(field, node, here),
            Kind::Id => {
                let s = self.text(name, node)?;
                if value::is_id(&s) {
                    return Some(Val::Text(s));
                }
                let message = format!("`{}` is no id", value::shown(&s));
                self.sink.error("Y0314", node.at, message, Some(value::ID_HELP.to_owned()));
                None
            }
            Kind::Text => self.text_field(field, node).map(Val::Text),
            Kind::Word(words) => {
                let s = self.text(name, node)?;
                self.word(name, words, s, node.at).map(Val::Text)
            }
            Kind::Words(words) => {
                let list = self.texts(name, node)?;
                let noun = name.trim_end_matches('s');
                all(list, |(s, at)| Some((self.word(noun, words, s, at)?, at))).map(Val::Texts)
            }
            Kind::Hs6 => {
                let s = self.text(name, node)?;
                let code = self.code(&s, node.at)?;
                if !code.is_subheading() {
                    let help = "six digits, as in 100630".to_owned();
                    self.sink.error("Y1110", node.at, format!("`{s}` is no HS6 code"), Some(help));
                    return None;
                }
                Some(Val::Code(code))
            }
            Kind::HsCodes => {
                let list = self.texts(name, node)?;
                all(list, |(s, at)| Some((self.code(&s, at)?, at))).map(Val::Codes)
            }
            Kind::Bans => {
                let list = self.texts(name, node)?;
                all(list, |(s, at)| self.ban(&s, at)).map(Val::Bans)
            }
            Kind::Ref(what) => {
                let s = self.text(name, node)?;
                self.reference(what, &s, node.at).map(Val::Index)
            }
            Kind::Country => self.text(name, node).and_then(|s| self.country(s, node.at)).map(Val::Text),
            Kind::Zone => self.zone(name, node),
            Kind::Direction => {
                let s = self.text(name, node)?;
                self.direction(&s, node.at).map(Val::Direction)
            }
            Kind::Integer(min, max) => self.integer(name, node, min, max, here),
            Kind::Number(limits) => {
                let v = self.number(name, node)?;
                self.within(name, v, limits, node.at)?;
                if here.counts {
                    self.input(here.path, here.basis, node.at);
                }
                Some(Val::Number(v))
            }
            Kind::Quantity(limits) => self.quantity(name, node, limits, here).map(Val::Quantity),
            Kind::Flag => self.flag(name, node),
            Kind::Date => {
                let s = self.text(name, node)?;
                self.day(&s, node.at).map(|d| Val::Span(d, d))
            }
            Kind::LooseDate => {
                let s = self.text(name, node)?;
                let days = value::loose_day(&s);
                if days.is_none() {
                    self.bad_day(&s, node.at);
                }
                days.map(|(a, b)| Val::Span(a, b))
            }
            Kind::Month => {
                let s = self.text(name, node)?;
                let Some((y, m)) = value::month(&s) else {
                    self.sink.error("Y0306", node.at, format!("`{s}` is no month"), Some("months are YYYY-MM".into()));
                    return None;
                };
                Some(Val::Month(y, m))
            }
            Kind::Weekdays => self.weekdays(name, node),
            Kind::Texts => self.texts(name, node).map(Val::Texts),
            Kind::Refs(what) => {
                let list = self.texts(name, node)?;
                all(list, |(s, at)| Some((self.reference(what, &s, at)?, at))).map(Val::Indices)
            }
            Kind::Countries => self.countries(name, node),
            Kind::Directions => {
                let mut both = [false; 2];
                for (s, at) in self.texts(name, node)? {
                    both[usize::from(self.direction(&s, at)? == Direction::Back)] = true;
                }
                Some(Val::Directions(both))
            }
            Kind::Quantities(limits) => {
                let items = self.items(name, node)?;
                let mut out = Vec::new();
                for (i, item) in items.iter().enumerate() {
                    let path = format!("{}.{i}", here.path);
                    out.push(self.quantity(name, item, limits, Here { path: &path, ..here }));
                }
                all(out, |q| q).map(Val::Quantities)
            }
            Kind::Numbers(count, limits) => self.numbers(name, node, Some((count, limits)), here),
            Kind::List => self.numbers(name, node, None, here),
            Kind::Curve(x, y) => self.curve(name, node, [x, y], here),
            Kind::Times => {
                let list = self.texts(name, node)?;
                all(list, |(s, at)| Some((self.time(&s, at)?, at))).map(Val::Times)
            }
            Kind::Dates => {
                let list = self.texts(name, node)?;
                all(list, |(s, at)| self.day(&s, at)).map(Val::Dates)
            }
            Kind::Intervals => {
                let list = self.texts(name, node)?;
                all(list, |(s, at)| {
                    let found = value::interval(&s);
                    if found.is_none() {
                        let help = "write \"08:00-12:00\"".to_owned();
                        self.sink.error("Y0307", at, format!("`{s}` is no interval of a day"), Some(help));
                    }
                    Some((found?, at))
                })
                .map(Val::Intervals)
            }
            Kind::Pairs => self.pairs(name, node),
        }
    }

    fn wrong(&mut self, name: &str, node: &Node, due: &str) {
        self.sink.error("Y0301", node.at, format!("`{name}` is {}, not {due}", node.value.sort()), None);
    }

    fn text(&mut self, name: &str, node: &Node) -> Option<String> {
        match &node.value {
            Value::Text(s) | Value::Cell(s) | Value::Moment(s) if s.trim().is_empty() => {
                self.sink.error("Y0311", node.at, format!("`{name}` is empty"), None);
                None
            }
            Value::Text(s) | Value::Cell(s) | Value::Moment(s) => Some(s.trim().to_owned()),
            other => {
                let help = other.plain().map(|p| format!("put it in quotes: \"{p}\""));
                self.sink.error("Y0301", node.at, format!("`{name}` is {}, not text", other.sort()), help);
                None
            }
        }
    }

    /// Text that may be empty where it is not required.
    fn text_field(&mut self, field: &Field, node: &Node) -> Option<String> {
        match &node.value {
            Value::Text(s) | Value::Cell(s) if s.trim().is_empty() && !field.required => Some(String::new()),
            _ => self.text(field.name, node),
        }
    }

    /// The items of a list; a cell is parted at `;`.
    fn items(&mut self, name: &str, node: &Node) -> Option<Vec<Node>> {
        match &node.value {
            Value::List(l) => Some(l.clone()),
            Value::Cell(s) => {
                let mut out = Vec::new();
                let source = self.sink.sources.get(node.at.file).map_or("", |f| f.text.as_str());
                let quoted = source.as_bytes().get(node.at.start) == Some(&b'"');
                let mut start = node.at.start + usize::from(quoted);
                for part in s.trim_matches(['[', ']']).split(';') {
                    let lead = part.len() - part.trim_start().len();
                    let at = At { start: start + lead, end: start + part.trim_end().len(), ..node.at };
                    start += part.len() + 1;
                    if !part.trim().is_empty() {
                        out.push(Node { at, value: Value::Cell(part.trim().to_owned()) });
                    }
                }
                Some(out)
            }
            _ => {
                self.wrong(name, node, "a list");
                None
            }
        }
    }

    fn texts(&mut self, name: &str, node: &Node) -> Option<Vec<(String, At)>> {
        let items = self.items(name, node)?;
        all(items, |n| Some((self.text(name, &n)?, n.at)))
    }

    fn reference(&mut self, what: What, s: &str, at: At) -> Option<usize> {
        let known = self.names.of(what);
        let found = known.and_then(|k| k.find(s));
        if found.is_none() && !known.is_some_and(|k| k.incomplete) {
            let help = meant(s, known.into_iter().flat_map(|k| &k.names).map(String::as_str))
                .unwrap_or_else(|| format!("such are declared in {}", what.place()));
            self.sink.error("Y0401", at, format!("there is no {} `{s}`", what.noun()), Some(help));
        }
        found
    }

    fn country(&mut self, s: String, at: At) -> Option<String> {
        if s.len() == 2 && s.bytes().all(|b| b.is_ascii_uppercase()) {
            return Some(s);
        }
        let help = "two capital letters, ISO 3166".to_owned();
        self.sink.error("Y0312", at, format!("`{s}` is no country code"), Some(help));
        None
    }

    fn countries(&mut self, name: &str, node: &Node) -> Option<Val> {
        let list = self.texts(name, node)?;
        if list.len() != 2 {
            self.sink.error("Y0310", node.at, format!("`{name}` has {} countries, not 2", list.len()), None);
            return None;
        }
        let checked: Vec<(String, At)> =
            list.into_iter().filter_map(|(s, at)| Some((self.country(s, at)?, at))).collect();
        let [(a, _), (b, _)] = checked.as_slice() else {
            return None;
        };
        if a == b {
            self.sink.error("Y0310", node.at, format!("both countries are `{a}`"), None);
            return None;
        }
        let both = [a.clone(), b.clone()];
        self.countries = Some(both.clone());
        Some(Val::Countries(both))
    }

    fn zone(&mut self, name: &str, node: &Node) -> Option<Val> {
        let s = self.text(name, node)?;
        if yalu_calendar::known_zone(&s) {
            return Some(Val::Text(s));
        }
        let all = yalu_calendar::zone_names();
        let help = meant(&s, all.iter().map(String::as_str))
            .unwrap_or_else(|| "an IANA name such as `Asia/Shanghai`".to_owned());
        self.sink.error("Y0308", node.at, format!("there is no time zone `{s}`"), Some(help));
        None
    }

    fn word(&mut self, name: &str, words: &[&str], s: String, at: At) -> Option<String> {
        if words.contains(&s.as_str()) {
            return Some(s);
        }
        let help = meant(&s, words.iter().copied()).unwrap_or_else(|| format!("one of: {}", words.join(", ")));
        self.sink.error("Y0305", at, format!("`{s}` is no {name}"), Some(help));
        None
    }

    fn code(&mut self, s: &str, at: At) -> Option<HsCode> {
        let told = match s.parse() {
            Ok(code) => return Some(code),
            Err(told) => told,
        };
        let help = match HsError::meant(&told) {
            Some(code) => format!("did you mean `{code}` ({})?", code.chapter()),
            None => "one code after another, parted by `;` in CSV: 27;2701;270112".to_owned(),
        };
        self.sink.error("Y0318", at, told.to_string(), Some(help));
        None
    }

    /// Goods that may not pass: `27`, `*`, `AA-BB:27`.
    fn ban(&mut self, text: &str, at: At) -> Option<Ban> {
        let (direction, hs) = match text.split_once(':') {
            Some((way, hs)) => (Some(self.direction(way, at)?), hs),
            None => (None, text),
        };
        let hs = if hs == "*" { None } else { Some(self.code(hs, at)?) };
        Some(Ban { direction, hs })
    }

    /// A direction; none where it is not a pair of the countries.
    fn direction(&mut self, s: &str, at: At) -> Option<Direction> {
        // Without countries nothing can be said; that they are wrong has been told.
        let [a, b] = self.countries.clone()?;
        let (first, second) = (format!("{a}-{b}"), format!("{b}-{a}"));
        if s == first {
            return Some(Direction::Forward);
        }
        if s == second {
            return Some(Direction::Back);
        }
        let help = format!("directions are `{first}` and `{second}`");
        self.sink.error("Y0313", at, format!("`{s}` is no direction"), Some(help));
        None
    }

    fn integer(&mut self, name: &str, node: &Node, min: i64, max: i64, here: Here<'_>) -> Option<Val> {
        let v = match &node.value {
            Value::Integer(i) => *i,
            Value::Cell(s) => {
                let Ok(i) = s.trim().parse() else {
                    self.sink.error("Y0302", node.at, format!("`{name}` is `{s}`, not a whole number"), None);
                    return None;
                };
                i
            }
            _ => {
                self.wrong(name, node, "a whole number");
                return None;
            }
        };
        if v < min || v > max {
            let help = if max == i64::MAX { format!("at least {min}") } else { format!("{min} to {max}") };
            self.sink.error("Y0304", node.at, format!("`{name}` is {v}"), Some(help));
            return None;
        }
        if here.counts {
            self.input(here.path, here.basis, node.at);
        }
        Some(Val::Integer(v))
    }

    fn number(&mut self, name: &str, node: &Node) -> Option<f64> {
        match &node.value {
            Value::Integer(i) => Some(*i as f64),
            Value::Float(f) if f.is_finite() => Some(*f),
            Value::Cell(s) => match value::number(s) {
                Ok(v) => Some(v),
                Err(e) => {
                    self.bad_number(name, s, &e, false, "", node.at);
                    None
                }
            },
            Value::Float(_) => {
                self.sink.error("Y0302", node.at, format!("`{name}` is not a finite number"), None);
                None
            }
            _ => {
                self.wrong(name, node, "a number");
                None
            }
        }
    }

    fn bad_number(&mut self, name: &str, s: &str, e: &NumberError, range: bool, unit: &str, at: At) {
        match e {
            NumberError::Reversed => {
                let help = "a range rises: low..high, or low..likely..high".to_owned();
                self.sink.error("Y0303", at, format!("the range `{s}` of `{name}` does not rise"), Some(help));
            }
            NumberError::Unit(tail) => {
                let due = if unit.is_empty() { "no unit".to_owned() } else { unit.to_owned() };
                let help = format!("write the number alone, in the unit of the key ({due})");
                self.sink.error("Y0316", at, format!("`{name}` has `{tail}` after its number"), Some(help));
            }
            NumberError::Comma => {
                self.sink.error("Y1304", at, format!("`{s}` has a comma"), Some(value::COMMA_HELP.to_owned()));
            }
            NumberError::Syntax => {
                let help = range.then(|| "a number, \"30..50\" or \"30..40..50\"".to_owned());
                self.sink.error("Y0302", at, format!("`{s}` is no number for `{name}`"), help);
            }
        }
    }

    fn within(&mut self, name: &str, v: f64, limits: Limits, at: At) -> Option<()> {
        let unit = if limits.unit.is_empty() { String::new() } else { format!(" {}", limits.unit) };
        if v >= limits.min && v <= limits.max {
            if v > limits.usual {
                let help = format!("more than {}{unit} is unusual; it is taken as written", limits.usual);
                self.sink.warn("Y0319", at, format!("`{name}` is {v}{unit}"), Some(help));
            }
            return Some(());
        }
        let help = if limits.usual < limits.max {
            format!("must be at least {}{unit}", limits.min)
        } else {
            format!("sensible are {} to {}{unit}", limits.min, limits.max)
        };
        self.sink.error("Y0304", at, format!("`{name}` is {v}{unit}"), Some(help));
        None
    }

    fn quantity(&mut self, name: &str, node: &Node, limits: Limits, here: Here<'_>) -> Option<Quantity> {
        if let Value::Table(t) = &node.value {
            for (key, _) in &t.entries {
                if !["value", "source", "assumed"].contains(&key.name.as_str()) {
                    let help = meant(&key.name, ["value", "source", "assumed"])
                        .unwrap_or_else(|| "a number's table has value, source or assumed".into());
                    self.sink.error("Y0201", key.at, format!("unknown key `{}`", key.name), Some(help));
                }
            }
            let basis = self.basis(t, here.basis);
            let Some(v) = t.get("value") else {
                let help = format!("write {name} = {{ value = ..., source = \"...\" }}");
                self.sink.error("Y0202", node.at, format!("`{name}` has no `value`"), Some(help));
                return None;
            };
            if matches!(v.value, Value::Table(_)) {
                self.wrong(name, v, "a number or range");
                return None;
            }
            return self.quantity(name, v, limits, Here { basis: &basis, ..here });
        }
        let dist = match &node.value {
            Value::Text(s) | Value::Cell(s) => match value::dist(s) {
                Ok(d) => d,
                Err(e) => {
                    self.bad_number(name, s, &e, true, limits.unit, node.at);
                    return None;
                }
            },
            Value::Integer(_) | Value::Float(_) => Dist::Fixed(self.number(name, node)?),
            _ => {
                self.wrong(name, node, "a number or range");
                return None;
            }
        };
        let (low, high) = (dist.at(0.0), dist.at(1.0));
        self.within(name, low, limits, node.at)?;
        self.within(name, high, limits, node.at)?;
        let basis: Basis = self.input(here.path, here.basis, node.at);
        let quantity = Quantity { path: here.path.to_owned(), dist, basis };
        if low < high {
            self.uncertain.push(quantity.clone());
        }
        Some(quantity)
    }

    fn numbers(&mut self, name: &str, node: &Node, due: Option<(usize, Limits)>, here: Here<'_>) -> Option<Val> {
        let items = self.items(name, node)?;
        if let Some((n, _)) = due
            && items.len() != n
        {
            self.sink.error("Y0310", node.at, format!("`{name}` has {} numbers, not {n}", items.len()), None);
            return None;
        }
        let mut out = Vec::new();
        for item in &items {
            let v = self.number(name, item)?;
            if let Some((_, limits)) = due {
                self.within(name, v, limits, item.at)?;
            }
            out.push((v, item.at));
        }
        self.input(here.path, here.basis, node.at);
        Some(Val::Numbers(out))
    }

    fn curve(&mut self, name: &str, node: &Node, limits: [Limits; 2], here: Here<'_>) -> Option<Val> {
        let mut out = Vec::new();
        for item in self.items(name, node)? {
            let pair = match &item.value {
                Value::List(l) => l.as_slice(),
                _ => &[],
            };
            let [x, y] = pair else {
                let help = format!("write [[0, 400], [80, 100]], each pair {} and {}", limits[0].unit, limits[1].unit);
                let message = format!("`{name}` holds pairs of numbers, and this is none");
                self.sink.error("Y0310", item.at, message, Some(help));
                return None;
            };
            let (vx, vy) = (self.number(name, x)?, self.number(name, y)?);
            self.within(name, vx, limits[0], x.at)?;
            self.within(name, vy, limits[1], y.at)?;
            out.push(((vx, vy), item.at));
        }
        self.input(here.path, here.basis, node.at);
        Some(Val::Curve(out))
    }

    fn flag(&mut self, name: &str, node: &Node) -> Option<Val> {
        match &node.value {
            Value::Flag(b) => Some(Val::Flag(*b)),
            Value::Cell(s) => match s.to_ascii_lowercase().as_str() {
                "true" | "yes" | "1" => Some(Val::Flag(true)),
                "false" | "no" | "0" => Some(Val::Flag(false)),
                _ => {
                    self.sink.error("Y0305", node.at, format!("`{s}` is no {name}"), Some("yes or no".into()));
                    None
                }
            },
            _ => {
                self.wrong(name, node, "true or false");
                None
            }
        }
    }

    fn day(&mut self, s: &str, at: At) -> Option<value::Day> {
        let day = value::day(s);
        if day.is_none() {
            self.bad_day(s, at);
        }
        day
    }

    fn bad_day(&mut self, s: &str, at: At) {
        let help = "days are YYYY-MM-DD and must exist".to_owned();
        self.sink.error("Y0306", at, format!("`{s}` is no day"), Some(help));
    }

    fn time(&mut self, s: &str, at: At) -> Option<u32> {
        let t = value::time(s, false);
        if t.is_none() {
            self.sink.error(
                "Y0307",
                at,
                format!("`{s}` is no time of day"),
                Some("times are HH:MM, 00:00 to 23:59".into()),
            );
        }
        t
    }

    fn weekdays(&mut self, name: &str, node: &Node) -> Option<Val> {
        if matches!(&node.value, Value::Text(s) | Value::Cell(s) if s.trim() == "daily") {
            return Some(Val::Weekdays([true; 7]));
        }
        if let Value::Text(s) = &node.value {
            let help = "\"daily\", or a list such as [\"mon\", \"thu\"]".to_owned();
            self.sink.error("Y0305", node.at, format!("`{s}` is no {name}"), Some(help));
            return None;
        }
        let mut days = [false; 7];
        for (s, at) in self.texts(name, node)? {
            let Some(i) = WEEKDAYS.iter().position(|d| *d == s) else {
                let help = meant(&s, WEEKDAYS).unwrap_or_else(|| format!("one of: {}", WEEKDAYS.join(", ")));
                self.sink.error("Y0305", at, format!("`{s}` is no day of the week"), Some(help));
                return None;
            };
            days[i] = true;
        }
        Some(Val::Weekdays(days))
    }

    fn pairs(&mut self, name: &str, node: &Node) -> Option<Val> {
        let mut out = Vec::new();
        for item in self.items(name, node)? {
            let pair = self.texts(name, &item)?;
            let [(a, _), (b, _)] = pair.as_slice() else {
                let help = "write [\"label\", \"value\"]".to_owned();
                self.sink.error("Y0310", item.at, format!("`{name}` holds pairs, this has {}", pair.len()), Some(help));
                return None;
            };
            out.push((a.clone(), b.clone()));
        }
        Some(Val::Pairs(out))
    }
}
