//! Guards of locals that end where a loop goes on.
//!
//! A random number of its own decides where.

use super::Writer;

/// In front of so many of a hundred statements.
const SHARE: usize = 6;

impl Writer<'_> {
    /// One of them, in front of another statement.
    pub fn guarded(&mut self) -> Option<String> {
        let place = self.in_macro
            || self.clone
            || self.captured.is_some()
            || !self.suspends
            || self.left_suspensions < 3 * self.weight;
        if place || !self.guards.chance(SHARE) {
            return None;
        }
        Some(self.under(|writer| writer.exits = false, Self::ended_guard))
    }

    /// A loop whose body ends with a guard of a local, which is left in several ways, and comes to an end by the guard's drops.
    fn ended_guard(&mut self) -> String {
        if self.guards.chance(50) {
            return self.left_guard();
        }
        let (cell, guard) = (self.shape_name(), self.shape_name());
        let (older, younger) = (self.new_tracer(), self.new_tracer());
        let stop = self.inside(Self::stop);
        let made = match self.guards.below(3) {
            0 => format!("let {guard} = guard(&{cell}, {});", self.label("g")),
            1 => format!(
                "let Ok({guard}) = try_guard(&{cell}, {}) else {{ unreachable!() }};",
                self.label("g")
            ),
            _ => format!("let {guard} = Guard(&{cell}, {});", self.label("g")),
        };
        let leaves = match self.guards.below(6) {
            0 => format!("if {cell}.get() == 1 {{ continue; }}"),
            1 => format!("if {cell}.get() == 2 {{ break; }} else if {cell}.get() == 0 {{ log(\"first\"); continue; }}"),
            2 => format!("match {cell}.get() {{ 0 => continue, 1 => {{ log(\"one\"); }} _ => break }}"),
            3 => format!("let Some(_) = Some(1).filter(|_| {cell}.get() > 0) else {{ continue }};"),
            4 => format!(
                "if {cell}.get() == 1 {{ let _inner = {}; continue; }}",
                self.new_tracer()
            ),
            _ => String::new(),
        };
        let (before, behind) = match self.guards.below(3) {
            0 => (format!("let _o = {older};"), String::new()),
            1 => (String::new(), format!("let y = {younger}; see(&y);")),
            _ => (format!("let _o = {older};"), format!("let _y = {younger};")),
        };
        let stop_again = self.stop();
        format!(
            "let {cell} = std::cell::Cell::new(0); while {cell}.get() < 3 {{ {stop} {before} {made} {leaves} {behind} log({guard}.1); }} {stop_again}"
        )
    }
    /// The same with guards that the statement itself has: in a block of its own, as a temporary.
    fn left_guard(&mut self) -> String {
        let (cell, label) = (self.shape_name(), self.shape_name());
        let (older, younger, guarded) = (self.new_tracer(), self.new_tracer(), self.label("g"));
        let stop = self.inside(Self::stop);
        let made = format!("Guard(&{cell}, {guarded})");
        let leaves = match self.guards.below(5) {
            0 => format!(
                "{{ let g = {made}; let _y = {younger}; if g.0.get() == 1 {{ continue; }} if g.0.get() > 2 {{ break; }} log(g.1); }}"
            ),
            1 => format!("match {made}.0.get() {{ 0 => continue, 1 => {{ log(\"one\"); }} _ => break }}"),
            2 => format!(
                "if let n @ (1 | 2) = {made}.0.get() {{ let _y = {younger}; if n == 2 {{ break; }} continue; }}"
            ),
            3 => format!(
                "for n in 0..{made}.0.get() + 2 {{ let _y = {younger}; if n == 2 {{ break '{label}; }} if {cell}.get() == 1 {{ continue '{label}; }} }}"
            ),
            _ => format!(
                "let n = match {made}.0.get() {{ 1 => continue, 3 => break '{label}, n => n }}; let _y = {younger}; log(n);"
            ),
        };
        let again = self.inside(Self::stop);
        let stop_again = self.stop();
        format!(
            "let {cell} = std::cell::Cell::new(0); '{label}: while {cell}.get() < 4 {{ {stop} let _o = {older}; {leaves} {again} }} {stop_again}"
        )
    }
}
