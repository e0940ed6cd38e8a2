"""Words, context, the area they must give and the problem that must be said."""

from __future__ import annotations

from tracegraph.thai.places import PlaceContext

NOTHING = PlaceContext()
KHLONG_THOM = PlaceContext(owner="8104")
CITY = PlaceContext(owner="1302", known=("130201", "130202"))

Case = tuple[dict[str, str], PlaceContext, str | None, str | None]

CASES: list[Case] = [
    ({"text": "ลงหินคลุก ต.ดินแดง อ.ลำทับ จ.กระบี่"}, NOTHING, "810704", None),
    ({"text": "ต.บ้านกลาง อ.อ่าวลึก"}, NOTHING, "810509", None),
    ({"text": "ต.ลำทับ อ.ลำทับ จ.กระบี่"}, NOTHING, "810701", None),
    ({"text": "อ.ลำทับ จ.กระบี่"}, NOTHING, "8107", None),
    ({"text": "ขุดลอก ต.บ้านกลาง"}, PlaceContext(owner="8105"), "810509", None),
    ({"text": "ขุดลอก ต.ทรายขาว"}, KHLONG_THOM, "810404", None),
    ({"text": "ต.คลองเขม้า หมู่ที่ 3"}, NOTHING, "81080403", None),
    # names of tambons that are ordinary words count only after ต. or where the context says so
    ({"text": "ปรับปรุงถนนดินแดง"}, PlaceContext(owner="8107"), "8107", None),
    ({"text": "ขุดลอกคลองพน"}, KHLONG_THOM, "8104", None),
    ({"text": "ถมทรายขาว"}, KHLONG_THOM, "8104", None),
    ({"text": "คลองพน"}, KHLONG_THOM, "810403", None),
    ({"text": "รณรงค์ในพื้นที่คลองพน"}, KHLONG_THOM, "810403", None),
    ({"text": "คลองพน"}, NOTHING, None, None),
    # owner
    ({"text": "อบรม"}, PlaceContext(owner="810403"), "810403", None),
    ({"text": "ถนน หมู่ที่ 5"}, PlaceContext(owner="810403"), "81040305", None),
    ({"text": "ถนน หมู่ที่ 5"}, KHLONG_THOM, "8104", "village-without-tambon"),
    ({"text": "ถนน หมู่ที่ 5"}, NOTHING, None, "village-without-tambon"),
    ({"text": "ซ่อมแซมทาง อบต.แม่ใส"}, NOTHING, "560114", None),
    ({"text": "หมู่ที่ 6 ต.คลองหนึ่ง"}, CITY, "13020106", None),
    ({"text": "อบรม"}, NOTHING, None, None),
    # slips and contradictions
    ({"tambon": "คลองพล", "district": "คลองท่อม"}, NOTHING, "810403", "misspelt"),
    ({"tambon": "แม่ไส"}, PlaceContext(owner="5601"), "560114", "misspelt"),
    ({"tambon": "คลองพน", "district": "คลองทอม", "province": "กระบี่"}, NOTHING, "810403", "misspelt"),
    ({"tambon": "คลองพน", "province": "กระบี"}, NOTHING, "810403", "misspelt"),
    ({"tambon": "คลองพน", "district": "อ่าวลึก", "province": "กระบี่"}, NOTHING, "810403", "district-disagrees"),
    ({"tambon": "ไม่มีชื่อนี้", "district": "คลองท่อม"}, NOTHING, "8104", "unknown-tambon"),
    ({"tambon": "ไม่มีชื่อนี้"}, KHLONG_THOM, "8104", "unknown-tambon"),
    ({"district": "ไม่มีชื่อนี้", "province": "กระบี่"}, NOTHING, "81", "unknown-district"),
    ({"province": "ไม่มีชื่อนี้"}, NOTHING, None, "unknown-province"),
    ({"tambon": "ในเมือง"}, KHLONG_THOM, None, "homonym"),
    ({"tambon": "สามเสนใน"}, KHLONG_THOM, "101401", "outside-owner"),
    # several
    ({"text": "ตำบลคลองหนึ่ง / ตำบลคลองสอง อ.คลองหลวง"}, NOTHING, "1302", "several-tambons"),
    ({"text": "ขุดลอก ต.ทรายขาว เชื่อม ต.คลองพน"}, KHLONG_THOM, "810404", None),
    ({"text": "เฉลิมพระเกียรติ", "district": "เฉลิมพระเกียรติ"}, NOTHING, None, "homonym"),
    ({"district": "เฉลิมพระเกียรติ", "province": "น่าน"}, NOTHING, "5515", None),
    # as typed
    ({"tambon": "ต.คลองพน", "district": "อำเภอคลองท่อม", "province": "จังหวัดกระบี่"}, NOTHING, "810403", None),
    ({"tambon": "ตําบล คลองพน", "district": "คลองท่อม "}, NOTHING, "810403", None),
    ({"tambon": "ในเมือง", "district": "เมือง", "province": "ขอนแก่น"}, NOTHING, "400101", None),
    # Bangkok
    ({"text": "แขวงสามเสนใน เขตพญาไท กรุงเทพมหานคร"}, NOTHING, "101401", None),
    ({"text": "เขตพระนคร"}, NOTHING, "1001", None),
    ({"district": "เขตพญาไท", "province": "กทม."}, NOTHING, "1014", None),
]
