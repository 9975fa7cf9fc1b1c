//! The record: read, written, sealed, sent and taken back.
use proptest::prelude::{ProptestConfig, prop, proptest};
use yalu_ledger::record::{
    Context, Format, Likeness, Log, Place, Record, Report, SealChange, append, claim_reviews, content_hash,
    content_hashes, day_of, read, read_stix, similar, stix_bundle, to_csv, to_jsonl,
};
use yalu_model::Words as _;
use yalu_scenario::render;

const FLAGSHIP: &str = include_str!("../../../scenarios/dandong-sinuiju/reports.csv");
const HEAD: &str = "id,reported,event_start,event_end,prec,crossing,mode,claim,qty,unit,detail,source,origin\n";

fn context() -> Context {
    Context { crossings: vec!["A-RAIL".into(), "A-ROAD".into()], today: day_of("2026-01-01") }
}

fn csv(rows: &str) -> Record {
    read("reports.csv", format!("{HEAD}{rows}").as_bytes(), Format::Csv, &context())
}

fn flagship() -> Record {
    read("reports.csv", FLAGSHIP.as_bytes(), Format::Csv, &Context::default())
}

/// Two reports with every field filled, with letters, commas, quotes and line ends in them.
fn full() -> Vec<Report> {
    let text = "id,reported,reported_prec,event_start,event_end,prec,crossing,mode,claim,qty,unit,detail,source,source_type,origin,derived,url,qty_noise,note,corrects,admiralty,judged_by,judged_on,judged_why\n\
        R1,2022-01-17,approx,2022-01-16,2022-01-17,approx,A-RAIL,rail,observed,13.5,cars,\"Seen, \"\"loaded\"\"; 신의주\nnext line\",연합뉴스,agency_observation,O1,no,https://a.example/1?x=1&y=2,2.25,mind the date,,B2,Kim,2022-01-20,own words of the crew\n\
        R2,2022-01-18,day,2022-01-16,2022-01-16,day,A-RAIL,rail,observed,18,cars,counted again,Paper,media_other,O1,yes,https://a.example/2,1,n,R1,C6,,,\n";
    let record = read("r.csv", text.as_bytes(), Format::Csv, &Context::default());
    assert!(record.diagnostics.is_empty(), "{:?}", record.diagnostics);
    record.reports().cloned().collect()
}

#[test]
fn the_flagship_is_read_whole_and_without_a_word() {
    let record = flagship();
    assert!(record.diagnostics.is_empty(), "{}", render(&record.diagnostics, false));
    assert_eq!(record.reports().count(), 111);
}

#[test]
fn all_that_is_wrong_is_told_and_the_rest_is_there() {
    let record = csv("R1,2021-01-05,2021-01-05,,day,A-RAIL,rail,observed,1,train,fine,Paper,O1\n\
        R2,2099-01-05,2021-01-05,,day,A-RAIL,rail,observed,1,train,from the future,Paper,O2\n\
        R3,2021-01-05,2021-02-05,,day,A-RAIL,rail,resumed,1,train,event after report,Paper,O3\n\
        R4,2021-01-05,2021-02-05,,day,A-RAIL,rail,planned,1,train,a plan may,Paper,O4\n\
        R5,2021-01-05,2021-01-05,,day,A-RIAL,rail,observd,-3,cars,slips,Paper,O5\n\
        R6,2021-01-05,2021-01-05,,day,Q,rail,observed,NaN,cars,no crossing,Paper,O6\n\
        R7,2021-01-05,2021-01-05,,day,ALL-LAND,rail,observed,1000000000,cars,too many,Paper,O7\n\
        R1,2021-01-05,2021-01-05,,day,A-RAIL,rail,observed,1,train,fine,Paper,O1\n\
        R1,2021-01-05,2021-01-05,,day,A-RAIL,rail,observed,2,train,other,Paper,O1\n\
        R8,2021-02-29,2021-13,2021-01-01,exact,A-ROAD,road,observed,12 cars,,days,,O8\n\
        R9,2021-01-05,2021-01-05,2021-01-01,day,A-ROAD,road,observed,,,ends before it begins,Paper,O9\n\
        R10,2021-01-05,too,few\n\
        R11,2021-01-05,,,day,A-RIAL,rail,running,,,a slip,Paper,O10\n\
        R12,2021-01-05,,,day,ELSEWHERE,rail,running,,,not of here,Paper,O11\n");
    insta::assert_snapshot!(render(&record.diagnostics, false));
    let kept: Vec<&str> = record.reports().map(|r| r.id.as_str()).collect();
    assert_eq!(kept, ["R1", "R3", "R4", "R11", "R12"]);
    assert_eq!(record.left_out().count(), 9);
}

