//! How large packages are.

use std::path::Path;

use anyhow::{Context, Result};

use crate::package::Build;
use crate::step;

/// Adds up what is in an archive of either kind.
const UNPACKED: &str = "
import sys, tarfile, zipfile
name = sys.argv[1]
if name.endswith('.whl'):
    print(sum(file.file_size for file in zipfile.ZipFile(name).infolist()))
else:
    print(sum(file.size for file in tarfile.open(name)))
";

/// The size of a package, packed and unpacked, in words.
pub(crate) fn of(build: &Build, file: &Path) -> Result<String> {
    let name = file.file_name().context("a package has a name")?;
    let packed = std::fs::metadata(file)?.len();
    let mut add_up = build.python();
    add_up.args(["-c", UNPACKED]).arg(file);
    let unpacked = step::output(&mut add_up)?.parse()?;
    let (packed, unpacked) = (words(packed), words(unpacked));
    Ok(format!(
        "{}: {packed} packed, {unpacked} unpacked",
        name.display()
    ))
}

/// A number of bytes as people read it.
fn words(bytes: u64) -> String {
    if bytes < 1_000_000 {
        return format!("{} kB", bytes.div_ceil(1_000));
    }
    let tenths = bytes / 100_000;
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_by_people() {
        assert_eq!(words(1), "1 kB");
        assert_eq!(words(999_999), "1000 kB");
        assert_eq!(words(12_345_678), "12.3 MB");
    }
}
