//! The representation between the passes: a graph of blocks whose code is still the user's own syntax.
//!
//! A [`Block`] is a place where the machine can continue: its start, the code after a suspension, the head of a
//! loop, a join. Its [`Body`] is straight-line code and one [`End`]; `simplify` folds bodies into each other, so an
//! end is a tree. Verbatim code is kept as syntax with its [`Effect`] beside it: what it does to the locals.
//!
//! Invariants: every name in verbatim code means what [`Machine::lookup`] says in the [`Code`]'s environment; every
//! `Goto`, resume point and jump names an existing block; only `emit` makes tokens of the output.

mod awaited;
mod effect;
mod key;
mod local;
mod walk;

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, BTreeSet},
};

use proc_macro2::{Ident, Span};
use syn::{Expr, Pat, Stmt};

use crate::span::Place;

pub(crate) use self::{
    effect::{Called, Effect},
    key::{Key, Keys},
    local::Local,
};

macro_rules! index {
    ($(#[$doc:meta] $name:ident)*) => {$(
        #[$doc]
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub(crate) struct $name(pub(crate) usize);
    )*};
}

index! {
    /// A variable of the user's function, or one that the transform introduced.
    LocalId
    /// A [`Block`] of the machine.
    BlockId
    /// A point in the tree of scopes: the locals that are visible there.
    EnvId
    /// A [`Derivation`].
    DerivationId
    /// A [`Part`] of a variable.
    PartId
    /// A [`Jump`] out of verbatim code.
    JumpId
}

/// A `let` that is evaluated again in each arm that mentions its variables, because what it borrows is carried.
pub(crate) struct Derivation {
    pub code: Code<Stmt>,
    pub locals: Vec<LocalId>,
}

/// One link of the chain of visible locals, innermost first.
struct Scope {
    local: LocalId,
    outer: EnvId,
    depth: usize,
}

/// Syntax, where it stands, and what it does.
#[derive(Clone)]
pub(crate) struct Code<T> {
    pub syntax: T,
    pub env: EnvId,
    pub effect: Effect,
}

/// A `break` or `continue` inside verbatim code whose loop is no longer a loop of Rust's.
pub(crate) struct Jump {
    pub target: BlockId,
    pub env: EnvId,
    /// Names bound by the verbatim code around the jump; they hide locals of the same name.
    pub hidden: BTreeSet<String>,
    /// Nothing of the verbatim code around the jump drops when it leaves that: what is dropped before the jump, drops first.
    pub plain: bool,
    /// It is a `return` of this, which is all that its target does.
    pub returns: Option<Code<Expr>>,
}

/// A part of a variable that is used by value, and an expression of its type.
pub(crate) struct Part {
    pub local: LocalId,
    pub evidence: Expr,
    pub env: EnvId,
    /// If it was moved, nothing is left of the variable.
    pub covers: bool,
    /// It was not used: all but this was (`..base`).
    pub left: bool,
    /// A `move` closure took it, or all of the variable, if that is a pointer.
    pub captured: bool,
}

/// The position of a loop.
pub(crate) struct Position {
    /// The variable that it is a position in, or in a part of.
    pub of: LocalId,
    /// What the loop goes over, as text.
    pub place: String,
    /// The loop's number.
    pub number: usize,
}

