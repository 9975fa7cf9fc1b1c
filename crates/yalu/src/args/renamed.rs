//! Commands of earlier versions, and what they are called now.

const RENAMED: [(&str, &str); 9] = [
    ("train", "line train"),
    ("diagram", "line diagram"),
    ("capacity", "line capacity"),
    ("forecast", "status DIR --ahead"),
    ("compare", "whatif compare"),
    ("contingency", "whatif sheet"),
    ("ledger", "reports"),
    ("score", "fit score"),
    ("calibrate", "fit calibrate"),
];

/// The command that does what one of an earlier name did.
pub fn renamed(old: &str) -> Option<&'static str> {
    RENAMED.iter().find(|(name, _)| *name == old).map(|(_, now)| *now)
}
