// id: funding/evaluated-not-funded
// severity: warning
// title: {zh: 考核不拨款, en: "Evaluated, not funded"}
// question:
//   zh: 考核某机构的一方，是否并不为所考核的工作出钱，而该机构的经费又没有着落？
//   en: Does whoever evaluates a body pay nothing for the work, while the body has no money for it?
// why:
//   zh: 只压任务、只打分、不给钱，基层要么挪用，要么应付。
//   en: Tasks and scores without money leave a body to divert funds or to go through the motions.
// remedy:
//   zh: 费随事转：考核什么就安排什么经费；不安排经费的，不列入考核。
//   en: Let the money follow the work - fund what is evaluated, or do not evaluate it.
// basis:
//   zh: “费随事转”“权随责走”原则（中共中央 国务院《关于加强基层治理体系和治理能力现代化建设的意见》，2021年）
//   en: the principle that money and power follow the task (CPC Central Committee and State Council, Opinions on modernizing the system of and capacity for grassroots governance, 2021)
// messages:
//   zh: “{evaluator}”考核“{name}”，却不拨款：{shape}
//   en: “{evaluator}” evaluates “{name}” and does not fund it - {shape}
// shapes:
//   listed: {zh: '“{name}”的拨款来源已列全，其中没有考核方，也没有其上级', en: "the sources of “{name}” are listed in full; neither the evaluator nor its own superior is among them"}
//   refused: {zh: '应拨的款写明没有到位', en: 'the payment due is stated to be missing'}
//   missing: {zh: '所考核的“{duty}”没有经费（{money}）', en: "the duty evaluated, “{duty}”, has no money ({money})"}
// undetermined:
//   zh: “{evaluator}”考核“{name}”，“{name}”的{money}不足；考核方是否拨款没有写明。请向“{evaluator}”和财政部门核实
//   en: “{evaluator}” evaluates “{name}”, which is short of {money}; whether the evaluator pays is not stated. Ask “{evaluator}” and the finance department
// identity: [subject, evaluator_id, shape]
// population: MATCH (e:组织)-[k:考核]->(x:组织) WHERE k.status = '现行' RETURN count(k.id)
MATCH (e:组织)-[k:考核]->(x:组织)
// the list of who funds the body is complete, and neither the evaluator's line nor its own superior is on it
WHERE k.status = '现行' AND x.complete IS NOT NULL AND '拨款' IN x.complete
WITH e, k, x, coalesce(e.place, '') AS line, coalesce(k.about, '') AS matter
WHERE NOT EXISTS { MATCH (f:组织)-[p:拨款]->(x) WHERE p.status = '现行' AND (f.id = e.id OR f.place = line) }
  AND NOT EXISTS { MATCH (f:组织)-[p:出资]->(d:事项|资源)
                   WHERE p.status = '现行' AND d.id = matter AND (f.id = e.id OR f.place = line) }
  AND NOT EXISTS { MATCH (f:组织)-[p:拨款]->(x)-[u:上级]->(y:组织)
                   WHERE p.status = '现行' AND u.status = '现行' AND (y.id = f.id OR y.place = f.place) }
RETURN [x.id, e.id] AS subjects, collect(DISTINCT k.id) AS relations, 'violated' AS status,
       x.id AS subject, e.id AS evaluator_id, x.name AS name, e.name AS evaluator, 'listed' AS shape, [''] AS duty, ['-'] AS money
ORDER BY subject, evaluator_id
UNION ALL
// the evaluator's own payment is stated to be blocked or absent
MATCH (e:组织)-[k:考核]->(x:组织)<-[p:拨款]-(e)
WHERE k.status = '现行' AND p.status IN ['受阻', '缺失']
WITH e, k, x, p, coalesce(e.place, '') AS line
WHERE NOT EXISTS { MATCH (f:组织)-[q:拨款]->(x) WHERE q.status = '现行' AND (f.id = e.id OR f.place = line) }
RETURN [x.id, e.id] AS subjects, collect(DISTINCT k.id) + collect(DISTINCT p.id) AS relations, 'violated' AS status,
       x.id AS subject, e.id AS evaluator_id, x.name AS name, e.name AS evaluator, 'refused' AS shape, [''] AS duty, ['-'] AS money
ORDER BY subject, evaluator_id
UNION ALL
// the duty evaluated needs money that is stated to be absent, and the evaluator's line pays neither the duty nor the body
MATCH (x:组织)-[h:持有]->(m:资源)
WHERE m.kind = '资金' AND CASE WHEN h.status = '现行' THEN h.extent ELSE h.status END IN ['缺失', '无']
WITH x, h, m
MATCH (e:组织)-[k:考核]->(x)
WHERE k.status = '现行' AND k.about IS NOT NULL
WITH e, k, x, h, m
MATCH (d:事项)
WHERE d.id = k.about
WITH e, k, x, h, m, d
MATCH (d)-[n:需要]->(y:资源)
WITH e, k, x, h, m, n, d, y, coalesce(e.place, '') AS line
WHERE n.status = '现行' AND id(y) = id(m)
  AND NOT EXISTS { MATCH (f:组织)-[q:拨款]->(x) WHERE q.status = '现行' AND (f.id = e.id OR f.place = line) }
  AND NOT EXISTS { MATCH (f:组织)-[q:出资]->(d) WHERE q.status = '现行' AND (f.id = e.id OR f.place = line) }
RETURN [x.id, e.id] + collect(DISTINCT d.id) AS subjects,
       collect(DISTINCT k.id) + collect(DISTINCT h.id) + collect(DISTINCT n.id) AS relations, 'violated' AS status,
       x.id AS subject, e.id AS evaluator_id, x.name AS name, e.name AS evaluator, 'missing' AS shape,
       collect(DISTINCT d.name) AS duty, collect(DISTINCT m.name) AS money
ORDER BY subject, evaluator_id
UNION ALL
// the body itself is short of money, and nothing is said of the evaluator's line paying it
MATCH (e:组织)-[k:考核]->(x:组织)
WHERE k.status = '现行'
WITH e, k, x
MATCH (x)-[h:持有]->(m:资源)
WHERE m.kind = '资金' AND EXISTS { MATCH (x)-[n:需要]->(y:资源) WHERE n.status = '现行' AND y.id = m.id }
  AND CASE WHEN h.status = '现行' THEN h.extent ELSE h.status END IN ['缺失', '部分', '无']
  AND (x.complete IS NULL OR NOT '拨款' IN x.complete)
WITH e, k, x, h, m, coalesce(e.place, '') AS line
WHERE NOT EXISTS { MATCH (f:组织)-[q:拨款]->(x) WHERE f.id = e.id OR f.place = line }
RETURN [x.id, e.id] AS subjects, collect(DISTINCT k.id) + collect(DISTINCT h.id) AS relations, 'undetermined' AS status,
       x.id AS subject, e.id AS evaluator_id, x.name AS name, e.name AS evaluator, 'listed' AS shape, [''] AS duty,
       collect(DISTINCT m.name) AS money
ORDER BY subject, evaluator_id
