//! A number that a loop leaves alone is an index of what it goes over, though it is `mut`.
use unawait::prelude::*;
#[allow(unused_mut, unused_assignments)]
fn rows(table: Vec<Vec<u32>>) -> impl Iterator<Item = u32> {
    use ::core::prelude::v1::{None, Some};
    use ::unawait::machine::{
        Complete, CoroutineState, Yielded, machine, nth_of, put, take,
    };
    enum State<Table, Row, Position> {
        Start { table: Table },
        /// the head of `while row < table.len()`
        While0 { row: Row, table: Table },
        /// the head of `for cell in &table[row]`
        For0 { position: Position, row: Row, table: Table },
        /// at `yield_!(*cell)`
        Yield0 { position: Position, row: Row, table: Table },
        Done,
    }
    machine(
        State::Start { table },
        || |state, _| -> CoroutineState<u32, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { table } => {
                        let mut row = 0;
                        State::While0 { table, row }
                    }
                    State::While0 { table, row } => {
                        if row < table.len() {
                            let position = 0;
                            State::For0 {
                                table,
                                row,
                                position,
                            }
                        } else {
                            return Complete(())
                        }
                    }
                    State::For0 { table, mut row, position } => {
                        match nth_of(&table[row], position) {
                            Some(cell) => {
                                let value: u32 = *cell;
                                put(
                                    state,
                                    State::Yield0 {
                                        table,
                                        row,
                                        position,
                                    },
                                );
                                return Yielded(value);
                            }
                            None => {
                                row += 1;
                                State::While0 { table, row }
                            }
                        }
                    }
                    State::Yield0 { table, row, mut position } => {
                        position += 1;
                        State::For0 {
                            table,
                            row,
                            position,
                        }
                    }
                    State::Done => return Complete(()),
                };
            }
        },
    )
}
/// What follows it in its scope may be set anew.
#[allow(unused_mut, unused_assignments)]
fn run_lengths(text: &str) -> impl Iterator<Item = (char, usize)> {
    use ::core::prelude::v1::None;
    use ::unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
    enum State<Text, Current, Count, Iter, C> {
        Start { text: Text },
        /// the head of `for c in chars`
        For0 { iter: Iter, count: Count, current: Current },
        /// at `yield_!((current, count))`
        Yield0 { c: C, iter: Iter },
        Done,
    }
    machine(
        State::Start { text },
        || |state, _| -> CoroutineState<(char, usize), ()> {
            let mut next_state = take(state, State::Done);
            loop {
                next_state = match next_state {
                    State::Start { text } => {
                        let mut chars = text.chars();
                        let Some(mut current) = chars.next() else {
                            return Complete(())
                        };
                        let mut count = 1;
                        let iter = chars;
                        State::For0 {
                            current,
                            count,
                            iter,
                        }
                    }
                    State::For0 { current, mut count, mut iter } => {
                        match Iterator::next(&mut iter) {
                            Some(c) => {
                                if c == current {
                                    count += 1;
                                    State::For0 {
                                        current,
                                        count,
                                        iter,
                                    }
                                } else {
                                    put(state, State::Yield0 { iter, c });
                                    return Yielded((current, count));
                                }
                            }
                            None => return Yielded((current, count)),
                        }
                    }
                    State::Yield0 { iter, c } => {
                        let mut current = c;
                        let mut count = 1;
                        State::For0 {
                            current,
                            count,
                            iter,
                        }
                    }
                    State::Done => return Complete(()),
                };
            }
        },
    )
}
/// Neither `iter` nor `items` is free.
#[allow(unused_mut, unused_assignments)]
fn subsets(items: &[u32]) -> impl Iterator<Item = Vec<u32>> {
    use ::core::prelude::v1::{None, Some};
    use ::unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
    enum State<Items, Rest> {
        Start { items: Items },
        /// at `yield_!(chosen.map(|(_, item)| *item).collect())`
        Yield0 { rest: Rest, items: Items },
        Done,
    }
    machine(
        State::Start { items },
        || |state, _| -> CoroutineState<Vec<u32>, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { items } => {
                        let rest = 0..1u32 << items.len();
                        State::Yield0 { items, rest }
                    }
                    State::Yield0 { items, mut rest } => {
                        match Iterator::next(&mut rest) {
                            Some(mask) => {
                                let chosen = items
                                    .iter()
                                    .enumerate()
                                    .filter(|(i, _)| mask >> i & 1 == 1);
                                let value: Vec<u32> = chosen
                                    .map(|(_, item)| *item)
                                    .collect();
                                put(state, State::Yield0 { items, rest });
                                return Yielded(value);
                            }
                            None => return Complete(()),
                        }
                    }
                    State::Done => return Complete(()),
                };
            }
        },
    )
}
/// What is found in a text needs no drop.
#[allow(unused_mut, unused_assignments)]
fn quoted(text: &str) -> impl Iterator<Item = String> {
    use ::unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
    enum State<Text, Chars, Found> {
        Start { text: Text },
        /// at `yield_!(found)`
        Yield0 { chars: Chars },
        /// the head of `loop`
        Loop0 { found: Found, chars: Chars },
        Done,
    }
    machine(
        State::Start { text },
        || |state, _| -> CoroutineState<String, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { text } => {
                        let mut chars = text.char_indices().peekable();
                        State::Yield0 { chars }
                    }
                    State::Yield0 { mut chars } => {
                        if chars.peek().is_some() {
                            let mut found = String::new();
                            State::Loop0 { chars, found }
                        } else {
                            return Complete(())
                        }
                    }
                    State::Loop0 { mut chars, mut found } => {
                        match chars.next() {
                            Some((_, '"')) => {
                                put(state, State::Yield0 { chars });
                                return Yielded(found);
                            }
                            Some((_, c)) => {
                                found.push(c);
                                State::Loop0 { chars, found }
                            }
                            None => return Yielded(found),
                        }
                    }
                    State::Done => return Complete(()),
                };
            }
        },
    )
}
