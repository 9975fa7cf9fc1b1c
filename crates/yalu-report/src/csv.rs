//! Comma-separated text as rows of cells.

/// Rows of a CSV text; a quote left open ends with the text.
pub fn rows(text: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut cell = String::new();
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                push_row(&mut rows, &mut row);
            }
            c => cell.push(c),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        push_row(&mut rows, &mut row);
    }
    rows
}

fn push_row(rows: &mut Vec<Vec<String>>, row: &mut Vec<String>) {
    let row = std::mem::take(row);
    if row.iter().any(|cell| !cell.is_empty()) {
        rows.push(row);
    }
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn quotes_and_line_ends() {
        let got = rows("a,b\r\n\"x, \"\"y\"\"\",2\n\n3,\"open");
        assert_eq!(got, [vec!["a", "b"], vec!["x, \"y\"", "2"], vec!["3", "open"]]);
        assert!(rows("").is_empty());
    }
}
