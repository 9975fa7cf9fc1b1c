//! What `yalu train` gives: one train run over the line.
