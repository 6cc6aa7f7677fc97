use proptest::prelude::*;

use super::*;
use crate::results::tests::assert_close;

/// ST-1: against R: `quantile(c(4, 1, 3, 2))` and `sd(1:4)`.
#[test]
fn quartiles_lie_between_the_nearest_values() {
    let four = Distribution::of(vec![4.0, 1.0, 3.0, 2.0]).unwrap();
    assert_close(four.mean, 2.5);
    assert_close(four.standard_deviation, 1.290_994_4);
    assert_close(four.first_quartile, 1.75);
    assert_close(four.median, 2.5);
    assert_close(four.third_quartile, 3.25);
    assert_close(four.min, 1.0);
    assert_close(four.max, 4.0);
    let five = Distribution::of(vec![15.0, 20.0, 35.0, 40.0, 50.0]).unwrap();
    assert_close(five.first_quartile, 20.0);
    assert_close(five.median, 35.0);
    assert_close(five.third_quartile, 40.0);
}

#[test]
fn one_number_has_no_spread_and_none_no_distribution() {
    let one = Distribution::of(vec![7.0]).unwrap();
    assert_eq!((one.n, one.standard_deviation), (1, None));
    assert_close(one.first_quartile, 7.0);
    assert_eq!(Distribution::of(Vec::new()), None);
}

/// ST-2: a value on an edge lies in the bin that it begins; the last bin takes its end too.
#[test]
fn a_histogram_has_clear_edges() {
    let values = [0.0, 0.1, 0.1, 0.3, 0.7, 0.95, 1.0, 1.5];
    let counts: Vec<_> = histogram(&values, (0.0, 1.0), 10)
        .iter()
        .map(|bin| bin.count)
        .collect();
    assert_eq!(counts, [1, 2, 0, 1, 0, 0, 0, 1, 0, 2]);
}

/// Pearson's correlation of (1, 2, 3, 5, 8) and (0.11, 0.12, 0.13, 0.15, 0.18) is 1.
#[test]
fn correlation_is_of_pearson() {
    let line = [
        (1.0, 0.11),
        (2.0, 0.12),
        (3.0, 0.13),
        (5.0, 0.15),
        (8.0, 0.18),
    ];
    let of = |pairs: &[(f64, f64)]| correlation(pairs.iter().copied());
    assert_close(of(&line), 1.0);
    let falling: Vec<_> = line.iter().map(|(x, y)| (*x, -y)).collect();
    assert_close(of(&falling), -1.0);
    assert_close(of(&[(1.0, 1.0), (2.0, 3.0), (3.0, 2.0)]), 0.5);
    assert_eq!(of(&[(1.0, 1.0), (1.0, 2.0)]), None);
    assert_eq!(of(&[]), None);
}

proptest! {
    #[test]
    fn a_distribution_is_in_order(values in prop::collection::vec(0.0_f64..1.0, 1..50)) {
        let d = Distribution::of(values.clone()).unwrap();
        let order = [d.min, d.first_quartile, d.median, d.third_quartile, d.max];
        prop_assert!(order.is_sorted());
        prop_assert!(d.min <= d.mean + 1e-9 && d.mean <= d.max + 1e-9);
        let counted: u64 = histogram(&values, (0.0, 1.0), 7).iter().map(|bin| bin.count).sum();
        prop_assert_eq!(counted, values.len() as u64);
    }
}
