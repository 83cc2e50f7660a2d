//! Collections of references that nothing mentions behind an await, beside the local that they refer to.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::num::ParseIntError;

use super::harness::later;
use crate::harness::{D, log, v};

struct Item {
    name: String,
    _end: D,
}

fn items() -> Vec<Item> {
    ["a", "b"]
        .map(|name| Item {
            name: name.to_owned(),
            _end: D(name),
        })
        .into()
}

awaits! {
    of_a_text(line: String) with ("set 7 now".to_owned()) -> usize {
        let parts: Vec<&str> = line.split(' ').collect();
        let count = parts.len();
        let d = D("d");
        later("count", count).await + line.len()
    }
    of_a_text_inferred(line: String) with ("set 7 now".to_owned()) -> Result<usize, ParseIntError> {
        let parts = line.split_whitespace().collect::<Vec<_>>();
        let number: usize = match parts.as_slice() {
            ["set", number, ..] => number.parse()?,
            _ => return Ok(0),
        };
        later("number", ()).await;
        let words: HashSet<_> = line.split(' ').collect();
        let more = words.len();
        later("more", more).await;
        Ok(number + line.len())
    }
    of_items() -> usize {
        let list = items();
        let by_name: HashMap<&str, &Item> = list.iter().map(|item| (item.name.as_str(), item)).collect();
        let found = by_name.contains_key("a");
        later("found", found).await;
        let names: Vec<&String> = list.iter().map(|item| &item.name).collect();
        log(names.len());
        let count = v("count", names.len());
        drop(later("never", ()));
        later("count", count).await;
        list.len()
    }
    in_a_loop() -> u32 {
        let lines = vec!["a=1".to_owned(), "b=2".to_owned(), "broken".to_owned()];
        let mut sum = 0;
        for line in lines {
            let d = D("line");
            let parts: Vec<_> = line.splitn(2, '=').collect();
            let [name, number] = parts[..] else {
                log("broken");
                continue;
            };
            log(name);
            let Ok(number) = number.parse::<u32>() else { break };
            sum += later("number", number).await;
        }
        let table = [("a", sum)];
        let map: Result<BTreeMap<&str, u32>, ()> = table.iter().map(|(name, n)| Ok((*name, *n))).collect();
        let found = map.map_or(0, |map| map.len() as u32);
        later("end", found).await + sum + table.len() as u32
    }
}

fn known(part: &str) -> Result<&str, D> {
    match part {
        "unknown" => Err(D("unknown")),
        known => Ok(known),
    }
}

struct Rows;

impl Rows {
    fn lines(&self) -> std::array::IntoIter<D, 2> {
        [D("first"), D("second")].into_iter()
    }
}

// What drops with them drops at the end of the scope.
awaits! {
    beside_values(line: &str) with ("a b") -> usize {
        let guards = vec![D("first"), D("second")];
        let pairs: Vec<_> = line.split(' ').zip(guards).collect();
        let n = later("pairs", pairs.len()).await;
        later("end", n).await
    }
    beside_an_error(line: &str) with ("a unknown") -> bool {
        let parts: Result<Vec<&str>, D> = line.split(' ').map(known).collect();
        let all = later("parts", parts.is_ok()).await;
        let again = line.split(' ').map(known).collect::<Result<Vec<&str>, D>>();
        later("again", all || again.is_ok()).await
    }
    of_lines_that_are_values(rows: &Rows) with (&Rows) -> usize {
        let lines: Vec<_> = rows.lines().collect();
        let n = later("lines", lines.len()).await;
        later("end", n).await
    }
    of_a_text_adapted(text: String) with ("a\n\nb ".to_owned()) -> usize {
        let lines: Vec<_> = text.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate().collect();
        let count = lines.len();
        let d = D("d");
        later("count", count).await + text.len()
    }
}
