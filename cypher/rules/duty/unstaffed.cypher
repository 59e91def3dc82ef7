// id: duty/unstaffed
// severity: warning
// title: {zh: 无人办事, en: Unstaffed duty}
// question:
//   zh: 事项所需要的人员、编制是否没有到位，应当设的岗位是否空缺？
//   en: Are the people or establishment posts that a duty needs missing or short, or is a post that must be held vacant?
// why:
//   zh: 事情定了、机构搭了、人没有到，责任落在一块牌子上；或者一人身兼数职，样样都浅。
//   en: With the duty set and the office named but nobody in it, a signboard answers for the work.
// remedy:
//   zh: 编随事走、人随编走：明确由谁、在什么时候配齐哪些人员和岗位；短期可以统筹调配。
//   en: Let posts follow duties and people follow posts. State who fills which posts by when; meanwhile reassign.
// basis:
//   zh: 中办、国办《关于推进基层整合审批服务执法力量的实施意见》（2019年）：编随事走、人随编走
//   en: General Offices of the CPC Central Committee and the State Council (2019) on integrating primary-level approval, service and enforcement staff, posts follow duties and people follow posts
// messages:
//   zh: “{resources}”{shape}
//   en: “{resources}” {shape}
// undetermined:
//   zh: “{duties}”需要“{resources}”，而{bodies}的安排还只是计划；请向{bodies}核实是否到位
//   en: “{duties}” needs “{resources}”, which {bodies} so far only plans; ask {bodies} whether they are there
// shapes:
//   short: {zh: "没有配齐，缺在{bodies}，影响“{duties}”", en: "is short at {bodies}, which hits “{duties}”"}
//   missing: {zh: "没有到位，缺在{bodies}，影响“{duties}”", en: "is missing at {bodies}, which hits “{duties}”"}
//   unprovided: {zh: "没有配备到位，应由{providers}提供，影响“{duties}”", en: "is not provided in full by {providers}, which hits “{duties}”"}
//   short-body: {zh: "没有配齐，缺在{bodies}", en: "is short at {bodies}, which needs it"}
//   missing-body: {zh: "没有到位，缺在{bodies}", en: "is missing at {bodies}, which needs it"}
//   vacant: {zh: "空缺，设岗单位{bodies}", en: "is vacant at {bodies}"}
//   vacant-duties: {zh: "空缺，设岗单位{bodies}，其主责的“{duties}”没有人办", en: "is vacant at {bodies}, and its duties “{duties}” have nobody to do them"}
//   planned: {zh: "还只是计划", en: "is only planned"}
// identity: [holder, resource_kind]
// population: MATCH (x)-[n:需要|设岗]->(r) WHERE n.status = '现行' AND r.kind IN ['人力', '编制', '领导岗位', '工作岗位'] RETURN count(DISTINCT r.id)
MATCH (r:资源)<-[f:持有|提供]-(c)
WHERE r.kind IN ['人力', '编制']
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
WITH holder, '人力' AS resource_kind,
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
WHERE r.kind IN ['人力', '编制'] AND f.status = '计划'
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
MATCH (o:组织)-[q:设岗]->(p:岗位)
WHERE q.status = '现行'
WITH o, p, coalesce(p.extent, '全部') AS extent
WHERE NOT (extent = '全部' AND EXISTS { MATCH (p)<-[t:任职|兼任]-(s) WHERE t.status = '现行' })
  AND (p.status = '缺失' OR extent IN ['部分', '无']
    OR EXISTS { MATCH (p)<-[t:任职|兼任]-(s) WHERE t.status IN ['缺失', '受阻', '终止'] }
    OR '任职' IN coalesce(p.complete, []))
WITH p, min(o.id) AS holder
MATCH (o:组织)-[q:设岗]->(p)
WHERE q.status = '现行'
  AND NOT EXISTS {
    MATCH (p)<-[:设岗]-(y:组织)-[h:持有]->(r:资源)
    WHERE r.kind IN ['人力', '编制']
      AND CASE WHEN h.status = '现行' THEN h.extent ELSE h.status END IN ['缺失', '受阻', '部分', '无'] }
OPTIONAL MATCH (p)-[m:主责]->(d:事项) WHERE m.status = '现行' AND d.status = '现行'
WITH holder, collect(DISTINCT p.id) AS posts, collect(DISTINCT p.name) AS resources,
     collect(DISTINCT o.id) AS bodies_ids, collect(DISTINCT o.name) AS bodies, coalesce(collect(DISTINCT d.id), []) AS hit,
     coalesce(collect(DISTINCT d.name), []) AS duties, collect(DISTINCT q.id) + coalesce(collect(DISTINCT m.id), []) AS links
RETURN [holder] + posts + hit + bodies_ids AS subjects, links AS relations, 'violated' AS status,
       holder, '岗位' AS resource_kind, resources, bodies, [''] AS providers, duties,
       CASE WHEN size(duties) = 0 THEN 'vacant' ELSE 'vacant-duties' END AS shape
ORDER BY holder, resource_kind
