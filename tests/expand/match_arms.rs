//! Arms that suspend beside arms that do not, and a guard.

use unawait::prelude::*;

enum Shape {
    Dot,
    Line(u32),
    Box { width: u32, height: u32 },
}

#[coro]
fn rows(shape: Shape) -> impl Iterator<Item = String> {
    match shape {
        Shape::Dot => yield_!(".".to_owned()),
        Shape::Line(0) => return,
        Shape::Line(length) => yield_!("-".repeat(length as usize)),
        Shape::Box { width, height } if width > 0 => {
            for _ in 0..height {
                yield_!("#".repeat(width as usize));
            }
        }
        Shape::Box { .. } => {}
    }
    yield_!(String::new());
}
