// id: coordination/missing-mechanism
// severity: warning
// title: {zh: 缺少协调机制, en: No coordinating mechanism}
// question:
//   zh: 共管一个机构或共担一件事的各方之间，是否没有常设的协调机制？
//   en: Is there no standing mechanism between those who share a body or a duty?
// why:
//   zh: 没有常态化的会商渠道，一家办不了的事就逐件找人协调，容易梗阻。
//   en: Without a standing channel whatever one body cannot do alone is negotiated case by case, and sticks.
// remedy:
//   zh: 建立联席会议等协调机制，明确召集人、议事范围和会期；或由共同上级指定牵头单位。
//   en: Set up a joint meeting with a convener, a scope and a calendar, or have the common superior name a lead.
// basis:
//   zh: 《地方各级人民政府机构设置和编制管理条例》（国务院令第486号）第十条：行政机构之间对职责划分有异议的应当主动协商解决
//   en: Regulations on the Establishment of Local Governments (State Council Decree 486), art. 10 (bodies that differ over their duties are to consult)
// messages:
//   zh: “{name}”{shape}
//   en: “{name}” {shape}
// shapes:
//   about:
//     zh: 涉及{bodies}，它们之间没有建立起协调机制
//     en: concerns {bodies}, between whom no coordinating mechanism is in place
//   between:
//     zh: 与{bodies}之间没有建立起协调机制
//     en: has no coordinating mechanism in place with {bodies}
//   duty:
//     zh: 没有建立起协调机制（{bodies}）
//     en: has no coordinating mechanism in place ({bodies})
// undetermined:
//   zh: “{name}”由{lines}条线共担（{bodies}），没有唯一的牵头单位，是否有协调机制没有写明。请向{bodies}核实
//   en: “{name}” is shared by {lines} lines ({bodies}) without a single lead; whether a mechanism exists is not stated. Ask {bodies}
// identity: [subject, shape]
// population: |
//   MATCH (d:事项|组织)
//   WHERE d.status = '现行' AND (COUNT { MATCH (y:组织)-[r:主责|配合]->(d) WHERE r.status = '现行' } > 1
//     OR EXISTS { MATCH (y:组织)-[w:协调]->(d) WHERE w.status IN ['现行', '缺失', '受阻'] })
//   RETURN count(d.id)
// params:
//   sharers:
//     type: integer
//     default: 3
//     doc: from how many lines on a duty without a single lead is asked about; two can still settle it between themselves
MATCH (a:组织)-[c:协调]->(b:组织)
// stated absent between two bodies, on a body, duty or resource, or in general
WHERE c.status IN ['缺失', '受阻']
WITH a, b, c, coalesce(c.about, '') AS matter
WHERE NOT EXISTS { MATCH (a)-[w:协调]-(y:组织) WHERE w.status = '现行' AND w.about = matter }
  AND NOT EXISTS { MATCH (g:组织)-[w:协调]->(y:组织|事项) WHERE w.status = '现行' AND y.id = matter }
OPTIONAL MATCH (a)-[i:成员]->(g:组织)
OPTIONAL MATCH (g)<-[j:成员]-(y:组织)
WITH a, b, c, matter, count(DISTINCT CASE WHEN i.status = '现行' AND j.status = '现行' AND id(y) = id(b) THEN g.id END) AS meetings
WHERE matter <> '' OR meetings = 0
OPTIONAL MATCH (x:组织) WHERE x.id = matter
OPTIONAL MATCH (d:事项) WHERE d.id = matter
OPTIONAL MATCH (z:资源) WHERE z.id = matter
WITH a, b, c, coalesce(x.id, d.id, z.id, a.id) AS subject, coalesce(x.name, d.name, z.name, a.name) AS name
RETURN [subject] + collect(DISTINCT a.id) + collect(DISTINCT b.id) AS subjects, collect(DISTINCT c.id) AS relations,
       'violated' AS status, subject, name, CASE WHEN subject IN collect(DISTINCT a.id) THEN 'between' ELSE 'about' END AS shape,
       collect(DISTINCT CASE WHEN a.id <> subject THEN a.name ELSE b.name END) + collect(DISTINCT b.name) AS bodies, 0 AS lines
ORDER BY subject
UNION ALL
// stated absent for a duty
MATCH (g:组织)-[c:协调]->(d:事项)
WHERE c.status IN ['缺失', '受阻']
  AND NOT EXISTS { MATCH (h:组织)-[w:协调]->(d) WHERE w.status = '现行' }
WITH g, c, d
OPTIONAL MATCH (y:组织)-[r:主责|配合]->(d)
WITH g, c, d, r, y, r.status = '现行' AS shares
RETURN [d.id] + collect(DISTINCT g.id) + collect(DISTINCT CASE WHEN shares THEN y.id ELSE g.id END) AS subjects,
       collect(DISTINCT c.id) + collect(DISTINCT CASE WHEN shares THEN r.id ELSE c.id END) AS relations, 'violated' AS status,
       d.id AS subject, d.name AS name, 'duty' AS shape,
       collect(DISTINCT CASE WHEN shares THEN y.name ELSE g.name END) AS bodies, 0 AS lines
ORDER BY subject
UNION ALL
// several lines on a duty, no single lead, and nothing said of a mechanism
MATCH (:组织)-[p:主责|配合]->(c:事项)
WHERE p.status = '现行'
WITH c, count(*) AS shares
WHERE shares >= $sharers
MATCH (d:事项)
WHERE id(d) = id(c) AND d.status = '现行'
WITH d
OPTIONAL MATCH (h:组织)-[w:协调]->(d)
WITH d, count(DISTINCT w.id) AS mechanisms
WHERE mechanisms = 0
WITH d
MATCH (d)<-[r:主责|配合]-(y:组织)
WITH d, r, y
WHERE r.status = '现行' AND y.place IS NOT NULL
OPTIONAL MATCH (y)-[i:成员]->(g:组织)
WITH d, r, y, count(DISTINCT CASE WHEN i.status = '现行' AND g.status = '现行' THEN i.id END) AS memberships
WHERE memberships = 0
OPTIONAL MATCH (y)-[w:协调]-(o:组织)
OPTIONAL MATCH (o)-[s:主责|配合]->(d)
WITH d, r, y, count(DISTINCT CASE WHEN w.about = d.id THEN w.id
                                  WHEN w.status = '现行' AND s.status = '现行' AND o.id <> y.id THEN w.id END) AS ties
WHERE ties = 0
// a part is asked about with its whole
OPTIONAL MATCH (d)<-[:包含]-(whole:事项)
OPTIONAL MATCH (whole)<-[s:主责|配合]-(y)
WITH d, r, y, count(DISTINCT CASE WHEN s.status = '现行' THEN s.id END) AS wholes
WHERE wholes = 0
WITH d, count(DISTINCT y.place) AS lines, count(DISTINCT CASE WHEN r.type = '主责' THEN y.id END) AS leads,
     count(DISTINCT CASE WHEN r.joint IS NOT NULL THEN r.joint END) AS joined,
     collect(DISTINCT y.id) AS ids, collect(DISTINCT y.name) AS bodies, collect(DISTINCT r.id) AS relations
WHERE lines >= $sharers AND leads <> 1 AND joined = 0
RETURN [d.id] + ids AS subjects, relations, 'undetermined' AS status,
       d.id AS subject, d.name AS name, 'duty' AS shape, bodies, lines
ORDER BY subject
