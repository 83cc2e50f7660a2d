//! The arms: each state's code, ending where it suspends, completes or goes on with another state.

use super::available::plain_assignment;
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Expr, Pat, Stmt, Type, spanned::Spanned};

use super::{
    Again, Parts,
    blocks::Labelled,
    delegates::{self, Delegate},
    idle::without_idle,
    in_place::received_in_place,
    join::if_else,
    leave::{Leave, expression, is_single_expression, leaves_early},
    pattern,
};
use crate::{
    effects,
    expand::Names,
    flow::{Flow, Forward, Moves},
    ir::{Arm, BlockId, Body, Code, Effect, End, JumpId, LocalId, Machine, Node, Suspension},
    layout::{Form, Layout, State},
    span::{ours, shown_at},
    syntax,
    tokens::{self, Token},
};

/// What holds at a place in an arm.
#[derive(Clone)]
pub(super) struct Frame {
    pub(super) moves: Option<Moves>,
    /// Variables that are there as `held_x`.
    pub(super) held: BTreeSet<LocalId>,
    /// Variables that the arm has declared by assigning them.
    pub(super) declared: BTreeSet<LocalId>,
}

pub(super) struct Writer<'a> {
    pub(super) parts: &'a Parts<'a>,
    pub(super) machine: &'a Machine,
    pub(super) flow: &'a Flow,
    pub(super) layout: &'a Layout,
    pub(super) names: &'a Names,
    /// Whether an arm's value is the next state.
    pub(super) loops: bool,
    /// Whether a state holds a variable that is dead.
    pub(super) holds: bool,
    /// Whether the loop of the step needs its label.
    pub(super) labelled: bool,
    /// Whether the value of an arm is the next state.
    pub(super) goes_on_by_value: bool,
    /// The inner iterators that stay in their states.
    pub(super) delegates: BTreeMap<BlockId, Delegate<'a>>,
    /// The blocks around the code that is being written, from which jumps lead to what stands behind them.
    pub(super) blocks: Vec<Labelled>,
    /// What holds at the jumps of the code that is being written.
    pub(super) jumps: BTreeMap<JumpId, Frame>,
    /// What the arm mentions, and what the machine does.
    pub(super) mentions: BTreeSet<LocalId>,
    pub(super) all_mentions: BTreeSet<LocalId>,
    /// What the arm mentions elsewhere than in the `async` blocks of its awaits, which take borrows again themselves.
    pub(super) apart: BTreeSet<LocalId>,
    /// Variables whose first assignment in this arm declares them.
    pub(super) at_once: BTreeSet<LocalId>,
    /// Variables that a future of this arm declares and assigns.
    pub(super) in_future: BTreeSet<LocalId>,
    /// The arms so far.
    pub(super) read: Vec<Vec<Token>>,
    /// Variables of which it is not clear whether they have a value.
    pub(super) conditional: BTreeSet<String>,
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
            holds: layout.holds(),
            labelled: false,
            goes_on_by_value: false,
            delegates: delegates::staying(parts, machine, layout),
            blocks: Vec::new(),
            jumps: BTreeMap::new(),
            mentions: BTreeSet::new(),
            all_mentions: machine
                .order
                .iter()
                .flat_map(|block| Self::mentioned(machine, &machine.block(*block).body))
                .collect(),
            apart: BTreeSet::new(),
            at_once: BTreeSet::new(),
            in_future: BTreeSet::new(),
            read: Vec::new(),
            conditional: BTreeSet::new(),
        }
    }

    pub fn arm(&mut self, state: &State) -> Result<TokenStream, Again> {
        let mut body = &self.machine.block(state.block).body;
        let mut moves = self.flow.moves[state.block.0].clone();
        if let Some(moves) = &mut moves {
            state.given.iter().for_each(|field| moves.end(field.local));
        }
        let mut frame = Frame {
            moves,
            held: state
                .carried()
                .filter(|f| f.form == Form::Held)
                .map(|f| f.local)
                .collect(),
            declared: BTreeSet::new(),
        };
        if let Some(delegate) = self.delegates.get(&state.block) {
            // Where it has ended.
            let (asked, end) = (delegate.asked, delegate.end);
            self.run(&asked.effect, &mut frame);
            self.run(&end.pattern.effect, &mut frame);
            body = &end.body;
        }
        self.mentions = Self::needed(self.machine, body);
        self.apart = self.machine.with_origins(self.mentioned_apart(body));
        let again = self.taken_again(state, body);
        let declared = self.redeclared(state, body);
        let code = self.body(body, Leave::Value, frame);
        if !self.conditional.is_empty() {
            return Err(Again(std::mem::take(&mut self.conditional)));
        }
        // Each token is read once: it takes longer than to write it.
        let (mut read, rest) = (tokens::read(declared.clone()), tokens::read(quote!(#again #code)));
        let declarations = read.len();
        read.extend(rest);
        let received = self.receive(state, &read)?;
        let first = match state.lent.is_empty() {
            true => declarations,
            false => 0,
        };
        read.splice(first..first, tokens::read(received.clone()));
        // What is received is younger than what the arm declares, if nothing comes back with it.
        let code = match state.lent.is_empty() {
            true => quote!(#declared #received #again #code),
            false => quote!(#received #declared #again #code),
        };
        let (code, read) = without_idle(code, read, self.names);
        let (code, read, in_place) = received_in_place(code, read, self.names);
        let pattern = pattern(self, state, &read, &self.mentions);
        self.read.extend([read, tokens::read(pattern.clone())]);
        // What is in place is the first statement no more.
        let statements = body.nodes.len() - usize::from(in_place);
        match (received.is_empty() || in_place)
            && statements == 0
            && is_single_expression(&body.end, Leave::Value, self.loops)
            && declared.is_empty()
            && again.is_empty()
            && self.block_start(0, body).is_none()
        {
            true => {
                let code = expression(code);
                Ok(quote!(#pattern => #code,))
            }
            false => {
                let braces = ours(self.parts.item.block.brace_token.span.join());
                let code = super::block(code, braces);
                Ok(quote!(#pattern => #code))
            }
        }
    }

    fn body(&mut self, body: &Body, leave: Leave, frame: Frame) -> TokenStream {
        self.body_from(0, body, leave, frame)
    }

    fn body_from(&mut self, first: usize, body: &Body, leave: Leave, mut frame: Frame) -> TokenStream {
        let (block, all) = (self.block_start(first, body), body.nodes.len());
        let mut tokens = self.nodes(first..block.unwrap_or(all), body, &mut frame);
        tokens.extend(match block {
            Some(start) => self.in_blocks(start, body, leave, frame),
            None => self.end(&body.end, leave, frame),
        });
        tokens
    }

    pub(super) fn nodes(&mut self, range: Range<usize>, body: &Body, frame: &mut Frame) -> TokenStream {
        let mut tokens = TokenStream::new();
        for (index, node) in body.nodes.iter().enumerate().take(range.end).skip(range.start) {
            tokens.extend(self.hold_before(body, index, frame));
            tokens.extend(self.node(node, frame));
            tokens.extend(self.hold_left(body, index, frame));
        }
        tokens
    }

    fn node(&mut self, node: &Node, frame: &mut Frame) -> TokenStream {
        match node {
            Node::Code(code) if effects::is_received(&code.syntax) => {
                self.run(&code.effect, frame);
                TokenStream::new()
            }
            Node::Code(code) => {
                let replaced = plain_assignment(code).filter(|(local, _)| frame.held.contains(local));
                let replaced = replaced.map(|(local, _)| self.end_scope(local, frame));
                self.run(&code.effect, frame);
                if self.is_for_later(code) {
                    return self.shown_to_rustc(code);
                }
                if let Some(declaration) = self.let_instead(code, frame) {
                    return quote!(#declaration #replaced);
                }
                let stmt = self.stmt(code);
                quote!(#stmt #replaced)
            }
            Node::LetElse { code, otherwise } => {
                let mut refused = frame.clone();
                if !code.refuses_place() {
                    self.run(&code.effect, &mut refused);
                }
                let otherwise = self.body(otherwise, Leave::Early, refused);
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

    /// Follows what code does.
    pub(super) fn run(&mut self, effect: &Effect, frame: &mut Frame) {
        // An assignment drops what is held. Where it is a part of something else, that has to be taken apart.
        effect.each(&mut |leaf| {
            if let Effect::Assign(local) = leaf
                && frame.held.contains(local)
            {
                self.conditional.insert(self.machine.local(*local).ident.to_string());
            }
        });
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

    pub(super) fn end(&mut self, end: &End, leave: Leave, mut frame: Frame) -> TokenStream {
        match end {
            End::Goto(target, from) => {
                if let Some(leaves) = self.ends_block(*target, *from, &frame) {
                    return quote!(#leaves;);
                }
                let next = self.state(*target, &frame, None);
                self.goes_to(*target, next, leave)
            }
            End::Suspend(suspension) => self.suspend(suspension, leave, frame),
            End::Complete(value) => {
                if let Some(code) = value {
                    self.run(&code.effect, &mut frame);
                }
                let unit = Expr::Verbatim(quote_spanned!(self.parts.function.end=> ()));
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
                    .map(|arm| self.match_arm(arm, leave, frame.clone()))
                    .collect();
                quote!(match #scrutinee { #arms })
            }
            End::Diverge => TokenStream::new(),
        }
    }

    fn match_arm(&mut self, arm: &Arm, leave: Leave, mut frame: Frame) -> TokenStream {
        self.run(&arm.pattern.effect, &mut frame);
        let (attrs, pattern) = (&arm.attrs, self.pat(&arm.pattern));
        let mut first = 0;
        if let Some(again) = self.bound_again(arm) {
            self.run(&again.effect, &mut frame);
            first = 1;
        }
        let body = self.body_from(first, &arm.body, leave, frame);
        match arm.body.nodes.len() == first && is_single_expression(&arm.body.end, leave, self.loops) {
            true => {
                let body = expression(body);
                quote_spanned!(ours(arm.end)=> #(#attrs)* #pattern => #body,)
            }
            false => quote_spanned!(ours(arm.end)=> #(#attrs)* #pattern => { #body }),
        }
    }

    /// `Some(x) => { let x = x; .. }`, where the `match` is the value of a variable of that name: the pattern binds it.
    fn bound_again<'b>(&self, arm: &'b Arm) -> Option<&'b Code<Stmt>> {
        let Some(Node::Code(code)) = arm.body.nodes.first() else {
            return None;
        };
        let mut bound = None;
        arm.pattern.effect.each(&mut |leaf| {
            if let Effect::Declare(local) = leaf {
                bound = Some(*local);
            }
        });
        let (bound, mut moved, mut declared) = (bound?, false, None);
        code.effect.each(&mut |leaf| match leaf {
            Effect::Move(local) | Effect::Read(local) => moved |= *local == bound,
            Effect::Declare(local) => declared = Some(*local),
            _ => {}
        });
        // One of the user's in the arm is younger than what the pattern binds: it stays as it is written.
        let declared = declared.filter(|declared| moved && is_renaming(code) && *declared < bound)?;
        let name = |local| self.layout.display(self.machine, local);
        (name(bound) == name(declared)).then_some(code)
    }

    fn branch(
        &mut self,
        condition: &Expr,
        (then, inside): (&Body, Frame),
        (otherwise, frame): (&Body, Frame),
        leave: Leave,
    ) -> TokenStream {
        if leave == Leave::Value
            && let Some(joined) = self.joined(condition, (then, &inside), (otherwise, &frame))
        {
            return joined;
        }
        let early = leaves_early(then) && (self.loops || otherwise.nodes.len() > 2);
        if early && leave == Leave::Value {
            let then = self.body(then, Leave::Early, inside);
            let otherwise = self.body(otherwise, leave, frame);
            return quote!(if #condition { #then } #otherwise);
        }
        let then = self.body(then, leave, inside);
        let otherwise = self.body(otherwise, leave, frame);
        if_else(condition, &then, &otherwise)
    }

    /// The value goes first: what it borrows may be about to move into the state.
    fn suspend(&mut self, suspension: &Suspension, leave: Leave, mut frame: Frame) -> TokenStream {
        if let Some(awaits) = &suspension.awaits {
            return self.suspend_on(suspension, awaits, leave, frame);
        }
        let first = self.hold_first(suspension, &mut frame);
        self.run(&suspension.value.effect, &mut frame);
        let value = match suspension.calls {
            true => self.restart(&suspension.value),
            false => self.expr(&suspension.value),
        };
        let (at, place) = (suspension.place.name, suspension.place);
        if self.layout.state(suspension.resume).is_some_and(|state| state.is_done) {
            // `take` has left it there.
            let yielded = self.yielded(&self.item(suspension, &quote!(#value)), place);
            let yielded = self.leave(&yielded, leave, at);
            return quote_spanned!(ours(at)=> #first #yielded);
        }
        let next = self.state(suspension.resume, &frame, Some(at));
        let (put, state) = (self.names.path_at("put", at), shown_at(&self.names.state, at));
        let carried: BTreeSet<_> = self
            .layout
            .state(suspension.resume)
            .into_iter()
            .flat_map(|s| &s.fields)
            .map(|f| f.local)
            .collect();
        if self.can_follow(suspension, &carried) {
            let yielded = self.yielded(&self.item(suspension, &quote!(#value)), place);
            let yielded = self.leave(&yielded, leave, at);
            return quote_spanned!(ours(at)=> #first #put(#state, #next); #yielded);
        }
        let (bound, name) = self.yielded_name(suspension);
        let yielded = self.yielded(&self.item(suspension, &quote!(#name)), place);
        let yielded = self.leave(&yielded, leave, at);
        let refers = syntax::variable(&suspension.value.syntax)
            .and_then(|name| self.machine.lookup(suspension.value.env, name))
            .is_some_and(|local| self.machine.local(local).derived.is_some());
        // A call has the state to go on with for its value.
        let yielded_type = self.parts.returned.kind.yielded().filter(|_| !suspension.calls);
        let ty = yielded_type
            .filter(|ty| !matches!(ty, Type::Infer(_)) && (refers || !is_one_token(&value)))
            .map(|ty| quote_spanned!(ours(at)=> : #ty));
        quote_spanned!(ours(at)=> #first let #bound #ty = #value; #put(#state, #next); #yielded)
    }

    /// Whether the yielded value may be written after the state is stored: nothing that it mentions, or borrows, goes into
    /// the state, and computing it does nothing.
    pub(super) fn can_follow(&self, suspension: &Suspension, carried: &BTreeSet<LocalId>) -> bool {
        let value = &suspension.value;
        // The call itself does not run here: its arguments do, and one that panics must find no state to go on from.
        let simple = match (suspension.calls, &value.syntax) {
            (true, Expr::Call(call)) => call.args.iter().all(is_put_together),
            _ => is_put_together(&value.syntax),
        };
        let mentioned = value.effect.used();
        // A number goes into the state as a copy.
        let number = syntax::variable(&value.syntax).is_some() && self.parts.function.yields_number;
        if number
            && mentioned
                .iter()
                .all(|local| self.machine.local(*local).derived.is_none())
        {
            return true;
        }
        // So does what certainly is `Copy`. Of what only has to be, rustc says which use comes first.
        let moved = |local: &LocalId| {
            let variable = self.machine.local(*local);
            (!variable.copy || variable.proven) && carried.contains(local)
        };
        let refers = mentioned
            .iter()
            .any(|local| self.machine.local(*local).derived.is_some());
        let gone = match refers {
            true => !self.machine.with_origins(mentioned).is_disjoint(carried),
            false => mentioned.iter().any(moved),
        };
        simple && !gone
    }
}

/// Whether the expression only puts variables and literals together: `(a, 1)`, `Some(Token::Number(n))`.
fn is_put_together(expr: &Expr) -> bool {
    match syntax::inner(expr) {
        Expr::Lit(_) | Expr::Path(_) => true,
        Expr::Tuple(tuple) => tuple.elems.iter().all(is_put_together),
        Expr::Call(call) => syntax::is_constructor(&call.func) && call.args.iter().all(is_put_together),
        _ => false,
    }
}

/// Whether the expression is one token, where rustc says that its type is another one. Of a longer one it would show the first
/// token alone, and propose to convert that: it is told the type where the value is bound. It needs it there to coerce what the
/// expression consists of, too.
fn is_one_token(value: &Expr) -> bool {
    matches!(value, Expr::Lit(_)) || syntax::variable(value).is_some()
}

/// `let x = y;`
fn is_renaming(code: &Code<Stmt>) -> bool {
    let Stmt::Local(local) = &code.syntax else {
        return false;
    };
    let value = local.init.as_ref().filter(|init| init.diverge.is_none());
    let plain = matches!(&local.pat, Pat::Ident(name) if name.mutability.is_none() && name.by_ref.is_none() && name.subpat.is_none());
    local.attrs.is_empty() && plain && value.is_some_and(|init| syntax::variable(&init.expr).is_some())
}
