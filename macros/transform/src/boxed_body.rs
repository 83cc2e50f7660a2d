//! The body of a function that returns a future as one writes it without `#[coro]`, and as `#[async_trait]` writes it.
//!
//! ```text
//! // Input:
//! fn load(&self) -> Pin<Box<dyn Future<Output = u32> + '_>> { Box::pin(async move { self.n().await }) }
//! // Output:
//! fn load(&self) -> Pin<Box<dyn Future<Output = u32> + '_>> { self.n().await }
//! ```
//!
//! An argument that the block does not mention would drop at the call: such a body stays as it is.

use quote::ToTokens;
use syn::{Block, Expr, ExprAsync, FnArg, Ident, Signature, Stmt};

use crate::{pattern, std_macros, syntax};

/// Takes the body out of its `async move` block, if it is nothing else.
pub(crate) fn unwrap(body: &mut Block, sig: &Signature) {
    let [Stmt::Expr(value, None)] = body.stmts.as_slice() else {
        return;
    };
    let Some(block) = future(value) else { return };
    let tokens = block.block.to_token_stream();
    let mentioned = |name: &Ident| std_macros::mentions(tokens.clone(), std::slice::from_ref(name));
    if sig.inputs.iter().flat_map(names).all(|name| mentioned(&name)) {
        body.stmts = block.block.stmts.clone();
    }
}

/// The block of `async move { .. }`, `Box::pin(async move { .. })`.
fn future(value: &Expr) -> Option<&ExprAsync> {
    match syntax::inner(value) {
        Expr::Async(block) => block.capture.is_some().then_some(block),
        Expr::Call(call) => {
            let Expr::Path(path) = syntax::inner(&call.func) else {
                return None;
            };
            let mut names = path.path.segments.iter().rev().map(|segment| &segment.ident);
            let pins = names.next()? == "pin" && names.next()? == "Box" && call.args.len() == 1;
            pins.then(|| future(&call.args[0])).flatten()
        }
        _ => None,
    }
}

fn names(input: &FnArg) -> Vec<Ident> {
    match input {
        FnArg::Receiver(receiver) => vec![Ident::new("self", receiver.self_token.span)],
        FnArg::Typed(typed) => pattern::names(&typed.pat),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_body(function: &str, expected: &str) {
        let mut function: syn::ItemFn = syn::parse_str(function).expect("a function");
        unwrap(&mut function.block, &function.sig);
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
        let stay = [
            "{ Box::pin(async move { a().await }) }",
            "{ let n = n; async move { a(n).await } }",
            "{ async { a(n).await } }",
            "{ Pin::new(async move { a(n).await }) }",
        ];
        for body in stay {
            assert_body(&format!("fn f(n: u32) -> F {body}"), body);
        }
    }
}
