//! A burger shop on the event loop. `let burgers = get_burgers(2).await` waits for the burgers of one customer, while others
//! are served: the cashier takes the next order, and the grill is shared.
//!
//! ```text
//! cargo run --example get_burgers          # on virtual time
//! cargo run --example get_burgers -- 2 1 5    # burgers of each customer
//! ```
//!
//! The example `burgers` is the same shop as a web server, on tokio.

#[path = "support/say.rs"]
mod say;
mod support;

use std::error::Error;
use std::fmt;
use std::io::Write;
use std::process::ExitCode;
use std::rc::Rc;
use std::time::Duration;

use say::say_when;
use unawait::event_loop::EventLoop;
use unawait::prelude::*;
use unawait::sync::{Lock, Semaphore};
use unawait::task::gather;
use unawait::time::sleep;

/// What all customers share.
struct Shop {
    cashier: Lock<()>,
    /// Places on the grill.
    grill: Semaphore,
}

struct Burger(usize);

impl fmt::Display for Burger {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "#{}", self.0)
    }
}

impl Shop {
    fn new() -> Self {
        Shop {
            cashier: Lock::new(()),
            grill: Semaphore::new(4),
        }
    }

    /// Takes the order, and grills so many burgers: as many at once as there are places.
    #[coro]
    async fn get_burgers(self: &Rc<Self>, count: usize) -> Vec<Burger> {
        {
            let _turn = self.cashier.lock().await;
            sleep(Duration::from_secs(10)).await;
        }
        let burgers = (1..=count).map(|number| Rc::clone(self).grill(number));
        gather(burgers.collect::<Vec<_>>()).await
    }

    #[coro]
    async fn grill(self: Rc<Self>, number: usize) -> Burger {
        let _place = self.grill.acquire().await;
        sleep(Duration::from_mins(1)).await;
        Burger(number)
    }
}

#[coro]
async fn customer(shop: Rc<Shop>, name: usize, count: usize) {
    say_when(format_args!("customer {name} orders {count}"));
    let burgers = shop.get_burgers(count).await;
    let burgers: Vec<_> = burgers.iter().map(Burger::to_string).collect();
    say_when(format_args!("customer {name} eats {}", burgers.join(" ")));
}

#[coro]
async fn lunch(orders: Vec<usize>) {
    let shop = Rc::new(Shop::new());
    let customers = orders
        .into_iter()
        .zip(1..)
        .map(|(count, name)| customer(shop.clone(), name, count));
    gather(customers.collect::<Vec<_>>()).await;
    say_when("all have eaten");
}

fn main() -> ExitCode {
    support::main("get_burgers [BURGERS ..]", orders, |orders, _: &mut dyn Write| {
        print(orders)
    })
}

fn orders(words: &[String]) -> Result<Vec<usize>, String> {
    if words.is_empty() {
        return Ok(vec![2, 1, 3]);
    }
    let number = |word: &String| match word.parse() {
        Ok(count @ 1..=100) => Ok(count),
        _ => Err(format!("`{word}` is not a number from 1 to 100")),
    };
    words.iter().map(number).collect()
}

fn print(orders: Vec<usize>) -> Result<(), Box<dyn Error>> {
    EventLoop::with_virtual_time().run_until_complete(lunch(orders))?;
    Ok(())
}
