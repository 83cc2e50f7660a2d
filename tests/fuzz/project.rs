//! The cargo project below the target directory in which programs are compiled and run.
//!
//! It has a crate with what programs call, and a few crates of programs, a module for each: a crate of many modules is
//! compiled much sooner than many crates. An error is attributed to a program by the file it is in.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::thread;

use crate::program::Dialect;

/// So many programs are one crate.
const CRATE: usize = 60;

/// The two sides of a program and what compares them, as texts of modules.
#[derive(Debug, Clone)]
pub struct Sources {
    /// An identifier.
    pub name: String,
    pub oracle: String,
    pub machine: String,
    pub comparison: String,
}

/// What became of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Same,
    /// With both logs.
    Differs(String),
    /// The process ended: a panic while another one unwinds, or it did not come to an end.
    Died(String),
    /// rustc refuses the plain side.
    Invalid(Vec<Refusal>),
    /// The machine is refused.
    Refused(Vec<Refusal>),
}

impl Outcome {
    /// Whether the other one is wrong in the same way, as far as one can tell.
    pub fn is_like(&self, other: &Outcome) -> bool {
        match (self, other) {
            (Outcome::Refused(one), Outcome::Refused(other)) => {
                one[0].code == other[0].code && without_names(&one[0].message) == without_names(&other[0].message)
            }
            (Outcome::Differs(_), Outcome::Differs(other)) => !other.contains("does not end"),
            (Outcome::Died(_), Outcome::Died(_)) => true,
            _ => false,
        }
    }

    pub fn kind(&self) -> &'static str {
        match self {
            Outcome::Same => "the same",
            Outcome::Differs(_) => "differs",
            Outcome::Died(_) => "dies",
            Outcome::Invalid(_) => "refused by rustc as plain Rust",
            Outcome::Refused(_) => "refused",
        }
    }

    pub fn text(&self) -> String {
        match self {
            Outcome::Same => String::new(),
            Outcome::Differs(text) | Outcome::Died(text) => text.clone(),
            Outcome::Invalid(errors) | Outcome::Refused(errors) => {
                let lines = errors
                    .iter()
                    .map(|error| format!("{}: {} {}", error.line, error.code, error.message));
                lines.collect::<Vec<_>>().join("\n")
            }
        }
    }
}

/// A message without what it quotes.
fn without_names(message: &str) -> String {
    message.split('`').step_by(2).collect()
}

/// An error of a compiler: its code, if it has one, and the first line of its message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub code: String,
    pub message: String,
    pub line: usize,
}

/// What programs need for the generators of nightly.
const NIGHTLY: &str =
    "#![feature(async_iterator, coroutine_trait, coroutines, gen_blocks, stmt_expr_attributes, yield_expr)]\n";

/// Which modules are compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sides {
    Oracle,
    Both,
}

pub struct Project {
    root: PathBuf,
    /// `UNAWAIT_FUZZ_NIGHTLY` asks for the generators of nightly.
    pub dialect: Dialect,
    /// Held as long as the files are in use.
    _lock: File,
}

impl Project {
    /// The project, for this process alone.
    pub fn open() -> Self {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("it is below");
        // Another folder, so that two can run at once.
        let root = std::env::var_os("UNAWAIT_FUZZ_DIR").map_or(target.join("tests/fuzz"), PathBuf::from);
        fs::create_dir_all(&root).expect("the target directory can be written");
        let lock = File::create(root.join("lock")).expect("the target directory can be written");
        lock.lock().expect("the lock of the project");
        let dialect = match std::env::var_os("UNAWAIT_FUZZ_NIGHTLY") {
            Some(_) => Dialect::Nightly,
            None => Dialect::Stable,
        };
        let project = Project {
            root,
            dialect,
            _lock: lock,
        };
        project.write_support();
        project
    }

    /// Compiles and runs all programs.
    pub fn judge(&self, programs: &[Sources]) -> BTreeMap<String, Outcome> {
        let mut outcomes = BTreeMap::new();
        let crates: Vec<_> = programs.chunks(CRATE).collect();
        self.write_manifest(crates.len());
        for (number, programs) in crates.iter().enumerate() {
            self.write_crate(number, programs);
        }
        let invalid = self.accepted(&crates, Sides::Oracle, &BTreeMap::new());
        outcomes.extend(
            invalid
                .into_iter()
                .map(|(name, errors)| (name, Outcome::Invalid(errors))),
        );
        let refused = self.accepted(&crates, Sides::Both, &outcomes);
        outcomes.extend(
            refused
                .into_iter()
                .map(|(name, errors)| (name, Outcome::Refused(errors))),
        );
        let left: Vec<Vec<_>> = crates
            .iter()
            .map(|programs| names(programs, &outcomes).collect())
            .collect();
        let mut left: Vec<_> = left.into_iter().enumerate().collect();
        let others = left.split_off(left.len() / 2);
        let (mut ran, also) = thread::scope(|scope| {
            let also = scope.spawn(|| self.run_all(&others));
            (self.run_all(&left), also.join().expect("the programs run"))
        });
        ran.extend(also);
        outcomes.extend(ran);
        outcomes
    }

