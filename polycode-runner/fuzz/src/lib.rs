//! What must hold of whatever strangers send. The fuzz targets look for inputs of which it does not;
//! a test of `cargo xtask` holds it against the cases under `conformance/`.

mod case;
mod module;
mod names;

pub use case::case;
pub use module::module;
pub use names::names;
