//! Borrows of locals across a suspension.

use std::collections::HashMap;

use crate::harness::{D, log, v};

#[derive(Debug, Default, Clone)]
struct User {
    name: String,
    tags: Vec<String>,
    hits: u32,
    best: Option<(u8, String)>,
}

fn user() -> User {
    User {
        name: "bob".into(),
        tags: vec!["x".into(), "yy".into()],
        hits: 0,
        best: Some((3, "k".into())),
    }
}

differential! {
    iterator shared_borrow_of_a_field() yields (usize) {
        let user = user();
        let name = &user.name;
        yield_!(name.len());
        log(name);
        yield_!(user.tags.len() + name.len());
    }

    iterator borrow_of_a_local() yields (usize) {
        let text = String::from("text");
        let r = &text;
        yield_!(r.len());
        let rr = &r;
        yield_!(rr.len() + r.len());
        log(r);
    }

    iterator mutable_borrow_of_a_local() yields (u32) {
        let mut count = 1;
        let c = &mut count;
        *c += 1;
        yield_!(*c);
        *c += 10;
        yield_!(count);
        count += 100;
        yield_!(count);
    }

    iterator two_fields_at_once() yields (usize) {
        let mut user = user();
        let name = &user.name;
        let hits = &mut user.hits;
        *hits += name.len() as u32;
        yield_!(*hits as usize);
        *hits += 1;
        log(name);
        yield_!(user.hits as usize);
    }

    iterator element_of_a_list() yields (i32) {
        let mut list = vec![1, 2, 3];
        let second = &mut list[1];
        *second *= 10;
        yield_!(*second);
        *second += 1;
        let rest = &list[1..];
        yield_!(rest[0]);
        yield_!(rest.len() as i32);
    }

    iterator index_is_computed_once() yields (i32) {
        let list = vec![1, 2, 3];
        let r = &list[v("index", 1)];
        yield_!(*r);
        log(r);
        yield_!(r + 1);
    }

    iterator index_changes_later() yields (i32) {
        let mut list = vec![10, 20, 30];
        let mut i = 0;
        let r = &list[i];
        i += 1;
        yield_!(*r);
        log(format_args!("{r} {i}"));
        let m = &mut list[i];
        i = 0;
        *m += 1;
        yield_!(*m);
        *m += 1;
        yield_!(list[1] + i as i32);
    }

    iterator index_is_shadowed_later() yields (i32) {
        let list = vec![10, 20, 30];
        let i = 0;
        let r = &list[i];
        let i = 2;
        yield_!(list[i]);
        let list = D("list");
        yield_!(*r);
        log(format_args!("{r} {i} {}", list.name()));
    }

    iterator tuple_of_borrows() yields (usize) {
        let mut user = user();
        let (name, hits) = (&user.name, &mut user.hits);
        yield_!(name.len());
        *hits += 5;
        yield_!(*hits as usize);
        log(name);
    }

    iterator borrow_of_a_borrow() yields (usize) {
        let mut user = user();
        let u = &mut user;
        let tags = &mut u.tags;
        tags.push("z".to_owned());
        yield_!(tags.len());
        let last = &mut tags[2];
        last.push('!');
        yield_!(last.len());
        u.hits += 1;
        yield_!(user.hits as usize);
    }

    iterator element_of_an_argument(map: &mut HashMap<&'static str, u32>) yields (u32)
        with (&mut map) given { let mut map = HashMap::from([("a", 1)]); } then { log(map["a"]) }
    {
        if let Some(n) = map.get_mut("a") { *n += 1; }
        yield_!(map.len() as u32);
        for n in map.values_mut() { *n *= 10; yield_!(*n); *n += 1; }
    }

    iterator borrow_that_ends_before() yields (i32) {
        let mut list = vec![3, 1, 2];
        let largest = list.iter().max().unwrap();
        let n = *largest;
        yield_!(n);
        list.sort();
        let first = list.first_mut().unwrap();
        *first += 10;
        yield_!(list[0]);
    }

    iterator dead_references_into_a_dead_owner() yields (usize) {
        for line in ["a=1".to_owned(), "bc=2".to_owned()] {
            let (key, value) = line.split_once('=').unwrap();
            yield_!(key.len() + value.len());
        }
    }

    iterator dead_mutable_reference_and_its_owner() yields (usize) {
        let mut list = vec![1, 2];
        if let Some(last) = list.last_mut() {
            *last += 1;
            list.push(3);
            yield_!(list.len());
        }
        let last = list.last_mut().unwrap();
        *last += 1;
        list.push(3);
        yield_!(list.len());
        yield_!(list[1]);
    }

    iterator dead_iterators_of_a_local() yields (usize) {
        let words = vec!["b".to_owned(), "aa".to_owned()];
        let longest = words.iter().max_by_key(|word| word.len()).unwrap();
        yield_!(longest.len());
        let mut chars = words[0].chars();
        let rest = chars.by_ref().count();
        yield_!(rest);
        let all = words;
        yield_!(all.len());
    }

    iterator containers_that_shrink() yields (usize) {
        let mut list = vec![D("1"), D("2"), D("3")];
        while let Some(i) = list.iter().position(|d| d.name() != "2") {
            let d = list.swap_remove(i);
            yield_!(d.name().len() + i);
        }
        let mut numbers = vec![3, 1, 3, 2];
        numbers.sort_unstable();
        numbers.dedup();
        for n in numbers.drain(1..) { log(n); }
        yield_!(numbers.len());
        let mut cache: Option<Vec<usize>> = None;
        for i in 0..3 {
            let list = cache.get_or_insert_with(Vec::new);
            list.push(i);
            let n = list.iter().sum::<usize>();
            yield_!(n);
        }
    }

    iterator entry_that_ends_before() yields (usize) {
        let mut counts = HashMap::new();
        for word in ["a", "b", "a"] {
            let count = counts.entry(word).or_insert(0);
            *count += 1;
            let n = *count;
            yield_!(n);
        }
        yield_!(counts.len());
    }

    iterator pattern_on_a_reference() yields (usize) {
        let mut user = user();
        if let Some((n, text)) = &mut user.best {
            yield_!(*n as usize);
            text.push('!');
            *n += 1;
            yield_!(text.len());
        }
        let User { name, tags, .. } = &user;
        yield_!(name.len());
        yield_!(tags.len());
        log(format_args!("{:?}", user.best));
    }

    iterator extended_temporary() yields (usize) {
        let list = &mut vec![1, 2];
        yield_!(list.len());
        list.push(3);
        yield_!(list.len());
        let text = &String::from("temporary");
        yield_!(text.len());
        log(text);
        let guard = &D("extended");
        yield_!(guard.name().len());
        log(guard.name());
    }

    iterator reborrowed_argument(list: &mut Vec<i32>) yields (usize)
        with (&mut list) given { let mut list = vec![1]; } then { log(format_args!("{list:?}")) }
    {
        fn push(list: &mut Vec<i32>, n: i32) { list.push(n) }
        push(list, 2);
        yield_!(list.len());
        push(&mut *list, 3);
        let again = &mut *list;
        again.push(4);
        yield_!(again.len());
        list.push(5);
        yield_!(list.len());
    }

    iterator argument_fields(user: &mut User) yields (u32)
        with (&mut user) given { let mut user = user(); } then { log(format_args!("{user:?}")) }
    {
        let hits = &mut user.hits;
        *hits += 1;
        yield_!(*hits);
        *hits += 1;
        for tag in &user.tags { user.hits += tag.len() as u32; yield_!(user.hits); }
        for tag in user.tags.iter_mut() { tag.push('!'); yield_!(tag.len() as u32); }
        user.name.push('?');
        yield_!(user.name.len() as u32);
    }

    iterator shared_argument(user: &User) yields (usize) with (&user) given { let user = user(); } {
        let name = &user.name;
        let mut tags = user.tags.iter();
        yield_!(name.len());
        while let Some(tag) = tags.next() { yield_!(tag.len()); }
        for (i, c) in name.char_indices() { yield_!(i + c.len_utf8()); }
        if let Some((n, text)) = &user.best { yield_!(*n as usize); yield_!(text.len()); }
    }

    iterator walk_of_a_linked_list['a](mut node: Option<&'a Node>) yields (&'a str)
        with (Some(&list)) given { let list = Node { name: "a", next: Some(Box::new(Node { name: "b", next: None })) }; }
    {
        while let Some(Node { name, next }) = node {
            yield_!(name);
            node = next.as_deref();
        }
    }

    iterator mutable_walk['a](mut node: &'a mut Node) yields (usize)
        with (&mut list) given { let mut list = Node { name: "a", next: Some(Box::new(Node { name: "b", next: None })) }; }
        then { log(list.next.unwrap().name) }
    {
        loop {
            yield_!(node.name.len());
            node.name = "visited";
            match &mut node.next {
                Some(next) => node = next,
                None => break,
            }
        }
    }

    iterator dead_borrow_of_a_moved_local() yields (usize) {
        let list = vec![1, 2, 3];
        let first = &list[0];
        yield_!(*first);
        let moved = list;
        yield_!(moved.len());
    }

    iterator borrow_in_each_round() yields (usize) {
        let mut users = vec![user(), user()];
        for i in 0..users.len() {
            let user = &mut users[i];
            user.hits += 1;
            yield_!(user.hits as usize);
            user.name.push('!');
            let name = &user.name;
            yield_!(name.len());
        }
        yield_!(users.iter().map(|user| user.name.len()).sum());
    }

    coroutine borrow_with_inputs() takes (&'static str) ["a", "bc"] yields (usize) returns (String) {
        let mut user = user();
        let name = &mut user.name;
        name.push_str(yield_!(name.len()));
        name.push_str(yield_!(name.len()));
        user.name
    }

    iterator strings_and_slices() yields (usize) {
        let text = String::from("one two");
        let whole: &str = &text;
        yield_!(whole.len());
        let bytes: &[u8] = &[1, 2, 3];
        yield_!(bytes.len());
        let first: &[u8] = &bytes[..1];
        yield_!(first.len() + whole.len());
    }

    iterator boxed_place() yields (i32) {
        let mut boxed = Box::new((1, 2));
        let left = &mut boxed.0;
        *left += 10;
        yield_!(*left);
        *left += 10;
        yield_!(boxed.0 + boxed.1);
        let r = &*boxed;
        yield_!(r.1);
        yield_!(r.0);
    }
}

struct Node {
    name: &'static str,
    next: Option<Box<Node>>,
}
