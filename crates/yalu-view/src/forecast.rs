//! What `yalu status --ahead` gives: the chance that service lasts and what it will carry.
