//! What `yalu forecast` gives: the chance that service lasts and what it will carry.
