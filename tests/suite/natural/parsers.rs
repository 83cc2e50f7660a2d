//! Parsers that take their input a piece at a time.

use unawait::prelude::*;

/// Bytes in, frames out: a length, then as many bytes. What it yields is the frame that the last byte completed.
#[coro]
fn frames() -> impl Coroutine<u8, Yield = Option<Vec<u8>>, Return = ()> {
    let mut done = None;
    loop {
        let length = yield_!(done.take());
        let mut frame = Vec::with_capacity(usize::from(length));
        while frame.len() < usize::from(length) {
            frame.push(yield_!(None));
        }
        done = Some(frame);
    }
}

/// A varint, seven bits a byte.
#[coro]
fn varint() -> impl Coroutine<u8, Yield = (), Return = Result<u64, &'static str>> {
    let mut value = 0;
    let mut shift = 0;
    loop {
        let byte = yield_!();
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(value);
        }
        shift += 7;
        if shift > 56 {
            return Err("too long");
        }
    }
}

/// A pair of what another parser parses.
#[coro]
fn pair() -> impl Coroutine<u8, Yield = (), Return = Result<(u64, u64), &'static str>> {
    let a = yield_from!(varint())?;
    let b = yield_from!(varint())?;
    Ok((a, b))
}

#[derive(Debug, Clone, PartialEq)]
enum Json {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Json>),
}

/// Characters in, `None` at the end; needs one character of look-ahead, which travels with the value.
type Parsed<T> = Result<(T, Option<char>), String>;
type Parser = Box<dyn Coroutine<Option<char>, Yield = (), Return = Parsed<Json>>>;

#[coro]
fn json(first: Option<char>) -> Box<dyn Coroutine<Option<char>, Yield = (), Return = Parsed<Json>>> {
    let mut next = first;
    while next == Some(' ') {
        next = yield_!();
    }
    match next {
        Some('"') => {
            let mut text = String::new();
            loop {
                match yield_!() {
                    Some('"') => break,
                    Some('\\') => text.push(yield_!().ok_or("unfinished escape")?),
                    Some(c) => text.push(c),
                    None => return Err("unfinished text".to_owned()),
                }
            }
            Ok((Json::Text(text), yield_!()))
        }
        Some('[') => {
            let mut items = Vec::new();
            let mut next = yield_!();
            while next != Some(']') {
                let inner: Parser = json(next);
                let (item, after) = yield_from!(inner)?;
                items.push(item);
                next = match after {
                    Some(',') => yield_!(),
                    Some(']') => break,
                    other => return Err(format!("expected `,` or `]`, found {other:?}")),
                };
            }
            Ok((Json::List(items), yield_!()))
        }
        Some(c @ ('-' | '0'..='9')) => {
            let mut digits = String::from(c);
            let after = loop {
                match yield_!() {
                    Some(c) if c.is_ascii_digit() || c == '.' => digits.push(c),
                    other => break other,
                }
            };
            let number = digits.parse().map_err(|error| format!("{digits}: {error}"))?;
            Ok((Json::Number(number), after))
        }
        Some(c) if c.is_alphabetic() => {
            let mut word = String::from(c);
            let mut after = yield_!();
            while let Some(c) = after
                && c.is_alphabetic()
            {
                word.push(c);
                after = yield_!();
            }
            let value = match word.as_str() {
                "null" => Json::Null,
                "true" => Json::Bool(true),
                "false" => Json::Bool(false),
                _ => return Err(format!("unknown word {word}")),
            };
            Ok((value, after))
        }
        other => Err(format!("unexpected {other:?}")),
    }
}

fn parse(text: &str) -> Result<Json, String> {
    let mut chars = text.chars();
    let mut parser = json(chars.next());
    let mut state = parser.start();
    loop {
        match state {
            CoroutineState::Yielded(()) => state = parser.resume(chars.next()),
            CoroutineState::Complete(result) => return result.map(|(value, _)| value),
        }
    }
}

/// Lines of `key = value` under `[sections]`; yields the full key of each.
#[coro]
fn settings(text: &str) -> impl Iterator<Item = Result<(String, &str), (usize, &'static str)>> {
    let mut section = None;
    for (index, line) in text.lines().map(str::trim).enumerate() {
        if line.is_empty() || line.starts_with(';') {
            continue;
        }
        if let Some(rest) = line.strip_prefix('[') {
            let Some(name) = rest.strip_suffix(']') else {
                yield_!(Err((index + 1, "unclosed section")));
                continue;
            };
            section = Some(name);
            continue;
        }
        let Some((key, value)) = line.split_once('=') else {
            yield_!(Err((index + 1, "no value")));
            continue;
        };
        let full = match section {
            Some(section) => format!("{section}.{}", key.trim()),
            None => key.trim().to_owned(),
        };
        yield_!(Ok((full, value.trim())));
    }
}

