//! Small corridors to begin with: the one of `yalu new`, and one for each kind of border crossing.

macro_rules! files {
    ($dir:literal: $($path:literal)*) => {
        &[$(($path, include_str!(concat!("../template/", $dir, "/", $path)))),*]
    };
}

/// Path and text of files.
type Files = &'static [(&'static str, &'static str)];

/// Files of the template, with the name it is to have.
const FILES: Files = files!(".":
    "scenario.toml" "network/points.csv" "network/sections.csv" "network/profiles.csv" "network/traffic.csv"
    "rolling_stock.toml" "services.toml" "disturbances.toml" "routes.toml" "border.toml" "trade.toml" "rules.csv"
    "consignments.csv" "crossings.csv" "regimes.csv" "reports.csv" "observed.csv" "story.toml");

/// What the templates of kinds have in common; a kind's own file of the same path comes in its place.
const COMMON: Files = files!("border/common":
    "scenario.toml" "network/points.csv" "network/sections.csv" "rolling_stock.toml" "services.toml" "routes.toml"
    "trade.toml" "crossings.csv" "regimes.csv");

/// A kind of border crossing that a template shows (docs/border-kinds.md).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BorderKind {
    /// Same gauge, change of traction.
    SameGauge,
    /// Break of gauge, change of bogies.
    BogieExchange,
    /// Break of gauge, transshipment into other wagons.
    Transshipment,
    /// Windows one way and the other over a single-track bridge.
    DirectionalWindows,
    /// Controls of both countries side by side in one station.
    Juxtaposed,
}

impl BorderKind {
    /// All, in the order of the documentation.
    pub const ALL: [BorderKind; 5] = [
        BorderKind::SameGauge,
        BorderKind::BogieExchange,
        BorderKind::Transshipment,
        BorderKind::DirectionalWindows,
        BorderKind::Juxtaposed,
    ];
    /// Its word on the command line.
    pub fn word(self) -> &'static str {
        match self {
            BorderKind::SameGauge => "same-gauge",
            BorderKind::BogieExchange => "bogie-exchange",
            BorderKind::Transshipment => "transshipment",
            BorderKind::DirectionalWindows => "directional-windows",
            BorderKind::Juxtaposed => "juxtaposed",
        }
    }
    /// What it is, in a few words.
    pub fn title(self) -> &'static str {
        match self {
            BorderKind::SameGauge => "A border of one gauge with change of traction",
            BorderKind::BogieExchange => "A break of gauge with change of bogies",
            BorderKind::Transshipment => "A break of gauge with transshipment",
            BorderKind::DirectionalWindows => "A single-track bridge with directional windows",
            BorderKind::Juxtaposed => "A border with juxtaposed controls",
        }
    }
    /// The kind of a word.
    pub fn named(word: &str) -> Option<BorderKind> {
        BorderKind::ALL.into_iter().find(|k| k.word() == word)
    }
    fn own(self) -> Files {
        match self {
            BorderKind::SameGauge => files!("border/same-gauge": "border.toml"),
            BorderKind::BogieExchange => files!("border/bogie-exchange": "border.toml" "network/sections.csv"),
            BorderKind::Transshipment => files!("border/transshipment":
                "border.toml" "network/sections.csv" "rolling_stock.toml" "services.toml"),
            BorderKind::DirectionalWindows => {
                files!("border/directional-windows": "border.toml" "services.toml" "routes.toml")
            }
            BorderKind::Juxtaposed => files!("border/juxtaposed": "border.toml"),
        }
    }
}

/// The files (path, text) of a small commented corridor of two countries. It loads without errors and warnings under
/// any name; what a name may not hold (`corridor.id` is letters, digits, `-` and `_`) becomes `-`.
pub fn template(name: &str) -> Vec<(String, String)> {
    let id = id(name);
    FILES.iter().map(|(path, text)| ((*path).to_owned(), text.replace("{{name}}", &id))).collect()
}

/// The same of a corridor that shows a kind of border crossing.
pub fn border_template(kind: BorderKind, name: &str) -> Vec<(String, String)> {
    let (id, own) = (id(name), kind.own());
    let of = |path: &str| own.iter().find(|f| f.0 == path);
    let common = COMMON.iter().map(|f| of(f.0).unwrap_or(f));
    let more = own.iter().filter(|f| COMMON.iter().all(|c| c.0 != f.0));
    let filled = |text: &str| text.replace("{{name}}", &id).replace("{{title}}", kind.title());
    common.chain(more).map(|(path, text)| ((*path).to_owned(), filled(text))).collect()
}

fn id(name: &str) -> String {
    let id: String = name.chars().map(|c| if c.is_alphanumeric() || c == '-' || c == '_' { c } else { '-' }).collect();
    if id.is_empty() { "corridor".to_owned() } else { id }
}
