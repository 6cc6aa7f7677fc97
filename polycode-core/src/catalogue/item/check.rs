//! The rules that an item keeps to fit its content.

use super::goods::{detail, find};
use super::{Item, ItemDraft, ItemKind};
use crate::catalogue::ContentDraft;
use crate::id::ComponentId;
use crate::refusal::{Problem, Refusal};

impl ItemDraft {
    /// Checks every rule of an item of a content.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with every rule that is broken.
    pub fn check(&self, content: &ContentDraft) -> Result<(), Refusal> {
        let mut problems = Vec::new();
        if self.price > Item::MOST_PRICE {
            let most = Item::MOST_PRICE;
            let message = format!(
                "an item costs at most {most} polypoints, not {}",
                self.price
            );
            problems.push(Problem::new("price", message));
        }
        let mut parts = content.submittables();
        if !parts.any(|part| *part.id == self.component) {
            let message = format!("`{}` takes no answers in this content", self.component);
            problems.push(Problem::new("component", message));
        }
        problems.extend(self.kind.problem(content, &self.component));
        if problems.is_empty() {
            Ok(())
        } else {
            Err(Refusal::Invalid(problems))
        }
    }
}

impl ItemKind {
    fn problem(&self, content: &ContentDraft, component: &ComponentId) -> Option<Problem> {
        match self {
            Self::Hint { text } => {
                let fits = (1..=Item::MOST_TEXT).contains(&text.len());
                let message = format!("a hint has 1 to {} bytes", Item::MOST_TEXT);
                (!fits).then(|| Problem::new("text", message))
            }
            Self::ValidatorDetail { shows, .. } if shows.is_empty() => {
                Some(Problem::new("shows", "at least one part is sold"))
            }
            Self::ValidatorDetail { validator, shows } => {
                let found = find(content, component, validator);
                let sold = found.and_then(|validator| detail(&validator.check, shows));
                let message = "is not a validator that runs a program or calls a function";
                let message = || format!("`{validator}` {message}");
                sold.is_none().then(|| Problem::new("validator", message()))
            }
        }
    }
}
