//! The page as a whole: safe, whole, alone.

use std::collections::BTreeSet;
use yalu_chart::{Caption, Count, CountKind, CountRow, DotTimeline};
use yalu_report::{Align, Claim, Figure, Question, Report, ReportNote, Rich, Run, Section, Table, html, plain};

const ATTACK: &str = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>&amp;\u{202e}\u{0}";

fn every_run(words: &str) -> Rich {
    [Run::Plain, Run::Bold, Run::Assumed, Run::Band, Run::NotAnswered, Run::Small, Run::Source]
        .into_iter()
        .map(|kind| kind(words.to_owned()))
        .collect()
}

fn full(words: &str, url: &str) -> Report {
    let w = || words.to_owned();
    // Pictures of the same data would have the same names in them.
    let figure = |value: f64| {
        let caption = Caption { title: w(), subtitle: w(), foot: w(), shown: true };
        let count = Count { value, kind: CountKind::Seen, text: w() };
        let row = CountRow { name: w(), more: w(), main: true, counts: vec![count] };
        Figure::of(words, &DotTimeline { caption, unit: w(), rows: vec![row] }, 1216.0)
    };
    let table = Table {
        id: w(),
        title: w(),
        columns: vec![(w(), Align::Left), (w(), Align::Right)],
        rows: vec![vec![every_run(words), every_run(words)], vec![plain("a"), plain("b"), plain("one too many")]],
        foot: w(),
    };
    let section = |base: f64| Section {
        id: w(),
        title: w(),
        short: String::new(),
        listed: false,
        lead: every_run(words),
        facts: vec![(w(), every_run(words))],
        figures: vec![figure(base), figure(base + 1.0)],
        choices: vec![figure(base + 10.0)],
        marks: vec![("words", w())],
        tables: vec![table.clone()],
        text: vec![every_run(words)],
    };
    Report {
        title: w(),
        date: w(),
        headline: w(),
        lead: every_run(words),
        meta: vec![(w(), every_run(words))],
        year: Some(figure(1.0)),
        questions: vec![Question {
            number: w(),
            question: w(),
            answer: every_run(words),
            text: every_run(words),
            sure: w(),
            why: w(),
            sources: vec![w(), "R085".into()],
            chapter: w(),
            figures: vec![figure(2.0)],
        }],
        claims: vec![Claim {
            said: w(),
            record: every_run(words),
            model: every_run(words),
            sources: vec![w()],
            confidence: w(),
            verdict: w(),
        }],
        chapters: vec![section(3.0)],
        sections: vec![section(5.0)],
        evidence: vec![
            ReportNote { id: w(), date: w(), source: w(), kind: w(), claim: w(), detail: w(), url: url.into() },
            ReportNote {
                id: "R085".into(),
                source: "Yonhap".into(),
                url: "https://example.org/a?b=1&c='".into(),
                ..ReportNote::default()
            },
        ],
        wrong: vec![every_run(words)],
        attribution: vec![w()],
        command: w(),
        version: w(),
    }
}

/// Elements of the page outside style and script, with their attributes; panics when they do not balance.
fn elements(page: &str) -> Vec<String> {
    const VOID: [&str; 2] = ["meta", "!DOCTYPE"];
    let (mut open, mut seen) = (Vec::new(), Vec::new());
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        assert!(
            !rest[..at].contains('>') || matches!(open.last(), Some(&"style" | &"script")),
            "stray > in {}",
            &rest[..at]
        );
        rest = &rest[at + 1..];
        let end = rest.find('>').expect("an end");
        let tag = &rest[..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "near {}", &rest[..rest.len().min(60)]);
            continue;
        }
        let name = tag.split([' ', '/']).next().unwrap_or("");
        seen.push(tag.to_owned());
        if name == "style" || name == "script" {
            let close = format!("</{name}>");
            let at = rest.find(&close).expect("an end");
            rest = &rest[at + close.len()..];
        } else if !tag.ends_with('/') && !VOID.contains(&name) {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?}");
    seen
}

