//! A part of a new value, or of a local, is taken by a pattern that leaves the rest by `..` or `_`: the rest drops in its turn.

#![allow(dead_code, reason = "some of it is there to be dropped or shown only")]

use super::harness::later;
use crate::harness::{D, log};

async fn give(d: D) -> usize {
    later("give", ()).await;
    d.name().len()
}

async fn see(d: &D) -> usize {
    later("see", ()).await;
    d.name().len()
}

#[derive(Debug)]
enum Shape {
    Circle(u32, D),
    Rect { w: u32, d: D },
    Unit,
}

#[derive(Debug)]
enum Event {
    Message { text: D, from: D },
    Key(D, D),
    Tick { n: u32, d: D },
    Quit,
}
async fn next_event(n: u32) -> Option<Event> {
    later("next", ()).await;
    match n {
        0 => Some(Event::Message {
            text: D("text"),
            from: D("from"),
        }),
        1 => Some(Event::Key(D("k1"), D("k2"))),
        2 => Some(Event::Tick { n: 3, d: D("tick") }),
        3 => Some(Event::Quit),
        _ => None,
    }
}
awaits! {
    alternatives() with () -> usize {
        match later("m", Shape::Circle(2, D("c"))).await {
            Shape::Circle(_, d) | Shape::Rect { d, .. } => see(&d).await,
            Shape::Unit => 0,
        }
    }
    a_match(n: u32) with (0) -> usize {
        match next_event(n).await {
            Some(Event::Message { text, .. }) => { let x = give(text).await; later("y", x).await }
            Some(Event::Tick { n, .. }) => { later("t", n + 1).await; 4 }
            Some(Event::Key(a, _)) => see(&a).await,
            Some(Event::Quit) | None => 0,
        }
    }
    left_early(n: u32) with (0) -> usize {
        let younger = D("younger");
        match next_event(n).await {
            Some(Event::Message { text, .. }) => { let x = see(&text).await; later("y", x).await; }
            Some(Event::Quit) | None => return 7,
            _ => {}
        }
        later("after", 1).await
    }
    a_loop_of_events() with () -> usize {
        let mut n = 0;
        let mut sum = 0;
        while let Some(event) = next_event(n).await {
            let before = D("before");
            n += 1;
            match event {
                Event::Message { text, .. } => sum += give(text).await,
                Event::Key(code, _) => sum += see(&code).await,
                Event::Tick { n, .. } => { later("tick", n + 1).await; continue; }
                Event::Quit => break,
            }
            log("round");
            later("round", ()).await;
        }
        sum
    }
    of_arguments(e: Event, f: Event) with (Event::Key(D("a"), D("b")), Event::Message { text: D("c"), from: D("d") }) -> usize {
        let x = D("x");
        let n = match e {
            Event::Key(code, _) => give(code).await,
            Event::Message { text, .. } => see(&text).await,
            _ => 0,
        };
        if let Event::Message { from, .. } = f { later("from", ()).await; drop(from); }
        later("end", n).await
    }
    conditions() with () -> usize {
        let x = D("x");
        if let Some(Event::Message { text, .. }) = next_event(0).await && later("c", true).await {
            see(&text).await;
            later("k", text).await;
        }
        let k = if let Some(Event::Message { from, .. }) = next_event(0).await { give(from).await } else { 0 };
        later("z", k).await
    }
    a_condition_of_a_loop() with () -> usize {
        let mut n = 0;
        let mut sum = 0;
        while let Some(Event::Message { text, .. }) = next_event(n).await {
            n += 1;
            sum += see(&text).await;
        }
        sum + later("x", 1).await
    }
    of_what_was_popped() with () -> usize {
        let mut queue = vec![Event::Message { text: D("t"), from: D("f") }, Event::Key(D("a"), D("b"))];
        let mut n = 0;
        while let Some(e) = queue.pop() {
            match e { Event::Key(k, _) => n += give(k).await, Event::Message { from, .. } => { n += see(&from).await; } _ => {} }
        }
        if let Some(Event::Key(k, _)) = queue.pop() { give(k).await; }
        n
    }
    a_match_that_fails(n: u32) with (0) -> Result<usize, String> {
        let d = D("d");
        match next_event(n).await.ok_or_else(|| "none".to_owned())? {
            Event::Message { text, from: _ } => { later("m", Ok::<_, String>(())).await?; give(text).await; }
            Event::Tick { d, .. } => { later("t", Err::<(), _>("tick".to_owned())).await?; give(d).await; }
            Event::Key(..) => return Ok(3),
            Event::Quit => {}
        }
        Ok(later("end", 1).await)
    }
    parts_of_tuples(pair: (D, D), entry: Option<(D, u32)>) with ((D("a"), D("b")), Some((D("c"), 1))) -> usize {
        let _younger = D("younger");
        let n = match entry { Some((d, _)) => see(&d).await, None => 0 };
        match pair { (a, _) => { later("x", n).await; give(a).await } }
    }
}
