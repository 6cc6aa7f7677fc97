//! What authors write: contents made of components, with validators inside.

pub mod answer;
mod authors;
pub mod authorship;
mod check;
pub mod component;
pub mod content;
pub mod course;
pub mod item;
pub mod module;
pub mod question;
mod search;
pub mod view;

pub use authors::Authors;
pub use authorship::{Authorship, SavedDraft};
pub use component::{CodeEditor, Component, Container, Element, Markdown};
pub use content::{Content, ContentDraft, ContentEvent, ContentKind};
pub use course::{Course, CourseContent, CourseModule, KeptSamples, Sample};
pub use item::{
    Bought, DetailPart, Goods, Item, ItemDraft, ItemEvent, ItemKind, ItemState, ItemView,
    ValidatorExpectation, ValidatorInput,
};
pub use module::{
    Module, ModuleDraft, ModuleEvent, ModuleKind, ModuleSummary, ModuleTree, ModuleView, Shelf,
    Tree,
};
pub use question::{
    Ask, ChoiceOption, FreeAnswer, Mcq, NumberQuestion, Quiz, QuizQuestion, ShortText,
};
pub use search::{ContentQuery, ModuleQuery};
pub use view::{ContentSummary, ContentView};
