//! The examples of the event loop. Most run in virtual time, so what they print is always the same.

use crate::run::run;

#[test]
fn greet_says_the_same_five_ways_and_catches_the_rejection() {
    let expected = "Hello World; caught: nobody is there\n";
    assert_eq!(run("greet", &[]).succeeds(), expected.repeat(5));
}

#[test]
fn countasync_counts_together_and_in_turn() {
    let out = run("countasync", &["5"]).succeeds();
    let lines: Vec<_> = out.lines().collect();
    assert_eq!(lines[..6], ["One", "One", "One", "Two", "Two", "Two"]);
    assert_eq!(lines[6..12], ["One", "Two", "One", "Two", "One", "Two"]);
    assert!(lines[12].starts_with("together: "), "{out}");
    assert_eq!(
        run("countasync", &["x"]).refuses(),
        "countasync: `x` is not a number from 1 to 10000"
    );
}

#[test]
fn makerandom_draws_until_each_has_passed_its_threshold() {
    for seed in [&[][..], &["1"], &["2"]] {
        let out = run("makerandom", seed).succeeds();
        let begun: Vec<_> = out.lines().filter(|line| line.contains("begins")).collect();
        assert_eq!(begun.len(), 3, "{out}");
        // All begin before anybody has waited.
        assert!(begun.iter().all(|line| line.starts_with("   0.0 s")), "{out}");
        let last = out.lines().last().unwrap();
        let numbers: Vec<u64> = last
            .trim_matches(['[', ']'])
            .split(", ")
            .map(|n| n.parse().unwrap())
            .collect();
        let thresholds = [9, 8, 7];
        assert!(
            numbers
                .iter()
                .zip(thresholds)
                .all(|(&number, threshold)| number > threshold),
            "{out}"
        );
    }
}

#[test]
fn chained_runs_chains_side_by_side_and_their_steps_in_turn() {
    let expected = "   0.0 s  part1(2) sleeps
   0.0 s  part1(1) sleeps
   1.0 s  part1(1) == result1-1
   1.0 s  part2(1, result1-1) sleeps
   2.0 s  part1(2) == result2-1
   2.0 s  part2(2, result2-1) sleeps
   3.0 s  part2(1, result1-1) == result1-2 derived from result1-1
   6.0 s  part2(2, result2-1) == result2-2 derived from result2-1
chain 2 => result2-2 derived from result2-1
chain 1 => result1-2 derived from result1-1
6 seconds in all
";
    assert_eq!(run("chained", &["2", "1"]).succeeds(), expected);
}

#[test]
fn producers_and_consumers_meet_at_the_queue_only() {
    let out = run("producers_consumers", &[]).succeeds();
    let count = |what: &str| out.lines().filter(|line| line.contains(what)).count();
    assert_eq!((count("adds"), count("took"), count("goes home")), (6, 6, 2), "{out}");
    let at = |what: &str| out.lines().position(|line| line.contains(what)).unwrap();
    assert!(at("all is made") < at("all is consumed"), "{out}");
    assert!(
        out.lines()
            .skip(at("all is consumed") + 1)
            .all(|line| line.contains("goes home")),
        "{out}"
    );
    run("producers_consumers", &["5", "1"]).succeeds();
    run("producers_consumers", &["1"]).refuses();
}

#[test]
fn chess_takes_twelve_hours_or_one() {
    let expected = "one after the other: 12 h 00 min\ntogether:            1 h 00 min\n";
    assert_eq!(run("chess", &[]).succeeds(), expected);
    // With one board there is nothing to win.
    let out = run("chess", &["1"]).succeeds();
    assert_eq!(out.matches("0 h 30 min").count(), 2, "{out}");
}

