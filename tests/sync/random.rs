//! Random steps of many putters and getters against a model: nothing is lost, doubled or overtaken, and whoever can go on has
//! been woken, exactly once.

use std::collections::VecDeque;
use std::task::Poll;

use unawait::sync::{GetError, PutError, Queue, QueueGet, QueuePut};

use crate::steps::Step;

/// Xorshift.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }
}

/// One round with one queue.
struct Round {
    random: Random,
    queue: Queue<u32>,
    putters: VecDeque<(u32, Step<QueuePut<u32>>)>,
    getters: VecDeque<Step<QueueGet<u32>>>,
    /// The model: what was put and not gotten.
    inside: VecDeque<u32>,
    next: u32,
}

impl Round {
    fn new(seed: u64) -> Self {
        let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let queue = match random.below(4) {
            0 => Queue::unbounded(),
            capacity => Queue::bounded(capacity),
        };
        Round {
            random,
            queue,
            putters: VecDeque::new(),
            getters: VecDeque::new(),
            inside: VecDeque::new(),
            next: 0,
        }
    }

    fn step(&mut self) {
        match self.random.below(8) {
            0 | 1 => {
                self.next += 1;
                self.putters
                    .push_back((self.next, Step::new(self.queue.put(self.next))));
                self.poll_putter(self.putters.len() - 1);
            }
            2 | 3 => {
                self.getters.push_back(Step::new(self.queue.get()));
                self.poll_getter(self.getters.len() - 1);
            }
            4 if !self.putters.is_empty() => {
                let at = self.random.below(self.putters.len());
                self.poll_putter(at);
            }
            5 if !self.getters.is_empty() => {
                let at = self.random.below(self.getters.len());
                self.poll_getter(at);
            }
            6 if !self.putters.is_empty() => {
                let at = self.random.below(self.putters.len());
                self.putters.remove(at);
            }
            7 if !self.getters.is_empty() => {
                let at = self.random.below(self.getters.len());
                self.getters.remove(at);
            }
            _ => {}
        }
        self.check();
    }

    fn poll_putter(&mut self, at: usize) {
        let (item, putter) = &mut self.putters[at];
        let item = *item;
        match putter.poll() {
            Poll::Ready(Ok(())) => self.inside.push_back(item),
            Poll::Ready(Err(PutError(back))) => assert_eq!((back, self.queue.is_closed()), (item, true)),
            Poll::Pending => return,
        }
        self.putters.remove(at);
    }

    fn poll_getter(&mut self, at: usize) {
        match self.getters[at].poll() {
            Poll::Ready(Ok(item)) => assert_eq!(Some(item), self.inside.pop_front()),
            Poll::Ready(Err(GetError)) => assert!(self.queue.is_closed() && self.inside.is_empty()),
            Poll::Pending => return,
        }
        self.getters.remove(at);
    }

    /// Those that can go on are the ones that have waited longest; they have been woken once, and nobody else.
    fn check(&self) {
        let woken: Vec<_> = self.getters.iter().map(Step::wakes).collect();
        let items = self.inside.len();
        let expected = |at: usize, can: usize| usize::from(at < can);
        if !self.queue.is_closed() {
            let getters: Vec<_> = (0..self.getters.len()).map(|at| expected(at, items)).collect();
            assert_eq!(woken, getters);
            assert_eq!(self.queue.len(), items.saturating_sub(self.getters.len()));
            let room = self.queue.capacity().map_or(usize::MAX, |capacity| capacity - items);
            let woken: Vec<_> = self.putters.iter().map(|(_, putter)| putter.wakes()).collect();
            let putters: Vec<_> = (0..self.putters.len()).map(|at| expected(at, room)).collect();
            assert_eq!(woken, putters);
            assert_eq!(self.queue.is_full(), room <= self.putters.len());
        } else {
            // After the close all putters can go on, and getters if there is an item for them or there will be none.
            let can = if items == 0 { usize::MAX } else { items };
            let getters: Vec<_> = (0..self.getters.len()).map(|at| expected(at, can)).collect();
            assert_eq!(woken, getters);
            assert!(self.putters.iter().all(|(_, putter)| putter.wakes() == 1));
        }
    }

    fn drain(&mut self) {
        while !self.putters.is_empty() {
            self.poll_putter(0);
        }
        while !self.inside.is_empty() || !self.getters.is_empty() {
            if self.getters.is_empty() {
                self.getters.push_back(Step::new(self.queue.get()));
            }
            self.poll_getter(0);
            self.check();
        }
    }
}

#[test]
fn queues() {
    for seed in 1..=3000 {
        let mut round = Round::new(seed);
        for _ in 0..100 {
            round.step();
        }
        round.queue.close();
        round.check();
        for _ in 0..seed % 30 {
            round.step();
        }
        round.drain();
    }
}