/// Characters of a decimal number in, its value out as far as known; an error input ends it.
#[coro]
fn number() -> impl Coroutine<Result<char, &'static str>, Yield = i64, Return = Result<i64, String>> {
    let mut value = 0i64;
    let negative = match yield_!(0)? {
        '-' => true,
        '+' => false,
        c => {
            value = digit(c)?;
            false
        }
    };
    let sign = |value: i64| if negative { -value } else { value };
    loop {
        match yield_!(sign(value))? {
            '_' => {}
            '\n' => return Ok(sign(value)),
            c => {
                value = value
                    .checked_mul(10)
                    .and_then(|value| value.checked_add(digit(c).ok()?))
                    .ok_or("overflow")?;
            }
        }
    }
}

fn digit(c: char) -> Result<i64, String> {
    c.to_digit(10)
        .map(i64::from)
        .ok_or_else(|| format!("{c:?} is no digit"))
}

#[test]
fn framing() {
    let mut machine = frames();
    machine.start();
    let mut all = Vec::new();
    for byte in [2, b'a', b'b', 0, 1, b'c', 3] {
        let CoroutineState::Yielded(frame) = machine.resume(byte) else {
            panic!("it ended")
        };
        all.extend(frame);
    }
    assert_eq!(all, [b"ab".to_vec(), vec![], b"c".to_vec()]);
}

#[test]
fn varints() {
    let feed = |bytes: &[u8]| {
        let mut machine = pair();
        let mut state = machine.start();
        for byte in bytes {
            state = machine.resume(*byte);
        }
        state
    };
    assert_eq!(feed(&[0x96, 0x01, 0x05]), CoroutineState::Complete(Ok((150, 5))));
    assert_eq!(feed(&[0x96]), CoroutineState::Yielded(()));
    assert_eq!(feed(&[0xff; 9]), CoroutineState::Complete(Err("too long")));
}

#[test]
fn nested_values() {
    let list = parse(r#"[1, [true, "a\"b"], -2.5 ,null ]"#);
    assert_eq!(list.unwrap_err(), "expected `,` or `]`, found Some(' ')");
    assert_eq!(
        parse(r#"[1, [true, "a\"b"], -2.5,[], null]"#),
        Ok(Json::List(vec![
            Json::Number(1.0),
            Json::List(vec![Json::Bool(true), Json::Text("a\"b".to_owned())]),
            Json::Number(-2.5),
            Json::List(vec![]),
            Json::Null,
        ]))
    );
    assert_eq!(parse("nil"), Err("unknown word nil".to_owned()));
    assert_eq!(parse("\"x"), Err("unfinished text".to_owned()));
    assert_eq!(parse("1.2.3"), Err("1.2.3: invalid float literal".to_owned()));
}

#[test]
fn configuration() {
    let all: Vec<_> = settings("a = 1\n[net]\n; comment\nport=80\n[bad\nwrong").collect();
    let port = ("net.port".to_owned(), "80");
    assert_eq!(
        all,
        [
            Ok(("a".to_owned(), "1")),
            Ok(port),
            Err((5, "unclosed section")),
            Err((6, "no value"))
        ]
    );
}

#[test]
fn numbers() {
    let feed = |text: &str| {
        let mut machine = number();
        let mut state = machine.start();
        for c in text.chars() {
            if let CoroutineState::Yielded(_) = state {
                state = machine.resume(Ok(c));
            }
        }
        state
    };
    assert_eq!(feed("-1_2"), CoroutineState::Yielded(-12));
    assert_eq!(feed("47\n"), CoroutineState::Complete(Ok(47)));
    assert_eq!(feed("x"), CoroutineState::Complete(Err("'x' is no digit".to_owned())));
    assert_eq!(
        feed("99999999999999999999"),
        CoroutineState::Complete(Err("overflow".to_owned()))
    );
    let mut machine = number();
    machine.start();
    machine.resume(Ok('5'));
    assert_eq!(
        machine.throw("interrupted"),
        CoroutineState::Complete(Err("interrupted".to_owned()))
    );
}
