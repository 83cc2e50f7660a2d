//! Large arrays, and small ones that are changed by index, which stay where they are instead of moving from state to state.
//!
//! ```text
//! // Input:
//! let mut buffer = [0u8; 4096]; loop { buffer[n] += 1; yield buffer[0]; }
//! // Output, a variable beside the state:
//! let buffer = [0u8; 4096];
//! machine((State::Start, buffer), || |(state, buffer), _| { .. buffer[n] += 1; .. })
//! ```
//!
//! What an await borrows has to be somewhere else than in the machine, which moves: it is a variable of an `async` block
//! around the machine, and a `&mut` in the states, or a `&` of one that is not mutable.
//!
//! ```text
//! async move {
//!     let mut buffer = [0u8; 4096];
//!     async_to_generator(generator(State::Start { buffer: &mut buffer }, ..)).await
//! }
//! ```
//!
//! That is done where nobody can tell: the elements are literals, so making them does nothing, they are `Copy`, and their end is
//! no event; the variable has a name of its own, and no mention of it keeps a borrow across a suspension.
//!
//! Promises: the rewritten body mentions such a variable as what it is then, a `&mut [T; N]`, and never by value.

mod borrows;
mod indexed;
mod mentions;
mod tuples;

use std::collections::BTreeSet;

use proc_macro2::Ident;
use syn::{
    Block, Expr, ExprRepeat, Lit, Local, Stmt, parse_quote,
    visit::{self, Visit},
};

use crate::{
    emit::is_start,
    ir::{End, LocalId, Machine},
    layout::{Layout, State},
    lower::{Argument, Function},
    pattern,
    signature::Kind,
    syntax::{self, Shape},
};

/// An array of so many bytes is large.
const LARGE: u128 = 128;

/// Where an array stays.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Stays {
    /// In the machine, beside its state.
    Beside,
    /// Outside of the machine, which has a reference to it.
    Outside,
}

/// An array that stays where it is.
pub(crate) struct Array {
    /// `let buffer = [0u8; 4096];`
    pub declaration: Local,
    pub name: Ident,
    pub stays: Stays,
}

/// The arrays of the function that would move, and how they can stay; the function in which they do.
pub(crate) fn stay(
    function: &Function,
    kind: &Kind,
    machine: &Machine,
    layout: &Layout,
) -> Option<(Function, Vec<Array>)> {
    let declarations = declarations(&function.body);
    // Each run of a recursive function has an array of its own.
    if declarations.is_empty() || function.recursive.is_some() {
        return None;
    }
    let (mut function, mut arrays) = (function.clone(), Vec::new());
    let unknown = unknown(machine, layout);
    for declaration in declarations {
        let Some(single) = pattern::single(&declaration.pat) else {
            continue;
        };
        let (name, mutable) = (single.ident.clone(), single.mutability.is_some());
        let Some(stays) = moves(machine, layout, &name).and_then(|awaited| where_to(awaited, kind)) else {
            continue;
        };
        if stays == Stays::Outside && !is_large(&declaration) {
            continue;
        }
        let mut body = function.body.clone();
        tuples::split(&mut body, &name);
        if !binds_once(&function, &name) || !mentions::rewrite(&mut body, &name, stays, &unknown) {
            continue;
        }
        function.body = body;
        function.arguments.push(argument(&name, stays, mutable));
        arrays.push(Array {
            declaration,
            name,
            stays,
        });
    }
    (!arrays.is_empty()).then_some((function, arrays))
}

/// Variables that move from state to state and may be borrows, for all that is known of them.
fn unknown(machine: &Machine, layout: &Layout) -> BTreeSet<String> {
    let states = layout.states.iter().filter(|state| !is_start(machine, state));
    let carried = states.flat_map(State::carried).map(|field| field.local);
    let may_borrow = |local: &LocalId| !machine.local(*local).plain && !layout.numbers.contains(local);
    let unknown = carried.filter(may_borrow);
    unknown.map(|local| machine.local(local).ident.to_string()).collect()
}

/// Whether the variable moves from state to state, and if so, whether an await looks at it.
fn moves(machine: &Machine, layout: &Layout, name: &Ident) -> Option<bool> {
    let is_named = |local: LocalId| machine.local(local).ident == *name;
    let carried = layout
        .states
        .iter()
        .any(|state| state.carried().any(|field| is_named(field.local)));
    let mut awaited = false;
    for &block in &machine.order {
        machine.block(block).body.each(&mut |body| {
            if let End::Suspend(suspension) = &body.end
                && suspension.awaits.is_some()
            {
                awaited |= machine.mentioned(&suspension.value.effect).into_iter().any(is_named);
            }
        });
    }
    carried.then_some(awaited)
}

