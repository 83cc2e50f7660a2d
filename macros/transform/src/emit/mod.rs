//! [`Machine`] -> tokens: the function whose body is an enum of states and a step.
//!
//! ```text
//! fn fib() -> impl Iterator<Item = u64> {
//!     use ::unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
//!     enum State<A, B> { Start, /** at `yield_!(a)` */ Yield0 { b: B, a: A }, Done }
//!     machine(State::Start, || |state, _| -> CoroutineState<u64, ()> {
//!         match take(state, State::Done) { .. }
//!     })
//! }
//! ```
//!
//! The fields of a state are in reverse order of declaration, so that dropping a suspended machine drops as Rust does;
//! `Start` alone keeps the order of the arguments. Every other pass works on syntax; this one alone makes tokens.

mod arrays;
mod available;
mod awaitable;
mod awaits;
mod blocks;
mod body;
mod carry;
mod delegates;
mod guarded;
mod header;
mod idle;
mod in_place;
mod join;
mod leave;
mod mention;
mod recursion;
mod rewrite;
mod signature;
mod tidy;
mod unwrapped;
mod variants;

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{FnArg, Item, ItemFn, Lifetime, ext::IdentExt};

use self::{
    body::Writer,
    header::{allow, matches_temporary, uses},
    signature::{function, never_returns, stays_async},
};
use crate::{
    arrays::{Array, Stays},
    expand::Names,
    flow::Flow,
    function::{Outcome, initial},
    ir::{Block, Body, Effect, End, LocalId, Machine, Role},
    layout::{Form, Layout, State},
    lower::Function,
    names::Namespace,
    signature::{Kind, Returned},
    source,
    span::{ours, shown_at},
    std_macros,
    tokens::{self, Token, Words},
};

/// What the machine is put into.
pub(crate) struct Parts<'a> {
    pub item: &'a ItemFn,
    pub items: &'a [Item],
    pub returned: &'a Returned,
    /// The method that boxes the future, where the user calls one.
    pub boxed_by: Option<&'a Ident>,
    /// Whether some variable lives for what the lifetimes of two arguments have in common.
    pub of_two_lifetimes: bool,
    pub outcome: &'a Outcome,
    pub function: &'a Function,
    /// The body of an async function as a generator, in lines.
    pub stage: Option<&'a [String]>,
    /// The arrays that stay where they are.
    pub arrays: &'a [Array],
}

/// The function has to be lowered again: whether these variables have a value has to be clear on every path.
pub(crate) struct Again(pub BTreeSet<String>);

/// The function, and the arms of its step, read.
pub(crate) struct Emitted {
    pub function: TokenStream,
    pub arms: Vec<Vec<Token>>,
}

