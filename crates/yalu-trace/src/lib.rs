//! What happened in a simulation, as data.
