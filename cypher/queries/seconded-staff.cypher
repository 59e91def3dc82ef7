// id: seconded-staff
// title: {zh: 派驻人员, en: Seconded staff}
// about:
//   zh: 派驻人员由谁派、在哪里、谁管什么。
//   en: >-
//     Seconded staff: who sends them, and who holds what over them.
MATCH (p:人员)<-[s:派驻]-(o:组织)
OPTIONAL MATCH (p)-[r:上级]->(m:组织)
WHERE r.status = '现行'
RETURN p.name AS staff, p.number AS number, o.name AS sender, r.dimension AS dimension, m.name AS manager
ORDER BY staff, sender, dimension, manager