#[test]
fn columns_and_corrections_are_checked() {
    let text = "id,reported,event_strat,crossing,claim,source,weather,corrects\n\
        R1,2021-01-05,2021-01-05,A-RAIL,observed,Paper,rain,\n\
        R2,2021-01-06,2021-01-05,A-RAIL,denied,Paper,rain,R1\n\
        R3,2021-01-06,2021-01-05,A-RAIL,denied,Paper,rain,R9\n\
        R4,2021-01-06,2021-01-05,A-RAIL,denied,Paper,rain,R4\n\
        R5,2021-01-04,2021-01-05,A-RAIL,denied,Paper,rain,R1\n";
    let record = read("reports.csv", text.as_bytes(), Format::Csv, &context());
    insta::assert_snapshot!(render(&record.diagnostics, false));
    assert_eq!(record.reports().count(), 2);
}

#[test]
fn a_header_is_checked_and_letters_are() {
    let text = "id,id,reported,crossing,claim,admiralty,qty\nR 1,R1,2021-01-05,A-RAIL,observed,B7,\"2,5\"\n";
    let record = read("reports.csv", text.as_bytes(), Format::Csv, &context());
    insta::assert_snapshot!(render(&record.diagnostics, false));
}

#[test]
fn a_line_that_is_not_utf8_is_named_and_the_others_are_read() {
    let mut bytes = format!("{HEAD}R1,2021-01-05,,,,A-RAIL,,observed,,,Sin").into_bytes();
    bytes.extend([0xc3, 0x28]);
    bytes.extend(b"iju,Paper,O1\nR2,2021-01-05,,,,A-RAIL,,observed,,,fine,Paper,O2\n");
    let record = read("reports.csv", &bytes, Format::Csv, &context());
    assert_eq!(record.reports().map(|r| r.id.as_str()).collect::<Vec<_>>(), ["R2"]);
    let [d] = record.diagnostics.as_slice() else { panic!("{:?}", record.diagnostics) };
    assert_eq!((d.code, d.line, d.column, d.message.as_str()), ("Y0103", 2, 40, "line 2 is not UTF-8"));
    let mut lines = to_jsonl(&full()).into_bytes();
    lines.extend(b"{\"id\":\"\xff\"}\n[1]\n{\"id\":\"R3\",\"claim\":[1]}\nnonsense\n");
    let record = read("reports.jsonl", &lines, Format::JsonLines, &Context::default());
    assert_eq!(record.reports().count(), 2);
    insta::assert_snapshot!(render(&record.diagnostics, false).replace('\u{fffd}', "?"));
}

#[test]
fn every_field_survives_csv_json_lines_and_stix() {
    let flag: Vec<Report> = flagship().reports().cloned().collect();
    for reports in [full(), flag] {
        let back = |text: &str, format| {
            let record = read("r", text.as_bytes(), format, &Context::default());
            assert!(record.diagnostics.is_empty(), "{}", render(&record.diagnostics, false));
            record.reports().cloned().collect::<Vec<_>>()
        };
        assert_eq!(back(&to_csv(&reports), Format::Csv), reports);
        assert_eq!(back(&to_jsonl(&reports), Format::JsonLines), reports);
        let bundle = stix_bundle("c", "C", &[], &reports).to_string();
        let mut from_stix: Vec<Report> =
            read_stix(&bundle, "UTC").unwrap().into_iter().map(|r| r.report.unwrap()).collect();
        let place = |r: &Report| reports.iter().position(|x| x.id == r.id);
        from_stix.sort_by_key(place);
        assert_eq!(from_stix, reports);
        assert_eq!(to_csv(&from_stix), to_csv(&reports));
    }
}

