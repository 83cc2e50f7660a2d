//! Syntax -> [`Effect`]: what a piece of verbatim code does to the locals, in order of evaluation.
//!
//! Each mention is classified without types (a bare variable as an argument is used by value, the receiver of `len()`
//! is not); where the guess is wrong, the borrow checker rejects the machine at the user's token.

mod captures;
mod control;
mod markers;
mod tokens;

use self::control::Iterated;
use std::cell::Cell;

use proc_macro2::Ident;
use syn::{Block, Expr, Macro, Pat, Stmt, UnOp};

pub(crate) use self::markers::{JUMP, is_marker, is_received, jump_of, received, statement};
use crate::{
    desugar, enclose,
    ir::{Effect, EnvId, LocalId, Machine},
    pattern, signature, std_borrows,
    std_macros::{self, Usage},
    std_values, syntax,
};

/// How the value of an expression is used.
#[derive(Clone, Copy, PartialEq)]
enum Mode {
    Value,
    /// Borrowed, compared, discarded: what a place is for.
    Place,
}

pub(crate) fn of_expr(machine: &Machine, env: EnvId, expr: &Expr) -> Effect {
    Walk::new(machine, env).expr(expr, Mode::Value)
}

/// Of an expression whose value is borrowed or looked at.
pub(crate) fn of_place(machine: &Machine, env: EnvId, expr: &Expr) -> Effect {
    Walk::new(machine, env).expr(expr, Mode::Place)
}

/// Whether calling the closure uses up what it captures, as far as its mentions tell.
pub(crate) fn consumes_captures(machine: &Machine, env: EnvId, closure: &syn::ExprClosure) -> bool {
    let mut walk = Walk::new(machine, env);
    closure.inputs.iter().for_each(|input| walk.bind(input));
    let mut consumes = false;
    walk.expr(&closure.body, Mode::Value)
        .each(&mut |leaf| consumes |= matches!(leaf, Effect::Move(_)));
    consumes
}

/// Of what is matched with the patterns of arms.
pub(crate) fn of_scrutinee(machine: &Machine, env: EnvId, expr: &Expr) -> Effect {
    Walk::new(machine, env).scrutinee(expr)
}

/// Of a condition: its own effect, and what its patterns take out of places if they match.
pub(crate) fn of_condition(machine: &Machine, env: EnvId, expr: &Expr) -> (Effect, Effect) {
    Walk::new(machine, env).condition(expr)
}

/// Of an arm's pattern: its guard, and what it takes out of a place.
pub(crate) fn of_arm(machine: &Machine, env: EnvId, scrutinee: &Expr, pat: &Pat) -> Effect {
    let mut walk = Walk::new(machine, env);
    let taken = match syntax::is_place(scrutinee) {
        true => walk.matched(scrutinee, &[pat]),
        false => Effect::none(),
    };
    walk.bind(pat);
    let guard = match pat {
        Pat::Guard(guard) => walk.expr(&guard.guard, Mode::Value),
        _ => Effect::none(),
    };
    Effect::Seq(vec![guard, taken])
}

/// Of a statement; `declares` are the locals that it brings.
pub(crate) fn of_stmt(machine: &Machine, env: EnvId, stmt: &Stmt, declares: &[LocalId]) -> Effect {
    let mut walk = Walk::new(machine, env);
    let mut list = vec![walk.stmt(stmt)];
    list.extend(declares.iter().map(|&local| Effect::Declare(local)));
    Effect::Seq(list)
}

struct Walk<'a> {
    machine: &'a Machine,
    env: EnvId,
    /// Names that the code binds itself.
    bound: Vec<Ident>,
    /// Labels around, with the number of their effect.
    labels: Vec<(Option<Ident>, bool, usize)>,
    /// What the `let`s of the condition that is being walked take, if they match.
    taken: Vec<Effect>,
    consuming: Iterated,
    /// In a `move` closure, or an `async move` block, or in one that such a one makes.
    capturing: bool,
    /// What that names, but does not take.
    named: Vec<Effect>,
    next_label: &'a Cell<usize>,
}

impl<'a> Walk<'a> {
    fn new(machine: &'a Machine, env: EnvId) -> Self {
        Walk {
            machine,
            env,
            bound: Vec::new(),
            labels: Vec::new(),
            taken: Vec::new(),
            consuming: Iterated::No,
            capturing: false,
            named: Vec::new(),
            next_label: &machine.next_label,
        }
    }

