//! User equilibrium on links whose cost rises with flow (Wardrop's first principle), and the system's optimum.
//!
//! For roads and for comparison: rail with a hard capacity queues instead, and there choice reacts to perceived, lagged
//! waits. Sheffi, Urban Transportation Networks (1985), chapters 3 to 5.

use crate::TradeError;
use crate::error::{above_zero, not_negative, within};

/// Cost of a link by its flow: `free + rise · flow^power`.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct LinkCost {
    /// Cost of the empty link.
    pub free: f64,
    /// What flow adds.
    pub rise: f64,
    /// How steeply.
    pub power: f64,
}

impl LinkCost {
    /// The function of the Bureau of Public Roads (1964): `free · (1 + alpha · (flow/capacity)^beta)`.
    pub fn bpr(free: f64, capacity: f64, alpha: f64, beta: f64) -> Result<Self, TradeError> {
        above_zero("the capacity of a link", capacity)?;
        Ok(Self { free, rise: free * alpha / libm::pow(capacity, beta), power: beta })
    }
    /// Cost to each at a flow.
    pub fn at(&self, flow: f64) -> f64 {
        self.free + self.rise * libm::pow(flow, self.power)
    }
    /// What one more costs all: the cost at a flow and what it adds to the others.
    fn marginal(&self, flow: f64) -> f64 {
        self.free + self.rise * (self.power + 1.0) * libm::pow(flow, self.power)
    }
}

/// Paths over links, between one origin and one destination.
#[derive(Clone, PartialEq, Debug)]
pub struct Network {
    /// Links.
    pub links: Vec<LinkCost>,
    /// Paths as numbers of links.
    pub paths: Vec<Vec<usize>>,
}

impl Network {
    /// Links side by side, each a path.
    pub fn parallel(links: Vec<LinkCost>) -> Self {
        let paths = (0..links.len()).map(|l| vec![l]).collect();
        Self { links, paths }
    }
}

/// What is made least.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Principle {
    /// Nobody can do better alone: all paths used cost the same, none costs less.
    User,
    /// All together pay least.
    System,
}

/// Flows in equilibrium.
#[derive(Clone, PartialEq, Debug)]
pub struct Equilibrium {
    /// Flow on each path.
    pub flows: Vec<f64>,
    /// Cost of each path at these flows.
    pub costs: Vec<f64>,
    /// `Σ flow · cost / demand`.
    pub mean_cost: f64,
    /// `(Σ flow · cost - demand · least cost) / Σ flow · cost`, by the costs of the principle.
    pub gap: f64,
    /// Steps taken.
    pub steps: usize,
}

const MOST_STEPS: usize = 100_000;
/// Halvings of a step: to the last bits.
const HALVINGS: u32 = 60;

/// Equilibrium by pairwise Frank–Wolfe: each step moves flow from the dearest used path to the cheapest, as far as the
/// line search goes. It converges linearly, where the plain method and successive averages crawl (Lacoste-Julien and
/// Jaggi 2015). Ends once the relative gap is at most `gap`.
pub fn equilibrium(net: &Network, demand: f64, principle: Principle, gap: f64) -> Result<Equilibrium, TradeError> {
    not_negative("the demand", demand)?;
    within("the relative gap", gap, 1e-15, 1.0, "above 0 and at most 1")?;
    for l in &net.links {
        not_negative("the cost of an empty link", l.free)?;
        not_negative("the rise of a link's cost", l.rise)?;
        within("the power of a link's cost", l.power, 1e-3, 20.0, "from 0.001 to 20")?;
    }
    for &link in net.paths.iter().flatten() {
        if link >= net.links.len() {
            return Err(TradeError::Unknown { what: "link", index: link, count: net.links.len() });
        }
    }
    if net.paths.is_empty() {
        return Err(TradeError::Empty { what: "path" });
    }
    let cost_of = |link: &LinkCost, flow: f64| match principle {
        Principle::User => link.at(flow),
        Principle::System => link.marginal(flow),
    };
    let mut flows = vec![0.0; net.paths.len()];
    flows[0] = demand;
    let mut reached = f64::INFINITY;
    for steps in 0..=MOST_STEPS {
        let on_links = link_flows(net, &flows);
        let path = |p: &[usize]| p.iter().map(|&l| cost_of(&net.links[l], on_links[l])).sum::<f64>();
        let costs: Vec<f64> = net.paths.iter().map(|p| path(p)).collect();
        let least = arg(&costs, |_| true, |a, b| a < b);
        let total: f64 = flows.iter().zip(&costs).map(|(f, c)| f * c).sum();
        reached = if total > 0.0 { (total - demand * costs[least]) / total } else { 0.0 };
        if reached <= gap {
            return Ok(told(net, flows, demand, reached.max(0.0), steps));
        }
        let dearest = arg(&costs, |p| flows[p] > 0.0, |a, b| a > b);
        flows = shifted(net, &flows, (dearest, least), cost_of);
    }
    Err(TradeError::NotConverged { steps: MOST_STEPS, gap: reached, asked: gap })
}

