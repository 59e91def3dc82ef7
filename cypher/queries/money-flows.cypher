// id: money-flows
// title: {zh: 钱从哪来到哪去, en: Where money flows}
// about:
//   zh: 拨款和出资，金额（万元）与最终对象。
//   en: >-
//     Funding and payments, amounts in 10,000 yuan, and whom they are meant for.
MATCH (a:组织)-[r:拨款|出资]->(b)
RETURN a.name AS payer, r.type AS type, b.name AS receiver, r.amount AS amount, r.about AS about, r.beneficiary AS beneficiary, r.status AS status
ORDER BY payer, type, receiver, about, status
