use proptest::prelude::*;

use super::*;

fn tokens(symbols: &[u64]) -> Vec<Token> {
    symbols
        .iter()
        .map(|symbol| Token {
            symbol: *symbol,
            line: 1,
        })
        .collect()
}

fn prints(winnowing: Winnowing, symbols: &[u64]) -> Fingerprints {
    let tokens = tokens(symbols);
    winnowing.fingerprints(&tokens, &vec![false; tokens.len()])
}

#[test]
fn grams_depend_on_their_own_tokens_only() {
    let winnowing = Winnowing { gram: 3, window: 1 };
    let grams = |symbols: &[u64]| winnowing.grams(&tokens(symbols)).collect::<Vec<_>>();
    let all = grams(&[9, 1, 2, 3, 4, 1, 2, 3]);
    assert_eq!(all.len(), 6);
    assert_eq!(all[1], all[5]);
    assert_eq!(grams(&[1, 2, 3]), [all[1]]);
    assert_ne!(grams(&[3, 2, 1]), [all[1]]);
    assert!(grams(&[1, 2]).is_empty());
}

#[test]
fn starter_code_has_no_fingerprints() {
    let winnowing = Winnowing { gram: 3, window: 2 };
    let starter = winnowing.starter([tokens(&[1, 2, 3, 4]).as_slice()]);
    let document = tokens(&[7, 8, 9, 1, 2, 3, 4, 9, 8, 7]);
    let given = winnowing.given(&document, &starter);
    let wanted = [
        false, false, false, true, true, true, true, false, false, false,
    ];
    assert_eq!(given, wanted);
    let places = winnowing.fingerprints(&document, &given).marks;
    assert!(
        places.iter().all(|(_, place)| [0, 7].contains(place)),
        "{places:?}"
    );
    let only_starter = tokens(&[1, 2, 3, 4]);
    let given = winnowing.given(&only_starter, &starter);
    assert_eq!(
        winnowing.fingerprints(&only_starter, &given),
        Fingerprints::default()
    );
}

#[test]
fn a_short_document_has_a_fingerprint() {
    let winnowing = Winnowing { gram: 3, window: 8 };
    assert_eq!(prints(winnowing, &[1, 2, 3, 4]).marks.len(), 1);
    assert_eq!(prints(winnowing, &[1, 2]), Fingerprints::default());
}

#[test]
fn settings_have_bounds() {
    assert_eq!(Winnowing::default().check(), Ok(()));
    for (gram, window) in [(1, 5), (101, 5), (5, 0), (5, 101)] {
        assert!(Winnowing { gram, window }.check().is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// The paper's guarantee: a run of gram + window - 1 tokens in common is never missed.
    #[test]
    fn no_long_match_is_missed(
        (gram, window) in (2_u32..6, 1_u32..6),
        (before, after) in (prop::collection::vec(0_u64..4, 0..30), prop::collection::vec(0_u64..4, 0..30)),
        (left, right) in (prop::collection::vec(4_u64..8, 0..30), prop::collection::vec(4_u64..8, 0..30)),
        common in prop::collection::vec(0_u64..8, 10),
    ) {
        let common = &common[..(gram + window - 1) as usize];
        let winnowing = Winnowing { gram, window };
        let one = prints(winnowing, &[&before, common, &after].concat());
        let other = prints(winnowing, &[&left, common, &right].concat());
        let hashes: HashSet<u64> = one.marks.iter().map(|(hash, _)| *hash).collect();
        prop_assert!(other.marks.iter().any(|(hash, _)| hashes.contains(hash)));
    }

    /// Every window of grams has a fingerprint in it, at its right place.
    #[test]
    fn every_window_is_covered(
        (gram, window) in (2_u32..6, 1_u32..6),
        symbols in prop::collection::vec(0_u64..5, 0..60),
    ) {
        let winnowing = Winnowing { gram, window };
        let grams: Vec<_> = winnowing.grams(&tokens(&symbols)).collect();
        let marks = prints(winnowing, &symbols).marks;
        prop_assert!(marks.is_sorted_by_key(|(_, place)| *place));
        prop_assert!(marks.iter().all(|(hash, place)| grams[*place as usize] == *hash));
        for start in 0..(grams.len() + 1).saturating_sub(window as usize) {
            let covered = start..start + window as usize;
            prop_assert!(marks.iter().any(|(_, place)| covered.contains(&(*place as usize))));
        }
    }
}
