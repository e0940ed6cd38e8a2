"""What a picture leaves out so that the way can be seen: suggestions that say nothing new. The rest is counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tracegraph.model.graph import LinkKind, Status
from tracegraph.report.picture import Picture, PictureLink, PictureNode
from tracegraph.report.terms import Lang

_FACTS = (Status.DECLARED, Status.CONFIRMED)
_WAY = (LinkKind.ANSWERED_BY, LinkKind.CARRIED_TO)
#: A way counts as about as probable as a direct suggestion down to this difference.
_NOTICEABLE = 0.05
_MOST_STEPS = 7
_NOTE: dict[Lang, str] = {
    "th": "ย่อผัง: ไม่ได้วาดข้อเสนอแนะที่มีเส้นทางอื่นไปถึงอยู่แล้ว และข้อเสนอแนะยุทธศาสตร์ที่รองลงไป รวม {count:,} เส้น (มีครบในหน้าเส้นทาง)",
    "en": "Simplified: {count:,} suggestions not drawn (another way there, or weaker of a list); the page lists all",
}


def fold_picture(picture: Picture) -> Picture:
    """The picture without suggestions that other links imply and without the weaker suggestions of each list."""
    return fold_alignment(fold_shortcuts(fold_implied(picture)))


def fold_note(picture: Picture, lang: Lang) -> str:
    """What folding left out, in words; '' for nothing."""
    return _NOTE[lang].format(count=picture.folded) if picture.folded else ""


def fold_implied(picture: Picture) -> Picture:
    """The picture without suggested links between statements that declared or confirmed links join already."""
    onward: dict[str, list[str]] = {}
    for link in picture.links:
        if link.kind in _WAY and link.status in _FACTS:
            onward.setdefault(link.source, []).append(link.target)
    reached: dict[str, set[str]] = {}
    kept = tuple(link for link in picture.links if not _is_implied(link, onward, reached))
    return replace(picture, links=kept, folded=picture.folded + len(picture.links) - len(kept))


def _is_implied(link: PictureLink, onward: Mapping[str, list[str]], reached: dict[str, set[str]]) -> bool:
    if link.status != Status.SUGGESTED or link.suspect or link.kind == LinkKind.ALIGNS_WITH:
        return False
    ends = [(link.source, link.target)]
    if link.kind == LinkKind.SAME_WORK:
        ends.append((link.target, link.source))
    return any(target in _reach(source, onward, reached) for source, target in ends)


def _reach(source: str, onward: Mapping[str, list[str]], reached: dict[str, set[str]]) -> set[str]:
    if source not in reached:
        found: set[str] = set()
        waiting = [source]
        while waiting:
            for target in onward.get(waiting.pop(), ()):
                if target not in found:
                    found.add(target)
                    waiting.append(target)
        reached[source] = found
    return reached[source]


def fold_shortcuts(picture: Picture) -> Picture:
    """The picture without suggestions that skip levels where a way through the levels is about as probable.

    A need is compared with every stage of a project, so each stage is suggested beside the chain of stages. Of those
    the way step by step is drawn. A way through a clearly weaker link does not replace the direct suggestion.
    """
    rank = {node.uid: node.rank for node in picture.nodes}
    onward: dict[str, dict[str, PictureLink]] = {}
    for link in picture.links:
        if link.kind in _WAY and link.status != Status.REJECTED:
            onward.setdefault(link.source, {})[link.uid] = link
    dropped: set[str] = set()
    for link in sorted(picture.links, key=lambda k: (rank[k.source] - rank[k.target], k.uid)):  # longest first
        if link.kind in _WAY and link.status == Status.SUGGESTED and not link.suspect and _has_detour(link, onward):
            del onward[link.source][link.uid]
            dropped.add(link.uid)
    kept = tuple(link for link in picture.links if link.uid not in dropped)
    return replace(picture, links=kept, folded=picture.folded + len(dropped))


def _has_detour(link: PictureLink, onward: Mapping[str, Mapping[str, PictureLink]]) -> bool:
    """True where links about as probable as ``link`` lead from its start to its end through another item."""
    least = (link.probability or 0.0) - _NOTICEABLE
    waiting = [(link.source, 0)]
    seen = {link.source}
    while waiting:
        uid, steps = waiting.pop(0)
        for other in onward.get(uid, {}).values():
            strong = other.status in _FACTS or (other.probability or 0.0) >= least
            if other.uid == link.uid or not strong or other.target in seen:
                continue
            if other.target == link.target:
                return True
            if steps < _MOST_STEPS:
                seen.add(other.target)
                waiting.append((other.target, steps + 1))
    return False


def fold_alignment(picture: Picture) -> Picture:
    """The picture with one link to each strategy, and of each list no suggestion but the strongest.

    A project is suggested to serve an entry of every list, and so is each stage of it: drawn in full, those links
    cover the way that the picture is about. Declared and confirmed entries all stay, each with its strongest link
    (of equals, from the item furthest up). The rest is counted, and stands in the list of links.
    """
    nodes = {node.uid: node for node in picture.nodes}
    aligned = [k for k in picture.links if k.kind == LinkKind.ALIGNS_WITH and k.status != Status.REJECTED]
    strongest: dict[str, PictureLink] = {}
    for link in sorted(aligned, key=lambda k: _strength(k, nodes), reverse=True):
        strongest.setdefault(link.target, link)
    kept: set[str] = set()
    suggested_lists: set[str] = set()
    for link in sorted(strongest.values(), key=lambda k: _strength(k, nodes), reverse=True):
        group = nodes[link.target].group or link.target
        if link.status != Status.SUGGESTED:
            kept.add(link.uid)
            suggested_lists.add(group)
        elif group not in suggested_lists:
            suggested_lists.add(group)
            kept.add(link.uid)
    links = tuple(k for k in picture.links if k.kind != LinkKind.ALIGNS_WITH or k.uid in kept)
    ends = {end for k in links for end in (k.source, k.target)}
    shown = tuple(n for n in picture.nodes if n.label != "Strategy" or n.uid in ends or n.focus)
    return replace(picture, nodes=shown, links=links, folded=picture.folded + len(picture.links) - len(links))


def _strength(link: PictureLink, nodes: Mapping[str, PictureNode]) -> tuple[bool, float, int, str]:
    source = nodes[link.source]
    fact = link.status != Status.SUGGESTED
    return fact, 1.0 if fact else link.probability or 0.0, source.rank, link.uid
