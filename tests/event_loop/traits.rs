//! What may travel to another thread, and what may not.

use std::fmt::Debug;
use std::time::Duration;

use unawait::event_loop::{Deadlock, EventLoop, Handle, Remote, Report, RunError, WaitingTask};
use unawait::promise::ThreadsafeResolver;
use unawait::task::{AsCompleted, Blocking, Cancelled, ReturnWhen, Shield, Task, TaskGroup, shield, spawn, task_group};
use unawait::time::{Interval, Sleep, Timeout, TimeoutError, interval, sleep, timeout};

/// Asserts that a type is not `Send`: if it were, two impls would fit, and the call would be ambiguous.
macro_rules! not_send {
    ($($type:ty),+ $(,)?) => {
        $({
            trait Ambiguous<A> {
                fn check() {}
            }
            impl<T: ?Sized> Ambiguous<()> for T {}
            struct IsSend;
            impl<T: ?Sized + Send> Ambiguous<IsSend> for T {}
            <$type as Ambiguous<_>>::check();
        })+
    };
}

fn travels<T: Send + Sync + 'static>() {}

fn shows<T: Debug>() {}

#[test]
fn what_other_threads_may_have() {
    travels::<Remote>();
    travels::<RunError>();
    travels::<Deadlock>();
    travels::<WaitingTask>();
    travels::<Report>();
    travels::<Cancelled>();
    travels::<ReturnWhen>();
    travels::<TimeoutError>();
    fn is_send<T: Send>() {}
    is_send::<ThreadsafeResolver<u32, String>>();
}

#[test]
fn what_belongs_to_the_thread_of_its_loop() {
    not_send!(
        EventLoop,
        Handle,
        Task<()>,
        Shield<()>,
        Blocking<()>,
        AsCompleted<()>,
        TaskGroup<(), ()>,
        Sleep,
        Interval,
        Timeout<std::future::Ready<()>>,
    );
}

#[test]
fn all_can_be_shown() {
    shows::<(EventLoop, Handle, Remote, RunError, Report)>();
    shows::<(Task<()>, Shield<()>, Blocking<()>, AsCompleted<()>, TaskGroup<(), ()>)>();
    shows::<(Sleep, Interval, Timeout<std::future::Pending<()>>)>();
    let texts = EventLoop::with_virtual_time().run_until_complete(async {
        let task = spawn(async {}).named("tea");
        let texts = [
            format!("{task:?}"),
            format!("{:?}", shield(task)),
            format!("{:?}", sleep(Duration::from_secs(1))),
            format!("{:?}", interval(Duration::from_secs(1))),
            format!("{:?}", timeout(Duration::from_secs(1), std::future::ready(1))),
        ];
        let group = task_group::<(), (), _, _>(async |group| Ok(format!("{group:?}"))).await;
        (texts, group)
    });
    let (texts, group) = texts.unwrap();
    assert_eq!(texts[0], r#"Task { name: "tea", finished: false }"#);
    assert_eq!(texts[1], r#"Shield(Task { name: "tea", finished: false })"#);
    assert_eq!(texts[2], "Sleep { deadline: None, .. }");
    assert_eq!(texts[3], "Interval { period: 1s, .. }");
    assert_eq!(texts[4], "Timeout { limit: 1s, .. }");
    assert_eq!(group.unwrap().0, "TaskGroup { running: 0, .. }");
}
