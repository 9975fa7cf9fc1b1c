//! Independent checker of traces.
