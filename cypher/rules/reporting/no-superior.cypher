// id: reporting/no-superior
// severity: error
// title: {zh: 无上级, en: No superior}
// question:
//   zh: 是否有机构没有任何在行的上级？
//   en: Is there a body with no superior in force?
// why:
//   zh: 没有上级，就没有人给它定任务、拨经费、管干部，也没有人为它负责。
//   en: Without a superior nobody sets its tasks, pays it or appoints its heads, and nobody answers for it.
// remedy:
//   zh: 由机构编制部门发文明确隶属；已无存在必要的予以撤销。
//   en: Have the establishment office state by a paper to whom it belongs, or dissolve it.
// basis:
//   zh: 《地方各级人民政府机构设置和编制管理条例》（国务院令第486号）：机构设立须经批准并明确隶属和职责
//   en: Regulations on the Establishment of Local Governments (State Council Decree 486), bodies are set up by approval, which states subordination and duties
// messages:
//   zh: “{name}”没有在行的上级（{shape}）
//   en: “{name}” has no superior in force ({shape})
// shapes:
//   listed: {zh: 隶属关系已列全, en: its superiors are listed in full}
//   absent: {zh: 写明缺失, en: stated absent}
// undetermined:
//   zh: “{name}”原来的隶属已终止，新的隶属还没有落实，现由谁领导没有写明。请向“{name}”核实
//   en: the old subordination of “{name}” has ended and the new one is not in force; who leads it now is not stated. Ask “{name}”
// identity: [subject]
// population: MATCH (x:组织) WHERE x.status = '现行' AND NOT x.kind IN $exempt RETURN count(x.id)
// params:
//   exempt:
//     type: texts
//     default: [省委, 省政府, 市委, 市政府, 人大, 政协, 领导小组, 协调机构, 村, 社区, 自治组织, 企业, 社会组织, 机关群体]
//     doc: kinds at the top of a case, kinds without a superior by law (self-government, enterprises), mechanisms, and classes of bodies
MATCH (x:组织)
WHERE x.status = '现行' AND x.complete IS NOT NULL AND ('隶属' IN x.complete OR '派出机构' IN x.complete)
  AND NOT x.kind IN $exempt
  AND NOT EXISTS { MATCH (x)-[r:上级]->(s) WHERE r.status = '现行' }
  AND NOT EXISTS { MATCH (x)-[o:合署]-(y:组织) WHERE o.status = '现行' }
  AND NOT EXISTS { MATCH (y:组织)-[o:挂牌]->(x) WHERE o.status = '现行' }
  AND NOT EXISTS { MATCH (x)-[m:合并为|更名为|分设为]->(y:组织) WHERE m.status = '现行' }
OPTIONAL MATCH (x)-[w:上级]->(g:组织)
RETURN [x.id] AS subjects, collect(DISTINCT coalesce(w.id, x.id)) AS relations, 'violated' AS status, x.id AS subject, x.name AS name, 'listed' AS shape
ORDER BY subject
UNION ALL
MATCH (x:组织)-[w:上级]->(g)
WHERE x.status = '现行' AND w.status = '缺失' AND NOT x.kind IN $exempt
  AND (x.complete IS NULL OR NOT ('隶属' IN x.complete OR '派出机构' IN x.complete))
  AND NOT EXISTS { MATCH (x)-[r:上级]->(s) WHERE r.status = '现行' }
  AND NOT EXISTS { MATCH (x)-[m:合并为|更名为|分设为]->(y:组织) WHERE m.status = '现行' }
RETURN [x.id] + collect(DISTINCT g.id) AS subjects, collect(DISTINCT w.id) AS relations, 'violated' AS status,
       x.id AS subject, x.name AS name, 'absent' AS shape
ORDER BY subject
UNION ALL
MATCH (x:组织)-[w:上级]->(g), (x)-[o:上级]->(old)
WHERE x.status = '现行' AND w.status IN ['受阻', '计划'] AND o.status = '终止' AND NOT x.kind IN $exempt
  AND NOT EXISTS { MATCH (x)-[r:上级]->(s) WHERE r.status = '现行' }
  AND NOT EXISTS { MATCH (x)-[m:合并为|更名为|分设为]->(y:组织) WHERE m.status = '现行' }
RETURN [x.id] + collect(DISTINCT g.id) + collect(DISTINCT old.id) AS subjects,
       collect(DISTINCT w.id) + collect(DISTINCT o.id) AS relations, 'undetermined' AS status,
       x.id AS subject, x.name AS name, 'absent' AS shape
ORDER BY subject
