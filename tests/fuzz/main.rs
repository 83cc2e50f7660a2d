//! The fuzzer: random programs, each compiled as rustc's own coroutine and through `#[coro]`, and compared in every way in
//! which the suite compares.
//!
//! - `UNAWAIT_FUZZ=1000..2000` runs the programs of other seeds, `UNAWAIT_FUZZ=1234,77` those of these; `UNAWAIT_FUZZ=1234` that
//!   of one, and makes it small if it is a finding.
//! - `UNAWAIT_FUZZ_ALSO=CopiedParts,..` turns on shapes that are known to differ (see `switches.rs`).

mod generate;
mod program;
mod project;
mod random;
mod refusals;
mod report;
mod sabotage;
mod shrink;
mod switches;

use std::collections::BTreeMap;
use std::env;

use program::Dialect;
use project::{Outcome, Project, Sources};
use report::Report;
use sabotage::Bug;
use switches::{Reason, Switch, Switches};

/// How many programs a plain `cargo test` runs.
const USUAL: u64 = 240;

#[test]
fn programs_agree() {
    let wanted = env::var("UNAWAIT_FUZZ").unwrap_or_else(|_| format!("0..{USUAL}"));
    let seeds = seeds(&wanted);
    let switches = Switches::with(&env::var("UNAWAIT_FUZZ_ALSO").unwrap_or_default());
    let project = Project::open();
    let report = Report::of(&project, &seeds, &switches);
    println!("{report}");
    for finding in &report.findings {
        println!("{finding}");
        if seeds.len() == 1 {
            println!("made small:\n{}", finding.shrunk(&project));
        }
    }
    // Otherwise a shape is not generated as Rust, and says nothing.
    assert!(
        seeds.len() < 40 || report.is_mostly_rust(),
        "too many are not accepted as plain Rust"
    );
    let seeds: Vec<_> = report.findings.iter().map(|finding| finding.program.seed).collect();
    assert!(seeds.is_empty(), "programs that are wrong: {seeds:?}");
}

/// Those of `1000..2000,7`.
fn seeds(wanted: &str) -> Vec<u64> {
    let seed = |text: &str| text.parse().expect("UNAWAIT_FUZZ has seeds and ranges of seeds");
    let range = |text: &str| match text.split_once("..") {
        Some((from, to)) => seed(from)..seed(to),
        None => seed(text)..seed(text) + 1,
    };
    wanted.split(',').flat_map(range).collect()
}

#[test]
fn a_seed_names_a_program() {
    for seed in 0..200 {
        let program = || generate::program(seed, &Switches::with("")).function();
        assert_eq!(program(), program());
    }
}

/// What is known to differ or to be refused is in the table, and goes when its row goes.
#[test]
fn what_is_known_is_a_row() {
    let readme = include_str!("../../README.md");
    let refused = refusals::CLASSES.iter().map(|class| class.reason);
    for reason in refused.chain(Switch::ALL.into_iter().filter_map(Switch::reason)) {
        let Reason::Row(row) = reason;
        assert!(
            readme.contains(&format!("\n| {row}")),
            "no row of README.md begins with: {row}"
        );
    }
}

/// So many programs are broken in each way.
const BROKEN: usize = 12;

#[test]
fn seeded_bugs_are_caught() {
    let switches = Switches::with("");
    let mut sources = BTreeMap::new();
    for bug in Bug::ALL {
        let planted = (0..300).filter_map(|seed| {
            let program = generate::program(seed, &switches);
            let machine = bug.planted(&program)?;
            let whole = program.sources(format!("whole_{seed}"), Dialect::Stable);
            let name = format!("{bug:?}_{seed}").to_lowercase();
            let broken = Sources {
                machine,
                name: name.clone(),
                ..whole.clone()
            };
            Some([(whole.name.clone(), whole), (name, broken)])
        });
        sources.extend(planted.take(BROKEN).flatten());
    }
    let outcomes = Project::open().judge(&sources.into_values().collect::<Vec<_>>());
    let mut caught = BTreeMap::new();
    for bug in Bug::ALL {
        let prefix = format!("{bug:?}_").to_lowercase();
        // Only what is right without the bug says anything.
        let planted = outcomes.iter().filter(|(name, _)| {
            let seed = name.strip_prefix(&prefix);
            seed.is_some_and(|seed| outcomes.get(&format!("whole_{seed}")) == Some(&Outcome::Same))
        });
        let found = |outcome: &Outcome| matches!(outcome, Outcome::Differs(_) | Outcome::Died(_));
        let found = planted.clone().filter(|(_, outcome)| found(outcome)).count();
        let compiled = planted
            .filter(|(_, outcome)| !matches!(outcome, Outcome::Refused(_)))
            .count();
        caught.insert(bug, (found, compiled));
    }
    println!("caught, of those that compile: {caught:?}");
    let missed: Vec<_> = caught.iter().filter(|(_, (found, _))| *found == 0).collect();
    assert!(missed.is_empty(), "bugs that nothing shows: {missed:?}");
}
