//! What a trace can break.

/// A rule that a trace breaks, with where; times are milliseconds since 1970-01-01 UTC.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Violation {
    /// A number that names nothing.
    #[error("{what} {index} does not exist")]
    Unknown {
        /// What is named.
        what: &'static str,
        /// The number.
        index: u64,
    },
    /// Times of a train that run backwards.
    #[error("train {train}: times at its point {place} run backwards")]
    TimesBackwards {
        /// Index of the train run.
        train: u32,
        /// Index of the point in its run.
        place: u32,
    },
    /// A train that left before its time.
    #[error("train {train} left before its scheduled departure")]
    LeftEarly {
        /// Index of the train run.
        train: u32,
    },
    /// Points that no line joins.
    #[error("train {train}: no line joins {from} and {to}")]
    NoLine {
        /// Index of the train run.
        train: u32,
        /// A point.
        from: String,
        /// The next point.
        to: String,
    },
    /// Two trains in one block.
    #[error("trains {first} and {second} are both between {from} and {to} at {at_ms}")]
    TwoInBlock {
        /// Index of a train run.
        first: u32,
        /// Index of another.
        second: u32,
        /// One end of the block.
        from: String,
        /// The other.
        to: String,
        /// When.
        at_ms: i64,
    },
    /// A train on track taken for maintenance.
    #[error("train {train} is between {from} and {to}, which are taken for maintenance from {at_ms}")]
    OnPossession {
        /// Index of the train run.
        train: u32,
        /// One end of the way.
        from: String,
        /// The other.
        to: String,
        /// Begin of the possession.
        at_ms: i64,
    },
    /// Two trains that entered a station at the same time where they may not.
    #[error("trains {first} and {second} enter {point} together at {at_ms}")]
    EnteredTogether {
        /// Index of a train run.
        first: u32,
        /// Index of another.
        second: u32,
        /// The point.
        point: String,
        /// When.
        at_ms: i64,
    },
    /// A planned stop that was not made, or was too short.
    #[error("train {train} does not stop at {point} for the {least_ms} ms of its plan")]
    StopMissed {
        /// Index of the train run.
        train: u32,
        /// The point.
        point: String,
        /// Least time it should stand.
        least_ms: i64,
    },
    /// A train that left a point by the way it came without standing there.
    #[error("train {train} turns at {point} without a stop")]
    TurnedMoving {
        /// Index of the train run.
        train: u32,
        /// The point.
        point: String,
    },
    /// A train that took less time than line speed allows.
    #[error("train {train} runs from {from} to {to} in {ms} ms, line speed allows {least_ms}")]
    TooFast {
        /// Index of the train run.
        train: u32,
        /// A point.
        from: String,
        /// A later one.
        to: String,
        /// Time it took.
        ms: i64,
        /// Time it takes at line speed.
        least_ms: i64,
    },
    /// A stand on the open line that cannot have been.
    #[error("stop {stop} on the open line: {why}")]
    HeldWrongly {
        /// Index of the stop.
        stop: u64,
        /// What is wrong with it.
        why: &'static str,
    },
    /// Two trains on one track.
    #[error("trains {first} and {second} are both on track {track} of {point} at {at_ms}")]
    TwoOnTrack {
        /// Index of a train run.
        first: u32,
        /// Index of another.
        second: u32,
        /// The point.
        point: String,
        /// Index of the track.
        track: u8,
        /// When.
        at_ms: i64,
    },
    /// A train that stands where it does not fit.
    #[error("train {train} of {length_m} m stands on track {track} of {point}, which has {track_m} m")]
    TooLong {
        /// Index of the train run.
        train: u32,
        /// Its length.
        length_m: u32,
        /// The point.
        point: String,
        /// Index of the track.
        track: u8,
        /// Length of the track.
        track_m: u32,
    },
    /// A train over a crossing that does not run.
    #[error("train {train} crosses at {crossing} at {at_ms}, when it does not run")]
    Closed {
        /// Index of the train run.
        train: u32,
        /// The crossing.
        crossing: String,
        /// When.
        at_ms: i64,
    },
    /// More trains on a day than the regime allows.
    #[error("{trains} trains over {crossing} on the day from {day_ms}, {allowed} are allowed")]
    Quota {
        /// The crossing.
        crossing: String,
        /// Local midnight at which the day begins.
        day_ms: i64,
        /// Trains that went.
        trains: u32,
        /// Trains allowed.
        allowed: u32,
    },
    /// More wagons on a train than the regime allows.
    #[error("train {train} has {wagons} wagons over {crossing}, {allowed} are allowed")]
    TooManyWagons {
        /// Index of the train run.
        train: u32,
        /// The crossing.
        crossing: String,
        /// Its wagons.
        wagons: u32,
        /// Wagons allowed.
        allowed: u32,
    },
    /// More wagons on a day than the regime allows.
    #[error("{wagons} wagons over {crossing} on the day from {day_ms}, {allowed} are allowed")]
    WagonQuota {
        /// The crossing.
        crossing: String,
        /// Local midnight at which the day begins.
        day_ms: i64,
        /// Wagons that went.
        wagons: u32,
        /// Wagons allowed.
        allowed: u32,
    },
    /// A train over a crossing when the other way has its turn.
    #[error("train {train} crosses at {crossing} at {at_ms}, when the other way has its turn")]
    OutOfTurn {
        /// Index of the train run.
        train: u32,
        /// The crossing.
        crossing: String,
        /// When.
        at_ms: i64,
    },
    /// Two cuts on one yard track.
    #[error("cuts {first} and {second} are both on yard track {track} of {station} at {at_ms}")]
    TwoInYard {
        /// Index of a cut.
        first: u32,
        /// Index of another.
        second: u32,
        /// The border station.
        station: String,
        /// The track.
        track: u16,
        /// When.
        at_ms: i64,
    },
    /// More of a resource taken than there is.
    #[error("{taken} of {resource} at {station} are taken at {at_ms}, there are {there}")]
    TooManyTaken {
        /// The border station.
        station: String,
        /// The resource.
        resource: String,
        /// How many are taken.
        taken: i64,
        /// How many there are.
        there: u32,
        /// When.
        at_ms: i64,
    },
    /// An activity ready before one it comes after had ended.
    #[error("cut {cut}: {activity} at {station} is ready at {at_ms}, before what it comes after has ended")]
    OutOfOrder {
        /// Index of the cut.
        cut: u32,
        /// The border station.
        station: String,
        /// The activity.
        activity: String,
        /// When.
        at_ms: i64,
    },
    /// An activity begun while closed, or not ended before closing where it must be.
    #[error("cut {cut}: {activity} at {station} begins at {at_ms} against its hours")]
    OutOfHours {
        /// Index of the cut.
        cut: u32,
        /// The border station.
        station: String,
        /// The activity.
        activity: String,
        /// When.
        at_ms: i64,
    },
    /// Books whose entries are out of order.
    #[error("{books} books: entry {entry} lies before the one ahead of it")]
    BooksBackwards {
        /// Goods or wagons.
        books: &'static str,
        /// Index of the entry.
        entry: u64,
    },
    /// An account that gives more than it has.
    #[error("{books} books: entry {entry} takes more from an account than it holds")]
    Overdrawn {
        /// Goods or wagons.
        books: &'static str,
        /// Index of the entry.
        entry: u64,
    },
    /// An entry below zero.
    #[error("{books} books: entry {entry} moves less than nothing")]
    Negative {
        /// Goods or wagons.
        books: &'static str,
        /// Index of the entry.
        entry: u64,
    },
    /// A daily state that does not match the books.
    #[error("the day that ends at {end_ms}, route {route}: {what} says {said}, the books say {booked}")]
    DayDiffers {
        /// End of the day.
        end_ms: i64,
        /// The route.
        route: String,
        /// Which figure.
        what: &'static str,
        /// What the day says.
        said: i64,
        /// What the books say.
        booked: i64,
    },
    /// A cut whose wagons do not match the books.
    #[error("cut {cut} has {wagons} wagons, the books gave it {booked}")]
    CutWagons {
        /// Index of the cut.
        cut: u32,
        /// Its wagons.
        wagons: u32,
        /// Wagons moved into it.
        booked: i64,
    },
    /// A cut that ended and still holds wagons, or the other way round.
    #[error("cut {cut} has ended and its wagons have not left it, or they have and it has not")]
    CutEnd {
        /// Index of the cut.
        cut: u32,
    },
    /// Steps of a cut out of order.
    #[error("cut {cut}: step {step} begins before it is ready, ends before it begins, or before the one ahead ended")]
    StepOrder {
        /// Index of the cut.
        cut: u32,
        /// Index of the step among the cut's.
        step: u32,
    },
}

