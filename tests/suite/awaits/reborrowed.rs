//! Borrows through a `&mut` argument, and borrows that show in what is done with them, kept across awaits.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;
use std::sync::{Arc, Mutex};

use super::harness::{compare, later};
use crate::harness::{D, log, v};

async fn num(n: u32) -> u32 {
    later("num", n).await
}

struct Server {
    open: BTreeMap<u32, Vec<u32>>,
    queue: VecDeque<u32>,
    slots: Vec<u32>,
    sent: u32,
    row: D,
}

impl Default for Server {
    fn default() -> Self {
        Server {
            open: BTreeMap::new(),
            queue: VecDeque::new(),
            slots: Vec::new(),
            sent: 0,
            row: D("row"),
        }
    }
}

fn server() -> Server {
    Server {
        open: BTreeMap::from([(1, vec![1]), (2, vec![])]),
        queue: VecDeque::from([1, 2]),
        slots: vec![1, 2, 3],
        sent: 0,
        row: D("row"),
    }
}

impl Server {
    fn slot(&mut self, at: usize) -> &mut u32 {
        &mut self.slots[at]
    }
    async fn begin(&mut self) -> Transaction<'_> {
        later("begin", ()).await;
        Transaction { of: &mut self.slots }
    }
    async fn row(&mut self, at: u32) -> Result<&D, D> {
        later("row", ()).await;
        self.sent += 1;
        if at > 5 { Err(D("no row")) } else { Ok(&self.row) }
    }
    async fn later_slot(&mut self, at: usize) -> &mut u32 {
        later("slot", ()).await;
        &mut self.slots[at]
    }
}

async fn all_slots(slots: &mut Vec<u32>) -> &mut Vec<u32> {
    slots.push(num(1).await);
    slots
}

struct Node {
    value: u32,
    next: Option<Box<Node>>,
}

