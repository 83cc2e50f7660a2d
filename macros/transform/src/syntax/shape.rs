//! What the value of an expression certainly is: [`Shape`].

use proc_macro2::Ident;
use syn::{Expr, ExprMethodCall, Pat, RangeLimits, Type, UnOp};

use super::{inner, is_comparison, is_lazy, is_number, is_view};
use crate::signature;

/// What syntax says of a value's type, as far as drops are concerned.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    Unknown,
    /// No drop glue: `&mut T`, for example.
    Plain,
    /// `Copy` too.
    Copy,
    /// Such an iterator of std's, or a collection of std's.
    Peekable,
    Collection,
    Tuple(Vec<Shape>),
}

impl Shape {
    pub fn is_plain(&self) -> bool {
        match self {
            Shape::Unknown | Shape::Peekable | Shape::Collection => false,
            Shape::Plain | Shape::Copy => true,
            Shape::Tuple(parts) => parts.iter().all(Shape::is_plain),
        }
    }

    pub fn is_copy(&self) -> bool {
        match self {
            Shape::Unknown | Shape::Plain | Shape::Peekable | Shape::Collection => false,
            Shape::Copy => true,
            Shape::Tuple(parts) => parts.iter().all(Shape::is_copy),
        }
    }

    /// The shape of the variable that `pat` binds at `name`, when a value of this shape is matched.
    pub fn of_binding(&self, pat: &Pat, name: &Ident) -> Shape {
        match (pat, self) {
            (Pat::Ident(ident), shape) if ident.ident == *name => match &ident.by_ref {
                Some(_) if ident.mutability.is_some() => Shape::Plain,
                Some(_) => Shape::Copy,
                None => shape.clone(),
            },
            (Pat::Paren(paren), _) => self.of_binding(&paren.pat, name),
            (Pat::Type(typed), _) => of_type(&typed.ty).of_binding(&typed.pat, name),
            (Pat::Reference(reference), _) => Shape::Copy.of_binding(&reference.pat, name),
            (Pat::Tuple(tuple), Shape::Tuple(parts)) if tuple.elems.len() == parts.len() => {
                let found = tuple.elems.iter().zip(parts).find(|(pat, _)| binds(pat, name));
                found.map_or(Shape::Unknown, |(pat, part)| part.of_binding(pat, name))
            }
            _ if self.is_copy() => Shape::Copy,
            // Its parts have no drop either; behind a reference they are references.
            _ if self.is_plain() => Shape::Plain,
            _ if crate::pattern::copied(pat).contains(name) => Shape::Copy,
            _ => Shape::Unknown,
        }
    }
}

fn binds(pat: &Pat, name: &Ident) -> bool {
    crate::pattern::bindings(pat).iter().any(|b| b.ident == *name)
}

pub(crate) fn of_type(ty: &Type) -> Shape {
    match ty {
        Type::Tuple(tuple) if !tuple.elems.is_empty() => Shape::Tuple(tuple.elems.iter().map(of_type).collect()),
        _ if signature::is_copy(ty) => Shape::Copy,
        _ if signature::is_plain(ty) => Shape::Plain,
        _ => Shape::Unknown,
    }
}

/// Methods of std whose results are numbers, booleans, characters or shared references, under names that nobody
/// gives to something else.
pub(super) fn returns_copy(method: &str) -> bool {
    method.starts_with("is_")
        || ["wrapping_", "saturating_", "trim"]
            .iter()
            .any(|p| method.starts_with(p))
        || matches!(
            method,
            "len"
                | "capacity"
                | "starts_with"
                | "ends_with"
                | "contains"
                | "contains_key"
                | "as_str"
                | "as_bytes"
                | "as_slice"
                | "abs"
                | "pow"
                | "powi"
                | "powf"
                | "sqrt"
                | "count_ones"
                | "count_zeros"
                | "leading_zeros"
                | "trailing_zeros"
                | "to_digit"
                | "rem_euclid"
                | "abs_diff"
                | "eq_ignore_ascii_case"
                | "to_bits"
        )
}

