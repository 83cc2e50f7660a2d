//! Borrows of new values, through which loops and branches go while they await.

use super::harness::later;
use crate::harness::D;

async fn num(n: u32) -> u32 {
    later("num", n).await
}

awaits! {
    a_closure_that_is_given_within(list: Vec<u32>) with (vec![1, 2, 3]) -> u32 {
        let limit = num(2).await;
        let keep = |n: &&u32| **n <= limit;
        let kept: Vec<_> = list.iter().filter(keep).collect();
        let mut sum = 0;
        for n in kept { sum += num(*n).await; }
        sum
    }
    a_clone(s: String) with ("abc".into()) -> u32 {
        let mut n = 0;
        for (i, c) in s.clone().char_indices() { n += num(i as u32).await; }
        n
    }
    lines() with () -> u32 {
        let mut n = 0;
        for l in later("t", "a\nb".to_owned()).await.lines() { n += num(l.len() as u32).await; }
        n
    }
    left_early(s: &str) with ("a b") -> u32 {
        let mut n = 0;
        let d = D("d");
        for l in s.to_uppercase().split(' ') { let e = D("e"); n += num(l.len() as u32).await; if n == 7 { return 8; } }
        n
    }
    lists() with () -> u32 {
        let mut n = 0;
        for d in later("l", vec![D("a"), D("b")]).await.iter() { n += num(d.name().len() as u32).await; }
        for d in &later("l", vec![D("a"), D("b")]).await { n += num(d.name().len() as u32).await; }
        for d in later("l", vec![D("a"), D("b")]).await.iter().rev() { n += num(d.name().len() as u32).await; }
        for d in later("l", vec![D("a"), D("b")]).await.iter().filter(|d| d.name() == "a") { n += num(d.name().len() as u32).await; }
        for d in later("l", vec![D("a"), D("b")]).await.windows(2) { n += num(d.len() as u32).await; }
        n
    }
    a_condition() with () -> u32 {
        if let Some(d) = later("l", vec![D("a"), D("b")]).await.first() { num(d.name().len() as u32).await } else { 0 }
    }
    a_match() with () -> u32 {
        match later("l", "a=b".to_owned()).await.split_once('=') { Some((k, w)) => num(k.len() as u32).await + w.len() as u32, None => 0 }
    }
    collected() with () -> u32 {
        let text = later("l", "a=b".to_owned()).await;
        let parts: Vec<&str> = text.split('=').collect();
        let n = num(parts.len() as u32).await;
        n + parts[0].len() as u32
    }
    as_text() with () -> u32 {
        let _younger = D("younger");
        match later("l", "a=b".to_owned()).await.as_str() { "a=b" => num(1).await, other => num(other.len() as u32).await }
    }
    as_deref() with () -> u32 {
        match later("l", Some("a=b".to_owned())).await.as_deref() { Some("a") => num(1).await, Some(other) => num(other.len() as u32).await, None => 3 }
    }
    drops_in_turn(list: Vec<D>) with (vec![D("a"), D("b")]) -> Result<u32, String> {
        let _older = D("older");
        let mut n = 0;
        for d in later("list", list).await.iter().skip(1) {
            let _round = D("round");
            n += later("check", if d.name() == "x" { Err("x".to_owned()) } else { Ok(2) }).await?;
            if n > 5 { return Ok(n); }
            if n > 4 { break; }
        }
        while let Some(name) = later("next", Some(D("next"))).await.as_ref().map(|d| d.name()) && n < 4 {
            n += num(name.len() as u32).await;
        }
        later("end", Ok(n)).await
    }
    a_part_that_a_closure_gives() -> u32 {
        let address = Some(String::from("a@host@c"));
        let host = address.as_ref().and_then(|address| address.split('@').nth(1)).unwrap_or("none");
        let _younger = D("younger");
        num(host.len() as u32).await;
        let first = address.as_deref().map(|address| address.trim_start());
        num(host.len() as u32).await + first.map_or(0, |first| first.len() as u32)
    }
    collected_in_a_loop(list: Vec<D>) with (vec![D("a"), D("bb")]) -> u32 {
        let _younger = D("younger");
        let mut n = 0;
        for d in list.iter().filter(|d| d.name() != "a").collect::<Vec<_>>() {
            n += num(d.name().len() as u32).await;
        }
        n + num(1).await
    }
}
