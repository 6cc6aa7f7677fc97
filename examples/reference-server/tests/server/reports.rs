//! The reports on a campaign as PDF, read back as whoever opens them does.

use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt;
use lopdf::Document;
use polycode_reference_server::ReportFonts;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::assessment::{Stage, finished};
use crate::site::{Site, address_of};
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

/// Of Debian's package `fonts-wqy-microhei`; others are named by the environment.
const FONT: &str = "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc";

#[tokio::test]
async fn st_4_st_5_reports_have_the_letters_of_the_fonts_that_are_named() {
    let font = std::env::var("POLYCODE_TEST_FONT").unwrap_or_else(|_| FONT.to_owned());
    let fonts = ReportFonts::read(font.as_ref()).unwrap();
    let named = "王小明, Zoë 佐藤さくら 김민준";
    let mut made = Vec::new();
    for fonts in [ReportFonts::default(), fonts] {
        let stage = Stage::new(Site::with_fonts(fonts).await).await;
        let mut draft = stage.campaign_draft();
        draft["text"]["name"] = json!("春の採用");
        let campaign = stage.creator.post("/campaigns", &draft).await.expect(201);
        let campaign = format!("/campaigns/{}", campaign["id"].as_str().unwrap());
        let new = json!([{"name": named, "address": address_of("wang")}]);
        let path = format!("{campaign}/candidates");
        stage.creator.post(&path, &new).await.expect(200);
        let mut texts = Vec::new();
        for report in ["report.pdf", "detailed-report.pdf"] {
            let reply = stage.creator.get(&format!("{campaign}/{report}")).await;
            texts.push((Pages::of(&reply).text(), reply.bytes.len()));
        }
        made.push(texts);
    }
    let [(plain, _), (plain_detailed, size)] = &made[0][..] else {
        panic!("two reports");
    };
    let [(general, _), (detailed, larger)] = &made[1][..] else {
        panic!("two reports");
    };
    let joined = |text: &str| text.split_whitespace().collect::<String>();
    let (has_title, has_name) = (
        |text: &str| joined(text).contains("春の採用"),
        |text: &str| joined(text).contains(&joined(named)),
    );
    assert!(has_title(general) && has_title(detailed), "{general}");
    assert!(has_name(detailed), "{detailed}");
    // Only the letters that are there are put into a report.
    assert!(
        *larger > *size && larger - size < 100_000,
        "{larger} bytes after {size}"
    );
    assert!(!has_title(plain) && !has_name(plain_detailed));
}

#[tokio::test]
async fn st_6_a_file_of_many_results_is_written_page_by_page() {
    let stage = Stage::new(Site::new().await).await;
    let campaign = stage.campaign().await;
    let new = |number: u32| json!({"name": format!("Nr {number}"), "address": address_of(&format!("n{number}"))});
    let all: Vec<_> = (0..250).map(new).collect();
    let path = format!("{campaign}/candidates");
    let intake = stage.creator.post(&path, &json!(all)).await.expect(200);
    assert_eq!(intake["added"], 250);
    let path = format!("{campaign}/results.csv");
    let request = Request::get(&path).header("cookie", stage.creator.cookie().unwrap());
    let request = request.body(Body::empty()).unwrap();
    let mut body = stage
        .site
        .app
        .clone()
        .oneshot(request)
        .await
        .unwrap()
        .into_body();
    let mut pieces = Vec::new();
    while let Some(frame) = body.frame().await {
        let piece = frame.unwrap().into_data().unwrap();
        pieces.push(String::from_utf8(piece.to_vec()).unwrap());
    }
    let lines: Vec<_> = pieces.iter().map(|piece| piece.lines().count()).collect();
    assert_eq!(lines, [1, 100, 100, 50]);
    // Chosen by what all of them have, it is the same.
    let whole = stage.creator.get(&format!("{path}?name=Nr")).await;
    assert_eq!(whole.text, pieces.concat());
}
