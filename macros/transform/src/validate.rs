//! The validator: what each pass promises, checked again in debug builds, which those of macros are unless they are optimized.
//!
//! Input: what a pass gave. Output: nothing, or a panic that names the pass and the promise, which the attribute reports as a
//! bug. It takes one look at each thing that a pass made, and a tenth of the time of an expansion.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use syn::{
    Block, Expr, ExprAsync, Macro, UnOp,
    visit::{self, Visit},
};

use crate::{
    arrays::Array,
    enclose,
    flow::{Flow, Holds},
    ir::{BlockId, Body, End, Machine, Node, Role, Suspension},
    layout::{Field, Layout},
    std_macros, syntax,
    tokens::Token,
};

/// `enclose` promises blocks that yield no item: an `async` block has nobody to give it to.
pub(crate) fn enclosed(body: &Block) {
    let mut found = Yields {
        enclosed: false,
        found: false,
    };
    found.visit_block(body);
    promise(!found.found, "enclose", "what is enclosed yields no item");
}

/// Finds `yield_!` in blocks of ours.
struct Yields {
    enclosed: bool,
    found: bool,
}

impl Visit<'_> for Yields {
    fn visit_item(&mut self, _: &syn::Item) {}

    fn visit_expr_async(&mut self, block: &ExprAsync) {
        // What is wrong in one of the user's own is said elsewhere.
        if enclose::is_enclosed(block) {
            let outer = std::mem::replace(&mut self.enclosed, true);
            self.visit_block(&block.block);
            self.enclosed = outer;
        }
    }

    fn visit_macro(&mut self, mac: &Macro) {
        self.found |= self.enclosed && (mac.path.is_ident("yield_") || mac.path.is_ident("yield_from"));
    }
}

/// `arrays` promises that an array that stays is mentioned as what it is then, a reference: behind `*`, by its elements, or as
/// what a method is called on.
pub(crate) fn rewritten(body: &Block, arrays: &[Array]) {
    for array in arrays {
        let mut mentions = ByValue {
            name: &array.name,
            found: false,
        };
        mentions.visit_block(body);
        promise(
            !mentions.found,
            "arrays",
            "an array that stays is never mentioned by value",
        );
    }
}

/// Finds mentions of a variable by value.
struct ByValue<'n> {
    name: &'n Ident,
    found: bool,
}

impl ByValue<'_> {
    fn is_it(&self, expr: &Expr) -> bool {
        syntax::variable(expr) == Some(self.name)
    }
}

impl Visit<'_> for ByValue<'_> {
    fn visit_item(&mut self, _: &syn::Item) {}

    fn visit_expr(&mut self, expr: &Expr) {
        match expr {
            Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) && self.is_it(&unary.expr) => {}
            Expr::Index(index) if self.is_it(&index.expr) => self.visit_expr(&index.index),
            Expr::MethodCall(call) if self.is_it(&call.receiver) => {
                call.args.iter().for_each(|argument| self.visit_expr(argument));
            }
            _ if self.is_it(expr) => self.found = true,
            _ => visit::visit_expr(self, expr),
        }
    }

    fn visit_macro(&mut self, mac: &Macro) {
        std_macros::visit_arguments(mac, self);
    }
}

/// `lower` promises: a graph without loose ends; one resume block for each suspension; no `yield` inside code; who goes
/// somewhere has all the variables that are in scope there.
pub(crate) fn lowered(machine: &Machine) {
    check_graph("lower", machine);
    let (mut resumed, mut twice) = (BTreeSet::new(), false);
    each_body(machine, &mut |body| {
        if let End::Suspend(suspension) = &body.end {
            twice |= !resumed.insert(suspension.resume);
        }
        promise(!is_suspended(body), "lower", "verbatim code is not suspended");
    });
    promise(!twice, "lower", "each suspension has a block of its own to resume at");
}

/// `simplify` promises the same paths: it takes no suspension away and adds none, and each block that is left can be reached.
pub(crate) fn simplified(machine: &Machine, before: &BTreeSet<String>) {
    check_graph("simplify", machine);
    let after = suspensions(machine);
    promise(after == *before, "simplify", "the suspensions are the same");
    let mut reached: BTreeSet<_> = machine.order.first().copied().into_iter().collect();
    each_target(machine, &mut |target| {
        reached.insert(target);
    });
    let all = machine.order.iter().all(|block| reached.contains(block));
    promise(all, "simplify", "each block is reached");
}

/// The suspensions that can be reached, by where they stand.
pub(crate) fn suspensions(machine: &Machine) -> BTreeSet<String> {
    let mut reached: BTreeSet<_> = machine.order.first().copied().into_iter().collect();
    let mut work: Vec<_> = reached.iter().copied().collect();
    let mut found = BTreeSet::new();
    while let Some(block) = work.pop() {
        machine.block(block).body.each(&mut |body| {
            if let End::Suspend(suspension) = &body.end {
                found.insert(place_of(suspension));
            }
            targets_of(machine, body, &mut |target| {
                if reached.insert(target) {
                    work.push(target);
                }
            });
        });
    }
    found
}

