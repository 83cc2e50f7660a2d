//! Expansions compile where the function stood: without the macro, without unsafe code, with all warnings denied.
//!
//! Every input and every example becomes a module of one crate below the target directory.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::Ident;
use quote::ToTokens;
use syn::visit_mut::VisitMut;
use syn::{File, Item, ItemEnum, ItemUse, UseTree, parse_quote};

use crate::size::collect;
use crate::snapshots::inputs;
use crate::source::{expand, path};

/// What the crates of pasted expansions have at their top. Not everything in them is called.
const STRICT: &str = "#![deny(warnings)]\n#![forbid(unsafe_code)]\n#![allow(dead_code)]\n";

/// The inputs that need no allocator, and so no std.
const NO_STD: [&str; 10] = [
    "copied",
    "dead_values",
    "fib",
    "first_input",
    "for_loop",
    "generic",
    "match_value",
    "short_circuit",
    "shadowing",
    "while_loop",
];

#[test]
fn pasted_expansions_compile() {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pasted");
    let _ = fs::remove_dir_all(&directory);
    let inputs: Vec<_> = inputs().iter().map(|input| paste(input, &directory).path).collect();
    let mut examples = Vec::new();
    collect(&path("examples"), &mut examples);
    let examples: Vec<_> = examples.iter().map(|example| paste(example, &directory)).collect();
    let roots = examples
        .into_iter()
        .filter(|example| example.is_root)
        .map(|example| example.path);
    let modules = inputs.iter().cloned().chain(roots);
    let everything = write(&directory.join("everything.rs"), STRICT, modules);

    let needs_no_std = |input: &&PathBuf| {
        let name = input.file_stem().and_then(|name| name.to_str());
        name.is_some_and(|name| NO_STD.contains(&name))
    };
    let modules: Vec<_> = inputs.iter().filter(needs_no_std).cloned().collect();
    assert_eq!(modules.len(), NO_STD.len());
    // std starts the program, but no name leads to it.
    let head = format!("#![no_std]\n{STRICT}extern crate std as _;\n");
    let no_std = write(&directory.join("no_std.rs"), &head, modules.into_iter());

    let tests = trybuild::TestCases::new();
    tests.pass(everything);
    tests.pass(no_std);
}

fn has_main(file: &File) -> bool {
    file.items
        .iter()
        .any(|item| matches!(item, Item::Fn(function) if function.sig.ident == "main"))
}

/// Writes a crate with these modules, and nothing to do.
fn write(root: &Path, head: &str, modules: impl Iterator<Item = PathBuf>) -> PathBuf {
    let mut text = String::from(head);
    for (number, module) in modules.enumerate() {
        let module = module.display();
        writeln!(text, "#[path = {:?}]\nmod pasted_{number};", module.to_string()).expect("a string takes all");
    }
    text += "fn main() {}\n";
    fs::write(root, text).expect("the target directory can be written");
    root.to_owned()
}

struct Pasted {
    path: PathBuf,
    /// A program; examples of several files have others beside it.
    is_root: bool,
}

/// Writes the expansion of a file to the same place below the directory.
fn paste(source: &Path, directory: &Path) -> Pasted {
    let relative = source.strip_prefix(path("")).expect("it is in the repository");
    let path = directory.join(relative);
    fs::create_dir_all(path.parent().expect("it is below")).expect("the target directory can be written");
    let mut file = expand(source).file;
    let is_root = has_main(&file);
    Loosen { is_root }.visit_file_mut(&mut file);
    fs::write(&path, prettyplease::unparse(&file)).expect("the target directory can be written");
    Pasted { path, is_root }
}

/// Nothing but the expansions is under test.
struct Loosen {
    is_root: bool,
}

impl VisitMut for Loosen {
    fn visit_item_use_mut(&mut self, item: &mut ItemUse) {
        let UseTree::Path(tree) = &mut item.tree else {
            return;
        };
        if tree.ident == "unawait" {
            // Who pastes an expansion has no more use for the macro.
            item.attrs.push(parse_quote!(#[allow(unused_imports)]));
        } else if tree.ident == "crate" && !self.is_root {
            // The root of the example is a module here.
            tree.ident = Ident::new("super", tree.ident.span());
        }
    }

    /// In spite of what the crate allows, each state has to be reached.
    fn visit_item_enum_mut(&mut self, item: &mut ItemEnum) {
        if item.ident.to_token_stream().to_string().starts_with("State") {
            item.attrs.push(parse_quote!(#[deny(dead_code)]));
        }
    }
}
