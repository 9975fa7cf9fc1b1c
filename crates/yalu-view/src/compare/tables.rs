//! Variants beside each other in tables.

use super::{Compare, Effects, FluidAnswer, FluidBeside, Pair, Recovery};
use crate::tables::at_medians;
use yalu_number::{Band, Cell, Column, Estimate, Table, Unit};

impl Compare {
    /// Every figure of every variant: of all, each side, good and route, and of the recovery.
    pub fn figures(&self) -> Table {
        let columns = ["variant", "of", "id", "figure"].map(|k| Column::text(k, k)).into_iter();
        let ends = Band::ENDS.map(|k| Column::number(k, k, Unit::Number));
        let counts = ["defined", "runs"].map(|k| Column::count(k, k));
        Table {
            id: "figures".into(),
            title: "Figures of all variants".into(),
            columns: columns.chain(ends).chain(counts).collect(),
            rows: self.variants.iter().flat_map(Pair::figures).collect(),
            note: String::new(),
        }
    }
}

impl Pair {
    fn figures(&self) -> Vec<Vec<Cell>> {
        let mut out = Vec::new();
        let mut row = |of: &str, id: &str, figure: &str, e: &Estimate| {
            let Some(b) = e.band() else { return };
            let words = [self.variant.as_str(), of, id, figure].map(Cell::from).into_iter();
            let ends = b.ends().map(Cell::from);
            out.push(words.chain(ends).chain([e.defined(), e.runs()].map(Cell::from)).collect());
        };
        for (i, (figure, total)) in self.total.named().into_iter().enumerate() {
            row("all", "", figure, &total);
            for (id, side) in self.sides_in_order() {
                row("side", &id, figure, &side.named()[i].1);
            }
            for good in &self.goods {
                row("good", &good.id, figure, &good.effects.named()[i].1);
            }
        }
        for r in &self.routes {
            row("route", &r.id, "came_t_base", &r.came_t[0]);
            row("route", &r.id, "came_t_variant", &r.came_t[1]);
            row("route", &r.id, "difference_t", &r.difference_t);
            row("route", &r.id, "diverted_to_t", &r.diverted_to_t);
        }
        if let Some(r) = &self.recovery {
            row("recovery", "", "peak_t", &r.peak_t);
            row("recovery", "", "clear_days", &r.clear_days);
            row("recovery", "", "normal_days", &r.normal_days);
            row("recovery", "", "made_up_share", &r.made_up_share);
            row("recovery", "", "spare_t_per_day", &r.spare_t_per_day);
            row("recovery", "", "delay_tonne_days", &r.delay_tonne_days);
            row("recovery", "", "lost_days_of_flow", &r.lost_days_of_flow);
            for (level, days) in r.levels() {
                row("recovery", "", &format!("back_to_{level}_days"), &days);
            }
        }
        out
    }

    /// Both directions with their effects, the first to the second country first.
    pub fn sides_in_order(&self) -> Vec<(String, &Effects)> {
        let [a, b] = &self.countries;
        [format!("{a}-{b}"), format!("{b}-{a}")]
            .into_iter()
            .filter_map(|id| self.sides.get(&id).map(|side| (id, side)))
            .collect()
    }

    /// Who loses and waits: both directions, then goods, those that bear most first.
    pub fn goods_table(&self) -> Table {
        let row = |name: String, e: &Effects| -> Vec<Cell> {
            let musd = |usd: &Estimate| usd.per(1e6);
            let figures =
                [e.ordered_t, e.lost_t, e.late_t, e.diverted_t, musd(&e.lost_usd), musd(&e.delay_usd)].map(Cell::from);
            std::iter::once(name.into()).chain(figures).collect()
        };
        let [a, b] = &self.countries;
        let ways = [format!("all {a} to {b}"), format!("all {b} to {a}")];
        let sides = ways.into_iter().zip(self.sides_in_order()).map(|(name, (_, e))| (name, e));
        let mut goods: Vec<(String, &Effects)> =
            self.goods.iter().map(|g| (g.title.clone(), &g.effects)).filter(|(_, e)| e.touched()).collect();
        goods.sort_by(|a, b| b.1.harm_usd().total_cmp(&a.1.harm_usd()));
        let rows = sides.filter(|(_, e)| e.ordered_t.p95() > 0.0).chain(goods).map(|(name, e)| row(name, e));
        Table {
            id: "goods".into(),
            title: "Who loses and who waits".into(),
            columns: vec![
                Column::text("good", ""),
                Column::estimate("ordered_t", "ordered", Unit::Tonnes),
                Column::estimate("lost_t", "lost", Unit::Tonnes),
                Column::estimate("late_t", "late", Unit::Tonnes),
                Column::estimate("diverted_t", "by another way", Unit::Tonnes),
                Column::estimate("lost_musd", "lost", Unit::Musd),
                Column::estimate("delay_musd", "delay", Unit::Musd),
            ],
            rows: rows.collect(),
            note: format!(
                "{} minus {}, of the same orders; late: more than a day later, minus what came earlier.",
                self.variant, self.base
            ),
        }
    }

