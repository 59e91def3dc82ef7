// id: duty/incompatible-system
// severity: warning
// title: {zh: 系统无法对接, en: Incompatible systems}
// question:
//   zh: 同一事项所依靠的两个信息系统是否对接不上？
//   en: Do two systems that a duty relies on fail to interface?
// why:
//   zh: 机构合了、职责转了，系统不通，业务就断在窗口上；群众反复提交材料，待遇发不下去。
//   en: When bodies are joined or duties moved but systems are not, the service breaks at the counter and residents pay for it.
// remedy:
//   zh: 由两个系统的共同上级确定接口和数据标准、完成期限；对接之前明确过渡办法，保证待遇不断。
//   en: Have the common superior of both systems set interface, data standard and date, with an interim way to keep the service running.
// basis:
//   zh: 《国务院关于印发政务信息资源共享管理暂行办法的通知》（国发〔2016〕51号）
//   en: State Council interim measures on sharing government information resources (Guofa 2016 No. 51)
// messages:
//   zh: “{systems}”没有对接上{shape}
//   en: “{systems}” do not interface{shape}
// undetermined:
//   zh: “{duties}”同时依靠“{systems}”，由{holders}分别持有，没有写明是否对接；请向{holders}核实
//   en: “{duties}” relies on “{systems}”, held by {holders}; whether they interface is not stated; ask {holders}
// shapes:
//   duties: {zh: "，影响“{duties}”", en: ", which hits “{duties}”"}
//   alone: {zh: "，受影响的事项没有写明", en: "; which duties suffer is not stated"}
//   unstated: {zh: "，没有写明", en: ", as far as stated"}
// identity: [pair]
// population: MATCH (s:资源)-[n:需要|对接]-(x) WHERE n.type = '对接' OR (n.status = '现行' AND s.kind = '信息系统') RETURN count(DISTINCT s.id)
MATCH (s:资源)-[c:对接]->(t:资源)
WHERE CASE WHEN c.status = '现行' THEN c.extent ELSE c.status END IN ['缺失', '受阻', '部分', '无']
OPTIONAL MATCH (s)<-[n:需要]-(d:事项)
WITH s, t, c, n, d, n.status = '现行' AND d.status = '现行' AS needed
WITH s, t, c, coalesce(collect(DISTINCT CASE WHEN needed THEN n.id END), []) AS needs,
     coalesce(collect(DISTINCT CASE WHEN needed THEN d.id END), []) AS hit,
     coalesce(collect(DISTINCT CASE WHEN needed THEN d.name END), []) AS duties
OPTIONAL MATCH (t)<-[n:需要]-(d:事项)
WITH s, t, c, needs, hit, duties, n, d, n.status = '现行' AND d.status = '现行' AS needed
WITH s, t, c, needs, hit, duties, coalesce(collect(DISTINCT CASE WHEN needed THEN n.id END), []) AS more_needs,
     coalesce(collect(DISTINCT CASE WHEN needed THEN d.id END), []) AS more_hit,
     coalesce(collect(DISTINCT CASE WHEN needed THEN d.name END), []) AS more_duties
OPTIONAL MATCH (s)<-[h:持有]-(b:组织)
WITH s, t, c, needs, hit, duties, more_needs, more_hit, more_duties,
     coalesce(collect(DISTINCT CASE WHEN h.status = '现行' THEN b.id END), []) AS bodies
OPTIONAL MATCH (t)<-[h:持有]-(b:组织)
WITH s, t, c, needs, hit, duties, more_needs, more_hit, more_duties, bodies,
     coalesce(collect(DISTINCT CASE WHEN h.status = '现行' THEN b.id END), []) AS more_bodies
WITH s, t, c, needs + more_needs AS needs, hit + more_hit AS hit, duties + more_duties AS duties,
     bodies + more_bodies AS bodies
RETURN [s.id, t.id] + hit + bodies AS subjects, [c.id] + needs AS relations, 'violated' AS status,
       s.id AS one, t.id AS other, [s.id, t.id] AS pair, [s.name, t.name] AS systems, duties, [''] AS holders,
       CASE WHEN size(duties) = 0 THEN 'alone' ELSE 'duties' END AS shape
ORDER BY one, other
UNION
MATCH (s:资源)<-[m:需要]-(x:事项)
WHERE s.kind = '信息系统' AND m.status = '现行'
WITH x, count(m.id) AS systems
WHERE systems > 1
WITH x
MATCH (s:资源)<-[m:需要]-(x)
WITH x, m, s
WHERE s.kind = '信息系统' AND m.status = '现行'
WITH x, m, s
MATCH (x)-[n:需要]->(t:资源)
WITH x, m, n, s, t
WHERE t.kind = '信息系统' AND n.status = '现行' AND s.id < t.id AND NOT EXISTS { MATCH (s)-[:对接]-(t) }
WITH x, m, n, s, t
MATCH (a:组织)-[h:持有]->(s)
WITH x, m, n, s, t, a, h
WHERE h.status = '现行'
WITH x, m, n, s, t, a
MATCH (b:组织)-[k:持有]->(t)
WITH x, m, n, s, t, a, b, k
WHERE k.status = '现行' AND a.id <> b.id
MATCH (d:事项)
WHERE id(d) = id(x)
WITH d, m, n, s, t, a, b
WHERE d.status = '现行'
WITH s, t, coalesce(collect(DISTINCT d.id), []) AS hit, coalesce(collect(DISTINCT d.name), []) AS duties,
     collect(DISTINCT a.id) + coalesce(collect(DISTINCT b.id), []) AS bodies,
     collect(DISTINCT a.name) + collect(DISTINCT b.name) AS holders,
     collect(DISTINCT m.id) + coalesce(collect(DISTINCT n.id), []) AS links
RETURN [s.id, t.id] + hit + bodies AS subjects, links AS relations, 'undetermined' AS status,
       s.id AS one, t.id AS other, [s.id, t.id] AS pair, [s.name, t.name] AS systems, duties, holders,
       'unstated' AS shape
ORDER BY one, other
