//! A source file with each `#[coro]` function replaced by its machine.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::parse::Parse;
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, File, ImplItem, ImplItemFn, Item, ItemFn, Meta, TraitItem, TraitItemFn};

/// A file, before and after.
pub struct Expanded {
    pub file: File,
    /// In the order of the file.
    pub functions: Vec<Function>,
}

/// A `#[coro]` function of the file.
pub struct Function {
    pub name: String,
    /// The lines that the function takes in the file, with its attributes and comments.
    pub lines: usize,
    /// The machine, as printed.
    pub machine: String,
}

/// The path of a file of the repository.
pub fn path(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(relative)
}

/// Reads the file and expands its functions.
#[track_caller]
pub fn expand(path: &Path) -> Expanded {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut paste = Paste {
        functions: Vec::new(),
        path: &path.display().to_string(),
    };
    paste.visit_file_mut(&mut file);
    let functions = paste.functions;
    Expanded { file, functions }
}

/// What `#[coro]` puts in the place of the item. The macro's errors end the test.
#[track_caller]
pub fn machine(attribute: TokenStream, item: TokenStream) -> TokenStream {
    let tokens = unawait_transform::expand(attribute, item);
    let text = tokens.to_string();
    assert!(!text.contains("compile_error !"), "refused: {text}");
    tokens
}

struct Paste<'a> {
    functions: Vec<Function>,
    path: &'a str,
}

impl Paste<'_> {
    /// The machine of a function that has the attribute, as an item of the same kind.
    fn machine<F, I: Parse>(&mut self, function: &F, attributes: fn(&mut F) -> &mut Vec<Attribute>) -> Option<I>
    where
        F: Clone + ToTokens,
    {
        let mut item = function.clone();
        let attributes = attributes(&mut item);
        let position = attributes.iter().position(is_coro)?;
        let arguments = match attributes.remove(position).meta {
            Meta::List(list) => list.tokens,
            _ => TokenStream::new(),
        };
        let machine = machine(arguments, item.to_token_stream());
        let (start, end) = (function.span().start().line, function.span().end().line);
        self.functions.push(Function {
            name: format!("{}:{start}", self.path),
            lines: end + 1 - start,
            machine: print(&machine),
        });
        match syn::parse2(machine) {
            Ok(item) => Some(item),
            Err(error) => panic!("{}:{start}: the machine does not parse: {error}", self.path),
        }
    }
}

impl VisitMut for Paste<'_> {
    fn visit_item_mut(&mut self, item: &mut Item) {
        if let Item::Fn(function) = item
            && let Some(machine) = self.machine(function, |function: &mut ItemFn| &mut function.attrs)
        {
            *item = machine;
        }
        visit_mut::visit_item_mut(self, item);
    }

    fn visit_impl_item_mut(&mut self, item: &mut ImplItem) {
        if let ImplItem::Fn(function) = item
            && let Some(machine) = self.machine(function, |function: &mut ImplItemFn| &mut function.attrs)
        {
            *item = machine;
        }
        visit_mut::visit_impl_item_mut(self, item);
    }

    fn visit_trait_item_mut(&mut self, item: &mut TraitItem) {
        if let TraitItem::Fn(function) = item
            && let Some(machine) = self.machine(function, |function: &mut TraitItemFn| &mut function.attrs)
        {
            *item = machine;
        }
        visit_mut::visit_trait_item_mut(self, item);
    }
}

/// A function or method as a text of its own.
fn print(machine: &TokenStream) -> String {
    // A method is not an item, but prints like one inside of an impl block.
    let file: File = match syn::parse2(machine.clone()) {
        Ok(file) => file,
        Err(_) => syn::parse_quote!(impl T { #machine }),
    };
    prettyplease::unparse(&file)
}

/// `#[coro]`, `#[coro(..)]` or `#[unawait::coro]`.
fn is_coro(attribute: &Attribute) -> bool {
    let last = attribute.path().segments.last();
    last.is_some_and(|segment| segment.ident == "coro")
}
