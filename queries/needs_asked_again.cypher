// title_th: ความต้องการที่หมู่บ้านเสนอซ้ำหลายปี
// title_en: Needs that a village asked again in later years
// note: เรื่องเดียวกัน = หมู่บ้านเดียวกัน และข้อความเหมือนกัน (text_hash) หรือตอบด้วยโครงการเดียวกัน; หนึ่งแถวต่อการเสนอครั้งแรก | the same = same village (8-digit code) and same text_hash, or answered by the same project; one row for the first asking
// param: area string = "" | รหัสพื้นที่ ว่าง = ทั้งหมด | area code; empty = all
// param: floor float = 0.5 | นับข้อเสนอแนะตั้งแต่ความน่าจะเป็นนี้ | count suggestions from this probability
// columns: need_id, need, village, area, first_year, years_asked, times_asked, asked_again_in, answered_by, file, sheet, row, uid
// label: need_id | รหัส (ครั้งแรก) | id (first asking)
// label: need | ปัญหา/ความต้องการ | need
// label: village | หมู่บ้าน | village
// label: area | รหัสพื้นที่ | area
// label: first_year | เสนอครั้งแรกปี | first asked
// label: years_asked | ปีที่เสนอ | years asked
// label: times_asked | จำนวนปีที่เสนอ | number of years
// label: asked_again_in | ขอซ้ำใน (รหัส) | asked again in (ids)
// label: answered_by | โครงการที่รองรับ (รหัส) | answered by (ids)
// label: file | ไฟล์ | file
// label: sheet | ชีต | sheet
// label: row | แถว | row
// label: uid | uid | uid
// example: tracegraph query needs_asked_again -p area=8104
MATCH (n:Need)
WHERE n.current AND ($area = '' OR n.area STARTS WITH $area) AND size(n.area) = 8
WITH n.area AS village, n.text_hash AS words, collect(n) AS same
UNWIND same AS n
WITH n, [m IN same WHERE m.year <> n.year] AS by_words
OPTIONAL MATCH (n)-[a:ANSWERED_BY]->(p:Project)<-[b:ANSWERED_BY]-(m:Need)
WHERE m.area = n.area AND m.year <> n.year AND m.current AND p.current
  AND a.status <> 'rejected' AND (a.status <> 'suggested' OR a.probability >= $floor)
  AND b.status <> 'rejected' AND (b.status <> 'suggested' OR b.probability >= $floor)
WITH n, by_words, collect(DISTINCT m) AS by_answer
WITH n, by_words + by_answer AS others
WHERE any(m IN others WHERE m.year > n.year) AND none(m IN others WHERE m.year < n.year)
UNWIND others AS m
WITH DISTINCT n, m
WITH n, m.year AS later_year, coalesce(m.source_id, m.file + '#' + m.sheet + '#' + toString(m.row)) AS later_id
ORDER BY later_year, later_id
WITH n, collect(later_id) AS asked_again_in, collect(DISTINCT later_year) AS later_years
OPTIONAL MATCH (n)-[r:ANSWERED_BY]->(p:Project)
WHERE p.current AND r.status <> 'rejected' AND (r.status <> 'suggested' OR r.probability >= $floor)
WITH n, asked_again_in, later_years, coalesce(p.source_id, p.file + '#' + p.sheet + '#' + toString(p.row)) AS answer
ORDER BY answer
WITH n, asked_again_in, later_years, collect(answer) AS answered_by
RETURN coalesce(n.source_id, n.file + '#' + n.sheet + '#' + toString(n.row)) AS need_id, n.text AS need,
       CASE WHEN n.village_no IS NULL THEN n.village_name
            ELSE 'หมู่ ' + toString(n.village_no) + coalesce(' ' + n.village_name, '') END AS village,
       n.area AS area, n.year AS first_year, [n.year] + later_years AS years_asked,
       1 + size(later_years) AS times_asked, asked_again_in, answered_by,
       n.file AS file, n.sheet AS sheet, n.row AS row, n.uid AS uid
ORDER BY times_asked DESC, area, first_year, need_id, uid
