//! Shapes of several statements that random single ones hardly ever make: what is taken out and put back, parts that are
//! borrowed across a suspension, trait objects, closures, operators of a user's types.
//!
//! A random number of its own decides where and which. The variables that they declare are their own, and stay in scope.

use super::Writer;
use super::types::Ty;
use crate::switches::Switch;

/// In front of so many of a hundred statements.
const SHARE: usize = 9;

impl Writer<'_> {
    /// One of them in front of another statement.
    pub fn shape(&mut self) -> Option<String> {
        let place =
            self.in_macro || self.captured.is_some() || !self.suspends || self.left_suspensions < 2 * self.weight;
        if place || !self.shapes.chance(SHARE) || !self.allowed(Switch::Shapes) {
            return None;
        }
        let text = self.under(|writer| writer.exits = false, Self::any_shape);
        Some(text)
    }

    fn any_shape(&mut self) -> String {
        // A trait object, a closure and what borrows are no `Clone`.
        let kinds = if self.clone { 8 } else { 18 };
        match self.shapes.below(kinds) {
            0 => self.nested_pattern(),
            1 => self.slot(),
            2 => self.sums(),
            3 => self.builder(),
            4 => self.generic_function(),
            5 => self.parts_of_lists(),
            6 => self.put_back(),
            7 => self.tuple_of_patterns(),
            8 => self.closure_by_reference(),
            9 => self.closure_by_move(),
            10 | 11 => self.trait_object(),
            12 => self.fields_by_reference(),
            13 => self.field_by_mutable_reference(),
            14 => self.pattern_by_reference(),
            15 => self.changed_items(),
            16 => self.optional(),
            _ if self.kind.awaits() => self.future_in_a_variable(),
            _ => self.chain_in_a_loop(),
        }
    }

    pub(super) fn shape_name(&mut self) -> String {
        self.shaped += 1;
        format!("w{}", self.shaped)
    }

    fn tracer(&mut self) -> String {
        self.whole(|writer| writer.operand(Ty::Tracer))
    }

    pub(super) fn new_tracer(&mut self) -> String {
        format!("d({})", self.label("w"))
    }

    fn number(&mut self) -> String {
        self.whole(|writer| writer.operand(Ty::Num))
    }

    /// A suspension, in most cases.
    pub(super) fn stop(&mut self) -> String {
        self.whole(|writer| writer.suspend_statement()).unwrap_or_default()
    }

    /// What is done on some paths, or more than once.
    pub(super) fn inside(&mut self, write: impl FnOnce(&mut Self) -> String) -> String {
        self.weight *= 2;
        let states = self.states();
        let text = self.scoped(|writer| writer.kept(write));
        self.restore(&states);
        self.weight /= 2;
        text
    }

    /// `if let Some((x, Pair { left: y, right: z })) = Some((..)) { .. }`, by each mode.
    fn nested_pattern(&mut self) -> String {
        let (name, x, y) = (self.shape_name(), self.shape_name(), self.shape_name());
        let (one, two, three) = (self.tracer(), self.tracer(), self.new_tracer());
        let value = format!("let mut {name} = Some(({one}, pair({two}, {three})));");
        let (stop, again) = (self.inside(Self::stop), self.inside(Self::stop));
        let then = match self.shapes.below(5) {
            0 => format!(
                "match {name} {{ Some(({x}, Pair {{ left: {y}, right }})) => {{ {stop} eat({y}); {again} see(&{x}); }} None => {{}} }}"
            ),
            1 => format!(
                "match &{name} {{ Some(({x}, Pair {{ left: {y}, .. }})) => {{ {stop} seen({x}, see({y})); }} None => {{}} }}"
            ),
            2 => format!(
                "if let Some((ref mut {x}, Pair {{ ref left, .. }})) = {name} {{ {stop} swap({x}, D(\"in\")); see(left); {again} }}"
            ),
            3 => format!(
                "let Some(({x}, Pair {{ left: {y}, right: _r }})) = {name} else {{ unreachable!() }}; {stop} seen(&{y}, see(&{x}));"
            ),
            _ => format!(
                "if let Some(({x}, {y} @ Pair {{ .. }})) = &mut {name} && {} {{ swap(&mut {y}.right, D(\"in\")); {stop} see({x}); }}",
                self.flag()
            ),
        };
        format!("{value} {then}")
    }

    /// `take` and `replace` of fields.
    fn slot(&mut self) -> String {
        let (name, x, old) = (self.shape_name(), self.shape_name(), self.shape_name());
        let (item, left) = (self.tracer(), self.tracer());
        let made = format!("let mut {name} = Slot {{ item: Some({item}), pair: pair({left}, D(\"right\")) }};");
        let (stop, again) = (self.stop(), self.inside(Self::stop));
        let value = self.tracer();
        let then = match self.shapes.below(4) {
            0 => format!(
                "if let Some({x}) = {name}.item.take() {{ {again} eat({x}); }} {name}.item = Some({value}); {stop} see(&{name});"
            ),
            1 => format!(
                "let {old} = std::mem::replace(&mut {name}.pair.left, {value}); {stop} seen(&{old}, see(&{name}));"
            ),
            2 => format!(
                "{name}.pair = pair({value}, D(\"new\")); {stop} {name}.item = {name}.item.take().filter(|t| t.size() > 3);"
            ),
            _ => format!(
                "while let Some({x}) = {name}.item.take() && flag(\"more\", true) {{ {again} see(&{x}); }} {name}.item = Some({value}); {stop}"
            ),
        };
        format!("{made} {then}")
    }

    /// Operators of a user's type with suspensions on both sides.
    fn sums(&mut self) -> String {
        let name = self.shape_name();
        let (one, other) = (self.sum(), self.sum());
        match self.shapes.below(4) {
            0 => format!("let {name} = {one} + {other}; {}", self.stop()),
            1 => format!(
                "let mut {name} = {one}; {name} += {other}; {} see(&{name});",
                self.stop()
            ),
            2 => format!("let {name} = -({one} + {other}); {} see(&{name}[0]);", self.stop()),
            _ => format!("let {name} = ({one} == {other}, {}, {one} < {other});", self.sum()),
        }
    }

    fn sum(&mut self) -> String {
        let (tracer, number) = (self.new_tracer(), self.number());
        format!("sum({tracer}, {number})")
    }

    /// Methods that take their receiver and give it back.
    fn builder(&mut self) -> String {
        let (name, built) = (self.shape_name(), self.shape_name());
        let first = self.tracer();
        let made = format!("let mut {name} = Builder::new(); {name} = {name}.part({first});");
        let (stop, value) = (self.stop(), self.tracer());
        let then = match self.shapes.below(3) {
            0 => format!("{name} = Builder::part({name}, {value}); let {built} = Builder::build({name});"),
            1 => format!("let {built} = Builder::build({{ {name} }}.part({value}));"),
            _ => format!(
                "let {built} = Builder::build({{ {name} }}.part(D(\"one\")).part(D(\"two\"))).len(); see(&{value});"
            ),
        };
        format!("{made} {stop} {then} {} see(&{built});", self.stop())
    }

    fn generic_function(&mut self) -> String {
        let (pick, name) = (self.shape_name(), self.shape_name());
        let item = format!(
            "fn {pick}<T: std::fmt::Debug>(a: T, b: T, first: bool) -> T {{ see(&a); if first {{ a }} else {{ b }} }}"
        );
        let (one, other, which) = (self.tracer(), self.tracer(), self.flag());
        format!(
            "{item} let {name} = {pick}({one}, {other}, {which}); {} see(&{name});",
            self.stop()
        )
    }

    /// Parts of arrays and lists.
    fn parts_of_lists(&mut self) -> String {
        let (name, x, y) = (self.shape_name(), self.shape_name(), self.shape_name());
        let (one, two) = (self.tracer(), self.tracer());
        let (stop, again) = (self.stop(), self.inside(Self::stop));
        match self.shapes.below(5) {
            0 => format!(
                "let mut {name} = [{one}, {two}, D(\"last\")]; {{ let ({x}, {y}) = {name}.split_at_mut(1); std::mem::swap(&mut {x}[0], &mut {y}[1]); }} {stop} see(&{name});"
            ),
            1 => format!("let [{x}, {y}] = [{one}, {two}]; {stop} see(&{y}); eat({x});"),
            2 => format!(
                "for ({x}, {y}) in vec![{one}, {two}].into_iter().enumerate() {{ {again} seen(&{y}, {x} as u32); }} {stop}"
            ),
            3 => format!(
                "let mut {name} = vec![{one}, {two}]; {stop} let {x} = std::mem::take(&mut {name}); {name}.extend({x}.into_iter().rev()); see(&{name});"
            ),
            _ => format!(
                "let mut {name} = vec![{one}, {two}]; {name}.swap(0, 1); {stop} let {x} = {name}.swap_remove(0); {} see(&{x});",
                self.stop()
            ),
        }
    }

    /// A field is given away, and gets another value.
    fn put_back(&mut self) -> String {
        let name = self.shape_name();
        let (left, right) = (self.tracer(), self.tracer());
        let field = if self.shapes.chance(50) { "left" } else { "right" };
        let between = match self.shapes.chance(20) && self.allowed(Switch::PartialMove) {
            true => self.stop(),
            false => String::new(),
        };
        let value = self.new_tracer();
        format!(
            "let mut {name} = pair({left}, {right}); {} eat({name}.{field}); {between} {name}.{field} = {value}; {} see(&{name});",
            self.stop(),
            self.stop()
        )
    }

    /// A match on several values at once.
    fn tuple_of_patterns(&mut self) -> String {
        let (x, y, name) = (self.shape_name(), self.shape_name(), self.shape_name());
        let (one, two) = (self.tracer(), self.number());
        let (stop, again) = (self.inside(Self::stop), self.inside(Self::stop));
        let flag = self.flag();
        format!(
            "let {name} = match ({one}, {two}) {{ ({x}, 1) => {{ {stop} {x} }} ({x}, {y}) if {flag} && {y} > 2 => {{ {again} {x} }} ({x}, _) => {x}, }}; {} see(&{name});",
            self.stop()
        )
    }

    fn closure_by_reference(&mut self) -> String {
        let (count, call) = (self.shape_name(), self.shape_name());
        let (stop, number) = (self.stop(), self.number());
        match self.shapes.chance(50) {
            true => format!(
                "let mut {count} = 0; let mut {call} = |k: u32| {{ {count} += k; {count} }}; {call}(1); {stop} let _ = {call}({number}); see(&{count}); {}",
                self.stop()
            ),
            false => format!(
                "let {count} = {}; let {call} = |k: u32| seen(&{count}, k); {stop} {call}(2); {call}({number}); {} see(&{count});",
                self.tracer(),
                self.stop()
            ),
        }
    }

    fn closure_by_move(&mut self) -> String {
        let (held, call) = (self.shape_name(), self.shape_name());
        let value = self.tracer();
        let (stop, number) = (self.stop(), self.number());
        match self.shapes.chance(60) {
            true => format!(
                "let {held} = {value}; let {call} = move |k: u32| seen(&{held}, k); {stop} {call}({number}); {}",
                self.stop()
            ),
            false => format!(
                "let mut {held} = Some({value}); let mut {call} = move || {held}.take().map_or(0, eat); {call}(); {stop} {call}(); let _ = {number};"
            ),
        }
    }

    fn trait_object(&mut self) -> String {
        let name = self.shape_name();
        let (one, other) = (self.new_tracer(), self.tracer());
        let made = match self.shapes.chance(50) {
            true => {
                let flag = self.flag();
                format!(
                    "let mut {name}: Box<dyn Shape> = if {flag} {{ Box::new({one}) }} else {{ Box::new(pair(D(\"l\"), D(\"r\"))) }};"
                )
            }
            false => format!("let mut {name}: Box<dyn Shape> = Box::new({one});"),
        };
        let stop = self.stop();
        let then = match self.shapes.below(3) {
            0 => format!("{name}.grow({other}); {} see(&{name}.area());", self.stop()),
            1 => format!("{name} = Box::new({other}); {} Shape::done({name});", self.stop()),
            _ => format!(
                "let _ = {other}; if {} {{ drop({name}); }} else {{ {} see(&{name}.area()); }}",
                self.flag(),
                self.inside(Self::stop)
            ),
        };
        format!("{made} {stop} {then} {}", self.stop())
    }

    fn fields_by_reference(&mut self) -> String {
        let (name, x, y) = (self.shape_name(), self.shape_name(), self.shape_name());
        let (left, right) = (self.tracer(), self.tracer());
        format!(
            "let {name} = pair({left}, {right}); let {x} = &{name}.left; let {y} = &{name}.right; {} seen({x}, {}); {} see({y});",
            self.stop(),
            self.number(),
            self.stop()
        )
    }

    fn field_by_mutable_reference(&mut self) -> String {
        let (name, x) = (self.shape_name(), self.shape_name());
        let (left, right, value) = (self.tracer(), self.tracer(), self.tracer());
        format!(
            "let mut {name} = pair({left}, {right}); let {x} = &mut {name}.left; {} swap({x}, {value}); {} see({x}); see(&{name}); {}",
            self.stop(),
            self.stop(),
            self.stop()
        )
    }

    /// `let (ref a, ref mut b) = x;`
    fn pattern_by_reference(&mut self) -> String {
        let (name, x, y) = (self.shape_name(), self.shape_name(), self.shape_name());
        let (left, right, value) = (self.tracer(), self.tracer(), self.tracer());
        format!(
            "let mut {name} = ({left}, {right}); let (ref {x}, ref mut {y}) = {name}; {} seen({x}, see({y})); swap({y}, {value}); {} see({x}); {}",
            self.stop(),
            self.stop(),
            self.stop()
        )
    }

    /// Items that are changed while a loop goes over them.
    fn changed_items(&mut self) -> String {
        let (name, x) = (self.shape_name(), self.shape_name());
        let (one, two) = (self.tracer(), self.tracer());
        let head = if self.shapes.chance(50) {
            format!("{name}.iter_mut()")
        } else {
            format!("&mut {name}")
        };
        let (before, after) = (self.inside(Self::stop), self.inside(Self::stop));
        format!(
            "let mut {name} = vec![{one}, {two}]; for {x} in {head} {{ {before} swap({x}, D(\"changed\")); {after} see({x}); }} {} see(&{name});",
            self.stop()
        )
    }

    /// An option that is looked into.
    fn optional(&mut self) -> String {
        let (name, x) = (self.shape_name(), self.shape_name());
        let value = self.tracer();
        let (stop, again) = (self.inside(Self::stop), self.inside(Self::stop));
        let made = format!("let mut {name} = Some({value});");
        let then = match self.shapes.below(4) {
            0 => format!("if let Some({x}) = {name}.as_mut() {{ {stop} swap({x}, D(\"in\")); {again} see({x}); }}"),
            1 => format!("if let Some({x}) = {name}.as_ref() {{ {stop} see({x}); }} {name} = None;"),
            2 => format!("let {x} = {name}.get_or_insert_with(|| D(\"w\")); swap({x}, D(\"in\"));"),
            _ => format!("if let Some({x}) = &mut {name} {{ {stop} swap({x}, D(\"in\")); {again} see({x}); }}"),
        };
        format!("{made} {then} {} see(&{name});", self.stop())
    }

    /// A future that is made before something else is awaited.
    fn future_in_a_variable(&mut self) -> String {
        let (held, future) = (self.shape_name(), self.shape_name());
        let value = self.tracer();
        let stop = self.stop();
        self.left_suspensions = self.left_suspensions.saturating_sub(self.weight);
        match self.shapes.below(4) {
            0 => format!("let {future} = later(\"w\", {value}); {stop} eat({future}.await);"),
            1 => format!(
                "let {held} = {value}; let {future} = async move {{ later(\"w\", {held}).await }}; {stop} eat({future}.await);"
            ),
            2 => format!(
                "let {future} = Box::pin(pass({value})); {stop} if {} {{ eat({future}.await); }}",
                self.flag()
            ),
            _ => format!("let {held} = apply(|k| see(&k), later(\"w\", {value}).await).await; {stop} see(&{held});"),
        }
    }

    /// `while let` with more conditions.
    fn chain_in_a_loop(&mut self) -> String {
        let (name, x, y) = (self.shape_name(), self.shape_name(), self.shape_name());
        let (one, two) = (self.tracer(), self.tracer());
        let (stop, flag) = (self.inside(Self::stop), self.flag());
        let number = self.inside(Self::number);
        format!(
            "let mut {name} = vec![{one}, {two}]; while let Some({x}) = {name}.pop() && let Some({y}) = (Some({number})) && {flag} {{ {stop} seen(&{x}, {y}); }} {}",
            self.stop()
        )
    }
}
