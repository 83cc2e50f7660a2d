//! The variables, and what is known of each without types.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span};
use syn::{Expr, Type};

use super::{DerivationId, Key, LocalId};
use crate::{check::Borrow, std_borrows, std_values::OfStd, syntax::Shape};

/// A variable.
pub(crate) struct Local {
    pub ident: Ident,
    pub key: Key,
    pub mutable: bool,
    /// Syntactically known to have no drop glue: its end is not an event.
    pub plain: bool,
    /// Syntactically known to own nothing but memory: nobody can tell when it is dropped.
    pub quiet: bool,
    /// A collection of std's of nothing but references: the same, and what it refers to may go on without it.
    pub views: bool,
    /// Syntactically known to be `Copy`: mentioning it by value does not move it.
    pub copy: bool,
    /// A closure that is not `move`.
    pub closure: bool,
    /// Its value is a tuple of these elements, one of which may be a borrow: each of them is held by itself.
    pub elements: Vec<Expr>,
    /// Its value is certainly a box.
    pub boxed: bool,
    /// What is found in its value certainly are boxes.
    pub holds_boxes: bool,
    /// Its value may be a box: a pattern took it out of a type of the user's.
    pub in_type: bool,
    /// Its value is certainly no pointer: a struct or a tuple that is written there.
    pub written: bool,
    /// Not one of the user's.
    pub ours: bool,
    /// No variable: stands for what a condition keeps to the end of its branch, a temporary or what a pattern leaves.
    pub nameless: bool,
    /// Certainly an iterator, an `Option` or a `Result`.
    pub of_std: Option<OfStd>,
    /// Certainly an iterator over such items.
    pub items: Option<Shape>,
    /// Certainly a sender that sends once: that of a oneshot channel, a permit.
    pub sends_once: bool,
    /// A closure that calling it consumes.
    pub once: bool,
    /// `pin!(..)`: it refers to what lives in the stack frame.
    pub pinned: Option<Span>,
    /// The variables that its value may borrow: those that it was made of by reference.
    pub sources: BTreeSet<LocalId>,
    /// What a pattern took out of something, and something that may still be there borrows by `&mut`.
    pub found: bool,
    pub lends: bool,
    /// A reader, as its type or its value says: its `lines()` take it.
    pub reads: bool,
    /// What was thought to take it only borrows it.
    pub kept: bool,
    /// `copy` follows from how it is used, not from its value.
    pub proven: bool,
    pub ty: Option<Type>,
    /// Certainly a value of std's that owns what its methods lend, by its value.
    pub owner: bool,
    /// Its value is certainly text that it refers to.
    pub text: bool,
    /// Its value is certainly an array.
    pub array: bool,
    /// What its methods point to certainly stays where it is when it moves, by its value.
    pub points: bool,
    /// What its value certainly borrows.
    pub borrow: Option<Borrow>,
    /// A guard of its `sources`, as its value says: it has a drop, and has to end before they go on.
    pub guard: bool,
    /// Taken again where it is needed, not carried from state to state.
    pub derived: Option<DerivationId>,
    /// Stands beside the state, and is there in every arm.
    pub beside: bool,
}

impl Local {
    /// Whether it is certainly one of std's values that own what their methods lend.
    pub fn owns(&self) -> bool {
        self.owner || self.ty.as_ref().is_some_and(std_borrows::is_owner_type)
    }

    /// Whether its type has no arguments, as those of pointers have.
    pub fn is_hardly_a_pointer(&self) -> bool {
        let plain = |ty: &Type| matches!(ty, Type::Path(path) if path.path.segments.iter().all(|part| part.arguments.is_none()));
        self.ty.as_ref().is_some_and(plain)
    }

    /// Whether it certainly is one, by its type: its fields are none of its own.
    pub fn is_pointer(&self) -> bool {
        const POINTERS: [&str; 3] = ["Arc", "Rc", "Box"];
        let pointer = |ty: &Type| matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|last| POINTERS.iter().any(|name| last.ident == name)));
        self.boxed || self.ty.as_ref().is_some_and(pointer)
    }

    /// A variable of which nothing is known.
    pub fn new(ident: Ident, key: Key) -> Self {
        Local {
            ident,
            key,
            mutable: false,
            plain: false,
            quiet: false,
            views: false,
            copy: false,
            closure: false,
            elements: Vec::new(),
            boxed: false,
            holds_boxes: false,
            in_type: false,
            written: false,
            ours: false,
            nameless: false,
            of_std: None,
            items: None,
            sends_once: false,
            once: false,
            reads: false,
            kept: false,
            pinned: None,
            sources: BTreeSet::new(),
            found: false,
            lends: false,
            proven: false,
            ty: None,
            owner: false,
            text: false,
            array: false,
            points: false,
            borrow: None,
            guard: false,
            derived: None,
            beside: false,
        }
    }

    /// Whether it moves from state to state while it is needed.
    pub fn is_carried(&self) -> bool {
        self.derived.is_none() && !self.beside
    }
}
