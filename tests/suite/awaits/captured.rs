//! Blocks, iterators and streams that capture locals, and are there while something else is awaited.

use std::cell::RefCell;
use std::pin::Pin;

use futures::stream::{self, StreamExt, TryStreamExt};

use super::harness::later;
use super::stubs::*;
use crate::harness::{D, log};

async fn number(n: u32) -> Result<u32> {
    later("number", ()).await;
    if n == 13 { Err(Error::Status(13)) } else { Ok(n) }
}

struct Watching<'c>(&'c RefCell<Vec<u32>>);

impl Drop for Watching<'_> {
    fn drop(&mut self) {
        crate::harness::record(format!("drop watching {}", self.0.borrow().len()));
    }
}

/// Goes through a text.
struct Lexer<'t>(std::iter::Peekable<std::str::Chars<'t>>, D);

impl<'t> Lexer<'t> {
    fn new(text: &'t str) -> Self {
        Lexer(text.chars().peekable(), D("lexer"))
    }

    async fn next(&mut self) -> Option<char> {
        later("next", ()).await;
        self.0.next()
    }
}

awaits! {
    a_lexer_of_a_text() -> Option<u32> {
        let text = String::from("12+3");
        let mut lexer = Lexer::new(&text);
        let mut n = 0;
        while let Some(c) = lexer.next().await {
            if let Some(digit) = c.to_digit(10) {
                n += digit;
            } else if lexer.0.peek().is_none() {
                return None;
            }
        }
        log(lexer.1.name());
        Some(n)
    }
    a_tuple_of_new_values() -> usize {
        let older = D("older");
        let parts = (&D("first"), later("y", 5).await, &(D("second"), D("third")).1);
        later("z", ()).await;
        log(parts.0.name());
        parts.1 + parts.2.name().len() + older.name().len()
    }
    takes_one_and_borrows_another() -> usize {
        let name = String::from("ada");
        let taken = D("taken");
        let both = async {
            later("in", ()).await;
            let taken = taken;
            name.len() + taken.name().len()
        };
        let n = both.await;
        later("x", ()).await;
        n + name.len()
    }
    a_stream_with_a_closure(numbers: Vec<u32>) with (vec![1, 2, 13]) -> Vec<u32> {
        let sum = RefCell::new(0);
        let mut answers = stream::iter(numbers)
            .map(|n| {
                *sum.borrow_mut() += n;
                number(n)
            })
            .buffer_unordered(2);
        let mut out = vec![];
        while let Some(answer) = answers.next().await {
            match answer {
                Ok(n) => out.push(n),
                Err(error) => log(format!("{error:?}")),
            }
        }
        drop(answers);
        out.push(*sum.borrow());
        out
    }
    an_iterator_with_a_closure(list: Vec<u32>) with (vec![1, 2]) -> u32 {
        let base = later("base", 10u32).await;
        let mut numbers = list.into_iter().map(|n| n + base).filter(|n| *n != 11);
        let mut sum = 0;
        while let Some(n) = numbers.next() {
            sum += later("n", n).await;
        }
        sum + base
    }
    a_guard_that_nobody_mentions() -> usize {
        let list = RefCell::new(vec![]);
        later("x", ()).await;
        let watching = Watching(&list);
        later("y", ()).await;
        list.borrow_mut().push(1);
        1
    }
    a_slice_that_is_read_from() -> Result<usize> {
        let data = vec![3, 1, 2, 3, 4];
        let mut rest = &data[..];
        let n = *rest.split_off_first().unwrap() as usize;
        later("x", ()).await;
        let part = rest.split_off(..n).unwrap();
        later("y", ()).await;
        Ok(part.len() * 10 + rest.len())
    }
    collected_from_a_stream(list: Vec<u32>) with (vec![1, 2, 13]) -> Result<Vec<u32>> {
        let numbers = stream::iter(list).then(number);
        let numbers: Vec<u32> = numbers.try_collect().await?;
        Ok(numbers)
    }
    two_streams_in_one() -> u32 {
        let a = stream::iter([1u32, 2, 3]);
        let b = stream::iter([10u32, 20]);
        let mut both = a.zip(b);
        let mut sum = 0;
        while let Some((x, y)) = both.next().await {
            let d = D("item");
            sum += later("v", x * y).await;
        }
        sum
    }
    pinned_in_a_condition() -> Vec<u32> {
        let mut numbers = stream::iter(vec![1u32, 1, 2, 3, 3]).peekable();
        let mut out = vec![];
        while let Some(n) = numbers.next().await {
            while Pin::new(&mut numbers).next_if_eq(&n).await.is_some() {
                log("skip");
            }
            out.push(later("n", n).await);
        }
        out
    }
    polled_once(mut future: Pin<Box<dyn Future<Output = u32>>>) with (Box::pin(async { later("p", 4).await })) -> u32 {
        let first = futures::poll!(future.as_mut());
        match first {
            std::task::Poll::Ready(n) => n,
            std::task::Poll::Pending => {
                log("pending");
                future.await
            }
        }
    }
    closures_in_a_list(c: bool) with (true) -> Result<usize, String> {
        let names = vec![D("a"), D("b")];
        let fs: Vec<Box<dyn Fn(usize) -> usize + '_>> =
            vec![Box::new(|n| n + names.len()), Box::new(|n| n * later_names(&names))];
        let mut n = 1;
        for f in &fs {
            n = later("n", f(n)).await;
            if n > 5 && c {
                return Err(later("many", names[0].name().to_owned()).await);
            }
        }
        Ok(n)
    }
    closures_that_are_added() -> usize {
        let names = vec![D("a"), D("b")];
        let mut fs: Vec<Box<dyn Fn(usize) -> usize + '_>> = Vec::new();
        fs.push(Box::new(|n| n + names.len()));
        let first = later("first", fs[0](1)).await;
        first + later("second", fs[0](2)).await
    }
    a_closure_that_may_be_there(c: bool) with (true) -> usize {
        let names = later("names", vec![D("a")]).await;
        let f = if c { Some(|n: usize| n + names.len()) } else { None };
        later("between", ()).await;
        f.map_or(0, |f| f(1))
    }
    closures_in_a_pair() -> usize {
        let list = vec![1, 2, 3];
        let both = (|n: usize| n + list.len(), std::rc::Rc::new(|n: usize| n * list.len()));
        let n = later("n", (both.0)(1)).await;
        later("m", (both.1)(n)).await
    }
    a_closure_that_its_owner_calls() -> usize {
        let mut seen = vec![];
        let guard = D("guard");
        {
            let mut inspected = Inspected::new(guard, |n| seen.push(n));
            inspected.step().await;
            let _inner = D("inner");
            inspected.step().await;
        }
        later("end", seen.len()).await
    }
    polled_by_a_closure() -> usize {
        let mut polls = vec![D("poll")];
        let future = std::future::poll_fn(|_| {
            polls.push(D("again"));
            std::task::Poll::Ready(())
        });
        later("before", ()).await;
        future.await;
        later("after", polls.len()).await
    }
    a_context_of_a_waker() -> bool {
        let waker = later("waker", std::task::Waker::noop().clone()).await;
        let mut context = std::task::Context::from_waker(&waker);
        later("between", ()).await;
        let mut future = Box::pin(later("polled", D("value")));
        future.as_mut().poll(&mut context).is_ready()
    }
    polled_at_once() -> Result<bool, String> {
        let seen = RefCell::new(vec![1]);
        let watching = watch(&seen);
        let ready = later("other", Ok::<_, String>(true)).await?;
        assert_eq!(futures::future::poll_immediate(watching).await.is_some(), ready && later("ready", ready).await);
        Ok(seen.borrow().len() == 1)
    }
    options_with_a_default(port: Option<String>) with (Some("80".to_owned())) -> Result<usize, String> {
        let options = (port, vec![D("option")], None::<String>);
        let port = options.0.as_deref().unwrap_or("443");
        let host = options.2.as_deref().unwrap_or_default();
        let bound = later("bound", Ok::<_, String>(format!("{host}:{port}"))).await?;
        let first = options.0.as_ref().ok_or("none")?;
        let _younger = D("younger");
        Ok(later("length", bound.len()).await + first.len())
    }
    pinned_where_nothing_waits() -> u32 {
        let future = later("p", D("pinned"));
        let _younger = D("younger");
        tokio::pin!(future);
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        match future.as_mut().poll(&mut context) {
            std::task::Poll::Ready(_) => 1,
            std::task::Poll::Pending => 2,
        }
    }
}

fn later_names(names: &[D]) -> usize {
    names.iter().map(|name| name.name().len()).sum()
}

async fn watch(seen: &RefCell<Vec<u32>>) -> usize {
    let _watching = Watching(seen);
    let n = seen.borrow().len();
    later("watch", n).await
}

/// Calls a closure at each step.
struct Inspected<F>(D, F);

impl<F: FnMut(u32)> Inspected<F> {
    fn new(guard: D, f: F) -> Self {
        Inspected(guard, f)
    }

    async fn step(&mut self) {
        later(self.0.name(), ()).await;
        (self.1)(1);
    }
}