fn where_to(awaited: bool, kind: &Kind) -> Option<Stays> {
    match (awaited, kind) {
        (false, _) => Some(Stays::Beside),
        (true, Kind::Future { .. }) => Some(Stays::Outside),
        // There is no block around a stream.
        (true, _) => None,
    }
}

fn argument(name: &Ident, stays: Stays, mutable: bool) -> Argument {
    let ty = match mutable || stays == Stays::Beside {
        true => parse_quote!(&mut [_]),
        false => parse_quote!(&[_]),
    };
    Argument {
        ident: name.clone(),
        mutable: false,
        ty: Some(ty),
        pattern: None,
        shape: Shape::Plain,
        once: false,
        reads: false,
        of_std: None,
        stays: Some(stays),
    }
}

/// The declarations of arrays of literals that are dear to move.
///
/// What is indexed is in memory. A small array that moves is stored there, changed in part, and read as a whole, for which
/// processors wait: that takes longer than to copy ten of them.
fn declarations(body: &Block) -> Vec<Local> {
    struct Find(Vec<Local>);
    impl Visit<'_> for Find {
        fn visit_local(&mut self, local: &Local) {
            let parts = tuples::parts(local).into_iter();
            self.0.extend(parts.filter(|part| array(part).is_some()));
            visit::visit_local(self, local);
        }
        fn visit_expr_closure(&mut self, _: &syn::ExprClosure) {}
        fn visit_expr_async(&mut self, _: &syn::ExprAsync) {}
        fn visit_item(&mut self, _: &syn::Item) {}
    }
    let mut find = Find(Vec::new());
    find.visit_block(body);
    let is_indexed = |local: &Local| {
        let single = pattern::single(&local.pat).filter(|single| single.mutability.is_some());
        single.is_some_and(|single| indexed::is_indexed(body, &single.ident))
    };
    find.0.retain(|local| is_large(local) || is_indexed(local));
    find.0
}

/// The bytes of the array of literals that is declared.
fn array(local: &Local) -> Option<u128> {
    let init = local.init.as_ref().filter(|init| init.diverge.is_none())?;
    match syntax::inner(&init.expr) {
        Expr::Repeat(repeat) if local.attrs.is_empty() => size(repeat),
        _ => None,
    }
}

fn is_large(local: &Local) -> bool {
    array(local).is_some_and(|size| size >= LARGE)
}

/// The bytes of an array of literals, as far as they can be told; those of a length with a name are many.
fn size(array: &ExprRepeat) -> Option<u128> {
    let element = match syntax::inner(&array.expr) {
        Expr::Repeat(inner) => size(inner)?,
        Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Neg(_)) => literal(syntax::inner(&unary.expr))?,
        other => literal(other)?,
    };
    let length = match syntax::inner(&array.len) {
        Expr::Lit(length) => match &length.lit {
            Lit::Int(length) => length.base10_parse().ok()?,
            _ => return None,
        },
        _ => LARGE,
    };
    Some(element.saturating_mul(length))
}

/// The bytes of a literal, at least.
fn literal(expr: &Expr) -> Option<u128> {
    let Expr::Lit(literal) = expr else {
        return None;
    };
    let suffix = match &literal.lit {
        Lit::Int(number) => number.suffix(),
        Lit::Float(number) => number.suffix(),
        Lit::Bool(_) | Lit::Byte(_) => "u8",
        Lit::Char(_) => "char",
        _ => return None,
    };
    Some(match suffix {
        "u16" | "i16" => 2,
        "u32" | "i32" | "f32" | "char" => 4,
        "u64" | "i64" | "usize" | "isize" | "f64" => 8,
        "u128" | "i128" => 16,
        _ => 1,
    })
}

/// Whether no other variable of the function has the name.
fn binds_once(function: &Function, name: &Ident) -> bool {
    let body = pattern::bound_within(&syntax::block_of(function.body.stmts.clone()));
    let patterns = function
        .arguments
        .iter()
        .filter_map(|argument| argument.pattern.as_ref());
    let arguments = function.arguments.iter().map(|argument| argument.ident.clone());
    let bound = body
        .into_iter()
        .chain(patterns.flat_map(pattern::names))
        .chain(arguments);
    bound
        .chain(function.first.clone())
        .filter(|other| other == name)
        .count()
        == 1
}

/// `buffer = [0; 4096];` in place of a declaration in a loop.
fn assignment(local: &Local, name: &Ident) -> Option<Stmt> {
    let value = &local.init.as_ref()?.expr;
    Some(parse_quote!(#name = #value;))
}
