//! A train's vehicles as the physics needs them.

use yalu_model::{
    Adhesion as Wheel, Corridor, EnginePlace, GradientRead, Helpers, Locomotive, LocomotiveId, Resistance as Formula,
    Tbt1407, Wagon, WagonId,
};
use yalu_physics::{Adhesion, GradientUnder, PhysicsError, Resistance, Traction, Train, trailing_mass_kg};

/// Locomotives of one class at one place of a train.
#[derive(Clone, Debug)]
struct Engines {
    class: Locomotive,
    count: f64,
    place: EnginePlace,
}

/// Locomotives and their wagons, at the median of their inputs.
#[derive(Clone, Debug)]
pub struct Consist {
    /// The first leads.
    engines: Vec<Engines>,
    wagon: Wagon,
    gradient: GradientRead,
    /// Wagons.
    pub wagons: u32,
    /// Tonnes of load per wagon.
    pub load_t: f64,
}

impl Consist {
    pub(crate) fn new(
        c: &Corridor,
        lead: LocomotiveId,
        helpers: &[Helpers],
        wagon: WagonId,
        wagons: u32,
        load_t: f64,
    ) -> Self {
        let lead = Helpers { locomotive: lead, count: 1, place: EnginePlace::Front };
        let engines = std::iter::once(&lead).chain(helpers).map(|h| Engines {
            class: c.trains.locomotives[h.locomotive].clone(),
            count: f64::from(h.count),
            place: h.place,
        });
        let wagon = c.trains.wagons[wagon].clone();
        Self { engines: engines.collect(), wagon, gradient: c.line.operation.gradient, wagons, load_t }
    }

    /// Whether it stands where the contact line is dead: any of its locomotives does.
    pub fn electric(&self) -> bool {
        self.engines.iter().any(|e| e.class.supply == yalu_model::Supply::Electric)
    }
    /// The class of the locomotive that leads.
    pub fn locomotive_id(&self) -> &str {
        self.engines.first().map_or("", |e| &e.class.id)
    }
    /// Its locomotives in words, as written: `one r1`, `2 r1 and one df4`.
    pub fn locomotives(&self) -> String {
        let mut of: Vec<(&str, f64)> = Vec::new();
        for e in &self.engines {
            match of.iter_mut().find(|o| o.0 == e.class.id) {
                Some(o) => o.1 += e.count,
                None => of.push((&e.class.id, e.count)),
            }
        }
        let words = of.iter().map(|(id, n)| if *n > 1.0 { format!("{n} {id}") } else { format!("one {id}") });
        words.collect::<Vec<_>>().join(" and ")
    }
    /// Mass of the locomotives, kg.
    pub fn locomotive_kg(&self) -> f64 {
        self.engines.iter().map(Engines::kg).sum()
    }
    /// Mass of the wagons with their load, kg.
    pub fn wagons_kg(&self) -> f64 {
        self.loaded_kg(self.load_t)
    }
    fn loaded_kg(&self, load_t: f64) -> f64 {
        f64::from(self.wagons) * (self.wagon.tare_t.central() + load_t) * 1000.0
    }
    /// Length over all, metres.
    pub fn length_m(&self) -> f64 {
        let (engines, wagon) = self.lengths_m();
        engines + f64::from(self.wagons) * wagon
    }
    /// Lengths of the locomotives together and of one wagon, metres.
    pub fn lengths_m(&self) -> (f64, f64) {
        (self.engines.iter().map(Engines::metres).sum(), self.wagon.length_m.central())
    }
    /// Service braking: of the weakest vehicle, m/s².
    pub fn braking_mps2(&self) -> f64 {
        let wagon = if self.wagons > 0 { self.wagon.braking_mps2 } else { f64::INFINITY };
        self.engines.iter().map(|e| e.class.braking_mps2).fold(wagon, f64::min)
    }

    /// Tractive force of its locomotives together, adhesion of each counted.
    fn traction(&self) -> Result<Traction, PhysicsError> {
        let mut all: Option<Traction> = None;
        for e in &self.engines {
            let one = traction(&e.class)?;
            let one = match &e.class.adhesion {
                Some((wheel, mass_t)) => one.with_adhesion(adhesion(*wheel), mass_t.central() * 1000.0)?,
                None => one,
            };
            let own = one.times(e.count);
            all = Some(match all {
                Some(others) => others.with_other(&own)?,
                None => own,
            });
        }
        all.ok_or_else(|| PhysicsError::Input { what: "a train without a locomotive".into() })
    }

