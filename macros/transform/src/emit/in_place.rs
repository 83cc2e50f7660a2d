//! What a step received, in place of the only mention of its variable, where that is what the arm evaluates first.
//!
//! ```text
//! // Input:
//! let value = received(&mut input);  if { value }.is_ok() { .. }
//! // Output:
//! if received(&mut input).is_ok() { .. }
//!
//! // Input:
//! let t = received(&mut input);  drop(held);  let mut next = t;
//! // Output:
//! let mut next = received(&mut input);  drop(held);
//! ```

use std::slice::from_ref;

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};

use crate::{
    expand::Names,
    std_macros,
    tokens::{self, Token},
};

/// The code of an arm, with what it received in place, and whether that may be so.
pub(super) fn received_in_place(code: TokenStream, read: Vec<Token>, names: &Names) -> (TokenStream, Vec<Token>, bool) {
    match mentions_once(&read).then(|| placed(&code, names)).flatten() {
        Some(placed) => (placed.clone(), tokens::read(placed), true),
        None => (code, read, false),
    }
}

/// Whether the code begins with a `let` of a name that it mentions once.
fn mentions_once(read: &[Token]) -> bool {
    let name = match read {
        [word, mutable, Token::Word(name), ..] if word.is_word("let") && mutable.is_word("mut") => name,
        [word, Token::Word(name), ..] if word.is_word("let") => name,
        _ => return false,
    };
    let end = read.iter().position(|token| token.is_mark(';'));
    end.is_some_and(|end| tokens::count(&read[end..], name) == 1)
}

fn placed(code: &TokenStream, names: &Names) -> Option<TokenStream> {
    let tokens: Vec<_> = code.clone().into_iter().collect();
    let end = tokens.iter().position(|token| is_mark(token, ';'))?;
    let (first, rest) = (&tokens[..end], &tokens[end + 1..]);
    let (name, mutable, value) = declared(first)?;
    let [.., TokenTree::Ident(function), TokenTree::Group(_)] = value else {
        return None;
    };
    let receives = is_receiving(function) && names.is_ours(name);
    if receives && completes_with(rest, name) {
        let value = TokenStream::from_iter(value.iter().cloned());
        let replaced = rest.iter().flat_map(|token| match token {
            TokenTree::Ident(ident) if ident == name => value.clone(),
            other => other.clone().into(),
        });
        return Some(replaced.collect());
    }
    if !receives || mutable {
        return None;
    }
    let renamed = renamed(rest, name).map(|[binding, drops, after]| {
        let semicolon = &tokens[end..=end];
        let pieces = [binding, value, semicolon, drops, after];
        pieces.into_iter().flatten().cloned().collect()
    });
    if renamed.is_some() {
        return renamed;
    }
    let rest: TokenStream = rest.iter().cloned().collect();
    let mut place = Place {
        name,
        value: value.iter().cloned().collect(),
        state: Search::Before,
    };
    let placed = place.tokens(rest);
    (place.state == Search::Found).then_some(placed)
}

/// The parts of `drop(held); let next = value;` and what follows it: `let next =`, the drops, the rest. `next` may as well be
/// bound before the drops.
fn renamed<'t>(rest: &'t [TokenTree], value: &Ident) -> Option<[&'t [TokenTree]; 3]> {
    let dropped = |statement: &[TokenTree]| match statement {
        [TokenTree::Ident(drop), TokenTree::Group(what), semicolon] if drop == "drop" && is_mark(semicolon, ';') => {
            Some(what.stream())
        }
        _ => None,
    };
    let dropped: Vec<_> = rest.chunks(3).map_while(dropped).collect();
    let (drops, after) = rest.split_at(3 * dropped.len());
    let end = after.iter().position(|token| is_mark(token, ';'))?;
    let (binding, _, renamed) = declared(&after[..end])?;
    let renames = matches!(renamed, [TokenTree::Ident(name)] if name == value);
    // What is dropped is another variable of that name otherwise.
    let apart = !dropped.is_empty()
        && !dropped
            .into_iter()
            .any(|what| std_macros::mentions(what, from_ref(binding)));
    (renames && apart).then(|| [&after[..end - 1], drops, &after[end + 1..]])
}

/// `let value = ..`, or `let mut value = ..`: the name, whether it is `mut`, and what it is.
fn declared(statement: &[TokenTree]) -> Option<(&Ident, bool, &[TokenTree])> {
    let (word, declared) = statement.split_first()?;
    let (mutable, declared) = match declared {
        [TokenTree::Ident(word), rest @ ..] if word == "mut" => (true, rest),
        other => (false, other),
    };
    match (word, declared) {
        (TokenTree::Ident(word), [TokenTree::Ident(name), equals, value @ ..])
            if word == "let" && is_mark(equals, '=') =>
        {
            Some((name, mutable, value))
        }
        _ => None,
    }
}

