//! Receivers that an argument of their own method may change: a number is read first, of a field types decide, and a variable stays
//! the same.
use unawait::prelude::*;
#[derive(Clone, Copy)]
pub enum Mode {
    Text,
    Escape,
}
impl Mode {
    fn after(self, byte: u8) -> Mode {
        match (self, byte) {
            (Mode::Text, b'\\') => Mode::Escape,
            _ => Mode::Text,
        }
    }
}
pub struct Scanner {
    mode: Mode,
    sum: u32,
}
impl Scanner {
    fn next(&mut self) -> u32 {
        self.sum += 1;
        self.sum
    }
    fn wanted(&self) -> u32 {
        self.sum
    }
    fn feed(&mut self, byte: u8) {
        self.mode = self.mode.after(byte);
    }
    #[allow(unused_mut, unused_assignments)]
    pub fn scan(&mut self) -> impl Coroutine<u8, Yield = u32, Return = ()> {
        use ::core::prelude::v1::Option;
        use ::unawait::machine::{
            Complete, CoroutineState, Yielded, compared, machine, put, received,
            resumed_after_completion, take,
        };
        enum State<This, T, T1> {
            Start { this: This },
            /// at `yield_!(self.next())`
            Yield0 { t: T, this: This },
            /// at `yield_!(self.next())`
            Yield1 { t: T1, this: This },
            Done,
        }
        machine(
            State::Start { this: self },
            || |state, mut input: Option<u8>| -> CoroutineState<u32, ()> {
                match take(state, State::Done) {
                    State::Start { this } => {
                        let t = compared(&this.mode).early();
                        let value: u32 = this.next();
                        put(state, State::Yield0 { this, t });
                        Yielded(value)
                    }
                    State::Yield0 { this, mut t } => {
                        this.mode = t
                            .receiver(&mut this.mode)
                            .after(received(&mut input));
                        let t = this.sum;
                        let value: u32 = this.next();
                        put(state, State::Yield1 { this, t });
                        Yielded(value)
                    }
                    State::Yield1 { this, mut t } => {
                        this.sum = t.wrapping_add(u32::from(received(&mut input)));
                        Complete(())
                    }
                    State::Done => resumed_after_completion("scan"),
                }
            },
        )
    }
}
#[allow(unused_mut, unused_assignments)]
pub fn fed() -> impl Coroutine<u8, Yield = u32, Return = ()> {
    use ::core::prelude::v1::Option;
    use ::unawait::machine::{
        CoroutineState, Yielded, machine, put, received, resumed_after_completion, take,
        unchanged,
    };
    enum State<Scanner> {
        Start,
        /// the head of `loop`
        Loop0 { scanner: Scanner },
        /// at `yield_!(scanner.wanted())`
        Yield0 { scanner: Scanner },
        Done,
    }
    machine(
        State::Start,
        || |state, mut input: Option<u8>| -> CoroutineState<u32, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start => {
                        let mut scanner = Scanner {
                            mode: Mode::Text,
                            sum: 0,
                        };
                        State::Loop0 { scanner }
                    }
                    State::Loop0 { mut scanner } => {
                        let value: u32 = unchanged(&scanner, scanner.wanted());
                        put(state, State::Yield0 { scanner });
                        return Yielded(value);
                    }
                    State::Yield0 { mut scanner } => {
                        scanner.feed(received(&mut input));
                        State::Loop0 { scanner }
                    }
                    State::Done => resumed_after_completion("fed"),
                };
            }
        },
    )
}
