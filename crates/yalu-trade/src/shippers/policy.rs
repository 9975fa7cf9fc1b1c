//! How shippers decide, where one may decide in more than one way.
//!
//! Runs with trains and trade by day follow the same decisions and differ in these values alone. None of them is published for
//! any corridor: all are assumed.

/// Days of what a route takes that leave to ship is given for ahead of it (assumed: a train is loaded the day before, and goods that
/// have waited for three days go whatever they fill).
const ALLOTTED_AHEAD_DAYS: f64 = 3.0;

/// When shippers of goods that wait give up.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Patience {
    /// Once the goods have waited for longer than `patience_days`, all at once. Where a carrier mixes what waits, nobody knows how
    /// long any of it has, and nothing is cut.
    Cut,
    /// One part in `patience_days` each day, while the queue takes longer than this or does not move.
    Decay {
        /// Days of the queue from which it is late.
        after_days: f64,
    },
}

/// Which shippers of goods that wait look for another way, each with one chance in `reaction_days` a day.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Looks {
    /// Those whose goods would stand longer than `reaction_days` from their place in the queue. They look one lot after another, at
    /// what waits now.
    ByPlace,
    /// All in a queue that takes longer than this or does not move. They look at believed waits, as new orders do.
    Late {
        /// Days of the queue from which it is late.
        after_days: f64,
    },
}

/// By which routes orders wait while none can be taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WhileShut {
    /// By those they would choose if they were open.
    Chosen,
    /// As many by each that was ever open.
    Evenly,
}

/// How shippers decide.
#[expect(clippy::struct_excessive_bools, reason = "each is one question with two answers")]
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Policy {
    /// Routes are compared anew after so many days, and when a regime changes.
    pub choice_every_days: usize,
    /// They are compared by waits as believed today, else as believed yesterday.
    pub knows_today: bool,
    /// Days before it happens that an opening is known.
    pub foresight_days: usize,
    /// When who waits gives up.
    pub patience: Patience,
    /// Who looks for another way.
    pub looks: Looks,
    /// Who expects to wait longer than `patience_days` orders only the postponed share.
    pub waits_lessen_orders: bool,
    /// The longest wait anyone believes in, days.
    pub longest_wait_days: f64,
    /// A route that is shut is judged by what it took when it last ran, so that its queue is forgotten as it melts; else what was
    /// believed of it stays.
    pub shut_is_remembered: bool,
    /// Days from order to border are counted, and goods are under way for them.
    pub approach: bool,
    /// A hold lengthens the way back too, else only that from the first to the second country.
    pub hold_both_ways: bool,
    /// Ways that would get less than this share of an order get none of it.
    pub least_share: f64,
    /// Orders reach as far as all routes go together, whichever way these carry; else as those do that carry their way.
    pub reach_both_ways: bool,
    /// Days of what a route takes that may stand before it where who ships is set before goods move.
    pub allotted_ahead_days: f64,
    /// By which routes orders wait while none can be taken.
    pub while_shut: WhileShut,
    /// An order that only a ban keeps from every route is refused, else it waits as where no route runs.
    pub ban_refuses: bool,
    /// Goods that wait when a rule comes to refuse them still go, else they are given up.
    pub refused_still_go: bool,
}

impl Policy {
    /// Of runs with trains. Foresight: of the reports on the flagship, forecasts one to three days ahead held and earlier ones did
    /// not. The least share keeps lots whole and moves no total.
    pub const OF_LOTS: Policy = Policy {
        choice_every_days: 1,
        knows_today: true,
        foresight_days: 3,
        patience: Patience::Cut,
        looks: Looks::ByPlace,
        waits_lessen_orders: true,
        longest_wait_days: f64::INFINITY,
        shut_is_remembered: true,
        approach: true,
        hold_both_ways: true,
        least_share: 0.02,
        reach_both_ways: false,
        allotted_ahead_days: ALLOTTED_AHEAD_DAYS,
        while_shut: WhileShut::Chosen,
        ban_refuses: true,
        refused_still_go: true,
    };

    /// Of trade by day. Orders are placed by the week; a queue of five days is late.
    pub const OF_RATES: Policy = Policy {
        choice_every_days: 7,
        knows_today: false,
        foresight_days: 0,
        patience: Patience::Decay { after_days: 5.0 },
        looks: Looks::Late { after_days: 5.0 },
        waits_lessen_orders: false,
        longest_wait_days: 365.0,
        shut_is_remembered: false,
        approach: false,
        hold_both_ways: false,
        least_share: 0.0,
        reach_both_ways: true,
        allotted_ahead_days: ALLOTTED_AHEAD_DAYS,
        while_shut: WhileShut::Evenly,
        ban_refuses: false,
        refused_still_go: false,
    };
}
