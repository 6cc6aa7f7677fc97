//! One run, from nothing to its outcome.

use std::sync::Arc;

use polycode_core::judging::Ending;
use wasmtime::{Instance, Store};

use crate::files::{Access, Content, Files};
use crate::machine::ending::{ending_of, exited};
use crate::machine::guard::{Guard, SLICE, Stopped, allowance};
use crate::machine::telling::CallError;
use crate::machine::template::Start;
use crate::machine::{Guest, Job, Joined, Meter, Outcome, RunError, Template};
use crate::wasi::{Beside, Clock, Output, RUN_EPOCH, Stdin, Wasi};

impl Template {
    /// Runs a program in a fresh instance.
    ///
    /// The fuel of the outcome is the same in every run with the same input.
    ///
    /// # Errors
    /// [`RunError`] when it failed for a reason that is not the program's.
    pub fn run(&self, job: Job) -> Result<Outcome, RunError> {
        let files = self.lay_files(&job)?;
        let clock = Clock {
            start: RUN_EPOCH,
            fuel: job.fuel,
            fuel_per_ms: self.fuel_per_ms,
        };
        let (args, environment) = match &self.start {
            Start::Script { args, environment } => (args.clone(), environment.clone()),
            Start::Command | Start::Caller | Start::Compiler | Start::Told { .. } => {
                (job.args, Vec::new())
            }
        };
        let (line, beside) = match job.line {
            Some(Joined::Streams(end)) => (Some(Arc::new(end)), None),
            Some(Joined::Beside(end)) => (None, Some(end)),
            None => (None, None),
        };
        let stdin = line.clone().map_or(Stdin::from(job.stdin), Stdin::Heard);
        let output = Output::new(job.output).heard_by(line);
        let mut wasi = Wasi::new(args, stdin, output, files, clock);
        wasi.environment = environment;
        wasi.line = Beside::new(beside);
        wasi.open_folders(self.start.folders());
        let limit = job.memory.saturating_add(self.reserved_bytes);
        let guest = Guest::new(wasi, Meter::new(limit));
        let mut store = Store::new(self.instance.module().engine(), guest);
        store.limiter(|guest| &mut guest.meter);
        store.set_fuel(job.fuel).map_err(RunError::Machine)?;
        let sliced = store.fuel_async_yield_interval(Some(SLICE));
        sliced.map_err(RunError::Machine)?;

        let guard = Guard::new(job.cancel, allowance(job.fuel, self.fuel_per_ms));
        let ending = match guard.watch(self.ending(&mut store)) {
            Ok(ending) => ending?,
            Err(Stopped::Cancelled) => return Err(RunError::Cancelled),
            Err(Stopped::Overrun) => Ending::HostGuard,
        };
        let left = store.get_fuel().map_err(RunError::Machine)?;
        let Guest { wasi, meter, .. } = store.into_data();
        let collected = job.collect.into_iter().filter_map(|name| {
            let bytes = wasi.files.take(&format!("box/{name}"))?;
            Some((name, bytes))
        });
        Ok(Outcome {
            ending,
            files: collected.collect(),
            answer: wasi.files.take(self.start.answer()).unwrap_or_default(),
            stdout: wasi.output.stdout,
            stderr: wasi.output.stderr,
            fuel: job.fuel.saturating_sub(left),
            peak_memory: meter.peak().saturating_sub(self.reserved_bytes),
        })
    }

    async fn ending(&self, store: &mut Store<Guest>) -> Result<Ending, RunError> {
        // Out of memory at the very start is the program's failure only as far as its limit goes.
        let instance = match self.instance.instantiate_async(&mut *store).await {
            Ok(instance) => instance,
            Err(_) if store.data().meter.refused() => return Ok(Ending::MemoryExhausted),
            Err(error) => return ending_of(error, &store.data().meter),
        };
        let memory = instance.get_memory(&mut *store, "memory");
        let learned_from = memory.filter(|memory| self.bridges.lay(memory.data_mut(&mut *store)));
        let called = self.call(store, &instance).await;
        if let Some(memory) = learned_from {
            self.bridges.learn(memory.data(&*store));
        }
        match called {
            Ok(code) => Ok(exited(code, &store.data().meter)),
            Err(CallError::Ended(error)) => ending_of(error, &store.data().meter),
            Err(CallError::Broken(error)) => Err(error),
        }
    }

    /// Calls the runtime; the exit code.
    async fn call(&self, store: &mut Store<Guest>, instance: &Instance) -> Result<i32, CallError> {
        match &self.start {
            Start::Command | Start::Caller | Start::Compiler | Start::Script { .. } => {
                let start = instance.get_typed_func::<(), ()>(&mut *store, "_start");
                let start = start.map_err(|_| RunError::Runtime("_start"))?;
                start.call_async(&mut *store, ()).await?;
                Ok(0)
            }
            Start::Told { by, text } => {
                let told = by.tell(store, instance, text).await;
                let code = by.end(store, instance, told).await?;
                Ok(i32::from(code != 0))
            }
        }
    }

    fn lay_files(&self, job: &Job) -> Result<Files, RunError> {
        let mut files = Files::new(job.quota, RUN_EPOCH);
        let broken = |_| RunError::Runtime("files");
        files.lay_folder("box", Access::Writable).map_err(broken)?;
        files.lay_folder("tmp", Access::Writable).map_err(broken)?;
        let request = Content::Shared(job.request.as_slice().into());
        files
            .lay_file("run/request.json", request, Access::ReadOnly)
            .map_err(broken)?;
        let answer = Content::Own(Vec::new());
        files
            .lay_file("run/answer", answer, Access::Answer)
            .map_err(broken)?;
        for mount in &self.mounts {
            let content = mount.content.clone();
            files
                .lay_file(&mount.path, content, Access::ReadOnly)
                .map_err(broken)?;
        }
        for (name, bytes) in &job.files {
            let content = Content::Shared(Arc::clone(bytes));
            files
                .lay_file(&format!("box/{name}"), content, Access::Writable)
                .map_err(|_| RunError::Clash(name.clone()))?;
        }
        Ok(files)
    }
}
