// id: reporting/dual-reporting
// severity: error
// title: {zh: 双重汇报, en: Dual reporting}
// question:
//   zh: 同一机构、岗位或人员的同一维度（人事、日常、经费……），是否由两条不同的线同时管理，而又没有主辅之分、联合安排或同一份文件的划分？
//   en: Does one dimension (personnel, day-to-day, budget …) of a body, post or person answer to two lines of superiors at once, neither ranked, nor joint, nor divided by one paper?
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
//   zh: “{name}”的{dimension}同时由{lines}几条线管理（{bosses}），没有主辅之分，也没有同一份文件加以划分
//   en: “{name}” answers in {dimension} to several lines at once, {lines} ({bosses}), neither ranked nor divided by one paper
// undetermined:
//   zh: “{name}”的{dimension}由{bosses}管理，其中有的属于哪一块没有写明，无法判断是一条线还是两条线。请向“{name}”核实各管理单位的所在地和隶属
//   en: “{name}” is managed in {dimension} by {bosses}; the place of some is not stated, so one line or two is open. Ask “{name}” to which place and superior each belongs
// identity: [subject, dimension]
// population: MATCH (x)-[r:上级]->(s:组织) WHERE r.status = '现行' AND x.status = '现行' RETURN count(DISTINCT x.id)
// params:
//   committees:
//     type: texts
//     default: [省委, 市委, 区委, 县委, 高新区工委, 开发区工委, 镇街党委, 街道党工委]
//     doc: kinds of party committees; one of them and the government of its level are one superior, also where no place is given
MATCH (x)-[c:上级]->(y:组织)
WHERE c.status = '现行'
WITH x, c.dimension AS dimension, min(c.place) AS one, max(c.place) AS other
// 派驻人员 between two sides are judged by reporting/seconded-dual-management
WHERE one <> other AND x.status = '现行' AND x.kind <> '派驻人员'
WITH DISTINCT x
MATCH (x)-[a:上级]->(s:组织)
WITH x, a, s
WHERE a.status = '现行' AND s.status = '现行'
WITH x, a, s
MATCH (x)-[b:上级]->(t:组织)
WITH x, a, b, s, t
WHERE b.status = '现行' AND t.status = '现行' AND a.dimension = b.dimension AND a.place < b.place
  AND coalesce(a.joint, a.id) <> coalesce(b.joint, b.id)
  AND coalesce(a.role, '') = coalesce(b.role, '')
  AND coalesce(a.basis, a.id) <> coalesce(b.basis, b.id)
  AND NOT ((s.place IS NULL OR t.place IS NULL) AND s.level = t.level
    AND ((s.kind IN $committees AND NOT t.kind IN $committees) OR (t.kind IN $committees AND NOT s.kind IN $committees)))
WITH x, a, b, s, t, a.place AS home, b.place AS away
WHERE NOT EXISTS { MATCH (s)-[o:合署|挂牌]-(t) WHERE o.status = '现行' }
// neither line stands above the other, up to three levels
WITH x, a, b, s, t, home, away
OPTIONAL MATCH (s)-[c:上级]->(l:组织)
OPTIONAL MATCH (l)-[d:上级]->(m:组织)
OPTIONAL MATCH (m)-[e:上级]->(n:组织)
WITH x, a, b, s, t, home, away,
     count(DISTINCT CASE WHEN c.status = '现行' AND (l.place = away OR l.id = t.id) THEN l.id
                         WHEN c.status = '现行' AND d.status = '现行' AND (m.place = away OR m.id = t.id) THEN m.id
                         WHEN c.status = '现行' AND d.status = '现行' AND e.status = '现行' AND (n.place = away OR n.id = t.id) THEN n.id END) AS above
WHERE above = 0
WITH x, a, b, s, t, home, away
OPTIONAL MATCH (t)-[c:上级]->(l:组织)
OPTIONAL MATCH (l)-[d:上级]->(m:组织)
OPTIONAL MATCH (m)-[e:上级]->(n:组织)
WITH x, a, b, s, t,
     count(DISTINCT CASE WHEN c.status = '现行' AND (l.place = home OR l.id = s.id) THEN l.id
                         WHEN c.status = '现行' AND d.status = '现行' AND (m.place = home OR m.id = s.id) THEN m.id
                         WHEN c.status = '现行' AND d.status = '现行' AND e.status = '现行' AND (n.place = home OR n.id = s.id) THEN n.id END) AS above
WHERE above = 0
WITH x, a, b, s, t,
     CASE WHEN s.place IS NULL OR t.place IS NULL THEN 'undetermined' ELSE 'violated' END AS verdict
RETURN [x.id] + collect(DISTINCT s.id) + collect(DISTINCT t.id) AS subjects,
       collect(DISTINCT a.id) + collect(DISTINCT b.id) AS relations,
       verdict AS status, x.id AS subject, x.name AS name, a.dimension AS dimension,
       collect(DISTINCT coalesce(s.place, s.name)) + collect(DISTINCT coalesce(t.place, t.name)) AS lines,
       collect(DISTINCT s.name) + collect(DISTINCT t.name) AS bosses
ORDER BY subject, dimension, status
