//! `.await`: the machine yields the future, and what it gives comes back with the resume.
//!
//! ```text
//! // Input:
//! let n = #[await_] yield stream.read(&mut buf);
//! // Output:
//! suspend stream.read(&mut buf), resume at Await0    Await0: let n = received; ..
//! ```
//!
//! A future that borrows locals cannot be yielded beside the state that they move into: they are lent to it. Whether it may
//! borrow any is decided here by its syntax ([`Form`]); which locals these are, `layout` decides.

use std::rc::Rc;

use quote::ToTokens;
use syn::{Expr, ExprMacro, ExprMethodCall, ExprYield, parse_quote_spanned, spanned::Spanned};

use super::{Dest, Lower, binding::Binding, operand::Spill};
use crate::{
    desugar::{self, What},
    effects::{self, jump_of},
    ir::{Awaits, Code, Effect, End, Form, LocalId, Role, Suspension},
    names::Namespace,
    scoped::{Context, Scoped, Visitor},
    span::ours,
    std_macros, syntax,
    syntax::Shape,
};
use syn::visit_mut::VisitMut;

/// Methods that take `self` by value in the libraries that people await them of: bodies of responses, transactions.
const CONSUMING: [&str; 9] = [
    "text",
    "json",
    "bytes",
    "text_with_charset",
    "form",
    "commit",
    "rollback",
    "extract",
    "finish",
];

/// The wish for the name of what an await gives.
const VALUE: &str = "value";

