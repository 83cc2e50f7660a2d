//! The desugared body -> [`Machine`]: blocks of verbatim code that end where the function is suspended, branches or joins.
//!
//! ```text
//! // Input:
//! for x in list { if x > 1 { yield x; } }
//! // Output:
//! Start: let iter = IntoIterator::into_iter(list); goto For
//! For:   match Iterator::next(&mut iter) { Some(x) => goto Arm, None => goto After }
//! Arm:   if x > 1 { goto Then } else { goto Next }
//! Then:  suspend x, resume at Yield
//! ..
//! ```
//!
//! Only what is suspended is taken apart (`regenerator`'s rule); every other statement stays as it is. One walk in order of
//! evaluation: an operand that comes before a suspension is bound to a variable first (*spill*), so each block reads top
//! to bottom as the user's code ran.
//!
//! Promises: blocks are in order of the source; every suspension has its own resume block; verbatim code holds no
//! `yield`, and its `break`s and `continue`s either stay within it or are [jumps](crate::ir::Jump).

mod adapters;
mod arguments;
mod assign;
mod awaits;
mod binding;
mod borrow;
mod boxes;
mod compared;
mod condition;
mod conditional;
mod control;
mod delegate;
mod discarded;
mod edition;
mod elements;
mod extended;
mod guards;
mod indices;
mod iterators;
mod loops;
mod operand;
mod positions;
mod reborrow;
mod received;
mod receivers;
mod recursion;
mod references;
mod rest;
mod steady;
mod temporaries;
mod text;
mod tuple;
mod value;
mod verbatim;

use std::{collections::BTreeSet, rc::Rc};

use proc_macro2::{Ident, Span};
use quote::quote_spanned;
use syn::{Block, Error, Expr, Item, Pat, Stmt, Type, parse_quote};

pub(crate) use self::awaits::{exits, is_consuming};
pub(crate) use self::reborrow::Reborrow;
use self::{binding::Binding, edition::Ends};
pub(crate) use self::{received::without_mark, value::is_unit};
use crate::{
    arrays::Stays,
    check, desugar,
    edition::Edition,
    effects,
    expand::Names,
    ir::{BlockId, Body, Code, End, EnvId, Key, Local, LocalId, Machine, Node, Role},
    pattern,
    span::{self, Place},
    std_values::OfStd,
    syntax::{self, Shape},
};

/// The function as `lower` takes it.
#[derive(Clone)]
pub(crate) struct Function {
    pub name: Ident,
    pub edition: Edition,
    pub arguments: Vec<Argument>,
    pub body: Block,
    /// The binding of the first input.
    pub first: Option<Ident>,
    pub inputs: Inputs,
    /// What the type of the inputs says.
    pub input: Shape,
    /// Whether what is yielded is `Copy` by its type.
    pub yields_copy: bool,
    /// Whether it is `Copy` and nothing else is converted to it: no reference.
    pub yields_number: bool,
    /// The type that an inner machine is boxed as, if the function calls itself.
    pub object: Option<Type>,
    /// It calls itself, on a stack of states.
    pub recursive: Option<check::CalledAs>,
    /// Where messages about a missing value at the end stand.
    pub end: Span,
}

#[derive(Clone)]
pub(crate) struct Argument {
    pub ident: Ident,
    pub mutable: bool,
    pub ty: Option<Type>,
    /// For a pattern as an argument; `ident` is then ours.
    pub pattern: Option<Pat>,
    pub shape: Shape,
    /// Calling it consumes it.
    pub once: bool,
    /// A reader of std's.
    pub reads: bool,
    /// Certainly an iterator, an `Option` or a `Result`.
    pub of_std: Option<OfStd>,
    /// An array of the function's that stays where it is.
    pub stays: Option<Stays>,
}

/// What a resume brings.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Inputs {
    Unit,
    /// Values without drop glue.
    Plain,
    Owned,
}

