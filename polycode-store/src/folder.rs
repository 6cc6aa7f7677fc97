//! Reading the files of a course from a folder.

use std::fs::{self, DirEntry, File};
use std::io::{Read, Write};
use std::path::Path;

use polycode_core::catalogue::course::CourseFiles;
use polycode_core::port::PortError;

/// The most files that a course may have.
const MAX_FILES: usize = 10_000;
/// The most bytes that all files of a course may have together.
const MAX_BYTES: u64 = 64 << 20;
/// How deep folders may be nested.
const MAX_DEPTH: usize = 32;

/// Reads every file below the folder of a course, to be taken by
/// [`Course::from_files`](polycode_core::catalogue::Course::from_files).
///
/// Names that start with `.` are left out. Links are refused, so that nothing outside of the
/// folder is read. At most 10,000 files of together 64 MiB, all UTF-8.
///
/// # Errors
/// [`PortError`], with the file and what is wrong with it.
///
/// # Examples
///
/// ```
/// # let folder = tempfile::tempdir().unwrap();
/// # let path = folder.path();
/// std::fs::write(path.join("course.toml"), "name = 'Warm-up'\ncontents = []").unwrap();
///
/// let files = polycode_store::read_course(path).unwrap();
/// let course = polycode_core::catalogue::Course::from_files(&files).unwrap();
/// assert_eq!(course.name, "Warm-up");
/// ```
pub fn read_course(path: impl AsRef<Path>) -> Result<CourseFiles, PortError> {
    let path = path.as_ref();
    let mut reading = Reading::default();
    reading.read_folder(path, "", 0)?;
    Ok(reading.files)
}

/// Writes the files of a course, as [`Course::to_files`](polycode_core::catalogue::Course::to_files)
/// gives them, into a folder. Nothing that is there already is written over.
///
/// # Errors
/// [`PortError`], with the file and what is wrong with it; files before it stay written.
pub fn write_course(path: impl AsRef<Path>, files: &CourseFiles) -> Result<(), PortError> {
    let path = path.as_ref();
    for (name, text) in files {
        let file = path.join(name);
        let is_inside = |part: &str| !part.is_empty() && part != "." && part != "..";
        if !name.split('/').all(is_inside) || name.contains(['\\', ':', '\0']) {
            return Err(refused(&file, "is not inside of the folder"));
        }
        let failed = |error| failed(&file, "can't be written", error);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        let mut file = File::create_new(&file).map_err(failed)?;
        file.write_all(text.as_bytes()).map_err(failed)?;
    }
    Ok(())
}

#[derive(Default)]
struct Reading {
    files: CourseFiles,
    bytes: u64,
}

impl Reading {
    fn read_folder(&mut self, folder: &Path, prefix: &str, depth: usize) -> Result<(), PortError> {
        let failed = |error| failed(folder, "can't be read", error);
        if depth > MAX_DEPTH {
            let rule = format!("is nested deeper than {MAX_DEPTH} folders");
            return Err(refused(folder, &rule));
        }
        for entry in fs::read_dir(folder).map_err(failed)? {
            self.read_entry(&entry.map_err(failed)?, prefix, depth)?;
        }
        Ok(())
    }

    fn read_entry(
        &mut self,
        entry: &DirEntry,
        prefix: &str,
        depth: usize,
    ) -> Result<(), PortError> {
        let path = entry.path();
        let name = entry.file_name();
        let name = name
            .to_str()
            .ok_or_else(|| refused(&path, "has a name that is not UTF-8"))?;
        if name.starts_with('.') {
            return Ok(());
        }
        // The kind of the entry itself: a link is seen as a link.
        let kind = entry
            .file_type()
            .map_err(|error| failed(&path, "can't be read", error))?;
        if kind.is_dir() {
            self.read_folder(&path, &format!("{prefix}{name}/"), depth + 1)
        } else if kind.is_file() {
            let text = self.read_file(&path)?;
            self.files.insert(format!("{prefix}{name}"), text);
            Ok(())
        } else if kind.is_symlink() {
            Err(refused(
                &path,
                "is a link; a course has only files and folders",
            ))
        } else {
            Err(refused(&path, "is neither a file nor a folder"))
        }
    }

