//! The table that a measurement ends with.

/// What a figure should be.
pub(super) enum Goal {
    /// It is only shown.
    None,
    /// The figure, and the least that it should be.
    AtLeast(f64, f64),
    /// The figure, and what it should stay below.
    Below(f64, f64),
}

/// Rows of a measurement.
pub(super) struct Table {
    title: String,
    rows: Vec<(String, String, &'static str)>,
    missed: usize,
}

impl Table {
    pub(super) fn new(title: &str) -> Table {
        Table {
            title: title.to_owned(),
            rows: Vec::new(),
            missed: 0,
        }
    }

    /// One figure, as it is shown.
    pub(super) fn row(&mut self, what: &str, figure: String, goal: Goal) {
        let met = match goal {
            Goal::None => None,
            Goal::AtLeast(is, least) => Some(is >= least),
            Goal::Below(is, most) => Some(is < most),
        };
        let word = match met {
            None => "",
            Some(true) => "as it should be",
            Some(false) => "MISSED",
        };
        self.missed += usize::from(met == Some(false));
        self.rows.push((what.to_owned(), figure, word));
    }

    /// Prints it; how many goals were missed.
    pub(super) fn print(self) -> usize {
        println!("\n{}", self.title);
        for (what, figure, word) in self.rows {
            println!("  {what:<44}{figure:>24}  {word}");
        }
        self.missed
    }
}
