// id: reporting/seconded-dual-management
// severity: warning
// title: {zh: 派驻人员双重管理, en: Seconded staff between two sides}
// question:
//   zh: 派驻（下派）人员的编制、工资、日常管理和考核是否分在派出方与接收方，而没有文件约定、尚未理顺？
//   en: Are establishment, pay, day-to-day management and evaluation of seconded staff split between sender and receiver, with no paper and unsettled?
// why:
//   zh: 派驻本身合法、有效。关系没有理顺，用人的管不了编制和待遇，管编制的看不到表现，出了问题两头推。
//   en: Secondment is legal and useful. Unsettled, who uses the staff cannot decide post or pay, who holds the post does not see the work, and each can point to the other.
// remedy:
//   zh: 由派出方、接收方和人事部门签订文件，逐项写明编制、工资、日常管理、考核各归谁，考核以接收方为主或联合进行。
//   en: Have sender, receiver and personnel office sign a paper that says who holds post, pay, day-to-day management and evaluation; evaluate by the receiver first, or jointly.
// basis:
//   zh: 中共中央办公厅、国务院办公厅《关于推进基层整合审批服务执法力量的实施意见》（2019年）：派驻机构人员纳入乡镇、街道统一指挥协调，工作考核听取乡镇、街道意见
//   en: General Offices of the CPC Central Committee and the State Council, Implementing Opinions on integrating approval, service and enforcement at the grass roots (2019), seconded staff are directed by the township or subdistrict, which has a say in their evaluation
// messages:
//   zh: “{name}”由{senders}派驻到{receivers}，{shape}
//   en: “{name}”, sent by {senders} to {receivers} - {shape}
// shapes:
//   unsettled:
//     zh: 派出方管{home}，接收方管{away}，其中{unclear}尚未理顺，也没有文件约定
//     en: the sender holds {home}, the receiver {away}; {unclear} not settled, and ruled by no paper
//   overlap:
//     zh: 双方同时管{home}，没有主辅之分，也没有文件约定
//     en: both hold {home}, unranked and ruled by no paper
// undetermined:
//   zh: “{name}”由{senders}派驻到{receivers}，编制、工资和人事归哪一方没有写明。请向{senders}和{receivers}核实
//   en: “{name}”, sent by {senders} to {receivers} - which side holds post, pay and personnel is not stated. Ask {senders} and {receivers}
// identity: [subject, shape]
// population: MATCH (f:组织)-[q:派驻]->(p:人员) WHERE q.status = '现行' AND p.status = '现行' RETURN count(DISTINCT p.id)
MATCH (f:组织)-[q:派驻]->(p:人员)
WHERE q.status = '现行' AND p.status = '现行'
WITH f, q, p
MATCH (b:组织)-[r:管理|领导|考核|拨款]->(p)
WHERE r.status = '现行'
WITH f, q, p, r, b
WHERE b.id <> f.id AND coalesce(b.place, b.id) <> coalesce(f.place, f.id)
MATCH (p)-[h:上级]->(a:组织)
WHERE h.status = '现行'
WITH f, q, p, r, b, h, a
WHERE (a.id = f.id OR a.place = f.place)
  AND coalesce(h.basis, h.id) <> coalesce(r.basis, r.id)
  AND coalesce(h.joint, h.id) <> coalesce(r.joint, r.id)
  AND (h.clarity IN ['不清', '争议'] OR r.clarity IN ['不清', '争议'])
RETURN [p.id] + collect(DISTINCT f.id) + collect(DISTINCT b.id) AS subjects,
       collect(DISTINCT q.id) + collect(DISTINCT r.id) + collect(DISTINCT h.id) AS relations, 'violated' AS status,
       p.id AS subject, p.name AS name, 'unsettled' AS shape,
       collect(DISTINCT f.name) AS senders, collect(DISTINCT b.name) AS receivers,
       coalesce(collect(DISTINCT h.dimension), []) AS home, coalesce(collect(DISTINCT r.dimension), []) AS away,
       coalesce(collect(DISTINCT CASE WHEN h.clarity IN ['不清', '争议'] THEN h.dimension ELSE r.dimension END), [])
         + coalesce(collect(DISTINCT CASE WHEN r.clarity IN ['不清', '争议'] THEN r.dimension ELSE h.dimension END), []) AS unclear
ORDER BY subject
UNION ALL
MATCH (f:组织)-[q:派驻]->(p:人员)
WHERE q.status = '现行' AND p.status = '现行'
WITH f, q, p
MATCH (p)-[r:上级]->(b:组织)
WHERE r.status = '现行'
WITH f, q, p, r, b
WHERE b.id <> f.id AND coalesce(b.place, b.id) <> coalesce(f.place, f.id)
MATCH (p)-[h:上级]->(a:组织)
WHERE h.status = '现行'
WITH f, q, p, r, b, h, a
WHERE h.id <> r.id AND (a.id = f.id OR a.place = f.place) AND h.dimension = r.dimension
  AND coalesce(h.basis, h.id) <> coalesce(r.basis, r.id)
  AND coalesce(h.joint, h.id) <> coalesce(r.joint, r.id)
  AND coalesce(h.role, '') = coalesce(r.role, '')
  AND coalesce(h.clarity, '') = coalesce(r.clarity, '') AND coalesce(h.clarity, '明确') = '明确'
RETURN [p.id] + collect(DISTINCT f.id) + collect(DISTINCT b.id) AS subjects,
       collect(DISTINCT q.id) + collect(DISTINCT r.id) + collect(DISTINCT h.id) AS relations, 'violated' AS status,
       p.id AS subject, p.name AS name, 'overlap' AS shape,
       collect(DISTINCT f.name) AS senders, collect(DISTINCT b.name) AS receivers,
       coalesce(collect(DISTINCT h.dimension), []) AS home, coalesce(collect(DISTINCT r.dimension), []) AS away,
       collect(DISTINCT h.id) AS unclear
ORDER BY subject
UNION ALL
MATCH (f:组织)-[q:派驻]->(p:人员)<-[r:管理|领导|考核|拨款]-(b:组织)
WHERE q.status = '现行' AND r.status = '现行' AND p.status = '现行' AND b.id <> f.id
  AND coalesce(b.place, b.id) <> coalesce(f.place, f.id) AND r.basis IS NULL
WITH f, q, p, r, b, coalesce(f.place, '') AS home_line
WHERE NOT EXISTS { MATCH (p)-[h:上级]->(a:组织) WHERE h.status = '现行' AND h.dimension IN ['编制', '工资', '人事'] }
  AND NOT EXISTS { MATCH (p)-[h:上级]->(a:组织) WHERE h.status = '现行' AND (a.id = f.id OR a.place = home_line) }
RETURN [p.id] + collect(DISTINCT f.id) + collect(DISTINCT b.id) AS subjects,
       collect(DISTINCT q.id) + collect(DISTINCT r.id) AS relations, 'undetermined' AS status,
       p.id AS subject, p.name AS name, 'unsettled' AS shape,
       collect(DISTINCT f.name) AS senders, collect(DISTINCT b.name) AS receivers,
       collect(DISTINCT q.id) AS home, coalesce(collect(DISTINCT r.dimension), []) AS away, collect(DISTINCT r.id) AS unclear
ORDER BY subject
