//! Programs that were checked, and their runs.

use std::any::Any;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use async_trait::async_trait;
use polycode_core::id::LanguageId;
use polycode_core::judging::{Ending, FileName, Limits, Observation};
use polycode_core::port::{Executable, PortError, Run, SandboxError, Talk, Testing};
use polycode_core::quantity::{ByteCount, Fuel};

use crate::cancel::Cancel;
use crate::language::{Harness, Harnesses};
use crate::machine::{Joined, Outcome};
use crate::pool::Entrance;
use crate::runner::cache::Modules;
use crate::runner::program::Sourced;
use crate::runner::{failed, finished};
use crate::wasi::line;

/// A program that was checked and can be run.
#[derive(Debug)]
pub(super) struct Ready {
    entrance: Entrance,
    loaded: Arc<Loaded>,
}

/// A program with all that a run of it needs.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) modules: Modules,
    pub(super) program: Arc<Sourced>,
    pub(super) limits: Limits,
    pub(super) language: LanguageId,
    pub(super) harnesses: Harnesses,
}

impl Ready {
    pub(super) fn new(entrance: Entrance, loaded: Loaded) -> Self {
        Self {
            entrance,
            loaded: Arc::new(loaded),
        }
    }
}

#[async_trait]
impl Executable for Ready {
    async fn run(&self, run: Run) -> Result<Observation, SandboxError> {
        let loaded = Arc::clone(&self.loaded);
        let work = move |cancel: &Cancel| loaded.run(run, None, cancel);
        finished(self.entrance.submit(work)).await?
    }

    /// Both run at once, the interactor on a thread of its own, so that a pool of one worker can
    /// do it too and a full one can't lock itself up.
    async fn talk(
        &self,
        run: Run,
        interactor: &dyn Executable,
        its: Run,
    ) -> Result<Talk, SandboxError> {
        let interactor: &dyn Any = interactor;
        let Some(interactor) = interactor.downcast_ref::<Self>() else {
            let message = "a program and its interactor are of the same sandbox";
            return Err(PortError::permanent(message).into());
        };
        let (loaded, other) = (Arc::clone(&self.loaded), Arc::clone(&interactor.loaded));
        let work = move |cancel: &Cancel| talk((&loaded, run), (&other, its), cancel);
        finished(self.entrance.submit(work)).await?
    }
}

fn talk(
    (program, run): (&Loaded, Run),
    (interactor, its): (&Loaded, Run),
    cancel: &Cancel,
) -> Result<Talk, SandboxError> {
    let (end, its_end, heard) = line(cancel);
    let is_tested = run.testing.is_some();
    let join = |end| {
        let join = if is_tested {
            Joined::Beside
        } else {
            Joined::Streams
        };
        Some(join(end))
    };
    let (end, its_end) = (join(end), join(its_end));
    let (program, interactor) = thread::scope(|scope| {
        let thread = thread::Builder::new()
            .name("polycode-interactor".to_owned())
            .spawn_scoped(scope, || interactor.run(its, its_end, cancel))
            .map_err(|error| {
                PortError::temporary("no thread for the interactor").caused_by(error)
            })?;
        let program = program.run(run, end, cancel);
        let interactor = thread
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        Ok::<_, SandboxError>((program?, interactor?))
    })?;
    Ok(Talk {
        program,
        interactor,
        program_left_first: heard.second_heard_the_end(),
    })
}

impl Loaded {
    /// Runs the program on this thread.
    fn run(
        &self,
        run: Run,
        line: Option<Joined>,
        cancel: &Cancel,
    ) -> Result<Observation, SandboxError> {
        let returns = match &run.testing {
            Some(part) => !matches!(part, Testing::Tested),
            None => run.call.is_some(),
        };
        let harness = run.testing.as_ref().map(|part| self.harness(part));
        let harness = harness.transpose()?;
        let (template, missing) = match (&run.testing, &run.call) {
            (Some(Testing::Tested), _) => (&self.modules.tested, "tests of it"),
            (_, Some(_)) => (&self.modules.calls, "calls of its functions"),
            (_, None) => (&self.modules.whole, "runs as a whole"),
        };
        let template = template.as_ref().ok_or_else(|| {
            PortError::permanent(format!("the program was not made ready for {missing}"))
        })?;
        let (program, run) = match (run.testing.clone(), harness) {
            (Some(part), Some(harness)) => self.under_harness(run, part, harness)?,
            _ => (Arc::clone(&self.program), run),
        };
        let job = program.job(run, &self.limits, template.fuel_per_ms(), line, cancel);
        let start = Instant::now();
        let outcome = template.run(job).map_err(|error| failed(&error))?;
        let wall_us = u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX);
        Ok(observation(outcome, returns, wall_us))
    }

    /// What tests the program or runs its tests.
    fn harness(&self, part: &Testing) -> Result<Harness, SandboxError> {
        let language = &self.language;
        let (harness, message) = match part {
            Testing::Tested => (
                self.harnesses.tested,
                format!("programs in `{language}` can't be tested by tests"),
            ),
            Testing::Names | Testing::Test(_) => (
                self.harnesses.tests,
                format!("tests can't be written in `{language}`"),
            ),
        };
        harness.ok_or_else(|| PortError::permanent(message).into())
    }

    /// The program with what tests it or runs its tests, and a run of that.
    fn under_harness(
        &self,
        run: Run,
        part: Testing,
        harness: Harness,
    ) -> Result<(Arc<Sourced>, Run), SandboxError> {
        let mut args = vec![self.program.entry.to_string()];
        let does = match &part {
            Testing::Tested => "tested",
            Testing::Names | Testing::Test(_) => "tests",
        };
        if let Testing::Test(name) = part {
            args.push(name);
        }
        let Some((text, extension)) = harness.text() else {
            return Ok((Arc::clone(&self.program), Run { args, ..run }));
        };
        let file = FileName::new(format!("polycode_{does}.{extension}"))
            .map_err(|problem| PortError::permanent(problem.to_string()))?;
        let mut files = run.files;
        files.insert(file.clone(), text.as_bytes().to_vec());
        let run = Run { args, files, ..run };
        Ok((Arc::new(self.program.under(file)), run))
    }
}

fn observation(outcome: Outcome, returns: bool, wall_us: u64) -> Observation {
    let returned =
        returns && outcome.ending == (Ending::Exited { code: 0 }) && !outcome.answer.is_empty();
    Observation {
        returned: returned.then(|| String::from_utf8_lossy(&outcome.answer).into_owned()),
        ending: outcome.ending,
        stdout: outcome.stdout,
        stderr: outcome.stderr,
        files: outcome.files,
        fuel: Fuel(outcome.fuel),
        peak_memory: ByteCount(outcome.peak_memory),
        wall_us,
    }
}