    /// Resistance of its locomotives; what is told as a table goes to `tables`.
    fn engine_resistance(&self, tables: &mut Vec<(f64, Vec<(f64, f64)>)>) -> Resistance {
        let of = |e: &Engines, tables: &mut Vec<_>| {
            formula(&e.class.resistance, e.class.mass_t.central() * 1000.0, e.count, tables)
        };
        self.engines.iter().fold(Resistance::default(), |sum, e| sum + of(e, tables))
    }

    /// Metres from its front to its centre of mass, with so many tonnes of load a wagon.
    fn centre_m(&self, load_t: f64) -> f64 {
        let half = (f64::from(self.wagons) * self.wagon.length_m.central() / 2.0, self.loaded_kg(load_t) / 2.0);
        let at = |place| self.engines.iter().filter(move |e: &&Engines| e.place == place).map(|e| (e.metres(), e.kg()));
        let parts = at(EnginePlace::Front).chain([half]).chain(at(EnginePlace::Middle)).chain([half]);
        let (mut along, mut moment, mut mass) = (0.0, 0.0, 0.0);
        for (metres, kg) in parts.chain(at(EnginePlace::Rear)) {
            moment += kg * (along + metres / 2.0);
            mass += kg;
            along += metres;
        }
        moment / mass
    }

    fn wagon_resistance(&self, load_t: f64) -> &Formula {
        self.wagon.resistance_empty.as_ref().filter(|_| load_t <= 0.0).unwrap_or(&self.wagon.resistance)
    }

    /// Tonnage rating: the mass of wagons like its own that its locomotives keep moving at a speed (m/s) up a gradient
    /// (per mille, curves counted), kg. None where such wagons roll by themselves.
    pub fn hauls_kg(&self, speed_mps: f64, gradient_permille: f64) -> Option<f64> {
        let mut tables = Vec::new();
        let engine_kg = self.locomotive_kg();
        let mut engine = self.engine_resistance(&mut tables);
        engine.constant_n += tables.iter().map(|(n, t)| n * newtons(t, speed_mps)).sum::<f64>();
        tables.clear();
        let each_kg = (self.wagon.tare_t.central() + self.load_t) * 1000.0;
        let mut wagon = formula(self.wagon_resistance(self.load_t), each_kg, 1.0, &mut tables);
        wagon.constant_n += tables.iter().map(|(n, t)| n * newtons(t, speed_mps)).sum::<f64>();
        let of_one_kg = Resistance {
            constant_n: wagon.constant_n / each_kg,
            linear_n_per_mps: wagon.linear_n_per_mps / each_kg,
            quadratic_n_per_mps2: wagon.quadratic_n_per_mps2 / each_kg,
        };
        let force_n = self.traction().ok()?.at(speed_mps);
        trailing_mass_kg(force_n, speed_mps, engine, engine_kg, of_one_kg, gradient_permille).ok()
    }

    /// The train as the equation of motion sees it.
    pub fn train(&self) -> Result<Train, PhysicsError> {
        self.train_with(self.load_t)
    }

    /// The same with another load per wagon, tonnes.
    pub fn train_with(&self, load_t: f64) -> Result<Train, PhysicsError> {
        let n = f64::from(self.wagons);
        let (engine_kg, wagons_kg) = (self.locomotive_kg(), self.loaded_kg(load_t));
        let mass_kg = engine_kg + wagons_kg;
        let rotating = self.engines.iter().map(|e| e.kg() * e.class.rotating_mass_factor).sum::<f64>()
            + wagons_kg * self.wagon.rotating_mass_factor;
        let mut tables: Vec<(f64, Vec<(f64, f64)>)> = Vec::new();
        let mut resistance = self.engine_resistance(&mut tables);
        if self.wagons > 0 {
            resistance = resistance + formula(self.wagon_resistance(load_t), wagons_kg / n, n, &mut tables);
        }
        let mut traction = self.traction()?;
        for (each, knots) in tables {
            let knots: Vec<(f64, f64)> = knots.iter().map(|(kmh, kn)| (kmh / 3.6, kn * 1000.0 * each)).collect();
            traction = traction.with_resistance_table(&knots)?;
        }
        let of_wagons = if self.wagons > 0 { self.wagon.max_speed_kmh.central() } else { f64::INFINITY };
        let max_speed_kmh = self.engines.iter().map(|e| e.class.max_speed_kmh.central()).fold(of_wagons, f64::min);
        let gradient = match self.gradient {
            GradientRead::Whole => GradientUnder::Whole,
            GradientRead::Front => GradientUnder::Front,
            GradientRead::Centre => GradientUnder::Centre { behind_m: self.centre_m(load_t) },
        };
        Ok(Train {
            mass_kg,
            length_m: self.length_m(),
            gradient,
            rotating_mass_factor: rotating / mass_kg,
            resistance,
            traction,
            service_braking_mps2: self.braking_mps2(),
            max_speed_mps: max_speed_kmh / 3.6,
        })
    }
}

