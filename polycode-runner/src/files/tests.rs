use std::collections::BTreeMap;
use std::io::Write as _;

use proptest::prelude::*;

use super::*;

const QUOTA: Quota = Quota {
    bytes: 1000,
    nodes: 8,
    answer_bytes: 50,
};

fn files() -> Files {
    let mut files = Files::new(QUOTA, 7);
    files.lay_folder("box", Access::Writable).unwrap();
    files.lay_folder("run", Access::ReadOnly).unwrap();
    let main = Content::Shared((*b"print(1)").into());
    files
        .lay_file("box/main.py", main, Access::Writable)
        .unwrap();
    files
        .lay_file("run/answer", Content::Own(Vec::new()), Access::Answer)
        .unwrap();
    files
        .lay_file(
            "lib/std.zip",
            Content::Shared((*b"zip").into()),
            Access::ReadOnly,
        )
        .unwrap();
    files
}

fn write(files: &mut Files, path: &str, text: &str) -> Result<(), FileError> {
    let id = match files.find(Files::ROOT, path) {
        Ok(id) => id,
        Err(FileError::NotFound) => files.make_file(Files::ROOT, path, 8)?,
        Err(error) => return Err(error),
    };
    files.write(id, 0, text.as_bytes(), 9)
}

#[test]
fn a_file_is_written_and_read_again() {
    let mut files = files();
    write(&mut files, "box/out.txt", "hello").unwrap();
    let id = files.find(Files::ROOT, "box/out.txt").unwrap();
    files.write(id, 7, b"!", 10).unwrap();
    let mut bytes = [9; 20];
    assert_eq!(files.read(id, 1, &mut bytes).unwrap(), 7);
    assert_eq!(&bytes[..8], b"ello\0\0!\x09");
    assert_eq!(files.attributes(id).unwrap().modified, 10);
    assert_eq!(files.take("box/out.txt").unwrap(), b"hello\0\0!");
    assert_eq!(files.read(id, u64::MAX, &mut bytes).unwrap(), 0);
}

#[test]
fn laid_files_count_only_once_they_are_changed() {
    let mut files = files();
    assert_eq!(files.used(), (0, 0));
    write(&mut files, "box/main.py", "X").unwrap();
    assert_eq!(files.used(), (8, 0));
    assert_eq!(files.take("box/main.py").unwrap(), b"Xrint(1)");

    // Whoever lays the bytes, and however.
    let own = Content::Own(b"print(2)".to_vec());
    files.lay_file("box/b.py", own, Access::Writable).unwrap();
    assert_eq!(files.used(), (8, 0));
    write(&mut files, "box/b.py", "Y").unwrap();
    assert_eq!(files.used(), (16, 0));
    files.remove_file(Files::ROOT, "box/b.py", 9).unwrap();
    assert_eq!(files.used(), (8, 0));
}

#[test]
fn bytes_beyond_the_quota_are_not_written() {
    let mut files = files();
    write(&mut files, "box/a", &"a".repeat(999)).unwrap();
    assert_eq!(write(&mut files, "box/b", "bb"), Err(FileError::Exhausted));
    write(&mut files, "box/b", "b").unwrap();
    let id = files.find(Files::ROOT, "box/b").unwrap();
    assert_eq!(files.set_size(id, 8 << 40, 1), Err(FileError::Exhausted));
    assert_eq!(
        files.write(id, u64::MAX - 1, b"xyz", 1),
        Err(FileError::Exhausted)
    );
    assert_eq!(files.used(), (1000, 2));
    files.remove_file(Files::ROOT, "box/a", 1).unwrap();
    assert_eq!(files.used(), (1, 1));
}

