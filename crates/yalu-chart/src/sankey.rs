//! Goods by route and mode in several periods side by side: bands as wide as what goes there.

use crate::Chart;
use crate::parts::{Caption, Colour, foot, head, missing, sane, titled};
use crate::svg::{Canvas, Words, px};
use crate::text::{Data, datum, fitted, number, with_unit};

/// A good over a route in a period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SankeyFlow {
    /// Index of the good.
    pub good: usize,
    /// Index of the route.
    pub route: usize,
    /// Value in the chart's unit.
    pub value: f64,
}

/// A route with its colour and the index of its mode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SankeyRoute {
    /// Name.
    pub name: String,
    /// Colour.
    pub colour: Colour,
    /// Index of its mode.
    pub mode: usize,
}

/// A period.
#[derive(Clone, Debug, PartialEq)]
pub struct SankeyPanel {
    /// Such as `During`.
    pub title: String,
    /// Such as its dates.
    pub subtitle: String,
    /// What goes.
    pub flows: Vec<SankeyFlow>,
}

/// Flows by good, route and mode in several periods, all in one scale.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sankey {
    /// Words around the chart.
    pub caption: Caption,
    /// Unit of the values, such as `t a day`.
    pub unit: String,
    /// Names of goods.
    pub goods: Vec<String>,
    /// Routes.
    pub routes: Vec<SankeyRoute>,
    /// Names of modes.
    pub modes: Vec<String>,
    /// Periods in order.
    pub panels: Vec<SankeyPanel>,
}

const NAME: &str = "Flows by good, route and mode";
/// Width of a node.
const NODE: f64 = 9.0;
/// Least space between nodes of a column.
const GAP: f64 = 9.0;

/// A node of a column: its value and where it stands.
#[derive(Clone, Copy, Default)]
struct Node {
    value: f64,
    y: f64,
    h: f64,
    /// How much of it is taken by bands on its right and on its left.
    used: [f64; 2],
}

