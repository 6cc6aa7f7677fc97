use crate::assessment::StatusName;
use crate::results::tests::{assert_close, finished, pending, table, tagged};

/// AS-17, ST-2: by hand: means 0.7 and 0.3, both variances 0.02, so d = 0.4 / √0.02.
#[test]
fn groups_are_compared_with_the_rest() {
    let groups = table(vec![
        tagged(finished(1, &[80]), &["paris", "junior"]),
        tagged(finished(2, &[60]), &["paris"]),
        tagged(finished(3, &[40]), &["rome"]),
        finished(4, &[20]),
        tagged(pending(5, StatusName::Confirmed), &["paris"]),
        tagged(pending(6, StatusName::Declined), &["paris"]),
    ])
    .groups();
    let tags: Vec<_> = groups.iter().map(|group| group.tag.as_str()).collect();
    assert_eq!(tags, ["junior", "paris", "rome"]);
    let paris = &groups[1];
    assert_eq!(paris.candidates, 4);
    assert_close(paris.completion_rate, 2.0 / 3.0);
    assert_close(paris.score.as_ref().unwrap().mean, 0.7);
    assert_close(paris.difference, 0.4);
    assert_close(paris.effect_size, 0.4 / 0.02_f64.sqrt());
    assert_eq!(groups[0].effect_size, None);
}

#[test]
fn a_group_of_everybody_is_compared_with_nobody() {
    let rows = vec![
        tagged(finished(1, &[80]), &["all"]),
        tagged(finished(2, &[60]), &["all"]),
    ];
    let groups = table(rows).groups();
    assert_eq!((groups[0].difference, groups[0].effect_size), (None, None));
}
