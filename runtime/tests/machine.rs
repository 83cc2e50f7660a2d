//! Machines written by hand in the shape of the expansion: what they yield, return, show, drop and refuse.

use std::cell::Cell;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use unawait::machine::{
    Complete, CoroutineState, Machine, Yielded, delegate, machine, put, received, resumed_after_completion, take,
    unreachable_pattern,
};
use unawait::{Coroutine, Throw};

/// The text of the module's documentation, with the integer types inferred from the signature alone.
#[rustfmt::skip]
fn fib() -> impl Iterator<Item = u64> {
    use ::unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
    #[allow(unused_mut)]
    enum State<A, B> { Start, /** at `yield_!(a)` */ Yield0 { b: B, a: A }, Done }
    machine(State::Start, || |state: &mut State<_, _>, _: Option<()>| -> CoroutineState<u64, ()> {
        match take(state, State::Done) {
            State::Start => { let (a, b) = (0, 1); let value = a; put(state, State::Yield0 { b, a }); Yielded(value) }
            State::Yield0 { mut a, mut b } => { (a, b) = (b, a + b); let value = a; put(state, State::Yield0 { b, a }); Yielded(value) }
            State::Done => Complete(()),
        }
    })
}

#[test]
fn yields_in_order() {
    assert_eq!(fib().take(10).collect::<Vec<_>>(), [0, 1, 1, 2, 3, 5, 8, 13, 21, 34]);
}

/// `let mut sum = 0.0; let mut n = 0; loop { let x = yield_!(sum / n); sum += x; n += 1; }`, with the first input used.
fn mean() -> impl Coroutine<f64, Yield = f64, Return = ()> + Clone + std::fmt::Debug {
    #[derive(Clone, Debug)]
    enum State<Sum, Count> {
        Start,
        Yield0 { count: Count, sum: Sum },
        Done,
    }
    machine(State::Start, || {
        |state: &mut State<_, _>, mut input: Option<f64>| -> CoroutineState<f64, ()> {
            match take(state, State::Done) {
                State::Start => {
                    let sum = received(&mut input);
                    let count = 1.0;
                    put(state, State::Yield0 { count, sum });
                    Yielded(sum / count)
                }
                State::Yield0 { mut count, mut sum } => {
                    sum += received(&mut input);
                    count += 1.0;
                    let value = sum / count;
                    put(state, State::Yield0 { count, sum });
                    Yielded(value)
                }
                State::Done => resumed_after_completion("mean"),
            }
        }
    })
}

#[test]
fn takes_inputs() {
    let mut mean = mean();
    let means: Vec<_> = [1.0, 3.0, 8.0].map(|x| mean.resume(x)).into();
    assert_eq!(means, [Yielded(1.0), Yielded(2.0), Yielded(4.0)]);
}

#[test]
fn clones_and_shows_its_state() {
    let mut first = mean();
    assert_eq!(format!("{first:?}"), "Start");
    assert_eq!(first.resume(2.0), Yielded(2.0));
    let mut second = first.clone();
    assert_eq!(format!("{second:?}"), "Yield0 { count: 1.0, sum: 2.0 }");
    assert_eq!(first.resume(4.0), Yielded(3.0));
    assert_eq!(second.resume(0.0), Yielded(1.0));
}

/// The panic's text, and that the machine is not broken by it but done.
fn panic_of<T>(code: impl FnOnce() -> T) -> String {
    let Err(panic) = catch_unwind(AssertUnwindSafe(code)) else {
        panic!("it did not panic")
    };
    match panic.downcast::<String>() {
        Ok(text) => *text,
        Err(panic) => panic.downcast_ref::<&str>().unwrap().to_string(),
    }
}

#[test]
fn start_without_a_needed_input_panics() {
    let mut mean = mean();
    let text = panic_of(|| mean.start());
    assert!(
        text.starts_with("`start()` gives no input, and the coroutine needs one"),
        "{text}"
    );
    assert_eq!(
        panic_of(|| mean.resume(1.0)),
        "`mean` resumed after completion or panic"
    );
}

#[test]
fn panics_of_a_step_have_texts() {
    assert!(panic_of(|| unreachable_pattern()).contains("does not match after it"));
}

/// `for word in text.split(' ') { let n = word.parse::<u32>()?; yield_!(n); } Ok(text.len())`
fn numbers(text: &str) -> impl Coroutine<Yield = u32, Return = Result<usize, std::num::ParseIntError>> {
    enum State<Text, Words> {
        Start { text: Text },
        Yield0 { words: Words, text: Text },
        Done,
    }
    machine(State::Start { text }, || {
        |state: &mut State<_, _>, _: Option<()>| -> Result<CoroutineState<u32, usize>, std::num::ParseIntError> {
            let (text, mut words) = match take(state, State::Done) {
                State::Start { text } => (text, str::split(text, ' ')),
                State::Yield0 { text, words } => (text, words),
                State::Done => resumed_after_completion("numbers"),
            };
            match words.next() {
                Some(word) => {
                    let n = word.parse::<u32>()?;
                    put(state, State::Yield0 { words, text });
                    Ok(Yielded(n))
                }
                None => Ok(Complete(text.len())),
            }
        }
    })
}

