//! Prints the `#[coro]` functions of a file, each followed by the machine that it becomes. No tool
//! has to be installed: the transform is an ordinary library.
//!
//! ```text
//! cargo run --example expand -- examples/fib.rs
//! cargo run --example expand -- examples/http_request/parse.rs read_line
//! ```

mod support;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use std::error::Error;
use std::fs;
use std::io::Write;
use std::process::ExitCode;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{
    Attribute, ImplItem, ImplItemFn, Item, ItemFn, ItemImpl, ItemMod, ItemTrait, LitStr, Macro, Meta, TraitItem,
    TraitItemFn, Type,
};

/// A `#[coro]` function.
struct Function {
    /// With the modules, types and traits around it: `tree::Node::walk`.
    name: String,
    /// All of it, as in the file.
    span: Span,
    /// What stands in the parentheses of `#[coro(..)]`.
    arguments: TokenStream,
    /// The function without that attribute.
    item: TokenStream,
    /// The impl block or trait that it is in, empty.
    around: Option<Item>,
}

/// Collects the functions of a file in their order.
#[derive(Default)]
struct Functions {
    found: Vec<Function>,
    path: Vec<String>,
    around: Option<Item>,
}

impl Functions {
    fn of(file: &syn::File) -> Vec<Function> {
        let mut functions = Functions::default();
        functions.visit_file(file);
        functions.found
    }

    /// Notes a function if it has the attribute.
    fn note<F>(&mut self, function: &F, attributes: fn(&mut F) -> &mut Vec<Attribute>)
    where
        F: Clone + ToTokens,
    {
        let mut item = function.clone();
        let attributes = attributes(&mut item);
        let Some(position) = attributes.iter().position(is_coro) else {
            return;
        };
        let arguments = match attributes.remove(position).meta {
            Meta::List(list) => list.tokens,
            _ => TokenStream::new(),
        };
        self.found.push(Function {
            name: self.path.join("::"),
            span: function.span(),
            arguments,
            item: item.into_token_stream(),
            around: self.around.clone(),
        });
    }

    /// Visits what is inside of something with a name.
    fn inside(&mut self, name: String, around: Option<Item>, visit: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.around, around);
        self.path.push(name);
        visit(self);
        self.path.pop();
        self.around = outer;
    }
}

impl Visit<'_> for Functions {
    fn visit_item_mod(&mut self, module: &ItemMod) {
        self.inside(module.ident.to_string(), None, |this| {
            visit::visit_item_mod(this, module);
        });
    }

    fn visit_item_impl(&mut self, block: &ItemImpl) {
        let mut empty = block.clone();
        (empty.attrs, empty.items) = Default::default();
        let (name, around) = (type_name(&block.self_ty), Item::Impl(empty));
        self.inside(name, Some(around), |this| {
            visit::visit_item_impl(this, block);
        });
    }

    fn visit_item_trait(&mut self, block: &ItemTrait) {
        let mut empty = block.clone();
        (empty.attrs, empty.items) = Default::default();
        let (name, around) = (block.ident.to_string(), Item::Trait(empty));
        self.inside(name, Some(around), |this| {
            visit::visit_item_trait(this, block);
        });
    }

    fn visit_item_fn(&mut self, function: &ItemFn) {
        self.inside(function.sig.ident.to_string(), None, |this| {
            this.note(function, |function| &mut function.attrs);
            visit::visit_item_fn(this, function);
        });
    }

    fn visit_impl_item_fn(&mut self, function: &ImplItemFn) {
        let around = self.around.clone();
        self.inside(function.sig.ident.to_string(), around, |this| {
            this.note(function, |function| &mut function.attrs);
            visit::visit_impl_item_fn(this, function);
        });
    }

    fn visit_trait_item_fn(&mut self, function: &TraitItemFn) {
        let around = self.around.clone();
        self.inside(function.sig.ident.to_string(), around, |this| {
            this.note(function, |function| &mut function.attrs);
            visit::visit_trait_item_fn(this, function);
        });
    }
}

/// `#[coro]`, `#[coro(..)]` or `#[unawait::coro]`.
fn is_coro(attribute: &Attribute) -> bool {
    ends_in(attribute.path(), "coro")
}

fn ends_in(path: &syn::Path, name: &str) -> bool {
    let last = path.segments.last();
    last.is_some_and(|segment| segment.ident == name)
}

