// title_th: เส้นทางของความต้องการหนึ่งเรื่อง ตั้งแต่เวทีประชาคมจนถึงแผนสูงสุด
// title_en: The way of one need, from the forum to the highest plan
// param: need string | รหัสความต้องการ (uid, รหัสในไฟล์ หรือ ไฟล์#ชีต#แถว) | the need: uid, id of the file, or file#sheet#row
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
// label: plan_kind | ชนิดแผน | plan kind
// label: stage | ขั้น | stage
// label: owner | หน่วยงาน | body
// label: year | ปี | year
// label: amount | งบประมาณ (บาท) | amount (baht)
// label: reason | เหตุผล | reason
// label: file | ไฟล์ | file
// label: sheet | ชีต | sheet
// label: row | แถว | row
// label: from_uid | uid จาก | from uid
// label: to_uid | uid ไปยัง | to uid
// label: link_uid | uid ความเชื่อมโยง | link uid
// example: tracegraph query trace_need -p need=N-01
MATCH (n:Need {uid: $need})
OPTIONAL MATCH path = (n)-[:ANSWERED_BY]->(:Project)-[:CARRIED_TO*0..6]->(e:Project)
WHERE all(r IN relationships(path) WHERE r.status <> 'rejected' AND (r.status <> 'suggested' OR r.probability >= $floor))
  AND all(x IN nodes(path) WHERE x.current)
WITH n, e, min(length(path)) AS far
WITH n, collect(CASE WHEN e IS NULL THEN null ELSE {uid: e.uid, far: far} END) AS ends
CALL (n, ends) {
  MATCH (n)-[:RAISED_IN]->(b:Plan)
  RETURN 0 AS step, 'RAISED_IN' AS link, null AS r, n AS a, b
  UNION ALL
  MATCH (n)-[r:ANSWERED_BY]->(b:Project)
  WHERE b.current
  RETURN 1 AS step, 'ANSWERED_BY' AS link, r, n AS a, b
  UNION ALL
  UNWIND ends AS at
  MATCH (a:Project {uid: at.uid})-[r:CARRIED_TO]->(b:Project)
  WHERE b.current AND at.far < 7
  RETURN at.far + 1 AS step, 'CARRIED_TO' AS link, r, a, b
  UNION ALL
  UNWIND ends AS at
  MATCH (a:Project {uid: at.uid})-[r:ALIGNS_WITH]->(b:Strategy)
  RETURN at.far + 1 AS step, 'ALIGNS_WITH' AS link, r, a, b
}
WITH step, link, r, a, b
WHERE link = 'RAISED_IN' OR (r.status <> 'rejected' AND (r.status <> 'suggested' OR r.probability >= $floor))
RETURN step, link, r.status AS status, r.probability AS probability, r.class AS class,
       coalesce(a.source_id, a.file + '#' + a.sheet + '#' + toString(a.row)) AS from_id,
       coalesce(a.text, a.name) AS from_text,
       coalesce(b.source_id, b.file + '#' + b.sheet + '#' + toString(b.row), b.uid) AS to_id,
       coalesce(b.name, b.title) AS to_text,
       CASE link WHEN 'RAISED_IN' THEN 'Plan' WHEN 'ALIGNS_WITH' THEN 'Strategy' ELSE 'Project' END AS to_kind,
       coalesce(b.plan_kind, b.kind) AS plan_kind, b.stage AS stage, b.owner_name AS owner,
       coalesce(b.year_first, b.year_from) AS year, b.amount AS amount, r.reason AS reason,
       b.file AS file, b.sheet AS sheet, b.row AS row, a.uid AS from_uid, b.uid AS to_uid, r.uid AS link_uid
ORDER BY step, link, from_uid, to_uid, link_uid
