use std::collections::BTreeMap;
use std::path::{Component, Path};

use polycode_core::id::LanguageId;
use polycode_core::judging::{FileName, Program};
use polycode_runner::files::{Access, Content, FileError, Files, Kind, NodeId, Quota};

/// Names of uploaded files, one a line: those that are taken are safe anywhere, and their files lie
/// where they say, in the folder of the program. Then the lines are taken for what the program does
/// to its files, which leads nowhere else.
pub fn names(text: &str) {
    let lines = || text.lines().take(Program::MAX_FILES);
    let names = lines().filter_map(|line| FileName::new(line).ok());
    let program = Program {
        language: LanguageId::new("javascript").expect("a name"),
        files: names.map(|name| (name.clone(), name.to_string())).collect(),
        entry: None,
    };
    program.files.keys().for_each(assert_safe);

    let mut world = World::new();
    if program.problems("program").is_empty() {
        for (name, text) in &program.files {
            let content = Content::Own(text.clone().into_bytes());
            let laid = world
                .files
                .lay_file(&format!("box/{name}"), content, Access::Writable);
            let found = world.files.find(world.folder, name.as_str());
            assert_eq!(found, laid);
        }
        let inside = |(name, text): (&FileName, &String)| (format!("box/{name}"), text.clone());
        let mut expected: BTreeMap<_, _> = program.files.iter().map(inside).collect();
        expected.insert(World::SECRET.to_owned(), World::SECRET.to_owned());
        assert_eq!(world.listed().texts, expected);
    }

    let laid = world.listed();
    for line in lines() {
        // The run is over.
        if world.act(line) == Err(FileError::Exhausted) {
            break;
        }
    }
    let left = world.listed();
    let secret = left.texts.get(World::SECRET).map(String::as_str);
    assert_eq!(secret, Some(World::SECRET));
    let outside = |path: &&String| !path.starts_with("box/");
    assert_eq!(left.texts.keys().filter(outside).count(), 1);
    assert!(left.nodes <= laid.nodes + QUOTA.nodes as usize);
}

/// Says in other words than the rule itself what makes a name safe: it is the same on any system,
/// however it is written there, and leads down from the folder that it is put in.
fn assert_safe(name: &FileName) {
    let text = name.as_str();
    let odd = |c: char| !c.is_ascii() || c.is_ascii_control() || r#"\:*?"<>|%~$`'&;"#.contains(c);
    assert!(!text.contains(odd), "{text:?}");
    let segments: Vec<_> = Path::new(text).components().collect();
    let normal: Vec<_> = text
        .split('/')
        .map(|name| Component::Normal(name.as_ref()))
        .collect();
    assert_eq!(segments, normal);
    for segment in text.split('/') {
        assert!(!segment.starts_with(['-', '.', ' ']), "{text:?}");
        assert!(!segment.ends_with(['.', ' ']), "{text:?}");
    }
    let written = serde_json::to_string(name).expect("a name can be written");
    let again: FileName = serde_json::from_str(&written).expect("what was written can be read");
    assert_eq!(again, *name);
}

const QUOTA_BYTES: usize = 1_000;
const QUOTA: Quota = Quota {
    bytes: QUOTA_BYTES as u64,
    nodes: 20,
    answer_bytes: 0,
};

/// The files of a run: a folder of the program's, and something beside it.
struct World {
    files: Files,
    folder: NodeId,
}

#[derive(Debug, Default)]
struct Listed {
    /// What the files say, by their paths from the root.
    texts: BTreeMap<String, String>,
    nodes: usize,
}

impl World {
    const SECRET: &str = "secret";

    fn new() -> Self {
        let mut files = Files::new(QUOTA, 0);
        let folder = files.lay_folder("box", Access::Writable);
        let folder = folder.expect("an empty tree takes a folder");
        let secret = Content::Own(Self::SECRET.into());
        let laid = files.lay_file(Self::SECRET, secret, Access::ReadOnly);
        laid.expect("an empty tree takes a file");
        Self { files, folder }
    }

    /// Makes a folder by `+PATH`, removes by `-PATH`, renames by `PATH>PATH`, or writes a file.
    fn act(&mut self, line: &str) -> Result<(), FileError> {
        let Self { files, folder } = self;
        let folder = *folder;
        if let Some(path) = line.strip_prefix('+') {
            files.make_folder(folder, path, 1).map(drop)
        } else if let Some(path) = line.strip_prefix('-') {
            let file = files.remove_file(folder, path, 1);
            file.or_else(|_| files.remove_folder(folder, path, 1))
        } else if let Some((path, new)) = line.split_once('>') {
            files.rename((folder, path), (folder, new), 1)
        } else {
            let made = files.make_file(folder, line, 1);
            let id = made.or_else(|_| files.find(folder, line))?;
            files.write(id, 0, line.as_bytes(), 1)
        }
    }

    fn listed(&self) -> Listed {
        let mut listed = Listed::default();
        let mut folders = vec![(String::new(), Files::ROOT)];
        while let Some((folder, id)) = folders.pop() {
            for entry in self.files.entries(id, 0).expect("it is a folder") {
                listed.nodes += 1;
                let path = format!("{folder}{}", entry.name);
                let id = self.files.find(id, entry.name);
                let id = id.expect("what is listed is there");
                match entry.kind {
                    Kind::Folder => folders.push((path + "/", id)),
                    Kind::File => {
                        let mut bytes = [0; QUOTA_BYTES];
                        let read = self.files.read(id, 0, &mut bytes);
                        let bytes = &bytes[..read.expect("it is a file")];
                        let text = String::from_utf8_lossy(bytes).into_owned();
                        listed.texts.insert(path, text);
                    }
                }
            }
        }
        listed
    }
}