/// What earlier attempts found out; the function is lowered again with it.
#[derive(Default, Clone, PartialEq)]
pub(crate) struct Hints {
    /// Variables that are moved on some paths only: what decides that becomes branches of the machine.
    pub conditional: BTreeSet<String>,
    /// Variables that are used by value and again afterwards: they are `Copy`.
    pub copies: BTreeSet<Key>,
    /// Variables that an awaited method was thought to take, and that are used again.
    pub kept: BTreeSet<Key>,
    /// Closures and borrows through references that are made again in each arm.
    pub again: BTreeSet<Key>,
    /// Borrows that are carried: what they are taken of changes, and they do not.
    pub carried: BTreeSet<Key>,
    /// Loops (by number) over a borrow that have to go by position.
    pub positional: BTreeSet<usize>,
    /// Loops (by number) over a borrow that cannot go by position, for the same reason.
    pub iterated: BTreeSet<usize>,
    /// Blocks that stay states of their own.
    pub pinned: BTreeSet<BlockId>,
}

/// The result: the machine and the items that the body declares.
pub(crate) struct Lowered {
    pub machine: Machine,
    pub items: Vec<Item>,
    pub borrowing: Vec<Reborrow>,
}

pub(crate) fn lower(function: &Function, names: &Names, hints: &Hints) -> Result<Lowered, Vec<Error>> {
    let mut lower = Lower {
        function,
        names,
        hints,
        machine: Machine::new(),
        env: Machine::TOP,
        here: function.name.span(),
        at: BlockId(0),
        targets: Vec::new(),
        items: Vec::new(),
        errors: Vec::new(),
        unsafe_depth: 0,
        loops: 0,
        steady: BTreeSet::new(),
        borrowing: Vec::new(),
        delegates: false,
        last_in_statement: false,
        ignores_output: false,
        given: Vec::new(),
        pending: Vec::new(),
        ends_temporaries: false,
        asked: None,
        borrowed: Vec::new(),
        asks: Vec::new(),
    };
    lower.function();
    lower.remove_needless();
    match lower.errors.is_empty() {
        true => Ok(Lowered {
            machine: lower.machine,
            items: lower.items,
            borrowing: lower.borrowing,
        }),
        false => Err(lower.errors),
    }
}

/// What becomes of a value.
#[derive(Clone)]
enum Dest {
    Discard,
    Return,
    Bind(Rc<Binding>),
}

/// A loop or labelled block that is taken apart.
struct Target {
    label: Option<Ident>,
    /// Where `break` goes, and what becomes of its value.
    after: BlockId,
    dest: Dest,
    /// Where `continue` goes; `None` for a labelled block.
    next: Option<BlockId>,
    /// Inside, a variable has the name of one that the value of a `break` goes to.
    hides: bool,
}

struct Lower<'a> {
    function: &'a Function,
    names: &'a Names,
    hints: &'a Hints,
    machine: Machine,
    /// The scope at the place where the next code goes.
    env: EnvId,
    /// The statement that is being lowered.
    here: Span,
    /// The block that the next code goes to.
    at: BlockId,
    targets: Vec<Target>,
    items: Vec<Item>,
    errors: Vec<Error>,
    unsafe_depth: usize,
    loops: usize,
    /// Numbers that the loop which is being lowered leaves alone.
    steady: BTreeSet<LocalId>,
    borrowing: Vec<Reborrow>,
    delegates: bool,
    /// Between the next await and the end of its statement nothing can be observed.
    last_in_statement: bool,
    /// The next await is that of `let _ = ..;`.
    ignores_output: bool,
    /// Variables for operands that are given away by value, by the code that is being lowered.
    given: Vec<LocalId>,
    /// Names of variables of ours that a value is on its way to.
    pending: Vec<Ident>,
    /// The next expression ends its own temporaries, as the tail of a block does, so its operands are no younger.
    ends_temporaries: bool,
    /// In a last expression whose temporaries lasted longer before edition 2024: how many have been asked for their drop.
    asked: Option<usize>,
    /// What methods of the statements that are being lowered were taken to borrow, and the mentions that ask rustc.
    borrowed: Vec<receivers::Borrowed>,
    asks: Vec<receivers::Asked>,
}