#[test]
fn chef_shows_who_holds_up_whom() {
    let out = run("chef", &["300"]).succeeds();
    let part = |from: &str, to: &str| {
        let rest = out.split_once(from).unwrap().1;
        rest.split_once(to).map_or(rest, |(part, _)| part).to_owned()
    };
    let blocked = part("thread::sleep:\n", "sleep(..).await:");
    assert!(
        blocked.contains("held up all others: toast in `sleep` at examples/chef.rs:"),
        "{out}"
    );
    assert!(blocked.contains("`sleep(Duration::ZERO).await;`"), "{out}");
    for others in [
        part("sleep(..).await:\n", "spawn_blocking:"),
        part("spawn_blocking:\n", "\n\n"),
    ] {
        assert!(!others.contains("held up"), "{out}");
        assert!(
            others.find("stir").unwrap() < others.find("toast is done").unwrap(),
            "{out}"
        );
    }
}

#[test]
fn risky_catches_and_reports() {
    let expected = "it went well
caught: a risk of 80 % is too much
finished: true, panicked: true
reported: unwatched panicked: nobody looks
reported: a promise was rejected: TooRisky(99)
";
    assert_eq!(run("risky", &[]).succeeds(), expected);
}

#[test]
fn callbacks_are_called_in_order() {
    let expected = "   0.0 s  first callback
   0.0 s  microtask of the first callback
   0.0 s  second callback
   0.0 s  cancelled: true
   1.0 s  tick 1
   2.0 s  tick 2
   3.0 s  tick 3
   5.0 s  the future is settled
the result
";
    assert_eq!(run("callbacks", &[]).succeeds(), expected);
}

#[test]
fn tasks_end_in_all_the_ways() {
    let expected = "   0.0 s  in turn
   1.0 s  Ada is done
   1.0 s  Ada puts the tools away
   3.0 s  Bob is done
   3.0 s  Bob puts the tools away
   3.0 s  together
   4.0 s  Ada is done
   4.0 s  Ada puts the tools away
   5.0 s  Bob is done
   5.0 s  Bob puts the tools away
   5.0 s  cancelled
   6.0 s  Bob puts the tools away
   6.0 s  Bob was cancelled
   6.0 s  with a time limit
   7.0 s  Bob puts the tools away
   7.0 s  the time was over before the future was complete
   7.0 s  as a group
   9.0 s  Ada puts the tools away
   9.0 s  Bob failed
";
    assert_eq!(run("tasks", &[]).succeeds(), expected);
}

#[test]
fn agen_releases_its_resource_by_every_way_out() {
    let expected = "   0.0 s  the body completes
   1.0 s  acquired
   4.0 s  released
   4.0 s  Ok(3)
   4.0 s  the body fails
   5.0 s  acquired
  10.0 s  released
  10.0 s  Err(\"row 4 is broken\")
  10.0 s  the body is cancelled
  11.0 s  acquired
  13.0 s  left early
  13.0 s  Err(TimeoutError)
  14.0 s  released
";
    assert_eq!(run("agen", &[]).succeeds(), expected);
}

#[test]
fn get_burgers_serves_others_meanwhile() {
    let expected = "   0.0 s  customer 1 orders 2
   0.0 s  customer 2 orders 1
   0.0 s  customer 3 orders 3
  70.0 s  customer 1 eats #1 #2
  80.0 s  customer 2 eats #1
 130.0 s  customer 3 eats #1 #2 #3
 130.0 s  all have eaten
";
    assert_eq!(run("get_burgers", &[]).succeeds(), expected);
}

#[test]
fn range_counts_as_pythons_does() {
    let both = |words: &[&str]| run("range", words).succeeds();
    assert_eq!(both(&[]), "range: 0 1 2 3 4\nslow range: 0 1 2 3 4, in 5 s\n");
    assert_eq!(both(&["2", "11", "3"]), "range: 2 5 8\nslow range: 2 5 8, in 3 s\n");
    assert_eq!(both(&["5", "0", "-2"]), "range: 5 3 1\nslow range: 5 3 1, in 3 s\n");
    assert_eq!(both(&["5", "0"]), "range: \nslow range: , in 0 s\n");
    assert_eq!(
        run("range", &["1", "2", "0"]).refuses(),
        "range: a step of 0 leads nowhere"
    );
}
