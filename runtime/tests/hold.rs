//! `hold(&x).keep(x)`: what is held of which type, and that nothing dead stays borrowed.

use std::any::type_name;
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::fmt::Display;
use std::rc::Rc;
use std::sync::{Arc, Mutex};

use unawait::machine::{NoDrop, hold};

/// Whether anything is held; if nothing is, it must not take room either.
fn is_held<T>(held: Option<T>) -> bool {
    let never = type_name::<T>() == type_name::<unawait::machine::Never>();
    assert_eq!(held.is_some(), !never, "{}", type_name::<T>());
    assert!(!never || size_of::<Option<T>>() == 0);
    !never
}

/// Whether a type has drop glue: nothing that has may be let go.
fn needs_drop<T>(_: &T) -> bool {
    std::mem::needs_drop::<T>()
}

macro_rules! held {
    ($($local:expr),* $(,)?) => {$(
        let local = $local;
        assert!(is_held(hold(&local).keep(local)), "{}", stringify!($local));
    )*};
}

macro_rules! not_held {
    ($($local:expr),* $(,)?) => {$(
        let local = $local;
        assert!(!needs_drop(&local), "{}", stringify!($local));
        assert!(!is_held(hold(&local).keep(local)), "{}", stringify!($local));
    )*};
}

#[test]
fn nothing_of_copy_types() {
    let unsized_reference: &[u8] = b"ab";
    let object: &dyn Display = &1;
    let text = String::from("text");
    not_held! {
        1, 1u8, -1i64, 1.5, true, 'c', (), "text", &text, unsized_reference, object,
        [1, 2], (1, 'a', "b"), Some(1), None::<char>, Ok::<u8, ()>(1),
        std::time::Duration::ZERO, std::cmp::Ordering::Less, format_args!("x"),
        &raw const text, std::ptr::null_mut::<String>(), std::ptr::NonNull::<str>::from("x"),
        std::mem::discriminant(&Some(1)), std::any::TypeId::of::<u8>(), &Cell::new(1),
    }
}

#[test]
fn nothing_of_mutable_references_and_what_holds_them() {
    let mut numbers = [1, 2, 3];
    let mut others = vec![4];
    let mut text = String::new();
    not_held! {
        &mut numbers, &mut numbers[0], &mut numbers[..], &mut others, &mut *text, &mut text as &mut dyn Display,
        Some(&mut others), others.first_mut(), Ok::<&mut u8, ()>(&mut 1),
        (&mut numbers, 1), (1, &mut others, &text, ' ', 5u8, 6.0), [&mut 1, &mut 2],
        std::pin::Pin::new(&mut numbers), Cell::new(&text), Some(Some((&mut others, 0..1))),
        std::mem::ManuallyDrop::new(String::new()), std::mem::MaybeUninit::<String>::uninit(),
    }
}

#[test]
fn nothing_of_borrowing_iterators() {
    let mut numbers = [1, 2, 3];
    let lines = [String::new()];
    let text = String::from("a b\nc");
    not_held! {
        numbers.iter(), numbers.iter_mut(), numbers.windows(2), numbers.chunks(2), numbers.chunks_mut(2),
        numbers.chunks_exact(2), numbers.rchunks(2), numbers.iter().enumerate(), numbers.iter().rev(),
        numbers.iter().peekable(), numbers.iter().skip(1).take(2).step_by(2), numbers.iter().copied(),
        lines.iter().cloned(), numbers.iter().zip(text.chars()), numbers.iter().chain(&[1]), numbers.iter().cycle(),
        numbers.iter_mut().enumerate(), numbers.first().into_iter(), numbers.iter().fuse(),
        text.chars(), text.char_indices(), text.bytes(), text.lines(), text.split_whitespace(), text.chars().rev(),
        text.split(' '), text.split("b"), text.split(&text), text.split(['a', 'b']), text.split(&['a'][..]),
        text.splitn(2, ' '), text.rsplit(' '), text.split_terminator('a'), text.matches('a'), text.match_indices("a"),
        text.split(' ').enumerate().peekable(), 0..3, 0..=3, 1.., ..4, (0..3).rev(),
        std::iter::once(1), std::iter::repeat(1), std::iter::empty::<String>(),
    }
}

/// An array's own iterator has a drop, which drops its elements: here, nothing.
#[test]
fn nothing_of_an_array_iterator_whose_elements_have_no_drop() {
    let iter = [1, 2].into_iter();
    assert!(!is_held(hold(&iter).keep(iter)));
    let mut number = 1;
    let iter = [&mut number].into_iter().enumerate();
    assert!(!is_held(hold(&iter).keep(iter)));
}

#[test]
fn nothing_of_borrowing_iterators_of_collections() {
    let mut map = HashMap::from([(1, "a")]);
    let mut tree = BTreeMap::from([(1, "a")]);
    let set = HashSet::from([1]);
    let mut queue = VecDeque::from([1]);
    not_held! {
        map.iter(), map.iter_mut(), map.keys(), map.values(), map.values_mut(), map.entry(1), set.iter(),
        tree.iter(), tree.iter_mut(), tree.range(..2), tree.entry(2), queue.iter(), queue.iter_mut(),
        std::path::Path::new("a/b").components(),
    }
}

