//! Closures of adapters that capture what can be copied.

use std::collections::HashMap;

use crate::harness::D;

struct Library {
    books: Vec<Book>,
    lent: HashMap<usize, D>,
}
#[derive(Debug)]
struct Book {
    title: String,
    tags: Vec<String>,
    pages: Option<u32>,
}
fn library() -> Library {
    let book = |title: &str, tags: &[&str], pages| Book {
        title: title.into(),
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        pages,
    };
    Library {
        books: vec![
            book("A", &["x", "y"], Some(3)),
            book("B", &[], None),
            book("C", &["y"], Some(9)),
        ],
        lent: HashMap::from([(1, D("ann"))]),
    }
}

differential! {
    iterator of_arguments(numbers: &[u32], limit: u32, tag: &str) yields (u32) with (&[1, 5, 9], 3, "ab") {
        for n in numbers.iter().filter(|n| **n > limit).map(|n| n + tag.len() as u32) { yield_!(n); }
        yield_!(limit);
    }
    iterator of_locals(numbers: Vec<u32>) yields (u32) with (vec![1, 5, 9]) {
        let limit = 3;
        let name = "ab";
        for (at, n) in numbers.into_iter().enumerate().skip_while(|(at, _)| at + 1 < limit).filter(|(_, n)| *n as usize > name.len()) { yield_!(n + at as u32); }
        yield_!(limit as u32);
    }
    iterator of_changing(numbers: Vec<u32>, mut limit: u32) yields (u32) with (vec![1, 5, 9], 3) {
        limit += 1;
        let least = limit;
        for n in numbers.into_iter().filter(|n| *n > least) { yield_!(n); }
    }
    iterator of_a_drop(numbers: Vec<u32>, guard: D) yields (u32) with (vec![1, 5, 9], D("guard")) {
        for n in numbers.into_iter().filter(move |n| *n > guard.name().len() as u32 - 4) { yield_!(n); }
        yield_!(0);
    }
    iterator of_a_given(numbers: &[u32], wanted: &D) yields (usize) with (&[1, 5, 9], &D("wanted")) {
        for n in numbers.iter().take_while(|n| **n < wanted.name().len() as u32) { yield_!(*n as usize); }
        yield_!(wanted.name().len());
    }
    iterator search_books['l](library: &'l Library, tag: &'l str) yields (&'l str) with (&library, "y")
        given { let library = library(); } {
        for (index, Book { title, tags, pages }) in library.books.iter().enumerate() {
            if library.lent.contains_key(&index) {
                continue;
            }
            let Some(pages) = pages else { continue };
            for found in tags.iter().filter(|found| found.as_str() == tag) {
                yield_!(title);
                if *pages > 5 {
                    yield_!(found);
                }
            }
        }
    }
}
