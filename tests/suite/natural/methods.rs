//! Methods with every `self`, readers, puzzles, and loops from the end.

use std::collections::*;

use unawait::prelude::*;

use crate::harness::*;

#[derive(Debug, Clone, PartialEq)]
enum Token<'a> {
    Key(&'a str),
    Text(String),
    Number(f64),
    Open,
    Close,
    Comma,
}

#[derive(Debug, Clone)]
struct Employee {
    name: String,
    boss: Option<usize>,
    pay: u32,
}

struct Grid<const W: usize, const H: usize> {
    cells: [[char; W]; H],
}
impl<const W: usize, const H: usize> Grid<W, H> {
    #[coro]
    fn neighbours(&self, x: usize, y: usize) -> impl Iterator<Item = (usize, usize, char)> {
        for dy in -1i32..=1 {
            for dx in -1i32..=1 {
                if dx == 0 && dy == 0 {
                    continue;
                }
                let (nx, ny) = (x as i32 + dx, y as i32 + dy);
                if nx < 0 || ny < 0 || nx as usize >= W || ny as usize >= H {
                    continue;
                }
                yield_!((nx as usize, ny as usize, self.cells[ny as usize][nx as usize]));
            }
        }
    }

    #[coro]
    fn columns(self) -> impl Iterator<Item = String> {
        for x in 0..W {
            let mut column = String::with_capacity(H);
            for row in &self.cells {
                column.push(row[x]);
            }
            yield_!(column);
        }
    }
}

#[derive(Default)]
struct Inventory {
    items: Vec<(String, u32)>,
    log: Vec<String>,
    changes: usize,
}
impl Inventory {
    #[coro]
    fn restock(&mut self, minimum: u32) -> impl Iterator<Item = (String, u32)> {
        for (name, count) in &mut self.items {
            if *count < minimum {
                let missing = minimum - *count;
                *count += missing;
                self.changes += 1;
                yield_!((name.clone(), missing));
            }
        }
        self.log.push(format!("{} changes", self.changes));
    }

    #[coro]
    fn orders(&mut self) -> impl Coroutine<Option<(&'static str, u32)>, Yield = Result<u32, String>, Return = usize> {
        let mut result = Ok(0);
        let mut served = 0;
        while let Some((name, wanted)) = yield_!(result) {
            result = match self
                .items
                .iter_mut()
                .find(|item| item.0 == name)
                .map(|item| &mut item.1)
            {
                Some(count) if *count >= wanted => {
                    *count -= wanted;
                    served += 1;
                    Ok(*count)
                }
                Some(count) => Err(format!("only {count} of {name}")),
                None => Err(format!("no {name}")),
            };
            self.changes += 1;
        }
        served
    }

    #[coro]
    fn into_lines(self: Box<Self>) -> impl Iterator<Item = String> {
        let Inventory {
            items,
            log,
            changes: _changes,
        } = *self;
        for (name, count) in items {
            yield_!(format!("{name}: {count}"));
        }
        for line in log.into_iter().rev() {
            yield_!(line);
        }
    }

    #[coro]
    fn names<'a>(&'a self, prefix: &'a str) -> Box<dyn Iterator<Item = &'a str> + 'a> {
        for (name, _) in &self.items {
            if let Some(rest) = name.strip_prefix(prefix) {
                yield_!(rest);
            }
        }
    }
}