impl Violation {
    /// A short stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Violation::Unknown { .. } => "K01",
            Violation::TimesBackwards { .. } => "K02",
            Violation::LeftEarly { .. } => "K03",
            Violation::NoLine { .. } => "K04",
            Violation::TwoInBlock { .. } => "K05",
            Violation::OnPossession { .. } => "K18",
            Violation::EnteredTogether { .. } => "K19",
            Violation::StopMissed { .. } => "K20",
            Violation::TurnedMoving { .. } => "K21",
            Violation::TooFast { .. } => "K22",
            Violation::HeldWrongly { .. } => "K23",
            Violation::TwoOnTrack { .. } => "K06",
            Violation::TooLong { .. } => "K07",
            Violation::Closed { .. } => "K08",
            Violation::Quota { .. } => "K09",
            Violation::TooManyWagons { .. } => "K10",
            Violation::BooksBackwards { .. } => "K11",
            Violation::Overdrawn { .. } => "K12",
            Violation::Negative { .. } => "K13",
            Violation::DayDiffers { .. } => "K14",
            Violation::CutWagons { .. } => "K15",
            Violation::CutEnd { .. } => "K16",
            Violation::StepOrder { .. } => "K17",
            Violation::WagonQuota { .. } => "K24",
            Violation::OutOfTurn { .. } => "K25",
            Violation::TwoInYard { .. } => "K26",
            Violation::TooManyTaken { .. } => "K27",
            Violation::OutOfOrder { .. } => "K28",
            Violation::OutOfHours { .. } => "K29",
        }
    }
}