#[test]
fn nodes_beyond_the_quota_are_not_made() {
    let mut files = files();
    for index in 0..8 {
        files
            .make_folder(Files::ROOT, &format!("box/{index}"), 1)
            .unwrap();
    }
    assert_eq!(
        files.make_folder(Files::ROOT, "box/9", 1),
        Err(FileError::Exhausted)
    );
    files.remove_folder(Files::ROOT, "box/3", 1).unwrap();
    files.make_file(Files::ROOT, "box/9", 1).unwrap();
}

#[test]
fn the_answer_has_a_limit_of_its_own() {
    let mut files = files();
    write(&mut files, "run/answer", &"7".repeat(50)).unwrap();
    assert_eq!(files.used(), (0, 0));
    let answer = write(&mut files, "run/answer", &"7".repeat(51));
    assert_eq!(answer, Err(FileError::AnswerExhausted));
    assert_eq!(
        files.remove_file(Files::ROOT, "run/answer", 1),
        Err(FileError::ReadOnly)
    );
}

#[test]
fn what_is_read_only_stays_as_it_is() {
    let mut files = files();
    let zip = files.find(Files::ROOT, "lib/std.zip").unwrap();
    let lib = files.find(Files::ROOT, "lib").unwrap();
    assert_eq!(files.write(zip, 0, b"x", 1), Err(FileError::ReadOnly));
    assert_eq!(files.set_size(zip, 0, 1), Err(FileError::ReadOnly));
    assert_eq!(
        files.set_times(zip, Some(1), None),
        Err(FileError::ReadOnly)
    );
    assert_eq!(
        files.remove_file(lib, "std.zip", 1),
        Err(FileError::ReadOnly)
    );
    assert_eq!(files.make_file(lib, "evil.py", 1), Err(FileError::ReadOnly));
    assert_eq!(
        files.make_folder(Files::ROOT, "etc", 1),
        Err(FileError::ReadOnly)
    );
    let root = Files::ROOT;
    assert_eq!(
        files.rename((root, "lib"), (root, "box/lib"), 1),
        Err(FileError::ReadOnly)
    );
    write(&mut files, "box/std.zip", "evil").unwrap();
    let over = files.rename((root, "box/std.zip"), (root, "lib/std.zip"), 1);
    assert_eq!(over, Err(FileError::ReadOnly));
    assert_eq!(
        files.rename((root, "box"), (root, "box/in"), 1),
        Err(FileError::ReadOnly)
    );
}

#[test]
fn dots_stop_at_the_root() {
    let files = files();
    let main = files.find(Files::ROOT, "box/main.py").unwrap();
    let inside = files.find(Files::ROOT, "box").unwrap();
    for path in [
        "../../../box/main.py",
        "./main.py",
        "../box/./main.py",
        "..//..//box//main.py",
    ] {
        assert_eq!(files.find(inside, path), Ok(main), "{path}");
    }
    assert_eq!(
        files.find(inside, "../../etc/passwd"),
        Err(FileError::NotFound)
    );
    assert_eq!(
        files.find(inside, "/box/main.py"),
        Err(FileError::NotPermitted)
    );
    assert_eq!(files.find(inside, "main.py/"), Err(FileError::NotFolder));
    assert_eq!(files.find(inside, "main.py/.."), Err(FileError::NotFolder));
}

#[test]
fn an_open_file_outlives_its_name_and_keeps_its_quota() {
    let mut files = files();
    write(&mut files, "box/a", "abc").unwrap();
    let id = files.find(Files::ROOT, "box/a").unwrap();
    files.opened(id).unwrap();
    files.remove_file(Files::ROOT, "box/a", 1).unwrap();
    assert_eq!(files.used(), (3, 1));
    let mut bytes = [0; 3];
    assert_eq!(files.read(id, 0, &mut bytes), Ok(3));
    files.closed(id);
    assert_eq!(files.used(), (0, 0));
    assert_eq!(files.read(id, 0, &mut bytes), Err(FileError::NotFound));
}

