// title_th: ประเด็นยุทธศาสตร์ที่ยังไม่มีโครงการรองรับ
// title_en: Strategies that no project serves
// note: บัญชีที่ใช้กับพื้นที่ที่ถามและมีผลในปีที่ถาม; children_served = ข้อย่อยที่มีโครงการแล้ว | lists that apply to the area and are valid in the year asked; children_served = entries below it that have projects
// param: area string = "" | รหัสพื้นที่ของโครงการ ว่าง = ทั้งหมด | area code of the projects; empty = all
// param: floor float = 0.5 | นับข้อเสนอแนะตั้งแต่ความน่าจะเป็นนี้ | count suggestions from this probability
// param: year int = 0 | ปีที่บัญชีมีผล (0 = ทุกปี) | year in which the list is valid (0 = all)
// param: list string = "" | เฉพาะบัญชีนี้ เช่น NS M13 SDG PV (ว่าง = ทุกบัญชี) | only lists that begin so (empty = all)
// columns: strategy_id, list_id, list_name, version, number, strategy, level, valid_from, valid_to, children, children_served, suggestions_below_floor, file, sheet, row
// label: strategy_id | รหัส | id
// label: list_id | บัญชี | list
// label: list_name | ชื่อบัญชี | name of the list
// label: version | ฉบับ | version
// label: number | ข้อ | number
// label: strategy | ประเด็น/ยุทธศาสตร์ | strategy
// label: level | ระดับ | level
// label: valid_from | มีผลตั้งแต่ปี | valid from
// label: valid_to | ถึงปี | valid to
// label: children | ข้อย่อย | entries below
// label: children_served | ข้อย่อยที่มีโครงการ | entries below with projects
// label: suggestions_below_floor | ข้อเสนอแนะที่ต่ำกว่าเกณฑ์ | suggestions below the floor
// label: file | ไฟล์ | file
// label: sheet | ชีต | sheet
// label: row | แถว | row
// example: tracegraph query strategies_without_project -p area=81 -p list=PV
MATCH (s:Strategy)
WHERE ($list = '' OR s.list_id STARTS WITH $list)
  AND ($year = 0 OR (coalesce(s.valid_from, 0) <= $year AND coalesce(s.valid_to, 9999) >= $year))
  AND ($area = '' OR s.area IS NULL OR s.area STARTS WITH $area OR $area STARTS WITH s.area
       OR (s.level = 'cluster' AND EXISTS { MATCH (:Area {uid: substring($area, 0, 2)})-[:WITHIN]->(c:Area) WHERE c.uid = s.area }))
OPTIONAL MATCH (s)<-[r:ALIGNS_WITH]-(p:Project)
WHERE p.current AND r.status <> 'rejected' AND ($area = '' OR p.area STARTS WITH $area)
WITH s, sum(CASE WHEN p IS NULL THEN 0 WHEN r.status <> 'suggested' OR r.probability >= $floor THEN 1 ELSE 0 END) AS served,
     count(p) AS linked
WHERE served = 0
OPTIONAL MATCH (s)-[:GUIDES]->(c:Strategy)
OPTIONAL MATCH (c)<-[r:ALIGNS_WITH]-(p:Project)
WHERE p.current AND r.status <> 'rejected' AND (r.status <> 'suggested' OR r.probability >= $floor)
  AND ($area = '' OR p.area STARTS WITH $area)
WITH s, linked, count(DISTINCT c.uid) AS children, count(DISTINCT CASE WHEN p IS NULL THEN null ELSE c.uid END) AS children_served
OPTIONAL MATCH (s)-[st:STATED_IN]->(d:Document)
WITH s, linked, children, children_served, st, d
ORDER BY d.uid
WITH s, linked, children, children_served, head(collect(d.file)) AS file, head(collect(st.sheet)) AS sheet,
     head(collect(st.row)) AS row
RETURN s.uid AS strategy_id, s.list_id AS list_id, s.list_name AS list_name, s.version AS version, s.number AS number,
       s.name AS strategy, s.level AS level, s.valid_from AS valid_from, s.valid_to AS valid_to, children,
       children_served, linked AS suggestions_below_floor, file, sheet, row
ORDER BY list_id, version, coalesce(toInteger(s.number), 0), number, strategy_id
