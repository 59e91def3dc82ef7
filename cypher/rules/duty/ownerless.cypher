// id: duty/ownerless
// severity: error
// title: {zh: 无主, en: Ownerless duty}
// question:
//   zh: 是否有事项没有任何单位主责，它的上一级事项、下一级事项也都没有主责单位？
//   en: Is there a duty that nobody leads, on itself, on what it is part of, or through all of its parts?
// why:
//   zh: 没有主责单位的事项，出了问题无人答应，有了成绩人人有份；它靠惯例和个人关系运转，人一换就停。
//   en: A duty without a lead has nobody to answer for it; it runs on custom and goodwill, and stops when a person leaves.
// remedy:
//   zh: 在权责清单上为该事项写明一个主责单位，其余单位列为配合。
//   en: Name one lead for the duty in the list of duties, and list the others as supporting.
// basis:
//   zh: 《中共中央关于深化党和国家机构改革的决定》（2018年）：一类事项原则上由一个部门统筹、一件事情原则上由一个部门负责
//   en: CPC Central Committee decision on deepening the reform of party and state institutions (2018), one kind of matter under one department, one matter with one department responsible
// messages:
//   zh: “{name}”没有主责单位：{shape}
//   en: “{name}” has no lead; {shape}
// undetermined:
//   zh: “{name}”没有写明由谁主责，{shape}
//   en: “{name}” has no stated lead; {shape}
// shapes:
//   stated: {zh: "文件写明无人负责", en: "the document says that nobody is responsible"}
//   ended: {zh: "原主责单位“{former}”已不再承担，没有单位承接", en: "the former lead “{former}” no longer holds it and none has taken it over"}
//   dissolved: {zh: "主责单位“{former}”已撤销，没有单位承接", en: "its lead “{former}” was dissolved without a successor"}
//   paid: {zh: "而由{askees}出资；请向{askees}核实", en: "{askees} pays for it; ask there"}
//   supported: {zh: "而由{askees}配合；请向{askees}核实", en: "{askees} supports it; ask there"}
//   shared: {zh: "而由{askees}配合、出资；请向{askees}核实", en: "{askees} supports it and pays for it; ask there"}
//   ruled: {zh: "而“{resources}”对它作了规定；请向制定单位核实", en: "“{resources}” rules on it; ask whoever issued that"}
//   lacking: {zh: "所需要的“{resources}”又不足；请向{askees}核实", en: "it is short of “{resources}”; ask {askees}"}
// identity: [duty]
// population: MATCH (d:事项) WHERE d.status = '现行' RETURN count(d.id)
MATCH (d:事项)
WHERE d.status = '现行' AND '主责' IN coalesce(d.complete, [])
OPTIONAL MATCH (d)<-[m:主责]-(l:组织|岗位|人员)
OPTIONAL MATCH (d)<-[e:配合]-()
WITH d, count(DISTINCT CASE WHEN m.status = '现行' AND l.status <> '终止' THEN m.id WHEN e.status = '现行' THEN e.id END) AS held
WHERE held = 0
WITH d
OPTIONAL MATCH (d)<-[m:主责]-(l)
OPTIONAL MATCH (l)-[:合并为|更名为|分设为]->(s:组织)
WITH d, count(DISTINCT CASE WHEN m.status IN ['现行', '终止'] AND s.status = '现行' THEN m.id END) AS succeeded
WHERE succeeded = 0
WITH d
OPTIONAL MATCH (d)<-[:包含]-(u:事项)
OPTIONAL MATCH (u)<-[:包含]-(v:事项)
OPTIONAL MATCH (v)<-[:包含]-(w:事项)
OPTIONAL MATCH (u)<-[m:主责]-()
OPTIONAL MATCH (v)<-[n:主责]-()
OPTIONAL MATCH (w)<-[o:主责]-()
WITH d, count(DISTINCT CASE WHEN m.status = '现行' THEN m.id WHEN n.status = '现行' THEN n.id WHEN o.status = '现行' THEN o.id END) AS above
WHERE above = 0
WITH d
OPTIONAL MATCH (d)-[:包含]->(p:事项)
OPTIONAL MATCH (p)<-[m:主责]-(l)
WITH d, count(DISTINCT CASE WHEN p.status = '现行' THEN p.id END) AS parts,
     count(DISTINCT CASE WHEN p.status = '现行' AND m.status = '现行' THEN p.id END) AS led
