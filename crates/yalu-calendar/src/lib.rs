//! Civil time zones and opening hours as UTC intervals.
