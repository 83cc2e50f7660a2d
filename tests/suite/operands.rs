//! Operands before a suspension are evaluated once, in source order, and keep their values.

use crate::harness::{D, log, v};

fn add(a: D, b: D, c: D) -> usize {
    log("add");
    a.0.len() + b.0.len() + c.0.len()
}

differential! {
    #[Clone]
    coroutine left_operand_is_read_first() takes (i32) [3, 5] yields (i32) returns (i32) {
        let mut a = 2;
        let b = a * yield_!({ a += 1; a });
        a * 100 + b
    }

    #[Clone]
    coroutine all_operands_suspend() takes (i32) [3, 5] yields (i32) returns (i32) {
        yield_!(v("first", 1)) - yield_!(v("second", 2)) * yield_!(v("third", 3))
    }

    #[Clone]
    coroutine arguments_around_a_suspension(a: D) takes (D) [D("one"), D("two")] yields (i32) returns (usize)
        with (D("arg"))
    {
        add(v("a", D("a")), yield_!(v("b", 1)), v("c", D("c")))
    }

    coroutine three_suspending_arguments() takes (D) [D("one"), D("two"), D("three")] yields (i32) returns (usize) {
        add(yield_!(1), yield_!(2), yield_!(3))
    }

    coroutine callee_and_argument_suspend() takes (fn(i32) -> i32) [|x| x + 1, |x| x * 7, |x| x - 2]
        yields (i32) returns (i32)
    {
        (yield_!(1))((yield_!(2))(10))
    }

    coroutine nested_suspensions() takes (i32) [10, 20, 30] yields (i32) returns (i32) {
        yield_!(yield_!(yield_!(1) + 1) + 1)
    }

    coroutine receiver_is_evaluated_first() takes (&'static str) ["ab", "abcab"] yields (i32) returns (usize) {
        let x;
        { x = yield_!(v("receiver", 1)); x }.matches(v("argument", { log(x); x })).count()
    }

    coroutine receiver_and_argument_suspend() takes (&'static str) ["abcb", "b"] yields (i32) returns (usize) {
        yield_!(1).matches(yield_!(2)).count()
    }

    coroutine owned_receiver_before_a_suspension() takes (i32) [2, 7] yields (i32) returns (String) {
        let text = String::from("x");
        text.repeat(yield_!(3) as usize) + &yield_!(4).to_string()
    }

    coroutine compound_assignment_reads_after() takes (i32) [100, 3] yields (i32) returns (i32) {
        let mut s = 1;
        s += { s += 10; yield_!(s) };
        s -= yield_!(s);
        s
    }

    coroutine indexed_compound_assignment() takes (u32) [5, 6] yields (u32) returns ([u32; 3]) {
        let mut a = [1, 2, 3];
        a[v("index", 1)] += yield_!(v("value", 9));
        a[{ log("computed"); a[0] as usize }] <<= yield_!(8) - 4;
        a
    }

    coroutine indexed_assignment() takes (i32) [5, 6] yields (i32) returns (Vec<i32>) {
        let mut list = vec![1, 2, 3];
        list[v("index", 2)] = yield_!(v("value", 9));
        let i = 0;
        list[i] = yield_!(8);
        list
    }

    coroutine assigned_value_is_dropped_late() takes (D) [D("one"), D("two")] yields (i32) returns (i32) {
        let mut d = D("old");
        log("before");
        d = yield_!(1);
        log("between");
        d = yield_!(2);
        log("after");
        0
    }

    coroutine assignment_through_a_reference(slot: &mut D) takes (D) [D("one")] yields (i32) returns (i32)
        with (&mut slot) given { let mut slot = D("given"); } then { log(slot.name()) }
    {
        *slot = yield_!(1);
        log("assigned");
        5
    }

    coroutine assignment_through_a_call(slots: &mut [i32; 2]) takes (i32) [7] yields (i32) returns (i32)
        with (&mut slots) given { let mut slots = [0, 0]; } then { log(slots[1]) }
    {
        fn second(slots: &mut [i32; 2]) -> &mut i32 { log("place"); &mut slots[1] }
        *second(slots) = yield_!(v("value", 1));
        slots[1] += yield_!(v("increment", 2));
        5
    }

    coroutine assignment_to_a_field_path() takes (i32) [7, 8] yields (i32) returns ((i32, i32)) {
        struct Inner { b: (i32, i32) }
        struct Outer { a: Inner }
        let mut s = Outer { a: Inner { b: (1, 2) } };
        s.a.b.0 = yield_!(s.a.b.1);
        s.a.b.1 *= yield_!(s.a.b.0);
        s.a.b
    }

    coroutine destructuring_assignment() takes (i32) [7, 8] yields (i32) returns ((i32, i32)) {
        let (mut a, mut b) = (1, 2);
        (a, b) = (b, yield_!(a));
        (b, _) = (a + yield_!(b), 9);
        [a, ..] = [yield_!(a), 1, 2];
        (a, b)
    }

    coroutine and_or() takes (bool) [true, false, false, true] yields (&'static str) returns (u32) {
        let mut n = 0;
        if v("a", true) && yield_!("b") && v("c", true) { n += 1 }
        if v("d", false) && yield_!("never") { n += 10 }
        if yield_!("e") || yield_!("f") || v("g", true) { n += 100 }
        let x = (v("h", false) || yield_!("i")) && !yield_!("j");
        n + x as u32
    }

    coroutine and_in_an_argument() takes (bool) [true, false] yields (i32) returns ((bool, i32)) {
        fn pair(a: i32, b: bool, c: i32) -> (bool, i32) { (b, a + c) }
        pair(v("a", 1), v("b", true) && yield_!(2), v("c", 3))
    }

    #[Clone]
    coroutine array_elements() takes (i32) [5, 6] yields (i32) returns ([i32; 4]) {
        [v("a", 1), yield_!(2), v("c", 3), yield_!(4)]
    }

    coroutine repeated_element_is_evaluated_once() takes (i32) [5] yields (i32) returns ([i32; 3]) {
        [yield_!(v("once", 2)); 3]
    }

    #[Clone]
    coroutine tuple_of_guards() takes (D) [D("one"), D("two")] yields (i32) returns (i32) {
        let (a, b, c) = (D("a"), yield_!(1), (D("c"), yield_!(2)));
        log("bound");
        3
    }

    coroutine struct_fields_in_written_order() takes (i32) [5, 6] yields (i32) returns (String) {
        #[derive(Debug, Default)]
        struct Point { x: i32, y: i32, z: i32, w: i32 }
        fn base() -> Point { log("base"); Point { w: 9, z: 8, ..Default::default() } }
        let point = Point { y: yield_!(v("y", 1)), x: yield_!(v("x", 2)), ..base() };
        format!("{point:?}")
    }

    coroutine struct_base_suspends() takes (i32) [5, 6] yields (i32) returns ((i32, i32)) {
        struct Pair { a: i32, b: i32 }
        fn base(b: i32) -> Pair { Pair { a: 0, b } }
        let pair = Pair { a: v("a", 1), ..base(yield_!(2)) };
        (pair.a, pair.b)
    }

    coroutine range_bounds() takes (i32) [1, 3, 5, 8] yields (i32) returns (i32) {
        let range = yield_!(1)..yield_!(2);
        let inclusive = v("start", 4)..=yield_!(3);
        let to = ..yield_!(4);
        range.sum::<i32>() * 100 + inclusive.sum::<i32>() * 10 + to.end
    }

    coroutine operand_of_unary_cast_and_borrow() takes (i32) [3, 300, 5, 4] yields (i32) returns (i64) {
        let negative = -yield_!(1);
        let cut = yield_!(2) as u8 as i64;
        let borrowed = &yield_!(3);
        let list = [10, 20, 30, 40, 50];
        negative as i64 + cut + *borrowed as i64 + list[yield_!(4) as usize]
    }

    coroutine index_base_suspends() takes (&'static [i32]) [&[1, 2][..], &[3, 4, 5]] yields (usize) returns (i32) {
        yield_!(1)[v("index", 1)] + yield_!(2)[yield_!(3).len() - 1]
    }

    coroutine field_of_an_input() takes ((i32, D)) [(1, D("one")), (2, D("two"))] yields (i32) returns (i32) {
        let a = yield_!(1).0;
        log("read");
        let d = yield_!(2).1;
        log("moved out");
        a + d.finish() as i32
    }

    coroutine comparison_operands() takes (i32) [3, 4] yields (i32) returns (bool) {
        let text = String::from("3");
        let left = text == yield_!(1).to_string();
        left == (yield_!(2) > 5)
    }

    coroutine copies_are_read_before_they_change() takes (i32) [3, 4] yields (i32) returns (i32) {
        fn three(a: i32, b: i32, c: i32) -> i32 { a * 100 + b * 10 + c }
        let mut i = 1;
        three(i, { i += 1; yield_!(i) }, { i += 1; i })
    }

    coroutine two_phase_borrow() takes (usize) [7, 8, 9] yields (usize) returns (Vec<usize>) {
        let mut list = vec![1];
        list.push(yield_!(list.len()));
        list.push(yield_!(list.len()) + list.len());
        list.insert(0, yield_!(list[0]));
        list
    }

    coroutine mutable_argument_before_a_suspension() takes (i32) [7, 8] yields (i32) returns (Vec<i32>) {
        fn put(list: &mut Vec<i32>, value: i32) { list.push(value) }
        let mut list = vec![1];
        put(&mut list, yield_!(2));
        put(&mut list, yield_!(3));
        list
    }

    coroutine receiver_of_unknown_kind() takes (i32) [7] yields (i32) returns (usize) {
        struct Builder(D);
        impl Builder {
            fn add(self, n: i32) -> Builder { log(n); self }
            fn len(&self) -> usize { self.0.name().len() }
        }
        let builder = Builder(D("builder"));
        let n = builder.len();
        { builder }.add(yield_!(1)).len() + n
    }

    coroutine chain_of_calls_and_questions() takes (Result<i32, String>) [Ok(4), Err("no".to_owned())]
        yields (i32) returns (Result<i32, String>)
    {
        let first = yield_!(v("a", 1))?.pow(yield_!(2).unwrap_or(3) as u32);
        let second = yield_!(first)?.checked_add(yield_!(first + 1)?).ok_or("overflow")?;
        Ok(first + second)
    }

    coroutine value_of_blocks_and_branches() takes (i32) [4, 5, 6] yields (i32) returns (i32) {
        let x = if v("c", true) { yield_!(1) } else { 2 } + yield_!(3);
        let y = { log("block"); yield_!(x) } * match yield_!(4) { 4 => yield_!(5), n => n + 1 };
        x * y
    }

    coroutine return_and_break_with_a_suspension(n: i32) takes (i32) [4, 5] yields (i32) returns (i32) with (3) {
        let x = 'a: {
            if n > 2 { break 'a yield_!(1) }
            9
        };
        if x > 3 { return yield_!(x) }
        0
    }

    coroutine jump_among_operands(n: i32) takes (i32) [4, 5] yields (i32) returns (usize) with (3) {
        let mut round = 0;
        loop {
            round += 1;
            let sum = add(v("a", D("a")), if yield_!(round) > 4 { break } else { D("b") }, { log("c"); D("c") });
            log(sum);
        }
        round as usize
    }

    coroutine question_among_operands() takes (Option<i32>) [Some(1), None] yields (i32) returns (Option<usize>) {
        let text = "abc".to_owned();
        let sum = add(v("a", D("a")), { log(yield_!(1)?); D("b") }, { log(yield_!(2)?); D("c") });
        Some(sum + text.len())
    }

    coroutine moved_operand_then_suspension() takes (i32) [4] yields (i32) returns (usize) {
        fn both(d: D, n: i32) -> usize { log("both"); n as usize }
        let d = D("d");
        let n = both(d, yield_!(1));
        log("end");
        n
    }

    coroutine borrowed_and_moved_operands() takes (i32) [4, 5] yields (i32) returns (usize) {
        fn three(a: &D, n: i32, b: D) -> usize { log(a.name()); log(b.name()); n as usize }
        let a = D("a");
        let b = D("b");
        let n = three(&a, yield_!(1), b);
        log(a.name());
        n
    }

    coroutine input_used_as_statement() takes (D) [D("one"), D("two"), D("three")] yields (i32) returns (i32) {
        yield_!(1);
        log("dropped at once");
        let _ = yield_!(2);
        log("so is this one");
        let _kept = yield_!(3);
        log("not this one");
        0
    }

    coroutine unit_yields() takes (i32) [4, 5] yields (()) returns (i32) {
        yield_!();
        yield_!(log("unit")) + yield_!()
    }

    coroutine yielded_guards_belong_to_the_caller() takes (D) [D("one"), D("two")] yields (D) returns (D) {
        let d = D("d");
        let one = yield_!(d);
        log("between");
        yield_!(one)
    }

    iterator temporaries_of_the_yielded_value() yields (usize) {
        yield_!(D("temporary").name().len());
        yield_!({ let d = D("local"); d.name().len() + D("tail").name().len() });
        log("end");
    }
}
