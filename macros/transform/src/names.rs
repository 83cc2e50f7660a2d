//! Names that cannot clash with the user's.
//!
//! Input: the tokens of the annotated item. Output: names for what the expansion adds (the enum, its variants and type
//! parameters, locals, labels).
//!
//! Invariant: a name handed out by [`Namespace::fresh`] is neither a keyword, nor written on its own anywhere in the item,
//! nor handed out before. The whole item counts, the arguments of macros and nested items too, because hygiene protects locals and
//! labels but not items.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use syn::{
    Item, ItemFn, PatIdent, UseTree,
    visit::{self, Visit},
};

/// Every identifier of an item (`name`) and every lifetime (`'name`), and the names handed out so far.
///
/// Raw identifiers count as the name without `r#`.
#[derive(Clone)]
pub(crate) struct Namespace {
    written: BTreeSet<String>,
    /// Those that are written on their own, not after `.` or `::`.
    bare: BTreeSet<String>,
    reserved: BTreeSet<String>,
    /// For each name that was wished for: the numbers below are taken.
    numbers: BTreeMap<String, usize>,
}

impl Namespace {
    pub(crate) fn of(tokens: TokenStream) -> Self {
        let (mut written, mut bare) = (BTreeSet::new(), BTreeSet::new());
        collect(tokens, &mut written, &mut bare);
        Namespace {
            written,
            bare,
            reserved: BTreeSet::new(),
            numbers: BTreeMap::new(),
        }
    }

    /// Names that stand on their own.
    pub(crate) fn of_names<'n>(names: impl IntoIterator<Item = &'n Ident>) -> Self {
        let mut namespace = Namespace::of(TokenStream::new());
        for name in names {
            let name = unraw(&name.to_string()).to_owned();
            namespace.bare.insert(name.clone());
            namespace.written.insert(name);
        }
        namespace
    }

    /// Whether the user wrote `name` (or, with its quote, the lifetime or label `'name`) anywhere in the item.
    pub(crate) fn mentions(&self, name: &str) -> bool {
        self.written.contains(unraw(name))
    }

    /// Whether the user wrote `name` where it is looked up in scope: not as a field, a method or the rest of a path.
    pub(crate) fn mentions_bare(&self, name: &str) -> bool {
        self.bare.contains(unraw(name))
    }

    /// `wish` if it is free, else the first free one of `wish_1`, `wish_2`, ..; it is taken from then on.
    pub(crate) fn fresh(&mut self, wish: &str) -> String {
        let wish = unraw(wish);
        let mut number = self.numbers.get(wish).copied().unwrap_or(0);
        let name = loop {
            let name = match number {
                0 => wish.to_owned(),
                _ => format!("{wish}_{number}"),
            };
            number += 1;
            if self.is_free(&name) {
                break name;
            }
        };
        self.numbers.insert(wish.to_owned(), number);
        self.reserved.insert(name.clone());
        name
    }

    /// [`fresh`](Self::fresh) as an identifier. `wish` must not be a lifetime.
    pub(crate) fn fresh_ident(&mut self, wish: &str, span: Span) -> Ident {
        Ident::new(&self.fresh(wish), span)
    }

    /// A field, a method or the rest of a path may have the same name.
    fn is_free(&self, name: &str) -> bool {
        let taken = match name.starts_with('\'') {
            true => &self.written,
            false => &self.bare,
        };
        !taken.contains(name) && !self.reserved.contains(name) && !is_keyword(name)
    }
}

/// The name of the type parameter (or variant) that belongs to a variable: `user_name` -> `UserName`, `_guard` -> `Guard`.
pub(crate) fn camel(name: &str) -> String {
    let camel: String = unraw(name).split('_').map(capitalized).collect();
    match camel.chars().next() {
        // `_1st` would be `1st`, `__` would be nothing.
        Some(first) if first.is_numeric() => format!("T{camel}"),
        Some(_) => camel,
        None => "T".to_owned(),
    }
}

