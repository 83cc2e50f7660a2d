//! The names that the expansion uses.

use std::{cell::RefCell, collections::BTreeSet};

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::{ItemFn, Path};

use crate::{
    desugar,
    names::{self, Namespace},
    signature, span,
};

/// The names that the expansion uses.
pub(crate) struct Names {
    krate: Path,
    pub(super) namespace: RefCell<Namespace>,
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
    pub(super) fn new(krate: Path, kind: &signature::Kind, item: &ItemFn) -> Self {
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
    pub(super) fn start_again(&self, unused: &Namespace) {
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
