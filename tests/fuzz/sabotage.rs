//! Bugs on purpose: the expansion of a program is changed as a bug of the transform or of the runtime would change it, and
//! takes the place of the annotated function. A fuzzer that finds nothing there would prove nothing.

use std::panic::catch_unwind;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprCall, ExprIf, Fields, File, ItemEnum, Pat, PatStruct, Stmt, parse_quote};

use crate::program::Program;

/// A way to break a machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bug {
    /// The fields of each state are the other way round: what is suspended drops its oldest first.
    Fields,
    /// The patterns of the arms are: what an arm does not pass on drops the oldest first.
    Patterns,
    /// A value whose scope ends is not dropped.
    SkippedDrop,
    /// A value whose scope ends drops at the end of its arm.
    LateDrop,
    /// A field that is held until its scope ends is given up at the suspension.
    Unheld,
    /// Two operands are evaluated in the other order.
    Operands,
    /// The state is left before what is yielded is evaluated.
    EarlyState,
    /// A condition is the other way round.
    Condition,
    /// A statement is missing.
    Statement,
    /// A future is pending once more than its leaves, and wakes nobody.
    Pending,
    /// What is lent drops in another order.
    Lent,
}

impl Bug {
    pub const ALL: [Bug; 11] = [
        Bug::Fields,
        Bug::Patterns,
        Bug::SkippedDrop,
        Bug::LateDrop,
        Bug::Unheld,
        Bug::Operands,
        Bug::EarlyState,
        Bug::Condition,
        Bug::Statement,
        Bug::Pending,
        Bug::Lent,
    ];

    /// The module of the machine with the bug, if it has a place for it.
    pub fn planted(self, program: &Program) -> Option<String> {
        let function: TokenStream = program.function().parse().expect("the generator writes tokens");
        let expanded = catch_unwind(|| unawait_transform::expand(TokenStream::new(), function)).ok()?;
        let mut file: File = syn::parse2(expanded).ok()?;
        let mut saboteur = Saboteur { bug: self, hits: 0 };
        saboteur.visit_file_mut(&mut file);
        let text = prettyplease::unparse(&file);
        (saboteur.hits > 0).then(|| program.with_machine(&text))
    }
}

struct Saboteur {
    bug: Bug,
    hits: usize,
}

impl Saboteur {
    /// Whether it is this bug; most are planted wherever they can be.
    fn is(&mut self, bug: Bug, here: bool) -> bool {
        let hit = self.bug == bug && here;
        self.hits += usize::from(hit);
        hit
    }
}

impl VisitMut for Saboteur {
    fn visit_item_enum_mut(&mut self, item: &mut ItemEnum) {
        for variant in &mut item.variants {
            if let Fields::Named(fields) = &mut variant.fields
                && self.is(Bug::Fields, fields.named.len() > 1)
            {
                fields.named = std::mem::take(&mut fields.named).into_iter().rev().collect();
            }
        }
    }

    fn visit_pat_struct_mut(&mut self, pattern: &mut PatStruct) {
        let is_state = pattern
            .path
            .segments
            .first()
            .is_some_and(|first| first.ident == "State");
        if self.is(Bug::Patterns, is_state && pattern.fields.len() > 1) {
            pattern.fields = std::mem::take(&mut pattern.fields).into_iter().rev().collect();
        }
    }

    fn visit_block_mut(&mut self, block: &mut Block) {
        visit_mut::visit_block_mut(self, block);
        for at in 0..block.stmts.len() {
            let later = block.stmts.get(at + 1).cloned();
            let dropped = is_drop(&block.stmts[at]);
            if self.is(Bug::SkippedDrop, dropped) {
                let Stmt::Expr(Expr::Call(call), _) = &mut block.stmts[at] else {
                    return;
                };
                call.func = parse_quote!(core::mem::forget);
            } else if self.is(Bug::LateDrop, dropped) {
                block.stmts[at] = parse_quote!(if false {});
            } else if let Some(later) = later {
                self.exchange(block, at, &later);
            }
            if self.is(Bug::Statement, self.hits == 0 && is_call(&block.stmts[at])) {
                block.stmts[at] = parse_quote!(if false {});
            }
        }
    }

    fn visit_expr_if_mut(&mut self, branch: &mut ExprIf) {
        visit_mut::visit_expr_if_mut(self, branch);
        let plain = !matches!(*branch.cond, Expr::Let(_) | Expr::Binary(_));
        if self.is(Bug::Condition, plain && self.hits == 0) {
            let condition = &branch.cond;
            branch.cond = parse_quote!(!(#condition));
        }
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        let text = expr.to_token_stream().to_string();
        if self.is(Bug::Pending, text.starts_with("async_to_generator (")) {
            *expr = parse_quote!(support::lazy(#expr));
        } else if self.is(Bug::Unheld, text.starts_with("hold (") && text.contains(". keep (")) {
            // The value is given to a function that drops it and says that nothing was there.
            *expr = parse_quote!(support::unheld(#expr));
        }
    }
}

impl Saboteur {
    /// Bugs that change the order of two statements.
    fn exchange(&mut self, block: &mut Block, at: usize, later: &Stmt) {
        let first = &block.stmts[at];
        let both = is_let(first) && is_let(later) && !mentions(later, first);
        let state = is_let(first) && is_put(later);
        let lent = first.to_token_stream().to_string().starts_with("let _ = (& ");
        if self.is(Bug::Operands, both) || self.is(Bug::EarlyState, state) {
            block.stmts.swap(at, at + 1);
        } else if self.is(Bug::Lent, lent) {
            block.stmts[at] = parse_quote!(if false {});
        }
    }
}

fn is_drop(statement: &Stmt) -> bool {
    let tokens = statement.to_token_stream().to_string();
    tokens.starts_with("drop (")
}

fn is_put(statement: &Stmt) -> bool {
    let tokens = statement.to_token_stream().to_string();
    tokens.starts_with("put (")
}

/// A call of something that logs.
fn is_call(statement: &Stmt) -> bool {
    let Stmt::Expr(Expr::Call(ExprCall { func, .. }), Some(_)) = statement else {
        return false;
    };
    let name = func.to_token_stream().to_string();
    ["first", "second", "eat", "see", "seen", "bump"].contains(&name.as_str())
}

/// `let x = call;` of a variable alone.
fn is_let(statement: &Stmt) -> bool {
    let Stmt::Local(local) = statement else {
        return false;
    };
    let calls = local
        .init
        .as_ref()
        .is_some_and(|init| init.expr.to_token_stream().to_string().contains('"'));
    matches!(untyped(&local.pat), Pat::Ident(_)) && calls
}

fn untyped(pat: &Pat) -> &Pat {
    match pat {
        Pat::Type(typed) => &typed.pat,
        other => other,
    }
}

/// Whether the one mentions what the other binds.
fn mentions(later: &Stmt, first: &Stmt) -> bool {
    let Stmt::Local(local) = first else {
        return false;
    };
    let name = untyped(&local.pat).to_token_stream().to_string();
    let name = name.trim_start_matches("mut ");
    let text = later.to_token_stream().to_string();
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
        .any(|word| word == name)
}
