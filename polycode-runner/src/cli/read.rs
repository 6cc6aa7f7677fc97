//! Reading what the user names.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

/// The most bytes of any file.
const MAX_BYTES: u64 = 256 << 20;

/// The bytes of a file, or of standard input for `-`.
pub(super) fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        io::stdin()
            .lock()
            .take(MAX_BYTES + 1)
            .read_to_end(&mut bytes)?
    } else {
        File::open(path)?
            .take(MAX_BYTES + 1)
            .read_to_end(&mut bytes)?
    };
    if read as u64 > MAX_BYTES {
        return Err(io::Error::new(
            io::ErrorKind::FileTooLarge,
            "larger than 256 MiB",
        ));
    }
    Ok(bytes)
}
