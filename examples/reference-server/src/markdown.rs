//! Authors' markdown as HTML that is safe to show.

use std::collections::HashSet;
use std::sync::LazyLock;

use ammonia::Builder;
use pulldown_cmark::{Options, Parser, html};
use pulldown_cmark_escape::escape_html;

/// Renders `CommonMark` with tables and struck-through text. Whatever could run, load or leave
/// the page by itself is taken out; links keep to the web and to mail.
pub(crate) fn render(text: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut rendered = String::with_capacity(text.len() * 2);
    html::push_html(&mut rendered, Parser::new_ext(text, options));
    SANITISER.clean(&rendered).to_string()
}

/// A plain text as HTML: no character of it is markup.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    // Writing to a text can't fail.
    let _ = escape_html(&mut escaped, text);
    escaped
}

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .add_allowed_classes("code", LANGUAGE_CLASSES)
        .link_rel(Some("noopener noreferrer nofollow"));
    builder
});

/// What pulldown-cmark calls the usual languages of code blocks.
const LANGUAGE_CLASSES: [&str; 6] = [
    "language-python",
    "language-javascript",
    "language-js",
    "language-text",
    "language-json",
    "language-sh",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_html() {
        let rendered = render("# Sum\n\nAdd `a` and **b**.\n\n```python\nprint(1)\n```\n");
        assert!(rendered.contains("<h1>Sum</h1>"), "{rendered}");
        assert!(rendered.contains("<strong>b</strong>"), "{rendered}");
        assert!(
            rendered.contains(r#"class="language-python""#),
            "{rendered}"
        );
    }

    #[test]
    fn nothing_that_runs_comes_through() {
        let attacks = [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[a](javascript:alert(1))",
            "<a href=\"java\tscript:alert(1)\">a</a>",
            "<svg/onload=alert(1)>",
            "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
            "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
            "<form action='https://example.org'><button formaction=javascript:alert(1)>a",
            "![a](data:text/html;base64,PHNjcmlwdD4=)",
            "<style>@import 'x'</style>",
            "<a style='position:fixed' href=/>a</a>",
        ];
        for attack in attacks {
            let rendered = render(attack).to_lowercase();
            let bad = [
                "<script",
                "onerror",
                "onload",
                "javascript:",
                "<iframe",
                "<style",
                "style=",
                "<form",
                "formaction",
                "data:",
                "<svg",
            ];
            for word in bad {
                let is_text = rendered.contains("&lt;");
                assert!(
                    is_text || !rendered.contains(word),
                    "{attack} became {rendered}"
                );
            }
        }
    }
}
