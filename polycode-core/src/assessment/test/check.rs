//! The rules that a test must keep to be published.

use std::collections::BTreeSet;

use crate::assessment::test::{Draw, Pool, TestDraft};
use crate::quantity::{Seconds, Version, Weight};
use crate::refusal::{Problem, Refusal};

const MAX_POOLS: usize = 50;
const MAX_QUESTIONS: usize = 500;
const WEEK: Seconds = Seconds(7 * Seconds::DAY.0);

impl TestDraft {
    /// Checks every rule of a test.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with every rule that is broken.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut problems = Vec::new();
        let mut require = |holds: bool, field: &str, message: String| {
            if !holds {
                problems.push(Problem::new(field, message));
            }
        };
        let (name, description) = (self.name.len(), self.description.len());
        require(
            (1..=200).contains(&name),
            "name",
            format!("is 1 to 200 bytes long, not {name}"),
        );
        require(
            description <= 20_000,
            "description",
            format!("is at most 20000 bytes long, not {description}"),
        );
        require(
            self.time_limit
                .is_none_or(|limit| (Seconds(10)..=WEEK).contains(&limit)),
            "timeLimit",
            format!("is 10 to {} seconds", WEEK.0),
        );
        let (pools, questions) = (self.pools.len(), self.questions().count());
        require(
            (1..=MAX_POOLS).contains(&pools),
            "pools",
            format!("is 1 to {MAX_POOLS} pools, not {pools}"),
        );
        require(
            questions <= MAX_QUESTIONS,
            "pools",
            format!("a test has at most {MAX_QUESTIONS} questions, not {questions}"),
        );
        require(
            self.questions().next().is_none() || self.questions().any(|q| q.points.get() > 0),
            "pools",
            "at least one question has points above 0".to_owned(),
        );
        let mut asked = BTreeSet::new();
        for (index, pool) in self.pools.iter().enumerate() {
            let field = format!("pools[{index}]");
            pool.problems(&field, &mut problems);
            for (index, question) in pool.questions.iter().enumerate() {
                if !asked.insert(question.content) {
                    let field = format!("{field}.questions[{index}].content");
                    problems.push(Problem::new(field, "the content is asked twice"));
                }
            }
        }
        if problems.is_empty() {
            Ok(())
        } else {
            Err(Refusal::Invalid(problems))
        }
    }

    fn questions(&self) -> impl Iterator<Item = &super::Question> {
        self.pools.iter().flat_map(|pool| &pool.questions)
    }
}

impl Pool {
    fn problems(&self, field: &str, problems: &mut Vec<Problem>) {
        let mut add = |part: &str, message: String| {
            problems.push(Problem::new(format!("{field}.{part}"), message));
        };
        let count = self.questions.len();
        if count == 0 {
            add("questions", "a pool has at least one question".to_owned());
        }
        if let Draw::Random { count: drawn } = self.draw {
            let fits = usize::try_from(drawn).is_ok_and(|drawn| (1..=count).contains(&drawn));
            if !fits {
                add(
                    "draw.count",
                    format!("is 1 to the {count} questions of the pool, not {drawn}"),
                );
            }
            // Whoever draws other questions must be able to reach the same mark.
            let points: BTreeSet<Weight> = self.questions.iter().map(|q| q.points).collect();
            if fits && self.asked() < count && points.len() > 1 {
                add(
                    "questions",
                    "questions that are drawn from have all the same points".to_owned(),
                );
            }
        }
        for (index, question) in self.questions.iter().enumerate() {
            if question.version < Version::FIRST {
                add(
                    &format!("questions[{index}].version"),
                    "is at least 1".to_owned(),
                );
            }
            if question
                .time_limit
                .is_some_and(|limit| !(Seconds(5)..=WEEK).contains(&limit))
            {
                let message = format!("is 5 to {} seconds", WEEK.0);
                add(&format!("questions[{index}].timeLimit"), message);
            }
        }
    }
}
