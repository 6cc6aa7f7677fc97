#![allow(missing_docs)]
#[path = "../../xtask/src/codegen/schema.rs"]
mod schema;
fn main() {
    println!(
        "{}",
        serde_json::to_string_pretty(&schema::models()).unwrap()
    );
}
