//! Which changes of a module its rules allow, and what each makes of it.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Module, ModuleDraft, ModuleEvent, ModuleKind, Shelf, Tree};
use crate::catalogue::Authors;
use crate::catalogue::check::{Findings, MAX_REWARD};
use crate::id::{ContentId, ModuleId, UserId};
use crate::quantity::Seconds;
use crate::refusal::Refusal;

impl ModuleDraft {
    /// Checks every rule of a module.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with every rule that is broken.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut findings = Findings::default();
        findings.text("name", &self.name, 1, 200);
        findings.text("description", &self.description, 0, 20_000);
        findings.require(self.tags.len() <= 50, "tags", || {
            format!("a module has at most 50 tags, not {}", self.tags.len())
        });
        findings.require(self.reward.0 <= MAX_REWARD, "reward", || {
            format!("a reward is at most {MAX_REWARD}, not {}", self.reward)
        });
        let pays = self.kind != ModuleKind::Test || self.reward.0 == 0;
        findings.require(pays, "reward", || "a test pays nothing".to_owned());
        let certifies = self.kind == ModuleKind::Certification;
        findings.require(
            self.certificate_lasts.is_none_or(|_| certifies),
            "certificateLasts",
            || "only a certification gives certificates".to_owned(),
        );
        findings.require(
            self.certificate_lasts
                .is_none_or(|Seconds(lasts)| lasts > 0),
            "certificateLasts",
            || "is at least 1 second".to_owned(),
        );
        findings.into_result()
    }
}

impl Module {
    /// The most modules that a module holds.
    pub const MAX_MODULES: usize = 200;
    /// The most contents that a module holds.
    pub const MAX_CONTENTS: usize = 1_000;

    /// Makes a module that only its author sees.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with every rule that is broken.
    pub fn decide_create(
        id: ModuleId,
        author: Option<UserId>,
        draft: ModuleDraft,
    ) -> Result<ModuleEvent, Refusal> {
        draft.check()?;
        Ok(ModuleEvent::Created {
            module: id,
            author,
            draft,
        })
    }

    /// The module that a [`ModuleEvent::Created`] begins; none for any other event.
    pub fn begin(event: &ModuleEvent) -> Option<Self> {
        match event {
            ModuleEvent::Created {
                module,
                author,
                draft,
            } => Some(Self {
                id: *module,
                authors: Authors::alone(author.clone()),
                draft: draft.clone(),
                shelf: Shelf::Draft,
                modules: Vec::new(),
                contents: Vec::new(),
            }),
            _ => None,
        }
    }

    /// Shows it to everybody.
    ///
    /// # Errors
    /// [`Refusal::AlreadyDone`] when it is published; [`Refusal::WrongState`] when it is retired.
    pub fn decide_publish(&self) -> Result<ModuleEvent, Refusal> {
        self.check_alive()?;
        if self.shelf.is_published() {
            return Err(Refusal::AlreadyDone {
                what: "the module is published",
            });
        }
        Ok(ModuleEvent::Published { module: self.id })
    }

    /// Writes something else about it.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with every rule that is broken; [`Refusal::WrongState`] when it is
    /// retired.
    pub fn decide_edit(&self, draft: ModuleDraft) -> Result<ModuleEvent, Refusal> {
        self.check_alive()?;
        draft.check()?;
        Ok(ModuleEvent::Edited {
            module: self.id,
            draft,
        })
    }

    /// Chooses who else may edit it.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] when it is not the author who chooses; [`Refusal::Invalid`] when
    /// the author is among them; [`Refusal::LimitReached`]; [`Refusal::WrongState`] when it is
    /// retired.
    pub fn decide_share(
        &self,
        by: Option<&UserId>,
        co_authors: BTreeSet<UserId>,
    ) -> Result<ModuleEvent, Refusal> {
        self.check_alive()?;
        self.authors.check_share(by, &co_authors)?;
        Ok(ModuleEvent::Shared {
            module: self.id,
            co_authors,
        })
    }

    /// Puts a module into it, or moves one that is in it; without a position, to the end.
    ///
    /// `tree` knows every module above this one and below the child.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] when it would close a circle, make the tree too deep, or the position
    /// is not in the list; [`Refusal::LimitReached`]; [`Refusal::WrongState`] when one of them is
    /// retired.
    pub fn decide_place_module(
        &self,
        child: &Self,
        position: Option<u32>,
        tree: &Tree,
    ) -> Result<ModuleEvent, Refusal> {
        self.check_alive()?;
        child.check_alive()?;
        if !self.modules.contains(&child.id) {
            tree.check_edge(self.id, child.id)?;
        }
        let limit = Self::MAX_MODULES;
        Ok(ModuleEvent::ModulePlaced {
            module: self.id,
            child: child.id,
            position: place(&self.modules, &child.id, position, limit, "modules")?,
        })
    }

