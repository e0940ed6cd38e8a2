// title_th: ความสอดคล้องรายพื้นที่: ความต้องการ ที่มาของโครงการ และยุทธศาสตร์
// title_en: Needs, grounding and strategy alignment of each area
// note: พื้นที่ย่อยของพื้นที่ที่ถาม; นับรายการขั้นแผน; served = ถึงแผนจังหวัดหรือได้รับงบประมาณ | by the parts of the area asked for; items of stage plan; served = arrived or funded
// param: area string = "" | รหัสพื้นที่ ว่าง = รายจังหวัด | area code; empty = by province
// param: floor float = 0.5 | นับข้อเสนอแนะตั้งแต่ความน่าจะเป็นนี้ | count suggestions from this probability
// columns: area, area_name, arrived_facts, arrived_with_suggestions, served_facts, served_with_suggestions, needs_raised, grounded_facts, grounded_with_suggestions, projects, left_out, money_grounded_facts, money_grounded_with_suggestions, money_projects, aligned_declared, aligned_confirmed, aligned_suggested, aligned_of
// label: area | รหัสพื้นที่ | area
// label: area_name | พื้นที่ | area name
// label: arrived_facts | ถึงแผนจังหวัด (ข้อเท็จจริง) | arrived (facts)
// label: arrived_with_suggestions | ถึงแผนจังหวัด (รวมข้อเสนอแนะ) | arrived (with suggestions)
// label: served_facts | ถึงแผนจังหวัดหรือได้งบ (ข้อเท็จจริง) | served (facts)
// label: served_with_suggestions | ถึงแผนจังหวัดหรือได้งบ (รวมข้อเสนอแนะ) | served (with suggestions)
// label: needs_raised | ความต้องการ (ตัวหาร) | needs raised (denominator)
// label: grounded_facts | โครงการที่มีที่มา (ข้อเท็จจริง) | grounded (facts)
// label: grounded_with_suggestions | โครงการที่มีที่มา (รวมข้อเสนอแนะ) | grounded (with suggestions)
// label: projects | โครงการ (ตัวหาร) | projects (denominator)
// label: left_out | ไม่นับในตัวหาร | left out of the denominator
// label: money_grounded_facts | งบที่มีที่มา (ข้อเท็จจริง) | money grounded (facts)
// label: money_grounded_with_suggestions | งบที่มีที่มา (รวมข้อเสนอแนะ) | money grounded (with suggestions)
// label: money_projects | งบของโครงการ (ตัวหาร) | money of projects (denominator)
// label: aligned_declared | ระบุยุทธศาสตร์ในแผน | aligned, declared
// label: aligned_confirmed | เจ้าหน้าที่ยืนยัน | aligned, confirmed
// label: aligned_suggested | ระบบเสนอแนะ | aligned, suggested
// label: aligned_of | โครงการและงานประจำ (ตัวหาร) | projects and recurring work (denominator)
// example: tracegraph query alignment_by_area -p area=81
CALL () {
  MATCH (n:Need)
  WHERE n.current AND ($area = '' OR n.area STARTS WITH $area)
  OPTIONAL MATCH path = (n)-[:ANSWERED_BY]->(:Project)-[:CARRIED_TO*0..6]->(e:Project)
  WHERE all(r IN relationships(path) WHERE r.status <> 'rejected' AND (r.status <> 'suggested' OR r.probability >= $floor))
    AND all(x IN nodes(path) WHERE x.current)
  WITH n, e, CASE WHEN e IS NULL THEN false ELSE all(r IN relationships(path) WHERE r.status <> 'suggested') END AS fact,
       CASE WHEN e.plan_kind IN ['PK09', 'PK10', 'PK11', 'PK12'] THEN 2 WHEN e.funded THEN 1 ELSE 0 END AS good
  WITH n, max(good) AS good, max(CASE WHEN fact THEN good ELSE 0 END) AS fact_good
  RETURN coalesce(CASE size($area) WHEN 0 THEN n.province WHEN 2 THEN n.district WHEN 4 THEN n.tambon
                                   ELSE CASE WHEN size(n.area) = 8 THEN n.area END END, '') AS area,
         count(*) AS needs_raised, sum(CASE WHEN good = 2 THEN 1 ELSE 0 END) AS arrived,
         sum(CASE WHEN fact_good = 2 THEN 1 ELSE 0 END) AS arrived_facts,
         sum(CASE WHEN good > 0 THEN 1 ELSE 0 END) AS served, sum(CASE WHEN fact_good > 0 THEN 1 ELSE 0 END) AS served_facts,
         0 AS items, 0 AS projects, 0 AS grounded, 0 AS grounded_facts, 0.0 AS money_grounded, 0.0 AS money_grounded_facts,
         0.0 AS money_projects, 0 AS declared, 0 AS confirmed, 0 AS suggested, 0 AS aligned_of
  UNION ALL
  MATCH (p:Project)
  WHERE p.current AND p.stage = 'plan' AND ($area = '' OR p.area STARTS WITH $area)
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
  RETURN coalesce(CASE size($area) WHEN 0 THEN p.province WHEN 2 THEN p.district WHEN 4 THEN p.tambon
                                   ELSE CASE WHEN size(p.area) = 8 THEN p.area END END, '') AS area,
         0 AS needs_raised, 0 AS arrived, 0 AS arrived_facts, 0 AS served, 0 AS served_facts,
         count(*) AS items, sum(CASE WHEN p.item_kind = 'project' THEN 1 ELSE 0 END) AS projects,
         sum(CASE WHEN ground > 0 THEN 1 ELSE 0 END) AS grounded, sum(CASE WHEN ground = 2 THEN 1 ELSE 0 END) AS grounded_facts,
         sum(CASE WHEN ground > 0 THEN coalesce(p.amount, 0.0) ELSE 0.0 END) AS money_grounded,
         sum(CASE WHEN ground = 2 THEN coalesce(p.amount, 0.0) ELSE 0.0 END) AS money_grounded_facts,
         sum(CASE WHEN p.item_kind = 'project' THEN coalesce(p.amount, 0.0) ELSE 0.0 END) AS money_projects,
         sum(CASE WHEN aligned = 3 THEN 1 ELSE 0 END) AS declared, sum(CASE WHEN aligned = 2 THEN 1 ELSE 0 END) AS confirmed,
         sum(CASE WHEN aligned = 1 THEN 1 ELSE 0 END) AS suggested,
         sum(CASE WHEN p.item_kind IN ['project', 'recurring'] THEN 1 ELSE 0 END) AS aligned_of
}
WITH area, sum(needs_raised) AS needs_raised, sum(arrived) AS arrived, sum(arrived_facts) AS arrived_facts,
     sum(served) AS served, sum(served_facts) AS served_facts, sum(items) AS items, sum(projects) AS projects,
     sum(grounded) AS grounded, sum(grounded_facts) AS grounded_facts, sum(money_grounded) AS money_grounded,
     sum(money_grounded_facts) AS money_grounded_facts, sum(money_projects) AS money_projects,
     sum(declared) AS declared, sum(confirmed) AS confirmed, sum(suggested) AS suggested, sum(aligned_of) AS aligned_of
OPTIONAL MATCH (a:Area {uid: area})
RETURN area, coalesce(a.name, 'ไม่ทราบพื้นที่ย่อย') AS area_name, arrived_facts, arrived AS arrived_with_suggestions,
       served_facts, served AS served_with_suggestions, needs_raised, grounded_facts,
       grounded AS grounded_with_suggestions, projects, items - projects AS left_out,
       round(money_grounded_facts, 2) AS money_grounded_facts, round(money_grounded, 2) AS money_grounded_with_suggestions,
       round(money_projects, 2) AS money_projects, declared AS aligned_declared, confirmed AS aligned_confirmed,
       suggested AS aligned_suggested, aligned_of
ORDER BY area
