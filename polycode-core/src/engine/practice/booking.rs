//! What a step forward books: the progress in a content and in the modules around it, what they
//! pay, and the wallet it is paid to.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::{Module, ModuleKind};
use crate::certification::Pass;
use crate::engine::changes::Changes;
use crate::engine::{Engine, EngineError};
use crate::id::{ContentId, EntryId, ModuleId, UserId};
use crate::judging::Submission;
use crate::polypoints::{Account, Entry, EntryReason, Wallet};
use crate::port::{DocumentWrite, PageRequest, Versioned, Write};
use crate::practice::{
    Goal, ModuleGoal, ModuleProgress, ModuleProgressEvent, Progress, ProgressEvent,
};
use crate::quantity::{Points, Score, Seconds, Version};

/// Where a learner stands after a step forward was booked.
#[derive(Debug)]
pub(in crate::engine) struct Booked {
    pub(in crate::engine) progress: Progress,
    /// What it paid in all.
    pub(in crate::engine) awarded: Points,
    /// What the wallet holds then.
    pub(in crate::engine) balance: Points,
}

/// What a step forward in a content does to a module around it.
struct ModuleStep {
    document: DocumentWrite,
    events: Vec<ModuleProgressEvent>,
    /// What a certificate is issued for, and how long it is good.
    pass: Option<(Pass, Option<Seconds>)>,
}

impl Engine {
    /// Notes what a score of a submission earns beyond what its user has already; nothing when
    /// it has no score yet.
    pub(in crate::engine) async fn book_score(
        &self,
        changes: &mut Changes,
        submission: &Submission,
        goal: &Goal,
        score: Option<Score>,
    ) -> Result<Booked, EngineError> {
        let (user, content) = (&submission.user, submission.content);
        let stored = self.store.progress(user, content).await?;
        let (read, progress) = split(stored, || Progress::new(user.clone(), content));
        let advances = score.map_or_else(Vec::new, |score| {
            progress.decide(goal, &submission.component, score, self.clock.now())
        });
        let progress = advances.iter().fold(progress, Progress::apply);
        self.book_progress(changes, read, progress, advances).await
    }

    /// Notes what happened in a content; `progress` is what came of it, `read` the version at
    /// which it was read.
    pub(in crate::engine) async fn book_progress(
        &self,
        changes: &mut Changes,
        read: Option<Version>,
        progress: Progress,
        advances: Vec<ProgressEvent>,
    ) -> Result<Booked, EngineError> {
        let mut entries: Vec<_> = advances.iter().filter_map(|e| self.award(e)).collect();
        let (mut stepped, mut passes) = (Vec::new(), Vec::new());
        if !advances.is_empty() {
            changes.write(Write::Progress {
                expected: read,
                progress: progress.clone(),
            });
            for step in self.advance_modules(&progress).await? {
                changes.write(Write::Document(step.document));
                entries.extend(step.events.iter().filter_map(|e| self.module_award(e)));
                stepped.extend(step.events);
                passes.extend(step.pass);
            }
        }
        for event in advances {
            changes.event(event);
        }
        for event in stepped {
            changes.event(event);
        }
        self.issue_certificates(changes, passes).await?;
        let wallet = self.store.wallet(&progress.user).await?;
        let (expected, mut wallet) = split(wallet, || Wallet::new(progress.user.clone()));
        let mut is_credited = false;
        for entry in &entries {
            if let Some(credit) = wallet.decide(entry) {
                wallet = wallet.apply(&credit);
                is_credited = true;
                changes.event(credit);
            }
        }
        let balance = wallet.balance;
        if is_credited {
            changes.write(Write::Wallet { expected, wallet });
        }
        let awarded = Points(entries.iter().map(|entry| entry.points.0).sum());
        let lines = entries.into_iter().map(Write::Entry);
        lines.for_each(|line| changes.write(line));
        Ok(Booked {
            progress,
            awarded,
            balance,
        })
    }