#[test]
fn a_bundle_holds_what_stix_asks_for() {
    let places = [Place { id: "A-RAIL".into(), title: "A rail".into(), position: Some((40.1, 124.4)) }];
    let bundle = stix_bundle("c", "C", &places, &full());
    insta::assert_snapshot!(format!("{bundle:#}"));
    let objects = bundle["objects"].as_array().unwrap();
    let ids: std::collections::BTreeSet<&str> = objects.iter().map(|o| o["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), objects.len(), "ids are unique");
    for o in objects {
        let kind = o["type"].as_str().unwrap();
        assert!(o["id"].as_str().unwrap().starts_with(&format!("{kind}--")));
        let text = o.to_string();
        for id in text.split('"').filter(|t| t.contains("--") && !t.contains(' ') && !t.starts_with("http")) {
            assert!(ids.contains(id), "{id} of {kind} is in the bundle");
        }
    }
    assert_eq!(bundle, stix_bundle("c", "C", &places, full().iter().rev()), "order does not matter");
    assert_ne!(bundle["objects"], stix_bundle("d", "C", &places, &full())["objects"]);
}

#[test]
fn a_bundle_of_others_gives_what_it_says_and_tells_what_is_missing() {
    let bundle = r#"{"type":"bundle","id":"bundle--1","objects":[
        {"type":"location","id":"location--1","name":"A-RAIL"},
        {"type":"identity","id":"identity--1","name":"Some Centre"},
        {"type":"sighting","id":"sighting--1","first_seen":"2022-01-16T01:00:00Z","last_seen":"2022-01-17T01:00:00Z","count":2},
        {"type":"report","id":"report--0a-77","created_by_ref":"identity--1","published":"2022-01-18T09:00:00.000Z",
         "name":"Trains","object_refs":["location--1","sighting--1"]},
        {"type":"report","id":"report--0a-78","published":"2022-01-18T09:00:00.000Z","name":"Nothing","object_refs":[]}]}"#;
    let read = read_stix(bundle, "UTC").unwrap();
    let first = read[0].report.as_ref().unwrap();
    assert_eq!((first.id.as_str(), first.crossing.as_str(), first.qty), ("77", "A-RAIL", Some(2.0)));
    assert_eq!((first.source.as_str(), first.detail.as_str()), ("Some Centre", "Trains"));
    let faults = read[1].report.as_ref().unwrap_err();
    assert_eq!(faults.iter().filter(|f| f.code == "Y0202").count(), 3, "{faults:?}");
    assert!(read_stix("{}", "UTC").is_err() && read_stix("nonsense", "UTC").is_err());
}

/// What was revoked keeps its history, a sighting stands for itself, and an instant falls on the day of the border.
#[test]
fn a_bundle_of_others_is_taken_for_what_it_is() {
    let bundle = r#"{"type":"bundle","id":"bundle--1","objects":[
        {"type":"location","id":"location--1","name":"A-RAIL"},
        {"type":"identity","id":"identity--1","name":"Some Centre"},
        {"type":"sighting","id":"sighting--0-9","created":"2022-01-18T23:00:00Z","created_by_ref":"identity--1","count":5,
         "first_seen":"2022-01-16T20:00:00Z","last_seen":"2022-01-17T00:00:00Z","sighting_of_ref":"location--1"},
        {"type":"report","id":"report--0a-77","created_by_ref":"identity--1","published":"2022-01-18T20:00:00.000Z","labels":["observed"],
         "modified":"2022-02-01T03:00:00Z","revoked":true,"name":"Trains","object_refs":["location--1"]}]}"#;
    let reports: Vec<Report> =
        read_stix(bundle, "Asia/Seoul").unwrap().into_iter().map(|r| r.report.unwrap()).collect();
    let told: Vec<(&str, &str, Option<f64>, &str)> =
        reports.iter().map(|r| (r.id.as_str(), r.claim.word(), r.qty, r.corrects.as_str())).collect();
    assert_eq!(
        told,
        [("9", "observed", Some(5.0), ""), ("77", "observed", None, ""), ("77-revoked", "retracted", None, "77")]
    );
    let day = |s: &str| day_of(s).unwrap();
    assert_eq!((reports[0].reported, reports[0].event()), (day("2022-01-19"), (day("2022-01-17"), day("2022-01-17"))));
    assert_eq!((reports[1].reported, reports[2].reported), (day("2022-01-19"), day("2022-02-01")));
}

