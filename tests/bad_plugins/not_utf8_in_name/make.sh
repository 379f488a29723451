#!/bin/sh
# A name that is no text. $1: the good one, $2: what to make.
LC_ALL=C sed "s/good_stage/$(printf '\377\376')od_stage/g; s/another_stage/beside_binary/g" "$1" > "$2"
