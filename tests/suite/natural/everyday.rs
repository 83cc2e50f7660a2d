//! Shapes that recur in everyday code: explicit states, stacks of iterators, buffers, shared locks.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::io::{self, BufRead, Read};
use std::sync::{Arc, Mutex};

use unawait::prelude::*;

#[derive(Debug)]
enum Phase {
    Idle,
    Running { job: String, left: u32 },
    Failed(Vec<String>),
}

/// An enum of phases that each turn takes by value.
#[coro]
fn worker(jobs: Vec<(String, u32)>) -> impl Iterator<Item = String> {
    let mut jobs = jobs.into_iter();
    let mut state = Phase::Idle;
    loop {
        state = match state {
            Phase::Idle => match jobs.next() {
                Some((job, left)) => Phase::Running { job, left },
                None => return,
            },
            Phase::Running { job, left: 0 } => {
                yield_!(format!("{job} done"));
                Phase::Idle
            }
            Phase::Running { job, left } if left > 9 => Phase::Failed(vec![job, left.to_string()]),
            Phase::Running { job, left } => {
                yield_!(format!("{job} {left}"));
                Phase::Running { job, left: left - 1 }
            }
            Phase::Failed(reasons) => {
                for reason in reasons {
                    yield_!(format!("failed: {reason}"));
                }
                Phase::Idle
            }
        };
    }
}

/// Bytes of a reader, through a buffer of its own.
#[coro]
fn bytes<R: Read>(mut reader: R) -> impl Coroutine<(), Yield = u8, Return = io::Result<usize>> {
    let mut buffer = [0; 4];
    let mut total = 0;
    loop {
        let count = reader.read(&mut buffer)?;
        if count == 0 {
            return Ok(total);
        }
        total += count;
        for byte in &buffer[..count] {
            yield_!(*byte);
        }
    }
}

/// Key-value lines; the error of a line ends it.
#[coro]
fn headers<R: BufRead>(reader: R) -> impl Coroutine<(), Yield = (String, String), Return = Result<(), String>> {
    for (number, line) in BufRead::lines(reader).enumerate() {
        let line = line.map_err(|error| error.to_string())?;
        if line.is_empty() {
            break;
        }
        let (key, value) = line
            .split_once(':')
            .ok_or_else(|| format!("line {}: {line}", number + 1))?;
        yield_!((key.to_owned(), value.trim().to_owned()));
    }
    Ok(())
}

#[derive(Debug)]
struct Folder {
    name: &'static str,
    folders: Vec<Folder>,
}

/// Depth first, with a stack of iterators.
#[coro]
fn paths(root: &Folder) -> impl Iterator<Item = String> {
    let mut path = vec![root.name];
    let mut stack = vec![root.folders.iter()];
    yield_!(path.join("/"));
    while let Some(top) = stack.last_mut() {
        match top.next() {
            Some(folder) => {
                path.push(folder.name);
                stack.push(folder.folders.iter());
                yield_!(path.join("/"));
            }
            None => {
                stack.pop();
                path.pop();
            }
        }
    }
}

/// One item of each source in turn, until all are empty.
#[coro]
fn interleave(mut sources: Vec<Box<dyn Iterator<Item = u32>>>) -> impl Iterator<Item = u32> {
    loop {
        let mut any = false;
        for source in &mut sources {
            if let Some(item) = source.next() {
                any = true;
                yield_!(item);
            }
        }
        if !any {
            break;
        }
    }
}

#[coro]
fn sieve(limit: usize) -> impl Iterator<Item = usize> {
    let mut composite = vec![false; limit];
    for n in 2..limit {
        if composite[n] {
            continue;
        }
        for multiple in (n * n..limit).step_by(n) {
            composite[multiple] = true;
        }
        yield_!(n);
    }
}

