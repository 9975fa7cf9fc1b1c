//! Resistance, traction, braking, and train runs in closed form between events.
