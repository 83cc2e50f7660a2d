//! How statements leave themselves: by `?`, `return`, `break` and `continue`, those of the branches of a `select!` too.

use syn::{
    Expr, ExprMacro, Lifetime, Stmt,
    visit_mut::{self, VisitMut},
};

use crate::{
    desugar,
    scoped::{Context, Scoped, Visitor},
    std_macros, syntax,
};

/// How statements leave themselves.
#[derive(Default)]
pub(super) struct Exits {
    pub tries: bool,
    pub continues: Vec<Option<Lifetime>>,
    pub breaks: Vec<(Option<Lifetime>, bool)>,
    pub returns: Vec<Option<Expr>>,
    /// A macro, or a value, in which more is hidden.
    pub hidden: bool,
}

impl Exits {
    pub fn of(stmts: &[Stmt]) -> Self {
        let mut exits = Exits::default();
        let mut inside = syntax::block_of(stmts.to_vec());
        MacrosAsExpressions.visit_expr_mut(&mut inside);
        Scoped::new(&mut exits).visit_expr_mut(&mut inside);
        exits
    }

    pub fn is_none(&self) -> bool {
        !self.tries && self.continues.is_empty() && self.breaks.is_empty() && self.returns.is_empty() && !self.hidden
    }

    fn of_value(&mut self, value: Option<&Expr>) {
        let Some(value) = value else { return };
        let inner = Exits::of(&[Stmt::Expr(value.clone(), None)]);
        self.tries |= inner.tries;
        self.hidden |=
            inner.hidden || !inner.continues.is_empty() || !inner.breaks.is_empty() || !inner.returns.is_empty();
    }
}

impl Visitor for Exits {
    fn expression(&mut self, expr: &mut Expr, context: &Context) -> bool {
        match expr {
            Expr::Try(_) => self.tries = true,
            Expr::Return(jump) => {
                self.of_value(jump.expr.as_deref());
                self.returns.push(jump.expr.as_deref().cloned());
                return true;
            }
            Expr::Break(jump) if !context.encloses(jump.label.as_ref().map(|label| &label.ident)) => {
                self.of_value(jump.expr.as_deref());
                self.breaks.push((jump.label.clone(), jump.expr.is_some()));
                return true;
            }
            Expr::Continue(jump) if !context.encloses(jump.label.as_ref().map(|label| &label.ident)) => {
                self.continues.push(jump.label.clone());
            }
            Expr::Macro(mac) if desugar::is_awaiting(&mac.mac) => {
                let Some(mut handlers) = desugar::handlers(&mac.mac) else {
                    return false;
                };
                let mut walk = Scoped::within(self, context);
                handlers.iter_mut().for_each(|handler| walk.visit_expr_mut(handler));
                return true;
            }
            Expr::Macro(mac) if is_bail(&mac.mac) => self.tries = true,
            Expr::Macro(mac) => self.hidden |= std_macros::parse(&mac.mac).is_none() && names_jump(&mac.mac),
            _ => {}
        }
        false
    }
}

/// anyhow's `bail!(..)` and `ensure!(..)`, which return an error.
fn is_bail(mac: &syn::Macro) -> bool {
    let name = mac.path.segments.last().map(|last| &last.ident);
    name.is_some_and(|name| name == "bail" || name == "ensure")
}

/// Whether the tokens of an unknown macro have a `return`, `break` or `continue`.
fn names_jump(mac: &syn::Macro) -> bool {
    let names = crate::names::Namespace::of(mac.tokens.clone());
    ["return", "break", "continue"].iter().any(|word| names.mentions(word))
}

/// `select! { .. }` as a statement is an expression here.
pub(super) struct MacrosAsExpressions;

impl VisitMut for MacrosAsExpressions {
    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        if let Stmt::Macro(mac) = stmt {
            let expr = Expr::Macro(ExprMacro {
                attrs: mac.attrs.clone(),
                mac: mac.mac.clone(),
            });
            *stmt = Stmt::Expr(expr, mac.semi_token);
        }
        visit_mut::visit_stmt_mut(self, stmt);
    }
    fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}
    fn visit_expr_async_mut(&mut self, _: &mut syn::ExprAsync) {}
    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}
