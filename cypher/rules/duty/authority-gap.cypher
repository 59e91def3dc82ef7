// id: duty/authority-gap
// severity: error
// title: {zh: 有责无权, en: Duty without authority}
// question:
//   zh: 主责单位是否没有（或只有一部分）履行该事项所需要的权限？
//   en: Does the lead of a duty lack the power that the duty needs, in whole or in part?
// why:
//   zh: 看得见的管不了，管得了的看不见。有责无权，主责单位只能请示、协调、拖延，考核却落在它头上。
//   en: Whoever sees the problem cannot act, and whoever can act does not see it. The lead can only ask and wait, yet is the one that is evaluated.
// remedy:
//   zh: 按权责一致的原则把权限依法授予主责单位，或者把事项还给有权限的单位。
//   en: Give the power to the lead by law, or return the duty to the body that holds the power.
// basis:
//   zh: 《中共中央 国务院关于加强基层治理体系和治理能力现代化建设的意见》（2021年）：向基层放权赋能
//   en: CPC Central Committee and State Council opinions on modernising primary-level governance (2021), on giving powers to the primary level
// messages:
//   zh: “{name}”由{leads}主责，{shape}
//   en: “{name}” is led by {leads}, {shape}
// undetermined:
//   zh: “{name}”由{leads}主责，需要“{powers}”，但没有写明{leads}是否具有；请向{leads}核实
//   en: “{name}” is led by {leads} and needs “{powers}”; whether {leads} holds it is not stated; ask {leads}
// shapes:
//   none: {zh: "却没有所需要的“{powers}”", en: "which lacks the “{powers}” that it needs"}
//   partial: {zh: "所需要的“{powers}”却不完整", en: "which holds only a part of the “{powers}” that it needs"}
//   blocked: {zh: "而“{powers}”的授权没有到位", en: "but the delegation of “{powers}” to it did not take place"}
//   unstated: {zh: "权限没有写明", en: "whose power is not stated"}
// identity: [duty]
// population: |
//   MATCH (d:事项)-[n:需要]->(r:资源)
//   WHERE d.status = '现行' AND n.status = '现行' AND r.kind = '权限' AND EXISTS { MATCH (l)-[m:主责]->(d) WHERE m.status = '现行' }
//   RETURN count(DISTINCT d.id)
MATCH (r:资源)<-[h:持有]-(b)
WHERE r.kind = '权限' AND CASE WHEN h.status = '现行' THEN h.extent ELSE h.status END IN ['缺失', '受阻', '部分', '无']
WITH r, h, b
MATCH (x:事项)-[n:需要]->(r)
WITH x, n, r, h, b
WHERE n.status = '现行'
MATCH (l)-[m:主责]->(x)
WITH x, n, r, h, b, l, m
WHERE m.status = '现行' AND (l.id = b.id OR EXISTS { MATCH (b)-[:设岗]->(l) })
WITH x, n, r, h
WHERE NOT EXISTS {
    MATCH (x)<-[k:主责]-(o)-[g:持有]->(r)
    WHERE k.status = '现行' AND g.status = '现行' AND coalesce(g.extent, '全部') = '全部' }
WITH DISTINCT x, n, r, h
MATCH (x)<-[c:主责]-(j)
WITH x, n, r, h, c, j
WHERE c.status = '现行'
MATCH (d:事项)
WHERE id(d) = id(x)
WITH d, n, r, h, c, j
WHERE d.status = '现行'
RETURN [d.id] + collect(DISTINCT j.id) + coalesce(collect(DISTINCT r.id), []) AS subjects,
       collect(DISTINCT c.id) + collect(DISTINCT n.id) + collect(DISTINCT h.id) AS relations, 'violated' AS status,
       d.id AS duty, d.name AS name, collect(DISTINCT j.name) AS leads, collect(DISTINCT r.name) AS powers,
       CASE WHEN count(DISTINCT CASE WHEN h.status = '现行' AND h.extent = '部分' THEN h.id END) = 0
            THEN 'none' ELSE 'partial' END AS shape
ORDER BY duty
UNION
MATCH (g:组织)-[a:授权|委托]->(l:组织)-[m:主责]->(d:事项)
WHERE a.status IN ['受阻', '缺失'] AND a.about IS NOT NULL AND m.status = '现行' AND d.status = '现行'
  AND (a.about = d.id OR EXISTS { MATCH (d)-[:需要]->(r:资源) WHERE r.id = a.about })
  AND NOT EXISTS { MATCH (d)-[:需要]->(r:资源)<-[h:持有]-(l) WHERE r.kind = '权限' }
OPTIONAL MATCH (d)-[:需要]->(r:资源) WHERE r.id = a.about
RETURN [d.id] + collect(DISTINCT l.id) + collect(DISTINCT g.id) + coalesce(collect(DISTINCT r.id), []) AS subjects,
       collect(DISTINCT m.id) + collect(DISTINCT a.id) AS relations, 'violated' AS status,
       d.id AS duty, d.name AS name, collect(DISTINCT l.name) AS leads,
       collect(DISTINCT coalesce(r.name, d.name)) AS powers,
       'blocked' AS shape
ORDER BY duty
UNION
MATCH (r:资源)
WHERE r.kind = '权限' AND NOT EXISTS { MATCH (b)-[h:持有|提供]->(r) }
WITH r
MATCH (c:事项)-[n:需要]->(r)
WITH c, n, r
WHERE n.status = '现行'
MATCH (d:事项)
WHERE id(d) = id(c) AND d.status = '现行'
WITH d, n, r
WHERE NOT EXISTS { MATCH (g:组织)-[a:授权|委托]->(o:组织) WHERE a.about = r.id }
  AND NOT EXISTS { MATCH (g:组织)-[a:授权|委托]->(o:组织) WHERE a.about = d.id }
WITH d, n, r
MATCH (l)-[m:主责]->(d)
WITH d, n, r, l, m
WHERE m.status = '现行'
RETURN [d.id] + collect(DISTINCT l.id) + coalesce(collect(DISTINCT r.id), []) AS subjects,
       collect(DISTINCT m.id) + collect(DISTINCT n.id) AS relations, 'undetermined' AS status,
       d.id AS duty, d.name AS name, collect(DISTINCT l.name) AS leads, collect(DISTINCT r.name) AS powers,
       'unstated' AS shape
ORDER BY duty
