//! Spans of judging: a submission, and beneath it every program that is prepared and every run.
//! They tell the language and how it went, nothing of what the program or the learner wrote.

use std::any::Any;
use std::sync::Arc;

use async_trait::async_trait;
use polycode_core::id::SubmissionId;
use polycode_core::judging::{Ending, Limits, Observation, Program};
use polycode_core::port::{Executable, Prepared, Run, Sandbox, SandboxError, Talk, Uses};
use tracing::field::Empty;
use tracing::{Instrument, Span, info_span};

use super::{TARGET, fail};

/// A span for the judging of a submission.
pub(crate) fn judging(submission: SubmissionId) -> Span {
    info_span!(
        target: TARGET,
        "judge submission",
        polycode.submission = %submission,
        polycode.verdict = Empty,
        "error.type" = Empty,
        otel.status_code = Empty,
    )
}

/// A sandbox with spans.
#[derive(Debug)]
pub(super) struct Traced(pub(super) Arc<dyn Sandbox>);

#[async_trait]
impl Sandbox for Traced {
    async fn prepare(
        &self,
        program: &Program,
        limits: &Limits,
        uses: &Uses,
    ) -> Result<Prepared, SandboxError> {
        let language = program.language.as_str();
        let span = info_span!(
            target: TARGET,
            "prepare program",
            polycode.language = language,
            polycode.prepared = Empty,
            "error.type" = Empty,
            otel.status_code = Empty,
        );
        let preparing = self.0.prepare(program, limits, uses);
        match preparing.instrument(span.clone()).await {
            Ok(Prepared::Ready(program)) => {
                span.record("polycode.prepared", "ready");
                Ok(Prepared::Ready(Box::new(TracedProgram {
                    program,
                    language: language.to_owned(),
                })))
            }
            Ok(rejected) => {
                span.record("polycode.prepared", "rejected");
                Ok(rejected)
            }
            Err(error) => {
                fail(&span, error.code());
                Err(error)
            }
        }
    }
}

/// A program with a span for each run.
#[derive(Debug)]
struct TracedProgram {
    program: Box<dyn Executable>,
    language: String,
}

impl TracedProgram {
    fn span(&self) -> Span {
        info_span!(
            target: TARGET,
            "run program",
            polycode.language = self.language,
            polycode.ending = Empty,
            polycode.fuel = Empty,
            "error.type" = Empty,
            otel.status_code = Empty,
        )
    }
}

#[async_trait]
impl Executable for TracedProgram {
    async fn run(&self, run: Run) -> Result<Observation, SandboxError> {
        let span = self.span();
        let seen = self.program.run(run).instrument(span.clone()).await;
        note(&span, seen.as_ref());
        seen
    }

    async fn talk(
        &self,
        run: Run,
        interactor: &dyn Executable,
        its: Run,
    ) -> Result<Talk, SandboxError> {
        let span = self.span();
        // A sandbox joins programs of its own only.
        let wrapped = (interactor as &dyn Any).downcast_ref::<Self>();
        let interactor = wrapped.map_or(interactor, |wrapped| &*wrapped.program);
        let talk = self.program.talk(run, interactor, its);
        let talk = talk.instrument(span.clone()).await;
        note(&span, talk.as_ref().map(|talk| &talk.program));
        talk
    }
}

fn note(span: &Span, seen: Result<&Observation, &SandboxError>) {
    match seen {
        Ok(seen) => {
            span.record("polycode.ending", ending(&seen.ending));
            let fuel = i64::try_from(seen.fuel.0).unwrap_or(i64::MAX);
            span.record("polycode.fuel", fuel);
        }
        Err(error) => fail(span, error.code()),
    }
}

const fn ending(ending: &Ending) -> &'static str {
    match ending {
        Ending::Exited { .. } => "exited",
        Ending::Trapped { .. } => "trapped",
        Ending::TimeExhausted => "time_exhausted",
        Ending::MemoryExhausted => "memory_exhausted",
        Ending::OutputExhausted => "output_exhausted",
        Ending::FilesExhausted => "files_exhausted",
        Ending::Idle => "idle",
        Ending::HostGuard => "host_guard",
        _ => "other",
    }
}
