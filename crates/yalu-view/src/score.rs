//! What `yalu score` gives: simulated months beside reported ones.