    /// Compiles without what is refused, until nothing is; gives the errors.
    fn accepted(
        &self,
        crates: &[&[Sources]],
        sides: Sides,
        without: &BTreeMap<String, Outcome>,
    ) -> BTreeMap<String, Vec<Refusal>> {
        let mut refused: BTreeMap<String, Vec<Refusal>> = BTreeMap::new();
        loop {
            for (number, programs) in crates.iter().enumerate() {
                let names: Vec<_> = names(programs, without)
                    .filter(|name| !refused.contains_key(*name))
                    .collect();
                self.write_main(number, &names, sides);
            }
            let output = self.cargo(if sides == Sides::Both { "build" } else { "check" });
            if output.status.success() {
                return refused;
            }
            let text = String::from_utf8_lossy(&output.stderr);
            let errors = errors(&text);
            assert!(!errors.is_empty(), "errors that are in no program:\n{text}");
            let before = refused.len();
            for (name, error) in errors {
                refused.entry(name).or_default().push(error);
            }
            assert!(refused.len() > before, "the errors stay:\n{text}");
        }
    }

    fn cargo(&self, command: &str) -> Output {
        let mut cargo = match self.dialect {
            Dialect::Stable => Command::new(env!("CARGO")),
            Dialect::Nightly => Command::new("rustup"),
        };
        if self.dialect == Dialect::Nightly {
            cargo.args(["run", "nightly", "cargo"]);
        }
        let output = cargo
            .args([
                command,
                "--offline",
                "--workspace",
                "--keep-going",
                "--message-format=short",
            ])
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", self.root.join("target"))
            .env("CARGO_TERM_COLOR", "never")
            .env_remove("RUSTFLAGS")
            .output();
        output.expect("cargo runs")
    }

    fn run_all(&self, crates: &[(usize, Vec<&str>)]) -> BTreeMap<String, Outcome> {
        let mut outcomes = BTreeMap::new();
        for (number, names) in crates {
            self.run(*number, names, &mut outcomes);
        }
        outcomes
    }

    /// Runs the programs of a crate; where the process dies, the ones behind that again.
    fn run(&self, number: usize, names: &[&str], outcomes: &mut BTreeMap<String, Outcome>) {
        let mut first = 0;
        while first < names.len() {
            let binary = self.root.join(format!("target/debug/programs_{number}"));
            let output = Command::new(binary).arg(first.to_string()).output();
            let output = output.expect("the binary was built");
            let text = String::from_utf8_lossy(&output.stdout);
            for report in text.split("@@ ").skip(1) {
                let (name, outcome) = report.trim_end().split_once(' ').expect("a name and an outcome");
                outcomes.insert(name.to_owned(), outcome_of(outcome));
                first += 1;
            }
            if first < names.len() && !text.trim_end().ends_with("stuck") {
                let text = String::from_utf8_lossy(&output.stderr);
                let last: Vec<_> = text.lines().rev().take(12).collect();
                let last: Vec<_> = last.into_iter().rev().collect();
                outcomes.insert(names[first].to_owned(), Outcome::Died(last.join("\n")));
                first += 1;
            }
        }
    }
}

fn outcome_of(text: &str) -> Outcome {
    match text {
        "same" => Outcome::Same,
        "stuck" => Outcome::Died("it does not come to an end".to_owned()),
        text => Outcome::Differs(text.trim_start_matches("differs\n").to_owned()),
    }
}

fn names<'a>(programs: &'a [Sources], without: &BTreeMap<String, Outcome>) -> impl Iterator<Item = &'a str> {
    let names = programs.iter().map(|program| program.name.as_str());
    names.filter(|name| !without.contains_key(*name))
}

/// The errors in programs: lines like `programs_0/src/p7/machine.rs:3:1: error[E0382]: message`.
fn errors(text: &str) -> Vec<(String, Refusal)> {
    let mut found = Vec::new();
    for line in text.lines() {
        let Some((path, message)) = line.split_once(": error") else {
            continue;
        };
        let Some((_, path)) = path.split_once("/src/") else {
            continue;
        };
        let Some((name, place)) = path.split_once('/') else {
            continue;
        };
        let Some((code, message)) = message.split_once(": ") else {
            continue;
        };
        let line = place.split(':').nth(1).and_then(|line| line.parse().ok());
        let refusal = Refusal {
            code: code.trim_matches(['[', ']']).to_owned(),
            message: message.to_owned(),
            line: line.unwrap_or(0),
        };
        found.push((name.to_owned(), refusal));
    }
    found
}

