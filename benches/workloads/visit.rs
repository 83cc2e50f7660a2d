//! What is done with a generator: it is consumed, in one of two ways, or weighed.
//!
//! A peer is a function that makes its generator and hands it to a [`Visit`]: some generators are pinned to the
//! frame that made them, so they cannot be returned. The loop that consumes them is the same for all.

use std::hint::black_box;

/// One implementation of a workload.
#[derive(Clone, Copy)]
pub struct Peer {
    pub name: &'static str,
    pub inlined: fn() -> u64,
    pub dynamic: fn() -> u64,
    /// Bytes of the machine; what it points to is not counted.
    pub size: fn() -> u64,
    /// How many items `inlined` and `dynamic` take.
    pub items: fn() -> u64,
}

impl std::fmt::Display for Peer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// `peers! { most; "name" => function, .. }`: at most so many items are taken from each.
macro_rules! peers {
    ($most:expr; $($name:literal => $peer:ident,)*) => {
        pub const PEERS: &[$crate::visit::Peer] = &[$($crate::visit::Peer {
            name: $name,
            inlined: || $peer($crate::visit::Inlined { most: $most }),
            dynamic: || $peer($crate::visit::Dynamic { most: $most }),
            size: || $peer($crate::visit::Size),
            items: || $peer($crate::visit::Items { most: $most }),
        }),*];
    };
}
pub(crate) use peers;

/// An item as a number, for the checksum.
pub trait Number {
    fn number(self) -> u64;
}

impl Number for u64 {
    #[inline(always)]
    fn number(self) -> u64 {
        self
    }
}

impl Number for u32 {
    #[inline(always)]
    fn number(self) -> u64 {
        u64::from(self)
    }
}

pub trait Visit: Sized {
    /// `size` is that of the machine, where `items` is only a pointer to it.
    fn visit<I: Iterator<Item: Number>>(self, items: I, size: usize) -> u64;

    #[inline(always)]
    fn whole<I: Iterator<Item: Number>>(self, items: I) -> u64 {
        let size = size_of_val(&items);
        self.visit(items, size)
    }
}

/// The loop. `black_box` keeps each item, and the sum keeps them in order.
#[inline(always)]
fn drain<I: Iterator<Item: Number> + ?Sized>(items: &mut I, most: u64) -> u64 {
    let mut sum = 0u64;
    for _ in 0..most {
        let Some(item) = items.next() else { break };
        sum = sum.rotate_left(1) ^ black_box(item.number());
    }
    sum
}

pub struct Inlined {
    pub most: u64,
}

impl Visit for Inlined {
    #[inline(always)]
    fn visit<I: Iterator<Item: Number>>(self, mut items: I, _: usize) -> u64 {
        drain(&mut items, self.most)
    }
}

pub struct Dynamic {
    pub most: u64,
}

impl Visit for Dynamic {
    #[inline(always)]
    fn visit<I: Iterator<Item: Number>>(self, mut items: I, _: usize) -> u64 {
        let items: &mut dyn Iterator<Item = I::Item> = &mut items;
        drain(black_box(items), self.most)
    }
}

pub struct Size;

impl Visit for Size {
    /// One item is taken: next-gen aborts when a generator is dropped that was never resumed.
    fn visit<I: Iterator<Item: Number>>(self, mut items: I, size: usize) -> u64 {
        _ = items.next();
        size as u64
    }
}

pub struct Items {
    pub most: u64,
}

impl Visit for Items {
    fn visit<I: Iterator<Item: Number>>(self, items: I, _: usize) -> u64 {
        items.take(self.most as usize).count() as u64
    }
}
