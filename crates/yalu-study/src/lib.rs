//! Replications and bands.
