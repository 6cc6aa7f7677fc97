//! WASI preview 1 for one run: an in-memory file system, a virtual clock, seeded randomness.
//!
//! No call reaches the host, and none waits but for another program on the line, so a run is a
//! plain call on a worker's thread.
//! Every call costs fuel by what it does, so that a storm of calls ends like a busy loop. See
//! `docs/adr/0002-own-wasi.md`.

mod args;
mod beside;
mod clock;
mod descriptor;
mod errno;
mod fd;
mod line;
mod link;
mod memory;
mod output;
mod path;
mod poll;
mod random;
mod stdin;

#[cfg(test)]
mod tests;

pub use beside::Beside;
pub use clock::{Clock, RUN_EPOCH, SNAPSHOT_EPOCH};
pub use errno::Ended;
pub use line::{End, Heard, line};
pub use link::add_to_linker;
pub use output::Output;
pub use stdin::Stdin;

use crate::files::Files;
use crate::wasi::descriptor::Descriptors;
use crate::wasi::errno::Stop;
use crate::wasi::memory::GuestMemory;
use crate::wasi::random::Random;

/// The name under which programs import it.
pub const MODULE: &str = "wasi_snapshot_preview1";

/// The world of one run, as its program sees it.
#[derive(Debug)]
pub struct Wasi {
    /// The program's name and its arguments.
    pub args: Vec<String>,
    /// Variables of the environment, as `NAME=value`: those that the runtime needs, if any.
    pub environment: Vec<String>,
    /// Standard input.
    pub stdin: Stdin,
    /// What was written to standard output and standard error.
    pub output: Output,
    /// The line to another program, where it is beside the standard streams.
    pub line: Beside,
    /// The files.
    pub files: Files,
    /// The time.
    pub clock: Clock,
    descriptors: Descriptors,
    random: Random,
}

impl Wasi {
    /// A world before its program starts.
    pub fn new(
        args: Vec<String>,
        stdin: impl Into<Stdin>,
        output: Output,
        files: Files,
        clock: Clock,
    ) -> Self {
        Self {
            args,
            environment: Vec::new(),
            stdin: stdin.into(),
            output,
            line: Beside::new(None),
            files,
            clock,
            descriptors: Descriptors::new(&[("/", Files::ROOT)]),
            random: Random::new(),
        }
    }

    /// Opens these folders, instead of the root, before the program starts: the paths that it
    /// knows them by, and those from the root. One that is not there is left out.
    pub fn open_folders(&mut self, folders: &[(&'static str, &str)]) {
        let found = |(known, path): &(&'static str, &str)| {
            let node = self.files.find(Files::ROOT, path).ok()?;
            Some((*known, node))
        };
        let folders: Vec<_> = folders.iter().filter_map(found).collect();
        self.descriptors = Descriptors::new(&folders);
    }
}

/// One call of the program: its memory, its world, and the fuel that is left.
#[derive(Debug)]
struct Call<'a> {
    memory: GuestMemory<'a>,
    wasi: &'a mut Wasi,
    fuel: u64,
}

type Answer = Result<(), Stop>;

impl Call<'_> {
    /// Fuel of any call: about the time it takes to leave the program and come back.
    const BASE_COST: u64 = 200;
    /// Fuel of looking up one path.
    const PATH_COST: u64 = 1_000;

    fn charge(&mut self, cost: u64) -> Answer {
        if let Some(left) = self.fuel.checked_sub(cost) {
            self.fuel = left;
            Ok(())
        } else {
            self.fuel = 0;
            Err(Stop::End(Ended::Time))
        }
    }

    /// Charges for copying bytes.
    fn charge_copy(&mut self, bytes: u64) -> Answer {
        self.charge(bytes / 4)
    }

    /// The time now, in nanoseconds.
    fn now(&self) -> u64 {
        self.wasi.clock.now(self.fuel)
    }
}
