//! Borrows of arguments with different lifetimes in one variable, which is there at an await: what both have in common has no
//! name in the signature.

use std::collections::HashMap;

use futures::future::{FutureExt, select_all};

use super::harness::{compare, later};
use crate::harness::{D, log, v};

struct View<'a> {
    name: &'a str,
    text: &'a str,
}

async fn length(text: &str) -> usize {
    later("length", text.len()).await
}

awaits! {
    chosen_by_a_branch(a: &str, b: &str, first: bool) with ("a", "other", false) -> usize {
        let chosen = if first { a } else { b };
        length(chosen).await + chosen.len()
    }
    chosen_by_a_match(a: &str, b: &str) with ("a", "other") -> usize {
        let chosen = match a.len() {
            0 => a,
            _ => b,
        };
        length(chosen).await
    }
    a_default(nick: Option<&str>, name: &str) with (None, "name") -> usize {
        let shown = nick.unwrap_or(name);
        length(shown).await
    }
    a_default_of_the_first(name: &str, tags: &[String]) with ("name", &tags) given { let tags = ["tag".to_owned()]; } -> usize {
        let first = tags.first().map_or(name, String::as_str);
        length(first).await
    }
    a_default_of_parts(line: &str, default: &str) with ("key", "default") -> usize {
        let (key, value) = line.split_once('=').unwrap_or((line, default));
        length(key).await + length(value).await
    }
    in_a_loop_over_both(a: &str, b: &str, guard: D) with ("a", "other", D("guard")) -> usize {
        let mut n = 0;
        for text in [a, b] {
            n += length(text).await;
        }
        n + guard.name().len()
    }
    in_a_chain(a: &[usize], b: &[usize]) with (&[1, 2], &[3]) -> usize {
        let mut sum = 0;
        for n in a.iter().chain(b) {
            sum += later("n", *n).await;
        }
        sum
    }
    assigned(a: &str, b: &str) with ("a", "other") -> usize {
        let mut text = a;
        if length(text).await < 3 {
            text = b;
        }
        length(text).await
    }
    an_argument_assigned(mut a: &str, b: &str) with ("a", "other") -> usize {
        if a.len() < 3 {
            a = b;
        }
        length(a).await
    }
    in_a_list(name: &str, tags: &[&str]) with ("name", &["tag"]) -> usize {
        let mut all = vec![name];
        all.extend(tags);
        let mut n = 0;
        for text in all {
            n += length(text).await;
        }
        n
    }
    in_a_map(a: &str, b: &str) with ("a", "b") -> usize {
        let mut all = HashMap::new();
        all.insert(a, 1);
        all.insert(b, 2);
        later("all", all.len()).await + all[b]
    }
    in_a_struct(name: &str, text: &str) with ("name", "text") -> usize {
        let view = View { name, text };
        later("view", 1).await + view.name.len() + view.text.len()
    }
    both_chosen(a: &[u8], b: &[u8]) with (b"long", b"l") -> usize {
        let (long, short) = if a.len() > b.len() { (a, b) } else { (b, a) };
        later("chosen", long.len()).await * 10 + short.len()
    }
    futures_of_both(a: &str, b: &str) with ("a", "b") -> usize {
        let futures = vec![length(a).boxed_local(), length(b).boxed_local()];
        let (n, index, rest) = select_all(futures).await;
        n + index + rest.len()
    }
    with_drops(guard: D, a: &str, b: &str, _last: D) with (D("guard"), "a", "other", D("last")) -> Result<usize, usize> {
        let text = a.get(9..).unwrap_or(b);
        let inner = D("inner");
        let n = length(text).await;
        if n > 3 {
            return Err(v("n", n));
        }
        drop(guard);
        Ok(length(text).await)
    }
}

struct Server {
    base: String,
}

fn server() -> Server {
    Server {
        base: "base".to_owned(),
    }
}

impl Server {
    #[unawait::coro]
    async fn open(&self, path: Option<&str>) -> usize {
        let path = path.unwrap_or(&self.base);
        length(path).await + path.len() + self.base.len()
    }

    async fn open_natively(&self, path: Option<&str>) -> usize {
        let path = path.unwrap_or(&self.base);
        length(path).await + path.len() + self.base.len()
    }
}

#[test]
fn of_a_method() {
    for path in [None, Some("path")] {
        compare(
            "open",
            &|plan| plan.drive(|| async { server().open(path).await }),
            &|plan| plan.drive(|| async { server().open_natively(path).await }),
        );
    }
}

/// `Send`, in an `async` block too, where no lifetime has a name.
#[test]
fn can_be_sent() {
    #[unawait::coro]
    async fn longest(texts: &[&str], least: &str) -> usize {
        let mut longest = least;
        for text in texts {
            if std::future::ready(text.len()).await > longest.len() {
                longest = text;
            }
        }
        longest.len()
    }
    fn sent<T: Send>(value: T) -> T {
        value
    }
    let future = sent(async {
        let (text, least) = ("text".to_owned(), "a".to_owned());
        longest(&[&text], &least).await + longest(&[], &text).await
    });
    assert_eq!(pollster::block_on(future), 8);
    log("sent");
}
