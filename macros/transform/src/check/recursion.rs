//! A function that calls itself: what it becomes contains itself, unless there is a box in between, or a stack.

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::{
    Block, Error, Expr, Signature,
    visit::{self, Visit},
};

use crate::{
    desugar::{self, What},
    signature::{Kind, Returned},
    source::quote_source,
    std_macros, syntax,
};

/// `recursive`: the word of the attribute.
pub(super) fn check(
    block: &Block,
    sig: &Signature,
    returned: &Returned,
    this: &Ident,
    recursive: Option<&Ident>,
) -> Vec<Error> {
    let mut recursion = Recursion {
        block,
        sig,
        this,
        returned,
        recursive: recursive.is_some(),
        calls: false,
        errors: Vec::new(),
    };
    recursion.visit_block(block);
    if let Some(word) = recursive {
        // A call may stand where it is no operand, as in a branch: of that rustc tells.
        let calls = recursion.calls || std_macros::mentions(block.to_token_stream(), std::slice::from_ref(&sig.ident));
        let refused = refused(word, sig, returned, calls);
        recursion.errors.extend(refused);
    }
    recursion.errors
}

/// `recursive` where nothing is.
fn refused(word: &Ident, sig: &Signature, returned: &Returned, calls: bool) -> Option<Error> {
    let name = &sig.ident;
    let what = match &returned.kind {
        Kind::Iterator { .. } if calls => return None,
        Kind::Iterator { .. } => {
            format!("`{name}` is not recursive: no `yield_from!({name}(..))` stands in it\nhelp: remove `{word}`")
        }
        Kind::Coroutine { .. } => {
            format!(
                "`{word}` needs a function that returns an iterator\nhelp: remove it, and return `{}`",
                boxed(&returned.kind, sig)
            )
        }
        Kind::Future { .. } | Kind::Stream { .. } => {
            format!(
                "`{word}` needs a function that returns an iterator\nhelp: remove it, and box what `{name}` calls of itself"
            )
        }
    };
    Some(Error::new(word.span(), what))
}

/// How a function calls itself.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum CalledAs {
    /// `walk(..)`
    Free,
    /// `Self::walk(..)`: by its name alone it would be another function.
    Associated,
    /// `Self::walk(..)` or `node.walk(..)`
    Method,
}

impl CalledAs {
    pub(crate) fn of(block: &Block, sig: &Signature) -> Self {
        match sig.receiver() {
            Some(_) => CalledAs::Method,
            None if is_free(block, sig) => CalledAs::Free,
            None => CalledAs::Associated,
        }
    }
}

/// What a call of the function itself gives to it, with the receiver of a method.
pub(crate) fn given_to_itself(call: &Expr, own: &Ident, count: usize, called: CalledAs) -> Option<Vec<Expr>> {
    let given: Vec<Expr> = match syntax::inner(call) {
        Expr::Call(call) if is_named(&call.func, own, called) => call.args.iter().cloned().collect(),
        Expr::MethodCall(call) if called == CalledAs::Method && call.method == *own && call.turbofish.is_none() => {
            let receiver = (*call.receiver).clone();
            [receiver].into_iter().chain(call.args.iter().cloned()).collect()
        }
        _ => return None,
    };
    (given.len() == count).then_some(given)
}

fn is_named(callee: &Expr, own: &Ident, called: CalledAs) -> bool {
    let Expr::Path(path) = syntax::inner(callee) else {
        return false;
    };
    let segments: Vec<_> = path.path.segments.iter().collect();
    let plain = path.qself.is_none() && path.path.leading_colon.is_none();
    plain
        && match (called, segments.as_slice()) {
            (CalledAs::Free, [name]) => name.ident == *own && name.arguments.is_empty(),
            (CalledAs::Associated | CalledAs::Method, [of, name]) => {
                of.ident == "Self" && name.ident == *own && name.arguments.is_empty()
            }
            _ => false,
        }
}

/// Whether it is certainly no associated function.
fn is_free(block: &Block, sig: &Signature) -> bool {
    let of_type = |tokens| std_macros::mentions(tokens, &[Ident::new("Self", Span::call_site())]);
    sig.receiver().is_none() && !of_type(sig.to_token_stream()) && !of_type(block.to_token_stream())
}

