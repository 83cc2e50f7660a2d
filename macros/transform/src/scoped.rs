//! A walk over verbatim code that knows which names the code binds itself, so that a visitor sees just the mentions
//! of variables from outside, in macro arguments and inline format captures too.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use syn::{
    Arm, Block, Expr, ExprClosure, ExprForLoop, ExprIf, ExprLet, ExprLoop, ExprMacro, ExprWhile, FieldValue, Item,
    Local, Macro, Pat, Stmt, Token,
    visit_mut::{self, VisitMut},
};

use crate::{
    effects, pattern,
    std_macros::{self, Usage},
    syntax,
};

/// What a visitor wants to see.
pub(crate) trait Visitor {
    /// A mention of a variable that the code does not bind itself. The new name, if it is to be renamed.
    fn variable(&mut self, _name: &Ident) -> Option<Ident> {
        None
    }

    /// Whether expressions in closures and `async` blocks are of interest too.
    const WITHIN_CLOSURES: bool = false;

    /// An expression outside of closures and async blocks, before what is in it; `true`: it was replaced.
    fn expression(&mut self, _expr: &mut Expr, _context: &Context) -> bool {
        false
    }
}

/// Where the walk stands.
#[derive(Clone, Default)]
pub(crate) struct Context {
    /// Names that the code binds, innermost last.
    pub bound: Vec<Ident>,
    /// Labels of the loops and blocks around; `None` for a loop without a label.
    pub labels: Vec<Option<Ident>>,
    /// Loops among them, by index into `labels`.
    pub loops: Vec<usize>,
    closures: usize,
}

impl Context {
    /// Whether a `break` or `continue` with this label stays within the code.
    pub fn encloses(&self, label: Option<&Ident>) -> bool {
        match label {
            Some(label) => self.labels.iter().flatten().any(|found| found == label),
            None => !self.loops.is_empty(),
        }
    }
}

pub(crate) struct Scoped<'v, V> {
    visitor: &'v mut V,
    context: Context,
}

impl<'v, V: Visitor> Scoped<'v, V> {
    pub fn new(visitor: &'v mut V) -> Self {
        Scoped {
            visitor,
            context: Context::default(),
        }
    }

    /// In code that stands there.
    pub fn within(visitor: &'v mut V, context: &Context) -> Self {
        Scoped {
            visitor,
            context: context.clone(),
        }
    }

    /// In code that stands where these names are bound.
    pub fn with_bound(visitor: &'v mut V, bound: Vec<Ident>) -> Self {
        let mut walk = Self::new(visitor);
        walk.context.bound = bound;
        walk
    }

    fn bind(&mut self, pat: &Pat) {
        let names = pattern::names(pat);
        self.context.bound.extend(names);
    }

    /// The part of a pattern that is code: the guard.
    fn guard(&mut self, pat: &mut Pat) {
        if let Pat::Guard(guard) = pat {
            self.visit_expr_mut(&mut guard.guard);
        }
    }

    fn scope(&mut self, walk: impl FnOnce(&mut Self)) {
        let bound = self.context.bound.len();
        walk(self);
        self.context.bound.truncate(bound);
    }

    fn labelled(&mut self, label: Option<&syn::Label>, is_loop: bool, walk: impl FnOnce(&mut Self)) {
        if is_loop {
            self.context.loops.push(self.context.labels.len());
        }
        self.context.labels.push(label.map(|l| l.name.ident.clone()));
        walk(self);
        self.context.labels.pop();
        if is_loop {
            self.context.loops.pop();
        }
    }

    fn opaque(&mut self, walk: impl FnOnce(&mut Self)) {
        self.context.closures += 1;
        walk(self);
        self.context.closures -= 1;
    }

    fn rename(&mut self, name: &Ident) -> Option<Ident> {
        match self.context.bound.contains(name) {
            true => None,
            false => self.visitor.variable(name),
        }
    }

    /// Tokens of a macro that we do not know: an identifier that is no field, label or path's later part may be a
    /// mention, and a string may be a format string.
    fn tokens(&mut self, tokens: TokenStream) -> TokenStream {
        let mut before = (' ', ' ');
        let walk = |token: TokenTree| {
            let mark = match &token {
                TokenTree::Punct(mark) => mark.as_char(),
                _ => ' ',
            };
            // `a..b` mentions `b`; `a.b` and `a::b` do not.
            let skip = before.1 == '\'' || before.1 == '.' && before.0 != '.' || before == (':', ':');
            before = (before.1, mark);
            match token {
                TokenTree::Ident(name) if !skip => TokenTree::Ident(self.rename(&name).unwrap_or(name)),
                TokenTree::Group(group) => {
                    let mut new = Group::new(group.delimiter(), self.tokens(group.stream()));
                    new.set_span(group.span());
                    TokenTree::Group(new)
                }
                TokenTree::Literal(literal) => {
                    for name in std_macros::captures_of(&literal) {
                        self.rename(&name);
                    }
                    TokenTree::Literal(literal)
                }
                other => other,
            }
        };
        tokens.into_iter().map(walk).collect()
    }
}

impl<V: Visitor> std_macros::Names for Scoped<'_, V> {
    fn tokens(&mut self, tokens: TokenStream) -> TokenStream {
        Scoped::tokens(self, tokens)
    }

    fn captured(&mut self, name: &Ident) -> Option<Ident> {
        self.rename(name)
    }
}

