//! Variants behind boxes, which patterns take apart.

use crate::harness::{D, log};

enum List {
    Cons(D, Box<List>),
    Nil,
}
fn list(names: &[&'static str]) -> List {
    names
        .iter()
        .rev()
        .fold(List::Nil, |tail, name| List::Cons(D(name), Box::new(tail)))
}
enum Shape {
    Dot(u32, u32),
    Line { from: D, to: D },
    Group(Vec<Shape>),
    Nested(Box<Shape>),
}

differential! {
    iterator cons(mut at: Box<List>) yields (usize) with (Box::new(list(&["a", "bb", "ccc"]))) {
        while let List::Cons(d, tail) = *at {
            yield_!(d.name().len());
            at = tail;
            log(d.name());
            yield_!(0);
        }
        yield_!(9);
    }

    iterator cons_by_loop(first: List) yields (usize) with (list(&["a", "bb"])) {
        let mut at = Box::new(first);
        loop {
            match *at {
                List::Cons(d, tail) => { at = tail; yield_!(d.name().len()); }
                List::Nil => break,
            }
        }
        yield_!(7);
    }

    iterator reversed(first: Box<List>) yields (&'static str) with (Box::new(list(&["a", "bb", "c"]))) {
        let mut rest = first;
        let mut done = Box::new(List::Nil);
        while let List::Cons(d, tail) = *rest {
            yield_!(d.name());
            done = Box::new(List::Cons(d, done));
            rest = tail;
        }
        while let List::Cons(d, tail) = *done { yield_!(d.name()); done = tail; log("dropped next"); }
    }

    iterator shapes(shape: Box<Shape>, more: Vec<Box<Shape>>) yields (u32)
        with (Box::new(Shape::Group(vec![Shape::Dot(1, 2), Shape::Line { from: D("from"), to: D("to") }, Shape::Nested(Box::new(Shape::Dot(3, 4)))])), vec![Box::new(Shape::Line { from: D("x"), to: D("y") })]) {
        let mut stack: Vec<Box<Shape>> = more;
        stack.push(shape);
        while let Some(shape) = stack.pop() {
            let after = D("after");
            match *shape {
                Shape::Dot(x, y) if x > 2 => yield_!(y),
                Shape::Dot(x, _) => { yield_!(x); log("small") }
                Shape::Line { from, to } => { yield_!(5); drop(from); yield_!(6); log(to.name()) }
                Shape::Group(list) => { for item in list { stack.push(Box::new(item)); yield_!(7); } }
                Shape::Nested(inner) => { yield_!(8); stack.push(inner); }
            }
            log(after.name());
            yield_!(10);
        }
    }

    iterator kept_partly(shape: Box<Shape>, c: bool) yields (u32) with (Box::new(Shape::Line { from: D("from"), to: D("to") }), true) {
        let young = D("young");
        if c && let Shape::Line { from, to } = *shape {
            yield_!(1);
            drop(to);
            yield_!(2);
            log(from.name());
        } else { yield_!(3); }
        yield_!(4);
    }

    iterator not_taken(shape: Box<Shape>, c: bool) yields (u32) with (Box::new(Shape::Line { from: D("from"), to: D("to") }), false) {
        let young = D("young");
        if c && let Shape::Line { from, to } = *shape {
            yield_!(1);
            drop(to);
            log(from.name());
        } else { yield_!(3); }
        yield_!(4);
        log(young.name());
    }

    iterator let_else(shape: Box<Shape>) yields (u32) with (Box::new(Shape::Group(vec![Shape::Line { from: D("a"), to: D("b") }]))) {
        let young = D("young");
        let Shape::Line { from, to } = *shape else {
            yield_!(1);
            log("else");
            return;
        };
        yield_!(2);
        log(from.name());
    }

    iterator result_boxes(r: Result<Box<Shape>, Box<D>>) yields (u32) with (Err(Box::new(D("error")))) {
        match r {
            Ok(shape) => match *shape { Shape::Dot(x, y) => { yield_!(x); yield_!(y) } _ => yield_!(0) },
            Err(d) => { let d: Box<D> = d; let d = *d; yield_!(1); log(d.name()); yield_!(2) }
        }
        yield_!(3);
    }
}
