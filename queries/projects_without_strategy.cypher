// title_th: โครงการที่ยังไม่ระบุความสอดคล้องกับยุทธศาสตร์
// title_en: Projects that align with no strategy
// note: รายการขั้นแผน (โครงการและงานประจำ); แผนงานงบประมาณ (BP) ไม่ถือเป็นยุทธศาสตร์ เว้นแต่ระบุ list=BP | items of stage plan (projects and recurring work); budget programmes (BP) are no strategy unless list=BP is asked
// param: area string = "" | รหัสพื้นที่ ว่าง = ทั้งหมด | area code; empty = all
// param: floor float = 0.5 | นับข้อเสนอแนะตั้งแต่ความน่าจะเป็นนี้ | count suggestions from this probability
// param: year int = 0 | ปีงบประมาณ (0 = ทุกปี) | fiscal year (0 = all)
// param: list string = "" | เฉพาะบัญชีนี้ เช่น NS M13 SDG PV (ว่าง = ทุกบัญชี) | only lists that begin so (empty = any list)
// columns: project_id, project, plan_kind, plan, owner, area, year, amount, nearest_strategy_id, nearest_strategy, nearest_probability, file, sheet, row, uid
// label: project_id | รหัส | id
// label: project | โครงการ | project
// label: plan_kind | ชนิดแผน | plan kind
// label: plan | แผน | plan
// label: owner | หน่วยงาน | body
// label: area | รหัสพื้นที่ | area
// label: year | ปี | year
// label: amount | งบประมาณ (บาท) | amount (baht)
// label: nearest_strategy_id | ยุทธศาสตร์ที่ใกล้เคียงที่สุด (รหัส) | nearest strategy (id)
// label: nearest_strategy | ยุทธศาสตร์ที่ใกล้เคียงที่สุด | nearest strategy
// label: nearest_probability | ระดับความเชื่อมั่น | probability
// label: file | ไฟล์ | file
// label: sheet | ชีต | sheet
// label: row | แถว | row
// label: uid | uid | uid
// example: tracegraph query projects_without_strategy -p area=81 -p list=PV
MATCH (p:Project)
WHERE p.current AND p.stage = 'plan' AND p.item_kind IN ['project', 'recurring']
  AND ($area = '' OR p.area STARTS WITH $area)
  AND ($year = 0 OR (p.year_first <= $year AND p.year_last >= $year))
OPTIONAL MATCH (p)-[r:ALIGNS_WITH]->(s:Strategy)
WHERE r.status <> 'rejected' AND (($list = '' AND s.list_id <> 'BP') OR ($list <> '' AND s.list_id STARTS WITH $list))
WITH p, r, s,
     CASE WHEN s IS NULL THEN 0 WHEN r.status <> 'suggested' OR r.probability >= $floor THEN 1 ELSE 0 END AS aligned
ORDER BY r.probability DESC, s.uid
WITH p, sum(aligned) AS aligned,
     head(collect(CASE WHEN s IS NULL THEN null ELSE {id: s.uid, name: s.name, probability: r.probability} END)) AS nearest
WHERE aligned = 0
OPTIONAL MATCH (p)-[:LISTED_IN]->(pl:Plan)
RETURN coalesce(p.source_id, p.file + '#' + p.sheet + '#' + toString(p.row)) AS project_id, p.name AS project,
       p.plan_kind AS plan_kind, pl.title AS plan, p.owner_name AS owner, p.area AS area, p.year_first AS year,
       p.amount AS amount, nearest.id AS nearest_strategy_id, nearest.name AS nearest_strategy,
       nearest.probability AS nearest_probability, p.file AS file, p.sheet AS sheet, p.row AS row, p.uid AS uid
ORDER BY coalesce(amount, 0.0) DESC, project_id, uid
