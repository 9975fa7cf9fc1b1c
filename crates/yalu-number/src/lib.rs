//! How a figure is written: its unit, its digits, its doubt, and the tables it stands in.
//!
//! Nothing else in the product turns a figure into text. Three significant figures, commas between thousands, a true
//! minus, a thin space before the unit.
