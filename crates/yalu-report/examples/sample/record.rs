//! Claims and reports of 26 September 2022; every model value is invented to show the form.

use crate::story::{list, none};
use yalu_report::{Claim, ReportNote, Rich, Run, plain};

fn claim(said: &str, record: &str, model: Rich, sources: &[&str], confidence: &str, verdict: &str) -> Claim {
    Claim {
        said: said.into(),
        record: plain(record),
        model,
        sources: list(sources),
        confidence: confidence.into(),
        verdict: verdict.into(),
    }
}

/// The claims of the story.
pub fn claims() -> Vec<Claim> {
    vec![
        claim(
            "A freight train crossed; service resumed after five months",
            "Seen at 07:43 on three days running. Closed 29 April to 25 September: 150 days.",
            vec![Run::Plain("P ".into()), Run::Band("0.93 (0.88 – 0.97)".into())],
            &["R085", "R096", "R098", "MFA"],
            "high",
            "holds",
        ),
        claim(
            "The train had ten-odd cars",
            "“More than ten” (Yonhap), “about ten” (KBC), later “12”. One train in January was counted as 13, 15, 18 and 20.",
            none("needs 200 runs"),
            &["R085", "R089", "R096"],
            "high",
            "holds; say 10 to 12",
        ),
        claim(
            "Over 70 % of the two countries’ trade uses the line",
            "Said of rail by one expert, of all Dandong traffic by others. The port’s 137,000 t by rail in 2016 sits badly with it.",
            none(""),
            &["AP", "CRI 2011", "UPI 2021", "station record"],
            "medium",
            "disputed",
        ),
        claim(
            "China is over 90 % of the North’s trade",
            "KOTRA: 95.8 % in 2018, 96.7 % in 2022, 98.3 % in 2023. By official figures; smuggling not counted.",
            plain("no model needed"),
            &["KOTRA / BOK"],
            "high",
            "holds",
        ),
        claim(
            "No other rail or truck route had reopened",
            "Road and Quanhe judged suspended; Ji’an and Tumen not known. But the sea was open: 71.5 MUSD in August with rail shut.",
            none(""),
            &["R094", "judged states", "customs"],
            "medium",
            "true of land; sea omitted",
        ),
        claim(
            "How long it would last was not said",
            "Open 670 days, to a flood on 27 July 2024.",
            none(""),
            &["R090", "judged states"],
            "high",
            "known now",
        ),
        claim(
            "What it carried was not said",
            "Then: food, building materials; medicine and daily goods first. October customs, all routes: 16,450 t rice, 8,000 t sugar.",
            none(""),
            &["R088", "R097", "Reuters on customs"],
            "medium",
            "in part",
        ),
    ]
}

fn note(id: &str, date: &str, source: &str, kind: &str, says: &str, detail: &str) -> ReportNote {
    ReportNote {
        id: id.into(),
        date: date.into(),
        source: source.into(),
        kind: kind.into(),
        claim: says.into(),
        detail: detail.into(),
        url: format!("https://example.org/{id}"),
    }
}

/// The reports held.
pub fn evidence() -> Vec<ReportNote> {
    vec![
        note(
            "R085",
            "2022-09-26",
            "Yonhap",
            "seen",
            "running",
            "Saw a freight train leave Dandong at 07:43 with more than ten cars.",
        ),
        note(
            "R086",
            "2022-09-26",
            "Ministry of Unification",
            "official",
            "running",
            "Would not say how long it would last or what it carried.",
        ),
        note("R088", "2022-09-26", "trade source", "hearsay", "running", "One train a day from now on."),
        note(
            "R089",
            "2022-09-26",
            "Dandong source (丹东)",
            "hearsay",
            "running",
            "Cargo stuck since April goes first; about ten cars.",
        ),
        note("R090", "2022-09-26", "Seoul", "official", "running", "Rail freight “appears to have resumed”."),
        note("R093", "2022-09-26", "the North’s media (신의주)", "silence", "unconfirmed", "Nothing said of it."),
        note(
            "R094",
            "2022-09-26",
            "press",
            "press",
            "other routes shut",
            "No other land route is said to have reopened.",
        ),
        note("R096", "2022-09-27", "Yonhap", "seen", "running", "Again at 07:43, 20 cars."),
        note(
            "R097",
            "2022-11-18",
            "customs",
            "official",
            "goods",
            "October: 16,450 t rice, 8,000 t sugar, all routes.",
        ),
        note("R098", "2022-09-28", "Yonhap", "seen", "running", "Again at 07:43, 20 cars; back about 08:25, empty."),
    ]
}