/// Takes from a queue that others fill.
#[coro]
fn drain_shared(queue: Arc<Mutex<VecDeque<u32>>>, mut idle: u32) -> impl Iterator<Item = Option<u32>> + Send {
    while idle > 0 {
        let next = queue.lock().unwrap().pop_front();
        match next {
            Some(n) => {
                yield_!(Some(n));
                queue.lock().unwrap().push_back(n + 100);
                if n > 100 {
                    queue.lock().unwrap().clear();
                }
            }
            None => {
                idle -= 1;
                yield_!(None);
            }
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Event {
    id: u32,
    name: String,
    tags: Vec<&'static str>,
}

#[coro]
fn events(names: &[&str]) -> impl Iterator<Item = Event> {
    let mut id = 0;
    for &name in names {
        id += 1;
        let name = name.to_uppercase();
        yield_!(Event {
            id,
            name: name.clone(),
            ..Event::default()
        });
        if name.len() > 3 {
            yield_!(Event {
                id,
                name,
                tags: vec!["long"]
            });
        }
    }
}

/// Commands in, replies out; holds a store of its own.
#[coro]
fn store() -> impl Coroutine<(&'static str, u32), Yield = Option<u32>, Return = BTreeMap<&'static str, u32>> {
    let mut values = BTreeMap::new();
    let mut history: Vec<(&'static str, Option<u32>)> = Vec::new();
    let mut reply = None;
    loop {
        let (command, n) = yield_!(reply);
        reply = match command {
            "undo" => match history.pop() {
                Some((key, Some(old))) => values.insert(key, old),
                Some((key, None)) => values.remove(key),
                None => None,
            },
            "end" => break,
            key => {
                let old = values.insert(key, n);
                history.push((key, old));
                old
            }
        };
    }
    values
}

/// A lexer that is a struct of its own, run by `&mut self`.
struct Lexer<'a> {
    rest: &'a str,
    line: usize,
}

impl<'a> Lexer<'a> {
    fn take_while(&mut self, mut accept: impl FnMut(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !accept(c)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    #[coro]
    fn words(&mut self) -> impl Iterator<Item = (usize, &'a str)> {
        loop {
            for c in self.take_while(char::is_whitespace).chars() {
                if c == '\n' {
                    self.line += 1;
                }
            }
            let Some(first) = self.rest.chars().next() else { break };
            let word = if first.is_alphanumeric() {
                self.take_while(char::is_alphanumeric)
            } else {
                let (symbol, rest) = self.rest.split_at(first.len_utf8());
                self.rest = rest;
                symbol
            };
            yield_!((self.line, word));
        }
    }
}

/// The lines of a report, grouped by owner.
#[coro]
fn report(entries: Vec<(&'static str, i32)>) -> impl Iterator<Item = String> {
    let mut groups: HashMap<&str, Vec<i32>> = HashMap::new();
    for (owner, amount) in entries {
        groups.entry(owner).or_default().push(amount);
    }
    let mut owners: Vec<_> = groups.keys().copied().collect();
    owners.sort_unstable();
    for owner in owners {
        let Some(mut amounts) = groups.remove(owner) else {
            continue;
        };
        amounts.sort_unstable();
        yield_!(format!("{owner}:"));
        let mut sum = 0;
        for amount in &amounts {
            sum += amount;
            yield_!(format!("  {amount:>5}"));
        }
        if amounts.len() > 1 {
            yield_!(format!("  {sum:>5} in {}", amounts.len()));
        }
    }
}

/// The waits between attempts; ends when the operation succeeds.
#[coro]
fn attempts<T, E>(
    mut operation: impl FnMut(u32) -> Result<T, E>,
    most: u32,
) -> impl Coroutine<(), Yield = u32, Return = Result<T, E>> {
    let mut wait = 1;
    for attempt in 1..most {
        match operation(attempt) {
            Ok(value) => return Ok(value),
            Err(_) => {
                yield_!(wait);
                wait *= 2;
            }
        }
    }
    operation(most)
}

fn finish<C: Coroutine>(mut machine: C) -> (Vec<C::Yield>, C::Return) {
    let mut yielded = Vec::new();
    let mut state = machine.start();
    loop {
        match state {
            CoroutineState::Yielded(value) => yielded.push(value),
            CoroutineState::Complete(value) => return (yielded, value),
        }
        state = machine.resume(());
    }
}

#[test]
fn phases() {
    let jobs = vec![("a".to_owned(), 1), ("b".to_owned(), 10), ("c".to_owned(), 0)];
    let log: Vec<_> = worker(jobs).collect();
    assert_eq!(log, ["a 1", "a done", "failed: b", "failed: 10", "c done"]);
}

#[test]
fn folders() {
    let leaf = |name| Folder { name, folders: vec![] };
    let inner = Folder {
        name: "src",
        folders: vec![leaf("a"), leaf("b")],
    };
    let root = Folder {
        name: "root",
        folders: vec![inner, leaf("target")],
    };
    assert_eq!(
        paths(&root).collect::<Vec<_>>(),
        ["root", "root/src", "root/src/a", "root/src/b", "root/target"]
    );
}

#[test]
fn readers() {
    let (all, total) = finish(bytes(&b"hello there"[..]));
    assert_eq!((all, total.unwrap()), (b"hello there".to_vec(), 11));
    let (all, end) = finish(headers(&b"a: 1\nb:2\n\nignored\n"[..]));
    assert_eq!(
        all,
        [("a".to_owned(), "1".to_owned()), ("b".to_owned(), "2".to_owned())]
    );
    assert_eq!(end, Ok(()));
    assert_eq!(
        finish(headers(&b"a: 1\nwrong\n"[..])).1,
        Err("line 2: wrong".to_owned())
    );
}

#[test]
fn sources() {
    let all: Vec<u32> = interleave(vec![Box::new(1..3), Box::new(10..14), Box::new(std::iter::empty())]).collect();
    assert_eq!(all, [1, 10, 2, 11, 12, 13]);
    assert_eq!(sieve(30).collect::<Vec<_>>(), [2, 3, 5, 7, 11, 13, 17, 19, 23, 29]);
    let queue = Arc::new(Mutex::new(VecDeque::from([1, 2])));
    let mut machine = drain_shared(Arc::clone(&queue), 2);
    assert_eq!(
        machine.by_ref().take(3).collect::<Vec<_>>(),
        [Some(1), Some(2), Some(101)]
    );
    assert_eq!(machine.collect::<Vec<_>>(), [None, None]);
    assert!(queue.lock().unwrap().is_empty());
}

#[test]
fn records() {
    let all: Vec<_> = events(&["one", "three"]).collect();
    assert_eq!(
        all[0],
        Event {
            id: 1,
            name: "ONE".to_owned(),
            tags: vec![]
        }
    );
    assert_eq!(
        all[2],
        Event {
            id: 2,
            name: "THREE".to_owned(),
            tags: vec!["long"]
        }
    );
    assert_eq!(all.len(), 3);
    let lines: Vec<_> = report(vec![("b", 5), ("a", 7), ("b", -2)]).collect();
    assert_eq!(lines, ["a:", "      7", "b:", "     -2", "      5", "      3 in 2"]);
}

#[test]
fn commands() {
    let mut machine = store();
    machine.start();
    assert_eq!(machine.resume(("x", 1)), CoroutineState::Yielded(None));
    assert_eq!(machine.resume(("x", 2)), CoroutineState::Yielded(Some(1)));
    assert_eq!(machine.resume(("y", 3)), CoroutineState::Yielded(None));
    assert_eq!(machine.resume(("undo", 0)), CoroutineState::Yielded(Some(3)));
    assert_eq!(machine.resume(("undo", 0)), CoroutineState::Yielded(Some(2)));
    assert_eq!(
        machine.resume(("end", 0)),
        CoroutineState::Complete(BTreeMap::from([("x", 1)]))
    );
}

#[test]
fn lexers() {
    let mut lexer = Lexer {
        rest: "let x\n  = é+1",
        line: 1,
    };
    let words: Vec<_> = lexer.words().collect();
    assert_eq!(words, [(1, "let"), (1, "x"), (2, "="), (2, "é"), (2, "+"), (2, "1")]);
    assert_eq!(lexer.rest, "");
}

#[test]
fn retries() {
    let (waits, value) = finish(attempts(|n| if n < 3 { Err(n) } else { Ok("done") }, 5));
    assert_eq!((waits, value), (vec![1, 2], Ok("done")));
    let (waits, value) = finish(attempts(Err::<(), _>, 3));
    assert_eq!((waits, value), (vec![1, 2], Err(3)));
}
