//! What `yalu border` gives: where hours go at the border, what limits it, what a change would do.
