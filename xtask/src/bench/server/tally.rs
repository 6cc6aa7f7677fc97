//! What callers saw: how often they asked for what, how long it took, and what went wrong.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::bench::quantile;

/// What is asked for, in the order of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    ListTests,
    ReadIntroduction,
    StartTest,
    OpenQuestion,
    SaveDraft,
    LookAtTime,
    Answer,
    HandIn,
    TryOut,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::ListTests => "list own tests",
            Self::ReadIntroduction => "read the introduction",
            Self::StartTest => "start the test",
            Self::OpenQuestion => "open a question",
            Self::SaveDraft => "save a draft",
            Self::LookAtTime => "look at the time left",
            Self::Answer => "submit an answer",
            Self::HandIn => "hand the test in",
            Self::TryOut => "run against a validator",
        }
    }

    /// Whether a program is run before the reply: that takes the time that it takes.
    const fn is_judging(self) -> bool {
        matches!(self, Self::TryOut)
    }
}

/// What all callers saw.
#[derive(Debug, Default)]
pub(super) struct Tally(Mutex<Seen>);

#[derive(Debug, Default)]
struct Seen {
    kinds: BTreeMap<Kind, Row>,
    errors: Vec<String>,
}

#[derive(Debug, Clone, Default)]
struct Row {
    took: Vec<Duration>,
    errors: u32,
    resent: u32,
}

impl Tally {
    /// A reply that was hoped for, to a request that was sent once.
    pub(super) fn note(&self, kind: Kind, took: Duration) {
        self.with(kind, |row| row.took.push(took));
    }

    /// A request that had to be sent again, since there was nobody to answer; what it took says
    /// nothing.
    pub(super) fn note_resent(&self, kind: Kind) {
        self.with(kind, |row| row.resent += 1);
    }

    /// Something else than was hoped for.
    pub(super) fn note_error(&self, kind: Kind, error: String) {
        self.with(kind, |row| row.errors += 1);
        self.lock().errors.push(error);
    }

    /// Prints a row for each kind, and one for all that wait for no program. Returns the number of
    /// errors.
    pub(super) fn print(&self) -> u32 {
        println!(
            "{:<28} {:>8} {:>8} {:>8} {:>8} {:>8} {:>8}",
            "request", "number", "p50 ms", "p99 ms", "most ms", "errors", "resent"
        );
        let seen = self.lock();
        let mut all = Row::default();
        for (kind, row) in &seen.kinds {
            row.print(kind.name());
            all.errors += row.errors;
            if !kind.is_judging() {
                all.resent += row.resent;
                all.took.extend(&row.took);
            }
        }
        all.print("all that run nothing");
        for error in seen.errors.iter().take(10) {
            println!("    {error}");
        }
        all.errors
    }

    fn with(&self, kind: Kind, note: impl FnOnce(&mut Row)) {
        note(self.lock().kinds.entry(kind).or_default());
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Row {
    fn print(&self, name: &str) {
        let mut took = self.took.clone();
        let number = took.len();
        let half = quantile(&mut took, 50);
        let (nearly_all, most) = (quantile(&mut took, 99), quantile(&mut took, 100));
        let Self { errors, resent, .. } = self;
        println!(
            "{name:<28} {number:>8} {half:>8.1} {nearly_all:>8.1} {most:>8.1} {errors:>8} {resent:>8}"
        );
    }
}
