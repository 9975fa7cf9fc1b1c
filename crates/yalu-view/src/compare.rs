//! What `yalu compare` gives: variants beside each other.
