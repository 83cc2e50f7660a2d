//! Tokens of macros that are not taken apart, as effects: every variable among them is used somehow.

use std::mem;

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::{
    Expr, Macro, Pat,
    parse::{ParseStream, Parser},
    visit_mut::VisitMut,
};

use super::{Mode, Walk};
use crate::{
    desugar,
    ir::Effect,
    scoped::{Scoped, Visitor},
    std_macros,
};

impl Walk<'_> {
    /// A macro that awaits these, and does with its other tokens whatever it does.
    pub(super) fn awaited(&mut self, mac: &Macro, operands: &[Expr], mode: Mode) -> Effect {
        let operands = Effect::Seq(operands.iter().map(|operand| self.expr(operand, mode)).collect());
        let mut moved = Vec::new();
        operands.each(&mut |leaf| {
            if let Effect::Move(local) = leaf {
                moved.push(*local);
            }
        });
        let mut list = Vec::new();
        match desugar::scopes(mac) {
            Some(scopes) => scopes.into_iter().for_each(|scope| self.branch(scope, &mut list)),
            None => self.code(mac.tokens.clone(), &mut list),
        }
        list.retain(|effect| !matches!(effect, Effect::Read(local) if moved.contains(local)));
        list.push(operands);
        Effect::Seq(list)
    }

    /// `Some(message) = inbox.recv() => handle(message)`, whose `message` is a variable of the branch.
    fn branch(&mut self, scope: (Option<Pat>, TokenStream, TokenStream), list: &mut Vec<Effect>) {
        let (pat, future, handler) = scope;
        self.code(future, list);
        self.scope(|walk| {
            pat.iter().for_each(|pat| walk.bind(pat));
            walk.code(handler, list);
        });
    }

    /// Expressions with something between them, such as `future, if condition`: what they bind is a variable of theirs.
    fn code(&mut self, mut tokens: TokenStream, list: &mut Vec<Effect>) {
        let first = |input: ParseStream| Ok((input.parse::<Expr>()?, input.parse::<TokenStream>()?));
        while !tokens.is_empty() {
            tokens = match first.parse2(tokens.clone()) {
                Ok((mut expr, rest)) => {
                    let mut free = Free::default();
                    Scoped::new(&mut free).visit_expr_mut(&mut expr);
                    list.extend(free.names.iter().map(|name| self.mention(name, Mode::Place)));
                    rest
                }
                Err(_) => {
                    let mut rest = tokens.into_iter();
                    self.tokens(rest.next().into_iter().collect(), list);
                    rest.collect()
                }
            };
        }
    }

    /// Any tokens: a name that is not that of a label may be a variable.
    pub(super) fn tokens(&mut self, tokens: TokenStream, list: &mut Vec<Effect>) {
        let mut label = false;
        for token in tokens {
            let quoted = matches!(&token, TokenTree::Punct(mark) if mark.as_char() == '\'');
            let named = mem::replace(&mut label, quoted);
            match token {
                TokenTree::Ident(name) if !named => list.push(self.mention(&name, Mode::Place)),
                TokenTree::Group(group) => self.tokens(group.stream(), list),
                TokenTree::Literal(literal) => {
                    let captures = std_macros::captures_of(&literal);
                    list.extend(captures.iter().map(|name| self.mention(name, Mode::Place)));
                }
                TokenTree::Ident(_) | TokenTree::Punct(_) => {}
            }
        }
    }

    /// What strings among them would capture, if they are format strings.
    pub(super) fn note_captures(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => self.note_captures(group.stream()),
                TokenTree::Literal(literal) => {
                    for name in std_macros::captures_of(&literal) {
                        if let Effect::Read(local) = self.mention(&name, Mode::Place) {
                            self.machine.captured.borrow_mut().insert(local, name);
                        }
                    }
                }
                TokenTree::Ident(_) | TokenTree::Punct(_) => {}
            }
        }
    }
}

/// The variables that code mentions and does not bind itself.
#[derive(Default)]
struct Free {
    names: Vec<Ident>,
}

impl Visitor for Free {
    const WITHIN_CLOSURES: bool = true;

    fn variable(&mut self, name: &Ident) -> Option<Ident> {
        self.names.push(name.clone());
        None
    }
}
