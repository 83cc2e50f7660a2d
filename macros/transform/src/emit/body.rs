//! The arms: each state's code, ending where it suspends, completes or goes on with another state.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Expr, Lifetime, Stmt, spanned::Spanned};

use super::{
    Again, Parts, pattern,
    rewrite::{without_idle_braces, without_idle_mut},
};
use crate::{
    expand::Names,
    flow::{Flow, Forward, Holds, Moves},
    ir::{Body, Code, DerivationId, Effect, End, JumpId, LocalId, Machine, Node, PartId, Suspension},
    layout::{Form, Layout, State},
    lower::Hints,
    signature::Kind,
    span::{ours, shown_at},
    syntax,
};

/// How a body leaves: as the value of the arm, or from the middle of it.
#[derive(Clone, Copy, PartialEq)]
enum Leave {
    Value,
    Early,
}

/// What holds at a place in an arm.
#[derive(Clone)]
struct Frame {
    moves: Option<Moves>,
    /// Variables that are there as `held_x`.
    held: BTreeSet<LocalId>,
    /// Variables that the arm has declared by assigning them.
    declared: BTreeSet<LocalId>,
}

pub(super) struct Writer<'a> {
    pub parts: &'a Parts<'a>,
    pub machine: &'a Machine,
    flow: &'a Flow,
    pub layout: &'a Layout,
    pub names: &'a Names,
    /// Whether an arm's value is the next state.
    loops: bool,
    /// Whether the loop of the step needs its label.
    pub labelled: bool,
    /// What holds at the jumps of the code that is being written.
    jumps: BTreeMap<JumpId, Frame>,
    /// What the arm mentions, and what the machine does.
    mentions: BTreeSet<LocalId>,
    all_mentions: BTreeSet<LocalId>,
    /// Variables whose first assignment in this arm declares them.
    at_once: BTreeSet<LocalId>,
    hints: Hints,
}

impl<'a> Writer<'a> {
    pub fn new(
        parts: &'a Parts<'a>,
        machine: &'a Machine,
        flow: &'a Flow,
        layout: &'a Layout,
        names: &'a Names,
        loops: bool,
    ) -> Self {
        Writer {
            parts,
            machine,
            flow,
            layout,
            names,
            loops,
            labelled: false,
            jumps: BTreeMap::new(),
            mentions: BTreeSet::new(),
            all_mentions: machine
                .order
                .iter()
                .flat_map(|block| Self::mentioned(machine, &machine.block(*block).body))
                .collect(),
            at_once: BTreeSet::new(),
            hints: Hints::default(),
        }
    }

