//! A macro that we do not know, and that awaits among its arguments or stands in what is enclosed: it may hide a `return`, so the
//! block goes to the end of the function, where `return` and `?` mean the same.
//!
//! ```text
//! // Input:
//! stop_if!(done().await);
//! log();
//! // Output:
//! async { stop_if!(done().await); log(); }.await
//! ```

use proc_macro2::Span;
use syn::{
    Block, Error, Expr, Macro, Stmt,
    spanned::Spanned,
    visit::{self, Visit},
};

use super::{Enclose, is_enclosed, leave::After};
use crate::{desugar, std_macros};

impl Enclose {
    /// Encloses what starts at a statement, as [`from`](Enclose::from) does.
    pub(super) fn with_macros(&mut self, block: &mut Block, index: usize, after: &After) {
        if *after != After::Function || !block.stmts[index..].iter().any(calls_unknown) {
            return self.from(block, index, after);
        }
        if let Some(at) = may_leave(&block.stmts[index])
            && self.whole_rest(block, index, at, after, None)
        {
            return;
        }
        let (before, errors) = (block.clone(), self.errors.len());
        self.from(block, index, after);
        let hidden = in_blocks(&block.stmts[index.min(block.stmts.len())..]);
        let Some(hidden) = hidden
            .last()
            .filter(|_| hidden.len() > in_blocks(&before.stmts[index..]).len())
        else {
            return;
        };
        *block = before;
        self.errors.truncate(errors);
        if !self.whole_rest(block, index, hidden.path.span(), after, None) {
            self.errors.push(refused(hidden));
        }
    }
}

fn refused(mac: &Macro) -> Error {
    let name = desugar::name(mac);
    Error::new(
        mac.path.span(),
        format!(
            "`{name}!` may hide a `return`, and stands in what borrows a local across an await\n\
             help: write what it does where it is called"
        ),
    )
}

/// Where the statement calls a macro that awaits among its arguments.
fn may_leave(stmt: &Stmt) -> Option<Span> {
    Find::among(stmt, &desugar::may_hide_return).map(|mac| mac.path.span())
}

/// Whether a macro that we do not know is called there.
pub(crate) fn calls_unknown(stmt: &Stmt) -> bool {
    Find::among(stmt, &desugar::is_unknown).is_some()
}

/// The macros in blocks that do not end with the function.
fn in_blocks(stmts: &[Stmt]) -> Vec<Macro> {
    struct Blocks(Vec<Macro>);
    impl Visit<'_> for Blocks {
        fn visit_expr_async(&mut self, block: &syn::ExprAsync) {
            let stmts = block.block.stmts.iter();
            self.0
                .extend(stmts.filter_map(|stmt| Find::among(stmt, &desugar::is_unknown)));
        }
        fn visit_item(&mut self, _: &syn::Item) {}
    }
    let ends = |stmt: &Stmt| match stmt {
        Stmt::Expr(Expr::Await(awaited), None) => matches!(&*awaited.base, Expr::Async(block) if is_enclosed(block)),
        _ => false,
    };
    let mut blocks = Blocks(Vec::new());
    stmts
        .iter()
        .filter(|stmt| !ends(stmt))
        .for_each(|stmt| blocks.visit_stmt(stmt));
    blocks.0
}

/// Finds a macro of that kind in code of this function.
struct Find<'f> {
    is: &'f dyn Fn(&Macro) -> bool,
    found: Option<Macro>,
}

impl<'f> Find<'f> {
    fn among(stmt: &Stmt, is: &'f dyn Fn(&Macro) -> bool) -> Option<Macro> {
        let mut find = Find { is, found: None };
        find.visit_stmt(stmt);
        find.found
    }
}

impl Visit<'_> for Find<'_> {
    fn visit_macro(&mut self, mac: &Macro) {
        if self.found.is_none() && (self.is)(mac) {
            self.found = Some(mac.clone());
        }
        if desugar::is_awaiting(mac) {
            let handlers = desugar::handlers(mac).unwrap_or_default();
            handlers.iter().for_each(|handler| self.visit_expr(handler));
        }
        std_macros::visit_arguments(mac, self);
    }

    fn visit_expr_closure(&mut self, _: &syn::ExprClosure) {}

    fn visit_expr_async(&mut self, block: &syn::ExprAsync) {
        if is_enclosed(block) {
            visit::visit_expr_async(self, block);
        }
    }

    fn visit_item(&mut self, _: &syn::Item) {}
}
