//! What a pattern finds in a reference is one too: loops over it keep their iterator, and it has no drop.

use std::collections::{BTreeMap, VecDeque};

use unawait::prelude::*;

use crate::harness::{D, log};

#[derive(Debug)]
enum Json {
    Number(u32),
    List(Vec<Json>),
    Map(BTreeMap<&'static str, Json>),
}

fn json() -> Json {
    let inner = BTreeMap::from([("c", Json::Number(3)), ("d", Json::List(vec![Json::Number(4)]))]);
    Json::Map(BTreeMap::from([("a", Json::Number(1)), ("b", Json::Map(inner))]))
}

differential! {
    iterator a_map['a](json: &'a Json) yields (&'a str) with (&json) given { let json = json(); } {
        match json {
            Json::Map(map) => for (key, value) in map.iter() { yield_!(key); log(matches!(value, Json::Map(_))); },
            Json::List(list) => for item in list.iter().rev() { log(matches!(item, Json::Number(_))); yield_!("item"); },
            Json::Number(n) => log(n),
        }
        if let Json::Map(map) = json {
            for (i, key) in map.keys().enumerate() { yield_!(key); log(i); }
        }
        let Json::Map(map) = json else { return };
        for (key, _) in map.range("b"..) { yield_!(key); }
    }

    iterator a_stack['a](json: &'a Json) yields (String) with (&json) given { let json = json(); } {
        let mut stack = vec![json];
        while let Some(json) = stack.pop() {
            match json {
                Json::Number(n) => yield_!(n.to_string()),
                Json::List(list) => stack.extend(list.iter().rev()),
                Json::Map(map) => for (key, value) in map.iter() { yield_!((*key).to_owned()); stack.push(value); },
            }
        }
    }

    iterator a_queue['a](json: &'a Json) yields (String) with (&json) given { let json = json(); } {
        let mut queue = VecDeque::from([(json, 0)]);
        while let Some((json, depth)) = queue.pop_front() {
            match json {
                Json::Number(n) => yield_!(format!("{depth}: {n}")),
                Json::List(list) => for item in list.iter() { queue.push_back((item, depth + 1)); yield_!("item".to_owned()); },
                Json::Map(map) => for (key, value) in map.iter() {
                    yield_!(format!("{depth}: {key}"));
                    queue.push_back((value, depth + 1));
                },
            }
        }
    }

    iterator guards_end_in_their_turn['a](pair: &'a (Vec<D>, Option<D>)) yields (usize) with (&pair)
        given { let pair = (vec![D("a"), D("b")], Some(D("c"))); }
    {
        let guard = D("guard");
        let (list, last) = pair;
        for d in list.iter() { let own = D("own"); yield_!(d.0.len()); log(own.0); }
        if let Some(last) = last { yield_!(last.0.len()); }
        log(guard.0);
    }
}

#[derive(Debug)]
enum Shape {
    Circle(f64),
    Lines(Vec<f64>),
    Group(Vec<Shape>),
}

impl Shape {
    #[coro]
    fn numbers(&mut self) -> Box<dyn Iterator<Item = &mut f64> + '_> {
        match self {
            Shape::Circle(radius) => yield_!(radius),
            Shape::Lines(lines) => {
                for line in lines {
                    yield_!(line);
                }
            }
            Shape::Group(shapes) => {
                for shape in shapes.iter_mut() {
                    yield_from!(shape.numbers());
                }
            }
        }
    }
}

#[test]
fn shapes_change() {
    let mut shape = Shape::Group(vec![
        Shape::Circle(1.0),
        Shape::Group(vec![Shape::Lines(vec![2.0, 3.0])]),
    ]);
    shape.numbers().for_each(|n| *n += 1.0);
    assert_eq!(shape.numbers().map(|n| *n).collect::<Vec<_>>(), [2.0, 3.0, 4.0]);
}
