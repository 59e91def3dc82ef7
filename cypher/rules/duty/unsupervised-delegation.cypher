// id: duty/unsupervised-delegation
// severity: warning
// title: {zh: 放权无监督, en: Unsupervised delegation}
// question:
//   zh: 下放或委托出去的权力，是否写明没有监督，或者放权落实情况没有列入放权单位自己的考核？
//   en: Is a delegated power stated to be without supervision, or is delegating it left out of the giver's own evaluation?
// why:
//   zh: 一放了之，接的一方可能用偏、用乱；放权做得怎样不考核放权单位，放虚不放实就没有代价。
//   en: A power handed down and forgotten may be misused; and where the giver is not evaluated on handing it down, giving only the hollow part costs nothing.
// remedy:
//   zh: 放权的同时写明由谁监督、怎样监督，并把放权落实情况列入放权单位的年终考核，听取接权单位意见。
//   en: State with the delegation who supervises and how, and make it part of the giver's yearly evaluation with the receiver heard.
// basis:
//   zh: 《行政许可法》第二十四条、《行政处罚法》第二十条：委托行政机关对受委托方的行为负责监督
//   en: Administrative Licensing Law art. 24 and Administrative Punishments Law art. 20, the entrusting body supervises what is done in its name
// messages:
//   zh: “{givers}”授权{receivers}行使“{powers}”，{shape}
//   en: “{givers}” delegated “{powers}” to {receivers}, {shape}
// undetermined:
//   zh: “{givers}”{shape}，没有写明由谁监督；请向{givers}核实监管办法
//   en: “{givers}” {shape}; who supervises this is not stated; ask {givers}
// shapes:
//   unsupervised: {zh: "却没有监督", en: "without supervision"}
//   unevaluated: {zh: "而放权落实情况没有列入对“{givers}”的考核", en: "while “{givers}” is not evaluated on it"}
//   current: {zh: "把“{powers}”授权或委托给{receivers}", en: "delegates “{powers}” to {receivers}"}
//   planned: {zh: "拟把“{powers}”授权给{receivers}", en: "is about to delegate “{powers}” to {receivers}"}
// identity: [giver]
// population: MATCH (g:组织)-[a:授权|委托]->(t:组织) WHERE a.status IN ['现行', '计划'] RETURN count(DISTINCT g.id)
MATCH (g:组织)-[a:授权|委托]->(t:组织)
WHERE a.status = '现行' AND a.about IS NOT NULL
MATCH (p:事项)
WHERE p.id = a.about
OPTIONAL MATCH (g)<-[k:考核]-()
OPTIONAL MATCH (t)<-[v:监督]-()
OPTIONAL MATCH (p)<-[w:监督]-()
WITH g, a, t, p, count(DISTINCT CASE WHEN k.about = p.id AND k.status IN ['缺失', '受阻'] THEN k.id END) AS unevaluated,
     count(DISTINCT CASE WHEN '监督' IN coalesce(p.complete, []) OR '监督' IN coalesce(t.complete, []) THEN a.id
                         WHEN v.status IN ['缺失', '受阻'] THEN v.id WHEN w.status IN ['缺失', '受阻'] THEN w.id END) AS lacking,
     count(DISTINCT CASE WHEN v.status = '现行' THEN v.id WHEN w.status = '现行' THEN w.id END) AS supervised
WHERE unevaluated > 0 OR (lacking > 0 AND supervised = 0)
OPTIONAL MATCH (e:组织)-[k:考核]->(g) WHERE k.about = p.id AND k.status IN ['缺失', '受阻']
OPTIONAL MATCH (s)-[v:监督]->(t) WHERE v.status IN ['缺失', '受阻']
OPTIONAL MATCH (c)-[w:监督]->(p) WHERE w.status IN ['缺失', '受阻']
WITH g, collect(DISTINCT t.id) AS to_ids, collect(DISTINCT t.name) AS receivers, collect(DISTINCT p.id) AS power_ids,
     collect(DISTINCT p.name) AS powers, coalesce(collect(DISTINCT e.id), []) + coalesce(collect(DISTINCT s.id), []) + coalesce(collect(DISTINCT c.id), []) AS others,
     collect(DISTINCT a.id) + coalesce(collect(DISTINCT k.id), []) + coalesce(collect(DISTINCT v.id), []) + coalesce(collect(DISTINCT w.id), []) AS links,
     count(DISTINCT CASE WHEN lacking > 0 AND supervised = 0 THEN a.id END) AS loose
RETURN [g.id] + to_ids + power_ids + others AS subjects, links AS relations, 'violated' AS status,
       g.id AS giver, g.name AS givers, receivers, powers,
       CASE WHEN loose > 0 THEN 'unsupervised' ELSE 'unevaluated' END AS shape
ORDER BY giver
UNION
MATCH (g:组织)-[a:授权|委托]->(t:组织)
WHERE a.status IN ['现行', '计划'] AND a.about IS NOT NULL
OPTIONAL MATCH (t)<-[v:监督|考核|问责]-()
WITH g, a, t, count(DISTINCT CASE WHEN v.status <> '建议' THEN v.id END) AS watched
WHERE watched = 0
MATCH (p:事项)
WHERE p.id = a.about AND p.status = '现行' AND p.kind IN ['权力', '职责']
  AND (p.kind = '权力' OR EXISTS { MATCH (t)-[m:主责|审批]->(p) WHERE m.status = '现行' })
  AND NOT EXISTS { MATCH (s)-[v:监督]->(p) WHERE v.status <> '建议' }
  AND NOT EXISTS { MATCH (s)-[v:监督]->(w:事项)-[:包含]->(p) WHERE v.status = '现行' }
  AND NOT EXISTS { MATCH (s)-[v:监督]->(w:事项)-[:包含]->(:事项)-[:包含]->(p) WHERE v.status = '现行' }
  AND NOT EXISTS { MATCH (s)-[v:监督]->(w:事项)-[:包含]->(:事项)-[:包含]->(:事项)-[:包含]->(p) WHERE v.status = '现行' }
  AND NOT EXISTS { MATCH (s)-[v:监督]->(w:事项)<-[m:主责]-(t) WHERE v.status = '现行' AND m.status = '现行' }
  AND NOT EXISTS { MATCH (e)-[k:考核]->(g) WHERE k.about = p.id }
WITH g, collect(DISTINCT t.id) AS to_ids, collect(DISTINCT t.name) AS receivers, collect(DISTINCT p.id) AS power_ids,
     collect(DISTINCT p.name) AS powers, collect(DISTINCT a.id) AS links,
     count(DISTINCT CASE WHEN a.status = '现行' THEN a.id END) AS current
RETURN [g.id] + to_ids + power_ids AS subjects, links AS relations, 'undetermined' AS status,
       g.id AS giver, g.name AS givers, receivers, powers,
       CASE WHEN current > 0 THEN 'current' ELSE 'planned' END AS shape
ORDER BY giver
