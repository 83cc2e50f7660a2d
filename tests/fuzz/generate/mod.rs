//! From a seed to a program: a signature, a body and how to call it.
//!
//! The body is text that is valid in a `#[coro]` function and in its oracle alike. The generator follows types, moves and
//! borrows, so that rustc accepts nearly every program as plain Rust; what it does not accept is only dropped.

mod arrays;
mod branches;
mod everyday;
mod expressions;
mod forms;
mod guards;
mod leases;
mod loops;
mod patterns;
mod scope;
mod shapes;
mod signature;
mod statements;
mod suspensions;
mod together;
mod types;

use std::collections::BTreeSet;

use crate::program::{Kind, Program};
use crate::random::Random;
use crate::switches::{Switch, Switches};

use scope::{Pin, States, Variable};
use types::Ty;

/// How often a run of a program may suspend, about: the harnesses stop soon after.
const SUSPENSIONS: usize = 12;

/// Writes one program.
pub struct Writer<'s> {
    random: Random,
    /// For large arrays, of which there were so many.
    arrays: Random,
    rows: usize,
    /// For what everyday code does besides.
    habits: Random,
    /// For shapes of several statements, whose variables are numbered.
    shapes: Random,
    shaped: usize,
    /// For guards that end where a loop goes on.
    guards: Random,
    switches: &'s Switches,
    kind: Kind,
    /// The signature asks for `Clone`; there is an inner function.
    clone: bool,
    has_inner: bool,
    /// Its arguments have a type of the caller's.
    generic: bool,
    recursive: bool,
    variables: Vec<Variable>,
    loops: Vec<Loop>,
    pins: Vec<Pin>,
    /// What was written last leaves the block: nothing can follow.
    left: bool,
    /// Variables declared within fewer loops are not given away here.
    movable_from: usize,
    /// In a closure: the first of its own variables.
    captured: Option<usize>,
    /// Numbers for variables, for log entries and for labels.
    named: usize,
    logged: usize,
    labels: usize,
    /// How many expressions and statements may still be written.
    fuel: usize,
    depth: usize,
    /// Whether a suspension, a jump, a temporary with a drop may stand here.
    suspends: bool,
    exits: bool,
    temporaries: bool,
    /// Whether this is an operand, so that something of the same statement is evaluated after it.
    operand: bool,
    /// Whether it is within one, in a block of its own too.
    nested: bool,
    /// In the arguments of one of std's macros.
    in_macro: bool,
    /// In the operand of an await: how many variables there were before it. In a block of that those are not given away.
    awaiting: Option<usize>,
    barrier: usize,
    /// How often this place is run, about, and how many suspensions are left.
    weight: usize,
    left_suspensions: usize,
    /// What the body returns and yields.
    result: Ty,
    item: Ty,
    /// The shapes that were written.
    tags: BTreeSet<Switch>,
}

/// A loop or a labelled block around this place.
struct Loop {
    label: Option<String>,
    /// A block, which only a labelled `break` leaves.
    block: bool,
    /// What `break` gives.
    gives: Option<Ty>,
    /// How many of `Writer::loops` that are loops are left by a `break` of it.
    mark: usize,
    /// Whether `continue` is sure to come to an end.
    continues: bool,
    after: States,
}

/// The program of a seed.
pub fn program(seed: u64, switches: &Switches) -> Program {
    let mut random = Random::new(seed);
    let kind = random.weighted(&[
        (10, Kind::Async),
        (7, Kind::Iterator),
        (5, Kind::Coroutine),
        (4, Kind::Stream),
    ]);
    let result = match kind {
        Kind::Iterator | Kind::Stream => Ty::Unit,
        Kind::Async | Kind::Coroutine => random.weighted(&[
            (4, Ty::Num),
            (4, Ty::Tracer),
            (2, Ty::MaybeTracer),
            (3, Ty::Outcome),
            (2, Ty::Converted),
            (1, Ty::Pair),
            (1, Ty::Unit),
        ]),
    };
    let item = random.weighted(&[(3, Ty::Num), (2, Ty::Tracer), (1, Ty::MaybeNum)]);
    let fuel = 12 + random.below(60);
    let mut writer = Writer::new(random, switches, kind);
    (writer.result, writer.item, writer.fuel) = (result, item, fuel);
    writer.program(seed)
}

impl<'s> Writer<'s> {
    fn new(random: Random, switches: &'s Switches, kind: Kind) -> Self {
        Writer {
            arrays: Random::new(random.clone().below(usize::MAX) as u64),
            rows: 0,
            habits: Random::new(random.clone().below(usize::MAX) as u64 ^ 1),
            shapes: Random::new(random.clone().below(usize::MAX) as u64 ^ 2),
            shaped: 0,
            guards: Random::new(random.clone().below(usize::MAX) as u64 ^ 3),
            random,
            switches,
            kind,
            clone: false,
            has_inner: false,
            generic: false,
            recursive: false,
            variables: Vec::new(),
            loops: Vec::new(),
            pins: Vec::new(),
            left: false,
            movable_from: 0,
            captured: None,
            named: 0,
            logged: 0,
            labels: 0,
            fuel: 0,
            depth: 0,
            suspends: true,
            exits: true,
            temporaries: true,
            operand: false,
            nested: false,
            in_macro: false,
            awaiting: None,
            barrier: 0,
            weight: 1,
            left_suspensions: SUSPENSIONS,
            result: Ty::Unit,
            item: Ty::Num,
            tags: BTreeSet::new(),
        }
    }
}

impl Writer<'_> {
    /// A name for an entry of the log.
    fn label(&mut self, prefix: &str) -> String {
        self.logged += 1;
        format!("\"{prefix}{}\"", self.logged)
    }

    /// Whether a shape may be written that is known to be refused or to differ; remembers that it was.
    fn allowed(&mut self, switch: Switch) -> bool {
        let on = self.switches.is_on(switch);
        if on {
            self.tags.insert(switch);
        }
        on
    }

    /// Whether there is room for something bigger than a leaf.
    fn has_fuel(&mut self) -> bool {
        self.fuel > 0 && self.depth < 6
    }

    /// Writes with some of the permissions changed.
    fn under<T>(&mut self, change: impl FnOnce(&mut Self), write: impl FnOnce(&mut Self) -> T) -> T {
        let permissions = (self.suspends, self.exits, self.temporaries);
        let place = (self.operand, self.nested, self.in_macro, self.awaiting, self.barrier);
        change(self);
        self.nested |= self.operand;
        if !self.operand {
            self.barrier = self.barrier.max(self.awaiting.unwrap_or(0));
        }
        let result = write(self);
        (self.suspends, self.exits, self.temporaries) = permissions;
        (self.operand, self.nested, self.in_macro, self.awaiting, self.barrier) = place;
        result
    }
}
