"""How long linking needs with projects, and projects with the national lists, takes for a province.

4,000 needs and 3,000 projects, invented by a seed:

    python benchmarks/bench_answers.py [--needs 4000] [--projects 3000] [--vectors]

Prints one JSON object: seconds by step, links proposed.
"""

from __future__ import annotations

import argparse
import json
import random
import time

from tracegraph.link import alignment, answers, vectors
from tracegraph.link.answer_features import build_corpus
from tracegraph.model.items import Item
from tracegraph.model.strategies import national_strategies

TAMBONS = 53
VILLAGES = 8
#: What villages ask for and what plans hold, with a slot for the place.
NEEDS = (
    "ก่อสร้างรางระบายน้ำ คสล. ซอย {n}", "ถนนซอย {n} เป็นหลุมเป็นบ่อ รถล้มบ่อย", "หน้าแล้งน้ำไม่พอใช้ ต้องซื้อน้ำ",
    "ไฟทางดับทั้งซอย {n} มืดมาก",
    "ขุดลอกลำห้วยหนอง{w} ตื้นเขิน", "ยุงเยอะ เด็กเป็นไข้เลือดออก", "ขยะล้นถัง รถขยะมาไม่ทัน", "ผู้สูงอายุติดเตียงไม่มีคนดูแล",
    "อยากมีอาชีพเสริมหลังกรีดยาง", "น้ำประปาแดงมีกลิ่น", "ตลิ่งคลอง{w}พังทุกปี", "อยากได้ลานกีฬาให้เด็ก", "หอกระจายข่าวเสีย",
)  # fmt: skip
PROJECTS = (
    "ก่อสร้างรางระบายน้ำ คสล. แบบมีฝาปิด ซอย {n} หมู่ที่ {v}", "ก่อสร้างถนน คสล. ซอย {n} บ้านหนอง{w} หมู่ที่ {v}",
    "เจาะบ่อบาดาล หมู่ที่ {v}",
    "ติดตั้งโคมไฟถนนโซลาร์เซลล์ สายบ้านหนอง{w} หมู่ที่ {v}", "ขุดลอกลำห้วยหนอง{w} หมู่ที่ {v}", "ป้องกันและควบคุมโรคไข้เลือดออก",
    "จัดซื้อรถบรรทุกขยะ", "ดูแลระยะยาวผู้สูงอายุที่มีภาวะพึ่งพิง", "ฝึกอบรมอาชีพเสริม", "ปรับปรุงระบบกรองน้ำประปาหมู่บ้าน หมู่ที่ {v}",
    "ก่อสร้างเขื่อนป้องกันตลิ่งคลอง{w} หมู่ที่ {v}", "ก่อสร้างลานกีฬาอเนกประสงค์ หมู่ที่ {v}", "ติดตั้งเสียงตามสายไร้สาย หมู่ที่ {v}",
    "ปรับปรุงอาคารสำนักงาน", "จัดงานประเพณีสงกรานต์", "ซ่อมสร้างผิวจราจรแอสฟัลท์ติกคอนกรีต สายหนอง{w} – ควน{w}",
)  # fmt: skip
WORDS = ("แดง", "ขาว", "ใหญ่", "ลึก", "บัว", "ยาง", "ไผ่", "ช้าง", "ปลา", "หวาย")


def build_item(role: str, number: int, random_: random.Random) -> Item:
    """One invented need or project in a village of an invented province."""
    tambon = f"99{1 + random_.randrange(TAMBONS) // 7:02d}{1 + random_.randrange(7):02d}"
    village = 1 + random_.randrange(VILLAGES)
    text = random_.choice(NEEDS if role == "need" else PROJECTS)
    text = text.format(n=1 + random_.randrange(9), v=village, w=random_.choice(WORDS))
    return Item(
        uid=f"{role}:{number:06d}",
        role="need" if role == "need" else "project",
        text=text,
        text_hash=str(number),
        village_nos=(village,) if role == "need" or "หมู่ที่" in text else (),
        province="99",
        district=tambon[:4],
        tambon=tambon,
        year=2568,
    )


def main() -> None:
    """Run the steps once and print their times."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--needs", type=int, default=4000)
    parser.add_argument("--projects", type=int, default=3000)
    parser.add_argument("--vectors", action="store_true")
    args = parser.parse_args()
    random_ = random.Random(2569)
    needs = [build_item("need", number, random_) for number in range(args.needs)]
    projects = [build_item("project", number, random_) for number in range(args.projects)]
    encoder = vectors.open_vectors() if args.vectors else None
    answers.propose(needs[:5], projects[:5], vectors=encoder)  # load dictionaries and weights
    started = time.perf_counter()
    build_corpus(needs, projects, vectors=encoder)
    read = time.perf_counter()
    links = answers.propose(needs, projects, vectors=encoder)
    done = time.perf_counter()
    national = [(s.uid, s.list_id, s.number, s.name, s.parent, "|".join(s.aliases)) for s in national_strategies()]
    aligned = alignment.propose(projects, national, [], vectors=encoder)
    figures = {
        "read_s": round(read - started, 2),
        "answers_s": round(done - read, 2),
        "alignment_s": round(time.perf_counter() - done, 2),
        "answers": len(links),
        "alignment": len(aligned),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
