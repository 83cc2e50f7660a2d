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
}
