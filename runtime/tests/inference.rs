//! What rustc infers for the fields of a state, with nothing annotated but the step's own signature.

use std::borrow::Cow;
use std::collections::HashMap;
use std::num::ParseIntError;

use unawait::Coroutine;
use unawait::machine::{
    Complete, CoroutineState, Yielded, hold, machine, nth_of, put, received, resumed_after_completion, take,
};

#[derive(Default)]
struct Names {
    list: Vec<String>,
    count: usize,
}

impl Names {
    /// `let mut n = 0; for name in &self.list { n += 1; yield_!(name) }`: an elided lifetime in the step's return type, and
    /// a coercion from `&String`.
    fn each(&self) -> impl Iterator<Item = &str> {
        enum State<This, Iter> {
            Start { this: This },
            For0 { iter: Iter },
            Done,
        }
        machine(State::Start { this: self }, || {
            |state: &mut State<_, _>, _: Option<()>| -> CoroutineState<&str, ()> {
                if let State::Start { this } = state {
                    let iter = IntoIterator::into_iter(&this.list);
                    put(state, State::For0 { iter });
                }
                match take(state, State::Done) {
                    State::For0 { mut iter } => match iter.next() {
                        Some(name) => {
                            put(state, State::For0 { iter });
                            Yielded(name)
                        }
                        None => Complete(()),
                    },
                    _ => Complete(()),
                }
            }
        })
    }

    /// `for i in 0..3 { self.count += i; yield_!(&mut self.list[..]) }` does not borrow-check; its length does.
    fn bump(&mut self) -> impl Iterator<Item = usize> {
        enum State<This, Iter> {
            Start { this: This },
            Yield0 { iter: Iter, this: This },
            Done,
        }
        machine(State::Start { this: self }, || {
            |state: &mut State<_, _>, _: Option<()>| -> CoroutineState<usize, ()> {
                let mut current = take(state, State::Done);
                loop {
                    current = match current {
                        State::Start { this } => {
                            let iter = IntoIterator::into_iter(0..3);
                            State::Yield0 { iter, this }
                        }
                        State::Yield0 { mut iter, this } => match iter.next() {
                            Some(i) => {
                                this.count += i;
                                let value = this.count;
                                put(state, State::Yield0 { iter, this });
                                return Yielded(value);
                            }
                            None => {
                                this.list.clear();
                                return Complete(());
                            }
                        },
                        State::Done => return Complete(()),
                    }
                }
            }
        })
    }
}

#[test]
fn elided_lifetimes_of_self() {
    let mut names = Names {
        list: vec!["a".into(), "b".into()],
        count: 1,
    };
    assert_eq!(names.each().collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(names.bump().collect::<Vec<_>>(), [1, 2, 4]);
    assert!(names.list.is_empty());
}

/// `let head = yield_!(text.into()); yield_!(format!("{text}{head}").into())`, with two elided lifetimes that differ.
fn greeted(text: &str) -> impl Coroutine<char, Yield = Cow<'_, str>, Return = &str> {
    enum State<Text> {
        Start { text: Text },
        Yield0 { text: Text },
        Yield1 { text: Text },
        Done,
    }
    machine(State::Start { text }, || {
        |state: &mut State<_>, mut input: Option<char>| -> CoroutineState<Cow<'_, str>, &str> {
            match take(state, State::Done) {
                State::Start { text } => {
                    let value = Cow::Borrowed(text);
                    put(state, State::Yield0 { text });
                    Yielded(value)
                }
                State::Yield0 { text } => {
                    let head = received(&mut input);
                    let value = format!("{text}{head}").into();
                    put(state, State::Yield1 { text });
                    Yielded(value)
                }
                State::Yield1 { text } => Complete(&text[1..]),
                State::Done => resumed_after_completion("greeted"),
            }
        }
    })
}

#[test]
fn elided_lifetimes_in_yield_and_return() {
    let text = String::from("hey");
    let mut greeted = greeted(&text);
    assert_eq!(greeted.start(), Yielded("hey".into()));
    assert_eq!(greeted.resume('!'), Yielded("hey!".into()));
    assert_eq!(greeted.resume('!'), Complete("ey"));
}

