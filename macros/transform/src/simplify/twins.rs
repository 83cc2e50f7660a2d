//! Suspensions after which the same happens, with the same variables: they share a state. So do those behind which the same scopes
//! end.
//!
//! ```text
//! // Input:
//! let mut x = yield_!(0.0);  loop { total += x; x = yield_!(total); }
//! Yield0: let mut x = received(..); goto Loop0    Yield1: x = received(..); goto Loop0
//! // Output:
//! Yield0: let mut x = received(..); goto Loop0
//! ```
//!
//! That is how most coroutines with inputs begin and go on. Where it is the only way to the loop, the head of the loop then becomes a
//! part of it.

use std::collections::BTreeSet;

use quote::ToTokens;
use syn::{Expr, Pat, Stmt};

use super::{graph::Graph, lead_to};
use crate::{
    flow::{Flow, Holds},
    ir::{Block, BlockId, Code, Effect, End, LocalId, Machine, Node, PartId, Role},
    layout, syntax,
};

pub(super) fn share(machine: &mut Machine, graph: &mut Graph, flow: &Flow, pinned: &BTreeSet<BlockId>) {
    let mut first: Vec<Resume> = Vec::new();
    for block in machine.order.clone() {
        let Some(resume) = Resume::of(machine, flow, block).filter(|_| !pinned.contains(&block)) else {
            continue;
        };
        match first.iter().find(|other| resume.is_twin_of(other)) {
            Some(other) => lead_to(machine, graph, block, other.block),
            None => first.push(resume),
        }
    }
}

/// A block that goes on with another block, and takes at most what it was resumed with as the value of a variable.
struct Resume {
    block: BlockId,
    takes: Option<Takes>,
    /// The variable is declared before.
    assigned: bool,
    goes_to: BlockId,
    carried: Vec<(LocalId, Holds, Vec<PartId>)>,
}

#[derive(PartialEq)]
struct Takes {
    variable: LocalId,
    value: String,
}

impl Resume {
    fn of(machine: &Machine, flow: &Flow, block: BlockId) -> Option<Self> {
        let Block { role, body, .. } = machine.block(block);
        let (End::Goto(goes_to, _), Role::Yield) = (&body.end, role) else {
            return None;
        };
        let moves = flow.moves[block.0].as_ref()?;
        let (takes, assigned) = match body.nodes.as_slice() {
            [] => (None, true),
            [Node::Code(code)] => {
                let (value, assigned) = set(&code.syntax)?;
                let value = value.to_token_stream().to_string();
                let variable = only_sets(code)?;
                (Some(Takes { variable, value }), assigned)
            }
            _ => return None,
        };
        // What it held before is gone without a trace, if that is a number.
        let forgotten = |other: LocalId| {
            let local = machine.local(other);
            takes.as_ref().is_some_and(|takes| takes.variable == other) && (local.plain || local.proven)
        };
        let carried = layout::carried_by(machine, flow, block).into_iter();
        Some(Resume {
            block,
            goes_to: *goes_to,
            carried: carried
                .filter(|other| !forgotten(*other))
                .map(|other| (other, moves.get(other), moves.parts(other)))
                .collect(),
            assigned,
            takes,
        })
    }

    /// Whether this is the other one, once more.
    fn is_twin_of(&self, other: &Resume) -> bool {
        (self.assigned || !other.assigned)
            && self.takes == other.takes
            && self.goes_to == other.goes_to
            && self.carried == other.carried
    }
}

/// `let x = value;`, `x = value;`, and whether it is the latter.
fn set(stmt: &Stmt) -> Option<(&Expr, bool)> {
    match stmt {
        Stmt::Local(local) if local.attrs.is_empty() => {
            let init = local.init.as_ref().filter(|init| init.diverge.is_none())?;
            let plain = match &local.pat {
                Pat::Type(typed) => &*typed.pat,
                pat => pat,
            };
            matches!(plain, Pat::Ident(name) if name.by_ref.is_none() && name.subpat.is_none())
                .then_some((&*init.expr, false))
        }
        Stmt::Expr(Expr::Assign(assign), Some(_)) => {
            syntax::variable(&assign.left)?;
            Some((&*assign.right, true))
        }
        _ => None,
    }
}

/// The variable that the code sets, if it looks at none.
fn only_sets(code: &Code<Stmt>) -> Option<LocalId> {
    let (mut variable, mut others) = (None, false);
    code.effect.each(&mut |leaf| match leaf {
        Effect::Declare(local) | Effect::Assign(local) => variable = Some(*local),
        Effect::Exit => {}
        _ => others = true,
    });
    variable.filter(|_| !others)
}
