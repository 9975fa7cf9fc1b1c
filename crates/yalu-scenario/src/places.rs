//! Where each value of a scenario stands, for problems that are found after loading.

use crate::diagnostic::{At, Source};
use crate::{Diagnostic, Severity};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Where the values of a scenario stand, by their paths (`service.bridge`, `service.bridge.max_wagons`).
#[derive(Clone, Debug, Default)]
pub struct Places {
    pub(crate) sources: Arc<Vec<Source>>,
    pub(crate) at: Arc<BTreeMap<String, At>>,
}

impl Places {
    /// File, line, column and length in characters of a value, or of what names a row; none where no such stands.
    pub fn of(&self, path: &str) -> Option<(&str, usize, usize, usize)> {
        let at = self.at.get(path)?;
        let source = self.sources.get(at.file)?;
        let place = source.place(*at);
        Some((&source.name, place.line, place.column, place.length))
    }

    /// A problem at a value, or at the nearest thing around it that stands in a file (a default is written nowhere).
    pub fn diagnostic(
        &self,
        path: &str,
        code: &'static str,
        severity: Severity,
        message: impl Into<String>,
        help: Option<String>,
    ) -> Diagnostic {
        let mut around = Some(path);
        while let Some(p) = around {
            if let Some(at) = self.at.get(p)
                && let Some(source) = self.sources.get(at.file)
            {
                return source.diagnostic(*at, code, severity, message.into(), help);
            }
            around = p.rsplit_once('.').map(|(before, _)| before);
        }
        Diagnostic::whole("scenario.toml", code, severity, message, help)
    }
}
