"""What a run did, in counts: the return value of every write."""

from __future__ import annotations

from dataclasses import dataclass, field

from tracegraph.model.records import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSummary:
    """What one document brought: statements that are new, say something else now, say the same, or stand no more.

    ``skipped`` is True for a document that a newer one of its series superseded before: nothing was read from it.
    """

    uid: str
    file: str
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    superseded: int = 0
    quarantined: int = 0
    skipped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCounts:
    """What happened to links of meaning; ``kept`` were written as they stand already."""

    created: int = 0
    changed: int = 0
    removed: int = 0
    kept: int = 0
    skipped: int = 0  # proposals for pairs that a person rejected, or whose end is not there
    unresolved: int = 0  # stated links whose ids are unknown or name more than one record

    def __add__(self, other: LinkCounts) -> LinkCounts:
        return LinkCounts(
            created=self.created + other.created,
            changed=self.changed + other.changed,
            removed=self.removed + other.removed,
            kept=self.kept + other.kept,
            skipped=self.skipped + other.skipped,
            unresolved=self.unresolved + other.unresolved,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSummary:
    """One finished run; ``problems`` are those found on writing (links that could not be resolved)."""

    uid: str
    command: str
    documents: tuple[DocumentSummary, ...] = ()
    links: LinkCounts = field(default_factory=LinkCounts)
    problems: tuple[Problem, ...] = ()

    @property
    def new(self) -> int:
        """Statements that were not there before, over all documents."""
        return sum(d.new for d in self.documents)

    @property
    def changed(self) -> int:
        """Statements that say something else now."""
        return sum(d.changed for d in self.documents)

    @property
    def unchanged(self) -> int:
        """Statements that say what they said."""
        return sum(d.unchanged for d in self.documents)

    @property
    def superseded(self) -> int:
        """Statements that no current document makes any more."""
        return sum(d.superseded for d in self.documents)
