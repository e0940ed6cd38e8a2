// title_th: ความสอดคล้องรายประเด็นยุทธศาสตร์: จำนวนโครงการและงบประมาณ
// title_en: Projects and money behind each strategy
// note: รายการขั้นแผน (โครงการและงานประจำ); ระบุในแผน เจ้าหน้าที่ยืนยัน และระบบเสนอแนะ แยกกัน; ตัวหาร = รายการทั้งหมดของพื้นที่ | items of stage plan (projects and recurring work); declared, confirmed and suggested apart; denominator = all such items of the area
// param: area string = "" | รหัสพื้นที่ของโครงการ ว่าง = ทั้งหมด | area code of the projects; empty = all
// param: floor float = 0.5 | นับข้อเสนอแนะตั้งแต่ความน่าจะเป็นนี้ | count suggestions from this probability
// param: year int = 0 | ปีงบประมาณ (0 = ทุกปี) | fiscal year (0 = all)
// param: list string = "" | เฉพาะบัญชีนี้ เช่น NS M13 SDG PV (ว่าง = ทุกบัญชี) | only lists that begin so (empty = all)
// columns: strategy_id, list_id, version, number, strategy, level, projects_declared, projects_confirmed, projects_suggested, projects_in_scope, money_facts, money_with_suggestions, money_in_scope
// label: strategy_id | รหัส | id
// label: list_id | บัญชี | list
// label: version | ฉบับ | version
// label: number | ข้อ | number
// label: strategy | ประเด็น/ยุทธศาสตร์ | strategy
// label: level | ระดับ | level
// label: projects_declared | โครงการที่ระบุในแผน | projects, declared
// label: projects_confirmed | โครงการที่เจ้าหน้าที่ยืนยัน | projects, confirmed
// label: projects_suggested | โครงการที่ระบบเสนอแนะ | projects, suggested
// label: projects_in_scope | โครงการทั้งหมด | projects in all
// label: money_facts | งบประมาณ (ข้อเท็จจริง) | money (facts)
// label: money_with_suggestions | งบประมาณ (รวมข้อเสนอแนะ) | money (with suggestions)
// label: money_in_scope | งบประมาณทั้งหมด | money in all
// example: tracegraph query strategy_coverage -p area=81 -p list=NS
OPTIONAL MATCH (q:Project)
WHERE q.current AND q.stage = 'plan' AND q.item_kind IN ['project', 'recurring']
  AND ($area = '' OR q.area STARTS WITH $area)
  AND ($year = 0 OR (q.year_first <= $year AND q.year_last >= $year))
WITH count(q) AS projects_in_scope, round(sum(coalesce(q.amount, 0.0)), 2) AS money_in_scope
MATCH (s:Strategy)
WHERE ($list = '' OR s.list_id STARTS WITH $list)
  AND ($year = 0 OR (coalesce(s.valid_from, 0) <= $year AND coalesce(s.valid_to, 9999) >= $year))
  AND ($area = '' OR s.area IS NULL OR s.area STARTS WITH $area OR $area STARTS WITH s.area
       OR (s.level = 'cluster' AND EXISTS { MATCH (:Area {uid: substring($area, 0, 2)})-[:WITHIN]->(c:Area) WHERE c.uid = s.area }))
OPTIONAL MATCH (s)<-[r:ALIGNS_WITH]-(p:Project)
WHERE p.current AND p.stage = 'plan' AND p.item_kind IN ['project', 'recurring']
  AND ($area = '' OR p.area STARTS WITH $area)
  AND ($year = 0 OR (p.year_first <= $year AND p.year_last >= $year))
  AND r.status <> 'rejected' AND (r.status <> 'suggested' OR r.probability >= $floor)
WITH s, projects_in_scope, money_in_scope,
     sum(CASE WHEN r.status = 'declared' THEN 1 ELSE 0 END) AS projects_declared,
     sum(CASE WHEN r.status = 'confirmed' THEN 1 ELSE 0 END) AS projects_confirmed,
     sum(CASE WHEN r.status = 'suggested' THEN 1 ELSE 0 END) AS projects_suggested,
     round(sum(CASE WHEN r.status IN ['declared', 'confirmed'] THEN coalesce(p.amount, 0.0) ELSE 0.0 END), 2) AS money_facts,
     round(sum(CASE WHEN p IS NULL THEN 0.0 ELSE coalesce(p.amount, 0.0) END), 2) AS money_with_suggestions
RETURN s.uid AS strategy_id, s.list_id AS list_id, s.version AS version, s.number AS number, s.name AS strategy,
       s.level AS level, projects_declared, projects_confirmed, projects_suggested, projects_in_scope,
       money_facts, money_with_suggestions, money_in_scope
ORDER BY list_id, version, coalesce(toInteger(s.number), 0), number, strategy_id
