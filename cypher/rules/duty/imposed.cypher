// id: duty/imposed
// severity: warning
// title: {zh: 下派无准入, en: Work pushed down without admission}
// question:
//   zh: 是否有事项未经准入、也没有经费，就摊派给街道、乡镇、村或社区？或者准入制度写明没有落实？
//   en: Is a duty pushed down to subdistricts, towns, villages or communities without admission and money, or is the admission rule stated not to work?
// why:
//   zh: 未经准入的下派把部门的责任变成社区的负担；费不随事转，基层只能应付。
//   en: Work pushed down without admission turns a department's duty into a community's burden; without the money it is done for show.
// remedy:
//   zh: 落实准入：下派事项先经区级同意并列入清单，费随事转；未经同意的退回原部门。
//   en: Enforce admission. What goes down is first agreed to and listed, and the money goes with it; the rest goes back.
// basis:
//   zh: 《城市居民委员会组织法》第二十条：政府有关部门需要居民委员会协助的工作，应当经市、市辖区政府或者其派出机关同意并统一安排
//   en: Organic Law of Urban Residents' Committees, art. 20, what departments want of residents' committees needs the consent of the city or district government
// messages:
//   zh: “{name}”{shape}
//   en: “{name}” {shape}
// undetermined:
//   zh: “{name}”由{givers}摊派给{receivers}，{shape}；请向{givers}核实
//   en: “{name}” is pushed down by {givers} to {receivers}, {shape}; ask {givers}
// shapes:
//   unadmitted: {zh: "由{givers}摊派给{receivers}，没有写明经过准入，也没有写明经费随事转", en: "is pushed down by {givers} to {receivers} with neither admission nor money stated"}
//   blocked: {zh: "由{givers}摊派给{receivers}，准入没有落实，也没有写明经费随事转", en: "is pushed down by {givers} to {receivers}, while the admission rule is not carried out and no money is stated to go with it"}
//   unfunded: {zh: "已经准入，没有写明经费是否随事转", en: "with admission; whether money goes with it is not stated"}
//   unstated: {zh: "有随事经费，没有写明是否经过准入", en: "with money; whether it was admitted is not stated"}
//   mechanism: {zh: "下派基层须经准入，而准入没有得到落实", en: "may go down only by admission, and the admission is not carried out"}
// identity: [duty]
// population: MATCH (a:组织)-[p:摊派|准入]->(x) WHERE p.status IN ['现行', '受阻', '缺失'] RETURN count(p.id)
MATCH (g:组织)-[i:摊派]->(t:组织)
WHERE i.status = '现行' AND coalesce(t.level, '镇街') IN ['镇街', '村社']
WITH g, i, t
MATCH (d:事项)
WHERE d.id = i.about
OPTIONAL MATCH (d)<-[p:准入]-()
OPTIONAL MATCH (d)<-[e:出资]-()
OPTIONAL MATCH (d)-[:需要]->(r:资源)
OPTIONAL MATCH (t)<-[f:拨款]-()
WITH g, i, t, d,
     count(DISTINCT CASE WHEN p.status = '现行' THEN p.id END) > 0 AS admitted,
     count(DISTINCT CASE WHEN p.status IN ['受阻', '缺失'] THEN p.id END) > 0 AS blocked,
     count(DISTINCT CASE WHEN e.status = '现行' THEN e.id
                         WHEN f.status = '现行' AND f.about IN [d.id, r.id] THEN f.id END) > 0 AS paid
WHERE NOT (admitted AND paid)
OPTIONAL MATCH (a:组织)-[p:准入]->(d) WHERE p.status IN ['现行', '受阻', '缺失']
WITH d, admitted, blocked, paid, collect(DISTINCT t.id) + collect(DISTINCT g.id) + coalesce(collect(DISTINCT a.id), []) AS bodies,
     collect(DISTINCT g.name) AS givers, collect(DISTINCT t.name) AS receivers,
     collect(DISTINCT i.id) + coalesce(collect(DISTINCT p.id), []) AS links
RETURN [d.id] + bodies AS subjects, links AS relations,
       CASE WHEN admitted OR paid THEN 'undetermined' ELSE 'violated' END AS status,
       d.id AS duty, d.name AS name, givers, receivers,
       CASE WHEN admitted THEN 'unfunded' WHEN paid THEN 'unstated' WHEN blocked THEN 'blocked'
            ELSE 'unadmitted' END AS shape
ORDER BY duty
UNION
MATCH (a:组织)-[p:准入]->(d:事项)
WHERE p.status IN ['受阻', '缺失'] AND d.status = '现行'
  AND NOT EXISTS { MATCH (a)-[q:准入]->(d) WHERE q.status = '现行' }
  AND NOT EXISTS { MATCH (g:组织)-[i:摊派]->(t:组织) WHERE i.about = d.id AND i.status = '现行' }
RETURN [d.id] + coalesce(collect(DISTINCT a.id), []) AS subjects, coalesce(collect(DISTINCT p.id), []) AS relations, 'violated' AS status,
       d.id AS duty, d.name AS name, [''] AS givers, [''] AS receivers, 'mechanism' AS shape
ORDER BY duty
