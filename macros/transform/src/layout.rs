//! The states: which variables each of them carries, in what form, and what everything is called.
//!
//! A variable is carried in a state if it is used later, or if its scope has not ended and the end of it may drop
//! something. In the first case under its own name; in the second, if nothing else needs it, *held*: `Some(x)` or `None`,
//! as its type and the path decide.
//!
//! Promises: the fields of a state are in order of declaration; no two of them, and no two variables that are needed at
//! one place, have the same name.

mod ended;
mod lend;
mod numbers;

pub(crate) use self::{
    lend::{Tried, moved_late, shows_drop},
    numbers::{calculated, primitives},
};

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::Pat;

use crate::{
    expand::Names,
    flow::{self, Flow, Holds},
    ir::{Block, BlockId, Body, Effect, End, LocalId, Machine, Role},
    lower::is_unit,
    names::{self, Namespace},
    span::ours,
};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Form {
    Plain,
    /// `Option`: `None` where the variable was moved or its type needs no drop.
    Held,
}

pub(crate) struct Field {
    pub local: LocalId,
    pub form: Form,
    pub name: Ident,
    pub parameter: Ident,
}

pub(crate) struct State {
    pub block: BlockId,
    pub name: Ident,
    pub doc: Option<String>,
    pub fields: Vec<Field>,
    /// Variables that the awaited future has, and gives back where this state begins.
    pub lent: Vec<Field>,
    /// What follows is the end, so that the machine may be in its last state already.
    pub is_done: bool,
    /// Variables that end with the awaited future.
    pub given: Vec<Field>,
    /// The `?` that the future has to apply before.
    pub tried: Option<Tried>,
}

impl State {
    /// All variables that are there where this state begins.
    pub fn carried(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().chain(&self.lent)
    }

    /// All variables that are there until then, those in the awaited future too.
    pub fn kept(&self) -> impl Iterator<Item = &Field> {
        self.carried().chain(&self.given)
    }

    /// The variables that the awaited future has.
    pub fn taken(&self) -> impl Iterator<Item = &Field> {
        self.lent.iter().chain(&self.given)
    }
}

pub(crate) struct Layout {
    pub states: Vec<State>,
    /// The states that awaits resume at, in order of the source.
    pub awaits: Vec<BlockId>,
    /// The type parameters of the enum, in order of appearance.
    pub parameters: Vec<Ident>,
    /// Variables that are not called what the user calls them.
    pub renamed: BTreeMap<LocalId, Ident>,
    /// Variables that are certainly no `&mut`.
    pub numbers: BTreeSet<LocalId>,
}

impl Layout {
    /// Which of the awaits resumes at the block.
    pub fn await_number(&self, block: BlockId) -> Option<usize> {
        self.awaits.iter().position(|resume| *resume == block)
    }

    /// The states that are written, each with an arm.
    pub fn written(&self) -> impl Iterator<Item = &State> {
        self.states.iter().filter(|state| !state.is_done)
    }

    /// Whether a state holds a variable that is dead.
    pub fn holds(&self) -> bool {
        let mut fields = self.states.iter().flat_map(State::kept);
        fields.any(|field| field.form == Form::Held)
    }

    pub fn state(&self, block: BlockId) -> Option<&State> {
        self.states.iter().find(|state| state.block == block)
    }

    pub fn display(&self, machine: &Machine, local: LocalId) -> Ident {
        let renamed = self.renamed.get(&local).cloned();
        renamed.unwrap_or_else(|| machine.local(local).ident.clone())
    }
}

