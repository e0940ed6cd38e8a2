// title_th: ความเชื่อมโยงที่ข้อความปลายข้างหนึ่งเปลี่ยนไปแล้ว (โปรดตรวจสอบ)
// title_en: Links whose text has changed since they were made (please check)
// param: area string = "" | รหัสพื้นที่ของต้นทาง ว่าง = ทั้งหมด | area code of the first end; empty = all
// param: status string = "" | declared suggested confirmed rejected (ว่าง = ทั้งหมดที่ยังนับ) | status (empty = all but rejected)
// columns: kind, status, probability, changed_end, from_id, from_text, to_id, to_text, decided_by, decided_at, reason, from_file, from_sheet, from_row, to_file, to_sheet, to_row, from_uid, to_uid, link_uid
// label: kind | ความเชื่อมโยง | link
// label: status | สถานะ | status
// label: probability | ระดับความเชื่อมั่น | probability
// label: changed_end | ข้อความที่เปลี่ยน | changed end
// label: from_id | จาก (รหัส) | from (id)
// label: from_text | จาก (ข้อความปัจจุบัน) | from (text now)
// label: to_id | ไปยัง (รหัส) | to (id)
// label: to_text | ไปยัง (ข้อความปัจจุบัน) | to (text now)
// label: decided_by | ผู้ตัดสิน | decided by
// label: decided_at | ตัดสินเมื่อ | decided at
// label: reason | เหตุผล | reason
// label: from_file | ไฟล์ต้นทาง | file of the first end
// label: from_sheet | ชีตต้นทาง | sheet of the first end
// label: from_row | แถวต้นทาง | row of the first end
// label: to_file | ไฟล์ปลายทาง | file of the second end
// label: to_sheet | ชีตปลายทาง | sheet of the second end
// label: to_row | แถวปลายทาง | row of the second end
// label: from_uid | uid จาก | from uid
// label: to_uid | uid ไปยัง | to uid
// label: link_uid | uid ความเชื่อมโยง | link uid
// example: tracegraph query suspect_links -p status=confirmed
CALL () {
  MATCH (a:Need)-[r:ANSWERED_BY]->(b:Project) RETURN 'ANSWERED_BY' AS kind, a, r, b
  UNION ALL
  MATCH (a:Project)-[r:CARRIED_TO]->(b:Project) RETURN 'CARRIED_TO' AS kind, a, r, b
  UNION ALL
  MATCH (a:Project)-[r:SAME_WORK]->(b:Project) RETURN 'SAME_WORK' AS kind, a, r, b
  UNION ALL
  MATCH (a:Project)-[r:ALIGNS_WITH]->(b:Strategy) RETURN 'ALIGNS_WITH' AS kind, a, r, b
}
WITH kind, a, r, b, coalesce(r.from_hash <> a.text_hash, false) AS from_changed,
     coalesce(r.to_hash <> b.text_hash, false) AS to_changed
WHERE (from_changed OR to_changed) AND a.current
  AND (r.status = $status OR ($status = '' AND r.status <> 'rejected'))
  AND ($area = '' OR a.area STARTS WITH $area)
RETURN kind, r.status AS status, r.probability AS probability,
       CASE WHEN from_changed AND to_changed THEN 'both' WHEN from_changed THEN 'from' ELSE 'to' END AS changed_end,
       coalesce(a.source_id, a.file + '#' + a.sheet + '#' + toString(a.row)) AS from_id, coalesce(a.text, a.name) AS from_text,
       coalesce(b.source_id, b.file + '#' + b.sheet + '#' + toString(b.row), b.uid) AS to_id, b.name AS to_text,
       r.decided_by AS decided_by, r.decided_at AS decided_at, r.reason AS reason,
       a.file AS from_file, a.sheet AS from_sheet, a.row AS from_row, b.file AS to_file, b.sheet AS to_sheet,
       b.row AS to_row, a.uid AS from_uid, b.uid AS to_uid, r.uid AS link_uid
ORDER BY CASE status WHEN 'confirmed' THEN 1 WHEN 'declared' THEN 2 WHEN 'suggested' THEN 3 ELSE 4 END, kind, from_id, to_id, link_uid
