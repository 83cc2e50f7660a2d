//! `let`: values that get a name.

use std::rc::Rc;

use proc_macro2::{Ident, Span};
use syn::{Error, Expr, Local, LocalInit, Pat, Stmt, Token, Type, parse_quote, parse_quote_spanned, spanned::Spanned};

use super::{Dest, Lower, edition, operand::OPERAND, text, value::is_await};
use crate::{
    check::Borrow,
    effects,
    ir::{Body, Effect, EnvId, Local as Variable, LocalId, Node, Role},
    pattern, signature,
    span::{self, ours},
    std_borrows,
    std_collected::views,
    std_values::{self, OfStd},
    syntax::{self, Shape},
};

/// A pattern that a value goes to, whichever path it comes from.
pub(super) struct Binding {
    pub pat: Pat,
    pub ty: Option<Type>,
    pub attrs: Vec<syn::Attribute>,
    pub locals: Vec<LocalId>,
    /// Where its `let` stands, and where its `;`.
    pub at: (Span, Span),
}

impl Binding {
    pub fn stmt_with(&self, value: Expr) -> Stmt {
        self.stmt(value, None)
    }

    fn stmt(&self, value: Expr, otherwise: Option<Expr>) -> Stmt {
        let (start, end) = (ours(self.at.0), ours(self.at.1));
        let pat = match &self.ty {
            None => self.pat.clone(),
            Some(ty) => Pat::Type(syn::PatType {
                attrs: Vec::new(),
                pat: Box::new(self.pat.clone()),
                colon_token: Token![:](start),
                ty: Box::new(ty.clone()),
            }),
        };
        Stmt::Local(Local {
            attrs: self.attrs.clone(),
            let_token: Token![let](start),
            modifiers: syn::LocalModifiers::default(),
            pat,
            init: Some(LocalInit {
                eq_token: Token![=](start),
                expr: Box::new(value),
                diverge: otherwise.map(|expr| (Token![else](start), Box::new(expr))),
            }),
            semi_token: Token![;](end),
        })
    }
}

