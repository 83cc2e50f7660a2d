//! What an await borrows: locals, parts of them, arguments, what was taken of them before.

#![allow(dead_code, unused_imports, reason = "what bodies use, each in its own way")]

use super::harness::later;
use crate::harness::{D, log, v};

#[derive(Debug)]
struct User {
    name: String,
    guard: D,
    tags: Vec<String>,
    n: u32,
}
fn user() -> User {
    User {
        name: "ann".into(),
        guard: D("user"),
        tags: vec!["a".into(), "bb".into()],
        n: 1,
    }
}

async fn read(buffer: &mut Vec<u8>) -> usize {
    later("read", ()).await;
    buffer.push(1);
    buffer.len()
}
async fn show(text: &str) -> usize {
    later("show", text.len()).await
}
async fn peek<T: std::fmt::Debug>(value: &T) -> String {
    later("peek", ()).await;
    format!("{value:?}")
}
async fn bump(n: &mut u32) -> u32 {
    later("bump", ()).await;
    *n += 1;
    *n
}
async fn set(n: &mut u32, to: u32) {
    later("set", ()).await;
    *n = to;
}
async fn both(a: &mut Vec<u8>, b: &Vec<u8>) -> usize {
    later("both", ()).await;
    a.extend(b);
    a.len()
}
struct Counter {
    guard: D,
    n: u32,
}
impl Counter {
    async fn next(&mut self) -> Option<u32> {
        later("next", ()).await;
        self.n += 1;
        if self.n > 3 { None } else { Some(self.n) }
    }
    async fn get(&self) -> u32 {
        later("get", self.n).await
    }
    fn inner(&mut self) -> &mut u32 {
        &mut self.n
    }
    fn view(&self) -> View<'_> {
        View(&self.n, D("view"))
    }
}
struct View<'a>(&'a u32, D);
impl View<'_> {
    async fn show(&self) -> u32 {
        later("viewed", *self.0).await
    }
}
fn counter() -> Counter {
    Counter {
        guard: D("counter"),
        n: 0,
    }
}

/// Reads of what it is called on, as `impl AsyncRead for &[u8]` does.
trait Read {
    async fn read(&mut self, n: usize) -> usize;
}

impl Read for &[u8] {
    async fn read(&mut self, n: usize) -> usize {
        later("read", ()).await;
        *self = &self[n..];
        self.len()
    }
}

awaits! {
    references_that_are_changed(mut argument: &[u8]) with (&[1, 2, 3, 4]) -> usize {
        let mut local: &[u8] = &[5, 6, 7];
        let n = local.read(1).await + argument.read(2).await;
        n + local.read(1).await * 10 + argument.len() * 100 + local.len()
    }
}

