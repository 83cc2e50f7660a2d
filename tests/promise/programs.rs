//! Random programs, and what Node.js logs when it runs them: `programs/node.mjs` has written both, and says how to read them.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt::Debug;
use std::rc::Rc;
use std::time::Duration;

use unawait::event_loop::{EventLoop, Report};
use unawait::prelude::*;
use unawait::promise::{BrokenPromise, Completion, Promise, Resolver, queue_microtask};
use unawait::task::spawn;
use unawait::time::sleep;

use crate::{Log, Text, run_microtasks};

const PROGRAMS: &str = include_str!("programs/programs.txt");
const TASKS: &str = include_str!("programs/tasks.txt");

/// A program that runs.
#[derive(Clone, Default)]
struct Program {
    log: Log,
    promises: Rc<RefCell<Vec<Text<()>>>>,
    resolvers: Rc<RefCell<HashMap<usize, Resolver<(), String>>>>,
}

impl Program {
    fn promise(&self, index: &str) -> Text<()> {
        self.promises.borrow()[index.parse::<usize>().unwrap()].clone()
    }

    fn push(&self, promise: Text<()>) {
        self.promises.borrow_mut().push(promise);
    }

    fn resolver(&self, index: &str) -> Resolver<(), String> {
        self.resolvers.borrow()[&index.parse().unwrap()].clone()
    }

    /// Settles by an operation `V`, `X` or `D`.
    fn settle(&self, operation: &[&str]) {
        match *operation {
            ["V", of] => self.resolver(of).resolve(()),
            ["X", of] => self.resolver(of).reject("x"),
            // Node's program has no such thing either.
            ["D", of, with] if of == with => false,
            ["D", of, with] => self.resolver(of).adopt(self.promise(with)),
            _ => unreachable!("{operation:?}"),
        };
    }

    /// What a callback does when it runs.
    fn act(&self, action: &[&str]) -> Completion<(), String> {
        let [kind, label, operands @ ..] = action else {
            unreachable!("{action:?}")
        };
        self.log.add(label);
        let inner = self.log.clone();
        let label = format!("{label}'");
        match (*kind, operands) {
            ("n", []) => {}
            ("t", []) => return Completion::Result(Err("x".to_owned())),
            ("q", []) => queue_microtask(move || inner.add(label)),
            ("R", []) => return Completion::Promise(Promise::resolve(())),
            ("p", [of]) => return Completion::Promise(self.promise(of)),
            ("T", [of]) => drop(self.promise(of).then(self.log.adder(label))),
            (kind, operands) => self.settle(&[&[kind], operands].concat()),
        }
        Completion::Result(Ok(()))
    }

    fn callback(&self, action: &[&'static str]) -> impl FnOnce() -> Completion<(), String> + use<> {
        let (program, action) = (self.clone(), action.to_vec());
        move || program.act(&action)
    }

    /// A promise that is fulfilled when `promise` is settled and that was logged.
    fn settled<T, E: Debug + From<BrokenPromise>>(&self, promise: Promise<T, E>, label: &'static str) -> Text<()> {
        let (end, resolver) = Text::with_resolvers();
        let (fulfilled, rejected) = (self.log.clone(), self.log.clone());
        let other = resolver.clone();
        promise
            .then(move |_| {
                fulfilled.add(label);
                resolver.resolve(());
            })
            .catch(move |_| {
                rejected.add(format!("{label}'"));
                other.resolve(());
            });
        end
    }

    fn start(&self, operations: &'static str) {
        for operation in operations.split("; ") {
            self.run(&operation.split(' ').collect::<Vec<_>>());
        }
    }

    fn run(&self, operation: &[&'static str]) {
        match operation {
            ["R"] => self.push(Promise::resolve(())),
            ["J"] => self.push(Promise::reject("x")),
            ["P"] => {
                let (promise, resolver) = Text::with_resolvers();
                let index = self.promises.borrow().len();
                self.resolvers.borrow_mut().insert(index, resolver);
                self.push(promise);
            }
            ["T", of, action @ ..] => {
                let callback = self.callback(action);
                self.push(self.promise(of).then(|()| callback()));
            }
            ["C", of, action @ ..] => {
                let callback = self.callback(action);
                self.push(self.promise(of).catch(|_| callback()));
            }
            ["F", of, action @ ..] => self.push(self.promise(of).finally(self.callback(action))),
            ["A", of, action @ ..] => {
                let (end, resolver) = Text::with_resolvers();
                spawn(task(self.promise(of), self.callback(action), resolver)).detach();
                self.push(end);
            }
            ["M", action @ ..] => {
                let callback = self.callback(action);
                queue_microtask(|| drop(callback()));
            }
            [kind @ ("a" | "s" | "y" | "r"), first, second, label] => {
                let pair = [self.promise(first), self.promise(second)];
                self.push(match *kind {
                    "a" => self.settled(Promise::all(pair), label),
                    "s" => self.settled(Promise::all_settled(pair), label),
                    "y" => self.settled(Promise::any(pair), label),
                    _ => self.settled(Promise::race(pair), label),
                });
            }
            operation => self.settle(operation),
        }
    }
}

#[coro]
async fn task(promise: Text<()>, action: impl FnOnce() -> Completion<(), String> + 'static, end: Resolver<(), String>) {
    let _ = promise.await;
    if let Completion::Promise(given) = action() {
        let _ = given.await;
    }
    end.resolve(());
}

/// Runs each program, and compares what it logs.
fn compare(programs: &'static str, run: fn(&Program, &'static str) -> String) {
    assert!(programs.lines().count() >= 500);
    for line in programs.lines() {
        let (operations, expected) = line.split_once(" | ").unwrap();
        assert_eq!(run(&Program::default(), operations), expected, "{operations}");
    }
}

#[test]
fn programs_log_what_node_does() {
    compare(PROGRAMS, |program, operations| {
        program.start(operations);
        run_microtasks();
        program.log.take()
    });
}

#[test]
fn on_the_event_loop_too() {
    compare(PROGRAMS, on_event_loop);
}

#[test]
fn tasks_log_what_node_does() {
    compare(TASKS, on_event_loop);
}

fn on_event_loop(program: &Program, operations: &'static str) -> String {
    let event_loop = EventLoop::with_virtual_time();
    event_loop.set_exception_handler(|report| assert!(matches!(report, Report::UnhandledRejection { .. }), "{report}"));
    let main = async {
        program.start(operations);
        // Time passes when nothing is left to do. After this the tasks are cancelled, which breaks promises.
        sleep(Duration::from_secs(1)).await;
        program.log.take()
    };
    event_loop.run_until_complete(main).unwrap()
}
