//! A train's vehicles as the physics needs them.

use yalu_model::{Adhesion as Wheel, Locomotive, Resistance as Formula, Tbt1407, Wagon};
use yalu_physics::{Adhesion, PhysicsError, Resistance, Traction, Train, trailing_mass_kg};

/// A locomotive and its wagons, at the median of their inputs.
#[derive(Clone, Debug)]
pub struct Consist {
    locomotive: Locomotive,
    wagon: Wagon,
    /// Wagons.
    pub wagons: u32,
    /// Tonnes of load per wagon.
    pub load_t: f64,
}

impl Consist {
    pub(crate) fn new(locomotive: &Locomotive, wagon: &Wagon, wagons: u32, load_t: f64) -> Self {
        Self { locomotive: locomotive.clone(), wagon: wagon.clone(), wagons, load_t }
    }

    /// Whether it stands where the contact line is dead.
    pub fn electric(&self) -> bool {
        self.locomotive.supply == yalu_model::Supply::Electric
    }
    /// Its locomotive's class.
    pub fn locomotive_id(&self) -> &str {
        &self.locomotive.id
    }
    /// Mass of the locomotive, kg.
    pub fn locomotive_kg(&self) -> f64 {
        self.locomotive.mass_t.central() * 1000.0
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
        self.locomotive.length_m.central() + f64::from(self.wagons) * self.wagon.length_m.central()
    }
    /// Lengths of the locomotive and of one wagon, metres.
    pub fn lengths_m(&self) -> (f64, f64) {
        (self.locomotive.length_m.central(), self.wagon.length_m.central())
    }
    /// Service braking: of the weakest vehicle, m/s².
    pub fn braking_mps2(&self) -> f64 {
        if self.wagons > 0 {
            self.locomotive.braking_mps2.min(self.wagon.braking_mps2)
        } else {
            self.locomotive.braking_mps2
        }
    }

    /// Tractive force of its locomotive, adhesion counted.
    fn traction(&self) -> Result<Traction, PhysicsError> {
        let force = traction(&self.locomotive)?;
        match &self.locomotive.adhesion {
            Some((wheel, mass_t)) => force.with_adhesion(adhesion(*wheel), mass_t.central() * 1000.0),
            None => Ok(force),
        }
    }

    fn wagon_resistance(&self, load_t: f64) -> &Formula {
        self.wagon.resistance_empty.as_ref().filter(|_| load_t <= 0.0).unwrap_or(&self.wagon.resistance)
    }

    /// Tonnage rating: the mass of wagons like its own that its locomotive keeps moving at a speed (m/s) up a gradient
    /// (per mille, curves counted), kg. None where such wagons roll by themselves.
    pub fn hauls_kg(&self, speed_mps: f64, gradient_permille: f64) -> Option<f64> {
        let mut tables = Vec::new();
        let engine_kg = self.locomotive_kg();
        let mut engine = formula(&self.locomotive.resistance, engine_kg, 1.0, &mut tables);
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
        let rotating = engine_kg * self.locomotive.rotating_mass_factor + wagons_kg * self.wagon.rotating_mass_factor;
        let mut tables: Vec<(f64, Vec<(f64, f64)>)> = Vec::new();
        let mut resistance = formula(&self.locomotive.resistance, engine_kg, 1.0, &mut tables);
        if self.wagons > 0 {
            resistance = resistance + formula(self.wagon_resistance(load_t), wagons_kg / n, n, &mut tables);
        }
        let mut traction = self.traction()?;
        for (each, knots) in tables {
            let knots: Vec<(f64, f64)> = knots.iter().map(|(kmh, kn)| (kmh / 3.6, kn * 1000.0 * each)).collect();
            traction = traction.with_resistance_table(&knots)?;
        }
        let of_wagons = if self.wagons > 0 { self.wagon.max_speed_kmh.central() } else { f64::INFINITY };
        Ok(Train {
            mass_kg,
            length_m: self.length_m(),
            rotating_mass_factor: rotating / mass_kg,
            resistance,
            traction,
            service_braking_mps2: self.braking_mps2(),
            max_speed_mps: self.locomotive.max_speed_kmh.central().min(of_wagons) / 3.6,
        })
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
