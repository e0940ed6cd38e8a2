"""``docs/questions.md`` from the headers of the questions.

python -m tracegraph.analyse.question_docs > docs/questions.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from tracegraph.analyse.questions import Param, Question, load_questions

_HEAD = """\
# คำถาม / Questions

Made from the headers of `queries/*.cypher` by `python -m tracegraph.analyse.question_docs`; do not edit by hand.

Ask with `tracegraph query NAME [-p key=value]… [--format table|json|csv]`, `GET /v1/queries/NAME?key=value`, or run the
file in a Neo4j browser with the same parameters. Both engines give the same rows in the same order.

- **floor**: declared and confirmed links always count, rejected ones never, suggested ones from this probability on;
  `facts` (1.01) counts no suggestion.
- **area**: an official code of 2, 4, 6 or 8 digits (province, district, tambon, village); empty = everything, items of
  unknown area too.
- Only current items count: those that the newest document of their series still states.
"""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _param_row(param: Param) -> str:
    default = "required" if param.required else f"`{param.default or '(empty)'}`"
    return f"| `{param.name}` | {param.type} | {default} | {_cell(param.th)} | {_cell(param.en)} |"


def _question_lines(question: Question) -> Iterator[str]:
    yield f"## {question.name}"
    yield ""
    yield f"**{question.title_th}**  "
    yield question.title_en
    yield ""
    for th, en in question.notes:
        yield f"- {th}  "
        yield f"  {en}"
    if question.notes:
        yield ""
    yield "| parameter | type | default | ความหมาย | meaning |"
    yield "|---|---|---|---|---|"
    yield from map(_param_row, question.params)
    yield ""
    yield "| column | คอลัมน์ | meaning |"
    yield "|---|---|---|"
    for column, (th, en) in question.labels.items():
        yield f"| `{column}` | {_cell(th)} | {_cell(en)} |"
    yield ""
    yield "```"
    yield from question.examples
    yield "```"
    yield ""


def render_markdown(questions: Iterable[Question]) -> str:
    """The page about these questions."""
    found = sorted(questions, key=lambda question: question.name)
    index = [f"- [{q.name}](#{q.name}): {q.title_th} / {q.title_en}" for q in found]
    body = [line for question in found for line in _question_lines(question)]
    return "\n".join([_HEAD, *index, "", *body]).rstrip() + "\n"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a console of another code page
    sys.stdout.write(render_markdown(load_questions().values()))
