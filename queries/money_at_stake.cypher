// title_th: งบประมาณที่อาจจ่ายซ้ำ แยกตามประเภท
// title_en: Money that may be paid twice, by class
// note: ต่อคู่นับรายการที่น้อยกว่า และแต่ละรายการนับครั้งเดียว จึงเป็นยอดอย่างน้อย; แถว all = ทุกประเภทโดยไม่นับรายการซ้ำ | of each pair the smaller item counts, and each item once: at least this much; row all = every class, no item twice
// note: ตัวหาร = งบของรายการในพื้นที่ โดยไม่นับรายการที่ส่งต่อมาจากรายการอื่นของพื้นที่ | denominator = money of the items of the area, leaving out those carried from another item of it
// param: area string = "" | รหัสพื้นที่ ว่าง = ทั้งหมด | area code; empty = all
// param: floor float = 0.5 | นับข้อเสนอแนะตั้งแต่ความน่าจะเป็นนี้ | count suggestions from this probability
// columns: class, pairs_declared, pairs_confirmed, pairs_suggested, items, money_facts, money_with_suggestions, money_planned
// label: class | ประเภท | class
// label: pairs_declared | คู่ที่ระบุในแผน | pairs, declared
// label: pairs_confirmed | คู่ที่เจ้าหน้าที่ยืนยัน | pairs, confirmed
// label: pairs_suggested | คู่ที่ระบบเสนอแนะ | pairs, suggested
// label: items | รายการที่อาจซ้ำ | items
// label: money_facts | งบที่อาจซ้ำ (ข้อเท็จจริง) | money at stake (facts)
// label: money_with_suggestions | งบที่อาจซ้ำ (รวมข้อเสนอแนะ) | money at stake (with suggestions)
// label: money_planned | งบที่ตั้งไว้ทั้งหมด | money planned
// example: tracegraph query money_at_stake -p area=81
OPTIONAL MATCH (q:Project)
WHERE q.current AND ($area = '' OR q.area STARTS WITH $area)
  AND NOT EXISTS {
    MATCH (q)<-[r:CARRIED_TO]-(o:Project)
    WHERE o.current AND ($area = '' OR o.area STARTS WITH $area)
      AND r.status <> 'rejected' AND (r.status <> 'suggested' OR r.probability >= $floor)
  }
WITH round(sum(coalesce(q.amount, 0.0)), 2) AS money_planned
OPTIONAL MATCH (a:Project)-[r:SAME_WORK]->(b:Project)
WHERE a.current AND b.current AND r.class IN ['duplicate', 'likely_duplicate', 'two_channels', 'same_book']
  AND r.status <> 'rejected' AND (r.status <> 'suggested' OR r.probability >= $floor)
  AND NOT EXISTS { MATCH (a)-[c:CARRIED_TO]-(b) WHERE c.status IN ['declared', 'confirmed'] }
  AND ($area = '' OR CASE WHEN coalesce(a.amount, 0.0) > coalesce(b.amount, 0.0)
                            OR (coalesce(a.amount, 0.0) = coalesce(b.amount, 0.0) AND a.uid < b.uid)
                          THEN b.area ELSE a.area END STARTS WITH $area)
WITH money_planned, r,
     CASE WHEN coalesce(a.amount, 0.0) > coalesce(b.amount, 0.0)
            OR (coalesce(a.amount, 0.0) = coalesce(b.amount, 0.0) AND a.uid < b.uid) THEN b ELSE a END AS smaller
UNWIND (CASE WHEN r IS NULL THEN ['all'] ELSE [r.class, 'all'] END) AS class
WITH money_planned, class, smaller, sum(CASE WHEN r.status = 'declared' THEN 1 ELSE 0 END) AS declared,
     sum(CASE WHEN r.status = 'confirmed' THEN 1 ELSE 0 END) AS confirmed,
     sum(CASE WHEN r.status = 'suggested' THEN 1 ELSE 0 END) AS suggested
RETURN class, sum(declared) AS pairs_declared, sum(confirmed) AS pairs_confirmed, sum(suggested) AS pairs_suggested,
       count(smaller) AS items,
       round(sum(CASE WHEN declared + confirmed > 0 THEN coalesce(smaller.amount, 0.0) ELSE 0.0 END), 2) AS money_facts,
       round(sum(coalesce(smaller.amount, 0.0)), 2) AS money_with_suggestions, money_planned
ORDER BY CASE class WHEN 'duplicate' THEN 1 WHEN 'likely_duplicate' THEN 2 WHEN 'two_channels' THEN 3
                    WHEN 'same_book' THEN 4 ELSE 5 END
