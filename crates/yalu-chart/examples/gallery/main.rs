//! Writes one page with every chart, light and dark, wide and narrow: `gallery [out.html] [light|dark]`.

mod diagram;
mod evidence;
mod flow;
mod planning;
mod run;
mod working;

use std::fmt::Write as _;

use yalu_chart::{Caption, Chart, NARROW, WIDE};

const CSS: &str = ":root{--paper:#FCFBF8;--panel:#FFFFFF;--sunk:#F4F1EA;--ink:#17212B;--ink2:#465360;--ink3:#65707B;--rule:#D8D3C7;--rule2:#EBE7DE;--land:#F1EDE3;--land2:#E8E3D6;--water:#DDE7EC;--river:#A9C3D1;--rail:#1B4B9B;--road:#9E5900;--sea:#007A76;--plum:#7D1F63;--olive:#55601A;--brown:#6E3B1C;--grey:#626B75;--air:#7D8790;--open:#3A4854;--limited:#83919D;--susp:#B23E24;--susp-wash:rgba(178,62,36,.085);--notopen:#877F6E;--unknown:#B9B2A3;
--sans:Inter,'Noto Sans','Segoe UI',system-ui,'Noto Sans CJK SC','Noto Sans CJK KR',sans-serif;--serif:'Source Serif 4','Noto Serif',Georgia,serif}
.dark{--paper:#10161D;--panel:#171F28;--sunk:#0B1015;--ink:#E9EDF0;--ink2:#B6C0CA;--ink3:#8C98A4;--rule:#34404C;--rule2:#232D37;--land:#1A232C;--land2:#202A34;--water:#0E1A24;--river:#2D4A5E;--rail:#6BA6F0;--road:#F0B24D;--sea:#3FB5AE;--plum:#F0A6DC;--olive:#C9D66A;--brown:#C98E63;--grey:#A9B3BE;--air:#8C98A4;--open:#CBD5DD;--limited:#74838F;--susp:#F0805F;--susp-wash:rgba(240,128,95,.13);--notopen:#8A8475;--unknown:#5A564D}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 var(--sans)}
section{padding:24px 32px;width:1280px;box-sizing:border-box}section.n{padding:16px;width:390px}svg{display:block;overflow:visible}";

/// Words around a chart, drawn in it.
pub(crate) fn words(title: &str, subtitle: &str, foot: &str) -> Caption {
    Caption { title: title.into(), subtitle: subtitle.into(), foot: foot.into(), shown: true }
}

/// Every chart of the gallery with its name.
fn all() -> Vec<(&'static str, Box<dyn Chart>)> {
    vec![
        ("flows", Box::new(flow::flows())),
        ("routes", Box::new(flow::routes())),
        ("diagram", Box::new(diagram::diagram())),
        ("strips", Box::new(evidence::strips())),
        ("stock", Box::new(flow::stock())),
        ("dwell", Box::new(flow::dwell())),
        ("map", Box::new(evidence::map())),
        ("dots", Box::new(evidence::dots())),
        ("share", Box::new(flow::share())),
        ("run-short", Box::new(run::short())),
        ("run-line", Box::new(run::line())),
        ("run-long", Box::new(run::long())),
        ("working-morning", Box::new(working::morning())),
        ("working-day", Box::new(working::day())),
        ("working-week", Box::new(working::week())),
        ("capacity", Box::new(planning::capacity())),
        ("volume", Box::new(planning::volume())),
        ("punctuality", Box::new(planning::punctuality(21))),
        ("punctuality-long", Box::new(planning::punctuality(80))),
        ("missing", Box::new(yalu_chart::StockCurve::default())),
    ]
}

fn page(dark: bool, width: f64, only: Option<&str>) -> String {
    let mut out = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Charts</title><style>{CSS}</style><body class=\"{}\">",
        if dark { "dark" } else { "light" }
    );
    for (name, chart) in all() {
        if only.is_some_and(|o| o != name) {
            continue;
        }
        let class = if width < 600.0 { "n" } else { "w" };
        let svg = if width == WIDE { chart.svg() } else { chart.svg_at(width) };
        let _ = write!(out, "<section class=\"{class}\" id=\"{name}\">{svg}</section>");
    }
    out.push_str("</body></html>");
    out
}

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "target/gallery".into());
    let folder = std::path::Path::new(&folder);
    std::fs::create_dir_all(folder)?;
    for (theme, dark) in [("light", false), ("dark", true)] {
        for (size, width) in [("wide", WIDE), ("middle", 736.0), ("narrow", NARROW)] {
            std::fs::write(folder.join(format!("all-{size}-{theme}.html")), page(dark, width, None))?;
            for (name, _) in all() {
                std::fs::write(folder.join(format!("{name}-{size}-{theme}.html")), page(dark, width, Some(name)))?;
            }
        }
    }
    for (name, chart) in all() {
        std::fs::write(folder.join(format!("{name}.csv")), chart.csv())?;
        println!("{name}: {}", chart.summary());
    }
    Ok(())
}