/// Where a block comes from; names its state.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Role {
    Start,
    /// After a suspension.
    Yield,
    /// After an await.
    Await,
    /// At a `yield_from!`.
    From,
    Loop(String),
    While(String),
    For(String),
    /// Where the paths of the named construct meet again.
    After(&'static str),
    /// A branch or part of a construct: `Then`, `Else`, `Arm`, `Next`.
    Part(&'static str),
}

pub(crate) struct Block {
    pub role: Role,
    /// The statement, or the loop's keyword, that it belongs to: where messages about going there stand.
    pub span: Span,
    pub env: EnvId,
    pub body: Body,
}

#[derive(Clone)]
pub(crate) struct Body {
    pub nodes: Vec<Node>,
    pub end: End,
}

#[derive(Clone)]
#[expect(clippy::large_enum_variant, reason = "the large one is rare, but not worth a box")]
pub(crate) enum Node {
    Code(Code<Stmt>),
    /// `let PAT = value else { otherwise };` whose `otherwise` suspends.
    LetElse {
        code: Code<Stmt>,
        otherwise: Body,
    },
    /// The scope of these locals ends here, and code follows.
    EndScope(Vec<LocalId>),
}

/// How a body ends.
#[derive(Clone)]
pub(crate) enum End {
    /// Go on with another block, from this environment.
    Goto(BlockId, EnvId),
    Suspend(Suspension),
    Complete(Option<Code<Expr>>),
    If {
        condition: Code<Expr>,
        /// What the patterns of the condition take out of places, if they match.
        taken: Effect,
        then: Box<Body>,
        otherwise: Box<Body>,
    },
    Match {
        scrutinee: Code<Expr>,
        arms: Vec<Arm>,
    },
    /// The code above does not come here.
    Diverge,
}

#[derive(Clone)]
pub(crate) struct Suspension {
    pub value: Code<Expr>,
    pub resume: BlockId,
    /// The suspension as the user wrote it.
    pub text: String,
    pub place: Place,
    /// If what is yielded is awaited.
    pub awaits: Option<Awaits>,
    /// If another run of the function is called: the value is the call.
    pub calls: bool,
}

/// An await.
#[derive(Clone)]
pub(crate) struct Awaits {
    pub form: Form,
    /// Nobody looks at the output; `let _ = ..;` says so.
    pub discards: bool,
    pub ignores: bool,
}

/// What an awaited operand is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Form {
    /// As far as syntax tells, it borrows no local: the future itself.
    Direct,
    /// It may borrow locals, which are lent to it.
    Lent,
    /// A macro that awaits by itself. It may borrow locals too.
    Macro,
    /// A stream whose items go out.
    Delegate,
}

#[derive(Clone)]
pub(crate) struct Arm {
    pub attrs: Vec<syn::Attribute>,
    pub pattern: Code<Pat>,
    pub body: Body,
    /// Where it ends in the source: rustc proposes further arms there.
    pub end: Span,
}

/// The whole function, lowered.
pub(crate) struct Machine {
    pub locals: Vec<Local>,
    pub derivations: Vec<Derivation>,
    pub jumps: Vec<Jump>,
    pub parts: RefCell<Vec<Part>>,
    /// Variables that an awaited method takes by value, as far as its name tells.
    pub consumed: Vec<LocalId>,
    /// Variables that a loop was thought to take: `for line in input.lines()`.
    pub sources: RefCell<BTreeSet<LocalId>>,
    /// Variables that a method may take by value: whether they still have one, nobody knows.
    pub doubtful: RefCell<BTreeSet<LocalId>>,
    /// Variables that a string captures, if the macro that it is given to, which we do not know, takes it for a format string.
    pub captured: RefCell<BTreeMap<LocalId, Ident>>,
    /// Names that code mentions and that are no variable there: those of items, or of variables whose scope has ended.
    pub free: RefCell<BTreeSet<String>>,
    /// The positions of loops.
    pub positions: BTreeMap<LocalId, Position>,
    pub blocks: Vec<Block>,
    /// Blocks in order of the source.
    pub order: Vec<BlockId>,
    /// How many variables of each name there are.
    pub keys: Keys,
    /// The next number for a loop of verbatim code in an [`Effect`].
    pub next_label: Cell<usize>,
    scopes: Vec<Scope>,
}

/// More variables than any function has.
const PSEUDO: usize = usize::MAX / 2;

impl Machine {
    pub const TOP: EnvId = EnvId(0);

    pub fn new() -> Self {
        Machine {
            locals: Vec::new(),
            derivations: Vec::new(),
            jumps: Vec::new(),
            parts: RefCell::default(),
            consumed: Vec::new(),
            sources: RefCell::default(),
            doubtful: RefCell::default(),
            captured: RefCell::default(),
            free: RefCell::default(),
            positions: BTreeMap::new(),
            blocks: Vec::new(),
            order: Vec::new(),
            keys: Keys::default(),
            next_label: Cell::new(0),
            scopes: Vec::new(),
        }
    }

    /// What the variable is taken again from, if it is.
    pub fn derived_value(&self, local: LocalId) -> Option<(EnvId, &Expr)> {
        let code = &self.derivations[self.local(local).derived?.0].code;
        match &code.syntax {
            Stmt::Local(syn::Local { init: Some(init), .. }) => Some((code.env, &init.expr)),
            _ => None,
        }
    }

