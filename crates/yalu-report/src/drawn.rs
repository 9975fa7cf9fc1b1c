//! From the corridor's words to the charts'.

use yalu_chart as chart;
use yalu_chart::Caption;
use yalu_model::{Mode, State};

/// Words that the page sets around a chart.
pub(crate) fn caption(title: impl Into<String>, subtitle: impl Into<String>, foot: impl Into<String>) -> Caption {
    Caption { title: title.into(), subtitle: subtitle.into(), foot: foot.into(), shown: false }
}

/// The token a scenario names.
pub(crate) fn colour(name: &str) -> chart::Colour {
    chart::Colour::of_route(name)
}

/// The dash of a mode.
pub(crate) fn mode(m: Mode) -> chart::Mode {
    match m {
        Mode::Rail | Mode::Passenger => chart::Mode::Rail,
        Mode::Road | Mode::Place => chart::Mode::Road,
        Mode::Sea | Mode::Air => chart::Mode::Sea,
    }
}

/// A state as charts draw it.
pub(crate) fn state(s: State) -> chart::State {
    match s {
        State::NotOpened => chart::State::NotOpened,
        State::Suspended => chart::State::Suspended,
        State::Limited => chart::State::Limited,
        State::Open => chart::State::Open,
        State::Unknown => chart::State::Unknown,
    }
}
