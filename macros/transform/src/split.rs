//! A variable that is used part by part -> a variable for each part.
//!
//! ```text
//! // Input:
//! for item in page.items { yield_!(item) } next = page.next;
//! // Output:
//! let page_items = page.items; let page_next = page.next;
//! for item in page_items { yield_!(item) } next = page_next;
//! ```
//!
//! What a partial move leaves cannot move from state to state as a whole. Where the code mentions nothing but fields of
//! the variable, the fields can.

use proc_macro2::Ident;
use syn::{Expr, Member, Stmt, visit_mut::VisitMut};

use crate::{
    expand::Names,
    scoped::{Context, Scoped, Visitor},
    syntax,
};

/// A field and the variable that it becomes.
pub(crate) struct Field {
    pub member: Member,
    pub variable: Ident,
}

/// Replaces the fields of `whole` in the statements; `None`, and nothing is changed, if it is mentioned otherwise.
pub(crate) fn split(stmts: &mut [Stmt], whole: &Ident, names: &Names) -> Option<Vec<Field>> {
    let mut replaced = stmts.to_vec();
    let mut split = Split {
        whole,
        names,
        fields: Vec::new(),
        otherwise: false,
    };
    let mut walk = Scoped::new(&mut split);
    // One walk over all, as if they were a block: a later `let` of the same name hides the variable.
    let mut block = syn::Block {
        brace_token: Default::default(),
        stmts: std::mem::take(&mut replaced),
    };
    walk.visit_block_mut(&mut block);
    if split.otherwise || split.fields.is_empty() {
        return None;
    }
    stmts.clone_from_slice(&block.stmts);
    Some(split.fields)
}

struct Split<'a> {
    whole: &'a Ident,
    names: &'a Names,
    fields: Vec<Field>,
    otherwise: bool,
}

impl Visitor for Split<'_> {
    fn variable(&mut self, name: &Ident) -> Option<Ident> {
        self.otherwise |= name == self.whole;
        None
    }

    fn expression(&mut self, expr: &mut Expr, context: &Context) -> bool {
        let Expr::Field(field) = expr else {
            return false;
        };
        let ours = syntax::variable(&field.base) == Some(self.whole) && !context.bound.contains(self.whole);
        if ours {
            let variable = self.variable_for(&field.member);
            *expr = syn::parse_quote!(#variable);
        }
        ours
    }
}

impl Split<'_> {
    fn variable_for(&mut self, member: &Member) -> Ident {
        if let Some(field) = self.fields.iter().find(|field| field.member == *member) {
            return field.variable.clone();
        }
        let name = match member {
            Member::Named(name) => name.to_string(),
            Member::Unnamed(index) => index.index.to_string(),
        };
        let wish = Ident::new(
            &format!("{}_{}", self.whole, name.trim_start_matches("r#")),
            self.whole.span(),
        );
        let variable = self.names.another(&wish);
        self.fields.push(Field {
            member: member.clone(),
            variable: variable.clone(),
        });
        variable
    }
}
