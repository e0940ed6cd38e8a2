// title_th: คู่โครงการที่อาจซ้ำซ้อนระหว่างหน่วยงาน (โปรดตรวจสอบ)
// title_en: Projects of two bodies that may be the same work (please check)
// note: เฉพาะประเภทที่อาจจ่ายสองครั้ง (ซ้ำซ้อนจริง น่าจะซ้ำซ้อน สองช่องทาง ในเล่มเดียวกัน); คู่ที่ส่งต่อกันแล้ว (ระบุหรือยืนยัน) ไม่นับ | only classes where money may be paid twice; pairs joined by a declared or confirmed CARRIED_TO are left out
// param: area string = "" | รหัสพื้นที่ ว่าง = ทั้งหมด | area code; empty = all
// param: floor float = 0.5 | นับข้อเสนอแนะตั้งแต่ความน่าจะเป็นนี้ | count suggestions from this probability
// columns: left_id, left, left_owner, left_plan_kind, left_year, left_amount, right_id, right, right_owner, right_plan_kind, right_year, right_amount, class, status, probability, money_at_stake, reason, left_file, left_sheet, left_row, right_file, right_sheet, right_row, left_uid, right_uid, link_uid
// label: left_id | รหัส (ก) | id (left)
// label: left | โครงการ ก | left project
// label: left_owner | หน่วยงาน ก | left body
// label: left_plan_kind | ชนิดแผน ก | left plan kind
// label: left_year | ปี ก | left year
// label: left_amount | งบประมาณ ก (บาท) | left amount (baht)
// label: right_id | รหัส (ข) | id (right)
// label: right | โครงการ ข | right project
// label: right_owner | หน่วยงาน ข | right body
// label: right_plan_kind | ชนิดแผน ข | right plan kind
// label: right_year | ปี ข | right year
// label: right_amount | งบประมาณ ข (บาท) | right amount (baht)
// label: class | ประเภท | class
// label: status | สถานะ | status
// label: probability | ระดับความเชื่อมั่น | probability
// label: money_at_stake | งบที่อาจซ้ำ (รายการที่น้อยกว่า) | money at stake (the smaller)
// label: reason | เหตุผล | reason
// label: left_file | ไฟล์ ก | left file
// label: left_sheet | ชีต ก | left sheet
// label: left_row | แถว ก | left row
// label: right_file | ไฟล์ ข | right file
// label: right_sheet | ชีต ข | right sheet
// label: right_row | แถว ข | right row
// label: left_uid | uid ก | left uid
// label: right_uid | uid ข | right uid
// label: link_uid | uid ความเชื่อมโยง | link uid
// example: tracegraph query duplicates_across_bodies -p area=81
MATCH (a:Project)-[r:SAME_WORK]->(b:Project)
WHERE a.current AND b.current AND r.class IN ['duplicate', 'likely_duplicate', 'two_channels', 'same_book']
  AND r.status <> 'rejected' AND (r.status <> 'suggested' OR r.probability >= $floor)
  AND coalesce(a.owner, a.owner_name, '') <> coalesce(b.owner, b.owner_name, '')
  AND ($area = '' OR a.area STARTS WITH $area OR b.area STARTS WITH $area)
  AND NOT EXISTS { MATCH (a)-[c:CARRIED_TO]-(b) WHERE c.status IN ['declared', 'confirmed'] }
RETURN coalesce(a.source_id, a.file + '#' + a.sheet + '#' + toString(a.row)) AS left_id, a.name AS left,
       a.owner_name AS left_owner, a.plan_kind AS left_plan_kind, a.year_first AS left_year, a.amount AS left_amount,
       coalesce(b.source_id, b.file + '#' + b.sheet + '#' + toString(b.row)) AS right_id, b.name AS right,
       b.owner_name AS right_owner, b.plan_kind AS right_plan_kind, b.year_first AS right_year, b.amount AS right_amount,
       r.class AS class, r.status AS status, r.probability AS probability,
       CASE WHEN coalesce(a.amount, 0.0) <= coalesce(b.amount, 0.0) THEN coalesce(a.amount, 0.0)
            ELSE coalesce(b.amount, 0.0) END AS money_at_stake,
       r.reason AS reason, a.file AS left_file, a.sheet AS left_sheet, a.row AS left_row,
       b.file AS right_file, b.sheet AS right_sheet, b.row AS right_row,
       a.uid AS left_uid, b.uid AS right_uid, r.uid AS link_uid
ORDER BY money_at_stake DESC, probability DESC, link_uid
