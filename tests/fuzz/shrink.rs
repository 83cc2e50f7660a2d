//! Makes a program that was found smaller, as long as it still ends in the same way.
//!
//! A round tries every single cut at once: a statement gone, an expression in place of what it is a part of. Most do not
//! compile, which costs next to nothing; the smallest that is still wrong is where the next round begins.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprBlock, ExprMacro, Pat, Stmt, parse_quote};

use crate::program::Program;

/// All programs with one thing less, the smallest first.
pub fn cuts(program: &Program) -> Vec<Program> {
    let mut found = cuts_of_one(program);
    if let Some(inner) = &program.inner {
        let with = |inner: Option<Program>| Program {
            inner: inner.map(Box::new),
            ..program.clone()
        };
        found.push(with(None));
        // Its arguments stay: the calls of it have them.
        let cuts = cuts_of_one(inner).into_iter();
        let cuts = cuts.filter(|cut| cut.arguments.len() == inner.arguments.len());
        found.extend(cuts.map(|cut| with(Some(cut))));
    }
    found.retain(|cut| size(cut) < size(program));
    found.sort_by_key(size);
    found
}

fn cuts_of_one(program: &Program) -> Vec<Program> {
    let text = format!("{{ {} }}", program.body);
    let body: Block = syn::parse_str(&text).expect("the generator writes blocks");
    let mut found = without_arguments(program);
    let mut at = 0;
    loop {
        let mut cut = body.clone();
        let mut cutter = Cutter { left: at, done: false };
        cutter.visit_block_mut(&mut cut);
        if !cutter.done {
            break;
        }
        at += 1;
        let statements = cut.stmts;
        let body = quote::quote!(#(#statements)*).to_string();
        if syn::parse_str::<Block>(&format!("{{ {body} }}")).is_err() {
            continue;
        }
        found.push(Program {
            body,
            ..program.clone()
        });
    }
    found.sort_by_key(size);
    found.dedup_by(|one, other| one.body == other.body && one.arguments.len() == other.arguments.len());
    found
}

/// How much there is to read.
pub fn size(program: &Program) -> usize {
    let tokens: TokenStream = program.body.parse().expect("the generator writes tokens");
    let inner = program.inner.as_ref().map_or(0, |inner| 20 + size(inner));
    count(tokens) + 5 * program.arguments.len() + inner
}

fn count(tokens: TokenStream) -> usize {
    let inner = |token| match token {
        proc_macro2::TokenTree::Group(group) => 1 + count(group.stream()),
        _ => 1,
    };
    tokens.into_iter().map(inner).sum()
}

fn without_arguments(program: &Program) -> Vec<Program> {
    let without = |at| {
        let mut less = program.clone();
        less.arguments.remove(at);
        less
    };
    (0..program.arguments.len()).map(without).collect()
}

/// Makes the cut of a number.
struct Cutter {
    left: usize,
    done: bool,
}

impl Cutter {
    /// Whether it is this one.
    fn hit(&mut self) -> bool {
        if self.done {
            return false;
        }
        self.done = self.left == 0;
        self.left = self.left.saturating_sub(1);
        self.done
    }

    /// In the arguments of a macro that is an expression.
    fn visit_argument(&mut self, macro_: &mut ExprMacro) {
        if let Ok(mut argument) = macro_.mac.parse_body::<Expr>() {
            self.visit_expr_mut(&mut argument);
            macro_.mac.tokens = argument.to_token_stream();
        }
    }
}

impl VisitMut for Cutter {
    fn visit_block_mut(&mut self, block: &mut Block) {
        for at in 0..block.stmts.len() {
            if counts(&block.stmts[at]) {
                continue;
            }
            if self.hit() {
                block.stmts.remove(at);
                return;
            }
            if let Stmt::Expr(Expr::Block(ExprBlock { block: inner, .. }), _) = &block.stmts[at] {
                let inner = inner.stmts.clone();
                if self.hit() {
                    block.stmts.splice(at..=at, inner);
                    return;
                }
            }
        }
        for statement in &mut block.stmts {
            match counts(statement) {
                // The loop has to come to an end.
                true => Values(self).visit_stmt_mut(statement),
                false => self.visit_stmt_mut(statement),
            }
        }
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        for part in parts(expr) {
            if self.hit() {
                *expr = part;
                return;
            }
        }
        match expr {
            Expr::Match(matched) => {
                for at in 0..matched.arms.len() {
                    if self.hit() {
                        matched.arms.remove(at);
                        return;
                    }
                    if let Pat::Guard(guarded) = &matched.arms[at].pat {
                        let plain = (*guarded.pat).clone();
                        if self.hit() {
                            matched.arms[at].pat = plain;
                            return;
                        }
                    }
                }
            }
            Expr::If(branch) if branch.else_branch.is_some() && self.hit() => {
                branch.else_branch = None;
                return;
            }
            Expr::Macro(macro_) => return self.visit_argument(macro_),
            _ => {}
        }
        visit_mut::visit_expr_mut(self, expr);
    }
}

/// Finds the values that a loop gives in the end.
struct Values<'c>(&'c mut Cutter);