/// `tries`: the function's type shows what `?` leaves with.
pub(crate) fn layout(machine: &Machine, flow: &Flow, names: &Names, tries: bool) -> Layout {
    let mut layout = Layout {
        states: Vec::new(),
        awaits: Vec::new(),
        parameters: Vec::new(),
        renamed: renamed(machine, flow, names),
        numbers: numbers::numbers(machine),
    };
    let facts = Facts::of(machine, flow);
    let mut parameters = Parameters::default();
    let mut namer = Namer::of(machine);
    for &block in &machine.order {
        let carried = carried(machine, flow, &facts, block);
        let places = lend::lend(machine, flow, &layout.numbers, block, carried, tries);
        let fields = places.fields.into_iter();
        let fields: Vec<_> = fields
            .map(|(local, form)| field(&mut parameters, &layout, machine, names, local, form))
            .collect();
        let taken = |(local, form)| lent_field(&layout, machine, names, local, form);
        let lent: Vec<_> = places.lent.into_iter().map(taken).collect();
        let given = places.given.into_iter().map(taken).collect();
        if machine.block(block).role == Role::Await {
            layout.awaits.push(block);
        }
        let is_done = names.is_fused() && fields.is_empty() && lent.is_empty() && only_completes(machine, block);
        let (name, doc) = match is_done {
            true => (Ident::new("Done", Span::call_site()), None),
            false => namer.name(machine, block),
        };
        layout.states.push(State {
            block,
            name,
            doc,
            fields,
            lent,
            is_done,
            given,
            tried: places.tried,
        });
    }
    layout.parameters = parameters.order;
    layout
}

/// Whether all that follows a suspension is the end of a function without a value.
fn only_completes(machine: &Machine, block: BlockId) -> bool {
    let Block { role, body, .. } = machine.block(block);
    matches!(role, Role::Yield | Role::From)
        && body.nodes.is_empty()
        && matches!(&body.end, End::Complete(value) if value.as_ref().is_none_or(|value| is_unit(&value.syntax)))
}

/// What is true of a variable in the whole machine.
struct Facts {
    /// Carried under its own name somewhere, because it is used afterwards.
    used_later: BTreeSet<LocalId>,
    mentioned: BTreeSet<LocalId>,
    assigned: BTreeSet<LocalId>,
}

impl Facts {
    fn of(machine: &Machine, flow: &Flow) -> Self {
        let used_later = machine
            .order
            .iter()
            .flat_map(|block| flow.live[block.0].iter().copied())
            .collect();
        let (mut mentioned, mut assigned) = (BTreeSet::new(), BTreeSet::new());
        for &block in &machine.order {
            machine.block(block).body.each(&mut |body| {
                mentioned.extend(in_guards(machine, body));
                body.own_effects(&mut |effect| {
                    effect.each(&mut |leaf| match leaf {
                        Effect::Read(local) | Effect::Move(local) => drop(mentioned.insert(*local)),
                        Effect::Part(part) => drop(mentioned.insert(machine.whole(*part))),
                        Effect::Assign(local) => drop(assigned.insert(*local)),
                        _ => {}
                    });
                });
            });
        }
        Facts {
            used_later,
            mentioned,
            assigned,
        }
    }
}

/// The variables of arms that their guards mention.
fn in_guards(machine: &Machine, body: &Body) -> Vec<LocalId> {
    let End::Match { arms, .. } = &body.end else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for arm in arms {
        if let Pat::Guard(guarded) = &arm.pattern.syntax {
            let guard = Namespace::of(guarded.guard.to_token_stream());
            arm.pattern.effect.each(&mut |leaf| {
                if let Effect::Declare(local) = leaf
                    && guard.mentions(&machine.local(*local).ident.to_string())
                {
                    found.push(*local);
                }
            });
        }
    }
    found
}

/// The variables that a state which begins with the block carries, in any form.
pub(crate) fn carried_by(machine: &Machine, flow: &Flow, block: BlockId) -> Vec<LocalId> {
    let mut scope = machine.in_scope(machine.block(block).env);
    scope.retain(|local| kept(machine, flow, block, *local).is_some());
    scope
}

/// Why a state carries a variable.
#[derive(PartialEq)]
enum Kept {
    Needed,
    /// The end of its scope is an event.
    Ends,
}

