//! A borrow that need not be enclosed: what is given away on some paths drops in its turn on the others.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::{Future, ready};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use unawait::prelude::*;

type Log = RefCell<Vec<&'static str>>;

struct Tracer<'a>(&'static str, &'a Log);

impl Drop for Tracer<'_> {
    fn drop(&mut self) {
        self.1.borrow_mut().push(self.0);
    }
}

async fn send(_: Tracer<'_>) {}

#[coro]
async fn rounds(log: &Log, last: bool) -> u32 {
    let table = BTreeMap::from([(1, 5)]);
    loop {
        let text = Tracer("text", log);
        let _younger = Tracer("younger", log);
        let row = table.get(&1).cloned();
        if let Some(row) = row {
            ready(row).await;
            if last {
                send(text).await;
            }
        }
        log.borrow_mut().push("behind");
        if row == Some(5) {
            break;
        }
        if row == Some(6) {
            return 1;
        }
        ready(()).await;
    }
    2
}

fn main() {
    let log = Log::default();
    let mut context = Context::from_waker(Waker::noop());
    let polled = pin!(rounds(&log, false)).poll(&mut context);
    assert_eq!(polled, Poll::Ready(2));
    assert_eq!(*log.borrow(), ["behind", "younger", "text"]);
}