awaits! {
    branch(s: &mut Server, id: u32) with (&mut s, 1) given { let mut s = server(); } -> bool {
        let _guard = D("guard");
        if let Some(open) = s.open.get_mut(&id) {
            open.push(num(1).await);
            open.push(num(2).await);
            s.sent += 1;
            return true;
        }
        s.open.insert(id, vec![num(3).await]);
        s.sent += 1;
        false
    }
    branch_not_taken(s: &mut Server, id: u32) with (&mut s, 7) given { let mut s = server(); } -> bool {
        if let Some(open) = s.open.get_mut(&id) {
            open.push(num(1).await);
            open.push(num(2).await);
            return true;
        }
        s.open.insert(id, vec![num(3).await]);
        false
    }
    arms(s: &mut Server) with (&mut s) given { let mut s = server(); } -> u32 {
        let n = match s.open.get_mut(&1) {
            Some(open) => {
                open.push(num(1).await);
                open.len() as u32
            }
            None => num(0).await,
        };
        s.sent += n;
        s.open.clear();
        s.sent
    }
    with_a_question_mark(s: &mut Server) with (&mut s) given { let mut s = server(); } -> Option<u32> {
        let open = s.open.get_mut(&2)?;
        open.push(num(1).await);
        let first = open.first().copied()?;
        s.sent += first;
        let open = s.open.get_mut(&3)?;
        open.push(num(2).await);
        open.push(num(3).await);
        s.sent += 1;
        Some(s.sent)
    }
    loops(s: &mut Server) with (&mut s) given { let mut s = server(); } -> u32 {
        for n in s.slots.iter_mut() {
            *n += num(1).await;
            s.sent += 1;
        }
        for (i, n) in s.slots.iter_mut().enumerate() {
            *n += num(i as u32).await;
        }
        for open in s.open.values_mut() {
            open.push(num(1).await);
        }
        for (id, open) in &mut s.open {
            if *id == 2 {
                continue;
            }
            open.push(num(*id).await);
        }
        s.open.retain(|_, open| open.len() > 1);
        s.sent + s.slots.iter().sum::<u32>()
    }
    in_a_loop(s: &mut Server) with (&mut s) given { let mut s = server(); } -> u32 {
        for id in [1, 2, 3] {
            let Some(open) = s.open.get_mut(&id) else { break };
            open.push(num(id).await);
            if open.len() > 1 {
                continue;
            }
            open.push(num(7).await);
        }
        s.open.values().map(|open| open.len() as u32).sum()
    }
    while_there_is_one(s: &mut Server) with (&mut s) given { let mut s = server(); } -> u32 {
        while let Some(n) = s.queue.front_mut() {
            *n -= num(1).await;
            if *n == 0 {
                s.queue.pop_front();
            }
            s.sent += 1;
        }
        s.sent
    }
    an_entry(s: &mut Server) with (&mut s) given { let mut s = server(); } -> usize {
        let open = s.open.entry(5).or_default();
        open.push(num(1).await);
        open.push(num(2).await);
        s.sent += 1;
        s.open.entry(6).or_default().push(num(3).await);
        s.open.len()
    }
    taken_apart(s: &mut Server) with (&mut s) given { let mut s = server(); } -> u32 {
        let Server { slots, queue, .. } = s;
        slots.push(num(1).await);
        queue.extend(slots.drain(1..));
        num(2).await;
        queue.pop_front();
        s.queue.iter().sum::<u32>() + s.slots.len() as u32
    }
    by_methods(s: &mut Server) with (&mut s) given { let mut s = server(); } -> u32 {
        let slot = s.slot(0);
        *slot += num(1).await;
        *slot += num(2).await;
        s.sent += 1;
        let slot = s.later_slot(1).await;
        *slot += num(3).await;
        *s.slot(2) += num(4).await;
        all_slots(&mut s.slots).await.push(9);
        let slots = all_slots(&mut s.slots).await;
        slots.push(8);
        num(1).await;
        s.slots.iter().sum()
    }
    pieces(list: &mut Vec<u32>, by: &[u32]) with (&mut list, &[1, 2]) given { let mut list = vec![1, 2, 3]; } -> u32 {
        for (x, y) in by.iter().zip(list.iter_mut()) {
            *y += num(*x).await;
        }
        for piece in list.chunks_mut(2) {
            piece[0] += num(5).await;
        }
        let (left, right) = list.split_at_mut(1);
        left[0] += num(1).await;
        right[0] += left[0];
        num(0).await;
        right[1] += 1;
        list.push(4);
        list.iter().sum()
    }
    no_longer_needed(list: &mut Vec<u32>) with (&mut list) given { let mut list = vec![1, 2, 3]; } -> u32 {
        let last = list.last_mut().unwrap();
        *last += num(1).await;
        *last += num(2).await;
        *last
    }
    locals() -> usize {
        let mut map = BTreeMap::from([(1, vec![D("old")])]);
        let _younger = D("younger");
        map.entry(2).or_default().push(later("new", D("new")).await);
        let list = map.get_mut(&2).unwrap();
        list.push(later("newer", D("newer")).await);
        map.remove(&1);
        map.len()
    }
    guards_of_a_statement(shared: Arc<Mutex<Vec<u32>>>, cell: Rc<RefCell<Vec<u32>>>)
        with (Arc::new(Mutex::new(vec![1])), Rc::new(RefCell::new(vec![2]))) -> usize {
        let _younger = D("younger");
        shared.lock().unwrap().push(num(1).await);
        cell.borrow_mut().insert(0, num(2).await);
        if let Some(first) = cell.borrow_mut().first_mut() {
            *first += num(3).await;
        }
        while let Some(n) = shared.lock().unwrap().pop() {
            log(n);
            num(n).await;
        }
        let n = match cell.borrow().len() {
            2 => num(5).await,
            _ => 0,
        };
        n as usize + shared.lock().unwrap().len()
    }
    assigned_again() -> u32 {
        let list = vec![1, 2, 3];
        let mut rest = &list[..];
        let mut sum = 0;
        while let [first, tail @ ..] = rest {
            sum += num(*first).await;
            rest = tail;
        }
        let text = String::from("a b c");
        let mut rest = text.as_str();
        while let Some((word, tail)) = rest.split_once(' ') {
            sum += later("word", word.len() as u32).await;
            rest = tail;
        }
        let nodes = Node { value: 1, next: Some(Box::new(Node { value: 2, next: None })) };
        let mut at = Some(&nodes);
        while let Some(node) = at {
            sum += num(node.value).await;
            at = node.next.as_deref();
        }
        sum + list.len() as u32
    }
    a_local_buffer() -> usize {
        async fn read(into: &mut [u8]) -> usize {
            later("read", ()).await;
            let n = into.len().min(3);
            into[..n].fill(7);
            n
        }
        let mut buffer = vec![0u8; 8];
        let mut rest = &mut buffer[..];
        let mut total = 0;
        while !rest.is_empty() {
            let n = read(rest).await;
            total += n;
            rest = &mut rest[n..];
        }
        total + buffer.iter().filter(|byte| **byte == 7).count()
    }
    slices_of_literals() -> Vec<usize> {
        let mut sizes = Vec::new();
        for part in [&b"ab\nc"[..], b"d\n", &[1, 2, 3][1..]] {
            sizes.push(part.len());
            num(1).await;
            sizes.push(part[0] as usize);
        }
        sizes
    }
    references_and_copies() -> u32 {
        let pairs = vec![(D("a"), 1), (D("b"), 2)];
        let mut sum = 0;
        for &(ref d, n) in &pairs {
            sum += num(n).await * n;
            sum += d.name().len() as u32;
        }
        let &(ref d, n) = &pairs[1];
        num(1).await;
        match pairs.first() {
            Some(&(ref first, m)) if m > 0 => sum + num(n).await + m + first.name().len() as u32,
            _ => d.name().len() as u32,
        }
    }
    read_at_once(s: &mut Server) with (&mut s) given { let mut s = server(); } -> Result<u32, D> {
        let _guard = D("guard");
        let first = *s.later_slot(0).await;
        s.sent += first;
        let length = s.row(1).await?.name().len();
        s.slots.push(length as u32);
        let copied = s.row(1).await.map(|row| row.name().to_owned())?;
        let _younger = D("younger");
        s.sent += copied.len() as u32;
        let length = s.row(9).await?.name().to_string();
        s.sent += length.len() as u32;
        Ok(s.sent)
    }
    changed_at_once(s: &mut Server) with (&mut s) given { let mut s = server(); } -> u32 {
        let _guard = D("guard");
        *s.later_slot(0).await += 2;
        s.sent += 1;
        *s.later_slot(1).await = s.sent;
        num(s.slots.len() as u32).await
    }
    changed_of_a_local() -> u32 {
        let mut s = server();
        let _younger = D("younger");
        *s.later_slot(0).await += num(2).await;
        *s.later_slot(1).await = num(5).await;
        s.begin().await.of[2] += 1;
        s.begin().await.of.push(1);
        num(s.slots.iter().sum()).await
    }
    read_of_a_local() -> usize {
        let mut s = server();
        let _younger = D("younger");
        let n = s.row(1).await.map(|row| row.clone()).is_ok();
        s.slots.push(n as u32);
        let slot = s.later_slot(3).await.clone();
        s.slots.len() + slot as usize
    }
    opened(s: &mut Server) with (&mut s) given { let mut s = server(); } -> u32 {
        let mut transaction = s.begin().await;
        let _younger = D("younger");
        transaction.put(1).await;
        transaction.put(2).await;
        drop(transaction);
        s.sent += 1;
        let mut list = Server::default();
        for n in 0.. {
            let mut transaction = list.begin().await;
            transaction.put(n).await;
            if num(n).await == 1 {
                break;
            }
            log("round");
        }
        s.sent + list.slots.len() as u32
    }
    of_a_type_with_a_drop() -> u32 {
        let mut list = vec![];
        for n in 0.. {
            let mut transaction = Transaction { of: &mut list };
            transaction.put(n).await;
            if num(n).await == 1 {
                break;
            }
            log("round");
        }
        for n in 0.. {
            let mut transaction = Transaction::new(&mut list);
            transaction.put(n).await;
            if num(n).await == 1 {
                break;
            }
            log("round");
        }
        list.iter().sum()
    }
    there_to_be_dropped() -> u32 {
        let active = Cell::new(0);
        let inside = {
            let _guard = Count::enter(&active);
            let _younger = D("younger");
            num(active.get()).await
        };
        let _again = Count(&active);
        let _younger = D("youngest");
        num(1).await;
        inside * 10 + active.get()
    }
}

