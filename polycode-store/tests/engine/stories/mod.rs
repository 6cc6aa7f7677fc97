//! Every story of the product, through the engine: the name of a test begins with the id of the
//! story that it proves.
//!
//! | stories | where |
//! |---|---|
//! | AC | `accounts` |
//! | TE | `teams` |
//! | PR-1 to PR-3, PR-11, PR-12 | `catalogue` |
//! | PR-4 to PR-10 | `modules`, `courses` |
//! | PR-13 to PR-16, SU-3 | `practice/` |
//! | AS, ST | `assessment/` |
//! | SU-1, SU-2 | `judging/`, `certification`, `assessment/marking` |
//! | who may answer and see what came of it | `access` |
//! | SH | `shop` |
//! | MA | `mails`, `assessment/invitations` |
//! | SY-6, and graders and directories of the host | `hosts` |
//! | alike answers and timelines | `integrity` |

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
pub(crate) mod assessment;
pub(crate) mod catalogue;
pub(crate) mod certification;
mod courses;
mod hosts;
mod integrity;
mod judging;
mod mails;
mod modules;
mod practice;
pub(crate) mod shop;
pub(crate) mod teams;
