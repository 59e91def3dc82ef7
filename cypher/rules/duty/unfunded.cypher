// id: duty/unfunded
// severity: warning
// title: {zh: 无钱办事, en: Unfunded duty}
// question:
//   zh: 事项所需要的资金，承担它的单位是否没有或者不足，或者写明无人出资？
//   en: Is the money that a duty needs missing or short with those who carry it, or is it stated that nobody pays?
// why:
//   zh: 事权下来了，钱没有跟着下来，事情只能拖着办、借着办，或者转嫁给企业和群众。
//   en: Where the duty arrives and the money does not, the work is put off, done on credit, or passed on to firms and residents.
// remedy:
//   zh: 按事权与支出责任相适应的原则，明确出资单位和来源，随事项一并安排；不能安排的，调整任务或进度。
//   en: Match spending to duty; name who pays and from what, together with the duty, or adjust the task.
// basis:
//   zh: 《国务院关于推进中央与地方财政事权和支出责任划分改革的指导意见》（国发〔2016〕49号）：事权与支出责任相适应
//   en: State Council guidance on dividing fiscal duties and spending responsibilities (Guofa 2016 No. 49), spending follows duty
// messages:
//   zh: “{resources}”{shape}
//   en: “{resources}” {shape}
// undetermined:
//   zh: “{duties}”需要“{resources}”，而{bodies}的这笔资金还只是计划；请向{bodies}核实是否到位
//   en: “{duties}” needs “{resources}”, which {bodies} so far only plans; ask {bodies} whether the money is there
// shapes:
//   short: {zh: "不足，缺口在{bodies}，影响“{duties}”", en: "is short at {bodies}, which hits “{duties}”"}
//   missing: {zh: "没有落实，缺口在{bodies}，影响“{duties}”", en: "is missing at {bodies}, which hits “{duties}”"}
//   unprovided: {zh: "没有拨付到位，应由{providers}提供，影响“{duties}”", en: "is not provided in full by {providers}, which hits “{duties}”"}
//   short-body: {zh: "不足，缺口在{bodies}", en: "is short at {bodies}, which needs it"}
//   missing-body: {zh: "没有落实，缺口在{bodies}", en: "is missing at {bodies}, which needs it"}
//   unpaid: {zh: "没有人出，“{duties}”的出资单位已列全而无一在任", en: "is paid by nobody, since the list of payers of “{duties}” is complete and empty"}
//   planned: {zh: "还只是计划", en: "is only planned"}
// identity: [holder, resource_kind]
// population: |
//   MATCH (x:事项|组织)
//   WHERE '出资' IN coalesce(x.complete, []) OR EXISTS { MATCH (x)-[n:需要]->(r:资源) WHERE n.status = '现行' AND r.kind = '资金' }
//   RETURN count(x.id)
MATCH (r:资源)<-[f:持有|提供]-(c)
WHERE r.kind = '资金'
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
WHERE r.kind = '资金' AND f.status = '计划'
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
UNION
MATCH (d:事项)
WHERE d.status = '现行' AND '出资' IN coalesce(d.complete, [])
  AND NOT EXISTS { MATCH (d)<-[p:出资]-(o) WHERE p.status = '现行' }
  AND NOT EXISTS { MATCH (d)<-[:包含]-(w:事项)<-[p:出资]-(o) WHERE p.status = '现行' }
  AND NOT EXISTS { MATCH (d)<-[:包含]-(:事项)<-[:包含]-(w:事项)<-[p:出资]-(o) WHERE p.status = '现行' }
  AND NOT EXISTS { MATCH (d)<-[:包含]-(:事项)<-[:包含]-(:事项)<-[:包含]-(w:事项)<-[p:出资]-(o) WHERE p.status = '现行' }
  AND NOT EXISTS { MATCH (d)-[:需要]->(r:资源)<-[k:持有|提供|出资]-(o) WHERE k.status = '现行' AND r.kind = '资金' }
OPTIONAL MATCH (d)<-[m:主责]-(l) WHERE m.status = '现行'
RETURN [d.id] + coalesce(collect(DISTINCT l.id), []) AS subjects, coalesce(collect(DISTINCT m.id), []) AS relations, 'violated' AS status,
       d.id AS holder, '事项' AS resource_kind, [d.name + '的经费'] AS resources, coalesce(collect(DISTINCT l.name), []) AS bodies,
       [''] AS providers, [d.name] AS duties, 'unpaid' AS shape
ORDER BY holder, resource_kind
