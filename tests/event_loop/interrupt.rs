//! Ctrl-C, in a process of its own: each test starts itself again, as a program that it then interrupts.
#![cfg(unix)]

use std::future::pending;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread;
use std::time::Duration;

use unawait::event_loop::{RunError, run};
use unawait::task::{spawn, spawn_blocking};
use unawait::time::sleep;

const PROGRAM: &str = "UNAWAIT_TEST_PROGRAM";

/// Whether this process is the program.
fn is_program() -> bool {
    std::env::var_os(PROGRAM).is_some()
}

struct Program {
    child: Child,
    lines: BufReader<ChildStdout>,
}

/// Starts the test of this name again, as a program.
fn start(test: &str) -> Program {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "--nocapture", test])
        .env(PROGRAM, "1")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap());
    Program { child, lines }
}

impl Program {
    /// Reads until a line that the program says, and gives the others that it said before.
    fn said_until(&mut self, last: &str) -> Vec<String> {
        let lines = self.lines.by_ref().lines().map(Result::unwrap);
        let said = lines.filter_map(|line| line.strip_prefix("say: ").map(str::to_owned));
        said.take_while(|line| line != last).collect()
    }

    fn interrupt(&self) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    }

    fn code(mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }
}

fn say(what: &str) {
    // The first line of a test has its name in front.
    println!("\nsay: {what}");
}

struct Says(&'static str);

impl Drop for Says {
    fn drop(&mut self) {
        say(self.0);
    }
}

#[test]
fn ends_run_and_drops_the_locals_of_main_first() {
    if !is_program() {
        let mut program = start("interrupt::ends_run_and_drops_the_locals_of_main_first");
        assert!(program.said_until("ready").is_empty());
        program.interrupt();
        assert_eq!(program.said_until("interrupted"), ["main drops", "task drops"]);
        // `run` may be called again, and interrupted again.
        assert!(program.said_until("again").is_empty());
        program.interrupt();
        assert!(program.said_until("twice").is_empty());
        assert_eq!(program.code(), Some(0));
        return;
    }
    let result = run(async {
        let _main = Says("main drops");
        spawn(async {
            let _task = Says("task drops");
            pending::<()>().await;
        })
        .detach();
        let job = spawn_blocking(|| thread::sleep(Duration::from_secs(60)));
        sleep(Duration::ZERO).await;
        say("ready");
        job.await;
    });
    assert!(matches!(result, Err(RunError::Interrupted)), "{result:?}");
    say("interrupted");
    let result = run(async {
        say("again");
        sleep(Duration::from_secs(60)).await;
    });
    assert!(matches!(result, Err(RunError::Interrupted)), "{result:?}");
    say("twice");
}

#[test]
fn ends_the_program_when_no_loop_is_left() {
    if !is_program() {
        let mut program = start("interrupt::ends_the_program_when_no_loop_is_left");
        program.said_until("ready");
        program.interrupt();
        assert!(program.said_until("never").is_empty());
        assert_eq!(program.code(), Some(130));
        return;
    }
    run(async {}).unwrap();
    say("ready");
    thread::sleep(Duration::from_secs(60));
    say("never");
}

#[test]
fn twice_ends_a_program_whose_step_blocks() {
    if !is_program() {
        let mut program = start("interrupt::twice_ends_a_program_whose_step_blocks");
        program.said_until("ready");
        program.interrupt();
        // Signals do not queue: the first one has to have been seen.
        thread::sleep(Duration::from_millis(200));
        program.interrupt();
        assert!(program.said_until("never").is_empty());
        assert_eq!(program.code(), Some(130));
        return;
    }
    let _ = run(async {
        say("ready");
        thread::sleep(Duration::from_secs(60));
    });
    say("never");
}
