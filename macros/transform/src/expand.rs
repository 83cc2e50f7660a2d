//! The table of contents: one function, from tokens to tokens, a line for each pass.

mod again;

use std::{cell::RefCell, collections::BTreeSet, iter};

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::{Error, ItemFn, Path};

use crate::{
    apart, arrays, assertions,
    attribute::Arguments,
    boxed_body, capitals, check,
    desugar::{self, Rules},
    edition::Edition,
    emit, enclose, flow,
    function::{self, Parsed},
    hoist,
    ir::{Key, Machine},
    layout, lifetimes,
    lower::{self, Function, Hints},
    names::{self, Namespace},
    signature, simplify, span, stages, validate,
};

/// How often a function may be lowered again with what was learnt.
const ATTEMPTS: usize = 16;

/// The expansion of an annotated function, or everything that is wrong with it.
pub(crate) fn expand(edition: Edition, arguments: Arguments, item: &ItemFn) -> Result<TokenStream, Vec<Error>> {
    let returned = signature::returned(&item.sig).map_err(|error| {
        // What a suspension may be, only the kind of the function tells.
        let others = check::of_any(&item.block, &item.sig);
        let error = check::not_async(item).unwrap_or(error);
        iter::once(error).chain(others).collect::<Vec<_>>()
    })?;
    let names = Names::new(arguments.krate, &returned.kind, item);
    let mut body = item.block.as_ref().clone();
    let boxed_by = boxed_body::unwrap(&mut body, &item.sig, &returned.kind);
    let not_body = boxed_body::refused(&body, &item.sig, &returned.kind);
    let hoisted = hoist::hoist(&mut body);
    capitals::mark(&mut body);
    assertions::take_apart(&mut body, &mut names.namespace.borrow_mut());
    // Without a receiver it stays `self`, and rustc says that there is none.
    let this = match item.sig.receiver() {
        Some(_) => names.this.to_string(),
        None => "self".to_owned(),
    };
    let rules = Rules {
        this: &this,
        kind: &returned.kind,
        branch: &|number, count| names.branch(number, count),
    };
    let (mut errors, mut stage) = (Vec::from_iter(not_body), None);
    if returned.kind.is_async() {
        errors.extend(enclose::enclose(&mut body, &item.sig, &returned.kind, &names.this));
        if errors.is_empty() && cfg!(debug_assertions) {
            validate::enclosed(&body);
        }
        stage = Some(stages::of_body(&body, &returned.kind));
    }
    let of_two_lifetimes = item.sig.asyncness.is_some() && lifetimes::come_together(&item.sig, &body);
    errors.extend(desugar::desugar(&mut body, &rules));
    errors.extend(check::first(arguments.first.as_ref(), &returned));
    let recursive = arguments.recursive.as_ref();
    errors.extend(check::body(&body, &item.sig, &returned, &names.this, recursive));
    let is_iterator = matches!(returned.kind, signature::Kind::Iterator { .. });
    let recursive = recursive
        .filter(|_| is_iterator)
        .map(|_| check::CalledAs::of(&body, &item.sig));
    let first = arguments.first.map(|first| first.name);
    let Parsed { mut function, outcome } = function::parse(item, body, &returned, first, &names);
    function.edition = edition;
    function.recursive = recursive;
    let parts = emit::Parts {
        item,
        items: &hoisted,
        returned: &returned,
        boxed_by: boxed_by.as_ref(),
        of_two_lifetimes,
        outcome: &outcome,
        function: &function,
        stage: stage.as_deref(),
        arrays: &[],
    };
    // A body that is refused already is looked at to its end, to see what else is wrong with it.
    let sound = errors.is_empty();
    match attempts(&parts, &names, sound) {
        Ok(tokens) if sound => Ok(tokens),
        expansion => {
            errors.extend(expansion.err().into_iter().flatten());
            Err(errors)
        }
    }
}

/// The passes from `lower` on, again and again with what was learnt.
fn attempts(parts: &emit::Parts, names: &Names, sound: bool) -> Result<TokenStream, Vec<Error>> {
    let mut hints = Hints::default();
    let unused = names.namespace.borrow().clone();
    for _ in 0..ATTEMPTS {
        names.start_again(&unused);
        match attempt(parts, names, &hints, sound)? {
            Attempt::Done(tokens) => return Ok(tokens),
            Attempt::Again(better) => hints = better,
            Attempt::Arrays(function, arrays) => {
                let parts = emit::Parts {
                    function: &function,
                    arrays: &arrays,
                    ..*parts
                };
                return attempts(&parts, names, sound);
            }
            Attempt::Apart(function) => {
                let parts = emit::Parts {
                    function: &function,
                    ..*parts
                };
                return attempts(&parts, names, sound);
            }
        }
    }
    Err(vec![unclear(&Machine::new(), &BTreeSet::new(), parts.item)])
}

