//! Loops that are suspended.

use super::{
    Dest, Lower, Reborrow, Target,
    iterators::{copies, enumerated, without_copies},
};
use crate::{
    desugar, effects,
    ir::{Arm, BlockId, Body, Code, Effect, End, Position, Role},
    pattern, signature,
    source::quote_source,
    span::ours,
    syntax::{self, Shape},
};
use proc_macro2::Ident;
use quote::{ToTokens, quote};
use syn::{
    Block, Expr, ExprForLoop, ExprLoop, ExprWhile, Pat, Stmt, Type, TypeReference, parse_quote, parse_quote_spanned,
    spanned::Spanned,
};

impl Lower<'_> {
    pub(super) fn loop_(&mut self, expr: ExprLoop, dest: &Dest) {
        let after = self.join("loop", dest);
        let hides = self.hides(&expr.body, dest);
        let label = &expr.label;
        self.here = expr.loop_token.span;
        let head = self.go_on(Role::Loop(quote_source(&quote!(#label loop), 60)), self.env);
        self.targets.push(Target {
            label: expr.label.map(|label| label.name.ident),
            after,
            dest: dest.clone(),
            next: Some(head),
            hides,
        });
        self.block(expr.body, &Dest::Discard);
        self.goto(head);
        self.targets.pop();
        self.enter(after);
    }

    pub(super) fn while_(&mut self, expr: ExprWhile, dest: &Dest) {
        let after = self.new_block(Role::After("while"), self.env);
        let (label, cond) = (&expr.label, &desugar::resugared(&expr.cond));
        self.here = expr.while_token.span;
        let head = self.go_on(Role::While(quote_source(&quote!(#label while #cond), 60)), self.env);
        self.targets.push(Target {
            label: expr.label.map(|label| label.name.ident),
            after,
            dest: Dest::Discard,
            next: Some(head),
            hides: false,
        });
        // Code behind it runs when what was matched has ended.
        self.condition(*expr.cond, after, true);
        self.block(expr.body, &Dest::Discard);
        self.goto(head);
        self.targets.pop();
        self.enter(after);
        self.finish_unit(dest);
    }

    pub(super) fn for_(&mut self, mut expr: ExprForLoop, dest: &Dest) {
        if !self.block_takes_apart(&expr.body) && self.takes_apart(&expr.expr) {
            // Only what is iterated over suspends: the loop stays whole behind that.
            *expr.expr = self.value(*expr.expr);
            let whole = self.verbatim(Expr::ForLoop(expr));
            return self.finish(whole, dest);
        }
        let (label, pat, iterated) = (&expr.label, &expr.pat, &desugar::resugared(&expr.expr));
        let text = quote_source(&quote!(#label for #pat in #iterated), 60);
        let after = self.new_block(Role::After("for"), self.env);
        self.here = expr.for_token.span;
        let number = self.loops;
        self.loops += 1;
        if let Expr::Paren(paren) = &*expr.expr {
            expr.expr = paren.expr.clone();
        }
        if let Some(items) = self.lent_iterator(&expr.expr, Some(&expr.body)) {
            self.for_by_variable(expr, &items, text, after);
            self.enter(after);
            return self.finish_unit(dest);
        }
        self.name_iterated(&mut expr.expr);
        self.quiet_iterated(&mut expr.expr);
        let by_position = |iterated: &Expr| {
            let (list, copies) = without_copies(iterated);
            Some((self.borrowed_collection(list, number)?, copies.cloned()))
        };
        let (counted, iterated) = match enumerated(&expr) {
            Some((count, pat, iterated)) if by_position(&iterated).is_some() => (Some((count, pat)), iterated),
            _ => (None, (*expr.expr).clone()),
        };
        match by_position(&iterated) {
            Some((collection, copies)) => {
                self.for_by_position(expr, (counted, copies), (&collection, number), text, after);
            }
            None => self.for_by_iterator(expr, number, text, after),
        }
        self.enter(after);
        self.finish_unit(dest);
    }

    /// `for x in &value` and `for x in value.iter()`: the value gets a variable, which the loop borrows.
    pub(super) fn name_iterated(&mut self, iterated: &mut Expr) {
        if self.takes_apart(iterated) {
            return;
        }
        let (span, constant) = (iterated.span(), syntax::is_constant(iterated));
        let value = match iterated {
            Expr::Reference(reference) if !constant => &mut reference.expr,
            Expr::MethodCall(call) if call.args.is_empty() && (call.method == "iter" || call.method == "iter_mut") => {
                &mut call.receiver
            }
            Expr::MethodCall(call) if call.method == "enumerate" || copies(call) => {
                return self.name_iterated(&mut call.receiver);
            }
            _ => return,
        };
        let range = matches!(syntax::inner(value), Expr::Range(_));
        let value = whole(value);
        if !syntax::is_place(value) && !syntax::is_constant(value) && !range {
            let named = self.verbatim(value.clone());
            let named = self.name_temporaries(named);
            *value = self.bind_temporary("collection", named, span);
        }
    }

    pub(super) fn for_by_iterator(&mut self, expr: ExprForLoop, number: usize, text: String, after: BlockId) {
        let items = self.items(&expr.expr);
        let lent = self.lent_root(&expr.expr);
        let plain = self.iterates_plainly(&expr.expr);
        let span = expr.expr.span();
        let iterated = match self.takes_apart(&expr.expr) {
            true => self.value(*expr.expr),
            false => self.verbatim(*expr.expr),
        };
        let iterated = self.name_temporaries(iterated);
        let effect = effects::of_place(&self.machine, self.env, &iterated);
        self.lent_by(&iterated, &effect);
        let source = iterated.clone();
        let iterator = match self.is_iterator(&iterated) {
            _ if is_half_bounded(syntax::inner(&iterated)) => syntax::inner(&iterated).clone(),
            true => iterated,
            false => {
                let into_iter = self.names.path_written_at("IntoIterator", span);
                parse_quote_spanned!(span=> #into_iter::into_iter(#iterated))
            }
        };
        let (iter, name) = self.bind_hidden("iter", iterator, span);
        self.note_borrow(iter, &source);
        if plain {
            self.machine.locals[iter.0].plain = true;
        }
        self.borrowing.extend(lent.map(|lent| Reborrow {
            local: iter,
            of: lent,
            number: Some(number),
        }));
        let head = self.go_on(Role::For(text), self.env);
        let iterator = self.names.path_at("Iterator", span);
        let next: Expr = parse_quote_spanned!(ours(span)=> #iterator::next(&mut #name));
        let target = (expr.label.map(|label| label.name.ident), head);
        self.each_item(next, *expr.pat, &items, expr.body, target, after);
        self.goto(head);
    }

    /// Whether the iterator certainly has no drop: that of a range of numbers, of a slice or vector by reference.
    fn iterates_plainly(&self, iterated: &Expr) -> bool {
        match syntax::inner(iterated) {
            Expr::Range(_) => self.shape(iterated).is_plain(),
            _ => self.references_of_list(iterated).is_some() || self.is_iterator(iterated) && holds_nothing(iterated),
        }
    }

    /// Whether it is an iterator already, which `into_iter` would give back.
    fn is_iterator(&self, expr: &Expr) -> bool {
        let Expr::MethodCall(call) = syntax::inner(expr) else {
            return false;
        };
        match call.method.to_string().as_str() {
            "iter" | "iter_mut" => self.references_of_list(expr).is_some(),
            name if is_adapter(name) || name == "enumerate" => self.is_iterator(&call.receiver),
            "chars" | "bytes" | "char_indices" | "split_whitespace" => self.is_text(&call.receiver),
            name => gives_parts_of_text(name) && self.is_text(&call.receiver),
        }
    }

    /// What an iterator gives.
    fn items(&self, iterated: &Expr) -> Items {
        let references = match syntax::inner(iterated) {
            Expr::MethodCall(call) => match call.method.to_string().as_str() {
                name if is_adapter(name) => return self.items(&call.receiver),
                "enumerate" => {
                    let shape = Shape::Tuple(vec![Shape::Copy, self.items(&call.receiver).shape]);
                    return Items { shape, ty: None };
                }
                name if gives_parts_of_text(name) && self.is_text(&call.receiver) => {
                    return Items {
                        shape: Shape::Copy,
                        ty: None,
                    };
                }
                _ => self.references_of_list(iterated),
            },
            _ => self.references_of_list(iterated),
        };
        references.unwrap_or_else(|| Items {
            shape: syntax::of_items(iterated, &|name| self.variable_shape(name)),
            ty: None,
        })
    }

    /// Whether this is a variable that is known to be text.
    fn is_text(&self, expr: &Expr) -> bool {
        let local = syntax::variable(expr).and_then(|name| self.machine.lookup(self.env, name));
        local.is_some_and(|local| self.machine.local(local).ty.as_ref().is_some_and(signature::is_text))
    }

    /// What is iterated over in a slice, an array or a vector by reference: references.
    fn references_of_list(&self, iterated: &Expr) -> Option<Items> {
        let iterated = syntax::inner(iterated);
        let (list, shared) = match iterated {
            Expr::MethodCall(call) if call.args.is_empty() && call.method == "iter_mut" => (&*call.receiver, false),
            Expr::MethodCall(call) if call.args.is_empty() && call.method == "iter" => (&*call.receiver, true),
            Expr::Reference(part) if is_part(&part.expr) => (&*part.expr, part.mutability.is_none()),
            Expr::Path(_) => (iterated, false),
            _ => return None,
        };
        let local = self.machine.lookup(self.env, syntax::variable(whole_list(list))?)?;
        let list = signature::list_ref(self.machine.local(local).ty.as_ref()?)?;
        let mutability = if shared { None } else { list.reference.mutability };
        let shape = match mutability {
            Some(_) => Shape::Plain,
            None => Shape::Copy,
        };
        let item = |item: &Type| {
            Type::Reference(TypeReference {
                mutability,
                elem: Box::new(item.clone()),
                ..list.reference.clone()
            })
        };
        let ty = list.item.map(item);
        Some(Items { shape, ty })
    }

    /// `for x in &list`: the position is carried, not the iterator, and each step takes the borrow again.
    pub(super) fn for_by_position(
        &mut self,
        mut expr: ExprForLoop,
        (counted, copies): (Option<(Pat, Pat)>, Option<Ident>),
        (collection, number): (&Expr, usize),
        text: String,
        after: BlockId,
    ) {
        let at = expr.expr.span();
        let (position, name) = self.bind_hidden("position", parse_quote_spanned!(ours(at)=> 0), at);
        let root = syntax::variable(collection).or_else(|| self.lent_name(collection));
        if let Some(root) = root.and_then(|name| self.machine.lookup(self.env, name)) {
            let place = match collection {
                Expr::Reference(reference) => &reference.expr,
                other => other,
            };
            let place = syntax::inner(place).to_token_stream().to_string();
            self.machine.positions.insert(
                position,
                Position {
                    of: root,
                    place,
                    number,
                },
            );
        }
        let head = self.go_on(Role::For(text), self.env);
        let step = self.new_block(Role::Part("Next"), self.env);
        let nth_of = self.names.path_at("nth_of", at);
        let mut next: Expr = parse_quote_spanned!(ours(at)=> #nth_of(#collection, #name));
        let mut items = Items::UNKNOWN;
        if let Some(copies) = copies {
            items.shape = if copies == "copied" {
                Shape::Copy
            } else {
                Shape::Unknown
            };
            next = parse_quote_spanned!(ours(at)=> #next.#copies());
        }
        if let Some((count, pat)) = counted {
            *expr.pat = pat;
            let declare = Stmt::Local(syn::Local {
                attrs: Vec::new(),
                let_token: Default::default(),
                modifiers: syn::LocalModifiers::default(),
                pat: count,
                init: Some(syn::LocalInit {
                    eq_token: Default::default(),
                    expr: parse_quote!(#name),
                    diverge: None,
                }),
                semi_token: Default::default(),
            });
            expr.body.stmts.insert(0, declare);
        }
        let target = (expr.label.map(|label| label.name.ident), step);
        self.each_item(next, *expr.pat, &items, expr.body, target, after);
        self.goto(step);
        self.enter(step);
        self.push_stmt(parse_quote_spanned!(ours(at)=> #name += 1;), &[]);
        self.goto(head);
    }

    /// `match next { Some(pat) => body, None => goto after }`
    pub(super) fn each_item(
        &mut self,
        next: Expr,
        pat: Pat,
        items: &Items,
        body: Block,
        target: (Option<Ident>, BlockId),
        after: BlockId,
    ) {
        let before = self.env;
        let at = pat.span();
        let (some, none) = (
            self.names.path_written_at("Some", at),
            self.names.path_written_at("None", at),
        );
        let by_position = matches!(&next, Expr::Call(call) if call.args.len() == 2);
        let whole = pattern::leaves_something(&pat) && !items.shape.is_plain() && !by_position;
        let outer: Pat = match whole {
            true => {
                let item = self.new_temporary("item", &Shape::Unknown, pat.span());
                let name = self.machine.local(item.locals[0]).ident.clone();
                parse_quote_spanned!(at=> #some(#name))
            }
            false => parse_quote_spanned!(at=> #some(#pat)),
        };
        let (arm, block) = self.item_arm(&next, outer, items, by_position);
        let none = Arm {
            attrs: Vec::new(),
            pattern: Code {
                syntax: parse_quote!(#none),
                env: before,
                effect: Effect::none(),
            },
            body: Body::goto(after, before),
            end: at,
        };
        let mut effect = effects::of_expr(&self.machine, before, &next);
        if by_position {
            // It is the loop's own borrow.
            effect.each_mut(&mut |leaf| {
                if matches!(leaf, Effect::Change(..)) {
                    *leaf = Effect::none();
                }
            });
        }
        let scrutinee = Code {
            effect,
            syntax: next,
            env: before,
        };
        self.end(End::Match {
            scrutinee,
            arms: vec![arm, none],
        });
        self.enter(block);
        if whole {
            let item = self.machine.visible(self.env).next();
            if let Some(item) = item {
                let name = self.machine.local(item).ident.clone();
                let item = syntax::mention(&name);
                let (pat, again) = self.name_rests(&item, pat);
                let binding = self.new_binding(pat.clone(), None, &items.shape);
                self.derive_pattern(&item, &pat, &binding.locals);
                self.bind(&binding, item);
                self.bind_again(again);
            }
        }
        let (label, next) = target;
        self.targets.push(Target {
            label,
            after,
            dest: Dest::Discard,
            next: Some(next),
            hides: false,
        });
        self.block(body, &Dest::Discard);
        self.targets.pop();
    }

    pub(super) fn item_arm(&mut self, next: &Expr, outer: Pat, items: &Items, by_position: bool) -> (Arm, BlockId) {
        let before = self.env;
        let pat = match &outer {
            Pat::TupleStruct(tuple) => tuple.elems.first().cloned(),
            _ => None,
        };
        let binding = self.new_binding(pat.clone().unwrap_or_else(|| outer.clone()), None, &items.shape);
        if let (Some(Pat::Ident(_)), [local]) = (&pat, &binding.locals[..]) {
            self.machine.locals[local.0].ty = items.ty.clone();
        }
        let effect = effects::of_expr(&self.machine, before, next);
        self.found_in(&binding.locals, next, &effect);
        if by_position {
            self.derive_matched(next, &outer, &binding.locals);
        }
        let env = self.extended(before, &binding.locals);
        let block = self.new_block(Role::Part("Arm"), env);
        let declared = binding.locals.iter().map(|&local| Effect::Declare(local)).collect();
        let pattern = Code {
            syntax: outer,
            env: before,
            effect: Effect::Seq(declared),
        };
        (
            Arm {
                attrs: Vec::new(),
                pattern,
                body: Body::goto(block, env),
                end: self.here,
            },
            block,
        )
    }
}

/// Whether the arguments of a chain of methods are literals.
fn holds_nothing(expr: &Expr) -> bool {
    match syntax::inner(expr) {
        Expr::MethodCall(call) => call.args.iter().all(syntax::is_constant) && holds_nothing(&call.receiver),
        _ => true,
    }
}

/// Whether a method of an iterator gives one over the same items.
fn is_adapter(method: &str) -> bool {
    matches!(
        method,
        "rev" | "skip" | "take" | "step_by" | "skip_while" | "take_while" | "filter"
    )
}

/// Whether a method of `str` gives an iterator over `&str`.
fn gives_parts_of_text(method: &str) -> bool {
    matches!(
        method,
        "lines"
            | "split"
            | "rsplit"
            | "split_inclusive"
            | "split_terminator"
            | "rsplit_terminator"
            | "splitn"
            | "rsplitn"
            | "split_ascii_whitespace"
            | "matches"
            | "rmatches"
    )
}

/// `list[i..j]`
fn is_part(expr: &Expr) -> bool {
    matches!(syntax::inner(expr), Expr::Index(part) if matches!(syntax::inner(&part.index), Expr::Range(_)))
}

/// The list that a part is taken of.
fn whole_list(expr: &Expr) -> &Expr {
    match syntax::inner(expr) {
        Expr::Index(part) if is_part(expr) => whole_list(&part.expr),
        other => other,
    }
}

/// What a loop binds in each round, as far as it is known.
pub(super) struct Items {
    shape: Shape,
    ty: Option<Type>,
}

impl Items {
    pub(super) const UNKNOWN: Self = Items {
        shape: Shape::Unknown,
        ty: None,
    };
}

/// What the place is a part of: a value lives as a whole.
fn whole(place: &mut Expr) -> &mut Expr {
    match place {
        Expr::Field(field) => whole(&mut field.base),
        Expr::Index(index) => whole(&mut index.expr),
        other => other,
    }
}

/// `0..n`, `0..`: a range that is an iterator, if it is one of numbers.
fn is_half_bounded(expr: &Expr) -> bool {
    matches!(expr, Expr::Range(range) if range.start.is_some())
}
