// title_th: ภาพรวมของพื้นที่หนึ่งแห่งในหน้าเดียว
// title_en: One area on one page
// note: ทุกตัวเลขมีตัวหาร (out_of) และคำถามที่เปิดรายการได้ (question); ข้อเท็จจริงแยกจากข้อเสนอแนะ | every figure has its denominator (out_of) and the question that lists it; facts and suggestions apart
// param: area string = "" | รหัสพื้นที่ ว่าง = ทั้งหมด | area code; empty = all
// param: floor float = 0.5 | นับข้อเสนอแนะตั้งแต่ความน่าจะเป็นนี้ | count suggestions from this probability
// param: as_of date = today | ณ วันที่ (สำหรับแผนที่ช้า) | as of this date (for late plans)
// columns: figure, figure_th, facts, with_suggestions, out_of, unit, question
// label: figure | รายการ | figure
// label: figure_th | รายการ (ไทย) | figure (Thai)
// label: facts | ข้อเท็จจริง | facts
// label: with_suggestions | รวมข้อเสนอแนะ | with suggestions
// label: out_of | จากทั้งหมด | out of
// label: unit | หน่วย | unit
// label: question | คำถามที่เปิดรายการ | question that lists it
// example: tracegraph query area_profile -p area=810405
CALL () {
  MATCH (n:Need)
  WHERE n.current AND ($area = '' OR n.area STARTS WITH $area)
  OPTIONAL MATCH path = (n)-[:ANSWERED_BY]->(:Project)-[:CARRIED_TO*0..6]->(e:Project)
  WHERE all(r IN relationships(path) WHERE r.status <> 'rejected' AND (r.status <> 'suggested' OR r.probability >= $floor))
    AND all(x IN nodes(path) WHERE x.current)
  WITH n, e, CASE WHEN e IS NULL THEN false ELSE all(r IN relationships(path) WHERE r.status <> 'suggested') END AS fact
  WITH n, coalesce(max(e.plan_rank), 0) AS rank, max(CASE WHEN fact THEN e.plan_rank ELSE 0 END) AS fact_rank,
       max(CASE WHEN e.funded THEN 1 ELSE 0 END) AS paid, max(CASE WHEN fact AND e.funded THEN 1 ELSE 0 END) AS fact_paid,
       CASE WHEN n.outcome = 'rejected' THEN 1 ELSE 0 END AS declined
  RETURN count(n) AS needs,
         sum(CASE WHEN fact_rank > 0 THEN 1 ELSE 0 END) AS answered_facts, sum(CASE WHEN rank > 0 THEN 1 ELSE 0 END) AS answered,
         sum(CASE WHEN fact_rank >= 3 THEN 1 ELSE 0 END) AS local_facts, sum(CASE WHEN rank >= 3 THEN 1 ELSE 0 END) AS local,
         sum(CASE WHEN fact_rank >= 4 THEN 1 ELSE 0 END) AS district_facts, sum(CASE WHEN rank >= 4 THEN 1 ELSE 0 END) AS district,
         sum(CASE WHEN fact_rank >= 6 THEN 1 ELSE 0 END) AS arrived_facts, sum(CASE WHEN rank >= 6 THEN 1 ELSE 0 END) AS arrived,
         sum(fact_paid) AS funded_facts, sum(paid) AS funded,
         sum(CASE WHEN fact_rank >= 6 OR fact_paid = 1 THEN 1 ELSE 0 END) AS served_facts,
         sum(CASE WHEN rank >= 6 OR paid = 1 THEN 1 ELSE 0 END) AS served,
         sum(CASE WHEN fact_rank = 0 AND declined = 0 THEN 1 ELSE 0 END) AS unanswered_facts,
         sum(CASE WHEN rank = 0 AND declined = 0 THEN 1 ELSE 0 END) AS unanswered, sum(declined) AS declined
}
CALL () {
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
  WITH p, ground, max(CASE WHEN s IS NULL THEN 0 WHEN r.status <> 'suggested' THEN 2 ELSE 1 END) AS aligned
  RETURN count(p) AS items, sum(CASE WHEN p.item_kind = 'project' THEN 1 ELSE 0 END) AS projects,
         sum(CASE WHEN p.item_kind IN ['project', 'recurring'] THEN 1 ELSE 0 END) AS aligned_of,
         sum(CASE WHEN ground = 2 THEN 1 ELSE 0 END) AS grounded_facts, sum(CASE WHEN ground > 0 THEN 1 ELSE 0 END) AS grounded,
         sum(CASE WHEN aligned = 2 THEN 1 ELSE 0 END) AS aligned_facts, sum(CASE WHEN aligned > 0 THEN 1 ELSE 0 END) AS aligned,
         round(sum(coalesce(p.amount, 0.0)), 2) AS money
}
CALL () {
  MATCH (p:Project)
  WHERE p.current AND ($area = '' OR p.area STARTS WITH $area)
    AND (p.beyond_capacity OR p.plan_kind IN ['PK05', 'PK06', 'PK07'])
    AND NOT coalesce(p.funded, false) AND NOT p.plan_kind IN ['PK09', 'PK10', 'PK11', 'PK12']
  OPTIONAL MATCH path = (p)-[:CARRIED_TO*1..6]->(q:Project)
  WHERE all(r IN relationships(path) WHERE r.status <> 'rejected' AND (r.status <> 'suggested' OR r.probability >= $floor))
    AND all(x IN nodes(path) WHERE x.current)
    AND (q.funded OR q.plan_rank > p.plan_rank OR (q.plan_rank = p.plan_rank AND q.plan_kind > p.plan_kind))
  WITH p, max(CASE WHEN q IS NULL THEN 0
                   WHEN all(r IN relationships(path) WHERE r.status <> 'suggested') THEN 2 ELSE 1 END) AS taken
  RETURN count(p) AS beyond, sum(CASE WHEN taken = 2 THEN 0 ELSE 1 END) AS waiting_facts,
         sum(CASE WHEN taken > 0 THEN 0 ELSE 1 END) AS waiting
}
CALL () {
  MATCH (a:Project)-[r:SAME_WORK]->(b:Project)
  WHERE a.current AND b.current AND r.class IN ['duplicate', 'likely_duplicate', 'two_channels', 'same_book']
    AND r.status <> 'rejected' AND (r.status <> 'suggested' OR r.probability >= $floor)
    AND NOT EXISTS { MATCH (a)-[c:CARRIED_TO]-(b) WHERE c.status IN ['declared', 'confirmed'] }
  WITH r, CASE WHEN coalesce(a.amount, 0.0) > coalesce(b.amount, 0.0)
                 OR (coalesce(a.amount, 0.0) = coalesce(b.amount, 0.0) AND a.uid < b.uid) THEN b ELSE a END AS smaller
  WHERE $area = '' OR smaller.area STARTS WITH $area
  WITH smaller, count(*) AS pairs, sum(CASE WHEN r.status <> 'suggested' THEN 1 ELSE 0 END) AS fact_pairs
  RETURN sum(pairs) AS pairs, sum(fact_pairs) AS pairs_facts, round(sum(coalesce(smaller.amount, 0.0)), 2) AS twice,
         round(sum(CASE WHEN fact_pairs > 0 THEN coalesce(smaller.amount, 0.0) ELSE 0.0 END), 2) AS twice_facts
}
CALL () {
  OPTIONAL MATCH (q:Project)
  WHERE q.current AND ($area = '' OR q.area STARTS WITH $area)
    AND NOT EXISTS {
      MATCH (q)<-[r:CARRIED_TO]-(o:Project)
      WHERE o.current AND ($area = '' OR o.area STARTS WITH $area)
        AND r.status <> 'rejected' AND (r.status <> 'suggested' OR r.probability >= $floor)
    }
  RETURN round(sum(coalesce(q.amount, 0.0)), 2) AS planned
}
CALL () {
  MATCH (pl:Plan)
  WHERE $area = '' OR pl.area STARTS WITH $area
  RETURN sum(CASE WHEN pl.due_on IS NOT NULL THEN 1 ELSE 0 END) AS due,
         sum(CASE WHEN pl.due_on < $as_of AND (pl.submitted_on IS NULL OR pl.submitted_on > $as_of
                                               OR pl.submitted_on > pl.due_on) THEN 1 ELSE 0 END) AS late
}
UNWIND [
  {n: 1, figure: 'needs_answered', th: 'ความต้องการที่มีโครงการรองรับ', facts: answered_facts, all: answered, of: needs, unit: 'needs', question: 'needs_reach'},
  {n: 2, figure: 'needs_in_local_plan', th: 'ความต้องการที่ถึงแผน อปท. ขึ้นไป', facts: local_facts, all: local, of: needs, unit: 'needs', question: 'needs_reach'},
  {n: 3, figure: 'needs_in_district_plan', th: 'ความต้องการที่ถึงแผนระดับอำเภอขึ้นไป', facts: district_facts, all: district, of: needs, unit: 'needs', question: 'needs_reach'},
  {n: 4, figure: 'needs_arrived', th: 'ความต้องการที่ถึงแผนพัฒนาจังหวัด', facts: arrived_facts, all: arrived, of: needs, unit: 'needs', question: 'needs_reach'},
  {n: 5, figure: 'needs_funded', th: 'ความต้องการที่ได้รับงบประมาณ', facts: funded_facts, all: funded, of: needs, unit: 'needs', question: 'needs_reach'},
  {n: 6, figure: 'needs_served', th: 'ความต้องการที่ถึงแผนจังหวัดหรือได้รับงบประมาณ', facts: served_facts, all: served, of: needs, unit: 'needs', question: 'needs_reach'},
  {n: 7, figure: 'needs_unanswered', th: 'ความต้องการที่ยังไม่มีโครงการรองรับ', facts: unanswered_facts, all: unanswered, of: needs, unit: 'needs', question: 'needs_unanswered'},
  {n: 8, figure: 'needs_declined', th: 'ความต้องการที่มีผู้ไม่รับพร้อมเหตุผล', facts: declined, all: declined, of: needs, unit: 'needs', question: 'needs_reach'},
  {n: 9, figure: 'projects_grounded', th: 'โครงการที่มีที่มาจากประชาคม', facts: grounded_facts, all: grounded, of: projects, unit: 'projects', question: 'projects_without_need'},
  {n: 10, figure: 'items_left_out', th: 'งานประจำ งานบริหาร ครุภัณฑ์ (ไม่นับในตัวหาร)', facts: items - projects, all: items - projects, of: items, unit: 'items', question: 'projects_without_need'},
  {n: 11, figure: 'items_aligned', th: 'รายการที่สอดคล้องกับยุทธศาสตร์', facts: aligned_facts, all: aligned, of: aligned_of, unit: 'items', question: 'projects_without_strategy'},
  {n: 12, figure: 'money_in_plans', th: 'งบประมาณในแผน', facts: money, all: money, of: money, unit: 'baht', question: 'alignment_by_plan'},
  {n: 13, figure: 'beyond_capacity_waiting', th: 'โครงการเกินขีดความสามารถที่ยังไม่มีผู้รับต่อ', facts: waiting_facts, all: waiting, of: beyond, unit: 'projects', question: 'beyond_capacity_waiting'},
  {n: 14, figure: 'pairs_maybe_twice', th: 'คู่โครงการที่อาจซ้ำซ้อน (โปรดตรวจสอบ)', facts: pairs_facts, all: pairs, of: pairs, unit: 'pairs', question: 'duplicates_across_bodies'},
  {n: 15, figure: 'money_maybe_twice', th: 'งบประมาณที่อาจซ้ำ (อย่างน้อย)', facts: twice_facts, all: twice, of: planned, unit: 'baht', question: 'money_at_stake'},
  {n: 16, figure: 'plans_late', th: 'แผนที่ส่งช้าหรือยังไม่ส่ง', facts: late, all: late, of: due, unit: 'plans', question: 'late_plans'}
] AS f
RETURN f.figure AS figure, f.th AS figure_th, f.facts AS facts, f.all AS with_suggestions, f.of AS out_of,
       f.unit AS unit, f.question AS question
ORDER BY f.n
