//! Arms that suspend beside arms that do not, and a guard.
use unawait::prelude::*;
enum Shape {
    Dot,
    Line(u32),
    Box { width: u32, height: u32 },
}
#[allow(unused_mut, unused_assignments)]
fn rows(shape: Shape) -> impl Iterator<Item = String> {
    use ::core::prelude::v1::{None, Some};
    use ::unawait::machine::{
        Complete, CoroutineState, Yielded, hold, machine, put, take,
    };
    enum State<Shape, Width, Iter, HeldShape> {
        Start { shape: Shape },
        /// at `yield_!("#".repeat(width as usize))`
        Yield0 { iter: Iter, width: Width },
        /// at `yield_!(".".to_owned())` and `yield_!("-".repeat(length as usize))`
        Yield1 { held_shape: HeldShape },
        /// at `yield_!(String::new())`
        Yield2 { held_shape: HeldShape },
        Done,
    }
    machine(
        State::Start { shape },
        || |state, _| -> CoroutineState<String, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { shape } => {
                        match shape {
                            Shape::Dot => {
                                let value: String = ".".to_owned();
                                put(
                                    state,
                                    State::Yield1 {
                                        held_shape: hold(&shape).keep(shape),
                                    },
                                );
                                return Yielded(value);
                            }
                            Shape::Line(0) => return Complete(()),
                            Shape::Line(length) => {
                                let value: String = "-".repeat(length as usize);
                                put(state, State::Yield1 { held_shape: None });
                                return Yielded(value);
                            }
                            Shape::Box { width, height } if width > 0 => {
                                let iter = 0..height;
                                State::Yield0 { width, iter }
                            }
                            Shape::Box { .. } => {
                                State::Yield1 {
                                    held_shape: hold(&shape).keep(shape),
                                }
                            }
                        }
                    }
                    State::Yield0 { width, mut iter } => {
                        match Iterator::next(&mut iter) {
                            Some(_) => {
                                let value: String = "#".repeat(width as usize);
                                put(state, State::Yield0 { width, iter });
                                return Yielded(value);
                            }
                            None => State::Yield1 { held_shape: None },
                        }
                    }
                    State::Yield1 { held_shape } => {
                        let value: String = String::new();
                        put(state, State::Yield2 { held_shape });
                        return Yielded(value);
                    }
                    State::Yield2 { held_shape: _held_shape } => return Complete(()),
                    State::Done => return Complete(()),
                };
            }
        },
    )
}
