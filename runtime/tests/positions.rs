//! `nth_of`: the elements of collections and of what refers to them.

use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;

use unawait::machine::{Positions, next_back_of, nth_back_of, nth_of};

/// What a loop by position sees.
fn all<'a, C: Copy + Positions<Item = &'a u8>>(collection: C) -> Vec<u8> {
    (0..)
        .map_while(|position| nth_of(collection, position).copied())
        .collect()
}

#[test]
fn shared() {
    let array = [1, 2, 3];
    let slice: &[u8] = &array;
    let list = vec![1, 2, 3];
    let boxed: Box<[u8]> = Box::new(array);
    let mut queue = VecDeque::from([2, 3]);
    queue.push_front(1);
    assert_eq!(all(slice), [1, 2, 3]);
    assert_eq!(all(&array), [1, 2, 3]);
    assert_eq!(all(&list), [1, 2, 3]);
    assert_eq!(all(&boxed), [1, 2, 3]);
    assert_eq!(all(&queue), [1, 2, 3]);
    assert_eq!(all(&[0u8; 0]), []);
}

#[test]
#[expect(clippy::needless_borrows_for_generic_args, reason = "it is about the borrows")]
fn through_references_and_pointers() {
    let list = vec![1, 2];
    let mut other = vec![1, 2];
    assert_eq!(all(&&list), [1, 2]);
    assert_eq!(all(&&&list), [1, 2]);
    assert_eq!(all(&&mut other), [1, 2]);
    assert_eq!(all(&&list[..]), [1, 2]);
    assert_eq!(all(&Box::new([1, 2])), [1, 2]);
    assert_eq!(all(&Rc::new(vec![1, 2])), [1, 2]);
    assert_eq!(all(&Arc::<[u8]>::from([1, 2])), [1, 2]);
}

#[test]
fn mutable() {
    let mut array = [1, 2];
    let mut list = vec![1, 2];
    let mut queue = VecDeque::from([1, 2]);
    let mut boxed: Box<[u8]> = Box::new([1, 2]);
    *nth_of(&mut array, 1).unwrap() = 9;
    *nth_of(&mut array[..], 0).unwrap() = 8;
    *nth_of(&mut list, 1).unwrap() = 9;
    *nth_of(&mut queue, 1).unwrap() = 9;
    *nth_of(&mut boxed, 1).unwrap() = 9;
    let mut reference = &mut list;
    *nth_of(&mut reference, 0).unwrap() = 8;
    assert_eq!((array, list), ([8, 9], vec![8, 9]));
    assert_eq!((queue, &boxed[..]), (VecDeque::from([1, 9]), &[1, 9][..]));
    assert_eq!(nth_of(&mut boxed, 2), None);
}

#[test]
fn from_the_end() {
    let mut list = vec![1, 2, 3];
    let mut queue = VecDeque::from([1, 2, 3]);
    *nth_back_of(&mut list, 0).unwrap() = 9;
    *nth_back_of(&mut list[..], 2).unwrap() = 8;
    *nth_back_of(&mut queue, 1).unwrap() = 7;
    let twice: &&Vec<i32> = &&list;
    assert_eq!((nth_back_of(&list, 2), nth_back_of(twice, 0)), (Some(&8), Some(&9)));
    assert_eq!((nth_back_of(&list, 3), nth_back_of(&[0u8; 0], 0)), (None, None));
    assert_eq!(
        (nth_back_of(&Box::new([1, 2]), 0), nth_back_of(&Rc::new(vec![1]), 0)),
        (Some(&2), Some(&1))
    );
    assert_eq!(queue, [1, 7, 3]);
}

#[test]
fn characters_from_the_end() {
    let (text, mut position) = ("né€", 0);
    let found: Vec<_> = std::iter::from_fn(|| next_back_of(text.char_indices(), &mut position)).collect();
    assert_eq!(found, [(3, '€'), (1, 'é'), (0, 'n')]);
    assert_eq!(position, 6);
    assert_eq!(next_back_of(text.chars(), &mut 7), None);
}