fn kept(machine: &Machine, flow: &Flow, block: BlockId, local: LocalId) -> Option<Kept> {
    let holds = flow.moves[block.0].as_ref()?.get(local);
    if !machine.local(local).is_carried() {
        return None;
    }
    if flow.live[block.0].contains(&local) || machine.block(block).role == Role::Start {
        return Some(Kept::Needed);
    }
    // Its type may be known only where it is assigned.
    let typed_later = machine.local(local).proven && flow.named[block.0].contains(&local);
    if typed_later && holds == Holds::Value {
        return Some(Kept::Needed);
    }
    flow::ends_with_drop(machine, local, holds).then_some(Kept::Ends)
}

fn carried(machine: &Machine, flow: &Flow, facts: &Facts, block: BlockId) -> Vec<(LocalId, Form)> {
    let Some(moves) = &flow.moves[block.0] else {
        return Vec::new();
    };
    let form = |local: LocalId| {
        if kept(machine, flow, block, local)? == Kept::Needed {
            return Some(Form::Plain);
        }
        let guard = !facts.mentioned.contains(&local) && !machine.local(local).ours;
        let own_name = facts.used_later.contains(&local) || facts.assigned.contains(&local) || guard;
        match moves.get(local) == Holds::Value && own_name && moves.parts(local).is_empty() {
            true => Some(Form::Plain),
            false => Some(Form::Held),
        }
    };
    let scope = machine.in_scope(machine.block(block).env).into_iter();
    scope.filter_map(|local| Some((local, form(local)?))).collect()
}

#[derive(Default)]
struct Parameters {
    by_field: BTreeMap<(LocalId, Form), Ident>,
    order: Vec<Ident>,
    taken: BTreeSet<String>,
    /// For each wish: the numbers below are taken.
    numbers: BTreeMap<String, usize>,
}

impl Parameters {
    /// `wish`, or the first free one of `wish1`, `wish2`, ..
    fn free(&mut self, wish: String, names: &Names) -> String {
        let number = self.numbers.entry(wish.clone()).or_default();
        loop {
            let name = match *number {
                0 => wish.clone(),
                number => format!("{wish}{number}"),
            };
            *number += 1;
            if name != "Self" && names.enumeration != name && self.taken.insert(name.clone()) {
                return name;
            }
        }
    }

    fn of(&mut self, local: LocalId, form: Form, name: &Ident, at: Span, names: &Names) -> Ident {
        if let Some(parameter) = self.by_field.get(&(local, form)) {
            return parameter.clone();
        }
        let free = self.free(names::camel(&name.to_string()), names);
        let parameter = Ident::new(&free, ours(at));
        self.order.push(parameter.clone());
        self.by_field.insert((local, form), parameter.clone());
        parameter
    }
}

fn field(
    parameters: &mut Parameters,
    layout: &Layout,
    machine: &Machine,
    names: &Names,
    local: LocalId,
    form: Form,
) -> Field {
    let display = layout.display(machine, local);
    let name = field_name(&display, names, form);
    let parameter = parameters.of(local, form, &name, display.span(), names);
    Field {
        local,
        form,
        name,
        parameter,
    }
}

/// What comes back from an await is no field of the enum, and needs no parameter.
fn lent_field(layout: &Layout, machine: &Machine, names: &Names, local: LocalId, form: Form) -> Field {
    let display = layout.display(machine, local);
    let name = field_name(&display, names, form);
    Field {
        local,
        form,
        parameter: name.clone(),
        name,
    }
}

fn field_name(display: &Ident, names: &Names, form: Form) -> Ident {
    match form {
        Form::Plain => display.clone(),
        Form::Held => names.held(display),
    }
}

