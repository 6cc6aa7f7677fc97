//! Code of the host that the engine calls: its graders, its directory of users, its store.

use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use async_trait::async_trait;
use polycode_core::id::UserId;
use polycode_core::people::UserProfile;
use polycode_core::port::{Directory, Grader, GraderOpinion, GraderTask, Permanence, PortError};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Json, read, write};

/// What a host adds to an engine.
#[derive(Debug, Clone)]
pub struct Hooks {
    /// How its code is called.
    pub host: Arc<dyn Host>,
    /// The names of its graders.
    pub graders: BTreeSet<String>,
    /// Whether it has a directory of users.
    pub has_directory: bool,
}

/// The way to the host's code, which each face has its own of.
pub trait Host: fmt::Debug + Send + Sync {
    /// Calls a hook with what it is given as JSON; it answers with JSON. The caller's thread does
    /// not wait for it.
    fn call(&self, hook: Hook, given: Json) -> Answering;
}

/// What a hook will answer.
pub type Answering = Pin<Box<dyn Future<Output = Result<Json, HostFailure>> + Send>>;

/// What the host is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hook {
    /// `GraderTask` in, `GraderOpinion` out.
    Grade,
    /// Ids of users in, their `UserProfile`s by id out.
    Profiles,
    /// Keys in, what they hold by key out.
    Get,
    /// A range of keys in, pairs of a key and what it holds out.
    Scan,
    /// What is expected and what changes in, whether it was done out.
    Write,
}

impl Hook {
    /// Its name, as the faces tell hooks apart.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Grade => "grade",
            Self::Profiles => "profiles",
            Self::Get => "get",
            Self::Scan => "scan",
            Self::Write => "write",
        }
    }
}

/// The host's code failed.
#[derive(Debug, Clone)]
pub struct HostFailure {
    /// What it said.
    pub message: String,
    /// Whether trying again may help, as far as what it threw says so.
    pub permanence: Permanence,
    /// What it threw, as the face knows it.
    pub thrown: Thrown,
}

impl HostFailure {
    /// A failure on the way to the host's code, which threw nothing.
    pub fn on_the_way(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            permanence: Permanence::Temporary,
            thrown: Thrown(Arc::new(())),
        }
    }
}

/// Something that the host's code threw, to be handed back to it.
#[derive(Clone)]
pub struct Thrown(pub Arc<dyn Any + Send + Sync>);

#[derive(Debug)]
struct HostGrader(Hooks);

#[derive(Debug)]
struct HostDirectory(Hooks);

impl Hooks {
    /// The host's graders, if it has any.
    pub(crate) fn grader(&self) -> Option<Arc<dyn Grader>> {
        (!self.graders.is_empty()).then(|| Arc::new(HostGrader(self.clone())) as _)
    }

    /// The host's directory, if it has one.
    pub(crate) fn directory(&self) -> Option<Arc<dyn Directory>> {
        self.has_directory
            .then(|| Arc::new(HostDirectory(self.clone())) as _)
    }
}

/// Asks the host. Whatever goes wrong may have been mended when it is asked again; only a store says
/// that it will not.
pub(crate) async fn ask<T: DeserializeOwned>(
    host: &dyn Host,
    hook: Hook,
    who: &str,
    given: &(impl Serialize + Sync),
) -> Result<T, PortError> {
    let given = write(given).map_err(|failure| PortError::permanent(failure.message))?;
    let answer = host.call(hook, given).await.map_err(|failure| {
        let message = format!("{who} failed: {}", failure.message);
        let error = match (hook, failure.permanence) {
            (Hook::Get | Hook::Scan | Hook::Write, Permanence::Permanent) => {
                PortError::permanent(message)
            }
            _ => PortError::temporary(message),
        };
        error.caused_by(failure)
    })?;
    read("answer", &answer).map_err(|failure| {
        PortError::temporary(format!("{who} gave a wrong answer: {}", failure.message))
    })
}

#[async_trait]
impl Grader for HostGrader {
    async fn grade(&self, task: GraderTask) -> Result<GraderOpinion, PortError> {
        if !self.0.graders.contains(task.grader.as_str()) {
            let message = format!("the host has no grader `{}`", task.grader);
            return Err(PortError::permanent(message));
        }
        let who = format!("grader `{}`", task.grader);
        ask(&*self.0.host, Hook::Grade, &who, &task).await
    }
}

#[async_trait]
impl Directory for HostDirectory {
    async fn profiles(&self, users: &[UserId]) -> Result<BTreeMap<UserId, UserProfile>, PortError> {
        let who = "the host's directory of users";
        ask(&*self.0.host, Hook::Profiles, who, &users).await
    }
}

impl fmt::Display for HostFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for HostFailure {}

impl fmt::Debug for Thrown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Thrown").finish_non_exhaustive()
    }
}
