//! Where values end: arms, guards, temporaries, conditional moves, loops, dropped at each suspension and left by each exit.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::harness::{D, log};

fn d(name: &'static str) -> D {
    log(format!("new {name}"));
    D(name)
}

#[derive(Debug)]
enum E {
    A(D, D),
    B {
        x: D,
        n: u32,
    },
    #[allow(dead_code, reason = "a case that does not occur")]
    C,
}

#[derive(Debug)]
struct Pair {
    l: D,
    r: D,
}

impl Pair {
    fn both(&self) -> usize {
        log("both");
        self.l.name().len() + self.r.name().len()
    }

    fn take(self) -> D {
        log("take");
        self.l
    }
}

/// Sets the cell back.
struct Gd<'a>(&'a Cell<u32>, u32);

impl Drop for Gd<'_> {
    fn drop(&mut self) {
        crate::harness::record(format!("restore {} from {}", self.1, self.0.get()));
        self.0.set(self.1);
    }
}

differential! {
    iterator drops_in_match_arms(e: E) yields (u32) with (E::A(D("a1"), D("a2"))) {
        match e {
            E::A(x, y) => {
                yield_!(1);
                drop(y);
                yield_!(2);
                log(x.name());
            }
            E::B { x, n } => {
                yield_!(n);
                drop(x);
            }
            E::C => yield_!(3),
        }
        yield_!(4);
    }
    iterator drops_in_match_arms_refs(e: E) yields (u32) with (E::B { x: D("bx"), n: 4 }) {
        match &e {
            E::A(x, _) => {
                yield_!(x.name().len() as u32);
            }
            E::B { x, n } if *n > 3 => {
                yield_!(*n);
                log(x.name());
                yield_!(n + 1);
            }
            _ => {}
        }
        if let E::B { ref x, .. } = e {
            yield_!(x.name().len() as u32);
        }
        yield_!(4);
        if let E::B { x, n } = e {
            yield_!(n);
            drop(x)
        }
        yield_!(5);
    }
    iterator guard_with_refs(e: E) yields (u32) with (E::A(D("p"), D("q"))) {
        match e {
            E::A(ref x, _)
                if {
                    yield_!(1);
                    x.name() == "zz"
                } =>
                yield_!(2),
            E::A(x, y)
                if {
                    yield_!(3);
                    y.name() == "q"
                } =>
            {
                yield_!(4);
                drop(x);
                yield_!(5);
            }
            _ if {
                yield_!(7);
                true
            } =>
                yield_!(8),
            _ => yield_!(6),
        }
        yield_!(9);
    }
    iterator guard_temporaries(n: u32) yields (u32) with (2) {
        match (n, d("scrut")) {
            (1, _)
                if {
                    yield_!(1);
                    true
                } =>
                yield_!(2),
            (2, g)
                if {
                    yield_!(3);
                    d("guardtmp").name().len() > g.name().len()
                } =>
            {
                yield_!(4);
                log(g.name());
            }
            _ => yield_!(5),
        }
        yield_!(6);
    }
    iterator temporaries_of_statements() yields (usize) {
        yield_!(
            d("a").name().len() + {
                yield_!(d("b").name().len());
                d("c").name().len()
            }
        );
        let x = (d("t1"), yield_!(1), d("t2")).0;
        yield_!(x.name().len());
        let _ = d("ignored");
        let _ = (d("i1"), yield_!(2));
        let _g = (d("k1"), yield_!(3));
        let (a, _) = (d("p1"), d("p2"));
        yield_!(a.name().len());
        [d("s1"), d("s2")].iter().map(|x| x.name().len()).sum::<usize>();
        yield_!(4);
    }
    iterator method_receivers(p: Pair) yields (usize) with (Pair { l: D("L"), r: D("R") }) {
        yield_!(p.both());
        yield_!(
            Pair {
                l: d("l2"),
                r: d("r2")
            }
            .both()
        );
        let z = Pair {
            l: d("l3"),
            r: d("r3"),
        }
        .both()
            + {
                yield_!(1);
                p.both()
            };
        yield_!(z);
        let t = Pair::take(p);
        yield_!(t.name().len());
    }
    iterator conditional_moves(c: bool, a: D, b: D) yields (u32) with (true, D("a"), D("b")) {
        if c {
            drop(a);
            yield_!(1);
        } else {
            yield_!(2);
        }
        let k = if !c {
            b
        } else {
            yield_!(3);
            d("new")
        };
        yield_!(4);
        let m = match c {
            true if {
                yield_!(5);
                false
            } =>
                k,
            _ => {
                drop(k);
                d("m")
            }
        };
        yield_!(6);
        log(m.name());
    }
    iterator conditional_init(c: bool) yields (u32) with (true) {
        let x;
        let y;
        if c {
            x = d("x");
            yield_!(1);
        } else {
            y = d("y");
            yield_!(2);
            return;
        }
        yield_!(3);
        log(x.name());
        let z: D;
        loop {
            if c {
                z = d("z");
                break;
            }
            yield_!(9);
        }
        yield_!(z.name().len() as u32);
    }
    iterator loops_reassign_guard() yields (u32) {
        let mut g = d("g0");
        for i in 0..2 {
            g = if i == 0 {
                yield_!(i);
                d("g1")
            } else {
                d("g2")
            };
            yield_!(10 + i);
        }
        let old = std::mem::replace(&mut g, d("g3"));
        yield_!(20);
        drop(old);
        g = d("g4");
        yield_!(30);
    }
    iterator vec_of_guards_partial(mut list: Vec<D>) yields (usize) with (vec![D("1"), D("22"), D("333")]) {
        let last = list.pop();
        yield_!(list.len());
        if let Some(x) = &last {
            yield_!(x.name().len());
        }
        let first = list.swap_remove(0);
        yield_!(first.name().len());
        for x in list.drain(..).collect::<Vec<_>>() {
            yield_!(x.name().len());
        }
        yield_!(0);
        list.push(last.unwrap());
        yield_!(list.len());
    }
    iterator boxed_nodes() yields (u32) {
        struct Node {
            g: D,
            next: Option<Box<Node>>,
        }
        let mut cur = Some(Box::new(Node {
            g: d("n1"),
            next: Some(Box::new(Node {
                g: d("n2"),
                next: None,
            })),
        }));
        while let Some(node) = cur {
            let Node { g, next } = *node;
            yield_!(g.name().len() as u32);
            cur = next;
            yield_!(1);
        }
    }
    iterator cell_guards['a](c: &'a Cell<u32>) yields (u32) with (&Cell::new(1)) {
        let _a = Gd(c, c.get());
        c.set(2);
        yield_!(c.get());
        {
            let _b = Gd(c, c.replace(3));
            yield_!(c.get());
            let _c = Gd(c, c.replace(4));
            yield_!(c.get());
        }
        yield_!(c.get());
        for i in 5..7 {
            let _d = Gd(c, c.replace(i));
            if i == 6 {
                yield_!(c.get());
                return;
            }
            yield_!(c.get());
        }
    }
    iterator refcells(r: Rc<RefCell<Vec<u32>>>) yields (u32) with (Rc::new(RefCell::new(vec![1]))) {
        let r2 = r.clone();
        r.borrow_mut().push(2);
        let n = r2.borrow().len() as u32;
        yield_!(n);
        {
            let k = r.borrow()[0];
            yield_!(k);
        }
        let s: u32 = r.borrow().iter().sum();
        yield_!(s);
        let t = r.borrow_mut().pop().unwrap();
        yield_!(t);
        while let Some(x) = {
            let p = r.borrow_mut().pop();
            p
        } {
            yield_!(x);
        }
    }
}
