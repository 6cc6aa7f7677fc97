//! Builds again when a migration is added: the macro that embeds them sees only the ones it knew.

fn main() {
    println!("cargo::rerun-if-changed=migrations");
}
