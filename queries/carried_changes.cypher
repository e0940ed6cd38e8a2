// title_th: รายการที่ชื่อหรืองบประมาณเปลี่ยนไประหว่างส่งต่อ
// title_en: Items whose name or money changed on the way
// param: area string = "" | รหัสพื้นที่ ว่าง = ทั้งหมด | area code; empty = all
// param: floor float = 0.5 | นับข้อเสนอแนะตั้งแต่ความน่าจะเป็นนี้ | count suggestions from this probability
// param: change string = "" | money หรือ name (ว่าง = อย่างใดอย่างหนึ่ง) | money or name (empty = either)
// param: min_percent float = 0.0 | เงินเปลี่ยนอย่างน้อยร้อยละเท่านี้ | money changed by at least this many percent
// columns: from_id, from_name, from_plan_kind, from_stage, from_owner, from_amount, to_id, to_name, to_plan_kind, to_stage, to_owner, to_amount, difference, change_percent, money_changed, name_changed, status, probability, class, flow, from_file, from_sheet, from_row, to_file, to_sheet, to_row, from_uid, to_uid, link_uid
// label: from_id | จาก (รหัส) | from (id)
// label: from_name | ชื่อเดิม | name before
// label: from_plan_kind | ชนิดแผนเดิม | plan kind before
// label: from_stage | ขั้นเดิม | stage before
// label: from_owner | หน่วยงานเดิม | body before
// label: from_amount | งบเดิม (บาท) | amount before (baht)
// label: to_id | ไปยัง (รหัส) | to (id)
// label: to_name | ชื่อใหม่ | name after
// label: to_plan_kind | ชนิดแผนใหม่ | plan kind after
// label: to_stage | ขั้นใหม่ | stage after
// label: to_owner | หน่วยงานใหม่ | body after
// label: to_amount | งบใหม่ (บาท) | amount after (baht)
// label: difference | ผลต่าง (บาท) | difference (baht)
// label: change_percent | ผลต่าง (ร้อยละ) | difference (percent)
// label: money_changed | เงินเปลี่ยน | money changed
// label: name_changed | ชื่อเปลี่ยน | name changed
// label: status | สถานะ | status
// label: probability | ระดับความเชื่อมั่น | probability
// label: class | ประเภท | class
// label: flow | เส้นทางตามหนังสือ | flow of the letter
// label: from_file | ไฟล์เดิม | file before
// label: from_sheet | ชีตเดิม | sheet before
// label: from_row | แถวเดิม | row before
// label: to_file | ไฟล์ใหม่ | file after
// label: to_sheet | ชีตใหม่ | sheet after
// label: to_row | แถวใหม่ | row after
// label: from_uid | uid เดิม | uid before
// label: to_uid | uid ใหม่ | uid after
// label: link_uid | uid ความเชื่อมโยง | link uid
// example: tracegraph query carried_changes -p area=8104 -p change=money -p min_percent=10
MATCH (a:Project)-[r:CARRIED_TO]->(b:Project)
WHERE a.current AND b.current AND ($area = '' OR a.area STARTS WITH $area OR b.area STARTS WITH $area)
  AND r.status <> 'rejected' AND (r.status <> 'suggested' OR r.probability >= $floor)
WITH a, r, b, round(b.amount - a.amount, 2) AS difference,
     CASE WHEN a.amount > 0 THEN round(100.0 * (b.amount - a.amount) / a.amount, 1) END AS change_percent,
     coalesce(a.text_hash <> b.text_hash, false) AS name_changed
WITH a, r, b, difference, change_percent, name_changed,
     coalesce(difference <> 0 AND (change_percent IS NULL OR abs(change_percent) >= $min_percent), false) AS money_changed
WHERE CASE $change WHEN 'money' THEN money_changed WHEN 'name' THEN name_changed ELSE money_changed OR name_changed END
RETURN coalesce(a.source_id, a.file + '#' + a.sheet + '#' + toString(a.row)) AS from_id, a.name AS from_name,
       a.plan_kind AS from_plan_kind, a.stage AS from_stage, a.owner_name AS from_owner, a.amount AS from_amount,
       coalesce(b.source_id, b.file + '#' + b.sheet + '#' + toString(b.row)) AS to_id, b.name AS to_name,
       b.plan_kind AS to_plan_kind, b.stage AS to_stage, b.owner_name AS to_owner, b.amount AS to_amount,
       difference, change_percent, money_changed, name_changed, r.status AS status, r.probability AS probability,
       r.class AS class, r.flow AS flow, a.file AS from_file, a.sheet AS from_sheet, a.row AS from_row,
       b.file AS to_file, b.sheet AS to_sheet, b.row AS to_row, a.uid AS from_uid, b.uid AS to_uid, r.uid AS link_uid
ORDER BY abs(coalesce(difference, 0.0)) DESC, from_id, to_id, link_uid
