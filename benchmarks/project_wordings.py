"""How words of project names are written: abbreviations and spellings that books of plans hold side by side."""

from __future__ import annotations

from functools import cache

from benchmarks.project_patterns import Pattern

#: A word as the patterns write it → the ways in which a writer may have it; each writer (dialect) takes one of each.
_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "คอนกรีตเสริมเหล็ก",
        ("คอนกรีตเสริมเหล็ก", " คสล.", " ค.ส.ล.", "คอนกรีตเสริมเหล็ก", " คสล.", " คสล", " ค.ส.ล", "คอนกรีดเสริมเหล็ก"),
    ),
    (
        "แอสฟัลท์ติกคอนกรีต",
        (
            *("แอสฟัลท์ติกคอนกรีต", "แอสฟัลต์ติกคอนกรีต", "แอสฟัลติกคอนกรีต"),
            *("แอสฟัลท์ติกฯ", "แอสฟัลต์คอนกรีต", "แอสฟัสท์ติกคอนกรีต"),
        ),
    ),
    ("พลังงานแสงอาทิตย์", ("พลังงานแสงอาทิตย์", "โซล่าเซลล์", "โซลาร์เซลล์", "โซลาเซลล์", "พลังงานแสงอาทิตย์ (โซล่าเซลล์)")),
    ("ผิวจราจร", ("ผิวจราจร", "ผิวทาง", "ผิวจราจร")),
    ("อเนกประสงค์", ("อเนกประสงค์", "เอนกประสงค์")),
    ("ศูนย์พัฒนาเด็กเล็ก", ("ศูนย์พัฒนาเด็กเล็ก", "ศพด.", "ศูนย์เด็กเล็ก", "ศูนย์พัฒนาเด็กเล็ก")),
    ("กล้องวงจรปิด", ("กล้องวงจรปิด", "กล้อง CCTV", "กล้องวงจรปิด (CCTV)")),
    ("การไฟฟ้าส่วนภูมิภาค", ("การไฟฟ้าส่วนภูมิภาค", "กฟภ.", "การไฟฟ้าฯ")),
    ("การประปาส่วนภูมิภาค", ("การประปาส่วนภูมิภาค", "กปภ.")),
    ("องค์กรปกครองส่วนท้องถิ่น", ("องค์กรปกครองส่วนท้องถิ่น", "อปท.")),
    ("อาสาสมัครสาธารณสุขประจำหมู่บ้าน", ("อาสาสมัครสาธารณสุขประจำหมู่บ้าน", "อสม.", "อาสาสมัครสาธารณสุข (อสม.)")),
    ("โรงพยาบาลส่งเสริมสุขภาพตำบล", ("โรงพยาบาลส่งเสริมสุขภาพตำบล", "รพ.สต.")),
    ("ไฟฟ้าสาธารณะ", ("ไฟฟ้าสาธารณะ", "ไฟสาธารณะ", "ไฟฟ้าสาธารณะ", "ไฟฟ้าส่องสว่างสาธารณะ")),
    ("แอลอีดี", ("แอลอีดี", "LED", " LED")),
    ("อินเทอร์เน็ต", ("อินเทอร์เน็ต", "อินเตอร์เน็ต")),
    ("บ่อบาดาล", ("บ่อบาดาล", "บ่อน้ำบาดาล", "บ่อบาดาล")),
    ("ซับเมอร์ส", ("ซับเมอร์ส", "ซับเมิร์ส", "Submersible")),
    (" พีอี", (" พีอี", " PE", " HDPE")),
    ("ท่อเมนประปา", ("ท่อเมนประปา", "ท่อเมนน้ำประปา", "ท่อเมนประปา")),
    ("ที่สาธารณประโยชน์", ("ที่สาธารณประโยชน์", "ที่สาธารณะประโยชน์")),
)
DIALECTS = 8


@cache
def write_wording(pattern: Pattern, wording: int, dialect: int) -> str:
    """One wording of a pattern in a writer's spellings; ``wording`` counts round."""
    return write_words(pattern.wordings[wording % len(pattern.wordings)], dialect)


def write_words(text: str, dialect: int) -> str:
    """``text`` in the spellings of a writer."""
    for number, (word, forms) in enumerate(_WORDS):
        if word in text:
            text = text.replace(word, forms[(dialect * (number + 3) // 2 + dialect) % len(forms)])
    return " ".join(text.split())
