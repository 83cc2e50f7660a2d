//! Runs the bench a few times and prints its results as tables, in Markdown: of the generators, of the futures, of the sizes
//! of more futures.
//!
//! ```text
//! cargo run -p unawait-bench                      # three rounds
//! cargo run -p unawait-bench -- 9                 # nine, for a machine that is busy with other things
//! cargo run -p unawait-bench -- 9 --instructions  # and what each item costs in instructions: needs valgrind
//! cargo run -p unawait-bench -- 9 chain echo      # only workloads whose names begin so
//! ```

use std::collections::HashMap;
use std::env;
use std::error::Error;
use std::process::{Command, Stdio};

type Result<T, E = Box<dyn Error>> = std::result::Result<T, E>;

/// One row of the table, as the bench names it.
struct Machine {
    workload: String,
    peer: String,
    bytes: u64,
    /// How many one run makes.
    items: f64,
}

/// In the bench's words: a consumer that can inline the machine, and one that has a trait object.
const MODES: [&str; 2] = ["static", "dyn"];

/// The workload, the mode, the peer.
type Case = (String, String, String);

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let rounds = arguments.iter().find_map(|word| word.parse().ok()).unwrap_or(3);
    let instructions = arguments.iter().any(|word| word == "--instructions");

    let names: Vec<&String> = arguments
        .iter()
        .filter(|word| word.starts_with(char::is_alphabetic))
        .collect();
    let named = |workload: &str| names.is_empty() || names.iter().any(|name| workload.starts_with(name.as_str()));

    let bench = build()?;
    let mut machines = machines(&output(Command::new(&bench).arg("--sizes"))?)?;
    machines.retain(|machine| named(&machine.workload));
    let corpus = output(Command::new(&bench).arg("--corpus"))?;
    let times = times(&bench, rounds, &names)?;
    let counts = if instructions {
        counts(&bench, &machines)?
    } else {
        HashMap::new()
    };
    let is_future = |machine: &Machine| {
        machines
            .iter()
            .any(|other| other.is_rustcs() && other.workload == machine.workload)
    };
    let (futures, generators): (Vec<_>, Vec<_>) = machines.iter().partition(|machine| is_future(machine));
    print(&generators, ["generator", "hand"], &times, &counts);
    print(&futures, ["future", "rustc"], &times, &counts);
    print_corpus(&corpus)
}

