//! Exits of the code in a block -> exits of the block.

use syn::{Expr, parse_quote_spanned, visit_mut::VisitMut};

use super::{Flow, Leave, is_failure};
use crate::{
    desugar,
    scoped::{Context, Scoped, Visitor},
    span::ours,
};

/// Makes exits those of the block.
pub(super) struct Rewrite<'l>(pub &'l Leave<'l>);

impl Visitor for Rewrite<'_> {
    fn expression(&mut self, expr: &mut Expr, context: &Context) -> bool {
        let leave = self.0;
        let at = ours(leave.at);
        let unit: Expr = parse_quote_spanned!(at=> ());
        match expr {
            Expr::Return(jump) => {
                if leave.shape.is_some() && is_failure(jump.expr.as_deref()) {
                    return true;
                }
                let value = match leave.flow {
                    Flow::Return | Flow::Either(_) | Flow::Both(_) | Flow::Several(_) => {
                        leave.returned(jump.expr.as_deref())
                    }
                    _ => leave.jumped(),
                };
                *expr = parse_quote_spanned!(at=> return #value);
            }
            Expr::Break(jump) if !context.encloses(jump.label.as_ref().map(|label| &label.ident)) => {
                let value = match (&leave.flow, &jump.expr) {
                    (Flow::Several(ways), value) => {
                        leave.broken(&ways.breaking(jump.label.as_ref(), value.as_deref(), at))
                    }
                    (_, Some(value)) => leave.breaking(value),
                    (_, None) => leave.jumped(),
                };
                *expr = parse_quote_spanned!(at=> return #value);
            }
            Expr::Continue(jump) if !context.encloses(jump.label.as_ref().map(|label| &label.ident)) => {
                let way = match &leave.flow {
                    Flow::Several(ways) => ways.continuing(jump.label.as_ref(), at),
                    _ => None,
                };
                *expr = match (leave.has_flow(), leave.shape) {
                    _ if let Some(way) = &way => {
                        let value = leave.broken(way);
                        parse_quote_spanned!(at=> return #value)
                    }
                    _ if matches!(
                        leave.flow,
                        Flow::Jump(Expr::Continue(_)) | Flow::Either(Expr::Continue(_))
                    ) =>
                    {
                        let value = leave.jumped();
                        parse_quote_spanned!(at=> return #value)
                    }
                    (false, None) => parse_quote_spanned!(at=> return),
                    (true, _) => {
                        let value = parse_quote_spanned!(at=> ::core::ops::ControlFlow::Continue(()));
                        let value = leave.given(&value);
                        parse_quote_spanned!(at=> return #value)
                    }
                    (false, Some(_)) => {
                        let value = leave.given(&unit);
                        parse_quote_spanned!(at=> return #value)
                    }
                };
            }
            Expr::Macro(mac) if desugar::is_awaiting(&mac.mac) => {
                let Some(mut handlers) = desugar::handlers(&mac.mac) else {
                    return false;
                };
                let mut walk = Scoped::within(self, context);
                handlers.iter_mut().for_each(|handler| walk.visit_expr_mut(handler));
                if let Some(tokens) = desugar::with_handlers(&mac.mac, handlers) {
                    mac.mac.tokens = tokens;
                }
            }
            _ => return false,
        }
        true
    }
}