fn place_of(suspension: &Suspension) -> String {
    format!("{} at {:?}", suspension.text, suspension.place.name)
}

/// `layout` promises: what is needed is carried, in order of declaration, and each name stands for one thing.
pub(crate) fn laid_out(machine: &Machine, flow: &Flow, layout: &Layout) {
    promise(
        distinct(&layout.parameters),
        "layout",
        "parameters have names of their own",
    );
    let names: Vec<_> = layout.written().map(|state| &state.name).collect();
    promise(distinct(&names), "layout", "states have names of their own");
    for state in &layout.states {
        let fields: Vec<_> = state.fields.iter().map(|field| &field.name).collect();
        promise(
            distinct(&fields),
            "layout",
            "the fields of a state have names of their own",
        );
        let scope = machine.in_scope(machine.block(state.block).env);
        let mut younger = scope.iter();
        let in_order = |field: &Field| younger.any(|local| *local == field.local);
        let ordered = state.fields.iter().all(in_order);
        promise(ordered, "layout", "fields stand in order of declaration");
        let carried: BTreeSet<_> = state.carried().map(|field| field.local).collect();
        let Some(moves) = &flow.moves[state.block.0] else {
            continue;
        };
        let needed = scope.iter().filter(|local| {
            let there = machine.local(**local).is_carried() && moves.get(**local) != Holds::Nothing;
            there && flow.live[state.block.0].contains(local)
        });
        for local in needed {
            promise(carried.contains(local), "layout", "what is used later is carried");
        }
    }
}

/// `emit` promises a function, in which nothing is left that only passes know: `arms` are those of the step, read. Whether its
/// tokens parse, rustc sees, and the tests of any function: to parse them here would take longer than all other checks together.
pub(crate) fn emitted(tokens: &TokenStream, arms: &[Vec<Token>]) {
    let outer: Vec<_> = tokens.clone().into_iter().collect();
    let is_braced =
        |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
    let is_fn = |token: &TokenTree| matches!(token, TokenTree::Ident(word) if word == "fn");
    let is_function = outer.iter().any(is_fn) && outer.last().is_some_and(is_braced);
    promise(is_function, "emit", "the expansion is a function");
    promise(
        !arms.iter().any(|arm| has_marks(arm, false)),
        "emit",
        "the expansion has no `yield` and no mark of ours",
    );
}

/// Whether tokens have a `yield`, or a block that is marked. What the user gives to a macro may have any words.
fn has_marks(tokens: &[Token], given: bool) -> bool {
    tokens.iter().enumerate().any(|(index, token)| match token {
        Token::Word(word) => match (&tokens[..index], word.as_str()) {
            (_, "yield") => !given,
            ([.., Token::Group(Delimiter::Bracket, mark)], "async") => enclose::is_mark(mark),
            _ => false,
        },
        Token::Group(_, inside) => {
            let called = matches!(&tokens[..index], [.., Token::Word(_), mark] if mark.is_mark('!'));
            has_marks(inside, given || called)
        }
        Token::Mark(_) | Token::Literal(_) => false,
    })
}

#[track_caller]
fn promise(kept: bool, pass: &str, promise: &str) {
    assert!(kept, "`{pass}` breaks its promise: {promise}");
}

fn check_graph(pass: &str, machine: &Machine) {
    let starts = machine
        .order
        .first()
        .map(|block| machine.block(*block).role == Role::Start);
    promise(starts == Some(true), pass, "the first block is the start");
    promise(distinct(&machine.order), pass, "each block stands once in the order");
    let blocks: BTreeSet<_> = machine.order.iter().collect();
    each_target(machine, &mut |target| {
        promise(blocks.contains(&target), pass, "what is gone to is a block");
    });
    each_body(machine, &mut |body| {
        // A jump out of verbatim code may come with a value, whose variable is declared with it.
        if let End::Goto(target, env) = &body.end {
            let missing = machine.ended(machine.block(*target).env, *env);
            promise(
                missing.is_empty(),
                pass,
                "whoever goes to a block has what is in scope there",
            );
        }
    });
}

fn distinct<T: Ord>(list: &[T]) -> bool {
    list.iter().collect::<BTreeSet<_>>().len() == list.len()
}

fn each_body(machine: &Machine, f: &mut impl FnMut(&Body)) {
    for block in &machine.order {
        machine.block(*block).body.each(f);
    }
}

/// Calls `f` with each block that is gone to.
fn each_target(machine: &Machine, f: &mut impl FnMut(BlockId)) {
    each_body(machine, &mut |body| targets_of(machine, body, f));
}

fn targets_of(machine: &Machine, body: &Body, f: &mut impl FnMut(BlockId)) {
    match &body.end {
        End::Goto(target, _) => f(*target),
        End::Suspend(suspension) => f(suspension.resume),
        _ => {}
    }
    body.own_effects(&mut |effect| {
        effect.each(&mut |leaf| {
            if let crate::ir::Effect::Jump(jump) = leaf {
                f(machine.jumps[jump.0].target);
            }
        });
    });
}

