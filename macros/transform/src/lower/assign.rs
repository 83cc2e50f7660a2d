//! Assignments of which a part suspends: the value first, then the place.
//!
//! ```text
//! // Input:
//! list[i()] += yield 1
//! // Output:
//! suspend 1, resume at Yield0    Yield0: list[i()] += received(..)
//! ```
//!
//! Several places are assigned in turn, each when it is evaluated. Where one of them suspends, this is written down:
//!
//! ```text
//! // Input:
//! (a, list[yield 1]) = pair;
//! // Output, before it is lowered:
//! { let (part, part_1) = pair; a = part; list[yield 1] = part_1; }
//! ```

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::{Expr, ExprAssign, Stmt, Token, parse_quote, parse_quote_spanned, spanned::Spanned};

use super::{Dest, Lower, received::temporary_of};
use crate::{span, syntax};

impl Lower<'_> {
    pub(super) fn assigns(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Assign(_) => true,
            Expr::Binary(binary) => syntax::is_compound_assignment(&binary.op),
            _ => false,
        }
    }

    /// `place = value` and `place += value`: the value first, then the place.
    pub(super) fn assignment(&mut self, expr: Expr) {
        let semi = Some(<Token![;]>::default());
        match expr {
            Expr::Assign(assign) if is_pattern(&assign.left) && self.takes_apart(&assign.left) => {
                let in_turn = self.in_turn_assigned(&assign.left, &assign.right);
                self.into(in_turn, &Dest::Discard);
            }
            Expr::Assign(mut assign) => {
                let span = assign.right.span();
                let place_suspends = self.takes_apart(&assign.left);
                let new = !syntax::is_place(&assign.right);
                *assign.right = match place_suspends {
                    true => self.settled("t", *assign.right, span),
                    false => self.assigned_at_once(*assign.right),
                };
                if new && syntax::variable(&assign.right).is_some() && leaves_a_rest(&assign.left) {
                    *assign.right = temporary_of(&assign.right);
                }
                *assign.right = self.ask_before_assigned(&assign.left, *assign.right);
                *assign.left = self.place_assigned(*assign.left, &assign.right);
                self.push_stmt(Stmt::Expr(Expr::Assign(assign), semi), &[]);
            }
            Expr::Binary(mut binary) => {
                let by_types = self.takes_apart(&binary.right) && self.order_depends_on_types(&binary.left);
                let span = binary.right.span();
                *binary.right = match self.takes_apart(&binary.left) {
                    true => self.settled("t", *binary.right, span),
                    false => self.assigned_at_once(*binary.right),
                };
                *binary.left = self.place_assigned(*binary.left, &binary.right);
                if by_types {
                    let (left, right) = (binary.left.clone(), binary.right.clone());
                    let at = left.span();
                    let (number, number_at) = (self.names.path_at("number", at), self.names.path_at("number_at", at));
                    *binary.right = parse_quote_spanned!(span::ours(at)=> #number(#right));
                    *binary.left = parse_quote_spanned!(span::ours(at)=> *#number_at(&mut #left));
                }
                self.push_stmt(Stmt::Expr(Expr::Binary(binary), semi), &[]);
            }
            _ => {}
        }
    }

    /// A value that goes to a place which does not suspend: what is matched may end with the statement.
    fn assigned_at_once(&mut self, mut value: Expr) -> Expr {
        if let Expr::Match(matched) = &mut value
            && self.takes_apart(&matched.expr)
            && self.match_stays_whole(matched, false, true)
        {
            return self.verbatim(value);
        }
        self.value(value)
    }

    /// The place that gets the value: what it makes drops behind that.
    fn place_assigned(&mut self, place: Expr, value: &Expr) -> Expr {
        let given = self.given.len();
        self.gives(value);
        let place = self.value(place);
        self.given.truncate(given);
        place
    }

    /// `{ let (part, part_1) = value; a = part; list[yield 1] = part_1; }`
    fn in_turn_assigned(&self, places: &Expr, value: &Expr) -> Expr {
        let mut parts = Parts {
            lower: self,
            names: self.pending.clone(),
            assignments: TokenStream::new(),
        };
        let pat = parts.pattern(places);
        let assignments = parts.assignments;
        parse_quote!({ let #pat = #value; #assignments })
    }

    /// `list[i()] += yield`: numbers evaluate the right side first, overloaded operators the left.
    fn order_depends_on_types(&self, place: &Expr) -> bool {
        self.has_effects(place) && !self.is_array_of_numbers(place)
    }

    fn has_effects(&self, place: &Expr) -> bool {
        match syntax::inner(place) {
            Expr::Path(_) | Expr::Lit(_) => false,
            Expr::Field(field) => self.has_effects(&field.base),
            Expr::Unary(unary) => self.has_effects(&unary.expr),
            Expr::Index(index) => self.has_effects(&index.expr) || self.has_effects(&index.index),
            Expr::Cast(cast) => self.has_effects(&cast.expr),
            Expr::Binary(binary) => self.has_effects(&binary.left) || self.has_effects(&binary.right),
            _ => true,
        }
    }

    fn is_array_of_numbers(&self, place: &Expr) -> bool {
        let root = syntax::root(place).and_then(|name| self.machine.lookup(self.env, name));
        matches!(syntax::inner(place), Expr::Index(_)) && root.is_some_and(|local| self.machine.local(local).copy)
    }
}

/// `(a, b)`, `[a, b]`, `Some(a)`, `Pair { left, right }`: not one place.
fn is_pattern(place: &Expr) -> bool {
    match syntax::inner(place) {
        Expr::Tuple(_) | Expr::Array(_) => true,
        Expr::Call(call) => matches!(*call.func, Expr::Path(_)),
        // What a literal takes from another value is no pattern.
        Expr::Struct(literal) => literal.rest.is_none(),
        _ => false,
    }
}

/// The parts of an assignment to several places.
struct Parts<'l> {
    lower: &'l Lower<'l>,
    /// Those of the variables that have the values.
    names: Vec<Ident>,
    assignments: TokenStream,
}

impl Parts<'_> {
    fn pattern(&mut self, place: &Expr) -> TokenStream {
        match syntax::inner(place) {
            rest @ Expr::Infer(_) => rest.to_token_stream(),
            Expr::Range(rest) if rest.start.is_none() && rest.end.is_none() => rest.to_token_stream(),
            Expr::Tuple(tuple) => {
                let parts = tuple.elems.iter().map(|place| self.pattern(place));
                quote!((#(#parts,)*))
            }
            Expr::Array(array) => {
                let parts = array.elems.iter().map(|place| self.pattern(place));
                quote!([#(#parts),*])
            }
            Expr::Call(call) if is_pattern(place) => {
                let (constructor, parts) = (&call.func, call.args.iter().map(|place| self.pattern(place)));
                quote!(#constructor(#(#parts),*))
            }
            Expr::Struct(literal) if is_pattern(place) => {
                let (path, rest) = (&literal.path, &literal.dot2_token);
                let fields = literal.fields.iter().map(|field| {
                    let (member, part) = (&field.member, self.pattern(&field.expr));
                    quote!(#member: #part,)
                });
                quote!(#path { #(#fields)* #rest })
            }
            place => {
                let name = self.lower.temporary_name("part", &self.names, place.span());
                self.lower.names.keep(&name);
                self.names.push(name.clone());
                let assignment = Expr::Assign(ExprAssign {
                    attrs: Vec::new(),
                    left: Box::new(place.clone()),
                    eq_token: Token![=](place.span()),
                    right: parse_quote!(#name),
                });
                // As a statement: a place may begin with a block.
                Stmt::Expr(assignment, Some(<Token![;]>::default())).to_tokens(&mut self.assignments);
                name.into_token_stream()
            }
        }
    }
}

/// `(a, _)`, `Pair { left, .. }`: what is assigned is not used whole. The rest of a new value drops before the old values do.
fn leaves_a_rest(place: &Expr) -> bool {
    match syntax::inner(place) {
        Expr::Infer(_) | Expr::Range(_) => true,
        Expr::Tuple(tuple) => tuple.elems.iter().any(leaves_a_rest),
        Expr::Array(array) => array.elems.iter().any(leaves_a_rest),
        Expr::Call(call) => call.args.iter().any(leaves_a_rest),
        Expr::Struct(literal) => {
            literal.dot2_token.is_some() || literal.fields.iter().any(|field| leaves_a_rest(&field.expr))
        }
        _ => false,
    }
}
