// title_th: โครงการที่ยังไม่พบที่มาจากประชาคม
// title_en: Projects with no known need behind them
// note: นับเฉพาะโครงการ (ไม่รวมงานประจำ งานบริหาร ครุภัณฑ์); ที่มาสืบย้อนผ่านรายการก่อนหน้าได้ไม่เกิน 6 ทอด | items of kind project only; the need may stand behind an earlier item, up to 6 steps down
// param: area string = "" | รหัสพื้นที่ ว่าง = ทั้งหมด | area code; empty = all
// param: floor float = 0.5 | นับข้อเสนอแนะตั้งแต่ความน่าจะเป็นนี้ | count suggestions from this probability
// param: year int = 0 | ปีงบประมาณ (0 = ทุกปี) | fiscal year (0 = all)
// param: stage string = "" | ขั้น: plan action budget contract (ว่าง = ทั้งหมด) | stage (empty = all)
// columns: project_id, project, plan_kind, stage, plan, owner, area, year, amount, nearest_need_id, nearest_need, nearest_probability, file, sheet, row, uid
// label: project_id | รหัส | id
// label: project | โครงการ | project
// label: plan_kind | ชนิดแผน | plan kind
// label: stage | ขั้น | stage
// label: plan | แผน | plan
// label: owner | หน่วยงาน | body
// label: area | รหัสพื้นที่ | area
// label: year | ปี | year
// label: amount | งบประมาณ (บาท) | amount (baht)
// label: nearest_need_id | ความต้องการที่ใกล้เคียงที่สุด (รหัส) | nearest need (id)
// label: nearest_need | ความต้องการที่ใกล้เคียงที่สุด | nearest need
// label: nearest_probability | ระดับความเชื่อมั่น | probability
// label: file | ไฟล์ | file
// label: sheet | ชีต | sheet
// label: row | แถว | row
// label: uid | uid | uid
// example: tracegraph query projects_without_need -p area=8104 -p stage=plan
MATCH (p:Project)
WHERE p.current AND p.item_kind = 'project' AND ($area = '' OR p.area STARTS WITH $area)
  AND ($stage = '' OR p.stage = $stage) AND ($year = 0 OR (p.year_first <= $year AND p.year_last >= $year))
  AND NOT EXISTS {
    MATCH path = (p)<-[:CARRIED_TO*0..6]-(:Project)<-[:ANSWERED_BY]-(:Need)
    WHERE all(r IN relationships(path) WHERE r.status <> 'rejected' AND (r.status <> 'suggested' OR r.probability >= $floor))
      AND all(x IN nodes(path) WHERE x.current)
  }
OPTIONAL MATCH (p)<-[r:ANSWERED_BY]-(n:Need)
WHERE n.current AND r.status = 'suggested'
WITH p, r, n
ORDER BY r.probability DESC, n.uid
WITH p, head(collect(CASE WHEN n IS NULL THEN null ELSE {
       id: coalesce(n.source_id, n.file + '#' + n.sheet + '#' + toString(n.row)),
       text: n.text, probability: r.probability} END)) AS nearest
OPTIONAL MATCH (p)-[:LISTED_IN]->(pl:Plan)
RETURN coalesce(p.source_id, p.file + '#' + p.sheet + '#' + toString(p.row)) AS project_id, p.name AS project,
       p.plan_kind AS plan_kind, p.stage AS stage, pl.title AS plan, p.owner_name AS owner, p.area AS area,
       p.year_first AS year, p.amount AS amount, nearest.id AS nearest_need_id, nearest.text AS nearest_need,
       nearest.probability AS nearest_probability, p.file AS file, p.sheet AS sheet, p.row AS row, p.uid AS uid
ORDER BY coalesce(amount, 0.0) DESC, project_id, uid
