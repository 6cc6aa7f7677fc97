use uuid::Uuid;

use super::*;
use crate::assessment::StatusName;
use crate::results::tests::{assert_close, finished, pending, table};

fn detailed(rows: Vec<ResultRow>) -> DetailedReport {
    table(rows).detailed_report(CampaignId(Uuid::nil()), Timestamp::UNIX_EPOCH)
}

/// ST-5, ST-6: the best first, equal grades with the same place and percentile, no grade last.
#[test]
fn candidates_are_placed() {
    let report = detailed(vec![
        finished(1, &[50]),
        pending(2, StatusName::TestInProgress),
        finished(3, &[0]),
        finished(4, &[100]),
        finished(5, &[50]),
    ]);
    let places: Vec<_> = report
        .candidates
        .iter()
        .map(|one| (one.row.candidate.0.as_u128(), one.rank))
        .collect();
    assert_eq!(
        places,
        [
            (4, Some(1)),
            (1, Some(2)),
            (5, Some(2)),
            (3, Some(4)),
            (2, None)
        ]
    );
    let percentiles: Vec<_> = report
        .candidates
        .iter()
        .filter_map(|one| one.percentile)
        .collect();
    for (percentile, wanted) in percentiles.iter().zip([87.5, 50.0, 50.0, 12.5]) {
        assert_close(*percentile, wanted);
    }
    let best = &report.candidates[0].questions;
    assert_close(best[0].beside_mean, 0.5);
    assert_eq!(report.candidates[4].questions, []);
}

/// ST-4: the general report holds no candidate.
#[test]
fn the_general_report_names_nobody() {
    let table = table(vec![finished(1, &[50]), finished(2, &[70])]);
    let report = table.general_report(CampaignId(Uuid::nil()), Timestamp::UNIX_EPOCH);
    let wire = serde_json::to_string(&report).unwrap();
    assert!(!wire.contains("Candidate 1"), "{wire}");
    assert_eq!(
        serde_json::from_str::<GeneralReport>(&wire).unwrap(),
        report
    );
}

#[test]
fn an_empty_campaign_has_a_report() {
    assert_eq!(detailed(Vec::new()).candidates, []);
}
