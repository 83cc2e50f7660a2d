//! A field of a tuple that is written there and given away: the others live to the end of the statement.
//!
//! ```text
//! // Input:
//! f((make(), log()).0, yield 1)
//! // Output:
//! let mut t = make();  let mut temporary = log();  let mut t = t;  suspend 1 ..  f(t, received(..))
//! ```
//!
//! What is left of a variable of which a field was moved has no name, so each element gets a variable.

use syn::{Expr, Member, parse_quote, spanned::Spanned};

use super::{Lower, operand::OPERAND};
use crate::{ir::LocalId, syntax};

impl Lower<'_> {
    /// As [`name_temporaries`](Self::name_temporaries), of a value that is given away.
    pub(super) fn name_value_temporaries(&mut self, expr: Expr) -> Expr {
        match self.field_of_tuple(&expr) {
            Some((elements, index)) => self.element(elements, index),
            None => self.name_temporaries(expr),
        }
    }

    /// `(a, b).0`, of what may have a drop.
    fn field_of_tuple(&self, expr: &Expr) -> Option<(Vec<Expr>, usize)> {
        let Expr::Field(field) = syntax::inner(expr) else {
            return None;
        };
        let (Expr::Tuple(tuple), Member::Unnamed(member)) = (syntax::inner(&field.base), &field.member) else {
            return None;
        };
        let index = usize::try_from(member.index).ok()?;
        let elements: Vec<_> = tuple.elems.iter().cloned().collect();
        let taken = elements.get(index)?;
        (!self.shape(taken).is_plain()).then_some((elements, index))
    }

    /// The element, and variables for the others.
    fn element(&mut self, elements: Vec<Expr>, index: usize) -> Expr {
        let last = elements.len() - 1;
        let (given, mut numbers, mut taken) = (self.given.len(), Vec::new(), None);
        for (at, element) in elements.into_iter().enumerate() {
            let span = element.span();
            let mut value = self.name_value_temporaries(element);
            let is_next = at == index && at == last;
            if !is_next && !matches!(value, Expr::Lit(_)) {
                value = self.bind_temporary(OPERAND, value, span);
            }
            // Until all are there, they are operands.
            if self.given_variable(&value).is_some() {
                self.gives(&value);
                numbers.push(at);
            }
            if at == index {
                taken = Some(value);
            }
        }
        let mut left = self.given.split_off(given);
        let taken_at = numbers.iter().position(|at| *at == index);
        let variable = taken_at.map(|at| left.remove(at));
        self.leave_fields(left, variable);
        if let Some(local) = variable.filter(|local| self.has_younger_temporary(*local, &[])) {
            self.bound_again(local);
        }
        taken.unwrap_or_else(|| parse_quote!(()))
    }

    /// What is left of the tuple is a temporary from here on, younger than those of its elements. The fields of a value drop
    /// in order, variables the other way round.
    fn leave_fields(&mut self, mut left: Vec<LocalId>, taken: Option<LocalId>) {
        let Some(last) = left.pop() else {
            return;
        };
        if self.has_younger_temporary(last, taken.as_slice()) {
            self.bound_again(last);
        }
        for local in left.into_iter().rev() {
            self.bound_again(local);
        }
        self.bind_given_again();
    }
}
