//! From wasmtime's errors to how a run ended, in words fit for a learner.

use polycode_core::judging::Ending;
use wasmtime::{ThrownException, Trap};

use crate::machine::Meter;
use crate::machine::guest::HostOutOfMemory;
use crate::machine::job::RunError;
use crate::wasi::Ended;

/// How a run ended that did not return by itself; an error when that is our doing.
pub(super) fn ending_of(error: wasmtime::Error, meter: &Meter) -> Result<Ending, RunError> {
    if let Some(ended) = error.downcast_ref::<Ended>() {
        return Ok(match ended {
            Ended::Exit(code) => exited(*code, meter),
            Ended::Time => Ending::TimeExhausted,
            Ended::Output => Ending::OutputExhausted,
            Ended::Files => Ending::FilesExhausted,
            Ended::Idle => Ending::Idle,
            Ended::Cancelled => return Err(RunError::Cancelled),
        });
    }
    if error.downcast_ref::<HostOutOfMemory>().is_some() {
        return Err(RunError::HostOutOfMemory);
    }
    match error.downcast_ref::<Trap>() {
        Some(Trap::OutOfFuel) => return Ok(Ending::TimeExhausted),
        _ if meter.refused() => return Ok(Ending::MemoryExhausted),
        Some(trap) => {
            return Ok(Ending::Trapped {
                reason: reason(*trap).to_owned(),
            });
        }
        None => {}
    }
    if error.downcast_ref::<ThrownException>().is_some() {
        return Ok(Ending::Trapped {
            reason: "an exception was not caught".to_owned(),
        });
    }
    Err(RunError::Machine(error))
}

/// How a run ended that returned by itself, or asked to.
pub(super) fn exited(code: i32, meter: &Meter) -> Ending {
    if code != 0 && meter.refused() {
        Ending::MemoryExhausted
    } else {
        Ending::Exited { code }
    }
}

fn reason(trap: Trap) -> &'static str {
    match trap {
        Trap::StackOverflow => "the stack is used up",
        Trap::MemoryOutOfBounds | Trap::HeapMisaligned => "memory was used outside of its bounds",
        Trap::TableOutOfBounds | Trap::IndirectCallToNull | Trap::BadSignature => {
            "a function was called that is not there"
        }
        Trap::IntegerOverflow => "an integer overflowed",
        Trap::IntegerDivisionByZero => "an integer was divided by zero",
        Trap::BadConversionToInteger => "a number does not fit an integer",
        Trap::UnreachableCodeReached => "the program aborted",
        Trap::AllocationTooLarge => "an allocation was too large",
        _ => "the program broke a rule of WebAssembly",
    }
}
