//! Types of users' kinds that generated programs have: with operators, with methods that take `self`, behind `dyn`.

use std::fmt::Debug;
use std::ops::{Add, AddAssign, Index, Neg};

use crate::support::{D, Pair, Tracer, eat, log, see, swap};

/// Fields that are emptied and filled.
#[derive(Debug, Clone)]
pub struct Slot {
    pub item: Option<D>,
    pub pair: Pair,
}

/// A number that owns something.
#[derive(Debug, Clone, PartialEq, PartialOrd)]
pub struct Sum(Owned, [u32; 1]);

/// A tracer that compares as all others do.
#[derive(Debug, Clone)]
struct Owned(#[allow(dead_code)] D);

impl PartialEq for Owned {
    fn eq(&self, _: &Self) -> bool {
        log("eq");
        true
    }
}

impl PartialOrd for Owned {
    fn partial_cmp(&self, _: &Self) -> Option<std::cmp::Ordering> {
        log("cmp");
        Some(std::cmp::Ordering::Equal)
    }
}

pub fn sum(d: D, n: u32) -> Sum {
    log("sum");
    Sum(Owned(d), [n])
}

impl Add for Sum {
    type Output = Sum;

    fn add(self, other: Sum) -> Sum {
        log("add");
        Sum(self.0, [self.1[0].wrapping_add(other.1[0])])
    }
}

impl AddAssign for Sum {
    fn add_assign(&mut self, other: Sum) {
        log("add_assign");
        self.1[0] = self.1[0].wrapping_add(other.1[0]);
    }
}

impl Neg for Sum {
    type Output = Sum;

    fn neg(self) -> Sum {
        log("neg");
        Sum(self.0, [!self.1[0]])
    }
}

impl Index<usize> for Sum {
    type Output = u32;

    fn index(&self, at: usize) -> &u32 {
        &self.1[at]
    }
}

/// Methods that take their receiver and give it back.
#[derive(Debug, Clone)]
pub struct Builder {
    parts: Vec<D>,
}

impl Builder {
    #[allow(clippy::new_without_default, reason = "programs call this")]
    pub fn new() -> Self {
        log("builder");
        Builder { parts: Vec::new() }
    }

    pub fn part(mut self, part: D) -> Self {
        log(format!("part {part:?}"));
        self.parts.push(part);
        self
    }

    pub fn build(self) -> Vec<D> {
        log("build");
        self.parts
    }
}

/// Behind `dyn`.
pub trait Shape: Debug {
    fn area(&self) -> u32;
    fn grow(&mut self, by: D);
    fn done(self: Box<Self>) -> u32;
}

impl Shape for D {
    fn area(&self) -> u32 {
        self.size()
    }

    fn grow(&mut self, by: D) {
        swap(self, by);
    }

    fn done(self: Box<Self>) -> u32 {
        eat(*self)
    }
}

impl Shape for Pair {
    fn area(&self) -> u32 {
        see(self)
    }

    fn grow(&mut self, by: D) {
        swap(&mut self.right, by);
    }

    fn done(self: Box<Self>) -> u32 {
        eat(self.left) + eat(self.right)
    }
}

/// Takes any function.
pub async fn apply<T>(f: impl Fn(T) -> u32, value: T) -> u32 {
    crate::support::later("apply", ()).await;
    f(value)
}
