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

mod binding;
mod borrow;
mod condition;
mod control;
mod operand;
mod temporaries;
mod verbatim;

use std::{collections::BTreeSet, rc::Rc};

use proc_macro2::{Ident, Span};
use syn::{Block, Error, Expr, Item, Pat, Stmt, Type, parse_quote, parse_quote_spanned, spanned::Spanned};

use self::binding::Binding;
use crate::{
    desugar, effects,
    expand::Names,
    ir::{BlockId, Body, Code, Effect, End, EnvId, Local, LocalId, Machine, Node, Role, Suspension},
    pattern, span, split,
    syntax::{self, Shape},
};

/// The function as `lower` takes it.
pub(crate) struct Function {
    pub name: Ident,
    pub arguments: Vec<Argument>,
    pub body: Block,
    /// The binding of the first input.
    pub first: Option<Ident>,
    pub inputs: Inputs,
    /// Whether what is yielded is `Copy` by its type.
    pub yields_copy: bool,
    /// The type that an inner machine is boxed as, if the function calls itself.
    pub object: Option<Type>,
    /// Where messages about a missing value at the end stand.
    pub end: Span,
}

pub(crate) struct Argument {
    pub ident: Ident,
    pub mutable: bool,
    pub ty: Option<Type>,
    /// For a pattern as an argument; `ident` is then ours.
    pub pattern: Option<Pat>,
    pub shape: Shape,
    /// Calling it consumes it.
    pub once: bool,
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
    /// Variables, by name and number, that are used by value and again afterwards: they are `Copy`.
    pub copies: BTreeSet<(String, usize)>,
    /// Variables, by name and number, whose fields have to be variables of their own.
    pub split: BTreeSet<(String, usize)>,
    /// Loops (by number) over a borrow that have to go by position.
    pub positional: BTreeSet<usize>,
    /// Blocks that stay states of their own.
    pub pinned: BTreeSet<BlockId>,
}

/// The result: the machine and the items that the body declares.
pub(crate) struct Lowered {
    pub machine: Machine,
    pub items: Vec<Item>,
    /// The loops that carry an iterator over a borrow: number, iterator, what it borrows.
    pub borrowing: Vec<(usize, LocalId, LocalId)>,
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
        borrowing: Vec::new(),
        delegates: false,
    };
    lower.function();
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
    borrowing: Vec<(usize, LocalId, LocalId)>,
    delegates: bool,
}

