"""The notebook runs from its first cell to its last, is committed without outputs, and names no machine."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

REPO = Path(__file__).resolve().parent.parent
NOTEBOOK = REPO / "notebooks" / "01_needs_to_plan.ipynb"


@pytest.fixture(scope="module")
def source() -> nbformat.NotebookNode:
    return nbformat.read(NOTEBOOK, as_version=4)


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> nbformat.NotebookNode:
    """The notebook after its run, in an empty folder and on the interpreter of these tests."""
    folder = tmp_path_factory.mktemp("notebook")
    kernels = folder / "kernels" / "python3"
    kernels.mkdir(parents=True)
    command = f'["{Path(sys.executable).as_posix()}", "-m", "ipykernel_launcher", "-f", "{{connection_file}}"]'
    (kernels / "kernel.json").write_text(
        f'{{"argv": {command}, "display_name": "Python 3", "language": "python"}}', encoding="utf-8"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(folder))
        patch.setenv("IPYTHONDIR", str(folder / "ipython"))
        patch.delenv("NEO4J_URI", raising=False)
        notebook = nbformat.read(NOTEBOOK, as_version=4)
        client = NotebookClient(
            notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
        )
        return client.execute()


def text_of(notebook: nbformat.NotebookNode) -> str:
    """Everything that the cells showed."""
    shown = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            shown.append(output.get("text", ""))
            shown += [value for value in output.get("data", {}).values() if isinstance(value, str)]
    return "\n".join(shown)


def test_it_is_committed_clean(source: nbformat.NotebookNode) -> None:
    nbformat.validate(source)
    code = [cell for cell in source.cells if cell.cell_type == "code"]
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)
    text = NOTEBOOK.read_text(encoding="utf-8")
    assert not re.search(r"/(?:home|root|work|tmp|Users)/|[A-Z]:\\\\", text)


def test_it_answers_the_main_question(executed: nbformat.NotebookNode) -> None:
    shown = text_of(executed)
    assert "ความต้องการ 66 เรื่อง ถึงแผนพัฒนาจังหวัด" in shown
    assert len(re.findall(r"\d+/66 \(\d+%\)", shown)) >= 12, "every fate has its denominator, twice"
    assert "PK0" not in shown, "plans are named in words"
    for words in ("ถึงแผนพัฒนาจังหวัด", "ยังไม่มีโครงการรองรับ", "ไม่รับ (มีเหตุผล)", "เกินขีดความสามารถ รอหน่วยงานรับต่อ"):
        assert words in shown
    assert "KB-N-HN2-2" in shown
    assert "KB-Q-01" in shown


def test_it_shows_reasons_duplicates_alignment_and_a_picture(executed: nbformat.NotebookNode) -> None:
    shown = text_of(executed)
    assert "ใช้รถดับเพลิงของ ทต.ทรายขาว ร่วมกันได้" in shown
    assert "ขอซ้ำ: KB-N69-" in shown
    assert "อบจ.กระบี่" in shown
    assert "เงินที่อาจจ่ายซ้ำ" in shown
    assert "คะแนนรวม" in shown
    assert "<svg" in shown


def test_nothing_failed_and_nothing_was_said_on_stderr(executed: nbformat.NotebookNode) -> None:
    outputs = [output for cell in executed.cells for output in cell.get("outputs", [])]
    assert [output for output in outputs if output.output_type == "error"] == []
    assert [output.text for output in outputs if output.get("name") == "stderr"] == []
