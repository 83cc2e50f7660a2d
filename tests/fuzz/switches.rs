//! Shapes that are known to differ or to be refused, each by a name. A row of README's table is behind each: when the row
//! goes, the switch is turned on.

use std::collections::BTreeSet;

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
}

impl Switch {
    pub const ALL: [Switch; 5] = [
        Switch::PartialMove,
        Switch::UnknownMethod,
        Switch::TemporariesOfTails,
        Switch::MatchInOperand,
        Switch::CopiedParts,
    ];

    /// What the row of the table is about that keeps the switch off, if one does.
    pub fn row(self) -> Option<&'static str> {
        match self {
            Switch::PartialMove | Switch::UnknownMethod => None,
            Switch::TemporariesOfTails => Some("The last expression of a block, or a condition"),
            Switch::MatchInOperand => Some("A `match` in an operand of a suspension or beside one"),
            Switch::CopiedParts => Some("A pattern copies all fields of a type that has a `Drop` of its own"),
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
            switch.row().is_none() || named.split(',').any(|wanted| wanted == name || wanted == "all")
        };
        Switches(Switch::ALL.into_iter().filter(on).collect())
    }

    pub fn is_on(&self, switch: Switch) -> bool {
        self.0.contains(&switch)
    }
}
