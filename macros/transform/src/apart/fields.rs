//! The mentions of a reference that are all of its fields, as mentions of variables: `name.field` becomes `*field`, and `field`
//! where that is the same, as in `field.push(1)`, `field[0]` and `yield field`.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::{
    Block, Expr, ExprAsync, ExprClosure, ExprField, ExprForLoop, ExprLoop, ExprMethodCall, ExprWhile, Item, Macro,
    Member, Path, Stmt, parse_quote,
    visit_mut::{self, VisitMut},
};

use crate::{names::Namespace, std_macros, syntax};

/// The fields of a reference that a block mentions, in order of appearance.
pub(super) struct Fields {
    of: Ident,
    fields: Vec<Field>,
}

struct Field {
    member: Member,
    /// The variable that it becomes.
    name: Ident,
    mentions: usize,
    /// Some mention may be evaluated more than once.
    again: bool,
}

impl Fields {
    /// `None` if the block mentions the reference otherwise than by its fields, or no two of them.
    pub fn of(block: &Block, of: &Ident) -> Option<Self> {
        let mut walk = Walk::new(of, None);
        walk.visit_block_mut(&mut block.clone());
        (!walk.whole && walk.fields.len() > 1).then(|| Fields {
            of: of.clone(),
            fields: walk.fields,
        })
    }

    /// With names that nothing else has.
    pub fn named(mut self, body: &Block, namespace: &mut Namespace) -> Self {
        let written = Namespace::of(body.to_token_stream());
        for field in &mut self.fields {
            let name = match &field.member {
                Member::Named(name) => name.to_string(),
                Member::Unnamed(index) => format!("{}_{}", self.of, index.index),
            };
            let span = syn::spanned::Spanned::span(&field.member);
            field.name = match written.mentions_bare(&name) || namespace.mentions_bare(&name) {
                true => namespace.fresh_ident(&format!("{}_{}", self.of, field.member.to_token_stream()), span),
                false => Ident::new(&name, span),
            };
        }
        self
    }

    pub fn rewrite(&self, block: &mut Block) {
        Walk::new(&self.of, Some(self)).visit_block_mut(block);
    }

    /// `let Self { items, count, .. } = self;`
    pub fn pattern(&self, path: &Path) -> Stmt {
        let parts = self.fields.iter().map(|Field { member, name, .. }| match member {
            Member::Named(field) if field == name => quote!(#name),
            _ => quote!(#member: #name),
        });
        let of = &self.of;
        parse_quote!(let #path { #(#parts,)* .. } = #of;)
    }

    /// `let item = &mut n.item; let next = &mut n.next;`
    pub fn borrows(&self) -> Vec<Stmt> {
        let of = &self.of;
        let borrow = |Field { member, name, .. }: &Field| parse_quote!(let #name = &mut #of.#member;);
        self.fields.iter().map(borrow).collect()
    }

    fn field(&self, member: &Member) -> Option<&Field> {
        self.fields.iter().find(|field| field.member == *member)
    }
}

/// `field` of `name.field`
pub(super) fn field_of<'e>(expr: &'e Expr, name: &Ident) -> Option<&'e Member> {
    match syntax::inner(expr) {
        Expr::Field(ExprField { base, member, .. }) if syntax::variable(base) == Some(name) => Some(member),
        _ => None,
    }
}

struct Walk<'f> {
    of: &'f Ident,
    /// What the mentions become, once that is known.
    names: Option<&'f Fields>,
    fields: Vec<Field>,
    /// Loops and closures around.
    again: usize,
    /// Code that would take what it mentions.
    takes: usize,
    /// The reference is mentioned otherwise.
    whole: bool,
}

impl<'f> Walk<'f> {
    fn new(of: &'f Ident, names: Option<&'f Fields>) -> Self {
        Walk {
            of,
            names,
            fields: Vec::new(),
            again: 0,
            takes: 0,
            whole: false,
        }
    }

