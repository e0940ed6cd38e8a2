// title_th: โครงการเกินขีดความสามารถที่ยังไม่มีหน่วยงานรับต่อ
// title_en: Items beyond a body's means that nobody has taken up
// note: อยู่ในบัญชี PK05–PK07 หรือระบุว่าเกินขีดความสามารถ ยังไม่ได้รับงบ ไม่ถูกปฏิเสธ และไม่มีรายการในแผนที่สูงกว่ารับไป; ไม่นับความต้องการที่ถูกปฏิเสธแล้ว | in PK05–PK07 or marked beyond capacity, not funded, not rejected, and carried to no item of a higher plan nor to a funded one; needs that were rejected do not wait
// param: area string = "" | รหัสพื้นที่ ว่าง = ทั้งหมด | area code; empty = all
// param: floor float = 0.5 | นับข้อเสนอแนะตั้งแต่ความน่าจะเป็นนี้ | count suggestions from this probability
// columns: project_id, project, stands_at, next_in_letter, flow, owner, asked_of, area, year, amount, reason, needs_waiting, file, sheet, row, uid
// label: project_id | รหัส | id
// label: project | โครงการ | project
// label: stands_at | ค้างอยู่ที่แผน | stands at
// label: next_in_letter | ขั้นต่อไปตามหนังสือ มท. | next step of the letter
// label: flow | เส้นทางตามหนังสือ | flow of the letter
// label: owner | หน่วยงาน | body
// label: asked_of | หน่วยงานที่ขอรับการสนับสนุน | body asked
// label: area | รหัสพื้นที่ | area
// label: year | ปี | year
// label: amount | งบประมาณ (บาท) | amount (baht)
// label: reason | เหตุผลที่เกินขีดความสามารถ | reason
// label: needs_waiting | ความต้องการที่รออยู่ | needs that wait
// label: file | ไฟล์ | file
// label: sheet | ชีต | sheet
// label: row | แถว | row
// label: uid | uid | uid
// example: tracegraph query beyond_capacity_waiting -p area=8104
MATCH (p:Project)
WHERE p.current AND coalesce(p.outcome, '') <> 'rejected' AND ($area = '' OR p.area STARTS WITH $area)
  AND (p.beyond_capacity OR p.plan_kind IN ['PK05', 'PK06', 'PK07'])
  AND NOT coalesce(p.funded, false) AND NOT p.plan_kind IN ['PK09', 'PK10', 'PK11', 'PK12']
  AND NOT EXISTS {
    MATCH path = (p)-[:CARRIED_TO*1..6]->(q:Project)
    WHERE all(r IN relationships(path) WHERE r.status <> 'rejected' AND (r.status <> 'suggested' OR r.probability >= $floor))
      AND all(x IN nodes(path) WHERE x.current)
      AND (q.funded OR q.plan_rank > p.plan_rank OR (q.plan_rank = p.plan_rank AND q.plan_kind > p.plan_kind))
  }
OPTIONAL MATCH path = (p)<-[:CARRIED_TO*0..6]-(:Project)<-[:ANSWERED_BY]-(n:Need)
WHERE coalesce(n.outcome, '') <> 'rejected' AND all(r IN relationships(path) WHERE r.status <> 'rejected' AND (r.status <> 'suggested' OR r.probability >= $floor))
  AND all(x IN nodes(path) WHERE x.current)
WITH p, count(DISTINCT n.uid) AS needs_waiting
RETURN coalesce(p.source_id, p.file + '#' + p.sheet + '#' + toString(p.row)) AS project_id, p.name AS project,
       p.plan_kind AS stands_at,
       CASE p.plan_kind WHEN 'PK05' THEN 'PK06 PK09 PK10' WHEN 'PK06' THEN 'PK07' WHEN 'PK07' THEN 'PK08 PK09 PK10'
                        ELSE 'PK05' END AS next_in_letter,
       CASE p.plan_kind WHEN 'PK01' THEN 'B13' WHEN 'PK03' THEN 'B14' WHEN 'PK05' THEN 'B19 B16 B17'
                        WHEN 'PK06' THEN 'B20' WHEN 'PK07' THEN 'B21 B22 B23' END AS flow,
       p.owner_name AS owner, p.payer AS asked_of, p.area AS area, p.year_first AS year, p.amount AS amount,
       coalesce(p.beyond_reason, p.outcome_reason, p.status_text) AS reason, needs_waiting,
       p.file AS file, p.sheet AS sheet, p.row AS row, p.uid AS uid
ORDER BY needs_waiting DESC, coalesce(amount, 0.0) DESC, project_id, uid
