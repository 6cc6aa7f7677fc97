//! Writing a commit to a memory store: step by step, each with its undoing, until one fails.

use std::cmp::Reverse;
use std::sync::Arc;

use polycode_core::catalogue::Content;
use polycode_core::event::Recorded;
use polycode_core::id::{SubmissionId, UserId};
use polycode_core::judging::{Answer, Report, Submission, SubmissionStatus};
use polycode_core::polypoints::{Account, Entry, Wallet};
use polycode_core::port::{Commit, CommitError, Versioned, Write};
use polycode_core::practice::Progress;
use polycode_core::quantity::{Points, Version};

use crate::memory::state::State;
use crate::rules::{conflict, duplicate, missing, unknown};

type Undo = Box<dyn FnOnce(&mut State)>;
type Written = Result<Undo, CommitError>;

impl State {
    /// Writes everything, or nothing.
    pub(super) fn commit(&mut self, commit: Commit) -> Result<(), CommitError> {
        let mut done: Vec<Undo> = Vec::new();
        let writes = commit.writes.into_iter().map(Step::Write);
        let steps = writes.chain(commit.events.into_iter().map(Step::Event));
        for step in steps {
            let written = match step {
                Step::Write(write) => self.write(write),
                Step::Event(event) => self.append(event),
            };
            match written {
                Ok(undo) => done.push(undo),
                Err(error) => {
                    for undo in done.into_iter().rev() {
                        undo(self);
                    }
                    return Err(error);
                }
            }
        }
        Ok(())
    }

    fn write(&mut self, write: Write) -> Written {
        match write {
            Write::Content { expected, content } => self.write_content(expected, *content),
            Write::Submission {
                expected,
                submission,
            } => self.write_submission(expected, submission),
            Write::Answer { submission, answer } => self.write_answer(submission, *answer),
            Write::Report { submission, report } => self.write_report(submission, *report),
            Write::Progress { expected, progress } => self.write_progress(expected, progress),
            Write::Wallet { expected, wallet } => self.write_wallet(expected, wallet),
            Write::Entry(entry) => self.write_entry(entry),
            Write::Document(document) => {
                let replaced = self.documents.write(document)?;
                self.fill_purse(replaced.kind, &replaced.key);
                Ok(Box::new(move |state| {
                    let (kind, key) = (replaced.kind, Arc::clone(&replaced.key));
                    state.documents.undo(replaced);
                    state.fill_purse(kind, &key);
                }))
            }
            _ => Err(unknown("document").into()),
        }
    }

    fn write_content(&mut self, expected: Option<Version>, content: Content) -> Written {
        let (id, slug) = (content.id, content.draft.slug.to_string());
        let stored = self.content(id);
        next_version(expected, stored.as_ref().map(|s| s.version), "content")?;
        if self.slugs.get(&slug).is_some_and(|owner| *owner != id) {
            return Err(duplicate("slug"));
        }
        let old_slug = stored.map(|stored| stored.value.draft.slug.to_string());
        if let Some(old) = &old_slug {
            self.slugs.remove(old);
        }
        self.slugs.insert(slug.clone(), id);
        self.contents.entry(id).or_default().push(content);
        Ok(Box::new(move |state| {
            state.slugs.remove(&slug);
            match old_slug {
                Some(old) => {
                    state.slugs.insert(old, id);
                    if let Some(versions) = state.contents.get_mut(&id) {
                        versions.pop();
                    }
                }
                None => {
                    state.contents.remove(&id);
                }
            }
        }))
    }

    fn write_submission(&mut self, expected: Option<Version>, submission: Submission) -> Written {
        let id = submission.id;
        let old = self.submissions.get(&id).cloned();
        let version = next_version(expected, old.as_ref().map(|s| s.version), "submission")?;
        let version_judged = submission.content_version;
        if self
            .content_at(submission.content, version_judged)
            .is_none()
        {
            return Err(missing("version of a content"));
        }
        self.place(
            id,
            Some(Versioned {
                version,
                value: submission,
            }),
        );
        Ok(Box::new(move |state| state.place(id, old)))
    }

    /// Puts a submission, or none, where an id points to, and into the indexes.
    fn place(&mut self, id: SubmissionId, submission: Option<Versioned<Submission>>) {
        if let Some(Versioned { value: old, .. }) = self.submissions.remove(&id) {
            self.by_content.remove(&(old.user.clone(), old.content, id));
            self.by_user.remove(&(old.user, id));
            self.to_content.remove(&(old.content, id));
            self.pending.remove(&id);
        }
        if let Some(stored) = submission {
            let new = &stored.value;
            self.by_user.insert((new.user.clone(), id));
            self.by_content.insert((new.user.clone(), new.content, id));
            self.to_content.insert((new.content, id));
            if new.status == SubmissionStatus::Pending {
                self.pending.insert(id);
            }
            self.submissions.insert(id, stored);
        }
    }

