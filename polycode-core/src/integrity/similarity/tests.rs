use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write;

use uuid::Uuid;

use super::*;
use crate::id::LanguageId;
use crate::judging::FileName;

const SOLUTION: &str = "\
def sum_of_squares(numbers):
    total = 0
    for number in numbers:
        if number > 0 and number % 2 == 0:
            total += number ** 2
        elif number == -1:
            return None
    return total

def main():
    text = input().split(',')
    values = [int(part.strip()) for part in text if part]
    print(sum_of_squares(values), len(values))
";

/// The same with other names, numbers, comments and layout.
const DISGUISED: &str = "\
# my own work
def f(xs):
    '''Adds squares up.'''
    acc = 10

    for x in xs:
        if x > 7 and x % 3 == 1:   # even
            acc += x ** 5
        elif x == - 2:
            return None
    return acc
def run():
    line = input().split(\" \")
    v = [int(p.strip()) for p in line if p]
    print(f(v), len(v))
";

const OTHER: &str = "\
import sys

class Reader:
    def __init__(self, stream):
        self.stream = stream

    def read(self):
        while True:
            line = self.stream.readline()
            if not line:
                break
            yield from map(int, line.split())

if __name__ == '__main__':
    even = lambda n: not n & 1
    print(sum(n * n for n in Reader(sys.stdin).read() if even(n)))
";

fn program(language: &str, text: &str) -> Program {
    Program {
        language: LanguageId::new(language).unwrap(),
        files: BTreeMap::from([(FileName::new("main").unwrap(), text.to_owned())]),
        entry: None,
    }
}

fn source(number: u128, user: &str, text: &str) -> Source {
    Source {
        submission: SubmissionId(Uuid::from_u128(number)),
        user: UserId::new(user).unwrap(),
        team: None,
        program: program("python", text),
    }
}

fn found(sources: &[Source], starters: &[Program]) -> Vec<Similarity> {
    SimilaritySearch::default()
        .pairs(sources, starters)
        .unwrap()
}

#[test]
fn a_disguised_copy_is_found() {
    let sources = [
        source(3, "eve", DISGUISED),
        source(1, "ada", SOLUTION),
        source(2, "bob", OTHER),
    ];
    let found = found(&sources, &[]);
    assert_eq!(found.len(), 1, "{found:?}");
    let copy = &found[0];
    assert_eq!(
        copy.pair,
        Pair::of(sources[0].submission, sources[1].submission)
    );
    assert_eq!(copy.pair.one, sources[1].submission);
    assert!(copy.resemblance > Score::ratio(9, 10), "{copy:?}");
    let tokens: u32 = copy.spans.iter().map(|span| span.tokens).sum();
    assert!(tokens > 80, "{copy:?}");
    assert_eq!(copy.spans[0].one, LineRange { first: 1, last: 13 });
    assert_eq!(copy.spans[0].other, LineRange { first: 2, last: 15 });
}

#[test]
fn a_copy_inside_a_longer_program_is_found() {
    let longer = format!("{OTHER}\n{SOLUTION}");
    let found = found(
        &[source(1, "ada", SOLUTION), source(2, "eve", &longer)],
        &[],
    );
    assert!(found[0].containment > Score::ratio(85, 100), "{found:?}");
    assert!(found[0].resemblance < Score::ratio(7, 10), "{found:?}");
    assert!(
        found[0].spans.iter().any(|span| span.other.last >= 30),
        "{found:?}"
    );
}

#[test]
fn who_may_work_together_is_not_compared() {
    let same_user = [source(1, "ada", SOLUTION), source(2, "ada", SOLUTION)];
    assert_eq!(found(&same_user, &[]), []);
    let team = |number| Some(TeamId(Uuid::from_u128(number)));
    let member = |number, user, of| Source {
        team: team(of),
        ..source(number, user, SOLUTION)
    };
    assert_eq!(found(&[member(1, "ada", 1), member(2, "bob", 1)], &[]), []);
    assert_eq!(
        found(&[member(1, "ada", 1), member(2, "bob", 2)], &[]).len(),
        1
    );
    assert_eq!(
        found(
            &[source(1, "ada", SOLUTION), source(2, "bob", SOLUTION)],
            &[]
        )
        .len(),
        1
    );
}

#[test]
fn code_that_all_were_given_does_not_count() {
    let given = [program("python", SOLUTION)];
    let (one, other) = (
        format!("{SOLUTION}\n{OTHER}"),
        format!("{SOLUTION}\nprint(main() or 1)"),
    );
    assert_eq!(
        found(&[source(1, "ada", &one), source(2, "bob", &other)], &given),
        []
    );
    let both = found(&[source(1, "ada", &one), source(2, "bob", &one)], &given);
    assert_eq!(both.len(), 1);
    let lines = u32::try_from(SOLUTION.lines().count()).unwrap();
    assert!(
        both[0].spans.iter().all(|span| span.one.first > lines),
        "{both:?}"
    );
}

#[test]
fn other_languages_and_scraps_are_not_compared() {
    let java = Source {
        program: program("java", SOLUTION),
        ..source(2, "eve", "")
    };
    assert_eq!(found(&[source(1, "ada", SOLUTION), java], &[]), []);
    assert_eq!(
        found(
            &[source(1, "ada", "print(1)"), source(2, "eve", "print(2)")],
            &[]
        ),
        []
    );
}

#[test]
fn the_most_alike_come_first_up_to_a_limit() {
    let part: String = SOLUTION
        .lines()
        .take(9)
        .fold(String::new(), |mut text, line| {
            writeln!(text, "{line}").unwrap();
            text
        });
    let half = format!("{part}{OTHER}");
    let sources = [
        source(1, "ada", SOLUTION),
        source(2, "bob", DISGUISED),
        source(3, "cy", &half),
    ];
    let loose = SimilaritySearch {
        least: Score::ratio(1, 5),
        ..SimilaritySearch::default()
    };
    let all = loose.pairs(&sources, &[]).unwrap();
    assert!(
        all.is_sorted_by_key(|found| Reverse(found.containment)),
        "{all:?}"
    );
    assert_eq!(all.len(), 3);
    let one = SimilaritySearch {
        most_pairs: 1,
        ..loose
    };
    assert_eq!(one.pairs(&sources, &[]).unwrap(), all[..1]);
    let none = SimilaritySearch {
        most_pairs: 0,
        ..SimilaritySearch::default()
    };
    assert_eq!(none.pairs(&sources, &[]).unwrap_err().code(), "invalid");
}

/// Among programs made of the same few statements in other orders, the copy stands out.
#[test]
fn two_copies_are_found_among_many() {
    let line = |seed: u64, at: u64| match (seed.wrapping_mul(31) ^ at.wrapping_mul(seed | 1)) % 7 {
        0 => "if a > 1:\n    b = a\n",
        1 => "for c in range(9): print(c)\n",
        2 => "while x: x -= 1\n",
        3 => "d = [e for e in f if e]\n",
        4 => "g['h'] += i * (j - k)\n",
        5 => "try: m()\nexcept n: raise\n",
        _ => "o = lambda p, q: not p or q\n",
    };
    let text = |seed: u64| {
        (0..80)
            .map(|at| line(seed * seed + 7, at * at + seed))
            .collect::<String>()
    };
    let mut sources: Vec<_> = (0..60)
        .map(|at: u64| source(at.into(), &format!("user{at}"), &text(at)))
        .collect();
    sources.push(source(900, "copycat", &text(7)));
    let best = &found(&sources, &[])[0];
    assert!(best.containment.is_full());
    assert_eq!(best.pair.other, SubmissionId(Uuid::from_u128(900)));
}