#[test]
fn all_of_what_has_a_drop() {
    let mutex = Mutex::new(1);
    let cell = RefCell::new(1);
    let text = String::from("text");
    let mut list = vec![1];
    let mut map = HashMap::from([(String::from("k"), 1)]);
    held! {
        String::new(), vec![1], Box::new(1), Rc::new(1), Arc::<str>::from("x"), Some(String::new()),
        (1, String::new()), [const { String::new() }; 2], Cow::Borrowed("a"), mutex.lock().unwrap(), mutex.try_lock(),
        cell.borrow(), cell.borrow_mut(), list.drain(..), vec![1].into_iter(), map.entry(String::new()),
        list.iter().map(|n| n + 1), text.split(|c: char| c > 'x'), Box::new(1) as Box<dyn Display>,
        Some(mutex.lock()), (&mut 1, String::new()), [String::new()].into_iter(),
    }
}

#[test]
fn all_of_what_can_be_called() {
    let text = String::from("text");
    let mut count = 0;
    let by_reference = || text.len();
    let copied = |n: u8| n + 1;
    let mutating = |n: u32| count += n;
    held! { by_reference, copied, mutating }

    let late = |left, right| left > right;
    let owning = move || text;
    assert!(late(2, 1));
    held! { late, owning, str::len, drop::<u8>, str::len as fn(&str) -> usize, Box::new(|| 1) }

    let wide = |a: u8, b: u8, c: u8, d: u8, e: u8, f: u8| a + b + c + d + e + f;
    held! { wide }
}

#[test]
fn nothing_of_references_to_what_can_be_called() {
    let mut count = 0;
    let object: &dyn Fn(u8) -> u8 = &|n| n + 1;
    let mut closure = || count += 1;
    not_held! { object, &object, &mut closure, &mut closure as &mut dyn FnMut() }
}

#[test]
fn by_the_bounds_of_a_parameter() {
    fn any<T>(local: T) -> bool {
        is_held(hold(&local).keep(local))
    }
    fn copied<T: Copy>(local: T) -> bool {
        is_held(hold(&local).keep(local))
    }
    fn no_drop<T: NoDrop>(local: T) -> bool {
        is_held(hold(&local).keep(local))
    }
    fn in_option<T: Copy>(local: T) -> bool {
        let local = Some(local);
        is_held(hold(&local).keep(local))
    }
    fn behind<T: ?Sized>(local: &T) -> bool {
        is_held(hold(&local).keep(local))
    }
    fn callable(local: impl FnMut(u8) -> u8) -> bool {
        is_held(hold(&local).keep(local))
    }
    fn higher_ranked(local: impl for<'a> Fn(&'a str, &str) -> &'a str) -> bool {
        is_held(hold(&local).keep(local))
    }
    fn existential() -> impl Display {
        1
    }
    assert!(any(1));
    assert!(!copied(1));
    assert!(!no_drop(Some(&mut 1)));
    assert!(!in_option(1));
    assert!(!behind("x"));
    assert!(callable(|n| n));
    assert!(higher_ranked(|a, _| a));
    held! { existential() }
}

#[test]
fn the_owner_of_a_dead_borrower_can_be_moved() {
    let mut list = vec![String::from("a")];
    let first = &mut list[0];
    first.push('b');
    let held_first = hold(&first).keep(first);
    let mut iter = list.iter().enumerate().peekable();
    assert!(iter.peek().is_some());
    let held_iter = hold(&iter).keep(iter);
    let text = String::from("a b");
    let mut words = text.split(' ');
    assert_eq!(words.next(), Some("a"));
    let held_words = hold(&words).keep(words);
    let state = (held_first, held_iter, held_words, list, text);
    assert_eq!(state.3, ["ab"]);
    assert_eq!(size_of_val(&state), size_of::<(Vec<String>, String)>());
}

#[test]
fn an_entry_is_dead_when_its_value_has_been_taken() {
    let mut counts = HashMap::new();
    for key in [1, 2, 1] {
        let entry = counts.entry(key).or_insert(0);
        *entry += 1;
        let held = hold(&entry).keep(entry);
        counts.insert(9, 0);
        assert!(held.is_none());
    }
    assert_eq!(counts[&1], 2);
}

#[test]
fn a_dead_raw_pointer_or_cell_does_not_spoil_send() {
    fn is_send<T: Send>(_: &T) {}
    let cell = Cell::new(1);
    let pointer = &raw const cell;
    let reference = &cell;
    let held = (hold(&pointer).keep(pointer), hold(&reference).keep(reference));
    is_send(&held);
    assert_eq!(held, (None, None));
}

#[test]
fn drops_when_the_state_is_dropped() {
    struct Noted<'a>(&'a Cell<u32>);
    impl Drop for Noted<'_> {
        fn drop(&mut self) {
            self.0.set(self.0.get() + 1);
        }
    }
    let drops = Cell::new(0);
    let noted = Noted(&drops);
    let held = hold(&noted).keep(noted);
    assert_eq!(drops.get(), 0);
    drop(held);
    assert_eq!(drops.get(), 1);
}

/// What `hold` decides at once, where the types are inferred late by the arms that follow.
#[test]
fn integers_inferred_late() {
    let small = 1;
    let large = 2;
    let held = (hold(&small).keep(small), hold(&large).keep(large));
    let _: u8 = small;
    let _: u64 = large;
    assert_eq!(held, (None, None));
}
