//! What a score earns: progress in its content, and the polypoints that this pays.

use crate::engine::changes::Changes;
use crate::engine::{Engine, EngineError};
use crate::event::Event;
use crate::id::EntryId;
use crate::judging::Submission;
use crate::polypoints::{Account, Entry, EntryReason, Wallet};
use crate::port::{Versioned, Write};
use crate::practice::{Goal, Progress, ProgressEvent};
use crate::quantity::{Points, Score, Version};

/// Where a learner stands after a score was booked.
#[derive(Debug)]
pub(super) struct Booked {
    pub(super) progress: Progress,
    pub(super) awarded: Points,
    pub(super) balance: Points,
}

impl Engine {
    /// Notes what a score of a submission earns beyond what its user has already; none when it
    /// has no score yet.
    pub(super) async fn book_score(
        &self,
        changes: &mut Changes,
        submission: &Submission,
        goal: &Goal,
        score: Option<Score>,
    ) -> Result<Booked, EngineError> {
        let (user, content) = (&submission.user, submission.content);
        let progress = self.store.progress(user, content).await?;
        let (expected, progress) = split(progress, || Progress::new(user.clone(), content));
        let component = &submission.component;
        let advances = score.map_or_else(Vec::new, |score| {
            progress.decide(goal, component, score, self.clock.now())
        });
        let progress = advances.iter().fold(progress, Progress::apply);
        if !advances.is_empty() {
            changes.write(Write::Progress {
                expected,
                progress: progress.clone(),
            });
        }
        let wallet = self.store.wallet(user).await?;
        let (expected, wallet) = split(wallet, || Wallet::new(user.clone()));
        let entries: Vec<_> = advances
            .iter()
            .filter_map(|event| self.award(event))
            .collect();
        let credits: Vec<_> = entries
            .iter()
            .filter_map(|entry| wallet.decide(entry))
            .collect();
        let wallet = credits.iter().fold(wallet, Wallet::apply);
        if !credits.is_empty() {
            changes.write(Write::Wallet {
                expected,
                wallet: wallet.clone(),
            });
        }
        let awarded = Points(entries.iter().map(|entry| entry.points.0).sum());
        for entry in entries {
            changes.write(Write::Entry(entry));
        }
        let events = advances.into_iter().map(Event::from);
        for event in events.chain(credits.into_iter().map(Event::from)) {
            changes.event(event);
        }
        Ok(Booked {
            progress,
            awarded,
            balance: wallet.balance,
        })
    }

    /// The line of the ledger that a reward asks for.
    fn award(&self, event: &ProgressEvent) -> Option<Entry> {
        let ProgressEvent::Rewarded {
            user,
            content,
            points,
            total,
        } = event
        else {
            return None;
        };
        let (user, content, total) = (user.clone(), *content, *total);
        Some(Entry {
            id: EntryId(self.ids.next()),
            debit: Account::Mint,
            credit: Account::Wallet { user: user.clone() },
            points: *points,
            reason: EntryReason::Award {
                user,
                content,
                total,
            },
            at: self.clock.now(),
        })
    }
}

fn split<T>(stored: Option<Versioned<T>>, new: impl FnOnce() -> T) -> (Option<Version>, T) {
    match stored {
        Some(Versioned { version, value }) => (Some(version), value),
        None => (None, new()),
    }
}
