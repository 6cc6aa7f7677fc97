//! The files of an archive as those of a run, read from where they are in it.

use std::fs::File;
use std::io;
use std::path::Path;

use crate::files::{Content, HostFile};
use crate::language::PackageArchive;
use crate::machine::Mount;

/// What a run sees of an archive that was unpacked to `path`.
pub(super) fn mounts(path: &Path, archive: &PackageArchive) -> io::Result<Vec<Mount>> {
    let whole = HostFile::open(path)?;
    let mut index = tar::Archive::new(File::open(path)?);
    let mut mounts = Vec::new();
    for entry in index.entries_with_seek()? {
        let entry = entry?;
        let name = entry.path()?.to_string_lossy().into_owned();
        let is_left_out = archive.without.iter().any(|start| name.starts_with(start));
        if entry.header().entry_type().is_file() && !is_left_out {
            let part = whole.part(entry.raw_file_position(), entry.size());
            mounts.push(Mount {
                path: format!("{}/{name}", archive.mount),
                content: Content::Host(part),
            });
        }
    }
    Ok(mounts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_read_where_they_are_in_the_archive() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.tar");
        let mut made = tar::Builder::new(File::create(&path).unwrap());
        for (name, text) in [
            ("a/one.h", "first"),
            ("b/two.h", "second"),
            ("a/c/three.h", ""),
        ] {
            let mut header = tar::Header::new_ustar();
            header.set_size(text.len() as u64);
            header.set_mode(0o644);
            made.append_data(&mut header, name, text.as_bytes())
                .unwrap();
        }
        made.finish().unwrap();
        let archive = PackageArchive {
            from: "package/x.tar".to_owned(),
            sha256: "0".repeat(64).try_into().unwrap(),
            mount: "usr".to_owned(),
            without: vec!["b/".to_owned()],
        };
        let mounts = mounts(&path, &archive).unwrap();
        let seen: Vec<_> = mounts
            .iter()
            .map(|mount| {
                let mut bytes = vec![0; 10];
                let count = mount.content.read(0, &mut bytes).unwrap();
                bytes.truncate(count);
                (mount.path.as_str(), String::from_utf8(bytes).unwrap())
            })
            .collect();
        let expected = [("usr/a/one.h", "first"), ("usr/a/c/three.h", "")];
        assert_eq!(seen, expected.map(|(path, text)| (path, text.to_owned())));
    }
}
