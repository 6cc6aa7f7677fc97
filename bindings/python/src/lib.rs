//! The native half of the Python package: each method reads its arguments and gives a [`Call`],
//! which the Python half waits for, or awaits.

mod bell;
mod call;
mod engine;
mod event_loop;
mod hooks;
mod runner;
mod time;

use pyo3::prelude::*;

/// The native module `polycode._native`.
#[pymodule]
mod _native {
    use std::ffi::OsString;

    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::call::Call;
    #[pymodule_export]
    use crate::engine::Engine;
    #[pymodule_export]
    use crate::hooks::{Hooks, Store};
    #[pymodule_export]
    use crate::runner::Runner;
    #[pymodule_export]
    use crate::time::Time;

    /// The usual name of a program's only file in a language.
    #[pyfunction]
    fn usual_entry(language: &str) -> String {
        polycode_bindings::usual_entry(language)
    }

    /// The names of the rules that every store keeps.
    #[pyfunction]
    fn rules() -> Vec<&'static str> {
        polycode_bindings::rules()
    }

    /// Tries a rule on an empty store of the host's; gives what is wrong, if anything is.
    #[pyfunction]
    fn check_rule(rule: String, store: &Store) -> Call {
        let host = std::sync::Arc::clone(&store.host);
        Call::new(rule.len(), async move {
            polycode_bindings::check_rule(&rule, host).await
        })
    }

    /// Does what a command line says and gives its exit code.
    #[pyfunction]
    fn command(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
        py.detach(|| polycode_bindings::execute(arguments))
    }
}
