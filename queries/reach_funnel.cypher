// title_th: ความต้องการไปถึงแผนระดับใด รายพื้นที่
// title_en: How many needs reached which plan level, by area
// note: พื้นที่ย่อยของพื้นที่ที่ถาม; area ว่าง = ไม่ทราบพื้นที่ย่อย | rows by the parts of the area asked for; an empty area = part unknown
// param: area string = "" | รหัสพื้นที่ ว่าง = รายจังหวัด | area code; empty = by province
// param: floor float = 0.5 | นับข้อเสนอแนะตั้งแต่ความน่าจะเป็นนี้ | count suggestions from this probability
// param: year int = 0 | ปีที่เสนอ (0 = ทุกปี) | year the need was raised (0 = all)
// columns: area, area_name, level, level_th, plan_kinds, reached_facts, reached_with_suggestions, needs_raised
// label: area | รหัสพื้นที่ | area
// label: area_name | พื้นที่ | area name
// label: level | ระดับ | level
// label: level_th | ระดับแผน | level (Thai)
// label: plan_kinds | ชนิดแผน | plan kinds
// label: reached_facts | ไปถึง (ข้อเท็จจริง) | reached (facts)
// label: reached_with_suggestions | ไปถึง (รวมข้อเสนอแนะ) | reached (with suggestions)
// label: needs_raised | ความต้องการทั้งหมด | needs raised
// example: tracegraph query reach_funnel -p area=81
MATCH (n:Need)
WHERE n.current AND ($area = '' OR n.area STARTS WITH $area) AND ($year = 0 OR n.year = $year)
OPTIONAL MATCH path = (n)-[:ANSWERED_BY]->(:Project)-[:CARRIED_TO*0..6]->(e:Project)
WHERE all(r IN relationships(path) WHERE r.status <> 'rejected' AND (r.status <> 'suggested' OR r.probability >= $floor))
  AND all(x IN nodes(path) WHERE x.current)
WITH n.uid AS need,
     coalesce(CASE size($area) WHEN 0 THEN n.province WHEN 2 THEN n.district WHEN 4 THEN n.tambon
                               ELSE CASE WHEN size(n.area) = 8 THEN n.area END END, '') AS area,
     coalesce(e.plan_rank, 0) AS height, CASE WHEN e.funded THEN 1 ELSE 0 END AS funded,
     CASE WHEN any(r IN relationships(path) WHERE r.status = 'suggested') THEN 0 ELSE 1 END AS fact
WITH need, area, max(height) AS rank, max(funded) AS paid, max(fact * height) AS fact_rank, max(fact * funded) AS fact_paid
WITH area, rank, paid, fact_rank, fact_paid, count(*) AS needs
UNWIND [
  {step: 1, rank: 1, level: 'answered', th: 'มีโครงการรองรับ', kinds: 'PK01'},
  {step: 2, rank: 2, level: 'tambon', th: 'แผนระดับตำบลขึ้นไป', kinds: 'PK02'},
  {step: 3, rank: 3, level: 'local', th: 'แผน อปท. ขึ้นไป', kinds: 'PK03'},
  {step: 4, rank: 4, level: 'district', th: 'แผนระดับอำเภอขึ้นไป', kinds: 'PK04 PK05 PK06'},
  {step: 5, rank: 5, level: 'province_lists', th: 'บัญชีระดับจังหวัด/แผน อบจ. ขึ้นไป', kinds: 'PK07 PK08'},
  {step: 6, rank: 6, level: 'province', th: 'ถึงแผนพัฒนาจังหวัด', kinds: 'PK09'},
  {step: 7, rank: 7, level: 'province_action', th: 'แผนปฏิบัติราชการประจำปีของจังหวัดขึ้นไป', kinds: 'PK10'},
  {step: 8, rank: 8, level: 'project_file', th: 'ข้อมูลรายละเอียดโครงการขึ้นไป', kinds: 'PK11'},
  {step: 9, rank: 9, level: 'budget_request', th: 'คำของบประมาณของหน่วยงาน', kinds: 'PK12'},
  {step: 10, rank: 0, level: 'funded', th: 'ได้รับงบประมาณ (ทุกระดับ)', kinds: ''}
] AS at
WITH area, at, sum(needs) AS needs_raised,
     sum(CASE WHEN at.rank = 0 AND fact_paid = 1 OR at.rank > 0 AND fact_rank >= at.rank THEN needs ELSE 0 END) AS reached_facts,
     sum(CASE WHEN at.rank = 0 AND paid = 1 OR at.rank > 0 AND rank >= at.rank THEN needs ELSE 0 END) AS reached_with_suggestions
OPTIONAL MATCH (a:Area {uid: area})
RETURN area, coalesce(a.name, 'ไม่ทราบพื้นที่ย่อย') AS area_name, at.level AS level, at.th AS level_th,
       at.kinds AS plan_kinds, reached_facts, reached_with_suggestions, needs_raised
ORDER BY area, at.step
