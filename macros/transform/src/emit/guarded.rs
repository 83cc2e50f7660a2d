//! Jumps from where a guard is alive in the code around them: the guard has to drop before what it borrows goes on.

use std::collections::BTreeSet;

use proc_macro2::Ident;
use syn::{
    Block, Expr, ExprAsync, ExprClosure, ExprForLoop, ExprIf, ExprMatch, ExprWhile, Item, Local, Macro, Stmt,
    visit::{self, Visit},
};

use crate::{
    edition::Edition,
    effects,
    ir::{Code, EnvId, JumpId, LocalId, Machine},
    pattern, std_borrows, syntax,
};

/// The jumps of the statement that leave the scope of a guard, as its name tells, of something that goes on.
pub(super) fn jumps(machine: &Machine, code: &Code<Stmt>, edition: Edition) -> BTreeSet<JumpId> {
    let mut find = Find {
        machine,
        env: code.env,
        edition,
        borrowed: Vec::new(),
        found: BTreeSet::new(),
    };
    find.visit_stmt(&code.syntax);
    find.found
}

struct Find<'a> {
    machine: &'a Machine,
    env: EnvId,
    edition: Edition,
    /// What the guards borrow that are alive.
    borrowed: Vec<LocalId>,
    found: BTreeSet<JumpId>,
}

impl Find<'_> {
    /// Walks what temporaries of the expression outlive.
    fn with_temporaries(&mut self, of: &Expr, walk: impl FnOnce(&mut Self)) {
        self.scope(|find| {
            find.borrow(guards(of));
            walk(find);
        });
    }

    fn scope(&mut self, walk: impl FnOnce(&mut Self)) {
        let borrowed = self.borrowed.len();
        walk(self);
        self.borrowed.truncate(borrowed);
    }

    /// The names of what guards are made of.
    fn borrow(&mut self, names: Vec<&Ident>) {
        let locals = names.into_iter().filter_map(|name| self.machine.lookup(self.env, name));
        let owners = self.machine.with_origins(locals.collect());
        self.borrowed
            .extend(owners.into_iter().filter(|local| !self.machine.local(*local).copy));
    }
}

impl<'ast> Visit<'ast> for Find<'_> {
    fn visit_block(&mut self, block: &'ast Block) {
        self.scope(|find| visit::visit_block(find, block));
    }

    fn visit_local(&mut self, local: &'ast Local) {
        visit::visit_local(self, local);
        let Some(init) = &local.init else {
            return;
        };
        let single = pattern::single(&local.pat);
        let kept = single.is_some_and(|binding| std_borrows::is_kept_for_its_drop(&binding.ident, &init.expr));
        // `let list = &*lists.lock().unwrap();` extends the life of the guard.
        let extended = matches!(&*init.expr, Expr::Reference(_));
        match std_borrows::makes_guard(&init.expr) || kept {
            true => self.borrow(mentioned(&init.expr)),
            false if extended => self.borrow(guards(&init.expr)),
            false => {}
        }
    }

    fn visit_expr_match(&mut self, expr: &'ast ExprMatch) {
        self.visit_expr(&expr.expr);
        self.with_temporaries(&expr.expr, |find| {
            expr.arms.iter().for_each(|arm| find.visit_arm(arm));
        });
    }

    fn visit_expr_if(&mut self, expr: &'ast ExprIf) {
        self.visit_expr(&expr.cond);
        if !syntax::has_let(&expr.cond) {
            return visit::visit_expr_if(self, expr);
        }
        let otherwise = expr.else_branch.as_ref().map(|(_, otherwise)| otherwise);
        self.with_temporaries(&expr.cond, |find| {
            find.visit_block(&expr.then_branch);
            if let Some(otherwise) = otherwise
                && find.edition == Edition::Before2024
            {
                find.visit_expr(otherwise);
            }
        });
        if let Some(otherwise) = otherwise
            && self.edition != Edition::Before2024
        {
            self.visit_expr(otherwise);
        }
    }

    fn visit_expr_while(&mut self, expr: &'ast ExprWhile) {
        self.visit_expr(&expr.cond);
        match syntax::has_let(&expr.cond) {
            true => self.with_temporaries(&expr.cond, |find| find.visit_block(&expr.body)),
            false => self.visit_block(&expr.body),
        }
    }

    fn visit_expr_for_loop(&mut self, expr: &'ast ExprForLoop) {
        self.visit_expr(&expr.expr);
        self.with_temporaries(&expr.expr, |find| find.visit_block(&expr.body));
    }

    fn visit_macro(&mut self, mac: &'ast Macro) {
        let Some(jump) = effects::jump_of(mac) else {
            return;
        };
        let target = self.machine.block(self.machine.jumps[jump.0].target).env;
        if self.machine.visible(target).any(|local| self.borrowed.contains(&local)) {
            self.found.insert(jump);
        }
    }

    fn visit_expr_closure(&mut self, _: &'ast ExprClosure) {}

    fn visit_expr_async(&mut self, _: &'ast ExprAsync) {}

    fn visit_item(&mut self, _: &'ast Item) {}
}

/// What the guards are made of that are temporaries of the expression.
fn guards(of: &Expr) -> Vec<&Ident> {
    struct Guards<'a>(Vec<&'a Ident>);
    impl<'ast> Visit<'ast> for Guards<'ast> {
        fn visit_expr(&mut self, expr: &'ast Expr) {
            match expr {
                Expr::Closure(_) | Expr::Async(_) | Expr::Block(_) | Expr::Unsafe(_) | Expr::Match(_) | Expr::If(_) => {
                }
                expr if std_borrows::is_guard(expr) => self.0.extend(mentioned(expr)),
                expr => visit::visit_expr(self, expr),
            }
        }
    }
    let mut found = Guards(Vec::new());
    found.visit_expr(of);
    found.0
}

fn mentioned(expr: &Expr) -> Vec<&Ident> {
    struct Names<'a>(Vec<&'a Ident>);
    impl<'ast> Visit<'ast> for Names<'ast> {
        fn visit_expr_path(&mut self, path: &'ast syn::ExprPath) {
            self.0.extend(path.path.get_ident());
        }
    }
    let mut found = Names(Vec::new());
    found.visit_expr(expr);
    found.0
}