#[test]
fn methods() {
    let grid = Grid {
        cells: [['a', 'b'], ['c', 'd'], ['e', 'f']],
    };
    assert_eq!(grid.neighbours(0, 0).map(|n| n.2).collect::<String>(), "bcd");
    assert_eq!(grid.columns().collect::<Vec<_>>(), ["ace", "bdf"]);
    let mut inventory = Inventory::default();
    inventory
        .items
        .extend([("nut".to_string(), 1), ("nail".to_string(), 9), ("bolt".to_string(), 0)]);
    assert_eq!(
        inventory.restock(5).collect::<Vec<_>>(),
        [("nut".to_string(), 4), ("bolt".to_string(), 5)]
    );
    {
        let mut orders = inventory.orders();
        assert_eq!(orders.start(), CoroutineState::Yielded(Ok(0)));
        assert_eq!(orders.resume(Some(("nut", 2))), CoroutineState::Yielded(Ok(3)));
        assert_eq!(
            orders.resume(Some(("nut", 9))),
            CoroutineState::Yielded(Err("only 3 of nut".into()))
        );
        assert_eq!(
            orders.resume(Some(("x", 9))),
            CoroutineState::Yielded(Err("no x".into()))
        );
        assert_eq!(orders.resume(None), CoroutineState::Complete(1));
    }
    assert_eq!(inventory.names("n").collect::<Vec<_>>(), ["ut", "ail"]);
    assert_eq!(Box::new(inventory).into_lines().last().unwrap(), "2 changes");
}

