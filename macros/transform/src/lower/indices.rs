//! What the indices of a borrowed place compute, in variables: the borrow can be taken again with the same ones.
//!
//! ```text
//! // Input:
//! let row = &grid[next()];
//! // Output:
//! let index = next();
//! let row = &grid[index];
//! ```

use syn::{Expr, spanned::Spanned};

use super::{Lower, compared::Changed, iterators::copies};
use crate::syntax;

impl Lower<'_> {
    /// `&list[i()]` as `&list[index]`, with what the index is now in a variable.
    pub(super) fn with_quiet_indices(&mut self, init: &Expr) -> Expr {
        let mut init = init.clone();
        if let Expr::Reference(reference) = &mut init
            && syntax::is_place(&reference.expr)
            && self.owned_root(&reference.expr).is_some()
        {
            self.quiet_indices(&mut reference.expr, true);
        }
        init
    }

    /// `&buffer[..suspended]`: what suspends is an index, so the borrow comes behind it.
    pub(super) fn suspends_in_indices(&self, init: &Expr) -> bool {
        let Expr::Reference(reference) = init else { return false };
        syntax::is_place(&reference.expr) && self.owned_root(&reference.expr).is_some()
    }

    /// `&list[i..j]` and `list[i].iter()`, for a loop that goes by position: the same.
    pub(super) fn quiet_iterated(&mut self, iterated: &mut Expr) {
        let place = match iterated {
            Expr::Reference(reference) => &mut reference.expr,
            Expr::MethodCall(call) if call.args.is_empty() && (call.method == "iter" || call.method == "iter_mut") => {
                &mut call.receiver
            }
            Expr::MethodCall(call) if call.method == "enumerate" || call.method == "rev" || copies(call) => {
                return self.quiet_iterated(&mut call.receiver);
            }
            _ => return,
        };
        let carried = self.owned_root(place).is_some_and(|root| !self.is_mut_reference(root));
        if carried && syntax::is_place(place) && !self.takes_apart(place) {
            self.quiet_indices(place, true);
        }
    }

    /// Binds what the indices of a place compute; `keeps`: for longer than the statement.
    pub(super) fn quiet_indices(&mut self, place: &mut Expr, keeps: bool) {
        match place {
            Expr::Paren(paren) => self.quiet_indices(&mut paren.expr, keeps),
            Expr::Field(field) => self.quiet_indices(&mut field.base, keeps),
            Expr::Unary(unary) => self.quiet_indices(&mut unary.expr, keeps),
            Expr::Index(index) => {
                self.quiet_indices(&mut index.expr, keeps);
                match &mut *index.index {
                    Expr::Range(range) if keeps => {
                        let ends = [("start", &mut range.start), ("end", &mut range.end)];
                        for (wish, end) in ends.into_iter().filter_map(|(wish, end)| Some((wish, end.as_mut()?))) {
                            self.quiet_index(wish, end, keeps);
                        }
                    }
                    Expr::Range(_) => {}
                    index => self.quiet_index("index", index, keeps),
                }
            }
            _ => {}
        }
    }

    /// The same for a place that stays where it is while `later` is evaluated.
    pub(super) fn indices_before(&mut self, place: &mut Expr, later: &[Expr]) {
        match place {
            Expr::Paren(paren) => self.indices_before(&mut paren.expr, later),
            Expr::Field(field) => self.indices_before(&mut field.base, later),
            Expr::Unary(unary) => self.indices_before(&mut unary.expr, later),
            Expr::Index(index) => {
                self.indices_before(&mut index.expr, later);
                let ends: Vec<_> = match &mut *index.index {
                    Expr::Range(range) => vec![("start", &mut range.start), ("end", &mut range.end)],
                    index => return self.index_before("index", index, later),
                };
                for (wish, end) in ends.into_iter().filter_map(|(wish, end)| Some((wish, end.as_mut()?))) {
                    self.index_before(wish, end, later);
                }
            }
            _ => {}
        }
    }

    fn index_before(&mut self, wish: &str, index: &mut Expr, later: &[Expr]) {
        if syntax::variable(index).is_none() || self.changed(index, later) != Changed::No {
            self.quiet_index(wish, index, false);
        }
    }

    fn quiet_index(&mut self, wish: &str, index: &mut Expr, keeps: bool) {
        // What a reference points to may be carried too.
        if self.is_quiet_index(index) || matches!(syntax::inner(index), Expr::Reference(_)) {
            return;
        }
        let named = match self.takes_apart(index) {
            true => self.settled(wish, index.clone(), index.span()),
            false => {
                let value = self.verbatim(index.clone());
                self.bind_temporary(wish, value, index.span())
            }
        };
        if keeps && let Some(name) = syntax::variable(&named) {
            self.names.keep(name);
        }
        *index = named;
    }
}
