//! Whether documents are found by what they say, and fit what stands beside them.

use polycode_core::catalogue::{Authorship, ContentSummary};
use polycode_core::engine::{DOCUMENT_KINDS, DocumentKind};
use polycode_core::id::{ContentId, UserId};
use polycode_core::port::{
    Document, Page, PlacedDocument, PortError, Store, StoredDocument, StoredTerm, Term,
};
use polycode_core::quantity::{Points, Version};

use crate::check::{Checked, every};

/// Compares every document of the kinds that the engine stores with its key and its terms.
pub(super) async fn compare_documents(
    store: &dyn Store,
    checked: &mut Checked,
) -> Result<(), PortError> {
    for kind in DOCUMENT_KINDS {
        let mut after = None;
        loop {
            let Page { items, next } = store.documents_of(kind.name, every(after)).await?;
            for placed in items {
                checked.documents += 1;
                compare_document(kind, &placed, checked);
                compare_purse(store, kind, &placed, checked).await?;
                if kind.name == Authorship::KIND {
                    compare_summary(store, &placed.document, checked).await?;
                }
            }
            after = next;
            if after.is_none() {
                break;
            }
        }
    }
    Ok(())
}

fn compare_document(kind: &DocumentKind, placed: &PlacedDocument, checked: &mut Checked) {
    let document = &placed.document;
    let what = format!("{} {}", kind.name, document.key);
    if document.version < Version::FIRST {
        checked.find(&what, format!("it is at version {}", document.version.0));
    }
    let described = match kind.describe(&document.body) {
        Ok(described) => described,
        Err(error) => return checked.find(&what, format!("it can't be read: {error}")),
    };
    if described.key != document.key {
        checked.find(&what, format!("it calls itself {}", described.key));
    }
    // Both come in the order of terms.
    let said: Vec<_> = described.terms.into_iter().map(StoredTerm::from).collect();
    let stored = &placed.terms;
    let is_in = |terms: &[StoredTerm], term: &StoredTerm| terms.binary_search(term).is_ok();
    let name = |term: &StoredTerm| format!("{} `{}`", term.name, term.value);
    for term in said.iter().filter(|term| !is_in(stored, term)) {
        let why = format!("it is not found by its {}", name(term));
        checked.find(&what, why);
    }
    for term in stored.iter().filter(|term| !is_in(&said, term)) {
        let why = format!("it is found by the {}, which it does not name", name(term));
        checked.find(&what, why);
    }
}

/// Compares what the purse of a document holds with what its holders have.
async fn compare_purse(
    store: &dyn Store,
    kind: &DocumentKind,
    placed: &PlacedDocument,
    checked: &mut Checked,
) -> Result<(), PortError> {
    let mut held = None;
    for holder in placed.terms.iter().filter(|term| term.name == Term::HOLDER) {
        let sum = held.get_or_insert(Points(0));
        if let Ok(user) = UserId::new(&holder.value) {
            let wallet = store.wallet(&user).await?;
            let balance = wallet.map_or(0, |wallet| wallet.value.balance.0);
            sum.0 = sum.0.saturating_add(balance);
        }
    }
    let purse = store.purse(kind.name, &placed.document.key).await?;
    if purse != held {
        let what = format!("{} {}", kind.name, placed.document.key);
        let points = |points: Option<Points>| points.unwrap_or_default();
        let why = format!(
            "its members hold {} together, but its purse {}",
            points(held),
            points(purse)
        );
        checked.find(what, why);
    }
    Ok(())
}

/// Compares what lists show of a content with its newest version.
async fn compare_summary(
    store: &dyn Store,
    document: &StoredDocument,
    checked: &mut Checked,
) -> Result<(), PortError> {
    let Ok(authorship) = serde_json::from_str::<Authorship>(&document.body) else {
        return Ok(());
    };
    let newest = store.content(authorship.content).await?;
    let newest = newest.as_ref().map(ContentSummary::from);
    if newest != authorship.summary {
        let what = format!("{} {}", Authorship::KIND, document.key);
        let why = "what lists show of its content is not what the newest version says";
        checked.find(what, why);
    }
    Ok(())
}

/// Compares every content with its versions and its slug.
pub(super) async fn compare_contents(
    store: &dyn Store,
    checked: &mut Checked,
) -> Result<Vec<ContentId>, PortError> {
    let mut ids = Vec::new();
    let mut after = None;
    loop {
        let Page { items, next } = store.contents(every(after)).await?;
        for content in items {
            checked.contents += 1;
            let id = content.value.id;
            let what = || format!("content {id}");
            for version in 1..=content.version.0 {
                if store.content_at(id, Version(version)).await?.is_none() {
                    checked.find(what(), format!("its version {version} is not stored"));
                }
            }
            let later = content.version.next();
            if store.content_at(id, later).await?.is_some() {
                checked.find(
                    what(),
                    format!("its newest version is not {}", content.version.0),
                );
            }
            let slug = &content.value.draft.slug;
            let found = store.content_by_slug(slug).await?;
            if found.is_none_or(|found| found.value.id != id) {
                checked.find(what(), format!("it is not found by its slug `{slug}`"));
            }
            ids.push(id);
        }
        after = next;
        if after.is_none() {
            return Ok(ids);
        }
    }
}
