//! Starts the programs that cargo has built beside this test.

use std::env;
use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::thread;

/// What a program did.
#[derive(Debug)]
pub struct Outcome {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Outcome {
    /// The output of a program that succeeds and complains about nothing.
    #[track_caller]
    pub fn succeeds(self) -> String {
        assert_eq!((self.code, self.err.as_str()), (Some(0), ""), "{self:?}");
        self.out
    }

    /// The output of a program that succeeds, and what it complains about.
    #[track_caller]
    pub fn succeeds_with_complaints(self) -> (String, String) {
        assert_eq!(self.code, Some(0), "{self:?}");
        (self.out, self.err)
    }

    /// The error of a program that fails with this exit code.
    #[track_caller]
    pub fn fails(self, code: i32) -> String {
        assert_eq!(self.code, Some(code), "{self:?}");
        assert!(!self.err.contains("panicked"), "{self:?}");
        self.err
    }

    /// Takes a command line that is refused, and says so before it says what is accepted.
    #[track_caller]
    pub fn refuses(self) -> String {
        let err = self.fails(2);
        let (complaint, usage) = err.split_once('\n').expect("two lines");
        assert!(usage.starts_with("usage: "), "{err}");
        complaint.to_owned()
    }
}

pub fn run(name: &str, words: &[&str]) -> Outcome {
    run_with(name, words, b"")
}

/// Runs a program that finds this on its standard input.
pub fn run_with(name: &str, words: &[&str], input: &[u8]) -> Outcome {
    let mut command = program(name);
    command
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    let output = thread::scope(|scope| {
        // A program that does not read all of it closes the pipe, which is its right.
        scope.spawn(move || drop(stdin.write_all(input)));
        child.wait_with_output().expect("the program ends")
    });
    outcome(output)
}

/// A program that goes on until it is asked to end, or is dropped.
pub struct Running {
    child: Child,
    out: BufReader<ChildStdout>,
}

pub fn start(name: &str, words: &[&str]) -> Running {
    launch(program(name), words)
}

/// As `start`, with few file descriptors to spend.
#[cfg(unix)]
pub fn start_with_descriptors(descriptors: u32, name: &str, words: &[&str]) -> Running {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("ulimit -n {descriptors} && exec \"$0\" \"$@\"")]);
    let program = program(name);
    command.arg(program.get_program()).args(program.get_args());
    launch(command, words)
}

fn launch(mut command: Command, words: &[&str]) -> Running {
    command
        .args(words)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let out = child.stdout.take().expect("it is piped");
    Running {
        child,
        out: BufReader::new(out),
    }
}

impl Running {
    /// The next line that it prints.
    pub fn line(&mut self) -> String {
        let mut line = String::new();
        self.out.read_line(&mut line).expect("it prints a line");
        line.trim_end().to_owned()
    }

    /// Presses Ctrl-C.
    #[cfg(unix)]
    pub fn interrupt(&self) {
        let process = self.child.id().to_string();
        let sent = Command::new("kill").args(["-INT", &process]).status();
        assert!(sent.expect("`kill` runs").success());
    }

    /// Waits for its end; gives what else it has printed.
    pub fn ends(mut self) -> Outcome {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        self.out.read_to_end(&mut out).expect("it prints");
        let mut errors = self.child.stderr.take().expect("it is piped");
        errors.read_to_end(&mut err).expect("it prints");
        let status = self.child.wait().expect("the program ends");
        outcome(Output {
            status,
            stdout: out,
            stderr: err,
        })
    }
}

impl Drop for Running {
    /// After a test that failed nothing of it goes on.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs a program whose output nobody reads.
pub fn run_unread(name: &str, words: &[&str]) -> Outcome {
    let (reader, writer) = io::pipe().expect("a pipe");
    drop(reader);
    let output = program(name).args(words).stdin(Stdio::null()).stdout(writer).output();
    outcome(output.expect("the program runs"))
}

/// Writes a file for a program to read.
pub fn file(name: &str, content: impl AsRef<[u8]>) -> String {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, content).expect("the directory is there");
    path.into_os_string().into_string().expect("the path is UTF-8")
}

fn outcome(output: Output) -> Outcome {
    let text = |bytes| String::from_utf8(bytes).expect("the output is UTF-8");
    Outcome {
        code: output.status.code(),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

fn program(name: &str) -> Command {
    let path = directory().join(format!("{name}{}", env::consts::EXE_SUFFIX));
    assert!(
        path.exists(),
        "{} is missing: `cargo build --examples` makes it",
        path.display()
    );
    if !ignores_interrupts() {
        return Command::new(path);
    }
    let mut command = Command::new("env");
    command.arg("--default-signal=INT").arg(path);
    command
}

/// Whether these tests were started so that Ctrl-C does not reach them, as shells start what runs in the background. Programs
/// inherit that, and heed it.
fn ignores_interrupts() -> bool {
    const SIGINT: u64 = 2;
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| mask & (1 << (SIGINT - 1)) != 0)
}

/// This test is `target/<profile>/deps/examples-..`, the programs are beside `deps`.
fn directory() -> PathBuf {
    let test = env::current_exe().expect("a test has a path");
    let profile = test.ancestors().nth(2).expect("a test is two directories deep");
    profile.join("examples")
}
