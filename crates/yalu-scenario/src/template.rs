//! A small corridor to begin with.

/// Files of the template, with the name it is to have.
const FILES: &[(&str, &str)] = &[
    ("scenario.toml", include_str!("../template/scenario.toml")),
    ("network/points.csv", include_str!("../template/network/points.csv")),
    ("network/sections.csv", include_str!("../template/network/sections.csv")),
    ("network/profiles.csv", include_str!("../template/network/profiles.csv")),
    ("network/traffic.csv", include_str!("../template/network/traffic.csv")),
    ("rolling_stock.toml", include_str!("../template/rolling_stock.toml")),
    ("services.toml", include_str!("../template/services.toml")),
    ("disturbances.toml", include_str!("../template/disturbances.toml")),
    ("routes.toml", include_str!("../template/routes.toml")),
    ("border.toml", include_str!("../template/border.toml")),
    ("trade.toml", include_str!("../template/trade.toml")),
    ("rules.csv", include_str!("../template/rules.csv")),
    ("consignments.csv", include_str!("../template/consignments.csv")),
    ("crossings.csv", include_str!("../template/crossings.csv")),
    ("regimes.csv", include_str!("../template/regimes.csv")),
    ("reports.csv", include_str!("../template/reports.csv")),
    ("observed.csv", include_str!("../template/observed.csv")),
    ("story.toml", include_str!("../template/story.toml")),
];

/// The files (path, text) of a small commented corridor of two countries. It loads without errors and warnings under
/// any name; what a name may not hold (`corridor.id` is letters, digits, `-` and `_`) becomes `-`.
pub fn template(name: &str) -> Vec<(String, String)> {
    let mut id: String =
        name.chars().map(|c| if c.is_alphanumeric() || c == '-' || c == '_' { c } else { '-' }).collect();
    if id.is_empty() {
        id.push_str("corridor");
    }
    FILES.iter().map(|(path, text)| ((*path).to_owned(), text.replace("{{name}}", &id))).collect()
}
