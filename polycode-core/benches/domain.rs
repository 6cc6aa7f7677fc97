//! What the domain costs, in memory and without any port: medians of many rounds.
//!
//! `cargo xtask bench core` runs it with the release profile.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark talks to the person who runs it"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Instant;

use jiff::Timestamp;
use polycode_core::assessment::StatusName;
use polycode_core::id::{
    CandidateId, ComponentId, ContentId, EntryId, SubmissionId, TeamId, UserId,
};
use polycode_core::integrity::{SimilaritySearch, Source};
use polycode_core::judging::Program;
use polycode_core::people::{Membership, Team};
use polycode_core::polypoints::{Account, Entry, EntryReason, Wallet};
use polycode_core::practice::Progress;
use polycode_core::practice::progress::Goal;
use polycode_core::quantity::{Points, Score, Seconds, Weight};
use polycode_core::results::{
    Column, Direction, Filter, QuestionResult, ResultRow, RowOrder, Summary, Table, TestQuestion,
};
use uuid::Uuid;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn main() {
    println!("{:<58} {:>12} {:>12}", "", "median", "wanted");
    decisions("a better answer: progress", 100_000, answer_better);
    decisions("an award: wallet", 100_000, earn);
    decisions("an invitation to a team of 50", 100_000, invite);
    let table = results(100_000);
    milliseconds("results of 100,000: sort by score, summary", 150, 9, || {
        sort_and_sum(&table, Column::Score);
    });
    milliseconds("results of 100,000: sort by name, summary", 150, 9, || {
        sort_and_sum(&table, Column::Name);
    });
    let sources = submissions(1_000);
    milliseconds(
        "similarity of 1,000 submissions of 100 lines",
        3_000,
        3,
        || {
            let found = SimilaritySearch::default().pairs(&sources, &[]).unwrap();
            assert!(!found.is_empty());
        },
    );
}

/// Prints how many times a second something is decided and applied.
fn decisions(what: &str, times: u32, mut decide: impl FnMut(u32)) {
    let rounds = (0..9).map(|_| {
        let began = Instant::now();
        (0..times).for_each(&mut decide);
        f64::from(times) / began.elapsed().as_secs_f64()
    });
    let rate = median(rounds.collect());
    println!("{what:<58} {:>10.2} M {:>12}", rate / 1e6, "≥ 1 M/s");
}

fn milliseconds(what: &str, wanted: u32, rounds: u32, mut work: impl FnMut()) {
    let rounds = (0..rounds).map(|_| {
        let began = Instant::now();
        work();
        began.elapsed().as_secs_f64() * 1e3
    });
    let time = median(rounds.collect());
    println!("{what:<58} {time:>9.1} ms {:>12}", format!("≤ {wanted} ms"));
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

fn user(number: u32) -> UserId {
    UserId::new(format!("user-{number}")).unwrap()
}

fn answer_better(_: u32) {
    thread_local! {
        static ASKED: (ComponentId, Goal, Progress) = {
            let editor = ComponentId::new("editor").unwrap();
            let goal = Goal {
                parts: vec![(editor.clone(), Weight::default())],
                pass_mark: Score::FULL,
                reward: Points(10),
            };
            let progress = Progress::new(user(1), ContentId(Uuid::from_u128(1)));
            (editor, goal, progress)
        };
    }
    ASKED.with(|(editor, goal, progress)| {
        let events = progress.decide(goal, editor, Score::FULL, NOW);
        black_box(events.iter().fold(progress.clone(), Progress::apply));
    });
}

fn earn(number: u32) {
    let user = user(number);
    let wallet = Wallet::new(user.clone());
    let content = ContentId(Uuid::from_u128(1));
    let points = Points(10);
    let entry = Entry {
        id: EntryId(Uuid::from_u128(number.into())),
        debit: Account::Mint,
        credit: Account::Wallet { user: user.clone() },
        points,
        reason: EntryReason::Award {
            user,
            content,
            total: points,
        },
        at: NOW,
    };
    let credited = wallet.decide(&entry);
    black_box(credited.iter().fold(wallet, Wallet::apply));
}

/// Deciding alone, on a team that is as large as most: a team that changes is a team that is
/// moved, so that applying costs nothing that grows with it.
fn invite(number: u32) {
    thread_local! {
        static TEAM: Team = {
            let created =
                Team::decide_create(TeamId(Uuid::nil()), user(0), Membership::Free, 50, NOW);
            Team::begin(&created.unwrap()).unwrap()
        };
    }
    TEAM.with(|team| {
        black_box(team.decide_invite(&user(0), user(number + 1), NOW).unwrap());
    });
}

/// The results of a campaign with three questions.
fn results(candidates: u32) -> Table {
    let questions: Vec<_> = (0..3).map(|at| ContentId(Uuid::from_u128(at))).collect();
    let row = |number: u32| {
        // Scattered, so that there is something to sort.
        let score = Score::ratio(u64::from(number.wrapping_mul(2_654_435_761) % 101), 100);
        let result = QuestionResult {
            score: Some(score),
            time_used: Some(Seconds(u64::from(number % 600))),
        };
        ResultRow {
            candidate: CandidateId(Uuid::from_u128(number.into())),
            name: format!("Candidate {}", number.wrapping_mul(40_503) % 100_000),
            tags: [].into(),
            status: StatusName::TestFinished,
            score: Some(score),
            questions: questions.iter().map(|content| (*content, result)).collect(),
            started_at: Some(NOW),
            finished_at: Some(NOW),
            time_used: Some(Seconds(u64::from(number % 3_600))),
        }
    };
    let question = |content: &ContentId| TestQuestion {
        content: *content,
        name: "Question".to_owned(),
        points: 1,
    };
    Table {
        questions: questions.iter().map(question).collect(),
        rows: (0..candidates).map(row).collect(),
    }
}

fn sort_and_sum(table: &Table, by: Column) {
    let order = RowOrder {
        by,
        direction: Direction::Descending,
    };
    let sorted = table.sorted(&Filter::default(), order);
    assert_eq!(sorted.len(), table.rows.len());
    black_box(Summary::of(&table.rows));
}

/// Programs of 100 lines: each tenth is the one before it with other names, the others have a
/// structure of their own.
fn submissions(count: u32) -> Vec<Source> {
    let source = |number: u32| {
        let (seed, name) = if number % 10 == 9 {
            (number - 1, "copied")
        } else {
            (number, "own")
        };
        Source {
            submission: SubmissionId(Uuid::from_u128(number.into())),
            user: user(number),
            team: None,
            program: program(seed, name),
        }
    };
    (0..count).map(source).collect()
}

fn program(seed: u32, name: &str) -> Program {
    const STATEMENTS: [&str; 8] = [
        "total = total + value * 2",
        "if total > value: total -= value",
        "for item in range(value): total += item",
        "value = max(value, total // 3)",
        "while value > 100: value = value // 2",
        "items = [x for x in range(value) if x % 2]",
        "total = sum(items) - len(items)",
        "print(total, value, sep=',')",
    ];
    let mut state = seed.wrapping_mul(747_796_405).wrapping_add(1);
    let mut text = format!("def {name}(total, value, items):\n");
    for _ in 0..99 {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let statement = STATEMENTS.get((state >> 29) as usize).unwrap();
        let _ = writeln!(text, "    {statement}");
    }
    Program {
        language: "python".parse().unwrap(),
        files: BTreeMap::from([("main.py".to_owned().try_into().unwrap(), text)]),
        entry: None,
    }
}