WHERE parts = 0 OR led < parts
WITH d
OPTIONAL MATCH (d)<-[m:主责]-(l:组织|岗位|人员)
RETURN [d.id] + coalesce(collect(DISTINCT l.id), []) AS subjects, coalesce(collect(DISTINCT m.id), []) AS relations, 'violated' AS status,
       d.id AS duty, d.name AS name, [''] AS former, [''] AS resources, [''] AS askees, 'stated' AS shape
ORDER BY duty
UNION
MATCH (o)-[f:主责]->(d:事项)
WHERE f.status IN ['终止', '缺失'] OR (f.status = '现行' AND o.status = '终止')
WITH DISTINCT d
OPTIONAL MATCH (d)<-[m:主责]-(l:组织|岗位|人员)
WITH d, count(DISTINCT CASE WHEN m.status = '现行' AND l.status <> '终止' THEN m.id END) AS held
WHERE held = 0 AND d.status = '现行' AND NOT '主责' IN coalesce(d.complete, [])
WITH d
OPTIONAL MATCH (d)<-[m:主责]-(l)
OPTIONAL MATCH (l)-[:合并为|更名为|分设为]->(s:组织)
WITH d, count(DISTINCT CASE WHEN m.status IN ['现行', '终止'] AND s.status = '现行' THEN m.id END) AS succeeded
WHERE succeeded = 0
WITH d
OPTIONAL MATCH (d)<-[:包含]-(u:事项)
OPTIONAL MATCH (u)<-[:包含]-(v:事项)
OPTIONAL MATCH (v)<-[:包含]-(w:事项)
OPTIONAL MATCH (u)<-[m:主责]-()
OPTIONAL MATCH (v)<-[n:主责]-()
OPTIONAL MATCH (w)<-[o:主责]-()
WITH d, count(DISTINCT CASE WHEN m.status = '现行' THEN m.id WHEN n.status = '现行' THEN n.id WHEN o.status = '现行' THEN o.id END) AS above
WHERE above = 0
WITH d
OPTIONAL MATCH (d)-[:包含]->(p:事项)
OPTIONAL MATCH (p)<-[m:主责]-(l)
WITH d, count(DISTINCT CASE WHEN p.status = '现行' THEN p.id END) AS parts,
     count(DISTINCT CASE WHEN p.status = '现行' AND m.status = '现行' THEN p.id END) AS led
WHERE parts = 0 OR led < parts
WITH d
MATCH (o)-[e:主责]->(d)
WITH d, e, o
WHERE e.status IN ['终止', '缺失'] OR (e.status = '现行' AND o.status = '终止')
RETURN [d.id] + collect(DISTINCT o.id) AS subjects, coalesce(collect(DISTINCT e.id), []) AS relations, 'violated' AS status,
       d.id AS duty, d.name AS name, collect(DISTINCT o.name) AS former, [''] AS resources, [''] AS askees,
       CASE WHEN count(DISTINCT CASE WHEN e.status = '现行' THEN e.id END) = 0 THEN 'ended' ELSE 'dissolved' END AS shape
ORDER BY duty
UNION
MATCH (d:事项)
WHERE d.status = '现行' AND d.kind <> '权力' AND coalesce(d.clarity, '明确') = '明确'
  AND NOT '主责' IN coalesce(d.complete, [])
  AND NOT EXISTS { MATCH (d)<-[m:主责]-(l) WHERE m.status <> '建议' }