/// No count is no sighting, and what is no link is given as none.
#[test]
fn a_bundle_claims_no_more_than_the_record() {
    let record = csv("R1,2021-01-05,2021-01-05,,day,A-RAIL,rail,observed,0,train,none came,Paper,O1\n");
    let mut reports: Vec<Report> = record.reports().cloned().collect();
    reports[0].url = "a leaflet of that day".into();
    let bundle = stix_bundle("c", "C", &[], &reports);
    let objects = bundle["objects"].as_array().unwrap();
    assert!(objects.iter().all(|o| o["type"] != "sighting"), "{bundle:#}");
    let report = objects.iter().find(|o| o["type"] == "report").unwrap();
    assert!(report["external_references"][0]["url"].is_null());
    let back = read_stix(&bundle.to_string(), "UTC").unwrap();
    assert_eq!(back[0].report.as_ref().unwrap(), &reports[0]);
}

/// Two people may judge one event: both stay, and who differs is told. A retraction names what it takes back.
#[test]
fn judgements_and_retractions_are_checked() {
    let text = "id,reported,crossing,claim,source,origin,corrects,judged_by,judged_on,judged_why\n\
        R1,2021-01-05,A-RAIL,resumed,Paper,O1,,Kim,2021-01-06,the ministry says so\n\
        R2,2021-01-05,A-RAIL,observed,Paper,O1,,Ryu,2021-01-07,one train only\n\
        R3,2021-01-09,A-RAIL,retracted,Paper,,R1,,,\n\
        R4,2021-01-09,A-RAIL,retracted,Paper,,,,,\n\
        R1,2021-01-05,A-RAIL,resumed,Gazette,O1,,Kim,2021-01-06,the ministry says so\n";
    let record = read("reports.csv", text.as_bytes(), Format::Csv, &context());
    let told: Vec<(&str, usize)> = record.diagnostics.iter().map(|d| (d.code, d.line)).collect();
    assert_eq!(told, [("Y1218", 3), ("Y1209", 5), ("Y1206", 6)]);
    let said = |i: usize| record.diagnostics[i].message.as_str();
    assert!(
        said(0).contains("Kim on 2021-01-06: resumed (the ministry says so); Ryu on 2021-01-07: observed"),
        "{}",
        said(0)
    );
    assert!(said(2).ends_with("with other content: `source` is `Gazette` here, `Paper` there"), "{}", said(2));
    assert_eq!(record.reports().count(), 3);
}

#[test]
fn a_copy_that_names_its_origin_is_like_none() {
    let record = csv(
        "R1,2021-01-05,2021-01-05,,day,A-RAIL,rail,observed,3,train,Three trains crossed the long bridge,Paper,O1\n",
    );
    let held: Vec<Report> = record.reports().cloned().collect();
    let copy = |origin: &str, derived: bool| {
        let new = Report { id: "N1".into(), origin: origin.into(), derived, ..held[0].clone() };
        similar(&new, &held).len()
    };
    assert_eq!([copy(" o1", true), copy("r1", true), copy("", true), copy("O1", false)], [0, 0, 1, 1]);
}

