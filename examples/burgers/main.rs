//! A web server on tokio and axum, all of whose async functions are state machines of `#[coro]`.
//!
//! It cooks burgers: each is a delay that is awaited, and those of an order are cooked at once, as are the orders.
//!
//! ```text
//! cargo run --example burgers              # at some free port, which it prints
//! cargo run --example burgers -- 8080
//! cargo run --example burgers -- 8080 3    # ends after three answers
//! curl http://127.0.0.1:8080/burgers/7
//! ```

mod kitchen;
#[path = "../support/mod.rs"]
mod support;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use kitchen::Kitchen;
use std::error::Error;
use std::io::Write;
use std::net::Ipv4Addr;
use std::process::ExitCode;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use unawait::prelude::*;

/// Burgers in an order.
const MOST: usize = 100;

/// `GET /burgers/{count}`
#[coro]
async fn burgers(State(kitchen): State<Arc<Kitchen>>, Path(count): Path<String>) -> Response {
    let response = match order(&kitchen, &count).await {
        Ok(json) => ([(CONTENT_TYPE, "application/json")], json).into_response(),
        Err(reason) => (StatusCode::BAD_REQUEST, reason).into_response(),
    };
    kitchen.has_answered();
    response
}

/// Cooks so many burgers, or says why not.
#[coro]
async fn order(kitchen: &Kitchen, count: &str) -> Result<String, String> {
    let count = match count.parse() {
        Ok(count @ 1..=MOST) => count,
        Ok(0) => return Err("an order is one burger at least\n".into()),
        Ok(_) => return Err(format!("an order is {MOST} burgers at most\n")),
        Err(_) => return Err(format!("`{}` is not a number of burgers\n", count.escape_debug())),
    };
    let at_once = kitchen.cook(count).await;
    let busiest = kitchen.busiest();
    Ok(format!(
        "{{\"burgers\":{count},\"at_once\":{at_once},\"busiest\":{busiest}}}\n"
    ))
}

/// Serves until so many answers are given.
#[coro]
async fn serve(port: u16, answers: usize, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    writeln!(out, "http://{}", listener.local_addr()?)?;
    out.flush()?;
    let kitchen = Arc::new(Kitchen::new(answers));
    let router = Router::new()
        .route("/burgers/{count}", get(burgers))
        .with_state(Arc::clone(&kitchen));
    axum::serve(listener, router)
        .with_graceful_shutdown(kitchen::closing(kitchen))
        .await?;
    Ok(())
}

fn main() -> ExitCode {
    support::main("burgers [PORT [ANSWERS]]", arguments, |(port, answers), out| {
        Runtime::new()?.block_on(serve(port, answers, out))
    })
}

fn arguments(words: &[String]) -> Result<(u16, usize), String> {
    let port = |word: &String| {
        let complaint = |_| format!("`{word}` is not a port from 0 to 65535");
        word.parse().map_err(complaint)
    };
    match words {
        [] => Ok((0, usize::MAX)),
        [word] => Ok((port(word)?, usize::MAX)),
        [word, answers] => match answers.parse() {
            Ok(answers) if answers > 0 => Ok((port(word)?, answers)),
            _ => Err(format!("`{answers}` is not a number of answers from 1")),
        },
        _ => Err("a port and a number at most".into()),
    }
}
