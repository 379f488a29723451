#!/bin/sh
# A name that would colour the terminal of whoever lists it. $1: the good one, $2: what to make.
LC_ALL=C sed "s/good_stage/$(printf '\033')[31mred_x/g; s/another_stage/beside_escape/g" "$1" > "$2"
