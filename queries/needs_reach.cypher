// title_th: ความต้องการแต่ละเรื่องไปถึงแผนไหน หยุดที่ไหน เพราะอะไร
// title_en: Which plan did each need reach, where did it stop, and why
// note: ไปถึง = ชนิดแผนของรายการที่มีระดับสูงสุดบนเส้นทางที่นับ (ไม่เกิน 6 ทอด); เมื่อเท่ากันเลือกรายการที่ไปต่อไม่ได้แล้ว มีงบประมาณ และหลักฐานหนักแน่นกว่า | reached = plan kind of the highest item on any path that counts (up to 6 steps); between equals: the item that goes no further, that is funded, on the strongest, then shortest path
// note: ขอซ้ำ = ความต้องการปีหลังของหมู่บ้านเดียวกัน ที่ข้อความเหมือนกัน (text_hash) หรือตอบด้วยโครงการเดียวกัน | asked again = needs of a later year of the same village (8-digit code) with the same text_hash, or answered by the same project
// param: area string = "" | รหัสพื้นที่ (จังหวัด อำเภอ ตำบล หมู่บ้าน) ว่าง = ทั้งหมด | area code, any level; empty = all
// param: floor float = 0.5 | นับข้อเสนอแนะของระบบตั้งแต่ความน่าจะเป็นนี้ (facts = ไม่นับ) | count suggestions from this probability (facts = none)
// param: year int = 0 | ปีงบประมาณที่เสนอ (0 = ทุกปี) | year the need was raised (0 = all)
// param: fate string = "" | เฉพาะผลนี้ (ว่าง = ทั้งหมด) | only this fate (empty = all)
// param: reached string = "" | เฉพาะที่ไปถึงแผนชนิดนี้ เช่น PK03 (ว่าง = ทั้งหมด) | only needs that reached this plan kind (empty = all)
// param: need string = "" | เฉพาะความต้องการนี้ (uid หรือรหัส ว่าง = ทั้งหมด) | only this need (uid or id; empty = all)
// columns: need_id, need, village, reached, fate, stopped_at, reason, funded_by, funded_year, funded_amount, path, weakest_probability, asked_again_in
// label: need_id | รหัส | id
// label: need | ปัญหา/ความต้องการ | need
// label: village | หมู่บ้าน | village
// label: reached | ไปถึงแผน | reached
// label: fate | ผล | fate
// label: stopped_at | ค้างอยู่ที่ | stopped at
// label: reason | เหตุผลตามเอกสาร | reason as stated
// label: funded_by | หน่วยงานที่ให้งบประมาณ | funded by
// label: funded_year | ปีงบประมาณ | fiscal year
// label: funded_amount | งบประมาณ (บาท) | amount (baht)
// label: path | เส้นทาง (รหัสรายการ) | path (ids)
// label: weakest_probability | ความเชื่อมั่นต่ำสุดบนเส้นทาง | weakest probability on the path
// label: asked_again_in | ขอซ้ำในปีหลัง (รหัส) | asked again in (ids)
// example: tracegraph query needs_reach -p area=8104
// example: tracegraph query needs_reach -p floor=facts --format json
MATCH (n:Need)
WHERE n.current AND ($area = '' OR n.area STARTS WITH $area) AND ($need = '' OR $area <> '' OR n.uid = $need)
WITH n.area AS village, n.text_hash AS words, collect(n) AS same
UNWIND same AS n
WITH n, CASE WHEN size(village) = 8 AND size(same) > 1 THEN [m IN same WHERE m.year > n.year] ELSE [] END AS by_words
WHERE ($year = 0 OR n.year = $year) AND ($need = '' OR n.uid = $need)
WITH n, by_words, [(n)-[a:ANSWERED_BY]->(p:Project)<-[b:ANSWERED_BY]-(m:Need)
  WHERE size(n.area) = 8 AND m.area = n.area AND m.year > n.year AND m.current AND p.current
    AND a.status <> 'rejected' AND (a.status <> 'suggested' OR a.probability >= $floor)
    AND b.status <> 'rejected' AND (b.status <> 'suggested' OR b.probability >= $floor) | m] AS by_answer
WITH n, [m IN by_words + by_answer
         | toString(m.year) + ' ' + coalesce(m.source_id, m.file + '#' + m.sheet + '#' + toString(m.row))] AS later
