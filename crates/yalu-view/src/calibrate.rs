//! What `yalu calibrate` gives: parameters of the trade model that reported months allow.
