//! The user's body -> the same body with each suspension as a `yield` expression of the syntax tree.
//!
//! ```text
//! // Input:
//! let x = yield_!(self.n); println!("{}", yield_!(1)); yield_from!(inner)
//! // Output:
//! let x = yield this.n;    println!("{}", yield 1);    #[yield_from] yield inner
//! ```
//!
//! In an async function `.await` becomes the same: `f(x).await` is `#[await_] yield f(x)`, and so is a macro that awaits
//! what it is given, such as `join!(..)`.
//!
//! The source text of each suspension is kept in an attribute. Promises: no suspension stands in a closure, an async
//! block or a macro that we cannot take apart; `self` is the variable `this`. All errors are collected.

mod find;
mod macros;
mod refused;
mod select;
mod suspension;
mod together;

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{
    AttrStyle, Attribute, Block, Error, Expr, ExprMacro, ExprYield, Item, Macro, MacroDelimiter, Meta, MetaList, Stmt,
    Token, parse_quote,
    spanned::Spanned,
    token::{Bracket, Paren},
    visit_mut::{self, VisitMut},
};

pub(crate) use self::find::{block_delegates, block_suspends, calls_unknown_macros, suspends};
pub(crate) use self::macros::{
    arguments, awaited_operands, awaiting_arguments, hidden_awaiting, is_awaiting, is_logging, is_unknown,
    may_hide_return, name, pins,
};
pub(crate) use self::select::{handlers, scopes, with_handlers};
pub(crate) use self::suspension::{Source, What, source, what};
use self::{macros::early_exit, refused::Around};

use crate::{enclose, signature::Kind, std_macros};

/// What [`desugar`] has to know of the function.
pub(crate) struct Rules<'a> {
    /// What `self` becomes.
    pub this: &'a str,
    pub kind: &'a Kind,
    /// The path of a variant of the runtime's enum for so many branches.
    pub branch: &'a dyn Fn(usize, usize) -> syn::Path,
}

pub(crate) fn desugar(block: &mut Block, rules: &Rules) -> Vec<Error> {
    let mut walk = Desugar::new(rules);
    walk.visit_block_mut(block);
    let mut errors = walk.errors;
    // A function that never suspends has one stack frame.
    if block_suspends(block) {
        errors.extend(walk.pinned);
    }
    errors
}

/// The same for an argument of a macro, which has been checked before.
pub(crate) fn desugar_expr(expr: &mut Expr, rules: &Rules) {
    let mut walk = Desugar::new(rules);
    together::unmark(expr);
    walk.visit_expr_mut(expr);
}

struct Desugar<'a> {
    rules: &'a Rules<'a>,
    errors: Vec<Error>,
    /// The errors of macros that pin to the stack frame.
    pinned: Vec<Error>,
    /// The innermost construct around that is a function of its own.
    around: Option<Around>,
}

impl<'a> Desugar<'a> {
    fn new(rules: &'a Rules<'a>) -> Self {
        Desugar {
            rules,
            errors: Vec::new(),
            pinned: Vec::new(),
            around: None,
        }
    }

    fn error(&mut self, span: Span, message: String) {
        self.errors.push(Error::new(span, message));
    }

    fn inside(&mut self, what: Around, walk: impl FnOnce(&mut Self)) {
        let outer = self.around.replace(what);
        walk(self);
        self.around = outer;
    }