impl Sankey {
    fn sound(panel: &SankeyPanel) -> impl Iterator<Item = SankeyFlow> + '_ {
        panel.flows.iter().copied().filter(|f| f.value.is_finite() && f.value > 0.0)
    }

    fn total(panel: &SankeyPanel) -> f64 {
        Self::sound(panel).map(|f| f.value).sum()
    }

    fn nodes(&self, panel: &SankeyPanel) -> [Vec<Node>; 3] {
        let mut out = [self.goods.len(), self.routes.len(), self.modes.len()].map(|n| vec![Node::default(); n]);
        for f in Self::sound(panel) {
            let mode = self.routes.get(f.route).map_or(0, |r| r.mode);
            for (column, i) in [f.good, f.route, mode].into_iter().enumerate() {
                if let Some(n) = out[column].get_mut(i) {
                    n.value += f.value;
                }
            }
        }
        out
    }

    fn draw(&self, canvas: &mut Canvas, panel: &SankeyPanel, (x0, y0): (f64, f64), w: f64, h: f64, per: f64) {
        canvas.text((x0, y0 + 14.0), Words::new(&panel.title).size(15.0).bold());
        let all = format!("{}, {}", panel.subtitle, with_unit(Self::total(panel), &self.unit));
        canvas.text((x0, y0 + 31.0), Words::new(&fitted(&all, 12.0, false, w)).second());
        let top = y0 + 46.0;
        let mut nodes = self.nodes(panel);
        for column in &mut nodes {
            let mut y = top;
            for n in column.iter_mut().filter(|n| n.value > 0.0) {
                (n.y, n.h) = (y, (n.value * per).max(1.0));
                y += n.h + GAP;
            }
        }
        if nodes[0].iter().all(|n| n.value <= 0.0) {
            canvas.text((x0 + w / 2.0, top + h / 3.0), Words::new("nothing crossed").second().middle());
            return;
        }
        let label = (w * 0.26).min(112.0);
        let x = [x0 + label + 4.0, x0 + label + 4.0 + (w - label - 70.0) * 0.36, x0 + w - 66.0 - NODE];
        let mut flows: Vec<SankeyFlow> = Self::sound(panel).collect();
        flows.sort_by_key(|f| (f.good, f.route));
        for f in &flows {
            let (Some(good), Some(route)) = (nodes[0].get(f.good).copied(), nodes[1].get(f.route).copied()) else {
                continue;
            };
            let t = f.value * per;
            let style = format!("fill:{};fill-opacity:.3", self.routes[f.route].colour.css());
            canvas.open(&format!(
                "{} by {}: {}",
                self.goods[f.good],
                self.routes[f.route].name,
                with_unit(f.value, &self.unit)
            ));
            ribbon(canvas, (x[0] + NODE, good.y + good.used[0]), (x[1], route.y + route.used[1]), t, &style);
            canvas.close();
            nodes[0][f.good].used[0] += t;
            nodes[1][f.route].used[1] += t;
        }
        for (i, r) in self.routes.iter().enumerate() {
            let n = nodes[1][i];
            if n.value <= 0.0 {
                continue;
            }
            if let Some(mode) = nodes[2].get_mut(r.mode) {
                let to = mode.y + mode.used[1];
                mode.used[1] += n.value * per;
                let style = format!("fill:{};fill-opacity:.3", r.colour.css());
                ribbon(canvas, (x[1] + NODE, n.y), (x[2], to), n.value * per, &style);
            }
        }
        self.names(canvas, &nodes, x, label);
    }

    fn names(&self, canvas: &mut Canvas, nodes: &[Vec<Node>; 3], x: [f64; 3], label: f64) {
        let mut free = [f64::NEG_INFINITY; 3];
        for (i, name) in self.goods.iter().enumerate() {
            let n = nodes[0][i];
            canvas.rect(x[0], n.y, NODE, n.h, "fill:var(--ink2)");
            if n.value > 0.0 && n.y + n.h / 2.0 >= free[0] {
                let at = n.y + n.h / 2.0 + 4.0;
                canvas.text((x[0] - 5.0, at), Words::new(&fitted(name, 11.0, false, label - 4.0)).small().end());
                free[0] = n.y + n.h / 2.0 + 11.0;
            }
        }
        for (i, r) in self.routes.iter().enumerate() {
            let n = nodes[1][i];
            canvas.rect(x[1], n.y, NODE, n.h, &format!("fill:{}", r.colour.css()));
            if n.value > 0.0 && n.y + n.h / 2.0 >= free[1] {
                let at = n.y + n.h / 2.0 + 4.0;
                let room = x[2] - x[1] - NODE - 8.0;
                canvas.text(
                    (x[1] + NODE + 4.0, at),
                    Words::new(&fitted(&r.name, 11.0, true, room)).small().bold().fill(r.colour.css()).halo(),
                );
                if n.h > 26.0 {
                    canvas.text((x[1] + NODE + 4.0, at + 13.0), Words::new(&number(n.value)).small().second().halo());
                }
                free[1] = n.y + n.h / 2.0 + 12.0;
            }
        }
        for (i, name) in self.modes.iter().enumerate() {
            let n = nodes[2][i];
            canvas.rect(x[2], n.y, NODE, n.h, "fill:var(--ink)");
            if n.value > 0.0 && n.y + n.h / 2.0 >= free[2] {
                let at = n.y + n.h / 2.0;
                let whole: f64 = nodes[2].iter().map(|n| n.value).sum();
                let words = format!("{:.0}\u{2009}%", 100.0 * n.value / whole);
                canvas.text((x[2] + NODE + 4.0, at), Words::new(name).small().bold());
                canvas.text((x[2] + NODE + 4.0, at + 13.0), Words::new(&words).small().second());
                free[2] = at + 26.0;
            }
        }
    }
}

/// A band between two columns, as thick at both ends.
fn ribbon(canvas: &mut Canvas, a: (f64, f64), b: (f64, f64), t: f64, style: &str) {
    let m = f64::midpoint(a.0, b.0);
    let d = format!(
        "M{} {}C{} {} {} {} {} {}V{}C{} {} {} {} {} {}Z",
        px(a.0),
        px(a.1),
        px(m),
        px(a.1),
        px(m),
        px(b.1),
        px(b.0),
        px(b.1),
        px(b.1 + t),
        px(m),
        px(b.1 + t),
        px(m),
        px(a.1 + t),
        px(a.0),
        px(a.1 + t)
    );
    canvas.path(&d, style);
}

