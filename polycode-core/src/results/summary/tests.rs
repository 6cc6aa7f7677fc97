use super::*;
use crate::results::tests::{assert_close, finished, pending};

/// ST-2: only those who finished have grades; who declined does not lower the completion rate.
#[test]
fn a_summary_counts_who_finished() {
    let rows = [
        finished(1, &[100]),
        finished(2, &[50]),
        pending(3, StatusName::Declined),
        pending(4, StatusName::TestInProgress),
        pending(5, StatusName::Cancelled),
        pending(6, StatusName::ConfirmationPending),
    ];
    let summary = Summary::of(&rows);
    assert_eq!((summary.candidates, summary.finished), (6, 2));
    assert_eq!(summary.statuses.get(&StatusName::TestFinished), Some(&2));
    assert_close(summary.completion_rate, 0.5);
    let score = summary.score.unwrap();
    assert_close(score.mean, 0.75);
    assert_close(score.median, 0.75);
    let counts: Vec<_> = summary
        .score_histogram
        .iter()
        .map(|bin| bin.count)
        .collect();
    assert_eq!(counts, [0, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
    assert_close(summary.time_used.unwrap().mean, 60.0);
    assert_eq!(summary.time_histogram.last().unwrap().count, 2);
}

#[test]
fn an_empty_campaign_has_a_summary() {
    let summary = Summary::of(&[]);
    assert_eq!(
        (summary.candidates, summary.completion_rate, summary.score),
        (0, None, None)
    );
    assert_eq!(summary.time_histogram, []);
}
