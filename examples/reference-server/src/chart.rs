//! ST-2: histograms as SVG, drawn from the figures that core worked out.

use std::fmt::Write;

use polycode_core::results::Bin;

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 320.0;
const MARGIN: f64 = 40.0;

/// How many candidates reached which grade; bins are shares from 0 to 1.
pub(crate) fn of_scores(bins: &[Bin]) -> String {
    draw(bins, "Grades", share)
}

/// How many candidates worked how long; bins are in seconds.
pub(crate) fn of_times(bins: &[Bin]) -> String {
    draw(bins, "Time used", minutes)
}

/// A share from 0 to 1 in percent.
pub(crate) fn share(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// Seconds in minutes.
pub(crate) fn minutes(seconds: f64) -> String {
    format!("{:.0} min", seconds / 60.0)
}

fn draw(bins: &[Bin], title: &str, label: impl Fn(f64) -> String) -> String {
    let most = bins.iter().map(|bin| bin.count).max().unwrap_or(0).max(1);
    let number = u32::try_from(bins.len()).map_or(1.0, f64::from).max(1.0);
    let step = (WIDTH - 2.0 * MARGIN) / number;
    let floor = HEIGHT - MARGIN;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" \
         font-family=\"sans-serif\" font-size=\"12\"><title>{title}</title>\
         <text x=\"{MARGIN}\" y=\"20\" font-size=\"16\">{title}</text>"
    );
    let mut left = MARGIN;
    for bin in bins {
        let height = (floor - MARGIN) * ratio(bin.count, most);
        let (top, middle, width) = (floor - height, left + step / 2.0, step - 4.0);
        // Writing to a text can't fail.
        let _ = write!(
            svg,
            "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" \
             fill=\"#3b6ea5\"/><text x=\"{middle:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>\
             <text x=\"{left:.1}\" y=\"{:.1}\">{}</text>",
            top - 4.0,
            bin.count,
            floor + 16.0,
            label(bin.from),
        );
        left += step;
    }
    let _ = write!(
        svg,
        "<line x1=\"{MARGIN}\" y1=\"{floor}\" x2=\"{:.1}\" y2=\"{floor}\" stroke=\"#333\"/></svg>",
        WIDTH - MARGIN
    );
    svg
}

#[expect(clippy::cast_precision_loss, reason = "nobody has 2^52 candidates")]
pub(crate) fn ratio(part: u64, whole: u64) -> f64 {
    part as f64 / whole as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_bar_is_as_high_as_the_chart() {
        let bins = [(0.0, 1), (0.5, 4)].map(|(from, count)| Bin {
            from,
            to: from + 0.5,
            count,
        });
        let svg = of_scores(&bins);
        assert!(
            svg.contains("y=\"40.0\" width=\"276.0\" height=\"240.0\""),
            "{svg}"
        );
        assert!(
            svg.contains("height=\"60.0\"") && svg.contains(">50 %<"),
            "{svg}"
        );
    }

    #[test]
    fn nobody_makes_no_bars() {
        assert!(!of_times(&[]).contains("<rect"));
    }
}
