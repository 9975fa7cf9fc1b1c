//! The template loads without a word.
use yalu_scenario::{Folder, load, render, template};

fn folder(name: &str) -> Folder {
    Folder { files: template(name).into_iter().map(|(n, t)| (n, t.into_bytes())).collect() }
}

#[test]
fn the_template_loads_without_errors_and_warnings() {
    for name in ["mine", "", "a b/c"] {
        let loaded = load(&folder(name), &[]);
        assert!(loaded.diagnostics.is_empty(), "{}", render(&loaded.diagnostics, false));
        let c = loaded.corridor.expect("a corridor");
        assert_eq!((c.points.len(), c.routes.len(), c.regimes.len()), (6, 2, 6));
    }
}
