// id: duty/unresourced
// severity: warning
// title: {zh: 缺少要素, en: Unresourced duty}
// question:
//   zh: 事项所需要的用地指标、数据、标准、设施、信息系统，是否没有或者不足？
//   en: Is the land quota, data, standard, facility or system that a duty needs missing or short?
// why:
//   zh: 有事权、有人、有钱，没有指标、数据或者标准，事情照样办不成；主责单位往往无权自己解决。
//   en: With duty, people and money in place, the work still stops for want of a quota, data or a standard, which the lead can seldom supply itself.
// remedy:
//   zh: 由掌握该要素的上级单位明确何时提供、提供多少；标准和口径由有权机关发文统一。
//   en: Have the superior that controls the resource state what it provides and when; standards are to be issued by the body empowered to.
// basis:
//   zh: 权责一致、要素保障随事项走的原则；《中共中央 国务院关于加强基层治理体系和治理能力现代化建设的意见》（2021年）
//   en: The principle that means go with duties; CPC Central Committee and State Council opinions on modernising primary-level governance (2021)
// messages:
//   zh: “{resources}”{shape}
//   en: “{resources}” {shape}
// undetermined:
//   zh: “{duties}”需要“{resources}”，而{bodies}的提供还只是计划；请向{bodies}核实是否到位
//   en: “{duties}” needs “{resources}”, which {bodies} so far only plans; ask {bodies} whether it is there
// shapes:
//   short: {zh: "不足，缺口在{bodies}，影响“{duties}”", en: "is short at {bodies}, which hits “{duties}”"}
//   missing: {zh: "缺失，缺口在{bodies}，影响“{duties}”", en: "is missing at {bodies}, which hits “{duties}”"}
//   unprovided: {zh: "没有提供，应由{providers}提供，影响“{duties}”", en: "is not provided by {providers}, which hits “{duties}”"}
//   short-body: {zh: "不足，缺口在{bodies}", en: "is short at {bodies}, which needs it"}
//   missing-body: {zh: "缺失，缺口在{bodies}", en: "is missing at {bodies}, which needs it"}
//   planned: {zh: "还只是计划", en: "is only planned"}
// identity: [holder, resource_kind]
// population: MATCH (x)-[n:需要]->(r:资源) WHERE n.status = '现行' AND NOT r.kind IN ['资金', '人力', '编制', '权限'] RETURN count(DISTINCT x.id)
MATCH (r:资源)<-[f:持有|提供]-(c)
WHERE NOT r.kind IN ['资金', '人力', '编制', '权限']
  AND CASE WHEN f.status = '现行' THEN f.extent ELSE f.status END IN ['缺失', '受阻', '部分', '无']
WITH r, min(c.id) AS holder
MATCH (b)-[h:持有|提供]->(r)
WITH holder, r, b, h
WHERE CASE WHEN h.status = '现行' THEN h.extent ELSE h.status END IN ['缺失', '受阻', '部分', '无']
WITH holder, r, b, h, coalesce(b.place, '') AS line
MATCH (r)<-[n:需要]-(z)
WITH holder, r, b, h, n, z, line
WHERE n.status = '现行'
OPTIONAL MATCH (z)<-[m:主责]-(v)
OPTIONAL MATCH (v)-[g:持有]->(r)
WITH holder, r, b, h, n, z, line,
     count(DISTINCT CASE WHEN m.status = '现行' AND g.status = '现行' AND coalesce(g.extent, '全部') = '全部' THEN g.id END) AS enough
WHERE enough = 0
OPTIONAL MATCH (z)<-[m:主责]-(y:组织|岗位|人员)
WITH holder, r, b, h, n, z,
     count(DISTINCT CASE WHEN m.status = '现行' AND (y.id = b.id OR y.place = line) THEN m.id END) AS own
OPTIONAL MATCH (z)<-[:包含]-(u:事项)
OPTIONAL MATCH (u)<-[:包含]-(v:事项)
OPTIONAL MATCH (v)<-[:包含]-(w:事项)
OPTIONAL MATCH (u)<-[k:主责]-(b)
OPTIONAL MATCH (v)<-[l:主责]-(b)
OPTIONAL MATCH (w)<-[m:主责]-(b)
OPTIONAL MATCH (b)-[:设岗]->(p:岗位)
OPTIONAL MATCH (p)-[o:主责]->(z)
WITH holder, r, b, h, n, z, own,
     count(DISTINCT CASE WHEN k.status = '现行' THEN k.id WHEN l.status = '现行' THEN l.id WHEN m.status = '现行' THEN m.id
                         WHEN o.status = '现行' THEN o.id END) AS led
MATCH (x:组织|事项)
WHERE id(x) = id(z)
WITH holder, r, b, h, n, x, z, own, led
WHERE x.status = '现行' AND (h.type = '提供' OR x.id = b.id OR own > 0 OR led > 0
  OR EXISTS { MATCH (z)-[:涉及]->(y:组织) WHERE y.id = b.id })
WITH holder, r.kind AS resource_kind,
     collect(DISTINCT r.id) AS lacked, collect(DISTINCT r.name) AS resources,
     collect(DISTINCT b.id) AS bodies_ids,
     coalesce(collect(DISTINCT CASE WHEN h.type = '持有' THEN b.name END), []) AS bodies,
     coalesce(collect(DISTINCT CASE WHEN h.type = '提供' THEN b.name END), []) AS providers,
     coalesce(collect(DISTINCT CASE WHEN x.kind IN ['职责', '权力', '任务'] THEN x.id END), []) AS hit,
     coalesce(collect(DISTINCT CASE WHEN x.kind IN ['职责', '权力', '任务'] THEN x.name END), []) AS duties,
     collect(DISTINCT h.id) + collect(DISTINCT n.id) AS links,
     count(DISTINCT CASE WHEN h.status = '现行' AND h.extent = '部分' THEN h.id END) AS partial
RETURN [holder] + lacked + hit + bodies_ids AS subjects, links AS relations, 'violated' AS status,
       holder, resource_kind, resources, bodies, providers, duties,
       CASE WHEN size(providers) > 0 AND size(duties) > 0 THEN 'unprovided'
            WHEN partial > 0 THEN 'short' ELSE 'missing' END
       + CASE WHEN size(duties) = 0 THEN '-body' ELSE '' END AS shape
ORDER BY holder, resource_kind
UNION
MATCH (r:资源)<-[f:持有|提供]-(c)
WHERE NOT r.kind IN ['资金', '人力', '编制', '权限'] AND f.status = '计划'
  AND NOT EXISTS { MATCH (r)<-[k:持有|提供|出资]-(o) WHERE k.status <> '计划' AND k.status <> '建议' }
WITH r, min(c.id) AS holder
MATCH (b)-[h:持有|提供]->(r)<-[n:需要]-(x:事项)<-[m:主责]-(l)
WHERE h.status = '计划' AND n.status = '现行' AND x.status = '现行' AND m.status = '现行'
WITH holder, '计划' AS resource_kind,
     collect(DISTINCT r.id) AS lacked, collect(DISTINCT r.name) AS resources, collect(DISTINCT b.id) AS bodies_ids,
     collect(DISTINCT b.name) AS bodies, collect(DISTINCT x.id) AS hit, collect(DISTINCT x.name) AS duties,
     collect(DISTINCT h.id) + collect(DISTINCT n.id) AS links
RETURN [holder] + lacked + hit + bodies_ids AS subjects, links AS relations, 'undetermined' AS status,
       holder, resource_kind, resources, bodies, [''] AS providers, duties, 'planned' AS shape
ORDER BY holder, resource_kind
