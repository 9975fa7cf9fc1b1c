//! The description laid on a tree: keys, types, limits and references are checked, values decoded.

mod scalar;

use crate::describe::{Field, FileSpec, Format, Kind, TableSpec, What};
use crate::diagnostic::{At, Sink, did_you_mean, nearest};
use crate::parse::ROWS;
use crate::row::{Filed, Raw, Rows, Val};
use crate::tree::{Node, Table, Value};
use crate::upgrade::gone;
use std::collections::{BTreeMap, BTreeSet};
use yalu_model::{Basis, Quantity};

/// Names declared, by sort.
#[derive(Default)]
pub(crate) struct Names(BTreeMap<What, Known>);

/// Names of a sort.
#[derive(Default)]
pub(crate) struct Known {
    /// In file order.
    pub names: Vec<String>,
    places: BTreeMap<String, usize>,
    /// Whether some could not be read, which has been told: then a name that is not here may be one of them.
    pub incomplete: bool,
}

impl Known {
    /// The place of a name.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.places.get(name).copied()
    }
    fn push(&mut self, name: Option<String>) {
        self.incomplete |= name.is_none();
        let name = name.unwrap_or_default();
        self.places.entry(name.clone()).or_insert(self.names.len());
        self.names.push(name);
    }
}

impl Names {
    /// Collects the names a file declares; of one that could not be read, that they are not known.
    pub fn collect(&mut self, spec: &FileSpec, tree: Option<&Table>) {
        match spec.format {
            Format::Csv => self.rows(spec.root, tree.and_then(|t| t.get(ROWS)), true),
            Format::Toml => {
                for f in spec.root.fields {
                    if let Kind::Tables(t) = f.kind {
                        self.rows(t, tree.and_then(|tree| tree.get(f.name)), tree.is_none() || f.required);
                    }
                }
            }
        }
    }
    fn rows(&mut self, spec: &TableSpec, node: Option<&Node>, due: bool) {
        let Some(what) = spec.defines else { return };
        let known = self.0.entry(what).or_default();
        match node.map(|n| &n.value) {
            Some(Value::List(items)) => {
                for item in items {
                    let key = match &item.value {
                        Value::Table(t) => spec.key.first().and_then(|k| t.get(k)).and_then(|n| n.value.plain()),
                        _ => None,
                    };
                    known.push(key);
                }
            }
            _ => known.incomplete |= due,
        }
    }
    /// All of a sort; none where no file declares any.
    pub fn of(&self, what: What) -> Option<&Known> {
        self.0.get(&what)
    }
}

/// What decoding needs and gathers.
pub(crate) struct Decoder<'a> {
    pub sink: &'a mut Sink,
    pub names: &'a Names,
    /// The corridor's countries, once they are known.
    pub countries: Option<[String; 2]>,
    /// Every numeric input with its basis.
    pub inputs: Vec<(String, Basis)>,
    /// Numbers with a range.
    pub uncertain: Vec<Quantity>,
    /// The source index of `--set`, whose values count as assumed.
    pub set_file: Option<usize>,
    /// Places of numbers without a basis: file, count, first place.
    pub unstated: BTreeMap<usize, (usize, At)>,
    /// Where each value stands, by path; of a row, what names it.
    pub places: BTreeMap<String, At>,
    /// Columns that CSV files lack, which has been told of their headers.
    pub missing_columns: BTreeMap<&'static str, Vec<&'static str>>,
    /// Those of the file that is decoded.
    pub missing_here: Vec<&'static str>,
}

/// Where a value stands: its path and the basis that holds there.
#[derive(Clone, Copy)]
pub(crate) struct Here<'p> {
    path: &'p str,
    basis: &'p Basis,
    /// Whether numbers here are inputs that have a basis.
    counts: bool,
}

