// id: duty/doubly-owned
// severity: error
// title: {zh: 双主, en: Doubly owned duty}
// question:
//   zh: 是否有一个事项由两个不同的单位同时主责，既不联合，也不分主辅？
//   en: Is one duty led by two different bodies at once, neither jointly nor ranked?
// why:
//   zh: 两家都是主责，等于没有主责：有利时争，有责时推，下面两头请示。
//   en: Two leads are no lead. Both claim the duty when it pays and disclaim it when it fails, and those below ask twice.
// remedy:
//   zh: 由共同上级确定一家主责、其余配合；确需共同负责的，写明联合办法或者分开事项。
//   en: Have the common superior name one lead and make the others support it, or state the joint arrangement, or split the duty.
// basis:
//   zh: 《地方各级人民政府机构设置和编制管理条例》（国务院令第486号）第十条：职责相同或者相近的，原则上由一个行政机构承担
//   en: Regulations on the Setting-up and Staffing of Local Government Bodies (State Council Order 486), art. 10, the same or similar duties belong to one body
// messages:
//   zh: “{name}”同时由{leads}主责，没有联合，也没有主辅之分
//   en: “{name}” is led by {leads} at once, neither jointly nor ranked
// identity: [duty]
// params:
//   coordinators: {type: texts, default: [领导小组, 协调机构], doc: kinds that lead by coordinating; a department that does the work under one of them is no second lead}
//   committees: {type: texts, default: [省委, 市委, 区委, 县委, 高新区工委, 开发区工委, 街道党工委, 镇街党委, 党组], doc: party committees; with the government or departments of their own place they are one lead}
//   territorial: {type: texts, default: [乡镇, 街道, 村, 社区], doc: kinds that each answer for their own territory (属地管理); two of them on one duty have split it by place}
// population: MATCH (d:事项) WHERE d.status = '现行' AND EXISTS { MATCH (l)-[m:主责]->(d) WHERE m.status = '现行' } RETURN count(d.id)
MATCH (l)-[m:主责]->(d:事项)
WHERE m.status = '现行'
WITH d, count(*) AS leads
WHERE leads > 1
WITH d
MATCH (x)-[a:主责]->(d)
WITH x, a, d
WHERE a.status = '现行' AND x.status = '现行'
WITH x, a, d
MATCH (y)-[b:主责]->(d)
WITH x, a, d, b, y
WHERE b.status = '现行' AND y.status = '现行' AND x.id <> y.id
  AND coalesce(a.joint, a.id) <> coalesce(b.joint, b.id)
  AND coalesce(a.role, '主') = coalesce(b.role, '主')
  AND NOT x.kind IN $coordinators AND NOT y.kind IN $coordinators
  AND NOT (x.kind IN $territorial AND y.kind IN $territorial)
  AND NOT (coalesce(x.place, x.id) = coalesce(y.place, y.id)
    AND (x.kind IN $committees OR y.kind IN $committees OR x.kind = '机关群体' OR y.kind = '机关群体'))
WITH x, a, d, b, y
OPTIONAL MATCH (x)-[:上级]->(l:组织)
OPTIONAL MATCH (l)-[:上级]->(m:组织)
OPTIONAL MATCH (m)-[:上级]->(n:组织)
WITH x, a, d, b, y, count(DISTINCT CASE WHEN l.id = y.id OR m.id = y.id OR n.id = y.id THEN y.id END) AS below
OPTIONAL MATCH (y)-[:上级]->(l:组织)
OPTIONAL MATCH (l)-[:上级]->(m:组织)
OPTIONAL MATCH (m)-[:上级]->(n:组织)
WITH x, a, d, b, y, below, count(DISTINCT CASE WHEN l.id = x.id OR m.id = x.id OR n.id = x.id THEN x.id END) AS above
WHERE NOT (coalesce(x.place, y.place, '') = coalesce(y.place, x.place, '')
    AND (below > 0 OR above > 0 OR EXISTS { MATCH (x)-[:上级]->(y) } OR EXISTS { MATCH (y)-[:上级]->(x) }))
  AND NOT ((x.kind IN ['内设机构', '派出机构'] OR y.kind = '机关群体') AND EXISTS { MATCH (x)-[:隶属]->(y) })
  AND NOT ((y.kind IN ['内设机构', '派出机构'] OR x.kind = '机关群体') AND EXISTS { MATCH (y)-[:隶属]->(x) })
  AND NOT EXISTS { MATCH (x)-[:合署|挂牌|设岗|派出机构|任职|兼任]-(y) }
WITH d AS c, x, a
MATCH (d:事项)
WHERE id(d) = id(c) AND d.status = '现行' // read last: it would be read of all duties
RETURN [d.id] + collect(DISTINCT x.id) AS subjects, collect(DISTINCT a.id) AS relations, 'violated' AS status,
       d.id AS duty, d.name AS name, collect(DISTINCT x.name) AS leads
ORDER BY duty
