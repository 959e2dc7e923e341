//! What plots are drawn by: places and sizes, reckoned without a browser.

/// One piece of a stacked column, in the units of the drawing, from its upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece {
    /// Which of the stacked values.
    pub series: usize,
    /// From the left.
    pub x: f64,
    /// From above.
    pub y: f64,
    /// To the right.
    pub width: f64,
    /// Downwards.
    pub height: f64,
}

/// Columns side by side over the whole width, the highest as high as the drawing, each stacked from below. Nothing is drawn of a zero.
pub fn stacked<const N: usize>(columns: &[[u32; N]], width: f64, height: f64) -> Vec<Piece> {
    let total = |column: &[u32; N]| column.iter().copied().map(f64::from).sum::<f64>();
    let most = columns.iter().map(total).fold(1.0, f64::max);
    let step = width / f64::from(u32::try_from(columns.len()).unwrap_or(u32::MAX).max(1));
    let gap = if step > 6.0 { 2.0 } else { 0.4 };
    let mut pieces = Vec::new();
    let mut x = 0.0;
    for column in columns {
        let mut y = height;
        for (series, value) in column.iter().enumerate().filter(|(_, value)| **value > 0) {
            let part = f64::from(*value) / most * height;
            y -= part;
            pieces.push(Piece { series, x, y, width: step - gap, height: part });
        }
        x += step;
    }
    pieces
}

/// A part in whole per cent; none of nothing.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share is between 0 and 100")]
pub fn percent(part: u32, of: u32) -> Option<u32> {
    (of > 0).then(|| (f64::from(part) * 100.0 / f64::from(of)).round().clamp(0.0, 100.0) as u32)
}

/// How a share changed: "3 points more than before".
pub fn points(now: Option<u32>, before: Option<u32>) -> String {
    let (Some(now), Some(before)) = (now, before) else { return "nothing to compare with".to_owned() };
    let unit = if now.abs_diff(before) == 1 { "point" } else { "points" };
    match now.cmp(&before) {
        std::cmp::Ordering::Equal => "as before".to_owned(),
        std::cmp::Ordering::Greater => format!("{} {unit} more than before", now.abs_diff(before)),
        std::cmp::Ordering::Less => format!("{} {unit} less than before", now.abs_diff(before)),
    }
}

/// A number as it is read: "1,234,567".
pub fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{grouped, percent, points, stacked};

    #[test]
    fn the_highest_column_fills_the_height_and_pieces_stand_on_each_other() {
        let pieces = stacked(&[[3, 1], [2, 0], [0, 0]], 30.0, 100.0);
        assert_eq!(pieces.len(), 3, "nothing is drawn of a zero");
        assert!((pieces[0].y - 25.0).abs() < 1e-9 && (pieces[0].height - 75.0).abs() < 1e-9);
        assert!(pieces[1].y.abs() < 1e-9 && (pieces[1].height - 25.0).abs() < 1e-9);
        assert!((pieces[2].x - 10.0).abs() < 1e-9 && (pieces[2].height - 50.0).abs() < 1e-9);
        assert!(stacked::<2>(&[], 30.0, 100.0).is_empty());
    }

    #[test]
    fn shares_are_compared_in_points() {
        assert_eq!((percent(1, 3), percent(0, 0)), (Some(33), None));
        assert_eq!(points(Some(40), Some(39)), "1 point more than before");
        assert_eq!(points(Some(30), Some(39)), "9 points less than before");
        assert_eq!(
            (points(Some(1), Some(1)), points(None, Some(1))),
            ("as before".into(), "nothing to compare with".into())
        );
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }
}
