/** Ids that both tenants have; what stands behind them differs. */
export const sameIds = { batchId: 'the-batch', learnerId: 'the-learner', award: 'completion' };
