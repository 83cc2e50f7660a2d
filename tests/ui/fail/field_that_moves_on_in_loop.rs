use unawait::prelude::*;

struct Reader<'a> {
    rest: &'a [u32],
}

impl Reader<'_> {
    fn next(&mut self) {
        self.rest = &self.rest[1..];
    }

    fn left(&self) -> usize {
        self.rest.len()
    }
}

fn advance(reader: &mut Reader) {
    reader.next();
}

#[coro]
fn called(list: &[u32]) -> impl Iterator<Item = u32> {
    let mut reader = Reader { rest: list };
    for n in reader.rest.iter() {
        yield_!(*n);
        println!("{} left", reader.left());
        reader.next();
    }
}

#[coro]
fn borrowed(list: &[u32]) -> impl Iterator<Item = u32> {
    let mut reader = Reader { rest: list };
    for n in reader.rest.iter() {
        yield_!(*n);
        advance(&mut reader);
    }
}

#[coro]
fn behind_a_reference(reader: &mut Reader<'_>) -> impl Iterator<Item = u32> {
    for n in reader.rest.iter() {
        yield_!(*n);
        reader.next();
    }
}

#[coro]
fn by_another_variable(list: &[u32]) -> impl Iterator<Item = u32> {
    let mut reader = Reader { rest: list };
    let rest = &reader.rest;
    for n in rest.iter() {
        yield_!(*n);
        reader.next();
    }
}

fn main() {
    called(&[1]).chain(borrowed(&[2])).chain(by_another_variable(&[3])).for_each(drop);
    behind_a_reference(&mut Reader { rest: &[4] }).for_each(drop);
}