    fn suspension(&mut self, mac: &Macro, name: &Ident) -> Expr {
        if let Some(around) = self.around {
            self.errors.push(refused::inside(name, around));
        } else if let Kind::Future { output } = self.rules.kind {
            self.errors.push(refused::yield_in_future(name, output));
        }
        let mut source: Attribute = {
            let tokens = &mac.tokens;
            parse_quote!(#[#name(#tokens)])
        };
        if let Meta::List(list) = &mut source.meta {
            list.delimiter = mac.delimiter.clone();
        }
        let operand = match mac.tokens.is_empty() {
            true if name == "yield_from" => {
                self.errors.push(refused::nothing_to_delegate_to(name.span()));
                None
            }
            true => None,
            false => match refused::operand(name, mac) {
                Ok(mut operand) => {
                    self.visit_expr_mut(&mut operand);
                    Some(Box::new(operand))
                }
                Err(error) => {
                    self.errors.push(error);
                    None
                }
            },
        };
        Expr::Yield(ExprYield {
            attrs: vec![source],
            yield_token: syn::Token![yield](name.span()),
            expr: operand,
        })
    }

    /// `f(x).await` as `#[await_(f(x).await)] yield f(x)`; of what was enclosed, what is in the block.
    fn awaited(&mut self, mut awaited: syn::ExprAwait) -> Expr {
        let tokens = match &*awaited.base {
            Expr::Async(block) if enclose::is_enclosed(block) => {
                let stmts = &block.block.stmts;
                quote!(#(#stmts)*)
            }
            _ => awaited.to_token_stream(),
        };
        let at = awaited.await_token.span;
        self.visit_expr_mut(&mut awaited.base);
        suspended(What::Await, tokens, *awaited.base, at)
    }

    /// A macro that awaits its operands, as a suspension with all of it.
    fn awaiting_macro(&mut self, mut mac: ExprMacro) -> Expr {
        let (tokens, at) = (mac.to_token_stream(), mac.mac.path.span());
        let leaves = early_exit(mac.mac.tokens.clone());
        let yields = std_macros::hidden_yield(mac.mac.tokens.clone());
        if leaves.is_some() || yields.is_some() || select::has_code(&mac.mac) {
            let quiet = |futures: TokenStream| {
                early_exit(futures.clone()).is_none() && std_macros::hidden_yield(futures).is_none()
            };
            if select::futures(&mac.mac).is_some_and(quiet)
                && let Some(mut decided) = select::rewrite(&mac.mac, self.rules.branch)
            {
                self.visit_expr_mut(&mut decided);
                return decided;
            }
        }
        if let Some(leaves) = leaves {
            self.errors.push(refused::leaves_macro(&mac.mac, &leaves));
        }
        if let Some(span) = yields {
            self.errors.push(refused::in_macro(&mac.mac, span));
        }
        if macros::may_hide_return(&mac.mac) {
            self.errors.push(refused::in_macro(&mac.mac, at));
        }
        self.opaque_tokens(&mut mac.mac);
        suspended(What::AwaitMacro, tokens, Expr::Macro(mac), at)
    }

    /// Whether the macro, not one of std's, waits somewhere within.
    fn awaits_in(&self, mac: &Macro) -> bool {
        self.rules.kind.is_async() && self.around.is_none() && macros::awaits(mac)
    }

    /// A suspension of this function among the tokens. In a block or closure within, only what cannot be there.
    fn hidden(&self, mac: &Macro) -> Option<Span> {
        let tokens = || mac.tokens.clone();
        if self.around.is_some() {
            return std_macros::hidden_yield(tokens());
        }
        let awaits = self.rules.kind.is_async() && macros::hidden_awaiting(tokens());
        std_macros::hidden_suspension(tokens()).or_else(|| awaits.then(|| mac.path.span()))
    }

    /// A macro that stays a macro; suspensions in the arguments of std's are taken out later.
    fn arguments(&mut self, mac: &mut Macro) {
        let Some(span) = self.hidden(mac) else {
            return self.opaque_tokens(mac);
        };
        let Some(known) = std_macros::parse(mac) else {
            self.errors.push(refused::in_macro(mac, span));
            return;
        };
        for argument in &known.arguments {
            let (mut expr, before) = (argument.expr.clone(), self.errors.len());
            self.visit_expr_mut(&mut expr);
            debug_assert!(
                !argument.lazy || self.errors.len() > before || !suspends(&expr),
                "`assertions` has taken apart what is evaluated only sometimes"
            );
        }
        if self.rules.kind.is_async() {
            *mac = together::marked(mac);
        }
        // The suspensions stay as they are until the macro is taken apart: they could not be parsed again otherwise.
        self.opaque_tokens(mac);
    }

    /// `self` in tokens that may or may not be expressions.
    fn opaque_tokens(&self, mac: &mut Macro) {
        if std_macros::only_shows(mac) {
            return;
        }
        let this = self.rules.this;
        if let Some(mut known) = std_macros::parse(mac) {
            known.rename_captures(&|name| (name == "self").then(|| this.to_owned()));
            let mut exprs = known.exprs();
            for expr in &mut exprs {
                Nested(self).visit_expr_mut(expr);
                if let Ok(renamed) = syn::parse2(replace_self(expr.to_token_stream(), this)) {
                    *expr = renamed;
                }
            }
            *mac = known.rewritten(exprs);
        }
        let tokens = mac.tokens.clone();
        mac.tokens = match std_macros::logging(mac) {
            Some(logging) => std_macros::rewritten(tokens, logging, &mut ReplaceSelf(this)),
            None => replace_self(tokens, this),
        };
    }
}

/// [`replace_self`] in the arguments of a macro that logs.
struct ReplaceSelf<'a>(&'a str);

impl std_macros::Names for ReplaceSelf<'_> {
    fn tokens(&mut self, tokens: TokenStream) -> TokenStream {
        replace_self(tokens, self.0)
    }

