//! The refusals that are known, each with the row of README's table of limits that it belongs to. Anything else that the
//! machine's side refuses is a finding.

use crate::program::Program;
use crate::project::Refusal;
use crate::switches::{Reason, Switch};

/// A kind of refusal.
#[derive(Debug)]
pub struct Class {
    pub reason: Reason,
    code: &'static str,
    /// Each of these is a part of the message.
    message: &'static [&'static str],
    /// The program has this shape, which is why.
    needs: Option<Switch>,
}

/// In the order in which they are tried.
pub const CLASSES: [Class; 22] = [
    Class {
        reason: Reason::Row("A part of a local was moved, by its field, by a pattern"),
        code: "E0382",
        message: &["partially moved value: `"],
        needs: Some(Switch::PartialMove),
    },
    Class {
        reason: Reason::Row("A method takes `self` by value, and its name is not one that std alone uses"),
        code: "E0382",
        message: &["moved value: `"],
        needs: Some(Switch::UnknownMethod),
    },
    Class {
        reason: Reason::Row("A method takes `self` by value, and its name is not one that std alone uses"),
        code: "E0382",
        message: &[" of moved value: value"],
        needs: Some(Switch::UnknownMethod),
    },
    Class {
        reason: Reason::Row("The same, where an argument of the method"),
        code: "E0382",
        message: &["use of moved value: inside of this loop"],
        needs: None,
    },
    Class {
        reason: Reason::Row("A part of a new value is taken beside a suspension"),
        code: "E0382",
        message: &["partially moved value: value"],
        needs: None,
    },
    Class {
        reason: Reason::Row("The same, where an argument of the method suspends"),
        code: "E0382",
        message: &[" of moved value: value"],
        needs: None,
    },
    Class {
        reason: Reason::Row("Struct updates of one base"),
        code: "E0308",
        message: &["mismatched types", "`Option<Pair>`"],
        needs: Some(Switch::StructUpdate),
    },
    Class {
        reason: Reason::Row("A borrow of a local, kept across a suspension, that cannot be taken again"),
        code: "",
        message: &["and is needed after a suspension"],
        needs: None,
    },
    Class {
        reason: Reason::Row("A borrow of a local, kept across a suspension, that cannot be taken again"),
        code: "E0505",
        message: &["cannot move out of"],
        needs: None,
    },
    Class {
        reason: Reason::Row("A borrow of a local, kept across a suspension, that cannot be taken again"),
        code: "E0597",
        message: &["does not live long enough"],
        needs: None,
    },
    Class {
        reason: Reason::Row("A reborrow of a `&mut` argument, kept across a suspension"),
        code: "E0499",
        message: &["as mutable more than once at a time"],
        needs: None,
    },
    Class {
        reason: Reason::Row("A borrow of a local in a variable, a temporary or a pattern that is awaited on"),
        code: "E0515",
        message: &["cannot return value referencing"],
        needs: None,
    },
    Class {
        reason: Reason::Row("A loop over a borrow of a local that has no n-th element in constant time"),
        code: "E0277",
        message: &["a loop over a borrow of a local cannot be continued by position"],
        needs: None,
    },
    Class {
        reason: Reason::Row("A type is needed in one branch and fixed only in a later one, or after the branches"),
        code: "E0282",
        message: &["type annotations needed"],
        needs: None,
    },
    Class {
        reason: Reason::Row("A borrowed temporary in a branch or block of a `let`"),
        code: "",
        message: &["this temporary would be dropped at the next suspension"],
        needs: None,
    },
    Class {
        reason: Reason::Row("A suspension in a closure, an `async` or `const` block"),
        code: "",
        message: &["cannot be used inside a"],
        needs: None,
    },
    Class {
        reason: Reason::Row("`return`, `?`, `break` or `continue` that leaves an operand of `join!`"),
        code: "",
        message: &["cannot leave"],
        needs: None,
    },
    Class {
        reason: Reason::Row(
            "A guard of a local that an operand, the range of a `for` loop or a condition keeps across a suspension",
        ),
        code: "",
        message: &["is kept to the end of the statement, across a suspension"],
        needs: None,
    },
    Class {
        reason: Reason::Row("A closure that uses a captured number by value, and that nobody calls"),
        code: "E0373",
        message: &["closure may outlive the current function"],
        needs: None,
    },
    Class {
        reason: Reason::Row("An operand of `join!` or `select!` gives a variable away on some paths only"),
        code: "",
        message: &["still has a value at a later suspension depends on the path"],
        needs: None,
    },
    Class {
        reason: Reason::Row("The same for a guard by the name of its method"),
        code: "",
        message: &["what this await gives borrows a local"],
        needs: None,
    },
    Class {
        reason: Reason::Row("A guard with a `let` that suspends, and an arm that needs what it binds"),
        code: "",
        message: &["is bound by a guard that suspends, and the arm cannot have it"],
        needs: None,
    },
];

impl Class {
    fn fits(&self, program: &Program, refusal: &Refusal) -> bool {
        let has = |part: &&str| refusal.message.contains(*part);
        let shape = self.needs.is_none_or(|shape| program.tags.contains(&shape));
        refusal.code == self.code && shape && self.message.iter().all(has)
    }
}

/// Why the first of the refusals is known, if each of them is.
pub fn reason(program: &Program, refusals: &[Refusal]) -> Option<Reason> {
    let mut reasons = refusals.iter().map(|refusal| {
        let class = CLASSES.iter().find(|class| class.fits(program, refusal));
        class.map(|class| class.reason)
    });
    let first = reasons.next().flatten()?;
    reasons.all(|reason| reason.is_some()).then_some(first)
}
