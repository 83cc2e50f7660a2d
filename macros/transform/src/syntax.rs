//! Facts about expressions that hold without types: places, methods that take `self` by value, values that
//! certainly need no drop.

use proc_macro2::Ident;
use syn::{BinOp, Expr, Lit, Pat, RangeLimits, Type, UnOp};

use crate::{signature, std_macros};

/// The expression inside parentheses and invisible groups.
pub(crate) fn inner(expr: &Expr) -> &Expr {
    match expr {
        Expr::Paren(paren) => inner(&paren.expr),
        Expr::Group(group) => inner(&group.expr),
        other => other,
    }
}

/// Whether the expression denotes a place (rather than computing a value).
pub(crate) fn is_place(expr: &Expr) -> bool {
    match inner(expr) {
        Expr::Path(path) => path.qself.is_none(),
        Expr::Field(field) => is_place(&field.base),
        Expr::Index(index) => is_place(&index.expr),
        Expr::Unary(unary) => matches!(unary.op, UnOp::Deref(_)),
        _ => false,
    }
}

/// The variable that a place begins with: `user` of `user.tags[0].name`, `*user`.
pub(crate) fn root(expr: &Expr) -> Option<&Ident> {
    match inner(expr) {
        Expr::Path(path) => path.path.get_ident(),
        Expr::Field(field) => root(&field.base),
        Expr::Index(index) => root(&index.expr),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => root(&unary.expr),
        _ => None,
    }
}

/// The variable, if the expression is nothing else.
pub(crate) fn variable(expr: &Expr) -> Option<&Ident> {
    match inner(expr) {
        Expr::Path(path) if path.qself.is_none() => path.path.get_ident(),
        _ => None,
    }
}

/// Whether a method of this name takes `self` by value, going by std's conventions. What is taken for a borrow and moves
/// is rejected by the borrow checker; a method of the user's that borrows under such a name is a row of the README's table.
fn takes_self(method: &Ident, arguments: usize) -> bool {
    let name = method.to_string();
    if [
        "into_", "unwrap", "expect", "map", "ok_or", "skip", "filter", "and_then", "or_else",
    ]
    .iter()
    .any(|prefix| name.starts_with(prefix))
    {
        return true;
    }
    // tokio's `lock_owned`, `reserve_owned`.
    if name.ends_with("_owned") && !name.starts_with("to_") {
        return true;
    }
    match name.as_str() {
        "into" | "try_into" | "ok" | "err" | "flatten" | "zip" | "chain" | "rev" | "enumerate" | "take_while"
        | "step_by" | "peekable" | "fuse" | "cloned" | "copied" | "collect" | "sum" | "product" | "count" | "fold"
        | "for_each" | "last" | "inspect" | "scan" | "flat_map" | "cycle" | "unzip" | "partition" | "reduce"
        | "max_by" | "max_by_key" | "min_by" | "min_by_key" | "then" | "then_some" | "unwrap_or_default" | "xor"
        | "zip_with" | "intersperse" | "finish_into" | "leak" | "transpose" | "join_all" | "or" | "and" => true,
        "join" | "max" | "min" => name == "join" && arguments == 0,
        "take" => arguments == 1,
        _ => false,
    }
}

/// What syntax says of a value's type, as far as drops are concerned.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    Unknown,
    /// No drop glue: `&mut T`, for example.
    Plain,
    /// `Copy` too.
    Copy,
    Tuple(Vec<Shape>),
}

impl Shape {
    pub fn is_plain(&self) -> bool {
        match self {
            Shape::Unknown => false,
            Shape::Plain | Shape::Copy => true,
            Shape::Tuple(parts) => parts.iter().all(Shape::is_plain),
        }
    }