/// A file that cannot be read as a whole says nothing of the reports in it; a cut one is told in one line.
#[test]
fn what_cannot_be_read_is_not_taken_for_gone() {
    let sound = flagship();
    let mut log = Log::default();
    log.seal_new(&sound);
    for bytes in [FLAGSHIP.replace(',', ";").into_bytes(), [&[0xff, 0xfe][..], FLAGSHIP.as_bytes()].concat()] {
        let mut record = read("reports.csv", &bytes, Format::Csv, &Context::default());
        log.verify(&mut record, "reports.csv", &bytes);
        let codes: Vec<&str> = record.diagnostics.iter().map(|d| d.code).collect();
        assert_eq!(codes.len(), 2, "{codes:?}");
        assert!(
            codes.contains(&"Y1211")
                && record.diagnostics.iter().all(|d| !d.help.as_deref().unwrap_or("").contains("--accept-edit"))
        );
    }
    let cut = FLAGSHIP.lines().take(40).collect::<Vec<_>>().join("\n");
    let mut record = read("reports.csv", cut.as_bytes(), Format::Csv, &Context::default());
    assert_eq!(log.verify(&mut record, "reports.csv", cut.as_bytes()).len(), 72);
    assert_eq!(record.diagnostics.len(), 1, "{}", render(&record.diagnostics, false));
}

#[test]
fn claims_are_reviewed_where_they_are_judged() {
    let reviews = claim_reviews("Record of C", &full(), |c| format!("the {c}"), |r| (r.id == "R1").then_some(true));
    insta::assert_snapshot!(format!("{reviews:#}"));
}

fn sealed(record: &Record) -> Log {
    let mut log = Log::default();
    record.reports().for_each(|r| log.seal(r));
    log
}

fn verified(log: &Log, text: &str) -> (Vec<SealChange>, Record) {
    let mut record = read("reports.csv", text.as_bytes(), Format::Csv, &Context::default());
    let changes = log.verify(&mut record, "reports.csv", text.as_bytes());
    (changes, record)
}

#[test]
fn an_edited_removed_moved_or_new_report_is_named() {
    let log = sealed(&flagship());
    let (back, broken) = Log::parse(&log.text());
    assert_eq!((&back, broken), (&log, None));
    assert!(verified(&log, FLAGSHIP).0.is_empty());

    let edited = FLAGSHIP.replace("R085,2022-09-26", "R085,2022-09-25");
    assert_ne!(edited, FLAGSHIP);
    let (changes, record) = verified(&log, &edited);
    assert!(matches!(changes.as_slice(), [SealChange::Edited { id, .. }] if id == "R085"), "{changes:?}");
    assert!(record.report("R085").is_none(), "what was edited is not used");
    assert_eq!(record.reports().count(), 110);
    insta::assert_snapshot!("edited", render(&record.diagnostics, false));

    let removed: String = FLAGSHIP.split_inclusive('\n').filter(|l| !l.starts_with("R020,")).collect();
    let (changes, record) = verified(&log, &removed);
    assert_eq!(changes, [SealChange::Removed { id: "R020".into() }]);
    insta::assert_snapshot!("removed", render(&record.diagnostics, false));

    let mut lines: Vec<&str> = FLAGSHIP.split_inclusive('\n').collect();
    lines.swap(3, 4);
    let (changes, record) = verified(&log, &lines.concat());
    assert!(matches!(changes.as_slice(), [SealChange::Moved { .. }]), "{changes:?}");
    assert!(!record.failed(), "nothing is lost by it");
    insta::assert_snapshot!("moved", render(&record.diagnostics, false));

    let longer = format!("{FLAGSHIP}R999,2022-10-01,day,,,,DAN-SIN-RAIL,rail,observed,,,x,Paper,,,no,\n");
    let (changes, record) = verified(&log, &longer);
    assert!(matches!(changes.as_slice(), [SealChange::New { id, .. }] if id == "R999"), "{changes:?}");
    assert!(!record.failed() && record.report("R999").is_some());
}

#[test]
fn columns_moved_and_cells_quoted_are_no_edit() {
    let log = sealed(&flagship());
    let reports: Vec<Report> = flagship().reports().cloned().collect();
    assert!(verified(&log, &to_csv(&reports)).0.is_empty());
    assert!(verified(&log, &FLAGSHIP.replace('\n', "\r\n")).0.is_empty());
}

