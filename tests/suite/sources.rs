//! Loops over what a method of a local gives, under a name that takes the local in one type and borrows it in another.

use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Cursor, Read};

use crate::harness::{D, log};

/// Its methods borrow it, and its drop can be seen.
struct Document(D);

impl Document {
    fn lines(&self) -> std::str::Lines<'_> {
        self.0.0.lines()
    }

    fn chars(&self) -> std::str::Chars<'_> {
        self.0.0.chars()
    }

    fn bytes(&self) -> Vec<u8> {
        self.0.0.as_bytes().to_vec()
    }
}

/// A reader whose drop can be seen.
#[allow(dead_code, reason = "its drop is logged")]
struct Source(D, Cursor<&'static [u8]>);

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        log("read");
        self.1.read(buffer)
    }
}

fn source(text: &'static str) -> Source {
    Source(D("source"), Cursor::new(text.as_bytes()))
}

differential! {
    iterator drained(mut list: Vec<D>) yields (usize) with (vec![D("a"), D("b"), D("c")]) {
        for d in list.drain(1..) { log(d.0); }
        yield_!(1);
        log("end");
    }
    iterator drained_and_used_again(mut queue: VecDeque<D>) yields (usize) with (VecDeque::from([D("a"), D("b")])) {
        let left = queue.len();
        for d in queue.drain(..1).collect::<Vec<_>>() { log(d.0); yield_!(left); }
        yield_!(queue.len());
        for d in queue.drain(..) { log(d.0); }
        yield_!(queue.len());
    }
    iterator borrowed_lines(document: Document) yields (usize) with (Document(D("a\nb"))) {
        for line in document.lines() { log(line); }
        yield_!(1);
        log("end");
    }
    iterator borrowed_and_used_again(document: Document) yields (usize) with (Document(D("a\nb"))) {
        for c in document.chars() { log(c); }
        for line in document.lines().map(str::to_owned).collect::<Vec<_>>() { yield_!(line.len()); }
        for byte in document.bytes() { yield_!(byte.into()); }
        yield_!(document.0.0.len());
        log("end");
    }
    iterator taken_lines[R: BufRead](reader: R) yields (String) with (BufReader::new(source("x\ny"))) {
        let mut all = Vec::new();
        for line in reader.lines() { all.push(line.unwrap()); }
        for line in all { yield_!(line); }
        log("end");
    }
    iterator taken_by_the_loop(source: Source) yields (usize) with (source("x\ny")) {
        let reader = BufReader::new(source);
        for line in reader.lines().skip(1) { yield_!(line.unwrap().len()); }
        yield_!(0);
    }
}
