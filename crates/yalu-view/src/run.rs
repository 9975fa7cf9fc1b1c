//! What `yalu run` gives: the months, the closures, the queues of a corridor.
