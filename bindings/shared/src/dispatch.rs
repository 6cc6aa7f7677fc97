//! From a use case's name and arguments in JSON to a call of core's engine.

use std::future::Future;
use std::pin::Pin;

use polycode_core::Engine;
use polycode_core::id::{ContentId, Slug};
use polycode_core::permission::Actor;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::{Failure, Json, read, read_value};

/// One call: who asks, and what for.
#[derive(Debug)]
pub(crate) struct Call {
    /// The engine that is asked.
    pub(crate) engine: Engine,
    /// On whose behalf.
    pub(crate) actor: Actor,
    /// With what.
    pub(crate) given: Given,
}

/// The work that a call does.
pub(crate) type Work = Pin<Box<dyn Future<Output = Result<Json, Failure>> + Send>>;

/// A use case.
pub(crate) type UseCase = fn(Call) -> Work;

/// The arguments of a call by name.
#[derive(Debug)]
pub(crate) struct Given(Map<String, Value>);

impl Given {
    /// Reads a JSON object.
    ///
    /// # Errors
    /// A [`Failure`] when it is none.
    pub(crate) fn read(json: &[u8]) -> Result<Self, Failure> {
        read("arguments", json).map(Self)
    }

    /// Takes one argument; one that is not there is null.
    ///
    /// # Errors
    /// A [`Failure`] that names the field that does not fit.
    pub(crate) fn take<T: DeserializeOwned>(&mut self, name: &'static str) -> Result<T, Failure> {
        match self.0.remove(name) {
            Some(value) => read_value(name, value),
            None => T::deserialize(Value::Null).map_err(|_| Failure::invalid(name, "is missing")),
        }
    }

    /// Checks that every argument was taken.
    ///
    /// # Errors
    /// A [`Failure`] that names one that was not.
    pub(crate) fn finish(&mut self) -> Result<(), Failure> {
        match std::mem::take(&mut self.0).into_iter().next() {
            Some((name, _)) => Err(Failure::invalid(name, "is no argument of this use case")),
            None => Ok(()),
        }
    }
}

impl Call {
    /// Puts the content's id where the argument, or the field of an argument, holds its slug.
    ///
    /// # Errors
    /// A [`Failure`] when there is no such content for the actor.
    pub(crate) async fn find_content(&mut self, path: &[&'static str]) -> Result<(), Failure> {
        let Some((first, rest)) = path.split_first() else {
            return Ok(());
        };
        let argument = self.given.0.get_mut(*first);
        let field = rest
            .iter()
            .fold(argument, |value, field| value?.get_mut(*field));
        let Some(Value::String(text)) = field else {
            return Ok(());
        };
        if text.parse::<ContentId>().is_err() {
            let name = path.last().copied().unwrap_or_default();
            let slug = Slug::new(text.as_str()).map_err(Failure::name(name))?;
            let found = self.engine.content_by_slug(&self.actor, &slug).await?;
            *text = found.summary.id.to_string();
        }
        Ok(())
    }
}

/// Makes `find`, which gives the use case of a name, out of one line for each: how its arguments
/// are handed over, and which of them, or which fields of them, name a content.
macro_rules! use_cases {
    ($($name:ident($($how:ident $argument:ident),*) $([$($content:literal)*])*;)*) => {
        /// The use case of a name, if there is one.
        pub(crate) fn find(name: &str) -> Option<$crate::dispatch::UseCase> {
            Some(match name {
                $(stringify!($name) => |mut call| Box::pin(async move {
                    $(call.find_content(&[$($content),*]).await?;)*
                    $($crate::dispatch::bind!(call, $how $argument);)*
                    call.given.finish()?;
                    let done = call
                        .engine
                        .$name($($crate::dispatch::hand_over!($how $argument)),*)
                        .await?;
                    $crate::write(&done)
                }),)*
                _ => return None,
            })
        }
    };
}

/// Makes a variable of an argument.
macro_rules! bind {
    ($call:ident, acting $name:ident) => {
        let $name = &$call.actor;
    };
    ($call:ident, owned $name:ident) => {
        let $name = $call.given.take(stringify!($name))?;
    };
    ($call:ident, borrowed $name:ident) => {
        let $name = $call.given.take(stringify!($name))?;
    };
    ($call:ident, optional $name:ident) => {
        let $name: Option<_> = $call.given.take(stringify!($name))?;
    };
    ($call:ident, list $name:ident) => {
        let $name: Vec<_> = $call.given.take(stringify!($name))?;
    };
    ($call:ident, $text:ident $name:ident) => {
        let $name: String = $call.given.take(stringify!($name))?;
    };
}

/// Hands an argument over in the way that the use case takes it.
macro_rules! hand_over {
    (acting $name:ident) => {
        $name
    };
    (owned $name:ident) => {
        $name
    };
    (optional $name:ident) => {
        $name.as_ref()
    };
    (bytes $name:ident) => {
        $name.as_bytes()
    };
    ($how:ident $name:ident) => {
        &$name
    };
}

pub(crate) use {bind, hand_over, use_cases};