/// Flow moved between two paths until both cost the same, or the first is empty.
fn shifted(
    net: &Network,
    flows: &[f64],
    (from, to): (usize, usize),
    cost_of: impl Fn(&LinkCost, f64) -> f64,
) -> Vec<f64> {
    let moved = |by: f64| {
        let mut f = flows.to_vec();
        f[from] -= by;
        f[to] += by;
        f
    };
    let still_dearer = |by: f64| {
        let on_links = link_flows(net, &moved(by));
        let path = |p: usize| net.paths[p].iter().map(|&l| cost_of(&net.links[l], on_links[l])).sum::<f64>();
        path(from) > path(to)
    };
    let (mut low, mut high) = (0.0, flows[from]);
    if still_dearer(high) {
        return moved(high);
    }
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if still_dearer(middle) { low = middle } else { high = middle }
    }
    moved(high)
}

fn link_flows(net: &Network, flows: &[f64]) -> Vec<f64> {
    let mut on = vec![0.0f64; net.links.len()];
    for (path, flow) in net.paths.iter().zip(flows) {
        for &l in path {
            on[l] += flow;
        }
    }
    // What rounding leaves below nothing is nothing.
    on.iter().map(|f| f.max(0.0)).collect()
}

fn arg(costs: &[f64], may: impl Fn(usize) -> bool, better: impl Fn(f64, f64) -> bool) -> usize {
    let mut best = None;
    for (i, c) in costs.iter().enumerate() {
        if may(i) && best.is_none_or(|b: usize| better(*c, costs[b])) {
            best = Some(i);
        }
    }
    best.unwrap_or(0)
}

fn told(net: &Network, flows: Vec<f64>, demand: f64, gap: f64, steps: usize) -> Equilibrium {
    let on_links = link_flows(net, &flows);
    let costs: Vec<f64> =
        net.paths.iter().map(|p| p.iter().map(|&l| net.links[l].at(on_links[l])).sum::<f64>()).collect();
    let total: f64 = flows.iter().zip(&costs).map(|(f, c)| f * c).sum();
    let mean_cost = if demand > 0.0 { total / demand } else { 0.0 };
    Equilibrium { flows, costs, mean_cost, gap, steps }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn braess_found_that_one_more_link_can_cost_all() {
        let (rises, flat) =
            (LinkCost { free: 0.0, rise: 0.01, power: 1.0 }, LinkCost { free: 45.0, rise: 0.0, power: 1.0 });
        let bridge = LinkCost { free: 0.0, rise: 0.0, power: 1.0 };
        let links = vec![rises, flat, flat, rises, bridge];
        let without = Network { links: links.clone(), paths: vec![vec![0, 1], vec![2, 3]] };
        let with = Network { links, paths: vec![vec![0, 1], vec![2, 3], vec![0, 4, 3]] };
        let cost = |n: &Network| equilibrium(n, 4000.0, Principle::User, 1e-12).unwrap().mean_cost;
        assert!((cost(&without) - 65.0).abs() < 1e-6);
        assert!((cost(&with) - 80.0).abs() < 1e-6);
    }

    #[test]
    fn what_no_network_can_have_is_refused() {
        let flat = LinkCost { free: 1.0, rise: 0.0, power: 1.0 };
        let of = |n: &Network, d| equilibrium(n, d, Principle::User, 1e-6).unwrap_err().to_string();
        assert_eq!(of(&Network { links: vec![], paths: vec![] }, 1.0), "there is no path");
        assert_eq!(of(&Network { links: vec![flat], paths: vec![vec![3]] }, 1.0), "link 3 is not there: there are 1");
        assert_eq!(of(&Network::parallel(vec![flat]), f64::NAN), "the demand must be a number not below zero, not NaN");
        assert!(LinkCost::bpr(1.0, 0.0, 0.15, 4.0).is_err());
        assert_eq!(equilibrium(&Network::parallel(vec![flat]), 0.0, Principle::User, 1e-6).unwrap().flows, [0.0]);
    }

    proptest! {
        #[test]
        fn used_paths_cost_the_same_and_unused_ones_no_less(
            links in prop::collection::vec((1.0..50.0f64, 1.0..10.0f64, 0.05..1.0f64, 1.0..5.0f64), 1..6),
            demand in 0.1..100.0f64,
        ) {
            let links: Vec<LinkCost> =
                links.iter().map(|(f, c, a, b)| LinkCost::bpr(*f, *c, *a, *b).unwrap()).collect();
            let e = equilibrium(&Network::parallel(links), demand, Principle::User, 1e-9).unwrap();
            prop_assert!((e.flows.iter().sum::<f64>() - demand).abs() < 1e-9 * demand.max(1.0));
            let least = e.costs.iter().copied().fold(f64::INFINITY, f64::min);
            for (f, c) in e.flows.iter().zip(&e.costs) {
                prop_assert!(*f >= 0.0 && f * (c - least) <= 1e-8 * e.mean_cost * demand);
            }
        }
    }
}
