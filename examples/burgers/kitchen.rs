//! Where the burgers are cooked, and counted.

use futures::future::join_all;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::sleep;
use unawait::prelude::*;

const TIME: Duration = Duration::from_millis(200);

/// What all orders share.
pub struct Kitchen {
    grill: Grill,
    answers_left: AtomicUsize,
    closed: Notify,
}

/// How many burgers are on it, and how many at most were.
#[derive(Default)]
struct Grill {
    now: AtomicUsize,
    most: AtomicUsize,
}

/// A burger on the grill, until it is dropped: when it is done, or when nobody waits for it any more.
struct Burger<'g>(&'g Grill);

impl<'g> Burger<'g> {
    fn on(grill: &'g Grill) -> Self {
        let now = grill.now.fetch_add(1, SeqCst) + 1;
        grill.most.fetch_max(now, SeqCst);
        Burger(grill)
    }
}

impl Drop for Burger<'_> {
    fn drop(&mut self) {
        self.0.now.fetch_sub(1, SeqCst);
    }
}

#[coro]
async fn cook(kitchen: &Grill, order: &Grill) {
    let _in_kitchen = Burger::on(kitchen);
    let _in_order = Burger::on(order);
    sleep(TIME).await;
}

impl Kitchen {
    pub fn new(answers: usize) -> Self {
        Kitchen {
            grill: Grill::default(),
            answers_left: AtomicUsize::new(answers),
            closed: Notify::new(),
        }
    }

    /// Cooks the burgers of an order, all at once. Gives how many of them were on the grill together.
    #[coro]
    pub async fn cook(&self, count: usize) -> usize {
        let order = Grill::default();
        join_all((0..count).map(|_| cook(&self.grill, &order))).await;
        order.most.into_inner()
    }

    /// How many burgers were on the grill together at most, of all orders.
    pub fn busiest(&self) -> usize {
        self.grill.most.load(SeqCst)
    }

    /// Closes after the last answer.
    pub fn has_answered(&self) {
        if self.answers_left.fetch_sub(1, SeqCst) == 1 {
            self.closed.notify_one();
        }
    }
}

/// Waits until the kitchen closes.
#[coro]
pub async fn closing(kitchen: Arc<Kitchen>) {
    kitchen.closed.notified().await;
}