    /// Takes a module out of it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it is not in it; [`Refusal::WrongState`] when this module is
    /// retired.
    pub fn decide_remove_module(&self, child: ModuleId) -> Result<ModuleEvent, Refusal> {
        self.check_alive()?;
        if !self.modules.contains(&child) {
            return Err(Refusal::NotFound {
                what: "module",
                id: child.to_string(),
            });
        }
        Ok(ModuleEvent::ModuleRemoved {
            module: self.id,
            child,
        })
    }

    /// Puts a content into it, or moves one that is in it; without a position, to the end.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] when the position is not in the list; [`Refusal::LimitReached`];
    /// [`Refusal::WrongState`] when the module is retired.
    pub fn decide_place_content(
        &self,
        content: ContentId,
        position: Option<u32>,
    ) -> Result<ModuleEvent, Refusal> {
        self.check_alive()?;
        let limit = Self::MAX_CONTENTS;
        Ok(ModuleEvent::ContentPlaced {
            module: self.id,
            content,
            position: place(&self.contents, &content, position, limit, "contents")?,
        })
    }

    /// Takes a content out of it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it is not in it; [`Refusal::WrongState`] when the module is
    /// retired.
    pub fn decide_remove_content(&self, content: ContentId) -> Result<ModuleEvent, Refusal> {
        self.check_alive()?;
        if !self.contents.contains(&content) {
            return Err(Refusal::NotFound {
                what: "content",
                id: content.to_string(),
            });
        }
        Ok(ModuleEvent::ContentRemoved {
            module: self.id,
            content,
        })
    }

    /// Takes it off the shelf for good.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] when it is retired.
    pub fn decide_retire(&self, at: Timestamp) -> Result<ModuleEvent, Refusal> {
        self.check_alive()?;
        Ok(ModuleEvent::Retired {
            module: self.id,
            at,
        })
    }

    /// The module after an event.
    #[must_use]
    pub fn apply(mut self, event: &ModuleEvent) -> Self {
        match event {
            ModuleEvent::Created { .. } => {}
            ModuleEvent::Published { .. } => self.shelf = Shelf::Published,
            ModuleEvent::Edited { draft, .. } => self.draft = draft.clone(),
            ModuleEvent::Shared { co_authors, .. } => {
                self.authors.co_authors.clone_from(co_authors);
            }
            ModuleEvent::ModulePlaced {
                child, position, ..
            } => put(&mut self.modules, *child, *position),
            ModuleEvent::ModuleRemoved { child, .. } => self.modules.retain(|id| id != child),
            ModuleEvent::ContentPlaced {
                content, position, ..
            } => put(&mut self.contents, *content, *position),
            ModuleEvent::ContentRemoved { content, .. } => self.contents.retain(|id| id != content),
            ModuleEvent::Retired { at, .. } => self.shelf = Shelf::Retired { at: *at },
        }
        self
    }

    fn check_alive(&self) -> Result<(), Refusal> {
        if self.shelf.is_retired() {
            return Err(Refusal::WrongState {
                what: "the module",
                state: "retired",
            });
        }
        Ok(())
    }
}

/// Where something comes to stand in a list, once it is taken out of where it stood.
fn place<T: PartialEq>(
    list: &[T],
    item: &T,
    position: Option<u32>,
    limit: usize,
    what: &'static str,
) -> Result<u32, Refusal> {
    let others = list.iter().filter(|other| *other != item).count();
    if others >= limit {
        return Err(Refusal::LimitReached {
            what,
            limit: limit as u64,
        });
    }
    let end = u32::try_from(others).unwrap_or(u32::MAX);
    match position {
        Some(position) if position > end => {
            let message = format!("a position is 0 to {end}, not {position}");
            Err(Refusal::invalid("position", message))
        }
        position => Ok(position.unwrap_or(end)),
    }
}

fn put<T: PartialEq>(list: &mut Vec<T>, item: T, position: u32) {
    list.retain(|other| *other != item);
    let position = usize::try_from(position).map_or(list.len(), |p| p.min(list.len()));
    list.insert(position, item);
}