    /// Notes a mention of a field; the variable that it becomes, if that is known.
    fn mention(&mut self, member: &Member) -> Option<&'f Field> {
        self.whole |= self.takes > 0;
        if let Some(names) = self.names {
            return names.field(member);
        }
        let again = self.again > 0;
        match self.fields.iter_mut().find(|field| field.member == *member) {
            Some(field) => {
                field.mentions += 1;
                field.again |= again;
            }
            None => self.fields.push(Field {
                member: member.clone(),
                name: format_ident!("_"),
                mentions: 1,
                again,
            }),
        }
        None
    }

    /// The same of an expression, if it is one.
    fn mentioned(&mut self, expr: &Expr) -> Option<Option<&'f Field>> {
        let member = field_of(expr, self.of)?.clone();
        Some(self.mention(&member))
    }

    /// What is yielded is given away.
    fn yielded(&mut self, value: &mut Expr) {
        match value {
            Expr::Reference(reference) if reference.mutability.is_some() => match self.mentioned(&reference.expr) {
                Some(Some(Field { name, .. })) => *value = syntax::mention(name),
                Some(None) => {}
                None => self.visit_expr_mut(value),
            },
            Expr::Tuple(tuple) => tuple.elems.iter_mut().for_each(|part| self.yielded(part)),
            Expr::Call(call) if syntax::is_constructor(&call.func) => {
                call.args.iter_mut().for_each(|part| self.yielded(part));
            }
            other => self.visit_expr_mut(other),
        }
    }

    /// `name.field.push(1)`, `name.field.part`, `name.field[0]`
    fn base(&mut self, base: &mut Expr, same: bool) {
        match self.mentioned(base) {
            Some(Some(Field { name, .. })) if same => *base = syntax::mention(name),
            Some(Some(Field { name, .. })) => *base = parse_quote!((*#name)),
            Some(None) => {}
            None => self.visit_expr_mut(base),
        }
    }

    fn again(&mut self, walk: impl FnOnce(&mut Self)) {
        self.again += 1;
        walk(self);
        self.again -= 1;
    }

    /// The arguments of a macro, as they are written.
    fn tokens(&mut self, tokens: TokenStream) -> TokenStream {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let (mut rewritten, mut at) = (TokenStream::new(), 0);
        while let Some(token) = tokens.get(at) {
            at += 1;
            match token {
                TokenTree::Group(group) => {
                    let mut inner = Group::new(group.delimiter(), self.tokens(group.stream()));
                    inner.set_span(group.span());
                    rewritten.extend([TokenTree::Group(inner)]);
                }
                TokenTree::Ident(name) if name == self.of => match field_in(&tokens[at..]) {
                    Some((member, part)) => {
                        at += 2;
                        rewritten.extend(match (self.mention(&member), part) {
                            (Some(Field { name, .. }), true) => quote!((*#name)),
                            (Some(Field { name, .. }), false) => quote!(*#name),
                            (None, _) => TokenStream::new(),
                        });
                    }
                    None => self.whole = true,
                },
                TokenTree::Literal(text) => {
                    self.whole |= text.to_string().contains(&format!("{{{}", self.of));
                    rewritten.extend([token.clone()]);
                }
                other => rewritten.extend([other.clone()]),
            }
        }
        rewritten
    }
}

/// `field` of `.field`, and whether more of the place follows; `None` of a call of a method.
fn field_in(tokens: &[TokenTree]) -> Option<(Member, bool)> {
    let [TokenTree::Punct(dot), member, rest @ ..] = tokens else {
        return None;
    };
    let member: Member = syn::parse2(member.to_token_stream()).ok()?;
    let (calls, part) = match rest.first() {
        Some(TokenTree::Group(group)) => (group.delimiter() == proc_macro2::Delimiter::Parenthesis, true),
        Some(TokenTree::Punct(next)) => (false, matches!(next.as_char(), '.' | '?')),
        _ => (false, false),
    };
    (dot.as_char() == '.' && !calls).then_some((member, part))
}

impl VisitMut for Walk<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Some(mentioned) = self.mentioned(expr) {
            if let Some(Field { name, .. }) = mentioned {
                *expr = parse_quote!(*#name);
            }
            return;
        }
        match expr {
            Expr::Path(_) => self.whole |= syntax::variable(expr) == Some(self.of),
            Expr::Yield(suspension) => suspension.expr.iter_mut().for_each(|value| self.yielded(value)),
            Expr::Reference(reference) if reference.mutability.is_some() => match self.mentioned(&reference.expr) {
                Some(Some(field)) if field.mentions == 1 && !field.again => *expr = syntax::mention(&field.name),
                Some(Some(Field { name, .. })) => *reference.expr = parse_quote!(*#name),
                Some(None) => {}
                None => self.visit_expr_mut(&mut reference.expr),
            },
            Expr::MethodCall(ExprMethodCall {
                receiver, method, args, ..
            }) => {
                self.base(receiver, is_of_std(method));
                args.iter_mut().for_each(|argument| self.visit_expr_mut(argument));
            }
            Expr::Field(part) => self.base(&mut part.base, true),
            Expr::Index(part) => {
                self.base(&mut part.expr, true);
                self.visit_expr_mut(&mut part.index);
            }
            Expr::Try(fallible) => self.base(&mut fallible.expr, false),
            other => visit_mut::visit_expr_mut(self, other),
        }
    }

    fn visit_expr_closure_mut(&mut self, closure: &mut ExprClosure) {
        let takes = usize::from(closure.capture.is_some());
        self.takes += takes;
        self.again(|walk| visit_mut::visit_expr_closure_mut(walk, closure));
        self.takes -= takes;
    }

    fn visit_expr_async_mut(&mut self, block: &mut ExprAsync) {
        self.takes += 1;
        visit_mut::visit_expr_async_mut(self, block);
        self.takes -= 1;
    }

    fn visit_expr_for_loop_mut(&mut self, expr: &mut ExprForLoop) {
        self.visit_expr_mut(&mut expr.expr);
        self.visit_pat_mut(&mut expr.pat);
        self.again(|walk| walk.visit_block_mut(&mut expr.body));
    }

    fn visit_expr_loop_mut(&mut self, expr: &mut ExprLoop) {
        self.again(|walk| visit_mut::visit_expr_loop_mut(walk, expr));
    }

    fn visit_expr_while_mut(&mut self, expr: &mut ExprWhile) {
        self.again(|walk| visit_mut::visit_expr_while_mut(walk, expr));
    }

    fn visit_pat_ident_mut(&mut self, pat: &mut syn::PatIdent) {
        self.whole |= pat.ident == *self.of;
        visit_mut::visit_pat_ident_mut(self, pat);
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        let known = std_macros::parse(mac).is_some();
        if known {
            mac.tokens = self.tokens(mac.tokens.clone());
        } else {
            self.whole |= Namespace::of(mac.tokens.clone()).mentions(&self.of.to_string());
        }
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
}

/// Methods that std's types have, and that borrow: they mean the same of a reference.
fn is_of_std(method: &Ident) -> bool {
    matches!(
        method.to_string().as_str(),
        "append"
            | "as_deref"
            | "as_deref_mut"
            | "as_mut"
            | "as_mut_slice"
            | "clear"
            | "contains"
            | "contains_key"
            | "drain"
            | "entry"
            | "extend"
            | "first"
            | "first_mut"
            | "get"
            | "get_mut"
            | "insert"
            | "is_empty"
            | "is_none"
            | "is_some"
            | "iter"
            | "iter_mut"
            | "last"
            | "last_mut"
            | "len"
            | "next"
            | "pop"
            | "pop_back"
            | "pop_front"
            | "push"
            | "push_back"
            | "push_front"
            | "push_str"
            | "remove"
            | "retain"
            | "split_at_mut"
            | "swap"
            | "swap_remove"
            | "take"
            | "truncate"
            | "values_mut"
    )
}
