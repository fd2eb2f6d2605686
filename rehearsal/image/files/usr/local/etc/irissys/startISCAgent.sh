#!/bin/bash
# The same script under the path of the product's arbiter: startISCAgent.sh [port]
exec "${IRISSYS:-/home/irisowner/irissys}/startISCAgent.sh" "$@"
