//! The refusals that are known, each with the row of README's table of limits that it belongs to. Anything else that the
//! machine's side refuses is a finding.

use crate::project::Refusal;

/// A kind of refusal.
#[derive(Debug)]
pub struct Class {
    /// How the row begins.
    pub row: &'static str,
    code: &'static str,
    /// Each of these is a part of the message.
    message: &'static [&'static str],
}

/// In the order in which they are tried.
pub const CLASSES: [Class; 12] = [
    Class {
        row: "A part of a local was moved, by its field or by a pattern",
        code: "E0382",
        message: &["partially moved value: `"],
    },
    Class {
        row: "A method takes `self` by value, and its name is not one that std alone uses",
        code: "E0382",
        message: &["moved value: `"],
    },
    Class {
        row: "A borrow of a local, kept across a suspension, that cannot be taken again",
        code: "E0505",
        message: &["cannot move out of"],
    },
    Class {
        row: "A borrow of a local, kept across a suspension, that cannot be taken again",
        code: "E0597",
        message: &["does not live long enough"],
    },
    Class {
        row: "A reborrow of a `&mut` argument, kept across a suspension",
        code: "E0499",
        message: &["as mutable more than once at a time"],
    },
    Class {
        row: "A borrow of a local in a variable, a temporary or a pattern that is awaited on",
        code: "E0515",
        message: &["cannot return value referencing"],
    },
    Class {
        row: "A loop over a borrow of a local that has no n-th element in constant time",
        code: "E0277",
        message: &["a loop over a borrow of a local cannot be continued by position"],
    },
    Class {
        row: "A type is needed in one branch and fixed only in a later one, or after the branches",
        code: "E0282",
        message: &["type annotations needed"],
    },
    Class {
        row: "A borrowed temporary in a branch or block of a `let`",
        code: "",
        message: &["this temporary would be dropped at the next suspension"],
    },
    Class {
        row: "A suspension in a closure, an `async` or `const` block",
        code: "",
        message: &["cannot be used inside a"],
    },
    Class {
        row: "`return`, `?`, `break` or `continue` that leaves an operand of `join!`",
        code: "",
        message: &["cannot leave"],
    },
    Class {
        row: "A guard of a local that a `match`, `if let`, `for` or an operand keeps across a suspension",
        code: "",
        message: &["is kept to the end of the statement, across a suspension"],
    },
];

impl Class {
    fn fits(&self, refusal: &Refusal) -> bool {
        let has = |part: &&str| refusal.message.contains(*part);
        refusal.code == self.code && self.message.iter().all(has)
    }
}

/// The row of the first error that has none is missing; otherwise that of the first.
pub fn row(refusals: &[Refusal]) -> Option<&'static str> {
    let mut rows = refusals.iter().map(|refusal| {
        let class = CLASSES.iter().find(|class| class.fits(refusal));
        class.map(|class| class.row)
    });
    let first = rows.next().flatten()?;
    rows.all(|row| row.is_some()).then_some(first)
}
