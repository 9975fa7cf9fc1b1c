//! Corridor compiled to what the simulator needs.
