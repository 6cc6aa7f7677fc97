//! What a learner is writing in a code editor: files they add, change, rename and remove.
//!
//! It is no event: nobody but the learner has anything to do with what is not submitted.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::catalogue::component::Starter;
use crate::id::{ComponentId, ContentId, LanguageId, UserId};
use crate::judging::{FileName, Program, SourceFiles};
use crate::port::{Document, Term};
use crate::quantity::Version;
use crate::refusal::Refusal;

/// A learner's files in one code editor, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Workspace {
    /// Which editor, and whose.
    #[serde(flatten)]
    pub place: WorkspacePlace,
    /// The version of the content that the files were begun on.
    pub content_version: Version,
    /// The learner's files; the author's fixed ones are not among them.
    pub files: SourceFiles,
    /// When something was last changed.
    pub saved_at: Timestamp,
}

/// Which editor, in which language, and whose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct WorkspacePlace {
    /// The learner.
    pub user: UserId,
    /// The content.
    pub content: ContentId,
    /// The code editor in it.
    pub component: ComponentId,
    /// The language.
    pub language: LanguageId,
}

/// What a learner does in a code editor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum Edit {
    /// Adds a file that is not there yet.
    Add {
        /// Its name.
        file: FileName,
        /// What is in it.
        #[serde(default)]
        text: String,
    },
    /// Writes something else into a file.
    Write {
        /// Its name.
        file: FileName,
        /// What is in it from now on.
        text: String,
    },
    /// Gives a file another name.
    Rename {
        /// Its name.
        file: FileName,
        /// Its new name, which no other file has.
        to: FileName,
    },
    /// Removes a file.
    Remove {
        /// Its name.
        file: FileName,
    },
    /// Throws everything away and begins again with the files of the author.
    Reset,
}

impl Workspace {
    /// The workspaces of a user.
    pub(crate) const USER: &str = "user";

    /// The files that a learner starts from.
    pub fn begin(
        place: WorkspacePlace,
        content_version: Version,
        starter: &Starter,
        now: Timestamp,
    ) -> Self {
        Self {
            place,
            content_version,
            files: starter.files.clone(),
            saved_at: now,
        }
    }

    /// The files after an edit. `starter` is the editor's as it is now, `version` that of its
    /// content.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when the file is not there; [`Refusal::NotAllowed`] when it is one of
    /// the author's fixed files; [`Refusal::Invalid`] when there would be two files of a name, or
    /// too many, or too large ones.
    pub fn edit(
        &self,
        edit: Edit,
        version: Version,
        starter: &Starter,
        now: Timestamp,
    ) -> Result<Self, Refusal> {
        let mut files = self.files.clone();
        let mut content_version = self.content_version;
        match edit {
            Edit::Add { file, text } => {
                check_writable(starter, &file)?;
                check_new(&files, &file)?;
                files.insert(file, text);
            }
            Edit::Write { file, text } => {
                check_writable(starter, &file)?;
                *files.get_mut(&file).ok_or_else(|| no_file(&file))? = text;
            }
            Edit::Rename { file, to } => {
                check_writable(starter, &file)?;
                check_writable(starter, &to)?;
                let text = files.remove(&file).ok_or_else(|| no_file(&file))?;
                check_new(&files, &to)?;
                files.insert(to, text);
            }
            Edit::Remove { file } => {
                check_writable(starter, &file)?;
                files.remove(&file).ok_or_else(|| no_file(&file))?;
            }
            Edit::Reset => {
                files.clone_from(&starter.files);
                content_version = version;
            }
        }
        let program = Program {
            language: self.place.language.clone(),
            files,
            entry: None,
        };
        let is_empty = program.files.is_empty();
        let problems = program.problems("workspace");
        // Whoever removes the last file is about to add one.
        if !is_empty && !problems.is_empty() {
            return Err(Refusal::Invalid(problems));
        }
        Ok(Self {
            place: self.place.clone(),
            content_version,
            files: program.files,
            saved_at: now,
        })
    }
}

fn check_writable(starter: &Starter, file: &FileName) -> Result<(), Refusal> {
    let same = |name: &FileName| name.as_str().eq_ignore_ascii_case(file.as_str());
    if starter.fixed.keys().any(same) {
        return Err(Refusal::NotAllowed {
            what: "changing a file of the author's",
        });
    }
    Ok(())
}

fn check_new(files: &SourceFiles, file: &FileName) -> Result<(), Refusal> {
    if files.contains_key(file) {
        let message = format!("there is a file `{file}` already");
        return Err(Refusal::invalid("file", message));
    }
    Ok(())
}

