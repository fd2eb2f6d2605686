#!/bin/bash
# Starts the ISCAgent behind whoever calls, and returns when it listens: startISCAgent.sh [port].
# Source: captured container logs (the command is over before the instance starts).
# As the first program of a container it stays, for the container would end with it.
here=${IRISSYS:-/home/irisowner/irissys}
[ $$ != 1 ] || exec "$here/ISCAgent" "$@"
exec 5>&1
read -r word < <(
  trap '' HUP
  exec 3>&1 1>&5 5>&-
  ISCAGENT_TELLS_ON=3 exec "$here/ISCAgent" "$@"
)
case $word in
  listening) ;;
  # Assumed: a second start does no harm; samples of all releases start it themselves.
  "in use") echo "ISCAgent: port ${1:-2188} is in use, nothing was started" ;;
  *) exit 1 ;;
esac
