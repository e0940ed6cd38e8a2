// title_th: ที่แผนระบุ กับที่ระบบเสนอแนะ ไม่ตรงกัน (ยุทธศาสตร์)
// title_en: Where the declared and the suggested strategy disagree
// note: เทียบทีละบัญชี; differ = แผนระบุข้อหนึ่งแต่ระบบเสนอแนะอีกข้อ (ที่ไม่ใช่ข้อแม่/ข้อย่อยกัน) หรือเจ้าหน้าที่ตัดสินว่าไม่ใช่ | list by list; differ = the plan names one entry and the engine another (neither above nor below it), or a person rejected the declared one
// param: area string = "" | รหัสพื้นที่ ว่าง = ทั้งหมด | area code; empty = all
// param: floor float = 0.5 | นับข้อเสนอแนะตั้งแต่ความน่าจะเป็นนี้ | count suggestions from this probability
// param: list string = "" | เฉพาะบัญชีนี้ (ว่าง = ทุกบัญชี) | only lists that begin so (empty = all)
// param: verdict string = "differ" | differ only_declared only_suggested confirmed (ว่าง = ทั้งหมด) | which (empty = all)
// columns: project_id, project, list_id, verdict, declared, confirmed, suggested, best_probability, rejected, owner, plan_kind, area, file, sheet, row, uid
// label: project_id | รหัส | id
// label: project | โครงการ | project
// label: list_id | บัญชี | list
// label: verdict | ผลเทียบ | comparison
// label: declared | ระบุในแผน | declared
// label: confirmed | เจ้าหน้าที่ยืนยัน | confirmed
// label: suggested | ระบบเสนอแนะ | suggested
// label: best_probability | ระดับความเชื่อมั่นสูงสุด | best probability
// label: rejected | เจ้าหน้าที่ตัดสินว่าไม่ใช่ | rejected
// label: owner | หน่วยงาน | body
// label: plan_kind | ชนิดแผน | plan kind
// label: area | รหัสพื้นที่ | area
// label: file | ไฟล์ | file
// label: sheet | ชีต | sheet
// label: row | แถว | row
// label: uid | uid | uid
// example: tracegraph query declared_vs_inferred -p area=81 -p list=NS
MATCH (p:Project)-[r:ALIGNS_WITH]->(s:Strategy)
WHERE p.current AND ($area = '' OR p.area STARTS WITH $area) AND ($list = '' OR s.list_id STARTS WITH $list)
WITH p, r, s
ORDER BY r.probability DESC, s.uid
WITH p, s.list_id AS list_id, collect({
       status: r.status, probability: r.probability, method: r.method, uid: s.uid, parent: coalesce(s.parent, '')}) AS links
WITH p, list_id, links, [l IN links WHERE l.status = 'declared'] AS said, [l IN links WHERE l.status = 'confirmed'] AS sure,
     [l IN links WHERE l.status = 'suggested' AND l.probability >= $floor] AS proposed,
     [l IN links WHERE l.status = 'rejected'] AS refused
WITH p, list_id, said, sure, proposed, refused,
     [l IN proposed WHERE none(d IN said + sure WHERE d.uid = l.parent OR d.parent = l.uid)] AS other,
     [l IN refused WHERE l.method STARTS WITH 'doc:'] AS refused_facts
WITH p, list_id, said, sure, proposed, refused,
     CASE WHEN (size(said) + size(sure) > 0 AND size(other) > 0) OR size(refused_facts) > 0 THEN 'differ'
          WHEN size(sure) > 0 THEN 'confirmed'
          WHEN size(said) > 0 THEN 'only_declared'
          WHEN size(proposed) > 0 THEN 'only_suggested'
          ELSE 'none' END AS verdict
WHERE verdict <> 'none' AND ($verdict = '' OR verdict = $verdict)
RETURN coalesce(p.source_id, p.file + '#' + p.sheet + '#' + toString(p.row)) AS project_id, p.name AS project, list_id,
       verdict, [l IN said | l.uid] AS declared, [l IN sure | l.uid] AS confirmed, [l IN proposed | l.uid] AS suggested,
       head([l IN proposed | l.probability]) AS best_probability, [l IN refused | l.uid] AS rejected,
       p.owner_name AS owner, p.plan_kind AS plan_kind, p.area AS area,
       p.file AS file, p.sheet AS sheet, p.row AS row, p.uid AS uid
ORDER BY coalesce(best_probability, 0.0) DESC, project_id, list_id, uid
