"""The questions by what they are about, in the order in which a planner asks them."""

from __future__ import annotations

from collections.abc import Iterable

from api.answers import Question

#: Topic (a label ``topic.NAME``) and its questions. A question of no topic stands under ``other``.
TOPICS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "needs",
        ("needs_reach", "reach_funnel", "needs_unanswered", "needs_asked_again", "beyond_capacity_waiting"),
    ),
    ("trace", ("trace_need", "trace_project", "projects_without_need", "carried_changes")),
    (
        "strategy",
        (
            "alignment_by_area",
            "alignment_by_plan",
            "strategy_coverage",
            "strategies_without_project",
            "projects_without_strategy",
            "declared_vs_inferred",
        ),
    ),
    ("money", ("duplicates_across_bodies", "money_at_stake")),
    ("order", ("area_profile", "late_plans", "suspect_links")),
)


def group_questions(questions: Iterable[Question]) -> list[tuple[str, list[Question]]]:
    """Topics with their questions; topics without any are left out."""
    left = {question.name: question for question in questions}
    groups = [(topic, [left.pop(name) for name in names if name in left]) for topic, names in TOPICS]
    return [(topic, found) for topic, found in (*groups, ("other", list(left.values()))) if found]
