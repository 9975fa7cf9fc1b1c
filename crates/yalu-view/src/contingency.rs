//! What `yalu contingency` gives: ways around a closure and what it costs by its length.
