//! What becomes of each way to leave.

use super::*;
use quote::quote;

#[track_caller]
fn assert_enclosed(code: &str, returns: &str, after: &After, expected: Option<&str>) {
    let block: Block = syn::parse_str(&format!("{{ {code} }}")).expect("a block");
    let ty: syn::Type = syn::parse_str(returns).expect("a type");
    let shape = crate::signature::try_shape(&ty);
    let found = enclose(&block.stmts, after, shape.as_ref(), Span::call_site());
    let expected: Option<Stmt> = expected.map(|text| {
        let block: Block = syn::parse_str(&format!("{{ {text} }}")).expect("a block");
        block.stmts[0].clone()
    });
    let text = |stmt: &Option<Stmt>| quote!(#stmt).to_string().replace(":: core :: ops :: ", "");
    assert_eq!(text(&found), text(&expected), "{code}");
}

#[test]
fn ways_to_leave() {
    let next = After::Loop(None);
    let cases = [
        (
            "a()?;",
            "io::Result<u32>",
            "async { a()?; io::Result::<_>::Ok(()) }.await?",
        ),
        ("a()?", "Result<u32, E>", "async { a()?; Ok::<_, E>(()) }.await?"),
        (
            "if a { continue; } b();",
            "u32",
            "async { if a { return; } b(); }.await",
        ),
        (
            "if a() { break; } b();",
            "u32",
            "if async { if a() { return ControlFlow::Break(()); } b(); ControlFlow::Continue(()) }.await.is_break() { break; }",
        ),
        (
            "if a()? { return Ok(list); } b();",
            "Result<Vec<u32>>",
            "if async { if a()? { return Ok(ControlFlow::Break(())); } b(); Result::<_>::Ok(ControlFlow::Continue(())) }.await?.is_break() { return Ok(list); }",
        ),
        (
            "if a()? { return Ok(b()); } return Err(c);",
            "Result<u32, E>",
            "if let ControlFlow::Break(value) = async { if a()? { return Ok(ControlFlow::Break(b())); } return Err(c); }.await? { return Ok(value); }",
        ),
    ];
    let cases = cases.into_iter().chain([
        (
            "if a { return Err(c); } if b { break; }",
            "Result<u32, E>",
            "if async { if a { return Err(c); } if b { return Ok(ControlFlow::Break(())); } Ok::<_, E>(ControlFlow::Continue(())) }.await?.is_break() { break; }",
        ),
        (
            "if a { return None; } if b { return Some(d()); } c()?;",
            "Option<u32>",
            "if let ControlFlow::Break(value) = async { if a { return None; } if b { return Some(ControlFlow::Break(d())); } c()?; Some(ControlFlow::Continue(())) }.await? { return Some(value); }",
        ),
    ]);
    let cases = cases.chain([
        (
            "if a()? { continue; } break 'outer b;",
            "Option<u32>",
            "if let ControlFlow::Break(value) = async { if a()? { return Some(ControlFlow::Continue(())); } return Some(ControlFlow::Break(b)); }.await? { break 'outer value; }",
        ),
        (
            "if a { break; } else if b { return; } c();",
            "()",
            "match async { if a { return ControlFlow::Break(None); } else if b { return ControlFlow::Break(Some(())); } c(); ControlFlow::Continue(()) }.await { ControlFlow::Continue(()) => {} ControlFlow::Break(Some(value)) => return value, ControlFlow::Break(None) => break, }",
        ),
        (
            "if a()? { return Ok(b); } if c { break 1; }",
            "Result<u32, E>",
            "match async { if a()? { return Ok(ControlFlow::Break(ControlFlow::Break(b))); } if c { return Ok(ControlFlow::Break(ControlFlow::Continue(1))); } Ok::<_, E>(ControlFlow::Continue(())) }.await? { ControlFlow::Continue(()) => {} ControlFlow::Break(ControlFlow::Break(value)) => return Ok(value), ControlFlow::Break(ControlFlow::Continue(value)) => break value, }",
        ),
        (
            "if a()? { continue 'outer; } return Ok(b);",
            "Result<u32, E>",
            "match async { if a()? { return Ok(ControlFlow::Break(None)); } return Ok(ControlFlow::Break(Some(b))); }.await? { ControlFlow::Continue(()) => {} ControlFlow::Break(Some(value)) => return Ok(value), ControlFlow::Break(None) => continue 'outer, }",
        ),
    ]);
    for (code, returns, expected) in cases {
        assert_enclosed(code, returns, &next, Some(expected));
    }
    assert_enclosed("bail!(return);", "()", &next, None);
    assert_enclosed("a()?;", "fmt::Result", &next, None);
    assert_enclosed(
        "if a { continue; } b();",
        "()",
        &After::Code,
        Some(
            "if async { if a { return ControlFlow::Break(()); } b(); ControlFlow::Continue(()) }.await.is_break() { continue; }",
        ),
    );
}

#[test]
fn several_loops() {
    let cases = [
        (
            "if a { break; } else { break 'outer; }",
            "()",
            "match async { if a { return ControlFlow::Break(ControlFlow::Break(())); } else { return ControlFlow::Break(ControlFlow::Continue(())); } ControlFlow::Continue(()) }.await { ControlFlow::Continue(()) => {} ControlFlow::Break(ControlFlow::Break(())) => break, ControlFlow::Break(ControlFlow::Continue(())) => break 'outer, }",
        ),
        (
            "if a { continue 'outer; } if b { continue; } break;",
            "()",
            "match async { if a { return ControlFlow::Break(ControlFlow::Continue(())); } if b { return ControlFlow::Continue(()); } return ControlFlow::Break(ControlFlow::Break(())); }.await { ControlFlow::Continue(()) => {} ControlFlow::Break(ControlFlow::Break(())) => break, ControlFlow::Break(ControlFlow::Continue(())) => continue 'outer, }",
        ),
        (
            "if a()? { return Some(b); } if c { break 'outer 1; } break 2;",
            "Option<u32>",
            "match async { if a()? { return Some(ControlFlow::Break(ControlFlow::Break(b))); } if c { return Some(ControlFlow::Break(ControlFlow::Continue(ControlFlow::Break(1)))); } return Some(ControlFlow::Break(ControlFlow::Continue(ControlFlow::Continue(2)))); }.await? { ControlFlow::Continue(()) => {} ControlFlow::Break(ControlFlow::Break(value)) => return Some(value), ControlFlow::Break(ControlFlow::Continue(ControlFlow::Break(value))) => break 'outer value, ControlFlow::Break(ControlFlow::Continue(ControlFlow::Continue(value))) => break value, }",
        ),
    ];
    for (code, returns, expected) in cases {
        assert_enclosed(code, returns, &After::Loop(None), Some(expected));
    }
}
