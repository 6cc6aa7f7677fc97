//! The reports on a campaign as PDF, read back as whoever opens them does.

use lopdf::Document;
use serde_json::{Value, json};

use crate::assessment::finished;
use crate::site::address_of;
use crate::support::Reply;

/// A PDF and the text of each of its pages.
struct Pages(Vec<String>);

impl Pages {
    fn of(reply: &Reply) -> Self {
        assert_eq!(reply.status.as_u16(), 200, "{}", reply.text);
        assert_eq!(reply.header("content-type"), "application/pdf");
        let disposition = reply.header("content-disposition");
        assert!(
            disposition.starts_with("attachment; filename=\""),
            "{disposition}"
        );
        let document = Document::load_mem(&reply.bytes).unwrap();
        let numbers = document.get_pages().into_keys();
        let text = |number| {
            let text = document.extract_text(&[number]).unwrap();
            let lines: Vec<_> = text.lines().map(str::trim).collect();
            lines.join("\n") + "\n"
        };
        Self(numbers.map(text).collect())
    }

    fn text(&self) -> String {
        self.0.join("\n")
    }

    /// Checks that each page says which of how many it is.
    fn are_numbered(&self) {
        let count = self.0.len();
        for (index, page) in self.0.iter().enumerate() {
            let number = format!("{} / {count}", index + 1);
            assert!(page.contains(&number), "no `{number}` in {page}");
        }
    }
}

#[tokio::test]
async fn st_4_a_general_report_is_exported_as_pdf() {
    let (stage, campaign) = finished().await;
    let path = format!("{campaign}/report.pdf");
    let reply = stage.creator.get(&path).await;
    let pages = Pages::of(&reply);
    pages.are_numbered();
    let text = pages.text();
    for words in [
        "Spring hiring",
        "General report, 2030-01-01 14:00 UTC",
        "Candidates by grade",
        "Greeting",
        "north",
        "50 %",
        "Test finished",
    ] {
        assert!(text.contains(words), "no `{words}` in {text}");
    }
    assert!(
        !text.contains("ada"),
        "a general report names nobody: {text}"
    );
    let again = stage.creator.get(&path).await;
    assert_eq!(
        again.bytes, reply.bytes,
        "the same figures are the same bytes"
    );
}

#[tokio::test]
async fn st_5_a_detailed_report_is_exported_as_pdf() {
    let (stage, campaign) = finished().await;
    let names = ["Zoë Łukasz", "Жанна", "გიორგი", "Ωmega", "Nguyễn Văn"];
    let many = (0..120).map(|number| {
        let name = names.get(number % 7).copied().unwrap_or("Somebody Else");
        json!({"name": format!("{name} {number}"), "address": address_of(&format!("c{number}"))})
    });
    let many = many.collect::<Vec<Value>>();
    let path = format!("{campaign}/candidates");
    stage.creator.post(&path, &json!(many)).await.expect(200);

    let path = format!("{campaign}/detailed-report.pdf");
    let reply = stage.creator.get(&path).await;
    let pages = Pages::of(&reply);
    assert!(pages.0.len() > 5, "{} pages", pages.0.len());
    pages.are_numbered();
    let text = pages.text();
    for number in 0..120 {
        let name = names.get(number % 7).copied().unwrap_or("Somebody Else");
        // In the list of all, and over their own part.
        let count = text.matches(&format!("{name} {number}\n")).count();
        assert!(count >= 2, "{name} {number}: {count} times in {text}");
    }
    for words in ["ada", "rank 1", "percentile 75", "+50 %", "-50 %"] {
        assert!(text.contains(words), "no `{words}` in {text}");
    }
    let lists = pages.0.iter().filter(|page| page.contains("Rank"));
    assert!(lists.count() >= 2, "a long table has its head on each page");
    let raw = String::from_utf8_lossy(&reply.bytes);
    for dangerous in ["/JavaScript", "/URI", "/Launch", "/EmbeddedFile"] {
        assert!(!raw.contains(dangerous), "{dangerous}");
    }
    let again = stage.creator.get(&path).await;
    assert_eq!(
        again.bytes, reply.bytes,
        "the same figures are the same bytes"
    );

    let other = stage.site.user_with("other", &["assessment_creator"]).await;
    for path in ["report.pdf", "detailed-report.pdf"] {
        other.get(&format!("{campaign}/{path}")).await.error(404);
        stage
            .site
            .visitor()
            .get(&format!("{campaign}/{path}"))
            .await
            .error(401);
    }
}
