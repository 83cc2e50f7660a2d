//! Shapes that are known to differ or to be refused, each by a name. A row of README's table is behind each: when the row
//! goes, the switch is turned on.

use std::collections::BTreeSet;
use std::fmt::{self, Display};

/// A shape that the generator can write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Switch {
    /// A part of a local is moved while the local is in scope.
    PartialMove,
    /// A method takes its receiver under a name that does not say so.
    UnknownMethod,
    /// The last expression of a block, or a condition, suspends and makes temporaries with a drop.
    TemporariesOfTails,
    /// A match in an operand takes a part of a new value and leaves one.
    MatchInOperand,
    /// A pattern copies all fields of a type with a drop of its own.
    CopiedParts,
    /// A block in an operand declares a variable under the name of one outside.
    HiddenInOperand,
    /// An arm of a match on a new value has a guard, which may panic.
    GuardOfNewValue,
    /// An arm has several patterns for what is behind a reference.
    OrOfReference,
    /// A field is taken of a new tuple.
    PartOfNewValue,
    /// A scrutinee that suspends gives a new value, of which a pattern leaves a part.
    PartOfSuspended,
    /// A part of a chain of conditions behind the first one gives a variable away.
    MoveInChain,
    /// An argument of one of std's macros leaves a loop or the function.
    JumpInMacro,
    /// A block in the operand of an await gives a variable away.
    MoveInAwaited,
    /// The arguments of a method of an unknown name suspend, which takes its receiver.
    ReceiverOfSuspended,
    /// The value of a `let .. else` gives a variable away.
    MoveInLetElse,
    /// A temporary is lent to an await, beside an operand of something else.
    LentTemporary,
    /// A `?` converts the error of what was awaited.
    ConvertedBehindAwait,
    /// `join!` or `select!` is awaited.
    Together,
    /// One of them stands in the arguments of another macro.
    TogetherInMacro,
    /// What everyday code does besides (`generate/everyday.rs`).
    Everyday,
    /// A part of a value is replaced by `..base`.
    StructUpdate,
    /// Shapes of several statements (`generate/shapes.rs`).
    Shapes,
}

/// Why a shape is not written, or may be refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// A row of README's table begins so.
    Row(&'static str),
}

impl Display for Reason {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Reason::Row(row) = self;
        write!(to, "{row}")
    }
}

impl Switch {
    pub const ALL: [Switch; 22] = [
        Switch::PartialMove,
        Switch::UnknownMethod,
        Switch::TemporariesOfTails,
        Switch::MatchInOperand,
        Switch::CopiedParts,
        Switch::HiddenInOperand,
        Switch::GuardOfNewValue,
        Switch::OrOfReference,
        Switch::PartOfNewValue,
        Switch::PartOfSuspended,
        Switch::MoveInChain,
        Switch::JumpInMacro,
        Switch::MoveInAwaited,
        Switch::ReceiverOfSuspended,
        Switch::MoveInLetElse,
        Switch::LentTemporary,
        Switch::ConvertedBehindAwait,
        Switch::Together,
        Switch::TogetherInMacro,
        Switch::Everyday,
        Switch::StructUpdate,
        Switch::Shapes,
    ];

    /// Why it is off, if it is.
    pub fn reason(self) -> Option<Reason> {
        match self {
            Switch::CopiedParts => Some(Reason::Row(
                "A pattern copies all fields of a type that has a `Drop` of its own",
            )),
            Switch::ConvertedBehindAwait => Some(Reason::Row(
                "An await whose operand makes a temporary with a drop, and a `?` whose conversion does something",
            )),
            _ => None,
        }
    }
}

/// Which shapes are written.
#[derive(Debug, Clone)]
pub struct Switches(BTreeSet<Switch>);

impl Switches {
    /// Those behind which no difference is known, and these.
    pub fn with(named: &str) -> Self {
        let on = |switch: &Switch| {
            let name = format!("{switch:?}");
            switch.reason().is_none() || named.split(',').any(|wanted| wanted == name || wanted == "all")
        };
        Switches(Switch::ALL.into_iter().filter(on).collect())
    }

    pub fn is_on(&self, switch: Switch) -> bool {
        self.0.contains(&switch)
    }
}