/// `let mut longest = ""; loop { let word = yield_!(longest); if word.len() > longest.len() { longest = word } }`: the
/// input is a reference, of the argument's lifetime, and is stored.
fn longest(first: &str) -> impl Coroutine<&str, Yield = &str, Return = ()> {
    enum State<Longest> {
        Start { longest: Longest },
        Yield0 { longest: Longest },
        Done,
    }
    machine(State::Start { longest: first }, || {
        |state: &mut State<_>, mut input: Option<&str>| -> CoroutineState<&str, ()> {
            match take(state, State::Done) {
                State::Start { longest } => {
                    put(state, State::Yield0 { longest });
                    Yielded(longest)
                }
                State::Yield0 { mut longest } => {
                    let word = received(&mut input);
                    if str::len(word) > str::len(longest) {
                        longest = word;
                    }
                    put(state, State::Yield0 { longest });
                    Yielded(longest)
                }
                State::Done => resumed_after_completion("longest"),
            }
        }
    })
}

#[test]
fn a_reference_as_input() {
    let text = String::from("a bbb cc");
    let mut longest = longest("");
    let words = text.split(' ').map(|word| longest.resume(word)).collect::<Vec<_>>();
    assert_eq!(words, [Yielded(""), Yielded("bbb"), Yielded("bbb")]);
}

/// Everything about the locals is decided by a later arm or by nothing at all:
/// `let (mut n, k, mut list, mut last) = (0, 3, Vec::new(), None); while n < 3 { n += 1; let x = yield_!(k); list.push(x);
/// last = Some(x.to_string()); } let total = list.iter().map(|x| x.len()).sum(); (list, last, total)`
fn late() -> impl Coroutine<String, Yield = usize, Return = (Vec<String>, Option<u8>, u16)> {
    enum State<N, K, Total, List, Last> {
        Start,
        Loop0 {
            last: Last,
            list: List,
            total: Total,
            k: K,
            n: N,
        },
        Yield0 {
            list: List,
            total: Total,
            k: K,
            n: N,
        },
        AfterLoop0 {
            last: Last,
            list: List,
            total: Total,
        },
        Done,
    }
    machine(State::Start, || {
        |state: &mut State<_, _, _, _, _>,
         mut input: Option<String>|
         -> CoroutineState<usize, (Vec<String>, Option<u8>, u16)> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start => {
                        let (n, k, total) = (0, 3, 0);
                        let list = Vec::new();
                        let last = None;
                        State::Loop0 {
                            last,
                            list,
                            total,
                            k,
                            n,
                        }
                    }
                    State::Loop0 {
                        mut n,
                        k,
                        total,
                        list,
                        last,
                    } => {
                        if n < 3 {
                            n += 1;
                            put(state, State::Yield0 { list, total, k, n });
                            return Yielded(k);
                        }
                        State::AfterLoop0 { last, list, total }
                    }
                    State::Yield0 {
                        n,
                        k,
                        mut total,
                        mut list,
                    } => {
                        let x = received(&mut input);
                        total += x.len() as u16;
                        let last = x.bytes().last();
                        list.push(x);
                        State::Loop0 {
                            last,
                            list,
                            total,
                            k,
                            n,
                        }
                    }
                    State::AfterLoop0 { total, list, last } => {
                        let longest = list.iter().map(|x| x.len()).max();
                        return Complete((list, last, total + longest.unwrap_or(0) as u16));
                    }
                    State::Done => resumed_after_completion("late"),
                }
            }
        }
    })
}

#[test]
fn types_decided_by_later_arms() {
    let mut late = late();
    for text in ["", "a", "bc"] {
        assert_eq!(late.resume(text.into()), Yielded(3));
    }
    let list = vec!["a".into(), "bc".into(), "d".into()];
    assert_eq!(late.resume("d".into()), Complete((list, Some(b'd'), 6)));
}

