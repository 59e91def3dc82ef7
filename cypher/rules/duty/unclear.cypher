// id: duty/unclear
// severity: error
// title: {zh: 责任不清, en: Unclear duty}
// question:
//   zh: 是否有事项的职责划分写明不清或者有争议，或者只有配合单位而没有主责单位？
//   en: Is there a duty whose division is said to be unclear or disputed, or that has supporters only?
// why:
//   zh: 划分不清的事项，各家按对自己有利的理解办：容易的抢着管，难的等着别人管，群众两头跑。
//   en: Where the division is unclear each body reads it in its own favour. The easy part is claimed, the hard part waits.
// remedy:
//   zh: 由共同上级会同机构编制部门逐项明确主责和配合，写进权责清单；有争议的按程序裁定。
//   en: Have the common superior and the staffing office settle lead and support item by item in the list of duties.
// basis:
//   zh: 《地方各级人民政府机构设置和编制管理条例》（国务院令第486号）第十条：对职责划分有异议的，协商解决；协商不一致的，提请机构编制管理机关提出协调意见
//   en: Regulations on the Setting-up and Staffing of Local Government Bodies (State Council Order 486), art. 10, on settling disputes over duties
// messages:
//   zh: “{name}”{shape}
//   en: “{name}” {shape}
// shapes:
//   unclear: {zh: "的职责划分不清，涉及{bodies}", en: "is not clearly divided (it concerns {bodies})"}
//   unclear-parts: {zh: "及其中的“{parts}”职责划分不清，涉及{bodies}", en: "is not clearly divided (it concerns {bodies}); nor are its parts “{parts}”"}
//   unassigned: {zh: "的职责不明确，也没有写明归谁", en: "is not clearly assigned to anyone"}
//   unassigned-parts: {zh: "及其中的“{parts}”职责不明确，也没有写明归谁", en: "is not clearly assigned to anyone; nor are its parts “{parts}”"}
//   disputed: {zh: "的职责有争议，涉及{bodies}", en: "is disputed (it concerns {bodies})"}
//   disputed-parts: {zh: "及其中的“{parts}”职责有争议，涉及{bodies}", en: "is disputed (it concerns {bodies}); so are its parts “{parts}”"}
//   supported: {zh: "只有配合单位（{bodies}），没有主责单位", en: "has supporters only ({bodies}) and no lead"}
// identity: [duty]
// population: |
//   MATCH (d:事项) WHERE d.status = '现行'
//     AND (d.clarity IS NOT NULL OR EXISTS { MATCH (d)<-[m:主责|配合]-(l) WHERE m.status = '现行' }) RETURN count(d.id)
MATCH (d:事项)
WHERE d.status = '现行' AND d.clarity IN ['不清', '争议']
  AND NOT EXISTS {
    MATCH (d)<-[:包含]-(w:事项) WHERE w.status = '现行' AND w.clarity IN ['不清', '争议'] }
  AND NOT EXISTS {
    MATCH (d)<-[:包含]-(:事项)<-[:包含]-(w:事项) WHERE w.status = '现行' AND w.clarity IN ['不清', '争议'] }
  AND NOT EXISTS {
    MATCH (d)<-[:包含]-(:事项)<-[:包含]-(:事项)<-[:包含]-(w:事项) WHERE w.status = '现行' AND w.clarity IN ['不清', '争议'] }
  AND NOT EXISTS {
    MATCH (d)-[:涉及]->(p:人员)<-[:派驻]-(s:组织), (p)-[u:隶属]->(z:组织)
    WHERE u.status = '现行' AND u.clarity IN ['不清', '争议'] }
WITH d
OPTIONAL MATCH (d)<-[q:主责|配合|审批|出资]-(b:组织|岗位|人员)
WITH d, coalesce(collect(DISTINCT CASE WHEN q.status = '现行' THEN b.id END), []) AS actors,
     coalesce(collect(DISTINCT CASE WHEN q.status = '现行' THEN b.name END), []) AS acting,
     coalesce(collect(DISTINCT CASE WHEN q.status = '现行' THEN q.id END), []) AS held,
     count(DISTINCT CASE WHEN q.status = '现行' AND q.clarity = '争议' THEN q.id END) AS disputes
OPTIONAL MATCH (d)-[c:涉及]->(o:组织) WHERE c.status = '现行'
WITH d, actors, acting, held, disputes, coalesce(collect(DISTINCT o.id), []) AS others, coalesce(collect(DISTINCT o.name), []) AS concerned,
     coalesce(collect(DISTINCT c.id), []) AS about
