//! What is wrong with a description of border stations.

/// Why stations cannot be worked as described. Names are those of the description.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum BorderError {
    /// There is no station, or more than two where a tandem is asked for.
    #[error("{count} stations where one or two are wanted")]
    Stations {
        /// How many.
        count: usize,
    },
    /// A number out of its range.
    #[error("{what} is {value}, out of its range")]
    OutOfRange {
        /// What.
        what: String,
        /// Its value.
        value: f64,
    },
    /// A station with nothing to stand on, a resource of size 0.
    #[error("{what} has none")]
    None {
        /// What.
        what: String,
    },
    /// An id that points nowhere.
    #[error("{what} refers to something that is not there")]
    Dangling {
        /// Where.
        what: String,
    },
    /// Activities that wait for each other.
    #[error("{station}, {procedure}: activities wait for each other: {}", circle.join(", "))]
    ActivityCircle {
        /// The station.
        station: String,
        /// The procedure.
        procedure: String,
        /// Names on the circle.
        circle: Vec<String>,
    },
    /// An activity needs more than there are.
    #[error("{activity} takes {wanted} of {resource}, of which there are {count}")]
    TooMany {
        /// The activity.
        activity: String,
        /// The resource.
        resource: String,
        /// How many it takes.
        wanted: u32,
        /// How many there are.
        count: u32,
    },
    /// What is kept until an activity that does not come after.
    #[error("{activity} keeps {resource} until an activity that does not come after it")]
    KeptTooLong {
        /// The activity.
        activity: String,
        /// The resource.
        resource: String,
    },
    /// Items that take places as these come free take something else beside, more than one each, or keep it.
    #[error(
        "{activity} gives items places as these come free: it can take one of one resource for each, and no more, at a station without tracks"
    )]
    PlacesAlone {
        /// The activity.
        activity: String,
    },
    /// Trains could wait for each other for ever: each keeps what the other needs.
    #[error("kept while others are waited for, in a circle: {}", circle.join(", "))]
    KeptInCircle {
        /// Resources, and tracks, on the circle.
        circle: Vec<String>,
    },
    /// Intervals that are empty, overlap or are out of order.
    #[error("{what}: intervals must be sorted, not empty, not overlapping")]
    Intervals {
        /// Where.
        what: String,
    },
}
