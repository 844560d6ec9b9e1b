/** How a kind of ours is doing, in the words of Argo CD: it reads the conditions as kstatus describes them. */
export const healthScript = `local status = obj.status
if status == nil or status.conditions == nil then
  return { status = "Progressing", message = "Waiting for Quayside to take it up" }
end
if status.observedGeneration ~= nil and obj.metadata.generation ~= nil and status.observedGeneration < obj.metadata.generation then
  return { status = "Progressing", message = "Waiting for Quayside to take up the change" }
end
local found = {}
for _, condition in ipairs(status.conditions) do
  found[condition.type] = condition
end
local stalled = found["Stalled"]
if stalled ~= nil and stalled.status == "True" then
  return { status = "Degraded", message = (stalled.reason or "") .. ": " .. (stalled.message or "") }
end
local ready = found["Ready"]
if ready ~= nil and ready.reason == "Suspended" then
  return { status = "Suspended", message = ready.message or "" }
end
local reconciling = found["Reconciling"]
if reconciling ~= nil and reconciling.status == "True" then
  return { status = "Progressing", message = (reconciling.reason or "") .. ": " .. (reconciling.message or "") }
end
if ready == nil then
  return { status = "Progressing", message = "Waiting for Quayside to reconcile it" }
end
if ready.status == "True" then
  return { status = "Healthy", message = ready.message or "" }
end
if ready.status == "False" then
  return { status = "Degraded", message = (ready.reason or "") .. ": " .. (ready.message or "") }
end
return { status = "Progressing", message = (ready.reason or "") .. ": " .. (ready.message or "") }
`;
