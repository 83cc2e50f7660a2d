//! State protocols without input or output of their own: the caller does what they ask for.

use std::collections::BTreeMap;

use unawait::prelude::*;

#[derive(Debug, Clone, PartialEq)]
enum Ask {
    Connect(String),
    Send(String),
    Wait(u32),
}

#[derive(Debug, Clone)]
enum Answer {
    Done,
    Line(String),
    Failed(&'static str),
}

/// Connects with retries, greets, and returns what the server said.
#[coro]
fn client(host: &str, retries: u32) -> impl Coroutine<Answer, Yield = Ask, Return = Result<String, String>> + Clone {
    let mut attempt = 0;
    loop {
        match yield_!(Ask::Connect(host.to_owned())) {
            Answer::Failed(reason) if attempt == retries => return Err(format!("{host}: {reason}")),
            Answer::Failed(_) => {
                attempt += 1;
                yield_!(Ask::Wait(10 << attempt));
            }
            Answer::Done | Answer::Line(_) => break,
        }
    }
    let Answer::Line(greeting) = yield_!(Ask::Send("HELO".to_owned())) else {
        return Err("no greeting".to_owned());
    };
    let words: Vec<&str> = greeting.split(' ').collect();
    if words.first() != Some(&"200") {
        Err(format!("refused: {greeting}"))?;
    }
    Ok(words[1..].join(" "))
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Light {
    Red,
    Green,
    Yellow,
}

#[coro]
fn traffic_light(green: u32) -> impl Coroutine<bool, Yield = Light, Return = ()> {
    loop {
        while !yield_!(Light::Red) {}
        for _ in 0..green {
            yield_!(Light::Green);
        }
        yield_!(Light::Yellow);
    }
}

/// Amounts in, positive or negative; the balance out. It refuses what it cannot pay.
#[coro]
fn account(mut balance: i64) -> impl Coroutine<i64, Yield = Result<i64, i64>, Return = BTreeMap<i64, usize>> {
    let mut history = BTreeMap::new();
    let mut reply = Ok(balance);
    loop {
        let amount = yield_!(reply);
        if amount == 0 {
            return history;
        }
        *history.entry(amount).or_insert(0) += 1;
        reply = match balance.checked_add(amount) {
            Some(sum) if sum >= 0 => {
                balance = sum;
                Ok(balance)
            }
            _ => Err(balance),
        };
    }
}

/// The guess of a number, told "higher" or "lower" each time.
#[coro]
fn search(
    mut low: u32,
    mut high: u32,
) -> impl Coroutine<std::cmp::Ordering, Yield = u32, Return = Option<u32>> + Clone {
    use std::cmp::Ordering::{Equal, Greater, Less};
    while low < high {
        let middle = low + (high - low) / 2;
        match yield_!(middle) {
            Less => low = middle + 1,
            Greater => high = middle,
            Equal => return Some(middle),
        }
    }
    None
}

/// Cooperative tasks, each a coroutine that yields what it did.
#[coro]
fn round_robin(tasks: Vec<Box<dyn Iterator<Item = String>>>) -> impl Iterator<Item = String> {
    let mut tasks: std::collections::VecDeque<_> = tasks.into();
    while let Some(mut task) = tasks.pop_front() {
        if let Some(step) = task.next() {
            yield_!(step);
            tasks.push_back(task);
        }
    }
}

#[coro]
fn task(name: &'static str, steps: u32) -> impl Iterator<Item = String> {
    for step in 1..=steps {
        yield_!(format!("{name}{step}"));
    }
}

/// Results in, errors thrown: a sum that gives up after too many errors.
#[coro]
fn tolerant_sum(
    tolerance: usize,
) -> impl Coroutine<Result<i32, String>, Yield = i32, Return = Result<i32, Vec<String>>> {
    let mut sum = 0;
    let mut errors = Vec::new();
    while sum < 100 {
        match yield_!(sum) {
            Ok(n) => sum += n,
            Err(error) => {
                errors.push(error);
                if errors.len() > tolerance {
                    return Err(errors);
                }
            }
        }
    }
    Ok(sum)
}

/// A transaction: whatever ends it early rolls it back.
#[coro]
fn transaction<'a>(store: &'a mut Vec<String>) -> impl Coroutine<Option<String>, Yield = usize, Return = usize> + 'a {
    struct Rollback<'s> {
        store: &'s mut Vec<String>,
        length: usize,
    }
    impl Drop for Rollback<'_> {
        fn drop(&mut self) {
            self.store.truncate(self.length);
        }
    }
    let length = store.len();
    let mut pending = Rollback { store, length };
    while let Some(item) = yield_!(pending.store.len() - length) {
        pending.store.push(item);
    }
    pending.length = pending.store.len();
    pending.length - length
}

