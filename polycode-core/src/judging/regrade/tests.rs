use uuid::Uuid;

use super::*;

const CONTENT: ContentId = ContentId(Uuid::from_u128(2));
const PRACTICE: AskedIn = AskedIn::practice(CONTENT);
const TEST: AskedIn = AskedIn::campaign(CampaignId(Uuid::from_u128(3)), CONTENT);

fn started(
    asked: AskedIn,
    (from, to): (u64, u64),
    running: Option<&Regrade>,
) -> Result<Regrade, Refusal> {
    let id = RegradeId(Uuid::from_u128(1));
    let versions = (Version(from), Version(to));
    let event = Regrade::decide_start(id, asked, versions, None, running)?;
    Ok(Regrade::begin(&event).unwrap())
}

/// The field that a start is refused for.
fn refused_for(asked: AskedIn, versions: (u64, u64)) -> String {
    match started(asked, versions, None).unwrap_err() {
        Refusal::Invalid(problems) => problems[0].field.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_regrade_goes_from_an_older_version_to_the_newest_one_at_a_time() {
    for versions in [(0, 2), (2, 2), (3, 2)] {
        assert_eq!(refused_for(PRACTICE, versions), "from");
        assert_eq!(refused_for(TEST, versions), "to");
    }
    let running = started(PRACTICE, (1, 2), None).unwrap();
    let second = started(PRACTICE, (1, 3), Some(&running)).unwrap_err();
    assert_eq!(second.code(), "already_done");
}

#[test]
fn what_the_newest_version_judged_is_not_taken() {
    let regrade = started(TEST, (2, 4), None).unwrap();
    let taken: Vec<_> = (1..6).filter(|by| regrade.takes(Version(*by))).collect();
    assert_eq!(taken, [2, 3]);
}

#[test]
fn one_regrade_goes_on_of_each_place_in_which_a_content_is_asked() {
    let lists = |asked| {
        let regrade = started(asked, (1, 2), None).unwrap();
        let terms = regrade.terms().into_iter();
        let names: Vec<_> = terms.map(|term| (term.name, term.value)).collect();
        names
    };
    let (content, campaign) = (CONTENT.to_string(), TEST.campaign.unwrap().to_string());
    let place = format!("{campaign} {content}");
    let running = ("running", String::new());
    let expected = [
        ("content", content.clone()),
        ("running in", content),
        running,
    ];
    assert_eq!(lists(PRACTICE), expected);
    let running = ("running", String::new());
    let expected = [("campaign", campaign), ("running in", place), running];
    assert_eq!(lists(TEST), expected);
}

#[test]
fn every_submission_is_passed_once_and_in_order() {
    let submission = |number| SubmissionId(Uuid::from_u128(number));
    let mut regrade = started(PRACTICE, (1, 2), None).unwrap();
    for (number, outcome) in [
        (3, RegradeOutcome::Raised),
        (5, RegradeOutcome::Same),
        (7, RegradeOutcome::Raised),
    ] {
        let passed = regrade.decide_pass(submission(number), outcome).unwrap();
        regrade = regrade.apply(&passed);
        assert_eq!(regrade.decide_pass(submission(number), outcome), None);
        assert_eq!(regrade.decide_pass(submission(2), outcome), None);
    }
    assert_eq!((regrade.counts.raised, regrade.counts.same), (2, 1));
    let finished = regrade.decide_finish(Timestamp::UNIX_EPOCH).unwrap();
    let regrade = regrade.apply(&finished);
    assert_eq!(regrade.decide_finish(Timestamp::UNIX_EPOCH), None);
    let late = regrade.decide_pass(submission(9), RegradeOutcome::Same);
    assert_eq!(late, None);
    assert_eq!(regrade.terms().len(), 1, "another may begin");
}