fn values<'a>(tags: &'a [String], key: &str) -> Vec<&'a str> {
    let start = format!(" {key}=\"");
    tags.iter().filter_map(|tag| tag.split_once(&start)?.1.split('"').next()).collect()
}

#[test]
fn an_attack_in_every_field_stays_text() {
    for url in ["javascript:alert(1)", "data:text/html,x", "https://a\" onclick=\"x"] {
        let page = html(&full(ATTACK, url));
        let tags = elements(&page);
        assert_eq!(tags.iter().filter(|tag| tag.starts_with("script")).count(), 1);
        for tag in &tags {
            let bare: String = tag.split('"').step_by(2).collect();
            assert!(!bare.starts_with("img") && !bare.contains(" on"), "{tag}");
        }
        assert!(!page.contains('\u{202e}') && !page.contains('\u{0}'));
        for link in values(&tags, "href") {
            assert!(
                link.starts_with('#') || link.starts_with("data:text/csv;") || link.starts_with("https://example.org/"),
                "{link}"
            );
        }
    }
}

#[test]
fn the_page_asks_for_nothing() {
    let page = html(&full("words", "https://example.org/1"));
    let tags = elements(&page);
    assert!(
        !page.contains("src=") && !page.contains("@import") && !page.contains("@font-face") && !page.contains("<link")
    );
    let outside = tags.iter().filter(|tag| tag.contains("http:") || tag.contains("https:"));
    assert!(outside.clone().all(|tag| tag.starts_with("a rel=\"noreferrer noopener\" href=\"https://example.org/")));
    assert_eq!(outside.count(), 2);
    assert_eq!(
        page.matches("http:").count() + page.matches("https:").count(),
        2,
        "addresses stand in the evidence list only"
    );
    assert!(page.contains("Content-Security-Policy") && page.contains("default-src 'none'"));
}

#[test]
fn anchors_are_given_once_and_found() {
    for words in ["words", ATTACK, ""] {
        let page = html(&full(words, ""));
        let tags = elements(&page);
        let ids = values(&tags, "id");
        let known: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), known.len(), "{ids:?}");
        for link in values(&tags, "href").into_iter().filter_map(|link| link.strip_prefix('#')) {
            assert!(known.contains(link), "{link}");
        }
        for name in values(&tags, "aria-labelledby").iter().flat_map(|names| names.split(' ')) {
            assert!(known.contains(name), "{name}");
        }
    }
}

#[test]
fn headings_descend_by_one_and_tables_name_their_cells() {
    let page = html(&full("words", ""));
    let mut before = 0;
    for tag in elements(&page) {
        if let Some(level) = tag.strip_prefix('h').and_then(|rest| rest.get(..1)?.parse::<u32>().ok()) {
            assert!(level <= before + 1, "{tag} after h{before}");
            before = level;
        }
        assert!(!tag.starts_with("th ") || tag.contains("scope="), "{tag}");
    }
    assert_eq!(page.matches("<h1").count(), 1);
    for part in [
        "<html lang=\"en\">",
        "<main id=\"main\">",
        "<header>",
        "<footer>",
        "<nav aria-label=",
        "class=\"skip\" href=\"#main\"",
    ] {
        assert!(page.contains(part), "{part}");
    }
}

#[test]
fn bytes_do_not_change() {
    let report = full("words", "https://example.org/1");
    assert_eq!(html(&report), html(&report));
}

#[test]
fn a_report_without_story_is_whole() {
    let page = html(&Report { title: "Khasan–Tumangang".into(), ..Report::default() });
    elements(&page);
    assert!(page.contains("<h1 id=\"headline\">Khasan–Tumangang</h1>"));
    for absent in ["id=\"claims\"", "id=\"reports\"", "id=\"wrong\"", "class=\"q\"", "href=\"#claims\""] {
        assert!(!page.contains(absent), "{absent}");
    }
}
