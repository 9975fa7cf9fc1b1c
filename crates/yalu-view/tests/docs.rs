//! docs/json.md says what the types say.
use yalu_view::docs::documents;

#[test]
fn the_book_has_every_document_as_its_type_has_it() {
    let book = include_str!("../../../docs/json.md");
    for document in documents() {
        let section = document.markdown();
        assert!(book.contains(&section), "docs/json.md is not current; `yalu schema --views` prints:\n{section}");
    }
}

#[test]
fn every_key_says_what_it_is() {
    for document in documents() {
        for row in document.markdown().lines().filter(|l| l.starts_with("| `")) {
            assert!(!row.ends_with("|  |"), "{}: {row}", document.name);
        }
        let keys = document.schema.as_value()["properties"].as_object().unwrap();
        assert!(keys.contains_key("schema_version"), "{}", document.name);
    }
}