/// Generics, a const generic, `impl Trait`, a closure and a dead local of each kind in the state.
fn rows<T: Clone, const N: usize>(
    rows: [T; N],
    show: impl Fn(&T) -> String + Clone,
    extra: &HashMap<u32, T>,
) -> impl Iterator<Item = String> + Clone {
    #[derive(Clone)]
    enum State<Rows, Show, Extra, Add, I, HeldI, HeldAdd, HeldExtra> {
        Start {
            rows: Rows,
            show: Show,
            extra: Extra,
        },
        Yield0 {
            i: I,
            add: Add,
            show: Show,
            extra: Extra,
            rows: Rows,
        },
        Yield1 {
            held_i: HeldI,
            held_add: HeldAdd,
            held_extra: HeldExtra,
            rows: Rows,
        },
        Done,
    }
    machine(State::Start { rows, show, extra }, || {
        |state: &mut State<_, _, _, _, _, _, _, _>, _: Option<()>| -> CoroutineState<_, ()> {
            match take(state, State::Done) {
                State::Start { rows, show, extra } => {
                    let k = 1;
                    let add = move |i: usize| i + k + N;
                    let i = 0;
                    let value = show(&rows[i]);
                    put(
                        state,
                        State::Yield0 {
                            i,
                            add,
                            show,
                            extra,
                            rows,
                        },
                    );
                    Yielded(value)
                }
                State::Yield0 {
                    rows,
                    extra,
                    show,
                    add,
                    i,
                } => {
                    let last = extra.get(&7).map(show);
                    let value = format!("{} {last:?}", add(i));
                    let held_i = hold(&i).keep(i);
                    let held_add = hold(&add).keep(add);
                    let held_extra = hold(&extra).keep(extra);
                    put(
                        state,
                        State::Yield1 {
                            held_i,
                            held_add,
                            held_extra,
                            rows,
                        },
                    );
                    Yielded(value)
                }
                State::Yield1 {
                    rows,
                    held_extra,
                    held_add,
                    held_i,
                } => {
                    drop(rows);
                    assert!(held_extra.is_none() && held_add.is_some() && held_i.is_none());
                    Complete(())
                }
                State::Done => Complete(()),
            }
        }
    })
}

#[test]
fn generics_and_closures() {
    let extra = HashMap::from([(7, 'x')]);
    let iter = rows(['a', 'b'], |c| c.to_string(), &extra);
    assert_eq!(iter.clone().collect::<Vec<_>>(), ["a", "3 Some(\"x\")"]);
    assert_eq!(iter.count(), 2);
}

/// `for tag in &mut tags { tag.push('!'); yield_!(tag.len()); } yield_!(tags.concat())`: a loop over a borrow of a local,
/// by position.
fn tagged(tags: Vec<String>) -> impl Iterator<Item = String> {
    enum State<Tags, Nth> {
        Start { tags: Tags },
        For0 { nth: Nth, tags: Tags },
        AfterFor0 { tags: Tags },
        Done,
    }
    machine(State::Start { tags }, || {
        |state: &mut State<_, _>, _: Option<()>| -> CoroutineState<String, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { tags } => State::For0 { nth: 0, tags },
                    State::For0 { nth, mut tags } => match nth_of(&mut tags, nth) {
                        Some(tag) => {
                            String::push(tag, '!');
                            let value = tag.clone();
                            put(state, State::For0 { nth: nth + 1, tags });
                            return Yielded(value);
                        }
                        None => State::AfterFor0 { tags },
                    },
                    State::AfterFor0 { tags } => return Yielded(tags.concat()),
                    State::Done => return Complete(()),
                }
            }
        }
    })
}

#[test]
fn a_loop_by_position() {
    let tags = vec!["a".to_owned(), "b".to_owned()];
    assert_eq!(tagged(tags).collect::<Vec<_>>(), ["a!", "b!", "a!b!"]);
}

/// `?` with a conversion of the error, whose type stands only in the signature; and a `dyn` coercion of an argument.
fn sum(words: &[&str]) -> impl Coroutine<Yield = u32, Return = Result<u32, Box<dyn std::error::Error>>> {
    enum State<Words, Total> {
        Start { words: Words },
        Yield0 { total: Total, words: Words },
        Done,
    }
    machine(State::Start { words }, || {
        |state: &mut State<_, _>, _: Option<()>| -> Result<CoroutineState<u32, u32>, Box<dyn std::error::Error>> {
            let (words, mut total) = match take(state, State::Done) {
                State::Start { words } => (words, 0),
                State::Yield0 { total, words } => (words, total),
                State::Done => resumed_after_completion("sum"),
            };
            let Some((first, rest)) = <[&str]>::split_first(words) else {
                return Ok(Complete(total));
            };
            let n: Result<u32, ParseIntError> = first.parse();
            total += n?;
            put(state, State::Yield0 { total, words: rest });
            Ok(Yielded(total))
        }
    })
}

#[test]
fn errors_are_converted() {
    let mut good = sum(&["1", "2"]);
    assert_eq!(good.resume(()).yielded(), Some(1));
    assert_eq!(good.resume(()).yielded(), Some(3));
    assert_eq!(good.resume(()).complete().unwrap().unwrap(), 3);
    let error = sum(&["x"]).start().complete().unwrap().unwrap_err();
    assert!(error.to_string().contains("invalid digit"));
}
