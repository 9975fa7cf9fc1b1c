//! The receipt of a folder of results: what Yalu wrote there, file by file.

use crate::error::{FileError, io};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::Path;

/// Name of the receipt in a folder of results.
pub const RECEIPT: &str = "receipt.json";

/// The version of receipts that is written and read.
const FORMAT: u32 = 1;

/// The largest receipt that is read: a hundred thousand files.
const LARGEST: u64 = 16 * 1024 * 1024;

/// What was written into a folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Receipt {
    receipt_format: u32,
    /// Files by their path in the folder, with `/` between the parts.
    pub files: BTreeMap<String, Written>,
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Written {
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of its content, in hexadecimal.
    pub sha256: String,
}

/// SHA-256 of some bytes, in hexadecimal, as receipts hold it.
pub fn sha256(bytes: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(bytes);
    hex(hash)
}

/// The hash of a content as receipts hold it.
pub(crate) fn hex(hash: Sha256) -> String {
    hash.finalize().iter().fold(String::with_capacity(64), |mut out, b| {
        let _ = write!(out, "{b:02x}");
        out
    })
}

impl Receipt {
    pub fn new(files: BTreeMap<String, Written>) -> Self {
        Self { receipt_format: FORMAT, files }
    }

    /// As the file holds it.
    pub fn text(&self) -> String {
        // Maps of texts and numbers always have a JSON form.
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        format!("{text}\n")
    }

    /// Files of the receipt that are not in a folder at their size.
    pub fn missing(&self, folder: &Path) -> Vec<String> {
        let there = |name: &str, w: &Written| fs::metadata(folder.join(name)).is_ok_and(|m| m.len() == w.bytes);
        self.files.iter().filter(|(name, w)| !there(name, w)).map(|(name, _)| name.clone()).collect()
    }
}

/// Whether a folder holds nothing but what its receipt lists, unchanged: only then may it be replaced.
///
/// # Errors
/// [`FileError::Foreign`], [`FileError::Changed`], [`FileError::Io`].
pub(crate) fn owned(folder: &Path) -> Result<(), FileError> {
    let listed = text(&folder.join(RECEIPT)).and_then(|bytes| read(&bytes)).map(|r| r.files);
    let (mut foreign, mut changed) = (Vec::new(), Vec::new());
    let known = listed.is_some();
    let listed = listed.unwrap_or_default();
    for name in files(folder)? {
        match listed.get(&name) {
            _ if known && name == RECEIPT => {}
            None => foreign.push(name),
            Some(w) if same(&folder.join(&name), w)? => {}
            Some(_) => changed.push(name),
        }
    }
    let path = || folder.to_owned();
    match (foreign.is_empty(), changed.is_empty()) {
        (false, _) => Err(FileError::Foreign { path: path(), files: foreign }),
        (true, false) => Err(FileError::Changed { path: path(), files: changed }),
        (true, true) => Ok(()),
    }
}

/// The bytes of a receipt; none where there is no file of a receipt's size.
fn text(path: &Path) -> Option<Vec<u8>> {
    fs::symlink_metadata(path).ok().filter(|m| m.is_file() && m.len() <= LARGEST)?;
    fs::read(path).ok()
}

/// A receipt of the version that is written here.
fn read(bytes: &[u8]) -> Option<Receipt> {
    serde_json::from_slice(bytes).ok().filter(|r: &Receipt| r.receipt_format == FORMAT)
}

/// The files that the bytes of a receipt list; none where they are no receipt.
pub fn listed_by(receipt: &[u8]) -> Option<Vec<String>> {
    read(receipt).map(|r| r.files.into_keys().collect())
}

fn same(file: &Path, written: &Written) -> Result<bool, FileError> {
    let meta = fs::symlink_metadata(file).map_err(io("read", file))?;
    if !meta.is_file() || meta.len() != written.bytes {
        return Ok(false);
    }
    let mut hash = Sha256::new();
    let mut open = File::open(file).map_err(io("read", file))?;
    std::io::copy(&mut open, &mut Hashing(&mut hash)).map_err(io("read", file))?;
    Ok(hex(hash) == written.sha256)
}

/// A hash as something that is written to.
struct Hashing<'a>(&'a mut Sha256);

impl std::io::Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// All that is in a folder and the folders in it but folders that hold something, sorted: links are not followed.
pub(crate) fn files(folder: &Path) -> Result<Vec<String>, FileError> {
    let mut out = Vec::new();
    let mut open = vec![String::new()];
    while let Some(inner) = open.pop() {
        let at = folder.join(&inner);
        for entry in fs::read_dir(&at).map_err(io("read", &at))? {
            let entry = entry.map_err(io("read", &at))?;
            let name = format!("{inner}{}", entry.file_name().to_string_lossy());
            match entry.file_type() {
                Ok(t) if t.is_dir() => open.push(format!("{name}/")),
                _ => out.push(name),
            }
        }
    }
    out.sort();
    Ok(out)
}
