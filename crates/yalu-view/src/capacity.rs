//! What `yalu capacity` gives: trains a day that a line carries, and what limits it.