struct Suspends(bool);

impl Visit<'_> for Suspends {
    fn visit_expr_yield(&mut self, _: &syn::ExprYield) {
        self.0 = true;
    }
}

/// Whether this body's own code is suspended, other than by its end.
fn is_suspended(body: &Body) -> bool {
    let mut found = Suspends(false);
    for node in &body.nodes {
        match node {
            Node::Code(code) | Node::LetElse { code, .. } => found.visit_stmt(&code.syntax),
            Node::EndScope(_) => {}
        }
    }
    match &body.end {
        End::Suspend(suspension) => found.visit_expr(&suspension.value.syntax),
        End::Complete(Some(code)) => found.visit_expr(&code.syntax),
        End::If { condition, .. } => found.visit_expr(&condition.syntax),
        End::Match { scrutinee, arms } => {
            found.visit_expr(&scrutinee.syntax);
            arms.iter().for_each(|arm| found.visit_pat(&arm.pattern.syntax));
        }
        End::Goto(..) | End::Complete(None) | End::Diverge => {}
    }
    found.0
}

#[cfg(test)]
mod tests {
    use proc_macro2::Span;

    use super::*;
    use crate::ir::Block;

    /// A machine of blocks that each go to the next one.
    fn chain(length: usize) -> Machine {
        let mut machine = Machine::new();
        for index in 0..length {
            machine.blocks.push(Block {
                role: if index == 0 { Role::Start } else { Role::Part("Next") },
                span: Span::call_site(),
                env: Machine::TOP,
                body: Body::goto(BlockId((index + 1) % length), Machine::TOP),
            });
            machine.order.push(BlockId(index));
        }
        machine
    }

    #[test]
    fn a_sound_graph() {
        lowered(&chain(3));
        simplified(&chain(3), &BTreeSet::new());
    }

    #[test]
    #[should_panic = "`lower` breaks its promise: what is gone to is a block"]
    fn a_loose_end() {
        let mut machine = chain(3);
        machine.order.pop();
        lowered(&machine);
    }

    #[test]
    #[should_panic = "`simplify` breaks its promise: each block is reached"]
    fn a_forgotten_block() {
        let mut machine = chain(3);
        machine.blocks[0].body.end = End::Diverge;
        simplified(&machine, &BTreeSet::new());
    }

    #[test]
    #[should_panic = "`simplify` breaks its promise: the suspensions are the same"]
    fn a_lost_suspension() {
        simplified(&chain(3), &BTreeSet::from(["yield_!(1)".to_owned()]));
    }

    #[test]
    #[should_panic = "`emit` breaks its promise: the expansion is a function"]
    fn no_function() {
        emitted_alone(quote::quote!(
            struct F {
                x: u32,
            }
        ));
    }

    #[test]
    fn an_item_outside_of_what_is_enclosed() {
        enclosed(&syn::parse_quote!({
            first(
                #[enclosed]
                async {
                    show(&table)
                },
                yield_!(1),
            );
        }));
    }

    #[test]
    #[should_panic = "`enclose` breaks its promise"]
    fn an_enclosed_item() {
        enclosed(&syn::parse_quote!({
            first(
                #[enclosed]
                async {
                    yield_!(1);
                },
            );
        }));
    }

    /// A function that is all arms.
    fn emitted_alone(tokens: TokenStream) {
        emitted(&tokens, &[crate::tokens::read(tokens.clone())]);
    }

    #[test]
    #[should_panic = "`emit` breaks its promise: the expansion has no `yield`"]
    fn a_mark_that_stays() {
        emitted_alone(quote::quote!(
            fn f() {
                #[enclosed]
                async {
                    1
                }
            }
        ));
    }

    #[test]
    #[should_panic = "`emit` breaks its promise: the expansion has no `yield`"]
    fn a_suspension_that_stays() {
        emitted_alone(quote::quote!(
            fn f() {
                show(yield 1);
            }
        ));
    }

    #[test]
    fn words_of_a_macro() {
        emitted_alone(quote::quote!(
            fn f() {
                rules!(yield 1);
                let r#yield = not(1) != async { 1 };
            }
        ));
    }

    fn array(name: &str) -> [Array; 1] {
        let name = Ident::new(name, Span::call_site());
        let syn::Stmt::Local(declaration) = syn::parse_quote!(let #name = [0u8; 200];) else {
            unreachable!("it is a `let`");
        };
        [Array {
            declaration,
            name,
            stays: crate::arrays::Stays::Beside,
        }]
    }

    #[test]
    fn an_array_as_a_reference() {
        rewritten(
            &syn::parse_quote!({
                row[0] = (*row).len();
                println!("{}", row.len());
                fill(&mut *row);
            }),
            &array("row"),
        );
    }

    #[test]
    #[should_panic = "`arrays` breaks its promise"]
    fn an_array_by_value() {
        rewritten(
            &syn::parse_quote!({
                println!("{}", total(row));
            }),
            &array("row"),
        );
    }
}
