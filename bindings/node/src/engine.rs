//! The engine: one call for every use case; its JSON is handed to the event loop.

use std::path::Path;
use std::sync::Arc;

use napi::Result;
use napi_derive::napi;
use polycode_bindings::{EngineHandle, EngineOptions, Place};

use crate::cancel::Cancel;
use crate::event_loop::EventLoop;
use crate::failure::thrown;
use crate::hooks::{Hooks, Store};
use crate::runner::Runner;
use crate::time::Time;

/// The engine over a store, on behalf of somebody.
#[napi]
#[derive(Debug)]
pub struct Engine {
    handle: EngineHandle,
}

#[napi]
impl Engine {
    /// Opens the host's own store, or the one that a URL names.
    #[napi]
    pub async fn open(
        url: String,
        store: Option<&Store>,
        runner: &Runner,
        hooks: Option<&Hooks>,
        time: Option<&Time>,
    ) -> Result<Self> {
        let options = EngineOptions {
            hooks: hooks.map(|hooks| hooks.hooks.clone()),
            time: time.map(|time| Arc::clone(&time.time)),
        };
        let place = match store {
            Some(store) => Place::Host(Arc::clone(&store.host)),
            None => Place::Url(url),
        };
        let handle = EngineHandle::open(place, Arc::clone(&runner.sandbox), options).await;
        Ok(Self {
            handle: handle.map_err(thrown)?,
        })
    }

    /// The same engine on behalf of somebody else.
    #[napi]
    pub fn acting_as(&self, actor: String) -> Result<Self> {
        let handle = self.handle.acting_as(actor.as_bytes());
        Ok(Self {
            handle: handle.map_err(thrown)?,
        })
    }

    /// Calls a use case with its arguments by name.
    #[napi]
    pub fn call(
        &self,
        event_loop: &EventLoop,
        call: u32,
        use_case: String,
        given: String,
        cancel: Option<&Cancel>,
    ) {
        let engine = self.handle.clone();
        event_loop.post(call, cancel, given.len(), async move {
            engine.call(&use_case, given.as_bytes()).await
        });
    }

    /// Publishes the course in a folder.
    #[napi]
    pub fn import_folder(
        &self,
        event_loop: &EventLoop,
        call: u32,
        path: String,
        cancel: Option<&Cancel>,
    ) {
        let engine = self.handle.clone();
        event_loop.post(call, cancel, path.len(), async move {
            engine.import_folder(Path::new(&path)).await
        });
    }
}
