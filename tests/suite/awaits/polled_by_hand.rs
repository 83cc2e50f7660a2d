//! Futures that are polled by hand, and borrow a local while something else is awaited.

#![allow(dead_code, reason = "some of it is there to be dropped only")]

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use futures::FutureExt;

use super::harness::later;
use crate::harness::{D, log, v};

struct Channel(Vec<u32>, D);

impl Channel {
    async fn recv(&mut self) -> Option<u32> {
        later("recv", ()).await;
        self.0.pop()
    }

    fn poll_recv(&mut self, _: &mut Context<'_>) -> Poll<Option<u32>> {
        log("poll_recv");
        Poll::Ready(self.0.pop())
    }
}

async fn fill(list: &mut Vec<u32>) -> usize {
    later("fill", ()).await;
    list.push(7);
    list.len()
}

fn channel() -> Channel {
    Channel(vec![1, 2, 3], D("channel"))
}

/// `tokio_test::task::spawn`
struct Mock<F>(Pin<Box<F>>, D);

fn spawn<F: Future>(future: F) -> Mock<F> {
    Mock(Box::pin(future), D("mock"))
}

impl<F: Future> Mock<F> {
    fn poll(&mut self) -> Poll<F::Output> {
        self.0.as_mut().poll(&mut Context::from_waker(Waker::noop()))
    }
}

macro_rules! assert_ready {
    ($poll:expr) => {
        match $poll {
            Poll::Ready(value) => value,
            Poll::Pending => panic!("pending"),
        }
    };
}

awaits! {
    pinned_where_it_is_joined() -> usize {
        let mut list = vec![1];
        let filling = fill(&mut list);
        let _d = D("d");
        let (n, other) = futures::future::join(Box::pin(filling), later("other", 1).fuse()).await;
        later("end", n + other).await + list.len()
    }
    of_a_method() -> u32 {
        let mut channel = channel();
        let mut receiving = spawn(channel.recv());
        let first = receiving.poll();
        later("x", ()).await;
        let second = first.is_pending().then(|| receiving.poll());
        later("y", ()).await;
        drop(receiving);
        v("last", channel.0.len() as u32) + second.is_some() as u32
    }
    of_a_method_within_a_macro() -> Option<u32> {
        let mut channel = channel();
        let mut receiving = spawn(poll_fn(|context| channel.poll_recv(context)));
        later("x", ()).await;
        let n = assert_ready!(receiving.poll());
        drop(receiving);
        later("y", n).await;
        channel.recv().await
    }
    of_a_function() -> usize {
        let _d = D("d");
        let mut list = vec![1];
        {
            let mut filling = spawn(fill(&mut list));
            let early = filling.poll().is_ready();
            later("x", early).await;
            log(format!("{}", filling.poll().is_ready() || !early));
        }
        later("y", ()).await;
        list.len()
    }
    of_a_method_that_is_given_a_local() -> usize {
        let mut list = vec![1];
        let writer = (fill, D("writer"));
        let mut filling = spawn(writer.0(&mut list));
        later("x", ()).await;
        let ready = filling.poll().is_ready();
        later("y", ()).await;
        ready as usize
    }
    pinned_in_a_box_by_hand() -> bool {
        let mut channel = channel();
        let mut receiving = Box::pin(channel.recv());
        later("x", ()).await;
        let poll = receiving.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        later("y", ()).await;
        poll.is_pending()
    }
    polled_through_pin_new() -> bool {
        let mut channel = channel();
        let mut receiving = Box::pin(channel.recv());
        later("x", ()).await;
        let poll = Pin::new(&mut receiving).poll(&mut Context::from_waker(Waker::noop()));
        later("y", ()).await;
        poll.is_pending()
    }
    awaited_by_reference() -> u32 {
        let mut channel = channel();
        let mut receiving = Box::pin(channel.recv());
        later("x", ()).await;
        let n = (&mut receiving).await;
        let _d = D("d");
        later("y", ()).await;
        drop(receiving);
        n.unwrap() + channel.recv().await.unwrap()
    }
    awaited_as_a_mut() -> u32 {
        let mut channel = channel();
        let mut receiving = Box::pin(channel.recv());
        later("x", ()).await;
        let n = receiving.as_mut().await;
        drop(receiving);
        n.unwrap() + channel.recv().await.unwrap()
    }
    left_early(fails: bool) with (true) -> Result<u32, String> {
        let mut channel = channel();
        let mut receiving = spawn(channel.recv());
        later("x", ()).await;
        if fails && receiving.poll().is_pending() {
            return Err("pending".to_owned());
        }
        later("y", ()).await;
        drop(receiving);
        channel.recv().await.ok_or_else(|| "empty".to_owned())
    }
    not_borrowing() -> bool {
        let channel = channel();
        let mut leaf = spawn(later("leaf", channel.0.len()));
        later("x", ()).await;
        let ready = leaf.poll().is_ready();
        later("y", ()).await;
        ready
    }
    polled_once() -> u32 {
        let mut channel = channel();
        match channel.recv().now_or_never() {
            Some(n) => later("ready", n).await.unwrap(),
            None => later("pending", 5).await,
        }
    }
}
