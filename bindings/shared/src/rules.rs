//! The rules that a store keeps, tried on one of the host's own.

use std::any::Any;
use std::sync::Arc;

use polycode_store::KeyedStore;
use polycode_store::testkit::{Checking, KEY_RULES, RULES};
use tokio::task::JoinSet;

use crate::hooks::Host;
use crate::place::HostValues;
use crate::{Failure, Json, write};

/// The names of all rules: those of texts under keys, then those of every store over them.
pub fn rules() -> Vec<&'static str> {
    let of_keys = KEY_RULES.iter().map(|rule| rule.name);
    of_keys.chain(RULES.iter().map(|rule| rule.name)).collect()
}

/// Tries a rule on an empty store of the host's; gives what is wrong, or null where it keeps the rule.
///
/// # Errors
/// A [`Failure`] when there is no such rule.
pub async fn check_rule(name: &str, host: Arc<dyn Host>) -> Result<Json, Failure> {
    let Some(checking) = begin(name, Arc::new(HostValues(host))) else {
        return Err(Failure::invalid(
            "rules",
            format!("there is no rule `{name}`"),
        ));
    };
    // A task of its own, in which the rule may panic, and which ends when nobody waits any more.
    let mut task = JoinSet::new();
    task.spawn(checking);
    match task.join_next().await {
        None | Some(Ok(())) => write(&()),
        Some(Err(error)) => match error.try_into_panic() {
            Ok(panic) => write(&words(&*panic)),
            Err(error) => Err(Failure::of_ours(error.to_string())),
        },
    }
}

fn begin(name: &str, values: Arc<HostValues>) -> Option<Checking> {
    if let Some(rule) = KEY_RULES.iter().find(|rule| rule.name == name) {
        return Some((rule.check)(values));
    }
    let rule = RULES.iter().find(|rule| rule.name == name)?;
    Some((rule.check)(Arc::new(KeyedStore::new(values))))
}

/// What a panic says.
fn words(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("the rule is broken")
}
