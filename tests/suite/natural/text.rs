//! Text in, pieces out.

use std::io::{self, BufRead};

use unawait::prelude::*;

#[derive(Debug, Clone, PartialEq)]
enum Token<'a> {
    Number(f64),
    Name(&'a str),
    Text(String),
    Symbol(char),
}

#[coro]
fn tokens(source: &str) -> impl Iterator<Item = Result<Token<'_>, String>> {
    let mut chars = source.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        match c {
            ' ' | '\n' | '\t' => continue,
            '0'..='9' => {
                let mut end = start + 1;
                while let Some((i, '0'..='9' | '.')) = chars.peek() {
                    end = i + 1;
                    chars.next();
                }
                match source[start..end].parse() {
                    Ok(number) => yield_!(Ok(Token::Number(number))),
                    Err(error) => {
                        yield_!(Err(format!("{error} at {start}")));
                        return;
                    }
                }
            }
            c if c.is_alphabetic() => {
                let mut end = start + c.len_utf8();
                while let Some((i, c)) = chars.peek().copied().filter(|(_, c)| c.is_alphanumeric()) {
                    end = i + c.len_utf8();
                    chars.next();
                }
                yield_!(Ok(Token::Name(&source[start..end])));
            }
            '"' => {
                let mut text = String::new();
                loop {
                    match chars.next() {
                        Some((_, '"')) => break,
                        Some((_, '\\')) => text.extend(chars.next().map(|(_, c)| c)),
                        Some((_, c)) => text.push(c),
                        None => {
                            yield_!(Err(format!("unterminated text at {start}")));
                            return;
                        }
                    }
                }
                yield_!(Ok(Token::Text(text)));
            }
            symbol => yield_!(Ok(Token::Symbol(symbol))),
        }
    }
}

#[coro]
fn lines<R: BufRead>(mut reader: R) -> impl Iterator<Item = io::Result<String>> {
    let mut buffer = String::new();
    loop {
        buffer.clear();
        match reader.read_line(&mut buffer) {
            Ok(0) => return,
            Ok(_) => {
                let line = buffer.trim_end_matches(['\r', '\n']);
                yield_!(Ok(line.to_owned()));
            }
            Err(error) => {
                yield_!(Err(error));
                return;
            }
        }
    }
}

/// Logical lines: a backslash at the end continues, `#` begins a comment.
#[coro]
fn logical_lines<'a>(text: &'a str) -> impl Iterator<Item = (usize, String)> + 'a {
    let mut pending = String::new();
    let mut first = None;
    for (number, line) in text.lines().enumerate() {
        let line = line.split('#').next().unwrap_or("").trim();
        let start = *first.get_or_insert(number + 1);
        if let Some(head) = line.strip_suffix('\\') {
            pending.push_str(head);
            continue;
        }
        pending.push_str(line);
        first = None;
        if !pending.is_empty() {
            yield_!((start, std::mem::take(&mut pending)));
        }
    }
    if let Some(start) = first {
        yield_!((start, pending));
    }
}

#[coro]
fn run_lengths(text: &str) -> impl Iterator<Item = (char, usize)> {
    let mut run: Option<(char, usize)> = None;
    for c in text.chars() {
        run = match run {
            Some((last, count)) if last == c => Some((c, count + 1)),
            Some(finished) => {
                yield_!(finished);
                Some((c, 1))
            }
            None => Some((c, 1)),
        };
    }
    if let Some(finished) = run {
        yield_!(finished);
    }
}

#[coro]
fn expand_runs(runs: impl IntoIterator<Item = (char, usize)>) -> impl Iterator<Item = char> {
    for (c, count) in runs {
        for _ in 0..count {
            yield_!(c);
        }
    }
}

#[coro]
fn wrap(text: &str, width: usize) -> impl Iterator<Item = String> {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && line.len() + 1 + word.len() > width {
            yield_!(line);
            line = String::new();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line += word;
    }
    if !line.is_empty() {
        yield_!(line);
    }
}

#[coro]
fn fields(line: &str) -> impl Iterator<Item = String> {
    let mut field = String::new();
    let mut quoted = false;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, quoted) {
            ('"', true) if chars.peek() == Some(&'"') => {
                chars.next();
                field.push('"');
            }
            ('"', _) => quoted = !quoted,
            (',', false) => yield_!(std::mem::take(&mut field)),
            (c, _) => field.push(c),
        }
    }
    yield_!(field);
}

/// The differences between two texts' lines, by the longest common tail of a table.
#[coro]
fn difference<'a>(old: &'a [&'a str], new: &'a [&'a str]) -> impl Iterator<Item = (char, &'a str)> {
    let mut table = vec![vec![0; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            table[i][j] = if old[i] == new[j] {
                table[i + 1][j + 1] + 1
            } else {
                table[i + 1][j].max(table[i][j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            yield_!((' ', old[i]));
            i += 1;
            j += 1;
        } else if j == new.len() || i < old.len() && table[i + 1][j] >= table[i][j + 1] {
            yield_!(('-', old[i]));
            i += 1;
        } else {
            yield_!(('+', new[j]));
            j += 1;
        }
    }
}

#[test]
fn tokenizer() {
    let tokens_of = |source| tokens(source).collect::<Result<Vec<_>, _>>();
    assert_eq!(
        tokens_of("let x = 4.5*\"a\\\"b\""),
        Ok(vec![
            Token::Name("let"),
            Token::Name("x"),
            Token::Symbol('='),
            Token::Number(4.5),
            Token::Symbol('*'),
            Token::Text("a\"b".to_owned()),
        ])
    );
    assert_eq!(tokens_of("a \"b"), Err("unterminated text at 2".to_owned()));
    assert_eq!(tokens_of("1.2.3"), Err("invalid float literal at 0".to_owned()));
}

#[test]
fn line_readers() {
    let all: Vec<_> = lines(&b"one\r\ntwo\n\nlast"[..]).collect::<Result<_, _>>().unwrap();
    assert_eq!(all, ["one", "two", "", "last"]);
    let mut broken = lines(&b"ok\n\xff\n"[..]);
    assert_eq!(broken.next().unwrap().unwrap(), "ok");
    assert_eq!(broken.next().unwrap().unwrap_err().kind(), io::ErrorKind::InvalidData);
    assert!(broken.next().is_none());
    let logical: Vec<_> = logical_lines("a \\\n b # comment\n\n# only\nc\\").collect();
    assert_eq!(logical, [(1, "a b".to_owned()), (5, "c".to_owned())]);
}

#[test]
fn run_length_coding() {
    let text = "aaabccd";
    assert_eq!(
        run_lengths(text).collect::<Vec<_>>(),
        [('a', 3), ('b', 1), ('c', 2), ('d', 1)]
    );
    assert_eq!(expand_runs(run_lengths(text)).collect::<String>(), text);
    assert_eq!(run_lengths("").count(), 0);
}

#[test]
fn layout() {
    assert_eq!(
        wrap("a bc def ghij k", 6).collect::<Vec<_>>(),
        ["a bc", "def", "ghij k"]
    );
    assert_eq!(
        fields(r#"a,"b ""c"", d",,e"#).collect::<Vec<_>>(),
        ["a", "b \"c\", d", "", "e"]
    );
    let changes: String = difference(&["a", "b", "c"], &["a", "x", "c", "d"])
        .map(|(sign, line)| format!("{sign}{line}"))
        .collect();
    assert_eq!(changes, " a-b+x c+d");
}
