//! Guards of locals that last as long as a condition, a scrutinee or an operand is looked at.

#![allow(dead_code, reason = "some of it is there to be dropped or shown only")]

use std::cell::{RefCell, RefMut};

use super::harness::later;
use super::stubs::*;
use crate::harness::{D, log};

struct Table(RefCell<Vec<u32>>, D);

impl Table {
    async fn write(&self) -> Result<RefMut<'_, Vec<u32>>> {
        later("write", ()).await;
        Ok(self.0.borrow_mut())
    }
}

struct Pool(RefCell<Vec<u32>>, D);
struct Pooled<'p>(&'p Pool, D);

impl Pool {
    async fn get(&self) -> Result<Pooled<'_>> {
        later("get", ()).await;
        Ok(Pooled(self, D("pooled")))
    }
}

impl Pooled<'_> {
    async fn query(&mut self, n: u32) -> Result<usize> {
        later("query", ()).await;
        self.0.0.borrow_mut().push(n);
        Ok(self.0.0.borrow().len())
    }
}

fn table() -> Table {
    Table(RefCell::new(vec![1, 2]), D("table"))
}

fn first(list: &[D], index: usize) -> &D {
    log("first");
    &list[index]
}

awaits! {
    conditions() -> u32 {
        let m = Mutex::new(vec![1, 2]);
        while m.lock().await.len() > 1 {
            let n = m.lock().await.pop();
            later("x", n).await;
        }
        if !m.lock().await.is_empty() && later("c", true).await && m.lock().await[0] == 1 {
            later("y", ()).await;
        } else if m.lock().await.is_empty() {
            later("z", ()).await;
        }
        1
    }
    condition_with_a_question(n: u32) with (2) -> Result<u32> {
        let m = Mutex::new(vec![Err(Error::Closed), Ok(n)]);
        if m.lock().await.pop().unwrap()? > 1 {
            later("y", ()).await;
        }
        if m.lock().await.pop().unwrap()? > 1 {
            later("z", ()).await;
        }
        Ok(1)
    }
    a_match_without_awaits() -> u32 {
        let m = Mutex::new(vec![1, 2]);
        let n = match m.lock().await.pop() {
            Some(n) => n,
            None => 0,
        };
        later("x", ()).await;
        n
    }
    a_match_that_breaks() -> u32 {
        let m = Mutex::new(vec![1, 2]);
        let mut sum = 0;
        loop {
            match m.lock().await.pop() {
                Some(n) => sum += n,
                None => break,
            }
        }
        sum
    }
    a_match_that_returns(list: Vec<u32>) with (vec![]) -> Result<u32> {
        let m = Mutex::new(list);
        let n = match m.lock().await.pop() {
            Some(n) => n,
            None => return Err(Error::Closed),
        };
        later("x", ()).await;
        Ok(n)
    }
    loops_and_branches_without_awaits() -> u32 {
        let m = Mutex::new(vec![1, 2]);
        let mut all = 0;
        for n in m.lock().await.iter() {
            all += n;
        }
        while let Some(n) = m.lock().await.pop() {
            all += n;
        }
        if let Some(n) = m.lock().await.pop() {
            return n;
        }
        later("x", ()).await;
        all
    }
    let_else_with_a_question() -> Result<u32> {
        let table = table();
        let mut sum = 0;
        loop {
            let Some(n) = table.write().await?.pop() else { break };
            sum += n;
            later("x", ()).await;
        }
        Ok(sum)
    }
    returned_at_once() -> Result<Option<u32>> {
        let table = table();
        later("x", ()).await;
        if table.1.name().is_empty() {
            return Ok(None);
        }
        return Ok(table.write().await?.pop());
    }
    a_branch_that_returns(c: bool) with (true) -> Result<usize> {
        let m = Mutex::new(vec![1u32]);
        if c {
            let mut guard = m.lock().await;
            guard.push(later("n", 3).await);
            return Ok(guard.len());
        }
        later("x", Ok::<_, Error>(())).await?;
        Ok(1)
    }
    another_branch_that_returns(c: bool) with (false) -> Result<usize> {
        let m = Mutex::new(vec![1u32]);
        if c {
            let mut guard = m.lock().await;
            guard.push(later("n", 3).await);
            return Ok(guard.len());
        }
        later("x", ()).await;
        Ok(1)
    }
    in_front_of_an_argument(list: RefCell<Vec<D>>) with (RefCell::new(vec![D("a")])) -> usize {
        let n = first(&list.borrow(), later("n", 0).await).name().len();
        later("x", ()).await;
        n
    }
    connection_of_a_pool() -> Result<usize> {
        let pool = Pool(RefCell::new(vec![]), D("pool"));
        let mut connection = pool.get().await?;
        let n = connection.query(1).await?;
        drop(connection);
        later("x", ()).await;
        Ok(n)
    }
    a_range_with_awaits_in_the_loop() -> usize {
        let list = RefCell::new(vec![1, 2]);
        let mut sum = 0;
        for n in 0..list.borrow().len() {
            sum += later("n", n).await;
            if sum > 50 {
                return 3;
            }
        }
        sum + list.borrow().len()
    }
    a_range_that_awaits() -> usize {
        let list = Mutex::new(vec![1, 2]);
        let mut sum = 0;
        for n in 0..list.lock().await.len() {
            sum += n;
        }
        later("x", ()).await;
        for n in list.lock().await.len()..5 {
            sum += later("n", n).await;
        }
        sum
    }
    in_front_of_an_operand() -> usize {
        let list = RefCell::new(vec![1, 2]);
        let n = list.borrow().len() + later("x", 3).await;
        let (a, b) = (list.borrow().len(), later("y", 3).await);
        let c = Some(list.borrow()[0] + later("z", 3).await);
        n + a + b + list.borrow().len()
    }
    in_front_of_an_operand_with_a_question() -> Result<usize> {
        let list = RefCell::new(vec![1, 2]);
        let n = list.borrow().len() + later("x", Err::<usize, Error>(Error::Closed)).await?;
        later("y", ()).await;
        Ok(n)
    }
}
