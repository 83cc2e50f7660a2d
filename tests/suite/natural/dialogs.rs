//! Protocols, dialogs, schedulers, and state that is changed in place.

use std::collections::*;

use crate::harness::*;

#[derive(Debug, Default, Clone)]
struct Stats {
    count: u32,
    total: f64,
    names: Vec<String>,
}

#[derive(Debug, PartialEq, Clone)]
enum ParseError {
    Eof,
    Bad(u8),
    TooLong(usize),
}
impl From<std::num::ParseIntError> for ParseError {
    fn from(_: std::num::ParseIntError) -> Self {
        ParseError::Eof
    }
}

differential! {
    coroutine smtp(from: String, to: Vec<String>, body: &str) takes ((u16, &'static str)) [(220, "hi"), (250, "ok"), (250, "ok"), (550, "no such user"), (250, "ok"), (354, "go"), (250, "queued"), (221, "bye")] yields (String) returns (Result<usize, String>)
        with ("a@x".to_string(), vec!["b@x".to_string(), "c@x".to_string(), "d@x".to_string()], "hello\n.dot\nbye") {
        let (code, greeting) = yield_!(String::new());
        if code != 220 {
            return Err(format!("unexpected greeting {code} {greeting}"));
        }
        let (code, text) = yield_!("EHLO localhost".to_string());
        if code != 250 {
            return Err(text.to_string());
        }
        let (code, text) = yield_!(format!("MAIL FROM:<{from}>"));
        if code / 100 != 2 {
            return Err(text.to_owned());
        }
        let mut accepted = 0;
        for rcpt in &to {
            match yield_!(format!("RCPT TO:<{rcpt}>")) {
                (250 | 251, _) => accepted += 1,
                (550, reason) => log(format!("{rcpt}: {reason}")),
                (code, reason) => return Err(format!("{code} {reason}")),
            }
        }
        if accepted == 0 {
            return Err("no valid recipients".into());
        }
        let (354, _) = yield_!("DATA".to_string()) else {
            return Err("DATA refused".to_string());
        };
        let mut message = String::new();
        for line in body.lines() {
            if line.starts_with('.') {
                message.push('.');
            }
            message.push_str(line);
            message.push_str("\r\n");
        }
        message += ".";
        let (code, _) = yield_!(message);
        yield_!("QUIT".to_string());
        if code == 250 { Ok(accepted) } else { Err(format!("rejected with {code}")) }
    }

    coroutine length_prefixed(max: usize) takes (u8) [0, 3, b'a', b'b', b'c', 0, 0, 0, 1, b'z', 9, 9] yields (Option<Vec<u8>>) returns (Result<(), ParseError>) with (100) {
        let mut frame = None;
        loop {
            let high = yield_!(frame.take());
            let low = yield_!(None);
            let length = usize::from(high) << 8 | usize::from(low);
            if length > max {
                return Err(ParseError::TooLong(length));
            }
            let mut buffer = Vec::with_capacity(length);
            while buffer.len() < length {
                buffer.push(yield_!(None));
            }
            frame = Some(buffer);
        }
    }

    coroutine chunked_decoder() takes (u8) [b'3', b'\r', b'\n', b'a', b'b', b'c', b'\r', b'\n', b'1', b';', b'x', b'\r', b'\n', b'd', b'\r', b'\n', b'0', b'\r', b'\n', b'\r', b'\n'] yields (Option<u8>) returns (Result<usize, ParseError>) {
        let mut total = 0;
        let mut out = None;
        loop {
            let mut size = 0usize;
            let mut byte = yield_!(out.take());
            while let Some(digit) = (byte as char).to_digit(16) {
                size = size.checked_mul(16).and_then(|n| n.checked_add(digit as usize)).ok_or(ParseError::TooLong(size))?;
                byte = yield_!(None);
            }
            if byte == b';' {
                while byte != b'\r' {
                    byte = yield_!(None);
                }
            }
            if byte != b'\r' {
                return Err(ParseError::Bad(byte));
            }
            match yield_!(None) {
                b'\n' => {}
                other => return Err(ParseError::Bad(other)),
            }
            if size == 0 {
                break;
            }
            total += size;
            for _ in 0..size {
                out = Some(yield_!(out));
            }
            for expected in *b"\r\n" {
                let got = yield_!(out.take());
                if got != expected {
                    return Err(ParseError::Bad(got));
                }
            }
        }
        Ok(total)
    }

    coroutine retry(limit: u32, base: u64) takes (Result<String, &'static str>) [Err("timeout"), Err("reset"), Ok("body".to_string())] yields (u64) returns (Result<(String, u32), String>) with (4, 10) {
        let mut attempt = 0;
        let mut delay = base;
        let result = loop {
            attempt += 1;
            match yield_!(delay) {
                Ok(body) => break Ok((body, attempt)),
                Err(error) if attempt >= limit => break Err(format!("{error} after {attempt}")),
                Err(error) => {
                    log(error);
                    delay = (delay * 2).min(1000);
                }
            }
        };
        log("done");
        result
    }

    coroutine telnet() takes (u8) [b'h', 255, 253, 1, b'i', 255, 255, 255, 250, 24, 1, 255, 240, b'!', 255, 244] yields (Option<Result<u8, (u8, u8)>>) returns (Vec<u8>) {
        const IAC: u8 = 255;
        let mut event = None;
        loop {
            match yield_!(event.take()) {
                IAC => match yield_!(None) {
                    IAC => event = Some(Ok(IAC)),
                    command @ 251..=254 => {
                        let option = yield_!(None);
                        event = Some(Err((command, option)));
                    }
                    250 => {
                        let mut sub = vec![];
                        loop {
                            let b = yield_!(None);
                            if b == IAC {
                                if yield_!(None) == 240 {
                                    break;
                                }
                            } else {
                                sub.push(b);
                            }
                        }
                        log(format!("{sub:?}"));
                    }
                    other => break vec![other],
                },
                data => event = Some(Ok(data)),
            }
        }
    }

    coroutine averager(mut stats: Stats) takes (Option<(&'static str, f64)>) [Some(("a", 1.0)), Some(("b", 3.0)), None] yields (f64) returns (Stats) with (Stats::default()) {
        let mut mean = 0.0;
        while let Some((name, value)) = yield_!(mean) {
            stats.count += 1;
            stats.total += value;
            stats.names.push(name.to_string());
            mean = stats.total / f64::from(stats.count);
        }
        stats
    }

    coroutine in_place() takes (u32) [5, 6, 7, 8, 9] yields (String) returns (u32) {
        let mut stats = Stats::default();
        let mut grid = vec![vec![0; 3]; 2];
        let mut by_name = HashMap::new();
        stats.count += yield_!("count".into());
        for i in 0..2 {
            grid[i][i + 1] = yield_!(format!("{i}"));
        }
        *by_name.entry("x").or_insert(1) += stats.count;
        stats.count -= yield_!(format!("{grid:?} {by_name:?}")) - 4;
        stats.count
    }

    iterator ini(text: &str) yields (Result<(String, String, String), (usize, String)>) with ("a=1\n[sec]\n; comment\n b = 2 \nbad\n[x\nc=") {
        let mut section = String::new();
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with(';') {
                continue;
            }
            if let Some(rest) = line.strip_prefix('[') {
                match rest.strip_suffix(']') {
                    Some(name) => section = name.to_string(),
                    None => yield_!(Err((number + 1, format!("unclosed section {rest:?}")))),
                }
            } else if let Some((key, value)) = line.split_once('=') {
                yield_!(Ok((section.clone(), key.trim().to_string(), value.trim().to_string())));
            } else {
                yield_!(Err((number + 1, line.to_string())));
            }
        }
    }

    coroutine line_reader() takes (Option<&'static [u8]>) [Some(&b"ab"[..]), Some(b"c\nde\n"), Some(b"\nf"), None] yields (Vec<String>) returns (Result<String, std::string::FromUtf8Error>) {
        let mut buffer: Vec<u8> = Vec::new();
        let mut lines = Vec::new();
        while let Some(chunk) = yield_!(std::mem::take(&mut lines)) {
            buffer.extend_from_slice(chunk);
            while let Some(end) = buffer.iter().position(|&b| b == b'\n') {
                let line: Vec<u8> = buffer.drain(..=end).collect();
                lines.push(String::from_utf8(line[..end].to_vec())?);
            }
        }
        String::from_utf8(buffer)
    }

    coroutine parse_sum() takes (&'static str) ["1", "20", "x"] yields (i32) returns (Result<i32, ParseError>) {
        let mut sum = 0;
        loop {
            sum += yield_!(sum).trim().parse::<i32>()?;
        }
    }

    coroutine elevator(floors: u8) takes (Option<u8>) [Some(3), Some(1), None, None, Some(9), None, None, None] yields ((u8, i8)) returns (Vec<u8>) with (5) {
        let mut queue = VecDeque::new();
        let mut floor = 0u8;
        let mut visited = vec![];
        let mut idle = 0;
        while idle < 3 {
            let direction = match queue.front() {
                Some(&target) if target > floor => 1,
                Some(&target) if target < floor => -1,
                Some(_) => {
                    queue.pop_front();
                    visited.push(floor);
                    0
                }
                None => {
                    idle += 1;
                    0
                }
            };
            floor = floor.saturating_add_signed(direction);
            if let Some(call) = yield_!((floor, direction)) && call <= floors && !queue.contains(&call) {
                queue.push_back(call);
                idle = 0;
            }
        }
        visited
    }

    iterator game_loop(mut world: Vec<(f32, f32)>, steps: u32) yields ((u32, f32)) with (vec![(0.0, 1.0), (5.0, -0.5)], 3) {
        let mut tick = 0;
        'game: loop {
            for (position, velocity) in world.iter_mut() {
                *position += *velocity;
                if *position < 0.0 {
                    *velocity = -*velocity;
                }
            }
            for (position, _) in &world {
                yield_!((tick, *position));
                if *position > 4.4 && tick > 0 {
                    continue 'game;
                }
            }
            tick += 1;
            if tick == steps {
                break 'game;
            }
        }
    }

    iterator scheduler(mut tasks: VecDeque<(&'static str, Box<dyn Iterator<Item = u32>>)>) yields ((&'static str, u32)) with (VecDeque::from([("a", Box::new(0..2u32) as Box<dyn Iterator<Item = u32>>), ("b", Box::new([7, 8, 9].into_iter()))])) {
        while let Some((name, mut task)) = tasks.pop_front() {
            if let Some(step) = task.next() {
                yield_!((name, step));
                tasks.push_back((name, task));
            } else {
                log(format!("{name} done"));
            }
        }
    }

    iterator zip_longest[A, B](a: impl IntoIterator<Item = A>, b: impl IntoIterator<Item = B>) yields ((Option<A>, Option<B>)) with (vec![1, 2, 3], "xy".chars()) {
        let (mut a, mut b) = (a.into_iter(), b.into_iter());
        loop {
            match (a.next(), b.next()) {
                (None, None) => break,
                pair => yield_!(pair),
            }
        }
    }

    iterator interleave[T](lists: Vec<Vec<T>>) yields (T) with (vec![vec![D("a"), D("b")], vec![D("x")], vec![]]) {
        let mut iters: Vec<_> = lists.into_iter().map(Vec::into_iter).collect();
        while !iters.is_empty() {
            let mut i = 0;
            while i < iters.len() {
                match iters[i].next() {
                    Some(item) => {
                        yield_!(item);
                        i += 1;
                    }
                    None => {
                        iters.remove(i);
                    }
                }
            }
        }
    }

    iterator paginate(fetch: impl Fn(u32) -> (Vec<String>, Option<u32>)) yields (String) with (|page| (vec![format!("{page}a"), format!("{page}b")], (page < 2).then_some(page + 1))) {
        let mut page = Some(0);
        while let Some(number) = page {
            let (items, next) = fetch(number);
            for item in items {
                yield_!(item);
            }
            page = next;
        }
    }

    #[Clone] iterator dates(mut year: i32, mut month: u32, mut day: u32, count: usize) yields (String) with (2023, 12, 30, 5) {
        fn days_in(year: i32, month: u32) -> u32 {
            match month {
                4 | 6 | 9 | 11 => 30,
                2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
                2 => 28,
                _ => 31,
            }
        }
        for _ in 0..count {
            yield_!(format!("{year:04}-{month:02}-{day:02}"));
            day += 1;
            if day > days_in(year, month) {
                day = 1;
                month += 1;
            }
            if month > 12 {
                month = 1;
                year += 1;
            }
        }
    }

    iterator queens[const N: usize](mut board: [usize; N]) yields ([usize; N]) with ([0; 4]) {
        let safe = |board: &[usize; N], row: usize| (0..row).all(|r| board[r] != board[row] && board[r].abs_diff(board[row]) != row - r);
        let mut row = 0;
        loop {
            while board[row] < N && !safe(&board, row) {
                board[row] += 1;
            }
            if board[row] < N {
                if row + 1 == N {
                    yield_!(board);
                    board[row] += 1;
                } else {
                    row += 1;
                    board[row] = 0;
                }
            } else if row == 0 {
                return;
            } else {
                row -= 1;
                board[row] += 1;
            }
        }
    }

    iterator closures(words: Vec<String>) yields (usize) with (vec!["a".into(), "bcd".into()]) {
        let mut total = 0;
        let mut add = |n: usize| {
            total += n;
            total
        };
        for word in &words {
            let sum = add(word.len());
            yield_!(sum);
        }
        let longest = words.iter().map(|w| w.len()).max();
        let describe = |prefix: &str| format!("{prefix}{longest:?}{total}");
        yield_!(describe("a").len());
        log(describe("b"));
    }

    iterator guards(files: Vec<&'static str>) yields (usize) with (vec!["a", "bb"]) {
        struct Open(&'static str);
        impl Drop for Open {
            fn drop(&mut self) {
                log(format!("close {}", self.0));
            }
        }
        let _all = Open("all");
        for name in files {
            let file = Open(name);
            yield_!(file.0.len());
            if name.len() > 1 {
                break;
            }
            drop(file);
            yield_!(0);
        }
        yield_!(9);
    }

    coroutine labelled() takes (i32) [1, -1, 5, 0, 7] yields (i32) returns (&'static str) {
        let mut n = 0;
        let outcome = 'outer: loop {
            let limit = 'limit: {
                let x = yield_!(n);
                if x < 0 {
                    break 'limit 3;
                }
                if x == 0 {
                    break 'outer "zero";
                }
                x
            };
            while n < limit {
                n += yield_!(-n);
                if n > 20 {
                    break 'outer "big";
                }
            }
        };
        yield_!(100);
        outcome
    }
}
