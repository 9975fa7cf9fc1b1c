//! What `yalu diagram` gives: trains by time and distance.