    pub fn arm(&mut self, state: &State) -> Result<TokenStream, Again> {
        let body = &self.machine.block(state.block).body;
        let frame = Frame {
            moves: self.flow.moves[state.block.0].clone(),
            held: state
                .fields
                .iter()
                .filter(|f| f.form == Form::Held)
                .map(|f| f.local)
                .collect(),
            declared: BTreeSet::new(),
        };
        self.mentions = Self::needed(self.machine, body);
        let again = self.taken_again(state, body);
        let (declared, at_once) = self.redeclared(state, body);
        self.at_once = at_once;
        let code = self.body(body, Leave::Value, frame);
        if self.hints != Hints::default() {
            return Err(Again(std::mem::take(&mut self.hints)));
        }
        let code = quote!(#declared #again #code);
        let code = without_idle_braces(without_idle_mut(code.clone(), &code, self.names));
        let pattern = pattern(state, self.machine, self.names, &code);
        match is_single_expression(body, Leave::Value, self.loops) && declared.is_empty() && again.is_empty() {
            true => Ok(quote!(#pattern => #code,)),
            false => Ok(quote!(#pattern => { #code })),
        }
    }

    /// The variables that the code mentions, other than those it declares first.
    pub fn mentioned(machine: &Machine, body: &Body) -> BTreeSet<LocalId> {
        let mut found = BTreeSet::new();
        body.each(&mut |body| {
            body.own_effects(&mut |effect| {
                effect.each(&mut |leaf| match leaf {
                    Effect::Read(local) | Effect::Move(local) | Effect::Assign(local) => drop(found.insert(*local)),
                    Effect::Part(part) => drop(found.insert(machine.whole(*part))),
                    _ => {}
                });
            });
        });
        found
    }

    /// What the code mentions, and what the borrows that it uses are taken of.
    pub fn needed(machine: &Machine, body: &Body) -> BTreeSet<LocalId> {
        with_origins(machine, Self::mentioned(machine, body))
    }

    /// The borrows that this arm needs.
    fn taken_again(&mut self, state: &State, body: &Body) -> TokenStream {
        let scope: BTreeSet<_> = self.machine.visible(self.machine.block(state.block).env).collect();
        let mut needed: BTreeSet<DerivationId> = BTreeSet::new();
        let mut work: Vec<_> = Self::mentioned(self.machine, body).into_iter().collect();
        let live = &self.flow.live[state.block.0];
        while let Some(local) = work.pop() {
            let Some(id) = self.machine.local(local).derived else {
                continue;
            };
            if scope.contains(&local) && live.contains(&local) && needed.insert(id) {
                self.machine.derivations[id.0].code.effect.each(&mut |leaf| {
                    if let Effect::Read(local) | Effect::Move(local) = leaf {
                        work.push(*local);
                    }
                });
            }
        }
        let mut tokens = TokenStream::new();
        for id in needed {
            let derivation = &self.machine.derivations[id.0];
            let declared = derivation.locals.iter().map(|&local| Effect::Declare(local));
            let mut code = derivation.code.clone();
            code.effect = Effect::Seq(declared.collect());
            let stmt = self.stmt(&code);
            tokens.extend(quote!(#stmt));
        }
        tokens
    }

    /// Variables that this arm assigns without having them: `let x;`, or `let x = ..;` where it assigns them at once.
    fn redeclared(&self, state: &State, body: &Body) -> (TokenStream, BTreeSet<LocalId>) {
        if super::is_start(self.machine, state) {
            return (TokenStream::new(), BTreeSet::new());
        }
        let mentioned = Self::mentioned(self.machine, body);
        let fields: BTreeSet<_> = state
            .fields
            .iter()
            .filter(|f| f.form == Form::Plain)
            .map(|f| f.local)
            .collect();
        let scope = self.machine.in_scope(self.machine.block(state.block).env);
        let missing = scope.into_iter().filter(|local| {
            let derived = self.machine.local(*local).derived.is_some();
            mentioned.contains(local) && !fields.contains(local) && !derived
        });
        let (at_once, missing): (BTreeSet<_>, Vec<_>) = {
            let alone = |local: LocalId| ends_with_assignment(body, local) || self.younger(state, local).is_empty();
            let (at_once, missing): (Vec<_>, Vec<_>) =
                missing.partition(|local| assigned_at_once(body, *local) && alone(*local));
            (at_once.into_iter().collect(), missing)
        };
        let declarations = missing.into_iter().map(|local| {
            let variable = self.machine.local(local);
            let name = self.layout.display(self.machine, local);
            let ty = variable.ty.as_ref().map(|ty| quote!(: #ty));
            let mutable = variable.mutable.then(|| quote!(mut));
            let younger = self.younger(state, local).into_iter().map(|local| {
                let name = self.layout.display(self.machine, local);
                let mutable = self.machine.local(local).mutable.then(|| quote!(mut));
                quote!(let #mutable #name = #name;)
            });
            quote!(let #mutable #name #ty; #(#younger)*)
        });
        (declarations.collect(), at_once)
    }

    /// The variables of the state that are dropped before this one, which the arm has to declare.
    fn younger(&self, state: &State, local: LocalId) -> Vec<LocalId> {
        if self.machine.local(local).plain {
            return Vec::new();
        }
        let scope = self.machine.in_scope(self.machine.block(state.block).env);
        let younger: Vec<_> = scope.into_iter().skip_while(|other| *other != local).skip(1).collect();
        let fields = state
            .fields
            .iter()
            .filter(|field| field.form == Form::Plain)
            .map(|field| field.local);
        fields
            .filter(|field| younger.contains(field) && !self.machine.local(*field).plain)
            .collect()
    }

    /// `x = value;` as the `let` of a variable that the arm does not have yet.
    fn let_instead(&mut self, code: &Code<Stmt>, frame: &mut Frame) -> Option<TokenStream> {
        let (local, value) = plain_assignment(code)?;
        if !self.at_once.contains(&local) || !frame.declared.insert(local) {
            return None;
        }
        let variable = self.machine.local(local);
        let name = self.layout.display(self.machine, local);
        let ty = variable.ty.as_ref().map(|ty| quote!(: #ty));
        let mutable = variable.mutable.then(|| quote!(mut));
        let value = self.expr(&Code {
            syntax: value.clone(),
            env: code.env,
            effect: code.effect.clone(),
        });
        Some(quote!(let #mutable #name #ty = #value;))
    }

    fn body(&mut self, body: &Body, leave: Leave, mut frame: Frame) -> TokenStream {
        let mut tokens = TokenStream::new();
        for node in &body.nodes {
            tokens.extend(self.node(node, &mut frame));
        }
        tokens.extend(self.end(&body.end, leave, frame));
        tokens
    }

    /// Whether the arm leaves the variable to the arms that take it again.
    pub(super) fn is_left_to_others(&self, local: LocalId) -> bool {
        let derived = self.machine.local(local).derived.is_some();
        derived && !self.mentions.contains(&local) && self.all_mentions.contains(&local)
    }

    /// Whether a state carries the variable though it may hold nothing: with its `let`, rustc says so.
    fn is_used_before_assignment(&self, local: LocalId) -> bool {
        self.layout.states.iter().any(|state| {
            let carried = state
                .fields
                .iter()
                .any(|field| field.local == local && field.form == Form::Plain);
            let holds = self.flow.moves[state.block.0].as_ref().map(|moves| moves.get(local));
            carried && holds.is_some_and(|holds| holds != Holds::Value)
        })
    }

    /// A borrow that this arm does not use, and whose evaluation does nothing.
    fn is_for_later(&self, code: &Code<Stmt>) -> bool {
        let Stmt::Local(local) = &code.syntax else {
            return false;
        };
        if local.init.is_none() {
            let mut elsewhere = false;
            code.effect.each(&mut |leaf| {
                if let Effect::Unset(local) = leaf {
                    elsewhere |= !self.mentions.contains(local) && self.all_mentions.contains(local);
                    elsewhere &= !self.is_used_before_assignment(*local);
                }
            });
            return elsewhere;
        }
        let (mut any, mut all) = (false, true);
        code.effect.each(&mut |leaf| {
            if let Effect::Declare(local) = leaf {
                any = true;
                all &= self.is_left_to_others(*local);
            }
        });
        let quiet = local
            .init
            .as_ref()
            .is_some_and(|init| init.diverge.is_none() && !syntax::indexes(&init.expr));
        any && all && quiet
    }

    fn node(&mut self, node: &Node, frame: &mut Frame) -> TokenStream {
        match node {
            Node::Code(code) => {
                let replaced = plain_assignment(code).filter(|(local, _)| frame.held.contains(local));
                let replaced = replaced.map(|(local, _)| self.end_scope(local, frame));
                self.run(&code.effect, frame);
                if self.is_for_later(code) {
                    return TokenStream::new();
                }
                if let Some(declaration) = self.let_instead(code, frame) {
                    return quote!(#declaration #replaced);
                }
                let stmt = self.stmt(code);
                quote!(#stmt #replaced)
            }
            Node::LetElse { code, otherwise } => {
                let otherwise = self.body(otherwise, Leave::Early, frame.clone());
                self.run(&code.effect, frame);
                let Stmt::Local(local) = self.stmt(code) else {
                    return TokenStream::new();
                };
                let (attrs, pat) = (&local.attrs, &local.pat);
                let value = local.init.as_ref().map(|init| &init.expr);
                quote!(#(#attrs)* let #pat = #value else { #otherwise };)
            }
            Node::EndScope(locals) => locals.iter().rev().map(|&local| self.end_scope(local, frame)).collect(),
        }
    }

    /// `drop(x);`
    fn end_scope(&self, local: LocalId, frame: &mut Frame) -> TokenStream {
        let drop = self.names.path("drop");
        let name = self.layout.display(self.machine, local);
        if frame.held.remove(&local) {
            let held = self.names.held(&name);
            return quote!(#drop(#held););
        }
        match frame.moves.as_ref().map(|moves| moves.get(local)) {
            Some(Holds::Value) => quote!(#drop(#name);),
            _ => TokenStream::new(),
        }
    }

    /// Follows what code does.
    fn run(&mut self, effect: &Effect, frame: &mut Frame) {
        let mut forward = Forward::new(self.machine);
        frame.moves = forward.effect(effect, frame.moves.take());
        for (jump, moves) in forward.jumps {
            let (held, declared) = (frame.held.clone(), frame.declared.clone());
            self.jumps.insert(
                jump,
                Frame {
                    moves: Some(moves),
                    held,
                    declared,
                },
            );
        }
        effect.each(&mut |leaf| {
            if let Effect::Declare(local) | Effect::Assign(local) = leaf {
                frame.held.remove(local);
            }
        });
    }

    fn end(&mut self, end: &End, leave: Leave, mut frame: Frame) -> TokenStream {
        match end {
            End::Goto(target, _) => {
                let next = self.state(*target, &frame, None);
                match leave {
                    Leave::Value => next,
                    Leave::Early => self.go_on(&next),
                }
            }
            End::Suspend(suspension) => self.suspend(suspension, leave, frame),
            End::Complete(value) => {
                let unit = Expr::Verbatim(quote_spanned!(ours(self.parts.function.end)=> ()));
                let value = value.as_ref().map_or(unit, |code| self.expr(code));
                let complete = self.completed(&value, value.span());
                self.leave(&complete, leave, value.span())
            }
            End::If {
                condition,
                taken,
                then,
                otherwise,
            } => {
                self.run(&condition.effect, &mut frame);
                let syntax = self.condition(condition);
                let mut inside = frame.clone();
                self.run(taken, &mut inside);
                self.branch(&syntax, (then, inside), (otherwise, frame), leave)
            }
            End::Match { scrutinee, arms } => {
                self.run(&scrutinee.effect, &mut frame);
                let scrutinee = self.expr(scrutinee);
                let arms: TokenStream = arms
                    .iter()
                    .map(|arm| {
                        let mut inside = frame.clone();
                        self.run(&arm.pattern.effect, &mut inside);
                        let (attrs, pattern) = (&arm.attrs, self.pat(&arm.pattern));
                        let body = self.body(&arm.body, leave, inside);
                        match is_single_expression(&arm.body, leave, self.loops) {
                            true => quote_spanned!(ours(arm.end)=> #(#attrs)* #pattern => #body,),
                            false => quote_spanned!(ours(arm.end)=> #(#attrs)* #pattern => { #body }),
                        }
                    })
                    .collect();
                quote!(match #scrutinee { #arms })
            }
            End::Diverge => TokenStream::new(),
        }
    }

    fn branch(
        &mut self,
        condition: &Expr,
        (then, inside): (&Body, Frame),
        (otherwise, frame): (&Body, Frame),
        leave: Leave,
    ) -> TokenStream {
        let early = leaves_early(then) && (self.loops || otherwise.nodes.len() > 2) && !is_goto(otherwise);
        if early && leave == Leave::Value {
            let then = self.body(then, Leave::Early, inside);
            let otherwise = self.body(otherwise, leave, frame);
            return quote!(if #condition { #then } #otherwise);
        }
        let then = self.body(then, leave, inside);
        let otherwise = self.body(otherwise, leave, frame);
        match otherwise.is_empty() {
            true => quote!(if #condition { #then }),
            false => quote!(if #condition { #then } else { #otherwise }),
        }
    }

    /// The value goes first: what it borrows may be about to move into the state.
    fn suspend(&mut self, suspension: &Suspension, leave: Leave, mut frame: Frame) -> TokenStream {
        let first = self.hold_first(suspension, &mut frame);
        self.run(&suspension.value.effect, &mut frame);
        let value = self.expr(&suspension.value);
        let at = suspension.span;
        let next = self.state(suspension.resume, &frame, Some(at));
        let (put, state) = (self.names.path_at("put", at), shown_at(&self.names.state, at));
        let carried: BTreeSet<_> = self
            .layout
            .state(suspension.resume)
            .into_iter()
            .flat_map(|s| &s.fields)
            .map(|f| f.local)
            .collect();
        if self.can_follow(&suspension.value, &carried) {
            let yielded = self.yielded(&quote!(#value), at);
            let yielded = self.leave(&yielded, leave, at);
            return quote_spanned!(ours(at)=> #first #put(#state, #next); #yielded);
        }
        let name = shown_at(&self.names.value, at);
        let yielded = self.yielded(&quote!(#name), at);
        let yielded = self.leave(&yielded, leave, at);
        let refers = syntax::variable(&suspension.value.syntax)
            .and_then(|name| self.machine.lookup(suspension.value.env, name))
            .is_some_and(|local| self.machine.local(local).derived.is_some());
        let ty = (coerces_inside(&value) || refers).then(|| match &self.parts.returned.kind {
            Kind::Iterator { item } => quote_spanned!(ours(at)=> : #item),
            Kind::Coroutine { yielded, .. } => quote_spanned!(ours(at)=> : #yielded),
        });
        quote_spanned!(ours(at)=> #first let #name #ty = #value; #put(#state, #next); #yielded)
    }

    /// Whether the yielded value may be written after the state is stored: nothing that it mentions, or borrows, goes into
    /// the state, and computing it does nothing.
    fn can_follow(&self, value: &Code<Expr>, carried: &BTreeSet<LocalId>) -> bool {
        let simple = matches!(syntax::inner(&value.syntax), Expr::Lit(_) | Expr::Path(_))
            || matches!(syntax::inner(&value.syntax), Expr::Tuple(tuple) if tuple.elems.is_empty());
        let mut mentioned = BTreeSet::new();
        value.effect.each(&mut |leaf| {
            if let Effect::Read(local) | Effect::Move(local) = leaf {
                mentioned.insert(*local);
            }
        });
        simple && with_origins(self.machine, mentioned).is_disjoint(carried)
    }

    /// A dead variable may still borrow what the value mentions: whether it is held is decided before.
    fn hold_first(&mut self, suspension: &Suspension, frame: &mut Frame) -> TokenStream {
        let (mut mentioned, mut any) = (BTreeSet::new(), false);
        suspension.value.effect.each(&mut |leaf| match leaf {
            Effect::Read(local) | Effect::Move(local) => {
                any = true;
                mentioned.insert(*local);
            }
            Effect::Part(part) => drop(mentioned.insert(self.machine.whole(*part))),
            _ => {}
        });
        let mentioned = with_origins(self.machine, mentioned);
        let fields = self
            .layout
            .state(suspension.resume)
            .map_or(&[][..], |state| &state.fields);
        let mut tokens = TokenStream::new();
        for field in fields {
            let held = field.form == Form::Held && !frame.held.contains(&field.local);
            let holds = frame.moves.as_ref().map(|moves| moves.get(field.local));
            if any
                && held
                && holds == Some(Holds::Value)
                && !mentioned.contains(&field.local)
                && !self.machine.local(field.local).fresh
            {
                let name = shown_at(&field.name, suspension.span);
                let value = self.held_value(field.local, &name, frame);
                frame.held.insert(field.local);
                tokens.extend(as_let(&name, &value));
            }
        }
        tokens
    }

    fn leave(&self, outcome: &TokenStream, leave: Leave, at: Span) -> TokenStream {
        match leave == Leave::Early || self.loops {
            true => quote_spanned!(ours(at)=> return #outcome),
            false => outcome.clone(),
        }
    }

    /// `current = State::Next { .. }; continue;`
    fn go_on(&mut self, next: &TokenStream) -> TokenStream {
        let (current, label) = (&self.names.current, self.label());
        self.labelled = true;
        quote!(#current = #next; continue #label;)
    }

    fn label(&self) -> Lifetime {
        Lifetime::new(&format!("'{}", self.names.label), self.names.label.span())
    }

    /// A jump in the middle of verbatim code.
    pub(super) fn jump(&mut self, jump: JumpId) -> TokenStream {
        let target = self.machine.jumps[jump.0].target;
        let frame = self.jumps.get(&jump).cloned();
        let next = match frame {
            Some(frame) => self.state(target, &frame, None),
            // The code before it diverges.
            None => return quote!(unreachable!()),
        };
        let go_on = self.go_on(&next);
        quote!({ #go_on })
    }

    /// `State::Name { fields }`, with what the variables hold here. Held ones first: they end borrows. All of it stands at
    /// `span`, the suspension, or at the loop or statement that it leads to: what cannot be carried is said there.
    fn state(&mut self, block: crate::ir::BlockId, frame: &Frame, span: Option<Span>) -> TokenStream {
        let Some(state) = self.layout.state(block) else {
            return TokenStream::new();
        };
        let at = span.unwrap_or(self.machine.block(block).span);
        let (enumeration, name) = (shown_at(&self.names.enumeration, at), shown_at(&state.name, at));
        if state.fields.is_empty() {
            return quote_spanned!(ours(at)=> #enumeration::#name);
        }
        let (held, plain): (Vec<_>, Vec<_>) = state.fields.iter().partition(|field| field.form == Form::Held);
        let mut fields = Vec::new();
        for field in held {
            let value = self.held_value(field.local, &shown_at(&field.name, at), frame);
            fields.push(value);
        }
        fields.extend(plain.iter().map(|field| shown_at(&field.name, at).into_token_stream()));
        quote_spanned!(ours(at)=> #enumeration::#name { #(#fields),* })
    }

    /// Keeps a variable of which parts were used by value, if they were copied. Types decide: for a part that moved, the
    /// code that would use the variable again is one that the borrow checker sees cannot be reached.
    fn unless_taken(&mut self, parts: &[PartId], kept: TokenStream, at: Span) -> TokenStream {
        let path = |name| self.names.path_at(name, at);
        let (some, none, seen, unseen) = (path("Some"), path("None"), path("part"), path("unseen"));
        let mut kept = kept;
        for part in parts {
            let part = &self.machine.parts.borrow()[part.0];
            let evidence = Code {
                syntax: part.evidence.clone(),
                env: part.env,
                effect: Effect::none(),
            };
            let evidence = self.expr(&evidence);
            kept = quote_spanned! {ours(at)=>
                match ('part: { break 'part #unseen(); #seen(&#evidence) }).copied() {
                    #some(copied) => { copied.proceed(); #kept }
                    #none => #none,
                }
            };
        }
        kept
    }

    fn held_value(&mut self, local: LocalId, field: &Ident, frame: &Frame) -> TokenStream {
        if frame.held.contains(&local) {
            return quote!(#field);
        }
        let at = field.span();
        let (hold, none) = (self.names.path_at("hold", at), self.names.path_at("None", at));
        let name = shown_at(&self.layout.display(self.machine, local), at);
        match frame.moves.as_ref().map_or(Holds::Nothing, |moves| moves.get(local)) {
            Holds::Value => {
                let kept = quote_spanned!(ours(at)=> #hold(&#name).keep(#name));
                let parts = frame.moves.as_ref().map_or_else(Vec::new, |moves| moves.parts(local));
                let kept = self.unless_taken(&parts, kept, at);
                quote_spanned!(ours(at)=> #field: #kept)
            }
            Holds::Nothing => quote_spanned!(ours(at)=> #field: #none),
            Holds::Either => {
                let name = self.machine.local(local).ident.to_string();
                self.hints.conditional.insert(name);
                quote!(#field: #none)
            }
        }
    }
}

/// Whether the expected type reaches the parts of the expression only if it is written out.
fn coerces_inside(value: &Expr) -> bool {
    matches!(
        syntax::inner(value),
        Expr::Tuple(_) | Expr::Array(_) | Expr::Closure(_) | Expr::If(_) | Expr::Match(_) | Expr::Block(_)
    ) || matches!(value, Expr::Macro(mac) if mac.mac.path.is_ident("vec"))
}

/// The variables, and those that the borrows among them are taken of.
fn with_origins(machine: &Machine, mut found: BTreeSet<LocalId>) -> BTreeSet<LocalId> {
    let mut work: Vec<_> = found.iter().copied().collect();
    while let Some(local) = work.pop() {
        let Some(id) = machine.local(local).derived else {
            continue;
        };
        machine.derivations[id.0].code.effect.each(&mut |leaf| {
            if let Effect::Read(local) | Effect::Move(local) = leaf
                && found.insert(*local)
            {
                work.push(*local);
            }
        });
    }
    found
}

/// `name: value` of a field as `let name = value;`
fn as_let(name: &Ident, field: &TokenStream) -> TokenStream {
    let value: TokenStream = field.clone().into_iter().skip(2).collect();
    quote_spanned!(ours(name.span())=> let #name = #value;)
}

/// `x = value;` of a variable that `value` does not mention.
fn plain_assignment(code: &Code<Stmt>) -> Option<(LocalId, &Expr)> {
    let Stmt::Expr(Expr::Assign(assign), Some(_)) = &code.syntax else {
        return None;
    };
    let mut assigned = None;
    let mut mentioned = BTreeSet::new();
    code.effect.each(&mut |leaf| match leaf {
        Effect::Assign(local) => assigned = Some(*local),
        Effect::Read(local) | Effect::Move(local) => drop(mentioned.insert(*local)),
        _ => {}
    });
    syntax::variable(&assign.left)?;
    assigned
        .filter(|local| !mentioned.contains(local))
        .map(|local| (local, &*assign.right))
}

/// Whether the variable is assigned by a statement before anything else mentions it, on each path of the body.
fn assigned_at_once(body: &Body, local: LocalId) -> bool {
    for node in &body.nodes {
        match node {
            Node::Code(code) if mentions(&code.effect, local) => {
                return plain_assignment(code).is_some_and(|(assigned, _)| assigned == local);
            }
            Node::LetElse { code, otherwise } => {
                let mut found = mentions(&code.effect, local);
                otherwise.each(&mut |body| body.own_effects(&mut |effect| found |= mentions(effect, local)));
                if found {
                    return false;
                }
            }
            Node::Code(_) | Node::EndScope(_) => {}
        }
    }
    match &body.end {
        End::If {
            condition,
            then,
            otherwise,
            ..
        } => !mentions(&condition.effect, local) && assigned_at_once(then, local) && assigned_at_once(otherwise, local),
        End::Match { scrutinee, arms } => {
            let early =
                mentions(&scrutinee.effect, local) || arms.iter().any(|arm| mentions(&arm.pattern.effect, local));
            !early && arms.iter().all(|arm| assigned_at_once(&arm.body, local))
        }
        End::Suspend(suspension) => !mentions(&suspension.value.effect, local),
        End::Complete(value) => !value.as_ref().is_some_and(|value| mentions(&value.effect, local)),
        End::Goto(..) | End::Diverge => true,
    }
}

fn mentions(effect: &Effect, local: LocalId) -> bool {
    let mut found = false;
    effect.each(&mut |leaf| {
        found |= matches!(leaf, Effect::Read(l) | Effect::Move(l) | Effect::Assign(l) if *l == local);
    });
    found
}

/// Whether the arm ends as soon as it has assigned the variable, so that the two are not dropped by it.
fn ends_with_assignment(body: &Body, local: LocalId) -> bool {
    let mut always = true;
    body.each(&mut |body| {
        let assigned = body.nodes.iter().rposition(|node| match node {
            Node::Code(code) => mentions(&code.effect, local),
            Node::LetElse { .. } | Node::EndScope(_) => false,
        });
        if let Some(index) = assigned {
            let Node::Code(code) = &body.nodes[index] else {
                return;
            };
            let last = index + 1 == body.nodes.len() && plain_assignment(code).is_some();
            always &= last && matches!(body.end, End::Goto(..));
        }
    });
    always
}

/// Whether the body ends with a suspension or completes on every path.
fn leaves_early(body: &Body) -> bool {
    match &body.end {
        End::Suspend(_) | End::Complete(_) => true,
        End::Goto(..) | End::If { .. } | End::Match { .. } | End::Diverge => false,
    }
}

fn is_goto(body: &Body) -> bool {
    body.nodes.is_empty() && matches!(body.end, End::Goto(..))
}

fn is_single_expression(body: &Body, leave: Leave, loops: bool) -> bool {
    body.nodes.is_empty()
        && match &body.end {
            End::Goto(..) => leave == Leave::Value,
            End::Complete(_) => leave == Leave::Value || loops,
            _ => false,
        }
}
