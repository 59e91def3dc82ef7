// id: needs
// title: {zh: "需要什么，缺什么", en: "What duties need, and who holds it"}
// about:
//   zh: 每个事项需要的资源，谁持有，程度如何。
//   en: >-
//     The resources that duties need, who holds them, and how much is there.
MATCH (d)-[n:需要]->(z:资源)
WHERE n.status = '现行'
OPTIONAL MATCH (x)-[h:持有]->(z)
RETURN d.name AS duty, z.name AS resource, z.kind AS kind, x.name AS holder, h.status AS status, h.extent AS extent
ORDER BY duty, resource, kind, holder, status, extent
