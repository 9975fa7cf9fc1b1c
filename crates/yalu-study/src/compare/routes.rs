//! What routes let through by the numbers of the scenario.

use yalu_model::Corridor;
use yalu_plan::Draw;
use yalu_regime::Regimes;
use yalu_trade::habits_of;

/// The regimes of a corridor on the dates as written, with the numbers of a replication: what a change leaves is asked of the
/// days it names.
pub fn declared_regimes(c: &Corridor, draw: Draw) -> Regimes<'_> {
    let habits = habits_of(c, (!draw.is_central()).then(|| draw.key()));
    Regimes::as_given(c, draw, habits.of_capacity())
}
