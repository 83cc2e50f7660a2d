//! What an await gives of a local, and what says that it borrows it: it is read at once, its name is a guard's, or a macro or a
//! method passes it on.

#![allow(dead_code, reason = "some of it is there to be dropped only")]

use std::cell::{RefCell, RefMut};
use std::ffi::OsStr;
use std::path::Path;

use super::harness::later;
use super::stubs::*;
use crate::harness::{D, log, v};

struct Table {
    rows: Vec<String>,
    open: RefCell<Vec<u32>>,
    d: D,
}

fn table() -> Table {
    Table {
        rows: vec!["a".to_owned(), "bc".to_owned()],
        open: RefCell::new(vec![1]),
        d: D("table"),
    }
}

impl Table {
    async fn row(&self, index: usize) -> Result<&String> {
        later("row", ()).await;
        self.rows.get(index).ok_or(Error::Closed)
    }

    async fn headers(&mut self) -> Result<&[String]> {
        later("headers", ()).await;
        Ok(&self.rows)
    }

    async fn ready(&self) -> Result<RefMut<'_, Vec<u32>>> {
        later("ready", ()).await;
        Ok(self.open.borrow_mut())
    }

    async fn writable(&self) -> Result<RefMut<'_, Vec<u32>>> {
        self.ready().await
    }

    async fn reserve_many(&self, n: u32) -> Result<Reserved<'_>> {
        later("reserve_many", ()).await;
        Ok(Reserved(self.open.borrow_mut(), n, D("reserved")))
    }

    async fn text(&self) -> Result<String> {
        later("text", ()).await;
        Ok(self.rows[1].clone())
    }

    fn name(&self) -> &String {
        log("name");
        &self.rows[1]
    }

    fn path(&self) -> &Path {
        log("path");
        Path::new(&self.rows[1])
    }
}

struct Reserved<'t>(RefMut<'t, Vec<u32>>, u32, D);

impl Iterator for Reserved<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        self.1 = self.1.checked_sub(1)?;
        self.0.push(self.1);
        Some(self.1)
    }
}

struct Writer<'b> {
    to: &'b mut Vec<u32>,
    d: D,
}

impl<'b> Writer<'b> {
    fn new(to: &'b mut Vec<u32>) -> Self {
        Writer { to, d: D("writer") }
    }

    fn wide(self) -> Self {
        log("wide");
        self
    }

    async fn with_header(to: &'b mut Vec<u32>) -> Result<Self> {
        later("header", ()).await;
        to.push(0);
        Ok(Writer::new(to))
    }

    async fn put(&mut self, n: u32) -> usize {
        later("put", ()).await;
        self.to.push(n);
        self.to.len()
    }
}

/// Of tokio-test's.
macro_rules! assert_ok {
    ($result:expr) => {
        match $result {
            Ok(value) => value,
            Err(error) => panic!("{error:?}"),
        }
    };
}

awaits! {
    in_assertions() -> u32 {
        let mut table = table();
        assert_eq!(table.headers().await.unwrap().len(), 2);
        assert_eq!(&table.headers().await.unwrap()[0], "a");
        assert!(!table.row(0).await.unwrap().is_empty());
        assert!(table.row(1).await.unwrap().len() == 2 && v("both", true), "{}", v("message", 1));
        later("x", ()).await;
        1
    }
    in_assertions_that_leave(at: usize) with (0) -> Result<u32> {
        let mut table = table();
        let _d = D("d");
        assert_eq!(table.row(at).await?.len(), 1);
        assert_eq!(table.headers().await?[0].len(), 1);
        assert_eq!(table.row(at + 2).await?.len(), 1);
        later("x", ()).await;
        Ok(1)
    }
    in_assertions_that_borrow_nothing(given: D) with (D("ab")) -> Result<usize> {
        let table = table();
        let _d = D("d");
        assert_eq!(table.text().await?.len(), D::finish(given));
        let _end = D("end");
        Ok(later("end", table.rows.len()).await)
    }
    in_conditions(at: usize) with (1) -> Result<u32> {
        let mut table = table();
        if table.row(at).await?.is_empty() {
            later("empty", ()).await;
        }
        while table.headers().await?.len() > 1 {
            later("longer", ()).await;
            table.rows.pop();
        }
        Ok(table.row(at).await?.len() as u32)
    }
    by_an_index() -> usize {
        let mut table = table();
        let n = table.headers().await.unwrap()[1].len();
        later("x", ()).await;
        n + table.rows.len()
    }
    named_as_a_guard() -> Result<usize> {
        let table = table();
        let mut guard = table.writable().await?;
        guard.push(2);
        later("x", ()).await;
        drop(guard);
        let _last_guard = table.writable().await?;
        later("y", ()).await;
        Ok(table.rows.len())
    }
    named_so_and_left(stops: bool) with (true) -> Result<usize> {
        let table = table();
        loop {
            let mut guard = table.writable().await?;
            guard.push(2);
            later("x", ()).await;
            if stops {
                break;
            }
        }
        later("y", ()).await;
        Ok(table.open.borrow().len())
    }
    passed_on_by_a_macro() -> usize {
        let table = table();
        let reserved = assert_ok!(table.reserve_many(2).await);
        later("x", ()).await;
        drop(reserved);
        for n in assert_ok!(table.reserve_many(2).await) {
            later("y", n).await;
        }
        assert!(assert_ok!(table.reserve_many(0).await).next().is_none());
        later("z", ()).await;
        table.open.borrow().len()
    }
    a_view_of_what_a_method_gives() -> usize {
        let table = table();
        let name = table.name().as_str();
        let path: &OsStr = table.path().as_ref();
        later("x", ()).await;
        name.len() + path.len()
    }
    built_around_a_local() -> usize {
        let mut list = vec![];
        let mut writer = Writer::new(&mut list).wide();
        writer.put(1).await;
        let n = writer.put(2).await;
        drop(writer);
        later("x", n).await;
        list.len()
    }
    built_by_an_await() -> Result<usize> {
        let mut list = vec![];
        {
            let mut writer = Writer::with_header(&mut list).await?;
            writer.put(1).await;
            writer.put(2).await;
        }
        later("x", ()).await;
        Ok(list.len())
    }
    a_value_of_its_own() -> u32 {
        let table = table();
        assert_eq!(later("list", vec![1, 2]).await.len(), 2);
        let guard = later("guard", D("guard")).await;
        later("x", ()).await;
        guard.name().len() as u32 + table.rows.len() as u32
    }
    a_reference_to_a_literal() -> usize {
        let text: &'static [u8; 4] = &include_bytes!("read_at_once.txt");
        let other: &'static str = &concat!("a", 1);
        later("x", ()).await;
        let (line, file) = (&line!(), &file!());
        later("y", ()).await;
        text.len() + other.len() + (*line > 0) as usize + !file.is_empty() as usize
    }
}