pub(crate) fn emit(
    parts: &Parts,
    machine: &Machine,
    flow: &Flow,
    layout: &Layout,
    names: &Names,
) -> Result<Emitted, Again> {
    let loops = goes_on(machine);
    let mut writer = Writer::new(parts, machine, flow, layout, names, loops);
    let mut arms = TokenStream::new();
    for state in layout.written() {
        arms.extend(writer.arm(state)?);
    }
    let delegates = writer.steps_of_delegates();
    let enumeration = enumeration(parts, layout, names);
    let mut words = Words::default();
    writer.read.iter().for_each(|arm| words.add(arm));
    let frame = Around {
        done: done(parts, names, loops),
        loops: loops.then(|| first_loop(machine)),
        labelled: writer.labelled,
        by_value: writer.goes_on_by_value,
        delegates,
        awaited: writer.awaited_type(),
        takes_input: words.all.contains(names.input.to_string().as_str()),
        start: arrays::with_beside(parts, start(parts, layout, names)),
    };
    let built = built(parts, names, &frame, &arms);
    let around = tokens::read(self::built(parts, names, &frame, &TokenStream::new()));
    words.add(&around);
    let named = named(names, &built);
    if named.is_some() {
        words.bare.insert(SHOWS);
    }
    if matches!(parts.returned.kind, Kind::Stream { .. }) {
        // A variable is called so.
        words.bare.remove("generator");
    }
    let built = named.unwrap_or(built);
    let uses = uses(&words, names);
    let underscores = layout
        .states
        .iter()
        .flat_map(|state| &state.fields)
        .any(|field| field.name.to_string().starts_with('_'))
        || machine
            .locals
            .iter()
            .any(|local| local.ours && local.ident.to_string().starts_with('_'));
    let braces = writer.read.iter().any(|arm| matches_temporary(arm, names));
    let allow = allow(&words.all, underscores, braces);
    let items = parts.items;
    // The user's braces: with ours, rustc would take the function for one that nobody wrote.
    let braces = parts.item.block.brace_token.span.join();
    let declared = arrays::declared(parts);
    let body = block(quote!(#(#items)* #uses #enumeration #declared #built), braces);
    Ok(Emitted {
        function: function(parts, &allow, &body),
        arms: writer.read,
    })
}

/// The runtime's `dbg!`, which is told the text that it shows.
const SHOWS: &str = "dbg_as";

/// The code with that in place of each `dbg!` whose tokens are not the user's any more.
fn named(names: &Names, built: &TokenStream) -> Option<TokenStream> {
    let is_called = names.mentions("dbg");
    is_called
        .then(|| std_macros::named(built.clone(), &names.path(SHOWS)))
        .flatten()
}

/// What stands around the arms of a step.
struct Around {
    /// The value of the arm `Done`.
    done: TokenStream,
    /// If the step is a loop, where that stands.
    loops: Option<Span>,
    labelled: bool,
    /// Whether the value of an arm is the next state.
    by_value: bool,
    /// The steps of inner iterators that stay in the state.
    delegates: TokenStream,
    /// The type of what is awaited.
    awaited: TokenStream,
    /// Whether an arm takes the input.
    takes_input: bool,
    /// The first state.
    start: TokenStream,
}

/// The code that makes the machine.
fn built(parts: &Parts, names: &Names, around: &Around, arms: &TokenStream) -> TokenStream {
    let step = step(parts, names, around, arms);
    let start = &around.start;
    let name = match &parts.returned.kind {
        Kind::Iterator { .. } if parts.function.recursive.is_some() => "recursive",
        Kind::Iterator { .. } if !around.delegates.is_empty() => "delegating",
        Kind::Iterator { .. } | Kind::Coroutine { .. } => "machine",
        Kind::Future { .. } => "generator",
        Kind::Stream { .. } => "async_generator",
    };
    let name = match (name, parts.returned.shows_lifetime) {
        ("machine", true) => "bounded".to_owned(),
        (name, true) => format!("bounded_{name}"),
        (name, false) => name.to_owned(),
    };
    let at = parts.function.name.span();
    let constructor = names.path_at(&name, at);
    let mut built = quote_spanned!(ours(at)=> #constructor(#start, || #step));
    let stepper = match &parts.returned.kind {
        Kind::Iterator { .. } | Kind::Coroutine { .. } => None,
        Kind::Future { .. } => Some("async_to_generator"),
        Kind::Stream { .. } => Some("async_generator_to_stream"),
    };
    // In a statement of its own: the arms stand one level less deep.
    let generator = stepper.map(|stepper| {
        let stepper = names.path_at(stepper, at);
        let generator = quote_spanned!(ours(at)=> let generator = #built;);
        built = quote_spanned!(ours(at)=> #stepper(generator));
        generator
    });
    let stays_async = stays_async(parts);
    let lets = arrays::around(parts);
    if !stays_async && !lets.is_empty() {
        built = quote_spanned!(ours(at)=> async move { #lets #generator let future = #built; future.await });
    }
    if let Some(method) = parts.boxed_by {
        built = quote_spanned!(ours(at)=> #built.#method());
    } else if let Some(boxed) = &parts.returned.boxed {
        let new = if parts.returned.pinned {
            quote!(pin)
        } else {
            quote!(new)
        };
        built = quote_spanned!(ours(at)=> #boxed::#new(#built));
    }
    if stays_async {
        built = quote_spanned!(ours(at)=> #built.await);
        if never_returns(parts) {
            built = quote_spanned!(ours(at)=> match #built {});
        }
    }
    match (stays_async, lets.is_empty()) {
        (false, false) => built,
        _ => quote_spanned!(ours(at)=> #lets #generator #built),
    }
}

/// `{ code }`, whose braces stand there.
fn block(code: TokenStream, braces: Span) -> TokenStream {
    let mut block = Group::new(Delimiter::Brace, code);
    block.set_span(braces);
    block.to_token_stream()
}

/// The keyword of the user's first loop, or the first statement that is come back to.
fn first_loop(machine: &Machine) -> Span {
    let mut blocks = machine.order.iter().map(|block| machine.block(*block));
    let is_loop = |block: &&Block| matches!(block.role, Role::Loop(_) | Role::While(_) | Role::For(_) | Role::From);
    blocks.find(is_loop).map_or_else(Span::call_site, |block| block.span)
}

/// Whether a state is gone to other than by a resume, so that the step is a loop.
fn goes_on(machine: &Machine) -> bool {
    let mut found = false;
    for &block in &machine.order {
        machine.block(block).body.each(&mut |body: &Body| {
            found |= matches!(body.end, End::Goto(..));
            body.own_effects(&mut |effect| effect.each(&mut |leaf| found |= matches!(leaf, Effect::Jump(_))));
        });
    }
    found
}

/// Whether rustc would say that the argument is not used.
fn warns_if_unused(parts: &Parts, names: &Names, name: &Ident) -> bool {
    let arguments = parts.function.arguments.iter().zip(&parts.item.sig.inputs);
    let mut attributes = arguments
        .filter(|(argument, _)| argument.ident == *name)
        .map(|(_, input)| match input {
            FnArg::Receiver(receiver) => &receiver.attrs,
            FnArg::Typed(typed) => &typed.attrs,
        });
    *name != names.this && attributes.all(Vec::is_empty)
}

fn enumeration(parts: &Parts, layout: &Layout, names: &Names) -> TokenStream {
    let at = parts.function.name.span();
    let name = &shown_at(&names.enumeration, at);
    let derives = &parts.returned.derives;
    let derives = (!derives.is_empty()).then(|| quote!(#[derive(#(#derives),*)]));
    let parameters = &layout.parameters;
    let parameters = (!parameters.is_empty()).then(|| quote!(<#(#parameters),*>));
    let variants = layout.written().map(|state| {
        let name = &state.name;
        let doc = state.doc.as_ref().map(|doc| quote!(#[doc = #doc]));
        let mut fields: Vec<_> = state
            .fields
            .iter()
            .map(|field| {
                let (name, parameter) = (&field.name, &field.parameter);
                quote!(#name: #parameter)
            })
            .collect();
        if name != "Start" {
            fields.reverse();
        }
        match fields.is_empty() {
            true => quote!(#doc #name,),
            false => quote!(#doc #name { #(#fields),* },),
        }
    });
    let stage = stage(parts);
    let declaration = quote_spanned!(ours(at)=> enum #name #parameters { #(#variants)* Done });
    quote!(#stage #derives #declaration)
}

/// For an async function, the generator that the states are of.
fn stage(parts: &Parts) -> TokenStream {
    let Some(stage) = parts.stage else {
        return TokenStream::new();
    };
    let title = " As a generator, with `yield` for `await`:".to_owned();
    let lines = stage.iter().map(|line| format!(" {line}"));
    let lines = [title, " ```text".to_owned()]
        .into_iter()
        .chain(lines)
        .chain([" ```".to_owned()]);
    quote!(#(#[doc = #lines])*)
}

fn start(parts: &Parts, layout: &Layout, names: &Names) -> TokenStream {
    let name = &names.enumeration;
    let arguments = parts.function.arguments.iter();
    let fields: Vec<_> = arguments
        .filter(|argument| argument.stays != Some(Stays::Beside))
        .zip(layout.states.first().map_or(&[][..], |state| &state.fields))
        .map(|(argument, field)| {
            let (value, name) = (initial(argument, names), &field.name);
            match argument.ident == names.this || *name != value.to_token_stream().to_string() {
                true => quote!(#name: #value),
                false => quote!(#name),
            }
        })
        .collect();
    match fields.is_empty() {
        true => quote!(#name::Start),
        false => quote!(#name::Start { #(#fields),* }),
    }
}

/// What the step returns, as the closure's annotation.
fn step_type(parts: &Parts, names: &Names, awaited: &TokenStream) -> TokenStream {
    let yielded = match &parts.returned.kind {
        Kind::Iterator { item } => recursion::emitted(parts, names, item.to_token_stream()),
        Kind::Coroutine { yielded, .. } => yielded.to_token_stream(),
        Kind::Future { .. } => awaited.clone(),
        Kind::Stream { item } => {
            let emitted = names.path("Emitted");
            quote!(#emitted<#awaited, #item>)
        }
    };
    let at = parts.function.name.span();
    let state = names.path_at("CoroutineState", at);
    let returned = match parts.returned.kind.returned() {
        _ if never_returns(parts) => names.path("Never").to_token_stream(),
        Some(returned) => returned.to_token_stream(),
        None => quote!(()),
    };
    match parts.outcome {
        Outcome::State | Outcome::Alias | Outcome::Poll(_) => quote_spanned!(ours(at)=> #state<#yielded, #returned>),
        Outcome::Try(shape) => {
            let ok = &shape.ok;
            shape
                .wrap(quote_spanned!(ours(at)=> #state<#yielded, #ok>))
                .to_token_stream()
        }
    }
}

fn step(parts: &Parts, names: &Names, around: &Around, arms: &TokenStream) -> TokenStream {
    let Around { done, awaited, .. } = around;
    let Names {
        state,
        input,
        current,
        enumeration,
        ..
    } = names;
    let used = around.takes_input;
    let input = match &parts.returned.kind {
        Kind::Coroutine { input: ty, .. } => {
            let option = names.path("Option");
            match used {
                true => quote!(mut #input: #option<#ty>),
                false => quote!(_: #option<#ty>),
            }
        }
        // Its type is the output of what is yielded.
        Kind::Future { .. } | Kind::Stream { .. } if used => quote!(mut #input),
        // `()`, as every iterator; the return type says so.
        Kind::Iterator { .. } | Kind::Future { .. } | Kind::Stream { .. } => quote!(_),
    };
    let returned = step_type(parts, names, awaited);
    let at = parts.function.name.span();
    let (take, state) = (names.path_at("take", at), shown_at(state, at));
    let taken = quote_spanned!(ours(at)=> #take(#state, #enumeration::Done));
    let body = match around.loops {
        None => quote!(match #taken { #arms #enumeration::Done => #done }),
        Some(at) => {
            let label = Lifetime::new(&format!("'{}", names.label), names.label.span());
            let label = around.labelled.then(|| quote!(#label:));
            // Where every arm leaves by itself there is no value to assign.
            let (assign, semicolon) = (
                around.by_value.then(|| quote!(#current =)),
                around.by_value.then(|| quote!(;)),
            );
            // What stays in the state, the state has to be put back for.
            let (first, taken) = match around.delegates.is_empty() {
                true => (quote!(let mut #current = #taken;), current.to_token_stream()),
                false => (TokenStream::new(), taken),
            };
            let steps = &around.delegates;
            let arms = quote!({ #steps #assign match #taken { #arms #enumeration::Done => #done, } #semicolon });
            let repeated = quote_spanned!(ours(at)=> loop #arms);
            quote!(#first #label #repeated)
        }
    };
    // Of the step as a whole rustc says that a lifetime is too short: at the name, and not around all of the function.
    let body = block(body, ours(at));
    let state = arrays::with_beside(parts, state.to_token_stream());
    quote_spanned!(ours(at)=> |#state, #input| -> #returned #body)
}

/// What a step does once the function has completed: an iterator goes on saying so, a coroutine panics.
fn done(parts: &Parts, names: &Names, loops: bool) -> TokenStream {
    match &parts.returned.kind {
        Kind::Iterator { .. } | Kind::Stream { .. } => {
            let complete = names.path("Complete");
            match loops {
                true => quote!(return #complete(())),
                false => quote!(#complete(())),
            }
        }
        Kind::Coroutine { .. } | Kind::Future { .. } => {
            let panic = names.path("resumed_after_completion");
            let name = parts.function.name.to_string();
            let name = name.trim_start_matches("r#");
            quote!(#panic(#name))
        }
    }
}

/// `State::Name { fields }` as a pattern: in order of declaration, so that the variables drop in reverse.
///
/// `body`: the variables that the arm needs.
fn pattern(writer: &Writer, state: &State, code: &[Token], body: &BTreeSet<LocalId>) -> TokenStream {
    let (machine, parts, names) = (writer.machine, writer.parts, writer.names);
    let (enumeration, name) = (&names.enumeration, &state.name);
    if state.fields.is_empty() {
        return quote!(#enumeration::#name);
    }
    let all = state.fields.iter().map(|field| &field.name);
    let mut taken = Namespace::of_names(all.clone());
    let fields: BTreeSet<_> = all.map(ToString::to_string).collect();
    let mut mentioned = BTreeSet::new();
    tokens::each_used_word(code, &mut |word| mentioned.extend(fields.get(word)));
    let fields = state.fields.iter().map(|field| {
        let name = &field.name;
        let text = name.to_string();
        let used = mentioned.contains(&text);
        let mutable = field.form == Form::Plain && machine.local(field.local).mutable && body.contains(&field.local);
        let mutable = used && mutable && source::is_mutated(code, &text);
        let mutable = mutable.then(|| quote!(mut));
        // In `Start` rustc says itself which arguments are not used.
        let warned = is_start(machine, state) && warns_if_unused(parts, names, name);
        match used || text.starts_with('_') || warned {
            true => quote!(#mutable #name),
            false => {
                let unused = taken.fresh_ident(&format!("_{}", name.unraw()), name.span());
                quote!(#name: #unused)
            }
        }
    });
    quote!(#enumeration::#name { #(#fields),* })
}

/// Whether this is the state that the arguments are in.
pub(crate) fn is_start(machine: &Machine, state: &State) -> bool {
    machine.block(state.block).role == Role::Start
}
