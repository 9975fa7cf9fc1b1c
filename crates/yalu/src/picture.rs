//! Charts as files of their own.

use yalu_chart::standalone;

/// Paper around a picture that stands alone, pixels.
const MARGIN: f64 = 24.0;

/// A picture that stands alone, with the colours of one theme and paper around it.
pub fn picture(svg: &str, dark: bool) -> String {
    let svg = standalone(svg, dark);
    let size = svg.split_once("viewBox=\"0 0 ").and_then(|(_, rest)| rest.split_once('"')).map(|x| x.0.to_string());
    let Some((w, h)) = size.as_deref().and_then(|s| s.split_once(' ')) else { return svg };
    let (Ok(width), Ok(height)) = (w.parse::<f64>(), h.parse::<f64>()) else { return svg };
    let (wide, high) = (width + 2.0 * MARGIN, height + 2.0 * MARGIN);
    svg.replacen(
        &format!("viewBox=\"0 0 {w} {h}\""),
        &format!("viewBox=\"-{MARGIN} -{MARGIN} {wide:.1} {high:.1}\""),
        1,
    )
    .replacen(&format!("min-width:{w}px"), &format!("min-width:{wide}px"), 1)
    .replacen(&format!("max-width:{w}px"), &format!("max-width:{wide}px"), 1)
}