    fn read_file(&mut self, path: &Path) -> Result<String, PortError> {
        if self.files.len() >= MAX_FILES {
            let rule = format!("is one too many: a course has at most {MAX_FILES} files");
            return Err(refused(path, &rule));
        }
        let failed = |error| failed(path, "can't be read", error);
        let left = MAX_BYTES - self.bytes;
        let mut bytes = Vec::new();
        // One byte more than may be, so that a file that grows while it is read is bounded too.
        let read = File::open(path)
            .and_then(|file| file.take(left + 1).read_to_end(&mut bytes))
            .map_err(failed)? as u64;
        if read > left {
            let rule =
                format!("is too large: the files of a course have at most {MAX_BYTES} bytes");
            return Err(refused(path, &rule));
        }
        self.bytes += read;
        String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            refused(path, &format!("is not UTF-8 text: see byte {at}"))
        })
    }
}

fn refused(path: &Path, rule: &str) -> PortError {
    PortError::permanent(format!("{} {rule}", path.display()))
}

fn failed(path: &Path, what: &str, error: std::io::Error) -> PortError {
    PortError::permanent(format!("{} {what}: {error}", path.display())).caused_by(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(path: &Path) -> String {
        read_course(path).unwrap_err().to_string()
    }

    #[test]
    fn files_are_known_by_their_path_and_hidden_ones_are_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("sum/submissions/passed");
        fs::create_dir_all(&deep).unwrap();
        fs::create_dir(folder.path().join(".git")).unwrap();
        fs::write(folder.path().join(".git/config"), [0xff]).unwrap();
        fs::write(folder.path().join("course.toml"), "a").unwrap();
        fs::write(deep.join("main.py"), "print('ä\0')").unwrap();

        let files = read_course(folder.path()).unwrap();

        let names: Vec<_> = files.keys().map(String::as_str).collect();
        assert_eq!(names, ["course.toml", "sum/submissions/passed/main.py"]);
        assert_eq!(files["sum/submissions/passed/main.py"], "print('ä\0')");
    }

    #[test]
    fn what_is_written_is_read_again_and_nothing_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let text = |path: &str, text: &str| (path.to_owned(), text.to_owned());
        let files = CourseFiles::from([text("course.toml", "a\r\n\0"), text("a/b.md", "ä")]);
        write_course(folder.path(), &files).unwrap();
        assert_eq!(read_course(folder.path()).unwrap(), files);
        let again = write_course(folder.path(), &files).unwrap_err().to_string();
        assert!(again.contains("can't be written"), "{again}");
        for outside in ["../x", "/x", "a//x", "a/../../x", "C:x"] {
            let files = CourseFiles::from([text(outside, "")]);
            let refused = write_course(folder.path(), &files).unwrap_err().to_string();
            assert!(refused.contains("not inside"), "{refused}");
        }
    }

    #[test]
    fn a_file_that_is_not_text_is_named() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("logo.png"), b"ok\xff").unwrap();
        let message = refusal(folder.path());
        assert!(
            message.contains("logo.png is not UTF-8 text: see byte 2"),
            "{message}"
        );
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let message = refusal(&folder.path().join("absent"));
        assert!(message.contains("absent can't be read"), "{message}");
    }

    #[test]
    fn more_bytes_than_the_bound_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        // Sparse: it takes no space on the disk.
        let file = File::create(folder.path().join("huge.txt")).unwrap();
        file.set_len(MAX_BYTES + 1).unwrap();
        let message = refusal(folder.path());
        assert!(message.contains("huge.txt is too large"), "{message}");
    }

    #[cfg(unix)]
    #[test]
    fn links_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let outside = tempfile::NamedTempFile::new().unwrap();
        std::os::unix::fs::symlink(outside.path(), folder.path().join("statement.md")).unwrap();
        let message = refusal(folder.path());
        assert!(message.contains("statement.md is a link"), "{message}");
    }

    #[cfg(unix)]
    #[test]
    fn folders_nested_too_deep_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let deep: std::path::PathBuf = std::iter::repeat_n("a", MAX_DEPTH + 1).collect();
        fs::create_dir_all(folder.path().join(deep)).unwrap();
        assert!(refusal(folder.path()).contains("nested deeper"));
    }
}
