#!/bin/sh
# What a plain script does to two running containers until they are a mirror with three databases
# and their namespaces: form-by-shell.sh <stack> <directory inside the container>
set -eu
a=$1-mirrorA
b=$1-mirrorB
directory=$2

send() { docker exec -i "$1" iris session IRIS -U %SYS >/dev/null; }
status() { docker exec "$1" iris qlist IRIS | cut -d^ -f4,12; }
until status "$a" | grep -q '^running'; do :; done
until status "$b" | grep -q '^running'; do :; done

{
  echo 'set p("Enabled")=1 do ##class(Security.Services).Modify("%Service_Mirror",.p)'
  echo 'set m("ArbiterNode")="arbiter|2188",m("ECPAddress")="mirrorA"'
  echo 'do ##class(SYS.Mirror).CreateNewMirrorSet("MIRRORSET","MIRRORA",.m)'
  echo halt
} | send "$a"
until status "$a" | grep -q 'Primary$'; do :; done

{
  echo 'set p("Enabled")=1 do ##class(Security.Services).Modify("%Service_Mirror",.p)'
  echo 'set l("ECPAddress")="mirrorB",l("MirrorAddress")="mirrorB",l("AgentAddress")="mirrorB"'
  echo 'do ##class(SYS.Mirror).JoinMirrorAsFailoverMember("MIRRORSET","MIRRORB","IRIS","mirrorA",2188,.l)'
  echo halt
} | send "$b"
until status "$b" | grep -q 'Backup$'; do :; done

for member in "$a" "$b"; do
  for name in COMPANY CUSTOMER PERSONAL; do
    place=$directory/$(echo "$name" | tr '[:upper:]' '[:lower:]')/
    echo "do ##class(%Library.File).CreateDirectoryChain(\"$place\")"
    echo "kill p set p(\"Directory\")=\"$place\" do ##class(Config.Databases).Create(\"$name\",.p)"
    echo "do ##class(SYS.Database).CreateDatabase(\"$place\",,,,,,\"$name\",\"MIRRORSET\")"
    echo "kill p set p(\"Globals\")=\"$name\" do ##class(Config.Namespaces).Create(\"$name\",.p)"
  done | send "$member"
done
