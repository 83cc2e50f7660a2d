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

    #[coro]
    pub fn scan(&mut self) -> impl Coroutine<u8, Yield = u32, Return = ()> {
        self.mode = self.mode.after(yield_!(self.next()));
        self.sum = self.sum.wrapping_add(u32::from(yield_!(self.next())));
    }
}

#[coro]
pub fn fed() -> impl Coroutine<u8, Yield = u32, Return = ()> {
    let mut scanner = Scanner { mode: Mode::Text, sum: 0 };
    loop {
        scanner.feed(yield_!(scanner.wanted()));
    }
}
