//! The rows of README's table of limits, in its order, and the files of `tests/ui` that belong to each.

/// A row.
pub struct Row {
    /// What it begins with.
    pub limit: &'static str,
    /// Files of `tests/ui/fail`.
    pub errors: &'static [&'static str],
    /// Files of `tests/ui/pass`.
    pub ways_out: &'static [&'static str],
}

const fn row(limit: &'static str, errors: &'static [&'static str], ways_out: &'static [&'static str]) -> Row {
    Row {
        limit,
        errors,
        ways_out,
    }
}

pub const ROWS: &[Row] = &[
    row(
        "A method takes `self` by value",
        &["unknown_by_value_method", "await_moved_by_method", "builder_by_value"],
        &["unknown_by_value_method", "builder_by_value"],
    ),
    row(
        "The same, where an argument of the method",
        &["by_value_around_a_suspension"],
        &["by_value_around_a_suspension"],
    ),
    row(
        "A method that borrows has a name",
        &["await_borrowed_by_name"],
        &["await_borrowed_by_name"],
    ),
    row(
        "The same for a closure that calling",
        &["closure_that_consumes"],
        &["closure_that_consumes"],
    ),
    row(
        "A borrow of a local, kept across",
        &[
            "borrow_of_local",
            "borrow_guard",
            "borrow_method",
            "borrow_found_by_pattern",
            "loop_over_skipped",
            "borrow_of_user_type",
        ],
        &["borrow_of_local", "borrow_guard", "loop_over_skipped"],
    ),
    row(
        "The same in an `async fn`",
        &["await_borrow_of_local"],
        &["await_borrow_of_local"],
    ),
    row(
        "The same for a temporary of what",
        &["temporary_of_yielded"],
        &["temporary_of_yielded"],
    ),
    row(
        "What is yielded borrows a local",
        &["borrow_yielded", "borrow_yielded_slice"],
        &["borrow_yielded"],
    ),
    row(
        "A loop over a borrow of a local",
        &["loop_over_map", "loop_over_set_iter"],
        &["loop_over_map"],
    ),
    row("While a loop over a borrow of a local is suspended", &[], &[]),
    row(
        "The same of a field that is a reference",
        &["field_that_moves_on_in_loop"],
        &["field_that_moves_on_in_loop"],
    ),
    row(
        "A reborrow of a `&mut` argument",
        &["reborrow_kept"],
        &["reborrow_kept"],
    ),
    row(
        "A reference variable that pointed",
        &["reference_reassigned"],
        &["reference_reassigned"],
    ),
    row(
        "A place or a receiver behind a `Deref`",
        &[],
        &["receiver_behind_deref"],
    ),
    row(
        "A method of yours takes a `Copy` value by `self`",
        &["copied_receiver"],
        &["copied_receiver"],
    ),
    row(
        "An operand borrows what is behind a reference in a field",
        &["reference_that_moves_on"],
        &["reference_that_moves_on"],
    ),
    row(
        "The same of a reference variable that a later operand",
        &["borrow_of_reference_assigned"],
        &["borrow_of_reference_assigned"],
    ),
    row(
        "A borrow of an element behind an `Index`",
        &[],
        &["element_behind_index"],
    ),
    row("A method of yours that lends", &[], &["list_named_as_of_std"]),
    row(
        "A borrow of an element of a `mut` local",
        &["element_and_method"],
        &["element_and_method"],
    ),
    row(
        "A borrow of a local in a variable that changes",
        &["borrow_that_changes"],
        &["borrow_that_changes"],
    ),
    row("A raw pointer to a local", &["pointer_kept"], &["pointer_kept"]),
    row(
        "The same of a pointer that `as_ptr`",
        &["pointer_by_method"],
        &["pointer_by_method"],
    ),
    row(
        "The same of a pointer that a method",
        &["pointer_made_of_a_borrow"],
        &["pointer_made_of_a_borrow"],
    ),
    row(
        "The same where the body gives it to something else",
        &["pointer_given_away"],
        &["pointer_given_away"],
    ),
    row("The same where `unsafe` code makes it", &[], &["raw_pointer"]),
    row(
        "A dead local that borrows another",
        &["dead_borrower"],
        &["dead_borrower"],
    ),
    row(
        "`pin!`, `tokio::pin!`",
        &["pin_across_await", "pin_macro_statement"],
        &["pin_across_await"],
    ),
    row(
        "A part of a local was moved",
        &["partial_move_rest"],
        &["partial_move_rest", "items_of_self"],
    ),
    row("The same where `*x`", &["moved_out_of_box"], &["moved_out_of_box"]),
    row(
        "A `let` of a tuple that borrows a new value",
        &["new_value_borrowed_in_tuple"],
        &["new_value_borrowed_in_tuple"],
    ),
    row(
        "A method takes what a block gives",
        &["given_by_a_block_and_called_on"],
        &["given_by_a_block_and_called_on"],
    ),
    row(
        "A method of yours that borrows `self`",
        &[],
        &["own_method_with_a_name_of_std"],
    ),
    row(
        "An array whose elements a pattern takes apart later",
        &[],
        &["array_taken_apart"],
    ),
    row("A drop that panics", &[], &["drop_that_panics"]),
    row("A pattern copies all fields", &[], &["copied_parts"]),
    row("A type is needed in one branch", &["type_unknown"], &["type_unknown"]),
    row(
        "Branches of different function items",
        &["branches_of_functions"],
        &["branches_of_functions"],
    ),
    row(
        "Borrows for two lifetimes come together",
        &["lifetimes_come_together"],
        &["lifetimes_come_together"],
    ),
    row(
        "A variable is a trait object",
        &["trait_object_of_parameter"],
        &["trait_object_of_parameter"],
    ),
    row(
        "A borrowed temporary in a branch",
        &["temporary_in_branch"],
        &["temporary_in_branch"],
    ),
    row(
        "A suspension in a closure",
        &[
            "yield_in_closure",
            "yield_in_async_block",
            "yield_in_const_block",
            "yield_in_constant",
        ],
        &["yield_in_closure"],
    ),
    row(
        "A suspension in the arguments of a macro",
        &["yield_in_unknown_macro"],
        &["yield_in_unknown_macro"],
    ),
    row(
        "A guard with a `let` that suspends",
        &["let_in_suspended_guard"],
        &["let_in_suspended_guard"],
    ),
    row("A macro that is neither one of std's nor", &[], &["shown_by_macro"]),
    row(
        "A string in such a macro",
        &["captured_by_macro"],
        &["captured_by_macro"],
    ),
    row(
        "A function made by a `macro_rules!`",
        &["names_by_hygiene"],
        &["names_by_hygiene"],
    ),
    row(
        "A variable that a macro",
        &["variable_by_macro"],
        &["variable_by_macro"],
    ),
    row(
        "`+=` and its like",
        &["compound_assignment_place"],
        &["compound_assignment_place"],
    ),
    row(
        "A part of a new value is taken",
        &["part_of_new_value"],
        &["part_of_new_value"],
    ),
    row(
        "Struct updates of one base in several branches",
        &["base_left_twice", "base_left_on_one_path"],
        &["base_left_twice", "base_left_on_one_path"],
    ),
    row(
        "A closure that uses a captured number by value",
        &["captured_and_hidden"],
        &["captured_and_hidden"],
    ),
    row(
        "A variable that was moved and is assigned",
        &["assigned_in_operand"],
        &["assigned_in_operand"],
    ),
    row(
        "`?` in an iterator",
        &["question_mark_in_iterator", "question_mark_in_stream"],
        &["question_mark_in_iterator"],
    ),
    row(
        "`yield_from!` of items that are coerced",
        &["yield_from_alias"],
        &["yield_from_alias"],
    ),
    row("Arithmetic with a number literal", &[], &["arithmetic_with_a_drop"]),
    row(
        "A generator that contains itself",
        &["recursion_without_box"],
        &["recursion_without_box"],
    ),
    row(
        "`recursive` for what is no iterator",
        &["recursive_misused"],
        &["recursive_misused"],
    ),
    row(
        "The run that a recursive function calls borrows",
        &["recursive_lends_local"],
        &["recursive_lends_local"],
    ),
    row(
        "What a recursive method calls by its own name",
        &[],
        &["recursive_calls_another"],
    ),
    row(
        "More than four conditions in the `#[cfg]`s",
        &["many_cfgs"],
        &["cfg_on_let"],
    ),
    row("Lints:", &[], &[]),
    row("Big states move at each step", &[], &["big_states"]),
    row("The same for what an await borrows", &[], &["big_states"]),
    row("The size of a future", &[], &[]),
    row("Long chains of `async fn`s", &[], &["long_chain"]),
    row(
        "What an await gives borrows a local",
        &["await_borrows_local"],
        &["await_borrows_local"],
    ),
    row(
        "The same for a guard by the name",
        &["await_guard_left"],
        &["await_borrows_local"],
    ),
    row(
        "A local with a drop that borrows another one ends",
        &["timer_at_the_end"],
        &["timer_at_the_end"],
    ),
    row(
        "A guard of a local that an operand",
        &["await_guard_in_operand"],
        &["await_guard_in_operand"],
    ),
    row(
        "A statement that awaits and has to be enclosed",
        &["given_away_in_enclosed"],
        &["given_away_in_enclosed"],
    ),
    row(
        "`return`, `?`, `break` or `continue` that",
        &["exit_out_of_select"],
        &["exit_out_of_select"],
    ),
    row(
        "An operand of `join!` or `select!` gives a variable away",
        &["moved_on_some_paths_in_join"],
        &["moved_on_some_paths_in_join"],
    ),
    row(
        "A macro that awaits by itself",
        &["awaiting_macro_of_the_user"],
        &["awaiting_macro_of_the_user"],
    ),
    row(
        "A macro that we do not know hides a `return`",
        &["hidden_return", "hidden_return_in_operand"],
        &["hidden_return"],
    ),
    row(
        "The name of the function's type ends with `Result`",
        &["alias_of_failure"],
        &["alias_of_failure"],
    ),
    row(
        "An `async fn` that awaits itself",
        &["await_recursion_without_box"],
        &["await_recursion_without_box"],
    ),
    row(
        "An await whose operand makes a temporary",
        &[],
        &["temporary_of_awaited"],
    ),
    row("`const fn`", &["const_function"], &["const_function"]),
    row(
        "A borrow of a local in a variable, a temporary",
        &["awaited_borrow"],
        &["awaited_borrow"],
    ),
    row(
        "An `async` block in a local",
        &["async_block_kept"],
        &["async_block_kept"],
    ),
    row(
        "In a stream, a macro that we do not know",
        &["macro_in_enclosed"],
        &["macro_in_enclosed"],
    ),
    row(
        "In a crate of an edition before 2024",
        &["edition_2021/last_expression"],
        &["edition_2021/last_expression"],
    ),
    row(
        "A `move` closure takes a field of a local",
        &[],
        &["field_of_a_pointer"],
    ),
    row(
        "What is awaited, or a variable that is there",
        &["await_bound_by_lifetime"],
        &["await_bound_by_lifetime"],
    ),
    row(
        "Branches of which one suspends give a value",
        &["await_not_send_between_branches"],
        &["await_not_send_between_branches"],
    ),
    row(
        "A closure that borrows a local, in what a function",
        &["await_closure_in_made"],
        &["await_closure_in_made"],
    ),
    row(
        "A dead local with a closure in it",
        &["copy_if_a_closure_is"],
        &["copy_if_a_closure_is"],
    ),
    row(
        "The body of a function that returns a future",
        &["future_in_body"],
        &["future_in_body"],
    ),
];
