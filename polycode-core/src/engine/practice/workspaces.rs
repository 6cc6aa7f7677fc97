//! The files that learners write in code editors, kept until they submit, and after.

use crate::catalogue::component::Starter;
use crate::catalogue::{Content, Element};
use crate::engine::changes::Changes;
use crate::engine::{Engine, EngineError};
use crate::permission::{Action, Actor, Resource};
use crate::port::Versioned;
use crate::practice::{Edit, Workspace, WorkspacePlace};
use crate::quantity::Version;
use crate::refusal::Refusal;

const WHAT: &str = "writing in a code editor";

impl Engine {
    /// PR-14: the actor's own files in a code editor, or those they start from.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when they are not the actor's, or there is no such editor or
    /// language; [`EngineError::Store`] when the store failed.
    pub async fn workspace(
        &self,
        actor: &Actor,
        place: WorkspacePlace,
    ) -> Result<Workspace, EngineError> {
        Ok(self.open_workspace(actor, &place).await?.workspace)
    }

    /// PR-14, PR-15: adds, writes, renames or removes one of the actor's own files in a code
    /// editor, or begins again.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when they are not the actor's, there is no such editor, language
    /// or file, the file is one of the author's, or there would be too many or too large files;
    /// [`EngineError::Store`] when the store failed.
    pub async fn edit_workspace(
        &self,
        actor: &Actor,
        place: WorkspacePlace,
        edit: Edit,
    ) -> Result<Workspace, EngineError> {
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let open = self.open_workspace(actor, &place).await?;
            let now = self.clock.now();
            let Opened {
                read,
                workspace,
                version,
                starter,
            } = open;
            let edited = workspace.edit(edit.clone(), version, &starter, now)?;
            changes.put(&edited, read)?;
            if tries.lands(changes).await? {
                return Ok(edited);
            }
        }
    }

    async fn open_workspace(
        &self,
        actor: &Actor,
        place: &WorkspacePlace,
    ) -> Result<Opened, EngineError> {
        let permission = Action::Create.on(Resource::Submission);
        let ownership = actor.ownership(&place.user);
        actor.require(permission, ownership, "workspace", &place.key())?;
        actor.signed_in(WHAT)?;
        self.check_offered(place.content).await?;
        let content = self.load_content(place.content).await?;
        let starter = starter_of(&content.value, place)?;
        let stored = self.find::<Workspace>(&place.key()).await?;
        let (read, workspace) = if let Some(Versioned { version, value }) = stored {
            (Some(version), value)
        } else {
            let now = self.clock.now();
            let begun = Workspace::begin(place.clone(), content.version, &starter, now);
            (None, begun)
        };
        Ok(Opened {
            read,
            workspace,
            version: content.version,
            starter,
        })
    }
}

struct Opened {
    read: Option<Version>,
    workspace: Workspace,
    /// The version of the content now.
    version: Version,
    starter: Starter,
}

fn starter_of(content: &Content, place: &WorkspacePlace) -> Result<Starter, Refusal> {
    let Element::CodeEditor(editor) = &content.component_of(&place.component)?.element else {
        let message = "files are written in code editors only";
        return Err(Refusal::invalid("component", message));
    };
    let starter = editor.languages.get(&place.language);
    starter.cloned().ok_or_else(|| Refusal::NotFound {
        what: "language",
        id: place.language.to_string(),
    })
}
