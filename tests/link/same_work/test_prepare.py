"""What is read from an item before it is compared."""

from __future__ import annotations

import pytest
from readers import make_item

from tracegraph.link.same_work.prepare import prepare_item

ASPHALT = ("แอสฟัลท์ติกคอนกรีต", "แอสฟัลต์ติกคอนกรีต", "แอสฟัลติกคอนกรีต", "แอสฟัลต์คอนกรีต", "แอสฟัลท์ติกฯ", "ลาดยาง")


@pytest.mark.parametrize("surface", ASPHALT)
def test_every_spelling_of_asphalt_is_one_surface_and_leaves_no_core(surface: str) -> None:
    item = prepare_item(make_item(f"ซ่อมสร้างผิวทาง{surface} สายบ้านทุ่งทอง – บ้านสระแก้ว หมู่ที่ 2"))
    assert (item.family, item.core) == ("ลาดยาง", "")
