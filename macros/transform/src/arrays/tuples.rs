//! Arrays that a tuple declares: `let (mut window, n) = ([0; 8], 1);` is `let mut window = [0; 8]; let n = 1;`, since making an
//! array of literals does nothing.

use proc_macro2::Ident;
use syn::{
    Block, Expr, Local, Pat, Stmt, parse_quote,
    visit_mut::{self, VisitMut},
};

use crate::{pattern, syntax};

/// The declarations that this one consists of.
pub(super) fn parts(local: &Local) -> Vec<Local> {
    match taken_apart(local) {
        Some(parts) => parts
            .iter()
            .filter_map(|(pat, value)| declaration(pat, value))
            .collect(),
        None => vec![local.clone()],
    }
}

/// Makes a statement of its own of the declaration of this variable.
pub(super) fn split(body: &mut Block, name: &Ident) {
    struct Split<'n>(&'n Ident);
    impl VisitMut for Split<'_> {
        fn visit_block_mut(&mut self, block: &mut Block) {
            let stmts = std::mem::take(&mut block.stmts);
            block.stmts = stmts.into_iter().flat_map(|stmt| of_its_own(stmt, self.0)).collect();
            visit_mut::visit_block_mut(self, block);
        }
    }
    Split(name).visit_block_mut(body);
}

fn of_its_own(stmt: Stmt, name: &Ident) -> Vec<Stmt> {
    let Stmt::Local(local) = &stmt else {
        return vec![stmt];
    };
    let Some(parts) = taken_apart(local) else {
        return vec![stmt];
    };
    let (own, others): (Vec<_>, Vec<_>) = parts
        .into_iter()
        .partition(|(pat, _)| pattern::names(pat).contains(name));
    let declared = own.iter().filter_map(|(pat, value)| declaration(pat, value));
    let mut stmts: Vec<_> = declared.map(Stmt::Local).collect();
    if stmts.is_empty() {
        return vec![stmt];
    }
    let (pats, values): (Vec<_>, Vec<_>) = others.into_iter().unzip();
    match (pats.as_slice(), values.as_slice()) {
        ([], _) => {}
        ([pat], [value]) if binds_value(pat) => stmts.push(parse_quote!(let #pat = #value;)),
        // A tuple takes by value what another pattern would leave or borrow.
        _ => stmts.push(parse_quote!(let (#(#pats,)*) = (#(#values,)*);)),
    }
    stmts
}

fn binds_value(pat: &Pat) -> bool {
    pattern::single(pat).is_some_and(|single| single.by_ref.is_none())
}

/// The patterns of a tuple, each with its value.
fn taken_apart(local: &Local) -> Option<Vec<(&Pat, &Expr)>> {
    let init = local.init.as_ref().filter(|init| init.diverge.is_none())?;
    let (Pat::Tuple(pats), Expr::Tuple(values)) = (&local.pat, syntax::inner(&init.expr)) else {
        return None;
    };
    let rest = pats.elems.iter().any(|pat| matches!(pat, Pat::Rest(_)));
    let complete = !rest && local.attrs.is_empty() && pats.elems.len() == values.elems.len();
    complete.then(|| pats.elems.iter().zip(&values.elems).collect())
}

fn declaration(pat: &Pat, value: &Expr) -> Option<Local> {
    match parse_quote!(let #pat = #value;) {
        Stmt::Local(local) => Some(local),
        _ => None,
    }
}