#[test]
fn question_mark_completes_a_result_machine() {
    let mut good = numbers("1 20");
    assert_eq!(good.start(), Yielded(1));
    assert_eq!(good.resume(()), Yielded(20));
    assert_eq!(good.resume(()), Complete(Ok(4)));
    let mut bad = numbers("1 x");
    assert_eq!(bad.start(), Yielded(1));
    assert!(matches!(bad.resume(()), Complete(Err(_))));
    assert_eq!(panic_of(|| bad.start()), "`numbers` resumed after completion or panic");
}

/// `let first = list.first()?; yield_!(*first); Some(list.len())`
fn first_of(list: &[u8]) -> impl Coroutine<Yield = u8, Return = Option<usize>> {
    enum State<List> {
        Start { list: List },
        Yield0 { list: List },
        Done,
    }
    machine(State::Start { list }, || {
        |state: &mut State<_>, _: Option<()>| -> Option<CoroutineState<u8, usize>> {
            match take(state, State::Done) {
                State::Start { list } => {
                    let first = <[u8]>::first(list)?;
                    let value = *first;
                    put(state, State::Yield0 { list });
                    Some(Yielded(value))
                }
                State::Yield0 { list } => Some(Complete(list.len())),
                State::Done => resumed_after_completion("first_of"),
            }
        }
    })
}

#[test]
fn question_mark_completes_an_option_machine() {
    let mut some = first_of(&[7, 8]);
    assert_eq!(some.start(), Yielded(7));
    assert_eq!(some.start(), Complete(Some(2)));
    assert_eq!(first_of(&[]).start(), Complete(None));
}

/// `let n = yield_from!(doubling())?; Ok(n + 1)`: the inner machine is a field, and gets the inputs.
fn delegating() -> impl Coroutine<Result<u32, String>, Yield = u32, Return = Result<u32, String>> {
    enum State<Inner> {
        Start,
        From0 { inner: Inner },
        Done,
    }
    machine(State::Start, || {
        |state: &mut State<_>, mut input: Option<Result<u32, String>>| -> Result<CoroutineState<u32, u32>, String> {
            let (mut inner, input) = match take(state, State::Done) {
                State::Start => (doubling(), None),
                State::From0 { inner } => (inner, input.take()),
                State::Done => resumed_after_completion("delegating"),
            };
            match delegate(input, &mut inner) {
                Yielded(value) => {
                    put(state, State::From0 { inner });
                    Ok(Yielded(value))
                }
                Complete(returned) => Ok(Complete(returned? + 1)),
            }
        }
    })
}

/// `let n = yield_!(0)?; yield_!(n * 2)`, with the last input returned as it is.
fn doubling() -> impl Coroutine<Result<u32, String>, Yield = u32, Return = Result<u32, String>> {
    enum State {
        Start,
        Yield0,
        Yield1,
        Done,
    }
    machine(State::Start, || {
        |state: &mut State, mut input: Option<Result<u32, String>>| -> Result<CoroutineState<u32, u32>, String> {
            match take(state, State::Done) {
                State::Start => {
                    put(state, State::Yield0);
                    Ok(Yielded(0))
                }
                State::Yield0 => {
                    let n = received(&mut input)?;
                    put(state, State::Yield1);
                    Ok(Yielded(n * 2))
                }
                State::Yield1 => received(&mut input).map(Complete),
                State::Done => resumed_after_completion("doubling"),
            }
        }
    })
}

#[test]
fn delegates_inputs_values_and_the_return() {
    let mut outer = delegating();
    assert_eq!(outer.start(), Yielded(0));
    assert_eq!(outer.resume(Ok(4)), Yielded(8));
    assert_eq!(outer.resume(Ok(1)), Complete(Ok(2)));
}

#[test]
fn throws_through_a_delegation() {
    let mut outer = delegating();
    assert_eq!(outer.start(), Yielded(0));
    assert_eq!(outer.throw("no".to_owned()), Complete(Err("no".to_owned())));
    assert!(panic_of(|| outer.start()).contains("`delegating` resumed after completion"));
}

/// Yields the length of its text, with a guard in the state.
fn guarded<G>(guard: G, text: String) -> impl Iterator<Item = usize> {
    enum State<Guard, Text> {
        Start { guard: Guard, text: Text },
        Yield0 { text: Text, guard: Guard },
        Done,
    }
    machine(State::Start { guard, text }, || {
        |state: &mut State<_, _>, _: Option<()>| -> CoroutineState<usize, ()> {
            match take(state, State::Done) {
                State::Start { guard, text } => {
                    let value = String::len(&text);
                    put(state, State::Yield0 { text, guard });
                    Yielded(value)
                }
                State::Yield0 { guard: _guard, text } => {
                    assert!(text != "panic", "asked to");
                    Complete(())
                }
                State::Done => Complete(()),
            }
        }
    })
}