enum Attempt {
    Done(TokenStream),
    /// Something was learnt.
    Again(Hints),
    /// A reference cannot be carried as a whole.
    Apart(Box<Function>),
    /// Large arrays move, and need not.
    Arrays(Box<Function>, Vec<arrays::Array>),
}

fn attempt(parts: &emit::Parts, names: &Names, hints: &Hints, sound: bool) -> Result<Attempt, Vec<Error>> {
    let validates = sound && cfg!(debug_assertions);
    let lower::Lowered {
        mut machine,
        mut items,
        borrowing,
    } = lower::lower(parts.function, names, hints)?;
    items.extend(parts.items.iter().cloned());
    if validates {
        validate::lowered(&machine);
    }
    for local in layout::primitives(&machine) {
        machine.locals[local.0].plain = true;
    }
    let flow = flow::analyze(&mut machine);
    let apart = apart::apart(parts.function, &parts.returned.kind, &machine, &flow, &names.namespace);
    if let Some(function) = apart {
        return Ok(Attempt::Apart(Box::new(function)));
    }
    if let Some(better) = learnt(&machine, &flow, &borrowing, hints) {
        return Ok(Attempt::Again(better));
    }
    let suspensions = validates.then(|| validate::suspensions(&machine));
    simplify::simplify(&mut machine, &flow, &hints.pinned);
    let layout = layout::layout(&machine, &flow, names, parts.outcome.is_typed());
    if let Some(suspensions) = suspensions {
        validate::simplified(&machine, &suspensions);
        validate::laid_out(&machine, &flow, &layout);
    }
    // No pointer is dereferenced elsewhere, and few functions have any.
    let pointers = match names.namespace.borrow().mentions("unsafe") {
        true => check::used_as_pointers(parts.item),
        false => check::Pointers::default(),
    };
    let mut errors = check::assignments(&machine, &flow, &layout);
    errors.extend(check::pins(&machine, &layout));
    errors.extend(check::bases(&machine, &layout));
    errors.extend(check::captures(&machine, &layout));
    errors.extend(check::pointers(&machine, &flow, &layout, &pointers.dereferenced));
    errors.extend(check::changed_in_loops(&machine, &flow));
    errors.extend(check::borrows(&machine, &layout, parts.returned.kind.is_async()));
    if !errors.is_empty() {
        return Err(errors);
    }
    let parts = emit::Parts {
        items: &items,
        ..*parts
    };
    if parts.arrays.is_empty()
        && let Some((function, arrays)) = arrays::stay(parts.function, &parts.returned.kind, &machine, &layout)
    {
        if validates {
            validate::rewritten(&function.body, &arrays);
        }
        return Ok(Attempt::Arrays(Box::new(function), arrays));
    }
    check::ask_of_pointers(&mut machine, &flow, &layout, &pointers.mentioned, names);
    match emit::emit(&parts, &machine, &flow, &layout, names) {
        Ok(emit::Emitted { function, arms }) => {
            if validates {
                validate::emitted(&function, &arms);
            }
            Ok(Attempt::Done(function))
        }
        Err(emit::Again(conditional)) if !conditional.is_subset(&hints.conditional) => {
            let mut better = hints.clone();
            better.conditional.extend(conditional);
            Ok(Attempt::Again(better))
        }
        Err(emit::Again(conditional)) => Err(vec![unclear(&machine, &conditional, parts.item)]),
    }
}

/// What `flow` found that `lower` has to know; one thing at a time, since the next may follow from it.
fn learnt(machine: &Machine, flow: &flow::Flow, borrowing: &[lower::Reborrow], hints: &Hints) -> Option<Hints> {
    let mut better = hints.clone();
    let copies = flow::copies(machine);
    let kept = kept(machine, &copies);
    let again = flow::closures_used_later(machine, flow);
    if !kept.is_subset(&hints.kept) {
        better.kept.extend(kept);
    } else if !copies.is_subset(&hints.copies) {
        better.copies.extend(copies);
    } else if outdated(machine, flow, &mut better) {
        return Some(better);
    } else if !again.is_subset(&hints.again) {
        better.again.extend(again);
    } else {
        return again::taken_again(flow, machine, borrowing, hints);
    }
    Some(better)
}

/// Whether something would be taken again of what has changed in the meantime: it is carried instead.
fn outdated(machine: &Machine, flow: &flow::Flow, better: &mut Hints) -> bool {
    for local in &flow.outdated {
        let variable = machine.local(*local);
        match machine.positions.get(local) {
            Some(position) => drop(better.iterated.insert(position.number)),
            None => drop(better.carried.insert(variable.key.clone())),
        }
    }
    !flow.outdated.is_empty()
}

