// id: reporting/dual-reporting
// severity: error
// title: {zh: 双重汇报, en: Dual reporting}
// question:
//   zh: 同一机构、岗位或人员的同一维度（人事、日常、经费……），是否由两条不同的线同时管理，而又没有主辅之分或文件依据？
//   en: Does one dimension (personnel, day-to-day, budget …) of a body, post or person answer to two lines of superiors at once, unranked and unsettled by any paper?
// why:
//   zh: 双重领导本身合法：维度分开、主辅分明即可。同一维度两家都管，指令冲突时无所适从，出了问题双方都可推脱。
//   en: Dual leadership is legal as long as dimensions are split or ranked. Where two lines hold the same dimension, orders may conflict and either may disclaim.
// remedy:
//   zh: 由共同上级发文，对该维度确定一家为主（另一家为辅或备案），或按维度分开。
//   en: Have the common superior issue a paper that makes one line primary for this dimension (the other secondary), or split the dimensions.
// basis:
//   zh: 《地方各级人民代表大会和地方各级人民政府组织法》第八十三条（工作部门受本级政府统一领导，并受上级主管部门业务指导或者领导）
//   en: Organic Law of Local People's Congresses and Governments, art. 83 (departments are under their own government, with guidance or leadership from the superior department)
// messages:
//   zh: “{name}”的{dimension}同时由{lines}两条线管理（{bosses}），没有主辅之分，也没有文件依据
//   en: “{name}” answers to two lines in {dimension}, {lines} ({bosses}), neither primary nor settled by a paper
// identity: [subject, dimension]
// population: MATCH (x)-[r:上级]->(s:组织) WHERE r.status = '现行' RETURN count(DISTINCT x.id)
MATCH (x)-[a:上级]->(s:组织), (x)-[b:上级]->(t:组织)
WHERE a.status = '现行' AND b.status = '现行' AND a.dimension = b.dimension
  AND a.place < b.place
  AND (a.joint IS NULL OR b.joint IS NULL OR a.joint <> b.joint)
  AND NOT (coalesce(a.role, '') = '主' AND coalesce(b.role, '') = '辅')
  AND NOT (coalesce(a.role, '') = '辅' AND coalesce(b.role, '') = '主')
  AND NOT (a.basis IS NOT NULL AND b.basis IS NOT NULL AND a.basis = b.basis)
  AND NOT EXISTS { MATCH (s)-[u:上级*1..4]->(y:组织) WHERE y.place = b.place OR y.id = t.id }
  AND NOT EXISTS { MATCH (t)-[v:上级*1..4]->(z:组织) WHERE z.place = a.place OR z.id = s.id }
RETURN [x.id, s.id, t.id] AS subjects, [a.id, b.id] AS relations, 'violated' AS status,
       x.id AS subject, x.name AS name, a.dimension AS dimension,
       [a.place, b.place] AS lines, [s.name, t.name] AS bosses
ORDER BY subject, dimension, s.id, t.id, a.id, b.id