#[test]
fn a_removed_folder_leads_nowhere() {
    let mut files = files();
    let id = files.make_folder(Files::ROOT, "box/a", 1).unwrap();
    files.opened(id).unwrap();
    files.remove_folder(Files::ROOT, "box/a", 1).unwrap();
    assert_eq!(files.find(id, "../main.py"), Err(FileError::NotFound));
    assert_eq!(files.make_file(id, "x", 1), Err(FileError::NotFound));
    let root = Files::ROOT;
    assert_eq!(
        files.rename((root, "box/main.py"), (id, "x"), 1),
        Err(FileError::NotFound)
    );
}

#[test]
fn renaming_follows_posix() {
    let mut files = files();
    let root = Files::ROOT;
    files.make_folder(root, "box/a", 1).unwrap();
    files.make_folder(root, "box/a/b", 1).unwrap();
    write(&mut files, "box/f", "f").unwrap();
    assert_eq!(
        files.rename((root, "box/a"), (root, "box/a/b/c"), 1),
        Err(FileError::Invalid)
    );
    assert_eq!(
        files.rename((root, "box/f"), (root, "box/a"), 1),
        Err(FileError::IsFolder)
    );
    assert_eq!(
        files.rename((root, "box/a"), (root, "box/f"), 1),
        Err(FileError::NotFolder)
    );
    assert_eq!(
        files.rename((root, "box/f"), (root, "box/g/"), 1),
        Err(FileError::NotFolder)
    );
    files
        .rename((root, "box/f"), (root, "box/a/b/g"), 1)
        .unwrap();
    assert_eq!(files.take("box/a/b/g").unwrap(), b"f");
    files.rename((root, "box/a/b"), (root, "box/b"), 1).unwrap();
    assert_eq!(files.take("box/b/g").unwrap(), b"f");
    let g = files.find(root, "box/b/g").unwrap();
    assert_eq!(files.parent(g), files.find(root, "box/b"));
    files
        .rename((root, "box/b/g"), (root, "box/main.py"), 1)
        .unwrap();
    assert_eq!(files.take("box/main.py").unwrap(), b"f");
    assert_eq!(files.used(), (1, 3));
}

#[test]
fn folders_are_not_nested_without_end() {
    let quota = Quota {
        nodes: 10_000,
        ..QUOTA
    };
    let mut files = Files::new(quota, 0);
    let mut at = files.lay_folder("box", Access::Writable).unwrap();
    let mut depth = 0;
    let error = loop {
        match files.make_folder(at, "d", 1) {
            Ok(id) => at = id,
            Err(error) => break error,
        }
        depth += 1;
    };
    assert_eq!((depth, error), (98, FileError::NameTooLong));
    files.make_folder(Files::ROOT, "box/e", 1).unwrap();
    let root = Files::ROOT;
    let deeper = files.rename((root, "box/d"), (root, "box/e/d"), 1);
    assert_eq!(deeper, Err(FileError::NameTooLong));
}

#[test]
fn a_file_of_the_host_is_read_in_place() {
    let mut host = tempfile::NamedTempFile::new().unwrap();
    host.write_all(b"from the host").unwrap();
    let content = Content::Host(HostFile::open(host.path()).unwrap());
    let mut files = files();
    let id = files
        .lay_file("lib/host.txt", content, Access::Writable)
        .unwrap();
    let mut bytes = [0; 8];
    assert_eq!(files.read(id, 5, &mut bytes), Ok(8));
    assert_eq!(&bytes, b"the host");
    assert_eq!(files.write(id, 0, b"x", 1), Err(FileError::ReadOnly));
    assert!(HostFile::open(host.path().parent().unwrap()).is_err());
}

#[test]
fn entries_come_in_the_order_of_their_names() {
    let mut files = files();
    for name in ["b", "a", "c"] {
        files
            .make_file(Files::ROOT, &format!("box/{name}"), 1)
            .unwrap();
    }
    let folder = files.find(Files::ROOT, "box").unwrap();
    let names: Vec<_> = files
        .entries(folder, 1)
        .unwrap()
        .map(|entry| entry.name)
        .collect();
    assert_eq!(names, ["b", "c", "main.py"]);
}