    /// What a step forward in a content does to the modules around it. Each is written, whether
    /// it changes or not: of two steps at once in one module, the second sees the first.
    async fn advance_modules(&self, progress: &Progress) -> Result<Vec<ModuleStep>, EngineError> {
        let mut modules = self.modules_around(progress.content).await?;
        modules.retain(|_, Versioned { value, .. }| {
            value.shelf.is_published() && value.draft.kind != ModuleKind::Test
        });
        if modules.is_empty() {
            return Ok(Vec::new());
        }
        // Before what they were made of, so that who was quicker is noticed.
        let mut stored = Vec::new();
        for module in modules.into_values() {
            let key = ModuleProgress::key_of(&progress.user, module.value.id);
            stored.push((self.find::<ModuleProgress>(&key).await?, module));
        }
        let mut done = self.done_by(&progress.user).await?;
        done.insert(progress.content, progress.clone());
        let mut steps = Vec::new();
        for (stored, module) in stored {
            let goal = self.goal_of(&module.value, &done).await?;
            let (read, before) = match stored {
                Some(Versioned { version, value }) => (Some(version), value),
                None => (
                    None,
                    ModuleProgress::new(progress.user.clone(), module.value.id),
                ),
            };
            let events = before.decide(&goal, self.clock.now());
            let after = events.iter().fold(before, ModuleProgress::apply);
            let pass = earned(&module, &after, &events);
            let document = DocumentWrite::put(&after, read)?;
            steps.push(ModuleStep {
                document,
                events,
                pass,
            });
        }
        Ok(steps)
    }

    /// What a module asks for, and what somebody has done of it.
    pub(in crate::engine) async fn goal_of(
        &self,
        module: &Module,
        done: &BTreeMap<ContentId, Progress>,
    ) -> Result<ModuleGoal, EngineError> {
        let mut parts = BTreeMap::new();
        for content in self.contents_in(module.id).await? {
            let part = done.get(&content).cloned();
            // Nobody has to do what is not there any more, or not there yet.
            let counts = part.as_ref().is_some_and(Progress::is_completed);
            if counts || self.offered(content).await?.is_some() {
                parts.insert(content, part);
            }
        }
        Ok(ModuleGoal {
            kind: module.draft.kind,
            pass_mark: module.draft.pass_mark,
            reward: module.draft.reward,
            parts,
        })
    }

    /// The contents in a module and in the published modules below it.
    async fn contents_in(&self, id: ModuleId) -> Result<BTreeSet<ContentId>, EngineError> {
        let below = self.modules_below(id).await?;
        let seen = below
            .into_values()
            .filter(|module| module.shelf.is_published());
        Ok(seen.flat_map(|module| module.contents).collect())
    }

    /// Everything that somebody has done of the catalogue.
    pub(in crate::engine) async fn done_by(
        &self,
        user: &UserId,
    ) -> Result<BTreeMap<ContentId, Progress>, EngineError> {
        let mut done = BTreeMap::new();
        let mut after = None;
        loop {
            let limit = 1_000;
            let request = PageRequest { after, limit };
            let page = self.store.progress_of(user, request).await?;
            done.extend(page.items.into_iter().map(|p| (p.content, p)));
            after = page.next;
            if after.is_none() {
                return Ok(done);
            }
        }
    }

    /// The line of the ledger that a content's reward asks for.
    fn award(&self, event: &ProgressEvent) -> Option<Entry> {
        match event {
            ProgressEvent::Rewarded {
                user,
                content,
                points,
                total,
            } => Some(self.mint(
                user,
                *points,
                EntryReason::Award {
                    user: user.clone(),
                    content: *content,
                    total: *total,
                },
            )),
            _ => None,
        }
    }

    /// The line of the ledger that a module's reward asks for.
    fn module_award(&self, event: &ModuleProgressEvent) -> Option<Entry> {
        match event {
            ModuleProgressEvent::Rewarded {
                user,
                module,
                points,
                total,
            } => Some(self.mint(
                user,
                *points,
                EntryReason::ModuleAward {
                    user: user.clone(),
                    module: *module,
                    total: *total,
                },
            )),
            _ => None,
        }
    }

    fn mint(&self, user: &UserId, points: Points, reason: EntryReason) -> Entry {
        Entry {
            id: EntryId(self.ids.next()),
            debit: Account::Mint,
            credit: Account::Wallet { user: user.clone() },
            points,
            reason,
            at: self.clock.now(),
        }
    }
}

/// What a certificate is issued for: that a certification was passed just now.
fn earned(
    module: &Versioned<Module>,
    after: &ModuleProgress,
    events: &[ModuleProgressEvent],
) -> Option<(Pass, Option<Seconds>)> {
    let draft = &module.value.draft;
    let completed = events.iter().find_map(|event| match event {
        ModuleProgressEvent::Completed { at, .. } => Some(*at),
        _ => None,
    });
    let at = completed.filter(|_| draft.kind == ModuleKind::Certification)?;
    let pass = Pass {
        user: after.user.clone(),
        module: after.module,
        module_version: module.version,
        score: after.score,
        pass_mark: draft.pass_mark,
        at,
    };
    Some((pass, draft.certificate_lasts))
}

pub(in crate::engine) fn split<T>(
    stored: Option<Versioned<T>>,
    new: impl FnOnce() -> T,
) -> (Option<Version>, T) {
    match stored {
        Some(Versioned { version, value }) => (Some(version), value),
        None => (None, new()),
    }
}
