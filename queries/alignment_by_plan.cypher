// title_th: ความสอดคล้องรายแผน: ที่มาจากประชาคมและยุทธศาสตร์
// title_en: Grounding and strategy alignment of each plan
// note: grounded = โครงการที่มีความต้องการอยู่เบื้องหลัง ÷ projects; งานประจำ งานบริหาร ครุภัณฑ์ ไม่อยู่ในตัวหาร (left_out) | grounded ÷ projects; recurring, administrative and equipment rows stay out of the denominator (left_out)
// note: aligned_* ÷ aligned_of = โครงการและงานประจำที่มียุทธศาสตร์อย่างน้อยหนึ่งข้อ (หลักฐานที่หนักแน่นที่สุดนับครั้งเดียว) | aligned_* ÷ aligned_of = projects and recurring work with at least one strategy, each counted once by its best status
// param: area string = "" | รหัสพื้นที่ ว่าง = ทั้งหมด | area code; empty = all
// param: floor float = 0.5 | นับข้อเสนอแนะตั้งแต่ความน่าจะเป็นนี้ | count suggestions from this probability
// param: plan_kind string = "" | เฉพาะแผนชนิดนี้ เช่น PK03 (ว่าง = ทั้งหมด) | only this plan kind (empty = all)
// columns: plan, plan_kind, stage, owner, area, year_from, year_to, items, left_out, grounded_facts, grounded_with_suggestions, projects, money_grounded_facts, money_grounded_with_suggestions, money_projects, aligned_declared, aligned_confirmed, aligned_suggested, aligned_of, uid
// label: plan | แผน | plan
// label: plan_kind | ชนิดแผน | plan kind
// label: stage | ขั้น | stage
// label: owner | หน่วยงาน | body
// label: area | รหัสพื้นที่ | area
// label: year_from | ตั้งแต่ปี | from year
// label: year_to | ถึงปี | to year
// label: items | รายการทั้งหมด | items
// label: left_out | ไม่นับในตัวหาร | left out of the denominator
// label: grounded_facts | มีที่มา (ข้อเท็จจริง) | grounded (facts)
// label: grounded_with_suggestions | มีที่มา (รวมข้อเสนอแนะ) | grounded (with suggestions)
// label: projects | โครงการ (ตัวหาร) | projects (denominator)
// label: money_grounded_facts | งบที่มีที่มา (ข้อเท็จจริง) | money grounded (facts)
// label: money_grounded_with_suggestions | งบที่มีที่มา (รวมข้อเสนอแนะ) | money grounded (with suggestions)
// label: money_projects | งบของโครงการ (ตัวหาร) | money of projects (denominator)
// label: aligned_declared | ระบุยุทธศาสตร์ในแผน | aligned, declared
// label: aligned_confirmed | เจ้าหน้าที่ยืนยัน | aligned, confirmed
// label: aligned_suggested | ระบบเสนอแนะ | aligned, suggested
// label: aligned_of | โครงการและงานประจำ (ตัวหาร) | projects and recurring work (denominator)
// label: uid | uid | uid
// example: tracegraph query alignment_by_plan -p area=8104 -p plan_kind=PK03
MATCH (p:Project)
WHERE p.current AND ($area = '' OR p.area STARTS WITH $area) AND ($plan_kind = '' OR p.plan_kind = $plan_kind)
OPTIONAL MATCH path = (p)<-[:CARRIED_TO*0..6]-(:Project)<-[:ANSWERED_BY]-(n:Need)
WHERE p.item_kind = 'project'
  AND all(r IN relationships(path) WHERE r.status <> 'rejected' AND (r.status <> 'suggested' OR r.probability >= $floor))
  AND all(x IN nodes(path) WHERE x.current)
WITH p, max(CASE WHEN n IS NULL THEN 0
                 WHEN all(r IN relationships(path) WHERE r.status <> 'suggested') THEN 2 ELSE 1 END) AS ground
OPTIONAL MATCH (p)-[r:ALIGNS_WITH]->(s:Strategy)
WHERE p.item_kind IN ['project', 'recurring'] AND s.list_id <> 'BP'
  AND r.status <> 'rejected' AND (r.status <> 'suggested' OR r.probability >= $floor)
WITH p, ground, max(CASE WHEN s IS NULL THEN 0 WHEN r.status = 'declared' THEN 3
                         WHEN r.status = 'confirmed' THEN 2 ELSE 1 END) AS aligned
WITH p.plan AS plan_uid, count(*) AS items,
     sum(CASE WHEN p.item_kind = 'project' THEN 1 ELSE 0 END) AS projects,
     sum(CASE WHEN p.item_kind IN ['project', 'recurring'] THEN 1 ELSE 0 END) AS aligned_of,
     sum(CASE WHEN ground = 2 THEN 1 ELSE 0 END) AS grounded_facts,
     sum(CASE WHEN ground > 0 THEN 1 ELSE 0 END) AS grounded_with_suggestions,
     round(sum(CASE WHEN ground = 2 THEN coalesce(p.amount, 0.0) ELSE 0.0 END), 2) AS money_grounded_facts,
     round(sum(CASE WHEN ground > 0 THEN coalesce(p.amount, 0.0) ELSE 0.0 END), 2) AS money_grounded_with_suggestions,
     round(sum(CASE WHEN p.item_kind = 'project' THEN coalesce(p.amount, 0.0) ELSE 0.0 END), 2) AS money_projects,
     sum(CASE WHEN aligned = 3 THEN 1 ELSE 0 END) AS aligned_declared,
     sum(CASE WHEN aligned = 2 THEN 1 ELSE 0 END) AS aligned_confirmed,
     sum(CASE WHEN aligned = 1 THEN 1 ELSE 0 END) AS aligned_suggested
MATCH (pl:Plan {uid: plan_uid})
RETURN pl.title AS plan, pl.kind AS plan_kind, pl.stage AS stage, pl.owner_name AS owner, pl.area AS area,
       pl.year_from AS year_from, pl.year_to AS year_to, items, items - projects AS left_out,
       grounded_facts, grounded_with_suggestions, projects,
       money_grounded_facts, money_grounded_with_suggestions, money_projects,
       aligned_declared, aligned_confirmed, aligned_suggested, aligned_of, pl.uid AS uid
ORDER BY plan_kind, coalesce(area, '~'), stage, coalesce(year_from, 0), uid