impl VisitMut for Values<'_> {
    fn visit_expr_break_mut(&mut self, jump: &mut syn::ExprBreak) {
        if let Some(value) = &mut jump.expr {
            self.0.visit_expr_mut(value);
        }
    }
}

/// Whether the statement is one of those by which a loop comes to an end: `i1 += 1;`, `if i1 >= 2 { break; }`.
fn counts(statement: &Stmt) -> bool {
    let text = statement.to_token_stream().to_string();
    let counter = text.strip_prefix("if ").unwrap_or(&text);
    counter.starts_with("counter_")
}

/// What may stand in the place of an expression.
fn parts(expr: &Expr) -> Vec<Expr> {
    match expr {
        Expr::Block(block) => match block.block.stmts.as_slice() {
            [Stmt::Expr(tail, None)] => vec![tail.clone()],
            _ => of_block(&block.block),
        },
        Expr::If(branch) => {
            let mut parts = of_block(&branch.then_branch);
            parts.push(ExprBlock::of(&branch.then_branch));
            parts.extend(branch.else_branch.iter().map(|(_, other)| other.as_ref().clone()));
            parts.push((*branch.cond).clone());
            parts
        }
        Expr::Match(matched) => {
            let mut parts: Vec<_> = matched.arms.iter().map(|arm| (*arm.body).clone()).collect();
            parts.push((*matched.expr).clone());
            parts
        }
        Expr::Loop(looped) => vec![ExprBlock::of(&looped.body)],
        Expr::While(looped) => vec![ExprBlock::of(&looped.body), (*looped.cond).clone()],
        Expr::ForLoop(looped) => vec![ExprBlock::of(&looped.body)],
        Expr::Call(call) => call.args.iter().cloned().chain(simple()).collect(),
        Expr::MethodCall(call) => std::iter::once(&*call.receiver).chain(&call.args).cloned().collect(),
        Expr::Binary(binary) => vec![(*binary.left).clone(), (*binary.right).clone()],
        Expr::Tuple(tuple) => tuple.elems.iter().cloned().collect(),
        Expr::Array(array) => array.elems.iter().cloned().collect(),
        Expr::Struct(made) => made
            .fields
            .iter()
            .map(|field| field.expr.clone())
            .chain(simple())
            .collect(),
        Expr::Unary(unary) => vec![(*unary.expr).clone()],
        Expr::Paren(paren) => vec![(*paren.expr).clone()],
        Expr::Await(awaited) => vec![(*awaited.base).clone()],
        Expr::Reference(reference) => vec![(*reference.expr).clone()],
        Expr::Field(field) => vec![(*field.base).clone()],
        Expr::Try(tried) => vec![(*tried.expr).clone()],
        Expr::Index(index) => vec![(*index.expr).clone(), (*index.index).clone()],
        Expr::Cast(cast) => vec![(*cast.expr).clone()],
        Expr::Async(block) => of_block(&block.block),
        Expr::Let(bound) => vec![(*bound.expr).clone(), parse_quote!(flag("c", true))],
        Expr::Break(jump) => jump.expr.iter().map(|value| (**value).clone()).collect(),
        Expr::Return(jump) => jump.expr.iter().map(|value| (**value).clone()).collect(),
        Expr::Macro(macro_) => macro_.mac.parse_body::<Expr>().into_iter().chain(simple()).collect(),
        _ => Vec::new(),
    }
}

fn of_block(block: &Block) -> Vec<Expr> {
    match block.stmts.last() {
        Some(Stmt::Expr(tail, None)) => vec![tail.clone()],
        _ => Vec::new(),
    }
}

/// Small values of the usual types.
fn simple() -> [Expr; 3] {
    [parse_quote!(1), parse_quote!(d("k")), parse_quote!(flag("k", true))]
}

trait Of {
    fn of(block: &Block) -> Expr;
}

impl Of for ExprBlock {
    fn of(block: &Block) -> Expr {
        let statements = &block.stmts;
        parse_quote!({ #(#statements)* })
    }
}