/// The files.
impl Project {
    fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        // What has not changed is not compiled again.
        if fs::read_to_string(&path).is_ok_and(|before| before == text) {
            return;
        }
        fs::create_dir_all(path.parent().expect("it is below")).expect("the target directory can be written");
        fs::write(&path, text).expect("the target directory can be written");
    }

    fn write_support(&self) {
        let root = env!("CARGO_MANIFEST_DIR");
        self.write(
            "support/Cargo.toml",
            &format!(
                "[package]\nname = \"support\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
                 [dependencies]\nunawait = {{ path = {:?} }}\n\
                 tokio = {{ version = \"1\", default-features = false, features = [\"macros\"] }}\n",
                format!("{root}/runtime")
            ),
        );
        let (features, native) = match self.dialect {
            Dialect::Stable => ("", String::new()),
            Dialect::Nightly => {
                let path = format!("{root}/tests/fuzz/support_nightly.rs");
                (NIGHTLY, format!("#[path = {path:?}] mod native; pub use native::*;\n"))
            }
        };
        let lib = format!(
            "#![allow(warnings)]
            {features}
            #[path = {:?}] pub mod harness;
            pub mod awaits {{ #[path = {:?}] pub mod harness; }}
            pub mod streams {{ #[path = {:?}] pub mod harness; }}
            #[path = {:?}] mod support;
            #[path = {:?}] mod types;
            pub use {{support::*, types::*}};\n{native}",
            format!("{root}/tests/suite/harness.rs"),
            format!("{root}/tests/suite/awaits/harness.rs"),
            format!("{root}/tests/suite/streams/harness.rs"),
            format!("{root}/tests/fuzz/support.rs"),
            format!("{root}/tests/fuzz/support_types.rs"),
        );
        self.write("support/src/lib.rs", &lib);
        let lock = fs::read_to_string(Path::new(root).join("Cargo.lock")).expect("the workspace has a lock file");
        let ours = fs::read_to_string(self.root.join("Cargo.lock"));
        if !ours.is_ok_and(|ours| ours.contains("\"tokio\"")) {
            self.write("Cargo.lock", &lock);
        }
    }

    fn write_manifest(&self, crates: usize) {
        let members: BTreeSet<_> = (0..crates).map(|number| format!("\"programs_{number}\"")).collect();
        let members: Vec<_> = members.into_iter().collect();
        // The macro and the harness run often, and are compiled once.
        let text = format!(
            "[workspace]\nresolver = \"3\"\nmembers = [\"support\", {}]\n\n\
             [profile.dev]\ndebug = false\nincremental = false\n\n\
             [profile.dev.build-override]\nopt-level = 1\n\n\
             [profile.dev.package.support]\nopt-level = 2\n",
            members.join(", ")
        );
        self.write("Cargo.toml", &text);
    }

    fn write_crate(&self, number: usize, programs: &[Sources]) {
        let root = env!("CARGO_MANIFEST_DIR");
        let manifest = format!(
            "[package]\nname = \"programs_{number}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [dependencies]\nsupport = {{ path = \"../support\" }}\nunawait = {{ path = {:?} }}\n",
            format!("{root}/runtime")
        );
        self.write(&format!("programs_{number}/Cargo.toml"), &manifest);
        for program in programs {
            let folder = format!("programs_{number}/src/{}", program.name);
            self.write(&format!("{folder}/oracle.rs"), &program.oracle);
            self.write(&format!("{folder}/machine.rs"), &program.machine);
            self.write(&format!("{folder}/comparison.rs"), &program.comparison);
        }
    }

    fn write_main(&self, number: usize, names: &[&str], sides: Sides) {
        let mut text = String::from("#![allow(warnings)]\n");
        if self.dialect == Dialect::Nightly {
            text += NIGHTLY;
        }
        let mut cases = String::new();
        for name in names {
            write!(text, "mod {name} {{ pub mod oracle; ").expect("a string takes all");
            if sides == Sides::Both {
                text += "pub mod machine; pub mod comparison; ";
                write!(cases, "({name:?}, {name}::comparison::run), ").expect("a string takes all");
            }
            text += "}\n";
        }
        match sides {
            Sides::Both => writeln!(text, "fn main() {{ support::run(&[{cases}]); }}"),
            Sides::Oracle => writeln!(text, "fn main() {{}}"),
        }
        .expect("a string takes all");
        self.write(&format!("programs_{number}/src/main.rs"), &text);
    }
}
