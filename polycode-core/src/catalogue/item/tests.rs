use serde_json::json;
use uuid::Uuid;

use super::*;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn content() -> ContentDraft {
    let draft = json!({
        "slug": "squares", "name": "Squares", "type": "exercise",
        "root": {"id": "root", "kind": "container", "components": [
            {"id": "intro", "kind": "markdown", "text": "Write a square."},
            {"id": "code", "kind": "code_editor", "languages": {"python": {}}, "validators": [
                {"id": "writes", "kind": "output", "stdin": "2 3", "expected": "5"},
                {"id": "gives", "hidden": true, "kind": "function", "name": "square",
                 "args": [5], "expected": 25},
            ]},
            {"id": "quiz", "kind": "mcq", "question": "?",
             "options": [{"id": "a", "text": "a"}, {"id": "b", "text": "b"}],
             "validators": [{"id": "right", "kind": "choice", "correct": ["a"]}]},
        ]},
    });
    serde_json::from_value(draft).expect("a content")
}

fn draft(component: &str, price: u64, kind: ItemKind) -> ItemDraft {
    ItemDraft {
        content: ContentId(Uuid::from_u128(1)),
        component: component.parse().expect("an id"),
        price: Points(price),
        kind,
    }
}

fn hint(text: &str) -> ItemKind {
    ItemKind::Hint {
        text: text.to_owned(),
    }
}

fn details(validator: &str, shows: &[DetailPart]) -> ItemKind {
    ItemKind::ValidatorDetail {
        validator: validator.parse().expect("an id"),
        shows: shows.iter().copied().collect(),
    }
}

fn item(draft: ItemDraft) -> Item {
    Item {
        id: ItemId(Uuid::from_u128(2)),
        author: UserId::new("mona").expect("an id"),
        content_version: Version::FIRST,
        state: ItemState::OnSale,
        draft,
    }
}

fn fields(draft: &ItemDraft) -> Vec<String> {
    match draft.check(&content()) {
        Ok(()) => Vec::new(),
        Err(Refusal::Invalid(problems)) => problems.into_iter().map(|p| p.field).collect(),
        Err(other) => vec![other.to_string()],
    }
}

/// SH-1: an item helps with a submittable, for a price in bounds.
#[test]
fn an_item_fits_its_content() {
    use DetailPart::{Expected, Input};
    let good = [
        draft("code", 0, hint("try 2 * 2")),
        draft("quiz", 1_000_000, hint("a")),
        draft("code", 5, details("writes", &[Input])),
        draft("code", 5, details("gives", &[Input, Expected])),
    ];
    for draft in good {
        assert_eq!(fields(&draft), [""; 0], "{draft:?}");
    }
    let bad = [
        (draft("code", 1_000_001, hint("x")), "price"),
        (draft("intro", 1, hint("x")), "component"),
        (draft("nowhere", 1, hint("x")), "component"),
        (draft("code", 1, hint("")), "text"),
        (draft("code", 1, hint(&"x".repeat(10_001))), "text"),
        (draft("code", 1, details("writes", &[])), "shows"),
        (draft("code", 1, details("nothing", &[Input])), "validator"),
        (draft("quiz", 1, details("right", &[Expected])), "validator"),
    ];
    for (draft, field) in bad {
        assert_eq!(fields(&draft), [field], "{draft:?}");
    }
}

/// SH-1: only the parts that the author sells are shown.
#[test]
fn details_show_what_is_sold() {
    let goods = |kind| item(draft("code", 1, kind)).goods(&content());
    let input = goods(details("writes", &[DetailPart::Input])).expect("goods");
    assert_eq!(
        serde_json::to_value(&input).expect("writable"),
        json!({"kind": "validator_detail",
               "input": {"kind": "run", "stdin": "2 3", "args": [], "files": {}}})
    );
    let expected = goods(details("gives", &[DetailPart::Expected])).expect("goods");
    assert_eq!(
        serde_json::to_value(&expected).expect("writable"),
        json!({"kind": "validator_detail", "expected": {"kind": "value", "value": 25}})
    );
    assert_eq!(goods(details("gone", &[DetailPart::Expected])), None);
}

/// SH-1: neither a list nor the log tells what is sold.
#[test]
fn what_is_sold_stands_nowhere_else() {
    let secret = draft("code", 1, hint("the secret"));
    let offered = Item::decide_offer(ItemId(Uuid::from_u128(2)), &secret, &content(), NOW);
    let item = item(secret.clone());
    let seen = [
        serde_json::to_string(&offered.expect("allowed")).expect("writable"),
        serde_json::to_string(&item.view(None)).expect("writable"),
        serde_json::to_string(
            &item
                .decide_update(&secret, &content(), NOW)
                .expect("allowed"),
        )
        .expect("writable"),
    ];
    for text in seen {
        assert!(!text.contains("secret"), "{text}");
    }
}

/// SH-1: a retired item is neither changed nor retired again, and an item stays with its content.
#[test]
fn a_retired_item_rests() {
    let item = item(draft("code", 1, hint("x")));
    let elsewhere = ItemDraft {
        content: ContentId(Uuid::from_u128(9)),
        ..item.draft.clone()
    };
    let moved = item.decide_update(&elsewhere, &content(), NOW);
    assert_eq!(moved.expect_err("refused").code(), "invalid");
    let retired = item.decide_retire(NOW).expect("allowed");
    let item = item.apply(&retired);
    assert!(!item.is_on_sale());
    let again = [
        item.decide_retire(NOW),
        item.decide_update(&item.draft, &content(), NOW),
    ];
    for refused in again {
        assert_eq!(refused.expect_err("refused").code(), "wrong_state");
    }
}