impl Lower<'_> {
    /// Whether each step has to take its input although nobody looks at it.
    fn must_take(&self) -> bool {
        match self.function.inputs {
            Inputs::Unit => false,
            Inputs::Plain => self.delegates,
            Inputs::Owned => true,
        }
    }

    /// The input of this step.
    fn received(&self, at: Place) -> Expr {
        if self.function.inputs == Inputs::Unit {
            return value::unit_at(at.name);
        }
        let input = span::shown_at(&self.names.input, at.name);
        let input = quote_spanned!(at.name=> &mut #input);
        let call = at.call(&self.names.path("received"), input);
        parse_quote!(#call)
    }

    // Blocks.

    fn new_block(&mut self, role: Role, env: EnvId) -> BlockId {
        let body = Body {
            nodes: Vec::new(),
            end: End::Diverge,
        };
        let span = self.here;
        self.machine.blocks.push(crate::ir::Block { role, span, env, body });
        BlockId(self.machine.blocks.len() - 1)
    }

    /// The next code goes to `block`.
    fn enter(&mut self, block: BlockId) {
        self.machine.order.push(block);
        self.at = block;
        self.env = self.machine.block(block).env;
    }

    /// Ends the open block; what follows until the next `enter` cannot be reached.
    fn end(&mut self, end: End) {
        self.machine.blocks[self.at.0].body.end = end;
        let env = self.env;
        self.at = self.new_block(Role::Part("Dead"), env);
    }

    fn goto(&mut self, target: BlockId) {
        let env = self.env;
        self.end(End::Goto(target, env));
    }

    /// A new block in `env`, entered from here.
    fn go_on(&mut self, role: Role, env: EnvId) -> BlockId {
        let block = self.new_block(role, env);
        self.goto(block);
        self.enter(block);
        block
    }

    fn push(&mut self, node: Node) {
        self.machine.blocks[self.at.0].body.nodes.push(node);
    }

    /// Adds a statement, which declares `locals`.
    fn push_stmt(&mut self, stmt: Stmt, locals: &[LocalId]) {
        let code = self.stmt_code(stmt, locals);
        let diverges = code.effect.diverges();
        self.made_of(locals, &code.effect);
        if let Stmt::Local(syn::Local {
            init: Some(init), pat, ..
        }) = &code.syntax
        {
            match pattern::single(pat) {
                Some(_) => self.lent_by(&init.expr, &code.effect),
                None => self.found_in(locals, &init.expr, &code.effect),
            }
        }
        self.lent_within(&code.syntax);
        self.push(Node::Code(code));
        self.declare(locals);
        if diverges {
            self.end(End::Diverge);
        }
    }

    fn stmt_code(&self, stmt: Stmt, locals: &[LocalId]) -> Code<Stmt> {
        let stmt = self.stmt_in_unsafe(stmt);
        let effect = effects::of_stmt(&self.machine, self.env, &stmt, locals);
        Code {
            syntax: stmt,
            env: self.env,
            effect,
        }
    }

    fn expr_code(&self, expr: Expr) -> Code<Expr> {
        let expr = self.in_unsafe(expr);
        let effect = effects::of_expr(&self.machine, self.env, &expr);
        Code {
            syntax: expr,
            env: self.env,
            effect,
        }
    }

    // Locals.

    fn new_local(&mut self, ident: &Ident, mutable: bool, shape: &Shape) -> LocalId {
        let key = self.machine.keys.take(ident);
        let proven = self.hints.copies.contains(&key);
        let ours = self.names.is_ours(ident);
        self.machine.locals.push(Local {
            mutable,
            plain: shape.is_plain() || proven,
            copy: shape.is_copy() || proven,
            proven: proven && !shape.is_copy(),
            kept: self.hints.kept.contains(&key),
            ours,
            of_std: ours.then_some(OfStd::Other),
            ..Local::new(ident.clone(), key)
        });
        LocalId(self.machine.locals.len() - 1)
    }

    /// Whether what the variable is taken of was found to change while it is needed.
    fn is_carried(&self, local: LocalId) -> bool {
        let local = self.machine.local(local);
        self.hints.carried.contains(&local.key)
    }

    fn declare(&mut self, locals: &[LocalId]) {
        for &local in locals {
            self.env = self.machine.extend(self.env, local);
        }
    }

    fn extended(&mut self, env: EnvId, locals: &[LocalId]) -> EnvId {
        locals.iter().fold(env, |env, &local| self.machine.extend(env, local))
    }

    fn shape(&self, expr: &Expr) -> Shape {
        let suspends = |suspension: &syn::ExprYield| desugar::what(suspension) == desugar::What::Yield;
        if matches!(expr, Expr::Yield(suspension) if suspends(suspension)) || self.is_input(expr) {
            return self.function.input.clone();
        }
        self.shape_of_next(expr)
            .unwrap_or_else(|| syntax::of_value(expr, &|name| self.variable_shape(name)))
    }

    fn variable_shape(&self, name: &Ident) -> Shape {
        let Some(local) = self.machine.lookup(self.env, name) else {
            return Shape::Unknown;
        };
        match self.machine.local(local) {
            variable if variable.copy => Shape::Copy,
            variable if variable.of_std == Some(OfStd::Peekable) => Shape::Peekable,
            variable if variable.plain => Shape::Plain,
            _ if self.owns(local) => Shape::Collection,
            _ => Shape::Unknown,
        }
    }

    // Statements.

    fn statements(&mut self, stmts: Vec<Stmt>, dest: &Dest, ends: Ends) {
        self.with_own_temporaries(|lower| lower.each_statement(stmts, dest, ends));
    }

    fn each_statement(&mut self, stmts: Vec<Stmt>, dest: &Dest, ends: Ends) {
        let (last, outside, borrowed) = (stmts.len(), self.env, self.borrowed.len());
        for (index, stmt) in stmts.into_iter().enumerate() {
            let before = self.env;
            self.here = span::beginning(&stmt);
            let declares = matches!(stmt, Stmt::Local(_));
            self.ask_before(borrowed, &stmt);
            let waiting = self.borrowed.len();
            match stmt {
                Stmt::Item(item) => self.item(item),
                Stmt::Local(local) => self.local(local),
                Stmt::Expr(expr, None) if index + 1 == last => {
                    self.ends_temporaries = true;
                    self.tail(expr, dest, outside, ends);
                    return self.ask_behind(borrowed);
                }
                Stmt::Expr(expr, semi) => self.expression_statement(expr, semi.is_some()),
                Stmt::Macro(_) => {
                    let stmt = self.verbatim_stmt(stmt);
                    self.push_stmt(stmt, &[]);
                }
            }
            self.end_temporaries(before);
            if !declares {
                self.ask_behind(waiting);
            }
        }
        self.ask_behind(borrowed);
        self.finish_unit(dest);
    }

    fn expression_statement(&mut self, expr: Expr, semi: bool) {
        if semi && self.takes_apart(&expr) && self.outlives_locals(&expr) {
            self.branching(expr);
            return;
        }
        if self.takes_apart(&expr) || is_jump(&expr) {
            return match semi {
                true => self.into(expr, &Dest::Discard),
                false => self.block_like_statement(expr),
            };
        }
        let expr = self.verbatim(expr);
        let semi = semi.then(<syn::Token![;]>::default);
        self.push_stmt(Stmt::Expr(expr, semi), &[]);
    }

    /// Ends the variables that a statement needed for its operands; those it declares go on.
    fn end_temporaries(&mut self, before: EnvId) {
        let added = self.machine.ended(self.env, before);
        let (temporaries, declared): (Vec<_>, Vec<_>) = added.into_iter().partition(|local| self.is_temporary(*local));
        if !temporaries.is_empty() {
            let env = self.extended(before, &declared);
            self.go_on(Role::Part("Next"), env);
        }
    }

    fn is_temporary(&self, local: LocalId) -> bool {
        let name = &self.machine.local(local).ident;
        self.names.is_temporary(name)
    }

    fn item(&mut self, item: Item) {
        let tokens = |item: &Item| quote::quote!(#item).to_string();
        let known = matches!(item, Item::Use(_)) && self.items.iter().any(|i| tokens(i) == tokens(&item));
        if !known {
            self.items.push(item);
        }
    }

    // Values.
}

fn is_jump(expr: &Expr) -> bool {
    matches!(expr, Expr::Return(_) | Expr::Break(_) | Expr::Continue(_))
}
