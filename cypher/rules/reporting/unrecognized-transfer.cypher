// id: reporting/unrecognized-transfer
// severity: warning
// title: {zh: 划转不被认可, en: Transfer not recognised}
// question:
//   zh: 机构的划转、合并或隶属关系的调整，是否有上级单位不予认可？
//   en: Is the transfer, merger or new subordination of a body refused recognition by a superior body?
// why:
//   zh: 上级不认可，报表、资金、人事和考核就仍按老渠道走，下面的调整只在本级有效。
//   en: Without recognition above, returns, money, personnel and evaluation follow the old channel, and the change holds only below.
// remedy:
//   zh: 按管理权限向不认可的单位申报，由其上级机关或机构编制部门发文认定；未认定前明确过渡办法。
//   en: Apply to the bodies that refuse; have their superior or the establishment office issue a paper; until then agree on a transition.
// basis:
//   zh: 《中国共产党机构编制工作条例》（2019年）：机构设立、撤销、合并和职责调整按权限报批
//   en: Regulations on the Work of Institutional Establishment of the CPC (2019), bodies and duties are changed with approval by the competent level
// messages:
//   zh: “{name}”的调整不被{refusers}认可（涉及{matters}）
//   en: the change of “{name}” is not recognised by {refusers} (matters concerned - {matters})
// undetermined:
//   zh: “{name}”划归{refused}受阻（{matters}），由谁、因何不认可没有写明。请向{refused}核实
//   en: the move of “{name}” to {refused} is blocked ({matters}); who refuses it and why is not stated. Ask {refused}
// identity: [subject]
// population: |
//   MATCH (x:组织) WHERE EXISTS { MATCH (x)<-[n:不认可]-(s:组织) } OR EXISTS { MATCH (x)-[p:划转|合并为|更名为|分设为]->(y:组织) }
//   OR EXISTS { MATCH (x)-[u:上级]->(y:组织) WHERE u.status <> '现行' } RETURN count(DISTINCT x.id)
MATCH (s:组织)-[n:不认可]->(x:组织)
WHERE n.status = '现行' AND x.status = '现行'
OPTIONAL MATCH (d:事项) WHERE d.id = n.about
OPTIONAL MATCH (z:资源) WHERE z.id = n.about
RETURN [x.id] + collect(DISTINCT s.id) AS subjects, collect(DISTINCT n.id) AS relations, 'violated' AS status,
       x.id AS subject, x.name AS name, collect(DISTINCT s.name) AS refusers, [''] AS refused,
       collect(DISTINCT coalesce(d.name, z.name, '隶属关系')) AS matters
ORDER BY subject
UNION ALL
MATCH (x:组织)-[w:上级]->(g:组织)
WHERE w.status = '受阻' AND x.status = '现行'
WITH x, w, g, coalesce(x.place, '') AS line
WHERE NOT EXISTS { MATCH (x)<-[n:不认可]-(s:组织) WHERE n.status = '现行' }
  AND NOT EXISTS { MATCH (y:组织)<-[n:不认可]-(s:组织) WHERE n.status = '现行' AND y.place = line AND y.case_id = x.case_id }
RETURN [x.id] + collect(DISTINCT g.id) AS subjects, collect(DISTINCT w.id) AS relations, 'undetermined' AS status,
       x.id AS subject, x.name AS name, collect(DISTINCT g.kind) AS refusers, collect(DISTINCT g.name) AS refused,
       coalesce(collect(DISTINCT w.dimension), []) AS matters
ORDER BY subject