/// The type's name without its arguments.
fn type_name(ty: &Type) -> String {
    match ty {
        Type::Path(ty) if let Some(last) = ty.path.segments.last() => last.ident.to_string(),
        _ => ty.to_token_stream().to_string(),
    }
}

/// An error and where it is.
type Complaint = (Span, String);

impl Function {
    fn is_named(&self, wanted: &str) -> bool {
        self.name == wanted || self.name.ends_with(&format!("::{wanted}"))
    }

    /// The machine, formatted, or the errors that stand in its place.
    fn machine(&self) -> Result<String, Vec<Complaint>> {
        let expanded = unawait_transform::expand(self.arguments.clone(), self.item.clone());
        let file: syn::File = syn::parse2(self.wrap(expanded)).map_err(|error| {
            let text = format!("the machine does not parse: {error}");
            vec![(self.span, text)]
        })?;
        let mut errors = CompileErrors::default();
        errors.visit_file(&file);
        match errors.0.is_empty() {
            true => Ok(prettyplease::unparse(&file)),
            false => Err(errors.0),
        }
    }

    /// Puts a method back into the impl block or the trait that it comes from.
    fn wrap(&self, function: TokenStream) -> TokenStream {
        match self.around.clone() {
            Some(Item::Impl(mut block)) => {
                block.items.push(ImplItem::Verbatim(function));
                block.into_token_stream()
            }
            Some(Item::Trait(mut block)) => {
                block.items.push(TraitItem::Verbatim(function));
                block.into_token_stream()
            }
            _ => function,
        }
    }
}

/// The texts of all `compile_error!`.
#[derive(Default)]
struct CompileErrors(Vec<Complaint>);

impl Visit<'_> for CompileErrors {
    fn visit_macro(&mut self, mac: &Macro) {
        if ends_in(&mac.path, "compile_error")
            && let Ok(text) = mac.parse_body::<LitStr>()
        {
            self.0.push((mac.path.span(), text.value()));
        }
    }
}

fn main() -> ExitCode {
    support::main("expand FILE [FUNCTION]", arguments, print)
}

fn arguments(words: &[String]) -> Result<(String, Option<String>), String> {
    match words {
        [path] => Ok((path.clone(), None)),
        [path, function] => Ok((path.clone(), Some(function.clone()))),
        _ => Err("expected a file, and a function if not all are wanted".into()),
    }
}

fn print((path, wanted): (String, Option<String>), out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let located = |span: Span, text: String| {
        let start = span.start();
        format!("{path}:{}:{}: {text}", start.line, start.column + 1)
    };
    let text = fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
    let file = syn::parse_file(&text).map_err(|error| located(error.span(), error.to_string()))?;
    let functions = Functions::of(&file);
    let chosen = choose(&functions, wanted).map_err(|problem| format!("{path}: {problem}"))?;
    let mut complaints = Vec::new();
    for function in chosen {
        let (start, end) = (function.span.start().line, function.span.end().line);
        writeln!(out, "// {}, {path}:{start}", function.name)?;
        for line in text.lines().take(end).skip(start - 1) {
            writeln!(out, "{line}")?;
        }
        if let Some(stage) = unawait_transform::generator(function.item.clone()) {
            writeln!(out, "\n// as a generator, with `yield` for `await`\n{stage}")?;
        }
        match function.machine() {
            Ok(machine) => writeln!(out, "\n// the machine\n{machine}")?,
            Err(errors) => complaints.extend(errors),
        }
    }
    if complaints.is_empty() {
        return Ok(());
    }
    let complaints = complaints.into_iter();
    let lines: Vec<_> = complaints.map(|(span, text)| located(span, text)).collect();
    Err(lines.join("\n").into())
}

fn choose(functions: &[Function], wanted: Option<String>) -> Result<Vec<&Function>, String> {
    if functions.is_empty() {
        return Err("no `#[coro]` function".into());
    }
    let Some(wanted) = wanted else {
        return Ok(functions.iter().collect());
    };
    let named = functions.iter().filter(|function| function.is_named(&wanted));
    let chosen: Vec<_> = named.collect();
    if chosen.is_empty() {
        let names: Vec<_> = functions.iter().map(|function| &*function.name).collect();
        let names = names.join(", ");
        return Err(format!("no `#[coro]` function `{wanted}`; there is {names}"));
    }
    Ok(chosen)
}
