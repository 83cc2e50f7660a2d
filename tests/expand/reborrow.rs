//! A borrow through a reference: it is carried, or taken again where the reference is needed beside it.

use unawait::prelude::*;

struct Team {
    members: Vec<String>,
    size: usize,
}

#[coro]
fn members(team: &mut Team) -> impl Iterator<Item = &mut String> {
    let members = &mut team.members;
    for member in members {
        yield_!(member);
    }
}

#[coro]
fn counted(team: &mut Team) -> impl Iterator<Item = usize> {
    let first = &mut team.members[0];
    first.push('!');
    yield_!(first.len());
    first.push('!');
    team.size += 1;
    yield_!(team.size);
}
