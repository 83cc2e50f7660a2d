//! Last expressions that certainly are no `Result`, where one is wanted: `Ok` was forgotten. The expansion is the same function of
//! the same value; but rustc says then what is missing.

use syn::{
    Expr, FnArg, Ident, ItemFn, Local, Pat, PatIdent, Path, Type,
    visit::{self, Visit},
};

use crate::syntax;

/// Whether the variable is none, as every `let` of its name shows, or as its type does.
pub(super) fn is_unwrapped(variable: &Expr, item: &ItemFn) -> bool {
    let Some(name) = syntax::variable(syntax::inner(variable)) else {
        return false;
    };
    let mut values = Values {
        name,
        unwrapped: 0,
        others: 0,
    };
    for input in &item.sig.inputs {
        if let FnArg::Typed(typed) = input {
            values.declared(&typed.pat, is_plain(&typed.ty));
        }
    }
    values.visit_block(&item.block);
    values.unwrapped > 0 && values.others == 0
}

/// Counts the declarations of a name.
struct Values<'n> {
    name: &'n Ident,
    unwrapped: usize,
    others: usize,
}

impl Values<'_> {
    fn declared(&mut self, pat: &Pat, unwrapped: bool) {
        let pat = match pat {
            Pat::Type(typed) => &typed.pat,
            other => other,
        };
        match pat {
            Pat::Ident(ident) if ident.ident == *self.name && unwrapped => self.unwrapped += 1,
            _ => self.visit_pat(pat),
        }
    }
}

impl Visit<'_> for Values<'_> {
    fn visit_local(&mut self, local: &Local) {
        let ty = match &local.pat {
            Pat::Type(typed) => Some(&*typed.ty),
            _ => None,
        };
        if let Some(init) = &local.init {
            self.visit_expr(&init.expr);
        }
        let value = local.init.as_ref().map(|init| &*init.expr);
        let unwrapped = ty.is_some_and(is_plain) || ty.is_none() && value.is_some_and(shows_no_result);
        self.declared(&local.pat, unwrapped);
    }

    fn visit_pat_ident(&mut self, pat: &PatIdent) {
        self.others += usize::from(pat.ident == *self.name);
        visit::visit_pat_ident(self, pat);
    }
}

fn shows_no_result(value: &Expr) -> bool {
    match syntax::inner(value) {
        Expr::Try(_)
        | Expr::Lit(_)
        | Expr::Array(_)
        | Expr::Repeat(_)
        | Expr::Tuple(_)
        | Expr::Range(_)
        | Expr::Binary(_)
        | Expr::Cast(_)
        | Expr::Reference(_) => true,
        Expr::Macro(mac) => mac.mac.path.is_ident("vec") || mac.mac.path.is_ident("format"),
        Expr::MethodCall(call) => gives_no_result(&call.method),
        Expr::Call(call) => matches!(&*call.func, Expr::Path(path) if makes_an_owner(&path.path)),
        _ => false,
    }
}

const OWNERS: [&str; 5] = ["String", "Vec", "HashMap", "BTreeMap", "HashSet"];

/// `Vec::new`
fn makes_an_owner(function: &Path) -> bool {
    let names: Vec<_> = function
        .segments
        .iter()
        .map(|segment| segment.ident.to_string())
        .collect();
    matches!(&names[..], [owner, new] if OWNERS.contains(&owner.as_str()) && (new == "new" || new == "with_capacity"))
}

/// A primitive type, a reference, or one of std's owners.
fn is_plain(ty: &Type) -> bool {
    match ty {
        Type::Reference(_) | Type::Tuple(_) | Type::Array(_) => true,
        Type::Path(path) => path
            .path
            .segments
            .last()
            .is_some_and(|last| syntax::is_primitive(&last.ident) || OWNERS.iter().any(|owner| last.ident == owner)),
        _ => false,
    }
}

/// Methods of std that nobody calls to get a `Result`.
pub(super) fn gives_no_result(method: &Ident) -> bool {
    let methods = ["len", "to_string", "to_owned", "to_vec", "is_empty", "count"];
    methods.iter().any(|name| method == name)
}
