//! What `yalu show` gives: a corridor as it was read.
