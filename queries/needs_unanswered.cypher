// title_th: ความต้องการที่ยังไม่มีโครงการรองรับ
// title_en: Needs that no project answers yet
// note: ไม่รวมความต้องการที่มีผู้ไม่รับพร้อมเหตุผล; nearest = ข้อเสนอแนะที่ใกล้เคียงที่สุดซึ่งต่ำกว่าเกณฑ์ | needs declined with a reason are left out; nearest = best suggestion below the floor
// param: area string = "" | รหัสพื้นที่ ว่าง = ทั้งหมด | area code; empty = all
// param: floor float = 0.5 | นับข้อเสนอแนะตั้งแต่ความน่าจะเป็นนี้ | count suggestions from this probability
// param: year int = 0 | ปีที่เสนอ (0 = ทุกปี) | year the need was raised (0 = all)
// columns: need_id, need, village, area, year, side, asked_of, raised_in, nearest_project_id, nearest_project, nearest_probability, file, sheet, row, uid
// label: need_id | รหัส | id
// label: need | ปัญหา/ความต้องการ | need
// label: village | หมู่บ้าน | village
// label: area | รหัสพื้นที่ | area
// label: year | ปี | year
// label: side | ด้าน | side
// label: asked_of | ศักยภาพ/หน่วยงานที่ขอ | capacity or body asked
// label: raised_in | เสนอไว้ในแผน | raised in
// label: nearest_project_id | โครงการที่ใกล้เคียงที่สุด (รหัส) | nearest project (id)
// label: nearest_project | โครงการที่ใกล้เคียงที่สุด | nearest project
// label: nearest_probability | ระดับความเชื่อมั่น | probability
// label: file | ไฟล์ | file
// label: sheet | ชีต | sheet
// label: row | แถว | row
// label: uid | uid | uid
// example: tracegraph query needs_unanswered -p area=8104
MATCH (n:Need)
WHERE n.current AND ($area = '' OR n.area STARTS WITH $area) AND ($year = 0 OR n.year = $year)
  AND coalesce(n.outcome, '') <> 'rejected'
OPTIONAL MATCH (n)-[r:ANSWERED_BY]->(p:Project)
WHERE p.current AND r.status <> 'rejected'
WITH n, r, p,
     CASE WHEN p IS NULL THEN 0 WHEN r.status <> 'suggested' OR r.probability >= $floor THEN 1 ELSE 0 END AS answer
ORDER BY r.probability DESC, p.uid
WITH n, sum(answer) AS answers,
     head(collect(CASE WHEN p IS NULL THEN null ELSE {
       id: coalesce(p.source_id, p.file + '#' + p.sheet + '#' + toString(p.row)),
       name: p.name, probability: r.probability} END)) AS nearest
WHERE answers = 0
RETURN coalesce(n.source_id, n.file + '#' + n.sheet + '#' + toString(n.row)) AS need_id, n.text AS need,
       CASE WHEN n.village_no IS NULL THEN n.village_name
            ELSE 'หมู่ ' + toString(n.village_no) + coalesce(' ' + n.village_name, '') END AS village,
       n.area AS area, n.year AS year, n.side AS side, n.capacity AS asked_of, n.plan_kind AS raised_in,
       nearest.id AS nearest_project_id, nearest.name AS nearest_project, nearest.probability AS nearest_probability,
       n.file AS file, n.sheet AS sheet, n.row AS row, n.uid AS uid
ORDER BY coalesce(n.area, '~'), coalesce(n.year, 0), need_id, uid