impl Chart for Sankey {
    fn svg_at(&self, width: f64) -> String {
        let most = self.panels.iter().map(Self::total).fold(0.0, f64::max);
        if most <= 0.0 {
            return missing(width, &self.caption, NAME, &self.summary());
        }
        let mut canvas = Canvas::new(sane(width), &format!("{NAME}{:?}{:?}", self.caption, self.panels));
        let small = canvas.narrow();
        let top = head(&mut canvas, &self.caption);
        let columns = if small { 1 } else { self.panels.len().max(1) };
        let space = 30.0;
        let w = (canvas.width - space * (columns - 1) as f64) / columns as f64;
        let h = if small { 190.0 } else { 330.0 };
        let widest = self.panels.iter().map(|p| self.nodes(p).map(|c| c.iter().filter(|n| n.value > 0.0).count()));
        let nodes = widest.flatten().max().unwrap_or(1);
        let whole = h + GAP * nodes as f64;
        let mut y = top;
        for (i, panel) in self.panels.iter().enumerate() {
            let column = i % columns;
            self.draw(&mut canvas, panel, ((w + space) * column as f64, y), w, h, h / most);
            if column + 1 == columns {
                y += whole + 60.0;
            }
        }
        let end = foot(&mut canvas, &self.caption, y);
        canvas.finish(end + 2.0, titled(&self.caption, NAME), &self.summary())
    }

    fn data(&self) -> Data {
        let mut data = Data::new(&["period", "good", "route", "mode", &self.unit.replace(' ', "_")]);
        for p in &self.panels {
            for f in Self::sound(p) {
                let (Some(good), Some(route)) = (self.goods.get(f.good), self.routes.get(f.route)) else { continue };
                let mode = self.modes.get(route.mode).cloned().unwrap_or_default();
                data.row([p.title.clone(), good.clone(), route.name.clone(), mode, datum(f.value)]);
            }
        }
        data
    }

    fn summary(&self) -> String {
        let told: Vec<String> = self
            .panels
            .iter()
            .map(|p| {
                let mut nodes: Vec<(f64, &str)> =
                    self.nodes(p)[1].iter().zip(&self.routes).map(|(n, r)| (n.value, r.name.as_str())).collect();
                nodes.sort_by(|a, b| b.0.total_cmp(&a.0));
                let most = nodes.first().filter(|n| n.0 > 0.0).map_or("nothing".to_owned(), |n| {
                    format!("{}, most by {}", with_unit(Self::total(p), &self.unit), n.1)
                });
                format!("{}: {most}", p.title)
            })
            .collect();
        if told.is_empty() { "Not yet answered: no flows are given.".into() } else { format!("{}.", told.join("; ")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two() -> Sankey {
        let panel = |title: &str, value: f64| SankeyPanel {
            title: title.into(),
            subtitle: "some days".into(),
            flows: vec![
                SankeyFlow { good: 0, route: 0, value },
                SankeyFlow { good: 0, route: 1, value: 10.0 },
                SankeyFlow { good: 1, route: 1, value: f64::NAN },
            ],
        };
        Sankey {
            unit: "t a day".into(),
            goods: vec!["Rice & flour".into(), "Soap".into()],
            routes: ["Rail", "Sea"]
                .into_iter()
                .enumerate()
                .map(|(mode, name)| SankeyRoute { name: name.into(), colour: Colour::Rail, mode })
                .collect(),
            modes: vec!["rail".into(), "sea".into()],
            panels: vec![panel("Before", 30.0), panel("Shut", 0.0)],
            ..Sankey::default()
        }
    }

    #[test]
    fn bands_are_as_wide_as_what_goes_in_every_period() {
        let s = two();
        assert_eq!(
            s.csv(),
            "period,good,route,mode,t_a_day\nBefore,Rice & flour,Rail,rail,30\nBefore,Rice & flour,Sea,sea,10\nShut,Rice & flour,Sea,sea,10\n"
        );
        assert!(s.summary().starts_with("Before: 40"), "{}", s.summary());
        for svg in [s.svg(), s.svg_narrow()] {
            assert!(svg.contains("Rice &amp; flour") && !svg.contains("NaN"), "{svg}");
        }
    }

    #[test]
    fn what_is_empty_or_names_nothing_is_said_and_does_not_panic() {
        assert!(Sankey::default().svg().contains("no flows are given"));
        let mut s = two();
        s.panels[0].flows.push(SankeyFlow { good: 9, route: 9, value: 5.0 });
        assert!(s.svg().starts_with("<svg") && !s.csv().contains(",5\n"));
    }
}
