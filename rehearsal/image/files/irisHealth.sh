#!/bin/sh
# Health of the instance as `iris qlist` tells it: healthy while the state is ok or warn.
# Source: System Monitor state (SYS.Container); one severe message makes it unhealthy.
set -eu
state=$(iris qlist IRIS | cut -d^ -f9)
[ "$state" = ok ] || [ "$state" = warn ]