impl<V: Visitor> VisitMut for Scoped<'_, V> {
    fn visit_item_mut(&mut self, _: &mut Item) {}

    fn visit_block_mut(&mut self, block: &mut Block) {
        self.scope(|walk| visit_mut::visit_block_mut(walk, block));
    }

    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        // A jump of ours among the tokens of a macro, which have been read again.
        if let Stmt::Macro(mac) = stmt
            && effects::jump_of(&mac.mac).is_some()
        {
            let jump = ExprMacro {
                attrs: Vec::new(),
                mac: mac.mac.clone(),
            };
            *stmt = Stmt::Expr(Expr::Macro(jump), mac.semi_token);
        }
        visit_mut::visit_stmt_mut(self, stmt);
    }

    fn visit_local_mut(&mut self, local: &mut Local) {
        if let Some(init) = &mut local.init {
            self.visit_expr_mut(&mut init.expr);
            if let Some((_, diverge)) = &mut init.diverge {
                self.visit_expr_mut(diverge);
            }
        }
        self.bind(&local.pat);
    }

    fn visit_arm_mut(&mut self, arm: &mut Arm) {
        self.scope(|walk| {
            walk.bind(&arm.pat);
            walk.guard(&mut arm.pat);
            walk.visit_expr_mut(&mut arm.body);
        });
    }

    fn visit_expr_closure_mut(&mut self, closure: &mut ExprClosure) {
        self.scope(|walk| {
            for input in &closure.inputs {
                walk.bind(input);
            }
            walk.opaque(|walk| walk.visit_expr_mut(&mut closure.body));
        });
    }

    fn visit_expr_async_mut(&mut self, block: &mut syn::ExprAsync) {
        self.opaque(|walk| walk.visit_block_mut(&mut block.block));
    }

    fn visit_expr_if_mut(&mut self, expr: &mut ExprIf) {
        self.scope(|walk| {
            walk.visit_expr_mut(&mut expr.cond);
            walk.visit_block_mut(&mut expr.then_branch);
        });
        if let Some((_, otherwise)) = &mut expr.else_branch {
            self.visit_expr_mut(otherwise);
        }
    }

    fn visit_expr_while_mut(&mut self, expr: &mut ExprWhile) {
        self.labelled(expr.label.as_ref(), true, |walk| {
            walk.scope(|walk| {
                walk.visit_expr_mut(&mut expr.cond);
                walk.visit_block_mut(&mut expr.body);
            });
        });
    }

    fn visit_expr_for_loop_mut(&mut self, expr: &mut ExprForLoop) {
        self.visit_expr_mut(&mut expr.expr);
        self.labelled(expr.label.as_ref(), true, |walk| {
            walk.scope(|walk| {
                walk.bind(&expr.pat);
                walk.visit_block_mut(&mut expr.body);
            });
        });
    }

    fn visit_expr_loop_mut(&mut self, expr: &mut ExprLoop) {
        self.labelled(expr.label.as_ref(), true, |walk| walk.visit_block_mut(&mut expr.body));
    }

    fn visit_expr_block_mut(&mut self, expr: &mut syn::ExprBlock) {
        match &expr.label {
            Some(label) => self.labelled(Some(label), false, |walk| {
                walk.visit_block_mut(&mut expr.block);
            }),
            None => self.visit_block_mut(&mut expr.block),
        }
    }

    fn visit_expr_let_mut(&mut self, expr: &mut ExprLet) {
        self.visit_expr_mut(&mut expr.expr);
        self.bind(&expr.pat);
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        let asked = V::WITHIN_CLOSURES || self.context.closures == 0;
        if asked && self.visitor.expression(expr, &self.context) {
            return;
        }
        if let Expr::Path(path) = expr
            && path.qself.is_none()
            && let Some(name) = path.path.get_ident()
        {
            if let Some(new) = self.rename(name) {
                path.path = new.into();
            }
            return;
        }
        visit_mut::visit_expr_mut(self, expr);
    }

    fn visit_field_value_mut(&mut self, field: &mut FieldValue) {
        let before = syntax::variable(&field.expr).cloned();
        self.visit_expr_mut(&mut field.expr);
        if field.colon_token.is_none() && syntax::variable(&field.expr) != before.as_ref() {
            field.colon_token = Some(<Token![:]>::default());
        }
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        if std_macros::only_shows(mac) {
            return;
        }
        let Some(mut known) = std_macros::parse(mac) else {
            let tokens = mac.tokens.clone();
            mac.tokens = match std_macros::logging(mac) {
                Some(logging) => std_macros::rewritten(tokens, logging, self),
                None => self.tokens(tokens),
            };
            return;
        };
        let mut exprs = known.exprs();
        for expr in &mut exprs {
            self.visit_expr_mut(expr);
        }
        // The guard of `matches!`, in which the pattern's names are bound.
        for argument in &mut known.arguments {
            if let Usage::Scrutinee(pat) = &mut argument.usage {
                self.scope(|walk| {
                    walk.bind(pat);
                    walk.guard(pat);
                });
            }
        }
        let renamed: Vec<_> = known
            .captures()
            .iter()
            .filter_map(|name| Some((name.to_string(), self.rename(name)?.to_string())))
            .collect();
        known.rename_captures(&|name| {
            let found = renamed.iter().find(|(old, _)| old == name);
            found.map(|(_, new)| new.clone())
        });
        *mac = known.rewritten(exprs);
    }
}
