//! `move` closures and `async move` blocks that take a field of a local: the rest of it lives on.

use std::future::Future;
use std::rc::Rc;

use super::harness::later;
use crate::harness::{D, log};

#[derive(Debug)]
struct Pair {
    left: D,
    #[expect(dead_code, reason = "is there to be dropped")]
    right: D,
}

fn make(name: &'static str) -> D {
    log(format!("new {name}"));
    D(name)
}

async fn peek(d: &D) -> usize {
    later("peek", ()).await;
    d.name().len()
}

awaits! {
    async_block() -> usize {
        let p = Pair { left: make("l"), right: make("r") };
        let g = make("g");
        let f = async move { p.left.name().len() };
        later("z", ()).await;
        f.await
    }
    in_an_operand() -> usize {
        let p = Pair { left: make("l"), right: make("r") };
        let g = make("g");
        later("y", async move { peek(&p.left).await }).await.await
    }
    awaited_block() -> usize {
        let p = Pair { left: make("l"), right: make("r") };
        let g = make("g");
        let n = async move { peek(&p.left).await }.await;
        later("y", n).await
    }
    awaited_block_in_a_block() -> usize {
        let p = Pair { left: make("l"), right: make("r") };
        let g = make("g");
        let n = { let h = make("h"); async move { peek(&p.left).await }.await };
        later("y", n).await
    }
    closure() -> usize {
        let p = Pair { left: make("l"), right: make("r") };
        let f = move || p.left.name().len();
        later("z", f()).await
    }
    closure_in_a_block() -> usize {
        let p = Pair { left: make("l"), right: make("r") };
        let n = { let h = make("h"); let f = move || p.left.name().len(); later("w", f()).await };
        later("y", n).await
    }
    closure_in_a_loop() -> usize {
        let mut n = 0;
        for i in 0..2 {
            let p = Pair { left: make("l"), right: make("r") };
            let f = move |k: usize| p.left.name().len() + k;
            n += later("w", f(1)).await;
            if n > 3 { break }
        }
        later("y", n).await
    }
    closure_of_an_adapter() -> usize {
        let p = Pair { left: make("l"), right: make("r") };
        let v: Vec<usize> = vec![1, 2].into_iter().map(move |k| k + p.left.name().len()).collect();
        log("collected");
        later("y", v.len()).await
    }
    copied_field() -> usize {
        let p = (1, make("r"));
        let f = move |k: usize| p.0 + k;
        later("y", ()).await;
        f(2)
    }
    of_a_pointer() -> usize {
        let p = Rc::new((make("l"), make("r")));
        let f = move || p.0.name().len();
        later("y", ()).await;
        f()
    }
    of_a_box() -> usize {
        let p = Box::new((make("l"), make("r")));
        let f = move || p.0.name().len();
        later("y", ()).await;
        f()
    }
    of_a_reference(p: &Pair) with (&p) given { let p = Pair { left: D("l"), right: D("r") }; } -> usize {
        let f = move || p.left.name().len();
        later("y", ()).await;
        f()
    }
    of_an_exclusive_reference(p: &mut Pair) with (&mut p) given { let mut p = Pair { left: D("l"), right: D("r") }; } -> usize {
        let mut f = move || { p.left = make("n"); 1 };
        later("y", ()).await;
        f()
    }
    spawned() -> usize {
        async fn spawn<F: Future>(f: F) -> F::Output { log("spawn"); f.await }
        let p = Pair { left: make("l"), right: make("r") };
        let g = make("g");
        let h = spawn(async move { peek(&p.left).await });
        log("sp");
        let n = h.await;
        later("e", n).await
    }
}

#[derive(Debug)]
struct Job {
    name: String,
    parts: Vec<D>,
    #[expect(dead_code, reason = "is there to be dropped")]
    d: D,
}

// Where a macro writes `self`, it is the variable of the method's argument too.
twins! { Job {
    [Job { name: "job".into(), parts: vec![D("part")], d: D("d") }]
    fn taken_apart_where_it_may_be_less / taken_apart_by_rustc(mut self, n: usize) -> String {
        self.parts.clear();
        later("x", n).await;
        let Job { name, parts, .. } = self;
        later("y", parts.len()).await;
        name
    }
} }
