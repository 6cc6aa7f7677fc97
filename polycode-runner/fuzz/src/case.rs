use std::collections::BTreeMap;

use async_trait::async_trait;
use futures_util::FutureExt as _;
use polycode_core::engine::judge_program;
use polycode_core::judging::{Case, Ending, Limits, Observation, Program};
use polycode_core::port::{Executable, Prepared, Run, Sandbox, SandboxError, Talk, Testing, Uses};
use polycode_core::quantity::{ByteCount, Fuel, Score};

/// A case file: what can be read is written and read again as the same, and refused or not as before,
/// by the field; what is taken can be judged.
pub fn case(bytes: &[u8]) {
    let Ok(case) = serde_json::from_slice::<Case>(bytes) else {
        return;
    };
    let written = serde_json::to_string(&case).expect("a case can be written");
    let again: Case = serde_json::from_str(&written).expect("what was written can be read");
    assert_eq!(again, case);
    let checked = case.check();
    assert_eq!(again.check(), checked);
    match checked {
        Ok(()) => judged(&case),
        Err(refusal) => assert_eq!(refusal.code(), "invalid"),
    }
}

/// Whatever a program does, each validator has a judgement, and the score is a share of the mark.
fn judged(case: &Case) {
    let (program, limits) = (case.program(), case.limits);
    let judging = judge_program(&SameAlways, &program, &limits, case.scheme(), &case.args);
    let report = judging.now_or_never().expect("nothing waits");
    let report = report.expect("the sandbox does not fail");
    assert!((Score::ZERO..=Score::FULL).contains(&report.score));
    let judgements = report.judgements.iter();
    let judged: Vec<_> = judgements.map(|judgement| &judgement.validator).collect();
    let validators = case.validators.iter();
    let asked: Vec<_> = validators.map(|validator| &validator.id).collect();
    assert_eq!(judged, asked);
    if let Some(expected) = &case.expect {
        expected.differences(&report);
    }
}

/// A sandbox in which all programs do the same.
#[derive(Debug)]
struct SameAlways;

#[async_trait]
impl Sandbox for SameAlways {
    async fn prepare(&self, _: &Program, _: &Limits, _: &Uses) -> Result<Prepared, SandboxError> {
        Ok(Prepared::Ready(Box::new(SameAlways)))
    }
}

#[async_trait]
impl Executable for SameAlways {
    async fn run(&self, run: Run) -> Result<Observation, SandboxError> {
        Ok(seen(&run))
    }

    async fn talk(&self, run: Run, _: &dyn Executable, its: Run) -> Result<Talk, SandboxError> {
        Ok(Talk {
            program: seen(&run),
            interactor: seen(&its),
            program_left_first: false,
        })
    }
}

fn seen(run: &Run) -> Observation {
    let returned = match &run.testing {
        Some(Testing::Tested) => None,
        Some(Testing::Names) => Some(r#"["one", "two"]"#),
        Some(Testing::Test(_)) => Some(r#""passed""#),
        None => Some("[1.5, null]"),
    };
    let file = |name: &_| (Clone::clone(name), b"1.5\n".to_vec());
    Observation {
        ending: Ending::Exited { code: 0 },
        stdout: b"1.5\nnan 1e400 \xff\n".to_vec(),
        stderr: Vec::new(),
        returned: returned.map(str::to_owned),
        files: run.collect.iter().map(file).collect::<BTreeMap<_, _>>(),
        fuel: Fuel(1),
        peak_memory: ByteCount(1),
        wall_us: 1,
    }
}
