//! `yalu schema`.

use crate::args::Schema;
use crate::ended::Ended;
use crate::terminal::{Problem, print};
use serde_json::json;
use yalu_files::write_file;
use yalu_scenario::schemas;
use yalu_view::SCHEMA_VERSION;
use yalu_view::docs::documents;

/// Prints or writes the JSON Schema of scenario files, or of what commands print.
pub fn schema(a: &Schema) -> Result<Ended, Problem> {
    if a.views {
        views(a);
        return Ok(Ended::Fine);
    }
    let all = schemas();
    if let Some(dir) = &a.output {
        for (name, schema) in &all {
            let to = dir.join(format!("{}.schema.json", name.replace('/', "_")));
            write_file(&to, format!("{schema:#}\n"))?;
        }
        print(&format!("{} schemas in {}\n", all.len(), dir.display()));
    } else if let Some(name) = &a.file {
        let Some((_, schema)) = all.iter().find(|(n, _)| n == name) else {
            let names: Vec<&str> = all.iter().map(|s| s.0.as_str()).collect();
            return Err(
                Problem::new(format!("a scenario has no file {name}")).help(format!("one of {}", names.join(", ")))
            );
        };
        print(&format!("{schema:#}\n"));
    } else if a.json {
        let map: serde_json::Map<_, _> = all.into_iter().collect();
        print(&format!("{:#}\n", json!({ "schema_version": SCHEMA_VERSION, "schemas": map })));
    } else {
        let names: Vec<String> = all.iter().map(|s| format!("{}\n", s.0)).collect();
        print(&names.concat());
    }
    Ok(Ended::Fine)
}

/// Prints the JSON Schema of documents, or their sections of docs/json.md.
fn views(a: &Schema) {
    let all = documents();
    if a.json {
        let map: serde_json::Map<_, _> = all.into_iter().map(|d| (d.name.to_owned(), d.schema.to_value())).collect();
        print(&format!("{:#}\n", json!({ "schema_version": SCHEMA_VERSION, "schemas": map })));
    } else {
        let sections: Vec<String> = all.iter().map(yalu_view::docs::Document::markdown).collect();
        print(&sections.join("\n"));
    }
}
