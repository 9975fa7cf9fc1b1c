//! Charts as specifications and their SVG.
//!
//! Each chart is plain data; [`Chart::svg_at`] draws it for a width in pixels, so that its text keeps its
//! size on a page (1216) and on a telephone (358). Colours are the page's tokens by `var(--name)`. Days are
//! counted from 1970-01-01 (see [`day`]); periods hold both their ends. Nothing panics: where data are
//! missing, the picture says so.

mod bars;
mod calendar;
mod capacity;
mod delay_volume;
mod diagram_draw;
mod diagram_ground;
mod diagram_key;
mod diagram_names;
mod dots;
mod dwell;
mod dwell_stack;
mod earth;
mod effect_bars;
mod effects;
mod fit_grid;
mod flow_map;
mod flows;
mod flows_draw;
mod gantt;
mod map;
mod map_draw;
mod marks;
mod parts;
mod place;
mod punctuality;
mod punctuality_draw;
mod rail;
mod sankey;
mod scale;
mod service_level;
mod share;
mod standing;
mod state;
mod stock;
mod strips;
mod svg;
mod text;
mod thin;
mod time_cost;
mod time_distance;
mod train_run;
mod train_run_draw;
mod train_run_time;
mod unfold;
mod usage;
mod working;
mod working_draw;
mod working_rims;

pub use bars::{Bar, Bars};
pub use calendar::{Month, day};
pub use capacity::{CapacityBars, SectionUse};
pub use delay_volume::{DelayVolume, VolumeCurve, VolumeMark, VolumePoint};
pub use dots::{Count, CountKind, CountRow, DotTimeline};
pub use dwell::{DwellBars, DwellRow, Sourced, Spread};
pub use dwell_stack::{DwellStack, Stack, StackPart, WaitFor};
pub use effect_bars::{EffectBar, EffectBars};
pub use effects::{Effect, EffectChart, EffectRow};
pub use fit_grid::{FitCell, FitGrid};
pub use flow_map::{FlowMap, FlowMark};
pub use flows::{Basis, FlowsByMonth, Modelled, Note, Observed, RouteForm, RouteLine};
pub use gantt::{GanttBar, GanttGroup, GanttLane, Rim, YardGantt};
pub use map::{CorridorMap, CrossingMark, LatLon, MapLine, MapPoint};
pub use parts::{Caption, Colour, Mode};
pub use punctuality::{DelayCause, PunctualityChart, PunctualityPoint};
pub use sankey::{Sankey, SankeyFlow, SankeyPanel, SankeyRoute};
pub use service_level::{BackMark, ServiceLevel};
pub use share::{Claim, ShareBars, ShareRow};
pub use standing::{BoardRow, Bullet, CrossingBoard, Standing};
pub use state::{DayMark, Segment, Span, State, Strip};
pub use stock::{CurveMark, Fan, StockCurve};
pub use strips::{CrossingRow, ReportMark, Says, Shade, StateStrips};
pub use text::{Data, band, fixed, number, with_unit};
pub use time_cost::{TimeCost, TimeCostPlace, TimeCostPoint};
pub use time_distance::{Closed, DwellBar, Seen, Station, Tick, TimeDistance, TrainKind, TrainLine, WaitNote, Zone};
pub use train_run::{Binds, Calls, GradientStep, RunPoint, RunStation, TrainRunChart};
pub use usage::{UseBars, UseRow};
pub use working::{Clock, Occupation, Outside, Restriction, Wait, WorkingDiagram};

/// Width of a chart on a page, in pixels.
pub const WIDE: f64 = 1216.0;
/// Width of a chart on a telephone, in pixels.
pub const NARROW: f64 = 358.0;
/// Width of a small chart beside words, in pixels: it is low, and its words stand on the page.
pub const BESIDE: f64 = 352.0;

/// A chart: a picture at any width, its data and its summary.
pub trait Chart {
    /// The picture laid out for a width in pixels (300 to 4000).
    fn svg_at(&self, width: f64) -> String;
    /// What the picture is drawn from.
    fn data(&self) -> Data;
    /// One sentence that says what the picture shows.
    fn summary(&self) -> String;
    /// The chart's data as comma-separated values with a head.
    fn csv(&self) -> String {
        self.data().csv()
    }
    /// The picture for a page.
    fn svg(&self) -> String {
        self.svg_at(WIDE)
    }
    /// The picture for a telephone.
    fn svg_narrow(&self) -> String {
        self.svg_at(NARROW)
    }
}

/// A chart with words around it.
pub trait Captioned: Chart + Clone {
    /// Title, subtitle and foot.
    fn caption(&mut self) -> &mut Caption;
}

macro_rules! captioned {
    ($($chart:ident $(. $base:ident)?),*) => {$(
        impl Captioned for $chart {
            fn caption(&mut self) -> &mut Caption {
                &mut self $(.$base)? .caption
            }
        }
    )*};
}
captioned!(
    Bars,
    CapacityBars,
    CorridorMap,
    CrossingBoard,
    DelayVolume,
    DotTimeline,
    DwellBars,
    DwellStack,
    EffectBars,
    EffectChart,
    FitGrid,
    FlowMap,
    FlowsByMonth,
    PunctualityChart,
    Sankey,
    ServiceLevel,
    ShareBars,
    StateStrips,
    StockCurve,
    TimeCost,
    TimeDistance,
    TrainRunChart,
    UseBars,
    WorkingDiagram.base,
    YardGantt
);

/// A picture that stands alone: the drawing with the colours of one theme written into it.
pub fn standalone(svg: &str, dark: bool) -> String {
    let colours = if dark { DARK } else { LIGHT };
    let style = format!("<style>:root{{{colours}{FACES}}}</style>");
    svg.replacen("<svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"", 1).replacen(
        "<title",
        &format!("{style}<title"),
        1,
    )
}

const LIGHT: &str = "background:#FCFBF8;--paper:#FCFBF8;--panel:#FFFFFF;--sunk:#F4F1EA;--ink:#17212B;--ink2:#465360;--ink3:#65707B;--rule:#D8D3C7;--rule2:#EBE7DE;--land:#F1EDE3;--land2:#E8E3D6;--water:#DDE7EC;--river:#A9C3D1;--rail:#1B4B9B;--road:#9E5900;--sea:#007A76;--plum:#7D1F63;--olive:#55601A;--brown:#6E3B1C;--grey:#626B75;--air:#7D8790;--open:#3A4854;--limited:#83919D;--susp:#B23E24;--susp-wash:rgba(178,62,36,.085);--notopen:#877F6E;";
const DARK: &str = "background:#10161D;--paper:#10161D;--panel:#171F28;--sunk:#0B1015;--ink:#E9EDF0;--ink2:#B6C0CA;--ink3:#8C98A4;--rule:#34404C;--rule2:#232D37;--land:#1A232C;--land2:#202A34;--water:#0E1A24;--river:#2D4A5E;--rail:#6BA6F0;--road:#F0B24D;--sea:#3FB5AE;--plum:#F0A6DC;--olive:#C9D66A;--brown:#C98E63;--grey:#A9B3BE;--air:#8C98A4;--open:#CBD5DD;--limited:#74838F;--susp:#F0805F;--susp-wash:rgba(240,128,95,.13);--notopen:#8A8475;";
const FACES: &str = "--sans:Inter,'Noto Sans','Segoe UI',system-ui,'Noto Sans CJK SC','Noto Sans CJK KR',sans-serif;--serif:'Source Serif 4','Noto Serif',Georgia,serif";