pub(crate) fn is_primitive(name: &Ident) -> bool {
    let name = name.to_string();
    matches!(
        name.as_str(),
        "u8" | "u16"
            | "u32"
            | "u64"
            | "u128"
            | "usize"
            | "i8"
            | "i16"
            | "i32"
            | "i64"
            | "i128"
            | "isize"
            | "f32"
            | "f64"
            | "bool"
            | "char"
    )
}

/// The shape of an expression's value; `variable` knows those of the variables.
pub(crate) fn of_value(expr: &Expr, variable: &dyn Fn(&Ident) -> Shape) -> Shape {
    let of = |expr: &Expr| of_value(expr, variable);
    let all = |list: &[Shape]| match () {
        () if list.iter().all(Shape::is_copy) => Shape::Copy,
        () if list.iter().all(Shape::is_plain) => Shape::Plain,
        () => Shape::Unknown,
    };
    match inner(expr) {
        Expr::Lit(_) => Shape::Copy,
        Expr::Path(path) => match path.path.get_ident() {
            Some(name) => variable(name),
            None => of_constant(&path.path),
        },
        Expr::Reference(reference) if reference.mutability.is_some() => Shape::Plain,
        Expr::Reference(_) | Expr::RawAddr(_) => Shape::Copy,
        // `x as Box<dyn Debug>` owns what it was.
        Expr::Cast(cast) => of_type(&cast.ty),
        Expr::Unary(unary) => match unary.op {
            UnOp::Deref(_) => Shape::Unknown,
            _ => of(&unary.expr),
        },
        Expr::Binary(binary) if is_lazy(&binary.op) || is_comparison(&binary.op) => Shape::Copy,
        Expr::Binary(binary) => match (of(&binary.left), of(&binary.right)) {
            (Shape::Copy, _) | (_, Shape::Copy) if is_number(&binary.left) || is_number(&binary.right) => Shape::Copy,
            (left, right) => all(&[left, right]),
        },
        Expr::MethodCall(call) if returns_copy(&call.method.to_string()) => Shape::Copy,
        Expr::MethodCall(call) if call.args.is_empty() && is_view(&call.method) => Shape::Plain,
        Expr::MethodCall(call) => of_lent(call, &of).unwrap_or(Shape::Unknown),
        Expr::Call(call) => match inner(&call.func) {
            Expr::Path(path) if replaces(&path.path) => match call.args.first() {
                Some(Expr::Reference(replaced)) => of(&replaced.expr),
                _ => Shape::Unknown,
            },
            Expr::Path(path) if pins(&path.path) => call.args.first().map_or(Shape::Unknown, of),
            Expr::Path(path) if path.path.segments.len() == 2 && is_primitive(&path.path.segments[0].ident) => {
                match path.path.segments[1].ident.to_string().as_str() {
                    "from" | "min" | "max" | "pow" => Shape::Copy,
                    _ => Shape::Unknown,
                }
            }
            _ => Shape::Unknown,
        },
        Expr::Tuple(tuple) => Shape::Tuple(tuple.elems.iter().map(of).collect()),
        Expr::Array(array) => all(&array.elems.iter().map(of).collect::<Vec<_>>()),
        Expr::Repeat(repeat) => of(&repeat.expr),
        Expr::Range(range) => {
            let ends: Vec<_> = [&range.start, &range.end]
                .into_iter()
                .flatten()
                .map(|e| of(e))
                .collect();
            match all(&ends) {
                Shape::Copy | Shape::Plain => Shape::Plain,
                other => other,
            }
        }
        Expr::If(branches) => match &branches.else_branch {
            Some((_, otherwise)) => all(&[of_block(&branches.then_branch, variable), of(otherwise)]),
            None => Shape::Copy,
        },
        Expr::Block(block) => of_block(&block.block, variable),
        Expr::Unsafe(block) => of_block(&block.block, variable),
        Expr::Match(expr) => of_arms(&expr.arms),
        Expr::Macro(mac) if mac.mac.path.is_ident("matches") => Shape::Copy,
        _ => Shape::Unknown,
    }
}

