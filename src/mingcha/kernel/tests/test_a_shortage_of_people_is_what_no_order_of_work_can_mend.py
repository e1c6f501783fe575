"""Team half-days needed against those there are, month by month."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from mingcha.kernel.manpower import Saving, Task, savings_for, spread, team_half_days, whole_teams


def test_needs_are_rounded_up_and_supplies_down() -> None:
    assert team_half_days(people=2, visits=30, half_days=1) == 30
    assert team_half_days(people=3, visits=5, half_days=1) == 8
    assert whole_teams([5, 4]) == 4
    assert whole_teams([3, 3, 3]) == 4


def test_nobody_can_do_more_than_all_others_together() -> None:
    assert whole_teams([10, 1, 1]) == 2
    assert whole_teams([7]) == 0
    assert whole_teams([]) == 0


def test_what_ends_first_is_served_first() -> None:
    found = spread([Task("late", 5, 1, 3), Task("early", 5, 1, 1)], {1: 6, 2: 2, 3: 2})
    assert found.left == {"early": 0, "late": 0}
    assert found.done["early", 1] == 5
    assert (found.in_month(1), found.shortage, found.free) == (6, 0, {1: 0, 2: 2 - 2, 3: 0})


def test_a_shortage_is_what_no_month_of_the_period_can_take() -> None:
    found = spread([Task("a", 36, 3, 4)], {2: 50, 3: 10, 4: 20, 5: 50})
    assert (found.shortage, found.left, found.free[2], found.free[5]) == (6, {"a": 6}, 50, 50)


TASKS = st.lists(
    st.builds(
        lambda need, first, length: (need, first, min(3, first + length)),
        st.integers(0, 4),
        st.integers(1, 3),
        st.integers(0, 2),
    ),
    max_size=3,
)


@given(TASKS, st.tuples(*[st.integers(0, 4)] * 3))
def test_no_other_order_leaves_less_undone(
    given_tasks: list[tuple[int, int, int]], free: tuple[int, int, int]
) -> None:
    tasks = [Task(str(number), *values) for number, values in enumerate(given_tasks)]
    room = dict(enumerate(free, start=1))
    most = 0
    per_task = [
        [
            shares
            for shares in product(range(task.need + 1), repeat=3)
            if sum(shares) <= task.need
            and all(not n or task.first <= month <= task.last for month, n in enumerate(shares, start=1))
        ]
        for task in tasks
    ]
    for choice in product(*per_task):
        if all(sum(shares[month - 1] for shares in choice) <= room[month] for month in room):
            most = max(most, sum(map(sum, choice)))
    assert sum(task.need for task in tasks) - spread(tasks, room).shortage == most


def test_the_largest_lines_are_proposed_for_work_off_site_until_it_is_enough() -> None:
    possible = [Saving("a", 10), Saving("b", 30), Saving("c", 20), Saving("d", 0)]
    assert [one.code for one in savings_for(35, possible)] == ["b", "c"]
    assert [one.code for one in savings_for(99, possible)] == ["b", "c", "a"]
    assert savings_for(0, possible) == []
