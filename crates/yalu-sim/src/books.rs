//! Double-entry books of goods, and what a month adds up to.

use yalu_model::{GoodId, RouteId};
use yalu_trace::{GoodsAccount, GoodsMove};
use yalu_units::{Grid, Idx, Instant, Mass};

/// Some of a good that was ordered on one day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lot {
    pub good: u16,
    pub mass: Mass,
    pub usd_cents: i64,
    /// When it was ordered.
    pub ordered: Instant,
    /// When it first came to wait to cross; from then on it is late.
    pub since: Instant,
}

impl Lot {
    /// Which good.
    pub fn good(&self) -> GoodId {
        GoodId::new(usize::from(self.good))
    }

    /// Parts a lot: the first share has at most so much mass, value goes by mass.
    pub fn split(self, most: Mass) -> (Lot, Option<Lot>) {
        if most >= self.mass || self.mass.0 <= 0 {
            return (self, None);
        }
        let cents = (i128::from(self.usd_cents) * i128::from(most.0) / i128::from(self.mass.0)) as i64;
        let rest = Lot { mass: self.mass - most, usd_cents: self.usd_cents - cents, ..self };
        (Lot { mass: most, usd_cents: cents, ..self }, Some(rest))
    }
}

/// Goods of one kind over one route in one month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// Net mass that crossed.
    pub mass: Mass,
    /// Its value, US cents.
    pub usd_cents: i64,
}

/// Trains of a rail route that were formed, were not, or were shorter than they may be; by cause as in [`Short::ALL`].
///
/// [`Short::ALL`]: crate::Short::ALL
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forming {
    /// Trains that timetable and regimes had.
    pub due: u32,
    /// Trains formed.
    pub formed: u32,
    /// Trains the service would have run, and did not.
    pub not_formed: [u32; 4],
    /// Trains formed with fewer wagons than the service's trains may have.
    pub shortened: [u32; 4],
}

/// What a month added up to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MonthOutcome {
    /// Value that left the first country, US cents.
    pub exports_cents: i64,
    /// Value that came into the first country, US cents.
    pub imports_cents: i64,
    /// Value released to consignees in the second country, US cents.
    pub delivered_cents: i64,
    /// Value ordered, US cents, by direction.
    pub ordered_cents: [i64; 2],
    /// Value given up by shippers, US cents, by direction.
    pub given_up_cents: [i64; 2],
    /// Value refused by a rule, US cents, by direction.
    pub refused_cents: [i64; 2],
    /// Freight trains that crossed, by direction.
    pub trains: [u32; 2],
    /// Loaded and empty wagons that crossed, by direction.
    pub wagons_crossed: [[u32; 2]; 2],
    /// What crossed by exception, by no route of the model, by direction.
    pub exceptions: [Flow; 2],
    /// What crossed.
    pub flows: Grid<GoodId, RouteId, Flow>,
    /// Loaded wagons that crossed, by route.
    pub wagons: Vec<u32>,
    /// Road vehicles or ships' loads that left, by route.
    pub vehicles: Vec<u32>,
    /// Mass waiting to cross at the end of the month, by route.
    pub waiting: Vec<Mass>,
    /// Mass that buyers keep to ask for again at the end of the month.
    pub postponed: Mass,
    /// Mass held in quarantine at the end of the month, by route.
    pub held: Vec<Mass>,
    /// Mass under way to the border at the end of the month, by route.
    pub approaching: Vec<Mass>,
    /// Trains formed and not formed, by route.
    pub forming: Vec<Forming>,
}

/// The books of one replication.
pub(crate) struct Books {
    /// Whether a good goes from the first to the second country.
    forward: Vec<bool>,
    routes: usize,
    /// Mass waiting, by route and direction (forward first).
    pub waiting: Vec<[Mass; 2]>,
    pub postponed: Mass,
    pub approaching: Vec<Mass>,
    pub under_way: Vec<Mass>,
    pub held: Vec<Mass>,
    pub months: Vec<MonthOutcome>,
    pub month: usize,
    pub moves: Vec<GoodsMove>,
    recorded: bool,
    /// Released to consignees since shippers last looked, by good.
    pub delivered: Vec<Mass>,
}

