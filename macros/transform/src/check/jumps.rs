//! `break` and `continue`: each needs a loop or labelled block of the user's, or it would meet the one of the step.

use proc_macro2::Span;
use syn::{
    Block, Error, Expr, Label, Lifetime, Macro,
    visit::{self, Visit},
};

use crate::std_macros;

pub(super) fn check(block: &Block) -> Vec<Error> {
    let mut jumps = Jumps {
        around: Vec::new(),
        errors: Vec::new(),
    };
    jumps.visit_block(block);
    jumps.errors
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Loop,
    /// `while` and `for`, which have no value.
    Unit(&'static str),
    Block,
}

struct Around<'a> {
    label: Option<&'a Label>,
    kind: Kind,
}

struct Jumps<'a> {
    around: Vec<Around<'a>>,
    errors: Vec<Error>,
}

impl<'a> Jumps<'a> {
    fn error(&mut self, at: Span, message: String) {
        self.errors.push(Error::new(at, message));
    }

    fn inside(&mut self, label: Option<&'a Label>, kind: Kind, walk: impl FnOnce(&mut Self)) {
        self.around.push(Around { label, kind });
        walk(self);
        self.around.pop();
    }

    fn labelled(&self, label: &Lifetime) -> Option<Kind> {
        let found = |around: &&Around| around.label.is_some_and(|found| found.name.ident == label.ident);
        self.around.iter().rev().find(found).map(|around| around.kind)
    }

    /// What a jump leaves or continues; `None`: it has been refused.
    fn target(&mut self, word: &str, at: Span, label: Option<&Lifetime>) -> Option<Kind> {
        match label {
            Some(label) => {
                let target = self.labelled(label);
                if target.is_none() {
                    self.error(label.span(), format!("use of undeclared label `{label}`"));
                }
                target
            }
            None => {
                let innermost = self.around.last().map(|around| around.kind);
                match innermost {
                    Some(Kind::Block) => {
                        let what = format!("unlabeled `{word}` inside of a labeled block");
                        self.error(at, format!("{what}\nhelp: say what it refers to: `{word} 'label`"));
                    }
                    Some(_) => {}
                    None if word == "break" => self.error(
                        at,
                        "`break` outside of a loop or labeled block\nhelp: `return` ends the function".into(),
                    ),
                    None => self.error(at, "`continue` outside of a loop".into()),
                }
                innermost
            }
        }
    }
}

impl<'a> Visit<'a> for Jumps<'a> {
    fn visit_expr_break(&mut self, jump: &'a syn::ExprBreak) {
        let at = jump.break_token.span;
        let target = self.target("break", at, jump.label.as_ref());
        if let Some(Kind::Unit(word)) = target
            && jump.expr.is_some()
        {
            self.error(
                at,
                format!(
                    "`break` with value from a `{word}` loop: it may end without one\n\
                     help: assign the value to a variable, and `break` without it"
                ),
            );
        }
        visit::visit_expr_break(self, jump);
    }

    fn visit_expr_continue(&mut self, jump: &'a syn::ExprContinue) {
        let at = jump.continue_token.span;
        let target = self.target("continue", at, jump.label.as_ref());
        if target == Some(Kind::Block) && jump.label.is_some() {
            self.error(at, "`continue` pointing to a labeled block".into());
        }
    }

    fn visit_expr_loop(&mut self, expr: &'a syn::ExprLoop) {
        self.inside(expr.label.as_ref(), Kind::Loop, |walk| walk.visit_block(&expr.body));
    }

    fn visit_expr_while(&mut self, expr: &'a syn::ExprWhile) {
        self.inside(expr.label.as_ref(), Kind::Unit("while"), |walk| {
            walk.visit_expr(&expr.cond);
            walk.visit_block(&expr.body);
        });
    }

    fn visit_expr_for_loop(&mut self, expr: &'a syn::ExprForLoop) {
        self.visit_expr(&expr.expr);
        self.inside(expr.label.as_ref(), Kind::Unit("for"), |walk| {
            walk.visit_block(&expr.body);
        });
    }

    fn visit_expr_block(&mut self, expr: &'a syn::ExprBlock) {
        match &expr.label {
            Some(label) => self.inside(Some(label), Kind::Block, |walk| walk.visit_block(&expr.block)),
            None => self.visit_block(&expr.block),
        }
    }

    fn visit_macro(&mut self, mac: &'a Macro) {
        let Some(known) = std_macros::parse(mac) else {
            return;
        };
        // The arguments live no longer than this, so they get a walk of their own that knows the loops around.
        let around = self.around.iter().map(|around| Around {
            label: around.label,
            kind: around.kind,
        });
        let mut walk = Jumps {
            around: around.collect(),
            errors: Vec::new(),
        };
        for argument in &known.arguments {
            walk.visit_expr(&argument.expr);
        }
        self.errors.append(&mut walk.errors);
    }

    // Functions of their own, in which rustc sees what is wrong itself.
    fn visit_expr_closure(&mut self, _: &'a syn::ExprClosure) {}
    fn visit_expr_async(&mut self, _: &'a syn::ExprAsync) {}
    fn visit_expr_const(&mut self, _: &'a syn::ExprConst) {}
    fn visit_item(&mut self, _: &'a syn::Item) {}
    fn visit_pat(&mut self, pat: &'a syn::Pat) {
        // The code in a pattern is its guard.
        if let syn::Pat::Guard(guard) = pat {
            let guard: &'a Expr = &guard.guard;
            self.visit_expr(guard);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is wrong with a body.
    fn errors(body: &str) -> Vec<String> {
        let block = syn::parse_str(&format!("{{ {body} }}")).unwrap();
        let first_line = |error: Error| error.to_string().lines().next().unwrap_or_default().to_owned();
        check(&block).into_iter().map(first_line).collect()
    }

    #[test]
    fn within_loops_and_blocks() {
        for body in [
            "loop { break; }",
            "'a: while x { for _ in y { continue 'a; } break }",
            "let x = 'b: { if y { break 'b 1; } 2 };",
            "loop { if x { println!(\"{}\", { break }) } }",
            "let f = || loop { break 1 }; fn g() { loop { break } }",
            "'a: loop { match x { y if break 'a => {} _ => {} } }",
        ] {
            assert_eq!(errors(body), [""; 0], "{body}");
        }
    }

    #[test]
    fn without_a_target() {
        assert_eq!(errors("break;"), ["`break` outside of a loop or labeled block"]);
        assert_eq!(errors("for x in { continue } {}"), ["`continue` outside of a loop"]);
        assert_eq!(errors("'a: loop { break 'b; }"), ["use of undeclared label `'b`"]);
        assert_eq!(errors("println!(\"{}\", { break });").len(), 1);
    }

    #[test]
    fn targets_of_another_kind() {
        assert_eq!(
            errors("loop { 'a: { break; } }"),
            ["unlabeled `break` inside of a labeled block"]
        );
        assert_eq!(
            errors("'a: { continue 'a; }"),
            ["`continue` pointing to a labeled block"]
        );
        assert_eq!(
            errors("while x { break 1; }"),
            ["`break` with value from a `while` loop: it may end without one"]
        );
    }
}
