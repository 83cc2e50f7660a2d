//! A `return` that a macro hides in the operand of an await: in the block of the operand it would leave that alone.
//!
//! ```text
//! async move { let output = send(&text, built!(n)).await; (output,) }
//! ```
//!
//! In a tuple the output is of no type that the function gives, so that rustc refuses such a `return`.

use syn::{Expr, Stmt};

use super::is_enclosed;
use crate::{
    emit::body::Writer,
    enclose,
    ir::{BlockId, End, Node, Suspension},
    layout::State,
    pattern, syntax,
};

impl Writer<'_> {
    /// Whether the block gives what it would give alone in a tuple: the operand calls a macro that we do not know, and a `return`
    /// of the function's which that hides must not be taken for the output, unless the function ends with that.
    pub(super) fn gives_tuple(&self, state: &State, suspension: &Suspension) -> bool {
        let operand = &suspension.value.syntax;
        let alone = state.lent.is_empty() && !is_enclosed(operand) && self.lends(suspension);
        alone && enclose::calls_unknown(&Stmt::Expr(operand.clone(), None)) && !self.ends_with_output(state.block)
    }

    /// Whether the function gives what it received, and does nothing else.
    fn ends_with_output(&self, resume: BlockId) -> bool {
        let body = &self.machine.block(resume).body;
        let codes = body.nodes.iter().filter(|node| !matches!(node, Node::EndScope(_)));
        let (received, others) = match codes.collect::<Vec<_>>().as_slice() {
            [Node::Code(first), others @ ..] => (Some(&first.syntax), others.len()),
            nodes => (None, nodes.len()),
        };
        let ends = match (&body.end, received) {
            (End::Complete(Some(value)), Some(Stmt::Local(local))) if syntax::variable(&value.syntax).is_some() => {
                let given = syntax::variable(&value.syntax);
                given == pattern::single(&local.pat).map(|pat| &pat.ident)
            }
            (End::Complete(Some(value)), _) => matches!(&value.syntax, Expr::Tuple(unit) if unit.elems.is_empty()),
            (End::Complete(None), _) => true,
            _ => false,
        };
        ends && others == 0
    }
}