impl Lower<'_> {
    pub(super) fn new_binding(&mut self, pat: Pat, ty: Option<Type>, shape: &Shape) -> Rc<Binding> {
        let locals = shapes(&pat, ty.as_ref(), shape)
            .into_iter()
            .map(|(binding, shape)| {
                let mutable = binding.mutability.is_some() && binding.by_ref.is_none();
                let local = self.new_local(&binding.ident, mutable, &shape);
                if pattern::single(&pat).is_some() {
                    self.machine.locals[local.0].quiet = ty.as_ref().is_some_and(signature::is_memory);
                    let of_std = ty.as_ref().and_then(std_values::of_type_of_std);
                    self.machine.locals[local.0].of_std = of_std.or(self.machine.local(local).of_std);
                    self.machine.locals[local.0].sends_once = ty.as_ref().is_some_and(std_values::is_once_sender);
                }
                self.machine.locals[local.0].ty = ty.as_ref().and_then(|ty| type_of(&pat, ty, &binding.ident));
                local
            })
            .collect::<Vec<_>>();
        self.note_boxes(&pat, &locals);
        let at = pat.span();
        Rc::new(Binding {
            pat,
            at: (at, at),
            ty,
            attrs: Vec::new(),
            locals,
        })
    }

    /// `let PAT = value;`
    pub(super) fn bind(&mut self, binding: &Rc<Binding>, value: Expr) {
        let stmt = binding.stmt(value, None);
        self.push_stmt(stmt, &binding.locals);
    }

    /// A variable of ours for a value: `let t0 = value;`. The expression that mentions it.
    pub(super) fn bind_temporary(&mut self, wish: &str, mut value: Expr, span: Span) -> Expr {
        // The statement of the variable would end them.
        Self::name_received(&mut value);
        if self.may_panic(&value) {
            self.bind_given_behind_temporaries();
        }
        let (shape, at) = (self.shape(&value), edition::name(&value));
        let binding = self.new_temporary(wish, &shape, span);
        let name = &self.machine.local(binding.locals[0]).ident;
        let mention = syntax::mention(name);
        let elements = Self::held_apart(&value);
        let (boxed, holds_boxes) = (self.is_box(&value), self.holds_boxes(&value));
        let variable = &mut self.machine.locals[binding.locals[0].0];
        (variable.boxed, variable.elements) = (boxed, elements);
        variable.holds_boxes = holds_boxes;
        self.bind(&binding, value);
        if wish != OPERAND {
            self.ask(&mention, at);
            self.bind_given_again();
        }
        mention
    }

    /// The elements of a tuple of which some own something and others may borrow.
    fn held_apart(value: &Expr) -> Vec<Expr> {
        let Expr::Tuple(tuple) = syntax::inner(value) else {
            return Vec::new();
        };
        let may_borrow = |element| {
            matches!(
                syntax::inner(element),
                Expr::Call(_) | Expr::MethodCall(_) | Expr::Reference(_)
            )
        };
        match tuple.elems.len() > 1 && tuple.elems.iter().any(may_borrow) {
            true => tuple.elems.iter().cloned().collect(),
            false => Vec::new(),
        }
    }

    /// A name for a variable of ours that no visible one has, nor one of `others`.
    pub(super) fn temporary_name(&self, wish: &str, others: &[Ident], span: Span) -> Ident {
        let visible = self.machine.visible(self.env);
        let mut taken: Vec<_> = visible.map(|local| self.machine.local(local).ident.clone()).collect();
        taken.extend(others.iter().cloned());
        self.names.temporary(wish, &taken, span)
    }

    pub(super) fn local(&mut self, mut local: Local) {
        let (pat, ty) = pattern::split_type(local.pat.clone());
        let ty = ty.or_else(|| self.unit_of(local.init.as_ref()));
        let Some(init) = local.init.take() else {
            return self.deferred(local, pat, ty);
        };
        let LocalInit { expr, diverge, .. } = init;
        let expr = *expr;
        if diverge.is_none()
            && ty.is_none()
            && local.attrs.is_empty()
            && let Some(parts) = self.one_by_one(&pat, &expr)
        {
            return parts.into_iter().for_each(|part| self.local(part));
        }
        if diverge.is_none() && self.derive_let(&local.attrs, &pat, ty.as_ref(), &expr) {
            return;
        }
        self.refuse_extended_in_branches(&expr);
        if diverge.is_none() && ty.is_none() && matches!(pat, Pat::Wild(_)) && self.is_taken_apart_branching(&expr) {
            // Its value is moved, even out of a variable, and drops after the locals of its blocks.
            let value = self.value(expr);
            if syntax::variable(&value).is_none() {
                self.push_stmt(parse_quote!(let _ = #value;), &[]);
            }
            return;
        }
        let shape = self.shape(&expr);
        let mut binding = self.new_binding(pat, ty, &shape);
        if let Some(binding) = Rc::get_mut(&mut binding) {
            binding.attrs = local.attrs;
            binding.at = (local.let_token.span, span::end(&expr));
        }
        let (boxed, holds_boxes) = (self.is_box(&expr), self.holds_boxes(&expr));
        let is_text = |value: &Expr| self.is_text(value) || text::is_text(value);
        let (memory, views) = (syntax::is_memory(&expr), views(&expr, binding.ty.as_ref(), &is_text));
        let written = matches!(syntax::inner(&expr), Expr::Struct(_) | Expr::Tuple(_));
        let pinned = syntax::pinned(&expr);
        let parts = self.parts_of_std(&binding.pat, &expr);
        let single = pattern::single(&binding.pat).is_some();
        let closure = matches!(syntax::inner(&expr), Expr::Closure(closure) if closure.capture.is_none());
        let once = match syntax::inner(&expr) {
            Expr::Closure(closure) => effects::consumes_captures(&self.machine, self.env, closure),
            _ => false,
        };
        if single {
            self.note_borrow(binding.locals[0], &expr);
            self.note_items(binding.locals[0], &expr);
            if let (None, Some(list)) = (&binding.ty, self.list_of_references(&expr)) {
                self.machine.locals[binding.locals[0].0].ty = Some(list);
            }
        }
        for local in &binding.locals {
            let variable = &mut self.machine.locals[local.0];
            variable.boxed = single && boxed;
            variable.holds_boxes = single && holds_boxes;
            variable.written = single && written;
            variable.quiet |= single && memory;
            variable.views = single && views;
            variable.closure = single && closure;
            variable.once = single && once;
            variable.pinned = pinned;
            variable.sends_once |= std_values::sends_once(&expr);
            let part = parts.iter().find(|(name, _)| *name == variable.ident);
            variable.of_std = variable.of_std.or(part.map(|(_, part)| *part));
        }
        match diverge {
            // What an await gives drops before the temporaries of its operand.
            None if is_discarded(&binding) && is_await(&expr) => {
                self.ignores_output = true;
                self.into(expr, &Dest::Discard);
            }
            // What the pattern leaves drops after the locals of the block.
            None if pattern::leaves_something(&binding.pat)
                && self.is_taken_apart_branching(&expr)
                && (self.outlives_locals(&expr) || self.gives_place(&expr)) =>
            {
                let value = self.branching(expr);
                self.into(syntax::block_of(vec![Stmt::Expr(value, None)]), &Dest::Bind(binding));
            }
            None => self.into(expr, &Dest::Bind(binding)),
            Some((_, otherwise)) => self.let_else(&binding, expr, *otherwise),
        }
    }

    /// Which variables of a `let` certainly get a value of std's: `let (mut a, b) = (list.into_iter(), 1);`.
    fn parts_of_std(&self, pat: &Pat, value: &Expr) -> Vec<(Ident, OfStd)> {
        if let (Pat::Tuple(pats), Expr::Tuple(values)) = (pat, syntax::inner(value))
            && !pats.elems.iter().any(|pat| matches!(pat, Pat::Rest(_)))
        {
            let pairs = pats.elems.iter().zip(&values.elems);
            return pairs.flat_map(|(pat, value)| self.parts_of_std(pat, value)).collect();
        }
        let variable = |name: &Ident| self.machine.local(self.machine.lookup(self.env, name)?).of_std;
        let single = pattern::single(pat).filter(|single| single.by_ref.is_none());
        let of_std = single.and_then(|single| Some((single.ident.clone(), std_values::of_std(value, &variable)?)));
        of_std.into_iter().collect()
    }

    /// The type of an `if` without `else`, so that rustc says at its value what is wrong.
    fn unit_of(&self, init: Option<&LocalInit>) -> Option<Type> {
        let mut last = syntax::inner(&init?.expr);
        if !self.takes_apart(last) {
            return None;
        }
        while let Expr::If(branches) = last {
            let Some((_, otherwise)) = &branches.else_branch else {
                return Some(parse_quote_spanned!(ours(branches.if_token.span)=> ()));
            };
            last = otherwise;
        }
        None
    }

    fn is_taken_apart_branching(&self, expr: &Expr) -> bool {
        match syntax::inner(expr) {
            // Where only what is matched suspends, the `match` stays whole behind that.
            Expr::Match(expr) => self.arms_take_apart(expr),
            Expr::If(_) | Expr::Block(_) | Expr::Unsafe(_) | Expr::Loop(_) => self.takes_apart(expr),
            _ => false,
        }
    }

    /// Notes what the locals may borrow, having been made by code with this effect.
    pub(super) fn made_of(&mut self, locals: &[LocalId], effect: &Effect) {
        let mut sources = std::collections::BTreeSet::new();
        effect.each(&mut |leaf| match *leaf {
            Effect::Read(local) if !self.machine.local(local).copy => {
                sources.insert(local);
                sources.extend(&self.machine.local(local).sources);
            }
            Effect::Read(local) | Effect::Move(local) => sources.extend(&self.machine.local(local).sources),
            Effect::Part(part) => sources.extend(&self.machine.local(self.machine.whole(part)).sources),
            _ => {}
        });
        for local in locals {
            self.machine.locals[local.0].sources.extend(&sources);
        }
    }

    /// As [`made_of`](Self::made_of), for what a pattern binds.
    pub(super) fn found_in(&mut self, locals: &[LocalId], value: &Expr, effect: &Effect) {
        self.made_of(locals, effect);
        for local in locals {
            self.machine.locals[local.0].found = true;
        }
        self.lent_by(value, effect);
    }

    /// Whether the variable is certainly one of std's values that own what their methods lend.
    pub(super) fn owns(&self, local: LocalId) -> bool {
        self.machine.local(local).owns()
    }

    /// Notes what the variable certainly owns or borrows.
    pub(super) fn note_borrow(&mut self, local: LocalId, value: &Expr) {
        let borrow = self.borrow_of(value);
        let passed_on = syntax::variable(value).and_then(|name| self.machine.lookup(self.env, name));
        let passed_on = passed_on.and_then(|local| self.machine.local(local).borrow.clone());
        let text = self.is_text(value);
        let guard = std_borrows::makes_guard(value)
            || std_borrows::is_kept_for_its_drop(&self.machine.local(local).ident, value);
        // A number too, which could be copied otherwise.
        let lent = syntax::lent_by_mut(value).into_iter().filter(|_| guard);
        let lent: Vec<_> = lent.filter_map(|name| self.machine.lookup(self.env, name)).collect();
        let variable = &mut self.machine.locals[local.0];
        variable.sources.extend(lent);
        variable.text = text;
        variable.owner = std_borrows::makes_owner(value);
        variable.reads = std_values::is_reader(value);
        variable.array = matches!(syntax::inner(value), Expr::Array(_) | Expr::Repeat(_));
        variable.points = std_borrows::points(value);
        variable.borrow = passed_on.or(borrow);
        variable.guard = guard;
    }

    /// Notes what the `Some(x)` of a pattern finds: a box, or what certainly borrows a variable.
    pub(super) fn note_unwrapped(&mut self, value: &Expr, pat: &Pat, locals: &[LocalId]) {
        let Pat::TupleStruct(variant) = pattern::unguarded(pat) else {
            return;
        };
        let of_std = variant.path.is_ident("Some") || variant.path.is_ident("Ok");
        let Some(found) = variant.elems.first().filter(|_| of_std) else {
            return;
        };
        self.note_shapes(&self.element_shape(value), found, locals);
        self.note_found_references(value, found, locals);
        if pattern::single(found).is_none_or(|binding| binding.by_ref.is_some()) {
            return;
        }
        let (boxed, borrow) = (self.holds_boxes(value), self.borrow_of(value));
        let guard = std_borrows::makes_guard(value);
        for local in locals {
            let variable = &mut self.machine.locals[local.0];
            variable.boxed |= boxed;
            variable.guard |= guard;
            variable.borrow = borrow.clone();
        }
    }

    /// What the value certainly borrows.
    fn borrow_of(&self, value: &Expr) -> Option<Borrow> {
        let (_, of, _) = std_borrows::borrower(value)?;
        let of = self.machine.lookup(self.env, of).filter(|of| self.owns(*of))?;
        Some(Borrow {
            of,
            value: value.clone(),
        })
    }

    /// `let x;`
    pub(super) fn deferred(&mut self, local: Local, pat: Pat, ty: Option<Type>) {
        let binding = self.new_binding(pat, ty, &Shape::Unknown);
        let mut code = self.stmt_code(Stmt::Local(local), &binding.locals);
        let unset = binding.locals.iter().map(|&local| Effect::Unset(local));
        code.effect = Effect::Seq(std::iter::once(code.effect).chain(unset).collect());
        self.push(Node::Code(code));
        self.declare(&binding.locals);
    }

    fn let_else(&mut self, binding: &Rc<Binding>, init: Expr, otherwise: Expr) {
        let outside = self.env;
        let init = self.extended_temporaries(&binding.pat, &init).unwrap_or(init);
        let value = match self.takes_apart(&init) {
            true => self.value(init),
            false => self.verbatim(init),
        };
        self.derive_pattern(&value, &binding.pat, &binding.locals);
        self.note_unwrapped(&value, &binding.pat, &binding.locals);
        if !self.takes_apart(&otherwise) && !self.outlived_by(&otherwise, &value, outside) {
            let otherwise = self.without_value(&value, otherwise);
            let otherwise = self.verbatim(otherwise);
            let stmt = binding.stmt(value, Some(otherwise));
            return self.push_stmt(stmt, &binding.locals);
        }
        // The temporaries of the value end before the `else` block.
        let block = self.new_block(Role::Part("Else"), outside);
        let code = self.stmt_code(binding.stmt(value, None), &binding.locals);
        let otherwise_body = Body::goto(block, self.env);
        self.push(Node::LetElse {
            code,
            otherwise: otherwise_body,
        });
        let (at, env) = (self.at, self.env);
        self.enter(block);
        self.refuse_going_on(&otherwise);
        self.into(otherwise, &Dest::Discard);
        (self.at, self.env) = (at, env);
        self.declare(&binding.locals);
    }

    /// An `else` block that ends with a suspension goes on: of the machine rustc would say something else.
    fn refuse_going_on(&mut self, otherwise: &Expr) {
        let Expr::Block(block) = otherwise else { return };
        if let Some(Stmt::Expr(last @ Expr::Yield(suspension), _)) = block.block.stmts.last()
            && !is_await(last)
        {
            self.errors.push(Error::new(
                crate::desugar::source(suspension).place.name,
                "the `else` of a `let` goes on behind this suspension: it has to leave the scope, as the pattern did not match\n\
                 help: end it with `return`, `break` or `continue`",
            ));
        }
    }

    /// Whether an `else` block runs code behind the drops of temporaries, other than of the value itself.
    fn outlived_by(&self, otherwise: &Expr, value: &Expr, outside: EnvId) -> bool {
        let value = syntax::variable(value).and_then(|name| self.machine.lookup(self.env, name));
        let ended = self.machine.ended(self.env, outside);
        let mut others = ended.iter().filter(|local| Some(**local) != value);
        let dropped = others.any(|local| self.is_temporary(*local) && !self.machine.local(*local).plain);
        dropped && !matches!(otherwise, Expr::Block(block) if is_bare_exit(&block.block))
    }

    /// What does not match is dropped before the `else` block: where the value is a variable of ours, by name.
    fn without_value(&self, value: &Expr, otherwise: Expr) -> Expr {
        let local = syntax::variable(value).and_then(|name| self.machine.lookup(self.env, name));
        match (local, otherwise) {
            (Some(local), Expr::Block(mut block)) if self.is_temporary(local) && !is_bare_exit(&block.block) => {
                let drop = self.names.path("drop");
                block.block.stmts.insert(0, parse_quote!(#drop(#value);));
                Expr::Block(block)
            }
            (_, otherwise) => otherwise,
        }
    }

    /// The variable that an expression begins with, unless what it refers to is certainly borrowed from outside.
    pub(super) fn owned_root(&self, place: &Expr) -> Option<LocalId> {
        let local = self.machine.lookup(self.env, syntax::root(place)?)?;
        (!self.is_shared_reference(self.machine.local(local))).then_some(local)
    }

    pub(super) fn is_shared_reference(&self, local: &Variable) -> bool {
        local.ty.as_ref().is_some_and(signature::is_shared_ref)
    }
}

/// The type of the variable that `pat` binds, if it is written: `(a, b): (Vec<u32>, String)`.
pub(super) fn type_of(pat: &Pat, ty: &Type, name: &Ident) -> Option<Type> {
    match (pat, ty) {
        (Pat::Paren(pat), _) => type_of(&pat.pat, ty, name),
        (Pat::Tuple(pats), Type::Tuple(types)) if pats.elems.len() == types.elems.len() => {
            let mut parts = pats.elems.iter().zip(&types.elems);
            parts.find_map(|(pat, ty)| type_of(pat, ty, name))
        }
        _ => (pattern::single(pat)?.ident == *name).then(|| ty.clone()),
    }
}

/// `let _ = ..;`
fn is_discarded(binding: &Binding) -> bool {
    matches!(binding.pat, Pat::Wild(_)) && binding.ty.is_none() && binding.attrs.is_empty()
}

/// `{ return; }`, `{ continue }`: nothing is evaluated in it.
fn is_bare_exit(block: &syn::Block) -> bool {
    let [Stmt::Expr(exit, _)] = block.stmts.as_slice() else {
        return false;
    };
    match exit {
        Expr::Return(exit) => exit.expr.as_ref().is_none_or(|value| syntax::is_constant(value)),
        Expr::Break(exit) => exit.expr.as_ref().is_none_or(|value| syntax::is_constant(value)),
        Expr::Continue(_) => true,
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
