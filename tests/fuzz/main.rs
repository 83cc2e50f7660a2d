//! The fuzzer: random programs, each compiled as rustc's own coroutine and through `#[coro]`, and compared in every way in
//! which the suite compares.

mod generate;
mod program;
mod project;
mod random;
mod shrink;
mod switches;

use project::{Outcome, Project, Sources};
use switches::Switches;

fn sources(program: &program::Program) -> Sources {
    Sources {
        name: format!("p{}", program.seed),
        oracle: program.oracle(),
        machine: program.machine(),
        comparison: program.comparison(),
    }
}

#[test]
fn programs_agree() {
    let range = std::env::var("UNAWAIT_FUZZ").unwrap_or("0..300".to_owned());
    let (from, to) = range.split_once("..").unwrap();
    let switches = Switches::with("");
    let programs: Vec<_> = (from.parse::<u64>().unwrap()..to.parse().unwrap())
        .map(|seed| generate::program(seed, &switches))
        .collect();
    let sources: Vec<_> = programs.iter().map(sources).collect();
    let began = std::time::Instant::now();
    let project = Project::open();
    let outcomes = project.judge(&sources);
    let mut counts = std::collections::BTreeMap::<&str, usize>::new();
    for (name, outcome) in &outcomes {
        let kind = match outcome {
            Outcome::Same => "same",
            Outcome::Differs(text) => {
                println!("== {name} differs {text}");
                "differs"
            }
            Outcome::Died(text) => {
                println!("== {name} died {text}");
                "died"
            }
            Outcome::Invalid(text) => {
                println!("== {name} invalid {text:?}");
                "invalid"
            }
            Outcome::Refused(text) => {
                println!("== {name} refused {text:?}");
                "refused"
            }
        };
        *counts.entry(kind).or_default() += 1;
    }
    println!("{counts:?} in {:?}", began.elapsed());
}

/// Makes programs that are wrong as small as possible.
fn shrunk(project: &Project, program: &program::Program, wrong: &Outcome) -> program::Program {
    let mut smallest = program.clone();
    'rounds: loop {
        for batch in shrink::cuts(&smallest).chunks(240) {
            let named = |(number, cut): (usize, &program::Program)| Sources {
                name: format!("cut{number}"),
                ..sources(cut)
            };
            let all: Vec<_> = batch.iter().enumerate().map(named).collect();
            let outcomes = project.judge(&all);
            let still = (0..batch.len()).find(|number| wrong.is_like(&outcomes[&format!("cut{number}")]));
            if let Some(number) = still {
                smallest = batch[number].clone();
                println!("{}", shrink::size(&smallest));
                continue 'rounds;
            }
        }
        return smallest;
    }
}

#[test]
#[ignore]
fn shrink_one() {
    let project = Project::open();
    let switches = Switches::with("");
    for seed in std::env::var("UNAWAIT_FUZZ").unwrap().split(',') {
        let program = generate::program(seed.parse().unwrap(), &switches);
        let outcomes = project.judge(&[sources(&program)]);
        let outcome = outcomes.into_values().next().unwrap();
        let small = shrunk(&project, &program, &outcome);
        let outcomes = project.judge(&[sources(&small)]);
        println!("#### {seed}\n{}\n{}", small.function(), outcomes.into_values().next().unwrap().text());
    }
}
