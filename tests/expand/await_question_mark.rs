use unawait::prelude::*;

async fn fetch(n: u32) -> Result<String, std::num::ParseIntError> {
    Ok(n.to_string())
}

#[coro]
pub async fn sum(upto: u32) -> Result<u32, std::num::ParseIntError> {
    let mut sum = 0;
    for n in 0..upto {
        let text = fetch(n).await?;
        sum += text.parse::<u32>()?;
    }
    Ok(sum)
}

async fn sent(n: u32) -> Result<(), String> {
    if n > 7 { Err(n.to_string()) } else { Ok(()) }
}

#[coro]
async fn both(n: u32) -> Result<(), String> {
    sent(n).await?;
    sent(n + 1).await
}