fn no_file(file: &FileName) -> Refusal {
    Refusal::NotFound {
        what: "file",
        id: file.to_string(),
    }
}

impl WorkspacePlace {
    /// What the key of its workspace in a store is.
    pub(crate) fn key(&self) -> String {
        let Self {
            user,
            content,
            component,
            language,
        } = self;
        format!("{content}/{component}/{language}/{user}")
    }
}

impl Document for Workspace {
    const KIND: &'static str = "workspace";

    fn key(&self) -> String {
        self.place.key()
    }

    fn terms(&self) -> Vec<Term> {
        let place = &self.place;
        vec![Term::listed(Self::USER, &place.user, &place.content)]
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn name(name: &str) -> FileName {
        FileName::new(name).expect("a name")
    }

    fn starter() -> Starter {
        Starter {
            files: SourceFiles::from([(name("main.py"), "# here".to_owned())]),
            fixed: SourceFiles::from([(name("helper.py"), "HELP = 1".to_owned())]),
            entry: None,
        }
    }

    fn new() -> Workspace {
        let place = WorkspacePlace {
            user: UserId::new("ada").expect("an id"),
            content: ContentId(Uuid::nil()),
            component: ComponentId::new("code").expect("an id"),
            language: LanguageId::new("python").expect("an id"),
        };
        Workspace::begin(place, Version::FIRST, &starter(), NOW)
    }

    fn edit(workspace: &Workspace, edit: Edit) -> Result<Workspace, Refusal> {
        workspace.edit(edit, Version(2), &starter(), NOW)
    }

    fn add(file: &str, text: &str) -> Edit {
        Edit::Add {
            file: name(file),
            text: text.to_owned(),
        }
    }

    fn names(workspace: &Workspace) -> Vec<&str> {
        workspace.files.keys().map(FileName::as_str).collect()
    }

    #[test]
    fn files_are_added_written_renamed_removed_and_begun_again() {
        let two = edit(&new(), add("lib/a.py", "A = 1")).expect("added");
        let renamed = Edit::Rename {
            file: name("lib/a.py"),
            to: name("b.py"),
        };
        let two = edit(&two, renamed).expect("renamed");
        let write = Edit::Write {
            file: name("b.py"),
            text: "B = 2".to_owned(),
        };
        let two = edit(&two, write).expect("written");
        assert_eq!(names(&two), ["b.py", "main.py"]);
        assert_eq!(two.files[&name("b.py")], "B = 2");
        let one = edit(
            &two,
            Edit::Remove {
                file: name("main.py"),
            },
        )
        .expect("removed");
        let none = edit(&one, Edit::Remove { file: name("b.py") }).expect("removed");
        assert_eq!(names(&none), Vec::<&str>::new());
        let again = edit(&none, Edit::Reset).expect("begun again");
        assert_eq!(
            (again.files, again.content_version),
            (starter().files, Version(2))
        );
    }

    #[test]
    fn the_authors_files_cannot_be_touched() {
        let touches = [
            add("helper.py", ""),
            add("HELPER.py", ""),
            Edit::Write {
                file: name("helper.py"),
                text: String::new(),
            },
            Edit::Remove {
                file: name("helper.py"),
            },
            Edit::Rename {
                file: name("helper.py"),
                to: name("mine.py"),
            },
            Edit::Rename {
                file: name("main.py"),
                to: name("helper.py"),
            },
        ];
        for touch in touches {
            assert_eq!(
                edit(&new(), touch).expect_err("refused").code(),
                "not_allowed"
            );
        }
    }

    #[test]
    fn names_are_unique_and_there_are_limits() {
        let cases = [
            (add("main.py", ""), "invalid"),
            (add("MAIN.py", ""), "invalid"),
            (add("big.txt", &"x".repeat(Program::MAX_BYTES)), "invalid"),
            (
                Edit::Remove {
                    file: name("gone.py"),
                },
                "not_found",
            ),
            (
                Edit::Write {
                    file: name("gone.py"),
                    text: String::new(),
                },
                "not_found",
            ),
            (
                Edit::Rename {
                    file: name("gone.py"),
                    to: name("a.py"),
                },
                "not_found",
            ),
        ];
        for (touch, code) in cases {
            assert_eq!(edit(&new(), touch).expect_err("refused").code(), code);
        }
        let mut full = new();
        for number in 1..Program::MAX_FILES {
            full = edit(&full, add(&format!("f{number}.py"), "")).expect("room");
        }
        let refused = edit(&full, add("one-more.py", "")).expect_err("full");
        assert_eq!(refused.code(), "invalid");
    }
}
