//! Walks over graphs and matrices, sieves, merges, windows and texts.

use std::{cell::RefCell, cmp::Reverse, collections::*, rc::Rc};

use crate::harness::*;

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Num(f64),
    Ident(String),
    Op(char),
    LParen,
    RParen,
    Str(String),
}

differential! {
    iterator tokenize(source: &str) yields (Result<Token, String>) with ("foo = 3.5*(x1 - \"a b\") ? 2") {
        let mut chars = source.char_indices().peekable();
        while let Some(&(start, c)) = chars.peek() {
            match c {
                ' ' | '\t' | '\n' => {
                    chars.next();
                }
                '0'..='9' => {
                    let mut end = start;
                    while let Some(&(i, c)) = chars.peek() {
                        if !(c.is_ascii_digit() || c == '.') {
                            break;
                        }
                        end = i + c.len_utf8();
                        chars.next();
                    }
                    match source[start..end].parse() {
                        Ok(n) => yield_!(Ok(Token::Num(n))),
                        Err(e) => {
                            yield_!(Err(format!("bad number at {start}: {e}")));
                            return;
                        }
                    }
                }
                'a'..='z' | 'A'..='Z' | '_' => {
                    let mut ident = String::new();
                    while let Some((_, c)) = chars.next_if(|(_, c)| c.is_alphanumeric() || *c == '_') {
                        ident.push(c);
                    }
                    yield_!(Ok(Token::Ident(ident)));
                }
                '"' => {
                    chars.next();
                    let mut text = String::new();
                    loop {
                        match chars.next() {
                            Some((_, '"')) => break,
                            Some((_, c)) => text.push(c),
                            None => {
                                yield_!(Err("unterminated string".to_string()));
                                return;
                            }
                        }
                    }
                    yield_!(Ok(Token::Str(text)));
                }
                '(' => {
                    chars.next();
                    yield_!(Ok(Token::LParen));
                }
                ')' => {
                    chars.next();
                    yield_!(Ok(Token::RParen));
                }
                op if "+-*/=".contains(op) => {
                    chars.next();
                    yield_!(Ok(Token::Op(op)));
                }
                other => {
                    yield_!(Err(format!("unexpected {other:?} at {start}")));
                    chars.next();
                }
            }
        }
    }

    iterator bfs(graph: &HashMap<u32, Vec<u32>>, start: u32) yields ((u32, u32)) with (&graph, 1) given { let graph = HashMap::from([(1, vec![2, 3]), (2, vec![4]), (3, vec![4, 1]), (4, vec![5])]); } {
        let mut queue = VecDeque::from([(start, 0)]);
        let mut seen = HashSet::from([start]);
        while let Some((node, depth)) = queue.pop_front() {
            yield_!((node, depth));
            for &next in graph.get(&node).into_iter().flatten() {
                if seen.insert(next) {
                    queue.push_back((next, depth + 1));
                }
            }
        }
    }

    iterator dfs_postorder(graph: Vec<Vec<usize>>, root: usize) yields (usize) with (vec![vec![1, 2], vec![3], vec![3, 0], vec![]], 0) {
        let mut visited = vec![false; graph.len()];
        let mut stack = vec![(root, 0)];
        visited[root] = true;
        while let Some((node, next)) = stack.last_mut() {
            if let Some(&child) = graph[*node].get(*next) {
                *next += 1;
                if !visited[child] {
                    visited[child] = true;
                    stack.push((child, 0));
                }
            } else {
                let (done, _) = stack.pop().unwrap();
                yield_!(done);
            }
        }
    }

    iterator gray_bits[const N: usize](mut code: [bool; N]) yields ([bool; N]) with ([false; 3]) {
        for i in 0u32.. {
            yield_!(code);
            let flip = (i + 1).trailing_zeros() as usize;
            if flip >= N {
                break;
            }
            code[flip] = !code[flip];
        }
    }

    iterator merge[T: Ord](left: impl IntoIterator<Item = T>, right: impl IntoIterator<Item = T>) yields (T) with (vec![1, 4, 6], [2, 3, 9, 10]) {
        let mut left = left.into_iter().peekable();
        let mut right = right.into_iter().peekable();
        loop {
            let from_left = match (left.peek(), right.peek()) {
                (Some(a), Some(b)) => a <= b,
                (Some(_), None) => true,
                (None, Some(_)) => false,
                (None, None) => return,
            };
            if let Some(item) = if from_left { left.next() } else { right.next() } {
                yield_!(item);
            }
        }
    }

    iterator k_way_merge(lists: Vec<Vec<u32>>) yields (u32) with (vec![vec![1, 5], vec![2, 3], vec![], vec![0, 9]]) {
        let mut heap = BinaryHeap::new();
        let mut iters: Vec<_> = lists.into_iter().map(|list| list.into_iter()).collect();
        for (i, iter) in iters.iter_mut().enumerate() {
            if let Some(first) = iter.next() {
                heap.push(Reverse((first, i)));
            }
        }
        while let Some(Reverse((value, i))) = heap.pop() {
            yield_!(value);
            if let Some(next) = iters[i].next() {
                heap.push(Reverse((next, i)));
            }
        }
    }

    iterator sliding[T: Clone](items: impl Iterator<Item = T>, size: usize) yields (Vec<T>) with ("abcd".chars(), 3) {
        let mut window = VecDeque::with_capacity(size);
        for item in items {
            if window.len() == size {
                window.pop_front();
            }
            window.push_back(item);
            if window.len() == size {
                yield_!(window.iter().cloned().collect());
            }
        }
    }

    iterator chunked[T](items: Vec<T>, size: usize) yields (Vec<T>) with (vec![D("a"), D("b"), D("c")], 2) {
        let mut chunk = Vec::with_capacity(size);
        for item in items {
            chunk.push(item);
            if chunk.len() == size {
                yield_!(std::mem::replace(&mut chunk, Vec::with_capacity(size)));
            }
        }
        if !chunk.is_empty() {
            yield_!(chunk);
        }
    }

    iterator run_lengths(text: &str) yields ((char, usize)) with ("aabccc") {
        let mut chars = text.chars();
        let Some(mut current) = chars.next() else { return };
        let mut count = 1;
        for c in chars {
            if c == current {
                count += 1;
            } else {
                yield_!((current, count));
                current = c;
                count = 1;
            }
        }
        yield_!((current, count));
    }

    iterator sieve_map(limit: u64) yields (u64) with (20) {
        let mut composites: HashMap<u64, Vec<u64>> = HashMap::new();
        for n in 2..limit {
            match composites.remove(&n) {
                None => {
                    composites.insert(n * n, vec![n]);
                    yield_!(n);
                }
                Some(factors) => {
                    for p in factors {
                        composites.entry(n + p).or_default().push(p);
                    }
                }
            }
        }
    }

    iterator sieve_heap(limit: u32) yields (u32) with (20) {
        let mut heap: BinaryHeap<Reverse<(u32, u32)>> = BinaryHeap::new();
        for n in 2..limit {
            let mut is_prime = true;
            while let Some(&Reverse((multiple, prime))) = heap.peek() {
                if multiple > n {
                    break;
                }
                heap.pop();
                heap.push(Reverse((multiple + prime, prime)));
                is_prime = false;
            }
            if is_prime {
                yield_!(n);
                heap.push(Reverse((n * n, n)));
            }
        }
    }

    iterator spiral(matrix: Vec<Vec<i32>>) yields (i32) with (vec![vec![1, 2, 3], vec![8, 9, 4], vec![7, 6, 5]]) {
        if matrix.is_empty() {
            return;
        }
        let (mut top, mut left) = (0, 0);
        let (mut bottom, mut right) = (matrix.len(), matrix[0].len());
        while top < bottom && left < right {
            for &cell in &matrix[top][left..right] {
                yield_!(cell);
            }
            top += 1;
            for row in &matrix[top..bottom] {
                yield_!(row[right - 1]);
            }
            right -= 1;
            if top < bottom {
                bottom -= 1;
                for col in (left..right).rev() {
                    yield_!(matrix[bottom][col]);
                }
            }
            if left < right {
                for row in (top..bottom).rev() {
                    yield_!(matrix[row][left]);
                }
                left += 1;
            }
        }
    }

    iterator wrap(text: &str, width: usize) yields (String) with ("the quick brown fox jumps over it", 10) {
        let mut line = String::new();
        for word in text.split_whitespace() {
            if !line.is_empty() && line.len() + 1 + word.len() > width {
                yield_!(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        if !line.is_empty() {
            yield_!(line);
        }
    }

    iterator wrap_ref['a](text: &'a str, width: usize) yields (&'a str) with ("the quick brown fox", 9) {
        let mut rest = text.trim();
        while rest.len() > width {
            let (line, tail) = match rest[..=width].rfind(' ') {
                Some(space) => (&rest[..space], &rest[space + 1..]),
                None => rest.split_at(width),
            };
            yield_!(line);
            rest = tail.trim_start();
        }
        if !rest.is_empty() {
            yield_!(rest);
        }
    }

    iterator bits(mut n: u32) yields (bool) with (0b1011) {
        while n != 0 {
            yield_!(n & 1 == 1);
            n >>= 1;
        }
    }

    iterator luhn_stream(digits: &str) yields (Result<u32, char>) with ("79x2") {
        let mut sum = 0;
        let mut double = false;
        for c in digits.chars().rev() {
            let Some(mut d) = c.to_digit(10) else {
                yield_!(Err(c));
                continue;
            };
            if double {
                d *= 2;
                if d > 9 {
                    d -= 9;
                }
            }
            sum += d;
            double = !double;
            yield_!(Ok(sum));
        }
    }

    iterator matrix_diagonals(rows: &[Vec<i32>]) yields (Vec<i32>) with (&rows) given { let rows = vec![vec![1, 2, 3], vec![4, 5, 6]]; } {
        let (h, w) = (rows.len(), rows.first().map_or(0, Vec::len));
        for d in 0..(h + w).saturating_sub(1) {
            let mut diagonal = Vec::new();
            for r in 0..h {
                if let Some(c) = d.checked_sub(r) && c < w {
                    diagonal.push(rows[r][c]);
                }
            }
            yield_!(diagonal);
        }
    }

    iterator flatten_options(rows: Vec<Option<Vec<D>>>) yields (usize) with (vec![Some(vec![D("a"), D("bb")]), None, Some(vec![D("ccc")])]) {
        for row in rows {
            let Some(row) = row else { continue };
            for d in &row {
                yield_!(d.0.len());
            }
            if let [first, ..] = &row[..] && first.0.len() > 2 {
                yield_!(99);
                log(first.0);
            }
        }
    }

    iterator shared(list: Rc<RefCell<Vec<u32>>>) yields (u32) with (Rc::new(RefCell::new(vec![1, 2, 3]))) {
        let mut i = 0;
        loop {
            let next = list.borrow().get(i).copied();
            let Some(n) = next else { break };
            yield_!(n);
            if n == 2 {
                list.borrow_mut().push(9);
            }
            i += 1;
        }
        let len = list.borrow().len();
        yield_!(len as u32);
    }
}
