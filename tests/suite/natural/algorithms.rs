//! Algorithms as generators: searches, permutations, codings, walks.

use std::collections::*;

#[derive(Debug, Clone, PartialEq)]
enum Chunk {
    Data(Vec<u8>),
    Trailer(String, String),
    End,
}

#[derive(Debug, Clone)]
enum Json {
    Null,
    Bool(bool),
    Num(f64),
    Str(String),
    Arr(Vec<Json>),
    Obj(Vec<(String, Json)>),
}

#[derive(Debug, Clone, PartialEq)]
enum Event {
    StartArr,
    EndArr,
    StartObj,
    EndObj,
    Key(String),
    Scalar(String),
}

#[derive(Debug)]
struct Node {
    key: i32,
    left: Option<Box<Node>>,
    right: Option<Box<Node>>,
}
fn node(key: i32, left: Option<Box<Node>>, right: Option<Box<Node>>) -> Option<Box<Node>> {
    Some(Box::new(Node { key, left, right }))
}
fn tree() -> Option<Box<Node>> {
    node(
        4,
        node(2, node(1, None, None), node(3, None, None)),
        node(6, None, node(7, None, None)),
    )
}

differential! {
    coroutine http_chunks() takes (&'static str) ["4", "Wiki", "", "5", "pedia", "", "0", "X-A: b", "", "rest"] yields (Option<Chunk>) returns (Result<usize, String>) {
        let mut total = 0usize;
        let mut line = yield_!(None);
        loop {
            let size = match usize::from_str_radix(line.trim(), 16) {
                Ok(0) => break,
                Ok(n) => n,
                Err(e) => return Err(format!("bad size {line:?}: {e}")),
            };
            let mut data = Vec::with_capacity(size);
            while data.len() < size {
                let piece = yield_!(None);
                let want = size - data.len();
                if piece.len() > want { return Err(format!("too long: {}", piece.len())); }
                data.extend_from_slice(piece.as_bytes());
            }
            total += data.len();
            let sep = yield_!(Some(Chunk::Data(data)));
            if !sep.is_empty() { return Err("no separator".to_owned()); }
            line = yield_!(None);
        }
        loop {
            let header = yield_!(None);
            let Some((name, value)) = header.split_once(": ") else {
                if header.is_empty() { break }
                return Err(format!("bad trailer {header}"));
            };
            yield_!(Some(Chunk::Trailer(name.to_lowercase(), value.to_string())));
        }
        yield_!(Some(Chunk::End));
        Ok(total)
    }
    #[Clone]
    iterator rle(text: String) yields ((char, usize)) with ("aaabccdddd".to_string()) {
        let mut chars = text.chars().collect::<Vec<_>>().into_iter().peekable();
        while let Some(c) = chars.next() {
            let mut n = 1;
            while chars.next_if_eq(&c).is_some() { n += 1; }
            yield_!((c, n));
        }
    }
    #[Clone]
    iterator heap_permutations(mut a: Vec<u8>) yields (Vec<u8>) with (vec![1, 2, 3, 4]) {
        let n = a.len();
        let mut c = vec![0; n];
        yield_!(a.clone());
        let mut i = 0;
        while i < n {
            if c[i] < i {
                if i % 2 == 0 { a.swap(0, i) } else { a.swap(c[i], i) }
                yield_!(a.clone());
                c[i] += 1;
                i = 0;
            } else {
                c[i] = 0;
                i += 1;
            }
        }
    }
    iterator next_permutation(mut v: Vec<u32>) yields (String) with (vec![1, 1, 2, 3]) {
        'outer: loop {
            yield_!(v.iter().map(u32::to_string).collect::<String>());
            let Some(i) = v.windows(2).rposition(|w| w[0] < w[1]) else { break 'outer };
            let j = v.iter().rposition(|&x| x > v[i]).unwrap();
            v.swap(i, j);
            v[i + 1..].reverse();
        }
    }
    #[Clone]
    iterator sieve() yields (u64) {
        let mut composites: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
        for n in 2.. {
            match composites.remove(&n) {
                None => { yield_!(n); composites.insert(n * n, vec![n]); }
                Some(factors) => for p in factors { composites.entry(n + p).or_default().push(p); },
            }
        }
    }
    iterator inorder_stack(root: Option<Box<Node>>) yields (i32) with (tree()) {
        let mut stack = vec![];
        let mut current = root;
        loop {
            while let Some(mut n) = current {
                current = n.left.take();
                stack.push(n);
            }
            let Some(n) = stack.pop() else { return };
            let Node { key, right, left: _left } = *n;
            yield_!(key);
            current = right;
        }
    }
    iterator inorder_refs['a](root: &'a Option<Box<Node>>) yields (&'a i32) with (&tree()) {
        let mut stack: Vec<&Node> = Vec::new();
        let mut current = root.as_deref();
        while current.is_some() || !stack.is_empty() {
            while let Some(n) = current { stack.push(n); current = n.left.as_deref(); }
            if let Some(n) = stack.pop() {
                yield_!(&n.key);
                current = n.right.as_deref();
            }
        }
    }
    iterator level_order(root: Option<Box<Node>>) yields (Vec<i32>) with (tree()) {
        let mut level: Vec<Box<Node>> = root.into_iter().collect();
        while !level.is_empty() {
            yield_!(level.iter().map(|n| n.key).collect());
            level = level.into_iter().flat_map(|n| [n.left, n.right]).flatten().collect();
        }
    }
    iterator json_events(root: Json) yields (Event) with (Json::Arr(vec![Json::Null, Json::Num(1.5), Json::Obj(vec![("k".into(), Json::Str("v".into())), ("l".into(), Json::Arr(vec![]))]), Json::Bool(true)])) {
        enum Frame { Value(Json), Arr(std::vec::IntoIter<Json>), Obj(std::vec::IntoIter<(String, Json)>) }
        let mut stack = vec![Frame::Value(root)];
        while let Some(frame) = stack.pop() {
            match frame {
                Frame::Value(Json::Null) => yield_!(Event::Scalar("null".into())),
                Frame::Value(Json::Bool(b)) => yield_!(Event::Scalar(b.to_string())),
                Frame::Value(Json::Num(n)) => yield_!(Event::Scalar(format!("{n:.2}"))),
                Frame::Value(Json::Str(s)) => yield_!(Event::Scalar(s)),
                Frame::Value(Json::Arr(items)) => { yield_!(Event::StartArr); stack.push(Frame::Arr(items.into_iter())); }
                Frame::Value(Json::Obj(fields)) => { yield_!(Event::StartObj); stack.push(Frame::Obj(fields.into_iter())); }
                Frame::Arr(mut items) => match items.next() {
                    Some(item) => { stack.push(Frame::Arr(items)); stack.push(Frame::Value(item)); }
                    None => yield_!(Event::EndArr),
                },
                Frame::Obj(mut fields) => {
                    if let Some((key, value)) = fields.next() {
                        yield_!(Event::Key(key));
                        stack.extend([Frame::Obj(fields), Frame::Value(value)]);
                    } else {
                        yield_!(Event::EndObj);
                    }
                }
            }
        }
    }
    coroutine line_framing(limit: usize) takes (&'static [u8]) [&b"ab\ncd"[..], b"e\n\nf", b"", b"gh\nxxxxxxxxxxxxxxxxxxx"] yields (Vec<String>) returns (Result<(), usize>) with (10) {
        let mut pending = Vec::new();
        let mut lines = Vec::new();
        loop {
            let bytes: &[u8] = yield_!(std::mem::take(&mut lines));
            for &b in bytes {
                match b {
                    b'\n' => lines.push(String::from_utf8(std::mem::take(&mut pending)).unwrap()),
                    _ if pending.len() == limit => return Err(limit),
                    other => pending.push(other),
                }
            }
        }
    }
    #[Clone]
    iterator base64(bytes: Vec<u8>) yields (char) with (b"Many hands".to_vec()) {
        const TABLE: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut bits = 0u32;
        let mut count = 0;
        let mut written = 0;
        for byte in bytes {
            bits = bits << 8 | u32::from(byte);
            count += 8;
            while count >= 6 {
                count -= 6;
                yield_!(TABLE[(bits >> count & 63) as usize] as char);
                written += 1;
            }
            bits &= (1 << count) - 1;
        }
        if count > 0 {
            yield_!(TABLE[(bits << (6 - count) & 63) as usize] as char);
            written += 1;
        }
        while written % 4 != 0 { yield_!('='); written += 1; }
    }
    iterator lz77(data: &'static [u8]) yields ((usize, usize, Option<u8>)) with (b"abababcabcd") {
        let mut at = 0;
        while at < data.len() {
            let (mut best, mut length) = (0, 0);
            for start in at.saturating_sub(8)..at {
                let n = data[start..].iter().zip(&data[at..]).take_while(|(a, b)| a == b).count();
                if n > length { (best, length) = (at - start, n); }
            }
            let next = data.get(at + length).copied();
            yield_!((best, length, next));
            at += length + 1;
        }
    }
    iterator dijkstra(edges: Vec<Vec<(usize, u32)>>, source: usize) yields ((usize, u32)) with (vec![vec![(1, 7), (2, 3)], vec![(3, 2)], vec![(1, 1), (3, 8)], vec![]], 0) {
        use std::cmp::Reverse;
        let mut done = vec![false; edges.len()];
        let mut heap = BinaryHeap::from([Reverse((0, source))]);
        while let Some(Reverse((cost, node))) = heap.pop() {
            if std::mem::replace(&mut done[node], true) { continue }
            yield_!((node, cost));
            for &(next, weight) in &edges[node] {
                if !done[next] { heap.push(Reverse((cost + weight, next))); }
            }
        }
    }
    #[Clone]
    iterator life(mut alive: BTreeSet<(i32, i32)>) yields (BTreeSet<(i32, i32)>) with (BTreeSet::from([(0, 1), (1, 1), (2, 1)])) {
        while !alive.is_empty() {
            yield_!(alive.clone());
            let mut counts = BTreeMap::new();
            for &(x, y) in &alive {
                for (dx, dy) in [(-1, -1), (0, -1), (1, -1), (-1, 0), (1, 0), (-1, 1), (0, 1), (1, 1)] {
                    *counts.entry((x + dx, y + dy)).or_insert(0) += 1;
                }
            }
            alive = counts.into_iter().filter(|(cell, n)| *n == 3 || *n == 2 && alive.contains(cell)).map(|(cell, _)| cell).collect();
        }
    }
    iterator sudoku_small(mut grid: [[u8; 4]; 4]) yields ([[u8; 4]; 4]) with ([[1, 0, 0, 0], [0, 0, 3, 0], [0, 4, 0, 0], [0, 0, 0, 2]]) {
        let empty: Vec<(usize, usize)> = (0..16).map(|i| (i / 4, i % 4)).filter(|&(r, c)| grid[r][c] == 0).collect();
        let mut depth = 0;
        'search: loop {
            if depth == empty.len() {
                yield_!(grid);
                if depth == 0 { break 'search }
                depth -= 1;
            }
            let (r, c) = empty[depth];
            let from = grid[r][c] + 1;
            grid[r][c] = 0;
            for n in from..=4 {
                let clash = (0..4).any(|i| grid[r][i] == n || grid[i][c] == n || grid[r / 2 * 2 + i / 2][c / 2 * 2 + i % 2] == n);
                if !clash {
                    grid[r][c] = n;
                    depth += 1;
                    continue 'search;
                }
            }
            match depth.checked_sub(1) {
                Some(d) => depth = d,
                None => return,
            }
        }
    }
    iterator spiral(m: Vec<Vec<i32>>) yields (i32) with (vec![vec![1, 2, 3, 4], vec![5, 6, 7, 8], vec![9, 10, 11, 12]]) {
        let (mut top, mut left) = (0, 0);
        let (mut bottom, mut right) = (m.len(), m[0].len());
        while top < bottom && left < right {
            for c in left..right { yield_!(m[top][c]); }
            top += 1;
            let (t, b) = (top, bottom);for row in &m[t..b] { yield_!(row[right - 1]); }
            right -= 1;
            if top < bottom {
                for c in (left..right).rev() { yield_!(m[bottom - 1][c]); }
                bottom -= 1;
            }
            if left < right {
                for r in (top..bottom).rev() { yield_!(m[r][left]); }
                left += 1;
            }
        }
    }
    iterator knights_tour(n: i32) yields ((i32, i32)) with (5) {
        let mut seen = HashSet::new();
        let mut at = (0, 0);
        let moves = [(1, 2), (2, 1), (2, -1), (1, -2), (-1, -2), (-2, -1), (-2, 1), (-1, 2)];
        loop {
            seen.insert(at);
            yield_!(at);
            let free = |(x, y): (i32, i32), seen: &HashSet<(i32, i32)>| moves.iter().map(|(dx, dy)| (x + dx, y + dy)).filter(|(x, y)| (0..n).contains(x) && (0..n).contains(y)).filter(|p| !seen.contains(p)).collect::<Vec<_>>();
            let Some(next) = free(at, &seen).into_iter().min_by_key(|&p| free(p, &seen).len()) else { break };
            at = next;
        }
    }
    #[Clone]
    iterator collatz(mut n: u64) yields (u64) with (7) {
        loop {
            yield_!(n);
            n = match n {
                1 => break,
                n if n % 2 == 0 => n / 2,
                _ => 3 * n + 1,
            };
        }
    }
    iterator gray(bits: u32) yields (String) with (3) {
        let width = bits as usize;
        for i in 0..1u32 << bits { yield_!(format!("{:0width$b}", i ^ (i >> 1))); }
    }
    iterator pascal() yields (Vec<u32>) {
        let mut row = vec![1];
        loop {
            let next = std::iter::once(1).chain(row.windows(2).map(|w| w[0] + w[1])).chain([1]).collect();
            yield_!(std::mem::replace(&mut row, next));
        }
    }
    iterator partitions(n: u32) yields (Vec<u32>) with (6) {
        let mut parts = vec![n];
        loop {
            yield_!(parts.clone());
            let mut rest = 0;
            while let Some(1) = parts.last() { parts.pop(); rest += 1; }
            let Some(last) = parts.last_mut() else { return };
            *last -= 1;
            rest += 1;
            let biggest = *last;
            while rest > biggest { parts.push(biggest); rest -= biggest; }
            if rest > 0 { parts.push(rest); }
        }
    }
    iterator subsets['a](items: &'a [&'a str]) yields (Vec<&'a str>) with (&["a", "b", "c"]) {
        for mask in 0..1 << items.len() {
            let picked = items.iter().enumerate().filter(|(i, _)| mask >> i & 1 == 1).map(|(_, s)| *s);
            yield_!(picked.collect());
        }
    }
}
