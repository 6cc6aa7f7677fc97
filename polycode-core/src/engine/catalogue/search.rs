//! Lists that are searched: pages that stay the same however often they are read.

use crate::engine::{Engine, EngineError};
use crate::id::Slug;
use crate::port::{Document, ListPlace, Lookup, Page, PageRequest, Versioned};

/// Something that stands in lists by its slug.
pub(in crate::engine) trait Shelved: Document {
    /// Where it stands.
    fn slug(&self) -> &Slug;
}

impl Engine {
    /// A page of those documents of a list that are looked for. A list that has few of them is
    /// read to its end.
    pub(in crate::engine) async fn search<D: Shelved>(
        &self,
        lookup: Lookup,
        page: PageRequest,
        finds: impl Fn(&D) -> bool + Send + Sync,
    ) -> Result<Page<D>, EngineError> {
        page.check()?;
        let limit = usize::try_from(page.limit).unwrap_or(usize::MAX);
        let mut items: Vec<D> = Vec::new();
        let mut after = page.after;
        loop {
            let limit_at_once = PageRequest::MAX;
            let request = PageRequest {
                after,
                limit: limit_at_once,
            };
            let found = self.list::<D>(lookup.clone(), request).await?;
            for Versioned { value, .. } in found.items {
                if !finds(&value) {
                    continue;
                }
                if items.len() == limit {
                    let next = items.last().map(place);
                    return Ok(Page { items, next });
                }
                items.push(value);
            }
            after = found.next;
            if after.is_none() {
                return Ok(Page { items, next: None });
            }
        }
    }
}

fn place<D: Shelved>(document: &D) -> String {
    let place = ListPlace {
        sort: document.slug().to_string(),
        key: document.key(),
    };
    place.write()
}
