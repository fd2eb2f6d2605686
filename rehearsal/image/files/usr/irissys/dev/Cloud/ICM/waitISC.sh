#!/bin/bash
# Waits until the instance runs and, in a mirror, knows what it is.
#   waitISC.sh [instance [seconds]]
#   waitISC.sh [--instance=I] [--maxWait=S] [--goal=running] [--mirrorCheck=true|false]
#              [--iscAgentCheck=true|false]
# Source: public scripts (both forms, the states it accepts); captured log (what it prints).
instance=IRIS limit=300 goal=running mirror=true agent=false
words=()
while [ $# -gt 0 ]; do
  case $1 in
    --*=*) name=${1%%=*} value=${1#*=} ;;
    --*) name=$1 value=${2:-} && shift ;;
    *) words+=("$1") && shift && continue ;;
  esac
  shift
  case $name in
    --instance) instance=$value ;;
    --maxWait) limit=$value ;;
    --goal) goal=$value ;;
    --mirrorCheck) mirror=$value ;;
    --iscAgentCheck) agent=$value ;;
    *) echo "not simulated: waitISC.sh $name" >&2 && exit 1 ;;
  esac
done
instance=${words[0]:-$instance} limit=${words[1]:-$limit}
reached() {
  IFS=^ read -r _ _ _ state _ _ _ _ _ _ type status _ < <(iris qlist "$instance")
  [ "${state%%,*}" = "$goal" ] || return 1
  if [ "$mirror" = true ] && [ "$type" = Failover ]; then
    [[ $status =~ ^(Primary|Backup|Connected|Waiting)$ ]] || return 1
  fi
  [ "$agent" != true ] || pgrep -f "^${IRISSYS:-/home/irisowner/irissys}/ISCAgentUser " >/dev/null
}
# A script can only look again. It counts its own pauses: a clock of whole seconds may tick at once.
waited=0
until reached; do
  if [ "$waited" -ge "$limit" ]; then
    echo "Waited $waited seconds for InterSystems IRIS to reach state '$goal': it did not" >&2
    exit 1
  fi
  sleep 1
  waited=$((waited + 1))
done
echo "Waited $waited seconds for InterSystems IRIS to reach state '$goal'"
