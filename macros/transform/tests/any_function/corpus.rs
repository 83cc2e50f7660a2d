//! The functions that are changed: those with `#[coro]` in the repository's tests and examples, and the bodies of its
//! comparisons, in functions of each kind.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{ImplItemFn, ItemFn, visit::Visit};

const SIGNATURES: [&str; 5] = [
    "fn f() -> impl Iterator<Item = u32>",
    "fn f(&mut self, x: D) -> impl Coroutine<Result<u32, E>, Yield = &'static str, Return = Result<D, E>> + '_",
    "async fn f(x: D, text: &str) -> Result<u32, E>",
    "fn f<'a>(x: &'a mut [u8]) -> impl Stream<Item = u32> + Send + 'a",
    "fn f(self: Box<Self>) -> Pin<Box<dyn Future<Output = u32> + Send>>",
];

pub fn functions() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = Vec::new();
    for folder in ["tests/suite", "tests/expand", "tests/ui/fail", "examples"] {
        collect(&root.join(folder), &mut files);
    }
    let mut found = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("a source file");
        if let Ok(parsed) = syn::parse_file(&text) {
            Annotated(&mut found).visit_file(&parsed);
        }
        if let Ok(tokens) = text.parse() {
            bodies(tokens, &mut found);
        }
    }
    found
}

/// All Rust files under a folder, in order of their names.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).expect("a folder of the repository");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        match path.extension().and_then(|extension| extension.to_str()) {
            _ if path.is_dir() => collect(&path, files),
            Some("rs") if !path.ends_with(".expanded.rs") => files.push(path),
            _ => {}
        }
    }
}

struct Annotated<'f>(&'f mut Vec<String>);

impl Annotated<'_> {
    fn function(&mut self, attributes: &[syn::Attribute], item: &impl ToTokens) {
        let is_coro = |attribute: &syn::Attribute| {
            let last = attribute.path().segments.last();
            last.is_some_and(|segment| segment.ident == "coro")
        };
        if attributes.iter().any(is_coro) {
            self.0.push(item.to_token_stream().to_string());
        }
    }
}

impl Visit<'_> for Annotated<'_> {
    fn visit_item_fn(&mut self, item: &ItemFn) {
        self.function(&item.attrs, item);
        syn::visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &ImplItemFn) {
        self.function(&item.attrs, item);
        syn::visit::visit_impl_item_fn(self, item);
    }
}

/// The bodies in calls of `differential!`, `awaits!` and `streams!`.
fn bodies(tokens: TokenStream, found: &mut Vec<String>) {
    let mut previous = String::new();
    for token in tokens {
        if let TokenTree::Group(group) = &token {
            let name = previous.as_str();
            match matches!(name, "differential !" | "awaits !" | "streams !") {
                true => blocks(group.stream(), found),
                false => bodies(group.stream(), found),
            }
        }
        let last = previous.rsplit(' ').next().unwrap_or_default();
        previous = format!("{last} {token}");
    }
}

fn blocks(tokens: TokenStream, found: &mut Vec<String>) {
    let groups = tokens.into_iter().filter_map(|token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group),
        _ => None,
    });
    for (index, block) in groups.enumerate() {
        let signature = SIGNATURES[index % SIGNATURES.len()];
        found.push(format!("{signature} {block}"));
    }
}
