// title_th: ที่มาและที่ไปของโครงการหนึ่งรายการ
// title_en: Where one project comes from and where it goes
// note: ลำดับติดลบ = ที่มา (ความต้องการ รายการก่อนหน้า); บวก = ที่ไป (แผนถัดไป ยุทธศาสตร์) | negative steps lead to it (needs, earlier items), positive ones from it (later items, strategies)
// param: project string | รหัสโครงการ (uid, รหัสในไฟล์ หรือ ไฟล์#ชีต#แถว) | the project: uid, id of the file, or file#sheet#row
// param: floor float = 0.5 | นับข้อเสนอแนะตั้งแต่ความน่าจะเป็นนี้ | count suggestions from this probability
// columns: step, link, status, probability, class, from_id, from_text, to_id, to_text, to_kind, plan_kind, stage, owner, year, amount, reason, file, sheet, row, from_uid, to_uid, link_uid
// label: step | ลำดับ | step
// label: link | ความเชื่อมโยง | link
// label: status | สถานะ | status
// label: probability | ระดับความเชื่อมั่น | probability
// label: class | ประเภท | class
// label: from_id | จาก (รหัส) | from (id)
// label: from_text | จาก | from
// label: to_id | ไปยัง (รหัส) | to (id)
// label: to_text | ไปยัง | to
// label: to_kind | ชนิด | kind
// label: plan_kind | ชนิดแผนของรายการปลายทาง | plan kind of the item it leads to
// label: stage | ขั้น | stage
// label: owner | หน่วยงาน | body
// label: year | ปี | year
// label: amount | งบประมาณ (บาท) | amount (baht)
// label: reason | เหตุผล | reason
// label: file | ไฟล์ (ต้นทางเมื่อติดลบ) | file (of the earlier end where negative)
// label: sheet | ชีต | sheet
// label: row | แถว | row
// label: from_uid | uid จาก | from uid
// label: to_uid | uid ไปยัง | to uid
// label: link_uid | uid ความเชื่อมโยง | link uid
// example: tracegraph query trace_project -p project=P-10
MATCH (p:Project {uid: $project})
OPTIONAL MATCH down = (p)-[:CARRIED_TO*1..6]->(d:Project)
WHERE all(r IN relationships(down) WHERE r.status <> 'rejected' AND (r.status <> 'suggested' OR r.probability >= $floor))
  AND all(x IN nodes(down) WHERE x.current)
WITH p, d, min(length(down)) AS far
WITH p, [{uid: p.uid, far: 0}] + collect(CASE WHEN d IS NULL THEN null ELSE {uid: d.uid, far: far} END) AS later
OPTIONAL MATCH up = (p)<-[:CARRIED_TO*1..6]-(u:Project)
WHERE all(r IN relationships(up) WHERE r.status <> 'rejected' AND (r.status <> 'suggested' OR r.probability >= $floor))
  AND all(x IN nodes(up) WHERE x.current)
WITH p, later, u, min(length(up)) AS far
WITH p, later, [{uid: p.uid, far: 0}] + collect(CASE WHEN u IS NULL THEN null ELSE {uid: u.uid, far: far} END) AS earlier
CALL (p, later, earlier) {
  UNWIND earlier AS at
  MATCH (b:Project {uid: at.uid})<-[r:ANSWERED_BY]-(a:Need)
  WHERE a.current
  RETURN -at.far - 1 AS step, 'ANSWERED_BY' AS link, r, a, b
  UNION ALL
  UNWIND earlier AS at
  MATCH (b:Project {uid: at.uid})<-[r:CARRIED_TO]-(a:Project)
  WHERE a.current
  RETURN -at.far - 1 AS step, 'CARRIED_TO' AS link, r, a, b
  UNION ALL
  UNWIND later AS at
  MATCH (a:Project {uid: at.uid})-[r:CARRIED_TO]->(b:Project)
  WHERE b.current
  RETURN at.far + 1 AS step, 'CARRIED_TO' AS link, r, a, b
  UNION ALL
  UNWIND later AS at
  MATCH (a:Project {uid: at.uid})-[r:ALIGNS_WITH]->(b:Strategy)
  RETURN at.far + 1 AS step, 'ALIGNS_WITH' AS link, r, a, b
}
WITH step, link, r, a, b
WHERE r.status <> 'rejected' AND (r.status <> 'suggested' OR r.probability >= $floor)
WITH step, link, r, a, b, CASE WHEN step < 0 THEN a ELSE b END AS told
RETURN step, link, r.status AS status, r.probability AS probability, r.class AS class,
       coalesce(a.source_id, a.file + '#' + a.sheet + '#' + toString(a.row)) AS from_id,
       coalesce(a.text, a.name) AS from_text,
       coalesce(b.source_id, b.file + '#' + b.sheet + '#' + toString(b.row), b.uid) AS to_id, b.name AS to_text,
       CASE link WHEN 'ALIGNS_WITH' THEN 'Strategy' ELSE 'Project' END AS to_kind,
       b.plan_kind AS plan_kind, b.stage AS stage, b.owner_name AS owner, b.year_first AS year, b.amount AS amount,
       r.reason AS reason, told.file AS file, told.sheet AS sheet, told.row AS row,
       a.uid AS from_uid, b.uid AS to_uid, r.uid AS link_uid
ORDER BY step, link, from_uid, to_uid, link_uid
