//! Items of nested blocks that are suspended -> items at the top of the function.
//!
//! The block will be in several arms, so its items cannot stay in it. An item whose name means something else outside of
//! its block is renamed within it.

use std::collections::BTreeMap;

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{
    Block, Item, Macro, Stmt, UseTree,
    visit::{self, Visit},
    visit_mut::{self, VisitMut},
};

use crate::{names::Namespace, source, std_macros};

/// Takes the items of nested blocks out of the body, which is not desugared yet.
pub(crate) fn hoist(body: &mut Block) -> Vec<Item> {
    item_macros(body);
    let mut nested = NestedItems(false);
    visit::visit_block(&mut nested, body);
    if !nested.0 {
        return Vec::new();
    }
    let mut counts = BTreeMap::new();
    count(body.to_token_stream(), &mut counts);
    let mut walk = Hoist {
        counts,
        names: Namespace::of(body.to_token_stream()),
        items: Vec::new(),
    };
    visit_mut::visit_block_mut(&mut walk, body);
    walk.items
}

/// `thread_local! { .. }` and the like are items, though they look like statements.
fn item_macros(block: &mut Block) {
    for stmt in &mut block.stmts {
        if let Stmt::Macro(mac) = stmt
            && is_item(&mac.mac)
        {
            *stmt = Stmt::Item(Item::Macro(syn::ItemMacro {
                attrs: std::mem::take(&mut mac.attrs),
                ident: None,
                mac: mac.mac.clone(),
                semi_token: mac.semi_token,
            }));
        }
    }
}

fn is_item(mac: &Macro) -> bool {
    let name = mac.path.segments.last().map(|segment| &segment.ident);
    name.is_some_and(|name| {
        ["thread_local", "task_local", "lazy_static"]
            .iter()
            .any(|item| name == item)
    })
}

/// Whether a nested block has items.
struct NestedItems(bool);

impl<'s> Visit<'s> for NestedItems {
    fn visit_item(&mut self, _: &'s Item) {}

    fn visit_block(&mut self, block: &'s Block) {
        self.0 |= block.stmts.iter().any(|stmt| match stmt {
            Stmt::Item(_) => true,
            Stmt::Macro(mac) => is_item(&mac.mac),
            Stmt::Local(_) | Stmt::Expr(..) => false,
        });
        visit::visit_block(self, block);
    }
}

struct Hoist {
    /// How often each identifier occurs in the function.
    counts: BTreeMap<String, usize>,
    names: Namespace,
    items: Vec<Item>,
}

impl VisitMut for Hoist {
    fn visit_item_mut(&mut self, _: &mut Item) {}

    fn visit_block_mut(&mut self, block: &mut Block) {
        item_macros(block);
        let has_items = block.stmts.iter().any(|stmt| matches!(stmt, Stmt::Item(_)));
        if has_items && std_macros::hidden_suspension(block.to_token_stream()).is_some() {
            self.take_items(block);
        }
        visit_mut::visit_block_mut(self, block);
    }
}

impl Hoist {
    fn take_items(&mut self, block: &mut Block) {
        let mut inside = BTreeMap::new();
        count(block.to_token_stream(), &mut inside);
        let mut renames = BTreeMap::new();
        for stmt in &block.stmts {
            if let Stmt::Item(item) = stmt {
                for name in declared(item) {
                    if self.counts.get(&name) != inside.get(&name) {
                        let new = self.names.fresh(&format!("{name}_1"));
                        renames.insert(name, new);
                    }
                }
            }
        }
        if !renames.is_empty() {
            let mut renamed = block.clone();
            for stmt in &mut renamed.stmts {
                if let Stmt::Item(Item::Use(import)) = stmt {
                    rename_import(&mut import.tree, &renames);
                }
            }
            let (imports, others): (Vec<_>, Vec<_>) = renamed
                .stmts
                .into_iter()
                .partition(|stmt| matches!(stmt, Stmt::Item(Item::Use(_))));
            let others: TokenStream = others
                .into_iter()
                .map(|stmt| rename(stmt.to_token_stream(), &renames))
                .collect();
            let Ok(others) = syn::parse::Parser::parse2(Block::parse_within, others) else {
                return;
            };
            block.stmts = imports.into_iter().chain(others).collect();
        }
        let stmts = std::mem::take(&mut block.stmts);
        for stmt in stmts {
            match stmt {
                Stmt::Item(item) => self.items.push(item),
                other => block.stmts.push(other),
            }
        }
    }
}

fn count(tokens: TokenStream, counts: &mut BTreeMap<String, usize>) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => *counts.entry(ident.to_string()).or_insert(0) += 1,
            TokenTree::Group(group) => count(group.stream(), counts),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// The names that an item brings into scope.
fn declared(item: &Item) -> Vec<String> {
    let ident = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Mod(item) => &item.ident,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        Item::Macro(item) => return item.ident.iter().map(Ident::to_string).collect(),
        Item::Use(item) => {
            let mut names = Vec::new();
            imported(&item.tree, &mut names);
            return names;
        }
        _ => return Vec::new(),
    };
    vec![ident.to_string()]
}

fn imported(tree: &UseTree, names: &mut Vec<String>) {
    match tree {
        UseTree::Path(path) => imported(&path.tree, names),
        UseTree::Name(name) => names.push(name.ident.to_string()),
        UseTree::Rename(rename) if rename.rename != "_" => names.push(rename.rename.to_string()),
        UseTree::Group(group) => group.items.iter().for_each(|tree| imported(tree, names)),
        UseTree::Rename(_) | UseTree::Glob(_) => {}
    }
}

fn rename_import(tree: &mut UseTree, renames: &BTreeMap<String, String>) {
    let new = |ident: &Ident| renames.get(&ident.to_string()).map(|new| Ident::new(new, ident.span()));
    match tree {
        UseTree::Path(path) => rename_import(&mut path.tree, renames),
        UseTree::Name(name) => {
            if let Some(new) = new(&name.ident) {
                *tree = UseTree::Rename(syn::UseRename {
                    ident: name.ident.clone(),
                    as_token: Default::default(),
                    rename: new,
                });
            }
        }
        UseTree::Rename(rename) => {
            if let Some(new) = new(&rename.rename) {
                rename.rename = new;
            }
        }
        UseTree::Group(group) => group.items.iter_mut().for_each(|tree| rename_import(tree, renames)),
        UseTree::Glob(_) => {}
    }
}

/// Renames identifiers that are not fields or methods.
fn rename(tokens: TokenStream, renames: &BTreeMap<String, String>) -> TokenStream {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let renamed = |(index, token): (usize, &TokenTree)| match token {
        TokenTree::Ident(ident) if !source::is_member(&tokens[..index]) => match renames.get(&ident.to_string()) {
            Some(new) => TokenTree::Ident(Ident::new(new, ident.span())),
            None => token.clone(),
        },
        TokenTree::Group(group) => {
            let mut new = Group::new(group.delimiter(), rename(group.stream(), renames));
            new.set_span(group.span());
            TokenTree::Group(new)
        }
        other => other.clone(),
    };
    tokens.iter().enumerate().map(renamed).collect()
}
