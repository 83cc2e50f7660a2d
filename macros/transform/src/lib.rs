//! The transform behind `#[coro]`, as an ordinary library: from the tokens of a function to the tokens of its machine.
//!
//! [`expand`] is what the attribute macro calls. It never panics on purpose, and the same input gives the same output.
//!
//! ```
//! let attribute = proc_macro2::TokenStream::new();
//! let function = "fn one() -> impl Iterator<Item = u8> { yield_!(1) }".parse().unwrap();
//! let machine = unawait_transform::expand(attribute, function);
//! assert!(machine.to_string().contains("enum State"));
//! ```

mod apart;
mod arrays;
mod assertions;
mod attribute;
mod boxed_body;
mod capitals;
mod check;
mod desugar;
mod edition;
mod effects;
mod emit;
mod enclose;
mod expand;
mod fallback;
mod flow;
mod function;
mod hoist;
mod ir;
mod layout;
mod lifetimes;
mod lower;
mod names;
mod pattern;
mod scoped;
mod signature;
mod simplify;
mod source;
mod span;
mod stages;
mod std_borrows;
mod std_collected;
mod std_macros;
mod std_values;
mod syntax;
mod tokens;
mod validate;
mod variants;

pub use edition::Edition;
pub use fallback::{expand, expand_for, refuse};
pub use stages::generator;