/// It says when it ends.
struct Transaction<'t> {
    of: &'t mut Vec<u32>,
}

impl<'t> Transaction<'t> {
    fn new(of: &'t mut Vec<u32>) -> Self {
        Transaction { of }
    }
    async fn put(&mut self, n: u32) {
        later("put", ()).await;
        self.of.push(n);
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        log(format!("end with {:?}", self.of));
    }
}

/// It counts those that are in a scope.
struct Count<'c>(&'c Cell<u32>);

impl<'c> Count<'c> {
    fn enter(of: &'c Cell<u32>) -> Self {
        of.set(of.get() + 1);
        Count(of)
    }
}

impl Drop for Count<'_> {
    fn drop(&mut self) {
        log(format!("left {}", self.0.get()));
    }
}

/// `self` is an argument as any other.
#[test]
fn of_self() {
    macro_rules! methods {
        ($trait:ident $(#[$coro:meta])?) => {
            trait $trait {
                async fn send(&mut self, id: u32) -> u32;
            }
            impl $trait for Server {
                $(#[$coro])?
                async fn send(&mut self, id: u32) -> u32 {
                    let _guard = D("guard");
                    if let Some(open) = self.open.get_mut(&id) {
                        open.push(num(1).await);
                        open.push(v("more", 2));
                    }
                    self.sent += num(5).await;
                    self.sent
                }
            }
        };
    }
    methods!(Coro #[unawait::coro]);
    methods!(Native);
    compare(
        "of_self",
        &|plan| plan.drive(|| async { Coro::send(&mut server(), 1).await }),
        &|plan| plan.drive(|| async { Native::send(&mut server(), 1).await }),
    );
}
