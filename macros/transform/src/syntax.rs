//! Facts about expressions that hold without types: places, methods that take `self` by value, values that
//! certainly need no drop.

mod shape;

use proc_macro2::Ident;
use syn::{
    BinOp, Block, Expr, ExprBlock, ExprLet, ExprPath, ExprReference, Lit, Stmt, UnOp,
    token::Brace,
    visit::{self, Visit},
};

use self::shape::returns_copy;
use crate::{
    std_macros,
    std_values::{self, OfStd},
};

pub(crate) use self::shape::{Shape, is_primitive, of_items, of_type, of_value};

/// The expression inside parentheses and invisible groups.
pub(crate) fn inner(expr: &Expr) -> &Expr {
    match expr {
        Expr::Paren(paren) => inner(&paren.expr),
        Expr::Group(group) => inner(&group.expr),
        other => other,
    }
}

/// `{ stmts }`, made without reading it again: there may be code in it that does not parse, and is refused.
pub(crate) fn block_of(stmts: Vec<Stmt>) -> Expr {
    Expr::Block(ExprBlock {
        attrs: Vec::new(),
        label: None,
        block: Block {
            brace_token: Brace::default(),
            stmts,
        },
    })
}

/// The variable as an expression: made, since reading one token takes as long as a hundred of these.
pub(crate) fn mention(name: &Ident) -> Expr {
    Expr::Path(ExprPath {
        attrs: Vec::new(),
        qself: None,
        path: name.clone().into(),
    })
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

/// `TOTAL`, by its name: a static or a constant.
pub(crate) fn is_static(path: &syn::ExprPath) -> bool {
    let last = path.path.segments.last().map(|last| last.ident.to_string());
    last.is_some_and(|name| name.len() > 1 && !name.contains(char::is_lowercase))
}

/// Whether the place is behind a `*`.
pub(crate) fn dereferences(place: &Expr) -> bool {
    match inner(place) {
        Expr::Field(field) => dereferences(&field.base),
        Expr::Index(index) => dereferences(&index.expr),
        Expr::Unary(unary) => matches!(unary.op, UnOp::Deref(_)),
        _ => false,
    }
}

/// The fields of `Item { name: value, ..base }` of which `base` keeps one with a drop, as far as syntax tells.
pub(crate) fn left_in_base(literal: &syn::ExprStruct) -> impl Iterator<Item = &syn::FieldValue> {
    let drops = |field: &&syn::FieldValue| !of_value(&field.expr, &|_| Shape::Unknown).is_plain();
    literal.fields.iter().filter(drops)
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

/// The roots of what the expression borrows by `&mut`.
pub(crate) fn lent_by_mut(expr: &Expr) -> Vec<&Ident> {
    struct Lent<'a>(Vec<&'a Ident>);
    impl<'ast> Visit<'ast> for Lent<'ast> {
        fn visit_expr_reference(&mut self, reference: &'ast ExprReference) {
            if reference.mutability.is_some() {
                self.0.extend(root(&reference.expr));
            }
            visit::visit_expr_reference(self, reference);
        }
    }
    let mut lent = Lent(Vec::new());
    lent.visit_expr(expr);
    lent.0
}

/// The `let`s of a condition, in order.
pub(crate) fn lets(condition: &Expr) -> Vec<&ExprLet> {
    match inner(condition) {
        Expr::Let(found) => vec![found],
        Expr::Binary(and) if matches!(and.op, BinOp::And(_)) => [lets(&and.left), lets(&and.right)].concat(),
        _ => Vec::new(),
    }
}

/// Whether a condition has a `let`.
pub(crate) fn has_let(condition: &Expr) -> bool {
    match condition {
        Expr::Let(_) => true,
        Expr::Binary(binary) => has_let(&binary.left) || has_let(&binary.right),
        _ => false,
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
        "into_",
        "unwrap",
        "expect",
        "map",
        "ok_or",
        "skip",
        "filter",
        "and_then",
        "or_else",
        "or_insert",
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
        "into"
        | "try_into"
        | "ok"
        | "err"
        | "flatten"
        | "zip"
        | "chain"
        | "rev"
        | "enumerate"
        | "take_while"
        | "step_by"
        | "peekable"
        | "fuse"
        | "cloned"
        | "copied"
        | "collect"
        | "sum"
        | "product"
        | "count"
        | "fold"
        | "for_each"
        | "last"
        | "inspect"
        | "scan"
        | "flat_map"
        | "cycle"
        | "unzip"
        | "partition"
        | "reduce"
        | "max_by"
        | "max_by_key"
        | "min_by"
        | "min_by_key"
        | "then"
        | "catch"
        | "finally"
        | "then_some"
        | "unwrap_or_default"
        | "xor"
        | "zip_with"
        | "intersperse"
        | "boxed"
        | "boxed_local"
        | "now_or_never"
        | "compat"
        | "compat_write"
        | "buffered"
        | "buffer_unordered"
        | "finish_into"
        | "leak"
        | "transpose"
        | "join_all"
        | "or"
        | "and"
        | "or_default"
        | "try_collect"
        | "try_buffered"
        | "try_buffer_unordered"
        | "for_each_concurrent"
        | "try_for_each_concurrent" => true,
        "join" => arguments == 0,
        "take" => arguments == 1,
        _ => false,
    }
}

/// `option.is_some_and(..)`
pub(crate) fn tests(method: &Ident) -> bool {
    ["is_some_and", "is_none_or", "is_ok_and", "is_err_and"]
        .iter()
        .any(|name| method == name)
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

/// Whether the expression is built of literals only, so that `&` of it lives for ever.
pub(crate) fn is_constant(expr: &Expr) -> bool {
    match inner(expr) {
        Expr::Lit(_) => true,
        Expr::Macro(mac) => std_macros::is_literal(&mac.mac),
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
    takes_self(&call.method, call.args.len()) || is_block(&call.receiver) || picks_of(call, &|_| None)
}

/// `iterator.max()`, which a type of the user's may have too; `variable` knows which variables are iterators.
pub(crate) fn picks_of(call: &syn::ExprMethodCall, variable: &dyn Fn(&Ident) -> Option<OfStd>) -> bool {
    let picks = (call.method == "max" || call.method == "min") && call.args.is_empty();
    picks && std_values::of_std(&call.receiver, variable).is_some_and(OfStd::is_iterator)
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

/// Whether a value of a type of the user's is made here, or is a part of what is made: `View { text: &text }`, `Some(View(&text))`.
pub(crate) fn makes_type_of_user(value: &Expr) -> bool {
    match inner(value) {
        Expr::Struct(_) => true,
        Expr::Reference(reference) => makes_type_of_user(&reference.expr),
        Expr::Tuple(tuple) => tuple.elems.iter().any(makes_type_of_user),
        Expr::Array(array) => array.elems.iter().any(makes_type_of_user),
        Expr::Call(call) if is_constructor(&call.func) => {
            let of_std = matches!(inner(&call.func), Expr::Path(path) if ["Some", "Ok", "Err"].iter().any(|name| path.path.is_ident(name)));
            !of_std || call.args.iter().any(makes_type_of_user)
        }
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

/// Methods that make an iterator of what they are called on: by value where that is a reader.
pub(crate) fn is_source(method: &Ident) -> bool {
    matches!(method.to_string().as_str(), "lines" | "bytes" | "split")
}
