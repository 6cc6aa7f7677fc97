//! Time for tests.

use std::sync::Arc;

use polycode_bindings::GivenTime;
use pyo3::prelude::*;

use crate::call::raised;

/// Time that stands where it is put.
#[pyclass(module = "polycode._native", frozen)]
#[derive(Debug)]
pub(crate) struct Time {
    /// The same for engines.
    pub(crate) time: Arc<GivenTime>,
}

#[pymethods]
impl Time {
    #[new]
    fn new(py: Python<'_>, now: &str) -> PyResult<Self> {
        let time = GivenTime::new(now).map_err(|failure| raised(py, &failure))?;
        Ok(Self {
            time: Arc::new(time),
        })
    }

    /// Puts time somewhere else.
    fn set(&self, py: Python<'_>, now: &str) -> PyResult<()> {
        let set = self.time.set(now);
        set.map_err(|failure| raised(py, &failure))
    }
}