WITH d
OPTIONAL MATCH (d)<-[:包含]-(u:事项)
OPTIONAL MATCH (u)<-[:包含]-(v:事项)
OPTIONAL MATCH (v)<-[:包含]-(w:事项)
OPTIONAL MATCH (u)<-[m:主责|配合|出资]-()
OPTIONAL MATCH (v)<-[n:主责|配合|出资]-()
OPTIONAL MATCH (w)<-[o:主责|配合|出资]-()
WITH d, count(DISTINCT CASE WHEN m.status = '现行' THEN m.id WHEN n.status = '现行' THEN n.id WHEN o.status = '现行' THEN o.id END) AS above
WHERE above = 0
WITH d
OPTIONAL MATCH (d)-[:包含]->(u:事项)
OPTIONAL MATCH (u)-[:包含]->(v:事项)
OPTIONAL MATCH (v)-[:包含]->(w:事项)
OPTIONAL MATCH (u)<-[m:主责]-()
OPTIONAL MATCH (v)<-[n:主责]-()
OPTIONAL MATCH (w)<-[o:主责]-()
WITH d, count(DISTINCT CASE WHEN m.status = '现行' THEN m.id WHEN n.status = '现行' THEN n.id WHEN o.status = '现行' THEN o.id END) AS below
WHERE below = 0
WITH d
OPTIONAL MATCH (d)<-[e:配合|出资]-(b:组织|岗位|人员)
WITH d, coalesce(collect(DISTINCT CASE WHEN e.status = '现行' THEN e.id END), []) AS links,
     coalesce(collect(DISTINCT CASE WHEN e.status = '现行' THEN b.id END), []) AS sharers,
     coalesce(collect(DISTINCT CASE WHEN e.status = '现行' THEN b.name END), []) AS sharing,
     count(DISTINCT CASE WHEN e.status = '现行' AND coalesce(e.clarity, '明确') = '明确' THEN e.id END) AS clear,
     count(DISTINCT CASE WHEN e.status = '现行' AND e.type = '配合' THEN e.id END) AS supports,
     count(DISTINCT CASE WHEN e.status = '现行' AND e.type = '出资' THEN e.id END) AS payments
OPTIONAL MATCH (d)-[n:需要]->(r:资源)
OPTIONAL MATCH (r)<-[h:持有]-(b:组织|岗位|人员)
WITH d, links, sharers, sharing, clear, supports, payments, n, r, h, b,
     n.status = '现行' AND CASE WHEN h.status = '现行' THEN h.extent ELSE h.status END IN ['缺失', '受阻', '部分', '无'] AS short
WITH d, links, sharers, sharing, clear, supports, payments,
     coalesce(collect(DISTINCT CASE WHEN short THEN n.id END), []) + coalesce(collect(DISTINCT CASE WHEN short THEN h.id END), []) AS needs,
     coalesce(collect(DISTINCT CASE WHEN short THEN r.id END), []) + coalesce(collect(DISTINCT CASE WHEN short THEN b.id END), []) AS needed,
     coalesce(collect(DISTINCT CASE WHEN short THEN r.name END), []) AS lacking,
     coalesce(collect(DISTINCT CASE WHEN short THEN b.name END), []) AS lackers
OPTIONAL MATCH (d)<-[g:规定]-(i:文件)
WITH d, links, sharers, sharing, clear, supports, payments, needs, needed, lacking, lackers, g, i,
     g.status = '现行' AND i.kind IN ['制度', '法律法规'] AS binding
WITH d, sharers, sharing, clear, supports, payments, needed, lacking, lackers, links, needs,
     coalesce(collect(DISTINCT CASE WHEN binding THEN g.id END), []) AS ruled,
     coalesce(collect(DISTINCT CASE WHEN binding THEN i.id END), []) AS papers,
     coalesce(collect(DISTINCT CASE WHEN binding THEN i.name END), []) AS rules
WHERE clear > 0 OR size(lacking) > 0 OR size(rules) > 0
RETURN [d.id] + sharers + needed + papers AS subjects, links + needs + ruled AS relations, 'undetermined' AS status,
       d.id AS duty, d.name AS name, [''] AS former, CASE WHEN size(lacking) > 0 THEN lacking ELSE rules END AS resources,
       CASE WHEN size(sharing) > 0 THEN sharing ELSE lackers END AS askees,
       CASE WHEN supports > 0 AND payments > 0 THEN 'shared' WHEN supports > 0 THEN 'supported'
            WHEN payments > 0 THEN 'paid' WHEN size(lacking) > 0 THEN 'lacking' ELSE 'ruled' END AS shape
ORDER BY duty
