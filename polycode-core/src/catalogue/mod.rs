//! What authors write: contents made of components, with validators inside.

pub mod answer;
mod check;
pub mod component;
pub mod content;
pub mod course;
pub mod item;
pub mod view;

pub use component::{ChoiceOption, CodeEditor, Component, Container, Element, Markdown, Mcq};
pub use content::{Content, ContentDraft, ContentEvent, ContentKind};
pub use course::{Course, CourseContent};
pub use item::{
    Bought, DetailPart, Goods, Item, ItemDraft, ItemEvent, ItemKind, ItemState, ItemView,
    ValidatorExpectation, ValidatorInput,
};
pub use view::{ContentSummary, ContentView};