    fn write_answer(&mut self, id: SubmissionId, answer: Answer) -> Written {
        if !self.submissions.contains_key(&id) {
            return Err(missing("submission"));
        }
        if self.answers.contains_key(&id) {
            return Err(duplicate("answer"));
        }
        self.answers.insert(id, answer);
        Ok(Box::new(move |state| {
            state.answers.remove(&id);
        }))
    }

    fn write_report(&mut self, id: SubmissionId, report: Report) -> Written {
        if !self.submissions.contains_key(&id) {
            return Err(missing("submission"));
        }
        let old = self.reports.insert(id, report);
        Ok(Box::new(move |state| {
            match old {
                Some(old) => state.reports.insert(id, old),
                None => state.reports.remove(&id),
            };
        }))
    }

    fn write_progress(&mut self, expected: Option<Version>, progress: Progress) -> Written {
        let key = (progress.user.clone(), progress.content);
        let stored = self.progress.get(&key).map(|stored| stored.version);
        let version = next_version(expected, stored, "progress")?;
        if !self.contents.contains_key(&progress.content) {
            return Err(missing("content"));
        }
        let old = self.progress.insert(
            key.clone(),
            Versioned {
                version,
                value: progress,
            },
        );
        Ok(Box::new(move |state| {
            match old {
                Some(old) => state.progress.insert(key, old),
                None => state.progress.remove(&key),
            };
        }))
    }

    fn write_wallet(&mut self, expected: Option<Version>, wallet: Wallet) -> Written {
        let user = wallet.user.clone();
        let stored = self.wallets.get(&user).map(|stored| stored.version);
        let version = next_version(expected, stored, "wallet")?;
        let old = self.place_wallet(
            &user,
            Some(Versioned {
                version,
                value: wallet,
            }),
        );
        Ok(Box::new(move |state| {
            state.place_wallet(&user, old);
        }))
    }

    /// Puts a wallet, or none, where a user points to, and gives what was there.
    fn place_wallet(
        &mut self,
        user: &UserId,
        wallet: Option<Versioned<Wallet>>,
    ) -> Option<Versioned<Wallet>> {
        let old = self.wallets.remove(user);
        if let Some(old) = &old {
            let place = (Reverse(old.value.balance), user.clone());
            self.by_balance.remove(&place);
            self.ranks.remove(old.value.balance);
        }
        if let Some(new) = wallet {
            let place = (Reverse(new.value.balance), user.clone());
            self.by_balance.insert(place);
            self.ranks.add(new.value.balance);
            self.wallets.insert(user.clone(), new);
        }
        for (kind, key) in self.documents.held_by(user.as_str()) {
            self.fill_purse(kind, &key);
        }
        old
    }

    /// Adds up what the holders of a document have.
    fn fill_purse(&mut self, kind: &'static str, key: &str) {
        let mut points = None;
        for holder in self.documents.holders(kind, key) {
            let wallet = UserId::new(holder).ok();
            let wallet = wallet.and_then(|user| self.wallets.get(&user));
            let balance = wallet.map_or(0, |wallet| wallet.value.balance.0);
            let held = points.get_or_insert(Points(0));
            held.0 = held.0.saturating_add(balance);
        }
        self.purses.set(kind, key, points);
    }

    fn write_entry(&mut self, entry: Entry) -> Written {
        let id = entry.id;
        if self.entries.contains_key(&id) || self.reasons.contains(&entry.reason) {
            return Err(duplicate("entry"));
        }
        let mut users = Vec::new();
        for account in [&entry.debit, &entry.credit] {
            if let Account::Wallet { user } = account {
                if !self.wallets.contains_key(user) {
                    return Err(missing("wallet"));
                }
                users.push(user.clone());
            }
        }
        let reason = entry.reason.clone();
        self.reasons.insert(reason.clone());
        self.by_wallet
            .extend(users.iter().map(|user| (user.clone(), id)));
        self.entries.insert(id, entry);
        Ok(Box::new(move |state| {
            state.entries.remove(&id);
            state.reasons.remove(&reason);
            for user in users {
                state.by_wallet.remove(&(user, id));
            }
        }))
    }

    fn append(&mut self, event: Recorded) -> Written {
        let id = event.id;
        if !self.event_ids.insert(id) {
            return Err(duplicate("event"));
        }
        self.events.push(event);
        Ok(Box::new(move |state| {
            state.event_ids.remove(&id);
            state.events.pop();
        }))
    }
}

enum Step {
    Write(Write),
    Event(Recorded),
}

/// The version that a write gives, if the document is at the version that it expects.
fn next_version(
    expected: Option<Version>,
    stored: Option<Version>,
    document: &'static str,
) -> Result<Version, CommitError> {
    if expected == stored {
        Ok(expected.map_or(Version::FIRST, Version::next))
    } else {
        Err(conflict(document))
    }
}