    pub fn is_copy(&self) -> bool {
        match self {
            Shape::Unknown | Shape::Plain => false,
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
fn returns_copy(method: &str) -> bool {
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
        Expr::Reference(_) | Expr::RawAddr(_) | Expr::Cast(_) => Shape::Copy,
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
        Expr::Call(call) => match inner(&call.func) {
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
        Expr::Macro(mac) if mac.mac.path.is_ident("matches") => Shape::Copy,
        _ => Shape::Unknown,
    }
}

fn of_block(block: &syn::Block, variable: &dyn Fn(&Ident) -> Shape) -> Shape {
    match block.stmts.as_slice() {
        [syn::Stmt::Expr(expr, None)] => of_value(expr, variable),
        _ => Shape::Unknown,
    }
}

fn of_constant(path: &syn::Path) -> Shape {
    let first = path.segments.first().map(|s| &s.ident);
    match first {
        Some(first) if is_primitive(first) => Shape::Copy,
        _ => Shape::Unknown,
    }
}

pub(crate) fn is_number(expr: &Expr) -> bool {
    matches!(inner(expr), Expr::Lit(lit) if matches!(lit.lit, Lit::Int(_) | Lit::Float(_)))
}

pub(crate) fn is_lazy(op: &BinOp) -> bool {
    matches!(op, BinOp::And(_) | BinOp::Or(_))
}

pub(crate) fn is_comparison(op: &BinOp) -> bool {
    matches!(
        op,
        BinOp::Eq(_) | BinOp::Ne(_) | BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_)
    )
}

pub(crate) fn is_compound_assignment(op: &BinOp) -> bool {
    matches!(
        op,
        BinOp::AddAssign(_)
            | BinOp::SubAssign(_)
            | BinOp::MulAssign(_)
            | BinOp::DivAssign(_)
            | BinOp::RemAssign(_)
            | BinOp::BitXorAssign(_)
            | BinOp::BitAndAssign(_)
            | BinOp::BitOrAssign(_)
            | BinOp::ShlAssign(_)
            | BinOp::ShrAssign(_)
    )
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

/// Whether the expression is built of literals only, so that `&` of it lives for ever.
pub(crate) fn is_constant(expr: &Expr) -> bool {
    match inner(expr) {
        Expr::Lit(_) => true,
        Expr::Array(array) => array.elems.iter().all(is_constant),
        Expr::Tuple(tuple) => tuple.elems.iter().all(is_constant),
        Expr::Repeat(repeat) => is_constant(&repeat.expr),
        Expr::Reference(reference) => reference.mutability.is_none() && is_constant(&reference.expr),
        Expr::Unary(unary) => !matches!(unary.op, UnOp::Deref(_)) && is_constant(&unary.expr),
        _ => false,
    }
}

/// The operand that an expression begins with.
pub(crate) fn first_operand(expr: &mut Expr) -> Option<&mut Expr> {
    match expr {
        Expr::Assign(assign) => Some(&mut assign.left),
        Expr::Binary(binary) => Some(&mut binary.left),
        Expr::Call(call) => Some(&mut call.func),
        Expr::Cast(cast) => Some(&mut cast.expr),
        Expr::Field(field) => Some(&mut field.base),
        Expr::Index(index) => Some(&mut index.expr),
        Expr::MethodCall(call) => Some(&mut call.receiver),
        Expr::Range(range) => range.start.as_deref_mut(),
        Expr::Try(tried) => Some(&mut tried.expr),
        _ => None,
    }
}

/// Whether evaluating the place may call an `Index` implementation, or panic.
pub(crate) fn indexes(expr: &Expr) -> bool {
    match inner(expr) {
        Expr::Index(_) => true,
        Expr::Reference(reference) => indexes(&reference.expr),
        Expr::Field(field) => indexes(&field.base),
        Expr::Unary(unary) => indexes(&unary.expr),
        Expr::MethodCall(call) => indexes(&call.receiver),
        _ => false,
    }
}

/// Methods of std that only look at their receiver and return a reference into it, in no time.
pub(crate) fn is_view(method: &Ident) -> bool {
    let name = method.to_string();
    matches!(
        name.as_str(),
        "as_str"
            | "as_bytes"
            | "as_slice"
            | "as_mut_slice"
            | "as_ref"
            | "as_mut"
            | "as_deref"
            | "as_deref_mut"
            | "as_path"
    )
}

/// The variable that a part can be moved out of: `user` of `user.name`, `boxed` of `*boxed` (not through an index).
pub(crate) fn owner(place: &Expr) -> Option<&Ident> {
    match inner(place) {
        Expr::Path(_) => variable(place),
        Expr::Field(field) => owner(&field.base),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => owner(&unary.expr),
        _ => None,
    }
}

/// A block of the user's; one that makes a temporary of a variable has an attribute of ours.
fn is_block(expr: &Expr) -> bool {
    matches!(expr, Expr::Block(block) if block.attrs.is_empty())
}

/// Whether the call takes its receiver by value: by the method's name, or because the receiver is `{ a block }`.
pub(crate) fn consumes_receiver(call: &syn::ExprMethodCall) -> bool {
    // `parser.expect(token)` is hardly `Option`'s.
    let text = |expr: &Expr| matches!(inner(expr), Expr::Lit(lit) if matches!(lit.lit, Lit::Str(_)));
    if call.method == "expect" && !call.args.first().is_some_and(text) {
        return is_block(&call.receiver);
    }
    takes_self(&call.method, call.args.len()) || is_block(&call.receiver)
}

/// Methods of std that borrow their receiver and give an owned value.
pub(crate) fn returns_owned(method: &Ident) -> bool {
    let name = method.to_string();
    returns_copy(&name) && !is_view(method) && !name.starts_with("trim")
        || name.starts_with("to_")
        || matches!(
            name.as_str(),
            "clone" | "cloned" | "copied" | "elapsed" | "duration_since"
        )
}

/// `ptr::from_ref(value)`, `ptr::from_mut(value)`
pub(crate) fn makes_pointer(call: &syn::ExprCall) -> bool {
    let Expr::Path(path) = inner(&call.func) else {
        return false;
    };
    let last = path.path.segments.last();
    last.is_some_and(|last| last.ident == "from_ref" || last.ident == "from_mut")
}

/// `Some`, `Type::Variant`: a tuple struct or variant.
pub(crate) fn is_constructor(callee: &Expr) -> bool {
    match inner(callee) {
        Expr::Path(path) => path
            .path
            .segments
            .last()
            .is_some_and(|segment| segment.ident.to_string().starts_with(char::is_uppercase)),
        _ => false,
    }
}

/// Whether the value owns memory at most: `String::new()`, `vec![0; 1024]`.
pub(crate) fn is_memory(expr: &Expr) -> bool {
    match inner(expr) {
        Expr::Macro(mac) if mac.mac.path.is_ident("format") => true,
        Expr::Macro(mac) if mac.mac.path.is_ident("vec") => std_macros::parse(&mac.mac).is_some_and(|known| {
            !known.arguments.is_empty() && known.arguments.iter().all(|part| is_constant(&part.expr))
        }),
        Expr::MethodCall(call) => call.method == "to_string" && call.args.is_empty(),
        Expr::Call(call) => match inner(&call.func) {
            Expr::Path(path) => path.path.segments.first().is_some_and(|first| first.ident == "String"),
            _ => false,
        },
        _ => false,
    }
}

/// Without `?`, `.unwrap()` and `.expect(..)`.
pub(crate) fn peeled(expr: &Expr) -> &Expr {
    match inner(expr) {
        Expr::Try(tried) => peeled(&tried.expr),
        Expr::MethodCall(call) if call.method == "unwrap" || call.method == "expect" => peeled(&call.receiver),
        other => other,
    }
}

/// Where the name of the macro stands in `pin!(value)`.
pub(crate) fn pinned(expr: &Expr) -> Option<proc_macro2::Span> {
    let Expr::Macro(mac) = inner(expr) else {
        return None;
    };
    let name = &mac.mac.path.segments.last()?.ident;
    (name == "pin").then(|| name.span())
}

/// `Box::new(..)`
pub(crate) fn is_box(expr: &Expr) -> bool {
    match inner(expr) {
        Expr::Call(call) => match inner(&call.func) {
            Expr::Path(path) => {
                let segments: Vec<_> = path
                    .path
                    .segments
                    .iter()
                    .rev()
                    .take(2)
                    .map(|s| s.ident.to_string())
                    .collect();
                segments == ["new", "Box"]
            }
            _ => false,
        },
        _ => false,
    }
}

/// Methods that make an iterator of what they are called on: by value where that is a reader, a listener and so on.
pub(crate) fn is_source(method: &Ident) -> bool {
    matches!(
        method.to_string().as_str(),
        "lines" | "bytes" | "split" | "chars" | "incoming" | "drain"
    )
}