fn output(command: &mut Command) -> Result<String> {
    let output = command.stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(format!("{command:?}: {}", output.status).into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// The path of the executable, which cargo tells in a line of JSON.
fn build() -> Result<String> {
    let cargo = env::var("CARGO").unwrap_or("cargo".into());
    let words = "bench -q -p unawait-bench --bench workloads --no-run --message-format json";
    let messages = output(Command::new(cargo).args(words.split(' ')))?;
    let message = messages.lines().find(|line| line.contains("\"name\":\"workloads\""));
    let executable = message.and_then(|line| line.split("\"executable\":\"").nth(1));
    let path = executable.and_then(|rest| rest.split('"').next());
    Ok(path.ok_or("cargo has built no executable")?.to_string())
}

fn machines(sizes: &str) -> Result<Vec<Machine>> {
    let machine = |line: &str| {
        let [workload, peer, bytes, items] = line.split('\t').collect::<Vec<_>>()[..] else {
            return Err(format!("not a line of sizes: {line}").into());
        };
        let (workload, peer) = (workload.to_string(), peer.to_string());
        Ok(Machine {
            workload,
            peer,
            bytes: bytes.parse()?,
            items: items.parse()?,
        })
    };
    sizes.lines().map(machine).collect()
}

/// The median over the rounds of each round's fastest sample, in nanoseconds.
///
/// Of the samples of one round the fastest is the one that nothing else on the machine has interrupted. Between the
/// rounds it differs by where the operating system has put the stack and the heap: there the median is fair.
fn times(bench: &str, rounds: usize, names: &[&String]) -> Result<HashMap<Case, f64>> {
    let mut all: HashMap<Case, Vec<f64>> = HashMap::new();
    for round in 1..=rounds {
        eprintln!("round {round} of {rounds}");
        for (case, time) in fastest(&output(Command::new(bench).arg("--bench").args(names))?) {
            all.entry(case).or_default().push(time);
        }
    }
    let median = |(case, mut times): (Case, Vec<f64>)| {
        times.sort_by(f64::total_cmp);
        (case, times[times.len() / 2])
    };
    Ok(all.into_iter().map(median).collect())
}

/// Reads divan's tree: a workload, in it the modes, in these the peers, each with its fastest time first.
fn fastest(tree: &str) -> Vec<(Case, f64)> {
    let mut path: Vec<&str> = Vec::new();
    let mut found = Vec::new();
    for line in tree.lines() {
        let Some((depth, row)) = branch(line) else { continue };
        let first = row.split('│').next().unwrap_or_default();
        let (name, time) = first.split_once("  ").unwrap_or((first, ""));
        path.truncate(depth);
        path.push(name.trim());
        if let [.., workload, mode, peer] = path[..]
            && let Some(time) = nanoseconds(time)
        {
            found.push(((workload.into(), mode.into(), peer.into()), time));
        }
    }
    found
}

/// How deep in the tree the line is, and what follows the branch. The lines of throughputs have none.
fn branch(mut line: &str) -> Option<(usize, &str)> {
    let mut depth = 0;
    loop {
        if let Some(row) = line.strip_prefix("├─ ").or(line.strip_prefix("╰─ ")) {
            return Some((depth, row));
        }
        line = line.strip_prefix("│  ").or(line.strip_prefix("   "))?;
        depth += 1;
    }
}

fn nanoseconds(time: &str) -> Option<f64> {
    let (number, unit) = time.trim().split_once(' ')?;
    let scale = match unit {
        "ns" => 1.0,
        "µs" => 1e3,
        "ms" => 1e6,
        "s" => 1e9,
        _ => return None,
    };
    Some(number.parse::<f64>().ok()? * scale)
}

/// Instructions per run: what a second run adds to a first one.
fn counts(bench: &str, machines: &[Machine]) -> Result<HashMap<Case, f64>> {
    let mut counts = HashMap::new();
    for machine in machines {
        for mode in MODES {
            let once = instructions(bench, machine, mode, "1")?;
            let twice = instructions(bench, machine, mode, "2")?;
            counts.insert(machine.case(mode), twice - once);
        }
    }
    Ok(counts)
}

fn instructions(bench: &str, machine: &Machine, mode: &str, times: &str) -> Result<f64> {
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null", bench, "--run"]);
    valgrind.args([machine.workload.as_str(), mode, machine.peer.as_str(), times]);
    let log = String::from_utf8(valgrind.output().map_err(|error| format!("valgrind: {error}"))?.stderr)?;
    let collected = log
        .split("Collected : ")
        .nth(1)
        .and_then(|rest| rest.split_whitespace().next());
    Ok(collected.ok_or_else(|| format!("valgrind: {log}"))?.parse()?)
}

impl Machine {
    /// What the others are compared with where the machines are futures.
    fn is_rustcs(&self) -> bool {
        self.peer == "rustc"
    }

    fn case(&self, mode: &str) -> Case {
        (self.workload.clone(), mode.into(), self.peer.clone())
    }

    /// Nanoseconds or instructions for one item.
    fn per_item(&self, mode: &str, of_runs: &HashMap<Case, f64>) -> Option<f64> {
        of_runs.get(&self.case(mode)).map(|run| run / self.items)
    }
}

/// A ratio is to the first row of the workload.
fn print(machines: &[&Machine], [kind, first]: [&str; 2], times: &HashMap<Case, f64>, counts: &HashMap<Case, f64>) {
    let Some(mut base) = machines.first() else { return };
    println!(
        "| workload | {kind} | static ns | x {first} | dyn ns | x {first} | static instr | x {first} | dyn instr | x {first} | bytes |"
    );
    println!("|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    for (index, machine) in machines.iter().enumerate() {
        let opens = index == 0 || machine.workload != base.workload;
        if opens {
            base = machine;
        }
        print!("| {} | {} |", if opens { &machine.workload } else { "" }, machine.peer);
        for (of_runs, digits) in [(times, 2), (counts, 0)] {
            for mode in MODES {
                let (own, other) = (machine.per_item(mode, of_runs), base.per_item(mode, of_runs));
                let ratio = own.zip(other).map(|(own, other)| own / other);
                print!(" {} | {} |", rounded(own, digits), rounded(ratio, 2));
            }
        }
        println!(" {} |", machine.bytes);
    }
    println!();
}

/// Of lines with a name, the bytes of `#[coro]`'s future, and of rustc's.
fn print_corpus(lines: &str) -> Result<()> {
    println!("| body | coro bytes | rustc bytes | x rustc |");
    println!("|---|---:|---:|---:|");
    for line in lines.lines() {
        let [name, coro, rustc] = line.split('\t').collect::<Vec<_>>()[..] else {
            return Err(format!("not a line of the corpus: {line}").into());
        };
        let ratio = coro.parse::<f64>()? / rustc.parse::<f64>()?;
        println!("| {name} | {coro} | {rustc} | {ratio:.2} |");
    }
    Ok(())
}

/// With so many digits behind the point if the number is small.
fn rounded(number: Option<f64>, digits: usize) -> String {
    match number {
        None => String::new(),
        Some(number) if number < 10.0 => format!("{number:.digits$}"),
        Some(number) if number < 100.0 => format!("{number:.*}", digits.saturating_sub(1)),
        Some(number) => format!("{number:.0}"),
    }
}