#[test]
fn an_accepted_edit_stands_with_its_reason() {
    let mut log = sealed(&flagship());
    let edited = FLAGSHIP.replace("R085,2022-09-26", "R085,2022-09-25");
    let record = read("reports.csv", edited.as_bytes(), Format::Csv, &Context::default());
    log.accept("R085", record.report("R085"), "the day\nwas misread");
    log.accept("R020", None, "not public");
    let (log, broken) = Log::parse(&log.text());
    assert_eq!(broken, None);
    assert_eq!(log.accepted().collect::<Vec<_>>(), [("R085", "the day was misread"), ("R020", "not public")]);
    let without: String = edited.split_inclusive('\n').filter(|l| !l.starts_with("R020,")).collect();
    assert!(verified(&log, &without).0.is_empty());
    assert_eq!(log.sealed(), 110);
    assert!(!verified(&log, FLAGSHIP).0.is_empty(), "what was sealed first is now an edit");
}

#[test]
fn a_log_that_was_touched_says_where() {
    let text = sealed(&flagship()).text();
    let without: String = text.split_inclusive('\n').enumerate().filter(|(i, _)| *i != 5).map(|(_, l)| l).collect();
    let (log, broken) = Log::parse(&without);
    assert_eq!((log.sealed(), broken.map(|b| b.line)), (4, Some(6)));
    let (_, broken) = Log::parse(&text.replacen("R004", "R005", 1));
    assert_eq!(broken.map(|b| b.line), Some(4));
    assert!(Log::parse("nonsense").1.is_some());
}

#[test]
fn a_report_more_leaves_the_rest_byte_for_byte() {
    let record = flagship();
    let mut new = record.report("R085").unwrap().clone();
    new.id = "R999".into();
    let text = append(FLAGSHIP, &record, &[&new]);
    assert!(text.starts_with(FLAGSHIP));
    assert_eq!(text.lines().count(), FLAGSHIP.lines().count() + 1);

    new.corrects = "R085".into();
    let text = append(FLAGSHIP, &record, &[&new]);
    let back = read("reports.csv", text.as_bytes(), Format::Csv, &Context::default());
    assert!(back.diagnostics.is_empty(), "{}", render(&back.diagnostics, false));
    assert_eq!(back.report("R999"), Some(&new));
    assert!(text.lines().next().unwrap().ends_with(",url,corrects"));
    assert_eq!(content_hashes(record.reports()).difference(&content_hashes(back.reports())).count(), 0);

    let full = full();
    let text = append("", &read("r", b"", Format::Csv, &Context::default()), &[&full[0]]);
    let record = read("r", text.as_bytes(), Format::Csv, &Context::default());
    let text = append(&text.replace('\n', "\r\n"), &record, &[&full[1]]);
    let back = read("r", text.as_bytes(), Format::Csv, &Context::default());
    assert_eq!(back.reports().map(|r| r.id.as_str()).collect::<Vec<_>>(), ["R1", "R2"]);
}

#[test]
fn a_copy_is_known_and_a_like_source_offered() {
    let record = flagship();
    let mut copy = record.report("R085").unwrap().clone();
    copy.id = "NEW".into();
    let alike = similar(&copy, record.reports());
    assert_eq!((alike[0].id.as_str(), alike[0].likeness), ("R085", Likeness::SameReport));
    copy.origin = String::new();
    copy.detail = "Freight seen crossing the bridge in the morning".into();
    copy.source = "Paper citing Yonhap".into();
    copy.url = String::new();
    let alike = similar(&copy, record.reports());
    assert!(
        alike.iter().any(|s| s.likeness == Likeness::SameOrigin && s.origin == "O073" || s.id == "R085"),
        "{alike:?}"
    );
    copy.event_start = day_of("2023-09-26");
    assert!(similar(&copy, record.reports()).is_empty());
}

#[test]
fn few_reports_of_different_origin_look_like_copies() {
    let record = flagship();
    let reports: Vec<&Report> = record.reports().collect();
    let pairs: Vec<(String, String)> = reports
        .iter()
        .enumerate()
        .flat_map(|(i, r)| similar(r, reports[..i].iter().copied()).into_iter().map(|s| (r.id.clone(), s)))
        .filter(|(_, s)| s.likeness == Likeness::SameReport)
        .map(|(id, s)| (id, s.id))
        .collect();
    assert!(pairs.len() <= 3, "{pairs:?}");
}

