//! The body of a function that returns a future as one writes it without `#[coro]`, and as `#[async_trait]` writes it.
//!
//! ```text
//! // Input:
//! fn load(&self) -> Pin<Box<dyn Future<Output = u32> + '_>> { Box::pin(async move { self.n().await }) }
//! // Output:
//! fn load(&self) -> Pin<Box<dyn Future<Output = u32> + '_>> { self.n().await }
//! ```
//!
//! `async move { .. }.boxed()` is `{ .. }` too, and the machine is boxed by that method.
//!
//! What the block does not have of an argument drops at the call, and what it has drops in the order of its mentions. So a body
//! stays as it is unless its arguments have no drops, or there is one that it has as a whole, or it moves them into variables
//! at its beginning.

use quote::ToTokens;
use syn::{
    Block, Error, Expr, ExprAsync, FnArg, Ident, Local, Pat, ReceiverKind, Signature, Stmt, Type,
    visit::{self, Visit},
};

use crate::{
    enclose, pattern,
    signature::{self, Kind},
    syntax,
};

/// Takes the body out of its `async move` block, if it is nothing else: the method that boxed the block, if one did.
pub(crate) fn unwrap(body: &mut Block, sig: &Signature, kind: &Kind) -> Option<Ident> {
    let [Stmt::Expr(value, None)] = body.stmts.as_slice() else {
        return None;
    };
    let future = future(value).filter(|_| is_made(sig, kind))?;
    if future.block.capture.is_none() || !drop_alike(&future.block.block, sig) {
        return None;
    }
    let (stmts, method) = (future.block.block.stmts.clone(), future.method.cloned());
    body.stmts = stmts;
    method
}

/// A future that the body would give, where it is what the future does: what is wrong with that.
pub(crate) fn refused(body: &Block, sig: &Signature, kind: &Kind) -> Option<Error> {
    let (Some(Stmt::Expr(value, None)), Kind::Future { output }) = (body.stmts.last(), kind) else {
        return None;
    };
    // Whoever awaits in front of the block knows what the body is.
    let (_, before) = body.stmts.split_last()?;
    let awaits = before.iter().any(|stmt| enclose::awaits(stmt.to_token_stream()));
    let future = future(value).filter(|_| is_made(sig, kind) && !awaits && !may_be_future(output))?;
    let what = "the body is what the future does, and this block is a future in it";
    let help = match body.stmts.as_slice() {
        [_] if future.block.capture.is_some() => {
            let dropped = sig.inputs.iter().filter(|input| drops(input)).filter_map(name);
            let bound = dropped.map(|name| match name == "self" {
                true => "let this = self;".to_owned(),
                false => format!("let {name} = {name};"),
            });
            format!("or begin the block with `{}`", Vec::from_iter(bound).join(" "))
        }
        [_] => "or write `async move`".to_owned(),
        _ => "what stands before it runs at the first poll then".to_owned(),
    };
    let message = format!("{what}\nhelp: write the body without the block; {help}");
    Some(Error::new(future.block.async_token.span, message))
}

/// Whether the function makes a future, and not one that gives another.
fn is_made(sig: &Signature, kind: &Kind) -> bool {
    matches!(kind, Kind::Future { .. }) && sig.asyncness.is_none()
}

/// Whether what a future gives may be a future as well.
fn may_be_future(output: &Type) -> bool {
    output.to_token_stream().to_string().contains("Fut")
}

fn drop_alike(block: &Block, sig: &Signature) -> bool {
    let dropped: Vec<_> = sig.inputs.iter().filter(|input| drops(input)).map(name).collect();
    match dropped.as_slice() {
        [] => true,
        [Some(name)] if captures(block, name) => true,
        names => {
            let rebound = rebound(&block.stmts);
            let rebound = rebound.into_iter().filter(|name| dropped.contains(&Some(name.clone())));
            rebound.map(Some).eq(names.iter().cloned())
        }
    }
}

/// `async move { .. }.boxed()`, with what boxes it.
struct Boxed<'e> {
    block: &'e ExprAsync,
    method: Option<&'e Ident>,
}

/// The block of `async move { .. }`, `Box::pin(async move { .. })`, `async move { .. }.boxed()`.
fn future(value: &Expr) -> Option<Boxed<'_>> {
    match syntax::inner(value) {
        Expr::Async(block) => Some(Boxed { block, method: None }),
        Expr::MethodCall(call) if call.method == "boxed" || call.method == "boxed_local" => {
            let Expr::Async(block) = syntax::inner(&call.receiver) else {
                return None;
            };
            let method = Some(&call.method);
            Some(Boxed { block, method }).filter(|_| call.args.is_empty() && call.turbofish.is_none())
        }
        Expr::Call(call) => {
            let Expr::Path(path) = syntax::inner(&call.func) else {
                return None;
            };
            let mut names = path.path.segments.iter().rev().map(|segment| &segment.ident);
            let pins = names.next()? == "pin" && names.next()? == "Box" && call.args.len() == 1;
            let block = future(call.args.first().filter(|_| pins)?)?;
            block.method.is_none().then_some(block)
        }
        _ => None,
    }
}

