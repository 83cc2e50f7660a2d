//! Awaits: the future that is yielded, with what is lent to it, and what comes back.
//!
//! ```text
//! put(state, State::Await0 { name });
//! Yielded(Await2::Await0(async move {
//!     let output = stream.read(&mut buf).await;
//!     (stream, buf, output)
//! }))
//! ..
//! State::Await0 { name } => {
//!     let (stream, buf, n) = Await2::await0(&mut input);
//! ```
//!
//! What is lent is dropped with the future, in the order in which it is captured: that of the mentions in the block.

mod hidden;

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Block, Expr, Pat, Stmt, ext::IdentExt};

use super::{
    Again,
    body::{Frame, Writer},
    carry::value_of,
    leave::Leave,
    variants::{MOST, type_of, variant},
};
use crate::{
    enclose,
    function::Outcome,
    ir::{Awaits, BlockId, Body, Code, End, Form as Operand, LocalId, Node, Role, Suspension},
    layout::{Field, Form, State, Tried, moved_late, shows_drop},
    names::Namespace,
    pattern,
    signature::{Kind, TryKind},
    source,
    span::{Place, ours, shown_at, written_at},
    tokens::{self, Token, mentions},
};

impl Writer<'_> {
    /// Yields the future.
    pub(super) fn suspend_on(
        &mut self,
        suspension: &Suspension,
        awaits: &Awaits,
        leave: Leave,
        mut frame: Frame,
    ) -> TokenStream {
        let first = self.hold_first(suspension, &mut frame);
        self.run(&suspension.value.effect, &mut frame);
        let at = suspension.place.name;
        let next = self.state(suspension.resume, &frame, Some(at));
        let (put, state) = (self.names.path_at("put", at), shown_at(&self.names.state, at));
        let (before, future) = self.made_before(suspension, awaits, &frame);
        let yielded = self.yielded(&self.wrapped(&future, suspension.resume, at), suspension.place);
        let yielded = self.leave(&yielded, leave, at);
        quote_spanned!(ours(at)=> #first #before #put(#state, #next); #yielded)
    }

    /// What is yielded, and the `let` that makes it where that cannot wait until the state is stored.
    fn made_before(&mut self, suspension: &Suspension, awaits: &Awaits, frame: &Frame) -> (TokenStream, TokenStream) {
        let at = suspension.place.name;
        let state = self.layout.state(suspension.resume);
        if self.lends(suspension) {
            let block = self.lending(suspension, awaits, state, frame);
            return match self.is_wrapped_twice() {
                true => self.named(&block, at),
                false => (TokenStream::new(), block),
            };
        }
        let operand = self.expr(&suspension.value);
        let future = match awaits.form == Operand::Delegate {
            true => self.delegate_of(operand),
            false => self.future_of(&operand, at),
        };
        let carried = state.into_iter().flat_map(|s| &s.fields).map(|f| f.local).collect();
        if self.can_follow(suspension, &carried) {
            return (TokenStream::new(), future);
        }
        self.named(&future, at)
    }

    /// `let awaited = future;`, and the name.
    fn named(&self, future: &TokenStream, at: Span) -> (TokenStream, TokenStream) {
        let name = written_at(&self.names.awaited, at);
        (quote_spanned!(ours(at)=> let #name = #future;), name.to_token_stream())
    }

    /// Whether what is yielded is more than `Yielded(future)`: a block in it would stand far to the right.
    fn is_wrapped_twice(&self) -> bool {
        let emits = matches!(self.parts.returned.kind, Kind::Stream { .. });
        emits || self.layout.awaits.len() > 1 || matches!(self.parts.outcome, Outcome::Try(_))
    }

    /// In the variant of the place, if the function awaits at several.
    fn wrapped(&self, future: &TokenStream, resume: BlockId, at: Span) -> TokenStream {
        let (number, count) = (self.layout.await_number(resume), self.layout.awaits.len());
        let future = match number {
            Some(number) if count > 1 => variant(self, number, count, at, future.clone()),
            _ => future.clone(),
        };
        match &self.parts.returned.kind {
            Kind::Stream { .. } => {
                let awaiting = self.names.path_written_at("Awaiting", at);
                quote_spanned!(at=> #awaiting(#future))
            }
            _ => future,
        }
    }

    /// `async move { let output = operand.await; (lent, output) }`
    fn lending(
        &mut self,
        suspension: &Suspension,
        awaits: &Awaits,
        state: Option<&State>,
        frame: &Frame,
    ) -> TokenStream {
        let at = suspension.place.name;
        let again = self.taken_again_within(&suspension.value);
        let operand = self.expr(&suspension.value);
        let output = written_at(&self.names.output, at);
        let alone = state.is_none_or(|state| state.lent.is_empty() && state.tried.is_none());
        let (awaited, is_block) = match &operand {
            // The statements are those of this block.
            Expr::Async(block) if alone && is_enclosed(&suspension.value.syntax) => {
                let stmts = &block.block.stmts;
                (quote!(#(#stmts)*), true)
            }
            Expr::Async(block) if is_enclosed(&suspension.value.syntax) && enclose::ends_at_its_end(block) => {
                let single = match state.is_none_or(|state| state.tried.is_none()) {
                    true => single(&block.block, awaits.discards),
                    false => None,
                };
                let single = single.map(ToTokens::to_token_stream);
                (single.unwrap_or_else(|| block.block.to_token_stream()), true)
            }
            _ if awaits.form == Operand::Macro => (operand.to_token_stream(), false),
            _ => (quote_spanned!(at=> #operand.await), false),
        };
        let lent = state.into_iter().flat_map(|state| &state.lent);
        let mut back: Vec<_> = lent
            .map(|field| self.given_back(field, suspension.resume, frame, at))
            .collect();
        let tried = state.and_then(|state| state.tried);
        let semi = (!is_block || ends_with_value(&operand)).then(|| quote_spanned!(ours(at)=> ;));
        let ignored = (awaits.ignores && !is_block).then(|| quote_spanned!(ours(at)=> let _ =));
        let tuple = state.is_some_and(|state| self.gives_tuple(state, suspension));
        let body = match (back.is_empty() && !tuple, awaits.discards) {
            (true, false) => self.tried_alone(&awaited, tried, at),
            (true, true) => quote_spanned!(ours(at)=> #ignored #awaited #semi),
            (false, true) if tuple => quote_spanned!(ours(at)=> #ignored #awaited #semi ((),)),
            (false, true) => {
                let back = together(&back, at);
                quote_spanned!(ours(at)=> #ignored #awaited #semi #back)
            }
            (false, false) => {
                back.push(output.to_token_stream());
                let back = match tuple {
                    true => quote_spanned!(ours(at)=> (#output,)),
                    false => together(&back, at),
                };
                let (awaited, ty) = self.converted(awaited, tried, at);
                quote_spanned!(ours(at)=> let #output #ty = #awaited; #back)
            }
        };
        let declared = self.declared_within(&suspension.value.effect);
        let body = quote!(#declared #again #body);
        let names = self.captured_with_drop(state, suspension, frame);
        let given = state.into_iter().flat_map(|state| &state.given);
        let given: Vec<_> = given.map(|field| self.captured(field, frame)).collect();
        let order = order_of_drops(&names, &given, suspension, &body, at);
        quote_spanned!(at=> async move { #order #body })
    }

    /// The output as `?` will leave with it, if that has to be done within the future: `Ok::<_, Error>(operand.await?)`
    fn tried_alone(&self, awaited: &TokenStream, tried: Option<Tried>, at: Span) -> TokenStream {
        let (Outcome::Try(shape), Some(tried)) = (self.parts.outcome, tried) else {
            return awaited.clone();
        };
        let (success, at) = (shape.typed_success(), ours(at));
        match tried {
            Tried::Statement => quote_spanned!(at=> #awaited?; #success(())),
            Tried::Value => quote_spanned!(at=> #success(#awaited?)),
        }
    }

    /// The same beside what comes back, with its type: `operand.await.map_err(From::from)`
    fn converted(&self, awaited: TokenStream, tried: Option<Tried>, at: Span) -> (TokenStream, Option<TokenStream>) {
        let (Outcome::Try(shape), Some(tried)) = (self.parts.outcome, tried) else {
            return (awaited, None);
        };
        let at = ours(at);
        let mut output = awaited;
        if tried == Tried::Statement {
            let drop = self.names.path_at("drop", at);
            output = quote_spanned!(at=> #output.map(#drop));
        }
        match shape.kind {
            TryKind::Result => {
                let (from, ty) = (self.names.path_at("From", at), shape.wrap(quote_spanned!(at=> _)));
                (
                    quote_spanned!(at=> #output.map_err(#from::from)),
                    Some(quote_spanned!(at=> : #ty)),
                )
            }
            TryKind::Option | TryKind::ControlFlow => (output, None),
        }
    }

    fn given_back(&mut self, field: &Field, resume: BlockId, frame: &Frame, at: Span) -> TokenStream {
        let name = self.carried_name(field, resume, at);
        match field.form {
            Form::Held if !frame.held.contains(&field.local) => value_of(&self.held_value(field.local, &name, frame)),
            _ => name.to_token_stream(),
        }
    }

    /// What the block captures and its drop shows, the youngest first.
    fn captured_with_drop(&self, state: Option<&State>, suspension: &Suspension, frame: &Frame) -> Vec<Ident> {
        let taken = state.into_iter().flat_map(State::taken);
        let drops = taken.filter(|field| shows_drop(self.machine, field.local, field.form));
        let mut captured: Vec<_> = drops.map(|field| (field.local, self.captured(field, frame))).collect();
        for local in moved_late(self.machine, suspension) {
            if !captured.iter().any(|(other, _)| *other == local) {
                captured.push((local, self.layout.display(self.machine, local)));
            }
        }
        let youngest: Vec<_> = self.machine.visible(suspension.value.env).collect();
        captured.sort_by_key(|(local, _)| youngest.iter().position(|other| other == local));
        captured.into_iter().map(|(_, name)| name).collect()
    }

    /// The variable that the block captures: the local, or what is held of it already.
    fn captured(&self, field: &Field, frame: &Frame) -> Ident {
        match field.form == Form::Held && frame.held.contains(&field.local) {
            true => field.name.clone(),
            false => self.layout.display(self.machine, field.local),
        }
    }

    /// The variables that the code mentions elsewhere than in `async` blocks of ours.
    pub(super) fn mentioned_apart(&self, body: &Body) -> BTreeSet<LocalId> {
        let mut found = BTreeSet::new();
        body.each(&mut |body| {
            let mut count = |effect: &_| found.extend(self.machine.mentioned(effect));
            match &body.end {
                End::Suspend(suspension) if self.lends(suspension) => body.effects_of_nodes(&mut count),
                _ => body.own_effects(&mut count),
            }
        });
        found
    }

    /// Whether what is awaited is written as an `async` block.
    pub(super) fn lends(&self, suspension: &Suspension) -> bool {
        let lent = self
            .layout
            .state(suspension.resume)
            .is_some_and(|state| !state.lent.is_empty());
        suspension.awaits.as_ref().is_some_and(|awaits| match awaits.form {
            Operand::Direct => lent,
            Operand::Lent | Operand::Macro => true,
            Operand::Delegate => false,
        })
    }

    /// The borrows that the operand needs, taken within the future.
    fn taken_again_within(&mut self, value: &Code<Expr>) -> TokenStream {
        self.derivations_of(value.effect.used().into_iter().collect(), &|_| true)
    }

    /// What the arm begins with: it takes what the await gave.
    pub(super) fn receive(&mut self, state: &State, code: &[Token]) -> Result<TokenStream, Again> {
        let block = self.machine.block(state.block);
        let Some(Node::Code(received)) = block.body.nodes.first() else {
            return Ok(TokenStream::new());
        };
        let awaited = self.machine.awaited_before(state.block);
        let delegated = awaited
            .as_ref()
            .is_some_and(|(_, awaits)| awaits.form == Operand::Delegate);
        let suspension = awaited.as_ref().map(|(suspension, _)| suspension);
        let tuple = suspension.is_some_and(|suspension| self.gives_tuple(state, suspension));
        // A block of ours has dropped the output already, and gives nothing.
        let ignored = awaited
            .filter(|(suspension, awaits)| awaits.ignores && !(awaits.discards && self.lends(suspension)))
            .map(|_| quote_spanned!(block.span=> let _ =));
        if block.role != Role::Await || delegated {
            return Ok(TokenStream::new());
        }
        let user = match self.stmt(received) {
            Stmt::Local(local) => Some(self.received_value(&local.pat, code)),
            _ => None,
        };
        let bound = Namespace::of(user.clone().unwrap_or_default());
        let mut taken = self.names_of(state, user.as_ref(), code);
        let back: Vec<_> = state
            .lent
            .iter()
            .map(|field| self.received_back(field, code, &bound, &mut taken))
            .collect();
        let all: Vec<_> = back.into_iter().chain(user).collect();
        let at = block.span;
        let input = shown_at(&self.names.input, at);
        if all.is_empty() {
            let value = self.awaited(state, &input, self.whole(state, at));
            // A statement, so that rustc says if it must be used.
            return Ok(quote_spanned!(at=> #ignored #value;));
        }
        let pattern = match (tuple, all.as_slice()) {
            (true, [one]) => quote_spanned!(ours(at)=> (#one,)),
            _ => together(&all, at),
        };
        let (number, count) = (self.layout.await_number(state.block), self.layout.awaits.len());
        Ok(match number {
            Some(number) if count > MOST => {
                let pattern = variant(self, number, count, at, pattern);
                let (some, unexpected) = (
                    self.names.path_at("Some", at),
                    self.names.path_at("unexpected_input", at),
                );
                quote_spanned!(ours(at)=> let #some(#pattern) = #input.take() else { #unexpected() };)
            }
            _ => {
                let value = self.awaited(state, &input, Place::at(at));
                quote_spanned!(at=> let #pattern = #value;)
            }
        })
    }

    /// What an await gave: `received(&mut input)`, or `Await2::await0(&mut input)` of several.
    fn awaited(&self, state: &State, input: &Ident, at: Place) -> TokenStream {
        let (number, count) = (self.layout.await_number(state.block), self.layout.awaits.len());
        let function = match number {
            Some(number) if (2..=MOST).contains(&count) => {
                let mut path = self.names.path(&format!("Await{count}"));
                path.segments.push(format_ident!("await{number}").into());
                path
            }
            _ => self.names.path("received"),
        };
        at.call(&function, quote_spanned!(at.parens=> &mut #input))
    }

    /// From the operand to `.await`: what rustc proposes for a statement goes before the whole.
    fn whole(&self, state: &State, at: Span) -> Place {
        let operand = self
            .machine
            .awaited_before(state.block)
            .map(|(suspension, _)| suspension.value.syntax);
        let first = operand.and_then(|operand| operand.to_token_stream().into_iter().next());
        match first {
            Some(TokenTree::Ident(first)) if !self.names.is_ours(&first) => Place {
                name: first.span(),
                parens: at,
            },
            _ => Place::at(at),
        }
    }

    /// The user's pattern, or a variable of ours.
    fn received_value(&self, pat: &Pat, code: &[Token]) -> TokenStream {
        match pat {
            Pat::Ident(pat) if self.names.is_ours(&pat.ident) && !source::is_mutated(code, &pat.ident.to_string()) => {
                pat.ident.to_token_stream()
            }
            _ => pat.to_token_stream(),
        }
    }

    /// The names that must not be given to what nobody mentions: those that the code mentions, or that the user binds.
    fn names_of(&self, state: &State, user: Option<&TokenStream>, code: &[Token]) -> Namespace {
        let all: Vec<_> = state.carried().map(|field| field.name.clone()).collect();
        let mut used = Vec::new();
        mentions(code, &all, &mut used);
        Namespace::of(quote!(#user #(#used)*))
    }

    /// `bound`: what the user's pattern binds; it hides a variable of the same name.
    fn received_back(&self, field: &Field, code: &[Token], bound: &Namespace, taken: &mut Namespace) -> TokenStream {
        let name = &field.name;
        let mut used = Vec::new();
        mentions(code, std::slice::from_ref(name), &mut used);
        if used.is_empty() || bound.mentions(&name.to_string()) {
            let wish = match name.to_string().starts_with('_') {
                true => name.to_string(),
                false => format!("_{}", name.unraw()),
            };
            return taken.fresh_ident(&wish, name.span()).to_token_stream();
        }
        let variable = self.machine.local(field.local);
        let mutable = field.form == Form::Plain && variable.mutable && self.mentions.contains(&field.local);
        match mutable && source::is_mutated(code, &name.to_string()) {
            true => quote!(mut #name),
            false => quote!(#name),
        }
    }

    /// What the step yields, as far as it is awaited: `_`, or `Await2<_, _>`.
    pub(super) fn awaited_type(&self) -> TokenStream {
        match self.layout.awaits.len() {
            0 => self.names.path("Never").to_token_stream(),
            count => type_of(self, count),
        }
    }
}

/// The one statement of a block that needs no braces where the value of the block is bound, or where it has none.
fn single(block: &Block, discards: bool) -> Option<&Stmt> {
    match block.stmts.as_slice() {
        [stmt @ Stmt::Expr(_, semi)] if semi.is_some() == discards => Some(stmt),
        [stmt @ Stmt::Expr(value, None)] if gives_nothing(value) => Some(stmt),
        _ => None,
    }
}

fn ends_with_value(operand: &Expr) -> bool {
    let Expr::Async(block) = operand else { return false };
    match block.block.stmts.last() {
        Some(Stmt::Expr(value, None)) => !gives_nothing(value),
        _ => false,
    }
}

/// Whether it is a loop or a branch that gives nothing, by its form.
fn gives_nothing(value: &Expr) -> bool {
    match value {
        Expr::ForLoop(_) | Expr::While(_) => true,
        Expr::If(branches) => match &branches.else_branch {
            Some((_, otherwise)) => gives_nothing(otherwise),
            None => true,
        },
        _ => false,
    }
}

fn is_enclosed(operand: &Expr) -> bool {
    matches!(operand, Expr::Async(block) if enclose::is_enclosed(block))
}

/// `(a, b)`, or `a` alone.
fn together(list: &[TokenStream], at: Span) -> TokenStream {
    match list {
        [one] => one.clone(),
        _ => quote_spanned!(ours(at)=> (#(#list),*)),
    }
}

/// `let _ = (&younger, &older);` where the block would mention, and so capture and drop, the older first, or only a part of
/// one of the `given`.
fn order_of_drops(
    names: &[Ident],
    given: &[Ident],
    suspension: &Suspension,
    body: &TokenStream,
    at: Span,
) -> TokenStream {
    let mut mentioned = Vec::new();
    mentions(&tokens::read(body.clone()), names, &mut mentioned);
    // A name that the operand binds itself may mean another variable.
    let bound = pattern::bound_within(&suspension.value.syntax);
    let is_bound = |name: &Ident| bound.contains(name);
    let whole = |name: &Ident| match given.contains(name) {
        true => !is_bound(name) && source::mentions_whole(body, name),
        false => !source::mentions_fields_only(body, name),
    };
    let clear = mentioned == names && !names.iter().any(is_bound) && names.iter().all(whole);
    match names {
        [] => TokenStream::new(),
        _ if clear => TokenStream::new(),
        [name] if whole(name) => TokenStream::new(),
        [name] => quote_spanned!(ours(at)=> let _ = &#name;),
        _ => quote_spanned!(ours(at)=> let _ = (#(&#names),*);),
    }
}