/// What is done to the files of the property test, which are all in one folder.
#[derive(Debug, Clone)]
enum Step {
    Write(u8, u16, Vec<u8>),
    Size(u8, u16),
    Remove(u8),
    Rename(u8, u8),
}

fn step() -> impl Strategy<Value = Step> {
    let name = 0_u8..5;
    prop_oneof![
        (
            name.clone(),
            0_u16..600,
            prop::collection::vec(any::<u8>(), 0..300)
        )
            .prop_map(|(name, offset, bytes)| Step::Write(name, offset, bytes)),
        (name.clone(), 0_u16..1200).prop_map(|(name, size)| Step::Size(name, size)),
        name.clone().prop_map(Step::Remove),
        (name.clone(), name).prop_map(|(from, to)| Step::Rename(from, to)),
    ]
}

proptest! {
    #[test]
    fn files_behave_like_a_map_of_bytes(steps in prop::collection::vec(step(), 0..60)) {
        let quota = Quota { bytes: 1000, nodes: 4, answer_bytes: 0 };
        let mut files = Files::new(quota, 0);
        let folder = files.lay_folder("box", Access::Writable).unwrap();
        let mut model: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        let total = |model: &BTreeMap<String, Vec<u8>>| model.values().map(Vec::len).sum::<usize>();
        for step in steps {
            match step {
                Step::Write(name, offset, bytes) => {
                    let name = name.to_string();
                    if !model.contains_key(&name) {
                        let made = files.make_file(folder, &name, 1);
                        prop_assert_eq!(made.is_ok(), model.len() < 4);
                        if made.is_err() {
                            continue;
                        }
                        model.insert(name.clone(), Vec::new());
                    }
                    let id = files.find(folder, &name).unwrap();
                    let mut next = model.clone();
                    let file = next.get_mut(&name).unwrap();
                    if !bytes.is_empty() {
                        let end = usize::from(offset) + bytes.len();
                        file.resize(file.len().max(end), 0);
                        file[usize::from(offset)..end].copy_from_slice(&bytes);
                    }
                    let fits = total(&next) <= 1000;
                    prop_assert_eq!(files.write(id, offset.into(), &bytes, 1).is_ok(), fits);
                    if fits {
                        model = next;
                    }
                }
                Step::Size(name, size) => {
                    let name = name.to_string();
                    let Ok(id) = files.find(folder, &name) else { continue };
                    let mut next = model.clone();
                    next.get_mut(&name).unwrap().resize(size.into(), 0);
                    let fits = total(&next) <= 1000;
                    prop_assert_eq!(files.set_size(id, size.into(), 1).is_ok(), fits);
                    if fits {
                        model = next;
                    }
                }
                Step::Remove(name) => {
                    let name = name.to_string();
                    let removed = files.remove_file(folder, &name, 1).is_ok();
                    prop_assert_eq!(removed, model.remove(&name).is_some());
                }
                Step::Rename(from, to) => {
                    let (from, to) = (from.to_string(), to.to_string());
                    let renamed = files.rename((folder, &from), (folder, &to), 1).is_ok();
                    prop_assert_eq!(renamed, model.contains_key(&from));
                    if let Some(bytes) = model.remove(&from) {
                        model.insert(to, bytes);
                    }
                }
            }
            let nodes = u32::try_from(model.len()).unwrap();
            prop_assert_eq!(files.used(), (total(&model) as u64, nodes));
        }
        let left: Vec<_> = files.entries(folder, 0).unwrap().map(|e| e.name.to_owned()).collect();
        prop_assert_eq!(&left, &model.keys().cloned().collect::<Vec<_>>());
        for (name, bytes) in &model {
            prop_assert_eq!(&files.take(&format!("box/{name}")).unwrap(), bytes);
        }
    }
}
