export { drainRunsOutOfTime } from './drain-runs-out-of-time.ts';
export { migrationTaskFails } from './migration-task-fails.ts';
export { nodeFails } from './node-fails.ts';
export { scaleAfterOutOfMemory } from './scale-after-out-of-memory.ts';
export { workflowImageMissing } from './workflow-image-missing.ts';
