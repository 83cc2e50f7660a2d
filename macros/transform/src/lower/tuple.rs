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
//!
//! And a tuple that is taken apart at once: one `let` for each element, if nobody can tell.

use quote::ToTokens;
use syn::{Expr, ExprTuple, Local, Member, Pat, Stmt, parse_quote, parse_quote_spanned, spanned::Spanned};

use super::{Lower, extended::is_reference_of_value, operand::OPERAND};
use crate::{ir::LocalId, names::Namespace, pattern, syntax};

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

    /// `match (&a(), &b()) { (a, b) => .. }`: what the references are to lives on, if each of the elements can be evaluated for
    /// itself.
    pub(super) fn name_referents(&mut self, tuple: &mut ExprTuple, pats: &[&Pat]) {
        let made = |element: &Expr| matches!(element, Expr::Reference(_)) && is_reference_of_value(element);
        let Some(last) = tuple.elems.iter().rposition(made) else {
            return;
        };
        let apart = |element: &Expr| made(element) || syntax::is_constant(element) || self.borrows_place(element);
        let binds = pats.iter().any(|pat| !pattern::bindings(pat).is_empty());
        if !binds || !tuple.elems.iter().take(last).all(apart) {
            return;
        }
        for element in tuple.elems.iter_mut().filter(|element| made(element)) {
            if let Expr::Reference(reference) = element {
                let value = (*reference.expr).clone();
                *reference.expr = self.named_referent("matched", value, reference.mutability.is_some());
            }
        }
    }

    /// `let (a, b) = (&make(), other());` as two statements: `a` is taken again in each arm, and `b` cannot be.
    pub(super) fn one_by_one(&self, pat: &Pat, value: &Expr) -> Option<Vec<Local>> {
        let (Pat::Tuple(pats), Expr::Tuple(values)) = (pat, syntax::inner(value)) else {
            return None;
        };
        let (pats, values): (Vec<_>, Vec<_>) = (pats.elems.iter().collect(), values.elems.iter().collect());
        let borrows = |value: &Expr| matches!(value, Expr::Reference(_)) && !syntax::is_constant(value);
        let owns = |value: &Expr| !matches!(value, Expr::Reference(_)) && !self.shape(value).is_plain();
        let owned_at = values.iter().position(|value| owns(value))?;
        // A new value that is borrowed is there before the variables are, and drops after them.
        let in_order = !values[owned_at..].iter().any(|value| is_reference_of_value(value));
        let fits = pats.len() == values.len() && !pats.iter().any(|pat| pattern::leaves_something(pat));
        let apart = (0..values.len()).all(|at| self.is_apart(pats.get(at).copied(), &values[at..]));
        let split = |(pat, value): (&Pat, &Expr)| match parse_quote_spanned!(pat.span()=> let #pat = #value;) {
            Stmt::Local(local) => Some(local),
            _ => None,
        };
        let locals = || pats.into_iter().zip(values.iter().copied()).filter_map(split).collect();
        (values.iter().any(|value| borrows(value)) && in_order && fits && apart).then(locals)
    }

    /// Whether the first of the values may be bound before the others are evaluated: its temporaries would end, and they would
    /// see the variable.
    fn is_apart(&self, pat: Option<&Pat>, values: &[&Expr]) -> bool {
        let later = Namespace::of(values[1..].iter().map(|value| value.to_token_stream()).collect());
        let names = pat.map(pattern::names).unwrap_or_default();
        let mut value = match values[0] {
            Expr::Reference(reference) => &*reference.expr,
            other => other,
        };
        // Of `&make().name` it is `make()` that lives on.
        while let Expr::Field(field) = value {
            value = &field.base;
        }
        !names.iter().any(|name| later.mentions(&name.to_string())) && !self.has_temporaries(value)
    }
}