/// What such an iterator or collection lends: a reference, or an `Option` of one.
fn of_lent(call: &ExprMethodCall, of: &dyn Fn(&Expr) -> Shape) -> Option<Shape> {
    match (call.method.to_string().as_str(), inner(&call.receiver)) {
        ("unwrap" | "expect", Expr::MethodCall(lent)) => of_lent(lent, of),
        ("peek", receiver) => matches!(of(receiver), Shape::Peekable | Shape::Collection).then_some(Shape::Copy),
        ("peek_mut", receiver) => (of(receiver) == Shape::Peekable).then_some(Shape::Plain),
        ("first" | "last" | "front" | "back" | "get" | "first_key_value" | "last_key_value", receiver) => {
            (of(receiver) == Shape::Collection).then_some(Shape::Copy)
        }
        ("first_mut" | "last_mut" | "front_mut" | "back_mut" | "get_mut", receiver) => {
            (of(receiver) == Shape::Collection).then_some(Shape::Plain)
        }
        _ => None,
    }
}

/// `mem::take`, `mem::replace`: they give a value of the type that they are given a reference to.
fn replaces(function: &syn::Path) -> bool {
    let mut names = function.segments.iter().rev().map(|segment| &segment.ident);
    names.next().is_some_and(|name| name == "take" || name == "replace")
        && names.next().is_some_and(|name| name == "mem")
}

/// `Pin::new`
fn pins(function: &syn::Path) -> bool {
    let mut names = function.segments.iter().rev().map(|segment| &segment.ident);
    names.next().is_some_and(|name| name == "new") && names.next().is_some_and(|name| name == "Pin")
}

fn of_block(block: &syn::Block, variable: &dyn Fn(&Ident) -> Shape) -> Shape {
    match block.stmts.as_slice() {
        [syn::Stmt::Expr(expr, None)] => of_value(expr, variable),
        // Its own variables may hide others.
        [.., syn::Stmt::Expr(expr, None)] => of_value(expr, &|_| Shape::Unknown),
        _ => Shape::Unknown,
    }
}

/// What the arms give that end; their own variables may hide others.
fn of_arms(arms: &[syn::Arm]) -> Shape {
    let leaves = |expr: &Expr| matches!(inner(expr), Expr::Return(_) | Expr::Break(_) | Expr::Continue(_));
    let ends = arms.iter().map(|arm| &*arm.body).filter(|body| !leaves(body));
    let shapes: Vec<_> = ends.map(|body| of_value(body, &|_| Shape::Unknown)).collect();
    match !shapes.is_empty() && shapes.iter().all(Shape::is_copy) {
        true => Shape::Copy,
        false => Shape::Unknown,
    }
}

fn of_constant(path: &syn::Path) -> Shape {
    let first = path.segments.first().map(|s| &s.ident);
    match first {
        Some(first) if is_primitive(first) => Shape::Copy,
        _ => Shape::Unknown,
    }
}

/// The shape of what an iterator expression gives.
pub(crate) fn of_items(expr: &Expr, variable: &dyn Fn(&Ident) -> Shape) -> Shape {
    match inner(expr) {
        Expr::Range(range) if !matches!(range.limits, RangeLimits::HalfOpen(_)) || range.start.is_some() => {
            let ends = [&range.start, &range.end].into_iter().flatten();
            match ends.map(|end| of_value(end, variable)).any(|shape| shape.is_copy()) {
                true => Shape::Copy,
                false => Shape::Unknown,
            }
        }
        Expr::MethodCall(call) => match call.method.to_string().as_str() {
            "chars" | "bytes" | "char_indices" | "split_whitespace" => Shape::Copy,
            "copied" => Shape::Copy,
            _ => Shape::Unknown,
        },
        Expr::Reference(reference) => match inner(&reference.expr) {
            Expr::Array(_) if reference.mutability.is_none() => Shape::Copy,
            _ => Shape::Unknown,
        },
        Expr::Array(array) => match of_value(&Expr::Array(array.clone()), variable) {
            Shape::Copy => Shape::Copy,
            _ => Shape::Unknown,
        },
        _ => Shape::Unknown,
    }
}