    fn captured(&mut self, name: &Ident) -> Option<Ident> {
        (name == "self").then(|| Ident::new(self.0, name.span()))
    }
}

/// The macros among the arguments of another one.
struct Nested<'d, 'a>(&'d Desugar<'a>);

impl VisitMut for Nested<'_, '_> {
    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        self.0.opaque_tokens(mac);
    }
}

/// The expression as the user wrote it, for texts.
pub(crate) fn resugared(expr: &Expr) -> Expr {
    struct Resugar;
    impl VisitMut for Resugar {
        fn visit_expr_mut(&mut self, expr: &mut Expr) {
            visit_mut::visit_expr_mut(self, expr);
            if let Expr::Yield(suspension) = expr
                && let Some(Meta::List(list)) = suspension.attrs.first().map(|attr| &attr.meta)
            {
                let (name, tokens) = (&list.path, &list.tokens);
                *expr = match what(suspension) {
                    What::Yield | What::Delegate => parse_quote!(#name!(#tokens)),
                    What::Await | What::AwaitMacro => Expr::Verbatim(tokens.clone()),
                };
            }
        }
    }
    let mut expr = expr.clone();
    Resugar.visit_expr_mut(&mut expr);
    expr
}

/// A suspension that is no macro of ours: the operand, and what stands in the source.
fn suspended(what: What, source: TokenStream, operand: Expr, at: Span) -> Expr {
    let name = Ident::new(what.name(), at);
    let meta = Meta::List(MetaList {
        path: name.into(),
        delimiter: MacroDelimiter::Paren(Paren(at)),
        tokens: source,
    });
    let attr = Attribute {
        pound_token: Token![#](at),
        style: AttrStyle::Outer,
        bracket_token: Bracket(at),
        meta,
    };
    Expr::Yield(ExprYield {
        attrs: vec![attr],
        yield_token: Token![yield](at),
        expr: Some(Box::new(operand)),
    })
}

fn replace_self(tokens: TokenStream, this: &str) -> TokenStream {
    let mut tokens = tokens.into_iter().peekable();
    let mut result = TokenStream::new();
    while let Some(token) = tokens.next() {
        let token = match token {
            TokenTree::Ident(name) if name == "self" => {
                let path = matches!(tokens.peek(), Some(TokenTree::Punct(p)) if p.as_char() == ':');
                TokenTree::Ident(if path { name } else { Ident::new(this, name.span()) })
            }
            TokenTree::Group(group) => {
                let mut new = Group::new(group.delimiter(), replace_self(group.stream(), this));
                new.set_span(group.span());
                TokenTree::Group(new)
            }
            other => other,
        };
        result.extend([token]);
    }
    result
}

/// `yield_!(..)`, `yield_from!(..)`
pub(crate) fn is_suspension(mac: &Macro) -> bool {
    suspension_name(mac).is_some()
}

fn suspension_name(mac: &Macro) -> Option<Ident> {
    let name = &mac.path.segments.last()?.ident;
    (name == "yield_" || name == "yield_from").then(|| name.clone())
}

impl VisitMut for Desugar<'_> {
    fn visit_item_mut(&mut self, _: &mut Item) {}

    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        if let Stmt::Macro(mac) = &*stmt
            && self.around.is_none()
            && let Some(name) = macros::pins(&mac.mac)
        {
            self.pinned.push(refused::pins(name, &mac.mac));
        }
        if let Stmt::Macro(mac) = stmt {
            let is_expr = suspension_name(&mac.mac).is_some()
                || std_macros::parse(&mac.mac).is_some()
                || self.awaits_in(&mac.mac);
            if is_expr {
                let expr = Expr::Macro(ExprMacro {
                    attrs: std::mem::take(&mut mac.attrs),
                    mac: mac.mac.clone(),
                });
                *stmt = Stmt::Expr(expr, mac.semi_token);
            }
        }
        visit_mut::visit_stmt_mut(self, stmt);
    }

    fn visit_local_mut(&mut self, local: &mut syn::Local) {
        // Those of a closure are no fields.
        if self.around.is_none()
            && let Some(attr) = local.attrs.iter().find(|attr| attr.path().is_ident("cfg"))
        {
            self.errors.push(Error::new_spanned(
                attr,
                "`#[cfg]` on a `let` of a `#[coro]` function is not supported: whether the variable exists decides which \
                 fields the states have\nhelp: put it on an expression: `let x = { #[cfg(a)] { 1 } #[cfg(not(a))] { 2 } };`",
            ));
        }
        visit_mut::visit_local_mut(self, local);
    }

    fn visit_type_mut(&mut self, ty: &mut syn::Type) {
        if let syn::Type::Group(group) = ty {
            *ty = (*group.elem).clone();
        }
        // The length of an array, the argument of a const parameter.
        self.inside(Around::Constant, |walk| visit_mut::visit_type_mut(walk, ty));
    }

    fn visit_generic_argument_mut(&mut self, argument: &mut syn::GenericArgument) {
        self.inside(Around::Constant, |walk| {
            visit_mut::visit_generic_argument_mut(walk, argument);
        });
    }

    fn visit_expr_repeat_mut(&mut self, array: &mut syn::ExprRepeat) {
        self.visit_expr_mut(&mut array.expr);
        self.inside(Around::Constant, |walk| walk.visit_expr_mut(&mut array.len));
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        // An argument of a `macro_rules!`: rustc does not see the invisible delimiters again, so they become visible.
        if let Expr::Group(group) = expr {
            let inner = Box::new((*group.expr).clone());
            *expr = match *inner {
                Expr::Path(_)
                | Expr::Lit(_)
                | Expr::Paren(_)
                | Expr::Call(_)
                | Expr::MethodCall(_)
                | Expr::Macro(_) => *inner,
                _ => Expr::Paren(syn::ExprParen {
                    attrs: Vec::new(),
                    paren_token: Default::default(),
                    expr: inner,
                }),
            };
        }
        match expr {
            Expr::Macro(mac) => match suspension_name(&mac.mac) {
                Some(name) => *expr = self.suspension(&mac.mac, &name),
                None if self.awaits_in(&mac.mac) => *expr = self.awaiting_macro(mac.clone()),
                None => self.arguments(&mut mac.mac),
            },
            Expr::Path(path) if path.path.is_ident("self") => {
                let span = path.path.segments[0].ident.span();
                path.path = Ident::new(self.rules.this, span).into();
            }
            // `future.await()`: the parser has said what is wrong with it, and goes on as if the parentheses were not there.
            Expr::Call(call) if call.args.is_empty() && matches!(*call.func, Expr::Await(_)) => {
                *expr = (*call.func).clone();
                self.visit_expr_mut(expr);
            }
            Expr::Await(awaited) if self.rules.kind.is_async() && self.around.is_none() => {
                *expr = self.awaited(awaited.clone());
            }
            // In a closure of an async function rustc says it.
            Expr::Await(expr) if !self.rules.kind.is_async() && !self.around.is_some_and(Around::awaits) => {
                self.errors.push(refused::await_in_generator(expr.await_token.span));
            }
            Expr::Try(expr) if self.around.is_none() && refused::takes_no_error(self.rules.kind) => {
                let refused = refused::question_mark(expr.question_token.span, self.rules.kind);
                self.errors.extend(refused);
                self.visit_expr_mut(&mut expr.expr);
            }
            Expr::Yield(bare) => self.error(
                bare.yield_token.span,
                "`yield` is not stable syntax\nhelp: write `yield_!(value)`".into(),
            ),
            _ => visit_mut::visit_expr_mut(self, expr),
        }
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        self.arguments(mac);
    }

    fn visit_expr_closure_mut(&mut self, closure: &mut syn::ExprClosure) {
        let what = match closure.asyncness {
            Some(_) => Around::AsyncClosure,
            None => Around::Closure,
        };
        self.inside(what, |walk| walk.visit_expr_mut(&mut closure.body));
    }

    fn visit_expr_async_mut(&mut self, block: &mut syn::ExprAsync) {
        self.inside(Around::AsyncBlock, |walk| walk.visit_block_mut(&mut block.block));
    }

    fn visit_expr_const_mut(&mut self, block: &mut syn::ExprConst) {
        self.inside(Around::ConstBlock, |walk| walk.visit_block_mut(&mut block.block));
    }
}