/// `value.map(Complete)`, or `return` of it, which takes the value itself.
fn completes_with(rest: &[TokenTree], name: &Ident) -> bool {
    let rest = match rest {
        [TokenTree::Ident(first), value @ ..] if first == "return" => value,
        value => value,
    };
    let [
        TokenTree::Ident(value),
        TokenTree::Punct(dot),
        TokenTree::Ident(map),
        TokenTree::Group(arguments),
    ] = rest
    else {
        return false;
    };
    let complete = arguments.stream().into_iter().last();
    let completes = matches!(complete, Some(TokenTree::Ident(last)) if last == "Complete");
    value == name && dot.as_char() == '.' && map.to_string().starts_with("map") && completes
}

/// `received`, or `await0` of several.
fn is_receiving(function: &Ident) -> bool {
    let function = function.to_string();
    let number = function.strip_prefix("await");
    function == "received" || number.is_some_and(|number| number.parse::<u32>().is_ok())
}

/// How far the first statement has been searched.
#[derive(Clone, Copy, PartialEq)]
enum Search {
    Before,
    Found,
    /// Something else is evaluated first, or may be.
    Past,
}

struct Place<'n> {
    name: &'n Ident,
    value: TokenStream,
    state: Search,
}

impl Place<'_> {
    fn tokens(&mut self, tokens: TokenStream) -> TokenStream {
        let mut placed = TokenStream::new();
        let mut tokens = tokens.into_iter().peekable();
        let (mut before, mut assigns) = (None, false);
        while let Some(token) = tokens.next() {
            // What comes then is of no use.
            if self.state == Search::Past {
                break;
            }
            match &token {
                TokenTree::Group(group) if self.state == Search::Before => {
                    placed.extend(self.group(group.clone(), begins_expression(before.as_ref())));
                }
                TokenTree::Ident(name) if self.is_operand(name, before.as_ref(), tokens.peek(), assigns) => {
                    self.state = Search::Found;
                    placed.extend(self.value.clone());
                }
                other => {
                    // The end of a statement, another operand before this one, a closure, a short circuit.
                    if [';', ',', '|', '&'].iter().any(|mark| is_mark(other, *mark)) {
                        self.pass();
                    }
                    placed.extend([token.clone()]);
                }
            }
            assigns = is_mark(&token, '=') && !matches!(before, Some(TokenTree::Punct(_)));
            before = Some(token);
        }
        placed
    }

    /// Whether the name is an operand that is given away, or a number or `bool`: `f(value)`, `if value > 1 {`, `!value`.
    fn is_operand(&self, name: &Ident, before: Option<&TokenTree>, after: Option<&TokenTree>, assigns: bool) -> bool {
        let begins = match before {
            None => true,
            // What is assigned is evaluated before the place.
            _ if assigns => true,
            Some(TokenTree::Ident(word)) => word == "if",
            Some(token) => is_mark(token, '!'),
        };
        let place = match after {
            Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Bracket,
            Some(token) => is_mark(token, '.'),
            None => false,
        };
        self.state == Search::Before && name == self.name && begins && !place
    }

    /// `begins`: an expression may begin with the group, so it is no `State::Next { value }`.
    fn group(&mut self, group: Group, begins: bool) -> TokenStream {
        if group.delimiter() == Delimiter::Brace {
            let inside: Vec<_> = group.stream().into_iter().collect();
            let found = matches!(&inside[..], [TokenTree::Ident(name)] if name == self.name);
            if found && begins {
                self.state = Search::Found;
                return self.value.clone();
            }
            self.pass();
            return TokenTree::Group(group).into();
        }
        let mut new = Group::new(group.delimiter(), self.tokens(group.stream()));
        new.set_span(group.span());
        TokenTree::Group(new).into()
    }

    fn pass(&mut self) {
        if self.state == Search::Before {
            self.state = Search::Past;
        }
    }
}

/// Whether an expression may begin behind the token.
fn begins_expression(before: Option<&TokenTree>) -> bool {
    match before {
        None | Some(TokenTree::Punct(_)) => true,
        Some(TokenTree::Ident(word)) => ["if", "match", "return"].iter().any(|keyword| word == keyword),
        Some(TokenTree::Group(_) | TokenTree::Literal(_)) => false,
    }
}

fn is_mark(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark)
}
