//! Summary text and report page.
