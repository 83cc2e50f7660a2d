//! Walks, frames of a protocol, simulations and their values.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashSet, VecDeque};
use std::ops::ControlFlow;
use std::rc::Rc;

use crate::harness::{D, log};

struct Grid {
    cells: Vec<Vec<u8>>,
    w: usize,
    h: usize,
}
impl Grid {
    fn neighbours(&self, x: usize, y: usize) -> impl Iterator<Item = (usize, usize)> + '_ {
        let (x, y) = (x as i32, y as i32);
        [(0, 1), (1, 0), (0, -1), (-1, 0)]
            .into_iter()
            .map(move |(dx, dy)| (x + dx, y + dy))
            .filter(|&(x, y)| x >= 0 && y >= 0 && (x as usize) < self.w && (y as usize) < self.h)
            .map(|(x, y)| (x as usize, y as usize))
    }
}

#[derive(Default, Debug)]
struct Frame {
    header: Option<(u8, usize)>,
    body: Vec<u8>,
}

#[derive(Debug)]
struct Account {
    owner: D,
    balance: i64,
}
impl Account {
    fn withdraw(&mut self, n: i64) -> Result<i64, String> {
        if n > self.balance {
            return Err(format!("{} has only {}", self.owner.name(), self.balance));
        }
        self.balance -= n;
        Ok(self.balance)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Color {
    Red,
    Green,
    Yellow,
}

struct Tree {
    key: u32,
    name: D,
    left: Option<Box<Tree>>,
    right: Option<Box<Tree>>,
}
fn tree(key: u32, name: &'static str, left: Option<Box<Tree>>, right: Option<Box<Tree>>) -> Option<Box<Tree>> {
    Some(Box::new(Tree {
        key,
        name: D(name),
        left,
        right,
    }))
}

trait Visitor {
    fn visit(&mut self, n: u32) -> ControlFlow<u32>;
}
struct Stop(u32);
impl Visitor for Stop {
    fn visit(&mut self, n: u32) -> ControlFlow<u32> {
        if n > self.0 {
            ControlFlow::Break(n)
        } else {
            ControlFlow::Continue(())
        }
    }
}

differential! {
    iterator bfs(grid: &Grid, start: (usize, usize)) yields ((usize, usize, u32))
        with (&Grid { cells: vec![vec![0, 0, 1], vec![1, 0, 0]], w: 3, h: 2 }, (0, 0)) {
        let mut seen = HashSet::from([start]);
        let mut queue = VecDeque::from([(start, 0)]);
        while let Some(((x, y), d)) = queue.pop_front() {
            yield_!((x, y, d));
            for (nx, ny) in grid.neighbours(x, y) {
                if grid.cells[ny][nx] == 0 && seen.insert((nx, ny)) { queue.push_back(((nx, ny), d + 1)); }
            }
        }
    }

    iterator bfs_inner(grid: &Grid, start: (usize, usize)) yields ((usize, usize))
        with (&Grid { cells: vec![vec![0, 0, 1], vec![1, 0, 0]], w: 3, h: 2 }, (0, 0)) {
        let mut stack = vec![start];
        let mut seen = BTreeSet::new();
        'walk: while let Some((x, y)) = stack.pop() {
            if !seen.insert((x, y)) { continue 'walk; }
            for (nx, ny) in grid.neighbours(x, y) {
                if seen.contains(&(nx, ny)) { continue; }
                yield_!((nx, ny));
                if grid.cells[ny][nx] == 1 { continue 'walk }
                stack.push((nx, ny));
            }
        }
    }

    coroutine frames() takes (Vec<u8>) [vec![1, 2, 7], vec![8], vec![2, 0, 3], vec![1, 9], vec![]] yields (Option<Frame>) returns (usize) {
        let mut buffer: VecDeque<u8> = VecDeque::new();
        let mut count = 0;
        let mut out = None;
        loop {
            let input = yield_!(out.take());
            if input.is_empty() { return count; }
            buffer.extend(input);
            let mut frame = Frame::default();
            while frame.header.is_none() {
                if let (Some(&kind), Some(&len)) = (buffer.front(), buffer.get(1)) {
                    frame.header = Some((kind, len as usize));
                    buffer.drain(..2);
                } else {
                    let more = yield_!(None);
                    if more.is_empty() { return count; }
                    buffer.extend(more);
                }
            }
            let (kind, len) = frame.header.unwrap();
            while buffer.len() < len {
                let more = yield_!(None);
                if more.is_empty() { log(format!("short {kind}")); return count; }
                buffer.extend(more);
            }
            frame.body.extend(buffer.drain(..len));
            count += 1;
            out = Some(frame);
        }
    }

    coroutine teller(mut account: Account) takes (i64) [5, 100, 3, -1] yields (Result<i64, String>) returns (Account)
        with (Account { owner: D("ann"), balance: 10 }) {
        let mut last = Ok(account.balance);
        loop {
            match yield_!(last) {
                n if n < 0 => break account,
                n => last = account.withdraw(n),
            }
        }
    }

    iterator traffic(rounds: u32) yields (Color) with (2) {
        let mut light = Color::Red;
        let mut left = rounds;
        while left > 0 {
            let next = match light {
                Color::Red => Color::Green,
                Color::Green => { yield_!(Color::Yellow); Color::Red }
                Color::Yellow => unreachable!(),
            };
            yield_!(std::mem::replace(&mut light, next));
            if light == Color::Red { left -= 1 }
        }
    }

    iterator inorder(root: Option<Box<Tree>>) yields (u32)
        with (tree(4, "four", tree(2, "two", tree(1, "one", None, None), tree(3, "three", None, None)), tree(5, "five", None, None))) {
        let mut stack = Vec::new();
        let mut node = root;
        loop {
            while let Some(mut tree) = node {
                node = tree.left.take();
                stack.push(tree);
            }
            let Some(tree) = stack.pop() else { break };
            yield_!(tree.key);
            log(tree.name.name());
            node = tree.right;
        }
    }

    iterator inorder_by_reference(root: &Option<Box<Tree>>) yields (u32)
        with (&tree(4, "four", tree(2, "two", tree(1, "one", None, None), tree(3, "three", None, None)), tree(5, "five", None, None))) {
        let mut stack: Vec<&Tree> = Vec::new();
        let mut node = root.as_deref();
        while node.is_some() || !stack.is_empty() {
            while let Some(tree) = node {
                stack.push(tree);
                node = tree.left.as_deref();
            }
            let tree = stack.pop().unwrap();
            yield_!(tree.key);
            node = tree.right.as_deref();
        }
    }

    iterator change(root: &mut Option<Box<Tree>>) yields (u32)
        with (&mut tree) given { let mut tree = tree(4, "four", tree(2, "two", None, None), tree(5, "five", None, None)); } then { log(tree.unwrap().key) } {
        let mut node = root;
        while let Some(tree) = node {
            tree.key += 10;
            yield_!(tree.key);
            tree.name = D("new");
            node = if tree.key % 2 == 0 { &mut tree.left } else { &mut tree.right };
        }
    }

    coroutine visit(list: Vec<u32>, visitor: &mut dyn Visitor) takes (u32) [0, 1, 2] yields (u32) returns (ControlFlow<u32, usize>)
        with (vec![1, 2, 3, 4], &mut Stop(3)) {
        let mut n = 0;
        for x in &list {
            let more = yield_!(*x);
            visitor.visit(x + more)?;
            n += 1;
        }
        ControlFlow::Continue(n)
    }

    iterator pascal(rows: usize) yields (Vec<u32>) with (5) {
        let mut row = vec![1];
        for _ in 0..rows {
            yield_!(row.clone());
            row = std::iter::once(1).chain(row.windows(2).map(|w| w[0] + w[1])).chain([1]).collect();
        }
    }

    iterator knight(n: i32) yields (Vec<(i32, i32)>) with (5) {
        let moves = [(1, 2), (2, 1), (2, -1), (1, -2), (-1, -2), (-2, -1), (-2, 1), (-1, 2)];
        let mut board = vec![vec![-1; n as usize]; n as usize];
        let mut path = vec![(0, 0)];
        let mut tried = vec![0];
        board[0][0] = 0;
        let mut found = 0;
        while let (Some(&(x, y)), Some(next)) = (path.last(), tried.last_mut()) {
            if path.len() == (n * n) as usize {
                yield_!(path[..5].to_vec());
                found += 1;
                if found == 3 { return; }
                path.pop(); tried.pop(); board[y as usize][x as usize] = -1;
                continue;
            }
            let Some((dx, dy)) = moves.get(*next).copied() else {
                path.pop(); tried.pop(); board[y as usize][x as usize] = -1;
                continue;
            };
            *next += 1;
            let (x, y) = (x + dx, y + dy);
            if (0..n).contains(&x) && (0..n).contains(&y) && board[y as usize][x as usize] < 0 {
                board[y as usize][x as usize] = path.len() as i32;
                path.push((x, y));
                tried.push(0);
            }
        }
    }

    iterator product(a: &[D], b: Vec<D>) yields ((&'static str, &'static str)) with (&[D("a"), D("b")], vec![D("x"), D("y")]) {
        for x in a {
            for y in &b {
                yield_!((x.name(), y.name()));
            }
            log("row");
        }
    }

    iterator round_robin(lists: Vec<Vec<D>>) yields (D) with (vec![vec![D("a"), D("b"), D("c")], vec![D("d")], vec![D("e"), D("f")]]) {
        let mut queue: VecDeque<_> = lists.into_iter().map(Vec::into_iter).collect();
        while let Some(mut list) = queue.pop_front() {
            if let Some(d) = list.next() {
                yield_!(d);
                queue.push_back(list);
            } else { log("one ends"); }
        }
    }

    iterator tee(shared: Rc<RefCell<VecDeque<D>>>, source: Rc<RefCell<std::vec::IntoIter<D>>>) yields (D)
        with (Rc::new(RefCell::new(VecDeque::from([D("old")]))), Rc::new(RefCell::new(vec![D("a"), D("b")].into_iter()))) {
        loop {
            let queued = shared.borrow_mut().pop_front();
            if let Some(d) = queued { yield_!(d); continue; }
            let Some(d) = source.borrow_mut().next() else { break };
            shared.borrow_mut().push_back(d.clone());
            yield_!(d);
            shared.borrow_mut().clear();
        }
    }

    coroutine retry(mut attempts: u32) takes (Result<D, &'static str>) [Err("one"), Err("two"), Ok(D("fine")), Ok(D("more"))] yields (String) returns (Result<D, Vec<&'static str>>) with (3) {
        let mut errors = vec![];
        while attempts > 0 {
            attempts -= 1;
            let label = format!("attempt {}", attempts);
            match yield_!(label.clone()) {
                Ok(d) => { log(d.name()); return Ok(d); }
                Err(e) => errors.push(e),
            }
            yield_!(format!("{label} failed: {errors:?}")).map_err(|e| vec![e])?;
        }
        Err(errors)
    }

    iterator fizz(n: u32) yields (String) with (6) {
        for i in 1..=n {
            let text = match (i % 3, i % 5) {
                (0, 0) => "fizzbuzz".to_owned(),
                (0, _) => "fizz".to_owned(),
                (_, 0) => "buzz".to_owned(),
                _ => i.to_string(),
            };
            yield_!(text);
        }
    }

    iterator chunked(mut source: impl Iterator<Item = D>, size: usize) yields (Vec<D>) with ([D("a"), D("b"), D("c"), D("d"), D("e")].into_iter(), 2) {
        loop {
            let chunk: Vec<_> = source.by_ref().take(size).collect();
            if chunk.is_empty() { return }
            let full = chunk.len() == size;
            yield_!(chunk);
            if !full { return }
        }
    }
}