differential! {
    iterator json_tokens['a](text: &'a str) yields (Result<Token<'a>, (usize, char)>) with ("{ab: \"x\\n\", n: -1.5e3, !") {
        let bytes = text.as_bytes();
        let mut i = 0;
        while i < bytes.len() {
            match bytes[i] {
                b' ' => i += 1,
                b'{' => { yield_!(Ok(Token::Open)); i += 1; }
                b'}' => { yield_!(Ok(Token::Close)); i += 1; }
                b',' => { yield_!(Ok(Token::Comma)); i += 1; }
                b'a'..=b'z' => {
                    let start = i;
                    while i < bytes.len() && bytes[i].is_ascii_lowercase() {
                        i += 1;
                    }
                    if bytes.get(i) == Some(&b':') {
                        yield_!(Ok(Token::Key(&text[start..i])));
                        i += 1;
                    } else {
                        yield_!(Err((i, ':')));
                    }
                }
                b'"' => {
                    let mut value = String::new();
                    let mut chars = text[i + 1..].chars();
                    while let Some(c) = chars.next() {
                        match c {
                            '"' => break,
                            '\\' => match chars.next() {
                                Some('n') => value.push('\n'),
                                Some(other) => value.push(other),
                                None => {
                                    yield_!(Err((i, '"')));
                                    return;
                                }
                            },
                            c => value.push(c),
                        }
                    }
                    i = text.len() - chars.as_str().len();
                    yield_!(Ok(Token::Text(value)));
                }
                b'-' | b'0'..=b'9' => {
                    let rest = &text[i..];
                    let end = rest.find(|c: char| !(c.is_ascii_digit() || "+-.e".contains(c))).unwrap_or(rest.len());
                    let Ok(number) = rest[..end].parse::<f64>() else {
                        yield_!(Err((i, '0')));
                        i += end;
                        continue;
                    };
                    yield_!(Ok(Token::Number(number)));
                    i += end;
                }
                other => {
                    yield_!(Err((i, other as char)));
                    i += 1;
                }
            }
        }
    }

    iterator chain_of_command['a](staff: &'a [Employee], from: usize) yields (&'a str) with (&staff, 2) given { let staff = vec![Employee { name: "ann".into(), boss: None, pay: 9 }, Employee { name: "bob".into(), boss: Some(0), pay: 5 }, Employee { name: "cy".into(), boss: Some(1), pay: 3 }]; } {
        let mut current = Some(from);
        while let Some(index) = current {
            let Employee { name, boss, .. } = &staff[index];
            yield_!(name.as_str());
            current = *boss;
        }
    }

    iterator raises(mut staff: Vec<Employee>) yields (String) with (vec![Employee { name: "ann".into(), boss: None, pay: 9 }, Employee { name: "bob".into(), boss: Some(0), pay: 5 }]) {
        for employee in staff.iter_mut().rev() {
            employee.pay += 1;
            yield_!(format!("{}: {}", employee.name, employee.pay));
            employee.name.push('*');
        }
        for (i, employee) in staff.iter().enumerate().rev() {
            yield_!(format!("{i} {}", employee.name));
        }
        let total: u32 = staff.iter().map(|e| e.pay).sum();
        yield_!(total.to_string());
    }

    iterator pairs_of_local(n: u32) yields ((u32, u32)) with (4) {
        let list: Vec<u32> = (1..=n).collect();
        for w in list.windows(2) {
            yield_!((w[0], w[1]));
        }
        for pair in list.chunks(3) {
            let [first, .., last] = pair else {
                yield_!((pair[0], 0));
                continue;
            };
            yield_!((*first, *last));
        }
    }

    iterator reversed_words(line: String) yields (String) with ("née ok".to_string()) {
        let mut word = String::new();
        for c in line.chars().rev() {
            if c == ' ' {
                yield_!(std::mem::take(&mut word));
            } else {
                word.push(c);
                yield_!(c.to_string());
            }
        }
        yield_!(word);
        for (i, c) in line.char_indices().rev() {
            yield_!(format!("{i}{c}"));
        }
        for (n, c) in line.chars().enumerate() {
            if c == 'n' { continue; }
            yield_!(format!("{n}{c}"));
        }
        for b in line.as_bytes() {
            yield_!(b.to_string());
        }
    }

    iterator knights_tour[const N: usize](mut path: [(usize, usize); N]) yields ([(usize, usize); N]) with ([(0, 0); 6]) {
        let mut tried = [0usize; N];
        let mut len = 1;
        const MOVES: [(i32, i32); 8] = [(1, 2), (2, 1), (2, -1), (1, -2), (-1, -2), (-2, -1), (-2, 1), (-1, 2)];
        let mut found = 0;
        while len > 0 && found < 3 {
            if len == 6 {
                yield_!(path);
                found += 1;
                len -= 1;
                continue;
            }
            let (x, y) = path[len - 1];
            match MOVES.get(tried[len - 1]) {
                Some((dx, dy)) => {
                    tried[len - 1] += 1;
                    let (nx, ny) = (x as i32 + dx, y as i32 + dy);
                    if !(0..4).contains(&nx) || !(0..4).contains(&ny) {
                        continue;
                    }
                    let next = (nx as usize, ny as usize);
                    if path[..len].contains(&next) {
                        continue;
                    }
                    path[len] = next;
                    if len + 1 < N { tried[len] = 0; }
                    len += 1;
                }
                None => len -= 1,
            }
        }
    }

    iterator sudoku(mut grid: [[u8; 4]; 4]) yields (String) with ([[1, 0, 0, 4], [0, 0, 1, 0], [0, 1, 0, 0], [4, 0, 0, 1]]) {
        let mut holes = Vec::new();
        for (r, row) in grid.iter().enumerate() {
            for (c, &cell) in row.iter().enumerate() {
                if cell == 0 {
                    holes.push((r, c));
                }
            }
        }
        let mut at = 0;
        'search: loop {
            if at == holes.len() {
                yield_!(grid.iter().flatten().map(|n| n.to_string()).collect());
                if at == 0 { return; }
                at -= 1;
            }
            let (r, c) = holes[at];
            for n in grid[r][c] + 1..=4 {
                let ok = (0..4).all(|i| grid[r][i] != n && grid[i][c] != n && grid[r / 2 * 2 + i / 2][c / 2 * 2 + i % 2] != n);
                if ok {
                    grid[r][c] = n;
                    at += 1;
                    continue 'search;
                }
            }
            grid[r][c] = 0;
            if at == 0 {
                break;
            }
            at -= 1;
        }
    }

    iterator dedup_by_key[T, K: PartialEq](items: impl IntoIterator<Item = T>, key: impl Fn(&T) -> K) yields (T) with (vec!["ab", "ac", "b", "ad"], |s: &&str| s.as_bytes()[0]) {
        let mut last = None;
        for item in items {
            let k = key(&item);
            if last.as_ref() != Some(&k) {
                last = Some(k);
                yield_!(item);
            }
        }
    }

    iterator scan_state[S, T](mut state: S, items: Vec<T>, mut f: impl FnMut(&mut S, T) -> Option<u32>) yields (u32) with (10, vec![1, 2, 3, 4], |s: &mut i32, n: i32| { *s -= n; u32::try_from(*s).ok() }) {
        for item in items {
            match f(&mut state, item) {
                Some(n) => yield_!(n),
                None => break,
            }
        }
    }

    iterator round_robin(names: Vec<D>, rounds: usize) yields (&'static str) with (vec![D("a"), D("b"), D("c")], 5) {
        let mut queue: VecDeque<D> = names.into();
        for _ in 0..rounds {
            let Some(front) = queue.pop_front() else { break };
            yield_!(front.0);
            if front.0 == "b" {
                log("b leaves");
                continue;
            }
            queue.push_back(front);
        }
    }

    coroutine bank_account(mut balance: i64) takes (Result<i64, &'static str>) [Ok(5), Ok(-3), Ok(-100), Err("closed")] yields (i64) returns (Result<Vec<i64>, String>) with (1) {
        let mut history = vec![];
        loop {
            let amount = yield_!(balance).map_err(|e| format!("{e} at {balance}"))?;
            if balance + amount < 0 {
                log(format!("refused {amount}"));
                continue;
            }
            balance += amount;
            history.push(amount);
            if history.len() > 5 {
                break Ok(history);
            }
        }
    }

    coroutine prompt_for(fields: Vec<&'static str>) takes (String) ["ann".to_string(), "x".to_string(), "41".to_string()] yields (String) returns (HashMap<&'static str, u32>) with (vec!["age", "size"]) {
        let mut answers = HashMap::new();
        for field in fields {
            let mut prompt = format!("{field}?");
            let value = loop {
                let answer = yield_!(prompt);
                match answer.parse() {
                    Ok(n) => break n,
                    Err(e) => prompt = format!("{answer:?}: {e}; {field}?"),
                }
            };
            answers.insert(field, value);
            if answers.len() == 1 { break; }
        }
        answers
    }

    coroutine websocket() takes (u8) [0x81, 0x82, 1, 2, 3, 4, 5, 6, 0x88, 0x00] yields (Option<Vec<u8>>) returns (Result<usize, String>) {
        let mut count = 0;
        let mut message = None;
        loop {
            let first = yield_!(message.take());
            let (fin, opcode) = (first & 0x80 != 0, first & 0x0f);
            let second = yield_!(None);
            let masked = second & 0x80 != 0;
            let len = match second & 0x7f {
                126 => u64::from(u16::from_be_bytes([yield_!(None), yield_!(None)])),
                127 => return Err("too long".into()),
                n => u64::from(n),
            };
            let mut mask = [0; 4];
            if masked {
                for byte in mask.iter_mut() {
                    *byte = yield_!(None);
                }
            }
            let mut payload = vec![];
            for i in 0..len {
                payload.push(yield_!(None) ^ mask[i as usize % 4]);
            }
            match opcode {
                8 => return Ok(count),
                1 | 2 if fin => {
                    count += 1;
                    message = Some(payload);
                }
                other => return Err(format!("opcode {other}")),
            }
        }
    }

    coroutine turtle() takes (&'static str) ["F", "R", "F", "F", "L", "X"] yields ((i32, i32)) returns (String) {
        #[derive(Clone, Copy, Debug)]
        enum Dir { N, E, S, W }
        let (mut x, mut y) = (0, 0);
        let mut dir = Dir::N;
        loop {
            match (yield_!((x, y)), dir) {
                ("F", Dir::N) => y += 1,
                ("F", Dir::S) => y -= 1,
                ("F", Dir::E) => x += 1,
                ("F", Dir::W) => x -= 1,
                ("R", _) => dir = match dir { Dir::N => Dir::E, Dir::E => Dir::S, Dir::S => Dir::W, Dir::W => Dir::N },
                ("L", _) => dir = match dir { Dir::N => Dir::W, Dir::W => Dir::S, Dir::S => Dir::E, Dir::E => Dir::N },
                (other, _) => return format!("{other} at {x},{y} {dir:?}"),
            }
        }
    }

}
