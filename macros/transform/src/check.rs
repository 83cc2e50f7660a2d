//! What a function must not do, said in rustc's words: its own errors would be about the machine, or there would be none.
//!
//! Input: the attribute's arguments and the desugared body. Output: all errors. Whatever rustc says as well at the
//! user's token is left to it.

mod asked;
mod assigned;
mod bases;
mod borrowed;
mod dereferenced;
mod jumps;
mod looped;
mod pinned;
mod pointers;
mod shared_self;

pub(crate) use self::asked::ask as ask_of_pointers;
pub(crate) use self::assigned::check as assignments;
pub(crate) use self::bases::check as bases;
pub(crate) use self::borrowed::{Borrow, check as borrows};
pub(crate) use self::dereferenced::{Pointers, pointers as used_as_pointers};
pub(crate) use self::looped::check as changed_in_loops;
pub(crate) use self::pinned::check as pins;
pub(crate) use self::pointers::check as pointers;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{
    Block, Error, Expr, FnArg, ItemFn, ReturnType, Signature,
    visit::{self, Visit},
};

use crate::{
    attribute::First,
    desugar::{self, What},
    pattern,
    signature::{Kind, Returned},
    source::quote_source,
    std_macros, syntax,
};

/// Misuse of `first = name`.
pub(crate) fn first(first: Option<&First>, returned: &Returned) -> Option<Error> {
    let what = match &returned.kind {
        Kind::Coroutine { .. } => return None,
        Kind::Iterator { item } => {
            let item = quote_source(&item.to_token_stream(), 60);
            format!(
                "`first` names the input of the first resume, and an iterator has no inputs\n\
                 help: remove it, or return `impl Coroutine<Input, Yield = {item}, Return = ()>`"
            )
        }
        Kind::Future { .. } | Kind::Stream { .. } => {
            "`first` names the input of the first resume, and what is polled has no inputs\nhelp: remove it".to_owned()
        }
    };
    first.map(|first| Error::new(first.argument.span(), what))
}

/// Misuse in the body.
pub(crate) fn body(block: &Block, sig: &Signature, returned: &Returned, this: &Ident) -> Vec<Error> {
    let mut errors = of_any(block, sig);
    errors.extend(shared_self::check(block, sig, this));
    if returned.boxed.is_none() {
        let mut recursion = Recursion {
            sig,
            free: is_free(block, sig),
            this,
            returned,
            errors: &mut errors,
        };
        recursion.visit_block(block);
    }
    errors
}

/// Whether it is certainly no associated function.
fn is_free(block: &Block, sig: &Signature) -> bool {
    let of_type = |tokens| std_macros::mentions(tokens, &[Ident::new("Self", Span::call_site())]);
    sig.receiver().is_none() && !of_type(sig.to_token_stream()) && !of_type(block.to_token_stream())
}

/// A function that awaits, yields nothing, and returns a plain value: `async` was forgotten.
pub(crate) fn not_async(item: &ItemFn) -> Option<Error> {
    let (sig, body) = (&item.sig, item.block.to_token_stream());
    let opaque = matches!(&sig.output, ReturnType::Type(_, ty) if {
        let ty = ty.to_token_stream();
        ["impl", "dyn"].iter().any(|word| mentions(ty.clone(), word))
    });
    let awaits = std_macros::hidden_await(body.clone()) && std_macros::hidden_yield(body).is_none();
    // An attribute below may have taken it away: that error says so.
    let forgotten = awaits && !opaque && sig.asyncness.is_none() && sig.ident != "main";
    let name = &sig.ident;
    let what = format!("`{name}` awaits, and is not `async`\nhelp: write `async fn {name}`");
    forgotten.then(|| Error::new(sig.fn_token.span, what))
}

fn mentions(tokens: TokenStream, word: &str) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == word,
        TokenTree::Group(group) => mentions(group.stream(), word),
        _ => false,
    })
}

/// Arguments of one name: they would be fields of one name.
fn bound_twice(sig: &Signature) -> Option<Error> {
    let patterns = sig.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(typed) => Some(&*typed.pat),
        FnArg::Receiver(_) => None,
    });
    let names: Vec<_> = patterns.flat_map(pattern::names).collect();
    let twice = (1..names.len()).find(|&index| names[..index].contains(&names[index]))?;
    let name = &names[twice];
    let message = format!("identifier `{name}` is bound more than once in this parameter list");
    Some(Error::new(name.span(), message))
}

/// `let self = ..;`, which parses.
struct BoundSelf<'a>(&'a mut Vec<Error>);

impl Visit<'_> for BoundSelf<'_> {
    fn visit_pat_ident(&mut self, pat: &syn::PatIdent) {
        if pat.ident == "self" {
            let message = "expected identifier, found keyword `self`";
            self.0.push(Error::new(pat.ident.span(), message));
        }
        visit::visit_pat_ident(self, pat);
    }
}