impl Engines {
    /// Mass of all, kg.
    fn kg(&self) -> f64 {
        self.count * self.class.mass_t.central() * 1000.0
    }
    /// Length of all, metres.
    fn metres(&self) -> f64 {
        self.count * self.class.length_m.central()
    }
}

/// Tractive force of a locomotive before adhesion.
fn traction(l: &Locomotive) -> Result<Traction, PhysicsError> {
    if l.force_table.is_empty() {
        return Ok(Traction::power(l.max_force_kn.central() * 1000.0, l.power_kw.central() * 1000.0));
    }
    let knots: Vec<(f64, f64)> = l.force_table.iter().map(|(kmh, kn)| (kmh / 3.6, kn * 1000.0)).collect();
    Traction::table(&knots)
}

/// A table of km/h and kN, read at a speed between its knots; its ends hold beyond them.
fn newtons(table: &[(f64, f64)], speed_mps: f64) -> f64 {
    let kmh = speed_mps * 3.6;
    let i = table.partition_point(|k| k.0 <= kmh);
    let kn = match (table.get(i.wrapping_sub(1)), table.get(i)) {
        (Some(a), Some(b)) => a.1 + (b.1 - a.1) * (kmh - a.0) / (b.0 - a.0),
        (Some(a), None) => a.1,
        (None, Some(b)) => b.1,
        (None, None) => 0.0,
    };
    kn * 1000.0
}

fn adhesion(wheel: Wheel) -> Adhesion {
    match wheel {
        Wheel::Constant(mu) => Adhesion::constant(mu),
        Wheel::CurtiusKniffler => Adhesion::curtius_kniffler(),
        Wheel::ChinaElectric => Adhesion::china_electric(),
        Wheel::ChinaDieselElectric => Adhesion::china_diesel_electric(),
    }
}

/// Resistance of some equal vehicles of a mass each; what is told as a table goes to `tables` with their number.
fn formula(f: &Formula, each_kg: f64, n: f64, tables: &mut Vec<(f64, Vec<(f64, f64)>)>) -> Resistance {
    let one = match f {
        Formula::Specific([a, b, c]) => Resistance::specific(*a, *b, *c, each_kg),
        Formula::Newtons([a, b, c]) => Resistance { constant_n: *a, linear_n_per_mps: *b, quadratic_n_per_mps2: *c },
        Formula::Tbt1407(class) => match class {
            Tbt1407::Loaded => Resistance::tbt1407_loaded(each_kg),
            Tbt1407::LoadedPlain => Resistance::tbt1407_loaded_plain(each_kg),
            Tbt1407::Empty => Resistance::tbt1407_empty(each_kg),
            Tbt1407::Ss => Resistance::tbt1407_ss(each_kg),
            Tbt1407::Df4 => Resistance::tbt1407_df4(each_kg),
        },
        Formula::Strahl([f0, f2]) => Resistance::strahl(*f0, *f2, each_kg),
        Formula::StrahlLocomotive([f0, f2]) => Resistance::strahl_locomotive(*f0, *f2, each_kg),
        Formula::Davis([axles, area]) => Resistance::davis(each_kg, *axles, *area),
        Formula::ModifiedDavis([axles, k]) => Resistance::modified_davis(each_kg, *axles, *k),
        Formula::CanadianNational([axles, c, area]) => Resistance::canadian_national(each_kg, *axles, *c, *area),
        Formula::Table(knots) => {
            tables.push((n, knots.clone()));
            Resistance::default()
        }
    };
    Resistance {
        constant_n: one.constant_n * n,
        linear_n_per_mps: one.linear_n_per_mps * n,
        quadratic_n_per_mps2: one.quadratic_n_per_mps2 * n,
    }
}
