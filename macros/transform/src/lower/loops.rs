//! Loops that are suspended.

use super::{
    Dest, Lower, Reborrow, Target,
    iterators::{copies, enumerated, without_copies},
};
use crate::{
    desugar, effects,
    ir::{Arm, BlockId, Body, Code, Effect, End, LocalId, Role},
    pattern, signature,
    source::quote_source,
    span::{self, written_at},
    syntax::{self, Shape},
};
use proc_macro2::Ident;
use quote::quote;
use syn::{
    Block, Expr, ExprForLoop, ExprLoop, ExprWhile, Pat, Type, TypeReference, parse_quote, parse_quote_spanned,
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
        self.loop_body(expr.body);
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
        self.loop_body(expr.body);
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
        self.without_adapters(&mut expr, number);
        if let Some(items) = self.lent_iterator(&expr.expr, Some(&expr.body)) {
            self.for_by_variable(expr, &items, text, after);
            self.enter(after);
            return self.finish_unit(dest);
        }
        if self.made_again(without_copies(&expr.expr).0, number).is_none() {
            self.name_iterated(&mut expr.expr);
        }
        self.steady = self.steady_in(&expr.expr, &expr.body);
        self.quiet_iterated(&mut expr.expr);
        self.name_arguments(&mut expr.expr, number);
        let counted = enumerated(&expr).and_then(|(count, pat, iterated)| {
            let walk = self.positions(&iterated, number)?;
            Some((Some((count, pat)), walk))
        });
        let walk = counted.or_else(|| Some((None, self.positions(&expr.expr, number)?)));
        self.steady.clear();
        match walk {
            Some((counted, walk)) => self.for_by_position(expr, counted, walk, text, after),
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
            Expr::MethodCall(call) if call.method == "enumerate" || call.method == "rev" || copies(call) => {
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

    pub(super) fn for_by_iterator(&mut self, mut expr: ExprForLoop, number: usize, text: String, after: BlockId) {
        self.copy_captures(&mut expr.expr);
        let mut items = self.items(&expr.expr);
        items.are_boxes = self.holds_boxes(&expr.expr);
        let lent = self.lent_root(&expr.expr);
        let plain = self.iterates_plainly(&expr.expr);
        // Of two errors at one place rustc prints one: what is no iterator can be stepped no more than it can be asked for one.
        let span = expr.expr.span();
        let end = span.located_at(span::end(&expr.expr));
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
                let method = Ident::new("into_iter", end);
                parse_quote_spanned!(span=> #into_iter::#method(#iterated))
            }
        };
        let (iter, name) = self.bind_stepped("iter", iterator, span, expr.in_token.span);
        self.note_borrow(iter, &source);
        if plain {
            self.machine.locals[iter.0].plain = true;
        }
        self.borrowing.extend(lent.map(|lent| Reborrow {
            local: iter,
            of: lent,
            number: Some(number),
            place: None,
            mutable: false,
        }));
        let head = self.go_on(Role::For(text), self.env);
        let iterator = self.names.path_written_at("Iterator", span);
        let (method, name) = (Ident::new("next", end), written_at(&name, end));
        let next: Expr = parse_quote_spanned!(span=> #iterator::#method(&mut #name));
        let target = (expr.label.map(|label| label.name.ident), head);
        self.each_item(next, *expr.pat, &items, expr.body, target, after);
        self.goto(head);
    }

    /// Whether the iterator certainly has no drop: that of a range of numbers, of a slice or vector by reference.
    pub(super) fn iterates_plainly(&self, iterated: &Expr) -> bool {
        match syntax::inner(iterated) {
            Expr::Range(_) => self.shape(iterated).is_plain(),
            Expr::Path(_) if self.is_iterator(iterated) => self.variable(iterated).is_some_and(|iter| iter.plain),
            _ => self.references_of_list(iterated).is_some() || self.is_iterator(iterated) && holds_nothing(iterated),
        }
    }

    /// Whether it is an iterator already, which `into_iter` would give back.
    fn is_iterator(&self, expr: &Expr) -> bool {
        let call = match syntax::inner(expr) {
            Expr::MethodCall(call) => call,
            Expr::Path(_) => return self.variable(expr).is_some_and(|iter| iter.items.is_some()),
            _ => return false,
        };
        match call.method.to_string().as_str() {
            "iter" | "iter_mut" => self.references_of_list(expr).is_some(),
            name if is_adapter(name) || name == "enumerate" => self.is_iterator(&call.receiver),
            "chars" | "bytes" | "char_indices" | "split_whitespace" => self.is_text(&call.receiver),
            name => gives_parts_of_text(name) && self.is_text(&call.receiver),
        }
    }

    /// Notes what the variable gives, if its value certainly is an iterator.
    pub(super) fn note_items(&mut self, local: LocalId, value: &Expr) {
        if self.is_iterator(value) {
            let (items, plain) = (self.items(value).shape, self.iterates_plainly(value));
            let variable = &mut self.machine.locals[local.0];
            variable.items = Some(items);
            variable.plain |= plain;
        }
    }

    /// What an iterator gives.
    fn items(&self, iterated: &Expr) -> Items {
        if let Some(items) = self.variable(iterated).and_then(|iter| iter.items.clone()) {
            return Items::of(items);
        }
        let references = match syntax::inner(iterated) {
            Expr::MethodCall(call) => match call.method.to_string().as_str() {
                name if is_adapter(name) => return self.items(&call.receiver),
                "enumerate" => {
                    let shape = Shape::Tuple(vec![Shape::Copy, self.items(&call.receiver).shape]);
                    return Items::of(shape);
                }
                name if gives_parts_of_text(name) && self.is_text(&call.receiver) => {
                    return Items::of(Shape::Copy);
                }
                _ => self.references_of_list(iterated),
            },
            _ => self.references_of_list(iterated),
        };
        references.unwrap_or_else(|| match self.element_shape(iterated) {
            Shape::Unknown => Items::of(syntax::of_items(iterated, &|name| self.variable_shape(name))),
            shape => Items::of(shape),
        })
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
        Some(Items { ty, ..Items::of(shape) })
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
        let own_borrow = matches!(&next, Expr::Call(call) if call.args.len() == 2) || items.is_text;
        let by_position = own_borrow && !items.is_text;
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
        if own_borrow {
            // It is the loop's own borrow.
            effect.each_mut(&mut |leaf| {
                if matches!(leaf, Effect::Change(..) | Effect::Call(..)) {
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
        self.loop_body(body);
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
            self.machine.locals[local.0].boxed = items.are_boxes;
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
        "rev" | "skip" | "take" | "step_by" | "skip_while" | "take_while" | "filter" | "peekable" | "fuse"
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
    pub(super) shape: Shape,
    ty: Option<Type>,
    are_boxes: bool,
    /// They are characters of a text, each found behind the one before.
    pub(super) is_text: bool,
}

impl Items {
    pub(super) const UNKNOWN: Self = Items {
        shape: Shape::Unknown,
        ty: None,
        are_boxes: false,
        is_text: false,
    };

    fn of(shape: Shape) -> Self {
        Items { shape, ..Self::UNKNOWN }
    }
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