/// What a method was thought to take, and is used again: the method borrows it.
fn kept(machine: &Machine, copies: &BTreeSet<Key>) -> BTreeSet<Key> {
    let sources = machine.sources.borrow();
    let consumed = machine.consumed.iter().chain(sources.iter());
    let keys = consumed.map(|local| machine.local(*local).key.clone());
    keys.filter(|key| copies.contains(key)).collect()
}

/// What cannot be followed, at the variable.
fn unclear(machine: &Machine, conditional: &BTreeSet<String>, item: &ItemFn) -> Error {
    let variable = machine
        .locals
        .iter()
        .find(|local| conditional.contains(&local.ident.to_string()));
    let ident = variable.map_or(&item.sig.ident, |local| &local.ident);
    Error::new(
        ident.span(),
        format!(
            "whether `{ident}` still has a value at a later suspension depends on the path, in a way that `#[coro]` cannot \
             follow\nhelp: give it up on the other paths too, with `drop({ident})`, or keep it in an `Option`"
        ),
    )
}

/// The names that the expansion uses.
pub(crate) struct Names {
    krate: Path,
    namespace: RefCell<Namespace>,
    /// What the function declares.
    declared: BTreeSet<String>,
    /// Variables of ours that end with their statement, and all of ours.
    temporaries: RefCell<BTreeSet<String>>,
    ours: RefCell<BTreeSet<String>>,
    /// The function calls macros that may mention any name: none but the user's own may be in scope.
    opaque: bool,
    pub kind: signature::Kind,
    pub is_coroutine: bool,
    pub this: Ident,
    pub state: Ident,
    pub input: Ident,
    pub current: Ident,
    pub value: Ident,
    pub awaited: Ident,
    pub output: Ident,
    pub label: Ident,
    pub enumeration: Ident,
}

/// Names that are the same wherever Rust is written: if the user mentions one, it is taken to mean std's.
const PRELUDE: [&str; 10] = [
    "Some",
    "None",
    "Ok",
    "Err",
    "Option",
    "Result",
    "Iterator",
    "IntoIterator",
    "drop",
    "From",
];

pub(crate) fn is_in_prelude(name: &str) -> bool {
    PRELUDE.contains(&name)
}

impl Names {
    fn new(krate: Path, kind: &signature::Kind, item: &ItemFn) -> Self {
        let mut namespace = Namespace::of(item.to_token_stream());
        let opaque = desugar::calls_unknown_macros(&item.block);
        let enumeration = match opaque || namespace.mentions("State") {
            true => format!("{}State", names::camel(&item.sig.ident.to_string())),
            false => "State".to_owned(),
        };
        let either = |wish, other| match namespace.mentions(wish) && !namespace.mentions(other) {
            true => other,
            false => wish,
        };
        let (current, value) = (either("current", "next_state"), either("value", "item"));
        let mut fresh = |wish: &str| namespace.fresh_ident(wish, Span::call_site());
        Names {
            kind: kind.clone(),
            is_coroutine: matches!(kind, signature::Kind::Coroutine { .. }),
            this: fresh("this"),
            state: fresh("state"),
            input: fresh("input"),
            current: fresh(current),
            value: fresh(value),
            awaited: fresh("awaited"),
            output: fresh("output"),
            label: fresh("machine_loop"),
            enumeration: fresh(&enumeration),
            opaque,
            declared: names::declared(item),
            temporaries: RefCell::default(),
            ours: RefCell::default(),
            krate,
            namespace: RefCell::new(namespace),
        }
    }

    /// A name of the runtime's: short if it is free, since a `use` brings it.
    pub fn path(&self, name: &str) -> Path {
        let ident = Ident::new(name, Span::call_site());
        if self.is_of_option(name) {
            let mut path = self.of_prelude(&Ident::new("Option", Span::call_site()));
            path.segments.push(ident.into());
            return path;
        }
        if is_in_prelude(name) {
            return self.of_prelude(&ident);
        }
        if self.is_imported(name) {
            return ident.into();
        }
        let mut path = self.module();
        path.segments.push(ident.into());
        path
    }