impl Lower<'_> {
    /// An await whose value is needed where nothing can take it at once: it goes to a variable.
    pub(super) fn await_value(&mut self, suspension: &ExprYield, shape: &Shape) -> Expr {
        let at = desugar::source(suspension).place.name;
        let binding = self.new_temporary(VALUE, shape, at);
        let operand = self.awaited_operand(suspension);
        let name = &self.machine.local(binding.locals[0]).ident;
        let taken = self.machine.lookup(self.env, name);
        // The operand may have left a value of that name behind.
        let binding = match taken.is_some_and(|taken| !self.gives_away(&operand, taken)) {
            true => self.new_temporary(VALUE, shape, at),
            false => binding,
        };
        let name = self.machine.local(binding.locals[0]).ident.clone();
        self.await_operand(suspension, operand, Some(binding));
        syntax::mention(&name)
    }

    /// Awaits, and binds the value; without a binding it is dropped.
    pub(super) fn await_into(&mut self, suspension: &ExprYield, binding: Option<Rc<Binding>>) {
        let operand = self.awaited_operand(suspension);
        self.await_operand(suspension, operand, binding);
    }

    /// What is awaited, with what has to happen before it is.
    fn awaited_operand(&mut self, suspension: &ExprYield) -> Expr {
        let last = std::mem::take(&mut self.last_in_statement);
        // Those of awaits in the operand are needed.
        let ignores = std::mem::take(&mut self.ignores_output);
        let operand = match &suspension.expr {
            Some(operand) => self.value((**operand).clone()),
            None => super::value::unit_at(desugar::source(suspension).place.name),
        };
        self.ignores_output = ignores;
        let operand = match desugar::what(suspension) {
            What::AwaitMacro => operand,
            _ => self.before_await(operand, last),
        };
        self.bind_given_behind_temporaries();
        operand
    }

    fn gives_away(&self, operand: &Expr, local: LocalId) -> bool {
        let mut moves = false;
        crate::effects::of_expr(&self.machine, self.env, operand)
            .each(&mut |effect| moves |= matches!(effect, Effect::Move(moved) if *moved == local));
        moves
    }

    fn await_operand(&mut self, suspension: &ExprYield, operand: Expr, binding: Option<Rc<Binding>>) {
        let source = desugar::source(suspension);
        let is_macro = source.what == What::AwaitMacro;
        if let Some((call, local)) = self.consumed(&operand) {
            self.machine.consumed.push(local);
            let mut value = self.expr_code(call);
            value.effect = Effect::Seq(vec![value.effect, Effect::Move(local)]);
            return self.end_awaiting(value, &source, Form::Direct, binding.as_ref());
        }
        // In a block its temporaries live until the await is done.
        let direct = !is_macro
            && !self.mentions_itself(&operand)
            && self.is_direct(&operand)
            && !self.may_unite_lifetimes(&operand)
            && self.has_quiet_temporaries(&operand);
        let form = match (is_macro, direct) {
            (true, _) => Form::Macro,
            (false, true) => Form::Direct,
            (false, false) => Form::Lent,
        };
        let value = self.expr_code(operand);
        self.end_awaiting(value, &source, form, binding.as_ref());
    }

    fn end_awaiting(&mut self, value: Code<Expr>, source: &desugar::Source, form: Form, binding: Option<&Rc<Binding>>) {
        self.here = source.place.name;
        let resume = self.new_block(Role::Await, self.env);
        let ignores = std::mem::take(&mut self.ignores_output);
        self.end(End::Suspend(Suspension {
            value,
            resume,
            text: source.text(),
            place: source.place,
            awaits: Some(Awaits {
                form,
                discards: binding.is_none(),
                ignores,
            }),
            calls: false,
        }));
        self.enter(resume);
        let received = effects::received(source.place.name);
        let (stmt, locals) = match binding {
            Some(binding) => {
                let (attrs, mac) = (Vec::new(), received);
                let value = Expr::Macro(ExprMacro { attrs, mac });
                (binding.stmt_with(value), binding.locals.clone())
            }
            None => (effects::statement(received), Vec::new()),
        };
        self.push_stmt(stmt, &locals);
    }

    /// `yield_from!(stream)` in a stream: the stepper polls it in place of a future, and gives out its items.
    pub(super) fn delegate_to_stream(&mut self, suspension: &ExprYield) -> Expr {
        let source = desugar::source(suspension);
        let Some(operand) = &suspension.expr else {
            return super::value::unit_at(source.place.parens);
        };
        let operand = self.value((**operand).clone());
        let operand = self.name_temporaries(operand);
        let span = operand.span();
        let delegate = self.names.path_written_at("delegate_to", span);
        let delegate = parse_quote_spanned!(span=> #delegate(#operand));
        let value = self.expr_code(delegate);
        self.end_awaiting(value, &source, Form::Delegate, None);
        super::value::unit_at(span)
    }

    /// `response.text()`, a call that gives its receiver away: in a closure, which rustc tells whether that is so.
    fn consumed(&self, operand: &Expr) -> Option<(Expr, LocalId)> {
        let Expr::MethodCall(call) = syntax::inner(operand) else {
            return None;
        };
        let local = self.machine.lookup(self.env, syntax::variable(&call.receiver)?)?;
        let variable = self.machine.local(local);
        let sends = variable.ours && call.method == "send" && call.args.is_empty();
        let known = (is_consuming(call) || sends) && self.are_owned(&call.args);
        let kept = self.hints.kept.contains(&variable.key);
        let droppable = !variable.plain && variable.derived.is_none();
        let consumed = self.names.path_at("consumed", call.method.span());
        (known && droppable && !kept).then(|| {
            (
                parse_quote_spanned!(ours(call.method.span())=> #consumed(|| #operand)),
                local,
            )
        })
    }

    /// What has to happen before the operand can be a future of its own: early exits, and temporaries that are to live to
    /// the end of the statement, if something is evaluated between the await and there.
    fn before_await(&mut self, operand: Expr, last: bool) -> Expr {
        let operand = self.without_exits(operand);
        match last {
            true => operand,
            false => self.name_temporaries(operand),
        }
    }

    /// Evaluates what may leave the function, and what comes before it.
    pub(super) fn without_exits(&mut self, mut expr: Expr) -> Expr {
        if !exits(&expr) {
            return expr;
        }
        if let Expr::Reference(reference) = &mut expr {
            *reference.expr = self.without_exits((*reference.expr).clone());
            return expr;
        }
        // Of `a || b` the second is not always evaluated.
        let lazy = matches!(&expr, Expr::Binary(binary) if syntax::is_lazy(&binary.op));
        if !lazy && !matches!(expr, Expr::Try(_)) && super::operand::list(&mut expr).is_some() {
            self.operands_of(&mut expr, Spill::Exits);
            return expr;
        }
        let span = expr.span();
        self.settled("t", expr, span)
    }

    /// Whether the awaited future can stand beside the state: it owns all it was made of, or borrows from outside.
    fn is_direct(&self, operand: &Expr) -> bool {
        match syntax::inner(operand) {
            operand if is_no_future(operand) => false,
            Expr::Path(_) => self.is_owned(operand),
            Expr::Call(call) => self.is_function(&call.func) && self.are_owned(&call.args),
            Expr::MethodCall(call) => self.is_from_outside(&call.receiver) && self.are_owned(&call.args),
            _ => false,
        }
    }

    /// Whether the future may have a lifetime that two arguments share, `store.get(key)` of a `Pin<Box<dyn Future + 'a>>`: the
    /// signature has no name for it, but what is within an `async` block needs none.
    fn may_unite_lifetimes(&self, operand: &Expr) -> bool {
        let lifetimes = |ty: &syn::Type| {
            let text = ty.to_token_stream().to_string();
            text.matches(['&', '\'']).count()
        };
        let types = self
            .function
            .arguments
            .iter()
            .filter_map(|argument| argument.ty.as_ref());
        let several = types.map(lifetimes).sum::<usize>() > 1;
        if !several || self.function.object.is_some() || matches!(syntax::inner(operand), Expr::Path(_)) {
            return false;
        }
        let mentioned = self
            .machine
            .mentioned(&effects::of_expr(&self.machine, self.env, operand));
        let refers = |local: &&LocalId| {
            let variable = self.machine.local(**local);
            match &variable.ty {
                Some(ty) => lifetimes(ty) > 0,
                None => !variable.copy && !variable.owner,
            }
        };
        mentioned.iter().filter(refers).count() > 1
    }

    /// A path that is no local.
    fn is_function(&self, callee: &Expr) -> bool {
        match syntax::inner(callee) {
            Expr::Path(path) => match path.path.get_ident() {
                Some(name) => self.machine.lookup(self.env, name).is_none(),
                None => true,
            },
            _ => false,
        }
    }

    /// A place behind a reference that was an argument.
    fn is_from_outside(&self, place: &Expr) -> bool {
        let root = syntax::root(place).and_then(|name| self.machine.lookup(self.env, name));
        let shared = root.map(|local| self.machine.local(local)).is_some_and(|local| {
            // `mut reader: &[u8]` may be changed itself.
            self.is_shared_reference(local) && !local.mutable
        });
        shared && self.is_quiet_place(place)
    }

    /// Whether the value borrows no local.
    fn is_owned(&self, value: &Expr) -> bool {
        match syntax::inner(value) {
            Expr::Lit(_) | Expr::Field(_) | Expr::Index(_) => true,
            Expr::Path(path) => match path.path.get_ident() {
                Some(name) => match self.machine.lookup(self.env, name) {
                    Some(local) => self.machine.local(local).derived.is_none(),
                    None => true,
                },
                None => true,
            },
            Expr::Reference(reference) => {
                syntax::is_constant(&reference.expr) && reference.mutability.is_none()
                    || self.is_from_outside(&reference.expr)
            }
            Expr::MethodCall(call) => {
                let receiver = match syntax::consumes_receiver(call) {
                    true => self.is_owned(&call.receiver),
                    false => syntax::returns_owned(&call.method) || self.is_from_outside(&call.receiver),
                };
                receiver && self.are_owned(&call.args)
            }
            Expr::Call(call) => self.is_function(&call.func) && self.are_owned(&call.args),
            Expr::Tuple(tuple) => self.are_owned(&tuple.elems),
            Expr::Array(array) => self.are_owned(&array.elems),
            Expr::Struct(literal) => {
                literal.rest.is_none() && self.are_owned(literal.fields.iter().map(|field| &field.expr))
            }
            Expr::Repeat(repeat) => self.is_owned(&repeat.expr),
            Expr::Range(range) => self.are_owned(range.start.iter().chain(&range.end).map(|end| &**end)),
            Expr::Cast(cast) => self.is_owned(&cast.expr),
            Expr::Unary(unary) => self.is_owned(&unary.expr),
            Expr::Binary(binary) => self.is_owned(&binary.left) && self.is_owned(&binary.right),
            Expr::Macro(mac) => match std_macros::parse(&mac.mac) {
                Some(_) if mac.mac.path.is_ident("format") => true,
                Some(known) if mac.mac.path.is_ident("vec") => {
                    self.are_owned(known.arguments.iter().map(|argument| &argument.expr))
                }
                _ => false,
            },
            _ => false,
        }
    }

    fn are_owned<'e>(&self, values: impl IntoIterator<Item = &'e Expr>) -> bool {
        values.into_iter().all(|value| self.is_owned(value))
    }

    /// Whether the operand calls the function itself: its future's type must not be looked at then.
    fn mentions_itself(&self, operand: &Expr) -> bool {
        Namespace::of(operand.to_token_stream()).mentions(&self.function.name.to_string())
    }

    /// Whether nothing that can be observed is evaluated between the await in `expr` and the end of the statement, so that
    /// its temporaries may as well end with it.
    pub(super) fn ends_with_await(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Yield(suspension) => desugar::what(suspension) == What::Await,
            Expr::Paren(paren) => self.ends_with_await(&paren.expr),
            Expr::Try(tried) => self.ends_with_await(&tried.expr),
            Expr::Call(call) if call.args.len() == 1 => {
                syntax::is_constructor(&call.func) && self.ends_with_await(&call.args[0])
            }
            Expr::MethodCall(call) if call.args.is_empty() => {
                let quiet = ["unwrap", "ok", "err", "is_ok", "is_err", "is_some", "is_none"];
                quiet.iter().any(|name| call.method == name) && self.ends_with_await(&call.receiver)
            }
            _ => false,
        }
    }

    /// `dest` may take what an await gives as it comes.
    pub(super) fn takes_at_once(dest: &Dest) -> bool {
        match dest {
            Dest::Discard => true,
            Dest::Return => false,
            Dest::Bind(binding) => binding.ty.is_none() && binding.attrs.is_empty(),
        }
    }
}