/// New names for variables that hide another one of the same name which is still needed.
fn renamed(machine: &Machine, flow: &Flow, names: &Names) -> BTreeMap<LocalId, Ident> {
    let mut renamed = BTreeMap::new();
    let mut rename = |local: LocalId| {
        let ident = &machine.local(local).ident;
        renamed.entry(local).or_insert_with(|| names.another(ident));
    };
    flow.hiding.iter().for_each(|(_, inner)| rename(*inner));
    for jump in &machine.jumps {
        for local in machine.visible(jump.env) {
            let hidden = jump.hidden.contains(&machine.local(local).ident.to_string());
            let moves = flow.moves[jump.target.0].as_ref();
            let needed = flow.named[jump.target.0].contains(&local)
                || moves.is_some_and(|moves| flow::ends_with_drop(machine, local, moves.get(local)));
            if hidden && needed {
                rename(local);
            }
        }
    }
    for local in ended::hiding(machine) {
        let name = renamed
            .entry(local)
            .or_insert_with(|| names.another(&machine.local(local).ident));
        // Were it the user's, rustc would propose it where the other one is not found.
        name.set_span(ours(name.span()));
    }
    renamed
}

/// Numbers the states of each kind in order of the source.
struct Namer {
    suspensions: BTreeMap<BlockId, Vec<String>>,
    /// Where a call of the function itself is answered.
    called: BTreeSet<BlockId>,
    counts: BTreeMap<&'static str, usize>,
}

impl Namer {
    fn of(machine: &Machine) -> Self {
        let mut suspensions: BTreeMap<BlockId, Vec<String>> = BTreeMap::new();
        let mut called = BTreeSet::new();
        for &block in &machine.order {
            machine.block(block).body.each(&mut |body| {
                if let End::Suspend(suspension) = &body.end {
                    let texts = suspensions.entry(suspension.resume).or_default();
                    if !texts.contains(&suspension.text) {
                        texts.push(suspension.text.clone());
                    }
                    if suspension.calls {
                        called.insert(suspension.resume);
                    }
                }
            });
        }
        Namer {
            suspensions,
            called,
            counts: BTreeMap::new(),
        }
    }

    fn name(&mut self, machine: &Machine, block: BlockId) -> (Ident, Option<String>) {
        let role = &machine.block(block).role;
        let at = self.suspensions.get(&block).map(|texts| {
            let quoted: Vec<_> = texts.iter().map(|text| format!("`{text}`")).collect();
            format!(" at {}", listed(&quoted))
        });
        let (prefix, doc) = match role {
            Role::Start => return (Ident::new("Start", Span::call_site()), None),
            Role::From => ("From", at),
            _ if self.called.contains(&block) => ("From", at),
            Role::Await if delegates(machine, block) => ("From", at),
            Role::Await => ("Await", at),
            _ if at.is_some() => ("Yield", at),
            Role::Loop(text) => ("Loop", Some(format!(" the head of `{text}`"))),
            Role::While(text) => ("While", Some(format!(" the head of `{text}`"))),
            Role::For(text) => ("For", Some(format!(" the head of `{text}`"))),
            Role::After(what) => (after(what), None),
            Role::Part(what) => (*what, None),
            Role::Yield => ("Yield", None),
        };
        let count = self.counts.entry(prefix).or_default();
        let name = format!("{prefix}{count}");
        *count += 1;
        (Ident::new(&name, Span::call_site()), doc)
    }
}

/// Whether the state is that of a `yield_from!` of a stream.
fn delegates(machine: &Machine, block: BlockId) -> bool {
    let found = machine.awaited_before(block);
    found.is_some_and(|(_, awaits)| awaits.form == crate::ir::Form::Delegate)
}

/// `a`, `a and b`, `a, b and c`
fn listed(texts: &[String]) -> String {
    match texts {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => texts.concat(),
    }
}

fn after(what: &str) -> &'static str {
    match what {
        "if" => "AfterIf",
        "match" => "AfterMatch",
        "for" => "AfterFor",
        "while" => "AfterWhile",
        "loop" => "AfterLoop",
        "yield_from" => "AfterFrom",
        _ => "AfterBlock",
    }
}
