//! Readers and dialogs: of text, of bytes, of what a caller says next.

use std::collections::*;

use crate::harness::{D, log, v};

differential! {
    iterator csv_fields(line: &'static str) yields (String) with (r#"a,"b ""q"" c",,d"#) {
        let mut chars = line.chars().peekable();
        let mut field = String::new();
        let mut quoted = false;
        while let Some(c) = chars.next() {
            match (c, quoted) {
                ('"', true) if chars.peek() == Some(&'"') => { chars.next(); field.push('"'); }
                ('"', _) => quoted = !quoted,
                (',', false) => yield_!(std::mem::take(&mut field)),
                (c, _) => field.push(c),
            }
        }
        yield_!(field);
    }
    iterator tokenizer['s](src: &'s str) yields (Result<&'s str, char>) with ("let x1 = 42+(y - 7)$;") {
        let mut rest = src;
        loop {
            rest = rest.trim_start();
            let Some(first) = rest.chars().next() else { break };
            let length = match first {
                'a'..='z' | 'A'..='Z' | '_' => rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len()),
                '0'..='9' => rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()),
                '+' | '-' | '*' | '/' | '(' | ')' | '=' | ';' => 1,
                other => { yield_!(Err(other)); rest = &rest[other.len_utf8()..]; continue }
            };
            let (token, tail) = rest.split_at(length);
            yield_!(Ok(token));
            rest = tail;
        }
    }
    coroutine calculator() takes (char) ['1', '2', '+', '3', '*', '4', '=', 'x'] yields (i64) returns (Result<(), String>) {
        let (mut acc, mut current, mut op): (i64, i64, fn(i64, i64) -> i64) = (0, 0, |_, b| b);
        loop {
            let key = yield_!(current);
            match key {
                d @ '0'..='9' => current = current * 10 + i64::from(d.to_digit(10).ok_or("digit")?),
                '+' | '-' | '*' | '=' => {
                    acc = op(acc, current);
                    yield_!(acc);
                    current = 0;
                    op = match key { '+' => |a, b| a + b, '-' => |a, b| a - b, '*' => |a, b| a * b, _ => |_, b| b };
                }
                bad => Err(format!("bad key {bad}"))?,
            }
        }
    }
    iterator days(year: u32) yields ((u32, u32)) with (2024) {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        for (month, days) in (1..).zip([31, if leap { 29 } else { 28 }, 31]) {
            for day in (1..=days).step_by(10) { yield_!((month, day)); }
        }
    }
    iterator merge_sorted(a: Vec<i32>, b: Vec<i32>) yields (i32) with (vec![1, 4, 5], vec![2, 3, 6, 7]) {
        let (mut a, mut b) = (a.into_iter(), b.into_iter());
        let (mut x, mut y) = (a.next(), b.next());
        loop {
            match (x, y) {
                (Some(l), Some(r)) if l <= r => { yield_!(l); x = a.next(); }
                (_, Some(r)) => { yield_!(r); y = b.next(); }
                (Some(l), None) => { yield_!(l); x = a.next(); }
                (None, None) => break,
            }
        }
    }
    iterator group_runs[K: PartialEq + std::fmt::Debug, T: std::fmt::Debug](items: Vec<T>, key: impl Fn(&T) -> K) yields ((K, Vec<T>)) with (vec![1, 3, 2, 4, 5], |n: &i32| n % 2 == 0) {
        let mut items = items.into_iter();
        let Some(first) = items.next() else { return };
        let mut current = key(&first);
        let mut group = vec![first];
        for item in items {
            let k = key(&item);
            if k == current { group.push(item); continue }
            yield_!((std::mem::replace(&mut current, k), std::mem::replace(&mut group, vec![item])));
        }
        yield_!((current, group));
    }
    iterator bfs_grid(grid: Vec<&'static str>) yields (((usize, usize), u32)) with (vec!["..#", "#..", "..."]) {
        let cells: Vec<Vec<char>> = grid.iter().map(|row| row.chars().collect()).collect();
        let mut queue = VecDeque::from([((0usize, 0usize), 0)]);
        let mut seen = HashSet::from([(0, 0)]);
        while let Some((pos @ (r, c), d)) = queue.pop_front() {
            yield_!((pos, d));
            for (dr, dc) in [(0i32, 1i32), (1, 0), (0, -1), (-1, 0)] {
                let (Some(r), Some(c)) = (r.checked_add_signed(dr as isize), c.checked_add_signed(dc as isize)) else { continue };
                if let Some(row) = cells.get(r) && let Some('.') = row.get(c) && seen.insert((r, c)) {
                    queue.push_back(((r, c), d + 1));
                }
            }
        }
    }
    iterator roman(n: u32) yields (&'static str) with (1994) {
        let mut n = n;
        for (value, text) in [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")] {
            while n >= value { n -= value; yield_!(text); }
        }
    }
    iterator egyptian(mut num: u64, mut den: u64) yields (u64) with (7, 15) {
        while num != 0 {
            let d = den.div_ceil(num);
            yield_!(d);
            (num, den) = (num * d - den, den * d);
        }
    }
    coroutine binary_search_dialog(mut low: u32, mut high: u32) takes (std::cmp::Ordering) [std::cmp::Ordering::Less, std::cmp::Ordering::Greater, std::cmp::Ordering::Less, std::cmp::Ordering::Equal] yields (u32) returns (Option<u32>) with (0, 100) {
        while low < high {
            let mid = low + (high - low) / 2;
            match yield_!(mid) {
                std::cmp::Ordering::Less => high = mid,
                std::cmp::Ordering::Greater => low = mid + 1,
                std::cmp::Ordering::Equal => return Some(mid),
            }
        }
        None
    }
    coroutine tcp_like() takes (&'static str) ["syn", "ack", "data", "data", "fin", "ack"] yields (String) returns (u32) {
        #[derive(Debug, Clone, Copy, PartialEq)]
        enum State { Listen, SynReceived, Established { seq: u32 }, Closing(u32), Closed }
        let mut state = State::Listen;
        let mut input = yield_!(format!("{state:?}"));
        let done = loop {
            state = match (state, input) {
                (State::Listen, "syn") => State::SynReceived,
                (State::SynReceived, "ack") => State::Established { seq: 0 },
                (State::Established { seq }, "data") => State::Established { seq: seq + 1 },
                (State::Established { seq }, "fin") => State::Closing(seq),
                (State::Closing(n), "ack") => break n,
                (other, _) => { log(format_args!("ignored {input}")); other }
            };
            input = yield_!(format!("{state:?}"));
        };
        state = State::Closed;
        yield_!(format!("{:?}", state));
        done
    }
    iterator tag_soup(html: &'static str) yields (String) with ("<p>Hi <b>you</b><br/></p>") {
        let mut open: Vec<&str> = vec![];
        let mut rest = html;
        while let Some(start) = rest.find('<') {
            if start > 0 { yield_!(format!("{}text {:?}", "  ".repeat(open.len()), &rest[..start])); }
            let end = start + rest[start..].find('>').expect("closed");
            let tag = &rest[start + 1..end];
            rest = &rest[end + 1..];
            if let Some(name) = tag.strip_prefix('/') {
                assert_eq!(open.pop(), Some(name), "mismatch in {html}");
                yield_!(format!("{}end {name}", "  ".repeat(open.len())));
            } else if let Some(name) = tag.strip_suffix('/') {
                yield_!(format!("{}empty {name}", "  ".repeat(open.len())));
            } else {
                yield_!(format!("{}start {tag}", "  ".repeat(open.len())));
                open.push(tag);
            }
        }
    }
    coroutine bank() takes (i64) [100, -30, -200, 0, 5] yields (Result<i64, String>) returns (Vec<i64>) {
        let mut history = vec![];
        let mut balance = 0;
        let mut reply = Ok(balance);
        loop {
            let amount = yield_!(reply);
            if amount == 0 { break history }
            reply = if balance + amount < 0 { Err(format!("short by {}", -(balance + amount))) } else {
                balance += amount;
                history.push(amount);
                Ok(balance)
            };
        }
    }
    iterator varints(bytes: Vec<u8>) yields (Result<u64, usize>) with (vec![5, 0x96, 1, 0x80, 0x80]) {
        let mut bytes = bytes.into_iter().enumerate();
        'message: loop {
            let mut value = 0u64;
            for shift in (0..64).step_by(7) {
                let Some((at, byte)) = bytes.next() else {
                    if shift > 0 { yield_!(Err(shift)); }
                    break 'message;
                };
                value |= u64::from(byte & 0x7f) << shift;
                if byte & 0x80 == 0 { log(at); yield_!(Ok(value)); continue 'message }
            }
        }
    }
    iterator word_ladder(start: &'static str, words: HashSet<&'static str>) yields ((usize, String)) with ("cat", HashSet::from(["cot", "dog", "cog", "bat"])) {
        let mut words: BTreeSet<String> = words.iter().map(|w| w.to_string()).collect();
        let mut frontier = vec![start.to_string()];
        for depth in 0.. {
            if frontier.is_empty() { return; }
            for word in &frontier { yield_!((depth, word.clone())); }
            let (near, far) = words.into_iter().partition(|w| frontier.iter().any(|f| f.chars().zip(w.chars()).filter(|(a, b)| a != b).count() == 1));
            words = far;
            frontier = Vec::from_iter::<BTreeSet<_>>(near);
        }
    }
    iterator hexdump(data: &[u8]) yields (String) with (&(60..100).collect::<Vec<u8>>()) {
        for (i, chunk) in data.chunks(16).enumerate() {
            let hex: Vec<String> = chunk.iter().map(|b| format!("{b:02x}")).collect();
            let text: String = chunk.iter().map(|&b| if b.is_ascii_graphic() { b as char } else { '.' }).collect();
            yield_!(format!("{:08x}  {:<47}  |{text}|", i * 16, hex.join(" ")));
        }
    }
    iterator guard_drops(list: Vec<D>) yields (usize) with (vec![D("a"), D("b"), D("c")]) {
        let mut kept = Vec::new();
        for (i, d) in list.into_iter().enumerate() {
            if i == 1 { yield_!(v("skip", i)); continue; }
            yield_!(kept.len());
            kept.push(d);
        }
        kept.reverse();
        yield_!(v("end", 9));
    }
}
