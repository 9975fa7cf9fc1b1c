//! What `yalu check` gives: the problems of a scenario folder.