/// Delegation to the function itself, without a box in between.
struct Recursion<'a> {
    block: &'a Block,
    sig: &'a Signature,
    this: &'a Ident,
    returned: &'a Returned,
    recursive: bool,
    /// Whether there is a call of itself that goes to the stack.
    calls: bool,
    errors: Vec<Error>,
}

impl Visit<'_> for Recursion<'_> {
    fn visit_expr_yield(&mut self, suspension: &syn::ExprYield) {
        if let Some(operand) = &suspension.expr {
            match desugar::what(suspension) {
                What::Delegate => self.delegates(operand),
                What::Await => self.awaits(operand),
                _ => {}
            }
        }
        visit::visit_expr_yield(self, suspension);
    }

    /// The iterator of a loop that is suspended is a part of the machine.
    fn visit_expr_for_loop(&mut self, expr: &syn::ExprForLoop) {
        // A method of this name may be another one here, too.
        if let Some(call) = call_of_itself(&expr.expr, &self.sig.ident, None)
            && desugar::block_suspends(&expr.body)
            && self.is_free()
        {
            self.endless(call, &self.instead());
        }
        visit::visit_expr_for_loop(self, expr);
    }

    fn visit_item(&mut self, _: &syn::Item) {}
}

impl Recursion<'_> {
    /// Whether it is called by its name alone: a function of that name is this one. It takes a look at each token, and few
    /// functions have a call that asks for it.
    fn is_free(&self) -> bool {
        is_free(self.block, self.sig)
    }

    fn delegates(&mut self, operand: &Expr) {
        let own = &self.sig.ident;
        let called = self.recursive.then(|| CalledAs::of(self.block, self.sig));
        if called.is_some_and(|called| given_to_itself(operand, own, self.sig.inputs.len(), called).is_some()) {
            self.calls = true;
            return;
        }
        // A method of this name may be another one: of that rustc tells.
        let this = (!self.is_free()).then_some(self.this);
        if let Some(call) = call_of_itself(operand, own, this) {
            self.endless(call, &self.instead());
        }
        if matches!(self.returned.kind, Kind::Stream { .. }) {
            self.errors.extend(no_stream(operand));
        }
    }

    fn awaits(&mut self, operand: &Expr) {
        if let Some(call) = call_of_itself(operand, &self.sig.ident, None)
            && self.is_free()
        {
            self.endless(call, &format!("await a box: `Box::pin({call}(..)).await`"));
        }
    }

    fn endless(&mut self, call: &Ident, help: &str) {
        if self.returned.boxed.is_none() {
            let what = format!("`{call}` contains itself, and such a type has no size\nhelp: {help}");
            self.errors.push(Error::new(call.span(), what));
        }
    }

    /// How it can delegate to itself.
    fn instead(&self) -> String {
        let (name, boxed) = (&self.sig.ident, boxed(&self.returned.kind, self.sig));
        match &self.returned.kind {
            Kind::Iterator { .. } if self.recursive => format!("write `yield_from!({name}(..))`"),
            Kind::Iterator { .. } => {
                format!("write `#[coro(recursive)]` and `yield_from!({name}(..))`\nhelp: or return `{boxed}`")
            }
            _ => format!("return `{boxed}`"),
        }
    }
}

fn no_stream(operand: &Expr) -> Option<Error> {
    let text = quote_source(&operand.to_token_stream(), 60);
    let what = if is_list(operand) {
        format!(
            "`{text}` is an iterator, or can be iterated, and no stream\nhelp: write `for value in {text} {{ yield_!(value); }}`"
        )
    } else if matches!(syntax::inner(operand), Expr::Lit(_)) {
        format!("`{text}` is no stream\nhelp: to yield it, write `yield_!({text})`")
    } else {
        return None;
    };
    Some(Error::new_spanned(operand, what))
}

/// A range or an array, which is certainly no stream.
fn is_list(expr: &Expr) -> bool {
    match syntax::inner(expr) {
        Expr::Range(_) | Expr::Array(_) | Expr::Repeat(_) => true,
        Expr::Macro(mac) => mac.mac.path.is_ident("vec"),
        _ => false,
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