WITH n, [k IN reduce(sorted = [], k IN later
           | CASE WHEN k IN sorted THEN sorted ELSE [x IN sorted WHERE x < k] + k + [x IN sorted WHERE x > k] END)
         | substring(k, 5)] AS asked_again_in
OPTIONAL MATCH path = (n)-[:ANSWERED_BY]->(:Project)-[:CARRIED_TO*0..6]->(e:Project)
WHERE all(r IN relationships(path) WHERE r.status <> 'rejected' AND (r.status <> 'suggested' OR r.probability >= $floor))
  AND all(x IN nodes(path) WHERE x.current)
WITH n, asked_again_in, e, nodes(path) AS way, length(path) AS hops, e.funded AS funded, [x IN nodes(path) | x.uid] AS uids,
     e.plan_rank * 100 + toInteger(substring(e.plan_kind, 2)) AS height,
     reduce(w = 1.0, r IN relationships(path)
            | CASE WHEN r.status = 'suggested' AND r.probability < w THEN r.probability ELSE w END) AS weakest
ORDER BY height DESC, funded DESC, weakest DESC, hops, reduce(s = '', u IN uids | s + ' ' + u)
WITH n, asked_again_in, max(height) AS top,
     collect(CASE WHEN e IS NULL THEN null ELSE {item: e, way: way, height: height, weakest: weakest, uids: uids} END) AS ways
WITH n, asked_again_in, [w IN ways WHERE w.height = top] AS highest, [w IN ways WHERE w.item.funded | w.item] AS paid
WITH n, asked_again_in, highest, reduce(seen = [], w IN highest | seen + w.uids[1..-1]) AS passed,
     head([p IN paid WHERE p.stage = 'contract'] + [p IN paid WHERE p.stage = 'budget'] + paid) AS money
WITH n, asked_again_in, highest, money, [w IN highest WHERE NOT w.item.uid IN passed] AS ends
WITH n, asked_again_in, money, CASE WHEN size(ends) = 0 THEN highest ELSE ends END AS furthest
WITH n, asked_again_in, money, [w IN furthest | w.item] AS last, head(furthest) AS chosen
WITH n, asked_again_in, money, last, chosen, chosen.item AS e
WITH n, asked_again_in, money, chosen, e,
     CASE
       WHEN e.plan_kind IN ['PK09', 'PK10', 'PK11', 'PK12'] THEN 'arrived'
       WHEN money IS NOT NULL THEN 'funded'
       WHEN n.outcome = 'rejected' THEN 'rejected'
       WHEN e IS NOT NULL AND all(x IN last WHERE x.outcome = 'rejected') THEN 'rejected'
       WHEN any(x IN last WHERE x.beyond_capacity OR x.plan_kind IN ['PK05', 'PK06', 'PK07']) THEN 'waiting_beyond_capacity'
       WHEN e IS NOT NULL THEN 'not_carried'
       ELSE 'unanswered'
     END AS fate
WHERE ($fate = '' OR fate = $fate) AND ($reached = '' OR e.plan_kind = $reached)
RETURN coalesce(n.source_id, n.file + '#' + n.sheet + '#' + toString(n.row)) AS need_id, n.text AS need,
       CASE WHEN n.village_no IS NULL THEN n.village_name
            ELSE 'หมู่ ' + toString(n.village_no) + coalesce(' ' + n.village_name, '') END AS village,
       e.plan_kind AS reached, fate,
       CASE WHEN fate IN ['arrived', 'funded'] THEN null ELSE coalesce(e.plan_kind, n.plan_kind) END AS stopped_at,
       CASE fate
         WHEN 'rejected' THEN CASE WHEN n.outcome = 'rejected' THEN n.outcome_reason
                                   ELSE coalesce(e.outcome_reason, e.status_text) END
         WHEN 'waiting_beyond_capacity' THEN coalesce(e.beyond_reason, e.outcome_reason, e.status_text)
         WHEN 'not_carried' THEN coalesce(e.outcome_reason, e.status_text)
         WHEN 'unanswered' THEN n.outcome_reason
       END AS reason,
       coalesce(money.payer, money.owner_name) AS funded_by, money.year_first AS funded_year, money.amount AS funded_amount,
       [x IN coalesce(chosen.way, []) | coalesce(x.source_id, x.file + '#' + x.sheet + '#' + toString(x.row))] AS path,
       chosen.weakest AS weakest_probability, asked_again_in
ORDER BY coalesce(n.area, '~'), coalesce(n.year, 0), need_id, n.uid