#[test]
fn connection() {
    let mut machine = client("example.org", 1);
    assert_eq!(
        machine.start(),
        CoroutineState::Yielded(Ask::Connect("example.org".to_owned()))
    );
    let mut refused = machine.clone();
    assert_eq!(
        machine.resume(Answer::Failed("timeout")),
        CoroutineState::Yielded(Ask::Wait(20))
    );
    assert_eq!(
        machine.resume(Answer::Done),
        CoroutineState::Yielded(Ask::Connect("example.org".to_owned()))
    );
    let mut failed = machine.clone();
    assert_eq!(
        machine.resume(Answer::Done),
        CoroutineState::Yielded(Ask::Send("HELO".to_owned()))
    );
    let greeting = Answer::Line("200 hello there".to_owned());
    assert_eq!(
        machine.resume(greeting),
        CoroutineState::Complete(Ok("hello there".to_owned()))
    );
    let timeout = Err("example.org: timeout".to_owned());
    assert_eq!(
        failed.resume(Answer::Failed("timeout")),
        CoroutineState::Complete(timeout)
    );
    refused.resume(Answer::Done);
    let line = Answer::Line("500 no".to_owned());
    assert_eq!(
        refused.resume(line),
        CoroutineState::Complete(Err("refused: 500 no".to_owned()))
    );
}

#[test]
fn machines_with_states() {
    let mut light = traffic_light(2);
    let mut seen = vec![light.start()];
    for waiting in [false, true, false, false, false, false] {
        seen.push(light.resume(waiting));
    }
    let expected = [
        Light::Red,
        Light::Red,
        Light::Green,
        Light::Green,
        Light::Yellow,
        Light::Red,
        Light::Red,
    ];
    assert_eq!(seen, expected.map(CoroutineState::Yielded));
    let mut account = account(10);
    assert_eq!(account.start(), CoroutineState::Yielded(Ok(10)));
    assert_eq!(account.resume(-7), CoroutineState::Yielded(Ok(3)));
    assert_eq!(account.resume(-7), CoroutineState::Yielded(Err(3)));
    assert_eq!(account.resume(5), CoroutineState::Yielded(Ok(8)));
    assert_eq!(
        account.resume(0),
        CoroutineState::Complete(BTreeMap::from([(-7, 2), (5, 1)]))
    );
}

#[test]
fn guesses() {
    for number in 0..20 {
        let mut machine = search(0, 20);
        let mut state = machine.start();
        while let CoroutineState::Yielded(guess) = state {
            state = machine.resume(guess.cmp(&number));
        }
        assert_eq!(state, CoroutineState::Complete(Some(number)));
    }
    assert_eq!(search(3, 3).start(), CoroutineState::Complete(None));
}

#[test]
fn scheduling() {
    let tasks: Vec<Box<dyn Iterator<Item = String>>> =
        vec![Box::new(task("a", 3)), Box::new(task("b", 1)), Box::new(task("c", 2))];
    assert_eq!(
        round_robin(tasks).collect::<Vec<_>>(),
        ["a1", "b1", "c1", "a2", "c2", "a3"]
    );
}

#[test]
fn errors_and_rollbacks() {
    let mut machine = tolerant_sum(1);
    machine.start();
    assert_eq!(machine.resume(Ok(40)), CoroutineState::Yielded(40));
    assert_eq!(machine.throw("one".to_owned()), CoroutineState::Yielded(40));
    assert_eq!(
        machine.throw("two".to_owned()),
        CoroutineState::Complete(Err(vec!["one".to_owned(), "two".to_owned()]))
    );

    let mut store = vec!["old".to_owned()];
    let mut machine = transaction(&mut store);
    machine.start();
    assert_eq!(machine.resume(Some("new".to_owned())), CoroutineState::Yielded(1));
    drop(machine);
    assert_eq!(store, ["old"]);
    let mut machine = transaction(&mut store);
    machine.start();
    machine.resume(Some("new".to_owned()));
    assert_eq!(machine.resume(None), CoroutineState::Complete(1));
    drop(machine);
    assert_eq!(store, ["old", "new"]);
}
