//! States as values: what each variable brings into the next state.

use super::body::{Frame, Writer};
use crate::{
    flow::{self, Holds},
    ir::{BlockId, Body, Code, Effect, End, EnvId, LocalId, Machine, Node, Part, PartId, Suspension},
    layout::{Form, State},
    span::{ours, shown_at},
    syntax,
};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use std::collections::BTreeSet;
use syn::Expr;

impl Writer<'_> {
    /// `drop(x);`
    pub(super) fn end_scope(&mut self, local: LocalId, frame: &mut Frame) -> TokenStream {
        let drop = self.names.path("drop");
        let name = self.layout.display(self.machine, local);
        if frame.held.remove(&local) {
            let held = self.names.held(&name);
            return quote!(#drop(#held););
        }
        match frame.moves.as_ref().map(|moves| moves.get(local)) {
            Some(Holds::Value) => {
                let left = self.left(local, frame).unwrap_or_else(|| vec![name.to_token_stream()]);
                match left.as_slice() {
                    [] => TokenStream::new(),
                    [place] => quote!(#drop(#place);),
                    places => {
                        let together = self.left_together(places, Span::call_site());
                        quote!(#drop(#together);)
                    }
                }
            }
            _ => TokenStream::new(),
        }
    }

    /// What `..base` left of a variable, if it took the rest.
    fn left(&mut self, local: LocalId, frame: &Frame) -> Option<Vec<TokenStream>> {
        let parts = frame.moves.as_ref()?.parts(local);
        let text = |part: &Part| part.evidence.to_token_stream().to_string();
        let (mut left, mut used) = (Vec::new(), BTreeSet::new());
        for part in parts {
            let part = &self.machine.parts.borrow()[part.0];
            match part.left {
                true => left.push((text(part), part.evidence.clone(), part.env)),
                false => drop(used.insert(text(part))),
            }
        }
        (!left.is_empty()).then_some(())?;
        left.retain(|(text, ..)| !used.contains(text));
        let places = left.into_iter().map(|(_, syntax, env)| {
            let effect = Effect::none();
            self.expr(&Code { syntax, env, effect }).to_token_stream()
        });
        Some(places.collect())
    }

    /// `Some(left)`, if its type has a drop.
    fn kept_of_left(&self, left: &[TokenStream], at: Span) -> TokenStream {
        let path = |name| self.names.path_at(name, at);
        let (hold, some, none, never) = (path("hold"), path("Some"), path("None"), path("Never"));
        match left {
            [] => quote_spanned!(ours(at)=> #none::<#never>),
            [place] => quote_spanned!(ours(at)=> #hold(&#place).keep(#place)),
            places => {
                let together = self.left_together(places, at);
                quote_spanned!(ours(at)=> #some(#together))
            }
        }
    }

    /// Fields of a variable, as what a closure captures: that drops in order of their declaration, which only rustc knows.
    fn left_together(&self, places: &[TokenStream], at: Span) -> TokenStream {
        let leftover = self.names.path_at("leftover", at);
        quote_spanned!(ours(at)=> #leftover(move || { let _ = (#(&#places),*); }))
    }

    /// Decides about dead variables that may borrow what the next statement mentions: holding them later would keep the
    /// borrow.
    pub(super) fn hold_before(&mut self, body: &Body, index: usize, frame: &mut Frame) -> TokenStream {
        let Node::Code(code) = &body.nodes[index] else {
            return TokenStream::new();
        };
        if !self.holds {
            return TokenStream::new();
        }
        let mut mentioned = BTreeSet::new();
        code.effect.each(&mut |leaf| {
            if let Effect::Read(local) | Effect::Move(local) | Effect::Assign(local) = leaf {
                mentioned.insert(*local);
            }
        });
        let borrows = |local: LocalId| !self.machine.local(local).sources.is_disjoint(&mentioned);
        let rest = Body {
            nodes: body.nodes[index..].to_vec(),
            end: body.end.clone(),
        };
        let mut fields = Vec::new();
        let mut plain = BTreeSet::new();
        let targets: BTreeSet<_> = targets(self.machine, &rest).into_iter().collect();
        for target in targets {
            for field in self.layout.state(target).into_iter().flat_map(State::kept) {
                match field.form {
                    Form::Held if borrows(field.local) => fields.push((field.local, field.name.clone())),
                    Form::Held => {}
                    Form::Plain => drop(plain.insert(field.local)),
                }
            }
        }
        fields.dedup();
        // On another path it is needed.
        fields.retain(|(local, _)| !plain.contains(local));
        let (later, mut declared) = (Self::mentioned(self.machine, &rest), BTreeSet::new());
        rest.each(&mut |body| body.own_effects(&mut |effect| declared.extend(effect.declared())));
        let (mut tokens, mut held) = (TokenStream::new(), Vec::new());
        for (local, name) in fields.into_iter().rev() {
            let holds = frame.moves.as_ref().map(|moves| moves.get(local));
            let here = holds == Some(Holds::Value) && !frame.held.contains(&local);
            if here && !later.contains(&local) && !declared.contains(&local) {
                let value = self.held_value(local, &name, frame);
                frame.held.insert(local);
                held.push(local);
                tokens.extend(as_let(&name, &value));
            }
        }
        tokens.extend(self.after_held(&held, code.env, frame));
        tokens
    }

    /// What a struct update leaves is held as one value of one type, so where more than one path leads on from here, it is made
    /// before they part.
    pub(super) fn hold_left(&mut self, body: &Body, index: usize, frame: &mut Frame) -> TokenStream {
        let Node::Code(code) = &body.nodes[index] else {
            return TokenStream::new();
        };
        let mut bases = BTreeSet::new();
        code.effect.each(&mut |leaf| {
            if let Effect::Part(part) = leaf
                && self.machine.is_left(*part)
            {
                bases.insert(self.machine.whole(*part));
            }
        });
        if bases.is_empty() {
            return TokenStream::new();
        }
        let rest = Body {
            nodes: body.nodes[index + 1..].to_vec(),
            end: body.end.clone(),
        };
        let Some(env) = env_at(&rest) else {
            return TokenStream::new();
        };
        let mut tokens = TokenStream::new();
        for local in bases {
            let several = self.left(local, frame).is_some_and(|left| left.len() > 1);
            let held = targets(self.machine, &rest).into_iter().filter_map(|target| {
                let mut fields = self.layout.state(target)?.carried();
                fields.find(|field| field.local == local && field.form == Form::Held)
            });
            let names: Vec<_> = held.map(|field| field.name.clone()).collect();
            if let [name, _, ..] = names.as_slice()
                && several
            {
                let value = self.held_value(local, name, frame);
                frame.held.insert(local);
                tokens.extend(as_let(name, &value));
                tokens.extend(self.after_held(&[local], env, frame));
            }
        }
        tokens
    }

    /// `let x = x;` of the variables that have to drop before those which are held from here on.
    fn after_held(&self, held: &[LocalId], env: EnvId, frame: &Frame) -> TokenStream {
        let mut ordered = self.machine.in_scope(env);
        let oldest = ordered.iter().position(|local| held.contains(local));
        ordered.drain(..oldest.unwrap_or(ordered.len()));
        ordered.retain(|local| {
            let holds = frame.moves.as_ref().map_or(Holds::Nothing, |moves| moves.get(*local));
            let drops = holds == Holds::Value && flow::ends_with_drop(self.machine, *local, holds);
            drops || frame.held.contains(local)
        });
        // Where it stands now: what is held last, in the order in which that was said.
        let place = |local: &LocalId| match held.iter().position(|other| other == local) {
            Some(position) => (1, position),
            None => (0, local.0),
        };
        let (mut tokens, mut before) = (TokenStream::new(), None);
        for local in &ordered {
            if tokens.is_empty() && before < Some(place(local)) {
                before = Some(place(local));
                continue;
            }
            let name = self.layout.display(self.machine, *local);
            let (name, mutable) = match frame.held.contains(local) {
                true => (self.names.held(&name), None),
                false => (name, self.machine.local(*local).mutable.then(|| quote!(mut))),
            };
            tokens.extend(quote!(let #mutable #name = #name;));
        }
        tokens
    }

    /// A dead variable may still borrow what the value mentions: whether it is held is decided before.
    pub(super) fn hold_first(&mut self, suspension: &Suspension, frame: &mut Frame) -> TokenStream {
        let (mut mentioned, mut any) = (BTreeSet::new(), false);
        suspension.value.effect.each(&mut |leaf| match leaf {
            Effect::Read(local) | Effect::Move(local) => {
                any = true;
                mentioned.insert(*local);
            }
            Effect::Part(part) => drop(mentioned.insert(self.machine.whole(*part))),
            _ => {}
        });
        let mentioned = self.machine.with_origins(mentioned);
        let state = self.layout.state(suspension.resume);
        // What is lent is still there when the others have moved into the state.
        let moving = state.map_or_else(BTreeSet::new, |state| moved_away(state, &mentioned));
        let fields = state.into_iter().flat_map(State::kept);
        let (mut tokens, mut first) = (TokenStream::new(), Vec::new());
        for field in fields {
            let held = field.form == Form::Held && !frame.held.contains(&field.local);
            let holds = frame.moves.as_ref().map(|moves| moves.get(field.local));
            let lent = state.is_some_and(|state| state.taken().any(|lent| lent.local == field.local));
            let gone = if lent { &moving } else { &mentioned };
            if (any || lent)
                && held
                && holds == Some(Holds::Value)
                && !mentioned.contains(&field.local)
                && !self.machine.local(field.local).sources.is_disjoint(gone)
            {
                let name = shown_at(&field.name, suspension.place.name);
                let value = self.held_value(field.local, &name, frame);
                frame.held.insert(field.local);
                first.push(field.local);
                tokens.extend(as_let(&name, &value));
            }
        }
        // Nothing can drop before the future has them.
        if !self.lends(suspension) {
            tokens.extend(self.after_held(&first, suspension.value.env, frame));
        }
        tokens
    }

    /// `State::Name { fields }`, with what the variables hold here. Held ones first: they end borrows. All of it stands at
    /// `span`, the suspension, or at the loop or statement that it leads to: what cannot be carried is said there.
    pub(super) fn state(&mut self, block: crate::ir::BlockId, frame: &Frame, span: Option<Span>) -> TokenStream {
        let at = span.unwrap_or(self.machine.block(block).span);
        let Some(state) = self.layout.state(block) else {
            return TokenStream::new();
        };
        let (enumeration, name) = (shown_at(&self.names.enumeration, at), shown_at(&state.name, at));
        if state.fields.is_empty() {
            return quote_spanned!(ours(at)=> #enumeration::#name);
        }
        let (held, plain): (Vec<_>, Vec<_>) = state.fields.iter().partition(|field| field.form == Form::Held);
        let mut fields = Vec::new();
        // The younger first: they may borrow the older.
        for field in held.into_iter().rev() {
            let value = self.held_value(field.local, &shown_at(&field.name, at), frame);
            fields.push(value);
        }
        fields.extend(
            plain
                .iter()
                .map(|field| self.carried_name(field, block, at).into_token_stream()),
        );
        quote_spanned!(ours(at)=> #enumeration::#name { #(#fields),* })
    }

    /// Keeps a variable of which parts were used by value, if they were copied. If they were moved, rustc says at them that
    /// the rest cannot be kept. Where there is no rest, types decide: for a part that moved, the code that would use the
    /// variable again is one that the borrow checker sees cannot be reached.
    fn unless_emptied(&mut self, parts: &[PartId], kept: TokenStream, at: Span) -> TokenStream {
        let all = self.machine.parts.borrow();
        let captured = |part: &PartId| all[part.0].captured;
        if let Some(first) = parts.first().filter(|_| parts.iter().all(captured)) {
            let name = shown_at(&self.layout.display(self.machine, all[first.0].local), at);
            return self.unless_captured(&name, kept, at);
        }
        drop(all);
        // What was used by value before a pattern took all is `Copy`, or rustc says so at the pattern.
        let covering = parts.iter().filter(|part| self.machine.parts.borrow()[part.0].covers);
        let path = |name| self.names.path_at(name, at);
        let (some, none, seen, unseen) = (path("Some"), path("None"), path("part"), path("unseen"));
        let evidence: Vec<_> = covering
            .map(|part| {
                let part = &self.machine.parts.borrow()[part.0];
                let evidence = Code {
                    syntax: part.evidence.clone(),
                    env: part.env,
                    effect: Effect::none(),
                };
                self.expr(&evidence)
            })
            .collect();
        // A tuple is `Copy` if all of it is.
        let evidence = match evidence.as_slice() {
            [] => return kept,
            [one] => quote!(#one),
            all => quote_spanned!(ours(at)=> (#(#all),*)),
        };
        quote_spanned! {ours(at)=>
            match ('part: { break 'part #unseen(); #seen(&#evidence) }).copied() {
                #some(copied) => { copied.proceed(); #kept }
                #none => #none,
            }
        }
    }

    /// Keeps a variable that closures took fields of, but not one that is a pointer: they took all of it.
    fn unless_captured(&self, name: &Ident, kept: TokenStream, at: Span) -> TokenStream {
        let path = |name| self.names.path_at(name, at);
        let (some, none, seen, unseen) = (path("Some"), path("None"), path("part"), path("unseen"));
        quote_spanned! {ours(at)=>
            match ('part: { break 'part #unseen(); #seen(&#name) }).parted() {
                #some(parted) => { parted.proceed(); #kept }
                #none => #none,
            }
        }
    }

    /// Keeps a variable that may be borrowed still, if it is of a type with a drop: of another one, nothing that the borrow
    /// checker sees mentions it.
    fn unless_no_drop(&self, name: &Ident, at: Span) -> TokenStream {
        let path = |name| self.names.path_at(name, at);
        let (some, none, hold, unheld) = (path("Some"), path("None"), path("hold"), path("unheld"));
        quote_spanned! {ours(at)=>
            match ('hold: { break 'hold #unheld(); #hold(&#name) }).drops() {
                #some(drops) => { drops.proceed(); #some(#name) }
                #none => #none,
            }
        }
    }

    pub(super) fn held_value(&mut self, local: LocalId, field: &Ident, frame: &Frame) -> TokenStream {
        if frame.held.contains(&local) {
            return quote!(#field);
        }
        let at = field.span();
        let (hold, none) = (self.names.path_at("hold", at), self.names.path_at("None", at));
        let name = shown_at(&self.layout.display(self.machine, local), at);
        match frame.moves.as_ref().map_or(Holds::Nothing, |moves| moves.get(local)) {
            Holds::Value if let Some(left) = self.left(local, frame) => {
                let kept = self.kept_of_left(&left, at);
                quote_spanned!(ours(at)=> #field: #kept)
            }
            Holds::Value => {
                let variable = self.machine.local(local);
                let kept = match variable.lends {
                    true => self.unless_no_drop(&name, at),
                    false => each_element(&variable.elements, &|index| match index {
                        Some(index) => {
                            let index = syn::Index {
                                index: index as u32,
                                span: ours(at),
                            };
                            quote_spanned!(ours(at)=> #hold(&#name.#index).keep(#name.#index))
                        }
                        None => quote_spanned!(ours(at)=> #hold(&#name).keep(#name)),
                    }),
                };
                let parts = frame.moves.as_ref().map_or_else(Vec::new, |moves| moves.parts(local));
                let kept = self.unless_emptied(&parts, kept, at);
                quote_spanned!(ours(at)=> #field: #kept)
            }
            Holds::Nothing => {
                let elements = &self.machine.local(local).elements;
                let nothing = each_element(elements, &|_| quote_spanned!(ours(at)=> #none));
                quote_spanned!(ours(at)=> #field: #nothing)
            }
            Holds::Either => {
                let name = self.machine.local(local).ident.to_string();
                self.conditional.insert(name);
                quote!(#field: #none)
            }
        }
    }
}

/// What holds a value as a whole, or the elements of a tuple, each by its index. A reference has no drop.
fn each_element(elements: &[Expr], held: &dyn Fn(Option<usize>) -> TokenStream) -> TokenStream {
    if elements.is_empty() {
        return held(None);
    }
    let owned = elements
        .iter()
        .enumerate()
        .filter(|(_, element)| !matches!(syntax::inner(element), Expr::Reference(_)));
    let each: Vec<_> = owned.map(|(index, _)| held(Some(index))).collect();
    match each.as_slice() {
        [one] => quote!(#one),
        each => quote!((#(#each),*)),
    }
}

/// `name: value` of a field as `let name = value;`
pub(super) fn as_let(name: &Ident, field: &TokenStream) -> TokenStream {
    let value = value_of(field);
    quote_spanned!(ours(name.span())=> let #name = #value;)
}

/// The value of `name: value`.
pub(super) fn value_of(field: &TokenStream) -> TokenStream {
    field.clone().into_iter().skip(2).collect()
}

/// What moves into the state or into the future.
fn moved_away(state: &State, mentioned: &BTreeSet<LocalId>) -> BTreeSet<LocalId> {
    let plain = state.kept().filter(|field| field.form == Form::Plain);
    plain
        .map(|field| field.local)
        .chain(mentioned.iter().copied())
        .collect()
}

/// The states that the body leads to, as often as it does.
pub(super) fn targets(machine: &Machine, body: &Body) -> Vec<BlockId> {
    let mut found = Vec::new();
    body.each(&mut |body| {
        match &body.end {
            End::Goto(target, _) => found.push(*target),
            End::Suspend(suspension) => found.push(suspension.resume),
            _ => {}
        }
        body.own_effects(&mut |effect| {
            effect.each(&mut |leaf| {
                if let Effect::Jump(jump) = leaf {
                    found.push(machine.jumps[jump.0].target);
                }
            });
        });
    });
    found
}

/// What is in scope where the body begins.
fn env_at(body: &Body) -> Option<EnvId> {
    match body.nodes.first() {
        Some(Node::Code(code) | Node::LetElse { code, .. }) => return Some(code.env),
        Some(Node::EndScope(_)) => return None,
        None => {}
    }
    match &body.end {
        End::Goto(_, env) => Some(*env),
        End::Suspend(suspension) => Some(suspension.value.env),
        End::If { condition, .. } => Some(condition.env),
        End::Match { scrutinee, .. } => Some(scrutinee.env),
        End::Complete(_) | End::Diverge => None,
    }
}
