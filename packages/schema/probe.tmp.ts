import { readFileSync } from 'node:fs';
const { safeParseEvent } = await import(process.argv[2]!);
const read = (n: string) => JSON.parse(readFileSync(`../../specs/examples/${n}.valid.json`, 'utf8'));
const b = ['gateway.signal.received','workflowexecution.workflow.failed','llm_tool_call','orchestrator.lifecycle.created'].map(read); const n=20000; for (let r=0;r<3;r++){ let t0=performance.now(); for (let i=0;i<n;i++) safeParseEvent(b[i%4]); console.log((performance.now()-t0)/n*1000,'us');}
