//! The futures of a small corpus of bodies, weighed: `#[coro]`'s and rustc's.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::drive::leaf;

/// Borrows what it is given, and is ready at once.
pub struct Fill<'a>(&'a mut [u8]);

impl Future for Fill<'_> {
    type Output = usize;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<usize> {
        self.0.fill(1);
        Poll::Ready(self.0.len())
    }
}

pub fn fill(bytes: &mut [u8]) -> Fill<'_> {
    Fill(bytes)
}

pub async fn checked(number: u64) -> Result<u64, String> {
    match leaf(1, number).await {
        0 => Err(String::from("nothing")),
        number => Ok(number),
    }
}

/// A module for each function, and the table of them all: its name, the bytes by `#[coro]`, the bytes by rustc.
macro_rules! corpus {
    ($($name:ident($($argument:expr),*) { $($function:tt)* })*) => {
        $(mod $name {
            #[allow(unused_imports)]
            use super::{checked, fill, leaf};

            crate::drive::both! { $($function)* }
        })*

        pub fn corpus() -> Vec<(&'static str, usize, usize)> {
            vec![$((
                stringify!($name),
                size_of_val(&$name::coro::body($($argument),*)),
                size_of_val(&$name::rustc::body($($argument),*)),
            )),*]
        }
    };
}

corpus! {
    nothing() {
        pub async fn body() {}
    }

    forward(1) {
        pub async fn body(number: u64) -> u64 {
            leaf(1, number).await
        }
    }

    sequence(1) {
        pub async fn body(number: u64) -> u64 {
            let first = leaf(1, number).await;
            let second = leaf(1, first).await;
            let third = leaf(1, first + second).await;
            first + second + third
        }
    }

    one_operand(1) {
        pub async fn body(number: u64) -> u64 {
            leaf(1, 1).await + leaf(1, number).await * leaf(1, 2).await
        }
    }

    accumulate(9) {
        pub async fn body(n: u64) -> u64 {
            let mut sum = 0;
            for number in 0..n {
                sum += leaf(1, number).await;
            }
            sum
        }
    }

    branches(Some(1)) {
        pub async fn body(number: Option<u64>) -> u64 {
            match number {
                Some(number) if number > 9 => leaf(1, number).await,
                Some(number) => leaf(1, number).await + leaf(1, 1).await,
                None => 0,
            }
        }
    }

    question_mark(1) {
        pub async fn body(number: u64) -> Result<u64, String> {
            let first = checked(number).await?;
            let second = checked(first - 1).await?;
            Ok(first + second)
        }
    }

    owned(String::new()) {
        pub async fn body(name: String) -> String {
            let number = leaf(1, name.len() as u64).await;
            let greeting = format!("{name} {number}");
            let again = leaf(1, greeting.len() as u64).await;
            format!("{greeting} {again}")
        }
    }

    guard(vec![1]) {
        pub async fn body(numbers: Vec<u64>) -> u64 {
            let _kept = String::from("dropped last");
            let mut sum = 0;
            for number in numbers {
                sum += leaf(1, number).await;
            }
            sum
        }
    }

    lent_64() {
        pub async fn body() -> u64 {
            let mut buffer = [0u8; 64];
            let n = fill(&mut buffer).await;
            leaf(1, n as u64).await + u64::from(buffer[0])
        }
    }

    lent_1024() {
        pub async fn body() -> u64 {
            let mut buffer = [0u8; 1024];
            let n = fill(&mut buffer).await;
            leaf(1, n as u64).await + u64::from(buffer[0])
        }
    }

    lent_vec() {
        pub async fn body() -> u64 {
            let mut buffer = vec![0u8; 1024];
            let n = fill(&mut buffer).await;
            leaf(1, n as u64).await + u64::from(buffer[0])
        }
    }

    scopes() {
        pub async fn body() -> u64 {
            let mut sum = 0;
            {
                let mut buffer = [0u8; 256];
                sum += fill(&mut buffer).await as u64 + u64::from(buffer[0]);
            }
            {
                let mut buffer = [0u8; 256];
                sum += fill(&mut buffer).await as u64 + u64::from(buffer[0]);
            }
            sum
        }
    }

    calls(1) {
        pub async fn body(number: u64) -> u64 {
            async fn inner(number: u64) -> u64 {
                let first = leaf(1, number).await;
                first + leaf(1, first).await
            }
            let first = inner(number).await;
            let second = inner(first).await;
            first + second
        }
    }
}
