//! The same warm hello in other WebAssembly sandboxes that can be put into a product.

use std::collections::BTreeMap;
use std::process::Command;

use anyhow::Result;

use crate::step::{output, root};
use crate::test::npm;

/// How often quick ones and slow ones are measured.
const RUNS: [&str; 2] = ["200", "5"];

/// Prints the median of each.
pub(super) fn measure() -> Result<()> {
    let folder = root().join("bindings/node/benches/peers");
    npm("set up other sandboxes", &folder, &["ci", "--silent"])?;
    let mut peers = Command::new("node");
    peers.arg("peers.mjs").args(RUNS).current_dir(folder);
    let medians: BTreeMap<String, f64> = serde_json::from_str(&output(&mut peers)?)?;
    println!("\nthe same hello in other WebAssembly sandboxes, in Node: medians in ms\n");
    for (peer, median) in medians {
        println!("{peer:<44} {median:>10.2}");
    }
    Ok(())
}
