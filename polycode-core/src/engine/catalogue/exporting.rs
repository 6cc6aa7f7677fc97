//! Courses, given out as they were taken in.

use std::collections::BTreeMap;

use crate::catalogue::{Course, CourseContent, CourseModule, KeptSamples, Module};
use crate::engine::{Engine, EngineError};
use crate::id::{ContentId, ModuleId, Slug};
use crate::permission::{Action, Actor, Resource};
use crate::port::Document;

impl Engine {
    /// PR-4: a module of the actor's as a course: everything that is in it and below it, each content
    /// with its samples, but what is retired, and contents that are not published. The module itself
    /// may be retired. Importing the course makes the same again.
    ///
    /// A sample whose submittable is no more, since the content was edited, is left out.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the module is not there, or it or something in it is not the
    /// actor's to read; [`EngineError::Store`] when the store failed.
    pub async fn export_course(&self, actor: &Actor, id: ModuleId) -> Result<Course, EngineError> {
        let top = self.module_for(actor, Action::Read, id).await?.value;
        let mut found = self.modules_below(id).await?;
        found.retain(|other, module| *other == id || !module.shelf.is_retired());
        let slugs: BTreeMap<_, _> = found
            .iter()
            .map(|(id, module)| (*id, module.draft.slug.clone()))
            .collect();
        let mut course = Course {
            name: top.draft.name,
            contents: Vec::new(),
            modules: Vec::new(),
        };
        let mut contents: BTreeMap<ContentId, Slug> = BTreeMap::new();
        let mut left = vec![id];
        while let Some(id) = left.pop() {
            // What stands in several modules is come upon more than once.
            let Some(module) = found.remove(&id) else {
                continue;
            };
            let ownership = module.authors.ownership(actor);
            let read = Action::Read.on(Resource::Module);
            actor.require(read, ownership, Module::KIND, &id)?;
            for content in &module.contents {
                if contents.contains_key(content) || self.offered(*content).await?.is_none() {
                    continue;
                }
                let of_course = self.content_of_course(actor, *content).await?;
                contents.insert(*content, of_course.draft.slug.clone());
                course.contents.push(of_course);
            }
            left.extend(module.modules.iter().rev());
            course.modules.push(CourseModule {
                modules: named(&module.modules, &slugs),
                contents: named(&module.contents, &contents),
                draft: module.draft,
            });
        }
        Ok(course.in_short())
    }

    async fn content_of_course(
        &self,
        actor: &Actor,
        id: ContentId,
    ) -> Result<CourseContent, EngineError> {
        self.content_for(actor, Action::Read, id).await?;
        let draft = self.load_content(id).await?.value.draft;
        let kept = self.find::<KeptSamples>(&id).await?;
        let mut samples = kept.map(|kept| kept.value.samples).unwrap_or_default();
        samples.retain(|sample| {
            let mut parts = draft.submittables();
            parts.any(|part| *part.id == sample.component)
        });
        Ok(CourseContent { draft, samples })
    }
}

/// The slugs of what a module holds, but of what is not given out.
fn named<Id: Ord>(ids: &[Id], slugs: &BTreeMap<Id, Slug>) -> Vec<Slug> {
    ids.iter().filter_map(|id| slugs.get(id).cloned()).collect()
}
