//! What `yalu validate` gives: oracles beside what the product computes.
