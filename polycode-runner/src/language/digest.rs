//! What a language's runtime is made of, as one digest.

use sha2::{Digest as _, Sha256};

use crate::language::{Language, Module, Packaged, Source};

impl Language {
    /// The digest (SHA-256) of all that decides what a program does and how much fuel that takes:
    /// the runtime, the files it needs, and how it is made ready.
    pub fn digest(&self) -> String {
        let mut parts = vec![
            self.id.as_str().as_bytes().to_vec(),
            self.fuel_per_ms.to_le_bytes().to_vec(),
            self.reserved_bytes.to_le_bytes().to_vec(),
            format!("{:?}", self.start).into_bytes(),
            format!("{:?}", self.build).into_bytes(),
        ];
        for file in self.own_files() {
            parts.push(file.mount.clone().into_bytes());
            parts.push(file.data.bytes().to_vec());
        }
        let harnesses = [self.harnesses.tested, self.harnesses.tests];
        for harness in harnesses.into_iter().flatten() {
            let (text, _) = harness.text().unwrap_or_default();
            parts.push(text.as_bytes().to_vec());
        }
        match &self.source {
            Source::Bundled { guest } => parts.push(guest.wasm().to_vec()),
            Source::Pip(_) | Source::Npm(_) | Source::Of { .. } => {
                let packaged = self.packaged();
                parts.extend(packaged.iter().flat_map(Packaged::parts));
            }
            Source::Program => {}
        }
        let mut digest = Sha256::new();
        for part in parts {
            digest.update((part.len() as u64).to_le_bytes());
            digest.update(part);
        }
        hex::encode(digest.finalize())
    }
}

impl Packaged<'_> {
    fn parts(&self) -> Vec<Vec<u8>> {
        let mut parts = vec![match &self.package.module {
            Module::File { sha256, .. } | Module::Made { sha256, .. } => {
                sha256.as_str().as_bytes().to_vec()
            }
            Module::Guest(guest) => guest.wasm().to_vec(),
        }];
        for file in &self.package.files {
            parts.push(file.mount.clone().into_bytes());
            parts.push(file.sha256.as_str().as_bytes().to_vec());
        }
        for archive in &self.package.archives {
            parts.push(archive.mount.clone().into_bytes());
            parts.push(archive.sha256.as_str().as_bytes().to_vec());
        }
        if let Some(snapshot) = self.snapshot {
            parts.push(format!("{:?}", snapshot.by).into_bytes());
            parts.push(snapshot.prepare.as_str().as_bytes().to_vec());
            let stack_bytes = snapshot.stack_bytes.unwrap_or_default();
            parts.push(stack_bytes.to_le_bytes().to_vec());
            parts.push(format!("{:?}", snapshot.without).into_bytes());
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::language::{find, languages};

    #[test]
    fn every_runtime_has_a_digest_of_its_own() {
        let digests: BTreeSet<_> = languages().iter().map(super::Language::digest).collect();
        assert_eq!(digests.len(), languages().len());
    }

    #[test]
    fn whatever_decides_what_a_program_does_is_in_the_digest() {
        let python = find("python").unwrap();
        let mut other = python.clone();
        other.fuel_per_ms += 1;
        assert_ne!(other.digest(), python.digest());
        other = python.clone();
        other.name.push('!');
        assert_eq!(other.digest(), python.digest());
    }
}
