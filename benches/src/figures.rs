//! The table that is printed: one figure a line, its budget and whether it is met.

use std::io::{self, Write};
use std::process::ExitCode;

/// What a figure has to be.
#[derive(Debug, Clone, Copy)]
pub enum Budget {
    /// At least this.
    AtLeast(f64),
    /// Below this.
    Below(f64),
    /// Printed to be known; nothing is promised.
    None,
}

impl Budget {
    fn is_met(self, value: f64) -> Option<bool> {
        match self {
            Self::AtLeast(least) => Some(value >= least),
            Self::Below(limit) => Some(value < limit),
            Self::None => None,
        }
    }

    fn in_words(self, unit: &str) -> String {
        match self {
            Self::AtLeast(least) => format!("at least {}", amount(least, unit)),
            Self::Below(limit) => format!("below {}", amount(limit, unit)),
            Self::None => String::new(),
        }
    }
}

/// Prints figures as they come.
#[derive(Debug)]
pub struct Figures {
    met: usize,
    budgets: usize,
}

impl Figures {
    /// Begins with a line on what is measured.
    pub fn start(what: &str) -> io::Result<Self> {
        print(&format!("benchmark: {what}"))?;
        Ok(Self { met: 0, budgets: 0 })
    }

    /// Begins a group.
    pub fn heading(&mut self, name: &str) -> io::Result<()> {
        print(&format!("\n{name}"))
    }

    /// A line without a figure.
    pub fn note(&mut self, text: &str) -> io::Result<()> {
        print(&format!("      {text}"))
    }

    /// One figure with its unit and budget.
    pub fn add(&mut self, name: &str, value: f64, unit: &str, budget: Budget) -> io::Result<()> {
        let mark = match budget.is_met(value) {
            Some(true) => "ok  ",
            Some(false) => "OVER",
            None => "    ",
        };
        if let Some(met) = budget.is_met(value) {
            self.budgets += 1;
            self.met += usize::from(met);
        }
        let line = format!("{mark}  {name:<46} {:>16}   {}", amount(value, unit), budget.in_words(unit));
        print(line.trim_end())
    }

    /// Ends with the sum; the exit status tells whether every budget is met.
    pub fn finish(self) -> anyhow::Result<ExitCode> {
        print(&format!("\n{} of {} budgets met", self.met, self.budgets))?;
        Ok(if self.met == self.budgets { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// A number as a person reads it: whole above a hundred, with its unit.
fn amount(value: f64, unit: &str) -> String {
    let digits = if value >= 100.0 {
        0
    } else if value >= 10.0 {
        1
    } else {
        2
    };
    let number = format!("{value:.digits$}");
    let (whole, fraction) = number.split_once('.').unwrap_or((&number, ""));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let fraction = if fraction.is_empty() { String::new() } else { format!(".{fraction}") };
    format!("{grouped}{fraction} {unit}").trim_end().to_owned()
}

fn print(line: &str) -> io::Result<()> {
    let mut output = io::stdout().lock();
    writeln!(output, "{line}")?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!(amount(1_234_567.4, "rows/s"), "1,234,567 rows/s");
        assert_eq!(amount(0.256, ""), "0.26");
        assert_eq!(amount(42.25, "ms"), "42.2 ms");
    }

    #[test]
    fn budgets_are_kept_or_not() {
        assert_eq!(Budget::Below(30.0).is_met(30.0), Some(false));
        assert_eq!(Budget::AtLeast(0.25).is_met(0.25), Some(true));
        assert_eq!(Budget::None.is_met(1.0), None);
    }

    #[test]
    fn one_budget_missed_is_a_failure() {
        let mut figures = Figures { met: 0, budgets: 0 };
        figures.add("a", 1.0, "ms", Budget::Below(2.0)).unwrap();
        figures.add("b", 3.0, "ms", Budget::Below(2.0)).unwrap();
        assert_eq!((figures.met, figures.budgets), (1, 2));
    }
}
