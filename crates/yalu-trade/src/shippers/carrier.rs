//! What carries: lots on trains, or tonnes a day.

use super::{GoodTerms, Shippers, Ways};
use yalu_model::{Direction, GoodId, RouteId};

/// Some of a good that waits for a route.
#[derive(Clone, Copy, Debug)]
pub struct Parcel {
    /// Which good.
    pub good: GoodId,
    /// Days it has waited; none where what waits is mixed.
    pub waited_days: Option<f64>,
    /// Days until it crosses, from its place in the queue; infinite where nothing moves.
    pub left_days: f64,
    /// Days the whole queue takes; infinite where nothing moves.
    pub queue_days: f64,
    /// A ban keeps it from its route.
    pub banned: bool,
}

/// What becomes of an order.
#[derive(Debug)]
pub enum Placing<'s> {
    /// A rule or a ban refuses it.
    Refused,
    /// It goes by these ways or is postponed, and what is neither is given up.
    Sent {
        /// Share that crosses by exception, by no route.
        by_exception: f64,
        /// What goes by each route, of the rest.
        ways: &'s Ways,
        /// Share of the rest that its buyer keeps to ask for again.
        postponed: f64,
    },
}

/// What carries the goods of a corridor. It does what shippers decide, in its own measure.
pub trait Carrier {
    /// Tonnes that wait for a route one way.
    fn waiting_t(&self, route: RouteId, direction: Direction) -> f64;
    /// Tonnes sent for a route one way that have not crossed: on the way to where goods wait, and waiting.
    fn before_the_border_t(&self, route: RouteId, direction: Direction) -> f64;
    /// Tonnes of a good that buyers keep to ask for again.
    fn postponed_t(&self, good: GoodId) -> f64;
    /// Tonnes that have come to consignees since they were last asked for.
    fn delivered_t(&mut self, good: GoodId) -> f64;
    /// Asks the shippers of all that waits or is postponed whether they give up ([`Shippers::gives_up_in`]) or look for another way
    /// ([`Shippers::looks_in`]), and moves what they decide.
    fn reconsider(&mut self, shippers: &mut Shippers);
    /// Counts goods that no vehicle carries.
    fn by_wire(&mut self, good: GoodId, terms: &GoodTerms, tonnes: f64);
    /// Sends shares of what buyers kept of a good; the rest stays with them.
    fn recall(&mut self, good: GoodId, ways: &Ways);
    /// Places an order; returns the tonnes it counts of it.
    fn place(&mut self, good: GoodId, terms: &GoodTerms, tonnes: f64, placing: &Placing) -> f64;
}
