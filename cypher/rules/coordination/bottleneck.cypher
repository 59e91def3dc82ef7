// id: coordination/bottleneck
// severity: note
// title: {zh: 协调瓶颈, en: Coordination bottleneck}
// question:
//   zh: 是否有一家单位，少了它，几批单位之间就没有别的协调路径，多项共担的事就断了线？
//   en: Is there a body without which groups of bodies have no other way to coordinate, so that several shared duties come apart?
// why:
//   zh: 所有协调都经一家，它忙不过来或缺位时，几件事同时停摆。
//   en: Where all coordination passes one body, several duties stop together when it is busy or absent.
// remedy:
//   zh: 在几批单位之间另建直接的联系：联席会议、共同成员，或由共同上级设领导小组。
//   en: Add a direct tie between the groups - a joint meeting, common membership, or a leading group of the common superior.
// basis:
//   zh: 组织网络分析：割点（去掉后网络断开的节点）与介数中心性（Freeman，1977）
//   en: Network analysis of organizations - articulation points (nodes without which the network falls apart) and betweenness centrality (Freeman, 1977)
// messages:
//   zh: 若没有“{name}”，{parts}之间就没有别的协调路径，{number}项共担的事项断线：{duties}（介数{betweenness}）
//   en: without “{name}” there is no other way to coordinate between {parts}, and {number} shared duties come apart - {duties} (betweenness {betweenness})
// identity: [subject]
// analysis: bottleneck
// population: MATCH (y:组织)-[r:主责|配合]->(d:事项) WHERE r.status = '现行' RETURN count(DISTINCT y.id)
// params:
//   ordinary:
//     type: texts
//     default: [省委, 省政府, 市委, 市政府, 区委, 县委, 区, 县, 领导小组, 协调机构]
//     doc: kinds whose task it is to coordinate all others; that all ties pass them is no finding
//   duties:
//     type: integer
//     default: 2
//     doc: fewer duties that come apart are a lead and its supporters, not a bottleneck
//   members:
//     type: integer
//     default: 2
//     doc: a group that falls away has at least so many bodies (a class of bodies counts as several); single supporters around a lead are a star
//   named:
//     type: integer
//     default: 8
//     doc: how many duties and how many bodies of each group a message names
//   exact:
//     type: integer
//     default: 1000
//     doc: betweenness is computed from all bodies up to this size of the network, beyond it from so many, drawn with a fixed seed
MATCH (b:组织)
// Sharers who all sit in one standing mechanism reach one another through it whoever falls away: only duties shared
// across mechanisms can be lost, and what is shared within one ties nobody whom the mechanism does not tie.
WHERE b.status = '现行'
OPTIONAL MATCH (b)-[i:成员]->(g:组织)
WHERE i.status = '现行' AND g.status = '现行' AND g.kind IN $ordinary
WITH b, min(g.id) AS mechanism
UNWIND [coalesce(mechanism, b.id)] AS circle
MATCH (b)-[p:主责|配合]->(c:事项)
WHERE p.status = '现行'
WITH c, min(circle) AS one, max(circle) AS other
WHERE one <> other
WITH c
MATCH (d:事项)
WHERE id(d) = id(c) // found anew: the names of all duties would be carried along from the start
WITH d
MATCH (y:组织)-[r:主责|配合]->(d)
WITH y, r, d
WHERE r.status = '现行' AND y.status = '现行' AND d.status = '现行'
RETURN [y.id] AS subjects, [r.id] AS relations, 'violated' AS status, y.id AS subject, y.name AS name, y.kind AS kind,
       coalesce(y.number, 1) AS size, r.type AS tie, d.id AS target, d.name AS target_name, d.kind AS target_kind, 1 AS target_size
ORDER BY subject, target, tie
UNION ALL
MATCH (y:组织)-[r:协调]->(d:事项)
WHERE r.status = '现行' AND d.status = '现行' AND y.status = '现行'
RETURN [y.id] AS subjects, [r.id] AS relations, 'violated' AS status, y.id AS subject, y.name AS name, y.kind AS kind,
       coalesce(y.number, 1) AS size, '统筹' AS tie, d.id AS target, d.name AS target_name, d.kind AS target_kind, 1 AS target_size
ORDER BY subject, target, tie
UNION ALL
MATCH (y:组织)-[r:协调|成员]->(o:组织)
WHERE r.status = '现行' AND y.status = '现行' AND o.status = '现行' AND y.id <> o.id
RETURN [y.id] AS subjects, [r.id] AS relations, 'violated' AS status, y.id AS subject, y.name AS name, y.kind AS kind,
       coalesce(y.number, 1) AS size, '联系' AS tie, o.id AS target, o.name AS target_name, o.kind AS target_kind,
       coalesce(o.number, 1) AS target_size
ORDER BY subject, target, tie
UNION ALL
// a superior and its inferior that share a duty need no third body between them
MATCH (y:组织)-[r:上级]->(o:组织)
WHERE r.status = '现行' AND y.status = '现行' AND o.status = '现行' AND y.id <> o.id
  AND EXISTS { MATCH (o)-[t:主责|配合]->(d:事项) WHERE t.status = '现行' }
WITH y, r, o
MATCH (y)-[s:主责|配合]->(d:事项)
WITH y, r, o, s, d
WHERE s.status = '现行' AND d.status = '现行'
WITH y, r, o, d
WHERE EXISTS { MATCH (o)-[t:主责|配合]->(d) WHERE t.status = '现行' }
RETURN DISTINCT [y.id] AS subjects, [r.id] AS relations, 'violated' AS status, y.id AS subject, y.name AS name, y.kind AS kind,
       coalesce(y.number, 1) AS size, '联系' AS tie, o.id AS target, o.name AS target_name, o.kind AS target_kind,
       coalesce(o.number, 1) AS target_size
ORDER BY subject, target, tie