impl Lower<'_> {
    fn function(&mut self) {
        let function = self.function;
        let mut locals = Vec::new();
        for argument in &function.arguments {
            let local = self.new_local(&argument.ident, argument.mutable, &argument.shape);
            self.machine.locals[local.0].ty = argument.ty.clone();
            self.machine.locals[local.0].once = argument.once;
            locals.push(local);
        }
        for local in locals {
            self.env = self.machine.extend(self.env, local);
        }
        let start = self.new_block(Role::Start, self.env);
        self.enter(start);
        self.delegates = desugar::block_delegates(&function.body);
        self.first_input();
        for (index, argument) in function.arguments.iter().enumerate() {
            if let Some(pattern) = &argument.pattern {
                let name = &argument.ident;
                let binding = self.new_binding(pattern.clone(), None, &Shape::Unknown);
                self.bind(&binding, parse_quote!(#name));
                self.rebind_after(index);
            }
        }
        let mut stmts = function.body.stmts.clone();
        for local in self.machine.in_scope(self.env) {
            self.split(local, &mut stmts);
        }
        self.statements(stmts, &Dest::Return);
    }

    /// If the variable was found to be used part by part, makes variables of its fields.
    fn split(&mut self, whole: LocalId, stmts: &mut [Stmt]) {
        let variable = self.machine.local(whole);
        if !self.hints.split.contains(&(variable.ident.to_string(), variable.nth)) {
            return;
        }
        let (name, mutable) = (variable.ident.clone(), variable.mutable);
        let Some(fields) = split::split(stmts, &name, self.names) else {
            return;
        };
        for field in fields {
            let (variable, member) = (&field.variable, &field.member);
            let pat = match mutable {
                true => parse_quote!(mut #variable),
                false => parse_quote!(#variable),
            };
            let binding = self.new_binding(pat, None, &Shape::Unknown);
            self.bind(&binding, parse_quote!(#name.#member));
        }
        // The rest stays behind.
        if let Some(Node::Code(code)) = self.machine.blocks[self.at.0].body.nodes.last_mut() {
            let effect = std::mem::replace(&mut code.effect, Effect::none());
            code.effect = Effect::Seq(vec![effect, Effect::Move(whole)]);
        }
    }

    /// The arguments behind one with a pattern are dropped before what it binds.
    fn rebind_after(&mut self, index: usize) {
        let function = self.function;
        for argument in &function.arguments[index + 1..] {
            if argument.pattern.is_some() || argument.shape.is_plain() {
                continue;
            }
            let name = &argument.ident;
            let pat = match argument.mutable {
                true => parse_quote!(mut #name),
                false => parse_quote!(#name),
            };
            let binding = self.new_binding(pat, None, &argument.shape);
            self.machine.locals[binding.locals[0].0].ty = argument.ty.clone();
            self.machine.locals[binding.locals[0].0].once = argument.once;
            self.bind(&binding, parse_quote!(#name));
        }
    }

    fn first_input(&mut self) {
        if let Some(first) = &self.function.first {
            let received = self.received(first.span());
            let binding = self.new_binding(parse_quote!(#first), None, &Shape::Unknown);
            self.bind(&binding, received);
        } else if self.must_take() {
            let (drop, input) = (self.names.path("drop"), &self.names.input);
            self.push_stmt(parse_quote!(#drop(#input.take());), &[]);
        }
    }

    /// Whether each step has to take its input although nobody looks at it.
    fn must_take(&self) -> bool {
        match self.function.inputs {
            Inputs::Unit => false,
            Inputs::Plain => self.delegates,
            Inputs::Owned => true,
        }
    }

    /// The input of this step.
    fn received(&self, at: Span) -> Expr {
        if self.function.inputs == Inputs::Unit {
            return unit_at(at);
        }
        let (received, input) = (
            self.names.path_at("received", at),
            span::shown_at(&self.names.input, at),
        );
        parse_quote_spanned!(span::ours(at)=> #received(&mut #input))
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
        let count = self.machine.named.entry(ident.to_string()).or_default();
        let nth = *count;
        *count += 1;
        let proven = self.hints.copies.contains(&(ident.to_string(), nth));
        self.machine.locals.push(Local {
            ident: ident.clone(),
            nth,
            mutable,
            plain: shape.is_plain() || proven,
            copy: shape.is_copy() || proven,
            proven: proven && !shape.is_copy(),
            ours: self.names.is_ours(ident),
            owned: false,
            boxed: false,
            once: false,
            fresh: false,
            ty: None,
            derived: None,
        });
        LocalId(self.machine.locals.len() - 1)
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
        syntax::of_value(expr, &|name| self.variable_shape(name))
    }

    fn variable_shape(&self, name: &Ident) -> Shape {
        match self
            .machine
            .lookup(self.env, name)
            .map(|local| self.machine.local(local))
        {
            Some(local) if local.copy => Shape::Copy,
            Some(local) if local.plain => Shape::Plain,
            _ => Shape::Unknown,
        }
    }

    // Statements.

    fn statements(&mut self, stmts: Vec<Stmt>, dest: &Dest) {
        let last = stmts.len();
        let mut stmts = std::collections::VecDeque::from(stmts);
        let mut index = 0;
        while let Some(stmt) = stmts.pop_front() {
            index += 1;
            let before = self.env;
            self.here = stmt.span();
            match stmt {
                Stmt::Item(item) => self.item(item),
                Stmt::Local(local) => {
                    self.local(local);
                    for local in self.machine.ended(self.env, before) {
                        self.split(local, stmts.make_contiguous());
                    }
                }
                Stmt::Expr(expr, None) if index == last => return self.into(expr, dest),
                Stmt::Expr(expr, semi) => self.expression_statement(expr, semi.is_some()),
                Stmt::Macro(_) => {
                    let stmt = self.verbatim_stmt(stmt);
                    self.push_stmt(stmt, &[]);
                }
            }
            self.end_temporaries(before);
        }
        self.finish_unit(dest);
    }

    fn expression_statement(&mut self, expr: Expr, semi: bool) {
        if self.takes_apart(&expr) || is_jump(&expr) {
            return self.into(expr, &Dest::Discard);
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

    /// Whether the expression has to be taken apart rather than kept as it is.
    fn takes_apart(&self, expr: &Expr) -> bool {
        desugar::suspends(expr) || self.moves_conditionally(expr)
    }

    fn block_takes_apart(&self, block: &Block) -> bool {
        desugar::block_suspends(block) || {
            let expr = Expr::Block(syn::ExprBlock {
                attrs: Vec::new(),
                label: None,
                block: block.clone(),
            });
            self.moves_conditionally(&expr)
        }
    }

    fn moves_conditionally(&self, expr: &Expr) -> bool {
        !self.hints.conditional.is_empty() && {
            let effect = effects::of_expr(&self.machine, self.env, expr);
            self.has_conditional_move(&effect, false)
        }
    }

    fn has_conditional_move(&self, effect: &crate::ir::Effect, inside: bool) -> bool {
        use crate::ir::Effect;
        match effect {
            Effect::Move(local) if inside => {
                let name = self.machine.local(*local).ident.to_string();
                self.hints.conditional.contains(&name)
            }
            Effect::Assign(local) if inside => {
                let name = self.machine.local(*local).ident.to_string();
                self.hints.conditional.contains(&name)
            }
            Effect::Part(part) if inside => {
                let name = self.machine.local(self.machine.whole(*part)).ident.to_string();
                self.hints.conditional.contains(&name)
            }
            Effect::Seq(list) => list.iter().any(|e| self.has_conditional_move(e, inside)),
            Effect::Branch(list) => list.iter().any(|e| self.has_conditional_move(e, true)),
            Effect::Loop(_, body) | Effect::Labelled(_, body) => self.has_conditional_move(body, true),
            _ => false,
        }
    }

    /// Evaluates `expr` and does with its value what `dest` says.
    fn into(&mut self, expr: Expr, dest: &Dest) {
        match expr {
            Expr::Paren(paren) if self.takes_apart(&paren.expr) => self.into(*paren.expr, dest),
            Expr::Group(group) if self.takes_apart(&group.expr) => self.into(*group.expr, dest),
            Expr::Return(expr) => match expr.expr {
                Some(value) => self.into(*value, &Dest::Return),
                None => self.finish(unit_at(expr.return_token.span), &Dest::Return),
            },
            Expr::Break(expr) if self.target(expr.label.as_ref()).is_some() => self.break_(expr),
            Expr::Continue(expr) if self.target(expr.label.as_ref()).is_some() => self.continue_(&expr),
            _ if !self.takes_apart(&expr) => {
                let expr = self.verbatim(expr);
                self.finish(expr, dest);
            }
            Expr::If(expr) => self.if_(expr, dest),
            Expr::Match(expr) => self.match_(expr, dest),
            Expr::Loop(expr) => self.loop_(expr, dest),
            Expr::While(expr) => self.while_(expr, dest),
            Expr::ForLoop(expr) => self.for_(expr, dest),
            Expr::Unsafe(block) => {
                self.unsafe_depth += 1;
                self.block(block.block, dest);
                self.unsafe_depth -= 1;
            }
            Expr::Block(block) => match block.label {
                Some(label) => self.labelled_block(label.name.ident, block.block, dest),
                None => self.block(block.block, dest),
            },
            Expr::Assign(_) | Expr::Binary(_) if self.assigns(&expr) => {
                self.assignment(expr);
                self.finish_unit(dest);
            }
            other => {
                let value = self.value(other);
                self.finish(value, dest);
            }
        }
    }

    /// A nested block: its locals end with it.
    fn block(&mut self, block: Block, dest: &Dest) {
        let before = self.env;
        self.statements(block.stmts, dest);
        let bound = self.bound_by(dest);
        let mut added = self.machine.ended(self.env, before);
        added.retain(|local| !bound.contains(local));
        if !added.is_empty() {
            let env = self.extended(before, &bound);
            self.go_on(Role::Part("Next"), env);
        }
    }

    /// The locals that are there once a value has gone to `dest`.
    fn bound_by(&self, dest: &Dest) -> Vec<LocalId> {
        match dest {
            Dest::Bind(binding) => binding.locals.clone(),
            Dest::Discard | Dest::Return => Vec::new(),
        }
    }

    /// A block where all paths meet once the value has gone to `dest`.
    fn join(&mut self, what: &'static str, dest: &Dest) -> BlockId {
        let bound = self.bound_by(dest);
        let env = self.extended(self.env, &bound);
        self.new_block(Role::After(what), env)
    }

    /// Does with a value what `dest` says. Nothing suspends between the evaluation of `value` and here.
    fn finish(&mut self, value: Expr, dest: &Dest) {
        match dest {
            Dest::Discard if is_empty(&value) => {}
            Dest::Discard if is_unit(&value) || self.is_unneeded_input(&value) => {}
            Dest::Discard => {
                let semi = Some(<syn::Token![;]>::default());
                self.push_stmt(Stmt::Expr(value, semi), &[]);
            }
            Dest::Return => self.complete(value),
            Dest::Bind(binding) => {
                let binding = Rc::clone(binding);
                self.bind(&binding, value);
            }
        }
    }

    fn complete(&mut self, value: Expr) {
        let code = self.expr_code(value);
        if code.effect.diverges() {
            let semi = Some(<syn::Token![;]>::default());
            return self.push_stmt(Stmt::Expr(code.syntax, semi), &[]);
        }
        if is_statement_like(&code.syntax) {
            let unit = unit_at(code.syntax.span());
            self.push_stmt(Stmt::Expr(code.syntax, None), &[]);
            let code = self.expr_code(unit);
            return self.end(End::Complete(Some(code)));
        }
        self.end(End::Complete(Some(code)));
    }

    fn finish_unit(&mut self, dest: &Dest) {
        if !matches!(dest, Dest::Discard) {
            let at = match dest {
                Dest::Return => self.function.end,
                Dest::Discard | Dest::Bind(_) => self.here,
            };
            self.finish(unit_at(at), dest);
        }
    }

    /// Suspends with `value`; the result is what the resume brings.
    fn suspend(&mut self, suspension: &syn::ExprYield) -> Expr {
        let source = desugar::source(suspension);
        let value = match &suspension.expr {
            Some(value) => self.value((**value).clone()),
            None => unit_at(source.span),
        };
        self.here = source.span;
        let resume = self.new_block(Role::Yield, self.env);
        self.end_suspended(value, resume, source.text, source.span);
        self.enter(resume);
        self.received(source.span)
    }

    fn end_suspended(&mut self, value: Expr, resume: BlockId, text: String, span: Span) {
        let variable = syntax::variable(&value).and_then(|name| self.machine.lookup(self.env, name));
        if let Some(local) = variable
            && self.function.yields_copy
        {
            // Its type is what is yielded, or another reference.
            let variable = &mut self.machine.locals[local.0];
            variable.proven |= !variable.copy;
            (variable.plain, variable.copy) = (true, true);
        }
        let value = match self.function.yields_copy && syntax::is_place(&value) {
            true => Code {
                effect: effects::of_place(&self.machine, self.env, &value),
                syntax: value,
                env: self.env,
            },
            false => self.expr_code(value),
        };
        self.end(End::Suspend(Suspension {
            value,
            resume,
            text,
            span,
        }));
    }

    /// The input of a resume that nobody looks at and that needs no drop.
    fn is_unneeded_input(&self, value: &Expr) -> bool {
        let received = self.received(Span::call_site());
        !self.must_take() && quote::quote!(#value).to_string() == quote::quote!(#received).to_string()
    }
}

/// `()`
fn unit_at(at: Span) -> Expr {
    parse_quote_spanned!(span::ours(at)=> ())
}

fn is_unit(expr: &Expr) -> bool {
    matches!(expr, Expr::Tuple(tuple) if tuple.elems.is_empty())
}

fn is_empty(expr: &Expr) -> bool {
    matches!(expr, Expr::Block(block) if block.block.stmts.is_empty() && block.label.is_none())
}

fn is_jump(expr: &Expr) -> bool {
    matches!(expr, Expr::Return(_) | Expr::Break(_) | Expr::Continue(_))
}

/// An expression of type `()` that reads better as a statement.
fn is_statement_like(expr: &Expr) -> bool {
    match expr {
        Expr::While(_) | Expr::ForLoop(_) | Expr::Assign(_) => true,
        Expr::If(branches) => branches.else_branch.is_none(),
        Expr::Binary(binary) => syntax::is_compound_assignment(&binary.op),
        _ => false,
    }
}

/// Names in a pattern that are new variables, with their shapes.
fn shapes(pat: &Pat, ty: Option<&Type>, value: &Shape) -> Vec<(syn::PatIdent, Shape)> {
    let of_type = ty.map(syntax::of_type).filter(|shape| *shape != Shape::Unknown);
    let shape = of_type.as_ref().unwrap_or(value);
    let bindings = pattern::bindings(pat);
    bindings
        .into_iter()
        .map(|binding| {
            let shape = shape.of_binding(pat, &binding.ident);
            (binding, shape)
        })
        .collect()
}