#[test]
fn every_code_of_the_record_is_told_by_a_case() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let texts = |dir: &str| -> String {
        let files = std::fs::read_dir(root.join(dir)).unwrap().flatten().filter(|e| e.path().is_file());
        files.map(|e| std::fs::read_to_string(e.path()).unwrap()).collect()
    };
    let (code, cases) = (texts("src/record"), texts("tests/snapshots"));
    let mut codes: Vec<&str> = code.match_indices("\"Y").map(|(i, _)| &code[i + 1..i + 6]).collect();
    codes.sort_unstable();
    codes.dedup();
    assert!(codes.len() > 3, "{codes:?}");
    // What a log as a whole is told by has cases of its own below.
    for code in codes.into_iter().filter(|c| !["Y0104", "Y0105", "Y1213", "Y1214"].contains(c)) {
        assert!(cases.contains(&format!("[{code}]")), "no case tells {code}");
    }
    let utf16 = read("r", &[0xff, 0xfe, 0x41, 0], Format::Csv, &context());
    let empty = read("r", b"\n\n", Format::Csv, &context());
    assert_eq!((utf16.diagnostics[0].code, empty.diagnostics[0].code), ("Y0104", "Y0105"));
    let text = "id,reported,crossing,claim,source\nR1,2021-01-05,A-RAIL,running,Paper\n";
    let record = read("r", text.as_bytes(), Format::Csv, &context());
    let broken = Log::parse(&sealed(&record).text().replace("R1", "R2")).1.unwrap();
    assert_eq!(broken.diagnostics("r.log", b"\n")[0].code, "Y1213");
    let mut fresh = record.clone();
    Log::default().verify(&mut fresh, "r", text.as_bytes());
    assert_eq!(fresh.diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), ["Y1214"]);
}

fn line_text() -> impl proptest::strategy::Strategy<Value = String> {
    "[a-zA-Z0-9,\"; \u{e9}\u{4e2d}\\n]{0,20}"
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_rows_is_nothing_to_the_hashes(seed in prop::collection::vec(0..1000_usize, 111)) {
        let record = flagship();
        let mut reports: Vec<(usize, &Report)> = seed.into_iter().zip(record.reports()).collect();
        reports.sort_by_key(|r| r.0);
        let text = to_csv(reports.iter().map(|r| r.1));
        let mixed = read("r", text.as_bytes(), Format::Csv, &Context::default());
        assert_eq!(content_hashes(mixed.reports()), content_hashes(record.reports()));
    }

    #[test]
    fn any_text_survives(detail in line_text(), note in line_text(), qty in 0.0..99_999.0_f64) {
        let mut r = full().swap_remove(0);
        detail.trim().clone_into(&mut r.detail);
        note.trim().clone_into(&mut r.note);
        r.qty = Some(qty);
        for (text, format) in [(to_csv([&r]), Format::Csv), (to_jsonl([&r]), Format::JsonLines)] {
            let record = read("r", text.as_bytes(), format, &Context::default());
            assert_eq!(record.reports().next().map(content_hash), Some(content_hash(&r)), "{text}");
        }
    }

    #[test]
    fn no_bytes_are_too_much(bytes in prop::collection::vec(0..=255_u8, 0..300)) {
        for format in [Format::Csv, Format::JsonLines] {
            let mut text = HEAD.as_bytes().to_vec();
            text.extend(&bytes);
            for b in [&bytes, &text] {
                let mut record = read("r", b, format, &context());
                sealed(&flagship()).verify(&mut record, "r", b);
            }
        }
        let text = String::from_utf8_lossy(&bytes);
        let record = read("r", text.as_bytes(), Format::Csv, &Context::default());
        append(&text, &record, &[&full()[0]]);
        Log::parse(&text);
        let _ = read_stix(&text, "UTC");
    }
}
