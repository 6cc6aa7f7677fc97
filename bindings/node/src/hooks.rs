//! The host's functions, called in its event loop; nothing waits there for what they promise.

use std::fmt;
use std::sync::Arc;

use napi::Status;
use napi::bindgen_prelude::{FnArgs, Function, Promise};
use napi::threadsafe_function::ThreadsafeFunction;
use napi_derive::napi;
use polycode_bindings::{self as bindings, Answering, Hook, Host, HostFailure, Json, Thrown};
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
        let built = function
            .build_threadsafe_function()
            .weak::<true>()
            .build()?;
        let hooks = bindings::Hooks {
            host: Arc::new(Called(Arc::new(built))),
            graders: graders.into_iter().collect(),
            has_directory,
        };
        Ok(Self { hooks })
    }
}

impl Host for Called {
    fn call(&self, hook: Hook, given: Json) -> Answering {
        let function = Arc::clone(&self.0);
        Box::pin(async move {
            let given = String::from_utf8(given).map_err(broken)?;
            let given = FnArgs::from((name(hook).to_owned(), given));
            let promised = function.call_async(given).await.map_err(broken)?;
            let answer = promised.await.map_err(broken)?;
            match serde_json::from_str(&answer).map_err(broken)? {
                Answer::Answered(json) => Ok(json.into_bytes()),
                Answer::Threw { message, number } => Err(HostFailure {
                    message,
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

const fn name(hook: Hook) -> &'static str {
    match hook {
        Hook::Grade => "grade",
        Hook::Profiles => "profiles",
    }
}

/// The way to the host is broken, as when its event loop has ended.
fn broken(error: impl fmt::Display) -> HostFailure {
    HostFailure {
        message: error.to_string(),
        thrown: Thrown(Arc::new(())),
    }
}