/// Whether anybody may see when the argument drops.
fn drops(input: &FnArg) -> bool {
    match input {
        FnArg::Receiver(receiver) => !matches!(receiver.kind, ReceiverKind::Reference(..)),
        FnArg::Typed(typed) => !signature::is_memory(&typed.ty),
    }
}

/// The name of the argument, if that is all of its pattern.
fn name(input: &FnArg) -> Option<Ident> {
    match input {
        FnArg::Receiver(receiver) => Some(Ident::new("self", receiver.self_token.span)),
        FnArg::Typed(typed) => pattern::single(&typed.pat).map(|binding| binding.ident.clone()),
    }
}

/// The variables that the block moves into others at its beginning: `let key = key;`.
fn rebound(stmts: &[Stmt]) -> Vec<Ident> {
    let mut names = Vec::new();
    for stmt in stmts {
        match stmt {
            Stmt::Local(Local {
                pat: Pat::Ident(binding),
                init: Some(init),
                ..
            }) if binding.by_ref.is_none() => match syntax::variable(&init.expr) {
                Some(name) => names.push(name.clone()),
                None => break,
            },
            Stmt::Expr(Expr::If(branch), _) if is_never(&branch.cond) => {}
            _ => break,
        }
    }
    names
}

/// `let Some(value) = None::<T>`, which `#[async_trait]` writes for its type.
fn is_never(condition: &Expr) -> bool {
    let Expr::Let(condition) = condition else { return false };
    match &*condition.expr {
        Expr::Path(path) => path.path.segments.last().is_some_and(|last| last.ident == "None"),
        _ => false,
    }
}

/// Whether the block has all of the variable: a field of it would be no more than that, and `_` nothing.
fn captures(block: &Block, name: &Ident) -> bool {
    struct Find<'n> {
        name: &'n Ident,
        whole: bool,
        shadowed: bool,
    }
    impl Find<'_> {
        fn used(&mut self, operand: &Expr) {
            let operand = match syntax::inner(operand) {
                Expr::Reference(reference) => &reference.expr,
                value => value,
            };
            self.whole |= syntax::variable(operand) == Some(self.name);
        }
    }
    impl Visit<'_> for Find<'_> {
        fn visit_expr_call(&mut self, call: &syn::ExprCall) {
            call.args.iter().for_each(|argument| self.used(argument));
            visit::visit_expr_call(self, call);
        }
        fn visit_expr_method_call(&mut self, call: &syn::ExprMethodCall) {
            self.used(&call.receiver);
            call.args.iter().for_each(|argument| self.used(argument));
            visit::visit_expr_method_call(self, call);
        }
        fn visit_pat_ident(&mut self, binding: &syn::PatIdent) {
            self.shadowed |= binding.ident == *self.name;
            visit::visit_pat_ident(self, binding);
        }
        fn visit_item(&mut self, _: &syn::Item) {}
    }
    let mut find = Find {
        name,
        whole: false,
        shadowed: false,
    };
    find.visit_block(block);
    find.whole && !find.shadowed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_body(function: &str, expected: &str) {
        let mut function: syn::ItemFn = syn::parse_str(function).expect("a function");
        let output = syn::parse_quote!(u32);
        unwrap(&mut function.block, &function.sig, &Kind::Future { output });
        let expected: Block = syn::parse_str(expected).expect("a block");
        assert_eq!(
            function.block.to_token_stream().to_string(),
            expected.to_token_stream().to_string()
        );
    }

    #[test]
    fn bodies() {
        assert_body(
            "fn f(n: u32) -> F { Box::pin(async move { a(n).await }) }",
            "{ a(n).await }",
        );
        assert_body(
            "fn f(&self) -> F { async move { self.a().await } }",
            "{ self.a().await }",
        );
        assert_body(
            "fn f(self, key: String) -> F { Box::pin(async move { let this = self; let mut key = key; a(key).await }) }",
            "{ let this = self; let mut key = key; a(key).await }",
        );
        assert_body(
            "fn f(job: Job) -> F { Box::pin(async move { job.run().await }) }",
            "{ job.run().await }",
        );
        assert_body(
            "fn f(a: String, b: Vec<u8>) -> F { async move { c(b, a).await }.boxed() }",
            "{ c(b, a).await }",
        );
        let stay = [
            "{ Box::pin(async move { a().await }) }",
            "{ Box::pin(async move { n.a.b().await }) }",
            "{ Box::pin(async move { let n = b(n); a(n).await }) }",
            "{ Box::pin(async move { match n { N { a, .. } => a.await } }) }",
            "{ Box::pin(async move { let _ = n; a().await }) }",
            "{ let n = n; async move { a(n).await } }",
            "{ async { a(n).await } }",
            "{ async move { a(n).await }.shared() }",
            "{ Pin::new(async move { a(n).await }) }",
        ];
        for body in stay {
            assert_body(&format!("fn f(n: N) -> F {body}"), body);
        }
    }
}
