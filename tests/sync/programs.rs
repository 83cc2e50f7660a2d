//! Functions of `#[coro]` that use the primitives, on the executors of others.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use unawait::prelude::*;
use unawait::sync::{Condition, Event, Lock, OwnedLockGuard, Queue, Semaphore};

use crate::executors::{Task, on_each, turn};

type Log<T> = Rc<RefCell<Vec<T>>>;

#[coro]
async fn produce(queue: Queue<(u32, u32)>, producer: u32, count: u32) {
    for n in 0..count {
        if n % 3 == producer % 3 {
            turn().await;
        }
        queue.put((producer, n)).await.expect("the queue is open");
    }
}

#[coro]
async fn consume(queue: Queue<(u32, u32)>, log: Log<(u32, u32)>) {
    while let Ok((producer, n)) = queue.get().await {
        log.borrow_mut().push((producer, n));
        turn().await;
        queue.task_done();
    }
}

#[coro]
async fn close_when_done(queue: Queue<(u32, u32)>, producers: Vec<Task>) {
    for producer in producers {
        producer.await;
    }
    queue.join().await;
    assert!(queue.is_empty());
    queue.close();
}

#[test]
fn producers_and_consumers() {
    for capacity in [None, Some(1), Some(3)] {
        let logs = RefCell::new(vec![]);
        on_each(|| {
            let queue = capacity.map_or_else(Queue::unbounded, Queue::bounded);
            let log = Log::default();
            logs.borrow_mut().push(log.clone());
            let started = (0..2).map(|p| Box::pin(produce(queue.clone(), p, 50)) as Task);
            let mut tasks = vec![Box::pin(close_when_done(queue.clone(), started.collect())) as Task];
            tasks.extend((0..3).map(|_| Box::pin(consume(queue.clone(), log.clone())) as Task));
            tasks
        });
        for log in logs.into_inner() {
            let mut of_each = BTreeMap::<u32, Vec<u32>>::new();
            for (producer, n) in log.take() {
                of_each.entry(producer).or_default().push(n);
            }
            let all: Vec<_> = (0..50).collect();
            assert_eq!(of_each, BTreeMap::from([(0, all.clone()), (1, all)]));
        }
    }
}

/// Takes items until it has found two that add up to `sum`; the rest is for others.
#[coro]
async fn find(queue: &Queue<u32>, sum: u32) -> Option<(u32, u32)> {
    let mut seen = Vec::new();
    loop {
        let item = match queue.get().await {
            Ok(item) => item,
            Err(_closed) => return None,
        };
        queue.task_done();
        for other in &seen {
            if other + item == sum {
                return Some((*other, item));
            }
        }
        seen.push(item);
    }
}

#[test]
fn a_consumer_that_leaves_early() {
    let queue = Queue::unbounded();
    for n in 1..10 {
        queue.try_put(n).unwrap();
    }
    queue.close();
    assert_eq!(pollster::block_on(find(&queue, 7)), Some((3, 4)));
    assert_eq!(pollster::block_on(find(&queue, 100)), None);
    pollster::block_on(queue.join());
}

/// Changes both accounts with an await in between, under their locks.
#[coro]
async fn transfer(from: Rc<Lock<i64>>, to: Rc<Lock<i64>>, amount: i64) -> Result<(), i64> {
    let mut from = from.lock_owned().await;
    if *from < amount {
        return Err(*from);
    }
    let before = *from;
    turn().await;
    let mut to = to.lock_owned().await;
    *from = before - amount;
    turn().await;
    *to += amount;
    Ok(())
}

#[test]
fn guards_are_kept_across_awaits() {
    on_each(|| {
        let accounts: [_; 3] = std::array::from_fn(|_| Rc::new(Lock::new(100)));
        let [a, b, c] = accounts.clone();
        // Locked in one order, so that none waits for another in a circle.
        let pairs = [(&a, &b), (&b, &c), (&a, &c)].map(|(from, to)| (from.clone(), to.clone()));
        let mut tasks: Vec<Task> = vec![];
        for n in 0..30 {
            let (from, to) = pairs[n % 3].clone();
            tasks.push(Box::pin(async move {
                let _ = transfer(from, to, n as i64).await;
            }));
        }
        tasks.push(Box::pin(async move {
            let sum = sum_when(&a, &b, &c).await;
            assert_eq!(sum, 300);
        }));
        tasks
    });
}

/// Sees all three at one moment.
#[coro]
async fn sum_when(a: &Lock<i64>, b: &Lock<i64>, c: &Lock<i64>) -> i64 {
    let a = a.lock().await;
    let b = b.lock().await;
    let c = c.lock().await;
    turn().await;
    *a + *b + *c
}

/// A local lock that is lent to others.
#[coro]
async fn count_twice() -> u32 {
    let lock = Rc::new(Lock::new(0));
    for _ in 0..3 {
        let mut guard = lock.lock().await;
        turn().await;
        *guard += 1;
    }
    let guard = lock.lock_owned().await;
    add(guard).await;
    let total = *lock.lock().await;
    total
}

#[coro]
async fn add(mut guard: OwnedLockGuard<u32>) {
    turn().await;
    *guard += 10;
}

#[test]
fn a_lock_of_its_own() {
    assert_eq!(pollster::block_on(count_twice()), 13);
}

#[coro]
async fn worker(semaphore: Rc<Semaphore>, busy: Rc<Cell<usize>>, log: Log<usize>) {
    for _ in 0..5 {
        let permit = semaphore.acquire_owned().await;
        busy.set(busy.get() + 1);
        turn().await;
        log.borrow_mut().push(busy.get());
        busy.set(busy.get() - 1);
        drop(permit);
    }
}

