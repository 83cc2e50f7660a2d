//! Strings that may be format strings, and that would capture a variable which has another name in the machine.
//!
//! ```text
//! let n = 1;
//! { let n = 2; yield 0; show!("{n}"); }
//! print(n);
//! ```

use syn::Error;

use crate::{ir::Machine, layout::Layout};

/// An error for each such variable, at the string.
pub(crate) fn check(machine: &Machine, layout: &Layout) -> Vec<Error> {
    let captured = machine.captured.borrow();
    let renamed = captured.iter().filter(|(local, _)| layout.renamed.contains_key(local));
    let error = |name: &proc_macro2::Ident| {
        let message = format!(
            "`{{{name}}}` may be a variable, and another `{name}` is still needed behind it; what this macro makes of the \
             string, `#[coro]` cannot know\nhelp: give one of the two another name"
        );
        Error::new(name.span(), message)
    };
    renamed.map(|(_, name)| error(name)).collect()
}
