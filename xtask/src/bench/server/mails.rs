//! The links in the mails that the server writes into a folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use tokio::time::sleep;

const PATIENCE: Duration = Duration::from_mins(2);

/// The secrets of links of a kind, such as `address`, by who the mails are to; waits until there are
/// so many.
pub(super) async fn secrets(
    folder: &Path,
    kind: &str,
    number: usize,
) -> Result<BTreeMap<String, String>> {
    let began = Instant::now();
    loop {
        let found = read(folder, kind)?;
        if found.len() >= number {
            return Ok(found);
        }
        ensure!(
            began.elapsed() < PATIENCE,
            "of {number} mails with a link `{kind}` {} have come",
            found.len()
        );
        sleep(Duration::from_millis(200)).await;
    }
}

/// The one to an address.
pub(super) fn secret_of<'a>(secrets: &'a BTreeMap<String, String>, to: &str) -> Result<&'a str> {
    let found = secrets.get(to).map(String::as_str);
    found.with_context(|| format!("there is no mail to {to}"))
}

fn read(folder: &Path, kind: &str) -> Result<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        // Lines that were too long for a mail are joined again.
        let mail = fs::read_to_string(entry?.path())?.replace("=\r\n", "");
        let to = mail.lines().find_map(|line| line.strip_prefix("To: "));
        let link = mail.split_once(&format!("/links/{kind}/"));
        if let (Some(to), Some((_, rest))) = (to, link) {
            let is_secret = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
            let secret = rest.chars().take_while(is_secret).collect();
            found.insert(to.trim().to_owned(), secret);
        }
    }
    Ok(found)
}