/// Whether it certainly is none: within a block rustc says so of its own `.await`, whatever else of the type is not known.
fn is_no_future(operand: &Expr) -> bool {
    let callee = match operand {
        Expr::Call(call) => &call.func,
        other => other,
    };
    let name = syntax::variable(callee).map(ToString::to_string);
    matches!(name.as_deref(), Some("Some" | "None" | "Ok" | "Err"))
}

/// Whether the method takes `self` by value in the library that people know it of.
pub(crate) fn is_consuming(call: &ExprMethodCall) -> bool {
    CONSUMING.iter().any(|name| call.method == name)
}

/// Whether the expression may leave the function or a loop around it: `?`, `return`, `break`.
pub(crate) fn exits(expr: &Expr) -> bool {
    struct Exits(bool);
    impl Visitor for Exits {
        fn expression(&mut self, expr: &mut Expr, context: &Context) -> bool {
            self.0 |= match expr {
                Expr::Try(_) | Expr::Return(_) => true,
                Expr::Break(jump) => !context.encloses(jump.label.as_ref().map(|label| &label.ident)),
                Expr::Continue(jump) => !context.encloses(jump.label.as_ref().map(|label| &label.ident)),
                Expr::Macro(mac) => jump_of(&mac.mac).is_some(),
                _ => false,
            };
            self.0
        }
    }
    let mut find = Exits(false);
    Scoped::new(&mut find).visit_expr_mut(&mut expr.clone());
    find.0
}
