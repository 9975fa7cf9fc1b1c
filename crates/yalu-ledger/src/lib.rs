//! Reports of crossings, and what they let one believe.
pub mod record;
