#!/bin/sh
# Waits until the instance runs and, where it is a failover member, has a status scripts can go on
# with: waitISC.sh [instance] [seconds]. Source: public samples and their output.
# Assumed: the exit status 1 when the time is over.
set -eu
case "$*" in
*--*)
  echo "not simulated: waitISC.sh $*" >&2
  exit 1
  ;;
esac
instance=${1:-${ISC_PACKAGE_INSTANCENAME:-IRIS}}
seconds=${2:-300}

is_reached() {
  line=$(iris qlist "$instance") || return 1
  case $(echo "$line" | cut -d^ -f4) in running*) ;; *) return 1 ;; esac
  case $(echo "$line" | cut -d^ -f11,12) in
  Failover^Primary | Failover^Backup | Failover^Connected | Failover^Waiting) ;;
  Failover^*) return 1 ;;
  esac
}

waited=0
until is_reached; do
  if [ "$waited" -ge "$seconds" ]; then
    echo "waited $waited seconds in vain for InterSystems IRIS to reach state 'running'" >&2
    exit 1
  fi
  sleep 1
  waited=$((waited + 1))
done
echo "Waited $waited seconds for InterSystems IRIS to reach state 'running'"
