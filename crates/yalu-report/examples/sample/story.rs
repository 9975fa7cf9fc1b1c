//! The words of 26 September 2022; every model value is invented to show the form.

use crate::pictures::{dots, wide, year};
use crate::record::{claims, evidence};
use yalu_report::{Align, Question, Report, Rich, Run, Section, Table, plain};

/// A value not yet answered, with the reason.
pub fn none(why: &str) -> Rich {
    vec![Run::NotAnswered(why.into())]
}

/// Names as a list of their own.
pub fn list(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn fact(name: &str, value: Rich) -> (String, Rich) {
    (name.to_owned(), value)
}

fn questions() -> Vec<Question> {
    let runs = "needs 200 runs";
    vec![
        Question {
            number: "1".into(),
            question: "Is it running, and how do we know?".into(),
            answer: plain(
                "Yes, on all that is known now. On the day: seen by one agency, confirmed by Beijing, denied by no one.",
            ),
            text: plain(
                "One agency saw the train leave Dandong at 07:43 with more than ten cars. Seoul said rail freight “appears to have resumed”, Beijing confirmed it; the North said nothing. Seen again at 07:43 on the 27th and 28th.",
            ),
            facts: vec![
                fact("P(running), as known on 26 Sep", vec![Run::Band("0.93 (0.88 – 0.97)".into())]),
                fact("P(running), as known now", none(runs)),
                fact("Judged state", plain("open, start ± 0 days, confidence high")),
            ],
            sources: list(&["R085", "R088", "R089", "R090", "R093", "R096", "R098", "MFA"]),
            figure: Some(dots(
                "q1-reports",
                "Reports that say it runs",
                "weight, bits",
                &[("R085", 3.2), ("R090", 2.1), ("R088", 1.0), ("R089", 0.8), ("R096", 2.9)],
            )),
        },
        Question {
            number: "2".into(),
            question: "What can it carry?".into(),
            answer: plain("One train a day of 12 to 20 cars was seen. The line is probably not the limit."),
            text: plain(
                "A rough cycle count gives about 17 train pairs a day on the tightest single-track section and over 40 on the bridge. Customs, disinfection, the yard and the return of wagons are thought to bind first; which of them, the model must say.",
            ),
            facts: vec![
                fact("Seen", plain("1 train a day; 12, 20, 20 cars")),
                fact(
                    "Twenty cars at 60 t",
                    vec![
                        Run::Plain("at most 1,200\u{202f}t a day, ".into()),
                        Run::Assumed("60\u{202f}t each".into()),
                        Run::Small(" arithmetic; payload assumed".into()),
                    ],
                ),
                fact("Trains and tonnes a day", none(runs)),
                fact("Step that binds", none("needs the ablation study")),
            ],
            sources: list(&["R096", "R098", "facts: train, wagon", "line count: own estimate"]),
            figure: Some(dots(
                "q2-cars",
                "Cars seen in one train",
                "cars",
                &[("17 Jan", 20.0), ("26 Sep", 12.0), ("27 Sep", 20.0), ("28 Sep", 20.0)],
            )),
        },
        Question {
            number: "3".into(),
            question: "What did the closure cost?".into(),
            answer: plain("Exports fell 85\u{202f}% in a month, but rail cannot be blamed for all of it."),
            text: plain(
                "China’s exports went from 98.1\u{202f}MUSD in April to 14.5 in May 2022. Dandong’s lockdown of 25 April shut city and port too, so this is an upper bound. By August, with rail still shut, they stood at 73\u{202f}% of April.",
            ),
            facts: vec![
                fact("Closed", plain("150 days, 29 Apr – 25 Sep 2022")),
                fact("Lost, delayed, diverted", none(runs)),
                fact(
                    "Waiting at the border on 25 Sep",
                    vec![Run::Band("2,340\u{202f}t (1,900 – 3,010)".into()), Run::Small(" 240 runs".into())],
                ),
            ],
            sources: list(&["checks C01, C02", "Chinese customs"]),
            figure: Some(dots(
                "q3-share",
                "Exports as a share of April 2022",
                "%",
                &[("Apr", 100.0), ("May", 15.0), ("Jul", 61.0), ("Aug", 73.0), ("Sep", 92.0)],
            )),
        },
        Question {
            number: "4".into(),
            question: "How does a reopening recover?".into(),
            answer: plain("Exports passed April’s level by November; the queue itself no one reported."),
            text: plain(
                "Loaded wagons are said to have stood at Dandong since April and gone first. Exports reached 113.9\u{202f}MUSD in November and 122.4 in December. How much of that is backlog and how much is new demand is not known.",
            ),
            facts: vec![
                fact("Time to clear, one train a day", vec![Run::Band("41\u{a0}days (33 – 55)".into())]),
                fact("Time to clear, two a day", none("")),
                fact("Return loads", plain("seen empty")),
            ],
            sources: list(&["R089", "R098", "Chinese customs"]),
            figure: Some(dots(
                "q4-queue",
                "Tonnes waiting, days after reopening",
                "kt",
                &[("day 0", 2.3), ("day 20", 1.2), ("day 41", 0.1)],
            )),
        },
        Question {
            number: "5".into(),
            question: "What next?".into(),
            answer: plain("Left open on the day. It lasted 22 months."),
            text: plain(
                "Seoul’s spokesperson would not say how long it would last or what it carried. Earlier forecasts give little to go by: those months ahead failed, those a day or three ahead held.",
            ),
            facts: vec![
                fact("Chance that it lasts 180 days, known then", none(runs)),
                fact("What happened", plain("open to 26 Jul 2024, then a flood")),
                fact("What it would carry", none(runs)),
            ],
            sources: list(&["R086", "R090", "check C23"]),
            figure: Some(dots("q5-fared", "How such forecasts had fared", "count", &[("late", 13.0), ("held", 2.0)])),
        },
    ]
}

fn sections() -> Vec<Section> {
    let foot = "Placeholder drawn to see the page; no value of it is a result.";
    let section = |id: &str, title: &str, short: &str, lead: &str, finding: &str, measure: &str| Section {
        id: id.into(),
        title: title.into(),
        short: short.into(),
        lead: plain(lead),
        figures: vec![wide(id, finding, measure, foot)],
        ..Section::default()
    };
    let inputs = Table {
        id: "inputs".into(),
        title: "Where the inputs come from".into(),
        columns: vec![
            ("Input".into(), Align::Left),
            ("Value".into(), Align::Right),
            ("Standing".into(), Align::Left),
            ("Source".into(), Align::Left),
        ],
        rows: vec![
            vec![
                plain("Payload of a wagon"),
                vec![Run::Assumed("60\u{202f}t".into())],
                plain("assumed"),
                plain("class of wagon; no weighing held"),
            ],
            vec![
                plain("Bridge, one train at a time"),
                plain("3.0\u{202f}km"),
                plain("sourced"),
                vec![Run::Source("R096".into()), Run::Plain(" and the line record".into())],
            ],
            vec![
                plain("Disinfection hold"),
                none("later hold not known"),
                plain("not known"),
                plain("reports of January–February 2022"),
            ],
        ],
        foot: "Three of 214 inputs; the whole list is in the corridor’s files.".into(),
    };
    vec![
        section(
            "map",
            "The line and its neighbours",
            "Map",
            "Dandong 丹东, Sinuiju 신의주 and what leads to them.",
            "One bridge carries both rail and road",
            "Load by route, thousand tonnes a month",
        ),
        section(
            "week",
            "A week of trains",
            "A week of trains",
            "Every line is a train: steep is fast, level is standing. The border is where the hours go.",
            "The border takes hours, the bridge minutes",
            "Distance in km, time in hours, Beijing time, UTC+8",
        ),
        section(
            "flows",
            "Flows by month and route",
            "Flows",
            "What left Chinese customs for the North, month by month.",
            "Exports were back to 92 % of April before rail was",
            "MUSD a month, nominal",
        ),
        section(
            "queue",
            "Queue and backlog",
            "Queue",
            "What waited at the border and how long it took to clear.",
            "The queue clears in six weeks with one train a day",
            "Tonnes waiting at Dandong, by day",
        ),
        section(
            "dwell",
            "Dwell by activity",
            "Dwell",
            "How long a cut stands for each step, in the order they happen.",
            "Customs and disinfection take most of the day",
            "Hours, median and P10–P90",
        ),
        Section {
            id: "provenance".into(),
            title: "What is assumed".into(),
            short: "Assumed".into(),
            lead: vec![
                Run::Plain("41\u{202f}% of the inputs this run read are assumed. ".into()),
                Run::Assumed("Dashed".into()),
                Run::Plain(" marks them wherever they stand.".into()),
            ],
            tables: vec![inputs],
            ..Section::default()
        },
        Section {
            id: "method".into(),
            title: "Method".into(),
            text: vec![
                plain(
                    "Trains run on the line’s sections with its speeds, meets and hours; wagons pass each step of the border in turn. Each run draws what is not known from its range; the bands are the 5th to the 95th of 240 runs.",
                ),
                plain("Known then uses no report that became known after the day. Known now uses all."),
            ],
            ..Section::default()
        },
    ]
}

/// The report of the day.
pub fn report() -> Report {
    Report {
        title: "Dandong–Sinuiju, China – North Korea".into(),
        date: "Monday 26 September 2022".into(),
        headline: "A freight train crossed the Yalu after five months".into(),
        lead: plain(
            "Was the line running, what could it carry, what had the closure cost, how would it recover, how long would it last? What the record says, what a model says, and what no one has answered.",
        ),
        meta: vec![
            fact("Known", plain("now; the day’s own reports marked")),
            fact("Record", plain("111 reports, 42 judged periods, 2026-11-23")),
            fact("Model", plain("specimen: values invented to show the form")),
            fact("Assumed inputs", vec![Run::Assumed("41\u{202f}%".into()), Run::Plain(" of those read".into())]),
        ],
        year: Some(year()),
        questions: questions(),
        claims: claims(),
        key: Vec::new(),
        sections: sections(),
        evidence: evidence(),
        wrong: vec![
            vec![
                Run::Bold("This page is a specimen. ".into()),
                Run::Plain("Its pictures, addresses and every model value are invented to show the form.".into()),
            ],
            plain(
                "The start of the closure in August 2020 is inferred from trade values; it may not be used to prove a model of them.",
            ),
            plain("The payload of 60 t is an assumption. At 50 t every tonnage here falls by a sixth."),
            plain("Smuggling, grants and pipeline crude are in no count held."),
        ],
        attribution: list(&[
            "Reports: Yonhap, KBC, AP, Reuters and others, each cited by day and address; short facts only.",
            "Trade values: Chinese customs as published by press; KOTRA.",
            "Line geometry: OpenStreetMap contributors, ODbL 1.0.",
        ]),
        command: "yalu report corridor/dandong-sinuiju --date 2022-09-26 --runs 240 --seed 1".into(),
        version: "0.1.0".into(),
    }
}

/// The same corridor as if nobody had written a story of it.
pub fn without_story(report: &mut Report) {
    report.questions.clear();
    report.claims.clear();
    report.date = "1 January 2018 – 31 December 2025".into();
    report.headline.clear();
    report.lead = plain("What ran, what waited and what is not known.");
}