/// The label that belongs to a state: `AfterLoop0` -> `after_loop0`.
pub(crate) fn snake(name: &str) -> String {
    let mut snake = String::new();
    for (index, letter) in name.char_indices() {
        if letter.is_uppercase() && index > 0 {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}

fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}

fn collect(tokens: TokenStream, written: &mut BTreeSet<String>, bare: &mut BTreeSet<String>) {
    let mut before = ' ';
    let mut before_that = ' ';
    for token in tokens {
        let (last, second) = (before, before_that);
        before_that = before;
        before = ' ';
        match token {
            TokenTree::Ident(ident) if last == '\'' => drop(written.insert(format!("'{ident}"))),
            TokenTree::Ident(ident) => {
                let name = ident.to_string();
                // `a..b` mentions `b`; `a.b` and `a::b` do not.
                let range = last == '.' && second == '.';
                if range || last != '.' && !(last == ':' && second == ':') {
                    bare.insert(unraw(&name).to_owned());
                }
                written.insert(unraw(&name).to_owned());
            }
            TokenTree::Punct(punct) => before = punct.as_char(),
            TokenTree::Group(group) => collect(group.stream(), written, bare),
            TokenTree::Literal(_) => {}
        }
    }
}

fn unraw(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

/// Whether `name` cannot be used as an identifier (`type`) or label (`'static`, `'_`).
pub(crate) fn is_keyword(name: &str) -> bool {
    const KEYWORDS: [&str; 52] = [
        "Self", "_", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do",
        "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "if", "impl", "in", "let", "loop", "macro",
        "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super",
        "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
    ];
    match name.strip_prefix('\'') {
        Some(label) => label == "static" || is_keyword(label),
        None => KEYWORDS.binary_search(&name).is_ok(),
    }
}

/// The names of a function and of the variables and items that it declares.
pub(crate) fn declared(item: &ItemFn) -> BTreeSet<String> {
    let mut find = Declared::default();
    find.add(&item.sig.ident);
    find.visit_item_fn(item);
    find.names
}

#[derive(Default)]
struct Declared {
    names: BTreeSet<String>,
}

impl Declared {
    fn add(&mut self, name: &Ident) {
        self.names.insert(unraw(&name.to_string()).to_owned());
    }
}

impl Visit<'_> for Declared {
    fn visit_pat_ident(&mut self, pat: &PatIdent) {
        // Another one is a constant, or a variant: `None`.
        if pat.ident.to_string().starts_with(char::is_lowercase) {
            self.add(&pat.ident);
        }
        visit::visit_pat_ident(self, pat);
    }

    fn visit_item(&mut self, item: &Item) {
        match item {
            Item::Const(item) => self.add(&item.ident),
            Item::Enum(item) => self.add(&item.ident),
            Item::Fn(item) => self.add(&item.sig.ident),
            Item::Mod(item) => self.add(&item.ident),
            Item::Static(item) => self.add(&item.ident),
            Item::Struct(item) => self.add(&item.ident),
            Item::Trait(item) => self.add(&item.ident),
            Item::Type(item) => self.add(&item.ident),
            Item::Union(item) => self.add(&item.ident),
            _ => {}
        }
        visit::visit_item(self, item);
    }

    fn visit_use_tree(&mut self, tree: &UseTree) {
        match tree {
            UseTree::Name(name) => self.add(&name.ident),
            UseTree::Rename(rename) => self.add(&rename.rename),
            _ => {}
        }
        visit::visit_use_tree(self, tree);
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn sees_macro_tokens_nested_items_and_lifetimes() {
        let names = Namespace::of(quote! {
            fn f<'a>(x: &'a str) { log!(hidden [deep { deeper }]); fn inner() { State } 'machine: loop {} }
        });
        for name in ["f", "x", "'a", "hidden", "deep", "deeper", "inner", "State", "'machine"] {
            assert!(names.mentions(name), "{name}");
        }
        for name in ["a", "machine", "'x", "state", "Done"] {
            assert!(!names.mentions(name), "{name}");
        }
    }

    #[test]
    fn fresh_names_are_numbered_past_what_is_taken() {
        let mut names = Namespace::of(quote!(State State_2 'machine r#in));
        assert_eq!(names.fresh("Done"), "Done");
        assert_eq!(names.fresh("Done"), "Done_1");
        assert_eq!(names.fresh("State"), "State_1");
        assert_eq!(names.fresh("State"), "State_3");
        assert_eq!(names.fresh("'machine"), "'machine_1");
        assert_eq!(names.fresh("machine"), "machine");
        assert!(
            !names.mentions("Done"),
            "handing a name out does not make it the user's"
        );
    }

    #[test]
    fn fresh_names_are_not_keywords() {
        let mut names = Namespace::of(quote!());
        assert_eq!(names.fresh("Self"), "Self_1");
        assert_eq!(names.fresh("r#type"), "type_1");
        assert_eq!(names.fresh("_"), "__1");
        assert_eq!(names.fresh("'static"), "'static_1");
        assert_eq!(names.fresh_ident("state", Span::call_site()), "state");
    }

    #[test]
    fn raw_identifiers_are_their_names() {
        let names = Namespace::of(quote!(r#type r#match));
        assert!(names.mentions("type"));
        assert!(names.mentions("r#match"));
    }

    #[test]
    fn camel_case() {
        let cases = [
            ("user_name", "UserName"),
            ("_guard", "Guard"),
            ("r#type", "Type"),
            ("x", "X"),
            ("x1_y2", "X1Y2"),
            ("größe", "Größe"),
            ("élan", "Élan"),
            ("Already", "Already"),
            ("__", "T"),
            ("_1st", "T1st"),
        ];
        for (name, expected) in cases {
            assert_eq!(camel(name), expected);
        }
    }
}
