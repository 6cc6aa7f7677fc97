//! Modules and contents: found and read, written by their authors, imported as courses.

pub(super) mod authoring;
pub(super) mod contents;
pub(super) mod exporting;
pub(super) mod importing;
pub(super) mod module_tree;
pub(super) mod modules;
pub(super) mod ownership;
pub(super) mod search;
