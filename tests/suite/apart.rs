//! References of which the caller gets a field by `&mut`, while the others are still needed.

use unawait::prelude::*;

use crate::harness::{D, log};

#[derive(Debug)]
#[allow(dead_code, reason = "they are logged")]
struct Team {
    members: Vec<u32>,
    guests: Vec<u32>,
    captain: u32,
    log: Vec<u32>,
    count: usize,
    name: D,
}

fn team() -> Team {
    Team {
        members: vec![1, 2],
        guests: vec![3],
        captain: 4,
        log: Vec::new(),
        count: 0,
        name: D("name"),
    }
}

differential! {
    iterator one_by_one['a](team: &'a mut Team) yields (&'a mut u32) with (&mut team) given { let mut team = team(); } {
        yield_!(&mut team.captain);
        team.log.push(1);
        log(format!("{:?} {}", team.log, team.name.0));
        yield_!(&mut team.guests[0]);
    }

    iterator beside_a_loop['a](team: &'a mut Team) yields (&'a mut u32) with (&mut team) given { let mut team = team(); } {
        for member in team.members.iter_mut() {
            team.count += 1;
            team.log.push(*member);
            yield_!(member);
            log(team.log.len());
        }
        for guest in &mut team.guests {
            if team.count > 2 { break; }
            yield_!(guest);
        }
        let total = team.count + team.log.iter().map(|n| *n as usize).sum::<usize>();
        log(total);
        yield_!(&mut team.captain);
    }

    iterator in_pairs['a](team: &'a mut Team, from: usize) yields ((usize, &'a mut u32)) with (&mut team, 5)
        given { let mut team = team(); }
    {
        for (i, member) in team.members.iter_mut().enumerate() {
            let n = team.count + i + from;
            yield_!((n, member));
            team.count = n;
        }
        yield_!((team.count, &mut team.captain));
    }

    iterator some_of_them['a](team: &'a mut Team) yields (Option<&'a mut u32>) with (&mut team)
        given { let mut team = team(); }
    {
        yield_!(team.members.first_mut());
        yield_!(None);
        let bump = |n: usize| n + team.count;
        log(bump(2));
        match team.guests.iter_mut().find(|n| **n > 2) {
            Some(guest) => yield_!(Some(guest)),
            None => team.count += 1,
        }
        while team.count < 2 { team.count += 1; team.log.push(team.captain); }
        yield_!(team.log.last_mut());
        log(matches!(team.captain, 4));
    }

    coroutine with_inputs['a](team: &'a mut Team) takes (u32) [1, 2, 3] yields (&'a mut u32) returns (usize) with (&mut team)
        given { let mut team = team(); }
    {
        for member in team.members.iter_mut() {
            let n = yield_!(member);
            team.log.push(n);
        }
        team.log.len() + team.count
    }
}

#[derive(Debug)]
struct Node {
    item: D,
    n: u32,
    next: Option<Box<Node>>,
}

fn list(names: &[&'static str]) -> Option<Box<Node>> {
    let (name, rest) = names.split_first()?;
    Some(Box::new(Node {
        item: D(name),
        n: rest.len() as u32,
        next: list(rest),
    }))
}

differential! {
    iterator a_list['a](head: Option<&'a mut Node>) yields (&'a mut D) with (head.as_deref_mut())
        given { let mut head = list(&["a", "b", "c"]); }
    {
        let mut node = head;
        while let Some(n) = node {
            n.n += 1;
            yield_!(&mut n.item);
            log(n.n);
            node = n.next.as_deref_mut();
        }
    }

    iterator links['a](head: &'a mut Option<Box<Node>>) yields (&'a mut u32) with (&mut head)
        given { let mut head = list(&["a", "b", "c"]); }
    {
        let mut link = head;
        while let Some(node) = link {
            yield_!(&mut node.n);
            log(node.item.0);
            link = &mut node.next;
        }
    }

    iterator by_else['a](head: &'a mut Option<Box<Node>>) yields ((u32, &'a mut D)) with (&mut head)
        given { let mut head = list(&["a", "b", "c"]); }
    {
        let mut link = head;
        loop {
            let Some(node) = link else { return };
            yield_!((node.n, &mut node.item));
            if node.n == 1 { break; }
            link = &mut node.next;
        }
    }

    iterator each_of_a_slice['a](nodes: &'a mut [Node]) yields (&'a mut D) with (&mut nodes)
        given { let mut nodes = [*list(&["a", "b"]).unwrap(), *list(&["c"]).unwrap()]; }
    {
        for node in nodes {
            if node.n > 5 { continue; }
            yield_!(&mut node.item);
            node.n += 1;
            log(node.n);
        }
    }
}

struct Tree {
    value: u32,
    left: Option<Box<Tree>>,
    right: Option<Box<Tree>>,
    children: Vec<Tree>,
}

fn tree(values: &[u32]) -> Option<Box<Tree>> {
    let middle = values.len() / 2;
    Some(Box::new(Tree {
        value: *values.get(middle)?,
        left: tree(&values[..middle]),
        right: tree(&values[middle + 1..]),
        children: Vec::new(),
    }))
}

impl Tree {
    #[coro]
    fn in_order(&mut self) -> Box<dyn Iterator<Item = &mut u32> + '_> {
        if let Some(left) = &mut self.left {
            yield_from!(left.in_order());
        }
        yield_!(&mut self.value);
        if let Some(right) = &mut self.right {
            yield_from!(right.in_order());
        }
    }

    #[coro]
    fn with_children(&mut self) -> Box<dyn Iterator<Item = &mut u32> + '_> {
        yield_!(&mut self.value);
        for child in self.children.iter_mut() {
            yield_from!(child.with_children());
        }
    }

    #[coro]
    fn on_a_stack(&mut self) -> impl Iterator<Item = &mut u32> {
        let mut stack = vec![self];
        while let Some(node) = stack.pop() {
            let Tree { value, left, right, .. } = node;
            stack.extend(right.as_deref_mut());
            if let Some(left) = left.as_deref_mut() {
                stack.push(left);
            }
            yield_!(value);
        }
    }
}

#[test]
fn trees_are_walked() {
    let mut tree = tree(&[1, 2, 3, 4, 5]).unwrap();
    tree.in_order().for_each(|n| *n *= 10);
    assert!(tree.in_order().map(|n| *n).eq([10, 20, 30, 40, 50]));
    let in_turn: Vec<u32> = tree.on_a_stack().map(|n| *n).collect();
    assert_eq!(in_turn, [30, 20, 10, 50, 40]);
    let child = *self::tree(&[7]).unwrap();
    tree.children.push(child);
    assert!(tree.with_children().map(|n| *n).eq([30, 7]));
}

struct Pair<A, B>(Vec<A>, Vec<B>, usize);

impl<A, B> Pair<A, B> {
    #[coro]
    fn firsts(&mut self) -> impl Iterator<Item = (usize, &mut A)> {
        for first in &mut self.0 {
            self.1.pop();
            self.2 += 1;
            yield_!((self.2, first));
        }
    }
}

#[test]
fn fields_without_names() {
    let mut pair = Pair(vec![1, 2], vec!["a", "b", "c"], 5);
    assert_eq!(pair.firsts().collect::<Vec<_>>(), [(6, &mut 1), (7, &mut 2)]);
    assert_eq!(pair.1, ["a"]);
}

/// Points to what has the fields.
struct Owner {
    team: Team,
    count: u32,
}

impl std::ops::Deref for Owner {
    type Target = Team;

    fn deref(&self) -> &Team {
        &self.team
    }
}

impl std::ops::DerefMut for Owner {
    fn deref_mut(&mut self) -> &mut Team {
        &mut self.team
    }
}

impl Owner {
    #[coro]
    fn counts<'l>(&'l mut self, list: &'l mut [u32]) -> impl Iterator<Item = &'l mut u32> {
        for n in list {
            self.count += 1;
            self.captain += *n;
            self.log.push(1);
            yield_!(n);
        }
    }
}

#[coro]
fn through_a_box<'l>(team: &mut Box<Team>, list: &'l mut [u32]) -> impl Iterator<Item = (usize, &'l mut u32)> {
    let log = &mut team.log;
    for n in list {
        log.push(*n);
        team.captain += 1;
        yield_!((team.count, n));
        team.count += 1;
    }
}

#[test]
fn of_what_points_to_a_struct() {
    let mut owner = Owner { team: team(), count: 0 };
    assert!(owner.counts(&mut [5, 6]).map(|n| *n).eq([5, 6]));
    assert_eq!((owner.count, owner.captain, owner.log.len()), (2, 15, 2));
    let mut boxed = Box::new(team());
    assert!(
        through_a_box(&mut boxed, &mut [7, 8])
            .map(|(i, n)| (i, *n))
            .eq([(0, 7), (1, 8)])
    );
    assert_eq!((boxed.captain, boxed.log), (6, vec![7, 8]));
}