/// The files that could be read, as trees.
pub(crate) type Trees = [(&'static FileSpec, Table)];

impl Decoder<'_> {
    /// A TOML file's root table; none where the file is not there or its own keys are wrong.
    pub fn root<T: Filed>(&mut self, trees: &Trees) -> Option<T> {
        let (_, tree) = trees.iter().find(|(spec, _)| spec.name == T::FILE.name)?;
        self.missing_here = Vec::new();
        T::of(self.table(T::TABLE, tree, "", &Basis::Unstated))
    }
    /// A CSV file's rows.
    pub fn rows<T: Filed>(&mut self, trees: &Trees) -> Rows<T> {
        let tree = trees.iter().find(|(spec, _)| spec.name == T::FILE.name).and_then(|(_, tree)| tree.get(ROWS));
        self.missing_here = self.missing_columns.remove(T::FILE.name).unwrap_or_default();
        Rows::of(tree.map_or_else(Vec::new, |n| self.list(T::TABLE, n, "", &Basis::Unstated)))
    }

    fn table(&mut self, spec: &'static TableSpec, table: &Table, path: &str, inherited: &Basis) -> Raw {
        let basis = if spec.basis { self.basis(table, inherited) } else { inherited.clone() };
        let parted = if spec.basis { self.parted(spec, table) } else { None };
        let name_at = spec.key.first().and_then(|k| table.get(k)).map_or(table.at, |n| n.at);
        if !path.is_empty() {
            self.places.insert(path.to_owned(), name_at);
        }
        let (mut values, mut failed, mut meant_here) = (Vec::new(), false, Vec::new());
        for (key, node) in &table.entries {
            if spec.basis && (key.name == "source" || key.name == "assumed") {
                continue;
            }
            let Some(field) = spec.field(&key.name) else {
                let near = nearest(&key.name, spec.keys());
                let help = match (gone(spec.name, &key.name), near) {
                    (Some(gone), _) => gone.to_owned(),
                    (None, Some(near)) => did_you_mean(near),
                    (None, None) => format!("keys here are: {}", spec.keys().collect::<Vec<_>>().join(", ")),
                };
                self.sink.error("Y0201", key.at, format!("unknown key `{}`", key.name), Some(help));
                meant_here.extend(near);
                failed = true;
                continue;
            };
            let at = if matches!(field.kind, Kind::Table(_) | Kind::Tables(_)) { key.at } else { node.at };
            let field_path = if path.is_empty() { field.name.to_owned() } else { format!("{path}.{}", field.name) };
            let here = Here {
                path: &field_path,
                basis: match &parted {
                    Some((names, source, _)) if !names.contains(&field.name) => source,
                    Some((_, _, assumed)) => assumed,
                    None => &basis,
                },
                counts: spec.basis,
            };
            self.places.insert(field_path.clone(), at);
            match self.value(field, node, here) {
                // A text left empty is none.
                Some(Val::Text(s)) if s.is_empty() => {}
                // What is wrong within a table leaves a row out, but not all of a file.
                Some(v) => {
                    failed |= !path.is_empty() && matches!(&v, Val::Table(raw) if raw.failed);
                    values.push((field.name, v, at));
                }
                None => failed = true,
            }
        }
        for f in spec.fields.iter().filter(|f| f.required && table.get(f.name).is_none()) {
            failed = true;
            if !meant_here.contains(&f.name) && !self.missing_here.contains(&f.name) {
                self.missing(spec, f, table.at);
            }
        }
        Raw { at: table.at, path: path.to_owned(), basis, values, failed }
    }

    fn missing(&mut self, spec: &TableSpec, f: &Field, at: At) {
        let place = if spec.name.is_empty() { String::new() } else { format!(" in `{}`", spec.name) };
        self.sink.error("Y0202", at, format!("`{}` is missing{place}", f.name), Some(f.doc.to_owned()));
    }

    fn list(&mut self, spec: &'static TableSpec, node: &Node, path: &str, inherited: &Basis) -> Vec<Raw> {
        let Value::List(items) = &node.value else {
            let help = Some(format!("write it as `[[{}]]`", spec.name));
            self.sink.error(
                "Y0301",
                node.at,
                format!("`{}` is {}, not a list of tables", spec.name, node.value.sort()),
                help,
            );
            return Vec::new();
        };
        let mut seen = BTreeSet::new();
        let mut rows = Vec::new();
        for (i, item) in items.iter().enumerate() {
            let told = || Raw { failed: true, ..Raw::new(item.at) };
            if matches!(item.value, Value::Told) {
                rows.push(told());
                continue;
            }
            let Value::Table(t) = &item.value else {
                self.sink.error("Y0301", item.at, format!("{} stands where a table is due", item.value.sort()), None);
                rows.push(told());
                continue;
            };
            let key = row_key(spec, t, i);
            if !spec.key.is_empty() && spec.key.iter().all(|k| t.get(k).is_some()) && !seen.insert(key.clone()) {
                let at = spec.key.first().and_then(|k| t.get(k)).map_or(t.at, |n| n.at);
                let help = format!("each {} needs its own {}", spec.name, spec.key.join(" and "));
                self.sink.error("Y0402", at, format!("the {} `{key}` is there twice", spec.name), Some(help));
            }
            let prefix = if path.is_empty() { String::new() } else { format!("{path}.") };
            rows.push(self.table(spec, t, &format!("{prefix}{}.{key}", spec.name), inherited));
        }
        rows
    }

    /// The basis that `source` and `assumed` beside numbers give.
    fn basis(&mut self, table: &Table, inherited: &Basis) -> Basis {
        let mut basis = inherited.clone();
        for name in ["source", "assumed"] {
            let Some(node) = table.get(name) else {
                continue;
            };
            let (Value::Text(text) | Value::Cell(text)) = &node.value else {
                let message = format!("`{name}` is {}, not text", node.value.sort());
                self.sink.error("Y0301", node.at, message, None);
                continue;
            };
            if text.trim().is_empty() {
                let help = if name == "source" { "name the source" } else { "say why this value" };
                self.sink.error("Y0309", node.at, format!("`{name}` is empty"), Some(help.into()));
            } else if name == "source" {
                basis = Basis::Source(text.clone());
            } else {
                basis = Basis::Assumed(text.clone());
            }
        }
        basis
    }

    /// Where a table or row has both a source and an assumption: the keys that are assumed, which `assumed` names
    /// before a colon (`speed_kmh blocks: not found`), the source of the others, and why.
    fn parted(&mut self, spec: &TableSpec, table: &Table) -> Option<(Vec<&'static str>, Basis, Basis)> {
        let text = |name: &str| match table.get(name).map(|n| &n.value) {
            Some(Value::Text(t) | Value::Cell(t)) if !t.trim().is_empty() => Some(t.clone()),
            _ => None,
        };
        let (source, assumed) = (text("source")?, text("assumed")?);
        let (names, why) = assumed.split_once(':').unwrap_or(("", &assumed));
        let fields: Option<Vec<&'static str>> =
            names.split_whitespace().map(|n| spec.field(n).map(|f| f.name)).collect();
        match fields {
            Some(f) if !f.is_empty() => Some((f, Basis::Source(source), Basis::Assumed(why.trim().to_owned()))),
            _ => {
                let at = table.get("assumed").map_or(table.at, |n| n.at);
                let help = "begin `assumed` with the keys it is for and a colon, as in `speed_kmh blocks: not found`; the \
                            others then have the source";
                self.sink.error(
                    "Y0317",
                    at,
                    "both `source` and `assumed`, and not said for which keys",
                    Some(help.into()),
                );
                None
            }
        }
    }

    /// Notes a numeric input.
    fn input(&mut self, path: &str, basis: &Basis, at: At) -> Basis {
        let basis = if Some(at.file) == self.set_file {
            Basis::Assumed("set by the caller (--set)".into())
        } else {
            basis.clone()
        };
        if basis == Basis::Unstated {
            self.unstated.entry(at.file).or_insert((0, at)).0 += 1;
        }
        self.inputs.push((path.to_owned(), basis.clone()));
        basis
    }

    fn nested(&mut self, field: &Field, node: &Node, here: Here<'_>) -> Option<Val> {
        // Paths name the table, not the list's key, which are the same word.
        let parent = here.path.rsplit_once('.').map_or("", |(p, _)| p);
        match field.kind {
            Kind::Table(spec) => {
                if let Value::Table(t) = &node.value {
                    return Some(Val::Table(self.table(spec, t, here.path, here.basis)));
                }
                if let (Some(per), Some(plain)) = (spec.field("per"), node.value.plain()) {
                    let help = format!("write {} = {{ value = {plain}, per = ... }}; per: {}", field.name, per.doc);
                    self.sink.error("Y1101", node.at, format!("`{}` has no unit", field.name), Some(help));
                    return None;
                }
                let message = format!("`{}` is {}, not a table", field.name, node.value.sort());
                self.sink.error("Y0301", node.at, message, Some(format!("write it as `[{}]`", field.name)));
                None
            }
            Kind::Tables(spec) => Some(Val::Tables(self.list(spec, node, parent, here.basis))),
            _ => None,
        }
    }
}

/// What names a row in paths: its key fields, or its number.
pub(crate) fn row_key(spec: &TableSpec, t: &Table, i: usize) -> String {
    if spec.key.is_empty() {
        return i.to_string();
    }
    let parts: Option<Vec<String>> = spec.key.iter().map(|k| t.get(k).and_then(|n| n.value.plain())).collect();
    parts.map_or_else(|| i.to_string(), |p| p.join("."))
}
