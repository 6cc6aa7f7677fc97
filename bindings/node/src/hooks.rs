//! The host's functions, called in its event loop; nothing waits there for what they promise.

use std::fmt;
use std::sync::Arc;

use napi::Status;
use napi::bindgen_prelude::{FnArgs, Function, Promise};
use napi::threadsafe_function::ThreadsafeFunction;
use napi_derive::napi;
use polycode_bindings::{
    self as bindings, Answering, Hook, Host, HostFailure, Json, Permanence, Thrown,
};
use serde::Deserialize;

/// What a host adds to an engine.
#[napi]
#[derive(Debug)]
pub struct Hooks {
    /// The same for the engine.
    pub(crate) hooks: bindings::Hooks,
}

type Given = FnArgs<(String, String)>;

/// A function that takes the name of a hook and JSON, and promises an [`Answer`]. It keeps no event
/// loop going.
type Promising = ThreadsafeFunction<Given, Promise<String>, Given, Status, false, true>;

struct Called(Arc<Promising>);

/// What the function promises, as JSON; it never throws.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Answer {
    /// The hook's answer: JSON in JSON.
    Answered(String),
    /// The hook threw.
    Threw {
        /// What it said.
        message: String,
        /// Whether it said that trying again will not help.
        permanent: bool,
        /// The number that the JavaScript half keeps it under.
        number: u32,
    },
}

#[napi]
impl Hooks {
    /// What a host adds to an engine.
    #[napi(constructor)]
    pub fn new(
        function: Function<'_, Given, Promise<String>>,
        graders: Vec<String>,
        has_directory: bool,
    ) -> napi::Result<Self> {
        let hooks = bindings::Hooks {
            host: Arc::new(Called::new(&function)?),
            graders: graders.into_iter().collect(),
            has_directory,
        };
        Ok(Self { hooks })
    }
}

/// The host's own store.
#[napi]
#[derive(Debug)]
pub struct Store {
    /// The way to it.
    pub(crate) host: Arc<dyn Host>,
}

#[napi]
impl Store {
    /// The store behind a function.
    #[napi(constructor)]
    pub fn new(function: Function<'_, Given, Promise<String>>) -> napi::Result<Self> {
        Ok(Self {
            host: Arc::new(Called::new(&function)?),
        })
    }
}

impl Called {
    fn new(function: &Function<'_, Given, Promise<String>>) -> napi::Result<Self> {
        let built = function
            .build_threadsafe_function()
            .weak::<true>()
            .build()?;
        Ok(Self(Arc::new(built)))
    }
}

impl Host for Called {
    fn call(&self, hook: Hook, given: Json) -> Answering {
        let function = Arc::clone(&self.0);
        Box::pin(async move {
            let given = String::from_utf8(given).map_err(broken)?;
            let given = FnArgs::from((hook.name().to_owned(), given));
            let promised = function.call_async(given).await.map_err(broken)?;
            let answer = promised.await.map_err(broken)?;
            match serde_json::from_str(&answer).map_err(broken)? {
                Answer::Answered(json) => Ok(json.into_bytes()),
                Answer::Threw {
                    message,
                    permanent,
                    number,
                } => Err(HostFailure {
                    message,
                    permanence: if permanent {
                        Permanence::Permanent
                    } else {
                        Permanence::Temporary
                    },
                    thrown: Thrown(Arc::new(number)),
                }),
            }
        })
    }
}

impl fmt::Debug for Called {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Called").finish_non_exhaustive()
    }
}

/// The way to the host is broken, as when its event loop has ended.
fn broken(error: impl fmt::Display) -> HostFailure {
    HostFailure::on_the_way(error.to_string())
}
