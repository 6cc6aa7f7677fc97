//! What Go's compiler is without in the sandbox: what it knows of other machines. It would take longer
//! to compile, twice, than all the rest.

use std::path::{Path, PathBuf};

use crate::install::InstallError;
use crate::install::home::write_whole;
use crate::install::made::entries;

/// A folder of Go's tools, from its `src/cmd`, with files about other machines.
struct Place {
    folder: &'static str,
    files: Files,
    /// What the rest of the folder needs of them.
    instead: Option<&'static str>,
}

/// Which files of a folder are left out.
enum Files {
    /// Those whose names begin so.
    Beginning(&'static [&'static str]),
    /// All but these.
    AllBut(&'static [&'static str]),
}

impl Files {
    fn contain(&self, name: &str) -> bool {
        match self {
            Self::Beginning(starts) => starts.iter().any(|start| name.starts_with(start)),
            Self::AllBut(kept) => !kept.contains(&name),
        }
    }
}

const fn assembler(folder: &'static str, names: &'static [&'static str]) -> Place {
    Place {
        folder,
        files: Files::AllBut(names),
        instead: None,
    }
}

const PLACES: [Place; 10] = [
    Place {
        folder: "compile/internal/ssa",
        files: Files::Beginning(&[
            "rewrite386",
            "rewriteAMD64",
            "rewriteARM",
            "rewriteLOONG64",
            "rewriteMIPS",
            "rewritePPC64",
            "rewriteRISCV64",
            "rewriteS390X",
        ]),
        instead: Some(include_str!("../../guests/go/without/ssa.go")),
    },
    Place {
        folder: "compile/internal/ssagen",
        files: Files::Beginning(&["simdAMD64", "simdARM64"]),
        instead: Some(include_str!("../../guests/go/without/ssagen.go")),
    },
    // Of assemblers, the names of instructions and registers are left.
    assembler("internal/obj/arm", &["a.out.go"]),
    assembler("internal/obj/arm64", &["a.out.go", "goops_gen.go"]),
    assembler("internal/obj/loong64", &["cpu.go", "inst.go"]),
    assembler("internal/obj/mips", &["a.out.go"]),
    Place {
        folder: "internal/obj/ppc64",
        files: Files::AllBut(&["a.out.go"]),
        instead: Some(include_str!("../../guests/go/without/ppc64.go")),
    },
    assembler("internal/obj/riscv", &["cpu.go", "inst.go"]),
    assembler(
        "internal/obj/s390x",
        &["a.out.go", "condition_code.go", "rotate.go"],
    ),
    assembler("internal/obj/x86", &["a.out.go", "aenum.go"]),
];

/// Writes down for Go's `-overlay` which of its files are left out, and what takes their place: the
/// path of that list. `tools` is the `src/cmd` of Go, and `work` a folder to write to.
pub(super) fn overlay(tools: &Path, work: &Path) -> Result<PathBuf, InstallError> {
    let mut replaced = serde_json::Map::new();
    let mut replace = |path: &Path, by: &Path| {
        replaced.insert(path.display().to_string(), by.display().to_string().into());
    };
    for place in PLACES {
        let folder = tools.join(place.folder);
        for path in entries(&folder)? {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if place.files.contain(&name) {
                replace(&path, Path::new(""));
            }
        }
        if let Some(text) = place.instead {
            let written = work.join(place.folder).join("without.go");
            write_whole(&written, text.as_bytes())?;
            replace(&folder.join("without.go"), &written);
        }
    }
    let list = work.join("overlay.json");
    let text = serde_json::json!({ "Replace": replaced }).to_string();
    write_whole(&list, text.as_bytes())?;
    Ok(list)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn files_of_other_machines_are_left_out_and_some_words_take_their_place() {
        let tools = tempfile::tempdir().unwrap();
        for place in PLACES {
            fs::create_dir_all(tools.path().join(place.folder)).unwrap();
        }
        for name in [
            "compile/internal/ssa/rewriteAMD64.go",
            "compile/internal/ssa/rewriteWasm.go",
            "internal/obj/x86/a.out.go",
            "internal/obj/x86/asm6.go",
        ] {
            fs::write(tools.path().join(name), "package x").unwrap();
        }
        let work = tempfile::tempdir().unwrap();
        let list = fs::read(overlay(tools.path(), work.path()).unwrap()).unwrap();
        let list: serde_json::Value = serde_json::from_slice(&list).unwrap();
        let by = |name: &str| list["Replace"].get(tools.path().join(name).to_str().unwrap());
        assert_eq!(by("compile/internal/ssa/rewriteAMD64.go").unwrap(), "");
        assert_eq!(by("internal/obj/x86/asm6.go").unwrap(), "");
        assert_eq!(by("compile/internal/ssa/rewriteWasm.go"), None);
        assert_eq!(by("internal/obj/x86/a.out.go"), None);
        let instead = by("compile/internal/ssa/without.go").unwrap();
        let text = fs::read_to_string(instead.as_str().unwrap()).unwrap();
        assert!(
            text.contains("func rewriteValueAMD64(*Value) bool"),
            "{text}"
        );
    }
}
