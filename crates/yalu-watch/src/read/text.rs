//! Bytes of a table as text: gzip, encodings and separators are recognised, and named.

use std::io::Read;

/// More than this, unpacked, is no table of counts.
const MAX_BYTES: u64 = 1 << 30;

/// A table's text, and what was recognised.
pub struct TableText {
    /// The text, without a byte order mark.
    pub text: String,
    /// Between cells.
    pub separator: u8,
    /// Encoding, compression and separator, where they are not UTF-8 and comma.
    pub recognised: Vec<&'static str>,
}

/// Why bytes are no text.
#[derive(Debug, thiserror::Error)]
pub enum TextError {
    /// Broken or endless compression.
    #[error("the gzip file cannot be unpacked")]
    Gzip(#[source] std::io::Error),
    /// A little that unpacks to more than a table holds.
    #[error("the gzip file unpacks to more than {} MiB", .0 >> 20)]
    TooLarge(u64),
    /// A spreadsheet or archive.
    #[error("the file is an archive or a spreadsheet, not a CSV table")]
    Archive,
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
}

/// What a gzip file holds, no more than so many bytes of it.
fn unpack(bytes: &[u8], most: u64) -> Result<Vec<u8>, TextError> {
    let mut out = Vec::new();
    flate2::read::MultiGzDecoder::new(bytes).take(most + 1).read_to_end(&mut out).map_err(TextError::Gzip)?;
    if out.len() as u64 > most { Err(TextError::TooLarge(most)) } else { Ok(out) }
}

/// Reads the bytes of a file.
pub fn table_text(bytes: &[u8]) -> Result<TableText, TextError> {
    let mut recognised = Vec::new();
    let unpacked;
    let bytes = if bytes.starts_with(&[0x1f, 0x8b]) {
        recognised.push("gzip");
        unpacked = unpack(bytes, MAX_BYTES)?;
        &unpacked[..]
    } else {
        bytes
    };
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(TextError::Archive);
    }
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|c| unit([c[0], c[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => {
            recognised.push("UTF-16");
            utf16(rest, u16::from_le_bytes)
        }
        [0xfe, 0xff, rest @ ..] => {
            recognised.push("UTF-16");
            utf16(rest, u16::from_be_bytes)
        }
        _ => {
            let plain = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
            if let Ok(t) = std::str::from_utf8(plain) {
                t.to_owned()
            } else {
                recognised.push("Latin-1");
                plain.iter().map(|b| char::from(*b)).collect()
            }
        }
    };
    let header = text.lines().next().unwrap_or("");
    if header.trim().is_empty() {
        return Err(TextError::Empty);
    }
    let count = |s: u8| header.bytes().filter(|b| *b == s).count();
    let separator = [b',', b';', b'\t', b'|'].into_iter().rev().max_by_key(|s| count(*s)).unwrap_or(b',');
    recognised.extend(match separator {
        b';' => Some("semicolons"),
        b'\t' => Some("tabs"),
        b'|' => Some("bars"),
        _ => None,
    });
    Ok(TableText { text, separator, recognised })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    }

    #[test]
    fn encodings_and_separators_are_recognised() {
        let t = table_text(b"\xef\xbb\xbfa;b\n1;2\n").unwrap();
        assert_eq!((t.text.as_str(), t.separator, t.recognised), ("a;b\n1;2\n", b';', vec!["semicolons"]));
        let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain("a\tb".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let t = table_text(&wide).unwrap();
        assert_eq!((t.text.as_str(), t.separator, t.recognised), ("a\tb", b'\t', vec!["UTF-16", "tabs"]));
        assert_eq!(table_text(b"caf\xe9,b").unwrap().text, "caf\u{e9},b");
        assert!(matches!(table_text(b"PK\x03\x04.."), Err(TextError::Archive)));
        assert!(matches!(table_text(b""), Err(TextError::Empty)));
        assert!(matches!(unpack(&gzip(b"a,b\n1,2\n"), 8), Ok(t) if t == b"a,b\n1,2\n"));
        assert!(matches!(unpack(&gzip(b"a,b\n1,2\n"), 7), Err(TextError::TooLarge(7))));
        assert!(matches!(table_text(&[0x1f, 0x8b, 1, 2]), Err(TextError::Gzip(_))));
    }
}