#[test]
fn so_many_at_a_time() {
    let logs = RefCell::new(vec![]);
    on_each(|| {
        let (semaphore, busy, log) = (Rc::new(Semaphore::new(3)), Rc::default(), Log::default());
        logs.borrow_mut().push(log.clone());
        (0..8)
            .map(|_| Box::pin(worker(semaphore.clone(), Rc::clone(&busy), log.clone())) as Task)
            .collect()
    });
    for log in logs.into_inner() {
        let log = log.take();
        assert_eq!((log.len(), log.iter().max()), (40, Some(&3)));
    }
}

#[coro]
async fn philosopher(left: Rc<Lock<u32>>, right: Rc<Lock<u32>>, meals: u32) {
    for _ in 0..meals {
        let mut left = left.lock().await;
        turn().await;
        let mut right = right.lock().await;
        turn().await;
        *left += 1;
        *right += 1;
    }
}

#[test]
fn philosophers_dine() {
    let tables = RefCell::new(vec![]);
    on_each(|| {
        let forks: Vec<_> = (0..5).map(|_| Rc::new(Lock::new(0))).collect();
        tables.borrow_mut().push(forks.clone());
        // The last one takes his right fork first, so that they do not wait for one another in a circle.
        (0..5)
            .map(|n: usize| (n.min((n + 1) % 5), n.max((n + 1) % 5)))
            .map(|(low, high)| Box::pin(philosopher(forks[low].clone(), forks[high].clone(), 20)) as Task)
            .collect()
    });
    for fork in tables.into_inner().iter().flatten() {
        assert_eq!(*fork.try_lock().expect("nobody eats"), 40);
    }
}

/// A queue by hand: a list, a lock and a condition.
#[derive(Default)]
struct Shelf {
    books: Lock<Vec<u32>>,
    changed: Condition,
}

#[coro]
async fn reader(shelf: Rc<Shelf>, log: Log<u32>, count: usize) {
    for _ in 0..count {
        let mut books = shelf.books.lock().await;
        while books.is_empty() {
            books = shelf.changed.wait(books).await;
        }
        let book = books.remove(0);
        turn().await;
        log.borrow_mut().push(book);
        shelf.changed.notify_all();
    }
}

#[coro]
async fn writer(shelf: Rc<Shelf>, books: std::ops::Range<u32>) {
    for book in books {
        let guard = shelf.books.lock().await;
        let mut room = shelf.changed.wait_for(guard, |books| books.len() < 2).await;
        turn().await;
        room.push(book);
        shelf.changed.notify_all();
    }
}

#[test]
fn a_bounded_buffer_of_a_condition() {
    let logs = RefCell::new(vec![]);
    on_each(|| {
        let (shelf, log) = (Rc::<Shelf>::default(), Log::default());
        logs.borrow_mut().push(log.clone());
        vec![
            Box::pin(reader(shelf.clone(), log.clone(), 15)) as Task,
            Box::pin(reader(shelf.clone(), log.clone(), 5)),
            Box::pin(writer(shelf.clone(), 0..10)),
            Box::pin(writer(shelf, 10..20)),
        ]
    });
    for log in logs.into_inner() {
        let mut log = log.take();
        log.sort_unstable();
        assert!(log.into_iter().eq(0..20));
    }
}

#[coro]
async fn stage(before: Rc<Event>, after: Rc<Event>, log: Log<u32>, n: u32) {
    before.wait().await;
    log.borrow_mut().push(n);
    turn().await;
    after.set();
}

#[test]
fn a_chain_of_events() {
    let logs = RefCell::new(vec![]);
    on_each(|| {
        let log = Log::default();
        logs.borrow_mut().push(log.clone());
        let events: Vec<_> = (0..11).map(|_| Rc::new(Event::new())).collect();
        events[0].set();
        (0..10)
            .rev()
            .map(|n| Box::pin(stage(events[n].clone(), events[n + 1].clone(), log.clone(), n as u32)) as Task)
            .collect()
    });
    for log in logs.into_inner() {
        assert!(log.take().into_iter().eq(0..10));
    }
}

/// A stream of what comes out of a queue.
#[coro]
fn items(queue: Queue<u32>) -> impl Stream<Item = u32> {
    while let Ok(item) = queue.get().await {
        yield_!(item);
        queue.task_done();
    }
}

#[test]
fn a_stream_of_a_queue() {
    let queue = Queue::bounded(2);
    let feed = async {
        for n in 0..10 {
            queue.put(n).await.unwrap();
        }
        queue.join().await;
        queue.close();
    };
    let collect = futures::StreamExt::collect::<Vec<_>>(items(queue.clone()));
    let (items, ()) = pollster::block_on(futures::future::join(collect, feed));
    assert!(items.into_iter().eq(0..10));
}

/// Tasks of an executor that are cancelled at random moments lose nothing.
#[test]
fn cancelled_consumers_lose_nothing() {
    let executor = smol::LocalExecutor::new();
    let (queue, log) = (Queue::bounded(4), Log::default());
    let feeder = executor.spawn(produce(queue.clone(), 1, 200));
    smol::block_on(executor.run(async {
        while !feeder.is_finished() || !queue.is_empty() {
            let consumers: Vec<_> = (0..3)
                .map(|_| executor.spawn(get_one(queue.clone(), log.clone())))
                .collect();
            for (n, consumer) in consumers.into_iter().enumerate() {
                if n != 1 {
                    turn().await;
                }
                consumer.cancel().await;
            }
        }
    }));
    assert!(log.take().into_iter().eq((0..200).map(|n| (1, n))));
}

#[coro]
async fn get_one(queue: Queue<(u32, u32)>, log: Log<(u32, u32)>) {
    turn().await;
    if let Ok(item) = queue.get().await {
        log.borrow_mut().push(item);
    }
}
