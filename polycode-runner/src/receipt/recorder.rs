//! A sandbox that has another one do the work, and writes down what it did.

use std::any::Any;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use polycode_core::judging::{Limits, Observation, Program};
use polycode_core::port::{
    Executable, PortError, Prepared, Run, Sandbox, SandboxError, Talk, Testing, Uses,
};
use sha2::{Digest as _, Sha256};

use crate::receipt::RunReceipt;

type Runs = Arc<Mutex<Vec<RunReceipt>>>;

#[derive(Debug)]
pub(super) struct Recorder<'a> {
    sandbox: &'a dyn Sandbox,
    runs: Runs,
}

#[derive(Debug)]
struct Recorded {
    executable: Box<dyn Executable>,
    program: String,
    limits: Limits,
    runs: Runs,
}

impl<'a> Recorder<'a> {
    pub(super) fn new(sandbox: &'a dyn Sandbox) -> Self {
        Self {
            sandbox,
            runs: Runs::default(),
        }
    }

    /// The runs so far.
    pub(super) fn runs(&self) -> Vec<RunReceipt> {
        let mut runs = self.runs.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *runs)
    }
}

#[async_trait]
impl Sandbox for Recorder<'_> {
    async fn prepare(
        &self,
        program: &Program,
        limits: &Limits,
        uses: &Uses,
    ) -> Result<Prepared, SandboxError> {
        Ok(match self.sandbox.prepare(program, limits, uses).await? {
            Prepared::Ready(executable) => Prepared::Ready(Box::new(Recorded {
                executable,
                program: digest(serde_json::to_vec(program).unwrap_or_default()),
                limits: *limits,
                runs: Arc::clone(&self.runs),
            })),
            rejected @ Prepared::Rejected { .. } => rejected,
        })
    }
}

#[async_trait]
impl Executable for Recorded {
    async fn run(&self, run: Run) -> Result<Observation, SandboxError> {
        let input = input_digest(&run);
        let seen = self.executable.run(run).await?;
        self.record(input, &seen);
        Ok(seen)
    }

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
        let inputs = (input_digest(&run), input_digest(&its));
        let talk = self
            .executable
            .talk(run, &*interactor.executable, its)
            .await?;
        self.record(inputs.0, &talk.program);
        interactor.record(inputs.1, &talk.interactor);
        Ok(talk)
    }
}

impl Recorded {
    fn record(&self, input: String, seen: &Observation) {
        let files = seen.files.iter();
        let receipt = RunReceipt {
            program: self.program.clone(),
            input,
            limits: self.limits,
            ending: seen.ending.clone(),
            fuel: seen.fuel,
            peak_memory: seen.peak_memory,
            stdout: digest(&seen.stdout),
            stderr: digest(&seen.stderr),
            returned: seen.returned.as_ref().map(digest),
            files: files
                .map(|(name, bytes)| (name.clone(), digest(bytes)))
                .collect(),
        };
        let mut runs = self.runs.lock().unwrap_or_else(PoisonError::into_inner);
        runs.push(receipt);
    }
}

pub(super) fn digest(bytes: impl AsRef<[u8]>) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// Every part with its length before it, so that no two inputs look the same.
fn input_digest(run: &Run) -> String {
    let mut all = Sha256::new();
    let mut part = |bytes: &[u8]| {
        all.update((bytes.len() as u64).to_le_bytes());
        all.update(bytes);
    };
    part(&run.stdin);
    part(&(run.args.len() as u64).to_le_bytes());
    run.args.iter().for_each(|arg| part(arg.as_bytes()));
    part(&(run.files.len() as u64).to_le_bytes());
    for (name, bytes) in &run.files {
        part(name.as_str().as_bytes());
        part(bytes);
    }
    if let Some(call) = &run.call {
        part(call.function.as_bytes());
        for arg in &call.args {
            part(arg.to_string().as_bytes());
        }
    }
    match &run.testing {
        None => {}
        Some(Testing::Tested) => part(b"tested"),
        Some(Testing::Names) => part(b"names"),
        Some(Testing::Test(name)) => {
            part(b"test");
            part(name.as_bytes());
        }
    }
    hex::encode(all.finalize())
}