    /// A name of std's prelude, which means another thing in a function that declares it.
    fn of_prelude(&self, name: &Ident) -> Path {
        match self.declared.contains(&name.to_string()) {
            true => syn::parse_quote!(::core::prelude::v1::#name),
            false => name.clone().into(),
        }
    }

    /// [`path`](Self::path), shown at a token of the user's.
    pub fn path_at(&self, name: &str, at: Span) -> Path {
        span::path_at(self.path(name), at)
    }

    /// [`path`](Self::path), as if the user had written it there.
    pub fn path_written_at(&self, name: &str, at: Span) -> Path {
        span::path_written_at(self.path(name), at)
    }

    /// Whether the user writes the name.
    pub fn mentions(&self, name: &str) -> bool {
        self.namespace.borrow().mentions(name)
    }

    /// Whether [`path`](Self::path) gives the name alone and it has to be imported.
    pub fn is_imported(&self, name: &str) -> bool {
        !self.opaque && !self.namespace.borrow().mentions_bare(name) && !self.is_of_option(name)
    }

    /// Whether the name stands behind `Option::`, in case the user means another `None` by the one that is mentioned.
    fn is_of_option(&self, name: &str) -> bool {
        matches!(name, "Some" | "None") && self.namespace.borrow().mentions_bare("None")
    }

    /// A variant of the runtime's enum for so many branches.
    pub fn branch(&self, number: usize, count: usize) -> Path {
        let mut path = self.path(&format!("Await{count}"));
        path.segments
            .push(Ident::new(&format!("Await{number}"), Span::call_site()).into());
        path
    }

    /// Whether what has completed goes on saying so.
    pub fn is_fused(&self) -> bool {
        matches!(
            self.kind,
            signature::Kind::Iterator { .. } | signature::Kind::Stream { .. }
        )
    }

    pub fn module(&self) -> Path {
        let mut path = self.krate.clone();
        path.segments.push(Ident::new("machine", Span::call_site()).into());
        path
    }

    /// A variable of ours that is not called like any of the user's or of `taken`.
    pub fn temporary(&self, wish: &str, taken: &[Ident], span: Span) -> Ident {
        let namespace = self.namespace.borrow();
        // Whoever has an iterator writes `iter()`.
        let wish = match wish {
            "iter" if namespace.mentions("iter") => {
                let others = ["items", "rest"].into_iter().find(|other| !namespace.mentions(other));
                others.unwrap_or(wish)
            }
            _ => wish,
        };
        let numbered = (1..).map(|number| format!("{wish}_{number}"));
        let free = |name: &String| !namespace.mentions(name) && !taken.iter().any(|t| t == name);
        let name = std::iter::once(wish.to_owned()).chain(numbered).find(free);
        let name = name.unwrap_or_else(|| wish.to_owned());
        self.temporaries.borrow_mut().insert(name.clone());
        self.ours.borrow_mut().insert(name.clone());
        Ident::new(&name, Span::call_site().located_at(span))
    }

    pub fn is_temporary(&self, name: &Ident) -> bool {
        self.temporaries.borrow().contains(&name.to_string())
    }

    /// Forgets the names that an earlier attempt handed out.
    fn start_again(&self, unused: &Namespace) {
        self.namespace.replace(unused.clone());
        self.temporaries.take();
        self.ours.take();
    }

    /// Whether the variable is one of ours.
    pub fn is_ours(&self, name: &Ident) -> bool {
        self.is_our_name(&name.to_string())
    }

    pub fn is_our_name(&self, name: &str) -> bool {
        self.ours.borrow().contains(name)
    }

    /// The variable lives on after its statement.
    pub fn keep(&self, name: &Ident) {
        self.temporaries.borrow_mut().remove(&name.to_string());
    }

    /// Another name for a variable.
    pub fn another(&self, ident: &Ident) -> Ident {
        let wish = ident.to_string();
        loop {
            let name = self
                .namespace
                .borrow_mut()
                .fresh_ident(wish.trim_start_matches("r#"), ident.span());
            if !self.is_temporary(&name) {
                return name;
            }
        }
    }

    /// The name of a variable where nothing mentions it.
    pub fn unused(&self, ident: &Ident) -> Ident {
        let written = ident.to_string();
        let name = format!("_{}", written.trim_start_matches("r#").trim_start_matches('_'));
        match written != name && self.namespace.borrow().mentions(&name) {
            true => self.held(ident),
            false => Ident::new(&name, ident.span()),
        }
    }

    /// The name of the field that holds a variable until its scope ends.
    pub fn held(&self, ident: &Ident) -> Ident {
        let written = ident.to_string();
        let plain = written.trim_start_matches("r#").trim_start_matches('_');
        // `x` and `_x` may be held together.
        let twin = plain != written && (self.ours.borrow().contains(plain) || self.namespace.borrow().mentions(plain));
        let name = match twin && written.starts_with('_') {
            true => format!("held_{plain}_"),
            false => format!("held_{plain}"),
        };
        match self.namespace.borrow().mentions(&name) {
            true => Ident::new(&format!("{name}_1"), ident.span()),
            false => Ident::new(&name, ident.span()),
        }
    }
}
