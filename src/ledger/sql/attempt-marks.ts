/** Whether the ledger holds this very attempt of the campaign. Parameters attemptId, runId, runStartedAt, workspace, name. */
export const HOLDS_ATTEMPT = `
  SELECT 1 FROM attempts a JOIN runs r ON r.id = a.run_id JOIN campaigns c ON c.id = r.campaign_id
  WHERE a.id = @attemptId AND r.id = @runId AND r.started_at = @runStartedAt
    AND c.workspace = @workspace AND c.name = @name`;
