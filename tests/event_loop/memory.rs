//! What has ended is freed, while the loop runs on.

use std::rc::Rc;
use std::time::Duration;

use unawait::event_loop::{EventLoop, RunError};
use unawait::task::{spawn, task_group};
use unawait::time::{sleep, timeout};

/// Resident memory of this process, in KiB.
#[cfg(target_os = "linux")]
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

#[test]
#[cfg(target_os = "linux")]
fn a_group_keeps_nothing_of_the_tasks_that_have_ended() -> Result<(), RunError> {
    let grown = EventLoop::with_virtual_time().run_until_complete(task_group(async |group| {
        let mut grown = 0;
        for round in 0..20 {
            for _ in 0..100 {
                group.spawn(async {
                    let large = [1_u8; 16 * 1024];
                    sleep(Duration::from_secs(1)).await;
                    Ok::<_, ()>(large[0])
                });
            }
            sleep(Duration::from_secs(2)).await;
            // The first rounds get the memory that the others use again.
            match round {
                4 => grown = resident(),
                19 => grown = resident().saturating_sub(grown),
                _ => {}
            }
        }
        Ok(grown)
    }))?;
    let (grown, outputs) = grown.unwrap();
    assert_eq!(outputs.len(), 2000);
    assert!(grown < 16 * 1024, "{grown} KiB");
    Ok(())
}

#[test]
#[cfg(target_os = "linux")]
fn timers_that_were_cancelled_do_not_pile_up() -> Result<(), RunError> {
    let event_loop = EventLoop::new();
    let hour = Duration::from_secs(3600);
    let before = resident();
    for _ in 0..1_000_000 {
        event_loop.call_later(hour, || {}).cancel();
    }
    event_loop.run_until_complete(async {
        for _ in 0..100_000 {
            assert_eq!(timeout(hour, async { 1 }).await, Ok(1));
            assert!(timeout(Duration::ZERO, sleep(hour)).await.is_err());
        }
    })?;
    let grown = resident().saturating_sub(before);
    // Kept, they would be 88 MB; other tests of this process take some memory meanwhile.
    assert!(grown < 44 * 1024, "{grown} KiB");
    Ok(())
}

#[test]
fn tasks_drop_all_they_have_when_they_end_in_any_way() -> Result<(), RunError> {
    let living = Rc::new(());
    let event_loop = EventLoop::with_virtual_time();
    event_loop.set_exception_handler(|_| {});
    event_loop.run_until_complete(async {
        for end in 0..5 {
            let held = living.clone();
            let task = spawn(async move {
                let held = held;
                sleep(Duration::from_secs(1)).await;
                assert_ne!(end, 1, "one way to end");
                // As its output, too.
                held
            });
            match end {
                0 | 1 => task.detach(),
                2 => drop(task.await),
                3 => drop(task),
                _ => assert!(task.cancel()),
            }
        }
        sleep(Duration::from_secs(5)).await;
    })?;
    assert_eq!(Rc::strong_count(&living), 1);
    Ok(())
}