    /// The same with medians alone, for a narrow place.
    pub fn goods_at_medians(&self) -> Table {
        let table = at_medians(self.goods_table());
        Table { note: format!("Medians. {} Bands: --json, figures.csv.", table.note), ..table }
    }

    /// What came by which route.
    pub fn routes_table(&self) -> Table {
        let some = |e: &Estimate| e.p05() != 0.0 || e.p95() != 0.0;
        let rows = self.routes.iter().filter(|r| r.came_t.iter().any(some)).map(|r| {
            let [base, variant] = r.came_t;
            vec![r.title.as_str().into(), base.into(), variant.into(), r.difference_t.into()]
        });
        Table {
            id: "routes".into(),
            title: "What came by which route".into(),
            columns: vec![
                Column::text("route", ""),
                Column::estimate("base_t", &self.base, Unit::Tonnes),
                Column::estimate("variant_t", &self.variant, Unit::Tonnes),
                Column::estimate("difference_t", "difference", Unit::Tonnes),
            ],
            rows: rows.collect(),
            note: String::new(),
        }
    }
}

impl Effects {
    /// Each figure by its key.
    pub fn named(&self) -> [(&'static str, Estimate); 10] {
        [
            ("ordered_t", self.ordered_t),
            ("delivered_t", self.delivered_t),
            ("lost_t", self.lost_t),
            ("lost_usd", self.lost_usd),
            ("late_t", self.late_t),
            ("delay_tonne_days", self.delay_tonne_days),
            ("delay_usd", self.delay_usd),
            ("diverted_t", self.diverted_t),
            ("pending_t", self.pending_t),
            ("carriage_usd", self.carriage_usd),
        ]
    }

    /// What is lost and what delay costs at the medians, whatever their sign, US dollars.
    pub fn harm_usd(&self) -> f64 {
        self.lost_usd.p50().abs() + self.delay_usd.p50().abs()
    }

    /// Whether the change does anything to it.
    fn touched(&self) -> bool {
        let some = |e: &Estimate| e.p05() != 0.0 || e.p95() != 0.0;
        [self.lost_t, self.late_t, self.diverted_t, self.delay_tonne_days].iter().any(some)
    }
}

impl Recovery {
    /// The closed form beside the simulation, with where they differ.
    pub fn fluid_table(&self) -> Table {
        let simulated = FluidAnswer {
            peak_t: self.peak_t,
            clear_days: self.clear_days,
            runs_that_clear: self.runs_that_clear,
            delay_tonne_days: self.delay_tonne_days,
        };
        let row = |beside: &FluidBeside| -> Vec<Cell> {
            let (name, unit, of): (_, _, fn(&FluidAnswer) -> Estimate) = match beside.figure.as_str() {
                "peak_t" => ("Most that waits", Unit::Tonnes, |f| f.peak_t),
                "clear_days" => ("Time to clear", Unit::Days, |f| f.clear_days),
                _ => ("Waiting", Unit::TonneDays, |f| f.delay_tonne_days),
            };
            let by_rule = |key: &str| self.fluid.get(key).map(|f| of(f).rich(unit));
            let words = beside.verdict();
            vec![
                name.into(),
                of(&simulated).rich(unit).into(),
                by_rule("plain").into(),
                by_rule("all").into(),
                words.into(),
            ]
        };
        Table {
            id: "fluid".into(),
            title: "The fluid rule beside the simulation".into(),
            columns: vec![
                Column::text("figure", ""),
                Column::text("simulated", "simulated"),
                Column::text("rule", "rule"),
                Column::text("rule_with_reasons", "with all reasons"),
                Column::text("agreement", "agreement"),
            ],
            rows: self.fluid_beside_simulated.iter().map(row).collect(),
            note: format!(
                "Rule: λ = {} would have crossed there, μ = {} can by the scenario’s trains, wagons and vehicles (at most {} \
                 did, over fifteen days); after D days shut the queue peaks at λD and clears in λD/(μ−λ). It differs where it \
                 lies outside the simulated 5 – 95 %; in brackets, by how much each reason alone moves the rule.",
                self.flow_t_per_day.write(Unit::TonnesPerDay),
                self.capacity_t_per_day.write(Unit::TonnesPerDay),
                self.throughput_t_per_day.write(Unit::TonnesPerDay),
            ),
        }
    }
}