impl Books {
    /// Books over some months, and one more for days before the reported period, which is thrown away.
    pub fn new(forward: Vec<bool>, routes: usize, months: usize, recorded: bool) -> Self {
        let month = MonthOutcome {
            flows: Grid::filled(forward.len(), routes, Flow::default()),
            wagons: vec![0; routes],
            vehicles: vec![0; routes],
            waiting: vec![Mass(0); routes],
            held: vec![Mass(0); routes],
            approaching: vec![Mass(0); routes],
            forming: vec![Forming::default(); routes],
            ..MonthOutcome::default()
        };
        Self {
            delivered: vec![Mass(0); forward.len()],
            forward,
            routes,
            waiting: vec![[Mass(0); 2]; routes],
            postponed: Mass(0),
            approaching: vec![Mass(0); routes],
            under_way: vec![Mass(0); routes],
            held: vec![Mass(0); routes],
            months: vec![month; months + 1],
            month: months,
            moves: Vec::new(),
            recorded,
        }
    }

    /// The direction of a good: 0 from the first to the second country, 1 back.
    pub fn direction(&self, good: u16) -> usize {
        usize::from(!self.forward[usize::from(good)])
    }

    /// Counts goods that no vehicle carries (electricity): they cross at once.
    pub fn wire(&mut self, good: u16, cents: i64) {
        let d = self.direction(good);
        let m = &mut self.months[self.month];
        m.ordered_cents[d] += cents;
        if d == 0 {
            m.exports_cents += cents;
            m.delivered_cents += cents;
        } else {
            m.imports_cents += cents;
        }
    }

    /// Moves a lot from one account to another.
    pub fn post(&mut self, at: Instant, lot: &Lot, from: GoodsAccount, to: GoodsAccount) {
        let d = self.direction(lot.good);
        self.add(from, d, lot.mass, -1);
        self.add(to, d, lot.mass, 1);
        let m = &mut self.months[self.month];
        if from == GoodsAccount::Ordered {
            m.ordered_cents[d] += lot.usd_cents;
        }
        let crossed = match (from, to, d) {
            // Customs count exports when they leave, imports when they are released at home.
            (GoodsAccount::Waiting(_), GoodsAccount::UnderWay(r), 0) | (_, GoodsAccount::Released(r), 1) => Some(r),
            _ => None,
        };
        if let Some(r) = crossed {
            *(if d == 0 { &mut m.exports_cents } else { &mut m.imports_cents }) += lot.usd_cents;
            let f = &mut m.flows[(lot.good(), RouteId::new(usize::from(r)))];
            f.mass += lot.mass;
            f.usd_cents += lot.usd_cents;
        }
        match to {
            GoodsAccount::Released(_) => {
                self.delivered[usize::from(lot.good)] += lot.mass;
                m.delivered_cents += if d == 0 { lot.usd_cents } else { 0 };
            }
            GoodsAccount::ByException => {
                *(if d == 0 { &mut m.exports_cents } else { &mut m.imports_cents }) += lot.usd_cents;
                m.delivered_cents += if d == 0 { lot.usd_cents } else { 0 };
                m.exceptions[d].mass += lot.mass;
                m.exceptions[d].usd_cents += lot.usd_cents;
            }
            GoodsAccount::GivenUp => m.given_up_cents[d] += lot.usd_cents,
            GoodsAccount::Refused => m.refused_cents[d] += lot.usd_cents,
            _ => {}
        }
        if self.recorded {
            self.moves.push(GoodsMove {
                at,
                good: lot.good,
                ordered: lot.ordered,
                from,
                to,
                mass: lot.mass,
                usd_cents: lot.usd_cents,
            });
        }
    }

    fn add(&mut self, account: GoodsAccount, direction: usize, mass: Mass, sign: i64) {
        let mass = Mass(mass.0 * sign);
        match account {
            GoodsAccount::Postponed => self.postponed += mass,
            GoodsAccount::Waiting(r) => self.waiting[usize::from(r)][direction] += mass,
            GoodsAccount::Approaching(r) => self.approaching[usize::from(r)] += mass,
            GoodsAccount::UnderWay(r) => self.under_way[usize::from(r)] += mass,
            GoodsAccount::Held(r) => self.held[usize::from(r)] += mass,
            _ => {}
        }
    }

    /// Writes the stocks at the end of the present month.
    pub fn close_month(&mut self) {
        let m = &mut self.months[self.month];
        m.postponed = self.postponed;
        for r in 0..self.routes {
            m.waiting[r] = self.waiting[r][0] + self.waiting[r][1];
            m.held[r] = self.held[r];
            m.approaching[r] = self.approaching[r];
        }
    }
}
