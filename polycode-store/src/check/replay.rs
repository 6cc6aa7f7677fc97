//! What the log of events comes to.

use std::collections::BTreeMap;

use polycode_core::event::Event;
use polycode_core::id::{ContentId, SubmissionId, UserId};
use polycode_core::judging::Submission;
use polycode_core::polypoints::{Wallet, WalletEvent};
use polycode_core::port::{PortError, Store};
use polycode_core::practice::Progress;
use polycode_core::quantity::Cursor;

use crate::check::Checked;

/// How many events are read at a time.
const PAGE: u32 = 1_000;

/// The living things whose every change is an event of their own.
#[derive(Debug, Default)]
pub(super) struct Replayed {
    pub(super) submissions: BTreeMap<SubmissionId, Submission>,
    pub(super) progress: BTreeMap<(UserId, ContentId), Progress>,
    pub(super) wallets: BTreeMap<UserId, Wallet>,
}

impl Replayed {
    /// Replays the whole log.
    pub(super) async fn read(store: &dyn Store, checked: &mut Checked) -> Result<Self, PortError> {
        let mut replayed = Self::default();
        let mut after = Cursor(0);
        loop {
            let events = store.events(after, PAGE).await?;
            if events.is_empty() {
                return Ok(replayed);
            }
            for logged in events {
                checked.events += 1;
                if logged.cursor.0 != after.0 + 1 {
                    let what = format!("event {}", logged.cursor.0);
                    checked.find(what, format!("the log goes on at it after {}", after.0));
                }
                after = logged.cursor;
                if let Some(why) = replayed.apply(logged.recorded.event) {
                    checked.find(format!("event {}", after.0), why);
                }
            }
        }
    }

    /// Applies an event; says why, if it can't have happened.
    fn apply(&mut self, event: Event) -> Option<&'static str> {
        match event {
            Event::Submission(event) => {
                let id = event.submission();
                let after = match self.submissions.remove(&id) {
                    Some(before) => before.apply(&event),
                    None => match Submission::begin(&event) {
                        Some(submission) => submission,
                        None => return Some("it changes a submission that was never received"),
                    },
                };
                self.submissions.insert(id, after);
            }
            Event::Progress(event) => {
                let (user, content) = event.key();
                let key = (user.clone(), content);
                let before = self.progress.remove(&key);
                let before = before.unwrap_or_else(|| Progress::new(key.0.clone(), content));
                self.progress.insert(key, before.apply(&event));
            }
            Event::Wallet(event) => {
                let (WalletEvent::Credited { user, .. } | WalletEvent::Debited { user, .. }) =
                    &event
                else {
                    return None;
                };
                let before = self.wallets.remove(user);
                let before = before.unwrap_or_else(|| Wallet::new(user.clone()));
                self.wallets.insert(user.clone(), before.apply(&event));
            }
            _ => {}
        }
        None
    }
}
