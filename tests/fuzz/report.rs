//! What came of many programs, for people to read.

use std::collections::BTreeMap;
use std::fmt::{self, Display};
use std::time::{Duration, Instant};

use crate::generate;
use crate::program::{Dialect, Program};
use crate::project::{Outcome, Project, Sources};
use crate::refusals;
use crate::shrink;
use crate::switches::{Reason, Switches};

/// So many programs are compiled at once.
const BATCH: usize = 600;

/// A program that is wrong, and how.
pub struct Finding {
    pub program: Program,
    pub outcome: Outcome,
}

/// Counts of outcomes.
#[derive(Default)]
pub struct Report {
    pub findings: Vec<Finding>,
    same: usize,
    /// What rustc refuses on both sides, and what is too long for the harness.
    invalid: usize,
    endless: usize,
    refused: BTreeMap<Reason, usize>,
    took: Duration,
}

impl Program {
    pub fn sources(&self, name: String, dialect: Dialect) -> Sources {
        Sources {
            name,
            oracle: self.oracle(dialect),
            machine: self.machine(),
            comparison: self.comparison(dialect),
        }
    }
}

impl Report {
    /// Generates, compiles and runs the programs of these seeds.
    pub fn of(project: &Project, seeds: &[u64], switches: &Switches) -> Self {
        let began = Instant::now();
        let mut report = Report::default();
        for seeds in seeds.chunks(BATCH) {
            let programs: Vec<_> = seeds.iter().map(|&seed| generate::program(seed, switches)).collect();
            let sources = programs
                .iter()
                .map(|program| program.sources(format!("p{}", program.seed), project.dialect));
            let mut outcomes = project.judge(&sources.collect::<Vec<_>>());
            for program in programs {
                let outcome = outcomes.remove(&format!("p{}", program.seed)).expect("each is judged");
                report.count(program, outcome);
            }
        }
        report.took = began.elapsed();
        report
    }

    fn count(&mut self, program: Program, outcome: Outcome) {
        match &outcome {
            Outcome::Same => self.same += 1,
            Outcome::Invalid(_) => self.invalid += 1,
            Outcome::Differs(text) if text.ends_with("does not end") => self.endless += 1,
            Outcome::Refused(refusals) if let Some(reason) = refusals::reason(&program, refusals) => {
                *self.refused.entry(reason).or_default() += 1;
            }
            _ => self.findings.push(Finding { program, outcome }),
        }
    }

    /// Whether at most every eighth program is not accepted as plain Rust.
    pub fn is_mostly_rust(&self) -> bool {
        self.invalid * 8 <= self.total()
    }

    fn total(&self) -> usize {
        let refused: usize = self.refused.values().sum();
        self.same + self.invalid + self.endless + refused + self.findings.len()
    }
}

impl Display for Report {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total = self.total();
        let share = |count: usize| format!("{:5.1} %", 100.0 * count as f64 / total.max(1) as f64);
        let speed = total as f64 / self.took.as_secs_f64();
        writeln!(to, "{total} programs in {:.1?}, {speed:.1} a second", self.took)?;
        writeln!(to, "{} the same", share(self.same))?;
        writeln!(to, "{} not accepted as plain Rust", share(self.invalid))?;
        writeln!(to, "{} too long for the harness", share(self.endless))?;
        for (reason, count) in &self.refused {
            writeln!(to, "{} refused: {reason}", share(*count))?;
        }
        writeln!(to, "{} findings", share(self.findings.len()))
    }
}

impl Display for Finding {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seed = self.program.seed;
        writeln!(to, "== seed {seed}, {}", self.outcome.kind())?;
        writeln!(to, "{}\n{}", self.program.machine(), self.outcome.text())?;
        writeln!(
            to,
            "again, and made small: UNAWAIT_FUZZ={seed} cargo test --test fuzz -- --nocapture"
        )
    }
}

impl Finding {
    /// The smallest program found that is wrong in the same way.
    pub fn shrunk(&self, project: &Project) -> Finding {
        let mut smallest = Finding {
            program: self.program.clone(),
            outcome: self.outcome.clone(),
        };
        while let Some(smaller) = smallest.smaller(project) {
            smallest = smaller;
        }
        smallest
    }

    fn smaller(&self, project: &Project) -> Option<Finding> {
        for batch in shrink::cuts(&self.program).chunks(200) {
            let sources = batch.iter().enumerate();
            let sources: Vec<_> = sources
                .map(|(number, cut)| cut.sources(format!("cut{number}"), project.dialect))
                .collect();
            let mut outcomes = project.judge(&sources);
            for (number, program) in batch.iter().enumerate() {
                let outcome = outcomes.remove(&format!("cut{number}")).expect("each is judged");
                if self.outcome.is_like(&outcome) {
                    let program = program.clone();
                    return Some(Finding { program, outcome });
                }
            }
        }
        None
    }
}