awaits! {
    twice(buffer: &mut Vec<u8>) with (&mut bytes) given { let mut bytes = vec![]; } -> usize {
        let a = read(buffer).await;
        let b = read(buffer).await;
        a + b + read(&mut *buffer).await + buffer.len()
    }
    field_borrow() -> usize {
        let user = user();
        let name = &user.name;
        let a = show(name).await;
        let b = show(name).await;
        a + b + name.len()
    }
    field_borrow_method() -> usize {
        let user = user();
        let name = user.name.as_str();
        let a = show(name).await;
        let b = show(name).await;
        a + b
    }
    borrow_of_argument(user: &User) with (&user) given { let user = user(); } -> usize {
        let name = user.name.as_str();
        let first = &user.tags[0];
        let a = show(name).await;
        let b = show(first).await;
        a + b + name.len()
    }
    loop_over_local() -> usize {
        let user = user();
        let mut sum = 0;
        for tag in &user.tags {
            sum += show(tag).await;
        }
        sum + user.name.len()
    }
    loop_over_iter() -> usize {
        let list = vec![D("a"), D("bb")];
        let mut sum = 0;
        for item in list.iter() {
            sum += show(item.name()).await;
        }
        sum
    }
    loop_over_iter_mut() -> Vec<u32> {
        let mut list = vec![1u32, 2, 3];
        for item in list.iter_mut() {
            bump(item).await;
        }
        for item in &mut list {
            *item += bump(item).await;
        }
        list
    }
    loop_over_argument(list: &mut [u32]) with (&mut list) given { let mut list = [1u32, 2]; } -> u32 {
        let mut sum = 0;
        for item in list.iter_mut() {
            sum += bump(item).await;
        }
        for (i, item) in list.iter().enumerate() {
            sum += later("x", *item).await + i as u32;
        }
        sum
    }
    loop_over_argument_adapters(list: &[u32]) with (&list) given { let list = [1u32, 2, 3]; } -> u32 {
        let mut sum = 0;
        for item in list.iter().filter(|n| **n > 1).map(|n| n * 2) {
            sum += later("x", item).await;
        }
        sum
    }
    copied_mut() -> u32 {
        let mut n = 1;
        bump(&mut n).await;
        set(&mut n, 5).await;
        let m = n;
        bump(&mut n).await + m
    }
    copied_mut_guarded() -> u32 {
        let _a = D("a");
        let mut n = 1;
        let _b = D("b");
        bump(&mut n).await;
        if n > 1 { set(&mut n, 9).await; }
        n
    }
    while_next() -> u32 {
        let mut counter = counter();
        let mut sum = 0;
        while let Some(n) = counter.next().await {
            sum += n * counter.get().await;
        }
        sum
    }
    inner_ref() -> u32 {
        let mut counter = counter();
        *counter.inner() = 7;
        bump(counter.inner()).await + counter.get().await
    }
    view_across() -> u32 {
        let counter = counter();
        let n = counter.view().show().await;
        n + counter.n
    }
    view_local(counter: &Counter) with (&counter) given { let counter = counter(); } -> u32 {
        let view = counter.view();
        let a = view.show().await;
        a + view.show().await
    }
    two_mut() -> usize {
        let mut a = vec![1u8];
        let b = vec![2u8, 3];
        both(&mut a, &b).await;
        both(&mut a, &b).await + a.len() + b.len()
    }
    split_mut() -> usize {
        let mut pair = (vec![1u8], vec![2u8]);
        both(&mut pair.0, &pair.1).await + pair.0.len()
    }
    array_elements() -> u32 {
        let mut list = [1, 2, 3];
        for i in 0..3 {
            list[i] += bump(&mut list[(i + 1) % 3]).await;
        }
        list.iter().sum()
    }
    generic_peek() -> String {
        let a = (1, D("x"));
        let b = peek(&a).await;
        let c = peek(&b).await;
        let d = peek(&c.len()).await;
        b + &c + &d
    }
    lent_and_dropped() -> usize {
        let guard = D("guard");
        let a = show(guard.name()).await;
        drop(guard);
        log("dropped");
        a + later("x", 1).await
    }
    lent_then_moved() -> usize {
        let user = user();
        let a = show(&user.name).await;
        let b = later("take", user).await;
        a + b.name.len()
    }
    lent_younger_dead() -> usize {
        let user = user();
        let dead = D("dead");
        let n = dead.name().len();
        let _d2 = D("d2");
        show(&user.name).await + n
    }
    lent_younger_moved(c: bool) with (true) -> usize {
        let user = user();
        let maybe = D("maybe");
        if c { drop(maybe); }
        let _d2 = D("d2");
        show(&user.name).await
    }
    lent_younger_not_moved(c: bool) with (false) -> usize {
        let user = user();
        let maybe = D("maybe");
        if c { drop(maybe); }
        let _d2 = D("d2");
        let n = show(&user.name).await;
        n + show(&user.name).await
    }
    option_as_mut() -> u32 {
        let mut conn = Some(counter());
        let mut sum = 0;
        if let Some(c) = conn.as_mut() {
            sum += c.next().await.unwrap_or(0);
        }
        if let Some(c) = &mut conn {
            sum += c.next().await.unwrap_or(0);
            sum += c.next().await.unwrap_or(0);
        }
        match &conn { Some(c) => sum += c.get().await, None => {} }
        sum
    }
    in_struct_field() -> u32 {
        let mut user = user();
        bump(&mut user.n).await;
        user.n += bump(&mut user.n).await;
        let n = user.n;
        let tag = &mut user.tags[0];
        tag.push('x');
        let k = show(tag).await as u32;
        n + k + user.tags[0].len() as u32
    }
    reborrow_argument(user: &mut User) with (&mut user) given { let mut user = user(); } -> u32 {
        bump(&mut user.n).await;
        let n = &mut user.n;
        bump(n).await;
        *n += 1;
        bump(n).await;
        let name = &mut user.name;
        name.push('!');
        show(name).await as u32 + user.n
    }
    reborrow_inner(user: &mut User) with (&mut user) given { let mut user = user(); } -> usize {
        let tags = &mut user.tags;
        tags.push("c".into());
        for tag in tags.iter_mut() { tag.push('y'); show(tag).await; }
        let last = tags.last_mut().unwrap();
        last.push('z');
        show(last).await
    }
    box_lent() -> u32 {
        let mut boxed = Box::new(counter());
        let a = boxed.next().await.unwrap();
        let b = boxed.get().await;
        a + b
    }
    str_slice(text: &str) with ("a b c") -> usize {
        let mut sum = 0;
        for part in text.split(' ') {
            sum += show(part).await;
        }
        sum
    }
    what_an_await_gives_hides_what_a_closure_captured() -> usize {
        let y = later("y", vec![3]).await;
        let f = |n: usize| n + y.len();
        let y = later("another y", vec![7, 4, 4]).await;
        f(1) + y.len() * 100
    }
    what_an_await_gives_hides_what_is_borrowed() -> String {
        let name = later("name", String::from("first")).await;
        let initial = &name[..1];
        let name = later("another name", name.len().to_string()).await;
        format!("{initial} {name}")
    }
    shadow_borrow() -> usize {
        let text = String::from("abc");
        let text = &text;
        let a = show(text).await;
        let text = text.as_str();
        a + show(text).await
    }
    mem_take() -> usize {
        let mut list = vec![1u8];
        let taken = std::mem::take(&mut list);
        read(&mut list).await + taken.len() + list.len()
    }
    closure_borrow() -> usize {
        let list = vec![1u8, 2];
        let len = || list.len();
        let a = later("a", len()).await;
        let b = later("b", len()).await;
        a + b
    }
    closure_mut() -> u32 {
        let mut n = 0;
        let mut add = |k: u32| n += k;
        add(1);
        add(later("x", 2).await);
        add(later("y", 3).await);
        n
    }
    async_borrow_block() -> u32 {
        let mut n = 1;
        async { n += later("x", 1).await; }.await;
        let list = vec![1, 2, 3];
        let total = async { later("sum", list.iter().sum::<u32>()).await }.await;
        n + total + list.len() as u32
    }
    async_move_block() -> usize {
        let a = D("a");
        let _b = D("b");
        let fut = async move { let n = later("x", a.name().len()).await; drop(a); n };
        log("made");
        fut.await
    }
    matched_ref() -> usize {
        let value = Some(user());
        match &value {
            Some(user) if user.n == 1 => show(&user.name).await + show(&user.tags[1]).await,
            Some(_) => 0,
            None => 1,
        }
    }
    matched_mut() -> u32 {
        let mut value = Some(user());
        match value {
            Some(ref mut user) => { bump(&mut user.n).await; bump(&mut user.n).await; }
            None => {}
        }
        value.unwrap().n
    }
    tuple_lent() -> u32 {
        let mut pair = (counter(), 5u32);
        pair.1 += pair.0.next().await.unwrap();
        pair.1 += bump(&mut pair.1).await;
        pair.1
    }
    moved_after_lent_in_loop() -> usize {
        let mut sum = 0;
        for i in 0..3 {
            let guard = D("round");
            let _g = D("younger");
            sum += show(guard.name()).await;
            if i == 1 { drop(guard); continue; }
            sum += show(guard.name()).await;
        }
        sum
    }


    borrowed_and_hidden() -> u32 {
        let n = later("n", 1).await;
        let view = &n;
        let seen = {
            let n = 8;
            later("seen", if v("c", true) { *view } else { n }).await
        };
        let other = &seen;
        let seen = D("hides");
        later("other", v("n", *other)).await
    }

    reborrowed_beside_another(b: D, last: &mut D) with (D("b"), &mut x) given { let mut x = D("x"); } -> u32 {
        later("swapped", std::mem::replace(last, b.clone())).await;
        if let (n, last) = (1, last) { v("last", last.0); }
        1
    }

    a_base_that_was_lent() -> (u32, u32, u32) {
        #[derive(Clone, Copy, Debug)]
        struct Point { x: u32, y: u32 }
        let mut base = Point { x: 7, y: 8 };
        let point = Point { y: later("y", { base.x = 70; 1 }).await, ..base };
        later("p", peek(&point).await).await;
        let other = Point { x: 3, ..point };
        (other.x, other.y, base.x)
    }

    ends_of_ranges_that_were_lent() -> u32 {
        let mut n = later("n", 2).await;
        let mut sum = bump(&mut n).await;
        for i in 0..n { sum += i; }
        let mut m = n * 2;
        sum += bump(&mut m).await;
        sum += (0..=m).sum::<u32>();
        let list = vec![1, 2, 3, 4];
        let mut k = later("k", 1).await;
        sum += bump(&mut k).await;
        sum + list[..k as usize].iter().sum::<u32>()
    }
}