    /// `env` with one more local.
    pub fn extend(&mut self, env: EnvId, local: LocalId) -> EnvId {
        let depth = self.depth(env) + 1;
        self.scopes.push(Scope {
            local,
            outer: env,
            depth,
        });
        EnvId(self.scopes.len())
    }

    fn depth(&self, env: EnvId) -> usize {
        match env.0 {
            0 => 0,
            n => self.scopes[n - 1].depth,
        }
    }

    /// The visible locals, innermost first.
    pub fn visible(&self, env: EnvId) -> impl Iterator<Item = LocalId> + '_ {
        let mut at = env.0;
        std::iter::from_fn(move || {
            let scope = self.scopes.get(at.checked_sub(1)?)?;
            at = scope.outer.0;
            Some(scope.local)
        })
    }

    /// The locals in scope, in order of declaration.
    pub fn in_scope(&self, env: EnvId) -> Vec<LocalId> {
        let mut list: Vec<_> = self.visible(env).collect();
        list.reverse();
        list
    }

    pub fn lookup(&self, env: EnvId, name: &Ident) -> Option<LocalId> {
        let named = |local: &LocalId| self.locals[local.0].ident == *name && !self.locals[local.0].nameless;
        self.visible(env).find(named)
    }

    /// The locals of `from` that are no longer there in `to`, in order of declaration.
    pub fn ended(&self, from: EnvId, to: EnvId) -> Vec<LocalId> {
        let kept: BTreeSet<_> = self.visible(to).collect();
        let mut ended = self.in_scope(from);
        ended.retain(|local| !kept.contains(local));
        ended
    }

    /// A new part of a variable.
    pub fn part(&self, local: LocalId, evidence: Expr, env: EnvId, covers: bool) -> PartId {
        let mut parts = self.parts.borrow_mut();
        parts.push(Part {
            local,
            evidence,
            env,
            covers,
            left: false,
            captured: false,
        });
        PartId(parts.len() - 1)
    }

    /// What is left of a variable whose other parts are used by value.
    pub fn part_left(&self, local: LocalId, evidence: Expr, env: EnvId) -> PartId {
        let part = self.part(local, evidence, env, false);
        self.parts.borrow_mut()[part.0].left = true;
        part
    }

    /// What a `move` closure takes of a variable of which it has only that place.
    pub fn part_captured(&self, local: LocalId, evidence: Expr, env: EnvId) -> PartId {
        let part = self.part(local, evidence, env, false);
        self.parts.borrow_mut()[part.0].captured = true;
        part
    }

    pub fn is_left(&self, part: PartId) -> bool {
        self.parts.borrow()[part.0].left
    }

    /// Whether the part is a field that has been taken for itself, `message.id`.
    pub fn has_name(&self, part: PartId) -> bool {
        let part = &self.parts.borrow()[part.0];
        !part.covers && !part.left && part.env != Machine::TOP
    }

    /// The variable that the part belongs to.
    pub fn whole(&self, part: PartId) -> LocalId {
        self.parts.borrow()[part.0].local
    }

    /// Stands for a part in sets of variables, to see that the same part is used again.
    pub fn pseudo(&self, part: PartId) -> LocalId {
        let parts = self.parts.borrow();
        let same = |other: &Part| {
            let (other, this) = (&other.evidence, &parts[part.0].evidence);
            quote::quote!(#other).to_string() == quote::quote!(#this).to_string()
        };
        let local = parts[part.0].local;
        let first = parts.iter().position(|other| other.local == local && same(other));
        LocalId(PSEUDO + first.unwrap_or(part.0))
    }

    /// Those of all parts of the variable that are used by value.
    pub fn pseudos(&self, local: LocalId) -> Vec<LocalId> {
        let parts = self.parts.borrow();
        let of_it = |at: &usize| parts[*at].local == local && !parts[*at].left;
        (0..parts.len())
            .filter(of_it)
            .map(|at| self.pseudo(PartId(at)))
            .collect()
    }

    /// The variable whose part the pseudo variable stands for.
    pub fn whole_of_pseudo(&self, id: LocalId) -> Option<LocalId> {
        Some(self.whole(PartId(id.0.checked_sub(PSEUDO)?)))
    }

    pub fn local(&self, id: LocalId) -> &Local {
        &self.locals[id.0]
    }

    pub fn block(&self, id: BlockId) -> &Block {
        &self.blocks[id.0]
    }
}
