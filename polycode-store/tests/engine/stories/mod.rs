//! Every story of the product, through the engine: the name of a test begins with the id of the
//! story that it proves.

/// All pages of a list of two at a time.
macro_rules! pages {
    ($read:expr) => {{
        let mut found = Vec::new();
        let mut after = None;
        loop {
            let page = $read(PageRequest { after, limit: 2 }).await.unwrap();
            assert!(page.items.len() <= 2);
            found.extend(slugs(&page));
            after = page.next;
            if after.is_none() {
                break found;
            }
        }
    }};
}

mod access;
mod accounts;
mod assessment;
mod catalogue;
mod certification;
mod integrity;
mod judging;
mod mails;
mod modules;
mod own_practice;
mod practice;
mod regrading;
mod reviewing;
pub(crate) mod shop;
mod teams;
