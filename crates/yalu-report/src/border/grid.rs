//! Values tried against counts: the first key down, the second across, further keys as rows of their own.

use yalu_chart::{Caption, FitCell, FitGrid};
use yalu_number::Unit;
use yalu_view::border::grid::{Grid, GridCell};

/// The grid as a picture.
pub fn grid(g: &Grid) -> FitGrid {
    let one = g.axes.len() < 2;
    let (down, across) = (0, 1.min(g.axes.len().saturating_sub(1)));
    let short = |k: usize| g.axes[k].key.rsplit('.').next().unwrap_or("").to_string();
    let row = |cell: &GridCell| -> String {
        let others = (0..g.axes.len()).filter(|k| one || *k != across);
        others.map(|k| format!("{} {}", short(k), g.axes[k].values[cell.at[k]])).collect::<Vec<_>>().join(", ")
    };
    let columns = if one { vec![short(down)] } else { g.axes[across].values.clone() };
    let mut order: Vec<&GridCell> = g.cells.iter().collect();
    order.sort_by_key(|cell| (cell.at[2.min(cell.at.len())..].to_vec(), cell.at[down]));
    let mut rows: Vec<(String, Vec<Option<FitCell>>)> = Vec::new();
    for cell in order {
        let name = row(cell);
        let at = rows.iter().position(|r| r.0 == name).unwrap_or(rows.len());
        if at == rows.len() {
            rows.push((name, vec![None; columns.len()]));
        }
        let words = cell.wagons_per_day.iter().map(|v| Unit::Number.write(*v)).collect::<Vec<_>>().join(" / ");
        let share = cell.all_true_in as f64 / cell.runs.max(1) as f64;
        rows[at].1[if one { 0 } else { cell.at[across] }] = Some(FitCell { share, words });
    }
    let counts: Vec<String> = g.counts.iter().map(yalu_view::border::grid::Count::words).collect();
    FitGrid {
        caption: Caption {
            title: g.finding.clone(),
            subtitle: format!(
                "Share of runs in which all counts are true, darker is more; numbers: loaded wagons a day in the central run over {}",
                counts.join(" / ")
            ),
            foot: "Every other uncertain input is drawn in each run. Counts are wagons a day; the model’s wagons are full.".into(),
            shown: true,
        },
        across: if one { String::new() } else { g.axes[across].key.clone() },
        columns,
        rows,
    }
}