    fn lookup(&self, name: &Ident) -> Option<LocalId> {
        match self.bound.contains(name) {
            true => None,
            false => self.machine.lookup(self.env, name),
        }
    }

    fn bind(&mut self, pat: &Pat) {
        self.bound.extend(pattern::names(pat));
    }

    fn mention(&self, name: &Ident, mode: Mode) -> Effect {
        match self.lookup(name) {
            None => {
                if !self.bound.contains(name) {
                    self.machine.free.borrow_mut().insert(name.to_string());
                }
                Effect::none()
            }
            Some(local) if mode == Mode::Place || self.machine.local(local).copy => Effect::Read(local),
            Some(local) => Effect::Move(local),
        }
    }

    fn scope<T>(&mut self, walk: impl FnOnce(&mut Self) -> T) -> T {
        let bound = self.bound.len();
        let result = walk(self);
        self.bound.truncate(bound);
        result
    }

    fn values<'e>(&mut self, exprs: impl IntoIterator<Item = &'e Expr>) -> Effect {
        Effect::Seq(exprs.into_iter().map(|e| self.expr(e, Mode::Value)).collect())
    }

    fn block(&mut self, block: &Block) -> Effect {
        self.scope(|walk| Effect::Seq(block.stmts.iter().map(|stmt| walk.stmt(stmt)).collect()))
    }

    fn stmt(&mut self, stmt: &Stmt) -> Effect {
        match stmt {
            Stmt::Local(local) => self.let_(local),
            Stmt::Item(_) => Effect::none(),
            Stmt::Expr(expr, _) => self.expr(expr, Mode::Value),
            Stmt::Macro(mac) => self.mac(&mac.mac),
        }
    }

    /// The variable that the place is a part of, if it may be taken out of it.
    fn part_of(&self, place: &Expr) -> Option<LocalId> {
        let local = self.lookup(syntax::owner(place)?)?;
        let variable = self.machine.local(local);
        (!variable.plain && variable.derived.is_none()).then_some(local)
    }

    /// Whether the variable is a `Box`, out of which a value can be moved. What is left of it is no event.
    fn is_boxed(&self, expr: &Expr) -> bool {
        let local = syntax::variable(expr).and_then(|name| self.lookup(name));
        local.is_some_and(|local| {
            let variable = self.machine.local(local);
            let is_box = |ty: &syn::Type| matches!(ty, syn::Type::Path(path) if path.path.segments.last().is_some_and(|s| s.ident == "Box"));
            variable.boxed || variable.ty.as_ref().is_some_and(is_box)
        })
    }

    /// Whether the variable may be one: a pattern took it out of a type of the user's.
    fn may_be_boxed(&self, expr: &Expr) -> bool {
        let local = syntax::variable(expr).and_then(|name| self.lookup(name));
        local.is_some_and(|local| self.machine.local(local).in_type) && self.part_of(expr).is_some()
    }

    fn part(&self, place: &Expr, covers: bool) -> Effect {
        match self.part_of(place) {
            Some(local) => Effect::Part(self.machine.part(local, place.clone(), self.env, covers)),
            None => Effect::none(),
        }
    }

    /// What a pattern that leaves something takes out of a place.
    fn parts(&self, place: &Expr, pat: &Pat) -> Effect {
        let mut taken = Vec::new();
        pattern::taken_places(place, pat, &mut taken);
        // `*boxed`: what is moved out of a box as a whole leaves nothing.
        let covers = !has_field(place) && !pattern::leaves_something(pat);
        let mut list: Vec<_> = taken.iter().map(|place| self.part(place, covers)).collect();
        // What is in a variant has no other name than the binding, which is in scope as long as a scrutinee of ours.
        if let Some(local) = self.part_of(place).filter(|local| self.machine.local(*local).ours) {
            let mut bound = Vec::new();
            pattern::bound_in_variants(pat, &mut bound);
            let part = |name: &Ident| self.machine.part(local, syn::parse_quote!(#name), Machine::TOP, covers);
            list.extend(bound.iter().map(|name| Effect::Part(part(name))));
        }
        Effect::Seq(list)
    }

    /// A value that is matched with patterns: what they bind by value is taken out of a place.
    fn matched(&mut self, expr: &Expr, pats: &[&Pat]) -> Effect {
        if !syntax::is_place(expr) {
            return self.expr(expr, Mode::Value);
        }
        if let [pat] = pats
            && pattern::is_none(pat)
        {
            let local = syntax::variable(expr).and_then(|name| self.lookup(name));
            let droppable = local.filter(|local| !self.machine.local(*local).copy);
            return droppable.map_or_else(|| self.expr(expr, Mode::Place), Effect::Emptied);
        }
        let moves = pats.iter().any(|pat| pattern::binds_by_value(pat));
        let local = syntax::variable(expr).and_then(|name| self.lookup(name));
        let elements = local.map_or(&[][..], |local| &self.machine.local(local).elements);
        let whole = pats.iter().all(|pat| !pattern::leaves_something_of(pat, elements));
        let whole = whole
            && match syntax::inner(expr) {
                // `let (a, b) = *boxed;`: types tell what is left. Of the parts of a variant nothing has a name of its own.
                Expr::Unary(deref) => {
                    let variant = self.is_boxed(&deref.expr) && pats.iter().all(|pat| pattern::is_of_variant(pat));
                    variant || pattern::single(pats[0]).is_some()
                }
                _ => true,
            };
        match (moves && pats.len() == 1, whole) {
            (true, true) => self.expr(expr, Mode::Value),
            (true, false) => Effect::Seq(vec![self.expr(expr, Mode::Place), self.parts(expr, pats[0])]),
            (false, _) => self.expr(expr, Mode::Place),
        }
    }

    fn expr(&mut self, expr: &Expr, mode: Mode) -> Effect {
        match expr {
            Expr::Paren(paren) => self.expr(&paren.expr, mode),
            Expr::Group(group) => self.expr(&group.expr, mode),
            Expr::Path(path) => match path.path.get_ident() {
                Some(name) if path.qself.is_none() => self.mention(name, mode),
                _ => Effect::none(),
            },
            Expr::Field(_)
                if self.capturing
                    && let Some(local) = self.part_of(expr) =>
            {
                self.captured(local, expr, mode)
            }
            Expr::Field(_) if mode == Mode::Value && self.part_of(expr).is_some() => self.part(expr, false),
            Expr::Field(field) => self.expr(&field.base, Mode::Place),
            Expr::Index(index) => Effect::Seq(vec![
                self.expr(&index.expr, Mode::Place),
                self.expr(&index.index, Mode::Value),
            ]),
            Expr::Unary(unary) => match unary.op {
                UnOp::Deref(_) if mode == Mode::Value && self.is_boxed(&unary.expr) => {
                    self.expr(&unary.expr, Mode::Value)
                }
                UnOp::Deref(_) if mode == Mode::Value && self.may_be_boxed(&unary.expr) => self.part(expr, true),
                UnOp::Deref(_) => self.expr(&unary.expr, Mode::Place),
                _ => self.expr(&unary.expr, Mode::Value),
            },
            Expr::Reference(reference) => {
                let borrowed = self.whole(&reference.expr);
                match reference.mutability {
                    Some(_) => Effect::Seq(vec![borrowed, self.changed(&reference.expr)]),
                    None => borrowed,
                }
            }
            Expr::RawAddr(address) => self.expr(&address.expr, Mode::Place),
            // To a number it copies. To another type it may move: `x as Box<dyn Debug>`.
            Expr::Cast(cast) if signature::is_copy(&cast.ty) => self.expr(&cast.expr, Mode::Place),
            Expr::Cast(cast) => self.expr(&cast.expr, Mode::Value),
            Expr::Binary(binary) => self.binary(binary),
            Expr::Assign(assign) => {
                // `_ = place` takes nothing.
                let mode = match *assign.left {
                    Expr::Infer(_) => Mode::Place,
                    _ => Mode::Value,
                };
                let nothing = (mode == Mode::Place).then(|| self.only_names(&assign.right)).flatten();
                let value = nothing.unwrap_or_else(|| self.expr(&assign.right, mode));
                Effect::Seq(vec![value, self.assigned(&assign.left)])
            }
            Expr::MethodCall(call) => {
                let by_value = self.takes_receiver(call) || self.takes_source(call);
                let outer = self.consuming;
                if !std_borrows::adapts(&call.method) {
                    self.consuming = Iterated::No;
                }
                let receiver = match by_value {
                    true => self.expr(&call.receiver, Mode::Value),
                    false => self.whole(&call.receiver),
                };
                self.consuming = outer;
                Effect::Seq(vec![receiver, self.values(&call.args), self.called(call)])
            }
            Expr::Call(call) => {
                let once = syntax::variable(&call.func).and_then(|name| self.lookup(name));
                let once = once.is_some_and(|local| self.machine.local(local).once);
                let callee = self.expr(&call.func, if once { Mode::Value } else { Mode::Place });
                let consuming = control::iterated_by(&call.func);
                let outer = std::mem::replace(&mut self.consuming, consuming);
                let arguments = self.values(&call.args);
                self.consuming = outer;
                let ends = control::ends(&call.func);
                let end = if ends { Effect::Exit } else { Effect::none() };
                Effect::Seq(vec![callee, arguments, end])
            }
            Expr::Closure(closure) => self.closure(closure),
            Expr::Async(block) => {
                let by_move = block.capture.is_some();
                self.in_closure(by_move, |walk| walk.block(&block.block))
            }
            Expr::Macro(mac) => self.mac(&mac.mac),
            Expr::Struct(literal) => {
                let mut list: Vec<_> = literal.fields.iter().map(|f| self.expr(&f.expr, Mode::Value)).collect();
                list.extend(literal.rest.iter().map(|rest| self.base(literal, rest)));
                Effect::Seq(list)
            }
            Expr::Tuple(tuple) => self.values(&tuple.elems),
            Expr::Array(array) => self.values(&array.elems),
            Expr::Repeat(repeat) => self.expr(&repeat.expr, Mode::Value),
            Expr::Range(range) => self.values(range.start.iter().chain(&range.end).map(|end| &**end)),
            Expr::Yield(suspension) => self.values(suspension.expr.iter().map(|e| &**e)),
            Expr::Await(operand) => self.expr(&operand.base, Mode::Value),
            _ => self.control(expr),
        }
    }

    /// What is borrowed.
    fn whole(&mut self, place: &Expr) -> Effect {
        let read = self.expr(place, Mode::Place);
        match syntax::variable(place).and_then(|name| self.lookup(name)) {
            Some(local) if !self.machine.local(local).ours => Effect::Seq(vec![read, Effect::Whole(local)]),
            _ => read,
        }
    }

    /// Whether the call takes its receiver by value, as far as names tell.
    fn takes_receiver(&self, call: &syn::ExprMethodCall) -> bool {
        let local = syntax::variable(&call.receiver).and_then(|name| self.lookup(name));
        let doubtful = local.is_some_and(|local| self.machine.local(local).of_std.is_none())
            && std_values::is_doubtful(&call.method);
        let sends = call.method == "send" && local.is_some_and(|local| self.machine.local(local).sends_once);
        let picks = syntax::picks_of(call, &|name| self.machine.local(self.lookup(name)?).of_std);
        let takes = syntax::consumes_receiver(call) && !doubtful || sends || picks || syntax::tests(&call.method);
        if let Some(local) = local.filter(|_| !takes && enclose::may_take(call)) {
            self.machine.doubtful.borrow_mut().insert(local);
        }
        takes
    }

    fn binary(&mut self, binary: &syn::ExprBinary) -> Effect {
        if syntax::is_lazy(&binary.op) {
            let before = self.taken.len();
            let left = self.expr(&binary.left, Mode::Place);
            // What a `let` on the left takes is gone even if the right does not hold.
            let taken = Effect::Seq(self.taken.split_off(before));
            self.taken.push(gone(&taken));
            let right = Effect::Seq(vec![taken, self.expr(&binary.right, Mode::Place)]);
            return Effect::Seq(vec![left, Effect::Branch(vec![Effect::none(), right])]);
        }
        if syntax::is_compound_assignment(&binary.op) {
            let right = self.expr(&binary.right, Mode::Value);
            let left = self.expr(&binary.left, Mode::Place);
            return Effect::Seq(vec![right, left, self.changed(&binary.left)]);
        }
        let mode = match syntax::is_comparison(&binary.op) {
            true => Mode::Place,
            false => Mode::Value,
        };
        // What is calculated with is rather a number behind a reference than something in a box.
        let of = |operand: &Expr| match operand {
            Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) && !self.is_boxed(&unary.expr) => Mode::Place,
            _ => mode,
        };
        let (left, right) = (of(&binary.left), of(&binary.right));
        Effect::Seq(vec![self.expr(&binary.left, left), self.expr(&binary.right, right)])
    }

    fn closure(&mut self, closure: &syn::ExprClosure) -> Effect {
        let by_move = closure.capture.is_some();
        self.in_closure(by_move, |walk| {
            for input in &closure.inputs {
                walk.bind(input);
            }
            walk.expr(&closure.body, Mode::Value)
        })
    }

    fn in_closure(&mut self, by_move: bool, walk: impl FnOnce(&mut Self) -> Effect) -> Effect {
        let outer = self.capturing;
        self.capturing |= by_move;
        let body = self.scope(walk);
        let captures = captures::captures(&body, by_move, self.capturing, self.machine);
        self.capturing = outer;
        let named = if outer {
            Vec::new()
        } else {
            std::mem::take(&mut self.named)
        };
        Effect::Seq(named.into_iter().chain([captures]).collect())
    }

    /// `let _ = place`, in a closure: it does not capture that.
    fn only_names(&mut self, place: &Expr) -> Option<Effect> {
        let local = self.part_of(place).filter(|_| self.capturing)?;
        let reached_by_fields = !syntax::dereferences(place);
        reached_by_fields.then(|| {
            self.named.push(Effect::Read(local));
            Effect::none()
        })
    }

    /// The place that a closure takes: a part of the variable, or the pointer that it is.
    fn captured(&self, local: LocalId, place: &Expr, mode: Mode) -> Effect {
        let variable = self.machine.local(local);
        if variable.is_pointer() {
            return Effect::Read(local);
        }
        match variable.written || mode == Mode::Value && variable.is_hardly_a_pointer() {
            true => self.part(place, false),
            false => Effect::Part(self.machine.part_captured(local, place.clone(), self.env)),
        }
    }

    fn mac(&mut self, mac: &Macro) -> Effect {
        if let Some(jump) = jump_of(mac) {
            return Effect::Jump(jump);
        }
        if let Some(operands) = desugar::awaited_operands(mac) {
            return self.awaited(mac, &operands, Mode::Value);
        }
        if let Some(operands) = desugar::awaiting_arguments(mac) {
            return self.awaited(mac, &operands, Mode::Place);
        }
        let Some(known) = std_macros::parse(mac) else {
            let mut list = Vec::new();
            self.tokens(mac.tokens.clone(), &mut list);
            if std_macros::logging(mac).is_none() {
                self.note_captures(mac.tokens.clone());
            }
            return Effect::Seq(list);
        };
        let mut list = Vec::new();
        let mut lazy = Vec::new();
        for argument in &known.arguments {
            let effect = match &argument.usage {
                Usage::Value => self.expr(&argument.expr, Mode::Value),
                Usage::Scrutinee(pat) => {
                    let matched = self.matched(&argument.expr, &[pat]);
                    Effect::Seq(vec![matched, self.scope(|walk| walk.bind_guarded(pat))])
                }
                Usage::Reference | Usage::Place => self.expr(&argument.expr, Mode::Place),
            };
            if argument.lazy { &mut lazy } else { &mut list }.push(effect);
        }
        let captures = known.captures();
        list.extend(captures.iter().map(|name| self.mention(name, Mode::Place)));
        if !lazy.is_empty() {
            list.push(Effect::Branch(vec![Effect::none(), Effect::Seq(lazy)]));
        }
        if known.diverges() {
            list.push(Effect::Exit);
        }
        Effect::Seq(list)
    }
}

/// The same moves, seen again where they certainly have happened.
fn gone(taken: &Effect) -> Effect {
    let mut list = Vec::new();
    taken.each(&mut |leaf| match *leaf {
        Effect::Move(local) | Effect::Emptied(local) | Effect::Unset(local) => list.push(Effect::Unset(local)),
        _ => {}
    });
    Effect::Seq(list)
}

/// `boxed.field`, `*boxed.field`
fn has_field(place: &Expr) -> bool {
    match syntax::inner(place) {
        Expr::Path(_) => false,
        Expr::Unary(unary) => has_field(&unary.expr),
        _ => true,
    }
}
