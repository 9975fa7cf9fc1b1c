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
    /// It goes by these ways, and what is not placed is given up.
    Sent {
        /// Share that crosses by exception, by no route.
        by_exception: f64,
        /// Share of the rest that would be placed by routes that have all their orders.
        share: f64,
        /// Share of the rest that is placed.
        placed: f64,
        /// Shares of the routes.
        ways: &'s Ways,
    },
}

/// What carries the goods of a corridor. It does what shippers decide, in its own measure.
pub trait Carrier {
    /// Tonnes that wait for a route one way.
    fn waiting_t(&self, route: RouteId, direction: Direction) -> f64;
    /// Tonnes that have come to consignees since they were last asked for.
    fn delivered_t(&mut self, good: GoodId) -> f64;
    /// Asks the shippers of all that waits whether they give up ([`Shippers::gives_up_in`]) or look for another way
    /// ([`Shippers::looks_in`]), and moves what they decide.
    fn reconsider(&mut self, shippers: &mut Shippers);
    /// Counts goods that no vehicle carries.
    fn by_wire(&mut self, good: GoodId, terms: &GoodTerms, tonnes: f64);
    /// Places an order; returns the tonnes it counts of it.
    fn place(&mut self, good: GoodId, terms: &GoodTerms, tonnes: f64, placing: &Placing) -> f64;
}
