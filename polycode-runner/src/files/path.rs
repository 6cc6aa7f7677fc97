//! Paths as a program writes them.

use crate::files::FileError;

/// Bytes of a path.
const MAX_PATH: usize = 4096;
/// Bytes of one name.
const MAX_NAME: usize = 255;

/// A relative path, checked and taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Path<'a> {
    /// What leads to the folder of the last segment: names and `..`.
    pub(super) folder: Vec<&'a str>,
    /// The last segment, if it is a name; none for `.`, `..` and the like, which are in `folder`.
    pub(super) name: Option<&'a str>,
    /// Whether a slash at the end says that it is a folder.
    pub(super) must_be_folder: bool,
}

impl<'a> Path<'a> {
    pub(super) fn parse(text: &'a str) -> Result<Self, FileError> {
        if text.is_empty() {
            return Err(FileError::NotFound);
        }
        if text.len() > MAX_PATH {
            return Err(FileError::NameTooLong);
        }
        if text.contains('\0') {
            return Err(FileError::InvalidName);
        }
        // The program's world is whatever folders it was given, and a path starts at one.
        if text.starts_with('/') {
            return Err(FileError::NotPermitted);
        }
        let mut folder: Vec<&str> = text
            .split('/')
            .filter(|segment| !matches!(*segment, "" | "."))
            .collect();
        if folder.iter().any(|segment| segment.len() > MAX_NAME) {
            return Err(FileError::NameTooLong);
        }
        let last = text.rsplit('/').next().unwrap_or_default();
        let must_be_folder = matches!(last, "" | "." | "..");
        let name = folder.pop_if(|segment| *segment != "..");
        Ok(Self {
            folder,
            name,
            must_be_folder,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_taken_apart() {
        let path = Path::parse("./a//b/../c/").unwrap();
        assert_eq!(path.folder, ["a", "b", ".."]);
        assert_eq!(path.name, Some("c"));
        assert!(path.must_be_folder);
        assert_eq!(Path::parse("a/..").unwrap().name, None);
        assert!(!Path::parse("a").unwrap().must_be_folder);
    }

    #[test]
    fn what_can_not_be_a_path_is_refused() {
        assert_eq!(Path::parse(""), Err(FileError::NotFound));
        assert_eq!(Path::parse("/etc/passwd"), Err(FileError::NotPermitted));
        assert_eq!(Path::parse("a\0b"), Err(FileError::InvalidName));
        assert_eq!(Path::parse(&"a".repeat(256)), Err(FileError::NameTooLong));
        assert_eq!(Path::parse(&"a/".repeat(3000)), Err(FileError::NameTooLong));
    }
}