/// Misuse in a function of whatever kind.
pub(crate) fn of_any(block: &Block, sig: &Signature) -> Vec<Error> {
    let mut errors = jumps::check(block);
    BoundSelf(&mut errors).visit_block(block);
    errors.extend(bound_twice(sig));
    errors
}

/// Delegation to the function itself, without a box in between.
struct Recursion<'a> {
    sig: &'a Signature,
    /// It is called by its name alone: a function of that name is this one.
    free: bool,
    this: &'a Ident,
    returned: &'a Returned,
    errors: &'a mut Vec<Error>,
}

impl Visit<'_> for Recursion<'_> {
    fn visit_expr_yield(&mut self, suspension: &syn::ExprYield) {
        let what = desugar::what(suspension);
        // A method of this name may be another one: of that rustc tells.
        let this = (!self.free).then_some(self.this);
        if (what == What::Delegate || what == What::Await && self.free)
            && let Some(operand) = &suspension.expr
            && let Some(call) = call_of_itself(operand, &self.sig.ident, this)
        {
            let name = &self.sig.ident;
            let help = match what {
                What::Await => format!("await a box: `Box::pin({name}(..)).await`"),
                _ => format!("return `{}`", boxed(&self.returned.kind, self.sig)),
            };
            self.errors.push(self.endless(call, &help));
        }
        if what == What::Delegate
            && matches!(self.returned.kind, Kind::Stream { .. })
            && let Some(operand) = &suspension.expr
            && (is_list(operand) || matches!(syntax::inner(operand), Expr::Lit(_)))
        {
            let text = quote_source(&operand.to_token_stream(), 60);
            let what = match is_list(operand) {
                true => format!(
                    "`{text}` is an iterator, or can be iterated, and no stream\nhelp: write `for value in {text} {{ yield_!(value); }}`"
                ),
                false => format!("`{text}` is no stream\nhelp: to yield it, write `yield_!({text})`"),
            };
            self.errors.push(Error::new_spanned(operand, what));
        }
        visit::visit_expr_yield(self, suspension);
    }

    /// The iterator of a loop that is suspended is a part of the machine.
    fn visit_expr_for_loop(&mut self, expr: &syn::ExprForLoop) {
        // A method of this name may be another one here, too.
        if self.free
            && desugar::block_suspends(&expr.body)
            && let Some(call) = call_of_itself(&expr.expr, &self.sig.ident, None)
        {
            let help = format!("return `{}`", boxed(&self.returned.kind, self.sig));
            self.errors.push(self.endless(call, &help));
        }
        visit::visit_expr_for_loop(self, expr);
    }

    fn visit_item(&mut self, _: &syn::Item) {}
}

/// A range or an array, which is certainly no stream.
fn is_list(expr: &Expr) -> bool {
    match syntax::inner(expr) {
        Expr::Range(_) | Expr::Array(_) | Expr::Repeat(_) => true,
        Expr::Macro(mac) => mac.mac.path.is_ident("vec"),
        _ => false,
    }
}

impl Recursion<'_> {
    fn endless(&self, call: &Ident, help: &str) -> Error {
        let what = format!("`{call}` contains itself, and such a type has no size\nhelp: {help}");
        Error::new(call.span(), what)
    }
}

/// The name in `name(..)`, `Self::name(..)` and `self.name(..)`, if that is surely the function itself. `this` is there if
/// it is a method.
pub(crate) fn call_of_itself<'e>(expr: &'e Expr, own: &Ident, this: Option<&Ident>) -> Option<&'e Ident> {
    let name = match syntax::inner(expr) {
        Expr::MethodCall(call) => {
            let receiver = syntax::variable(&call.receiver);
            (receiver.is_some() && receiver == this).then_some(&call.method)
        }
        Expr::Call(call) => match syntax::inner(&call.func) {
            Expr::Path(path) if path.qself.is_none() => {
                let alone = path.path.get_ident().filter(|_| this.is_none());
                let segments = &path.path.segments;
                let of_self = segments.len() == 2 && segments[0].ident == "Self";
                alone.or_else(|| of_self.then(|| &segments[1].ident))
            }
            _ => None,
        },
        _ => None,
    };
    name.filter(|name| *name == own)
}

/// The boxed form of a return type.
fn boxed(kind: &Kind, sig: &Signature) -> String {
    let borrows = sig.inputs.to_token_stream().to_string().contains('&');
    let lives = if borrows { " + '_" } else { "" };
    let text = |ty: &syn::Type| quote_source(&ty.to_token_stream(), 60);
    match kind {
        Kind::Iterator { item } => format!("Box<dyn Iterator<Item = {}>{lives}>", text(item)),
        Kind::Coroutine {
            input,
            yielded,
            returned,
        } => format!(
            "Box<dyn Coroutine<{}, Yield = {}, Return = {}>{lives}>",
            text(input),
            text(yielded),
            text(returned)
        ),
        Kind::Future { output } => format!("Pin<Box<dyn Future<Output = {}>{lives}>>", text(output)),
        Kind::Stream { item } => format!("Pin<Box<dyn Stream<Item = {}>{lives}>>", text(item)),
    }
}
