//! What `yalu status` gives: the state of each crossing on a day, and the evidence.
