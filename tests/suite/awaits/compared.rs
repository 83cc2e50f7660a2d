//! What is compared with something that awaits: a number is read first, all else is borrowed.

use super::harness::later;
use crate::harness::{D, log, v};

struct Point {
    x: u32,
    y: u32,
}

impl Point {
    fn bump(&mut self) -> u32 {
        self.x += 1;
        self.x
    }
}

#[derive(Clone, Copy)]
struct Count(u32);

impl Count {
    fn plus(self, n: u32) -> u32 {
        self.0 + n
    }
}

fn make<T>(_: T) -> D {
    log("make");
    D("made")
}

async fn named(_: &(D, u32)) -> D {
    later("named", ()).await;
    D("n")
}

awaits! {
    an_element_is_assigned() -> bool {
        let mut a = [1, 2];
        let r = a[0] == { a[0] = 5; later("x", 1).await };
        r
    }

    a_field_is_assigned() -> bool {
        let mut a = Point { x: 1, y: 2 };
        let r = a.x == { a.x = 5; later("x", 1).await };
        later("z", r).await
    }

    a_field_is_changed_by_a_method() -> bool {
        let mut a = Point { x: 1, y: 2 };
        let r = a.x == { a.bump(); later("x", 1).await };
        later("z", r).await
    }

    a_field_is_changed_by_an_operand() -> bool {
        let mut a = Point { x: 1, y: 2 };
        let r = a.x < later("x", a.bump()).await;
        later("z", r).await
    }

    an_element_of_a_list_is_assigned() -> bool {
        let mut a = vec![1, 2, 3];
        let r = a[1] < later("x", { a[1] += 2; a[1] }).await;
        later("z", r).await
    }

    a_sum(mut n: u32) with (4) -> u32 {
        let mut a = Point { x: 1, y: 2 };
        let r = a.x + later("x", a.bump()).await;
        later("z", r + a.y).await
    }

    a_variable_is_assigned(mut n: u32) with (4) -> bool {
        let r = n == later("x", { n += 1; n - 1 }).await;
        later("z", r).await
    }

    a_reference_is_assigned_through(mut n: u32) with (4) -> bool {
        let n = &mut n;
        let r = *n == later("x", { *n += 1; *n - 1 }).await;
        later("z", r).await
    }

    an_element_of_a_list() -> bool {
        let list = vec![D("a"), D("made")];
        list[later("i", 1).await] == make(later("next", 2).await)
    }

    an_element_of_a_list_in_a_let() -> bool {
        let list = vec![D("a"), D("made")];
        let r = list[later("i", 1).await] == make(later("next", 2).await);
        later("z", ()).await;
        r
    }

    an_element_whose_index_logs() -> bool {
        let list = vec![D("a"), D("made")];
        let r = list[v("i", 1)] == make(later("next", 2).await);
        later("z", ()).await;
        r
    }

    a_view_behind_a_deref() -> bool {
        let s = String::from("x");
        *s.as_bytes() == [later("x", b'x').await]
    }

    a_view() -> bool {
        let s = String::from("x");
        let r = s.as_str() == later("x", "x").await;
        r
    }

    a_view_in_front_of_another_await() -> bool {
        let s = String::from("x");
        let r = s.as_str() == later("x", "x").await;
        later("more", ()).await;
        r
    }

    a_new_box() -> bool {
        let r = *Box::new(D("x")) == later("x", D("y")).await;
        later("more", ()).await;
        r
    }

    looked_at_by_both(d: D) with (D("n")) -> bool {
        let p = (d, 1);
        let r = p.0 == named(&p).await;
        let s = p.0 == later("q", make(&p)).await;
        later("more", ()).await;
        r && s
    }

    a_callee_is_assigned() -> u32 {
        let mut f: fn(u32) -> u32 = |n| n + 1;
        let r = f(later("q", { f = |n| n + 10; 1 }).await);
        later("z", r).await
    }

    a_receiver_in_braces() -> u32 {
        let mut p = Count(1);
        let r = { p }.plus(later("x", { p.0 += 1; p.0 }).await);
        later("z", r).await
    }

    a_receiver_is_assigned() -> u32 {
        let mut p = Count(2);
        let r = p.plus(later("q", { p = Count(4); 1 }).await);
        let mut q = (Count(3), 1);
        let s = q.0.plus(later("q", { q.0 = Count(4); q.1 = 3; 1 }).await);
        later("z", r + s).await
    }
}

differential! {
    iterator a_field_is_assigned_in_a_generator(mut point: (u32, D)) yields (bool) with ((1, D("d"))) {
        let same = point.0 == { point.0 = 5; yield_!(true); 1 };
        yield_!(same);
        let same = point.1 == { yield_!(false); make(1) };
        yield_!(same);
    }
}
