//! Streams and futures of a local that have a name: what made them shows that they borrow it, and what is asked of them that they
//! are a stream or a future.

use futures::{
    StreamExt, TryStreamExt,
    future::{Either, FutureExt, join, select},
    stream::{self, FuturesUnordered, LocalBoxStream},
};

use super::harness::later;
use crate::harness::{D, v};

struct Table(Vec<usize>, #[allow(dead_code, reason = "is there to be dropped")] D);

fn rows(table: &Table) -> LocalBoxStream<'_, usize> {
    stream::iter(&table.0).then(|n| later("row", *n)).boxed_local()
}

async fn row(table: &Table, id: usize) -> usize {
    later("row", table.0[id]).await
}

struct Query(#[allow(dead_code, reason = "is there to be dropped")] D);

impl Query {
    fn fetch<'t>(&self, table: &'t Table) -> LocalBoxStream<'t, Result<usize, usize>> {
        rows(table).map(|n| if n < 3 { Ok(n) } else { Err(n) }).boxed_local()
    }
}

impl Table {
    fn rows(&self) -> LocalBoxStream<'_, usize> {
        rows(self)
    }
}

fn table(rows: &[usize]) -> Table {
    Table(rows.to_vec(), D("table"))
}

awaits! {
    of_a_function(guard: D) with (D("guard")) -> usize {
        let table = table(&[1, 2]);
        let mut rows = rows(&table);
        let mut sum = 0;
        while let Some(n) = rows.next().await {
            sum += n;
        }
        sum
    }
    of_a_method(table: Table) with (table(&[1, 2])) -> usize {
        let mut rows = table.rows();
        let mut sum = 0;
        while let Some(n) = rows.next().await {
            sum += v("n", n);
            if sum > 1 {
                break;
            }
        }
        later("sum", sum).await
    }
    of_a_query(table: Table) with (table(&[1, 3, 2])) -> Result<usize, usize> {
        let mut rows = Query(D("query")).fetch(&table);
        let mut sum = 0;
        while let Some(n) = rows.try_next().await? {
            sum += n;
        }
        Ok(sum)
    }
    adapted(table: Table) with (table(&[1, 2, 3])) -> Vec<usize> {
        let mut rows = rows(&table).skip(1).fuse();
        let first = rows.next().await;
        let guard = D("guard");
        let others = rows.collect::<Vec<_>>().await;
        first.into_iter().chain(others).collect()
    }
    in_a_loop(tables: Vec<Table>) with (vec![table(&[1, 2]), table(&[3])]) -> usize {
        let mut sum = 0;
        for table in tables {
            let mut rows = rows(&table);
            let Some(n) = rows.next().await else { continue };
            sum += n;
            if n > 2 {
                return sum;
            }
        }
        sum
    }
    blocks_in_a_select(a: usize, b: usize) with (1, 2) -> usize {
        let left = later("left", a).boxed_local();
        let right = async { later("inner", later("right", b).await).await + b }.boxed_local();
        match select(left, right).await {
            Either::Left((n, rest)) => n + rest.await,
            Either::Right((n, _)) => n,
        }
    }
    pinned_blocks(table: Table) with (table(&[1, 2])) -> usize {
        let right = Box::pin(async { later("right", table.0.len()).await });
        let (n, m) = join(later("left", 1), right).await;
        n + m + table.0[0]
    }
    parts_of_parts(lines: Vec<String>) with (vec!["one two".to_owned()]) -> Option<usize> {
        let first = lines.first()?;
        let (head, tail) = first.split_once(' ')?;
        later("head", head.len()).await;
        Some(tail.len())
    }
    parts_of_shadowed_parts(guard: D) with (D("guard")) -> Result<usize, String> {
        let line = later("line", "a=b ".to_owned()).await;
        let line = line.trim_end();
        let (key, value) = line.split_once('=').ok_or_else(|| line.to_owned())?;
        if later("key", key.len()).await > 1 {
            return Err(key.to_owned());
        }
        Ok(value.len() + line.len())
    }
    futures_of_items(names: Vec<D>) with (vec![D("a"), D("bb")]) -> usize {
        let mut lengths: FuturesUnordered<_> = names.iter().map(|name| async move { later("name", name.name()).await.len() }).collect();
        let mut sum = 0;
        while let Some(n) = lengths.next().await {
            sum += n;
        }
        sum
    }
    futures_through_a_reference(table: &Table, ids: Vec<usize>) with (&rows_1, vec![0, 1]) given { let rows_1 = table(&[1, 2]); } -> usize {
        let mut rows = stream::iter(ids).map(|id| async move { later("row", table.0[id]).await }).buffered(2);
        let mut sum = 0;
        while let Some(n) = rows.next().await {
            sum += n;
        }
        sum
    }
    calls_with_a_reference(table: &Table, ids: Vec<usize>) with (&rows_1, vec![0, 1]) given { let rows_1 = table(&[1, 2]); } -> usize {
        let mut rows = stream::iter(ids).then(|id| row(table, id)).boxed_local();
        let mut sum = 0;
        while let Some(n) = rows.next().await {
            sum += n;
        }
        sum
    }
}
