//! What a function or a method makes of a borrow of a local, and `unsafe` code gets behind a suspension: whether that is a pointer
//! to the local, which moves in between, only its type tells.
//!
//! ```text
//! // Input:
//! let p = address(&x); yield 1; yield unsafe { read(p) };
//! // Output:
//! let p = no_pointer(address(&x)); ..
//! ```
//!
//! What `unsafe` code makes itself is a handle of a library as a rule, and nothing is asked of it.

use std::collections::BTreeSet;

use quote::ToTokens;
use syn::{Expr, Stmt, Type, parse_quote_spanned, spanned::Spanned};

use super::pointers::{are_together, made};
use crate::{
    expand::Names,
    flow::Flow,
    ir::{Local, Machine, Node},
    layout::Layout,
    span::ours,
    syntax,
    tokens::{self, Token},
};

/// `mentioned`: the variables that `unsafe` code mentions.
pub(crate) fn ask(machine: &mut Machine, flow: &Flow, layout: &Layout, mentioned: &BTreeSet<String>, names: &Names) {
    for block in machine.order.clone() {
        let mut body = machine.block(block).body.clone();
        body.each_mut(&mut |body| {
            for node in &mut body.nodes {
                let pointers = made(machine, node, mentioned);
                let may_dangle = pointers.iter().any(|(holder, pointer)| {
                    let number =
                        holder.is_some_and(|holder| is_no_pointer(machine.local(holder))) && !is_cast_to_pointer(node);
                    !number && are_together(machine, flow, layout, *holder, pointer.to, mentioned)
                });
                if may_dangle
                    && let Node::Code(code) = node
                    && let Some(value) = value(&mut code.syntax)
                    && !matches!(syntax::inner(value), Expr::Unsafe(_))
                {
                    let no_pointer = names.path_at("no_pointer", value.span());
                    *value = parse_quote_spanned!(ours(value.span())=> #no_pointer(#value));
                }
            }
        });
        machine.blocks[block.0].body = body;
    }
}

/// What the statement gives to a variable.
fn value(stmt: &mut Stmt) -> Option<&mut Expr> {
    match stmt {
        Stmt::Local(local) => local.init.as_mut().map(|init| &mut *init.expr),
        Stmt::Expr(Expr::Assign(assign), _) => Some(&mut assign.right),
        _ => None,
    }
}

/// Whether the type or the value of the variable certainly is none.
fn is_no_pointer(variable: &Local) -> bool {
    let has_pointer = |ty: &Type| tokens::read(ty.to_token_stream()).iter().any(is_pointer);
    variable.plain && !variable.proven && !variable.ty.as_ref().is_some_and(has_pointer)
}

fn is_pointer(token: &Token) -> bool {
    match token {
        Token::Group(_, inside) => inside.iter().any(is_pointer),
        token => token.is_mark('*') || token.is_word("NonNull"),
    }
}

/// `address(&x) as *const u32`
fn is_cast_to_pointer(node: &Node) -> bool {
    let Node::Code(code) = node else { return false };
    let value = value(&mut code.syntax.clone()).cloned();
    matches!(value, Some(Expr::Cast(cast)) if matches!(*cast.ty, Type::Ptr(_)))
}