OPTIONAL MATCH (d)<-[g:规定]-(i:文件) WHERE g.clarity IN ['不清', '争议']
WITH d, actors, acting, held, disputes, others, concerned, about, coalesce(collect(DISTINCT g.id), []) AS ruled
OPTIONAL MATCH (d)-[:包含]->(p:事项) WHERE p.status = '现行' AND p.clarity IN ['不清', '争议']
WITH d, actors + others AS actors, acting + concerned AS bodies, held + about + ruled AS links, disputes,
     coalesce(collect(DISTINCT p.id), []) AS pieces, coalesce(collect(DISTINCT p.name), []) AS parts
RETURN [d.id] + pieces + actors AS subjects, links AS relations, 'violated' AS status,
       d.id AS duty, d.name AS name, bodies, parts,
       CASE WHEN d.clarity = '争议' OR disputes > 0 THEN 'disputed'
            WHEN size(bodies) = 0 THEN 'unassigned' ELSE 'unclear' END
       + CASE WHEN size(parts) = 0 THEN '' ELSE '-parts' END AS shape
ORDER BY duty
UNION
MATCH (d:事项)<-[q:主责|配合|审批|出资|规定]-(b)
WHERE q.clarity IS NOT NULL AND q.clarity IN ['不清', '争议'] AND q.status = '现行' AND d.status = '现行'
  AND NOT coalesce(d.clarity, '明确') IN ['不清', '争议']
  AND NOT EXISTS {
    MATCH (d)<-[:包含]-(w:事项) WHERE w.status = '现行' AND w.clarity IN ['不清', '争议'] }
  AND NOT EXISTS {
    MATCH (d)<-[:包含]-(:事项)<-[:包含]-(w:事项) WHERE w.status = '现行' AND w.clarity IN ['不清', '争议'] }
  AND NOT EXISTS {
    MATCH (d)<-[:包含]-(:事项)<-[:包含]-(:事项)<-[:包含]-(w:事项) WHERE w.status = '现行' AND w.clarity IN ['不清', '争议'] }
WITH d, coalesce(collect(DISTINCT b.id), []) AS found, coalesce(collect(DISTINCT CASE WHEN q.type <> '规定' THEN b.name END), []) AS bodies,
     coalesce(collect(DISTINCT q.id), []) AS links, count(DISTINCT CASE WHEN q.clarity = '争议' THEN q.id END) AS disputes
RETURN [d.id] + found AS subjects, links AS relations, 'violated' AS status,
       d.id AS duty, d.name AS name, bodies, [''] AS parts,
       CASE WHEN disputes > 0 AND size(bodies) > 0 THEN 'disputed'
            WHEN size(bodies) = 0 THEN 'unassigned' ELSE 'unclear' END AS shape
ORDER BY duty
UNION
MATCH (d:事项)
WHERE d.status = '现行' AND '主责' IN coalesce(d.complete, []) AND NOT coalesce(d.clarity, '明确') IN ['不清', '争议']
WITH d
OPTIONAL MATCH (d)<-[k:主责]-()
OPTIONAL MATCH (d)<-[:包含]-(u:事项)
OPTIONAL MATCH (u)<-[:包含]-(v:事项)
OPTIONAL MATCH (v)<-[:包含]-(w:事项)
OPTIONAL MATCH (u)<-[m:主责]-()
OPTIONAL MATCH (v)<-[n:主责]-()
OPTIONAL MATCH (w)<-[o:主责]-()
WITH d, count(DISTINCT CASE WHEN k.status = '现行' THEN k.id WHEN m.status = '现行' THEN m.id
                            WHEN n.status = '现行' THEN n.id WHEN o.status = '现行' THEN o.id END) AS led
WHERE led = 0
WITH d
MATCH (d)<-[s:配合]-(b)
WITH d, s, b
WHERE s.status = '现行' AND coalesce(s.clarity, '明确') = '明确'
RETURN [d.id] + coalesce(collect(DISTINCT b.id), []) AS subjects, collect(DISTINCT s.id) AS relations, 'violated' AS status,
       d.id AS duty, d.name AS name, coalesce(collect(DISTINCT b.name), []) AS bodies, [''] AS parts, 'supported' AS shape
ORDER BY duty