struct Count<'a>(&'a Cell<u32>);

impl Drop for Count<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get() + 1);
    }
}

#[test]
fn drops_its_locals_once() {
    let drops = Cell::new(0);
    drop(guarded(Count(&drops), "x".to_owned()));
    assert_eq!(drops.take(), 1);

    let mut suspended = guarded(Count(&drops), "x".to_owned());
    assert_eq!((suspended.next(), drops.get()), (Some(1), 0));
    drop(suspended);
    assert_eq!(drops.take(), 1);

    let mut completed = guarded(Count(&drops), "x".to_owned());
    assert_eq!(completed.by_ref().count(), 1);
    assert_eq!(drops.get(), 1);
    assert_eq!((completed.next(), completed.next()), (None, None));
    drop(completed);
    assert_eq!(drops.take(), 1);
}

#[test]
fn a_panicked_iterator_is_done() {
    let drops = Cell::new(0);
    let mut panicking = guarded(Count(&drops), "panic".to_owned());
    assert_eq!(panicking.next(), Some(5));
    assert_eq!(panic_of(|| panicking.next()), "asked to");
    assert_eq!(drops.get(), 1);
    assert_eq!(panicking.next(), None);
}

#[test]
fn boxes_of_trait_objects() {
    let mut iterators: Vec<Box<dyn Iterator<Item = u64>>> = vec![Box::new(fib()), Box::new(3..4)];
    assert_eq!(
        iterators.iter_mut().map(|each| each.nth(1)).collect::<Vec<_>>(),
        [Some(1), None]
    );

    let mut object: Box<dyn Coroutine<f64, Yield = f64, Return = ()>> = Box::new(mean());
    assert_eq!(object.resume(1.0), Yielded(1.0));
    let lent: &mut dyn Coroutine<f64, Yield = f64, Return = ()> = &mut object;
    assert_eq!(delegate(Some(3.0), lent), Yielded(2.0));
    let mut again = lent;
    assert_eq!(Coroutine::resume(&mut again, 5.0), Yielded(3.0));

    let mut thrown: Box<dyn Coroutine<Result<u32, String>, Yield = u32, Return = Result<u32, String>>> =
        Box::new(doubling());
    assert_eq!(thrown.start(), Yielded(0));
    assert_eq!(thrown.throw("no".to_owned()), Complete(Err("no".to_owned())));
}

#[test]
fn auto_traits_are_those_of_the_state() {
    fn everywhere<T: Send + Sync + Unpin + 'static>(value: T) -> T {
        value
    }
    fn unpin<T: Unpin>(value: T) -> T {
        value
    }
    let mut boxed: Box<dyn Iterator<Item = u64> + Send + Sync> = Box::new(everywhere(fib()));
    assert_eq!(std::thread::spawn(move || boxed.next()).join().unwrap(), Some(0));
    let mut pinned = unpin(guarded(std::marker::PhantomPinned, "abc".to_owned()));
    assert_eq!(std::pin::Pin::new(&mut pinned).next(), Some(3));
}

#[test]
fn a_machine_is_as_large_as_its_state() {
    enum State<A> {
        Start,
        Yield0 { _a: A },
    }
    let once = machine(State::Start, || {
        |state: &mut State<u64>, _: Option<()>| -> CoroutineState<u64, ()> {
            match take(state, State::Start) {
                State::Start => {
                    put(state, State::Yield0 { _a: 1 });
                    Yielded(1)
                }
                State::Yield0 { _a: _ } => Complete(()),
            }
        }
    });
    assert_eq!(size_of_val(&once), size_of::<State<u64>>());
    assert_eq!(once.collect::<Vec<_>>(), [1]);
}

/// The named type can be used by whoever keeps the closure's type as a parameter.
#[test]
fn the_type_can_be_a_parameter() {
    use unawait::machine::Code;
    struct Twice<F: Code>(Machine<F>);
    impl<F: Code<Input = (), Return = ()>> Twice<F> {
        fn two(&mut self) -> (Option<F::Yield>, Option<F::Yield>) {
            (self.0.next(), self.0.next())
        }
    }
    let once = machine(false, || {
        |done: &mut bool, _: Option<()>| -> CoroutineState<&str, ()> {
            if take(done, true) {
                Complete(())
            } else {
                Yielded("once")
            }
        }
    });
    assert_eq!(Twice(once).two(), (Some("once"), None));
}

#[test]
fn locals_of_every_kind() {
    let shared = Rc::new(Cell::new(0));
    let map = HashMap::from([("a", Rc::clone(&shared))]);
    let mut iter = guarded((map, &shared, |n: u8| n), "four".to_owned());
    assert_eq!(iter.next(), Some(4));
    assert_eq!(Rc::strong_count(&shared), 2);
    assert_eq!(iter.next(), None);
    assert_eq!(Rc::strong_count(&shared), 1);
}
