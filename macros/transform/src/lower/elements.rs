//! What is found in a variable, as its type says: `n` of `Some(n)` in an `Option<u32>`, of a loop over a `Vec<u32>`.

use syn::{Expr, Pat, Type};

use super::Lower;
use crate::{
    ir::LocalId,
    signature,
    syntax::{self, Shape},
};

impl Lower<'_> {
    /// The shape of what is found in the value.
    pub(super) fn element_shape(&self, value: &Expr) -> Shape {
        self.element_type(value).map_or(Shape::Unknown, syntax::of_type)
    }

    /// The type of what is found in the value: in an `Option`, in a list, by an iterator over one.
    pub(super) fn element_type(&self, value: &Expr) -> Option<&Type> {
        match syntax::inner(value) {
            Expr::Path(_) => element_of(self.variable(value)?.ty.as_ref()?),
            Expr::MethodCall(call) if call.args.is_empty() => match call.method.to_string().as_str() {
                "take" | "pop" | "pop_front" | "pop_back" | "into_iter" | "rev" => self.element_type(&call.receiver),
                _ => None,
            },
            _ => None,
        }
    }

    /// What an iterator in a variable gives: `chars.next()`.
    pub(super) fn shape_of_next(&self, value: &Expr) -> Option<Shape> {
        const NEXT: [&str; 6] = ["next", "next_back", "next_if", "next_if_eq", "nth", "nth_back"];
        let Expr::MethodCall(call) = syntax::inner(value) else {
            return None;
        };
        let items = self.variable(&call.receiver)?.items.as_ref()?;
        (items.is_copy() && NEXT.iter().any(|name| call.method == name)).then_some(Shape::Copy)
    }

    /// Whether this is a reference to text: a variable of that type, or what is certainly made of one.
    pub(super) fn is_text(&self, value: &Expr) -> bool {
        match syntax::inner(value) {
            Expr::Path(_) => self
                .variable(value)
                .is_some_and(|variable| variable.text || variable.ty.as_ref().is_some_and(signature::is_text)),
            Expr::MethodCall(call) if call.args.is_empty() => {
                let trims = ["trim", "trim_start", "trim_end"];
                trims.iter().any(|name| call.method == name) && self.is_text(&call.receiver)
            }
            Expr::Reference(reference) => match syntax::inner(&reference.expr) {
                Expr::Index(part) => matches!(syntax::inner(&part.index), Expr::Range(_)) && self.is_text(&part.expr),
                _ => false,
            },
            _ => false,
        }
    }

    /// Notes which of the variables of a pattern are found in a value of this shape.
    pub(super) fn note_shapes(&mut self, shape: &Shape, pat: &Pat, locals: &[LocalId]) {
        for local in locals {
            let variable = &mut self.machine.locals[local.0];
            let shape = shape.of_binding(pat, &variable.ident);
            variable.plain |= shape.is_plain();
            variable.copy |= shape.is_copy();
            variable.proven &= !shape.is_copy();
        }
    }
}

fn element_of(ty: &Type) -> Option<&Type> {
    const KNOWN: [&str; 7] = [
        "Option",
        "Result",
        "Vec",
        "VecDeque",
        "BinaryHeap",
        "BTreeSet",
        "HashSet",
    ];
    match ty {
        Type::Array(array) => Some(&array.elem),
        Type::Path(path) => {
            let last = path
                .path
                .segments
                .last()
                .filter(|last| KNOWN.iter().any(|name| last.ident == name))?;
            signature::type_arguments(last).next()
        }
        _ => None,
    }
}
