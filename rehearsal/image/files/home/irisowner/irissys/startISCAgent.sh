#!/bin/sh
# Starts the ISCAgent in the foreground: startISCAgent.sh <port>
set -eu
exec /opt/rehearsal/bin/node --disable-warning=ExperimentalWarning \
  /opt/rehearsal/rehearsal/edge/mirror/agent-main.ts --port "${1:-2188}"
