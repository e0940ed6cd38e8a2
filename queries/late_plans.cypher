// title_th: แผนที่ส่งช้าหรือยังไม่ส่ง
// title_en: Plans handed in late or not yet
// param: area string = "" | รหัสพื้นที่ ว่าง = ทั้งหมด | area code; empty = all
// param: as_of date = today | ณ วันที่ (ค.ศ. ปปปป-ดด-วว) | as of this date (YYYY-MM-DD)
// columns: plan, plan_kind, stage, owner, area, area_name, due_on, submitted_on, days_late, state, file, sheet, row, uid
// label: plan | แผน | plan
// label: plan_kind | ชนิดแผน | plan kind
// label: stage | ขั้น | stage
// label: owner | หน่วยงาน | body
// label: area | รหัสพื้นที่ | area
// label: area_name | พื้นที่ | area name
// label: due_on | กำหนดส่ง | due on
// label: submitted_on | ส่งเมื่อ | submitted on
// label: days_late | ช้า (วัน) | days late
// label: state | สถานะ | state
// label: file | ไฟล์ | file
// label: sheet | ชีต | sheet
// label: row | แถว | row
// label: uid | uid | uid
// example: tracegraph query late_plans -p area=81 -p as_of=2026-11-30
MATCH (pl:Plan)
WHERE pl.due_on < $as_of AND ($area = '' OR pl.area STARTS WITH $area)
WITH pl, CASE WHEN pl.submitted_on <= $as_of THEN pl.submitted_on END AS submitted_on
WHERE submitted_on IS NULL OR submitted_on > pl.due_on
OPTIONAL MATCH (a:Area {uid: pl.area})
OPTIONAL MATCH (pl)-[st:STATED_IN]->(d:Document)
WITH pl, submitted_on, a, st, d
ORDER BY d.uid
WITH pl, submitted_on, a, head(collect(d.file)) AS file, head(collect(st.sheet)) AS sheet, head(collect(st.row)) AS row
RETURN pl.title AS plan, pl.kind AS plan_kind, pl.stage AS stage, pl.owner_name AS owner, pl.area AS area,
       a.name AS area_name, pl.due_on AS due_on, submitted_on,
       duration.inDays(date(substring(pl.due_on, 0, 10)), date(substring(coalesce(submitted_on, $as_of), 0, 10))).days AS days_late,
       CASE WHEN submitted_on IS NULL THEN 'missing' ELSE 'late' END AS state, file, sheet, row, pl.uid AS uid
ORDER BY state DESC, days_late DESC, plan_kind, coalesce(area, '~'), uid
